"""Switch interval calls, threads that compute while another sleeps or waits, and the order that joins give."""

import sys
import threading
import time

print(sys.getswitchinterval(), sys.setswitchinterval(0.001), sys.getswitchinterval())
for bad in (0, -1, "x", None, float("nan") if False else -0.5):
    try:
        sys.setswitchinterval(bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
sys.setswitchinterval(1e-5)
stop, counts = threading.Event(), [0, 0, 0]
def spin(k):
    while not stop.is_set():
        counts[k] += 1
ts = [threading.Thread(target=spin, args=(k,)) for k in range(3)]
for t in ts: t.start()
while min(counts) < 100:
    time.sleep(0.001)
stop.set()
for t in ts: t.join()
print(all(c >= 100 for c in counts))
sys.setswitchinterval(0.005)
def busy(n):
    s = 0
    for i in range(n): s += i
    return s
results = []
t = threading.Thread(target=lambda: results.append(busy(200000)))
t.start()
slept = 0
while t.is_alive():
    time.sleep(0)
    slept += 1
t.join()
print(results, slept >= 0)
order = []
gates = [threading.Event() for _ in range(5)]
def gated(k):
    gates[k].wait()
    order.append(k)
    if k + 1 < 5: gates[k + 1].set()
ts = [threading.Thread(target=gated, args=(k,)) for k in range(5)]
for t in reversed(ts): t.start()
gates[0].set()
for t in ts: t.join()
print(order)
ping, pong, trace = threading.Semaphore(1), threading.Semaphore(0), []
def player(mine, other, name):
    for _ in range(50):
        mine.acquire()
        trace.append(name)
        other.release()
a = threading.Thread(target=player, args=(ping, pong, "i"))
b = threading.Thread(target=player, args=(pong, ping, "o"))
a.start(); b.start(); a.join(); b.join()
print("".join(trace) == "io" * 50)
class Flag:
    value = False
f = Flag()
def setter():
    time.sleep(0.01)
    f.value = True
t = threading.Thread(target=setter)
t.start()
n = 0
while not f.value: n += 1
t.join()
print(f.value, n > 0)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
out = {}
ts = [threading.Thread(target=lambda n=n: out.__setitem__(n, fib(n))) for n in range(10, 18)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(out.items()))
deep = {}
def recurse(n): return 0 if n == 0 else 1 + recurse(n - 1)
def deep_thread(k):
    try:
        deep[k] = recurse(800 if k else 10**6)
    except RecursionError as e:
        deep[k] = str(e)
ts = [threading.Thread(target=deep_thread, args=(k,)) for k in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(deep.items()))
