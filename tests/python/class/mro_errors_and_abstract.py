"""C3 linearisation of a larger hierarchy, __mro_entries__, mro() override, base changes, __subclasses__, isinstance hooks."""

class O: pass
class A(O): pass
class B(O): pass
class C(O): pass
class D(O): pass
class E(O): pass
class K1(A, B, C): pass
class K2(D, B, E): pass
class K3(D, A): pass
class Z(K1, K2, K3): pass
print([c.__name__ for c in Z.__mro__])
for bases in ("(A, O)", "(O, A)", "(K1, A)", "(A, K1)", "(K1, K3)", "(K3, K1)", "(Z, K2, D)", "(A, A)", "(object, A)", "(A, object)"):
    try:
        exec(f"class T{bases}: pass")
        print(bases, [c.__name__ for c in T.__mro__])
    except TypeError as error:
        print(bases, error)

class Custom(type):
    def mro(cls):
        return super().mro()[:1] + [Extra] + super().mro()[1:]

class Extra:
    def extra(self): return "extra"

class M(metaclass=Custom): pass
print([c.__name__ for c in M.__mro__], M().extra())

class P1: v = "P1"
class P2: v = "P2"
class Child(P1): pass
class Grand(Child): pass
g = Grand()
print(g.v, P1.__subclasses__(), P2.__subclasses__())
Child.__bases__ = (P2,)
print(g.v, P1.__subclasses__(), [c.__name__ for c in P2.__subclasses__()], [c.__name__ for c in Grand.__mro__], isinstance(g, P1), isinstance(g, P2))
Child.__bases__ = (P2, P1)
print([c.__name__ for c in Grand.__mro__])
for new in ((), (int,), (5,), (Grand,), P1, (P1, P1)):
    try:
        Child.__bases__ = new
        print("fine")
    except TypeError as error:
        print(error)
try:
    P1.__bases__ = (P2,)
    print(P1.__bases__)
except TypeError as error:
    print(error)

class AnyInt(type):
    def __instancecheck__(cls, o): return hasattr(o, "real") and not isinstance(o, float)
    def __subclasscheck__(cls, c): return c in (int, complex)

class Duck(metaclass=AnyInt): pass
print(isinstance(5, Duck), isinstance(1.5, Duck), isinstance("x", Duck), issubclass(int, Duck), issubclass(str, Duck), isinstance(5, (str, Duck)), issubclass(int, (str, (list, Duck))))
for f in (lambda: isinstance(1, "int"), lambda: isinstance(1, (int, "x")), lambda: isinstance("a", (int, "x")), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: isinstance(1, [int]), lambda: isinstance(1, ())):
    try:
        print(f())
    except TypeError as error:
        print(error)

class Fake:
    __class__ = int

print(isinstance(Fake(), int), type(Fake()).__name__, Fake().__class__, isinstance(Fake(), Fake))
class Tree:
    def __init_subclass__(cls): Tree.count = getattr(Tree, "count", 0) + 1
classes = [Tree]
for i in range(20):
    classes.append(type(f"T{i}", (classes[i // 2],), {"depth": i}))
print(Tree.count, [c.__name__ for c in classes[-1].__mro__], [c.__name__ for c in Tree.__subclasses__()], classes[7].depth, len(classes[3].__subclasses__()))
Tree.late = "late"
print(classes[-1]().late, classes[5].late)
print(type.mro(bool), type.__call__(int, "5"), type("Dyn", (), {}).__mro__[1], type.__base__, type.__mro__)
