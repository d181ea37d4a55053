# faulthandler: dumps on request, on a signal, after a time, on fatal signals; what is refused.
# env: ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1:handle_segv=0:handle_sigfpe=0:handle_sigill=0:handle_sigbus=0:handle_abort=0
import faulthandler
import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


def shown(text):
    return re.sub(r"0x[0-9a-f]+", "0x", text.replace(os.path.abspath(__file__), "FILE").replace(__file__, "FILE"))


def inner(f, *args, **kw):
    f(*args, **kw)


def dump(f, *args, **kw):
    with tempfile.TemporaryFile("w+") as file:
        inner(f, *args, file=file, **kw)
        file.seek(0)
        return shown(file.read())


print(faulthandler.is_enabled())
print(dump(faulthandler.dump_traceback, all_threads=False))
print(dump(faulthandler.dump_traceback))
ready, stop = threading.Event(), threading.Event()


def waiting():
    ready.set()
    stop.wait()


t = threading.Thread(target=waiting)
t.start()
ready.wait()
time.sleep(0.05)
text = dump(faulthandler.dump_traceback)
print(text.count("Thread 0x"), text.count("Current thread 0x"), "in waiting" in text, "in inner" in text)
stop.set()
t.join()

with tempfile.TemporaryFile("w+") as file:
    faulthandler.register(signal.SIGUSR1, file, all_threads=False)
    os.kill(os.getpid(), signal.SIGUSR1)
    print(faulthandler.unregister(signal.SIGUSR1), faulthandler.unregister(signal.SIGUSR1))
    seen = []
    signal.signal(signal.SIGUSR1, lambda *a: seen.append("python handler"))
    faulthandler.register(signal.SIGUSR1, file, chain=True)
    os.kill(os.getpid(), signal.SIGUSR1)
    print(seen, faulthandler.unregister(signal.SIGUSR1))
    os.kill(os.getpid(), signal.SIGUSR1)
    print(seen)
    file.seek(0)
    text = shown(file.read())
    print(text.count("Stack (most recent call first)"), text.count("Current thread"), "in <module>" in text)

with tempfile.TemporaryFile("w+") as file:
    faulthandler.dump_traceback_later(0.1, file=file)
    time.sleep(0.5)
    faulthandler.dump_traceback_later(30, file=file)
    faulthandler.cancel_dump_traceback_later()
    faulthandler.dump_traceback_later(0.05, repeat=True, file=file)
    time.sleep(0.5)
    faulthandler.cancel_dump_traceback_later()
    file.seek(0)
    text = shown(file.read())
    print(text.splitlines()[0], text.count("Timeout (0:00:00.100000)!"), text.count("Timeout (0:00:00.050000)!") >= 2, "Current thread" in text, "Timeout (0:00:30)" in text)

attempt("no time", lambda: faulthandler.dump_traceback_later(0))
attempt("time text", lambda: faulthandler.dump_traceback_later("x"))
attempt("bad signal", lambda: faulthandler.register(1000))
attempt("fatal signal", lambda: faulthandler.register(signal.SIGSEGV))
attempt("bad file", lambda: faulthandler.dump_traceback(io.StringIO()))
attempt("not a file", lambda: faulthandler.enable(file="x"))
stderr, sys.stderr = sys.stderr, None
attempt("no stderr", faulthandler.enable)
sys.stderr = stderr
with tempfile.TemporaryFile("w+") as file:
    faulthandler.enable(file)
    print(faulthandler.is_enabled(), faulthandler.disable(), faulthandler.disable(), faulthandler.is_enabled())

for options, code in ((["-X", "faulthandler"], "import faulthandler\ndef crash():\n    faulthandler._sigsegv()\ncrash()"),
                      ([], "import faulthandler\nfaulthandler.enable(all_threads=False)\nfaulthandler._sigabrt()"),
                      ([], "import faulthandler, os, signal\nfaulthandler.enable()\nos.kill(os.getpid(), signal.SIGFPE)"),
                      ([], "import faulthandler, time\nfaulthandler.dump_traceback_later(0.05, exit=True)\ntime.sleep(60)")):
    p = subprocess.run([sys.executable, "-S", *options, "-c", code], capture_output=True, text=True)
    print(p.returncode, p.stdout)
    print(shown(p.stderr))
print(subprocess.run([sys.executable, "-S", "-c", "import faulthandler; print(faulthandler.is_enabled())"], capture_output=True, text=True,
                     env={**os.environ, "PYTHONFAULTHANDLER": "1"}).stdout)
