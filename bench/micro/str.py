"""String kernels: concatenation, format, split, join, find, index, compare, conversion."""
from _timer import report


def concat(n):
    a, b = "hello ", "world"
    for _ in range(n):
        a + b


def build(n):
    for _ in range(max(1, n // 100)):
        s = ""
        for _ in range(100):
            s += "x"


def fstring(n):
    name = "x"
    for i in range(n):
        f"{name}={i}"


def percent(n):
    for i in range(n):
        "%s=%d" % ("x", i)


def split_join(n):
    text = "a,b,c,d,e,f,g,h"
    for _ in range(n):
        "-".join(text.split(","))


def find(n):
    text = "the quick brown fox jumps over the lazy dog"
    for _ in range(n):
        text.find("lazy")


def index(n):
    text = "abcdefghij"
    for i in range(n):
        text[i % 10]


def iterate(n):
    text = "x" * 100
    for _ in range(n // 100):
        for c in text:
            pass


def to_int(n):
    for _ in range(n):
        int("12345")


def to_str(n):
    for i in range(n):
        str(i)


def compare(n):
    a, b = "abcdefgh1", "abcdefgh2"
    for _ in range(n):
        a == b


def replace(n):
    for _ in range(n):
        "hello world".replace("o", "0")


report(concat=concat, build=build, fstring=fstring, percent=percent, split_join=split_join, find=find, index=index,
       iterate=iterate, to_int=to_int, to_str=to_str, compare=compare, replace=replace)
