"""super() in all its forms: zero-argument, two-argument, in class methods, static calls, properties, and wrong uses."""

class Base:
    def __init__(self, *args):
        self.log = ["Base" + repr(args)]
    def m(self):
        return "Base.m"
    @classmethod
    def c(cls):
        return f"Base.c of {cls.__name__}"
    @property
    def p(self):
        return "Base.p"
    @staticmethod
    def s():
        return "Base.s"
    x = "Base.x"

class Mid(Base):
    def __init__(self, *args):
        super().__init__(*args)
        self.log.append("Mid")
    def m(self):
        return "Mid > " + super().m()
    @classmethod
    def c(cls):
        return "Mid > " + super().c()
    @property
    def p(self):
        return "Mid > " + super().p
    @staticmethod
    def s():
        return "Mid > " + super(Mid, Mid).s()

class Leaf(Mid):
    def __init__(self, *args):
        super(Leaf, self).__init__(*args)
        self.log.append("Leaf")
    def m(self):
        return [super().m() for _ in range(1)] if False else "Leaf > " + super().m()
    def via_lambda(self):
        return (lambda: super(Leaf, self).m())()
    def nested(self):
        def inner(self):
            return super().x
        return inner(self)
    def getattr_(self):
        return getattr(super(), "m")()

l = Leaf(1, 2)
print(l.log, l.m(), l.c(), Leaf.c(), l.p, l.s(), Leaf.s(), l.via_lambda(), l.nested(), l.getattr_())
print(super(Mid, l).m(), super(Mid, Leaf).c(), super(Leaf, l).p, super(Mid, l).x, repr(super(Mid, l)).split(",")[0])
for bad in (lambda: super(), lambda: super(Base, l).m(), lambda: super(int, l), lambda: super(5, l), lambda: super(Mid, 5), lambda: super(Mid, l).nope, lambda: setattr(super(Mid, l), "x", 1), lambda: super(Mid).m):
    try:
        print(bad())
    except (TypeError, RuntimeError, AttributeError) as error:
        print(type(error).__name__, error)

def stray(self):
    return super().m()

try:
    stray(l)
except RuntimeError as error:
    print(error)

class NoArgs:
    def m():
        return super()

try:
    NoArgs.m()
except RuntimeError as error:
    print(error)

class Del:
    def m(self):
        del self
        return super()

try:
    Del().m()
except RuntimeError as error:
    print(error)

class UsesClass:
    def name(self):
        return __class__.__name__
    def rebind(self):
        self = l
        try:
            return super().__init__
        except TypeError as error:
            return str(error)

class Sub(UsesClass):
    pass

print(Sub().name(), Sub().rebind())

class D1:
    def go(self): return ["D1"]
class D2(D1):
    def go(self): return ["D2"] + super().go()
class D3(D1):
    def go(self): return ["D3"] + super().go()
class D4(D2, D3):
    def go(self): return ["D4"] + super().go()
print(D4().go(), [super(c, D4()).go() for c in (D4, D2, D3)])
class Item(Base):
    def __getitem__(self, k): return k
    def __getattr__(self, name): return "fallback " + name
class Item2(Item):
    def __getitem__(self, k): return ("sub", super().__getitem__(k))
    def get(self): return super().anything if False else super().x
print(Item2()[5], Item2().get(), Item2().zzz)
