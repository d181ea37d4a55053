# x[i:j] of lists, strs and tuples, which need no slice object, and of everything else, which gets one: bounds of every sign and kind.

import sys


class Shows:
    def __getitem__(self, key):
        return key


class Sub(list):
    def __getitem__(self, key):
        return "mine", key


class Bound:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n


texts = ["", "a", "hello", "h\xe9llo", "\u0142\u00f3d\u017a", "\U0001f600xyz"]
containers = [[], [1], [1, 2, 3, 4], (), (1,), (1, 2, 3), *texts, b"bytes", bytearray(b"array"), range(5), memoryview(b"view").toreadonly()]
bounds = [None, 0, 1, 2, -1, -2, 5, -5, 10**20, -10**20, True, Bound(1), Bound(-1)]
for c in containers:
    row = []
    for i in bounds:
        for j in bounds:
            part = c[i:j]
            row.append(bytes(part) if isinstance(c, memoryview) else part)
    print(type(c).__name__, [ascii(x) for x in row[:30]], sum(len(x) for x in row))
t = (1, 2, 3)
s = "hello"
l = [1, 2, 3]
print(t[:] is t, s[:] is s, l[:] is l, l[:] == l, t[0:3] is t, s[0:5] is s, s[9:], t[9:] == ())
print(Shows()[1:2], Shows()[:], Sub()[1:2], Shows()["a":None], Shows()[1:2:3])
for bad in (lambda: [1]["a":], lambda: "x"[:1.5], lambda: (1,)[None:"b"], lambda: 5[1:2], lambda: {}[1:2], lambda: None[:]):
    try:
        print(bad())
    except TypeError as problem:
        print(problem)


def many(x, i):
    return x[i:][:2], x[:i], x[-i:], [x[k:k + 2] for k in range(i)], x[(lambda: i)():len(x)]


for x in ([1, 2, 3, 4, 5], "abcde", (1, 2, 3, 4, 5), b"abcde"):
    print(many(x, 3), many(x, 0))

events = []


def traced(x):
    y = x[1:3]
    return y


def tracer(frame, event, argument):
    if frame.f_code is traced.__code__:
        frame.f_trace_opcodes = True
        events.append((event, frame.f_lineno - traced.__code__.co_firstlineno, frame.f_lasti))
    return tracer


sys.settrace(tracer)
traced([1, 2, 3, 4])
sys.settrace(None)
print(events)


def dies(x):
    class Del:
        def __del__(self):
            print("item gone")
    x = [Del(), Del(), Del()]
    y = x[1:]
    x = None
    print(len(y))
    y = y[:1]
    print(len(y))


dies(1)
