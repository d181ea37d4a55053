"""collections.deque: both ends, maxlen, rotation, indexing, iteration during change, comparison, errors."""

from collections import deque

d = deque("abc")
d.append("d"); d.appendleft("z"); d.extend([1, 2]); d.extendleft("xy")
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), d)
d.rotate(2); print(d); d.rotate(-1); print(d); d.rotate(100); print(d)
d.insert(1, "ins"); d.remove("a"); d.reverse()
print(d, d.count("d"), d.index("d"), "z" in d, d.index("z", 1), list(reversed(d)), d.copy() == d, d.maxlen)
d[1] = "set"; del d[0]; d[-1] = "last"
print(d, d + deque([9]), d * 2, deque([1]) * 3)
d += "ef"; d *= 2
print(len(d), bool(deque()), deque([1, 2]) < deque([1, 3]), deque([1]) == [1], deque([1]) != deque([2]), deque([1, 2]) > deque([1]))
m = deque(range(10), maxlen=3)
m.append(10); m.appendleft("l"); print(m, m.maxlen, repr(m)); m.extend("qrs"); print(m, deque(maxlen=0).append(1), m.copy().maxlen, (m + deque([1])).maxlen, m * 2)
for bad in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1])[5], lambda: deque([1]).remove(2), lambda: deque([1]).index(2), lambda: deque(5), lambda: deque([], -1), lambda: deque([], "x"), lambda: deque([1])["a"], lambda: deque([1])[0:1], lambda: hash(deque()), lambda: deque([1]) + [1], lambda: m.insert(0, 1), lambda: deque([1]) < [1], lambda: deque().rotate("x"), lambda: deque([1]) * "a", lambda: setattr(m, "maxlen", 5), lambda: deque(1, 2, 3), lambda: deque().append()):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
try:
    for x in m: m.append(x)
except RuntimeError as e: print(e)
big = deque()
for i in range(1000):
    big.append(i)
    if i % 3 == 0: big.popleft()
    if i % 7 == 0: big.rotate(i)
print(len(big), sum(big), big[0], big[-1], big[len(big) // 2])
r = deque([1]); r.append(r); print(r)
class D(deque):
    def append(self, x): super().append(("sub", x))
s = D([1]); s.append(2); s.tag = "t"
print(s, s.tag, type(s.copy()).__name__, type(s + deque()).__name__, s == deque([1, ("sub", 2)]))
def tail(it, n): return list(deque(it, n))
print(tail(range(100), 3), [deque([1, 2, 3]).__getitem__(i) for i in range(-3, 3)], deque([3, 1, 2]).__class__, sorted(deque([3, 1, 2])), max(deque([3, 1])), sum(deque([1, 2])), [*deque("ab")], deque([1, 2, 3]).__contains__(2))
it = iter(deque([1, 2, 3])); next(it); print(it.__length_hint__(), list(it))
d.clear(); print(d, d.extend([]), list(d))
