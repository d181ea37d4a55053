"""Messages of common runtime errors in one long list: what CPython 3.11 says."""

source = '''
1 + None | "a" % 1 | [].x | {}.x | None.attr | (1).attr | "abc"[5] | [1, 2]["a"] | (1,)[3] | {}["k"] | {1: 2}[3] | int("12x") | float("abc") | [].pop() | {}.popitem() | set().pop() | [1].remove(2) | "x".index("y")
undefined | len(5) | len() | abs("a") | max([]) | min(()) | sum(["a", "b"]) | sorted([1, "a"]) | chr(-5) | ord("") | ord("ab") | open("/nonexistent/file") | open() | open("/tmp", "w") | open("x", "q") | open("x", "rw") | int([]) | float({}) | complex("z")
next(5) | next(iter([])) | iter(5) | reversed({1}) | zip(1) | map(5) | filter(1, 2).__next__() | range("a") | enumerate(5) | isinstance(1, 1) | issubclass(1, int) | hash([]) | {[]} | {{}: 1} | getattr(1, "x") | setattr(1, "x", 2) | delattr(1, "x") | vars(1) | dir(1, 2) | eval("(") | eval(5) | exec(5) | compile(1, 2, 3) | compile("x", "f", "bad") | __import__("no.such.module") | __import__("") | __import__(5)
"abc".foo() | "a".join([1]) | "a".split("") | "a".replace(1, 2) | "a".encode("bad") | b"a".decode("bad") | "{}".format() | "{x}".format() | "%d" % "a" | "%s %s" % "a" | "a" * "b" | "a" + 1 | 1 + "a" | "a" < 1 | [] < () | {} < {} | 1j < 2 | None() | "a"() | 5() | [](1) | {}() | print(end=1) | print(file=5) | round("a") | pow("a", 1) | divmod(1, 0) | bin("a") | bytes("a") | bytes([300]) | bytes(-1) | bytearray("a")
(lambda x: x)() | (lambda: 0)(1) | (lambda *, k: k)() | (lambda a, /: a)(a=1) | type(1, 2) | type("X", 5, {}) | object(5) | super().x | property(1, 2, 3, 4, 5) | staticmethod() | slice() | memoryview(5) | frozenset(5) | dict(5) | dict([1]) | list(5) | tuple(5) | set(5) | bool(1, 2) | str(1, 2) | [1, 2, 3][::0] | "abc".center("a") | 2 ** "a" | 1 << -1 | 1 / 0 | 1 // 0 | 1 % 0 | 1.0 / 0 | 1.0 % 0 | 0 ** -1 | 0.0 ** -1 | 10.0 ** 1000 | int(float("nan")) | int(float("inf")) | [*5] | {**5} | print(*5) | print(**5) | f"{1:x!}" | [a for a in 5] | (a for a in 5) | not_defined.attr | ().count() | [].insert(1) | [].sort(1) | [1, 2].index() | {}.get() | {}.update(5) | {1}.add() | "".zfill() | (1).to_bytes(0, "big")
'''
for line in source.strip().splitlines():
    for case in line.split(" | "):
        try:
            value = eval(case)
            print(case, "=>", type(value).__name__)
        except Exception as error:
            print(case, "=>", type(error).__name__ + ":", error)
for statement in ("a, b = 1", "a, b = 1, 2, 3", "a, *b = ()", "a, b = {1}", "[a, b] = 'x'", "for a, b in [1]: pass", "for x in 5: pass", "with 5: pass", "del undefined_name", "x = []; x.y = 1", "x = (1,); x[0] = 2", "x = 'a'; x[0] = 'b'", "x = 5; x[0] = 1", "x = {}; del x['k']", "x = []; del x[0]", "import no_such_module_xyz", "from os import no_such_name_xyz", "from . import x", "raise 5", "raise ValueError from 5", "assert False", "assert 0, 'msg'", "async_ = 1; await_", "class A(5): pass", "class A(int, str): pass", "def f(): f2(); f()\nf()", "x: int\nx", "global_undefined += 1", "x = 1; x()", "x = None; x += 1", "x = [1]; x[5] = 1", "x = 5; del x.attr", "raise", "import os.no_such_sub", "from os.path import *; nothing_here", "x = iter([]); x.nope", "lambda: (yield)\nnext(5)"):
    try:
        exec(statement, {})
        print(statement, "=> fine")
    except Exception as error:
        print(repr(statement), "=>", type(error).__name__ + ":", error)
