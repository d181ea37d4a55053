"""What bytes and bytearray methods say of wrong arguments: numbers, texts, None, too many, too few, keywords."""


def attempt(label, action):
    try:
        result = action()
        print(label, "->", result if not hasattr(result, "__next__") else list(result))
    except Exception as error:
        print(label, "->", type(error).__name__, error)


METHODS = {
    "capitalize": [()], "center": [(5,), (5, b"*"), (5, "*"), (5, b"**"), (5, 42), ("5",), ()], "count": [(b"a",), (97,), (256,), (-1,), ("a",), (b"a", 1), (b"a", "x"), (b"a", None, None), (), (b"a", 1, 2, 3)],
    "decode": [(), ("ascii",), ("ascii", "ignore"), (5,), ("nope",), ("ascii", "nope"), ("utf-8", "strict", 1), ("a\0b",)], "endswith": [(b"a",), ((b"a", b"b"),), ((b"a", "b"),), ("a",), (97,), ([b"a"],), (b"a", 0, 1), (b"a", "x"), ()],
    "expandtabs": [(), (4,), ("4",), (None,), (1.5,), (-1,), (2 ** 40,)], "find": [(b"a",), (97,), (999,), ("a",), (1.5,), (None,), (b"a", 10 ** 30), (b"a", -10 ** 30)], "index": [(b"zz",), (122,), ("a",), ()], "fromhex": [("6 1",), ("61 62",), ("6",), ("zz",), ("61é",), (b"61",), (5,), (" 6161 ",), ("\u30006161",)],
    "hex": [(), (":",), (b":",), (":", 2), (":", -2), ("::",), ("é",), (":", 0), (5,), (":", 1, 1), ("",), (b"",)], "isalnum": [(), (1,)], "join": [([b"a", b"b"],), ([b"a", "b"],), ([1],), (5,), ("ab",), (b"ab",), ([bytearray(b"x"), b"y"],), ()],
    "ljust": [(5,), (5, b"-"), (5, b""), (5, bytearray(b"-")), (None,)], "lstrip": [(), (b"a",), (None,), ("a",), (97,), (b"a", 1)], "maketrans": [(b"ab", b"cd"), (b"a", b"bc"), ("a", "b"), (b"a",), ({},)], "partition": [(b",",), (b"",), (",",), (44,), ()],
    "removeprefix": [(b"a",), ("a",), (97,), ((b"a",),), ()], "removesuffix": [(b"c",), (None,)], "replace": [(b"a", b"x"), (b"a", b"x", 1), (b"a", b"x", -1), (b"a", b"x", "1"), (b"a",), ("a", "x"), (97, 98), (b"", b"-"), (b"", b"-", 2), (b"a", b"x", None)],
    "rfind": [(b"a",), (97,), (True,)], "rindex": [(b"q",), (97, 5)], "rjust": [(5, b"0"), (5.0,)], "rpartition": [(b",",), (b"",)], "rsplit": [(), (b",",), (b",", 1), (None, 1), (b"",), (",",), (b",", "1"), (44,)], "rstrip": [(b"c",), (5,)],
    "split": [(), (b",",), (b",", 1), (None, 1), (b"",), (",",), (b",", None), (44,), (b",", 1, 2)], "splitlines": [(), (True,), (1,), ("x",), (None,), (2, 3)], "startswith": [(b"a",), ((),), ((b"x", bytearray(b"a")),), ("a",), (None,), (b"", 99)], "strip": [(b"ac",), ("a",)],
    "swapcase": [(), (1,)], "title": [()], "translate": [(None,), (bytes(256),), (b"abc",), (None, b"a"), (bytes(range(256)), b"b"), ("x" * 256,), (5,), (None, None), (None, "a"), ()], "upper": [(), (1,)], "zfill": [(8,), ("8",), (None,), ()],
    "__getitem__": [(0,), (-4,), (9,), ("x",), (slice(0, 2),), (slice("a"),), (1.0,), (None,), (2 ** 70,)], "__contains__": [(97,), (b"bc",), ("a",), (300,), (-1,), (None,), (1.5,)], "__mul__": [(2,), (-1,), ("x",), (1.5,), (2 ** 62,)], "__add__": [(b"x",), ("x",), ([1],), (5,), (bytearray(b"v"),)],
    "__mod__": [((),), (5,), ("x",)], "__eq__": [("ab",), (b"a,bc",), (5,)], "__lt__": [("ab",), (b"b",), ([97],)], "__format__": [("",), ("5",), ("s",), (5,)], "__init__": [(5,), ("x",), ("x", "ascii")],
}
for kind in (bytes, bytearray):
    for name, calls in METHODS.items():
        for arguments in calls:
            if kind is bytes and name == "__init__":
                continue
            value = kind(b"a,bc")
            shown = [a if not isinstance(a, (bytes, str)) or len(a) < 20 else f"{len(a)} long" for a in arguments]
            attempt(f"{kind.__name__}.{name}{shown}", lambda: getattr(value, name)(*arguments) if not name.startswith("__init") else (value.__init__(*arguments), value))
for name, calls in {"append": [(5,), (256,), (-1,), ("x",), (b"x",), (), (True,)], "extend": [(b"xy",), ([1, 2],), ([1, 256],), (["x"],), (5,), ("xy",), (None,), (memoryview(b"m"),), ((i for i in (1, 2)),)], "insert": [(0, 5), (99, 5), (-99, 5), (0, 256), (0, "x"), ("x", 5), (0,)],
                    "pop": [(), (0,), (-1,), (99,), ("x",)], "remove": [(97,), (122,), (256,), (b"a",)], "reverse": [(), (1,)], "clear": [(), (1,)], "copy": [(), (1,)], "__delitem__": [(0,), (slice(None, None, 2),), (9,), ("x",)],
                    "__setitem__": [(0, 5), (0, 256), (0, b"x"), (slice(0, 1), b"xyz"), (slice(0, 1), [1, 2]), (slice(0, 1), 5), (slice(0, 1), "x"), (slice(None, None, 2), b"12"), (slice(None, None, 2), b"123"), (slice(0, 2), (i for i in range(3))), (9, 1), (slice(0, 1), [256]), (slice(0, 1), None)],
                    "__iadd__": [(b"x",), ("x",), ([1],), (5,)], "__imul__": [(2,), (0,), ("x",)], "__alloc__": [(1,)], "__reduce_ex__": [("x",)]}.items():
    for arguments in calls:
        value = bytearray(b"a,bc")
        attempt(f"bytearray.{name}{[a if not hasattr(a, '__next__') else 'generator' for a in arguments] if not any(isinstance(a, memoryview) for a in arguments) else 'view'}", lambda: (getattr(value, name)(*arguments), value)[1])
for label in ("b'a'.split(sep=b',', maxsplit=1)", "b'a'.split(seperator=b',')", "b'a,b'.replace(old=b'a', new=b'b')", "b'a'.decode(encoding='ascii', errors='strict')", "b'a'.hex(sep='-', bytes_per_sep=1)", "b'a'.splitlines(keepends=1)", "b'a'.translate(None, delete=b'a')", "b'a'.translate(table=None)",
              "b'a'.expandtabs(tabsize=3)", "b'a'.center(width=3)", "bytes(source=b'x')", "bytes(encoding='ascii')", "bytes('x', errors='ignore')", "bytes(errors='strict')", "bytes(b'x', 'ascii')", "bytes(5, 'ascii')", "bytes(-1)", "bytes(2**70)", "bytes([1, 2, -1])", "bytes(['a'])", "bytes('é', 'ascii')",
              "bytes(1.5)", "bytes(None)", "bytes({3, 1} - {1})", "bytes(1, 2, 3, 4)", "bytearray('x')", "bytearray(-1)", "bytearray(1.5)", "bytearray([300])", "bytes(True)"):
    attempt(label, lambda: eval(label))
