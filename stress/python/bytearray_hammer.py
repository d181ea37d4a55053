"""Many threads on one bytearray: appends, deletions, slices, and readers without locks. Seeks lost bytes, and bytes that were never there."""

from _hammer import main

GOOD = b"abcdefgh"    # the only bytes that writers ever store


def appends_are_not_lost(run):
    shared = bytearray()

    def work(k, choices):
        for _ in range(run.iterations()):
            shared.append(k)

    run.hammer(work)
    assert len(shared) == run.threads * run.iterations()
    for k in range(run.threads):
        assert shared.count(k) == run.iterations(), "an append was lost"


def pops_are_unique(run):
    each = run.iterations()
    shared = bytearray(range(run.threads)) * each

    def work(k, choices):
        counts = [0] * run.threads
        try:
            while True:
                counts[shared.pop(choices.below(2) - 1)] += 1
        except IndexError:
            return counts

    for counts in zip(*run.hammer(work)[work]):
        assert sum(counts) == each, "a byte was popped twice or never"


def readers_see_bytes_that_were_there(run):
    """Blocks grow, shrink and are given back below readers who hold no lock."""
    shared = bytearray(GOOD)

    def write(k, choices):
        for _ in range(run.iterations(8)):
            what = choices.below(9)
            if what < 3:
                shared.append(choices.pick(GOOD))
            elif what == 3:
                shared[choices.below(8)] = choices.pick(GOOD)
            elif what == 4:
                shared.extend(GOOD * choices.below(50))
            elif what == 5:
                shared[2:5] = GOOD[:choices.below(8)] + b"aaa"
            elif what == 6:
                shared.insert(choices.below(8), choices.pick(GOOD))
            elif what == 7 and len(shared) > 500:
                del shared[8::choices.pick((1, 3))]
            else:
                shared.reverse()

    def read(k, choices):
        good = set(GOOD)
        for _ in range(run.iterations(50)):
            try:
                assert shared[choices.below(300)] in good, "a byte that nobody stored"
            except IndexError:
                pass
            assert shared[-1] in good
            for byte in shared:
                assert byte in good, "the iterator gave a byte that nobody stored"
            assert good.issuperset(shared[:50]) and good.issuperset(bytes(shared))

    run.hammer(write, read)
    assert set(GOOD).issuperset(shared)


def numbers_are_read_whole(run):
    """int(), float() and ord() of a bytearray that changes its length meanwhile."""
    shared, single = bytearray(b"1"), bytearray(b"b")

    def write(k, choices):
        for i in range(run.iterations(2)):
            shared[:] = b"1" * (1 + choices.below(40))
            single[:] = b"ab"[i & 1:]

    def read(k, choices):
        for _ in range(run.iterations(4)):
            assert set(str(int(shared))) == {"1"}
            assert 1 <= float(shared) < 1.2e39
            try:
                assert ord(single) == ord("b")
            except TypeError:
                pass

    run.hammer(write, read)


def views_hold_it_still(run):
    """While somebody has a view, nobody changes the length."""
    shared = bytearray(GOOD)

    def resize(k, choices):
        refused = 0
        for _ in range(run.iterations(2)):
            try:
                shared.extend(GOOD)
                del shared[8:]
            except BufferError:
                refused += 1
        return refused

    def view(k, choices):
        for _ in range(run.iterations(4)):
            with memoryview(shared) as held:
                assert len(held) == len(shared) and held[-1] == ord("h")

    run.hammer(resize, view)
    assert shared == GOOD * (len(shared) // 8)


if __name__ == "__main__":
    main(appends_are_not_lost, pops_are_unique, readers_see_bytes_that_were_there, numbers_are_read_whole, views_hold_it_still)
