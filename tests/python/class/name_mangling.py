"""Private name mangling in every position; class scope lookups; qualnames; nested classes and functions."""

class Outer:
    __hidden = "outer hidden"
    def __method(self): return "private method"
    def call(self): return self.__method(), self.__hidden
    def keyword(self, __arg=1): return __arg
    def local(self):
        __v = 5
        def inner(): return __v
        return inner(), list(locals())[1]
    def attr(self, other):
        other.__x = 1
        return vars(other)
    def glob(self):
        global __g
        __g = "mangled global"
        return [n for n in globals() if n.endswith("__g")]
    def imported(self):
        try:
            import __nonexistent as q
        except ImportError as error:
            return str(error)
    class Inner:
        __hidden = "inner hidden"
        def get(self): return self.__hidden
    def dunder(self): return self.__class__.__name__
    def strings(self): return getattr(self, "__hidden", "not mangled in strings")
    def delete(self):
        self.__temp = 1
        del self.__temp
        return hasattr(self, "_Outer__temp")
    try:
        raise ValueError("in class body")
    except ValueError as __e:
        caught = str(__e)
    __values = [__i for __i in range(3)]
    f = lambda self, __p: __p

o = Outer()
class Plain: pass
print(o.call(), o._Outer__hidden, o._Outer__method(), o.keyword(_Outer__arg=7), o.local(), o.attr(Plain()), o.glob(), o.imported(), o.Inner().get(), o.dunder(), o.strings(), o.delete(), o.caught, o._Outer__values, o.f(3))
for f in (lambda: o.__hidden, lambda: Outer.__method, lambda: o.keyword(__arg=1)):
    try:
        print(f())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
class _Leading:
    __x = 1
class __Two:
    __x = 2
class ___:
    __x = 3
print([n for n in vars(_Leading) if n.endswith("x")], [n for n in vars(__Two) if n.endswith("x")], [n for n in vars(___) if n.endswith("x")])
class Sub(Outer):
    __hidden = "sub hidden"
    def both(self): return self.__hidden, self._Outer__hidden
print(Sub().both(), Sub().call())
print(Outer.Inner.__qualname__, Outer.call.__qualname__, Outer.Inner.get.__qualname__)
def factory():
    class Local:
        def m(self): return lambda: 0
        class Deep: pass
    return Local
L = factory()
print(L.__qualname__, L.m.__qualname__, L().m().__qualname__, L.Deep.__qualname__, repr(L), L.__module__)
x = "global x"
def scopes():
    x = "function x"
    class K:
        y = x
        x = "class x"
        z = x
        def m(self): return x
        lst = [x for _ in range(1)]
    return K.y if hasattr(K, "y") else None, K.z, K().m(), K.lst
try:
    print(scopes())
except NameError as error:
    print(type(error).__name__, error)
class GlobalInBody:
    global declared_in_class
    declared_in_class = "global from class body"
    nonlocal_ok = 1
print(declared_in_class, hasattr(GlobalInBody, "declared_in_class"))
class Redefine:
    def m(self): return 1
    m1 = m
    def m(self): return 2
    __qualname__ = "Custom.Qual"
    __module__ = "elsewhere"
print(Redefine().m(), Redefine().m1(), Redefine.__qualname__, Redefine.__module__, repr(Redefine))
