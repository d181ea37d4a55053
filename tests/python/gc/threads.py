"""Collections while threads run and build cycles; every object dies exactly once."""

import gc
import threading

lock, made, died = threading.Lock(), 0, 0
class Node:
    def __init__(self):
        global made
        with lock: made += 1
        self.links = [self]
    def __del__(self):
        global died
        with lock: died += 1

def work(k):
    for i in range(400):
        a, b = Node(), Node()
        a.links.append(b)
        b.links.append(a)
        if i % 100 == 0: gc.collect()
ts = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for t in ts: t.start()
for t in ts: t.join()
for _ in range(3): gc.collect()
print(made, died)
shared, stop = [], threading.Event()
def collector():
    while not stop.is_set(): gc.collect()
def builder(k):
    for i in range(300):
        node = {"k": k, "i": i}
        node["self"] = node
        shared.append(node)
c = threading.Thread(target=collector)
c.start()
ts = [threading.Thread(target=builder, args=(k,)) for k in range(3)]
for t in ts: t.start()
for t in ts: t.join()
stop.set()
c.join()
print(len(shared), all(n["self"] is n for n in shared), sorted((n["k"], n["i"]) for n in shared) == [(k, i) for k in range(3) for i in range(300)])
local = threading.local()
def holds():
    local.node = Node()
    local.node.thread_data = [local.node]
t = threading.Thread(target=holds); t.start(); t.join()
gc.collect()
print(made - died)
def thread_with_cycle():
    frame_local = []
    frame_local.append(frame_local)
    n = Node()
    n.me = frame_local
    frame_local.append(n)
ts = [threading.Thread(target=thread_with_cycle) for _ in range(10)]
for t in ts: t.start()
for t in ts: t.join()
gc.collect()
print(made - died, threading.active_count())
