"""Exception groups: construction errors, split, subgroup and derive with every kind of condition, subclasses, notes and tracebacks kept."""


def attempt(action):
    try:
        print("ok", action())
    except BaseException as error:
        print(type(error).__name__, error)


def tree(error):
    if isinstance(error, BaseExceptionGroup):
        return [type(error).__name__, error.message, *map(tree, error.exceptions)]
    return repr(error)


for arguments in ((), ("m",), ("m", []), ("m", 5), ("m", [5]), ("m", [ValueError]), (5, [ValueError()]), ("m", [ValueError(), KeyboardInterrupt()]), ("m", (ValueError(),)), ("m", "ab"), ("m", {ValueError("in a set")}),
                  ("m", (e for e in [ValueError()])), ("m", [ValueError()], 3), ("m", [ExceptionGroup("n", [OSError(1)])])):
    attempt(lambda: repr(ExceptionGroup(*arguments)))
    attempt(lambda: type(BaseExceptionGroup(*arguments)).__name__)
attempt(lambda: ExceptionGroup("m", exceptions=[ValueError()]))
attempt(lambda: ExceptionGroup("m", [BaseExceptionGroup("x", [KeyboardInterrupt()])]))


class Group(ExceptionGroup):
    def derive(self, exceptions):
        return Group(self.message.upper(), exceptions)


class NoDerive(ExceptionGroup):
    extra = "class attribute"


class BadDerive(ExceptionGroup):
    def derive(self, exceptions):
        return "not a group"


class RaisingDerive(ExceptionGroup):
    def derive(self, exceptions):
        raise LookupError("derive")


class Own(ExceptionGroup):
    def __new__(cls, errors, code):
        made = super().__new__(cls, f"code {code}", errors)
        made.code = code
        return made

    def derive(self, exceptions):
        return Own(exceptions, self.code)


class Mixed(BaseExceptionGroup, ValueError):
    pass



def sample(cls=ExceptionGroup):
    return cls("top", [ValueError(1), TypeError("t"), ExceptionGroup("inner", [ValueError(2), OSError(3), ExceptionGroup("deep", [KeyError("k")])]), KeyError("z")])


eg = sample()
for condition in (ValueError, (ValueError, KeyError), Exception, BaseException, ZeroDivisionError, ExceptionGroup, (ExceptionGroup, OSError), lambda e: isinstance(e, ExceptionGroup), lambda e: "1" in str(e),
                  lambda e: False, lambda e: 1, lambda e: [], lambda e: 1 / 0, 5, None, "x", (ValueError, 5), (), int, [ValueError]):
    print(getattr(condition, "__name__", condition))
    attempt(lambda: [e and tree(e) for e in eg.split(condition)])
    attempt(lambda: eg.subgroup(condition) and tree(eg.subgroup(condition)))
print(eg.subgroup(Exception) is eg, eg.split(Exception)[0] is eg, eg.subgroup(lambda e: True) is eg, eg.split(ZeroDivisionError)[1] is eg)
for cls in (Group, NoDerive, BadDerive, RaisingDerive):
    attempt(lambda: tree(sample(cls).split(ValueError)[1]))
attempt(lambda: tree(sample(NoDerive).derive([ValueError(7)])))
own = Own([ValueError(1), OSError(2)], 7)
match, rest = own.split(OSError)
print(tree(match), match.code, tree(rest), rest.code)
print(repr(Mixed("mixed", [ValueError(1)])), isinstance(Mixed("m", [OSError()]), Exception), Mixed.__mro__[1:4])
attempt(lambda: type("Bad", (ExceptionGroup, KeyboardInterrupt), {})("m", [ValueError()]))
attempt(lambda: Mixed("m", [KeyboardInterrupt()]))
attempt(lambda: eg.derive([]))
attempt(lambda: eg.derive())
attempt(lambda: eg.split())
attempt(lambda: eg.split(ValueError, 1))
attempt(lambda: setattr(eg, "message", "other"))
attempt(lambda: setattr(eg, "exceptions", ()))
attempt(lambda: delattr(eg, "message"))
print(eg.args[0], len(eg.args[1]), type(eg.exceptions), str(eg), str(ExceptionGroup("one", [ValueError()])), eg.__class_getitem__(int))
eg.args = ("changed",)
print(eg.message, len(eg.exceptions), eg.args, str(eg), repr(eg))
try:
    try:
        raise KeyError("context")
    except KeyError as k:
        raise sample() from OSError("cause")
except ExceptionGroup as caught:
    caught.add_note("a note")
    caught.attribute = 1
    match, rest = caught.split(ValueError)
    for part in (match, rest):
        print(part.__notes__, part.__notes__ is caught.__notes__, part.__traceback__ is caught.__traceback__, repr(part.__cause__), repr(part.__context__), part.__suppress_context__, hasattr(part, "attribute"))
    part.add_note("other")
    print(caught.__notes__, part.__notes__)
    sub = caught.subgroup(OSError)
    print(tree(sub), sub.exceptions[0] is caught.exceptions[2], sub.exceptions[0].exceptions[0] is caught.exceptions[2].exceptions[1])


class Keyworded(ExceptionGroup):
    def __init__(self, message, exceptions, *, code=0):
        super().__init__(message, exceptions)
        self.code = code


attempt(lambda: Keyworded("m", [OSError()], code=5).code)
attempt(lambda: Keyworded("m", [OSError()], cde=5))
attempt(lambda: eg.derive([], x=1))
attempt(lambda: eg.split(x=1))
attempt(lambda: eg.subgroup(ValueError, condition=1))
items = [ValueError("a")]
late = ExceptionGroup("late", items)
items.append(KeyError())
print(late.exceptions, late.args)


def loop():
    deep = ValueError("bottom")
    for i in range(2000):
        deep = ExceptionGroup(str(i), [deep])
    return deep


deep = loop()
attempt(lambda: deep.split(KeyError)[0])
attempt(lambda: type(deep.subgroup(ValueError)).__name__)
