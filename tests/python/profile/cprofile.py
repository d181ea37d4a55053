# _lsprof and cProfile: counts of calls, recursion, callers, builtins' names, external timers, errors.
import _lsprof, time, math, os
def f(n):
    if n: return f(n-1)
    len([]); [].append(1); "a".upper(); math.sqrt(4); dict.fromkeys("a"); int("3"); "x".join(["a"]); time.time(); os.getcwd(); list.append([], 1); isinstance(1,int); sorted([1]); str.maketrans("a","b"); object().__repr__(); [].__len__(); max(1,2)
p = _lsprof.Profiler(subcalls=True)
print(p.getstats())
p.enable()
f(2)
p.disable()
for e in sorted(p.getstats(), key=lambda e: str(e.code)):
    print(e.code if isinstance(e.code, str) else e.code.co_name, e.callcount, e.reccallcount, e.totaltime >= e.inlinetime, type(e).__name__, [(c.code if isinstance(c.code, str) else c.code.co_name, c.callcount, c.reccallcount) for c in sorted(e.calls or [], key=lambda c: str(c.code))], e.calls is None)
print(_lsprof.profiler_entry, _lsprof.profiler_entry.__name__, type(e)._fields if hasattr(type(e), "_fields") else type(e).n_fields, [n for n in dir(_lsprof) if n[0] != "_"])
print([n for n in dir(p) if n[0] != "_"])
n = iter(range(100))
q = _lsprof.Profiler(lambda: next(n), 0.5)
q.enable(); f(0); q.disable()
for e in q.getstats():
    if not isinstance(e.code, str): print(e.code.co_name, e[1:5])
for bad in (lambda: _lsprof.Profiler(1,2,3,4,5), lambda: _lsprof.Profiler(x=1), lambda: q.enable(1,2,3), lambda: q.disable(1)):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
import sys
q = _lsprof.Profiler(); q.enable(subcalls=False, builtins=False); print(sys.getprofile() is q); q.disable(); print(sys.getprofile()); q.clear(); print(q.getstats())
import cProfile, io, pstats
with cProfile.Profile() as pr:
    f(3)
    for i in range(3):
        sum(x for x in [1, 2])
s = io.StringIO()
st = pstats.Stats(pr, stream=s).strip_dirs()
print(st.total_calls, st.prim_calls, sorted((k[2], v[0], v[1]) for k, v in st.stats.items()))
st.print_callers("len")
print("f" in s.getvalue(), "ncalls" in s.getvalue())
print(cProfile.Profile().runcall(f, 1), cProfile.Profile().runctx("x = f(2)", globals(), {}).getstats()[0].callcount)
cProfile.run("len('abc')", "stats.out")
print(pstats.Stats("stats.out", stream=io.StringIO()).total_calls)
def broken(): raise ZeroDivisionError
try:
    cProfile.Profile().runcall(broken)
except ZeroDivisionError as e:
    print("raised", repr(e))
import threading
def work(n):
    p = cProfile.Profile()
    p.runcall(f, n)
    return sum(e.callcount for e in p.getstats() if not isinstance(e.code, str))
results = {}
threads = [threading.Thread(target=lambda n=n: results.__setitem__(n, work(n))) for n in range(6)]
for t in threads: t.start()
for t in threads: t.join()
print(sorted(results.items()))
