"""Attributes of builtin exceptions: OSError mapping, Unicode errors, SyntaxError, ImportError, NameError, KeyError text."""

import errno

for code in ("ENOENT", "EACCES", "EEXIST", "EPIPE", "ECHILD", "EINTR", "EISDIR", "ENOTDIR", "EAGAIN", "ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "ESRCH", "ETIMEDOUT", "EPERM", "ENOSPC"):
    e = OSError(getattr(errno, code), "message")
    print(code, type(e).__name__, e.errno == getattr(errno, code), str(e), e.args)
print(repr(OSError()), repr(OSError(1)), repr(OSError(1, "a")), repr(OSError(1, "a", "f")), OSError(1, "a", "f").args, str(OSError(1, "a", "f", None, "g")), OSError(1, "a", "f", None, "g").filename2, OSError("only").strerror)
print(FileNotFoundError("x").errno, type(FileNotFoundError(13, "x")).__name__, str(PermissionError(2, "y", b"bytes")), OSError is IOError is EnvironmentError)
class MyOS(OSError):
    pass
print(type(MyOS(2, "x")).__name__, MyOS(2, "x").errno, BlockingIOError(11, "x", 5).characters_written)
try:
    BlockingIOError(11, "x").characters_written
except AttributeError as error:
    print(error)
u = UnicodeEncodeError("ascii", "h\u00e9llo", 1, 2, "not in range")
print(u, u.encoding, u.object, u.start, u.end, u.reason, u.args)
u.start, u.end, u.reason = 0, 3, "changed"
print(u)
print(UnicodeTranslateError("abc", 1, 3, "why"), UnicodeDecodeError("utf-8", b"\xff\xfe", 0, 2, "bad"), UnicodeDecodeError("x", bytearray(b"a"), 0, 1, "r").object)
for bad in (lambda: UnicodeDecodeError("x"), lambda: UnicodeDecodeError("x", "str", 0, 1, "r"), lambda: UnicodeEncodeError(1, "a", 0, 1, "r"), lambda: ImportError("m", nope=1), lambda: NameError(name="x", other=1), lambda: ValueError(a=1), lambda: KeyError(a=1), lambda: SyntaxError("m", 5), lambda: SyntaxError("m", (1, 2)), lambda: StopIteration(a=1)):
    try:
        print(bad())
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
s = SyntaxError("bad", ("file.py", 3, 5, "the text\n", 3, 8))
print(s, s.msg, s.filename, s.lineno, s.offset, s.text, s.end_lineno, s.end_offset, s.args, str(SyntaxError()), SyntaxError("just").lineno, repr(s))
try:
    compile("x = = 1", "<here>", "exec")
except SyntaxError as error:
    print(error.msg, error.filename, error.lineno, error.offset, repr(error.text), error.end_lineno, error.end_offset, error)
i = ImportError("cannot", name="mod", path="/p")
print(i, i.name, i.path, i.msg, repr(i), ModuleNotFoundError("m", name="n").name)
try:
    import does_not_exist_at_all
except ModuleNotFoundError as error:
    print(error, error.name, error.path)
try:
    from errno import NOT_THERE
except ImportError as error:
    print(str(error).split(" (")[0], error.name)
for f in (lambda: undefined_thing, lambda: "".nope, lambda: [].append.nope, lambda: int.nope, lambda: errno.nope):
    try:
        f()
    except (NameError, AttributeError) as error:
        print(error, error.name, hasattr(error, "obj"))
print(AttributeError("m", name="n", obj=5).obj, NameError("m").name, str(KeyError("it's")), str(KeyError(1)), str(KeyError(())), KeyError("a", "b"), LookupError("x"), SystemExit(1, 2).code, SystemExit("bye"), repr(SystemExit()))
print(StopIteration(1, 2).value, StopAsyncIteration(3).args, repr(KeyboardInterrupt()), repr(AssertionError("a", 1)), repr(Exception("a\n'b\"")), [e.__name__ for e in ArithmeticError.__subclasses__()])
