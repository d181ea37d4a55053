"""Set algebra with operands that are no sets: operators refuse what methods take; subclasses, reflected methods, subset tests, frozen and not."""


def attempt(action):
    try:
        result = action()
        print("ok", type(result).__name__, sorted(result, key=repr) if isinstance(result, (set, frozenset)) else result)
    except Exception as error:
        print(type(error).__name__, error)


a, f = {1, 2, 3}, frozenset({2, 3, 4})
OPERANDS = [f, [3, 4], (4,), "34", {3: "x"}, {3: "x"}.keys(), {3: "x"}.items(), range(2, 9, 3), 5, None, iter([1]), [[1]], [1, [2]], b"\x01\x02", set(), frozenset()]
for method in ("union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint", "update", "intersection_update", "difference_update", "symmetric_difference_update"):
    for operand in OPERANDS:
        target = {1, 2, 3}
        print(method, type(operand).__name__, end=": ")
        attempt(lambda: getattr(target, method)(operand if not hasattr(operand, "__next__") else iter([1])))
        if "update" in method:
            print("   ", sorted(target, key=repr))
for operator in ("|", "&", "-", "^", "<=", "<", ">=", ">", "==", "!="):
    for name in ("f", "[3]", "{3: 1}.keys()", "{3: 1}", "5", "None", "'a'"):
        print(operator, name, end=": ")
        attempt(lambda: eval(f"a {operator} {name}", globals()))
        attempt(lambda: eval(f"{name} {operator} a", globals()))
for source in ("t |= f", "t |= [1]", "t &= {1: 2}.keys()", "t -= t", "t ^= {1, 9}", "t += {1}", "t |= {1: 2}.items()", "t &= 5"):
    for make in (set, frozenset):
        scope = {"t": make((1, 2)), "f": f}
        before = scope["t"]
        print(source, make.__name__, end=": ")
        attempt(lambda: exec(source, scope) or scope["t"])
        print("    same object", scope["t"] is before)


class S(set):
    pass


class F(frozenset):
    def __sub__(self, other):
        return "F.__sub__"

    def __rsub__(self, other):
        return "F.__rsub__"


class R:
    def __ror__(self, other):
        return f"ror {type(other).__name__}"

    def __rand__(self, other):
        return NotImplemented


s = S((1, 2))
s.extra = 1
for source in ("s | a", "a | s", "s.union(a)", "s & s", "s.copy()", "s - a", "f | s", "s | f", "f - F((2,))", "a - F((2,))", "F((2,)) - a", "a | R()", "a & R()", "s == a", "F((1,)) | f", "F((1, 2)).copy()", "frozenset(F((1,)))", "F(F((1,)))", "s ^ f", "set(s)", "f.union()", "f.copy() is f", "frozenset(f) is f", "f | f is f", "f.union() is f", "F() is F()", "frozenset() is frozenset()", "hasattr(s.copy(), 'extra')",
               "a.union([1], (2,), 'x')", "a.intersection([1, 2], (2, 3))", "a.intersection()", "a.difference([1], [2])", "a.union(5)", "a.intersection([1], 5)", "set().intersection(5)", "set().difference(5)", "a.difference(5)", "set().union([[]])", "a.intersection([[]])", "a.difference([[]])", "a.isdisjoint([[]])", "a.issuperset([[]])",
               "a.symmetric_difference()", "a.symmetric_difference([1], [2])", "[] in a", "{1} in {frozenset({1})}", "{1} in {1}", "set([{1}])", "{frozenset({1}): 2}[{1}]", "a.remove({9})", "a.discard([1])", "a.discard({1})", "a.add({1})", "a.remove(9)", "set().pop()", "a.pop(1)", "a.add()", "a.remove(1, 2)", "set(1)", "set([1], [2])", "set(x=1)", "frozenset(x=1)", "S(x=1)", "S(5)",
               "set.union(a, f)", "set.union([1], f)", "set.union()", "frozenset.union(a)", "set.__or__(a, [1])", "set.__ror__(a, f)", "hash(a)", "hash(f) == hash(frozenset([4, 3, 2]))", "a < 5", "5 > a", "a <= [1]", "f.add(1)", "del a[0]", "a[0]", "a + a", "a * 2", "~a", "min(a)", "sorted({1, 'a'})", "{1, 1.0, True}", "{True, 1.0, 1}", "{0, -0.0, False}", "len({float('nan'), float('nan')})",
               "{*a, *'ab'} == {1, 2, 3, 'a', 'b'}", "{*5}", "{**a}", "a.__contains__({1})", "set('ab').issubset('abc')", "a.__init__([7]) or a", "a.__reduce__()[0]", "repr(S())", "repr(F('a'))", "repr(set())", "repr({frozenset()})"):
    print(source, end=": ")
    attempt(lambda: eval(source, globals()))
recursive = set()
recursive.add(frozenset([1]))


class Holder:
    def __init__(self, inside):
        self.inside = inside

    def __repr__(self):
        return f"Holder({self.inside})"


loop = set()
loop.add(Holder(loop))
print(loop, S([1]), F([1]))
