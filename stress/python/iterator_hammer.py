"""Many threads step the same iterators, each of which is all that keeps what it iterates over. Seeks items that were freed too early or never."""

import array
import collections
import operator
import weakref

from _hammer import main, settle


class Items(list):
    pass


class Keys(dict):
    pass


class Members(set):
    pass


class Sequence:
    """Iterated over by __getitem__ and __len__."""

    def __init__(self, items):
        self.items = items

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        return self.items[index]


def fresh_pairs():
    return [[i, -i] for i in range(12)]


def fresh_keys():
    return {f"key {i}".upper(): [i, -i] for i in range(12)}


MADE = (
    lambda: iter(Items(fresh_pairs())),
    lambda: reversed(Items(fresh_pairs())),
    lambda: iter(tuple(fresh_pairs())),
    lambda: iter(Sequence(fresh_pairs())),
    lambda: reversed(Sequence(fresh_pairs())),
    lambda: iter(Keys(fresh_keys()).values()),
    lambda: reversed(fresh_keys().values()),
    lambda: iter(Members((i, -i) for i in range(12))),
    lambda: iter(collections.deque(fresh_pairs())),
)
FLAT = (
    lambda: iter("a wide € text".upper()),
    lambda: iter(b"some bytes".upper()),
    lambda: iter(bytearray(b"some bytes")),
    lambda: iter(array.array("q", range(12))),
    lambda: iter(fresh_keys()),
    lambda: reversed(fresh_keys()),
)


def use(it, choices):
    what = choices.below(12)
    if what == 0:
        assert operator.length_hint(it) <= 13
    elif what == 1:
        it.__reduce__()
    elif what == 2 and hasattr(it, "__setstate__"):
        it.__setstate__(choices.below(12))
    elif what == 3:
        return list(it)
    else:
        item = next(it, None)
        return () if item is None else (item,)
    return ()


def shared_iterators(run):
    """Iterators in places that all threads step and, now and then, replace; dicts may say that they were changed, nothing else may happen."""
    places = [make() for make in MADE]
    flat = [make() for make in FLAT]

    def work(k, choices):
        seen = 0
        for _ in range(run.iterations(4)):
            i = choices.below(len(places))
            if choices.below(10) == 0:
                places[i] = MADE[i]()
            try:
                for a, b in use(places[i], choices):
                    assert a == -b, "an item was torn"
                    seen += 1
                j = choices.below(len(flat))
                if choices.below(10) == 0:
                    flat[j] = FLAT[j]()
                for item in use(flat[j], choices):
                    assert item.__class__ in (str, int)
            except RuntimeError as error:
                assert "during iteration" in str(error)
        return seen

    assert sum(run.hammer(work)[work])


def the_end_frees(run):
    """What was iterated over dies with the last item taken, while the iterator lives on."""
    places = [iter(Items())]
    born = []

    def work(k, choices):
        mine, died = [], []
        for i in range(run.iterations(40)):
            items = [Items, Keys, Members][i % 3](zip(range(8), range(8)))
            died.append(weakref.ref(items))
            mine.append(iter(items))
            del items
            places[0] = mine[-1]
            for it in (places[0], mine[-1], mine[choices.below(len(mine))]):
                try:
                    for item in it:
                        assert item.__class__ in (int, tuple)
                except RuntimeError as error:
                    assert "during iteration" in str(error)
            list(mine[-1])
        born.append((mine, died))

    run.hammer(work)
    alive = [ref for mine, died in born for ref in died]
    settle(lambda: not any(ref() is not None for ref in alive))
    left = sum(ref() is not None for ref in alive)
    assert left == 0, f"{left} of {len(alive)} that were iterated over to the end live on"


main(shared_iterators, the_end_frees)
