# Conversions and operators whose order of checks shows: texts that are numbers too, buffers with gaps, groups that cannot be hashed.
import re


class Text(str):
    def __index__(self):
        return 7


class BadText(str):
    def __index__(self):
        return [1]


class IntText(bytes):
    def __int__(self):
        return 8


view = memoryview(b"abcd")[::2]
match, unnamed = re.match("(?P<a>a)", "a"), re.match("(a)", "a")
CALLS = (
    lambda: int(Text("3")), lambda: int(BadText("3")), lambda: int(IntText(b"3")), lambda: int(Text("11"), 2), lambda: int(Text("x")),
    lambda: b"a" + view, lambda: bytearray(b"a") + view, lambda: b"".join([view]), lambda: bytearray().join([b"", view]), lambda: b"a".join([1]),
    lambda: b"x" + 3, lambda: b"x" + memoryview(b"y"), lambda: b",".join([b"x", memoryview(b"y"), bytearray(b"z")]),
    lambda: match[slice(1)], lambda: match[[]], lambda: match["b"], lambda: match[2**70], lambda: unnamed[slice(1)], lambda: unnamed.group([]),
    lambda: unnamed.start("a"), lambda: unnamed[1.5],
)
for call in CALLS:
    try:
        print(repr(call()))
    except Exception as e:
        print(repr(e))


class SubInt(int):
    pass


class Index:
    def __index__(self):
        return SubInt(4)


import operator
import warnings

warnings.simplefilter("ignore")
for value in (operator.index(True), operator.index(SubInt(3)), operator.index(Index()), *slice(True, SubInt(2)).indices(5), range(True, SubInt(3)).start):
    print(type(value), value)
for text in ("%d", "%i", "%u", "%x"):
    for make in (str, str.encode):
        try:
            print(make(text) % [])
        except TypeError as e:
            print(e)
for d in ({}, {1: 2}):
    for arguments in (([],), ([], 1), (2,), (2, 3)):
        try:
            print(d.pop(*arguments))
        except Exception as e:
            print(repr(e))
for o in ((1, 2), frozenset(), "abc", Index(), b"x", range(3)):
    for k in (2**70, 0, Index(), "k"):
        try:
            del o[k]
        except Exception as e:
            print(repr(e))
for arguments in ((1, b""), (1, ""), ([], b""), ([], ""), ([], bytearray()), ([1], 2), ([], [])):
    try:
        print(sum(*arguments))
    except Exception as e:
        print(repr(e))
