# Deques and OrderedDicts that change between an iterator's steps, and a deque's item access by name.
import collections


def attempt(text):
    try:
        print(text, eval(text))
    except Exception as error:
        print(text, type(error).__name__, error)


for make in ("iter(x)", "reversed(x)"):
    for change in ("x.__imul__(2)", "x.__imul__(1)", "x.__imul__(0)", "x.append(9)", "x.pop()", "x.clear()", "x.rotate(1)", "x.rotate(2)", "x.__init__()",
                   "x.remove(2)", "x.extend([])", "x.reverse()"):
        for x in (collections.deque([1, 2], 2), collections.deque([1, 2, 3]), collections.deque([1], 1), collections.deque([1, 2], 3)):
            i = eval(make)
            attempt("next(i)")
            attempt(change)
            attempt("next(i, 'end')")
            attempt("next(i, 'end')")
            attempt("i.__reduce__()[1][1:]")
            attempt("list(i)")
            attempt("x")

for make in ("iter(x)", "reversed(x)", "iter(x.items())", "reversed(x.values())"):
    for change in ("x.clear()", "x.update({9: 9})", "x.pop(1)", "x.move_to_end(1)", "x.__delitem__(3)", "(x.clear(), x.update({1: 2, 5: 6, 7: 8}))", "x.__setitem__(1, 0)"):
        x = collections.OrderedDict({1: 2, 3: 4, 5: 6})
        i = eval(make)
        attempt("next(i)")
        attempt(change)
        attempt("i.__reduce__()")
        attempt("next(i)")
        attempt("i.__reduce__()")
        attempt("list(i)")
        attempt("next(i, 'end')")


class Changing:
    def __init__(self, change):
        self.change = change

    def __eq__(self, other):
        eval(self.change)
        return True


class Sub(collections.deque):
    pass


for change in ("x.pop()", "x.append(1)", "x.clear()", "None"):
    x = collections.deque([Changing(change), 2, 3])
    attempt("x.remove(7)")
    attempt("len(x)")

for x in (collections.deque([1, 2, 3]), Sub([1, 2, 3])):
    for key in ("'a'", "slice(1)", "1.5", "None", "9", "2**70", "-1", "True"):
        attempt(f"x[{key}]")
        attempt(f"x.__getitem__({key})")
        attempt(f"x.__setitem__({key}, 5)")
        attempt(f"exec('x[{key}] = 6')")
        attempt(f"exec('del x[{key}]')")
        attempt(f"x.__delitem__({key})")
        attempt("x")
attempt("collections.deque.__setitem__, collections.deque.__getitem__")
