"""Quick, merge, heap and insertion sort, checked against sorted()."""

def quick(a):
    if len(a) < 2:
        return a
    pivot, *rest = a
    return quick([x for x in rest if x < pivot]) + [pivot] + quick([x for x in rest if x >= pivot])

def merge(a):
    if len(a) < 2:
        return a[:]
    mid = len(a) // 2
    left, right = merge(a[:mid]), merge(a[mid:])
    out, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            out.append(left[i])
            i += 1
        else:
            out.append(right[j])
            j += 1
    return out + left[i:] + right[j:]

def heap(a):
    a = a[:]
    def sift(start, end):
        root = start
        while (child := 2 * root + 1) < end:
            if child + 1 < end and a[child] < a[child + 1]:
                child += 1
            if a[root] >= a[child]:
                return
            a[root], a[child] = a[child], a[root]
            root = child
    for start in range(len(a) // 2 - 1, -1, -1):
        sift(start, len(a))
    for end in range(len(a) - 1, 0, -1):
        a[0], a[end] = a[end], a[0]
        sift(0, end)
    return a

def insertion(a):
    a = list(a)
    for i in range(1, len(a)):
        x, j = a[i], i
        while j and a[j - 1] > x:
            a[j] = a[j - 1]
            j -= 1
        a[j] = x
    return a

def random_numbers(n, seed=12345):
    for _ in range(n):
        seed = (seed * 1103515245 + 12345) % 2 ** 31
        yield seed // 65536 % 1000

data = list(random_numbers(200))
print(data[:10])
for sort in (quick, merge, heap, insertion):
    result = sort(data)
    print(sort.__name__, result == sorted(data), result[:5], result[-5:])
    print(sort.__name__, sort([]), sort([1]), sort([2, 1, 2]))
words = "pear Fig apple banana cherry date".split()
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=lambda w: (len(w), w)))
pairs = [(i % 3, i) for i in range(9)]
pairs.sort(key=lambda p: p[0], reverse=True)
print(pairs)
