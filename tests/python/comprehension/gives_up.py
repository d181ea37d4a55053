# What a comprehension or a generator expression iterates over goes as soon as it has been exhausted, whoever else holds the iterator.
import threading


class Items(list):
    def __del__(self):
        print("gone:", list(self))


class Row(tuple):
    def __del__(self):
        print("gone:", tuple(self))


print([print("item", x) for x in Items([1, 2])])
print({x: print("key", x) for x in Items(["a", "b"])})
print(sorted({x * 2 for x in Items([3, 4])}))
print(sum(x for x in Items([5, 6])), sum(x for x in Row((7, 8))))
print([x + y for x in Items([1, 2]) for y in Row((x, 10))])

print("an iterator that somebody keeps")
kept = iter(Items([1, 2, 3]))
print([x for x in kept])
print("exhausted:", list(kept))
kept = iter(Items([1, 2, 3]))
holders = [kept, kept]
print(sum(x for x in kept), next(kept, "nothing"), len(holders))

print("a generator that is left in the midst")
generator = (x for x in Items([1, 2, 3]))
print(next(generator))
iterator = generator.gi_frame.f_locals[".0"]
print(next(iterator), list(generator), list(iterator))
del generator, iterator

print("stepped by one loop in the other")
shared = iter(Items(range(6)))
print([(x, [y for y in shared if y > x + 2]) for x in shared])
del shared


def elsewhere(work):
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


print("in other threads")
made = []
elsewhere(lambda: made.append(iter([1, 2, 3])))
elsewhere(lambda: print("first:", next(made[0])))
print([x for x in made[0]])
print(list(made.pop()))
generator = (x for x in [4, 5])    # plain: when others' iterators let go of their list is not promised
elsewhere(lambda: print("sum there:", sum(generator)))
elsewhere(lambda: print([x for x in Items([6])], sum(x for x in Row((7, 8)))))
