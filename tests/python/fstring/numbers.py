"""Numeric formatting through f-strings: all types, widths, grouping, signs, big and special values in aligned tables."""

ints = [0, 1, -1, 7, 42, -255, 1000, 123456789, -10**12, 2**64, -(2**70)]
for i in ints:
    print(f"{i:>25,}|{i:<25_}|{i:^+25}|{i:025}|{i: }|{i:#b}" if abs(i) < 300 else f"{i:>25,}|{i:<25_}|{i:^+25}|{i:025}|{i: }|{i:#x}")
print(*(f"{i:x} {i:X} {i:o} {i:b} {i:#o} {i:#X} {i:_x} {i:_b} {i:08b} {i:+#06x}" for i in (0, 5, 255, -255)), sep="\n")
floats = [0.0, -0.0, 1.0, -1.5, 3.14159, 1e10, 1e-5, 123456.789, 1e22, 1e-300, float("inf"), float("-inf"), float("nan"), 0.1, 2.5, 1e16, 999999.5]
for f in floats:
    print(f"{f:>12.3f}|{f:<12.3e}|{f:^12.4g}|{f:+.0f}|{f:012.2f}|{f:,.2f}|{f:_.1f}|{f:.2%}|{f: .1e}|{f:#.0f}|{f:g}|{f!r}|{f:.17g}|{f:n}")
print(f"{1+2j:.2f} {1-2j} {1j:+} {0j:e} {complex(1e10, -1e-5):g} {1.5+2.5j:10.1f}| {(1+2j):>15}|")
print(f"{True} {True:d} {True:5} {False:>8} {True:.1f} {True:b}")
for w in (0, 1, 5, 10):
    for a in "<>^=":
        for fill in " *0":
            print(f"{-42:{fill}{a}{w}}", end="|")
    print()
print(f"{12345.678:10,.1f}|{12345.678:<10,.1f}|{12345.678:^12_.2f}|{-12345.678:=+15,.3f}|{0.000012345:.3g}|{123456789.0:.3g}|{100000:g}|{1000000:g}|{1e5:g}")
print(f"{10**25:e} {10**25:.3f} {2**100:g} {2**100:,} {-7:%} {3:.2f} {10**18:.0f} {2**53+1:.1f}")
prices = [("apple", 1.5, 3), ("melon", 12.25, 1), ("fig", 0.333, 120)]
print(f"{'item':<8}{'price':>8}{'qty':>5}{'total':>10}")
for n, p, q in prices:
    print(f"{n:<8}{p:>8.2f}{q:>5d}{p * q:>10,.2f}")
print(f"{'sum':<8}{'':>8}{sum(q for *_, q in prices):>5}{sum(p * q for _, p, q in prices):>10,.2f}")
for v, spec in ((5, ".2"), (5, "s"), (1.5, "d"), (1.5, "x"), (1.5, "c"), (1j, "d"), (1j, "05"), (1j, "%"), (1j, "=10"), (5, ",c"), (5, "+c"), (5, ",x"), (5, "_n"), (-1, "c"), (0x110000, "c"), (5, ".2c"), (5, "z"), (1.5, "zf"), (5, " +d"), (5, "<<5"), (5, "10.5.5"), (5, "5d5"), (1.5, ".f"), (5, "{"), ("s", "d"), ("s", "_"), ("s", "0=5"), (5, "\u0664d"), (5, "#c")):
    try:
        print(repr(v), repr(spec), repr(format(v, spec)))
    except (ValueError, OverflowError) as e:
        print(repr(v), repr(spec), e)
print(f"{255:08_b}|{1234567:010,}|{1234:06,}|{-1234:+09,}|{0:05}|{-0.0:z}|{-0.4:z.0f}|{-0.0:+z}" if False else f"{255:08_b}|{1234567:010,}|{1234:06,}|{-1234:+09,}|{0:05}|{-0.4:z.0f}|{-0.04:z.1f}")
table = [[1, 10, 100], [2.5, 25, 0.25], [-3, 1e6, 1e-6]]
print("\n".join(" ".join(f"{v:>10g}" for v in row) for row in table))
print(*(f"{2**k:>{k}}" for k in range(1, 12)), sep="|")
