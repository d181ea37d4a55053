"""__slots__, __getattr__, __getattribute__, __setattr__, __delattr__, __dir__, __class__."""

class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a

s = Slotted(1)
s.b = 2
print(s.a, s.b, hasattr(s, "__dict__"))
for name, value in (("c", 3),):
    try:
        setattr(s, name, value)
    except AttributeError as error:
        print(error)
del s.a
try:
    s.a
except AttributeError as error:
    print(error)

class Fallback:
    known = 1

    def __getattr__(self, name):
        if name.startswith("x"):
            return name.upper()
        raise AttributeError(f"no {name} here")

f = Fallback()
print(f.known, f.xyz, getattr(f, "q", "default"))
try:
    f.q
except AttributeError as error:
    print(error)

class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "_target", target)
        object.__setattr__(self, "_log", [])

    def __getattribute__(self, name):
        if name in ("_target", "_log"):
            return object.__getattribute__(self, name)
        self._log.append("get " + name)
        return getattr(self._target, name)

    def __setattr__(self, name, value):
        self._log.append("set " + name)
        setattr(self._target, name, value)

    def __delattr__(self, name):
        self._log.append("del " + name)
        delattr(self._target, name)

class Target:
    pass

t = Target()
p = Proxy(t)
p.x = 5
p.x += 1
print(p.x, t.x)
del p.x
print(p._log, vars(t))

class Dir:
    def __dir__(self):
        return ["b", "a"]

print(dir(Dir()))

class One:
    def hi(self):
        return "one"

class Two:
    def hi(self):
        return "two"

o = One()
o.__class__ = Two
print(o.hi(), type(o).__name__, isinstance(o, One))
try:
    o.__class__ = Slotted
except TypeError as error:
    print(error)
try:
    o.__class__ = 5
except TypeError as error:
    print(error)
