# What code has cached about a class is forgotten every time the class changes: also the second time, and for classes that were changed before
# anybody looked.
class Base:
    kind = "base"

    def name(self):
        return "base"


def look(x):
    return x.kind, x.name(), x.field


def make(i):
    class Made(Base):
        def __init__(self):
            self.field = i
    Made.extra = i                       # before anything is cached
    Made.__len__ = lambda self: i
    return Made


for i in range(4):
    cls = make(i)
    x = cls()
    for _ in range(50):
        first = look(x)
    cls.kind = property(lambda self: "property")
    second = [look(x) for _ in range(50)][-1]
    cls.field = property(lambda self: "hidden", lambda self, v: None)
    third = [look(x) for _ in range(50)][-1]
    del cls.field, cls.kind
    fourth = [look(x) for _ in range(50)][-1]
    cls.name = lambda self: "own"
    fifth = [look(x) for _ in range(50)][-1]
    Base.name = lambda self: "changed"
    Base.kind = "other"
    sixth = [look(x) for _ in range(50)][-1]
    del cls.name
    seventh = [look(x) for _ in range(50)][-1]
    cls.__getattr__ = lambda self, name: name
    cls.__getattribute__ = lambda self, name: (lambda: 1) if name == "name" else name
    eighth = [look(x) for _ in range(50)][-1]
    print(first, second, third, fourth, fifth, sixth, seventh, eighth, len(x), x.extra)
