# Operators whose method begins or ends tracing of the frame that uses them: the caller's next lines are traced at once.
import sys

events = []


def tracer(frame, event, arg):
    if frame.f_code.co_name.startswith("watched"):
        events.append((frame.f_code.co_name, event, frame.f_lineno - frame.f_code.co_firstlineno))
        return tracer


def begin():
    sys.settrace(tracer)
    sys._getframe(2).f_trace = tracer


class Starts:
    def __add__(self, other):
        begin()
        return self

    def __radd__(self, other):
        begin()
        return self

    def __iadd__(self, other):
        begin()
        return self

    def __neg__(self):
        begin()
        return self

    def __lt__(self, other):
        begin()
        return True

    def __getitem__(self, key):
        begin()
        return key

    def __setitem__(self, key, value):
        begin()

    def __contains__(self, key):
        begin()
        return True

    def __invert__(self):
        sys.settrace(None)
        return self


def watched_add(o):
    a = o + 1
    b = a
    ~b
    return b


def watched_radd(o):
    a = 1 + o
    b = a
    ~b
    return b


def watched_iadd(o):
    o += 1
    b = o
    ~b
    return b


def watched_neg(o):
    a = -o
    b = a
    ~b
    return b


def watched_less(o):
    a = o < 1
    b = o
    ~b
    return a


def watched_getitem(o):
    a = o[1]
    b = o
    ~b
    return a


def watched_getitem_of_temporary(o):
    a = [o][0][str(1)]
    b = o
    ~b
    return a


def watched_setitem(o):
    o[1] = 2
    b = o
    ~b
    return b


def watched_contains(o):
    a = 1 in o
    b = o
    ~b
    return a


def watched_chain(o):
    a = (o + 1) + (-o + 2)
    b = a
    ~b
    return b


for function in (watched_add, watched_radd, watched_iadd, watched_neg, watched_less, watched_getitem, watched_getitem_of_temporary, watched_setitem,
                 watched_contains, watched_chain):
    for _ in range(3):
        events.clear()
        function(Starts())
        sys.settrace(None)
        print(events)
