"""Many threads on one dict: inserts, deletes, lookups during growth, views, setdefault races. Seeks lost and phantom entries."""

from _hammer import main


def inserts_are_not_lost(run):
    shared = {}

    def work(k, choices):
        for i in range(run.iterations()):
            shared[k, i] = [k, i]

    run.hammer(work)
    n = run.iterations()
    assert len(shared) == run.threads * n
    assert all(shared[k, i] == [k, i] for k in range(run.threads) for i in range(n))


def setdefault_chooses_one(run):
    shared = {}

    def work(k, choices):
        got = []
        for i in range(run.iterations(2)):
            got.append(shared.setdefault(i, [k]))
        return got

    results = run.hammer(work)[work]
    for values in zip(*results):
        assert all(value is values[0] for value in values), "setdefault gave threads different objects"


def readers_find_what_stays(run):
    """Keys that nobody deletes are found by every lookup, while others make the table grow, shrink and start anew."""
    stable = {f"stable{i}": [i] for i in range(64)}
    shared = dict(stable)

    def write(k, choices):
        for i in range(run.iterations(2)):
            key = (k, choices.below(500))
            if choices.below(3):
                shared[key] = [i]
            else:
                shared.pop(key, None)
            if i % 512 == 0:
                for j in range(200):
                    shared.pop((k, j), None)

    def read(k, choices):
        for _ in range(run.iterations(2)):
            i = choices.below(64)
            value = shared[f"stable{i}"]
            assert value == [i] and value is stable[f"stable{i}"], "a lookup returned another entry's value"
            assert shared.get((99, i)) is None
            assert f"stable{i}" in shared

    run.hammer(write, read)
    assert all(shared[key] is value for key, value in stable.items())


def popitem_is_unique(run):
    n = run.iterations() * run.threads
    shared = {i: str(i) for i in range(n)}

    def work(k, choices):
        mine = []
        try:
            while True:
                mine.append(shared.popitem())
        except KeyError:
            return mine

    taken = sorted(item for part in run.hammer(work)[work] for item in part)
    assert taken == [(i, str(i)) for i in range(n)]


def iteration_raises_or_ends(run):
    shared = {i: i for i in range(100)}

    def write(k, choices):
        for _ in range(run.iterations(2)):
            i = choices.below(200)
            if choices.below(2):
                shared[i] = i
            else:
                shared.pop(i, None)

    def read(k, choices):
        finished = 0
        for _ in range(run.iterations(100)):
            try:
                for key, value in shared.items():
                    assert key == value
                finished += 1
            except RuntimeError as error:
                assert "changed" in str(error), error
            copy = dict(shared)
            assert all(key == value for key, value in copy.items())
            assert all(key == value for key, value in zip(list(copy), copy.values()))
            {**shared}
            len(shared)
        return finished

    run.hammer(write, read)


class Colliding:
    """A key whose comparison runs Python code in the middle of a lookup."""

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        return self.n % 3

    def __eq__(self, other):
        return isinstance(other, Colliding) and self.n == other.n


def python_keys(run):
    shared = {}

    def work(k, choices):
        for i in range(run.iterations(60)):
            n = choices.below(40)
            shared[Colliding(n)] = n
            found = shared.get(Colliding(choices.below(40)))
            assert found is None or 0 <= found < 40
            if i % 5 == 0:
                shared.pop(Colliding(choices.below(40)), None)

    run.hammer(work)
    assert all(key.n == value for key, value in shared.items()) and len(shared) <= 40


main(inserts_are_not_lost, setdefault_chooses_one, readers_find_what_stays, popitem_is_unique, iteration_raises_or_ends,
     python_keys)
