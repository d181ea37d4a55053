# random: the Mersenne Twister's sequences for given seeds, through every distribution; state; subclasses; errors.
import pickle
import random

for seed in (0, 1, -5, 2**70, 3.5, "text", b"bytes", bytearray(b"b"), None.__class__.__name__):
    r = random.Random(seed)
    print(seed, r.random(), r.getrandbits(70), r.randrange(10**30), r.randint(-5, 5), r.choice("abcdef"), r.uniform(2, 3), r.randbytes(5))
r = random.Random(42)
items = list(range(20))
r.shuffle(items)
print(items, r.sample(range(10**9), 5), r.sample("abc", 3), r.sample([1, 2], counts=[3, 2], k=4), r.choices("abc", k=5), r.choices([1, 2, 3], [1, 0, 9], k=6), r.choices("ab", cum_weights=[1, 5], k=4))
print([round(f, 12) for f in (r.gauss(0, 1), r.gauss(0, 1), r.normalvariate(1, 2), r.lognormvariate(0, 1), r.expovariate(2), r.vonmisesvariate(1, 2), r.gammavariate(2, 3), r.gammavariate(0.5, 1), r.betavariate(1, 2), r.paretovariate(3), r.weibullvariate(1, 2), r.triangular(0, 1, 0.3), r.triangular())])
state = r.getstate()
a = [r.random() for _ in range(700)][-1]
r.setstate(state)
print(a == [r.random() for _ in range(700)][-1], len(state[1]), state[0], pickle.loads(pickle.dumps(r)).random() == r.random())
for bad in (lambda: r.randrange(0), lambda: r.randrange(5, 2), lambda: r.randrange(1, 2, 0), lambda: r.randrange(1.5), lambda: r.choice([]), lambda: r.sample([1], 2), lambda: r.sample({1, 2}, 1), lambda: r.getrandbits(-1), lambda: r.choices([1], [1, 2]), lambda: r.choices([1], [0]), lambda: random.Random([]), lambda: r.setstate((1,)),
            lambda: r.setstate((3, (1, 2), None)), lambda: r.sample([1, 2], counts=[1], k=1), lambda: r.choices([]), lambda: r.randbytes(-1), lambda: r.getrandbits("a"), lambda: r.choices("ab", [1, 1], cum_weights=[1, 2]), lambda: r.randint(1)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(r.getrandbits(0), r.randrange(0, 100, 7), r.randrange(10, 0, -3), random.Random(5).random() == random.Random(5).random())


class Fixed(random.Random):
    def random(self): return 0.25


print(Fixed().random(), Fixed().randrange(8), Fixed().choice("abcd"), Fixed().uniform(0, 4))
random.seed(7)
print(random.random(), random.randint(1, 6), random.shuffle(items), items[:5])
sys_random = random.SystemRandom()
print(0 <= sys_random.random() < 1, sys_random.getrandbits(5) < 32)
try:
    sys_random.getstate()
except NotImplementedError as e:
    print(e)
