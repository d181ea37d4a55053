"""The order in which expressions are evaluated: chains, conditionals, subscripts, calls, displays, assignments, deletions, defaults, decorators, comprehensions."""

log = []


def n(name, value=None):
    log.append(name)
    return name if value is None else value


class T:
    """Logs what is done to it."""

    def __init__(self, name):
        self.__dict__["name"] = name

    def __getattr__(self, attr):
        log.append(f"{self.name}.{attr}")
        return T(f"{self.name}.{attr}")

    def __setattr__(self, attr, value):
        log.append(f"{self.name}.{attr}=")

    def __delattr__(self, attr):
        log.append(f"del {self.name}.{attr}")

    def __getitem__(self, key):
        log.append(f"{self.name}[]")
        return T(f"{self.name}[]")

    def __setitem__(self, key, value):
        log.append(f"{self.name}[]=")

    def __delitem__(self, key):
        log.append(f"del {self.name}[]")

    def __call__(self, *args, **kwargs):
        log.append(f"{self.name}()")
        return T(f"{self.name}()")

    def __lt__(self, other):
        log.append(f"{self.name}<")
        return self.name != "stop"

    __gt__ = __le__ = __ge__ = __eq__ = __ne__ = __lt__
    __hash__ = object.__hash__

    def __contains__(self, other):
        log.append(f"in {self.name}")
        return False

    def __bool__(self):
        log.append(f"bool {self.name}")
        return self.name not in ("no", "stop")

    def __add__(self, other):
        log.append(f"{self.name}+")
        return self

    __radd__ = __sub__ = __mul__ = __pow__ = __matmul__ = __iadd__ = __add__

    def __neg__(self):
        log.append(f"-{self.name}")
        return self

    def __iter__(self):
        log.append(f"iter {self.name}")
        return iter((1, 2))

    def keys(self):
        log.append(f"keys {self.name}")
        return []

    def __enter__(self):
        log.append(f"enter {self.name}")
        return T(f"{self.name} entered")

    def __exit__(self, *args):
        log.append(f"exit {self.name}")

    def __format__(self, spec):
        log.append(f"format {self.name} {spec}")
        return spec

    def __repr__(self):
        log.append(f"repr {self.name}")
        return self.name

    def __index__(self):
        log.append(f"index {self.name}")
        return 1


def t(name):
    log.append(name)
    return T(name)


for source in ("t('a') < t('b') < t('c')", "t('stop') < t('b') < t('c')", "t('a') < t('b') in t('c') > t('d')", "t('a') and t('no') and t('c')", "t('no') or t('b') or t('c')", "not t('a')", "t('a') if t('no') else t('c')", "t('a') if t('b') else t('c')", "t('f')(t('x'), *t('y'), k=t('z'), **t('w'))", "t('f')(*t('x'), t('y'), **t('z'), k=t('w'))", "t('a')[t('b')]", "t('a')[t('b'):t('c'):t('d')]", "t('a')[t('b'), t('c'):t('d')]", "t('a').x.y(t('b')).z",
               "{t('k'): t('v'), **t('m'), t('k2'): t('v2')}", "{t('a'), *t('b'), t('c')}", "[t('a'), *t('b'), t('c')]", "(t('a'), t('b'))", "t('a') + t('b') * t('c') ** t('d')", "(t('a') + t('b')) * -t('c')", "t('a') ** -t('b')", "f'{t(1)}{t(2)!r:{t(3)}}{t(4):x{t(5)}y}'", "[t('e') for x in t('i') if t('c') for y in t('j')]", "{t('k'): t('v') for x in t('i')}", "list(t('e') for x in t('i') if t('no'))", "(y := t('a')) + y", "lambda a=t('d'), *, k=t('e'): t('body')", "(lambda a=t('d'): t('body'))()", "t('a') is t('b') is not t('c')",
               "t('a') not in t('b')", "t('a') == t('b') != t('c')", "print(t('a'), sep=t('s'), end=t('e'))", "[1, 2, 3][t('i')]", "t('a')[t('b')](t('c'))[t('d')]", "t('a').b[t('c')].d"):
    log.clear()
    try:
        eval(source)
    except Exception as error:
        log.append(type(error).__name__)
    print(source, "|", *log)
for source in ("t('a')[t('k')] = t('v')", "t('a').x = t('b').y = t('v')", "t('a')[t('k')], t('b').x = t('v')", "t('a').x, (t('b')[t('k')], t('c').y) = t('v'), t('w')", "*t('a').x, t('b').y = t('v')", "t('a')[t('k')] += t('v')", "t('a').x += t('v')", "del t('a')[t('k')], t('b').x", "t('a').x: t('ann') = t('v')", "t('a')[t('k')]: t('ann')", "x: t('ann') = t('v')", "(x): t('ann')", "for t('a').x in t('i'): t('body')", "for t('a')[t('k')] in [5]: t('body')", "with t('m') as t('a').x, t('n') as t('b')[t('k')]: t('body')",
               "assert t('a'), t('message')", "assert t('no'), t('message')", "raise t('a') from t('b')", "def f(a: t('ann1') = t('d1'), *, k: t('ann2') = t('d2')) -> t('ret'): pass", "@t('dec1')\n@t('dec2')\ndef f(a=t('d')): pass", "@t('dec')\nclass C(t('base') and object, metaclass=t('m') and type): x = t('body')", "class C(*[], **t('kw')): pass", "while t('no'): pass\nelse: t('else')", "if t('no'): t('a')\nelif t('b'): t('c')\nelse: t('d')", "try: t('a').x[t('k')]\nfinally: t('f')", "x = y = t('v')", "x, y = y, x = t('v')", "global g; g = t('v')", "import sys as t_",
               "match t('s'):\n case T(name=1): pass\n case [a, b] if t('guard'): pass\n case x if t('no'): pass\n case _: t('last')", "x = yield_ = t('v')", "print(t('a')) or t('b')", "return_ = [t('a'), t('b')][0]", "x = t('a'),", "x = *t('a'), *t('b')"):
    log.clear()
    scope = {"t": t, "T": T}
    try:
        exec(source, scope)
    except Exception as error:
        log.append(type(error).__name__)
    print(repr(source), "|", *log)
