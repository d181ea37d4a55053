"""Mappings that are no dicts: keys() is turned into a list before any value is asked for, wherever a mapping is spread or merged."""

import collections
import types


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


class K:
    def __init__(self, k):
        self.k = k

    def keys(self):
        if isinstance(self.k, Exception):
            raise self.k
        return self.k

    def __getitem__(self, i):
        print('item', i)
        return i.upper()


def gen():
    yield 'a'
    print('side')
    yield 'b'


def bad():
    yield 'a'
    raise TypeError('inner')


for make in (lambda: 5, lambda: None, lambda: 'xy', lambda: gen(), lambda: bad(), lambda: AttributeError('att'), lambda: TypeError('t'), lambda: [1], lambda: [[]]):
    for how in ("dict(K(x))", "{}.update(K(x))", "{**K(x)}", "(lambda **k: k)(**K(x))", "{} | K(x)", "exec('d |= K(x)', {'d': {}, 'K': K, 'x': x})", "print(**K(x))", "dict(**K(x))", "collections.OrderedDict(K(x))", "(lambda **k: k)(a=1, **K(x))", "dict(a=1, **K(x))", "list(collections.ChainMap(K(x)).keys())", "collections.UserDict(K(x))", "len(**K(x))", "type('A', (), {}, **K(x))", "types.SimpleNamespace(**K(x))"):
        x = make()
        attempt(how, lambda: eval(how))
