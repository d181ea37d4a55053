# rlcompleter: names, attributes, keywords and calls completed as the interactive loop does it.
import builtins
import rlcompleter
import sys


def every(completer, text):
    found, state = [], 0
    while (match := completer.complete(text, state)) is not None:
        found.append(match)
        state += 1
    return found


class Base:
    shared = 1

    def method(self):
        raise AssertionError("never called")

    def method_with(self, x):
        pass


class Sub(Base):
    __slots__ = ("slot_a", "slot_b")

    def __init__(self):
        self.slot_a = 1

    @property
    def prop(self):
        raise RuntimeError("properties are not asked")

    @classmethod
    def make(cls):
        pass

    def __dir__(self):
        return ["given", "gone", *super().__dir__()]


class Lazy:
    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)


space = {"sub": Sub(), "Sub": Sub, "substance": 5, "sums": [1], "_private": 1, "__hidden": 2, "print_all": lambda: 0, "lazy": Lazy(), "nested": type("N", (), {"inner": type("I", (), {"leaf": 7, "leaves": []})()})(), "if_only": 1}
c = rlcompleter.Completer(space)
for text in ("su", "Su", "_", "__h", "pri", "impo", "whi", "els", "Non", "no", "try", "fin", "sub.", "sub._", "sub.__re", "sub.me", "sub.pr", "Sub.ma", "sub.slot", "nested.inner.le", "nested.in", "nested.inner.leaf.", "lazy.some", "absent.x", "sub.method().x", "5.", "sums[0].", "sums.ap",
             "print(", "substance.bit", "builtins.", "len.__na", "", "if", "sub.gi", "Zero", "sub.__class__.__mro"):
    found = every(c, text)
    print(repr(text), len(found) if len(found) > 12 else found)
print(c.global_matches("lam"), c.attr_matches("sub.sh"), c.attr_matches("not an expression."), c.attr_matches("nodot"))
print(rlcompleter.get_class_members(Sub)[:0], "shared" in rlcompleter.get_class_members(Sub))
default = rlcompleter.Completer()
import __main__
__main__.unusual_name_here = len
print(every(default, "unusual_n"), default.complete("unusual_n", 5), default.use_main_ns)
for wrong in (5, "text", [1]):
    try:
        rlcompleter.Completer(wrong)
    except TypeError as e:
        print(e)
try:
    c.complete("sub.x", "0")
except TypeError as e:
    print(e)
print(sorted(w for w in every(c, "a") if w.strip() in ("and", "as", "assert", "async", "await", "abs(", "all(", "any(", "ascii(", "aiter(", "anext(")), len(every(c, "")) >= 0, hasattr(builtins, "abs"))
