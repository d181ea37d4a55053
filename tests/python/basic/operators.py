"""User-defined operators: arithmetic, reflected, in-place, comparison, container protocol."""

class Vec:
    def __init__(self, *xs):
        self.xs = xs

    def __repr__(self):
        return f"Vec{self.xs}"

    def __add__(self, other):
        if not isinstance(other, Vec):
            return NotImplemented
        return Vec(*(a + b for a, b in zip(self.xs, other.xs)))

    def __mul__(self, k):
        if isinstance(k, Vec):
            return sum(a * b for a, b in zip(self.xs, k.xs))
        return Vec(*(a * k for a in self.xs))

    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __eq__(self, other):
        return isinstance(other, Vec) and self.xs == other.xs

    def __hash__(self):
        return hash(self.xs)

    def __len__(self):
        return len(self.xs)

    def __getitem__(self, i):
        return self.xs[i]

    def __bool__(self):
        return any(self.xs)

    def __contains__(self, v):
        return v in self.xs

    def __iter__(self):
        return iter(self.xs)

    def __call__(self, i):
        return self.xs[i] * 100

    def __abs__(self):
        return sum(x * x for x in self.xs) ** 0.5

    def __lt__(self, other):
        return abs(self) < abs(other)

    def __iadd__(self, other):
        self.xs = tuple(a + b for a, b in zip(self.xs, other.xs))
        return self

    def __matmul__(self, other):
        return "matmul"

a, b = Vec(1, 2), Vec(3, 4)
print(a + b, a * 3, 3 * a, a * b, -a, a == Vec(1, 2), a != b, a @ b)
print(len(a), a[0], a[-1], bool(Vec(0, 0)), 2 in a, 5 in a, list(a), a(1), abs(b))
print(a < b, b > a, sorted([b, a]), {a: 1}[Vec(1, 2)], max(a, b))
same = a
a += b
print(a, same is a)
x, y = a
print(x, y)
for bad in (lambda: a + 1, lambda: 1 + a, lambda: a - b, lambda: a >= b, lambda: a[5]):
    try:
        print(bad())
    except (TypeError, IndexError) as error:
        print(type(error).__name__, error)
