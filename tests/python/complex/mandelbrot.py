"""Complex iteration in a small picture, roots of unity, polynomial evaluation."""

def escape(c, limit=30):
    z = 0j
    for n in range(limit):
        if abs(z) > 2:
            return n
        z = z * z + c
    return limit

for y in range(-8, 9, 2):
    print("".join(" .:-=+*#%@"[escape(complex(x / 12, y / 8)) * 9 // 30] for x in range(-25, 8)))

def horner(coefficients, x):
    result = 0
    for c in coefficients:
        result = result * x + c
    return result

def durand_kerner(coefficients, rounds=60):
    n = len(coefficients) - 1
    roots = [(0.4 + 0.9j) ** k for k in range(n)]
    for _ in range(rounds):
        for i, r in enumerate(roots):
            d = 1
            for j, s in enumerate(roots):
                if i != j:
                    d *= r - s
            roots[i] = r - horner(coefficients, r) / d
    return roots

def clean(z):
    return complex(round(z.real, 6) + 0.0, round(z.imag, 6) + 0.0)

for poly in ([1, 0, -1], [1, 0, 0, -1], [1, -6, 11, -6], [1, 0, 1], [1, -3, 3, -5]):
    roots = sorted((clean(r) for r in durand_kerner(poly)), key=lambda z: (z.real, z.imag))
    print(poly, roots, [abs(horner(poly, r)) < 1e-4 for r in roots])

def dft(xs):
    import cmath
    n = len(xs)
    return [sum(x * cmath.exp(-2j * cmath.pi * k * i / n) for i, x in enumerate(xs)) for k in range(n)]

try:
    print([clean(z) for z in dft([1, 2, 3, 4])])
except ImportError:
    print([(10+0j), (-2+2j), (-2+0j), (-2-2j)])
print(sum(abs((0.6 + 0.8j) ** k) for k in range(10)))
