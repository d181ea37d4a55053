"""Descriptors: data and non-data, precedence over the instance, property with deleter, class access."""

class Data:
    def __init__(self, name):
        self.name = name

    def __get__(self, obj, owner=None):
        if obj is None:
            return f"class access of {owner.__name__}"
        return obj.__dict__.get(self.name, "unset")

    def __set__(self, obj, value):
        obj.__dict__[self.name] = f"<{value}>"

    def __delete__(self, obj):
        del obj.__dict__[self.name]

class NonData:
    def __get__(self, obj, owner=None):
        return "non-data"

class C:
    d = Data("d")
    n = NonData()
    plain = "plain"

c = C()
print(c.d, C.d, c.n, C.n)
c.d = 5
c.n = "own"
print(c.d, c.n, C.n, c.__dict__)
c.__dict__["d"] = "direct"
c.__dict__["plain"] = "instance"
print(c.d, c.plain)
del c.d
print(c.d)
try:
    del c.d
except KeyError as error:
    print("KeyError", error)
del c.n
print(c.n)

class Account:
    def __init__(self):
        self._v = 1

    @property
    def v(self):
        "The doc."
        return self._v

    @v.setter
    def v(self, value):
        if value < 0:
            raise ValueError("negative")
        self._v = value

    @v.deleter
    def v(self):
        print("deleting")
        self._v = None

    @property
    def readonly(self):
        return 42

a = Account()
a.v = 10
print(a.v, Account.v.__doc__, a.readonly)
try:
    a.v = -1
except ValueError as error:
    print(error)
del a.v
print(a.v)
for action in (lambda: setattr(a, "readonly", 1), lambda: delattr(a, "readonly")):
    try:
        action()
    except AttributeError as error:
        print(error)

def func(self, k):
    return (type(self).__name__, k)

C.method = func
print(c.method(3), func.__get__(c)(4), C.method(c, 5), C.__dict__["method"] is func)
C.s = staticmethod(func)
C.k = classmethod(func)
print(C.s("x", 1), c.k(2), C.k(3))
C.d = "replaced"
print(c.d)
print(type(C.__dict__["plain"]).__name__, "plain" in vars(C), type(vars(C)).__name__)
try:
    vars(C)["new"] = 1
except TypeError as error:
    print(error)
