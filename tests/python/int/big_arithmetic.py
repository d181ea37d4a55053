"""Integers across the small, 62-bit, 64-bit and multi-limb ranges: every operator against identities."""

edges = [0, 1, 2, 3, 2**29, 2**30, 2**31, 2**32, 2**60, 2**61, 2**62, 2**63, 2**64, 2**65, 2**127, 2**128, 10**40, 3**200]
values = sorted({s * (e + d) for e in edges for d in (-1, 0, 1) for s in (1, -1)})
print(len(values))

def digest(xs):
    h = 0
    for x in xs:
        h = (h * 1000003 + x) % (2**89 - 1)
    return h

print("add", digest(a + b for a in values for b in values))
print("sub", digest(a - b for a in values for b in values))
print("mul", digest(a * b for a in values for b in values))
print("div", digest(a // b for a in values for b in values if b))
print("mod", digest(a % b for a in values for b in values if b))
print("and", digest(a & b for a in values for b in values))
print("or", digest(a | b for a in values for b in values))
print("xor", digest(a ^ b for a in values for b in values))
print("shl", digest(a << s for a in values for s in (0, 1, 31, 32, 61, 62, 63, 64, 65, 200)))
print("shr", digest(a >> s for a in values for s in (0, 1, 31, 32, 61, 62, 63, 64, 65, 200)))
print("neg", digest(-a for a in values), digest(~a for a in values), digest(abs(a) for a in values))
bad = 0
for a in values:
    for b in values:
        if b:
            q, r = divmod(a, b)
            bad += not (q * b + r == a and (0 <= r < b or b < r <= 0))
        bad += (a < b) != (a - b < 0) or (a == b) != (not a - b)
        bad += (a & b) + (a | b) != a + b or (a ^ b) != (a | b) - (a & b)
print("violations", bad)
print(2**62 - 1 + 1, -(2**62) - 1 + 1, (2**61) * 2, (2**31) * (2**31), 2**61 - 2**61)
print(sum(values), [v.bit_length() for v in values[::6]])
