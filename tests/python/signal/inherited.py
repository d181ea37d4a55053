# What a process was started with stays as it is: a SIGINT that is ignored, as by a shell's background job, does not interrupt.
# shell: trap '' INT HUP; python $SCRIPT
# shell: python $SCRIPT & wait
# shell: trap '' INT HUP; python -c "import os; os.kill(os.getpid(), 2); print('not interrupted')"
# shell: trap '' INT HUP; python -c "import sys; before = 'signal' in sys.modules; import _thread, signal; _thread.interrupt_main(); print(before)"
# shell: trap '' INT HUP; python -c "import os, signal; signal.signal(2, signal.default_int_handler); os.kill(os.getpid(), 2)" 2>&1 | tail -1
# shell: trap '' INT HUP; python -c "import os, signal; signal.signal(2, signal.SIG_DFL); os.kill(os.getpid(), 2)" 2>/dev/null; echo status $?
# shell: trap '' INT HUP; printf 'import os\nos.kill(os.getpid(), 2)\nprint("goes on")\n' | python -i 2>/dev/null
import os
import signal
import subprocess
import sys
import threading
import time

for name in ("SIGINT", "SIGHUP", "SIGTERM", "SIGPIPE", "SIGXFSZ", "SIGUSR1"):
    number = getattr(signal, name)
    print(name, signal.getsignal(number))

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    os.kill(os.getpid(), signal.SIGINT)
    signal.raise_signal(signal.SIGINT)
    time.sleep(0.001)
    print("still here")

    # Children that are started, forked or spawned take it over.
    code = "import signal; print(signal.getsignal(signal.SIGINT))"
    print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout, end="")
    print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, close_fds=False, restore_signals=False).stdout, end="")
    pid = os.fork()
    if not pid:
        os._exit(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)
    print("forked:", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))

    # A handler of one's own is called, and the old state comes back.
    calls = []
    old = signal.signal(signal.SIGINT, lambda number, frame: calls.append(number))
    os.kill(os.getpid(), signal.SIGINT)
    while not calls:
        time.sleep(0.001)
    print(old, calls, signal.signal(signal.SIGINT, old) is old)
    signal.raise_signal(signal.SIGINT)
    print(len(calls))

    # A thread that waits is not disturbed either.
    event = threading.Event()
    waiter = threading.Thread(target=lambda: print("waited", event.wait(10)))
    waiter.start()
    os.kill(os.getpid(), signal.SIGINT)
    event.set()
    waiter.join()
