"""Functions' own attributes replaced: __code__, __defaults__, __globals__, __closure__, names, annotations; FunctionType, MethodType and CodeType built by hand."""

import types


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def plain(a, b=2, *, c=3):
    """doc"""
    return a, b, c


def other(x, y, z):
    return x + y + z


def makes(n):
    def closure(a=0):
        return n + a
    return closure


def two_cells(n, m):
    def closure():
        return n, m
    return closure


for name, values in (("__code__", [other.__code__, makes(1).__code__, 5, None, compile("1", "", "eval")]), ("__defaults__", [(1,), (), (1, 2, 3, 4), None, [1], 5]), ("__kwdefaults__", [{"c": 9}, {}, None, {"d": 1}, 5, ()]), ("__name__", ["n", "", 5, None, b"n"]), ("__qualname__", ["q.r", 5, None]), ("__doc__", ["d", None, 5]), ("__module__", ["m", None, 5]), ("__annotations__", [{"a": int}, None, 5]), ("__dict__", [{"k": 1}, 5, None]), ("__closure__", [()]), ("__globals__", [{}]), ("__builtins__", [{}]), ("extra", [1])):
    for value in values:
        def f(a, b=2, *, c=3):
            """doc"""
            return a, b, c
        attempt(f"{name} = {value if not hasattr(value, 'co_name') else value.co_name}", lambda: setattr(f, name, value))
        attempt("   call", lambda: f(1))
        attempt("   shown", lambda: (f.__name__, f.__qualname__, f.__doc__, f.__module__, f.__defaults__, f.__kwdefaults__, f.__annotations__))
    attempt(f"del {name}", lambda: delattr(f, name))
closure = makes(10)
attempt("code of same cells", lambda: setattr(closure, "__code__", makes(1).__code__))
attempt("code of two cells", lambda: setattr(closure, "__code__", two_cells(1, 2).__code__))
attempt("code of none", lambda: setattr(closure, "__code__", plain.__code__))
attempt("cell", lambda: (closure.__closure__[0].cell_contents, setattr(closure.__closure__[0], "cell_contents", 5), closure()))
attempt("emptied cell", lambda: (delattr(closure.__closure__[0], "cell_contents"), closure()))
attempt("empty cell", lambda: closure.__closure__[0].cell_contents)
attempt("cells compare", lambda: (types.CellType(1) == types.CellType(1), types.CellType(1) < types.CellType(2), types.CellType() == types.CellType(), types.CellType() < types.CellType(0)))
attempt("cell of two", lambda: types.CellType(1, 2))
attempt("cell hash", lambda: hash(types.CellType(1)))
code = makes(1).__code__
for arguments, keywords in (((), {}), ((plain.__code__,), {}), ((plain.__code__, {}), {}), ((plain.__code__, 5), {}), ((5, {}), {}), ((plain.__code__, {}, "named"), {}), ((plain.__code__, {}, 5), {}), ((plain.__code__, {}, None, (7,)), {}), ((plain.__code__, {}, None, [7]), {}), ((plain.__code__, {}, None, None, ()), {}), ((plain.__code__, {}, None, None, (types.CellType(1),)), {}),
                            ((code, {}), {}), ((code, {}, "c", None, ()), {}), ((code, {}, "c", None, (types.CellType(3),)), {}), ((code, {}, "c", None, (5,)), {}), ((code, {}, "c", None, None), {}), ((plain.__code__, {"__name__": "given"}), {}), ((plain.__code__, {}), {"argdefs": (1, 2)}), ((plain.__code__, {}), {"name": "kw", "closure": None}), ((plain.__code__, {}), {"kwdefaults": {}})):
    def build():
        made = types.FunctionType(*arguments, **keywords)
        return made.__name__, made.__module__, made.__defaults__, made.__closure__ and len(made.__closure__), made.__qualname__, made.__doc__
    attempt(f"FunctionType/{len(arguments)} {sorted(keywords)}", build)
attempt("subclass", lambda: type("F", (types.FunctionType,), {}))
for arguments in ((), (plain,), (plain, 1), (plain, None), (5, 1), (len, [1, 2]), (plain, 1, 2), (int, "7")):
    attempt(f"MethodType/{len(arguments)}", lambda: types.MethodType(*arguments)())
bound = types.MethodType(plain, 1)
attempt("method attributes", lambda: (bound.__self__, bound.__func__ is plain, bound.__name__, bound.__doc__, bound.__defaults__))
for name in ("__self__", "__func__", "__name__", "__doc__", "extra"):
    attempt(f"method set {name}", lambda: setattr(bound, name, 5))
attempt("method equality", lambda: (bound == types.MethodType(plain, 1), bound == types.MethodType(plain, 1.0), bound == types.MethodType(plain, True), hash(types.MethodType(plain, "a")) == hash(types.MethodType(plain, "a"))))
a = [1]
attempt("method of equal objects", lambda: (types.MethodType(plain, a) == types.MethodType(plain, a), types.MethodType(plain, [1]) == types.MethodType(plain, [1]), a.append == a.append, [1].append == [1].append))
attempt("method order", lambda: bound < bound)
attempt("method get", lambda: bound.__get__(5, int) is bound)
attempt("function get", lambda: (plain.__get__(5)(), plain.__get__(None, int) is plain))
attempt("function get nothing", lambda: plain.__get__(None))
attempt("function get none none", lambda: plain.__get__(None, None))
for keywords in ({"co_name": "x"}, {"co_name": 5}, {"co_argcount": 99}, {"co_argcount": -1}, {"co_nlocals": 0}, {"co_varnames": ()}, {"co_varnames": ("a", 5, "c")}, {"co_consts": []}, {"co_flags": -1}, {"co_firstlineno": 100}, {"co_code": "x"}, {"co_filename": 5}, {"co_freevars": ("z",)}, {"co_stacksize": -1}, {"nothing": 1}, {"co_kwonlyargcount": 9}, {"co_linetable": "x"}, {"co_names": ("q",)}):
    attempt(f"replace {keywords}", lambda: [getattr(plain.__code__.replace(**keywords), k) for k in keywords])
attempt("replace positional", lambda: plain.__code__.replace("x"))
attempt("code equal", lambda: (plain.__code__ == plain.__code__.replace(), plain.__code__ == plain.__code__.replace(co_name="q"), hash(plain.__code__) == hash(plain.__code__.replace()), plain.__code__ == plain.__code__.replace(co_filename="other")))
attempt("code read-only", lambda: setattr(plain.__code__, "co_name", "x"))
attempt("code order", lambda: plain.__code__ < plain.__code__)
attempt("varname_from_oparg", lambda: (plain.__code__._varname_from_oparg(0), plain.__code__._varname_from_oparg(99)))
attempt("positions", lambda: list(plain.__code__.co_positions())[0] is not None)
