# One site, many classes: attributes, methods and stores at sites that meet objects of several shapes, while classes change under them.


def load(o):
    return o.a


def call(o):
    return o.m()


def store(o, value):
    o.a = value


class Slots:
    __slots__ = ("a",)

    def m(self):
        return "slots"


class Data:
    a = "class data"

    def m(self):
        return "data"


class Prop:
    def __init__(self):
        self._a = 1

    @property
    def a(self):
        return self._a

    @a.setter
    def a(self, value):
        self._a = value

    @staticmethod
    def m():
        return "static"


class Hook:
    def __getattr__(self, name):
        return "hooked " + name if name == "a" else lambda: "hooked call"

    def __setattr__(self, name, value):
        self.__dict__[name] = value


class Class:
    @classmethod
    def m(cls):
        return cls.__name__


def plain(number):
    def m(self):
        return number
    return type("Plain%d" % number, (), {"m": m})


classes = [Slots, Data, Prop, Hook, Class, *map(plain, range(40))]
objects = [cls() for cls in classes]
for round_ in range(12):
    row = []
    for o in objects:
        try:
            row.append(load(o))
        except AttributeError as problem:
            row.append(str(problem))
        row.append(call(o))
    print(row[:14], sum(map(len, map(str, row))))
    if round_ == 1:
        for i, o in enumerate(objects):
            store(o, i)
    if round_ == 3:
        Slots.a, kept = property(lambda self: "now a property"), Slots.a
    if round_ == 4:
        Slots.a = kept
        Data.m = lambda self: "patched"
    if round_ == 5:
        Data.a = property(lambda self: "data property")
        Prop.m = lambda self: "no longer static"
    if round_ == 6:
        del Data.a
        Class.m = staticmethod(lambda: "static now")
        objects[5].m = lambda: "own"
    if round_ == 7:
        classes[6].__getattr__ = lambda self, name: "late hook"
        del objects[6].a
        Class.m = staticmethod(lambda: "another")
    if round_ == 8:
        classes[7].__setattr__ = lambda self, name, value: print("refused", name, value)
        classes[8].a = property(lambda self: "p", lambda self, value: print("set", value))
        for o in objects[5:12]:
            store(o, "late")
    if round_ == 9:
        objects[9].__class__ = classes[10]
        objects[11].__dict__["a"] = "by dict"
        del classes[12].m
        classes[12].m = classmethod(lambda cls: "class method now")

for turn in range(8):
    if turn == 4:
        Class.m = classmethod(lambda cls: "class again")
    print(Class.m(), Class().m(), Prop().m() if turn < 6 else Slots().m())


class Changing:
    @staticmethod
    def s(*args):
        return args


c = Changing()
for turn in range(10):
    if turn == 3:
        Changing.s = lambda *args: len(args)
    if turn == 5:
        Changing.s = staticmethod(max)
    if turn == 7:
        c.s = min
    print(c.s(3, 5), Changing.s(3, 5), end="; ")
print()
