# signal: handlers, masks, waiting by sigwait and sigtimedwait, timers, wake-up descriptors, signals sent to threads, and the refusals.
import errno
import os
import select
import signal
import socket
import threading
import time

log = []


def note(number, frame):
    log.append((signal.Signals(number).name, threading.current_thread() is threading.main_thread(), frame is not None))


old = signal.signal(signal.SIGUSR1, note)
print(old, signal.getsignal(signal.SIGUSR1) is note, signal.getsignal(signal.SIGKILL), signal.signal(signal.SIGUSR2, signal.SIG_IGN), signal.getsignal(signal.SIGUSR2))
signal.raise_signal(signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR2)
print(log)
log.clear()
before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGALRM})
os.kill(os.getpid(), signal.SIGUSR1)
print(before, sorted(signal.sigpending()), log, sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])))
print(signal.sigwait([signal.SIGUSR1]), signal.sigpending(), log)
signal.raise_signal(signal.SIGUSR1)
info = signal.sigtimedwait([signal.SIGUSR1], 20)
print(info.si_signo, info.si_pid == os.getpid(), info.si_uid == os.getuid(), info.si_code, type(info).__name__, signal.sigtimedwait([signal.SIGUSR1], 0), signal.sigtimedwait([signal.SIGUSR1], 0.001))
signal.raise_signal(signal.SIGUSR1)
print(signal.sigwaitinfo({signal.SIGUSR1}).si_signo == signal.SIGUSR1)
signal.setitimer(signal.ITIMER_REAL, 0.001)
print(signal.sigwait({signal.SIGALRM}).name, signal.getitimer(signal.ITIMER_REAL))
signal.pthread_sigmask(signal.SIG_SETMASK, before)

alarms = []
signal.signal(signal.SIGALRM, lambda n, f: alarms.append(n))
print(signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001))
while len(alarms) < 3:
    time.sleep(0.01)
print(signal.setitimer(signal.ITIMER_REAL, 0)[1], set(alarms), signal.alarm(100), signal.alarm(0) > 90)


class Timeout(Exception):
    pass


def expire(number, frame):
    raise Timeout(signal.strsignal(number))


signal.signal(signal.SIGALRM, expire)
reader, writer = os.pipe()
for blocking in (lambda: time.sleep(50), lambda: os.read(reader, 1), lambda: select.select([reader], [], []), lambda: threading.Lock().acquire() and threading.Event().wait(50), lambda: signal.pause()):
    signal.setitimer(signal.ITIMER_REAL, 0.003, 0.05)
    try:
        blocking()
    except Timeout as e:
        signal.setitimer(signal.ITIMER_REAL, 0)
        print("Timeout", e)
start = time.monotonic()
signal.signal(signal.SIGALRM, lambda *a: log.append("short"))
signal.setitimer(signal.ITIMER_REAL, 0.001)
time.sleep(0.02)
print(log, time.monotonic() - start >= 0.02)
log.clear()

left, right = socket.socketpair()
left.setblocking(False)
right.setblocking(False)
print(signal.set_wakeup_fd(left.fileno()))
signal.raise_signal(signal.SIGUSR1)
signal.raise_signal(signal.SIGALRM)
print(list(right.recv(10)) == [signal.SIGUSR1, signal.SIGALRM], log, signal.set_wakeup_fd(-1) == left.fileno())
log.clear()

ready, go = threading.Event(), threading.Event()
got = []


def waiter():
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
    ready.set()
    got.append(signal.sigwait({signal.SIGUSR2}).name)
    go.wait()


def refused():
    for f in (lambda: signal.signal(signal.SIGUSR1, note), lambda: signal.set_wakeup_fd(-1)):
        try:
            f()
        except ValueError as e:
            got.append(str(e))


signal.signal(signal.SIGUSR2, note)
thread = threading.Thread(target=waiter)
thread.start()
ready.wait()
signal.pthread_kill(thread.ident, signal.SIGUSR2)
while not got:
    time.sleep(0.001)
print(got, log, signal.pthread_kill(thread.ident, 0))
go.set()
thread.join()
got.clear()
thread = threading.Thread(target=refused)
thread.start()
thread.join()
print(got)
sender = threading.Thread(target=lambda: os.kill(os.getpid(), signal.SIGUSR1))
sender.start()
sender.join()
while not log:
    time.sleep(0.001)
print(log)


def failing(number, frame):
    raise LookupError("from the handler")


signal.signal(signal.SIGUSR1, failing)
try:
    try:
        signal.raise_signal(signal.SIGUSR1)
    finally:
        print("finally")
except LookupError as e:
    print(e, e.__traceback__.tb_frame.f_code.co_name)
child = os.fork()
if child == 0:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGTERM)
    os._exit(9)
print(signal.Signals(os.WTERMSIG(os.waitpid(child, 0)[1])).name)
print(signal.strsignal(signal.SIGSEGV), signal.strsignal(63), signal.SIGTERM in signal.valid_signals(), signal.Signals.SIGINT, repr(signal.SIGHUP), signal.Handlers.SIG_DFL, signal.Sigmasks(0), signal.default_int_handler.__name__, signal.siginterrupt(signal.SIGUSR1, True), len(signal.valid_signals()) >= 60, signal.getsignal(signal.SIGCHLD))
for wrong in (lambda: signal.signal(0, note), lambda: signal.signal(65, note), lambda: signal.signal(signal.SIGKILL, note), lambda: signal.signal(signal.SIGUSR1, 5), lambda: signal.signal(signal.SIGUSR1, None), lambda: signal.signal("x", note), lambda: signal.getsignal(99), lambda: signal.setitimer(9, 1), lambda: signal.setitimer(signal.ITIMER_REAL, -1), lambda: signal.setitimer(0, "x"), lambda: signal.getitimer(9), lambda: signal.pthread_sigmask(99, []), lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [0]), lambda: signal.pthread_sigmask(signal.SIG_BLOCK, 5), lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [1000]), lambda: signal.sigwait(5), lambda: signal.sigtimedwait([], -1), lambda: signal.set_wakeup_fd(9999), lambda: signal.set_wakeup_fd("x"), lambda: signal.raise_signal(999), lambda: signal.strsignal(0), lambda: signal.strsignal(999), lambda: signal.siginterrupt(0, 1), lambda: signal.alarm("x"), lambda: signal.default_int_handler(), lambda: signal.pthread_kill(threading.get_ident(), 999), lambda: signal.set_wakeup_fd(writer), lambda: os.kill(os.getpid(), 999), lambda: signal.Signals(0)):
    try:
        print(wrong())
    except KeyboardInterrupt as e:
        print("KeyboardInterrupt", e)
    except Exception as e:
        print(type(e).__name__, e)
