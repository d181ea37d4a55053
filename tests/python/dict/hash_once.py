# Containers made from dicts and sets, and cached calls, do not hash keys again.
import functools


class Key:
    count = 0

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        Key.count += 1
        return hash(self.n)

    def __eq__(self, other):
        return isinstance(other, Key) and self.n == other.n


class Names(dict):
    pass


def counted(what, make):
    Key.count = 0
    made = make()
    print(what, Key.count, type(made).__name__, len(made) if hasattr(made, "__len__") else made)


d = dict.fromkeys(map(Key, range(10)))
s = set(d)
counted("set of dict", lambda: set(d))
counted("frozenset of set", lambda: frozenset(s))
counted("fromkeys of dict", lambda: dict.fromkeys(d, 3))
counted("fromkeys of set", lambda: dict.fromkeys(s))
counted("fromkeys of frozenset", lambda: dict.fromkeys(frozenset(s), 1))
counted("subclass fromkeys", lambda: Names.fromkeys(s))
counted("dict of dict", lambda: dict(d))
print(dict.fromkeys({1, 2, 3}, 0), dict.fromkeys({"a": 1, "b": 2}), dict.fromkeys("ab", []), dict.fromkeys(frozenset()))


@functools.lru_cache(maxsize=2)
def double(key):
    return key.n * 2


k = Key(5)
for call in (k, k, Key(6), k, Key(7), k, k):
    counted("cached", lambda: double(call))
print(double.cache_info())
