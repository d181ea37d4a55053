"""Sleeping threads overlap; timers keep order; deadlines computed with monotonic; sleep is not cut short by other threads."""

import threading
import time

start = time.monotonic(); order = []
def s(d): time.sleep(d); order.append(d)
ts = [threading.Thread(target=s, args=(d,)) for d in (0.24, 0.06, 0.15)]
for t in ts: t.start()
for t in ts: t.join()
taken = time.monotonic() - start; print(order, 0.23 <= taken < 1.5)
busy = threading.Event()
def spin():
    n = 0
    while not busy.is_set(): n += 1
t = threading.Thread(target=spin); t.start(); a = time.monotonic(); time.sleep(0.05); d = time.monotonic() - a; busy.set(); t.join(); print(d >= 0.049, d < 2)
def until(deadline, f):
    n = 0
    while time.monotonic() < deadline: f(); n += 1
    return n
print(until(time.monotonic() + 0.02, lambda: None) > 10, until(time.monotonic() - 1, lambda: None))
c = time.process_time(); time.sleep(0.05); idle = time.process_time() - c
c = time.process_time(); w = time.monotonic()
while time.process_time() - c <= 0.01 and time.monotonic() - w < 10: pass
print(idle < 0.04, time.process_time() - c > 0.01, time.thread_time() >= 0)
ticks = []
def ticker(n, period):
    base = time.monotonic()
    for i in range(1, n + 1):
        time.sleep(max(0, base + i * period - time.monotonic())); ticks.append(i)
t = threading.Thread(target=ticker, args=(5, 0.01)); t.start(); t.join(); print(ticks, [time.sleep(x) for x in (0, 0.0, 1e-9)], time.sleep(True) if False else None)
values = [time.monotonic() for _ in range(1000)]; print(values == sorted(values), len(set(time.perf_counter_ns() for _ in range(100))) > 50, all(isinstance(v, float) for v in values))
timers = []; evs = [threading.Timer(0.05 * (i + 1), timers.append, (i,)) for i in (2, 0, 1)]
for e in evs: e.start()
for e in evs: e.join()
print(timers)
