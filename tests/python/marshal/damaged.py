"""Damaged marshal data never crashes: every truncation and many single-byte changes give a value or a proper error."""

import marshal

samples = [(1, "text", 2.5, None, [1, 2], {"k": b"v"}), compile("def f(a):\n    return [a, 'x', (1, 2)]\n", "f", "exec"), frozenset([1, 2, "é" * 10]), [10**40, -1.5e300, 1j, ("a" * 300,)]]
kinds = {}
allowed = (EOFError, ValueError, TypeError, MemoryError, SyntaxError, KeyError, OverflowError)
for s in samples:
    data = marshal.dumps(s)
    for n in range(len(data)):
        try:
            marshal.loads(data[:n]); kinds["value"] = kinds.get("value", 0) + 1
        except allowed as e: kinds["error"] = kinds.get("error", 0) + 1
print(sorted(kinds))
seed, results = 1, set()
for s in samples:
    if hasattr(s, "co_code"): continue
    data = marshal.dumps(s)
    for i in range(len(data)):
        seed = (seed * 1103515245 + 12345) & 0x7FFFFFFF
        bad = data[:i] + bytes([(seed >> 16) & 0xFF]) + data[i + 1:]
        try:
            marshal.loads(bad); results.add("value")
        except allowed: results.add("error")
print(sorted(results))
for junk in (b"\x00", b"(\xff\xff\xff\xff", b"{i\x01\x00\x00\x00", b"<\x05\x00\x00\x00i", b"l\xff\xff\xff\x7f\x00", b"g\x00", b"u\x02\x00\x00\x00\xff\xff", b"z\xffa", b")\xff", b"c", b"\xe3" * 50, b"(\x01\x00\x00\x00" * 3000, b"[\x01\x00\x00\x00" * 100000):
    try:
        print(marshal.loads(junk))
    except allowed as e: print("refused")
