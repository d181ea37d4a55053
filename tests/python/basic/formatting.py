"""f-strings, str.format and % formatting."""

name, n, pi = "Ann", 42, 3.14159265
print(f"{name} {n} {pi}", f"{name!r} {name!s:>6}|{n:5d}|{n:<5}|{n:^5}|{n:05}")
print(f"{pi:.2f} {pi:8.3f} {pi:e} {pi:g} {1e10:g} {0.00001:g} {1234567.891:,.2f}")
print(f"{n:b} {n:o} {n:x} {n:X} {n:#x} {n:#b} {n:+d} {-n:d} {n:,}", f"{1000000:_}")
print(f"{n % 5 = }", f"{n=}", f"{name=!s}", f"{pi=:.1f}")
print(f"{{literal}} {'nested ' + f'{n}'} {[i for i in range(3)]} {n if n else 0}")
width = 10
print(f"{name:>{width}}|{name:*^{width}}|{pi:{width}.{3}}")
print("{} {} {}".format(1, "two", [3]), "{0} {1} {0}".format("a", "b"), "{x} {y!r}".format(x=1, y="z"))
print("{0[1]} {0[0]}".format([1, 2]), "{d[key]}".format(d={"key": "v"}), "{:>5}{:<5}|".format("a", "b"))
print("%d %s %r %x %5.2f %%" % (n, name, name, n, pi), "%(a)s-%(b)03d" % {"a": 1, "b": 2})
print("%-5d|%5d|%05d|%+d" % (n, n, n, n), "%s" % None, "%c%c" % ("x", 65), "%.3s" % "abcdef")
print("%e %g %G" % (pi, pi, 1e-10), "%o %X %#x" % (8, 255, 255), "%s %s" % ((1,), [2]))
print(format(3.5, ".3f"), format(255, "x"), format("s", ">4"), format(True), format(None))
print(str(1.0), str(1e16), str(1e15), str(0.1), str(1 / 3), repr(1e-5), str(100000.0), str(-0.0))
print(f"{True} {None} {1.5} {(1, 2)} {{'a': 1}}")
print("{:%}".format(0.25), "{:.1%}".format(0.256), f"{1:.3f}", f"{2**70:,}")
for bad in ("%d" , "%z"):
    try:
        print(bad % "x")
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    "{} {}".format(1)
except IndexError as error:
    print(error)
try:
    "%s %s" % 1
except TypeError as error:
    print(error)
try:
    "%s" % (1, 2)
except TypeError as error:
    print(error)
try:
    f"{'x':d}"
except ValueError as error:
    print(error)
