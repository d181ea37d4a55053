# shelve over dbm.dumb: objects kept between openings, write-back, versions of pickles, files on disk, refusals.
import collections
import dbm
import dbm.dumb
import os
import pickle
import shelve


class Item:
    def __init__(self, name, n): self.name, self.n = name, n
    def __eq__(self, other): return vars(self) == vars(other)
    def __repr__(self): return f"Item({self.name}, {self.n})"


with dbm.dumb.open("plain", "n") as db:
    db["key"] = "text"
    db[b"bytes"] = b"\0\xff"
    db["ü"] = "ß"
    print(sorted(db.keys()), db["key"], db.get("none"), db.get("none", b"d"), "key" in db, len(db), db.setdefault("new", b"x"), list(db.items())[0])
    del db["bytes"]
    db["key"] = b"longer than it was before" * 30
    for wrong in (lambda: db["none"], lambda: db.__setitem__(5, b""), lambda: db.__setitem__("k", 5), lambda: db.__delitem__("none"), lambda: db[5], lambda: 5 in db):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)
print(sorted(os.listdir()), open("plain.dir").read(), os.path.getsize("plain.dat") % 512, dbm.whichdb("plain"), dbm.whichdb("absent"), repr(dbm.whichdb("shelve.py")))
with dbm.open("plain", "r") as db:
    print(len(db["key"]), db["ü"].decode())
    try:
        db["x"] = b"1"
    except dbm.error as e:
        print(type(e).__name__, e)
for call in (lambda: db["key"], lambda: db.keys(), lambda: len(db), lambda: dbm.dumb.open("absent", "r"), lambda: dbm.dumb.open("absent", "w"), lambda: dbm.dumb.open("x", "q"), lambda: dbm.open("absent", "r")):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


def open_shelf(flag="c", **kw):
    return shelve.Shelf(dbm.dumb.open("shelf", flag), **kw)


with open_shelf("n") as s:
    s["item"] = Item("a", 1)
    s["list"] = [1, [2, (3,)], {"k": {4}}]
    s["none"] = None
    s["list"].append("lost")
    changed = s["list"]
    changed.append("kept")
    s["list"] = changed
    print(sorted(s), s["item"], s["list"], s.get("absent", 5), "none" in s, len(s), s["none"])
with open_shelf(writeback=True) as s:
    s["list"].append("written back")
    s["item"].n = 99
    print(s["list"], sorted(s.cache))
    s.sync()
    print(s.cache)
    s["item"].name = "after sync"
with open_shelf("r") as s:
    print(s["list"], s["item"], sorted(s.items(), key=lambda kv: kv[0]))
    del s
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    with shelve.Shelf(store := {}, protocol=protocol) as s:
        s["k"] = collections.OrderedDict(a=Item("p", protocol))
        print(protocol, s["k"], len(store[b"k"]), list(store))
s = shelve.Shelf({}, keyencoding="latin-1", writeback=True)
s["é"] = 1
print(s.dict, s.pop("é"), s.cache, s.update(a=1, b=[2]), sorted(s.keys()), s.setdefault("b", 5), s.popitem()[0] in "ab", s.close(), s.close())
for wrong in (lambda: s["a"], lambda: s.__setitem__("a", 1), lambda: len(s), lambda: "a" in s, lambda: list(s), lambda: shelve.Shelf({})["none"], lambda: shelve.Shelf({}).__setitem__(5, 1), lambda: shelve.Shelf({}).__setitem__("k", lambda: 0), lambda: shelve.open("absent", "r"), lambda: shelve.open("x", "zz"), lambda: shelve.Shelf({b"k": b"junk"})["k"]):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)


class Sorted(dict):
    def first(self): return min(self.items())
    def last(self): return max(self.items())
    def __next__(self): return min(self.items())
    def previous(self): return max(self.items())
    def set_location(self, key): return key, self[key]


b = shelve.BsdDbShelf(Sorted())
b["a"], b["z"] = 1, [26]

print(b.first(), b.last(), b.next(), b.previous())
