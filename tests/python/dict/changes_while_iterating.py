"""Dicts and sets changed while iterated, compared, printed, updated or merged: which errors come when, and what is seen."""


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def during(make, change, view=iter):
    def run():
        target = make()
        seen = []
        for i, item in enumerate(view(target)):
            seen.append(item)
            if i == 1:
                change(target)
            if i > 20:
                return seen[:8], "endless"
        return seen, target
    return run


def fresh():
    return {"a": 1, "b": 2, "c": 3, "d": 4}


def replace_same_size(d):
    del d["c"]
    d["new"] = 9


def swap_key(d):
    d["z"] = d.pop("a")


for view in (iter, dict.keys, dict.values, dict.items, reversed, lambda d: reversed(d.items()), lambda d: reversed(d.values()), enumerate):
    for change in (lambda d: d.update(x=1), lambda d: d.pop("a"), lambda d: d.clear(), replace_same_size, swap_key, lambda d: d.update(a=5), lambda d: d.popitem(), lambda d: d.setdefault("a", 0), lambda d: d.__ior__({"q": 1})):
        attempt(getattr(view, "__name__", "view"), during(fresh, change, view))
for change in (lambda s: s.add(99), lambda s: s.discard(1), lambda s: s.clear(), lambda s: (s.discard(1), s.add(99)), lambda s: s.add(1), lambda s: s.update(range(100))):
    attempt("set", lambda: sorted(during(lambda: {1, 2, 3}, change)()[0])[:3])
it = iter(d := {"a": 1})
d["b"] = 2
attempt("before the start", lambda: next(it))
attempt("again", lambda: next(it))
del d["b"]
attempt("size is back", lambda: next(it))
it = iter({})
attempt("empty", lambda: next(it, "end"))
d = {i: i for i in range(5)}
it = iter(d.items())
next(it)
print(it.__length_hint__(), list(it), it.__length_hint__())
it = iter(d)
next(it)
d[9] = 9
attempt("hint after change", it.__length_hint__)


class Nasty:
    def __init__(self, name, target=None, action=None):
        self.name, self.target, self.action = name, target, action

    def __hash__(self):
        return 7

    def __eq__(self, other):
        if self.action:
            action, self.action = self.action, None
            action(self.target)
        return self is other

    def __repr__(self):
        return self.name


d = {}
one = Nasty("one", d, dict.clear)
d[one] = 1
d["x"] = 2
attempt("cleared in lookup", lambda: d.get(Nasty("two")))
print(d)
d = {Nasty("k"): 1}
d[Nasty("grow", d, lambda t: t.update((i, i) for i in range(20)))] = 2
print(len(d), list(d)[:3])
d = {}
d[Nasty("a1", d, lambda t: t.pop("gone", None))] = "v"
attempt("deleted in store", lambda: d.update({Nasty("a2"): 5}) or len(d))


class ChangesInEq:
    def __init__(self, target):
        self.target = target

    def __eq__(self, other):
        self.target.clear()
        return True


d = {}
d.update(a=ChangesInEq(d), b=2)
attempt("equality", lambda: d == {"a": 1, "b": 2})
d = {"a": 1}
attempt("update from itself", lambda: d.update(d) or d)
attempt("merge with itself", lambda: d | d)


class Keys:
    def keys(self):
        yield "k"
        d["added"] = 1
        yield "l"

    def __getitem__(self, key):
        if key == "l":
            raise LookupError("no l")
        return key * 2


attempt("half an update", lambda: d.update(Keys()))
print(d)
for bad in (5, [1], [(1, 2, 3)], ["ab", "c"], [(1, [])], [([], 1)], "ab", ["ab", 5], [()], None, [None], iter([("k", "v"), 7])):
    target = {}
    attempt(f"update {bad if not hasattr(bad, '__next__') else 'iterator'}", lambda: target.update(bad))
    print(target)
s = {1, 2, 3}
attempt("set from itself", lambda: (s.update(s), s.intersection_update(s), s.difference_update(s), s))
s = {1, 2, 3}
attempt("symmetric", lambda: (s.symmetric_difference_update(s), s))


class SetNasty(Nasty):
    pass


s = set()
s.add(SetNasty("first", s, set.clear))
attempt("set lookup", lambda: SetNasty("other") in s)
print(s)
d = fresh()
attempt("list of views", lambda: [list(v) for v in (d.keys(), d.values(), d.items())] and d.popitem())
k = d.keys()
d["late"] = 0
print(k, len(k), k.mapping["late"], "late" in k, k == set(d), d.items() >= {("a", 1)}, d.keys() - {"a"} == {"b", "c", "late"}, sorted(d.keys() ^ {"a", "q"}), d.keys().isdisjoint("qz"))
attempt("mapping proxy", lambda: k.mapping.update(x=1))
attempt("view hash", lambda: hash(k))
attempt("items hash", lambda: hash(d.items()))
attempt("unhashable in items", lambda: ("a", []) in {"a": []}.items())
attempt("set of unhashable items", lambda: {"a": []}.items() | set())
attempt("view or", lambda: d.keys() | 5)
attempt("view rsub", lambda: [5, "a"] - d.keys())
attempt("view and str", lambda: sorted(d.keys() & "abz"))
attempt("values eq", lambda: d.values() == d.values())
attempt("reversed size", lambda: list(reversed({})))
