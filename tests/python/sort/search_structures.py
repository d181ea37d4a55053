"""Binary search, order statistics, interval merging, topological and external merge sort by hand, top-k, inversions."""

def bisect_left(a, x):
    lo, hi = 0, len(a)
    while lo < hi:
        mid = (lo + hi) // 2
        if a[mid] < x:
            lo = mid + 1
        else:
            hi = mid
    return lo

a = sorted((i * 37) % 101 for i in range(60))
print([bisect_left(a, x) for x in (-1, 0, 50, 50.5, 100, 200)], all(bisect_left(a, x) == sum(v < x for v in a) for x in range(-2, 105)))

def quickselect(xs, k):
    pivot = xs[len(xs) // 2]
    low, same, high = [x for x in xs if x < pivot], [x for x in xs if x == pivot], [x for x in xs if x > pivot]
    if k < len(low): return quickselect(low, k)
    if k < len(low) + len(same): return pivot
    return quickselect(high, k - len(low) - len(same))

data = [(i * i * 31 + 7) % 997 for i in range(300)]
print([quickselect(data, k) == sorted(data)[k] for k in (0, 1, 150, 299)], quickselect(data, 77))

def merge_intervals(intervals):
    out = []
    for lo, hi in sorted(intervals):
        if out and lo <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], hi))
        else:
            out.append((lo, hi))
    return out

print(merge_intervals([(8, 10), (1, 3), (2, 6), (15, 18), (17, 20), (6, 7)]), merge_intervals([]))

def inversions(xs):
    if len(xs) < 2: return 0, xs
    m = len(xs) // 2
    (a, left), (b, right) = inversions(xs[:m]), inversions(xs[m:])
    out, i, j, n = [], 0, 0, a + b
    while i < len(left) or j < len(right):
        if j == len(right) or i < len(left) and left[i] <= right[j]:
            out.append(left[i]); i += 1
        else:
            out.append(right[j]); j += 1
            n += len(left) - i
    return n, out

print(inversions([2, 4, 1, 3, 5]), inversions(list(range(20, 0, -1)))[0], inversions(data)[0])

def k_merge(lists):
    heads = [(l[0], i, 0) for i, l in enumerate(lists) if l]
    heads.sort()
    while heads:
        v, i, j = heads.pop(0)
        yield v
        if j + 1 < len(lists[i]):
            item = (lists[i][j + 1], i, j + 1)
            heads.insert(bisect_left(heads, item), item)

parts = [sorted(data[i::7]) for i in range(7)]
print(list(k_merge(parts)) == sorted(data), list(k_merge([[], [1], [0, 5]])))
def counting(xs, top):
    counts = [0] * top
    for x in xs: counts[x] += 1
    return [v for v, c in enumerate(counts) for _ in range(c)]
def radix(xs):
    for shift in range(0, 12, 4):
        buckets = [[] for _ in range(16)]
        for x in xs: buckets[x >> shift & 15].append(x)
        xs = [x for b in buckets for x in b]
    return xs
def shell(xs):
    xs = xs[:]
    gap = len(xs) // 2
    while gap:
        for i in range(gap, len(xs)):
            x, j = xs[i], i
            while j >= gap and xs[j - gap] > x:
                xs[j] = xs[j - gap]
                j -= gap
            xs[j] = x
        gap //= 2
    return xs
print(counting(data, 997) == sorted(data), radix(data) == sorted(data), shell(data) == sorted(data))
def lis(xs):
    tails, back, last = [], {}, []
    for i, x in enumerate(xs):
        k = bisect_left(tails, x)
        tails[k:k + 1] = [x]
        last[k:k + 1] = [i]
        back[i] = last[k - 1] if k else None
    out, i = [], last[-1]
    while i is not None:
        out.append(xs[i]); i = back[i]
    return out[::-1]
print(lis([10, 9, 2, 5, 3, 7, 101, 18]), len(lis(data)), lis(data)[:5])
def two_sum(xs, target):
    xs = sorted(xs)
    i, j, out = 0, len(xs) - 1, set()
    while i < j:
        s = xs[i] + xs[j]
        if s == target: out.add((xs[i], xs[j]))
        i, j = (i + 1, j) if s <= target else (i, j - 1)
    return sorted(out)
print(two_sum(data, 1000)[:3], len(two_sum(data, 997)), sorted(data, key=lambda x: (x % 10, -x))[:6], sorted(set(data))[-3:])
words = "banana Apple cherry apple Banana".split()
print(sorted(words), sorted(words, key=str.casefold), sorted(words, key=lambda w: (w.lower(), w)), sorted(set(w.lower() for w in words), key=lambda w: (-len(w), w)))
