# Iterators at their end let go of what they ran over; a class that loses __next__ in a loop; list comparison while __eq__ shortens lists.
import gc
import pickle


class BadIterator:
    def __iter__(self):
        return self

    def __next__(self):
        if hasattr(BadIterator, "__next__"):
            del BadIterator.__next__
        return 1


def loop(how):
    def __next__(self):
        del BadIterator.__next__
        return 1
    BadIterator.__next__ = __next__
    try:
        print(how(BadIterator()))
    except TypeError as error:
        print(error)


loop(lambda it: [i for i in it])
loop(list)
loop(sum)
loop(lambda it: (next(it), next(it)))
loop(lambda it: 5 in it)
loop(lambda it: iter(it))


def freed_at_the_end(make, cls, *args):
    class A(cls):
        def __del__(self):
            nonlocal done
            done = True
            try:
                next(it)
            except StopIteration:
                pass

    done = False
    it = make(A(*args))
    try:
        next(it)
    except StopIteration:
        pass
    gc.collect()
    return done, it.__length_hint__() if hasattr(it, "__length_hint__") else None, [type(x).__name__ for x in it.__reduce__()] if hasattr(it, "__reduce__") else 0


class Indexed:
    def __getitem__(self, i):
        raise IndexError


print([freed_at_the_end(iter, c) for c in (list, tuple, str, bytes, bytearray, dict, set, frozenset)])
print(freed_at_the_end(reversed, list)[0], freed_at_the_end(lambda d: iter(d.items()), dict)[0], freed_at_the_end(iter, Indexed)[0])

for make in (reversed, iter):
    it = make([4, 5, 6])
    for _ in range(4):
        copy = pickle.loads(pickle.dumps(it))
        print(type(copy).__name__, list(copy), it.__reduce__()[1:])
        next(it, None)


class X:
    def __eq__(self, other):
        second.clear()
        return NotImplemented


class Y:
    def __eq__(self, other):
        first.clear()
        return NotImplemented


class Z:
    def __eq__(self, other):
        third.clear()
        return NotImplemented


first, second = [X()], [Y()]
print(first == second)
third, fourth = [Z()], [1]
print(third == fourth, third != fourth, third < fourth)
