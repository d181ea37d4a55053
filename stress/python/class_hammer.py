"""Threads call methods and read attributes while others change the classes: values, kinds, bases, dunders, __class__."""

import threading

from _hammer import main


def method_replaced(run):
    """Calls see some version of the method, never another method."""
    class C:
        value = 0

        def m(self, x):
            return ("m", 0, x)

        def other(self):
            return "other"

    shared = C()

    def write(k, choices):
        for i in range(run.iterations(4)):
            C.m = lambda self, x, i=i: ("m", i, x)
            C.value = i
            if i % 16 == 0:
                C.m = staticmethod(lambda x: ("m", -1, x))
            if i % 32 == 0:
                C.value = property(lambda self: 5)

    def read(k, choices):
        for i in range(run.iterations()):
            tag, version, x = shared.m(i)
            assert tag == "m" and x == i and type(version) is int
            assert type(shared.value) is int
            assert shared.other() == "other"

    run.hammer(write, read)


def operators_replaced(run):
    """Operators that run in frames of their own while their methods, and those methods' code, are replaced."""
    class C:
        def __add__(self, other):
            return "add"

        def __eq__(self, other):
            return NotImplemented if other is None else True

        def __getitem__(self, key):
            return key

        def __enter__(self):
            return "in"

        def __exit__(self, *details):
            return None

        def __call__(self, x):
            return x

    shared = C()
    plain = C.__add__
    plain.__defaults__ = (3,)   # for either code

    def write(k, choices):
        for i in range(run.iterations(4)):
            what = choices.below(5)
            if what == 0:
                C.__add__ = (lambda self, other: "add") if i % 2 else plain
            elif what == 1:
                plain.__code__ = (lambda self, other: "add").__code__ if i % 2 else (lambda self, other, extra=3: "add").__code__
            elif what == 2:
                C.__getitem__ = (lambda self, key: key) if i % 2 else staticmethod(lambda key: key)
            elif what == 3:
                C.__exit__ = (lambda self, *details: None) if i % 2 else (lambda self, a, b, c: None)
            else:
                C.__call__ = lambda self, x: x

    def read(k, choices):
        for i in range(run.iterations()):
            assert shared + i == "add" and shared[i] == i and shared(i) == i
            assert shared == i and not shared == None
            with shared as entered:
                assert entered == "in"

    run.hammer(write, read)


def kind_flips(run):
    """An attribute moves between the instance, a class value, a property and a data descriptor."""
    class Data:
        def __get__(self, o, c=None):
            return "data" if o is not None else self

        def __set__(self, o, v):
            pass

    class C:
        x = "class"

    allowed = {"class", "instance", "property", "data"}
    shared = C()

    def write(k, choices):
        for _ in range(run.iterations(4)):
            what = choices.below(5)
            if what == 0:
                C.x = "class"
            elif what == 1:
                C.x = property(lambda self: "property")
            elif what == 2:
                C.x = Data()
            elif what == 3:
                try:
                    shared.x = "instance"
                except AttributeError:
                    pass
            else:
                shared.__dict__.pop("x", None)

    def read(k, choices):
        for _ in range(run.iterations()):
            assert shared.x in allowed

    run.hammer(write, read)


def hooks_come_and_go(run):
    class C:
        def __init__(self):
            self.a = "a"

    shared = C()

    def write(k, choices):
        for _ in range(run.iterations(8)):
            C.__getattr__ = lambda self, name: "fallback"
            C.__setattr__ = lambda self, name, value: object.__setattr__(self, name, value)
            C.__len__ = lambda self: 3
            C.__call__ = lambda self: "called"
            for name in ("__getattr__", "__setattr__", "__len__", "__call__"):
                try:
                    delattr(C, name)
                except AttributeError:
                    pass

    def read(k, choices):
        for i in range(run.iterations(2)):
            assert shared.a == "a"
            shared.b = i
            for use in (lambda: len(shared), lambda: shared(), lambda: shared.missing):
                try:
                    assert use() in (3, "called", "fallback")
                except (TypeError, AttributeError):
                    pass

    run.hammer(write, read)


def class_and_bases_assigned(run):
    class A:
        def who(self):
            return "A"

    class B:
        def who(self):
            return "B"

    class Base1:
        def inherited(self):
            return 1

    class Base2:
        def inherited(self):
            return 2

    class Derived(Base1):
        pass

    shared, derived = A(), Derived()

    def write(k, choices):
        for i in range(run.iterations(8)):
            shared.__class__ = choices.pick((A, B))
            Derived.__bases__ = (choices.pick((Base1, Base2)),)

    def read(k, choices):
        for _ in range(run.iterations()):
            assert shared.who() in "AB"
            assert derived.inherited() in (1, 2)
            assert type(shared) in (A, B)

    run.hammer(write, read)


def bases_of_a_hierarchy(run):
    """Many threads move classes about in one hierarchy: cycles are refused, and at the end everything fits together."""
    inside = threading.local()

    class Ranked(type):
        def mro(cls):
            if Ranked.meddle and cls.__name__ == "C3" and not getattr(inside, "mro", False):
                inside.mro = True
                try:
                    classes[1].__bases__ = (classes[2],)   # perhaps while C3's own bases, or those of a base of it, are being assigned
                except TypeError:
                    pass
                finally:
                    inside.mro = False
            return type.mro(cls)

    class Root:
        pass

    for metaclass in (type, Ranked):
        Ranked.meddle = False
        classes = []
        for i in range(6):
            classes.append(metaclass(f"C{i}", (Root,), {f"own{i}": i, "name": f"C{i}"}))
        Ranked.meddle = True
        instances = [c() for c in classes]

        def write(k, choices):
            for _ in range(run.iterations(16)):
                c = choices.pick(classes)
                bases = tuple({choices.pick(classes) for _ in range(1 + choices.below(2))}) if choices.below(4) else (Root,)
                try:
                    c.__bases__ = bases
                except TypeError:
                    pass

        def read(k, choices):
            for _ in range(run.iterations(4)):
                i = choices.below(6)
                assert getattr(instances[i], f"own{i}") == i and instances[i].name == f"C{i}"
                name = f"own{choices.below(6)}"
                assert getattr(instances[i], name, None) in (None, int(name[3]))
                mro = classes[i].__mro__
                assert mro[0] is classes[i] and mro[-1] is object and len(set(mro)) == len(mro)
                issubclass(classes[i], choices.pick(classes))

        def change(k, choices):
            for j in range(run.iterations(16)):
                i = choices.below(6)
                setattr(classes[i], f"own{i}", i)
                classes[i].extra = j

        run.hammer(write, read, change)
        for i, c in enumerate(classes):
            expected = type.mro(c)
            assert list(c.__mro__) == expected, (c, c.__mro__, expected)
            for other in classes + [Root]:
                assert (c in other.__subclasses__()) == (other in c.__bases__), (c, other)
                assert other is Root or hasattr(c, "own" + other.__name__[1]) == issubclass(c, other)
            assert c().name == f"C{i}"


def undone_bases_make_no_cycle(run):
    """While an assignment that will fail is under way, its old base is not put under the class."""
    class Refused(Exception):
        pass

    class Meta(type):
        def mro(cls):
            if cls.__name__ == "Moving" and cls.__bases__ == (New,):
                try:
                    Old.__bases__ = (Moving,)
                except TypeError as e:
                    assert "inheritance cycle" in str(e)
                raise Refused
            return type.mro(cls)

    class Root(metaclass=Meta):
        pass

    class New(Root):
        pass

    class Old(Root):
        pass

    class Moving(Old):
        pass

    try:
        Moving.__bases__ = (New,)
    except Refused:
        pass
    assert Moving.__mro__ == (Moving, Old, Root, object), Moving.__mro__
    assert Old.__subclasses__() == [Moving] and not Moving.__subclasses__() and not New.__subclasses__()


def mro_with_strangers(run):
    """Classes whose mro() lists a class that is no base: writes to that class are seen by all."""
    class Stranger:
        value = 0

        def method(self):
            return ("method", 0)

    class Meta(type):
        strange = True

        def mro(cls):
            return [cls, Stranger, object] if Meta.strange else type.mro(cls)

    class Home:
        value = 0

        def method(self):
            return ("method", 0)

    class Elsewhere(Home):
        pass

    class C(Home, metaclass=Meta):
        pass

    shared = C()

    def write(k, choices):
        for i in range(run.iterations(8)):
            Stranger.value = [i]
            Stranger.method = lambda self, i=i: ("method", i)
            Stranger.value = i
            if i % 16 == 0:
                Meta.strange = not Meta.strange
                C.__bases__ = (choices.pick((Home, Elsewhere)),)

    def read(k, choices):
        for _ in range(run.iterations(2)):
            assert type(shared.value) in (int, list) and type(C.value) in (int, list)
            assert shared.method()[0] == "method"

    run.hammer(write, read)
    for i in range(4):
        Meta.strange = True
        C.__bases__ = (Home,)
        Stranger.value = f"strange {i}"
        assert shared.value == C.value == f"strange {i}"
        Meta.strange = False
        C.__bases__ = (Home,)
        Home.value = f"home {i}"
        assert shared.value == C.value == f"home {i}"


def classes_are_made(run):
    """Every thread makes classes and instances of a common base; they work, and die."""
    class Base:
        made = 0

        def __init_subclass__(cls, **kw):
            super().__init_subclass__(**kw)

        def value(self):
            return self.v

    def work(k, choices):
        for i in range(run.iterations(100)):
            cls = type(f"T{k}_{i}", (Base,), {"v": i, "__slots__": ()} if i % 2 else {"v": i})
            assert cls().value() == i and issubclass(cls, Base)
            cls.v = -i
            assert cls().value() == -i

    run.hammer(work)


def init_replaced(run):
    class C:
        def __init__(self):
            self.x = 0

    def write(k, choices):
        for i in range(run.iterations(8)):
            def init(self, i=i):
                self.x = i
            C.__init__ = init

    def read(k, choices):
        for _ in range(run.iterations()):
            assert type(C().x) is int

    run.hammer(write, read)


main(method_replaced, operators_replaced, kind_flips, hooks_come_and_go, class_and_bases_assigned, bases_of_a_hierarchy, undone_bases_make_no_cycle, mro_with_strangers,
     classes_are_made, init_replaced)
