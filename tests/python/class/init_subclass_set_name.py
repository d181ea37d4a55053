"""__init_subclass__ and __set_name__: order, errors and their notes, keyword leftovers, changes of the namespace meanwhile."""


def attempt(action):
    try:
        print("ok", action())
    except Exception as error:
        print(type(error).__name__, error, "| cause:", repr(error.__cause__), "| notes:", getattr(error, "__notes__", None))


class Loud:
    def __init__(self, label):
        self.label = label

    def __set_name__(self, owner, name):
        print("set", self.label, owner.__name__, name, hasattr(owner, "done"))


class Root:
    def __init_subclass__(cls, **kwargs):
        print("sub", cls.__name__, kwargs, sorted(vars(cls)))
        super().__init_subclass__(**kwargs)


class Leaf(Root):
    b = Loud("b")
    a = Loud("a")
    c = b


class Failing:
    def __set_name__(self, owner, name):
        raise ValueError("no name for me")


class BadSignature:
    def __set_name__(self):
        pass


class InstanceOnly:
    def __init__(self):
        self.__set_name__ = lambda *a: print("never")


class NotCallable:
    __set_name__ = 5


class Adds:
    def __set_name__(self, owner, name):
        setattr(owner, name + "_extra", name)
        delattr(owner, name)


for value in (Failing(), BadSignature(), InstanceOnly(), NotCallable()):
    attempt(lambda: type("Owner", (), {"field": value}).__name__)


class Grows:
    one = Adds()
    two = Adds()


print(sorted(k for k in vars(Grows) if not k.startswith("__")))
attempt(lambda: type("K", (), {}, colour="red"))
attempt(lambda: type("K", (Root,), {}, colour="red"))
attempt(lambda: object.__init_subclass__(1))
attempt(lambda: object.__init_subclass__())
attempt(lambda: object.__init_subclass__(x=1))
attempt(lambda: Root.__init_subclass__())
attempt(lambda: type(Root.__dict__["__init_subclass__"]).__name__)


class Counter:
    count = 0

    def __init_subclass__(cls, step=1, **kwargs):
        super().__init_subclass__(**kwargs)
        Counter.count += step
        cls.number = Counter.count


class First(Counter):
    pass


class Second(Counter, step=10):
    pass


class Third(First, step=100):
    pass


print(First.number, Second.number, Third.number, Counter.count)


class Left:
    def __init_subclass__(cls, left=None, **kwargs):
        print("left", cls.__name__, left, kwargs)
        super().__init_subclass__(**kwargs)


class Right:
    def __init_subclass__(cls, right=None, **kwargs):
        print("right", cls.__name__, right, kwargs)
        super().__init_subclass__(**kwargs)


class Both(Left, Right, left=1, right=2):
    pass


attempt(lambda: type("Wrong", (Left, Right), {}, left=1, middle=3))


class Refuses:
    def __init_subclass__(cls):
        raise TypeError(f"{cls.__name__} may not derive")


attempt(lambda: type("Heir", (Refuses,), {}))
print(Refuses.__subclasses__() == [] or [c.__name__ for c in Refuses.__subclasses__()])


class Static:
    @staticmethod
    def __init_subclass__(*args, **kwargs):
        print("static", args, kwargs)


class UsesStatic(Static, flag=1):
    pass


class Cell:
    def __init_subclass__(cls):
        print("cell", cls.__name__, cls().me() is cls)


class HasCell(Cell):
    def me(self):
        return __class__


class Lookup(type):
    def __getattribute__(cls, name):
        if name == "__set_name__":
            print("looked up on the metaclass")
        return super().__getattribute__(name)


class AsField(metaclass=Lookup):
    pass


class Holder:
    field = AsField
    other = AsField()


class Property(property):
    def __set_name__(self, owner, name):
        print("property named", name)


class WithProperty:
    @Property
    def size(self):
        return 3

    again = size


print(WithProperty().size, WithProperty().again)
