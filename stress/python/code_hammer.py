"""Functions, code objects, globals and generators shared between threads: code swapped while it runs, names that come and go."""

import types

from _hammer import main


def code_replaced_while_running(run):
    def one(n):
        total = 0
        for i in range(n):
            total += i
        return ("one", total)

    def two(n):
        return ("two", sum(range(n)))

    def shared(n):
        return ("start", sum(range(n)))

    def write(k, choices):
        for _ in range(run.iterations(8)):
            shared.__code__ = choices.pick((one, two)).__code__

    def read(k, choices):
        for _ in range(run.iterations(8)):
            name, total = shared(50)
            assert total == 1225 and name in ("start", "one", "two")

    run.hammer(write, read)


def globals_come_and_go(run):
    module = types.ModuleType("shared_module")
    exec("""
def helper(x):
    return x + 1

def call(x):
    try:
        return helper(x)
    except NameError:
        return None

def length(x):
    return len(x)
""", module.__dict__)

    def write(k, choices):
        for i in range(run.iterations(4)):
            helper = module.__dict__.pop("helper", None)
            if helper is not None:
                assert helper(1) == 2
            module.helper = lambda x: x + 1
            if i % 8 == 0:
                module.len = lambda x: "shadowed"
                module.__dict__.pop("len", None)
            setattr(module, f"name{i % 100}", i)

    def read(k, choices):
        for i in range(run.iterations()):
            assert module.call(i) in (None, i + 1)
            assert module.length("abc") in (3, "shadowed")

    run.hammer(write, read)


def generators_refuse_to_be_shared(run):
    """A generator that another thread is running raises ValueError; each value comes out once."""
    n = run.iterations() * run.threads

    def numbers():
        for i in range(n):
            yield i

    shared = numbers()

    def work(k, choices):
        mine = []
        while True:
            try:
                mine.append(next(shared))
            except ValueError as error:
                assert "already executing" in str(error), error
            except StopIteration:
                return mine

    taken = sorted(x for part in run.hammer(work)[work] for x in part)
    assert taken == list(range(n)), "a value of a generator was lost or given twice"


def generators_travel(run):
    """Generators are started by one thread, continued by another and closed by a third."""
    pool = []

    def make(i):
        closed = []
        try:
            yield i
            yield i + 1
            yield i + 2
        finally:
            closed.append(i)

    def work(k, choices):
        for i in range(run.iterations(4)):
            what = choices.below(4)
            try:
                if what == 0 or not pool:
                    g = make(i)
                    assert next(g) == i
                    pool.append(g)
                elif what == 1:
                    next(pool[choices.below(len(pool) or 1)], None)
                elif what == 2:
                    pool[choices.below(len(pool) or 1)].close()
                else:
                    pool.pop()
            except (IndexError, ValueError):
                pass

    run.hammer(work)


def closures_share_cells(run):
    def make():
        pair = (0, 0)

        def put(i):
            nonlocal pair
            pair = (i, -i)

        def get():
            return pair
        return put, get

    put, get = make()

    def work(k, choices):
        for i in range(run.iterations()):
            put(i)
            a, b = get()
            assert a == -b

    run.hammer(work)


def exceptions_cross_threads(run):
    """One exception object is raised by many threads at once; its traceback stays a chain that ends."""
    shared = ValueError("shared")

    def work(k, choices):
        for _ in range(run.iterations(8)):
            try:
                raise shared
            except ValueError as error:
                assert error is shared
                tb, steps = error.__traceback__, 0
                while tb is not None and steps < 100_000:
                    tb, steps = tb.tb_next, steps + 1
                if steps > 50:
                    error.__traceback__ = None

    run.hammer(work)


main(code_replaced_while_running, globals_come_and_go, generators_refuse_to_be_shared, generators_travel,
     closures_share_cells, exceptions_cross_threads)
