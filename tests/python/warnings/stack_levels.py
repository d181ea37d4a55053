"""warnings.warn: stacklevel and whose line is shown, registries, `once` and `default`, categories that are wrong, warn_explicit, showwarning replaced."""

import sys
import warnings


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def seen(function, action="always"):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter(action)
        try:
            function()
        except Exception as error:
            print("   raised", type(error).__name__, error)
    return [(w.category.__name__, str(w.message), w.filename.rpartition("/")[2], w.lineno, w.line, type(w.source).__name__) for w in caught]


def level(n, message="text", category=None):
    def inner():
        warnings.warn(message, category, n)

    def middle():
        inner()
    middle()


for n in (1, 2, 3, 4, 50, 0, -1, -100):
    print(n, seen(lambda: level(n)))
attempt("level text", lambda: level("x"))
attempt("level float", lambda: level(1.5))
attempt("level huge", lambda: level(10 ** 30))
print(seen(lambda: eval("warnings.warn('in eval')")))
print(seen(lambda: exec("\n\nwarnings.warn('in exec', stacklevel=1)")))
print(seen(lambda: exec(compile("warnings.warn('named')", "given.py", "exec"), {"warnings": warnings})))
print(seen(lambda: exec(compile("warnings.warn('with name')", "given.py", "exec"), {"warnings": warnings, "__name__": "modname"})))
print(seen(lambda: exec("class A:\n  warnings.warn('in class')")))
print(seen(lambda: [warnings.warn(f"w{i}") for i in range(2)]))
for category in (None, UserWarning, DeprecationWarning, Warning, "x", 5, int, Exception, BaseException, UserWarning("i"), type("Own", (UserWarning,), {}), type("NotWarning", (ValueError,), {})):
    shown = getattr(category, "__name__", category)
    attempt(f"category {shown!r}", lambda: seen(lambda: warnings.warn("m", category)))
for message in (UserWarning("instance"), DeprecationWarning("two", "args"), 5, None, ["list"], Exception("no warning"), b"bytes"):
    attempt(f"message {message!r}", lambda: seen(lambda: warnings.warn(message, RuntimeWarning)))
    attempt("   no category", lambda: seen(lambda: warnings.warn(message)))
for arguments in ((), ("m", None, 1, None, 5), ("m", UserWarning, 1, "source")):
    attempt(f"warn{arguments}", lambda: seen(lambda: warnings.warn(*arguments)))
attempt("keywords", lambda: seen(lambda: warnings.warn(message="m", category=FutureWarning, stacklevel=1, source=[])))
attempt("unknown keyword", lambda: warnings.warn("m", level=2))


def repeated(action, times=3):
    scope = {"warnings": warnings, "__name__": "counted"}
    code = compile("def a(m='x'): warnings.warn(m)\ndef b(m='x'): warnings.warn(m)\nfor _ in range(times): a(); b(); a('y')\nwarnings.warn('x', DeprecationWarning)", "counted.py", "exec")
    result = seen(lambda: exec(code, scope | {"times": times}), action)
    return [(m, line, c) for c, m, f, line, *_ in result]


for action in ("always", "default", "module", "once", "ignore", "error"):
    print(action, repeated(action))
attempt("bad action", lambda: warnings.simplefilter("sometimes"))
attempt("bad filter", lambda: warnings.filterwarnings("ignore", message=5))
attempt("bad category", lambda: warnings.filterwarnings("ignore", category=5))
attempt("bad lineno", lambda: warnings.filterwarnings("ignore", lineno=-1))
attempt("bad regex", lambda: warnings.filterwarnings("ignore", message="("))
with warnings.catch_warnings(record=True) as caught:
    warnings.resetwarnings()
    warnings.simplefilter("always")
    warnings.filterwarnings("ignore", message="secret", append=False)
    warnings.filterwarnings("ignore", category=FutureWarning)
    warnings.filterwarnings("ignore", module="hidden")
    warnings.filterwarnings("ignore", lineno=77)
    warnings.warn("secret thing")
    warnings.warn("SECRET thing")
    warnings.warn("a secret")
    warnings.warn("future", FutureWarning)
    warnings.warn_explicit("explicit", UserWarning, "hidden.py", 5)
    warnings.warn_explicit("explicit", UserWarning, "file.py", 77)
    warnings.warn_explicit("explicit", UserWarning, "file.py", 78)
    warnings.warn_explicit("explicit", UserWarning, "file.py", 79, module="hidden.sub")
    warnings.warn_explicit("explicit", UserWarning, "file.py", 80, module="modhidden")
    warnings.warn_explicit("explicit", UserWarning, "", 81)
    warnings.warn_explicit(UserWarning("object"), None, "file.py", 82)
    warnings.warn_explicit("again", UserWarning, "file.py", 83, registry=(registry := {}))
    warnings.warn_explicit("again", UserWarning, "file.py", 83, registry=registry)
print([(str(w.message), w.filename, w.lineno) for w in caught if "tmp" not in w.filename or True][3:] and [(str(w.message), w.lineno) for w in caught if w.lineno > 70 and w.filename in ("file.py", "<unknown>", "")])
print([str(w.message) for w in caught][:3], sorted(map(str, registry)))
for arguments in ((), ("m",), ("m", UserWarning), ("m", UserWarning, "f"), ("m", UserWarning, "f", "x"), ("m", 5, "f", 1), ("m", UserWarning, 5, 1), ("m", UserWarning, "f", 1, "mod", 5), ("m", UserWarning, "f", 1, "mod", {}, 5), ("m", UserWarning, "f", 1, 5, {})):
    attempt(f"explicit{[getattr(a, '__name__', a) for a in arguments]}", lambda: seen(lambda: warnings.warn_explicit(*arguments)))
saved = warnings.showwarning
warnings.showwarning = lambda message, category, filename, lineno, file=None, line=None: print("shown:", message, category.__name__, lineno > 0, file, line)
with warnings.catch_warnings():
    warnings.simplefilter("always")
    warnings.showwarning = lambda *a: print("replaced:", a[0], len(a))
    warnings.warn("to mine")
warnings.warn("restored")
warnings.showwarning = saved
attempt("formatwarning", lambda: warnings.formatwarning("m", UserWarning, "f.py", 5, "  the line  "))
attempt("formatwarning no line", lambda: warnings.formatwarning("m", UserWarning, "missing.py", 5))
attempt("formatwarning bad", lambda: warnings.formatwarning("m", 5, "f", 1))
manager = warnings.catch_warnings()
attempt("exit first", lambda: manager.__exit__())
manager.__enter__()
attempt("enter twice", lambda: manager.__enter__())
manager.__exit__(None, None, None)
attempt("repr", lambda: repr(warnings.catch_warnings(record=True)))
with warnings.catch_warnings(action="ignore") if sys.version_info > (3, 11, 99) else warnings.catch_warnings():
    warnings.simplefilter("error")
    attempt("raised", lambda: warnings.warn("as error", BytesWarning))
    attempt("raised own", lambda: warnings.warn(type("Mine", (Warning,), {})("mine")))
    attempt("invalid escape", lambda: eval(r"'\d'"))
    attempt("is literal", lambda: eval("1 is 1"))
    attempt("call of literal", lambda: eval("5()"))
    attempt("assert tuple", lambda: exec("assert (1, 'm')"))
    attempt("digit keyword", lambda: eval("1if 2else 3"))
    attempt("bad octal escape", lambda: eval(r"'\777'"))
