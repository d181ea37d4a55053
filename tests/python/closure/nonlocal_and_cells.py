"""Cells: shared by several functions and frames, emptied, captured in loops, by class bodies, generators and comprehensions, seen through locals and frames."""

import sys


def attempt(label, action):
    try:
        print(label, "->", action())
    except Exception as error:
        print(label, "->", type(error).__name__, error)


def shared():
    x = 0

    def add(n):
        nonlocal x
        x += n
        return x

    def read():
        return x

    def forget():
        nonlocal x
        del x
    return add, read, forget


add, read, forget = shared()
other_add, other_read, _ = shared()
print(add(1), add(2), read(), other_read(), other_add(10), read())
print(add.__closure__[0] is read.__closure__[0], add.__closure__[0] is other_add.__closure__[0], add.__code__.co_freevars, shared.__code__.co_cellvars)
forget()
attempt("read after del", read)
attempt("add after del", lambda: add(1))
attempt("del twice", forget)
add.__closure__[0].cell_contents = 100
print(read(), add(1))


def in_loop():
    functions = []
    for i in range(3):
        def late():
            return i

        def early(i=i):
            return i
        functions.append((late, early))
    i = "after"
    return [(l(), e()) for l, e in functions]


print(in_loop())
print([f() for f in [lambda: i for i in range(3)]], [f() for f in [lambda i=i: i for i in range(3)]], [f() for f in (lambda: i for i in range(3))])


def three_levels():
    a = "a0"

    def second():
        b = a + "b"

        def third():
            nonlocal a, b
            a, b = b, a
            return a, b
        return third(), a, b
    return second(), a


print(three_levels())


def through_unused_level():
    x = "deep"

    def middle():
        def inner():
            return x
        return inner
    return middle().__closure__[0].cell_contents, middle.__code__.co_freevars


print(through_unused_level())


def argument_is_cell(a, *args, k=1, **kwargs):
    def inner():
        nonlocal a, args, k, kwargs
        a, args, k, kwargs = kwargs, k, args, a
    before = (a, args, k, kwargs)
    inner()
    return before, (a, args, k, kwargs)


print(argument_is_cell(1, 2, k=3, z=4))


def unbound_until_later():
    def inner():
        return value
    try:
        inner()
    except NameError as error:
        message = str(error)
    value = "now"
    return message, inner()


print(unbound_until_later())


def conditionally(flag):
    if flag:
        v = 1

    def inner():
        return v
    return inner()


attempt("bound", lambda: conditionally(True))
attempt("unbound", lambda: conditionally(False))


def local_unbound(flag):
    if flag:
        v = 1
    return v


attempt("local unbound", lambda: local_unbound(False))


def locals_and_cells():
    x, y = 1, 2

    def inner():
        nonlocal x
        x += 1
        seen = dict(locals())
        locals()["x"] = "changed"
        return seen, x, sorted(sys._getframe().f_locals), y
    result = inner()
    return result, sorted(locals()), x


print(locals_and_cells()[0][1:], locals_and_cells()[2], sorted(locals_and_cells()[0][0]))


def class_and_function():
    x = "function"

    class A:
        x = "class"

        def method(self):
            return x

        z = [x for _ in "a"]
    return A.x, A().method(), A.z


print(class_and_function())


def exception_name_is_cell():
    try:
        raise ValueError("v")
    except ValueError as e:
        def inner():
            return e
        inside = str(inner())
    try:
        inner()
    except NameError as error:
        return inside, str(error)


print(exception_name_is_cell())


def loop_variable_is_cell():
    for i in range(2):
        pass

    def inner():
        return i
    del i
    try:
        return inner()
    except NameError as error:
        return str(error)


print(loop_variable_is_cell())


def with_target_is_cell():
    class M:
        def __enter__(self): return "entered"
        def __exit__(self, *a): pass
    with M() as m:
        def inner():
            return m
    return inner()


def import_is_cell():
    import os.path as p
    from math import pi

    def inner():
        return p.sep, round(pi)
    return inner()


def def_and_class_are_cells():
    def f():
        return f.__name__, C.__name__

    class C:
        pass
    return f()


def walrus_is_cell():
    if (n := 10) > 5:
        def inner():
            return n
        return inner(), [(n := k) for k in range(3)], inner()


def match_is_cell(v):
    match v:
        case [a, *b]:
            return (lambda: (a, b))()


print(with_target_is_cell(), import_is_cell(), def_and_class_are_cells(), walrus_is_cell(), match_is_cell([1, 2, 3]))


def generator_cells():
    n = 0

    def count():
        nonlocal n
        while n < 3:
            n += 1
            yield n
    a, b = count(), count()
    return next(a), next(b), list(a), n, list(b)


print(generator_cells())


def recursive_cell():
    def fact(n):
        return n * fact(n - 1) if n else 1
    saved, fact = fact, lambda n: "replaced"
    return saved(3)


attempt("recursive", recursive_cell)


def del_and_capture():
    x = 1
    f = lambda: x
    del x
    x = 2
    return f()


print(del_and_capture())
counter = [0]


class Tracker:
    def __init__(self, name): self.name = name
    def __del__(self): print("dies", self.name)


def lifetime():
    t = Tracker("captured")
    u = Tracker("local")
    return lambda: t


f = lifetime()
print("still there", f().name)
f = None


def cell_replaced():
    t = Tracker("first")

    def inner():
        nonlocal t
        t = Tracker("second")
    inner()
    print("after replacing")


cell_replaced()
