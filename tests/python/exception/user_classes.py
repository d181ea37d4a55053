"""User-defined exceptions: __init__ and args, __str__, __repr__, attributes, slots, multiple inheritance, pickling hooks."""

class Plain(Exception): pass
class WithInit(Exception):
    def __init__(self, code, detail="none"):
        self.code, self.detail = code, detail
class CallsSuper(Exception):
    def __init__(self, code):
        super().__init__(f"code is {code}")
        self.code = code
class WithStr(Exception):
    def __str__(self): return "custom " + "/".join(map(str, self.args))
class WithRepr(Exception):
    def __repr__(self): return "<custom repr>"
class Multi(ValueError, KeyError): pass
class Slotted(Exception):
    __slots__ = ("x",)
class Kw(Exception):
    def __init__(self, *, key): self.key = key
class Default(Exception):
    message = "class level message"
    def __str__(self): return self.message
class BadStr(Exception):
    def __str__(self): return 5
class RaisingStr(Exception):
    def __str__(self): raise ValueError("in str")

for make in (lambda: Plain(), lambda: Plain("a"), lambda: Plain("a", 2), lambda: WithInit(5), lambda: WithInit(5, detail="d"), lambda: CallsSuper(7), lambda: WithStr(1, 2), lambda: WithRepr("z"), lambda: Multi("m"), lambda: Slotted("s"), lambda: Kw(key=1), lambda: Default(), lambda: BadStr(), lambda: RaisingStr()):
    try:
        try:
            raise make()
        except Exception as e:
            print(type(e).__name__, e.args, repr(e), sorted(vars(e)), str(e))
    except (TypeError, ValueError) as error:
        print("  str failed:", type(error).__name__, error)
for bad in (lambda: WithInit(), lambda: Kw(1), lambda: Kw(), lambda: CallsSuper(1, 2), lambda: Plain(x=1)):
    try:
        bad()
    except TypeError as error:
        print(error)
for cls in (ValueError, KeyError, LookupError, Exception):
    try:
        raise Multi("caught as")
    except cls as e:
        print(cls.__name__, str(e), e.args)
print([c.__name__ for c in Multi.__mro__], issubclass(Multi, LookupError), Multi("x") == Multi("x"), hash(Plain()) is not None)
try:
    class Conflict(OSError, SyntaxError): pass
except TypeError as error:
    print(error)
try:
    class AlsoInt(Exception, int): pass
except TypeError as error:
    print(error)
e = Plain("orig")
e.extra = [1]
e.args = ("changed", "twice")
print(e, vars(e), e.__reduce__()[1:], WithInit(3).__reduce__()[1])
e.__setstate__({"restored": 1})
print(e.restored, e.__class__.__qualname__, Plain.__module__, Plain.__doc__)
class Countdown(Exception):
    def __init__(self, n):
        super().__init__(n)
        self.next = Countdown(n - 1) if n else None
    def __iter__(self):
        e = self
        while e:
            yield e.args[0]
            e = e.next
try:
    raise Countdown(4)
except Countdown as e:
    print(list(e), e.next.next)
class HTTPError(Exception):
    registry = {}
    def __init_subclass__(cls, code): HTTPError.registry[code], cls.code = cls, code
class NotFound(HTTPError, code=404): "Nothing here."
class Teapot(HTTPError, code=418): "Short and stout."
for code in (404, 418, 500):
    try:
        raise HTTPError.registry.get(code, HTTPError)(f"status {code}")
    except NotFound as e:
        print("not found", e, e.code)
    except HTTPError as e:
        print(type(e).__name__, e, e.__doc__)
