# subprocess: pipes, input, environment, working folder, descriptors that are passed, sessions, signals, errors of starting, preexec_fn.
import os
import signal
import subprocess
import sys
import threading


def run(*args, **kwargs):
    kwargs.setdefault("capture_output", True)
    try:
        done = subprocess.run(*args, **kwargs)
        print(done.returncode, done.stdout, done.stderr)
    except Exception as error:
        print(type(error).__name__, error)


run(["echo", "a", "b c"])
run("echo $X; exit 3", shell=True, env={"X": "from env"}, text=True)
run(["cat"], input=b"typed\n" * 20000, stdout=subprocess.DEVNULL, capture_output=False)
run(["sh", "-c", "cat >&2; pwd"], input="\u00e9\n", text=True, cwd="/", encoding="utf-8")
run(["no-such-program-anywhere"])
run(["/"])
run([])
run(["echo"], cwd="/no/such/folder")
run(["echo", "a\0b"])
run(["sh", "-c", "kill -TERM $$"])
run(["sleep", "10"], timeout=0.2)
run(["sh", "-c", "echo partial; exit 5"], check=True)
run(["sh", "-c", "echo out; echo err >&2"], stderr=subprocess.STDOUT, stdout=subprocess.PIPE, capture_output=False)
run(["true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, capture_output=False)
print(subprocess.getstatusoutput("echo x; exit 7"), subprocess.check_output(["printf", "%s", "y"]))

# A pipeline of two, with much data.
first = subprocess.Popen([sys.executable, "-c", "print('line\\n' * 30000)"], stdout=subprocess.PIPE)
second = subprocess.Popen(["wc", "-l"], stdin=first.stdout, stdout=subprocess.PIPE)
first.stdout.close()
print(second.communicate()[0].split(), first.wait(), second.poll(), second.returncode)

# Descriptors.
r, w = os.pipe()
os.set_inheritable(w, True)
run(["sh", "-c", f"echo passed >&{w}"], pass_fds=[w])
print(os.read(r, 100))
run(["sh", "-c", f"ls /proc/self/fd | wc -l"], close_fds=True)
for fd in (r, w):
    os.close(fd)

# Groups, sessions, masks.
run([sys.executable, "-S", "-c", "import os; print(os.getsid(0) == os.getpid(), os.getpgrp() == os.getpid())"], start_new_session=True)
run([sys.executable, "-S", "-c", "import os; print(os.getpgrp() == os.getpid(), oct(os.umask(0)))"], process_group=0, umask=0o27)
signal.signal(signal.SIGUSR1, lambda *args: None)
run([sys.executable, "-S", "-c", "import signal; print(signal.getsignal(signal.SIGUSR1), signal.getsignal(signal.SIGPIPE), signal.pthread_sigmask(0, []))"])
run([sys.executable, "-S", "-c", "import os; print(os.environ.get('SET'))"], preexec_fn=lambda: os.environ.__setitem__("SET", "in the child only"))
run(["echo"], preexec_fn=lambda: 1 / 0)
run(["true"], user=os.getuid(), group=os.getgid(), extra_groups=[os.getgid()] if os.getuid() == 0 else None)

# Many at once, from threads.
results = [None] * 8


def work(k):
    results[k] = [subprocess.run(["sh", "-c", f"echo {k}.{i}; exit {i}"], capture_output=True).returncode for i in range(4)]


threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)
with subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as talk:
    talk.stdin.write("one\n")
    print(talk.stdout.readline())
    talk.send_signal(signal.SIGTERM)
    print(talk.wait(), talk)
