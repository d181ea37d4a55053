"""Names in class bodies: which scope a name is looked up in, nonlocal and global there, comprehensions, lambdas, __class__, del and unbound names."""


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


x = "global"


def enclosing():
    x = "enclosing"

    class A:
        seen = x
        x = "class"
        after = x
        in_lambda = (lambda: x)()
        in_comprehension = [x for _ in range(1)]
        first_iterable = [c for c in x][:2]
        in_generator = list(x for _ in range(1))
        nested_function_sees = None

        def method(self):
            return x

        class B:
            inner = x
    return A.seen, A.after, A.in_lambda, A.in_comprehension, A.first_iterable, A.in_generator, A().method(), A.B.inner


attempt(enclosing)


class Direct:
    seen = x
    x = x + " then class"
    after = x
    in_comprehension = [x for _ in "a"]
    del x
    again = x


attempt(lambda: (Direct.seen, Direct.after, Direct.in_comprehension, Direct.again, hasattr(Direct, "x")))


def assigned_enclosing():
    x = "enclosing"

    class A:
        seen = x
        if False:
            x = 1
        after = x
    return A.seen, A.after


attempt(assigned_enclosing)


def with_nonlocal():
    x = 1

    class A:
        nonlocal x
        x = 2
        y = x
    return x, A.y, hasattr(A, "x")


attempt(with_nonlocal)


def with_global():
    x = 1

    class A:
        global made_global
        made_global = x
    return made_global, hasattr(A, "made_global")


attempt(with_global)


def unbound_in_class():
    class A:
        y = later
    later = 1
    return A


attempt(unbound_in_class)


def deleted_free():
    later = 1

    def inner():
        return later
    del later
    return inner()


attempt(deleted_free)


def class_cell():
    class A:
        def me(self):
            return __class__

        def replaced(self):
            __class__ = 5
            return __class__

        static = staticmethod(lambda: __class__)
        generator = property(lambda self: next(c for c in [__class__]))
        nested = [lambda: __class__ for _ in range(1)][0]
    A.nested_static = staticmethod(A.nested)
    return A().me() is A, A().replaced(), A.static() is A, A().generator is A, A.nested() is A


attempt(class_cell)


def class_as_name():
    class A:
        __class__ = "shadowed"

        def me(self):
            return __class__
    return A().me().__name__, A.__dict__["__class__"]


attempt(class_as_name)


class Locals:
    a = 1
    names = sorted(k for k in locals() if not k.startswith("__"))
    locals()["injected"] = 2
    b = injected
    module = __module__
    qualname = __qualname__
    __qualname__ = "Renamed.Twice"
    annotated: int
    annotated_value: "later" = 3
    (parenthesised): int = 4
    __private: int = 5
    has_annotations = sorted(__annotations__)


attempt(lambda: (Locals.names, Locals.b, Locals.module, Locals.qualname, repr(Locals), Locals.__annotations__, Locals.has_annotations, hasattr(Locals, "annotated"), Locals._Locals__private))


class Mangled:
    __a = 1
    __b__ = 2
    _Mangled__c = 3

    def get(self):
        return self.__a, self.__b__, self.__c, [self.__a for _ in "x"], (lambda: self.__c)()

    def names(self, __arg=5, *, __key=6):
        __local = 7
        global __global
        __global = 8
        import os as __module
        return sorted(locals())

    def errors(self):
        return self.__missing

    class __Inner:
        __x = 1


attempt(lambda: Mangled().get())
attempt(lambda: Mangled().names())
attempt(lambda: Mangled().errors())
attempt(lambda: (_Mangled__global, Mangled._Mangled__Inner._Inner__x if hasattr(Mangled._Mangled__Inner, "_Inner__x") else sorted(k for k in vars(Mangled._Mangled__Inner) if "x" in k)))


class _:
    __kept = 1


class __:
    __kept = 2


attempt(lambda: sorted(k for c in (_, __) for k in vars(c) if "kept" in k))


def comprehension_scopes():
    y = 5
    result = [(y := i) for i in range(3)]
    gen = (z for z in [y])
    y = 99
    later = [lambda: i for i in range(3)]
    return result, y, list(gen), [f() for f in later], [a + b for a in range(2) for b in range(a, 2) if (q := a)], q


attempt(comprehension_scopes)


class Walrus:
    try:
        exec("class K:\n    a = [(w := i) for i in range(2)]")
    except SyntaxError as error:
        message = error.msg
    b = (v := 5)


attempt(lambda: (Walrus.message, Walrus.b, Walrus.v))
for source in ("def f():\n x = 1\n class A:\n  nonlocal y", "class A:\n nonlocal x", "def f():\n x = 1\n class A:\n  x = 2\n  nonlocal x", "def f():\n x = 1\n class A:\n  x\n  global x", "def f(x):\n class A:\n  global x\n  def g(self): nonlocal x", "class A:\n return 1", "class A:\n yield 1", "class A:\n [(yield) for x in y]",
               "class A:\n x: int\n global x", "def f():\n global x\n x: int = 1", "def f(a):\n global a", "def f():\n nonlocal __class__", "class A:\n def f(self):\n  nonlocal __class__", "[x := 1 for x in y]", "[(x := 1) for x in y]", "[[(x := 1) for z in y] for x in q]", "[(z := 1) for x in (z := y)]", "def f(x): nonlocal x", "nonlocal x", "lambda: (x := 1)", "def f(): x: (yield) = 1",
               "class A:\n import a.b as __c, __d\n from e import __f", "def f():\n print(x)\n global x", "def f():\n for x in y: pass\n nonlocal x", "def f():\n from os import *", "class A:\n from os import *", "def f(a, a): pass", "lambda a, *, a: 1", "def f(*, **k): pass", "def f(*): pass", "def f(a, /, b, /): pass", "def f(*a, /): pass", "def f(a=1, b): pass", "def f(*a, *b): pass", "def f(**k, a): pass", "def f(a, *, b=1, c, **d): pass"):
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "| compiles")
    except SyntaxError as error:
        print(repr(source), "|", error.msg, error.lineno, error.offset, error.end_offset)
