"""property, classmethod and staticmethod objects: missing functions and their messages, names, docs, copying by setter(), wrappers, wrong arguments."""


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class A:
    def _get(self):
        """getter doc"""
        return self._x

    def _set(self, value):
        self._x = value

    def _del(self):
        del self._x

    full = property(_get, _set, _del, "own doc")
    read = property(_get)
    write = property(None, _set)
    nothing = property()
    lambda_ = property(lambda self: 1)
    bad_arity = property(lambda: 1)
    raising = property(lambda self: self.missing)
    doc_int = property(_get, doc=5)
    not_callable = property(5, "x", [])


a = A()
a.full = 3
print(a.full, a.read, A.full.__doc__, A.read.__doc__, A.doc_int.__doc__, A.nothing.__doc__, A.write.fget, A.full.fdel is A.__dict__["_del"], A.full.__isabstractmethod__)
for name in ("full", "read", "write", "nothing", "lambda_", "bad_arity", "raising", "not_callable"):
    attempt(f"get {name}", lambda: getattr(a, name))
    attempt(f"set {name}", lambda: setattr(a, name, 5))
    attempt(f"del {name}", lambda: delattr(a, name))
attempt("del full again", lambda: delattr(a, "full"))
outside = property(lambda self: 1)
attempt("unnamed set", lambda: outside.__set__(a, 1))
attempt("unnamed delete", lambda: outside.__delete__(a))
attempt("unnamed get", lambda: property().__get__(a))
attempt("on none", lambda: outside.__get__(None) is outside)
attempt("on none with class", lambda: outside.__get__(None, A) is outside)
attempt("set_name", lambda: outside.__set_name__(A, "named"))
attempt("named set", lambda: outside.__set__(a, 1))
attempt("set_name arity", lambda: outside.__set_name__(A))
attempt("set_name number", lambda: property().__set_name__(A, 5))
for arguments, keywords in (((1, 2, 3, 4, 5), {}), ((), {"fget": lambda self: 1}), ((), {"getter": len}), ((None, None, None, "d"), {}), ((None, None, None, None), {})):
    attempt(f"property{arguments}{sorted(keywords)}", lambda: property(*arguments, **keywords).__doc__)
p = property(lambda self: "first", doc="kept")
q = p.getter(lambda self: "second")
r = q.setter(lambda self, v: None).deleter(lambda self: None)
print(q.__doc__, r.__doc__, r.fget(None), p.fset, r.fset is not None)


def documented(self):
    """from function"""


print(property(documented).__doc__, property(documented).getter(lambda self: 1).__doc__, property(documented, doc="x").getter(documented).__doc__, property(lambda s: 1).getter(documented).__doc__)
attempt("assign fget", lambda: setattr(p, "fget", len))
attempt("assign doc", lambda: setattr(p, "__doc__", "new") or p.__doc__)
attempt("assign other", lambda: setattr(p, "other", 1))
attempt("assign abstract", lambda: setattr(p, "__isabstractmethod__", True))


class Sub(property):
    """sub doc"""


class SubSlots(property):
    __slots__ = ()


attempt("subclass doc", lambda: (Sub(documented).__doc__, Sub(lambda s: 1).__doc__, Sub(None, doc="given").__doc__))
attempt("subclass attributes", lambda: setattr(Sub(), "extra", 1))
attempt("subclass slots doc", lambda: SubSlots(documented).__doc__)
attempt("reinit", lambda: (p.__init__(documented), p.__doc__, p.fset))


class B(A):
    full = A.full.setter(lambda self, v: setattr(self, "_x", v * 10))
    read = property(lambda self: super().read)
    lambda_ = 7


b = B()
b.full = 2
print(b.full, b.lambda_)
attempt("super without cell", lambda: b.read)
attempt("override by instance dict", lambda: (b.__dict__.update(full="hidden"), b.full))
attempt("instance attribute of non-data", lambda: (b.__dict__.update(lambda_="seen"), b.lambda_))


class Attr:
    @property
    def x(self):
        raise AttributeError("inner")

    def __getattr__(self, name):
        return f"fallback {name}"


attempt("getattr fallback", lambda: Attr().x)


def f(*args, **kwargs):
    """f doc"""
    return args, kwargs


f.extra = 1
for kind in (classmethod, staticmethod):
    w = kind(f)
    print(kind.__name__, w.__func__ is f, w.__wrapped__ is f, w.__doc__, w.__name__, w.__qualname__, w.__module__, vars(w).get("extra"), sorted(vars(w)), w.__isabstractmethod__)
    attempt("call", lambda: w(1))
    attempt("get instance", lambda: len(w.__get__(a)(1)[0]))
    attempt("get class", lambda: len(w.__get__(None, A)(1)[0]))
    attempt("get nothing", lambda: w.__get__(None, None))
    attempt("get none", lambda: w.__get__())
    attempt("of int", lambda: kind(5).__get__(None, A))
    attempt("of nothing", lambda: kind())
    attempt("of two", lambda: kind(f, f))
    attempt("keyword", lambda: kind(function=f))
    attempt("assign", lambda: setattr(w, "other", 1))
    attempt("assign func", lambda: setattr(w, "__func__", 1))
    attempt("repr", lambda: repr(w)[:24])
    attempt("of property", lambda: kind(property(lambda s: "through")).__get__(a, A) if kind is classmethod else type(kind(property()).__get__(a, A)).__name__)
    attempt("of class", lambda: kind(int).__get__(a, A)(5) if kind is staticmethod else kind(int).__get__(a, A))
    attempt("nested", lambda: kind(kind(f)).__get__(a, A)(1))
    attempt("annotations", lambda: w.__annotations__)


class Chain:
    @classmethod
    @property
    def cp(cls):
        return cls.__name__

    @staticmethod
    @classmethod
    def sc(cls):
        return cls

    @classmethod
    @staticmethod
    def cs(*args):
        return args


attempt("classmethod of property", lambda: (Chain.cp, Chain().cp))
attempt("staticmethod of classmethod", lambda: Chain.sc())
attempt("classmethod of staticmethod", lambda: Chain.cs(1))
