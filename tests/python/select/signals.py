# A signal's handler runs while select(), poll() and epoll wait; the wait goes on, or ends with the handler's exception.
import os
import select
import signal
import threading
import time

seen = []
r, w = os.pipe()
ep = select.epoll()
ep.register(r, select.EPOLLIN)
po = select.poll()
po.register(r, select.POLLIN)
waits = {
    "select": lambda: select.select([r], [], [])[0] == [r],
    "poll": lambda: po.poll() == [(r, select.POLLIN)],
    "epoll": lambda: ep.poll() == [(r, select.EPOLLIN)],
}


def note(signum, frame):
    seen.append(signum)
    if len(seen) % 2 == 0:
        os.write(w, b"x")


signal.signal(signal.SIGUSR1, note)
for label, wait in waits.items():
    def poke():
        for _ in range(2):
            time.sleep(0.05)
            os.kill(os.getpid(), signal.SIGUSR1)

    t = threading.Thread(target=poke)
    t.start()
    print(label, wait(), len(seen))
    t.join()
    os.read(r, 10)


def fail(signum, frame):
    raise LookupError("from the handler")


signal.signal(signal.SIGUSR1, fail)
for label, wait in waits.items():
    t = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGUSR1))
    t.start()
    try:
        wait()
    except LookupError as e:
        print(label, e)
    t.join()

signal.signal(signal.SIGALRM, lambda *a: seen.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
start = time.monotonic()
print(select.select([r], [], [], 0.2), po.poll(200), ep.poll(0.2))
signal.setitimer(signal.ITIMER_REAL, 0)
print("the whole time was waited for:", time.monotonic() - start >= 0.6, seen.count("alarm") > 5)
