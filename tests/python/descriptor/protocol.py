"""Data, non-data, set-only and delete-only descriptors; precedence; __get__ added later; descriptors on metaclasses."""

class Full:
    def __get__(self, o, c): return f"get {o is not None}"
    def __set__(self, o, v): print("set", v)
    def __delete__(self, o): print("delete")
class NonData:
    def __get__(self, o, c): return "nondata"
class SetOnly:
    def __set__(self, o, v): o.__dict__["setonly"] = ("stored", v)
class DelOnly:
    def __delete__(self, o): print("deleted")
class Nothing: pass

class C:
    full, nondata, setonly, delonly, nothing = Full(), NonData(), SetOnly(), DelOnly(), Nothing()

c = C()
for name in ("full", "nondata", "setonly", "delonly", "nothing"):
    try:
        before = getattr(c, name)
        setattr(c, name, "value")
        after = getattr(c, name)
        print(name, before if isinstance(before, str) else type(before).__name__, after)
    except AttributeError as error:
        print(name, type(error).__name__, error)
    try:
        delattr(c, name)
    except AttributeError as error:
        print(name, "del", error)
print(sorted(vars(c)))
c.__dict__.update(full=1, nondata=2, setonly=3, delonly=4, nothing=5)
print(c.full, c.nondata, c.setonly, c.nothing, type(c.delonly).__name__)
print(C.full, C.nondata, type(C.setonly).__name__)

class V: pass
C.v = V()
c.v = "instance"
print(c.v, type(C.v).__name__)
V.__get__ = lambda self, o, t: "now nondata"
print(c.v, C.v)
V.__set__ = lambda self, o, v: print("now data", v)
print(c.v)
c.v = 5
del V.__get__
print(c.v)
del V.__set__
print(c.v)
C.cached = 1
def read(): return c.cached
print([read() for _ in range(3)])
C.cached = property(lambda self: "property now")
print(read())
C.cached = 2
c.cached = "instance wins"
print(read())
del c.cached
print(read())
del C.cached
try:
    read()
except AttributeError as error:
    print(error)

class Meta(type):
    data, nondata = Full(), NonData()
    plain = "meta plain"
class K(metaclass=Meta):
    nondata = "class nondata"
    plain = NonData()
print(K.data, K.nondata, K.plain, K().nondata, K().plain)
K.data = "through meta"
try:
    K().data
except AttributeError as error:
    print(error)
class Raises:
    def __get__(self, o, c): raise AttributeError("from descriptor")
    def __set__(self, o, v): raise ValueError("set refused")
class R:
    r = Raises()
    def __getattr__(self, n): return "getattr got " + n
print(R().r)
try:
    R().r = 1
except ValueError as error:
    print(error)
try:
    R.r
except AttributeError as error:
    print(error)
class Owner:
    def __get__(self, o, c=None): return (o, c)
class W:
    d = Owner()
w = W()
print(w.d == (w, W), W.d == (None, W), W.__dict__["d"].__get__(w) == (w, None), super(W, w).__init__ is not None)
class Sub(W):
    def get(self): return super().d
print(Sub().get()[1] is Sub)
class Index:
    def __get__(self, o, c): return lambda self_or_i=None, i=None: ("slot via descriptor", self_or_i)
class HasLen:
    __len__ = property(lambda self: lambda: 77)
    __getitem__ = Index()
    __call__ = staticmethod(lambda *a: ("static call", a))
    __iter__ = classmethod(lambda cls: iter([cls.__name__]))
print(len(HasLen()), HasLen()[3], HasLen()(1), list(HasLen()))
