"""Weak references against the death of their referents: upgrades, callbacks, weak dictionaries, proxies."""

import gc
import threading
import weakref

from _hammer import main


class Thing:
    def __init__(self, n):
        self.n = n


def upgrade_or_none(run):
    """ref() gives the whole object or None, never one that is being torn down."""
    slots = [Thing(i) for i in range(16)]
    refs = [weakref.ref(t) for t in slots]

    def write(k, choices):
        for i in range(run.iterations(2)):
            j = choices.below(16)
            slots[j] = Thing(j)
            refs[j] = weakref.ref(slots[j])

    def read(k, choices):
        for _ in range(run.iterations()):
            j = choices.below(16)
            thing = refs[j]()
            assert thing is None or thing.n == j

    run.hammer(write, read)


def callbacks_come_once(run):
    lock = threading.Lock()
    calls = []

    def work(k, choices):
        n = run.iterations(8)
        for i in range(n):
            thing = Thing(i)

            def callback(ref, key=(k, i)):
                assert ref() is None
                with lock:
                    calls.append(key)
            held = [weakref.ref(thing, callback), weakref.ref(thing)]
            del thing
            assert held[0]() is None and held[1]() is None
        return n

    total = sum(run.hammer(work)[work])
    gc.collect()
    assert len(calls) == len(set(calls)) == total, (len(calls), len(set(calls)), total)


def same_plain_ref(run):
    """All threads that ask for a plain reference to one object get the same one."""
    for _ in range(20):
        shared = Thing(1)

        def work(k, choices):
            return weakref.ref(shared)

        refs = run.hammer(work)[work]
        assert all(r() is shared for r in refs) and weakref.getweakrefcount(shared) >= 1
        assert len(set(map(hash, refs))) == 1


def weak_dictionaries(run):
    values, keys, members = weakref.WeakValueDictionary(), weakref.WeakKeyDictionary(), weakref.WeakSet()
    lock = threading.Lock()

    def work(k, choices):
        held = []
        for i in range(run.iterations(20)):
            thing = Thing(i)
            with lock:
                values[k, i % 50] = thing
                keys[thing] = i
                members.add(thing)
            held.append(thing)
            if len(held) > 10:
                held.pop(choices.below(10))
            found = values.get((k, choices.below(50)))
            assert found is None or isinstance(found.n, int)
        return len(held)

    run.hammer(work)
    gc.collect()
    assert len(values) == len(keys) == len(members) == 0, (len(values), len(keys), len(members))


def refs_in_cycles(run):
    def work(k, choices):
        died = []
        for i in range(run.iterations(20)):
            thing = Thing(i)
            thing.me = thing
            thing.ref = weakref.ref(thing, died.append)
            outer = weakref.ref(thing)
            del thing
            if i % 200 == 0:
                gc.collect()
                assert outer() is None
        return True

    run.hammer(work)
    gc.collect()


def proxies(run):
    shared = [Thing(0)]

    def write(k, choices):
        for i in range(run.iterations(2)):
            shared[0] = Thing(i)

    def read(k, choices):
        for _ in range(run.iterations(2)):
            try:
                assert weakref.proxy(shared[0]).n >= 0
            except ReferenceError:
                pass

    run.hammer(write, read)


main(upgrade_or_none, callbacks_come_once, same_plain_ref, weak_dictionaries, refs_in_cycles, proxies)
