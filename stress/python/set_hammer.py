"""Many threads on one set: adds, discards, membership, set algebra. Seeks lost and invented members."""

from _hammer import main


def adds_are_not_lost(run):
    shared = set()

    def work(k, choices):
        for i in range(run.iterations()):
            shared.add((i, k))

    run.hammer(work)
    assert shared == {(i, k) for i in range(run.iterations()) for k in range(run.threads)}


def pops_are_unique(run):
    n = run.iterations() * run.threads
    shared = set(range(n))

    def work(k, choices):
        mine = []
        try:
            while True:
                mine.append(shared.pop())
        except KeyError:
            return mine

    assert sorted(x for part in run.hammer(work)[work] for x in part) == list(range(n))


def members_stay(run):
    stable = {("stable", i) for i in range(64)}
    shared = set(stable)

    def write(k, choices):
        for i in range(run.iterations(2)):
            member = (k, choices.below(300))
            if choices.below(2):
                shared.add(member)
            else:
                shared.discard(member)
            if i % 256 == 0:
                shared.difference_update([(k, j) for j in range(300)])
                shared.update([(k, j) for j in range(20)])

    def read(k, choices):
        for i in range(run.iterations(2)):
            assert ("stable", choices.below(64)) in shared
            assert ("never", i) not in shared
            if i % 64 == 0:
                assert stable <= shared | stable
                assert stable & shared == stable
                assert not stable - shared
                assert len(shared.copy()) >= 64

    run.hammer(write, read)
    assert stable <= shared


def iteration_raises_or_ends(run):
    shared = set(range(50))

    def write(k, choices):
        for _ in range(run.iterations(2)):
            shared.add(choices.below(500))
            shared.discard(choices.below(500))

    def read(k, choices):
        for _ in range(run.iterations(60)):
            try:
                for member in shared:
                    assert 0 <= member < 500
            except RuntimeError as error:
                assert "changed size" in str(error), error
            assert all(0 <= member < 500 for member in frozenset(shared))

    run.hammer(write, read)


main(adds_are_not_lost, pops_are_unique, members_stay, iteration_raises_or_ends)
