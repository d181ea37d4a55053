# x[i] where x's class defines __getitem__ in Python: results into locals and temporaries, failures, deaths, tracing that begins in it.
import sys


class Get:
    def __init__(self, name="get"):
        self.name = name

    def __getitem__(self, key):
        return (self.name, key)

    def __del__(self):
        print("dies", self.name)


class Key:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<{self.name}>"

    def __del__(self):
        print("key dies", self.name)


class Fails:
    def __getitem__(self, key):
        raise LookupError(key)


class Odd:
    def __getitem__(self, key, extra="default"):
        return key, extra


class Native(dict):
    __getitem__ = dict.get


class Delegates:
    def __init__(self, inner):
        self.inner = inner

    def __getitem__(self, key):
        return self.inner[key]


def local(o, k):
    r = o[k]
    return r


print(local(Get(), 1), local(Get(), "k"), local([1, 2], 1), local(Native(a=1), "a"), local(Native(), "b"), local(Odd(), 3))


def temporaries():
    print(Get("one")[Key("k1")])
    print("then")
    x = Get("two")[Key("k2")][1]
    print(x)
    x = None
    o, k = Get("three"), Key("k3")
    print(o[k], o[Key("k4")], Get("four")[k], o["const"], Get("five")["const"])
    o = o[k]
    print("o is", o)


temporaries()


def chained():
    d = Delegates(Delegates(Delegates({"k": [1, 2, 3]})))
    total = 0
    for i in range(3):
        total += d["k"][i] + Delegates([10, 20, 30])[i]
    try:
        d["none"]
    except KeyError as e:
        tb, lines = e.__traceback__, []
        while tb:
            lines.append((tb.tb_frame.f_code.co_name, tb.tb_lasti >= 0))
            tb = tb.tb_next
        print(lines)
    return total


print(chained())
for o in (Fails(), Odd(), 5, None):
    try:
        print(o["x"])
    except (LookupError, TypeError) as e:
        print(type(e).__name__, e)


class Recursive:
    def __getitem__(self, key):
        return self[key + 1]


try:
    Recursive()[0]
except RecursionError as e:
    print("RecursionError", e)


class Changes:
    def __getitem__(self, key):
        type(self).__getitem__ = lambda self, key: ("changed", key)
        return ("first", key)


o = Changes()
print([o[i] for i in range(3)])


class Gen:
    def __getitem__(self, key):
        for i in range(key):
            yield i


print(list(Gen()[3]))


def in_generator(o):
    for i in range(3):
        yield o[i]
        x = o[o[i][1]]
        yield x


print(list(in_generator(Get("generator's"))))

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name in ("watched", "__getitem__"):
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno, arg if event == "return" else None))
        return tracer


class Starts:
    def __getitem__(self, key):
        if key:
            sys.settrace(tracer)
            sys._getframe(1).f_trace = tracer
        else:
            sys.settrace(None)
        return key


def watched(o, yes, no):
    a = o[yes]
    b = a + 1
    c = o[o[o[b]]] + o[b]
    d = o[no]
    return a, b, c, d


print(watched(Starts(), 1, 0))
for e in events:
    print(e)
events.clear()
sys.settrace(tracer)
watched(Starts(), 1, 0)
sys.settrace(None)
for e in events:
    print(e)
