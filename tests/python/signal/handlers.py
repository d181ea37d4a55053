"""signal: handlers, raise_signal, alarm, defaults, masks, errors; KeyboardInterrupt from SIGINT."""

import os
import signal
import threading
import time

got = []
def handler(num, frame): got.append((signal.Signals(num).name, frame is not None, threading.current_thread() is threading.main_thread()))
old = signal.signal(signal.SIGUSR1, handler)
print(old, signal.getsignal(signal.SIGUSR1) is handler)
signal.raise_signal(signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR1)
for _ in range(1000):
    if len(got) >= 2: break
print(got); got.clear()
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler, signal.raise_signal(signal.SIGUSR1), got, signal.signal(signal.SIGUSR1, signal.SIG_DFL), repr(signal.SIGINT), signal.SIGINT + 0, signal.Signals(15), signal.strsignal(11), signal.SIG_DFL, signal.default_int_handler is signal.getsignal(signal.SIGINT))
try:
    signal.raise_signal(signal.SIGINT); time.sleep(1)
except KeyboardInterrupt as e: print("KeyboardInterrupt", repr(e))
def raises(n, f): raise LookupError("from handler")
signal.signal(signal.SIGALRM, raises)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    time.sleep(10)
except LookupError as e: print(e)
signal.alarm(0); signal.signal(signal.SIGALRM, handler); signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
while len(got) < 3: time.sleep(0.005)
print(signal.setitimer(signal.ITIMER_REAL, 0)[1] > 0, {g[0] for g in got}, signal.getitimer(signal.ITIMER_REAL)); got.clear()
signal.setitimer(signal.ITIMER_REAL, 0.01); start = time.monotonic(); time.sleep(0.05); print(time.monotonic() - start >= 0.049, len(got)); got.clear()
def spin():
    signal.setitimer(signal.ITIMER_REAL, 0.01); n = 0
    while not got: n += 1
    return n > 0
print(spin())
for bad in (lambda: signal.signal(0, handler), lambda: signal.signal(1000, handler), lambda: signal.signal(signal.SIGKILL, handler), lambda: signal.signal(signal.SIGUSR1, 5), lambda: signal.signal(signal.SIGUSR1, "x"), lambda: signal.getsignal(999), lambda: signal.raise_signal("x"), lambda: signal.strsignal(999), lambda: signal.alarm("x"), lambda: signal.setitimer(99, 1), lambda: signal.Signals(999), lambda: signal.pthread_sigmask(99, [])):
    try:
        print(bad())
    except Exception as e: print(type(e).__name__, e)
got.clear(); signal.signal(signal.SIGUSR1, handler)
prev = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1]); os.kill(os.getpid(), signal.SIGUSR1)
print(prev, signal.SIGUSR1 in signal.sigpending(), got); signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGUSR1})
for _ in range(1000): pass
print(len(got), signal.sigpending()); got.clear()
def in_thread():
    try:
        signal.signal(signal.SIGUSR2, handler)
    except ValueError as e: got.append(str(e))
    signal.raise_signal(signal.SIGUSR1)
t = threading.Thread(target=in_thread); t.start(); t.join()
for _ in range(10000): pass
print(got); print(len(signal.valid_signals()) > 30, signal.SIGCHLD in signal.valid_signals(), signal.Handlers.SIG_IGN, signal.Sigmasks.SIG_BLOCK, signal.siginterrupt(signal.SIGUSR1, False), signal.set_wakeup_fd(-1))
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR2]); signal.pthread_kill(threading.get_ident(), signal.SIGUSR2); print(signal.sigwait([signal.SIGUSR2]))
