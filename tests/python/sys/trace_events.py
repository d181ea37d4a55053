"""sys.settrace and sys.setprofile: the events of loops, exceptions, generators, with, comprehensions and class bodies, line by line, and what tracers may do."""

import sys

log = []


def tracer(frame, event, arg):
    if frame.f_code.co_filename != __file__:
        return None
    shown = arg[0].__name__ if event == "exception" else repr(arg) if event == "return" and not callable(arg) and "object at" not in repr(arg) else type(arg).__name__
    log.append(f"{frame.f_code.co_name}:{frame.f_lineno - frame.f_code.co_firstlineno}:{event[:4]}:{shown}")
    return tracer


def traced(function, *arguments):
    log.clear()
    sys.settrace(tracer)
    try:
        result = function(*arguments)
    except BaseException as error:
        result = type(error).__name__
    finally:
        sys.settrace(None)
    print(function.__name__, result if "object at" not in repr(result) else type(result).__name__)
    print("   ", *[entry for entry in log if not entry.startswith("traced")])


def loops(n):
    total = 0
    for i in range(n):
        if i == 1:
            continue
        total += i
    else:
        total *= 2
    while total > 3:
        total -= 1
        if total == 4:
            break
    return total


def handles():
    try:
        raise ValueError("x")
    except KeyError:
        pass
    except ValueError as error:
        result = 1
    else:
        result = 2
    finally:
        result = 3
    return result


def propagates():
    try:
        return inner()
    finally:
        pass


def inner():
    return 1 / 0


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return True


def with_block():
    with Manager() as m:
        x = 1
        raise KeyError
    with Manager(), \
            Manager():
        pass
    return x


def generator():
    x = yield 1
    try:
        yield 2
    finally:
        yield 3


def drives():
    g = generator()
    next(g)
    g.send(5)
    g.throw(ValueError)
    try:
        next(g)
    except ValueError:
        pass
    for a in generator():
        break
    return [b for b in generator()]


def comprehensions():
    return [x
            for x in range(2)
            if x], {y: y for y in "a"}, \
        list(z
             for z in [1])


def class_body():
    class A:
        x = 1

        def m(self):
            return self.x
    return A().m()


def multiline(a,
              b=2):
    x = (a +
         b *
         3)
    call(
        x,
        b
    )
    return {
        "k": x,
        "l":
            call(1, 2),
    }


def call(*args): return len(args)


def one_liners(a):
    if a: x = 1; y = 2
    else: x = 3
    for i in (1, 2): x += i
    try: x += 1
    except Exception: pass
    finally: x += 2
    assert x, "never"
    pass
    return x if a else y


def decorated():
    @call
    @lambda f: f
    def f():
        pass
    return f


def matching(v):
    match v:
        case [1, x]:
            return x
        case {"k": y} if y:
            return y
        case _:
            pass
    return None


async def coroutine():
    async with AManager():
        pass
    async for x in aiterate():
        pass
    return await other()


class AManager:
    async def __aenter__(self): return self
    async def __aexit__(self, *a): return False


async def aiterate():
    yield 1


async def other(): return 7


def run_coroutine():
    try:
        coroutine().send(None)
    except StopIteration as stop:
        return stop.value


def star_handlers():
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* ValueError:
        a = 1
    except* KeyError:
        a = 2
    return a


for function, *arguments in ((loops, 4), (handles,), (propagates,), (with_block,), (drives,), (comprehensions,), (class_body,), (multiline, 1), (one_liners, 1), (one_liners, 0), (decorated,), (matching, [1, 2]), (matching, {"k": 0}), (run_coroutine,), (star_handlers,)):
    traced(function, *arguments)


def profiler(frame, event, arg):
    if frame.f_code.co_filename == __file__:
        log.append(f"{frame.f_code.co_name}:{event}:{arg.__name__ if event.startswith('c_') else type(arg).__name__}")


for function in (handles, propagates, drives, class_body, run_coroutine):
    log.clear()
    sys.setprofile(profiler)
    try:
        function()
    except ZeroDivisionError:
        pass
    sys.setprofile(None)
    print(function.__name__, *log)


def failing(frame, event, arg):
    if event == "line" and frame.f_code is loops.__code__:
        raise RuntimeError("tracer failed")
    return failing


sys.settrace(failing)
try:
    loops(2)
except RuntimeError as error:
    print(error, sys.gettrace(), error.__traceback__.tb_next.tb_frame.f_code.co_name)
sys.settrace(None)


def opcodes(frame, event, arg):
    frame.f_trace_opcodes, frame.f_trace_lines = True, False
    log.append(event)
    return opcodes


log.clear()
sys.settrace(opcodes)
inner_result = call(1)
sys.settrace(None)
print(log.count("opcode") > 2, log.count("line"), log[0], log[-1])


def local_only(frame, event, arg):
    frame.f_trace_lines = False
    log.append(event)
    return local_only


log.clear()
sys.settrace(local_only)
call()
sys.settrace(None)
print(log)


def changes_locals(frame, event, arg):
    if event == "line" and frame.f_code is one_liners.__code__:
        frame.f_locals["a"] = 99
        log.append(sorted(frame.f_locals))
    return changes_locals


log.clear()
sys.settrace(changes_locals)
one_liners(1)
sys.settrace(None)
print(log[0], log[-1])
for bad in (5, "x"):
    sys.settrace(bad)
    try:
        call()
    except TypeError as error:
        print(error)
    sys.settrace(None)
