"""Method kernels: plain, inherited, super, class and static methods, constructors, dunders."""
from _timer import report


class Base:
    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x

    def inherited(self):
        return 1

    @classmethod
    def klass(cls):
        return 1

    @staticmethod
    def static():
        return 1

    def __add__(self, other):
        return self.x

    def __getitem__(self, i):
        return i


class Derived(Base):
    def get(self):
        return super().get()


def plain(n):
    o = Base(1)
    for _ in range(n):
        o.get()


def inherited(n):
    o = Derived(1)
    for _ in range(n):
        o.inherited()


def super_call(n):
    o = Derived(1)
    for _ in range(n):
        o.get()


def class_method(n):
    for _ in range(n):
        Base.klass()


def static_method(n):
    o = Base(1)
    for _ in range(n):
        o.static()


def bound(n):
    get = Base(1).get
    for _ in range(n):
        get()


def construct(n):
    for i in range(n):
        Base(i)


def operator(n):
    a, b = Base(1), Base(2)
    for _ in range(n):
        a + b


def subscript(n):
    o = Base(1)
    for i in range(n):
        o[i]


report(plain=plain, inherited=inherited, super_call=super_call, class_method=class_method, static_method=static_method,
       bound=bound, construct=construct, operator=operator, subscript=subscript)
