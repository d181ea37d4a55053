"""Classes made and dropped by the thousand: what a place in the code has learnt of a dead class must not be believed of a later one."""

import gc


def first(o):
    return o.a


def second(o):
    return o.b


def called(o):
    return o.m(), len(o), o + 1


def added(o, value):
    o.c = value
    o.d = [value]
    return o.c, o.d


def made(cls):
    return cls()


def odd(n):
    class C:
        kind = "odd"

        def __init__(self):
            self.a, self.b = n, -n

        def m(self):
            return self.a

        def __len__(self):
            return n

        def __add__(self, other):
            return self.a + other

    return C


def even(n):
    class C:
        __slots__ = ("x", "b", "a", "__dict__")
        kind = "even"

        def __init__(self):
            self.b, self.x, self.a = -n, "x", n

        m = staticmethod(lambda: ("even", n))

        def __len__(self):
            return n + 1

        def __add__(self, other):
            return self.b - other

    return C


def bare(n):
    class C:
        a = n
        kind = "bare"

        @property
        def b(self):
            return -n

        def m(self):
            return self.__dict__

        def __len__(self):
            return 0

        def __add__(self, other):
            return other

    return C


def look(n):
    """The n-th class's instance, and whether it is as it should be."""
    cls = (odd, even, bare)[n % 3](n)
    o = made(cls)
    seen = first(o), second(o), called(o), added(o, n), o.kind, cls.kind
    if n % 3 == 0:
        wanted = (n, -n, (n, n, n + 1), (n, [n]), "odd", "odd")
    elif n % 3 == 1:
        wanted = (n, -n, (("even", n), n + 1, -n - 1), (n, [n]), "even", "even")
    else:
        wanted = (n, -n, (o.__dict__, 0, 1), (n, [n]), "bare", "bare")
    return o, seen == wanted


kept = []
for turn in range(8):
    right = 0
    for n in range(150):
        o, as_wanted = look(n + turn)
        right += as_wanted
        if n % 50 == turn:
            kept.append(o)                  # alone keeps its class
        if n % 50 == 0:
            gc.collect(0)
    for n in range(1500):
        type("Unused", (), {})
    del o
    gc.collect()
    print(turn, right, len(kept), sum(type(o).kind == o.kind for o in kept), sum(first(o) == -second(o) for o in kept))
