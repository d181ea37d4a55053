"""One object of the library used by many threads: a pattern, a cache, a logger, an executor, an encoder, a random generator, streams."""

import asyncio
import collections
import concurrent.futures
import functools
import io
import json
import logging
import os
import pickle
import random
import re
import tempfile

from _hammer import main


def shared_pattern(run):
    """Matching keeps its state in the match: every thread gets its own text's groups."""
    pattern = re.compile(r"(\w+)=(\d+)(?:;|$)")

    def work(k, choices):
        for i in range(run.iterations(20)):
            text = f"a{k}={i};b{i}={k}"
            assert pattern.findall(text) == [(f"a{k}", str(i)), (f"b{i}", str(k))]
            match = pattern.search(text, 1)
            assert match.groups() == (str(k), str(i)) or match.group(2) == str(i)
            assert pattern.sub(lambda m: m[2], text) == f"{i}{k}"
            if i % 100 == 0:
                re.purge()
                assert re.compile(rf"x{choices.below(50)}").pattern

    run.hammer(work)


def shared_cache(run):
    """A bounded lru_cache: right results, at most maxsize entries, and no call lost from its statistics."""
    @functools.lru_cache(maxsize=32)
    def square(n):
        return n * n

    def work(k, choices):
        n = run.iterations(5)
        for i in range(n):
            x = choices.below(60)
            assert square(x) == x * x
            if i % 1000 == 999:
                square.cache_info()
        return n

    calls = sum(run.hammer(work)[work])
    info = square.cache_info()
    assert info.hits + info.misses == calls and info.currsize <= 32, info


def unbounded_cache(run):
    @functools.cache
    def pair(a, b=0):
        return [a, b]

    def work(k, choices):
        return [pair(choices.below(100), b=choices.below(3)) for _ in range(run.iterations(5))]

    run.hammer(work)
    assert pair.cache_info().currsize <= 300


def shared_random(run):
    """Every draw is a whole one: inside its range, and the generator's state stays one that it can go on from."""
    generator = random.Random(7)

    def work(k, choices):
        for i in range(run.iterations(10)):
            assert 0 <= generator.random() < 1
            assert generator.randrange(10) < 10
            assert 0 <= generator.getrandbits(70) < 1 << 70
            if i % 200 == 0:
                other = random.Random()
                other.setstate(generator.getstate())
                other.random()

    run.hammer(work)
    state = generator.getstate()
    first = [generator.random() for _ in range(700)]
    generator.setstate(state)
    assert first == [generator.random() for _ in range(700)]


def shared_bytesio(run):
    """Writes are whole: each record stands in one piece."""
    stream = io.BytesIO()

    def work(k, choices):
        n = run.iterations(10)
        for i in range(n):
            stream.write(b"%d:%08d;" % (k % 10, i))
            if i % 100 == 0:
                len(stream.getvalue())
        return n

    counts = run.hammer(work)[work]
    records = stream.getvalue().split(b";")[:-1]
    assert len(records) == sum(counts) and all(len(record) == 10 for record in records)


def shared_file(run):
    """Lines written by many threads to one text file come out whole; a shared reader hands out each line once."""
    handle, path = tempfile.mkstemp()
    os.close(handle)
    try:
        with open(path, "w", encoding="utf-8") as stream:
            def write(k, choices):
                n = run.iterations(10)
                for i in range(n):
                    stream.write(f"thread {k} line {i} \u00e9\n")
                    if i % 300 == 0:
                        stream.flush()
                return n

            expected = sum(run.hammer(write)[write])
        with open(path, "rb") as stream:
            def read(k, choices):
                return [line for line in iter(stream.readline, b"")]

            lines = [line for part in run.hammer(read)[read] for line in part]
        assert len(lines) == expected and len(set(lines)) == expected, (len(lines), len(set(lines)), expected)
        assert all(line.startswith(b"thread ") and line.endswith(b"\xc3\xa9\n") for line in lines)
    finally:
        os.unlink(path)


def shared_json(run):
    encoder, decoder = json.JSONEncoder(sort_keys=True), json.JSONDecoder()
    shared = {"list": list(range(20)), "text": "\u00e9\"", "nested": {"a": [1.5, None, True]}}

    def work(k, choices):
        for i in range(run.iterations(30)):
            shared["list"][choices.below(20)] = i
            back = decoder.decode(encoder.encode(shared))
            assert back["nested"] == {"a": [1.5, None, True]} and len(back["list"]) == 20
            assert decoder.decode(encoder.encode({"k": k, "i": i})) == {"k": k, "i": i}

    run.hammer(work)


def shared_logger(run):
    """Every record reaches every handler once, as a whole line."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(threadName)s|%(levelname)s|%(message)s"))
    logger = logging.getLogger(f"hammer{run.round}")
    logger.propagate = False
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)

    def work(k, choices):
        n = run.iterations(100)
        for i in range(n):
            logger.info("thread %d record %d", k, i)
            logger.debug("not shown")
            if i % 50 == 0:
                logging.getLogger(f"hammer{run.round}.child{choices.below(20)}").warning("child")
        return n

    counts = run.hammer(work)[work]
    lines = [line for line in stream.getvalue().splitlines() if not line.endswith("|child")]
    assert len(lines) == len(set(lines)) == sum(counts)
    logger.removeHandler(handler)


def shared_executor(run):
    with concurrent.futures.ThreadPoolExecutor(run.threads) as executor:
        def work(k, choices):
            futures = [executor.submit(divmod, i, 1 + choices.below(7)) for i in range(run.iterations(200))]
            done = collections.Counter(future.result()[0] >= 0 for future in concurrent.futures.as_completed(futures))
            assert done[True] == len(futures)
            assert sum(executor.map(abs, range(-10, 0))) == 55
            cancelled = executor.submit(int)
            assert cancelled.cancel() or cancelled.result() == 0

        run.hammer(work)


class Pickled:
    """Its pickling runs Python code in the middle of a dump."""
    def __init__(self, n):
        self.n = n

    def __reduce__(self):
        return Pickled, (self.n,)


def shared_pickler(run):
    """Each dump is whole, and each load: the pickles come one after another, and none is read twice."""
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, 4)

    def write(k, choices):
        for i in range(run.iterations(20)):
            pickler.dump([(k, i), Pickled(i), {"k": [k] * choices.below(5)}])
            if i % 100 == 0:
                pickler.memo.copy()
        return run.iterations(20)

    written = sum(run.hammer(write)[write])
    stream.seek(0)
    unpickler = pickle.Unpickler(stream)

    def read(k, choices):
        seen = []
        while True:
            try:
                key, pickled, rest = unpickler.load()
            except EOFError:
                return seen
            assert pickled.n == key[1] and set(rest["k"]) <= {key[0]}
            seen.append(key)
            if len(seen) % 100 == 0:
                unpickler.memo.copy()

    seen = [key for part in run.hammer(read)[read] for key in part]
    assert len(seen) == len(set(seen)) == written, "a pickle was lost or read twice"


def instances_are_pickled_while_they_change(run):
    class Shared:
        pass
    Shared.__qualname__ = "Shared"
    globals()["Shared"] = Shared
    shared = Shared()
    shared.a, shared.b = 1, 1

    def change(k, choices):
        for i in range(run.iterations(20)):
            shared.a = i
            setattr(shared, f"x{choices.below(6)}", [i])
            if choices.below(50) == 0:
                shared.__dict__.pop(f"x{choices.below(6)}", None)

    def save(k, choices):
        for _ in range(run.iterations(20)):
            try:
                copy = pickle.loads(pickle.dumps(shared))
            except RuntimeError:   # its __dict__ changed size
                continue
            assert copy.b == 1 and isinstance(copy.a, int) and type(copy) is Shared

    run.hammer(change, save)


class Loop:
    """As much of an event loop as a future asks for."""
    def __init__(self):
        self.called = []

    def get_debug(self):
        return False

    def call_soon(self, callback, *args, context=None):
        self.called.append(callback)


def shared_future(run):
    """One of many threads sets the outcome, and each callback is called once."""
    for _ in range(run.iterations(200)):
        loop = Loop()
        future = asyncio.Future(loop=loop)

        def work(k, choices):
            won, added = 0, []
            for i in range(40):
                callback = functools.partial(print, k, i)
                future.add_done_callback(callback)
                if choices.below(4) == 0:
                    if not future.remove_done_callback(callback):
                        added.append(callback)
                else:
                    added.append(callback)
                what = choices.below(30)
                try:
                    if what == 0:
                        future.set_result(k)
                        won += 1
                    elif what == 1:
                        future.set_exception(ValueError(k))
                        won += 1
                    elif what == 2:
                        won += future.cancel(k)
                    elif what < 6:
                        future.exception()
                    else:
                        future.done(), future._callbacks, future._state, future._asyncio_future_blocking
                except (asyncio.InvalidStateError, asyncio.CancelledError):
                    pass
            return won, added

        results = run.hammer(work)[work]
        assert sum(won for won, _ in results) == future.done(), "two outcomes, or none"
        if not future.cancel():
            future.cancelled() or future.exception()
        expected = sorted(id(callback) for _, added in results for callback in added)
        assert sorted(map(id, loop.called)) == expected, "a callback was lost, or called twice"


def loops_in_threads(run):
    """Every thread has a running loop and a current task of its own."""
    async def part(k, i):
        await asyncio.sleep(0)
        assert asyncio.current_task().get_name() == f"{k}-{i}"
        return i

    async def whole(k):
        loop = asyncio.get_running_loop()
        tasks = [asyncio.create_task(part(k, i), name=f"{k}-{i}") for i in range(20)]
        assert set(tasks) < asyncio.all_tasks()
        assert await asyncio.gather(*tasks) == list(range(20)) and asyncio.get_running_loop() is loop

    def work(k, choices):
        for _ in range(run.iterations(200)):
            asyncio.run(whole(k))

    run.hammer(work)


if __name__ == "__main__":
    main(shared_pattern, shared_cache, unbounded_cache, shared_random, shared_bytesio, shared_file, shared_json, shared_logger, shared_executor,
         shared_pickler, instances_are_pickled_while_they_change, shared_future, loops_in_threads)
