"""Generators, coroutines and asynchronous generators that several threads resume, throw into, close and look at; frames of other threads."""

import sys
import threading

from _hammer import main, settle

BUSY = "already executing"


class Signal(Exception):
    pass


def delegation(run):
    """Chains of `yield from`: every operation answers, refuses with ValueError, or ends the chain; a finally block runs exactly once."""
    for _ in range(3):
        entered, left = [], []

        def inner(n):
            entered.append(n)
            try:
                while True:
                    try:
                        yield n
                    except Signal:
                        yield -n
            finally:
                left.append(n)

        def outer(n):
            while True:
                yield from inner(n)

        pool = [outer(i) for i in range(8)]

        def work(k, choices):
            for _ in range(run.iterations(8)):
                i = choices.below(len(pool))
                g, what = pool[i], choices.below(6)
                try:
                    if what <= 1:
                        assert next(g) in (i, -i)
                    elif what == 2:
                        assert g.send(None) in (i, -i)
                    elif what == 3:
                        assert g.throw(Signal) in (i, -i)
                    elif what == 4:
                        g.close()
                    else:
                        pool[i] = outer(i)
                except ValueError as error:
                    assert BUSY in str(error), error
                except (StopIteration, Signal):
                    pool[i] = outer(i)

        run.hammer(work)
        for g in pool:
            g.close()
        g = None
        pool.clear()
        settle(lambda: len(entered) == len(left))
        assert sorted(entered) == sorted(left), (len(entered), len(left))


def looked_at(run):
    """The attributes of a generator show a state it was in, and looking at it does not disturb who resumes it."""
    n = run.iterations(4)

    def inner():
        for i in range(n):
            local = (i, -i)
            yield local
        local = None

    def outer():
        yield from inner()
        return "end"

    def resume(k, choices):
        g = shared[k]
        for i in range(n):
            assert next(g) == (i, -i)
        try:
            next(g)
            assert False, "it should have ended"
        except StopIteration as stop:
            assert stop.value == "end"
        assert g.gi_frame is None and g.gi_yieldfrom is None

    def look(k, choices):
        g = shared[k]
        for i in range(n // 2):
            sub = g.gi_yieldfrom
            assert sub is None or sub.gi_code is inner.__code__
            frame = g.gi_frame if sub is None else sub.gi_frame
            if frame is not None:
                assert frame.f_code in (inner.__code__, outer.__code__)
                assert frame.f_lineno >= frame.f_code.co_firstlineno
                assert "look" not in repr(frame)
                if i % 64 == 0:
                    pair = frame.f_locals.get("local") or (0, 0)
                    assert pair[0] == -pair[1]
            assert g.gi_running in (True, False) and g.gi_suspended in (True, False)
            g.__name__ = f"name{i % 10}"
            assert g.__name__.startswith("name") and "name" in repr(g) or "outer" in repr(g)

    shared = [outer() for _ in range(run.threads)]
    run.hammer(resume, look)


def closed_by_many(run):
    """Of all threads that close a generator or throw into it, one ends it."""
    for _ in range(run.iterations(100)):
        ends = []

        def body():
            try:
                yield 1
                yield 2
            finally:
                ends.append(threading.get_ident())

        g = body()
        next(g)

        def work(k, choices):
            try:
                if choices.below(2):
                    g.close()
                else:
                    g.throw(Signal)
            except (Signal, ValueError):
                pass

        run.hammer(work)
        g.close()
        assert len(ends) == 1


def coroutines(run):
    """One thread at a time awaits a coroutine: others are refused; its result is given once."""
    class Pause:
        def __await__(self):
            yield "paused"

    async def leaf():
        for _ in range(3):
            await Pause()
        return "leaf"

    async def middle():
        return await leaf()

    def drive(coroutine):
        for _ in range(100_000):
            try:
                assert coroutine.send(None) == "paused"
            except StopIteration as stop:
                return stop.value
            except ValueError as error:
                assert BUSY in str(error), error
            except RuntimeError as error:
                assert "reuse" in str(error), error
                return None

    for _ in range(run.iterations(100)):
        shared = middle()

        def work(k, choices):
            return drive(shared)

        assert run.hammer(work)[work].count("leaf") == 1
        shared.close()


def async_generators(run):
    """Values of an asynchronous generator come out in order, each once, whoever asks."""
    n = run.iterations(8)

    async def numbers():
        for i in range(n):
            yield i

    shared = numbers()

    def step(awaitable):
        try:
            awaitable.send(None)
        except StopIteration as stop:
            return stop.value

    def work(k, choices):
        mine = []
        while True:
            try:
                mine.append(step(shared.asend(None) if choices.below(2) else shared.__anext__()))
            except StopAsyncIteration:
                return mine
            except ValueError as error:
                assert BUSY in str(error), error
            except RuntimeError as error:
                assert "already running" in str(error), error

    parts = run.hammer(work)[work]
    assert all(part == sorted(part) for part in parts)
    assert sorted(x for part in parts for x in part) == list(range(n)), "a value was lost or given twice"

    for _ in range(run.iterations(200)):
        ended = []

        async def guarded():
            try:
                while True:
                    yield 1
            finally:
                ended.append(1)

        shared = guarded()
        step(shared.__anext__())

        def close(k, choices):
            try:
                step(shared.aclose() if choices.below(2) else shared.athrow(Signal))
            except (Signal, ValueError, RuntimeError, StopAsyncIteration):
                pass

        run.hammer(close)
        try:
            step(shared.aclose())
        except StopAsyncIteration:
            pass
        assert len(ended) == 1


def frames_of_others(run):
    """Frames of running threads can be walked, their locals read, while those threads call, return and raise."""
    stop = []

    def recurse(depth, pair):
        if depth == 0:
            if pair[0] % 5 == 0:
                raise Signal(pair)
            return pair
        pair = (pair[0] + 1, pair[1] - 1)
        return recurse(depth - 1, pair)

    def run_deep(k, choices):
        try:
            for i in range(run.iterations(4)):
                try:
                    recurse(choices.below(12), (i, -i))
                except Signal as signal:
                    tb, steps = signal.__traceback__, 0
                    while tb is not None:
                        assert tb.tb_lineno > 0
                        tb, steps = tb.tb_next, steps + 1
                    assert steps >= 1
        finally:
            stop.append(k)

    def look(k, choices):
        seen = []
        while len(stop) < run.threads:
            for frame in list(sys._current_frames().values()):
                steps = 0
                while frame is not None and steps < 40:
                    line = frame.f_lineno
                    assert line is None or line > 0
                    code = frame.f_code
                    if code is recurse.__code__:
                        pair = frame.f_locals.get("pair")   # absent once another thread has cleared the frame
                        assert pair is None or pair[0] == -pair[1], pair
                        seen.append(frame)
                    frame, steps = frame.f_back, steps + 1
            if len(seen) > 200:
                for frame in seen:
                    assert frame.f_code is recurse.__code__ and "recurse" in repr(frame)
                    try:
                        frame.clear()
                    except RuntimeError as error:
                        assert "executing" in str(error)
                seen.clear()

    run.hammer(run_deep, look)


main(delegation, looked_at, closed_by_many, coroutines, async_generators, frames_of_others)
