# flags: -W ignore::DeprecationWarning
# audioop on random fragments: every function, all widths, states handed from piece to piece, and arguments that are refused.
import audioop
import random

chance = random.Random(5)


def fragment(width, count):
    kind = chance.randrange(4)
    if kind == 0:
        return chance.randbytes(width * count)
    top = 1 << (8 * width - 1)
    out = b""
    value = 0
    for _ in range(count):
        value = chance.choice([-top, top - 1, 0, -1, 1]) if kind == 1 else max(-top, min(top - 1, value + chance.randrange(-top // 9 - 1, top // 9 + 1)))
        out += value.to_bytes(width, "little", signed=True)
    return out


def show(name, *args):
    try:
        result = getattr(audioop, name)(*args)
    except Exception as error:
        result = "%s: %s" % (type(error).__name__, error)
    print(name, [a.hex() if isinstance(a, bytes) else a for a in args[1:]], result.hex() if isinstance(result, bytes) else result)
    return result


MEASURES = "max minmax avg rms avgpp maxpp cross reverse byteswap lin2ulaw lin2alaw".split()
for round in range(60):
    width, count = chance.randrange(1, 5), chance.choice([0, 1, 2, 3, 8, 13])
    data, other = fragment(width, count), fragment(width, count)
    print(round, width, data.hex())
    for name in MEASURES:
        show(name, data, width)
    factors = [chance.choice([0, 1, -1, 2, 0.5, -0.3, 1e9, float("inf"), chance.uniform(-3, 3)]) for _ in range(2)]
    show("mul", data, width, factors[0])
    show("tomono", data, width, *factors)
    show("tostereo", data, width, *factors)
    show("add", data, other, width)
    show("bias", data, width, chance.choice([1, -1, 128, 40000, -2147483648, 2147483647]))
    show("lin2lin", data, width, chance.randrange(1, 5))
    show("getsample", data, width, chance.randrange(-1, 14))
    show("alaw2lin", data, width)
    show("ulaw2lin", data, width)
    show("adpcm2lin", data, width, chance.choice([None, (0, 0), (-32768, 88), (1000, 40)]))
    show("lin2adpcm", data, width, chance.choice([None, (0, 0), (32767, 88), (-1000, 40)]))
    state = None
    rates = chance.choice([8000, 11025, 44100, 3]), chance.choice([8000, 16000, 22050, 7])
    weights = chance.choice([(), (2,), (1, 1), (30, 20)])
    for _ in range(3):
        channels = 1 if _ else chance.randrange(1, 3)
        result = show("ratecv", fragment(width, count), width, channels, *rates, state, *weights)
        if isinstance(result, tuple):
            state = result[1]
    show("findmax", fragment(2, count), chance.randrange(-1, 9))
    show("findfit", fragment(2, count + 3), fragment(2, chance.randrange(1, 9)))
    show("findfactor", fragment(2, count), fragment(2, count))

# All codes, and all values that they are made from.
for name in ("alaw2lin", "ulaw2lin"):
    for width in range(1, 5):
        show(name, bytes(range(256)), width)
ramp = b"".join(v.to_bytes(2, "little", signed=True) for v in range(-32768, 32768, 3))
print(hash(audioop.lin2alaw(ramp, 2)) == hash(audioop.lin2alaw(ramp, 2)), audioop.lin2alaw(ramp, 2).hex(), audioop.lin2ulaw(ramp, 2).hex())

for name in MEASURES + ["alaw2lin", "ulaw2lin"]:
    for args in ((b"abc", 0), (b"abc", 5), (b"abc", 2), ("ab", 1), (b"ab",), (b"ab", "x"), (b"ab", 1, 1), (None, 1), (bytearray(b"ab"), 1), (memoryview(b"abcd")[::2], 1)):
        show(name, *args)
for args in ((b"ab", b"abc", 1), (b"ab", b"ab", 3), (b"ab", "ab", 1), ("ab", b"ab", 1), (b"ab", b"ab", 0)):
    show("add", *args)
for name, data in (("adpcm2lin", b"ab"), ("lin2adpcm", b"abcd")):
    for state in (5, (), (1,), (1, 2, 3), ("x", 1), (1, 1.5), (1 << 40, 0), (-1 << 40, 0), (1 << 80, 0), (40000, 0), (-32769, 0), (0, 89), (0, -1), [0, 0], (True, False)):
        show(name, data, 2, state)
for args in ((b"ab", 1, 0, 1, 1, None), (b"ab", 2, 1 << 30, 1, 1, None), (b"ab", 1, 1, 0, 1, None), (b"ab", 1, 1, 1, -1, None), (b"abc", 1, 2, 1, 1, None),
             (b"ab", 1, 1, 1, 1, 5), (b"ab", 1, 1, 1, 1, (1,)), (b"ab", 1, 1, 1, 1, (-1, 1)), (b"ab", 1, 1, 1, 1, (-1, ())), (b"ab", 1, 1, 1, 1, (-1, (1,))),
             (b"ab", 1, 1, 1, 1, (-1, ((1,),))), (b"ab", 1, 1, 1, 1, (-1, ((1, "x"),))), (b"ab", 1, 1, 1, 1, (-1, ((1, 2),))), (b"ab", 1, 1, 1, 1, None, 0),
             (b"ab", 1, 1, 1, 1, None, 1, -1), (b"ab", 1, 1, 1, 1, None, 1 << 31), (b"ab", 5, 1, 1, 1, None), (b"ab", 1, 1, 1, 1), (b"ab", 1, 1, 1, 1, ("x", ()))):
    show("ratecv", *args)
for args in ((b"abc", b"ab"), (b"ab", b"abc"), (b"ab", b"abcd"), (b"", b""), (b"abcd", b""), ("a", b"ab")):
    for name in ("findfit", "findfactor"):
        show(name, *args)
for args in ((b"abc", 1), (b"ab", 2), (b"ab", "x"), (b"abcd", 0), (b"", 0)):
    show("findmax", *args)
for args in ((b"abc", 1, 1, 1), (b"ab", 1, "x", 1), (b"ab", 1, 1, None)):
    show("tomono", *args)
    show("tostereo", *args)
    show("mul", *args[:3])
print(audioop.error.__mro__, audioop.error.__module__, audioop.ratecv.__text_signature__)
