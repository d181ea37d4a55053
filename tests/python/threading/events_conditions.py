"""Event, Condition, Barrier and Semaphore: waits, time-outs, notify counts, broken barriers, errors."""

import threading

e = threading.Event()
print(e.is_set(), e.wait(0.01), e.set(), e.is_set(), e.wait(), e.wait(0), e.clear(), e.is_set())
c = threading.Condition()
items, out = [], []
def consumer(n):
    for _ in range(n):
        with c:
            while not items:
                c.wait()
            out.append(items.pop(0))
ts = [threading.Thread(target=consumer, args=(10,)) for _ in range(3)]
for t in ts: t.start()
for i in range(30):
    with c:
        items.append(i)
        c.notify()
for t in ts: t.join()
print(sorted(out) == list(range(30)))
with c:
    print(c.wait(0.01), c.wait_for(lambda: False, 0.01), c.wait_for(lambda: "value"))
for bad in (c.wait, c.notify, c.notify_all, c.release):
    try:
        bad()
    except RuntimeError as err:
        print(err)
woken = []
ready = threading.Semaphore(0)
def waiter(k):
    with c:
        ready.release()
        c.wait()
        woken.append(k)
ts = [threading.Thread(target=waiter, args=(k,)) for k in range(4)]
for t in ts: t.start()
for _ in ts: ready.acquire()
with c: c.notify(2)
while len(woken) < 2: pass
with c: print(len(woken))
with c: c.notify_all()
for t in ts: t.join()
print(sorted(woken))
b = threading.Barrier(3, action=lambda: order.append("action"))
order = []
def party(k):
    i = b.wait()
    order.append("passed")
    return i
ts = [threading.Thread(target=party, args=(k,)) for k in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(order, b.parties, b.n_waiting, b.broken)
try:
    b.wait(0.01)
except threading.BrokenBarrierError as err:
    print("broken", b.broken, repr(err))
try:
    b.wait()
except threading.BrokenBarrierError:
    print("still broken")
b.reset()
print(b.broken, threading.Barrier(1).wait())
def boom(): raise ValueError("action failed")
b2 = threading.Barrier(1, boom)
try:
    b2.wait()
except ValueError as err:
    print(err, b2.broken)
b2.abort()
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(blocking=False), s.acquire(timeout=0.01), s.release(), s.acquire(), s.release(2), s.acquire(blocking=False))
bs = threading.BoundedSemaphore(1)
try:
    bs.release()
except ValueError as err:
    print(err)
for bad in (lambda: threading.Semaphore(-1), lambda: s.release(0), lambda: s.acquire(blocking=False, timeout=1), lambda: threading.Barrier(0), lambda: threading.Condition(5).notify()):
    try:
        print(bad())
    except Exception as err:
        print(type(err).__name__, err)
active, most, lock = 0, 0, threading.Lock()
def limited():
    global active, most
    with sem:
        with lock:
            active += 1
            most = max(most, active)
        with lock: active -= 1
sem = threading.Semaphore(2)
ts = [threading.Thread(target=limited) for _ in range(10)]
for t in ts: t.start()
for t in ts: t.join()
print(most <= 2, active)
