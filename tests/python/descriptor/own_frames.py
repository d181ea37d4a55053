"""__get__ of data descriptors written in Python, seen from its frame: results, errors, traces, owners that die or change meanwhile."""
import enum
import sys
import traceback


class D:
    def __init__(self, n):
        self.n = n

    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return self.n, owner.__name__, sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno

    def __set__(self, obj, value):
        obj.__dict__["seen"] = value


class Failing(D):
    def __get__(self, obj, owner=None):
        raise self.n


class Vanishing(D):
    def __get__(self, obj, owner=None):
        del owner.gone
        obj.__dict__["gone"] = "now the instance's"
        return self.n

    def __del__(self):
        print("del", self.n)


class NonData:
    def __get__(self, obj, owner=None):
        return "nondata"


class C:
    d = D(1)
    missing = Failing(AttributeError("not here"))
    broken = Failing(KeyError(1))
    gone = Vanishing(3)
    nondata = NonData()

    def __del__(self):
        print("C dies")


class Hooked(C):
    def __getattr__(self, name):
        return "hook " + name

    def __del__(self):
        pass


class Sub(C):
    def __del__(self):
        pass


def use(o):
    print(o.d, isinstance(C.d, D))
    o.d = 5
    o.__dict__["d"] = "hidden"
    print(o.d, o.seen, o.nondata)
    o.__dict__["nondata"] = "own"
    print(o.nondata)
    for name in "missing", "broken":
        try:
            print(o.missing if name == "missing" else o.broken)
        except Exception as e:
            print(type(e).__name__, e, [f.name for f in traceback.extract_tb(e.__traceback__)])


def temporary():
    print(C().d)
    x = C()
    x = x.d
    print(x)


def vanish():
    o = Sub()
    print(o.gone)
    print(o.gone)


def many():
    o, p = Sub(), Hooked()
    print({(x.d[:2]) for _ in range(40) for x in (o, p)})

    def gen():
        for _ in range(3):
            yield o.d[0]
    print(list(gen()))


def traced():
    events = []

    def tracer(frame, event, arg):
        events.append((frame.f_code.co_name, event))
        return tracer
    o = Sub()
    sys.settrace(tracer)
    o.d
    sys.settrace(None)
    print(events)


class Deep:
    def __get__(self, obj, owner=None):
        return obj.x

    def __set__(self, obj, value):
        pass


class Color(enum.Enum):
    RED = 1
    BLUE = 2

    @property
    def both(self):
        return self.name, self.value


use(Sub())
use(Hooked())
temporary()
vanish()
many()
traced()
print([(c.name, c.value, c.both) for c in Color])
Deeper = type("Deeper", (), {"x": Deep()})
try:
    Deeper().x
except RecursionError as e:
    print(e)
