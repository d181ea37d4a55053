# ctypes: calling C functions and being called: argument and result types, parameter flags, errcheck, errno, structures by value, refusals.
import ctypes
import sys
from ctypes import *


def attempt(f, *args):
    try:
        r = f(*args)
    except Exception as e:
        print(f"{type(e).__name__}: {e}")
    else:
        print(r)


libc = CDLL(None)
libm = CDLL("libm.so.6")
print(libc.abs(-5), libc.strlen(b"four"), libc.wcslen("five!"), libc.toupper(ord("q")), libc.labs.restype)
libm.pow.restype, libm.pow.argtypes = c_double, [c_double, c_double]
print(libm.pow(2, 0.5), libm.pow(c_double(3), 2), libm.pow.argtypes)
libc.strchr.restype, libc.strchr.argtypes = c_char_p, [c_char_p, c_char]
print(libc.strchr(b"abcdef", b"d"), libc.strchr(b"abc", b"z"))
out = create_string_buffer(60)
print(libc.snprintf(out, 60, b"%d %s %.2f %lc", 3, b"x", c_double(2.5), c_wchar("w")), out.value)
numbers = (c_int * 6)(5, 3, 1, 4, 2, 0)
COMPARE = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
libc.qsort(numbers, len(numbers), sizeof(c_int), COMPARE(lambda a, b: a[0] - b[0]))
print(list(numbers))


class Division(Structure):
    _fields_ = [("quotient", c_int), ("remainder", c_int)]


class Pair(Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


class Large(Structure):
    _fields_ = [("items", c_long * 9)]


libc.div.restype = Division
d = libc.div(17, 5)
print(d.quotient, d.remainder)
print(CFUNCTYPE(c_double, Pair, c_int)(lambda pair, n: pair.x + pair.y + n)(Pair(1, 2), 3), CFUNCTYPE(c_long, Large)(lambda large: sum(large.items))(Large((1, 2, 3))))
for restype, value in ((c_byte, -3), (c_ubyte, 300), (c_short, -1), (c_longlong, -2**40), (c_ulonglong, 2**63 + 1), (c_float, 0.5), (c_double, 1.25), (c_bool, 7), (c_char, b"c"),
                       (c_void_p, 1234), (c_void_p, None), (py_object, "object"), (py_object, 5), (None, 3)):
    print(restype and restype.__name__, CFUNCTYPE(restype)(lambda: value)())
print(CFUNCTYPE(c_int, c_char, c_wchar, c_char_p, c_bool, c_float, py_object)(lambda *a: print(a) or 3)(b"a", "b", b"text", 1, 0.5, ["list"]))
ECHO = CFUNCTYPE(c_int, c_int)
echo = ECHO(lambda x: x)
print(echo(3), ECHO(cast(echo, c_void_p).value)(4), bool(echo), bool(ECHO()))

for f in (lambda: echo(), lambda: echo("x"), lambda: echo(1, 2), lambda: libc.abs(2**70), lambda: libc.abs(1.5), lambda: CDLL("nope.so"), lambda: ECHO(3.5), lambda: ECHO()[0],
          lambda: CFUNCTYPE(c_int, POINTER(c_int))(lambda p: 3)(3), lambda: CFUNCTYPE(Pair)(lambda: Pair()), lambda: CFUNCTYPE(c_int)(("abs", 3)), lambda: CFUNCTYPE(c_int)((3, libc)),
          lambda: setattr(echo, "restype", 3), lambda: setattr(echo, "argtypes", 3), lambda: setattr(echo, "argtypes", [3]), lambda: setattr(echo, "errcheck", 3),
          lambda: type("F", (ctypes._CFuncPtr,), {}), lambda: type("F", (ctypes._CFuncPtr,), {"_flags_": 1, "_argtypes_": 3}), lambda: type("F", (ctypes._CFuncPtr,), {"_flags_": 1, "_restype_": 3}),
          lambda: CFUNCTYPE(c_int, Union)):
    attempt(f)
try:
    libc.no_such_function
except AttributeError as e:
    print("undefined symbol: no_such_function" in str(e))

# Parameter flags.
ABS = CFUNCTYPE(c_int, c_int)
named = ABS(("abs", libc), ((1, "x"),))
print(named(-3), named(x=-4), ABS(("abs", libc), ((1, "x", -7),))())
for f in (lambda: named(), lambda: named(y=4), lambda: named(1, 2), lambda: ABS(("abs", libc), 3), lambda: ABS(("abs", libc), ()), lambda: ABS(("abs", libc), ((2, "x"),)),
          lambda: ABS(("abs", libc), (("x",),)), lambda: ABS(("abs", libc), ((9, "x"),))):
    attempt(f)
frexp = CFUNCTYPE(c_double, c_double, POINTER(c_int))(("frexp", libm), ((1, "x"), (2, "exponent")))
print(frexp(10.0))
modf = CFUNCTYPE(c_double, c_double, POINTER(c_double))(("modf", libm), ((1, "x"), (2, "whole")))
modf.errcheck = lambda result, function, args: (result, args[1].value)
print(modf(3.25))

libc.abs.errcheck = lambda result, function, args: (result, args, function is libc.abs)
print(libc.abs(-3))
del libc.abs.errcheck
print(libc.abs(-3), libc.abs.errcheck)
libc.labs.restype = lambda value: value * 10
print(libc.labs(-3))


class Checked(c_int):
    def _check_retval_(self):
        return f"checked {self.value}"


libc.toupper.restype = Checked
print(libc.toupper(65))

set_errno(5)
with_errno = CDLL(None, use_errno=True)
print(get_errno(), with_errno.close(-1), get_errno(), set_errno(0), get_errno())
attempt(set_errno, "x")

sys.unraisablehook = lambda info: print("unraisable:", info.exc_type.__name__, info.err_msg, info.object.__name__)


def fails():
    return 1 / 0


def wrong():
    return "text"


print(CFUNCTYPE(c_int)(fails)(), CFUNCTYPE(c_int)(wrong)())
print(c_int.in_dll(libc, "optind").value)
try:
    c_int.in_dll(libm, "no_such_variable")
except ValueError as e:
    print("undefined symbol: no_such_variable" in str(e))
attempt(lambda: c_int.in_dll(3, "x"))
