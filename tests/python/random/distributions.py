# random: every distribution under a seed, seeds of every kind, states saved and restored, own generators, samples with counts, errors.
import decimal
import fractions
import pickle
import random

DRAWS = [("random", ()), ("uniform", (-3, 7.5)), ("triangular", ()), ("triangular", (1, 10, 2)), ("triangular", (5, 5)), ("betavariate", (2, 3)), ("expovariate", (1.5,)), ("gammavariate", (0.5, 2)), ("gammavariate", (1, 2)), ("gammavariate", (9, 0.5)), ("gauss", (0, 1)), ("normalvariate", (10, 2)), ("lognormvariate", (0, 0.25)), ("vonmisesvariate", (1, 4)), ("vonmisesvariate", (0, 1e-7)), ("paretovariate", (3,)), ("weibullvariate", (1, 1.5)), ("randrange", (10,)), ("randrange", (5, 50, 7)), ("randrange", (50, 5, -7)), ("randint", (-5, 5)), ("randint", (0, 2**70)), ("getrandbits", (1,)), ("getrandbits", (33,)), ("getrandbits", (100,)), ("getrandbits", (0,)), ("randbytes", (9,)), ("choice", ("abcdef",)), ("choices", ([1, 2, 3],))]
for name, args in DRAWS:
    r = random.Random(f"{name}{args}")
    print(name, args, [getattr(r, name)(*args) for _ in range(4)])
for seed in (0, 1, -1, 2**100, "text", "", b"bytes", bytearray(b"bytes"), 1.5, -0.0, True, "ünï"):
    print(repr(seed), [random.Random(seed).random(), random.Random(seed).getrandbits(64)])
r = random.Random()
for version in (1, 2):
    r.seed("version", version)
    print(version, r.random())
r.seed(5)
state = r.getstate()
first = [r.random(), r.gauss(0, 1), r.gauss(0, 1), r.randrange(100)]
r.setstate(state)
print(first == [r.random(), r.gauss(0, 1), r.gauss(0, 1), r.randrange(100)], state[0], len(state[1]), state[2], state[1][:3])
twin = pickle.loads(pickle.dumps(r))
print([twin.random() for _ in range(3)] == [r.random() for _ in range(3)])
r.seed(42)
print(r.sample(range(10**9), 5), r.sample("abcdefgh", 8), r.sample([1, 2], counts=[3, 5], k=6), r.sample(range(25), 3), r.sample([], 0), r.choices("abc", k=6), r.choices("abc", [1, 0, 9], k=6), r.choices("abc", cum_weights=[1, 1, 10], k=4), r.choices([1, 2], weights=[fractions.Fraction(1, 3), 0.5], k=3), r.choices("ab", k=0))
deck = list(range(20))
r.shuffle(deck)
print(deck, r.randrange(True + 1), r.choice(range(5, 6)), r.choice({1: "a", 0: "b"}))


class Weyl(random.Random):
    """A generator of its own: only random() is given."""

    def seed(self, x=None, version=2):
        self.x = 0.1

    def random(self):
        self.x = (self.x + 0.618033988749895) % 1
        return self.x

    def getstate(self): return self.x
    def setstate(self, x): self.x = x


w = Weyl()
print(w.random(), w.randrange(10), w.choice("abc"), w.sample(range(100), 3), w.gauss(0, 1), w.uniform(5, 6), w.shuffle(deck), deck[:5])
try:
    print(w.getrandbits(5))
except Exception as e:
    print(type(e).__name__, e)


class Bits(random.Random):
    def getrandbits(self, k):
        return (1 << k) // 3


print(Bits(1).randrange(1000), Bits(1).choice("abcdefgh"), random.SystemRandom().random() < 1, random.SystemRandom().getrandbits(10) < 1024)
for wrong in (lambda: r.randrange(0), lambda: r.randrange(5, 5), lambda: r.randrange(1.5), lambda: r.randrange(1, 10, 0), lambda: r.randint(2, 1), lambda: r.choice([]), lambda: r.sample([1], 2), lambda: r.sample({1}, 1), lambda: r.sample([1], -1), lambda: r.sample([1, 2], k=1, counts=[1]), lambda: r.sample([1], k=1, counts=[1.5]), lambda: r.sample([1], k=1, counts=[0]), lambda: r.choices([], k=1), lambda: r.choices([1], weights=[0]), lambda: r.choices([1], weights=[1, 2]), lambda: r.choices([1], [1], cum_weights=[1]), lambda: r.choices([1, 2], [float("inf"), 1]),
              lambda: r.getrandbits(-1), lambda: r.getrandbits(1.5), lambda: r.seed([]), lambda: r.setstate((2, (), None)), lambda: r.setstate((3, (1,) * 625, None)), lambda: r.setstate(5), lambda: r.setstate((9, 0, 0)), lambda: r.randbytes(-1), lambda: r.shuffle("abc"), lambda: r.shuffle((1, 2)), lambda: r.betavariate(0, 1), lambda: r.gammavariate(-1, 1), lambda: r.expovariate(0), lambda: random.SystemRandom().getstate(), lambda: random.Random(1, 2), lambda: r.random(1), lambda: r.choice(5), lambda: r.paretovariate(0), lambda: r.shuffle([1], 2), lambda: r.choices([1], k=1.5), lambda: random.Random({})):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
random.seed(2024)
walk = [0]
for _ in range(1000):
    walk.append(walk[-1] + random.choice((-1, 1)))
print(min(walk), max(walk), walk[-1], sum(random.random() < 0.25 for _ in range(4000)), round(sum(random.gauss(5, 2) for _ in range(2000)) / 2000, 12))
inside = sum(random.random() ** 2 + random.random() ** 2 <= 1 for _ in range(5000))
print(inside, decimal.Decimal(random.random()).quantize(decimal.Decimal("1e-15")))
