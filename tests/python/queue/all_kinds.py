"""queue.Queue, LifoQueue, PriorityQueue, SimpleQueue: order, bounds, time-outs, task_done and join, errors."""

import queue
import threading

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
    q = kind()
    for x in (3, 1, 2): q.put(x)
    print(kind.__name__, q.qsize(), q.empty(), [q.get() for _ in range(3)], q.empty())
    for f in (lambda: q.get(block=False), lambda: q.get_nowait(), lambda: q.get(timeout=0.01), lambda: q.get(timeout=-1)):
        try:
            f()
        except queue.Empty as e:
            print("Empty", repr(e))
        except ValueError as e:
            print(e)
q = queue.Queue(2)
q.put(1); q.put_nowait(2)
print(q.full(), q.qsize(), q.maxsize)
for f in (lambda: q.put_nowait(3), lambda: q.put(3, block=False), lambda: q.put(3, timeout=0.01), lambda: q.put(3, timeout=-5)):
    try:
        f()
    except queue.Full as e:
        print("Full", repr(e))
    except ValueError as e:
        print(e)
q.get(); q.get()
q.task_done(); q.task_done()
try:
    q.task_done()
except ValueError as e:
    print(e)
q.join()
p = queue.PriorityQueue()
for item in ((2, "b"), (1, "z"), (2, "a"), (0, "q")): p.put(item)
print([p.get() for _ in range(4)])
p.put(1); 
try:
    p.put("x")
except TypeError as e:
    print(e)
jobs, results = queue.Queue(5), queue.SimpleQueue()
def worker():
    while True:
        n = jobs.get()
        try:
            if n is None: return
            results.put((n, n * n))
        finally:
            jobs.task_done()
ts = [threading.Thread(target=worker) for _ in range(3)]
for t in ts: t.start()
for i in range(40): jobs.put(i)
jobs.join()
for _ in ts: jobs.put(None)
for t in ts: t.join()
print(sorted(results.get() for _ in range(40)) == [(i, i * i) for i in range(40)], jobs.unfinished_tasks, results.empty())
class Unique(queue.Queue):
    def _init(self, maxsize): self.queue = []
    def _put(self, x):
        if x not in self.queue: self.queue.append(x)
    def _get(self): return self.queue.pop(0)
u = Unique()
for x in "abcab": u.put(x)
print([u.get() for _ in range(u.qsize())])
s = queue.SimpleQueue()
got = []
t = threading.Thread(target=lambda: got.append(s.get()))
t.start()
s.put("late")
t.join()
print(got, issubclass(queue.Empty, Exception), queue.Queue(0).full(), queue.Queue(-1).full())
q = queue.Queue(1)
def slow_consumer():
    for _ in range(5): out.append(q.get())
out = []
t = threading.Thread(target=slow_consumer)
t.start()
for i in range(5): q.put(i)
t.join()
print(out)
