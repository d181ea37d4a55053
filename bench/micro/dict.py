"""Dict kernels: lookup by str and int, store, build, iterate, get, delete."""
from _timer import report


def str_lookup(n):
    d = {"alpha": 1, "beta": 2, "gamma": 3}
    for _ in range(n):
        d["beta"]


def int_lookup(n):
    d = {i: i for i in range(100)}
    for i in range(n):
        d[i % 100]


def store(n):
    d = {}
    for i in range(n):
        d[i % 1000] = i


def build(n):
    for i in range(n):
        {"a": i, "b": i, "c": i}


def iterate(n):
    d = {i: i for i in range(100)}
    for _ in range(n // 100):
        for k, v in d.items():
            pass


def get(n):
    d = {"x": 1}
    for _ in range(n):
        d.get("y", 0)


def count_words(n):
    words = "the quick brown fox jumps over the lazy dog and the cat".split() * 8
    for _ in range(max(1, n // len(words))):
        counts = {}
        for word in words:
            counts[word] = counts.get(word, 0) + 1


def insert_delete(n):
    d = {}
    for i in range(n):
        d[i] = i
        del d[i]


def set_member(n):
    s = set(range(100))
    for i in range(n):
        i in s


report(str_lookup=str_lookup, int_lookup=int_lookup, store=store, build=build, iterate=iterate, get=get,
       count_words=count_words, insert_delete=insert_delete, set_member=set_member)
