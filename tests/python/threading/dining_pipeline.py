"""Classic exercises: dining philosophers, bounded buffer, readers and writers, parallel sum, map with a pool by hand."""

import queue
import threading

def run(*targets):
    ts = [threading.Thread(target=t[0], args=t[1:]) for t in targets]
    for t in ts: t.start()
    for t in ts: t.join()

forks, meals = [threading.Lock() for _ in range(5)], [0] * 5
def philosopher(i):
    first, second = sorted((i, (i + 1) % 5))
    for _ in range(100):
        with forks[first]:
            with forks[second]:
                meals[i] += 1
run(*((philosopher, i) for i in range(5)))
print(meals)

class Buffer:
    def __init__(self, size):
        self.items, self.size = [], size
        self.lock = threading.Lock()
        self.not_full, self.not_empty = threading.Condition(self.lock), threading.Condition(self.lock)
        self.most = 0
    def put(self, x):
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < self.size)
            self.items.append(x)
            self.most = max(self.most, len(self.items))
            self.not_empty.notify()
    def get(self):
        with self.not_empty:
            self.not_empty.wait_for(lambda: self.items)
            x = self.items.pop(0)
            self.not_full.notify()
            return x
b, got = Buffer(3), []
def produce(k):
    for i in range(50): b.put((k, i))
def consume():
    for _ in range(50): got.append(b.get())
run((produce, 0), (produce, 1), (consume,), (consume,))
print(sorted(got) == [(k, i) for k in (0, 1) for i in range(50)], b.most <= 3, b.items)

class RW:
    def __init__(self):
        self.cond, self.readers, self.writing = threading.Condition(), 0, False
    def read(self, f):
        with self.cond:
            self.cond.wait_for(lambda: not self.writing)
            self.readers += 1
        try:
            return f()
        finally:
            with self.cond:
                self.readers -= 1
                self.cond.notify_all()
    def write(self, f):
        with self.cond:
            self.cond.wait_for(lambda: not self.writing and not self.readers)
            self.writing = True
        try:
            return f()
        finally:
            with self.cond:
                self.writing = False
                self.cond.notify_all()
rw, state, seen = RW(), {"a": 0, "b": 0}, []
def writer():
    for i in range(30):
        def change():
            state["a"] += 1
            state["b"] = state["a"] * 2
        rw.write(change)
def reader():
    for _ in range(60):
        rw.read(lambda: seen.append(state["b"] == 2 * state["a"]))
run((writer,), (writer,), (reader,), (reader,))
print(state, all(seen), len(seen))

class Pool:
    def __init__(self, n):
        self.q, self.threads = queue.Queue(), [threading.Thread(target=self.loop) for _ in range(n)]
        for t in self.threads: t.start()
    def loop(self):
        while (job := self.q.get()) is not None:
            out, i, f, x = job
            try:
                out[i] = ("ok", f(x))
            except Exception as e:
                out[i] = ("error", repr(e))
            self.q.task_done()
    def map(self, f, xs):
        xs = list(xs)
        out = [None] * len(xs)
        for i, x in enumerate(xs): self.q.put((out, i, f, x))
        self.q.join()
        return out
    def close(self):
        for _ in self.threads: self.q.put(None)
        for t in self.threads: t.join()
p = Pool(3)
print(p.map(lambda x: x * x, range(6)), p.map(lambda x: 1 // x, [1, 0, 2]), sum(v for _, v in p.map(lambda x: sum(range(x)), range(100))))
p.close()
parts = {}
def partial(k): parts[k] = sum(i * i for i in range(k, 10000, 4))
run(*((partial, k) for k in range(4)))
print(sum(parts.values()) == sum(i * i for i in range(10000)))
turn, cond, text = 0, threading.Condition(), []
def letter(k, c):
    global turn
    for _ in range(5):
        with cond:
            cond.wait_for(lambda: turn % 3 == k)
            text.append(c)
            turn += 1
            cond.notify_all()
run(*((letter, k, c) for k, c in enumerate("abc")))
print("".join(text))
