"""Functions that are redefined, taken out of their module, and watched: they work as long as anybody holds them, and are freed after that."""

import gc
import sys
import threading
import types
import weakref


def count(kind):
    return sum(type(o) is kind for o in gc.get_objects())


# Redefinition in a loop does not pile up functions, nor what they refer to.
before = count(types.FunctionType)
source = compile("def f(x=1):\n return x + step\n", "loop", "exec")
for step in range(20000):
    exec(source)
    assert f() == step + 1
print("functions bounded:", count(types.FunctionType) - before < 5000)


class Payload(list):
    pass


for step in range(3000):
    def g():
        return 1
    g.payload = Payload(range(5))
    g()
print("payloads bounded:", count(Payload) < 2500)
del g
gc.collect()
print("payloads left:", count(Payload))


# A frame keeps what its module has lost.
def helper():
    return "helped"


def taker():
    h = globals().pop("helper")
    yield "taken"
    gc.collect()
    yield h()


it = taker()
print(next(it))
gc.collect()
for _ in range(3000):
    exec(source)
print(next(it), "helper" in globals())
it.close()


def caller(name):
    h = globals()[name]
    del globals()[name]
    gc.collect()
    return h() + h()


def lost():
    return "lost"


print(caller("lost"))


def vanishing(depth):
    """Runs while its only name is deleted, and calls itself no more."""
    global vanishing
    if depth:
        return vanishing(depth - 1)
    del vanishing
    gc.collect()
    return sys._getframe().f_code.co_name


print(vanishing(3))


# A module is gone, its functions are not.
m = types.ModuleType("m")
exec("state = [1, 2]\ndef f():\n    return len(state), helper()\ndef helper():\n    return __name__\n", m.__dict__)
sys.modules["m"] = m
from m import f as from_m
del sys.modules["m"], m
gc.collect()
for _ in range(2000):
    exec(source)
print(from_m())


# Weak references, to functions and to what they alone hold.
def watched():
    return 1


ref = weakref.ref(watched, lambda r: print("watched is gone"))
print(ref() is watched, ref()())
del watched
gc.collect()
print(ref())


def holder():
    return 1


holder.extra = Payload()
extra = weakref.ref(holder.extra)
print(extra() is not None)
alias = holder
del holder
gc.collect()
print(extra() is not None, alias())
del alias
gc.collect()
print(extra())


# Methods, properties and class methods that are replaced while they run.
class Changing:
    @property
    def value(self):
        del Changing.value
        gc.collect()
        return "value"

    @classmethod
    def make(cls):
        del cls.make
        gc.collect()
        return cls.__name__

    def method(self):
        Changing.method = lambda self: "second"
        gc.collect()
        return "first"

    def __init__(self):
        type(self).__init__ = Changing.late
        gc.collect()

    def late(self):
        self.late = True


c = Changing()
print(c.value, hasattr(c, "value"), Changing.make(), hasattr(Changing, "make"))
print(c.method(), c.method(), Changing().late)


# A default, an inner function's cell and an argument die with their function.
class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("~" + self.name, end=" ")


def with_default(x=Loud("default")):
    return x.name


print(with_default())
del with_default
print("|")


def with_keyword(*, x=Loud("keyword")):
    return x.name


print(with_keyword())
del with_keyword
print("|")


def outer():
    captured = Loud("cell")
    return lambda: captured.name


inner = outer()
print(inner())
del inner
print("|")


# Many threads call one function while it is replaced again and again.
stop = False
wrong = []


def shared(x):
    return x + 1


def use(k):
    n = 0
    while not stop or n == 0:
        if shared(k) - k not in (1, 2):
            wrong.append(k)
        n += 1


threads = [threading.Thread(target=use, args=(k,)) for k in range(3)]
for t in threads:
    t.start()
for i in range(3000):
    exec("def shared(x):\n    return x + %d\n" % (i % 2 + 1))
    if i % 1000 == 0:
        gc.collect()
stop = True
for t in threads:
    t.join()
print("wrong results:", len(wrong))
