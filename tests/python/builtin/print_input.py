"""print with all its arguments, to files of its own making; input with prompts; repr of everything printed."""

import sys

class Out:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
    def flush(self): self.parts.append("<flush>")

o = Out()
print("a", 1, None, [2], sep="|", end="!\n", file=o)
print(file=o)
print("x", flush=True, file=o)
print(*range(3), sep="", file=o)
print("s", sep=None, end=None, file=o)
print(o.parts)
print("to stderr", file=sys.stderr)
print("a\tb\nc", "d", sep="\n")
print(1, 2, sep="\u20ac")
print("", "", sep="-")
print("no newline", end="")
print()
print("é€😀", ascii("é€😀"), repr("é\n"))
for bad in (lambda: print(1, sep=5), lambda: print(1, end=5), lambda: print(1, file="x"), lambda: print(1, file=5), lambda: print(1, nope=2), lambda: print(1, file=Out), lambda: print(sep="a", sep2="b")):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__, e)
class S:
    def __str__(self): return "str of S"
class R:
    def __repr__(self): return "repr of R"
class Bad:
    def __str__(self): raise ValueError("cannot print")
print(S(), R(), [S.__name__, R()], {"k": R()})
try:
    print("before", Bad(), "after")
except ValueError as e:
    print("|", e)
saved, sys.stdout = sys.stdout, o
o.parts.clear()
print("captured", 5)
sys.stdout = saved
print(o.parts)
sys.stdout = None
print("goes nowhere")
sys.stdout = saved
del sys.stdout
try:
    print("lost")
except RuntimeError as e:
    sys.stdout = saved
    print(e)
class Fail:
    def write(self, s): raise OSError("disk full")
try:
    print("x", file=Fail())
except OSError as e:
    print(e)
class NoFlush:
    def write(self, s): pass
try:
    print("x", file=NoFlush(), flush=True)
except AttributeError as e:
    print(e)
print(repr(print), print.__name__, print(end=""), str(1.0), str(10**20), str(True), str(b"x"), str(...), str(None), str(int), str(len), 1e100, -0.0, 1j, (1,), {1}, {1: 2}, range(3), slice(1), [[]], "it's", ["it's"])
