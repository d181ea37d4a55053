"""format() of floats: every presentation type with widths, precision, sign, grouping."""

values = [0.0, -0.0, 1.0, -1.5, 3.14159265358979, 1e10, 1e-10, 123456789.987654321, 1e100, float("inf"), float("-inf"), float("nan"), 0.000123456, 99999.95]
specs = ["", "f", ".0f", ".2f", "e", ".3e", "E", "g", ".3g", "G", "%", ".1%", "n", "10.3f", "<12.2f", ">12.2f", "^12.2f", "*^14.1e", "+.2f", " .2f", "-.2f",
         "012.3f", ",.2f", "_.2f", "#.0f", "#g", "z.0f", "+,.1f", "=+12.1f", "015,.2f", ".10", "5", "20"]
for spec in specs:
    print(repr(spec), *(format(v, spec) for v in values), sep="|")
for bad in ("d", "x", "s", ",_", ".f", "10.2.3", "c", ",n", "%%", "zd", "q", "-5.3q"):
    try:
        print(format(1.5, bad))
    except ValueError as error:
        print(repr(bad), error)
for spec in ("%f", "%.2f", "%10.3e", "%-12g|", "%+g", "% g", "%012.4f", "%G", "%#.3g", "%.0f", "%.15g", "%r", "%s", "%d", "%i", "%x"):
    for v in (1.5, -2.25e-7, 1e21):
        try:
            print(spec, spec % v)
        except (TypeError, ValueError, OverflowError) as error:
            print(spec, type(error).__name__, error)
print("%.50f" % 0.1, "%.300g" % 1e-300 == "%.300g" % 1e-300, f"{1/3:.30f}", f"{1e22:f}", f"{2.0**70:.0f}")
print(format(True, "f"), format(5, ".2f"), format(10**20, "e"), format(10**30, "g"), format(7, "%"))
