"""Arguments of the builtin exceptions: too few, too many, keywords; args and their changes; links between exceptions; str and repr of odd ones."""

import errno


def attempt(label, action):
    try:
        print(label, "->", action())
    except BaseException as error:
        print(label, "->", type(error).__name__, error)


def shown(error):
    state = {k: getattr(error, k) for k in ("errno", "strerror", "filename", "filename2", "name", "path", "msg", "obj", "value", "code", "encoding", "object", "start", "end", "reason", "lineno", "offset", "text", "end_lineno", "end_offset", "print_file_and_line", "characters_written") if hasattr(error, k)}
    return type(error).__name__, error.args, str(error), repr(error), state


for cls, calls in ((ValueError, [(), (1,), (1, 2), (None,), ("",), (ValueError("in"),)]), (KeyError, [(), ("k",), ("k", "l"), (KeyError("x"),), ("é\n",), (None,), ((1, 2),)]), (OSError, [(), (2,), (2, "no"), (2, "no", "file"), (2, "no", "file", None, "file2"), (2, "no", "file", 5), (2, "no", None, None, None), ("2", "no"), (None, "no"), (2, None), (2, "no", "f", None, "g", "h"), (99999, "odd"), (errno.EEXIST, "x"), (errno.EAGAIN, "x", 7), (True, "x")]),
                   (FileNotFoundError, [(), (1, "x"), (2, "x", "y")]), (BlockingIOError, [(11, "x", 5), (11, "x", "f"), (11, "x", 5.5), ()]), (ImportError, [(), ("m",), ("m", "n")]), (ModuleNotFoundError, [("m",)]), (NameError, [(), ("m",), ("m", 2)]), (AttributeError, [(), ("m",)]), (StopIteration, [(), (1,), (1, 2)]), (StopAsyncIteration, [(1,)]), (SystemExit, [(), (1,), ("text",), (1, 2), (None,)]), (GeneratorExit, [(1,)]),
                   (SyntaxError, [(), ("m",), ("m", ("f", 1, 2, "t")), ("m", ("f", 1, 2, "t", 3, 4)), ("m", ("f", 1, 2)), ("m", ("f", 1, 2, "t", 3)), ("m", 5), ("m", ["f", "x", None, 5]), ("m", (None, None, None, None)), ("m", ("f", 1, 2, "t"), 3), (5, ("a/b.py", 7, 1, "t"))]), (IndentationError, [("m", ("f", 1, 2, "t"))]), (UnicodeDecodeError, [(), ("a",), ("a", b"bc", 0, 1, "r"), ("a", bytearray(b"b"), 0, 1, "r"), ("a", "b", 0, 1, "r"), (1, b"b", 0, 1, "r"), ("a", b"b", "0", 1, "r"), ("a", b"b", 0, 1, 5), ("a", b"b", 5, 9, "r"), ("a", b"b", -5, -9, "r"), ("a", b"bcd", 0, 2, "r"), ("a", b"", 0, 0, "r")]),
                   (UnicodeEncodeError, [("a", "bc", 0, 1, "r"), ("a", b"b", 0, 1, "r"), ("a", "\ud800é😀", 0, 3, "r"), ("a", "é", 0, 1, "r"), ("a", "😀", 0, 1, "r"), ("a", "\u0119", 0, 1, "r"), ("a", "", 0, 1, "r")]), (UnicodeTranslateError, [("bc", 0, 1, "r"), ("bc", 0, 2, "r"), (b"b", 0, 1, "r"), ("é", 0, 1)]), (BaseException, [(), (1, 2)]), (ExceptionGroup, [("m",)]), (ZeroDivisionError, [("x",)]), (Warning, [("w",)]), (BaseExceptionGroup, [()])):
    for arguments in calls:
        attempt(f"{cls.__name__}{arguments}", lambda: shown(cls(*arguments)))
    for keyword in ("name", "path", "obj", "msg", "code", "value", "errno", "args"):
        attempt(f"{cls.__name__} {keyword}=", lambda: shown(cls("m", **{keyword: "kw"})))
attempt("ImportError both", lambda: shown(ImportError("m", name="n", path="p")))
attempt("AttributeError both", lambda: shown(AttributeError("m", name="n", obj=5)))
attempt("NameError none", lambda: shown(NameError("m", name=None)))
e = ValueError(1, 2)
for value in ((3,), [4, 5], "ab", 5, None, {1: 2}, iter((6,))):
    attempt(f"args = {value if not hasattr(value, '__next__') else 'iterator'}", lambda: (setattr(e, "args", value), e.args, str(e)))
attempt("del args", lambda: delattr(e, "args"))
for name in ("__cause__", "__context__", "__traceback__", "__suppress_context__", "__notes__", "__dict__"):
    for value in (None, 5, ValueError("v"), ValueError, True, [], {}):
        fresh = ValueError()
        attempt(f"{name} = {value!r}", lambda: (setattr(fresh, name, value), getattr(fresh, name), fresh.__suppress_context__))
    attempt(f"del {name}", lambda: delattr(ValueError(), name))
attempt("with_traceback", lambda: ValueError().with_traceback(5))
attempt("with_traceback none", lambda: repr(ValueError(1).with_traceback(None)))
attempt("with_traceback nothing", lambda: ValueError().with_traceback())
attempt("add_note", lambda: ValueError().add_note(5))
attempt("add_note none", lambda: ValueError().add_note())
attempt("add_note twice", lambda: (e.add_note("a"), e.add_note("b"), e.__notes__))
attempt("notes not a list", lambda: (setattr(e, "__notes__", "text"), e.add_note("c")))
attempt("setstate", lambda: (e.__setstate__({"x": 1}), e.x))
attempt("setstate bad", lambda: e.__setstate__(5))
attempt("setstate none", lambda: e.__setstate__(None))
attempt("setstate keys", lambda: e.__setstate__({1: 2}))
attempt("reduce", lambda: (ValueError(1).__reduce__(), OSError(2, "n", "f").__reduce__(), ImportError("m", name="n").__reduce__(), AttributeError("m", name="n").__reduce__(), e.__reduce__()[2] is not None))
u = UnicodeDecodeError("ascii", b"abc", 0, 1, "why")
for name, value in (("start", 99), ("end", -5), ("start", "x"), ("reason", 5), ("object", b"new"), ("object", "str"), ("encoding", None), ("start", 0)):
    attempt(f"unicode {name} = {value!r}", lambda: (setattr(u, name, value), str(u)))
attempt("unicode del", lambda: (delattr(u, "reason"), str(u)))
for name in ("encoding", "object", "start", "end", "reason"):
    attempt(f"unset {name}", lambda: getattr(UnicodeDecodeError.__new__(UnicodeDecodeError), name))
attempt("unset str", lambda: str(UnicodeDecodeError.__new__(UnicodeDecodeError)))


class Own(Exception):
    def __init__(self, a, *, b=2):
        self.a, self.b = a, b


class OwnNew(Exception):
    def __new__(cls, *args):
        self = super().__new__(cls, "from new")
        return self

    def __init__(self, *args):
        pass


class OwnOS(OSError):
    def __init__(self, *args, extra=None):
        super().__init__(*args)
        self.extra = extra


class OwnOSNew(OSError):
    def __new__(cls, *args, extra=None):
        return super().__new__(cls, *args)

    def __init__(self, *args, extra=None):
        self.extra = extra


class OwnStr(KeyError):
    def __str__(self):
        return "own str"


attempt("own", lambda: (Own(1).args, Own(1, b=3).b, str(Own("x")), repr(Own("x"))))
attempt("own new", lambda: (OwnNew(1).args, str(OwnNew(1))))
attempt("own os", lambda: shown(OwnOS(2, "s", extra=1)))
attempt("own os new", lambda: shown(OwnOSNew(2, "s", extra=1)))
attempt("own str", lambda: (str(OwnStr(1)), repr(OwnStr(1))))


def raised(make):
    try:
        raise make()
    except BaseException as error:
        return type(error).__name__, str(error), repr(error.__cause__), repr(error.__context__)


class NotException:
    pass


class ReturnsOther(Exception):
    def __new__(cls):
        return 5


for value in (5, None, "text", NotException, NotException(), int, (ValueError,), [], ...):
    attempt(f"raise {getattr(value, '__name__', value) if not isinstance(value, NotException) else 'instance'}", lambda: exec("raise v", {"v": value}))
    attempt("   from", lambda: exec("raise ValueError('x') from v", {"v": value}))
attempt("raise class from class", lambda: exec("raise ValueError from KeyError"))
attempt("bare raise", lambda: exec("raise"))
