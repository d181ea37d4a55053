# strip, lstrip and rstrip of texts that are nothing but white space, or none of it.
for s in ("\n", " ", "x\n", "\n\n", "\nx", "", "  ", " a ", "\u2003", "\u2003a\u2003", "a", " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0"):
    print(ascii([s.strip(), s.lstrip(), s.rstrip(), s.strip("a"), s.lstrip("\n"), s.rstrip(" "), s.strip(""), s.split(), s.rsplit()]))
for s in (b"\n", b"x\n", b" ", b" a ", b"", b"  ", b"\x0b\x0c\x1c"):
    print(s.strip(), s.lstrip(), s.rstrip(), bytearray(s).rstrip(), s.strip(b"a"), s.rstrip(b" "), s.split())
