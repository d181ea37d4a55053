"""os.fork, waitpid, pipes, _exit, exec, spawn, system, kill, environ, getpid: small process programs."""

import os
import signal
import sys

def child(f):
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = 77
        try: code = f() or 0
        finally: sys.stdout.flush(); os._exit(code)
    return pid
pid = child(lambda: 3); print(os.waitpid(pid, 0)[0] == pid, os.waitstatus_to_exitcode(3 << 8))
r, w = os.pipe()
def talk(): os.close(r); os.write(w, b"from child"); os.close(w)
pid = child(talk); os.close(w); print(os.read(r, 100), os.read(r, 1)); os.close(r); print(os.WEXITSTATUS(os.waitpid(pid, 0)[1]))
pid = child(lambda: os.kill(os.getpid(), signal.SIGKILL)); s = os.wait()[1]; print(os.WIFSIGNALED(s), os.WTERMSIG(s), os.waitstatus_to_exitcode(s))
pids = [child(lambda i=i: i) for i in range(4)]; print(sorted(os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]) for p in pids))
print(os.system("exit 5") >> 8, os.system("true"), os.waitstatus_to_exitcode(os.system("kill -9 $$")))
sys.stdout.flush(); pid = os.fork()
if pid == 0: os.execv("/bin/sh", ["sh", "-c", "echo exec $0 $1 $VAR; exit 4", "arg0", "arg1"])
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
sys.stdout.flush(); pid = os.posix_spawn("/bin/sh", ["sh", "-c", "echo spawned $V"], {"V": "value"}); print(os.waitpid(pid, 0)[1])
os.environ["FROM_PARENT"] = "set é"; sys.stdout.flush(); os.system("echo $FROM_PARENT"); del os.environ["FROM_PARENT"]; os.system("echo [$FROM_PARENT]")
def in_child():
    print("child prints", os.getppid() == parent); x.append("child"); return len(x)
parent, x = os.getpid(), ["parent"]; pid = child(in_child); print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), x)
def raises():
    try: raise ValueError("in child")
    except ValueError as e: print("child caught", e); return 9
print(os.waitpid(child(raises), 0)[1] >> 8)
for bad in (lambda: os.execv("/nonexistent", ["x"]), lambda: os.execv("/bin/sh", []), lambda: os.kill(os.getpid(), 9999), lambda: os.waitpid(999999, 0), lambda: os.execve("/bin/sh", ["x"], 5), lambda: os.posix_spawn("/nonexistent", ["x"], {}), lambda: os._exit("x"), lambda: os.waitstatus_to_exitcode("x"), lambda: os.getpgid(999999), lambda: os.system(5)):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
print(os.getpid() > 0, os.getppid() > 0, os.getuid() == os.geteuid(), isinstance(os.getgroups(), list), os.cpu_count() >= 1, os.getpgrp() > 0, len(os.urandom(8)), os.urandom(4) != os.urandom(4), isinstance(os.getloadavg(), tuple), os.uname().sysname, len(os.times()), os.get_terminal_size((1) if False else 1) if os.isatty(1) else "no terminal")
r, w = os.pipe(); sys.stdout.flush(); pid = os.fork()
if pid == 0: os.dup2(w, 1); os.execvp("sh", ["sh", "-c", "printf one; printf two"])
os.close(w); out = b""
while part := os.read(r, 3): out += part
os.waitpid(pid, 0); print(out); os.close(r)
import threading
def thread_fork():
    pid = child(lambda: threading.active_count()); res.append(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
res = []; stop = threading.Event(); bg = threading.Thread(target=stop.wait); bg.start(); t = threading.Thread(target=thread_fork); t.start(); t.join(); stop.set(); bg.join(); print(res)
log = []; os.register_at_fork(before=lambda: log.append("before"), after_in_parent=lambda: log.append("parent"), after_in_child=lambda: log.append("child")); pid = child(lambda: print(log)); os.waitpid(pid, 0); print(log)
