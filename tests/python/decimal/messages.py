# decimal: what is refused, and in which words; attributes of contexts, flags and traps; overrides of formats.
import decimal
from decimal import *
from fractions import Fraction


class Sub(Decimal):
    pass


STATEMENTS = r"""
localcontext(x=1); localcontext(3); setcontext(3); setcontext(); getcontext(1); Context(3, 4, 5); Context(foo=1); Context(1, 2, 3, 4, 5, 6, 7, 8, 9)
Context(prec="a"); Context(prec=2**70); Context(prec=0); Context(Emin=3); Context(Emax=-1); Context(capitals=2); Context(clamp=-1); Context(rounding=1)
Context(rounding="ROUND"); Context(traps=3); Context(traps=[3]); Context(traps={}); Context(flags={Inexact: 1}); Context(traps=[ConversionSyntax])
Decimal([1]); Decimal((1, 2, 3)); Decimal((2, (1,), 0)); Decimal((0, (1, 10), 0)); Decimal((0, (1,), "x")); Decimal((0, (1,), 1.5)); Decimal(("0", (1,), 1))
Decimal((0, (1,), 2**70)); Decimal(1, 2); Decimal(1, 2, 3); Decimal({}); Decimal(None); Decimal(b"1"); Decimal(1j); Decimal(foo=1); Decimal(value="3")
Decimal(1).exp(3); Decimal(1).exp(foo=3); Decimal(1).quantize(1, "x"); Decimal(1).quantize(); Decimal(1).compare("x"); Decimal(1).compare()
Decimal(1).fma(1); Decimal(1).is_nan(1); Decimal(1).copy_sign(); Decimal(1).same_quantum(); Decimal(1).copy_abs(1); Decimal(1).to_integral_value(1)
Decimal(1).logical_invert("x"); Decimal(1).__round__(1, 2); Decimal(1).__round__("x"); Decimal(1).__deepcopy__(); Decimal.from_float("1"); Decimal.from_float()
Context().add("x", 1); Context().add(1); Context().add(1, 2, 3); Context().add(x=1, y=2); Context().abs(); Context().abs(x=1); Context().fma(1, 2)
Context().divmod(1); Context().power(1); Context().power(1, 2, 3, 4); Context().is_canonical(3); Context().canonical(3); Context().quantize(1, "x")
Context().create_decimal(1, 2); Context().create_decimal(num="1"); Context().create_decimal_from_float("1"); Context().Etiny(1); Context()._apply()
Decimal(1) < "x"; Decimal(1) + "x"; Decimal(1) + 1.5; 1.5 * Decimal(1); pow(Decimal(1), 2, "x"); Decimal(1) % None; divmod("x", Decimal(1)); Decimal(1) @ 2
int(Decimal("nan")); int(Decimal("inf")); float(Decimal("snan")); hash(Decimal("snan")); round(Decimal("nan")); round(Decimal("inf"), 1)
Decimal("nan").as_integer_ratio(); Decimal("-inf").as_integer_ratio()
Decimal("x"); Decimal(""); Decimal("1e"); Decimal("1_"); Decimal("_1_"); Decimal(" 1 2"); Decimal("\u0661\u0662"); Decimal("1\ud800"); Decimal("--1"); Decimal("1e9999999999999999999999")
Decimal("NaN" + "1" * 50); Context().create_decimal(" 1"); Context().create_decimal("1_0"); Context(prec=3).create_decimal("NaN12345")
Decimal(1) / 0; Decimal(0) / 0; Decimal(0) // 0; Decimal(1) // 0; Decimal(1) % 0; Decimal(0) % 0; divmod(Decimal(1), 0); divmod(Decimal(0), 0); Decimal("inf") % 2
Decimal(10) ** 30 // 1; Decimal("nan") < 1; Decimal("nan") == 1; Decimal("snan") == 1; Decimal("1E999999") * 10; Decimal(-1).sqrt(); Decimal(-1).ln(); Decimal(0) ** 0
Decimal(-2) ** Decimal("0.5"); pow(Decimal(2), -1, 5); pow(Decimal(2), 3, 0); Decimal("inf") - Decimal("inf"); Decimal(0) * Decimal("inf"); Decimal("inf").quantize(Decimal(1))
Context(traps=[Inexact, Rounded]).divide(1, 3); Context(Emax=9, traps=[Overflow, Inexact]).power(10, 20); Context(Emin=-9, traps=[Underflow]).power(10, -99)
Context(traps=[Clamped], Emin=-9).create_decimal("0E-99"); Context(traps=[Subnormal], Emin=-9).create_decimal("1E-10"); Context(traps=[FloatOperation]).create_decimal(1.5)
Context().flags[3]; Context().flags[ConversionSyntax]; Context().foo; hash(Context().flags)
Decimal(1).__format__(3); Decimal(1).__format__(); Decimal(1).__format__("", 1); format(Decimal(1), "x"); format(Decimal(1), "."); format(Decimal(1), "<010"); format(Decimal(1), "_")
format(Decimal(1), ",n"); format(Decimal(1), "#g"); format(Decimal(1), "1" * 30 + "f"); Decimal(1).__format__("n", {"decimal_point": ""}); Decimal(1).__format__("n", {"decimal_point": "xxxxx"})
Decimal("1234567.5").__format__("n", {"decimal_point": ",", "thousands_sep": ".", "grouping": "\x03"}); Decimal("1234567").__format__("015n", {"thousands_sep": "\u00a0", "grouping": "\x02\x03"})
format(Decimal("1234"), "0=10,"); format(Decimal("1234"), "010,"); format(Decimal("-1234"), "\u00e9^12,"); format(Decimal("nan"), "010"); format(Decimal("-0.03"), "z.1F"); format(Decimal("-0.03"), "z.1f")
Decimal("0.25") == Fraction(1, 4); Decimal("0.3") < Fraction(1, 3); Fraction(1, 2) == Decimal("0.5"); Decimal("nan") == Fraction(1); Decimal(2) == 2 + 0j; Decimal(2) == 2 + 1j; Decimal(2) < 2 + 0j
Decimal(2) == "2"; Decimal("0.1") == 0.1; Decimal("0.5") >= 0.5; Decimal(10**40) == 10**40; Decimal(10**40) > 10**40 + 1; Decimal("inf") == float("inf"); Decimal("-inf") < -10**400
type(Sub(3) + 1); type(Sub(3).__copy__()); type(Sub.from_float(1.5)); Sub(3).__reduce__(); type(+Sub(1)); Sub("1.5"); Decimal(Sub(3)); complex(Decimal("1.5")); bool(Decimal("-0"))
Decimal(True); Decimal("  \t1.5\n"); Decimal("1_000.000_1"); Decimal(Decimal("1.50")) ; Decimal((1, (0, 0, 1), -2)); Decimal((0, (), "F")); Decimal((1, (3, 4), "N")); Decimal([0, [1, 2], 3])
""".replace("\n", ";").split(";")
for text in STATEMENTS:
    try:
        print(text.strip(), "->", repr(eval(text.strip() or "None")))
    except Exception as e:
        print(text.strip(), "->", type(e).__mro__[0].__name__, e, e.args if isinstance(e, ArithmeticError) else "")

c = Context()
for statement in ("del c.prec", "del c.flags", "del c.traps", "c.foo = 1", "c.flags = 3", "c.flags = {}", "c.traps = [Inexact]", "del c.flags[Inexact]", "c.flags[1] = 2",
                  "c.rounding = 'x'", "c.prec = None", "Decimal.x = 1", "Decimal(1).x = 1", "c.prec = 5.0"):
    try:
        exec(statement)
        print(statement, "done")
    except Exception as e:
        print(statement, "->", type(e).__name__, e)

for signal in list(c.flags):
    c.flags[signal] = True
print(c, c.flags, c.flags == {s: True for s in c.flags}, c.flags != Context().flags, c.flags == 3, dict(c.flags) == c.flags.copy(), len(c.traps), Inexact in c.flags)
d = Context(prec=5, rounding=ROUND_UP, Emin=-5, Emax=5, capitals=0, clamp=1, flags=[Inexact], traps=[Inexact, InvalidOperation])
print(d, d.__reduce__(), d.copy(), d.Etiny(), d.Etop(), d.radix())
c.traps = d.traps
c.clear_flags()
d.clear_traps()
print(c, d, DefaultContext, BasicContext, ExtendedContext)
print([(n, getattr(decimal, n)) for n in ("MAX_PREC", "MAX_EMAX", "MIN_EMIN", "MIN_ETINY", "HAVE_THREADS", "HAVE_CONTEXTVAR", "__version__", "__libmpdec_version__")])
print([(s.__name__, s.__mro__, s.__module__) for s in (DecimalException, InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Clamped, decimal.ConversionSyntax,
                                                       decimal.DivisionImpossible, decimal.DivisionUndefined, decimal.InvalidContext)])
