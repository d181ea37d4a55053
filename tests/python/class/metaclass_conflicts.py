"""Which metaclass a class gets, what conflicts are refused, and the order of __prepare__, __new__, __init__, __set_name__, __init_subclass__."""


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error)


class Noisy(type):
    @classmethod
    def __prepare__(meta, name, bases, **kwargs):
        print("prepare", meta.__name__, name, [b.__name__ for b in bases], kwargs)
        return {"from_prepare": 1}

    def __new__(meta, name, bases, namespace, **kwargs):
        print("new", name, sorted(k for k in namespace if not k.startswith("__")), kwargs)
        return super().__new__(meta, name, bases, dict(namespace), **{k: v for k, v in kwargs.items() if k != "eaten"})

    def __init__(cls, name, bases, namespace, **kwargs):
        print("init", name, kwargs)
        super().__init__(name, bases, namespace)

    def __call__(cls, *args, **kwargs):
        print("call", cls.__name__, args, kwargs)
        return super().__call__(*args, **kwargs)


class Named:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)


class Base(metaclass=Noisy):
    def __init_subclass__(cls, /, tag=None, **kwargs):
        print("init_subclass", cls.__name__, tag, kwargs)
        super().__init_subclass__(**kwargs)


class Derived(Base, tag="t", eaten=3):
    first = Named()
    second = Named()

    def __init__(self, *args):
        print("instance", args)


Derived(1, 2)


class M1(type):
    pass


class M2(type):
    pass


class M12(M1, M2):
    pass


class A(metaclass=M1):
    pass


class B(metaclass=M2):
    pass


attempt(lambda: type("C", (A, B), {}))
attempt(lambda: M1("C", (A, B), {}))
attempt(lambda: type(M12("C", (A, B), {})).__name__)
attempt(lambda: type(type("D", (A,), {})).__name__)
attempt(lambda: type(M1("D", (M12("E", (), {}),), {})).__name__)
attempt(lambda: type.__new__(M2, "F", (A,), {}))


def function_meta(name, bases, namespace, **kwargs):
    print("function", name, bases, sorted(namespace), kwargs)
    return 99


class Weird(metaclass=function_meta, extra=1):
    y = 2


print(Weird)
for source in ("class X(A, B): pass", "class X(A, metaclass=M2): pass", "class X(metaclass=M12): pass", "class X(A, metaclass=type): pass", "class X(metaclass=5): pass",
               "class X(metaclass=int): pass", "class X(metaclass=lambda *a: a[0]): pass", "class X(Weird): pass", "class X(5): pass", "class X(None): pass", "class X(*[A], *[object]): pass",
               "class X(object, A): pass", "class X(A, A): pass", "class X(**{'metaclass': M2}): pass", "class X(metaclass=M1, metaclass=M2): pass", "class X(A, other=1): pass", "class X(bool): pass",
               "class X(int, str): pass", "class X(type(None)): pass", "class X(type(len)): pass", "class X(range): pass", "class X(slice): pass", "class X(type(lambda: 0)): pass",
               "class X(type((i for i in ()))): pass", "class X(type(NotImplemented)): pass", "class X(memoryview): pass"):
    scope = {"A": A, "B": B, "M1": M1, "M2": M2, "M12": M12, "Weird": Weird}
    try:
        exec(source, scope)
        print(source, "->", scope["X"].__name__ if isinstance(scope["X"], type) else scope["X"], type(scope["X"]).__name__)
    except Exception as error:
        print(source, "->", type(error).__name__, error)


class BadPrepare(type):
    @classmethod
    def __prepare__(meta, name, bases):
        return 5


attempt(lambda: exec("class X(metaclass=m): pass", {"m": BadPrepare}))


class Recording(dict):
    def __setitem__(self, key, value):
        if not key.startswith("__"):
            print("store", key)
        super().__setitem__(key, value)

    def __missing__(self, key):
        if key.startswith("auto_"):
            return key.upper()
        raise KeyError(key)


class Auto(type):
    @classmethod
    def __prepare__(meta, name, bases):
        return Recording()


class Uses(metaclass=Auto):
    value = auto_value
    attempt(lambda: 0)
    del value
    other = [auto_list for _ in range(0)] or auto_x


print(Uses.other, hasattr(Uses, "value"))
for arguments in ((), ("X",), ("X", ()), ("X", (), {}, 1), (5, (), {}), ("X", [], {}), ("X", (), []), ("X\0", (), {}), ("X", (5,), {}), ("X", (), {"__slots__": 5}), ("X", (), {"__slots__": ["1a"]}),
                  ("X", (), {"__slots__": ["a", "a"]}), ("X", (), {"__slots__": ["a"], "a": 1}), ("X", (int,), {"__slots__": ["a"]}), ("X", (), {"__slots__": ["__dict__", "__dict__"]}),
                  ("X", (), {"__qualname__": 5}), ("X", (), {"__doc__": 5}), ("X", (), {"__module__": 7}), ("X", (), {"__classcell__": 5}), ("\ud800", (), {})):
    attempt(lambda: ascii(type(*arguments)))
