"""Undecodable bytes in file names and environment: surrogateescape both ways; surrogates in names; fsencode, fsdecode."""

import os
import sys

raw = b"name-\xff-\xe9"
with open(raw, "w") as f: f.write("content")
names = os.listdir(); print([ascii(n) for n in names], os.listdir(b".") == [raw], os.fsencode(names[0]) == raw, ascii(os.fsdecode(raw)), open(names[0]).read(), os.path.exists(names[0]))
try:
    print(names[0])
except UnicodeEncodeError as e: print("cannot print", e.start, e.end)
print(names[0].encode("utf-8", "surrogateescape"), names[0].encode("ascii", "backslashreplace"), os.path.splitext(raw), ascii(os.path.abspath(names[0])[-9:]))
os.environb[b"RAW"] = b"\xfe\xff"; print(ascii(os.environ["RAW"]), os.environ["RAW"].encode("utf-8", "surrogateescape")); os.environ["ROUND"] = os.environ["RAW"]; print(os.environb[b"ROUND"])
os.rename(raw, "plain"); print(os.listdir(), ascii("\udcff"), "\udcff".encode("utf-8", "surrogateescape"), b"\xed\xb3\xbf".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"))
for bad in (lambda: open("\ud800"), lambda: os.stat("a\udc80\ud800"), lambda: os.fsencode("\ud800"), lambda: os.mkdir(b"x\0y"), lambda: "\ud800".encode(), lambda: "\udc80".encode("latin-1"), lambda: "\udc80".encode("ascii", "surrogateescape") + b"ok", lambda: "a\ud800".encode("utf-8", "surrogatepass"), lambda: b"\xed\xa0\x80".decode("utf-8", "surrogatepass") == "\ud800", lambda: "\ud800\udc00".encode("utf-16-le", "surrogatepass").decode("utf-16-le"), lambda: os.fsdecode(5)):
    try:
        print(ascii(bad()))
    except Exception as e: print(type(e).__name__, ascii(str(e)))
s = "\ud83d\ude00"; print(len(s), s == "\U0001F600", s.encode("utf-16-le", "surrogatepass").decode("utf-16-le") == "\U0001F600", ascii(s), s.isprintable(), ascii(s.upper()), sorted(["\ud800", "\uffff", "a"]) == ["a", "\ud800", "\uffff"], hash(s) != hash("\U0001F600"))
