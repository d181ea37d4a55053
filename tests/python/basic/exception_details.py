"""Exception classes: hierarchy, args, str, repr, notes, traceback attributes, groups."""

for cls in (KeyError, IndexError, ZeroDivisionError, FileNotFoundError, UnicodeDecodeError, RecursionError, NotImplementedError,
            ModuleNotFoundError, UnboundLocalError, StopAsyncIteration, ConnectionResetError, IndentationError, BrokenPipeError):
    print(cls.__name__, [c.__name__ for c in cls.__mro__[1:-1]])
print(repr(ValueError()), repr(ValueError("a")), repr(ValueError("a", 1)), str(ValueError()), str(ValueError("a")), str(ValueError("a", 1)))
print(str(KeyError("k")), str(KeyError("a", "b")), repr(KeyError()))
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e.errno, e.strerror, e.filename, e, e.args)
print(type(OSError(13, "x")).__name__, type(OSError(17, "x")).__name__, type(OSError("x")).__name__, OSError("x").errno)
s = StopIteration(5)
print(s.value, s.args, StopIteration().value)
x = SystemExit(3)
print(x.code, isinstance(x, Exception), SystemExit().code)
e = ValueError("with notes")
e.add_note("first")
e.add_note("second")
print(e.__notes__, e)
try:
    e.add_note(5)
except TypeError as error:
    print(error)
try:
    raise e
except ValueError as caught:
    tb = caught.__traceback__
    print(caught is e, tb is not None, tb.tb_lineno > 10, tb.tb_next)
print(e.with_traceback(None) is e, e.__traceback__)
try:
    raise 5
except TypeError as error:
    print(error)
try:
    raise ValueError from 5
except TypeError as error:
    print(error)
try:
    try:
        raise ValueError
    except 5:
        pass
except TypeError as error:
    print(error)
group = ExceptionGroup("many", [ValueError(1), TypeError(2), ExceptionGroup("inner", [ValueError(3)])])
print(group, len(group.exceptions), group.message)
matched, rest = group.split(ValueError)
print(repr(matched), repr(rest))
print(repr(group.subgroup(lambda ex: isinstance(ex, TypeError))))
try:
    raise group
except* ValueError as eg:
    print("values", [type(x).__name__ for x in eg.exceptions])
except* TypeError as eg:
    print("types", repr(eg.exceptions))
try:
    ExceptionGroup("x", [])
except ValueError as error:
    print(error)

class MyError(Exception):
    def __str__(self):
        return "custom text"

print(MyError(1), repr(MyError(1)), f"{MyError()}")
try:
    raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad byte")
except UnicodeError as error:
    print(error, error.start, error.end, error.reason)
try:
    "abc".x
except AttributeError as error:
    print(error.name, error.obj)
try:
    no_such_name
except NameError as error:
    print(error.name)
