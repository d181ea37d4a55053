"""lru_cache, cache, cached_property: hits, eviction order, typed, clear, recursion, methods, exceptions, threads."""

import functools as ft
import threading

calls = []
@ft.lru_cache(maxsize=3)
def sq(x, y=0):
    calls.append((x, y))
    return x * x + y
print([sq(i) for i in (1, 2, 3, 1, 4, 2, 1)], calls, sq.cache_info(), sq.cache_parameters())
sq(1, y=0), sq(x=1), sq(1, 0); print(len(calls), sq.cache_info().misses)
sq.cache_clear(); print(sq.cache_info(), sq.__wrapped__(9), sq.__name__)
@ft.cache
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(200), fib.cache_info(), fib.cache_parameters())
@ft.lru_cache(typed=True)
def kind(x): return type(x).__name__
print(kind(1), kind(1.0), kind(True), kind.cache_info().currsize)
@ft.lru_cache
def untyped(x): return type(x).__name__
print(untyped(1), untyped(1.0), untyped(True), untyped("1"), untyped.cache_info())
@ft.lru_cache(maxsize=0)
def never(x): calls.append(x); return x
never(1); never(1); print(never.cache_info())
@ft.lru_cache(maxsize=None)
def fails(x):
    calls.append("f")
    if x < 0: raise ValueError(x)
    return x
calls.clear()
for x in (-1, -1, 2, 2):
    try:
        fails(x)
    except ValueError as e: print("error", e, end=" ")
print(calls, fails.cache_info())
for bad in (lambda: sq([]), lambda: ft.lru_cache("x"), lambda: sq(), lambda: ft.lru_cache(maxsize=1.5)(len) if False else ft.lru_cache("a", "b"), lambda: sq(1, 2, 3)):
    try:
        print(bad())
    except TypeError as e: print(e)
print(ft.lru_cache(maxsize=-5)(lambda x: x).cache_info())
class C:
    def __init__(self, n): self.n = n
    @ft.lru_cache(maxsize=10)
    def method(self, x): calls.append((self.n, x)); return self.n + x
    @ft.cached_property
    def prop(self): calls.append("prop"); return [self.n]
    @staticmethod
    @ft.cache
    def st(x): return x * 2
calls.clear()
a, b = C(1), C(2)
print(a.method(5), a.method(5), b.method(5), calls, C.method.cache_info().hits, a.st(4), C.st(4), C.st.cache_info().hits)
print(a.prop, a.prop is a.prop, calls.count("prop"), vars(a), C.prop.attrname, type(C.prop).__name__)
del a.prop; print(a.prop, calls.count("prop")); a.prop = "set"; print(a.prop)
class Slots:
    __slots__ = ()
    @ft.cached_property
    def p(self): return 1
try:
    Slots().p
except TypeError as e: print(e)
try:
    ft.cached_property(lambda s: 1).__get__(a)
except TypeError as e: print(e)
@ft.lru_cache(maxsize=128)
def slow(n): return sum(range(n))
def worker(k):
    for i in range(300): assert slow((i * 7 + k) % 50) == sum(range((i * 7 + k) % 50))
ts = [threading.Thread(target=worker, args=(k,)) for k in range(4)]
for t in ts: t.start()
for t in ts: t.join()
i = slow.cache_info(); print(i.hits + i.misses == 1200, i.currsize)
@ft.cache
def collatz(n): return 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)
print(max(range(1, 2000), key=collatz), collatz.cache_info().currsize)
@ft.lru_cache(2)
def kw(**k): return sorted(k.items())
print(kw(a=1, b=2), kw(b=2, a=1), kw.cache_info())
