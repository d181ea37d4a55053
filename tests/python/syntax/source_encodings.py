"""Source text as bytes: byte order mark, cookies, text that is not what it says, line ends."""


def show(source, mode="exec", flags=0):
    try:
        compile(source, "<test>", mode, flags)
    except SyntaxError as e:
        print(ascii(source), mode, "->", type(e).__name__, ascii(e.msg), e.lineno, e.offset, e.end_lineno, e.end_offset, ascii(e.text))
    except (ValueError, MemoryError) as e:
        print(ascii(source), mode, "->", type(e).__name__, e)
    else:
        print(ascii(source), mode, "-> fine")


CASES = [
    b"x = '\xc3\xa9' y",
    b'\xc3\xa9 = \xc3\xa9 \xc3\xa9',
    b'# coding: latin-1\n\xe9 \xe9',
    b"# -*- coding: utf-8 -*-\n'\xc3\xa9' x",
    b"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\nx = '\xe9' y",
    b"\n\n# coding: latin-1\n'\xe9' x",
    b"x = 1\n# coding: latin-1\n'\xe9'",
    b'\xef\xbb\xbfx y',
    b"\xef\xbb\xbf# coding: utf-8\n'\xc3\xa9' x",
    b'\xef\xbb\xbf# coding: latin-1\nx y',
    b'# coding: no-such-codec\nx',
    b"# coding: ascii\n'\xe9'",
    b'# coding: us-ascii\nx y',
    b"# coding: utf8\n'\xc3\xa9' x",
    b"# coding: UTF_8\n'\xc3\xa9' x",
    b'# coding: utf-8-sig\nx y',
    b"# coding: latin-1-unix\n'\xe9' x",
    b"# coding=iso-8859-1\n'\xe9' x",
    b"# coding : latin-1\n'\xc3\xa9' x",
    b"x = '\xff'",
    b"x = '\xe9",
    b'# \xff\nx y',
    b'\xff = 1',
    b'x \xe9 = 1\n',
    b'a\r\nb c\r\n',
    b'a\rb c\r',
    b'if 1:\r\n  x\r\n y\r\n',
    b"'a\r\nb'",
    b"'''a\r\nb''' c\r\n",
    b'x\x00y',
    b"# coding: cp1252\n'\x80' x",
    b"# coding: koi8-r\n'\xc1' x",
    b"b'\xc3\xa9'",
    b"# coding: latin-1\nb'\xe9'",
    b"f'{\xc3\xa9 \xc3\xa9}'",
    b"\x0c# coding: latin-1\n'\xe9' x",
    b"  # coding: latin-1\n'\xe9' x",
    b'"""\n# coding: latin-1\n""" 1',
]

for source in CASES:
    show(source)
