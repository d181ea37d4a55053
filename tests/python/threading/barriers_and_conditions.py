# threading's Barrier, Condition, Semaphore, Timer, Event and RLock in their corners: broken barriers, time-outs, notified counts, misuse.
import threading
import time

log, guard = [], threading.Lock()


def note(*what):
    with guard:
        log.append(what)


def run(*targets):
    threads = [threading.Thread(target=t) for t in targets]
    for t in threads:
        t.start()
    for t in threads:
        t.join()


# Rounds: every thread sees the same round, one of them runs the action, the indices are 0..n-1.
rounds, indices = [], []
barrier = threading.Barrier(4, action=lambda: rounds.append(len(rounds)))


def walker():
    for i in range(5):
        index = barrier.wait()
        with guard:
            indices.append((i, index))


run(*[walker] * 4)
print(rounds, sorted(indices) == [(i, j) for i in range(5) for j in range(4)], barrier.parties, barrier.n_waiting, barrier.broken)

broken = threading.Barrier(3, timeout=0.02)


def impatient():
    try:
        broken.wait()
    except threading.BrokenBarrierError as e:
        note("broken", str(e))


run(impatient, impatient)
print(sorted(log), broken.broken, broken.n_waiting)
log.clear()
try:
    broken.wait()
except threading.BrokenBarrierError:
    print("stays broken")
broken.reset()
print(broken.broken)
failing = threading.Barrier(2, action=lambda: 1 / 0)


def meets():
    try:
        failing.wait(20)
    except Exception as e:
        note(type(e).__name__)


run(meets, meets)
print(sorted(log), failing.broken)
log.clear()
aborted = threading.Barrier(2)


def waits():
    try:
        aborted.wait()
    except threading.BrokenBarrierError:
        note("aborted")


def aborts():
    while not aborted.n_waiting:
        time.sleep(0.001)
    aborted.abort()


run(waits, aborts)
print(log, repr(aborted).split(" at ")[0])
log.clear()
for wrong in (lambda: threading.Barrier(0), lambda: threading.Barrier("x"), lambda: threading.Barrier()):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)

# A bounded buffer by conditions that share a lock.
lock = threading.RLock()
not_full, not_empty = threading.Condition(lock), threading.Condition(lock)
items, taken = [], []


def produce():
    for i in range(60):
        with not_full:
            not_full.wait_for(lambda: len(items) < 3)
            items.append(i)
            not_empty.notify()


def consume():
    for _ in range(40):
        with not_empty:
            while not items:
                not_empty.wait()
            taken.append(items.pop(0))
            not_full.notify_all()


run(produce, produce, consume, consume, consume)
print(len(taken), sorted(taken) == sorted(list(range(60)) * 2), items)
c = threading.Condition()
with c:
    print(c.wait(0.001), c.wait_for(lambda: False, 0.001), c.wait_for(lambda: "yes"), c.notify(5), c.notify_all())
for wrong in (c.wait, c.notify, c.notify_all, c.release, lambda: threading.Condition(5).acquire(), lambda: c.wait_for(None), lambda: threading.RLock().release(), lambda: threading.Lock().release()):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
woken, ready = [], threading.Semaphore(0)


def sleeper():
    with c:
        ready.release()
        c.wait()
        woken.append(1)


threads = [threading.Thread(target=sleeper) for _ in range(5)]
for t in threads:
    t.start()
for _ in threads:
    ready.acquire()
with c:
    c.notify(2)
while len(woken) < 2:
    time.sleep(0.001)
time.sleep(0.005)
print(len(woken))
with c:
    c.notify(99)
for t in threads:
    t.join()
print(len(woken))

s = threading.BoundedSemaphore(2)
print(s.acquire(), s.acquire(False), s.acquire(blocking=False), s.acquire(timeout=0.001), s.release(2))
for wrong in (s.release, lambda: s.release(0), lambda: threading.Semaphore(-1), lambda: s.acquire(False, 1), lambda: threading.Semaphore(1).release(-1)):
    try:
        print(wrong())
    except ValueError as e:
        print(e)
most, now = [0], [0]
limit = threading.Semaphore(3)


def limited():
    for _ in range(10):
        with limit:
            with guard:
                now[0] += 1
                most[0] = max(most[0], now[0])
            with guard:
                now[0] -= 1


run(*[limited] * 6)
print(most[0] <= 3, now)
fired = threading.Event()
t = threading.Timer(0.001, lambda a, b=0: (note(a, b), fired.set()), ["a"], {"b": 2})
t.start()
print(fired.wait(20), log, t.join(), t.finished.is_set())
never = threading.Timer(100, print, ["never"])
never.start()
never.cancel()
never.join(20)
print(never.is_alive(), fired.is_set(), fired.clear(), fired.wait(0.001), never.function is print)
r = threading.RLock()
with r, r:
    print(r.acquire(False), r._is_owned(), repr(r).split(" at ")[0].split(" owner")[0])
    r.release()
stolen = []
run(lambda: stolen.append(r.acquire(False)))
print(stolen, threading.Lock().acquire(timeout=0), threading.TIMEOUT_MAX > 1e6)
for wrong in (lambda: threading.Lock().acquire(True, -2), lambda: threading.Lock().acquire(False, 1), lambda: threading.Lock().acquire(timeout=1e12), lambda: threading.RLock().acquire(timeout=10**30), lambda: threading.Lock().acquire(timeout=9223372036.8), lambda: threading.Lock().acquire(timeout=9223372037), lambda: threading.Lock().acquire(timeout=-1e20), lambda: threading.Lock().acquire(timeout=float("nan")), lambda: threading.Thread(target=1, group=2), lambda: threading.current_thread().join(), lambda: t.start(), lambda: threading.Thread().join(), lambda: threading.Thread(args=5), lambda: threading.stack_size(5), lambda: setattr(threading.main_thread(), "daemon", True), lambda: threading.Thread().run()):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
