"""exec and eval with odd namespaces: mappings as locals, missing and replaced __builtins__, code with free variables, subclasses of dict, closures."""

import types


def attempt(label, action):
    try:
        print(label, "->", action())
    except BaseException as error:
        print(label, "->", type(error).__name__, error)


class Loud(dict):
    def __getitem__(self, key):
        print("get", key, end="; ")
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        print("set", key, end="; ")
        super().__setitem__(key, value)

    def __delitem__(self, key):
        print("del", key, end="; ")
        super().__delitem__(key)

    def __missing__(self, key):
        if key.startswith("auto"):
            return key * 2
        raise KeyError(key)


class Map:
    def __init__(self, **items):
        self.items = items

    def __getitem__(self, key):
        print("map get", key, end="; ")
        return self.items[key]

    def __setitem__(self, key, value):
        print("map set", key, end="; ")
        self.items[key] = value

    def __delitem__(self, key):
        raise RuntimeError("no deletion")

    def keys(self):
        return self.items.keys()


class Broken(Map):
    def __getitem__(self, key):
        raise ValueError("broken get")


g = {"x": "global x"}
attempt("loud", lambda: exec("y = x; z = auto1; del y; print(z)", g, Loud(x="loud x")))
attempt("loud def", lambda: exec("def f(): return x\nprint(f())\nclass C:\n  a = x\n  x = 5\nprint(C.a)", g, Loud(x="loud x")))
attempt("loud comp", lambda: exec("print([x for _ in [1]])", g, Loud(x="loud x")))
attempt("loud del missing", lambda: exec("del nope", g, Loud()))
attempt("map", lambda: exec("y = x\nprint(y)", g, Map(x="map x")))
attempt("map missing", lambda: exec("print(x, len)", g, Map()))
attempt("map undefined", lambda: exec("undefined", g, Map()))
attempt("map del", lambda: exec("y = 1\ndel y", g, Map()))
attempt("broken", lambda: exec("print(x)", g, Broken()))
attempt("locals() in map", lambda: eval("type(locals()).__name__", g, Map()))
attempt("dir() in map", lambda: eval("dir()", g, Map(b=1, a=2)))
attempt("vars() in map", lambda: eval("vars() is locals()", g, Map(b=1)))
attempt("import into map", lambda: exec("import math as m; from math import pi", g, Map()))
attempt("annotations in map", lambda: exec("a: int = 5", g, Map()))
attempt("global in exec", lambda: (exec("global q\nq = 1\nr = 2", g, loc := {}), "q" in g, loc))
attempt("dict subclass globals", lambda: exec("print(x)", Loud(x=1)))
attempt("bad globals", lambda: exec("1", []))
attempt("bad globals map", lambda: exec("1", Map()))
attempt("bad locals", lambda: exec("1", {}, 5))
attempt("none", lambda: exec("1", None, None))
attempt("none globals", lambda: eval("x_local", None, {"x_local": 3}))
attempt("bad source", lambda: exec(5))
attempt("bytes", lambda: eval(b" 1 + 1"))
attempt("bytearray", lambda: eval(bytearray(b"2 + 2")))
attempt("memoryview", lambda: eval(memoryview(b"3 + 3")))
attempt("null", lambda: eval("1\0"))
attempt("null bytes", lambda: exec(b"1\0"))
attempt("newline", lambda: eval("\n\n 1 + \\\n 1 \n"))
attempt("tab", lambda: eval("\t 5"))
attempt("statement", lambda: eval("x = 1"))
attempt("empty", lambda: eval(""))
attempt("comment", lambda: eval("# only"))
attempt("two", lambda: eval("1; 2"))
attempt("exec code by eval", lambda: eval(compile("z = 5", "<s>", "exec"), g))
attempt("eval code by exec", lambda: exec(compile("1 + 1", "<s>", "eval")))
attempt("single", lambda: exec(compile("1 + 1; 'a'; None", "<s>", "single")))
attempt("builtins none", lambda: exec("len", {"__builtins__": None}))
attempt("builtins dict", lambda: eval("[len, abs]", {"__builtins__": {"len": 1, "abs": 2}}))
attempt("builtins dict missing", lambda: eval("print", {"__builtins__": {"len": 1}}))
attempt("builtins int", lambda: eval("print", {"__builtins__": 5}))
attempt("builtins module", lambda: eval("k", {"__builtins__": types.SimpleNamespace(k=1)}))
m = types.ModuleType("m")
m.k = "from module"
attempt("builtins real module", lambda: eval("k", {"__builtins__": m}))
attempt("no build_class", lambda: exec("class A: pass", {"__builtins__": {}}))
attempt("no import", lambda: exec("import os", {"__builtins__": {}}))
attempt("own import", lambda: exec("import os.path as p\nprint(p)", {"__builtins__": {"__import__": lambda *a: print("import", a[0], a[3:]) or types.SimpleNamespace(path="the path"), "print": print}}))
attempt("own build_class", lambda: exec("class A(B, k=1): x = 2\nprint(A)", {"B": 3, "__builtins__": {"__build_class__": lambda f, n, *b, **k: (n, b, k), "print": print}}))
attempt("assert without", lambda: exec("assert 0, 'text'", {"__builtins__": {}}))
attempt("builtins kept", lambda: (exec("", e := {}), sorted(e), type(e["__builtins__"]).__name__))
attempt("builtins not replaced", lambda: (exec("", e := {"__builtins__": {}}), e))
attempt("name of function", lambda: (exec("def f(): pass", e := {"__name__": "given"}), e["f"].__module__))
attempt("no name", lambda: (exec("def f(): pass\nclass A: pass", e := {}), e["f"].__module__, e["A"].__module__))


def outer():
    cell = 1

    def inner():
        nonlocal cell
        cell += 1
        return cell
    return inner


inner = outer()
attempt("free variables", lambda: exec(inner.__code__))
attempt("eval free", lambda: eval(inner.__code__))
attempt("closure", lambda: exec(inner.__code__, closure=inner.__closure__))
attempt("closure moved", lambda: inner())
attempt("closure short", lambda: exec(inner.__code__, closure=()))
attempt("closure list", lambda: exec(inner.__code__, closure=[1]))
attempt("closure of ints", lambda: exec(inner.__code__, closure=(5,)))
attempt("closure not needed", lambda: exec("1", closure=()))
attempt("closure for text", lambda: exec("1", closure=inner.__closure__))
attempt("closure not needed code", lambda: exec(compile("1", "", "exec"), closure=inner.__closure__))
attempt("function code", lambda: eval((lambda: 5).__code__))
attempt("function code args", lambda: eval((lambda a: a).__code__))
attempt("function code locals", lambda: eval((lambda: sorted(locals())).__code__, {"sorted": sorted, "locals": locals}, {"x": 1}))
attempt("generator code", lambda: type(eval((lambda: (yield 1)).__code__)).__name__)


def function_locals():
    a = 1
    exec("a = 2; b = 3")
    return a, sorted(locals()), eval("a"), eval("[a for _ in 'x']", {"a": "global a"}) if True else None


attempt("function locals", function_locals)
attempt("recursion", lambda: eval("f(f, 3)", {"f": lambda f, n: n and f(f, n - 1)}))
attempt("nested", lambda: eval("eval('eval(\"x\")')", {"x": "deep", "eval": eval}))
attempt("keywords", lambda: eval("1", globals={}))
attempt("keywords exec", lambda: exec("1", locals={}))
attempt("too many", lambda: eval("1", {}, {}, {}))
attempt("system exit", lambda: exec("raise SystemExit(3)"))
