# gc.get_referents tells of small ints too.
import gc

for args in (([1, 3, 5],), ((1, 3, 5),), ({1: 3, 5: 7},), ([1, 2], {3: 4}, (0, 0, 0)), (1, 4j), ([True, None, 2**70, 7],), ({2, 3},), ([],)):
    print(sorted(map(str, gc.get_referents(*args))) if not isinstance(args[0], set) else "")
x = [1]
print([y is x for y in gc.get_referents([x, 5]) if isinstance(y, list)])
