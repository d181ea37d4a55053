"""Multiple inheritance: method resolution order, cooperative super, mixins, conflicts."""

class A:
    def who(self):
        return ["A"]

class B(A):
    def who(self):
        return ["B"] + super().who()

class C(A):
    def who(self):
        return ["C"] + super().who()

class D(B, C):
    def who(self):
        return ["D"] + super().who()

class E(C, B):
    pass

print(D().who(), E().who())
print([c.__name__ for c in D.__mro__], [c.__name__ for c in E.mro()], D.__bases__ == (B, C), D.__base__.__name__)
try:
    class F(D, E):
        pass
except TypeError as error:
    print(error)
try:
    class G(A, B):
        pass
except TypeError as error:
    print(error)
try:
    class H(A, A):
        pass
except TypeError as error:
    print(error)

class Loud:
    def speak(self):
        return super().speak().upper() + "!"

class Polite:
    def speak(self):
        return super().speak() + ", please"

class Base:
    def speak(self):
        return "hello"

class Person(Loud, Polite, Base):
    pass

print(Person().speak())
print(super(Loud, Person()).speak(), super(Polite, Person()).speak())

class Init1:
    def __init__(self, **kw):
        self.one = kw.pop("one", None)
        super().__init__(**kw)

class Init2:
    def __init__(self, **kw):
        self.two = kw.pop("two", None)
        super().__init__(**kw)

class Both(Init1, Init2):
    pass

b = Both(one=1, two=2)
print(b.one, b.two)
try:
    Both(three=3)
except TypeError as error:
    print(error)
A.extra = property(lambda self: "from A")
print(D().extra, isinstance(D(), A), issubclass(E, B), issubclass(A, D))
A.who = lambda self: ["patched"]
print(D().who())
D.__bases__ = (B,)
print(D().who(), [c.__name__ for c in D.__mro__])
print([c.__name__ for c in A.__subclasses__()], type(D).__name__, D.__qualname__)
