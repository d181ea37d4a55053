"""threading.local in cycles with its own values: collected, in every thread that has data in it; what ended threads had is gone at once."""

import gc
import threading
import weakref

class Node: pass
class Sub(threading.local):
    def __init__(self, log=None): self.node = Node()
class Dies:
    def __init__(self, name): self.name = name
    def __del__(self): print("  died:", self.name)

def cycle(cls):
    l = cls()
    l.me = l
    l.kept = Node()
    l.kept.local = l
    return weakref.ref(l), weakref.ref(l.kept)
gc.collect()
gc.disable()
for cls in (threading.local, Sub):
    refs = cycle(cls)
    print(cls.__name__, [r() is None for r in refs], gc.collect() > 0, [r() is None for r in refs])

# Two threads have data in it, and wait; the last reference from outside goes.
def shared():
    l = threading.local()
    l.me, l.node = l, Node()
    refs.append(weakref.ref(l.node))
    ready, go = threading.Barrier(3), threading.Event()
    def work():
        l.me, l.node = [l], Node()
        refs.append(weakref.ref(l.node))
        ready.wait()
        go.wait()
        ready.wait()   # for the collection
    threads = [threading.Thread(target=work) for _ in range(2)]
    for t in threads: t.start()
    ready.wait()
    print([r() is None for r in refs])
    del l, work
    go.set()
    ready.wait()
    for t in threads: t.join()
refs = []
shared()
gc.collect()
print([r() is None for r in refs])

# What a thread had dies with it; what others have stays.
l = threading.local()
l.value = Dies("of the main thread")
def work(k):
    l.value = Dies(f"of thread {k}")
for k in range(3):
    print("thread", k)
    t = threading.Thread(target=work, args=(k,))
    t.start()
    t.join()
print(l.value.name)

# A destructor at the end of a thread that brings new data.
class Again:
    def __init__(self, n): self.n = n
    def __del__(self):
        print("  again", self.n)
        if self.n and other is not None: other.value = Again(self.n - 1)
other = threading.local()
def brings(): other.value = Again(3)
t = threading.Thread(target=brings)
t.start()
t.join()
print(hasattr(other, "value"))
other = None

# Many locals in one thread, many threads in one local: in the end only what lives is there.
def many():
    locals_ = [threading.local() for _ in range(200)]
    for i, lo in enumerate(locals_): lo.value = Node(); nodes.add(lo.value)
    del locals_[::2]
    print(len(nodes))
nodes = weakref.WeakSet()
for _ in range(3):
    t = threading.Thread(target=many)
    t.start()
    t.join()
    print(len(nodes))
class Fails(threading.local):
    def __init__(self):
        if threading.current_thread() is not threading.main_thread(): raise ValueError("not here")
f = Fails()
f.x = 1
def fails():
    for _ in range(2):
        try: print(f.x)
        except ValueError as e: print(e)
t = threading.Thread(target=fails)
t.start()
t.join()
print(f.x)
