"""tracemalloc: where objects come from, what is freed is forgotten, limits, snapshots and their comparison, errors."""

import gc
import os
import tracemalloc
import _tracemalloc

def frames(obj):
    traceback = tracemalloc.get_object_traceback(obj)
    return traceback and [(os.path.basename(f.filename) == os.path.basename(__file__), f.lineno) for f in traceback]

class Thing: pass
def make(n): return bytearray(n)
def nested(n): return make(n)

print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory(), tracemalloc.get_traceback_limit(), _tracemalloc._get_traces(), frames([1]))
before = Thing()
tracemalloc.start()
print(tracemalloc.is_tracing(), frames(before), frames(5), frames(None), frames(Thing), frames("constant"))
things = [Thing(), [len(gc.get_objects())], {1: before}, (before, 2), {before}, make(100), 2.5 ** len("ab") * 1e300, "text" * len("ab"), 1 << (100 + len("ab")), lambda: before, range(before is None, 10),
          (x for x in "ab"), Thing.__dict__, iter([]), set(), slice(before), bytes(len("abc")), memoryview(b"ab"), object(), Exception("a"), frozenset([before])]
# CPython does not know all of them again: some come from free lists.
print(all(frames(thing) in (None, [(True, 20)], [(True, 13)]) for thing in things), [frames(things[i]) for i in (5, 7, 8)])

print("sizes")
low, _ = tracemalloc.get_traced_memory()
block = make(1000000)
high, peak = tracemalloc.get_traced_memory()
print(1000000 <= high - low < 1300000, peak >= high)
block += bytes(1000000)
grown, _ = tracemalloc.get_traced_memory()
print(2000000 <= grown - low < 2600000)
del block
after, peak = tracemalloc.get_traced_memory()
print(abs(after - low) < 100000, peak >= high)
tracemalloc.reset_peak()
print(tracemalloc.get_traced_memory()[1] < high, tracemalloc.get_tracemalloc_memory() > 0)
many = [Thing() for _ in range(1000)]
with_many = tracemalloc.get_traced_memory()[0]
del many
print(with_many - tracemalloc.get_traced_memory()[0] >= 16000)
for cycle in range(100): a, b = [], []; a.append(b); b.append(a)
del a, b; gc.collect()
print(tracemalloc.get_traced_memory()[0] - low < 100000)

print("limits")
tracemalloc.stop()
print(tracemalloc.is_tracing(), frames(things[0]), tracemalloc.get_traced_memory())
for wrong in (0, -1, 65536):
    try: tracemalloc.start(wrong)
    except ValueError as e: print(e)
try: tracemalloc.start("a")
except TypeError as e: print(e)
try: tracemalloc.start(1 << 40)
except (OverflowError, ValueError) as e: print(type(e).__name__)
for limit in (1, 2, 3, 100):
    tracemalloc.start(limit); tracemalloc.start(7)
    print(tracemalloc.get_traceback_limit(), frames(nested(50)))
    def deep(n): return deep(n - 1) if n else nested(10)
    print(len(frames(deep(60))))
    trace = next(trace for trace in _tracemalloc._get_traces() if trace[2] == trace[2] and len(trace) == 4)
    print(trace[0], type(trace[1]), type(trace[2]))
    tracemalloc.clear_traces()
    print(tracemalloc.get_traced_memory() < (20000, 20000))
    tracemalloc.stop()

print("snapshots")
tracemalloc.start(2)
first = tracemalloc.take_snapshot()
kept = [nested(10000) for _ in range(10)]
second = tracemalloc.take_snapshot()
here = tracemalloc.Filter(True, __file__)
diff = [s for s in second.filter_traces([here]).compare_to(first.filter_traces([here]), "lineno") if s.size_diff >= 100000]
print([(s.traceback[0].lineno, s.count_diff, s.size_diff < 130000) for s in diff])
top = second.filter_traces([here]).statistics("traceback")[0]
print([f.lineno for f in top.traceback], top.count in (10, 20), top.traceback.total_nframe)
print("\n".join(line.replace(__file__, "FILE") for line in top.traceback.format()))
def closure(x):
    def inner(): return x
    return inner
print(frames(closure(1).__closure__[0]), frames(closure(1)))
tracemalloc.stop()
print(_tracemalloc._get_traces())
tracemalloc.stop(); tracemalloc.clear_traces(); tracemalloc.reset_peak()
try: tracemalloc.take_snapshot()
except RuntimeError as e: print(e)
