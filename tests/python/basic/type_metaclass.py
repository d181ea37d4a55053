"""type() with three arguments, metaclasses, __init_subclass__, __set_name__, class attributes."""

T = type("T", (object,), {"x": 1, "f": lambda self: self.x + 1})
print(T.__name__, T.x, T().f(), T.__bases__, type(T))

class Meta(type):
    def __new__(mcls, name, bases, ns, **kw):
        print("new", name, kw)
        cls = super().__new__(mcls, name, bases, ns)
        cls.tag = kw.get("tag", "none")
        return cls

    def __init__(cls, name, bases, ns, **kw):
        print("init", name)
        super().__init__(name, bases, ns)

    def __call__(cls, *args):
        print("call", cls.__name__, args)
        return super().__call__(*args)

    @classmethod
    def __prepare__(mcls, name, bases, **kw):
        print("prepare", name)
        return {"prepared": True}

    def method(cls):
        return "meta " + cls.__name__

class M(metaclass=Meta, tag="t"):
    def __init__(self, v=None):
        self.v = v

print(M.tag, M.prepared, M.method(), M(5).v, type(M).__name__)

class N(M):
    pass

print(N.tag, type(N) is Meta)
try:
    M().method()
except AttributeError as error:
    print(error)

class Plugin:
    registry = {}

    def __init_subclass__(cls, /, key=None, **kw):
        super().__init_subclass__(**kw)
        Plugin.registry[key or cls.__name__] = cls

class P1(Plugin, key="first"):
    pass

class P2(Plugin):
    pass

print({k: v.__name__ for k, v in Plugin.registry.items()})

class Named:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, obj, owner):
        return self.name if obj is not None else self

class Uses:
    field = Named()
    other = Named()

print(Uses().field, Uses().other)
try:
    class Conflict(M, metaclass=type("Other", (type,), {})):
        pass
except TypeError as error:
    print(error)
try:
    class Bad(Plugin, unknown=1):
        pass
except TypeError as error:
    print(error)
try:
    type("X", (5,), {})
except TypeError as error:
    print(error)
try:
    class B2(bool):
        pass
except TypeError as error:
    print(error)
print(isinstance(M, Meta), isinstance(Meta, type), type(type) is type, object.__class__ is type)
class Generic:
    def __class_getitem__(cls, item):
        return f"{cls.__name__}[{item}]"
print(Generic[int], Generic[1, 2])
