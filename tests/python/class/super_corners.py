"""super(): without arguments where there is none, with wrong ones, on class objects, unbound, with properties and slots, rebinding and subclasses of super."""


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class A:
    attr = "A.attr"

    def f(self, *args):
        return "A.f", *args

    @classmethod
    def c(cls):
        return "A.c", cls.__name__

    @staticmethod
    def s():
        return "A.s"

    @property
    def p(self):
        return "A.p", type(self).__name__

    @p.setter
    def p(self, value):
        self.__dict__["stored"] = value

    def __getitem__(self, key):
        return "A.getitem", key

    def __len__(self):
        return 7


class B(A):
    attr = "B.attr"

    def f(self, *args):
        return "B.f", *super().f(*args)

    @classmethod
    def c(cls):
        return "B.c", *super().c()

    @property
    def p(self):
        return "B.p", *super().p

    def set_p(self, value):
        super().p = value

    def del_p(self):
        del super().p

    def item(self):
        return super().__getitem__(3)

    def by_subscript(self):
        return super()[3]

    def by_len(self):
        return len(super())

    def no_arguments():
        return super()

    def deleted(self):
        del self
        return super()

    def rebound(self):
        self = 5
        return super()

    def rebound_to_other(self):
        self = A()
        return super().f()

    def star(*args):
        return super().f()

    def in_nested(self):
        def inner():
            return super().f()
        return inner()

    def in_nested_with_argument(self):
        def inner(me):
            return super().f()
        return inner(self)

    def in_comprehension(self):
        return [super().attr for _ in range(1)]

    def in_comprehension_explicit(self):
        return [super(B, self).attr for _ in range(1)]

    def in_lambda(self):
        return (lambda self: super().attr)(self)

    def in_generator(self):
        yield super().attr

    def captured(self):
        return (lambda: self) and super().attr

    def missing(self):
        return super().nothing

    def class_attr(self):
        return super().__class__, super().__self__ is self, super().__thisclass__, super().__self_class__

    @staticmethod
    def static():
        return super().s()

    @staticmethod
    def static_with(x):
        return super().s()

    def __repr__(self):
        return "B()"


class C(B):
    def f(self, *args):
        return "C.f", *super().f(*args)

    c = classmethod(lambda cls: super(C, cls).c())


b = B()
for name in ("f", "c", "item", "by_subscript", "by_len", "no_arguments", "deleted", "rebound", "rebound_to_other", "star", "in_nested", "in_nested_with_argument", "in_comprehension", "in_comprehension_explicit", "in_lambda", "captured", "missing", "class_attr", "static", "del_p"):
    attempt(name, lambda: getattr(b, name)())
attempt("class no_arguments", lambda: B.no_arguments())
attempt("static_with object", lambda: B.static_with(b))
attempt("static_with class", lambda: B.static_with(B))
attempt("static_with int", lambda: B.static_with(5))
attempt("generator", lambda: list(b.in_generator()))
attempt("property", lambda: b.p)
attempt("set property", lambda: (b.set_p(5), vars(b)))
attempt("C", lambda: (C().f(1), C.c(), C().p))
for arguments in ((), (B,), (B, b), (B, B), (B, C), (B, C()), (A, b), (C, b), (C, B), (B, A), (B, 5), (5, b), (B, None), (None, b), (B, b, 1), (int, True), (type, B), (object, b), (object, 5), ("x",)):
    attempt(f"super{arguments}", lambda: repr(super(*arguments)))
attempt("keywords", lambda: super(type=B))
unbound = super(B)
print(repr(unbound), unbound.__self__, unbound.__self_class__, unbound.__thisclass__)
attempt("unbound attribute", lambda: unbound.f)
attempt("bind", lambda: unbound.__get__(b, B).f())
attempt("bind wrong", lambda: unbound.__get__(5))
attempt("bind none", lambda: unbound.__get__(None, B) is unbound)
attempt("bind twice", lambda: super(B, b).__get__(C()) is not None and repr(super(B, b).__get__(C())))


class D(A):
    parent = property(lambda self: self._D__super.f())


D._D__super = super(D)
attempt("autosuper", lambda: D().parent)


class Super(super):
    def __getattribute__(self, name):
        return ("mine", name) if name == "f" else super().__getattribute__(name)


attempt("subclass", lambda: (Super(B, b).f, Super(B, b).attr, repr(Super(B, b))))


class Meta(type):
    def mro(cls):
        print("mro of", cls.__name__)
        return super().mro()

    def __getattribute__(cls, name):
        if name == "f":
            print("meta getattribute", cls.__name__)
        return super().__getattribute__(name)

    def method(cls):
        return "Meta.method", super().__repr__()[:6]


class M(A, metaclass=Meta):
    def f(self):
        return super().f()

    @classmethod
    def c(cls):
        return super().method()


attempt("meta", lambda: (M().f(), M.method()))
attempt("meta method through super", lambda: M.c())


class Odd:
    def __init__(self):
        super().__init__()
        self.x = super().__getattribute__("y") if hasattr(self, "y") else "no y"

    y = 5


attempt("getattribute", lambda: Odd().x)


class Slotted(A):
    __slots__ = ("q",)

    def set(self):
        super().__setattr__("q", 1)
        return super().__getattribute__("q"), super().__dir__()[:0], super().__hash__() == hash(self), super().__eq__(5), super().__reduce_ex__(2)[0].__name__


attempt("slots", lambda: Slotted().set())
exec("def f(self): return super().f()", scope := {})
B.borrowed = scope["f"]
attempt("borrowed", lambda: B().borrowed())


def outside(self):
    __class__
    return super().f()


attempt("outside", lambda: outside(b))


def with_class_variable(self):
    __class__ = B
    return (lambda s: super().f())(self)


attempt("own __class__", lambda: with_class_variable(b))


def with_wrong_class(self):
    __class__ = 5

    def inner(s):
        return super().f()
    return inner(self)


attempt("wrong __class__", lambda: with_wrong_class(b))


def empty_cell():
    def inner(s):
        return super().f()
    if False:
        __class__ = 1
    return inner(b)


attempt("empty __class__", lambda: empty_cell())
super_saved, super = super, lambda: "replaced"


class R(A):
    def f(self):
        return super()


print(R().f())
