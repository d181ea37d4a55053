"""bytes and bytearray: literals, indexing, methods, conversion from and to str."""

b = b"hello\x00\xff\n"
print(b, len(b), b[0], b[-1], b[1:3], list(b[:3]))
print(b"abc" + b"def", b"ab" * 3, b"b" in b"abc", 98 in b"abc", b"abc" < b"abd")
print("h\u00e9\u20ac".encode(), "h\u00e9".encode("latin-1"), b"h\xc3\xa9".decode(), b"\xe9".decode("latin-1"))
print(bytes(3), bytes([1, 2, 255]), bytes("x", "ascii"), bytes.fromhex("00ff 10"), b"\x01\xab".hex(), b"abc".hex("-"))
print(b"a,b,c".split(b","), b"-".join([b"x", b"y"]), b" x ".strip(), b"abcabc".replace(b"b", b"BB"), b"abc".find(b"c"))
print(b"Hello".upper(), b"Hello".lower(), b"hello".title(), b"x".center(5, b"*"), b"abc".startswith(b"ab"))
ba = bytearray(b"abc")
ba[0] = 65
ba.append(100)
ba.extend(b"ef")
ba += b"g"
del ba[1]
ba[1:2] = b"CC"
print(ba, len(ba), ba == b"ACCdefg", bytes(ba), ba.pop(), ba.decode())
ba.insert(0, 48)
ba.reverse()
ba.remove(67)
print(ba)
print(repr(b"'"), repr(b'"'), repr(b"'\""), b"\t\r\n\\", rb"\n", b"\101")
for bad in (lambda: b"a" + "b", lambda: b"\xff".decode(), lambda: "\u20ac".encode("ascii"), lambda: bytes([256]),
            lambda: b"abc"[10], lambda: bytes("x"), lambda: bytearray(b"a").remove(1), lambda: bytes.fromhex("zz"), lambda: b"a" % 5):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(b"caf\xe9".decode("ascii", "replace"), b"caf\xe9".decode("ascii", "ignore"), "\u20ac".encode("ascii", "backslashreplace"))
print(b"%d %s %x" % (5, b"raw", 255), b"a\nb".splitlines(), b"kv".partition(b"="), b"abc".isalpha(), b"12".isdigit())
print(sorted({b"b", b"a"}), hash(b"a") == hash(b"a"), {b"k": 1}[b"k"], max(b"abc"), sum(b"\x01\x02"))
