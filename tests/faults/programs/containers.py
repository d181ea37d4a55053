# Lists, dicts, sets, tuples, deques and their growth; a failed growth leaves the container as it was.
from collections import Counter, OrderedDict, deque, namedtuple
from _step import again, step


def grow_list():
    items = []

    def check():
        assert items == [i * i for i in range(len(items))]
    for n in range(100):
        again(lambda: items.append(n * n), after=check)
    return sum(items), len(items)


def grow_dict():
    d = {}

    def check():
        assert all(d[f"key{i}"] == i for i in range(len(d)))
    for n in range(60):
        again(lambda: d.update({f"key{n}": n}), after=check)
    return sum(d.values()), list(d)[-1]


def grow_set():
    s = set()

    def check():
        assert len(s) in (n, n + 1) and all((i, str(i)) in s for i in range(n))
    for n in range(60):
        again(lambda: s.add((n, str(n))), after=check)
    return len(s), (30, "30") in s


def list_methods():
    a = list(range(10))
    a.extend(x for x in "abc")
    a[2:5] = [7, 8, 9, 10, 11]
    a.insert(1, "z")
    del a[0], a[-2:]
    a *= 2
    a.reverse()
    b = a + [1] + a[::2]
    c, *d, e = b
    return b, c, d, e, sorted(map(str, b)), b.count(7), tuple(b)[:3] * 2


def dict_methods():
    a = dict(a=1, b=2)
    a.update(c=3, **{"d": 4})
    b = {k: v for k, v in a.items() if v > 1} | {"e": 5}
    c = dict.fromkeys("xyz", 0)
    c.setdefault("w", []).append(1)
    merged = {**a, **b, **c}
    merged.pop("x")
    return merged, list(reversed(merged)), sorted(a.keys() & b.keys()), sorted(a.items() ^ b.items()), merged.get("q"), repr(merged)


def set_methods():
    a, b = {1, 2, 3, 4}, frozenset((3, 4, 5))
    return sorted(a | b), sorted(a & b), sorted(a - b), sorted(a ^ b), a > {1}, sorted({x % 3 for x in range(10)}), hash(b) == hash(frozenset((5, 4, 3)))


def others():
    Point = namedtuple("Point", "x y")
    d = deque(maxlen=5)
    for n in range(8):
        d.append(n)
        d.rotate(1)
    o = OrderedDict(a=1, b=2)
    o.move_to_end("a")
    return Point(1, y=2)._replace(x=5), list(d), Counter("mississippi").most_common(2), list(o), Point(1, 2)._asdict()


def unpack():
    a, (b, *c), d = 1, (2, 3, 4), 5
    return [a, b, c, d, *c, *range(3)], {*c, a}, (*c, d), list(zip("ab", [1, 2])), list(enumerate("xy", 3)), list(map(max, [1, 5], [4, 2]))


for f in (grow_list, grow_dict, grow_set, list_methods, dict_methods, set_methods, others, unpack):
    step(f)
