"""sys.setrecursionlimit up and down, deep Python recursion without C recursion, errors, limits in threads."""

import sys
import threading

def depth(n): return 0 if n == 0 else 1 + depth(n - 1)
sys.setrecursionlimit(50000)
print(depth(40000))
class Deep:
    def go(self, n): return 0 if n == 0 else 1 + self.go(n - 1)
print(Deep().go(30000))
def gen(n):
    if n: yield from gen(n - 1)
    yield n
print(sum(1 for _ in gen(500)))
def mutual(n, other=None): return 0 if n == 0 else 1 + (other or mutual)(n - 1)
print(mutual(20000))
closure = lambda n: 0 if n == 0 else 1 + closure(n - 1)
print(closure(20000))
def kw(n, *, acc=0): return acc if n == 0 else kw(n - 1, acc=acc + n)
print(kw(20000))
def star(*args, **k): return k["t"] if not args[0] else star(args[0] - 1, t=k["t"] + 1)
print(star(10000, t=0))
def caught(n):
    if n == 0: raise ValueError("bottom")
    try:
        caught(n - 1)
    finally:
        counts[0] += 1
counts = [0]
try:
    caught(10000)
except ValueError as e:
    tb, n = e.__traceback__, 0
    while tb: tb, n = tb.tb_next, n + 1
    print(e, counts, n)
sys.setrecursionlimit(200)
try:
    depth(500)
except RecursionError as e:
    print(e)
print(depth(100), sys.getrecursionlimit())
for bad in (0, -5, "x", 1.5, None, 2**40):
    try:
        sys.setrecursionlimit(bad)
        print("accepted")
    except (ValueError, TypeError, OverflowError, RecursionError) as e:
        print(type(e).__name__, e)
def low():
    try:
        sys.setrecursionlimit(1)
    except RecursionError as e:
        return str(e).split(" at ")[0], "too low" in str(e)
print(low())
sys.setrecursionlimit(3000)
out = []
def in_thread():
    try:
        depth(10000)
    except RecursionError as e:
        out.append(str(e))
    out.append(depth(2500))
t = threading.Thread(target=in_thread); t.start(); t.join()
print(out)
def ack(m, n): return n + 1 if m == 0 else ack(m - 1, 1) if n == 0 else ack(m - 1, ack(m, n - 1))
sys.setrecursionlimit(10000)
print(ack(2, 300), ack(3, 6))
memo = {}
def collatz(n):
    if n not in memo: memo[n] = 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)
    return memo[n]
print(max(range(1, 3000), key=collatz), collatz(837799))
