"""Immutable values made and dropped by many threads: ints, floats, strings, tuples, bytes, interning, iterators, io objects."""

import io
import itertools
import queue
import sys

from _hammer import main


def shared_values(run):
    """One tuple of all kinds of values, read, copied and compared by everyone; its counts must come out even."""
    shared = (10**30, 2.5e300, "text" * 10, b"bytes" * 5, ("nested", [1]), frozenset(range(5)), range(10), None, int, len)
    expected = repr(shared)

    def work(k, choices):
        held = []
        for i in range(run.iterations(2)):
            held.append(shared[choices.below(len(shared))])
            if len(held) > 20:
                held.clear()
            a, b, c, *rest = shared
            assert a == 10**30 and c[:4] == "text"
            (*shared, i)
            if i % 500 == 0:
                assert repr(shared) == expected and shared == tuple(list(shared))

    run.hammer(work)
    assert repr(shared) == expected


def interning(run):
    def work(k, choices):
        kept = []
        for i in range(run.iterations(2)):
            kept.append(sys.intern(f"name_{i % 300}"))
            if len(kept) > 100:
                kept.clear()
        return [sys.intern(f"final_{i}") for i in range(50)]

    results = run.hammer(work)[work]
    for names in zip(*results):
        assert all(name is names[0] for name in names), "one name was interned twice"


def big_numbers(run):
    def work(k, choices):
        x = 3 + k
        for i in range(run.iterations(20)):
            x = (x * x + i) % (2**200 - 3)
            assert int(str(x)) == x and (x << 70) >> 70 == x
        return x

    alone = [work(k, None) for k in range(run.threads)]
    assert run.hammer(work)[work] == alone


def shared_iterators(run):
    """Iterators over shared containers and itertools objects: each item at most once, no crash."""
    n = run.iterations()
    for make in (lambda: iter(range(n)), lambda: iter(list(range(n))), lambda: itertools.chain(range(n)), lambda: enumerate(range(n)),
                 lambda: itertools.count(), lambda: map(abs, range(n)), lambda: zip(range(n), range(n)), lambda: iter(tuple(range(n))),
                 lambda: reversed(range(n)), lambda: iter("x" * n), lambda: itertools.islice(range(n), n)):
        shared = make()

        def work(k, choices):
            taken = 0
            for _ in range(n // run.threads):
                if next(shared, None) is None:
                    break
                taken += 1
            return taken

        run.hammer(work)


def string_io(run):
    text, raw = io.StringIO(), io.BytesIO()

    def work(k, choices):
        for i in range(run.iterations(4)):
            text.write("line\n")
            raw.write(b"12345")

    run.hammer(work)
    n = run.threads * run.iterations(4)
    assert len(raw.getvalue()) == 5 * n and set(raw.getvalue()) == set(b"12345")
    assert text.getvalue().count("line\n") == n


def queues(run):
    n = run.iterations(20)
    for kind in (queue.Queue, queue.LifoQueue, queue.SimpleQueue):
        shared = kind()

        def put(k, choices):
            for i in range(n):
                shared.put((k, i))

        def get(k, choices):
            return [shared.get(timeout=60) for _ in range(n)]

        results = run.hammer(put, get)[get]
        assert len({item for part in results for item in part}) == run.threads * n
        assert shared.empty()


main(shared_values, interning, big_numbers, shared_iterators, string_io, queues)
