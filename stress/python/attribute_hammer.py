"""Many threads on the attributes of shared objects: stores, deletes, __dict__, slots, shape changes, dict mode."""

from _hammer import main, settle


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


class Token:
    """A value that says when it dies."""

    def __init__(self, number, dead):
        self.number = number
        self.dead = dead

    def __del__(self):
        self.dead.append(self.number)


def owner_and_others_store(run):
    """The thread that made an object stores to it as others begin to: each value that is replaced dies, and once."""
    n = run.iterations(4)
    boxes, members, dead = [], [], []
    for _ in range(run.threads):
        boxes.append(Plain())
        members.append(Slotted())
        boxes[-1].x = members[-1].b = None

    def work(k, choices):
        for i in range(n):
            what = choices.below(16)
            if what == 0:
                box, member = Plain(), Slotted()
                box.x = Token((k, i, 1), dead)
                box.x = None
                member.a = None
                member.b = Token((k, i, 2), dead)
                boxes[k], members[k] = box, member
            own = what < 12
            box = boxes[k] if own else choices.pick(boxes)
            member = members[k] if own else choices.pick(members)
            box.x = Token((k, i, 3), dead)
            seen = box.x
            assert seen is None or type(seen.number) is tuple
            member.b = Token((k, i, 4), dead)
            if what == 15:
                vars(box)["x"] = None

    run.hammer(work)
    boxes.clear()
    members.clear()
    settle(lambda: sum(number[2] > 2 for number in dead) == 2 * n * run.threads)
    assert len(set(dead)) == len(dead), "a value died twice"
    assert sum(number[2] > 2 for number in dead) == 2 * n * run.threads, "a value was lost"


def read_while_it_grows(run):
    """An object's owner gives it more and more attributes while others read and store those that it has."""
    boxes = [Plain() for _ in range(run.threads)]
    for box in boxes:
        box.a0 = (0, 0)

    def grow(k, choices):
        for _ in range(run.iterations(60)):
            box = Plain()
            box.a0 = (0, 0)
            boxes[k] = box
            for i in range(1, 60):
                setattr(box, f"a{i}", (i, i))

    def use(k, choices):
        for _ in range(run.iterations()):
            box = choices.pick(boxes)
            i = choices.below(60)
            value = getattr(box, f"a{i}", None)
            assert value is None or value == (i, i), value
            if value is not None and choices.below(8) == 0:
                setattr(box, f"a{i}", (i, i))

    run.hammer(grow, use)


main(stores_are_whole, slots, own_objects_shared_class, whole_dict_replaced, owner_and_others_store, read_while_it_grows)
