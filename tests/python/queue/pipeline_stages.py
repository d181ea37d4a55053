"""A three-stage pipeline with sentinels, errors travelling as values, a priority scheduler and fan-in."""

import queue
import threading

END = object()
def stage(f, inbox, outbox, workers):
    alive, lock = [workers], threading.Lock()
    def loop():
        while (item := inbox.get()) is not END:
            i, value = item
            try:
                outbox.put((i, f(value)))
            except Exception as e:
                outbox.put((i, e))
        inbox.put(END)
        with lock:
            alive[0] -= 1
            if not alive[0]: outbox.put(END)
    ts = [threading.Thread(target=loop) for _ in range(workers)]
    for t in ts: t.start()
    return ts

def parse(s): return int(s)
def work(v):
    if isinstance(v, Exception): raise v
    return 100 // v
def show(v): return f"error {type(v).__name__}" if isinstance(v, Exception) else f"value {v}"

q = [queue.Queue(4) for _ in range(3)] + [queue.Queue()]
threads = stage(parse, q[0], q[1], 2) + stage(work, q[1], q[2], 3) + stage(show, q[2], q[3], 1)
for item in enumerate("5 0 x 25 7 -3 1000 y".split()): q[0].put(item)
q[0].put(END)
out = []
while (r := q[3].get()) is not END: out.append(r)
for t in threads: t.join()
print(*sorted(out), sep="\n")

class Scheduler:
    def __init__(self):
        self.q, self.seq, self.log = queue.PriorityQueue(), 0, []
    def submit(self, priority, name):
        self.seq += 1
        self.q.put((priority, self.seq, name))
    def drain(self):
        while not self.q.empty():
            priority, _, name = self.q.get()
            self.log.append(name)
            if name == "spawns": self.submit(0, "urgent child")
s = Scheduler()
for p, n in ((5, "low"), (1, "spawns"), (3, "mid"), (1, "second")): s.submit(p, n)
s.drain()
print(s.log)
merged = queue.SimpleQueue()
def source(name, n):
    for i in range(n): merged.put((name, i))
    merged.put((name, None))
names = "abc"
for n in names: threading.Thread(target=source, args=(n, 20)).start()
open_, seen = set(names), {n: [] for n in names}
while open_:
    name, i = merged.get()
    if i is None: open_.discard(name)
    else: seen[name].append(i)
print({n: v == list(range(20)) for n, v in seen.items()})
ring = [queue.Queue() for _ in range(5)]
def relay(k):
    while True:
        n = ring[k].get()
        if n > 0: hops.append(k)  # before the next one can
        ring[(k + 1) % 5].put(n - 1 if n > 0 else n)
        if n <= 0: return
hops = []
ts = [threading.Thread(target=relay, args=(k,)) for k in range(5)]
for t in ts: t.start()
ring[0].put(23)
for t in ts: t.join()
print(hops, len(hops))
