"""An iterator that has come to its end lets go of what it iterated over, though it lives on; and stays at its end, whatever is asked of it."""

import array
import gc
import operator
import threading
import weakref

class Tracked:
    def __del__(self):
        print("  died, next says", next(it, "end"))
class L(Tracked, list): pass
class T(Tracked, tuple): pass
class D(Tracked, dict): pass
class S(Tracked, set): pass
class F(Tracked, frozenset): pass
class B(Tracked, bytes): pass
class A(Tracked, bytearray): pass
class U(Tracked, str): pass
class R(Tracked, array.array):
    def __new__(cls, items): return super().__new__(cls, "i", items)
class G(Tracked):
    def __init__(self, items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]

def pairs(cls): return cls([(1, 2), (3, 4)])
def made():
    yield "list", iter(L([1, 2]))
    yield "reversed list", reversed(L([1, 2]))
    yield "tuple", iter(T((1, 2)))
    yield "dict", iter(pairs(D))
    yield "dict items", iter(pairs(D).items())
    yield "dict values", iter(pairs(D).values())
    yield "reversed dict", reversed(pairs(D))
    yield "set", iter(S([1, 2]))
    yield "frozenset", iter(F([1, 2]))
    yield "bytes", iter(B(b"ab"))
    yield "bytearray", iter(A(b"ab"))
    yield "str", iter(U("ab"))
    yield "wide str", iter(U("aé€"))
    yield "array", iter(R([1, 2]))
    yield "getitem", iter(G((1, 2)))
    yield "reversed getitem", reversed(G((1, 2)))

for name, it in made():
    print(name)
    for item in it: print(" ", item)
    print("  loop ended", list(it), operator.length_hint(it))
    print(" ", it.__reduce__()[1:] if hasattr(it, "__reduce__") else None)
    if hasattr(it, "__setstate__") and name != "array":   # CPython 3.11 crashes there
        it.__setstate__(0)
        print("  set back:", list(it))
for name, it in made():
    print(name)
    while next(it, None) is not None: pass
    print("  over")

class Empty(Tracked, list): pass
it = iter(Empty())
print(next(it, "nothing"))
it = reversed(Empty())
print(next(it, "nothing"))

# Threads that step one iterator between them: each item once (a lock sees to it), and the list dies with the last step.
items = L(range(2000))
gone = weakref.ref(items)
it = iter(items)
del items, L
taken, lock = [], threading.Lock()
def take():
    while True:
        with lock:
            item = next(it, None)
            if item is None: return
            taken.append(item)
threads = [threading.Thread(target=take) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
gc.collect()   # the list may wait for a safepoint of each thread
print(taken == list(range(2000)), gone() is None)
