"""Lists: building, slicing, changing, sorting, and the errors they raise."""

a = [3, 1, 2]
a.append(5)
a.extend([9, 7])
a.insert(1, 100)
print(a, len(a), a[1], a[-1])
a.remove(100)
print(a.pop(), a.pop(0), a)
a.sort()
print(a, a.index(5), a.count(2))
a.reverse()
print(a, list(reversed(a)))
b = list(range(10))
print(b[2:8:2], b[::-3], b[-3:], b[20:])
b[2:5] = ["x"]
print(b)
b[::2] = [0] * len(b[::2])
print(b)
del b[1]
del b[2:4]
print(b)
b[1:1] = [11, 12]
print(b, 11 in b, 99 in b)
c = b[:]
c.append(1)
print(b == c, b < c, b is c, [1, 2] < [1, 3], [1] * 3)
b += "ab"
b *= 2
print(b)
m = [[0] * 3 for _ in range(2)]
m[0][1] = 5
print(m)
print(sorted(["pear", "fig", "apple"], key=len), sorted([3, 1, 2], reverse=True))
print(sum([1, 2, 3]), max([4, 9, 2]), min([4, 9, 2]), any([0, 1]), all([1, 0]), all([]))
for bad in (lambda: [1][5], lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(3), lambda: a["a"]):
    try:
        bad()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
a.clear()
print(a, not a)
first, *rest = [1, 2, 3]
*init, last = "abc"
print(first, rest, init, last)
