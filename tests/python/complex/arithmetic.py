"""complex numbers: literals, operators, repr, parsing, errors."""

a, b = 3 + 4j, 1 - 2j
print(a + b, a - b, a * b, a / b, a ** 2, a ** b, abs(a), -a, +a, a.conjugate(), a.real, a.imag)
print(a == 3 + 4j, a != b, a == 3, 3 + 0j == 3, complex(2.0) == 2, hash(3 + 0j) == hash(3), bool(0j), bool(1e-300j))
for z in (0j, -0j, complex(-0.0, 0.0), complex(0.0, -0.0), complex(1, float("inf")), complex(float("nan"), 1), 1e100j, complex(1, -1e-7), complex(-1.5, 0)):
    print(repr(z), str(z))
for text in ("1", "1j", "j", "-j", "1+2j", " 1-2j ", "(1+2j)", "1e3+4E-2j", "inf+nanj", "1_0j", "", "1+", "1 + 2j", "1+2k", "((1))", "1j+2"):
    try:
        print(repr(text), complex(text))
    except ValueError as error:
        print(repr(text), error)
for bad in (lambda: a // b, lambda: a % b, lambda: a < b, lambda: int(a), lambda: float(a), lambda: 1j / 0, lambda: 0j ** -1, lambda: complex("1", 2), lambda: complex(1, "2"),
            lambda: divmod(a, b), lambda: round(a), lambda: complex([]), lambda: pow(1j, 2, 3), lambda: 0j ** 1j, lambda: complex(1, 2, 3)):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
print(complex(), complex(1), complex(1, 2), complex(1j, 1j), complex(imag=3), complex(real=1, imag=2))
print(1j ** 2, 1j ** 0, (1 + 1j) ** 10, 2 ** 1j == 2 ** 1j, (1 + 2j) * 3, 3 * (1 + 2j), 1.5 - 1j, True + 1j)
print(f"{a:.2f} {a:10.1f}| {a:g} {a:e}", format(b, "+.1f"), format(a, ""), f"{a!r:>12}", "%s" % a)

class HasComplex:
    def __complex__(self):
        return 5 + 6j

print(complex(HasComplex()), sum([1j, 2, 3.5]), [1j, 2j].index(2j), {1j: "x"}[1j], 1j in (1, 1j))
print((3 + 4j).__abs__(), (1j).__eq__(5), (1j).__lt__(2), (1j).__bool__(), a.__getnewargs__())
