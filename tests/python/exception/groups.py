"""ExceptionGroup: construction, split, subgroup, derive, nesting, except* in all its forms."""

def group():
    return ExceptionGroup("top", [ValueError(1), ExceptionGroup("mid", [TypeError(2), ValueError(3), OSError(4)]), KeyError(5)])

g = group()
print(g, repr(g), g.message, g.exceptions[1].message, isinstance(g, Exception), BaseExceptionGroup.__mro__[1].__name__)
for cond in (ValueError, (TypeError, OSError), RuntimeError, lambda e: isinstance(e, KeyError), ExceptionGroup, Exception):
    print(g.subgroup(cond), [repr(x) for x in g.split(cond)])
for bad in (lambda: ExceptionGroup("x"), lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", 5), lambda: ExceptionGroup("x", [5]), lambda: ExceptionGroup(5, [ValueError()]), lambda: ExceptionGroup("x", [KeyboardInterrupt()]), lambda: ExceptionGroup("x", [ValueError], 1), lambda: g.split(5), lambda: g.subgroup("x"), lambda: g.derive(5), lambda: ExceptionGroup()):
    try:
        print(bad())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(repr(BaseExceptionGroup("b", [KeyboardInterrupt()])), type(BaseExceptionGroup("b", [ValueError()])).__name__)

def run(e, body):
    try:
        body(e)
    except BaseException as error:
        print("  propagated", repr(error))
    else:
        print("  nothing propagated")

def several(e):
    try:
        raise e
    except* ValueError as eg:
        print("  values", repr(eg))
    except* (TypeError, KeyError) as eg:
        print("  types", repr(eg))

def reraise(e):
    try:
        raise e
    except* ValueError:
        raise
    except* TypeError as eg:
        raise RuntimeError("replaced")

def with_else_finally(e):
    try:
        if e:
            raise e
    except* OSError:
        print("  os")
    else:
        print("  else")
    finally:
        print("  finally")

for body in (several, reraise, with_else_finally):
    for e in (group(), ValueError("naked"), KeyError("other")):
        print(body.__name__, repr(e)[:24])
        run(e, body)
run(None, with_else_finally)

class MyGroup(ExceptionGroup):
    def __new__(cls, message, excs, code=0):
        self = super().__new__(cls, message, excs)
        self.code = code
        return self
    def derive(self, excs):
        return MyGroup(self.message, excs, self.code)

m = MyGroup("mine", [ValueError(1), TypeError(2)], 42)
a, b = m.split(ValueError)
print(repr(a), a.code, repr(b), b.code)
m.add_note("noted")
print(m.subgroup(TypeError).__notes__)
try:
    try:
        raise m
    except* ValueError:
        pass
except MyGroup as rest:
    print(type(rest).__name__, rest.code, rest.exceptions, rest.__notes__)

def nested():
    try:
        try:
            raise ExceptionGroup("n", [ValueError(1), TypeError(2)])
        except* ValueError:
            raise ExceptionGroup("from handler", [OSError(3)])
    except* OSError as eg:
        print("os", repr(eg), repr(eg.exceptions[0].__context__))
    except* TypeError as eg:
        print("type", repr(eg))

run(None, lambda e: nested())

def loop():
    for i in range(3):
        try:
            raise ExceptionGroup("l", [ValueError(i)])
        except* ValueError as eg:
            print(i, eg.exceptions)

loop()
try:
    try:
        raise ValueError
    except* ExceptionGroup:
        pass
except TypeError as error:
    print(error)
