# stdin: first line\nsecond\n  spaced  \n42\n3.5\n\nlast without newline
"""input() and sys.stdin: prompts, conversions, end of file."""

import sys

print(repr(input()))
print(repr(input("prompt> ")))
print(repr(input()))
print(int(input()) + 1, float(input()) * 2)
print(repr(input()))
print(repr(input("last? ")))
for _ in range(2):
    try:
        input("again? ")
    except EOFError as e:
        print(repr(e))
print(repr(sys.stdin.read()), repr(sys.stdin.readline()), list(sys.stdin), sys.stdin.isatty(), sys.stdin.name, sys.stdin.mode, sys.stdin.readable(), sys.stdin.writable())
for bad in (lambda: input(1, 2), lambda: sys.stdin.write("x")):
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)

class Fake:
    def __init__(self, lines): self.lines = iter(lines)
    def readline(self): return next(self.lines, "")

sys.stdin = Fake(["fake 1\n", "fake 2"])
print(input("p: "), input(), sep="|")
try:
    input()
except EOFError as e:
    print(e)

class Wrong:
    def readline(self): return 5

sys.stdin = Wrong()
try:
    input()
except TypeError as e:
    print(e)
sys.stdin = None
try:
    input()
except RuntimeError as e:
    print(e)
sys.stdin = sys.__stdin__
class Prompt:
    def __str__(self): return "object prompt: "
try:
    input(Prompt())
except EOFError:
    print("end")
