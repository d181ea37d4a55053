"""Function objects: attributes, defaults that change, annotations, __code__ replacement, identity, dict."""

def f(a, b=1, *, c=2) -> int:
    "Doc of f."
    x: str = "local"
    return a, b, c

print(f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__annotations__, f.__module__, f.__dict__, f.__closure__)
print(f.__code__.co_name, f.__code__.co_argcount, f.__code__.co_kwonlyargcount, f.__code__.co_posonlyargcount, f.__code__.co_varnames, f.__code__.co_flags & 0x0F, f.__code__.co_firstlineno)
f.__defaults__ = (10, 20)
f.__kwdefaults__ = {"c": 30}
print(f(), f(1), f(1, c=5))
f.__defaults__ = None
f.__kwdefaults__ = None
for call in (lambda: f(), lambda: f(1, 2)):
    try:
        call()
    except TypeError as error:
        print(error)
f.__name__ = "renamed"
f.__qualname__ = "Q.renamed"
f.attr = [1]
f.__doc__ = None
print(f.__name__, f.__qualname__, f.attr, f.__dict__, f.__doc__)
try:
    f()
except TypeError as error:
    print(error)

def g(p, q, *, r):
    return "g's code", p, q, r

f.__code__ = g.__code__
print(f(1, 2, r=3), f.__name__, f.__code__ is g.__code__)

def outer():
    n = 1
    def inner():
        return n
    return inner

inner = outer()
print(inner.__closure__[0].cell_contents, inner.__code__.co_freevars, outer.__code__.co_cellvars, inner.__qualname__, (lambda: 0).__qualname__, (lambda: 0).__name__)
for bad in (lambda: setattr(f, "__code__", inner.__code__), lambda: setattr(f, "__defaults__", 5), lambda: setattr(f, "__name__", 5), lambda: setattr(f, "__kwdefaults__", []), lambda: setattr(f, "__closure__", ()), lambda: setattr(f, "__globals__", {}), lambda: f.nothing, lambda: delattr(f, "nothing"), lambda: setattr(f, "__dict__", 5), lambda: f < f, lambda: f + f, lambda: len(f), lambda: f[0], lambda: delattr(f, "__code__"), lambda: setattr(f, "__qualname__", 1), lambda: setattr(f, "__annotations__", 5)):
    try:
        print(bad())
    except (AttributeError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
print(f.__globals__ is globals(), f.__builtins__ is not None, callable(f), f == f, f != g, hash(f) == hash(f), {f: 1}[f], type(f).__name__, isinstance(f, type(lambda: 0)))
f.__dict__ = {"fresh": 1}
print(f.fresh, hasattr(f, "attr"), vars(f))
F = type(f)
made = F(g.__code__, {"x": 5}, "made", None, None)
print(made.__name__, made(1, 2, r=3), made.__module__ if hasattr(made, "__module__") else None, repr(made)[:14], repr(print), repr(C := type("C", (), {"m": f}).m)[:20])
