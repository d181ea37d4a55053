"""Blocking calls that time out or are released: Queue.get and put, Event, Condition, Lock, join; measured coarsely."""

import queue
import threading
import time

def timed(f):
    start = time.monotonic()
    try:
        r = f()
    except (queue.Empty, queue.Full) as e:
        r = type(e).__name__
    taken = time.monotonic() - start
    return r, taken >= 0.029, taken < 5

full = queue.Queue(1)
full.put(0)
held = threading.Lock()
held.acquire()
cond = threading.Condition()
def cond_wait():
    with cond: return cond.wait(0.03)
sleeper = threading.Thread(target=time.sleep, args=(0.2,))
sleeper.start()
print(timed(lambda: queue.Queue().get(timeout=0.03)), timed(lambda: full.put(1, timeout=0.03)), timed(lambda: queue.SimpleQueue().get(timeout=0.03)), timed(lambda: threading.Event().wait(0.03)), timed(cond_wait), timed(lambda: held.acquire(timeout=0.03)), timed(lambda: threading.Semaphore(0).acquire(timeout=0.03)), timed(lambda: sleeper.join(0.03)), timed(lambda: time.sleep(0.03)))
sleeper.join()
q, log = queue.Queue(), []
def late():
    time.sleep(0.02)
    q.put("late item")
threading.Thread(target=late).start()
print(q.get(timeout=10))
def releaser():
    time.sleep(0.02)
    held.release()
threading.Thread(target=releaser).start()
print(held.acquire(timeout=10))
e = threading.Event()
threading.Timer(0.02, e.set).start()
print(e.wait(10))
waiting, woken = threading.Semaphore(0), []
def waiter(k):
    with cond:
        waiting.release()
        woken.append((k, cond.wait(10)))
ts = [threading.Thread(target=waiter, args=(k,)) for k in range(3)]
for t in ts: t.start()
for _ in ts: waiting.acquire()
with cond: cond.notify_all()
for t in ts: t.join(10)
print(sorted(woken), any(t.is_alive() for t in ts))
b = threading.Barrier(2)
def at_barrier():
    try:
        b.wait(10)
    except threading.BrokenBarrierError: log.append("broken by abort")
t = threading.Thread(target=at_barrier)
t.start()
while b.n_waiting == 0: time.sleep(0.001)
b.abort()
t.join()
print(log)
for f in (lambda: held.acquire(timeout="x"), lambda: e.wait("x"), lambda: time.sleep(-1), lambda: time.sleep("x"), lambda: sleeper.join("x"), lambda: q.get(timeout="x"), lambda: time.sleep(None), lambda: held.acquire(timeout=float("nan")) if False else held.acquire(False, timeout=-1)):
    try:
        print(f())
    except (TypeError, ValueError) as err:
        print(type(err).__name__, err)
print(e.wait(0), e.wait(-1), sleeper.join(-1), sleeper.join(0), time.sleep(0), time.sleep(0.0001))
