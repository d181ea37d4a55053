# Iterators and methods pickle themselves by iter, reversed and getattr of builtins: what they say when those are gone.
import builtins

made = [iter([1]), iter([]), reversed([1]), iter((1,)), iter({1: 2}), iter(range(3)), iter("ab"), iter(b"ab"), iter({1}), [].append,
        "".join, iter(int, 3), list[int]]
names = "iter", "reversed", "getattr"
saved = [getattr(builtins, name) for name in names]
for name in names:
    delattr(builtins, name)
found = []
for it in made:
    try:
        found.append(repr(it.__reduce__()))
    except AttributeError as error:
        found.append(f"{type(it).__name__}: {error.args!r} {error.name!r}")
for name, value in zip(names, saved):
    setattr(builtins, name, value)
print(*found, sep="\n")
