"""The gc module: thresholds, counts, flags, get_objects, referrers and referents, is_tracked, callbacks, freeze, stats."""

import gc

print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled(), len(gc.get_threshold()), len(gc.get_count()), gc.get_debug())
old = gc.get_threshold()
gc.set_threshold(500, 5, 5)
print(gc.get_threshold())
gc.set_threshold(600)
print(gc.get_threshold()[0])
gc.set_threshold(*old)
for bad in (lambda: gc.collect(3), lambda: gc.collect(-1), lambda: gc.collect("x"), lambda: gc.set_threshold(), lambda: gc.set_threshold("x"), lambda: gc.set_debug("x"), lambda: gc.get_objects(generation=5), lambda: gc.is_tracked(), lambda: gc.collect(1, 2)):
    try:
        print(bad())
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
class C: pass
c = C()
c.attr = l = [1, "x"]
d = {"c": c, "n": 5}
t = (c, l)
print([gc.is_tracked(x) for x in (c, l, C, [], 5, "s", 1.5, None, b"x")])
print(l in gc.get_referents(d, t) or l in gc.get_referents(t), c in gc.get_referents(d), gc.get_referents(5, "x"), gc.get_referents())
print(any(x is d for x in gc.get_referrers(c)), any(x is t for x in gc.get_referrers(l)), gc.get_referrers())
print(any(o is c for o in gc.get_objects()), any(o is l for o in gc.get_objects()), type(gc.get_objects()).__name__)
phases = []
def callback(phase, info):
    phases.append((phase, info["generation"], sorted(info)))
gc.callbacks.append(callback)
gc.collect(0)
gc.collect()
gc.callbacks.remove(callback)
print(phases)
cycle = []
cycle.append(cycle)
del cycle
print(gc.collect() >= 1, gc.collect(0) >= 0, gc.collect(generation=1) >= 0)
print(gc.freeze(), gc.get_freeze_count() > 0, gc.unfreeze(), gc.get_freeze_count())
print(len(gc.get_stats()), [sorted(s) for s in gc.get_stats()][:1], gc.garbage)
class D:
    def __del__(self): pass
x = D()
print(gc.is_finalized(x), gc.is_finalized(5))
class Saves:
    def __del__(self):
        global saved
        saved = self
s = Saves()
del s
print(gc.is_finalized(saved))
gc.set_debug(gc.DEBUG_SAVEALL)
cycle = {"name": "saved in garbage"}
cycle["me"] = cycle
del cycle
gc.collect()
gc.set_debug(0)
print([g["name"] for g in gc.garbage if isinstance(g, dict) and g.get("name")], gc.get_debug(), gc.DEBUG_STATS, gc.DEBUG_COLLECTABLE, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_LEAK)
gc.garbage.clear()
auto = 0
class Count:
    def __del__(self):
        global auto
        auto += 1
for i in range(20000):
    a = Count()
    a.me = a
print(auto > 0)
gc.disable()
before = auto
for i in range(3000):
    a = Count()
    a.me = a
print(auto - before)
gc.enable()
del a
gc.collect()
print(auto)
