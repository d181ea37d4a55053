"""Keywords that are no strings: an lru_cache hashes them first and counts the miss; classes, functions and builtins refuse them."""

import functools


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def plain(*args, **kwargs):
    return args, kwargs


class Init:
    def __init__(self, *args, **kwargs):
        print("init")


class Call:
    def __call__(self, *args, **kwargs):
        return args, kwargs


class Own:
    def keys(self):
        return ["a"]

    def __getitem__(self, key):
        raise KeyError(key)


class Native(dict):
    def keys(self):
        return ["absent"]

    def __iter__(self):
        return iter(())


cached, typed, uncached, unbounded = (functools.lru_cache(maxsize=size, typed=kind)(plain) for size, kind in ((8, False), (8, True), (0, False), (None, False)))
for name in ("cached", "typed", "uncached", "unbounded"):
    for source in ("f([], **{1: 2})", "f(1, **{1: 2})", "f(**{1: []})", "f(**{(): 1})", "f(**{'a': []})", "f(**{'a': 1, 2: 3})", "f(**{'a': 1})", "f(**{None: 1, 'b': 2})"):
        attempt(f"{name} {source}", lambda: eval(source, {"f": globals()[name]}))
    print(globals()[name].cache_info())
for name in ("plain", "Call()", "len", "print", "dict", "int", "''.join", "functools.partial(plain)", "functools.partial(plain, **{'a': 1})", "Call().__call__", "staticmethod(plain)", "(lambda **k: k)"):
    attempt(name, lambda: eval(f"{name}(**{{1: 2}})"))
for name in ("plain", "cached", "dict", "print"):
    attempt(f"{name} own", lambda: eval(f"{name}(**Own())"))
    attempt(f"{name} native", lambda: eval(f"{name}(**Native())"))
    attempt(f"{name} twice", lambda: eval(f"{name}(a=1, **{{'a': 2}})"))
    attempt(f"{name} twice spread", lambda: eval(f"{name}(**{{'a': 1}}, **{{'a': 2}})"))
    attempt(f"{name} twice number", lambda: eval(f"{name}(**{{1: 1}}, **{{1: 2}})"))
