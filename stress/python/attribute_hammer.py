"""Many threads on the attributes of shared objects: stores, deletes, __dict__, slots, shape changes, dict mode."""

from _hammer import main


class Plain:
    pass


class Slotted:
    __slots__ = ("a", "b", "c")


def stores_are_whole(run):
    """Readers see only values that were stored, whichever way the object is laid out at the moment."""
    objects = [Plain() for _ in range(8)]
    for o in objects:
        o.fixed = ("fixed", "fixed")

    def write(k, choices):
        for i in range(run.iterations()):
            o = choices.pick(objects)
            name = f"a{choices.below(12)}"
            what = choices.below(10)
            if what < 6:
                setattr(o, name, (name, name))
            elif what < 8:
                try:
                    delattr(o, name)
                except AttributeError:
                    pass
            elif what == 8:
                o.__dict__[name] = (name, name)
            else:
                o.__dict__.pop(name, None)

    def read(k, choices):
        for _ in range(run.iterations()):
            o = choices.pick(objects)
            name = f"a{choices.below(12)}"
            value = getattr(o, name, None)
            assert value is None or value == (name, name), (name, value)
            assert o.fixed == ("fixed", "fixed")

    run.hammer(write, read)
    for o in objects:
        assert all(key == "fixed" or value == (key, key) for key, value in vars(o).items())


def slots(run):
    shared = Slotted()
    shared.a, shared.b, shared.c = [0], [0], [0]

    def work(k, choices):
        for i in range(run.iterations()):
            name = "abc"[choices.below(3)]
            if choices.below(4) == 0:
                try:
                    delattr(shared, name)
                except AttributeError:
                    pass
            setattr(shared, name, [i])
            try:
                value = shared.a
                assert type(value) is list and len(value) == 1
            except AttributeError:
                pass

    run.hammer(work)


def own_objects_shared_class(run):
    """Objects of one thread: their attributes never change under it, whatever others do with the class's other objects."""
    def work(k, choices):
        for i in range(run.iterations(20)):
            o = Plain()
            for j in range(choices.below(20)):
                setattr(o, f"x{j * (k + 1) % 7}_{j}", j)
            assert sum(vars(o).values()) == sum(range(len(vars(o))))
            o.z = i
            del o.z
            assert not hasattr(o, "z")
            o.__dict__ = {"only": i}
            assert o.only == i and vars(o) == {"only": i}

    run.hammer(work)


def whole_dict_replaced(run):
    shared = Plain()
    shared.pair = (0, 0)

    def write(k, choices):
        for i in range(run.iterations(2)):
            shared.__dict__ = {"pair": (i, i), "extra": k}
            shared.more = i

    def read(k, choices):
        for _ in range(run.iterations()):
            a, b = shared.pair
            assert a == b

    run.hammer(write, read)


main(stores_are_whole, slots, own_objects_shared_class, whole_dict_replaced)
