"""The cycle collector against running threads: cycles made everywhere, collections at odd moments, finalisers, resurrection."""

import gc
import threading

from _hammer import main


class Counted:
    """Counts the objects that were made and finalised."""

    lock = threading.Lock()
    made = finalised = 0

    def __init__(self):
        with Counted.lock:
            Counted.made += 1

    def __del__(self):
        with Counted.lock:
            Counted.finalised += 1


def reset():
    gc.collect()
    Counted.made = Counted.finalised = 0


def every_cycle_dies_once(run):
    reset()

    def work(k, choices):
        for i in range(run.iterations(10)):
            chain = [Counted() for _ in range(choices.below(4) + 1)]
            for a, b in zip(chain, chain[1:] + chain[:1]):
                a.next = b
            if i % 500 == 0:
                gc.collect(choices.below(3))

    run.hammer(work)
    for _ in range(3):
        gc.collect()
    assert Counted.made == Counted.finalised, (Counted.made, Counted.finalised)


def reachable_survives(run):
    """What a thread still holds is never collected, while all threads mutate a common graph."""
    roots = [[] for _ in range(16)]

    def work(k, choices):
        mine = []
        for i in range(run.iterations(10)):
            node = {"owner": k, "number": i, "self": None}
            node["self"] = node
            mine.append(node)
            root = choices.pick(roots)
            root.append(node)
            if len(root) > 20:
                del root[:10]
            if len(mine) > 50:
                mine = mine[25:]
            if i % 997 == 0:
                gc.collect()
            for held in mine[-5:]:
                assert held["owner"] == k and held["self"] is held
        return [node["number"] for node in mine]

    run.hammer(work)


def resurrection(run):
    saved = []

    class Phoenix:
        def __init__(self):
            self.me = self

        def __del__(self):
            saved.append(self)

    def work(k, choices):
        for i in range(run.iterations(50)):
            Phoenix()
            if i % 100 == 0:
                gc.collect()
            if len(saved) > 50:
                del saved[:]

    run.hammer(work)
    assert all(p.me is p for p in saved)
    for p in saved:
        p.me = None
    saved.clear()
    gc.collect()


def collect_from_del(run):
    """A collection that a finaliser asks for, possibly inside another collection."""
    class Collects:
        def __init__(self):
            self.me = self

        def __del__(self):
            gc.collect(0)

    def work(k, choices):
        for i in range(run.iterations(400)):
            Collects()
            cycle = []
            cycle.append(cycle)

    run.hammer(work)
    gc.collect()


def introspection(run):
    """get_objects, get_referents and get_referrers while others allocate and free."""
    target = ["target"]
    holders = [[target] for _ in range(5)]

    def churn(k, choices):
        for i in range(run.iterations(4)):
            [i, {i: [k]}, (i,)]

    def look(k, choices):
        for _ in range(max(2, run.iterations(2000))):
            assert target in gc.get_referents(holders[0])
            found = gc.get_referrers(target)
            assert sum(any(f is h for h in holders) for f in found) == 5
            assert len(gc.get_objects()) > 10

    run.hammer(churn, look)


def thresholds_change(run):
    old = gc.get_threshold()

    def work(k, choices):
        for i in range(run.iterations(20)):
            if i % 50 == 0:
                gc.set_threshold(choices.below(500) + 10, choices.below(10) + 1, choices.below(10) + 1)
                gc.disable()
                gc.enable()
                gc.freeze()
                gc.unfreeze()
            cycle = {}
            cycle["me"] = [cycle]

    try:
        run.hammer(work)
    finally:
        gc.set_threshold(*old)
        gc.enable()


main(every_cycle_dies_once, reachable_survives, resurrection, collect_from_del, introspection, thresholds_change)
