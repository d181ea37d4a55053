# __bases__ assigned again from within mro(), as test_descr's MroTest does
def show(*classes):
    for c in classes:
        print(c.__name__, [b.__name__ for b in c.__bases__], [b.__name__ for b in c.__mro__ or ()], [s.__name__ for s in c.__subclasses__()])

class Meta(type):
    hook = None
    def mro(cls):
        hook = Meta.hook
        if hook:
            Meta.hook = None
            hook(cls)
        return type.mro(cls)

class A(metaclass=Meta): who = "A"
class B(metaclass=Meta): who = "B"
class C(A): pass
class D(C): pass
show(A, B, C, D)

print("re-entrant assignment to another base")
def again(cls):
    print("in mro of", cls.__name__, [b.__name__ for b in cls.__bases__])
    C.__bases__ = (A,)
Meta.hook = again
C.__bases__ = (B,)
show(A, B, C, D)
print(D.who, D().who)

print("a cycle through bases that are being assigned")
class X(metaclass=Meta): pass
class Y(metaclass=Meta): pass
def cycle(cls):
    try:
        Y.__bases__ = (X,)
    except TypeError as e:
        print("inner:", e)
Meta.hook = cycle
try:
    X.__bases__ = (Y,)
except TypeError as e:
    print("outer:", e)
show(X, Y)

print("an mro() that fails")
def fail(cls):
    raise ValueError("no mro")
Meta.hook = fail
try:
    C.__bases__ = (B,)
except ValueError as e:
    print(e)
show(A, B, C, D)
class Late(type):
    broken = False
    def mro(cls):
        if Late.broken and cls.__name__ == "Sub":
            raise ValueError("no mro for " + cls.__name__)
        return type.mro(cls)
class P(metaclass=Late): x = 1
class Q(metaclass=Late): x = 2
class Mid(P): pass
class Sub(Mid): pass
print(Sub.x)
Late.broken = True
try:
    Mid.__bases__ = (Q,)
except ValueError as e:
    print(e)
Late.broken = False
show(P, Q, Mid, Sub)
print(Sub.x, Mid.x)
Q.x = 3; P.x = 4
print(Sub.x, Mid.x)
Mid.__bases__ = (Q,)
print(Sub.x, Mid.x)
Q.x = 5
print(Sub.x, Mid.x)
show(P, Q, Mid, Sub)

print("__bases__ of a class that is not finished")
def early(cls):
    print(cls.__mro__)
    try:
        cls.__bases__ = (B,)
    except TypeError as e:
        print(e)
    print([b.__name__ for b in cls.__mro__ or ()])
Meta.hook = early
class E(A): pass
show(A, B, E)
print(E.who)

print("subclasses made while the MRO is computed")
def make(cls):
    try:
        class Made(cls): pass
    except TypeError as e:
        print(e)
Meta.hook = make
class F(A): pass
show(A, F)
Meta.hook = make
F.__bases__ = (B,)
show(A, B, F)
print([c.who for c in F.__subclasses__()])

print("errors")
for bases in [(), 1, (1,), (F,), (int,), (A, A)]:
    try:
        F.__bases__ = bases
    except TypeError as e:
        print(e)
show(F)
class Z1(A, B): pass
class Z2(Z1): pass
try:
    B.__bases__ = (Z2,)
except TypeError as e:
    print(e)
class O1: pass
class O2(O1): pass
class O3(O2, O1): pass
try:
    O1.__bases__ = (type("N", (), {}),)
    O2.__bases__ = (type("N", (), {}),)
    print([c.__name__ for c in O3.__mro__])
    O1.__bases__ = (O2,)
    print([c.__name__ for c in O3.__mro__])
except TypeError as e:
    print(e)
show(O1, O2, O3)

print("an mro() without the class")
class Left(type):
    def mro(cls):
        return (O1,)
try:
    class Out(metaclass=Left): pass
except TypeError as e:
    print(e)
