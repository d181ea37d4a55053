# decimal: random operations in random contexts; results, signals, texts, conversions and formats.
import random
from _decimal import *

rnd = random.Random(20261121)
ROUNDINGS = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]
UNARY = """abs exp ln log10 minus next_minus next_plus normalize plus to_integral_exact to_integral_value sqrt logb logical_invert copy_abs copy_negate
    number_class to_sci_string to_eng_string is_normal is_subnormal""".split()
BINARY = """add compare compare_signal divide divide_int divmod max max_mag min min_mag multiply next_toward quantize remainder remainder_near subtract
    compare_total compare_total_mag copy_sign logical_and logical_or logical_xor rotate same_quantum scaleb shift power""".split()
SPECIAL = ["NaN", "-NaN", "sNaN", "NaN123", "-sNaN99999999999", "Inf", "-Inf"]
PLAIN = ["0", "-0", "1", "-1", "10", "1E1", "0E5", "0E-7", "-0E9", "1.0", "1.000", "9", "99", "999", "5", "50", "2", "-2", "3", "0.5", "-0.5", "100"]
LENGTHS = [1, 2, 3, 5, 8, 9, 10, 15, 17, 18, 19, 20, 27, 28, 29, 30, 36, 37, 38, 39, 40, 50, 76, 77, 80, 120, 400]


def number():
    k = rnd.random()
    if k < .12:
        return rnd.choice(SPECIAL if k < .04 else PLAIN)
    length = rnd.choice(LENGTHS if k > .3 else [1, 2, 3, 4, 5])
    digits = "".join(rnd.choice("0123456789" if rnd.random() < .7 else "0059") for _ in range(length))
    k = rnd.random()
    if k < .2:
        digits = digits[:length // 2] + "0" * (length - length // 2)
    elif k < .3:
        digits = "9" * length
    elif k < .35:
        digits = "1" + "0" * (length - 1)
    if rnd.random() < .5:
        place = rnd.randrange(length + 1)
        digits = digits[:place] + "." + digits[place:]
    if rnd.random() < .4:
        digits += "E%d" % rnd.choice([0, 1, -1, 3, -3, 10, -10, -length, rnd.randrange(-60, 60), rnd.randrange(-60, 60), rnd.randrange(-500, 500), 999, -999])
    return rnd.choice(["", "-", ""]) + digits


def logical():
    return "".join(rnd.choice("01") for _ in range(rnd.randrange(1, 60)))


def operation():
    k = rnd.random()
    a, b, c = number(), number(), number()
    if k < .3:
        return rnd.choice(UNARY), (a,)
    if k < .9:
        name = rnd.choice(BINARY)
        if name == "power" and rnd.random() < .7:
            b = str(rnd.randrange(-30, 60))
        if name in ("rotate", "shift", "scaleb") and rnd.random() < .8:
            b = str(rnd.randrange(-60, 60))
        if name.startswith("logical") and rnd.random() < .8:
            a, b = logical(), logical()
        return name, (a, b)
    if k < .95:
        return "fma", (a, b, c)
    if k < .98:
        return "create_decimal", (a,)
    return "power", (str(rnd.randrange(-1000, 1000)), str(rnd.randrange(0, 100)), str(rnd.randrange(-500, 500)))


def context():
    return Context(prec=rnd.choice([1, 2, 3, 5, 9, 16, 28, 28, 36, 37, 38, 39, 50, 100]), rounding=rnd.choice(ROUNDINGS),
                   Emin=-rnd.choice([0, 5, 10, 100, 999, 999999]), Emax=rnd.choice([0, 5, 10, 100, 999, 999999]), capitals=rnd.choice([0, 1]),
                   clamp=rnd.choice([0, 1]), traps=[])


def conversions(text):
    x = Decimal(text)
    try:
        print(x, repr(x), x.as_tuple(), x.adjusted(), "" if x.is_nan() else hash(x), float(x))
        if x.is_finite() and abs(x.adjusted()) < 400:
            print(int(x), round(x), x.as_integer_ratio(), x.__floor__(), x.__ceil__())
    except ValueError as e:
        print(e)
    spec = (rnd.choice(["", "<", ">30", "=^40", "+"]) + rnd.choice(["", "+", " ", "-", "z"]) + rnd.choice(["", "0", "012", "20"]) + rnd.choice(["", ","]) +
            rnd.choice(["", ".0", ".1", ".3", ".10"]) + rnd.choice(["", "e", "E", "f", "F", "g", "G", "%", "n"]))
    try:
        print(spec, format(x, spec))
    except ValueError as e:
        print(e)


for i in range(4000):
    c = context()
    name, operands = operation()
    result = getattr(c, name)(*[Decimal(x) for x in operands] if name != "create_decimal" else operands)
    print(i, name, operands, c, "->", result)
    if rnd.random() < .2:
        conversions(operands[0])
