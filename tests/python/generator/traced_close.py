# What a tracer sees of generators that are dropped or closed: one that never ran is entered too, and the stack of a frame that ends by an
# exception goes before its return event.
import sys


def note(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    print(event, frame.f_code.co_name, frame.f_lineno, type(arg[1] if event == "exception" else arg).__name__)
    return note


def trace(function):
    print("---", function.__name__)
    sys.settrace(note)
    try:
        function()
    except BaseException as error:
        sys.settrace(None)
        print("!", repr(error))
    sys.settrace(None)


def two():
    yield 1
    yield 2


def guarded():
    try:
        yield 1
    finally:
        print("cleaned")


async def coroutine():
    pass


async def steps():
    yield 1


def dropped_unused():
    g = two()
    g = 3


def closed_unused():
    g = two()
    g.close()
    g.close()
    return next(g, "nothing")


def thrown_unused():
    g = two()
    try:
        g.throw(KeyError)
    except KeyError:
        pass


def dropped_started():
    g = guarded()
    next(g)
    g = 3


def on_the_stack():
    for i in guarded():
        return 5


def raised_in_loop():
    for i in guarded():
        raise KeyError


def raised_in_display():
    return two(), two(), 1 / 0


def refused_argument():
    len(two())


def refused_key():
    {}[guarded] = two()
    5[two()]


def refused_item():
    (1)[0] = two()


def refused_spread():
    len(*[two()])


def unpacked_short():
    a, b, c = guarded()


def unpacked_long():
    a, = two()


def refused_member():
    two() in 5


def local_of_raiser():
    g = guarded()
    next(g)
    1 / 0


def coroutine_closed():
    c = coroutine()
    c.close()


def asynchronous_dropped():
    a = steps()
    a = 1


def asynchronous_closed():
    a = steps()
    try:
        a.aclose().send(None)
    except StopIteration:
        pass


def in_a_caught_frame():
    def inner():
        for x in guarded():
            raise ValueError
    try:
        inner()
    except ValueError:
        pass
    return 1


def in_a_generator():
    def outer():
        for x in guarded():
            yield x
            raise ValueError
    list(outer())


def no_sequence():
    match 1, (x for x in "ab"):
        case 1, [_, *_]:
            pass
        case 1, _:
            pass


def unpacked():
    a, = guarded()


def zipped():
    return list(zip(two(), [1]))


def reraised():
    for i in range(2):
        try:
            1 / 0
        finally:
            try:
                {}["k"]
            finally:
                (x, (y, *z)), w = 1, 2
                continue


for function in (reraised, dropped_unused, closed_unused, thrown_unused, dropped_started, on_the_stack, raised_in_loop, raised_in_display, refused_argument, refused_key,
                 refused_item, refused_spread, unpacked_short, unpacked_long, refused_member, local_of_raiser, coroutine_closed, asynchronous_dropped, asynchronous_closed, in_a_caught_frame, in_a_generator, no_sequence, unpacked,
                 zipped):
    trace(function)
