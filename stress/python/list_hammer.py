"""Many threads on one list: appends, pops, slices, sorts and readers. Seeks lost items, torn reads and freed item arrays."""

from _hammer import main


def appends_are_not_lost(run):
    shared = []

    def work(k, choices):
        for i in range(run.iterations()):
            shared.append((k, i))

    run.hammer(work)
    n = run.iterations()
    assert len(shared) == run.threads * n
    for k in range(run.threads):
        assert [i for owner, i in shared if owner == k] == list(range(n)), "an append was lost or reordered"


def pops_are_unique(run):
    n = run.iterations() * run.threads
    shared = [[i] for i in range(n)]

    def work(k, choices):
        mine = []
        try:
            while True:
                mine.append(shared.pop()[0])
        except IndexError:
            return mine

    taken = [item for part in run.hammer(work)[work] for item in part]
    assert sorted(taken) == list(range(n)), "an item was popped twice or never"


def readers_see_whole_items(run):
    """A reader of a list while other threads grow it, replace its items and shrink it again."""
    shared = [[0, 0] for _ in range(50)]

    def write(k, choices):
        for i in range(run.iterations(2)):
            what = choices.below(8)
            if what < 4:
                shared.append([i, -i])
            elif what == 4:
                shared[choices.below(40)] = [i, -i]
            elif what == 5:
                shared.insert(choices.below(50), [i, -i])
            elif what == 6 and len(shared) > 3000:
                del shared[100:]
            else:
                shared[10:12] = [[k, -k], [i, -i], [7, -7]]

    def read(k, choices):
        seen = 0
        for _ in range(run.iterations(4)):
            try:
                a, b = shared[choices.below(60)]
            except IndexError:
                continue
            assert a == -b, "an item was torn"
            for a, b in shared[:20]:
                assert a == -b, "a slice held a torn item"
            a, b = shared[-1]
            seen += a == -b
        return seen

    run.hammer(write, read)
    assert all(a == -b for a, b in shared)


def the_end_is_there(run):
    """A list that always has ten items or more has a last one, and a last ten, at every moment, whatever its length does."""
    shared = [[i, -i] for i in range(50)]

    def write(k, choices):
        for i in range(run.iterations(2)):
            what = choices.below(4)
            if what == 0 and len(shared) > 100:
                del shared[20:]
            elif what == 1:
                shared[-10:] = [[j, -j] for j in range(10)]
            elif what == 2:
                shared[-1] = [i, -i]
            else:
                shared.extend([[i, -i], [k, -k]])

    def read(k, choices):
        for _ in range(run.iterations(4)):
            for a, b in (shared[-1], shared[-10], shared[9]):
                assert a == -b
            assert len(shared[-10:]) == 10 and len(shared[:-5]) >= 5 and len(shared[-1:-11:-1]) == 10
            assert len(shared[-4:-2]) == 2 and len(shared[::3]) >= 4

    run.hammer(write, read)


def iteration_ends(run):
    """Iterating while others append and clear neither crashes nor yields what was never in the list."""
    shared = list(range(100))

    def write(k, choices):
        for i in range(run.iterations(3)):
            if choices.below(50) == 0:
                shared.clear()
                shared.extend(range(100))
            else:
                shared.append(choices.below(100))

    def read(k, choices):
        for _ in range(run.iterations(200)):
            for value in shared:
                assert 0 <= value < 100
            assert all(0 <= value < 100 for value in list(shared))
            copy = shared + shared[::2]
            copy.sort()
            assert not copy or 0 <= copy[0] <= copy[-1] < 100
            5 in shared
            shared.count(7)

    run.hammer(write, read)


def sort_refuses_or_sorts(run):
    """sort() of a list that others touch raises ValueError or leaves only items that were put in."""
    shared = [i * 7919 % 1009 for i in range(200)]

    def work(k, choices):
        for i in range(run.iterations(400)):
            try:
                shared.sort(key=lambda value: -value)
            except ValueError:
                pass
            shared.append(choices.below(1009))
            shared.reverse()
            try:
                shared.remove(choices.below(1009))
            except ValueError:
                pass

    run.hammer(work)
    assert all(0 <= value < 1009 for value in shared)


main(appends_are_not_lost, pops_are_unique, readers_see_whole_items, the_end_is_there, iteration_ends, sort_refuses_or_sorts)
