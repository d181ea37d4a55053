"""complex() of texts and numbers, its printing and formatting, powers and divisions at zeros, infinities and nans."""


def attempt(function, *arguments):
    try:
        print(getattr(function, "__name__", function), *map(ascii, arguments), "->", repr(function(*arguments)))
    except Exception as error:
        print(getattr(function, "__name__", function), *map(ascii, arguments), "->", type(error).__name__, ascii(str(error)))


for text in ("1", "1j", "j", "-j", "+J", "1+j", "1-j", "1+2j", " 1+2j ", "1 + 2j", "(1+2j)", "( 1+2j )", "((1+2j))", "(1+2j", "1+2", "1j+2", "1+2j+3j", "1e3-4e-2j", "inf", "-infj", "nan+nanj", "inf-infj", "1_0+2_0j", "1_+2j", "", " ", "()", "j1", "1jj", "1+-2j", "1--2j",
             "1e5j", "1e", "1ej", "1e+j", "++1", ".5j", "5.j", ".j", "٣+٤j", "１j", "\x00", "1\x00", "0x1", "1i", "1+2J", "infinityj", "nanj", "-nan", "é", "\ud800", "i", "1,2", "5\x1f", "\x1c5", "5\x1f\xa0", "5\xa0", "\u30005\u2003"):
    attempt(complex, text)
for arguments in ((), (1,), (1, 2), (1.5, -0.0), (1j, 2j), (1, 1j), (1j, 1), (True,), (10 ** 400,), (1, 10 ** 400), ("1", 2), (1, "2"), ("1", "2"), (None,), (1, None), ([],), (b"1",), (1, 2, 3), (-0.0, -0.0), (complex(1, -0.0), 0), (complex(-0.0, 1), -0.0), (0, complex(-0.0, -0.0))):
    attempt(complex, *arguments)


class Has:
    def __init__(self, result):
        self.result = result

    def __complex__(self):
        return self.result


class Floats:
    def __float__(self):
        return 2.5


class Index:
    def __index__(self):
        return 3


class Sub(complex):
    def __repr__(self):
        return f"Sub{super().__repr__()}"


import warnings

for value in (Has(1j), Has(1), Has("1"), Has(Sub(1, 2)), Floats(), Index(), Sub(3, 4)):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        attempt(lambda: complex(value))
        attempt(lambda: complex(value, 1))
        attempt(lambda: complex(1, value))
    print([str(w.message) for w in caught])
inf, nan = float("inf"), float("nan")
numbers = [0j, complex(-0.0, -0.0), 1 + 0j, 1j, complex(inf, 0), complex(0, -inf), complex(nan, 1), complex(inf, nan), 3 - 4j, complex(1e200, 1e200), complex(5e-324, 0), complex(-0.0, 2)]
print(*numbers)
print([str(-x) for x in numbers], [str(x.conjugate()) for x in numbers], [+x for x in numbers])
for a in numbers:
    row = []
    for b in (0j, 2, 1j, complex(inf, 1), -0.5, complex(1e-200, 1e200)):
        for name in ("__add__", "__mul__", "__truediv__", "__pow__", "__rsub__"):
            try:
                row.append(str(getattr(a, name)(b)))
            except Exception as error:
                row.append(f"{type(error).__name__}: {error}")
    print(a, row)
for base, exponent in ((0j, 0), (0j, 1), (0j, -1), (0j, 1j), (0j, 1 + 1j), (0, 1j), (2j, 0), (2j, 3), (2j, -3), (2j, 100), (1 + 1j, 101), (1 + 1j, 0.5), (1 + 1j, 10 ** 20), (1e200j, 2), (1e200j, -2), (2, 1j), (-1, 0.5), (-8, 1 / 3), (0, 0j), (True, 1j)):
    attempt(pow, base, exponent)
attempt(pow, 1j, 2, 3)
attempt(pow, 2, 3, 1j)
for operation in ("1j // 1", "1j % 1", "divmod(1j, 1)", "1j < 1", "1j >= 2j", "int(1j)", "float(1j)", "round(1j)", "abs(3 + 4j)", "abs(complex('inf'))", "abs(1e308 + 1e308j)", "hash(1 + 0j) == hash(1)", "hash(1j)", "hash(complex(0, float('inf')))", "1j == 1j", "1j == 'x'", "5 == 5 + 0j",
                  "10**400 == 1j", "10**400 + 1j", "1j + None", "1j & 1", "~1j", "-1j", "0j ** -1", "1j / 0", "bool(0j)", "bool(complex(0, -0.0))", "bool(complex(float('nan'), 0))", "1j.real", "(1).imag", "1j.__getnewargs__()", "1j.__complex__()", "complex.__new__(int)", "complex.real.__get__(5)", "1j.real.imag"):
    attempt(lambda: eval(operation))
    print("  ^", operation)
for spec in ("", "g", "e", ".2f", "+.3f", "20", "<20.1f", "^20", "*>20.2e", ",", "_.1f", "n", "d", "s", "x", "%", "05", "=10", "020.1f", "z.1f", "#.0f", ".0", "c", "1.5.2", "{}"):
    attempt(format, 1234.5 - 2j, spec)
attempt(format, complex(-0.0, -0.0), "z.1f")
attempt(format, complex("nan+infj"), "10.2f")
