# weakref: finalizers that run once, at collection, by hand or at exit; dictionaries and sets whose members go, also while threads look; methods.
import copy
import gc
import threading
import weakref


class Thing:
    def __init__(self, name): self.name = name
    def __repr__(self): return f"Thing({self.name!r})"
    def hello(self, x=1): return f"{self.name} says {x}"


log = []
t = Thing("a")
f = weakref.finalize(t, log.append, "a gone")
print(f.alive, f.atexit, f.peek()[0] is t, f.peek()[1] == log.append, f.peek()[2:], repr(f).split(" at 0x")[0])
del t
gc.collect()
print(log, f.alive, f.peek(), f.detach(), f(), repr(f).split(" at 0x")[0])
t = Thing("b")
g = weakref.finalize(t, lambda *a, **k: (a, k), 1, two=2)
print(g(), g(), g.alive)
h = weakref.finalize(t, log.append, "never")
obj, function, args, kwargs = h.detach()
print(obj is t, args, kwargs, h.alive)
order = [weakref.finalize(t, log.append, i) for i in range(3)]
order[1].atexit = False
del t, obj
gc.collect()
print(log)
bad = weakref.finalize(k := Thing("k"), lambda: 1 / 0)
import sys
sys.unraisablehook, kept = lambda u: log.append(("unraisable", u.exc_type.__name__)), sys.unraisablehook
del k
gc.collect()
sys.unraisablehook = kept
print(log[-1], bad.alive)
for wrong in (lambda: weakref.finalize(), lambda: weakref.finalize(Thing("x")), lambda: weakref.finalize(5, print), lambda: weakref.ref(5), lambda: weakref.ref(Thing("x"), 1, 2), lambda: weakref.proxy([]), lambda: weakref.WeakMethod(len), lambda: weakref.WeakMethod(5), lambda: weakref.WeakSet([1]), lambda: weakref.WeakKeyDictionary({1: 2}), lambda: weakref.WeakValueDictionary({1: 2}), lambda: weakref.WeakValueDictionary().popitem(), lambda: weakref.WeakSet().pop(), lambda: weakref.WeakKeyDictionary()[Thing("none")], lambda: weakref.WeakSet().remove(Thing("z")), lambda: weakref.ref(Thing("d"))().name, lambda: weakref.proxy(Thing("p")).name, lambda: weakref.WeakValueDictionary(1, 2)):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)

values, things = weakref.WeakValueDictionary(), [Thing(n) for n in "abcd"]
for thing in things:
    values[thing.name] = thing
print(sorted(values), len(values), values.get("a"), values.get("z", 5), values.setdefault("a", things[1]), values.pop("b"), values.pop("b", None), "b" in values, sorted(values.valuerefs(), key=lambda r: r().name)[0]().name, sorted(k for k, v in values.items()))
del things[0], thing
gc.collect()
print(sorted(values.keys()), "a" in values, copy.copy(values).keys() == values.keys(), dict(values | {"q": things[0]}).keys(), repr(values).split(" at ")[0])
values |= {"new": things[0]}
iterator = iter(values.items())
first = next(iterator)
del first
things.clear()
gc.collect()
print(list(iterator), len(values), list(values))

keys = weakref.WeakKeyDictionary()
alive = [Thing(i) for i in range(4)]
for x in alive:
    keys[x] = x.name * 10
print(sorted(keys.values()), alive[1] in keys, 5 in keys, keys.pop(alive[3]), len(keys.keyrefs()), keys.setdefault(alive[3], 99), copy.deepcopy(keys)[alive[0]])
for key in keys:
    alive.clear()
print(len(keys) <= 1, key)
del key, x
gc.collect()
print(len(keys))
members = [Thing(i) for i in range(5)]
s = weakref.WeakSet(members[:4])
s2 = weakref.WeakSet(members[2:])
print(len(s & s2), len(s | s2), len(s - s2), len(s ^ s2), s <= s | s2, s.isdisjoint([]), s == weakref.WeakSet(members[:4]), sorted(m.name for m in s), members[4] in s, s.discard(members[4]), s.update(members), len(s))
popped = s.pop()
print(popped in members, len(s))
del popped
members.clear()
gc.collect()
print(len(s), len(s2), list(s))

o = Thing("method")
w = weakref.WeakMethod(o.hello, lambda r: log.append("method gone"))
print(w()(5), w() == o.hello, w == weakref.WeakMethod(o.hello), w == weakref.WeakMethod(Thing("other").hello), hash(w) == hash(weakref.WeakMethod(o.hello)), weakref.ref(o.hello)())
p = weakref.proxy(o, lambda r: log.append("proxy gone"))
print(p.name, p.hello(2), repr(p).split(" at ")[0] if "0x" in repr(p) else repr(p), isinstance(p, Thing), type(p).__name__, weakref.getweakrefcount(o), p.__class__ is Thing)
p.name = "changed"
del o
gc.collect()
print(w(), log[-2:] in (["method gone", "proxy gone"], ["proxy gone", "method gone"]))
try:
    p.name
except ReferenceError as e:
    print(e)

# Threads look members up while others drop them: what is seen is whole, and nothing stays.
cache, seen, guard = weakref.WeakValueDictionary(), [], threading.Lock()


def churn(base):
    count = 0
    for i in range(200):
        mine = [Thing((base, i, j)) for j in range(3)]
        with guard:   # items() is a loop over a dict, which another thread's new key would end with an error
            for m in mine:
                cache[m.name] = m
            pairs = list(cache.items())
        for name, value in pairs:
            assert value.name == name
        count += sum((base, i, j) in cache for j in range(3))
        with guard:   # and members that die leave it
            del mine, m, pairs
            value = None
    with guard:
        seen.append(count)


threads = [threading.Thread(target=churn, args=(b,)) for b in range(4)]
for th in threads:
    th.start()
for th in threads:
    th.join()
gc.collect()
print(seen, len(cache))
last = Thing("at exit")
weakref.finalize(last, print, "finalized at exit")
weakref.finalize(last, print, "and before it")
quiet = weakref.finalize(last, print, "never shown")
quiet.atexit = False
print("end")
