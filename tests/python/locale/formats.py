# locale: number formatting and parsing in the C locale and by conventions put in by hand, names normalised, collation, aliases.
import functools
import locale

print(locale.setlocale(locale.LC_ALL, "C"), locale.getlocale(), locale.setlocale(locale.LC_ALL), locale.getlocale(locale.LC_CTYPE))
conv = locale.localeconv()
print(sorted((k, v) for k, v in conv.items()))
CASES = [("%d", 1234567), ("%.2f", 1234567.891), ("%s", "text"), ("%+10.1f|", -98765.43), ("%e", 12345.678), ("%g", 1e10), ("%x", 255), ("%(a)d and %(b).1f", {"a": 12345, "b": 6789.25}), ("%d%%", 5000), ("%-12d|", 123456), ("%*d", (10, 123456)), ("%d %s", (1000, "x")), ("%012.2f", 12345.6)]


def show(label):
    print(label)
    for text, value in CASES:
        for options in (dict(grouping=False), dict(grouping=True), dict(grouping=True, monetary=True)):
            try:
                print("  ", text, options, repr(locale.format_string(text, value, **options)))
            except Exception as e:
                print("  ", text, options, type(e).__name__, e)
    for value in (1234.5, -0.5, 1e7, 0):
        for options in ({}, dict(grouping=True), dict(symbol=False), dict(international=True, grouping=True)):
            try:
                print("  ", value, options, repr(locale.currency(value, **options)))
            except ValueError as e:
                print("  ", value, options, "ValueError", e)
    for text in ("1.234,56", "1,234.56", "12", "-5", "x", "1 234"):
        for convert in (locale.atoi, locale.atof, locale.delocalize):
            try:
                print("  ", text, convert.__name__, convert(text))
            except ValueError as e:
                print("  ", text, convert.__name__, "ValueError", e)
    print("  ", locale.str(1234.5678), locale.localize("1234567.5", True))


show("C")
german = dict(conv, decimal_point=",", thousands_sep=".", grouping=[3, 3, 0], int_curr_symbol="EUR ", currency_symbol="€", mon_decimal_point=",", mon_thousands_sep=" ", mon_grouping=[3, 0], positive_sign="", negative_sign="-", int_frac_digits=2, frac_digits=2, p_cs_precedes=0, p_sep_by_space=1, n_cs_precedes=0, n_sep_by_space=1, p_sign_posn=1, n_sign_posn=1)
locale._override_localeconv = german
show("german")
indian = dict(german, decimal_point=".", thousands_sep=",", grouping=[3, 2, 0], mon_grouping=[3, 2, 0], mon_thousands_sep=",", mon_decimal_point=".", currency_symbol="₹", p_cs_precedes=1, n_cs_precedes=1, p_sep_by_space=0, n_sep_by_space=2, n_sign_posn=0, frac_digits=1)
locale._override_localeconv = indian
show("indian")
for position in range(5):
    locale._override_localeconv = dict(indian, n_sign_posn=position, p_sign_posn=position, positive_sign="+", grouping=[2, locale.CHAR_MAX], mon_grouping=[1, 2, locale.CHAR_MAX])
    print(position, locale.currency(-12345.6, grouping=True), locale.currency(12345.6), locale.format_string("%d", 1234567, True))
locale._override_localeconv = {}
for name in ("en_US", "de_DE.UTF-8", "C", "POSIX", "fr", "ja_JP.eucjp", "sr@latin", "english_uk.8859", "xx_yy", "", "pt_BR.iso88591@euro", "en_US.utf8", "c.utf8", "german", "zh_TW.big5"):
    try:
        print(name, locale.normalize(name), locale._parse_localename(locale.normalize(name)))
    except ValueError as e:
        print(name, locale.normalize(name), "ValueError", e)
print(locale.strcoll("a", "b") < 0, locale.strcoll("b", "a") > 0, locale.strcoll("a", "a"), locale.strxfrm("abc"), sorted("bAaB", key=locale.strxfrm), sorted("bAaB", key=functools.cmp_to_key(locale.strcoll)), locale.getpreferredencoding(), locale.getpreferredencoding(False), locale.getencoding())
for item in ("RADIXCHAR", "THOUSEP", "D_FMT", "T_FMT_AMPM", "DAY_1", "ABDAY_7", "MON_12", "ABMON_2", "YESEXPR", "CRNCYSTR", "CODESET", "ERA", "AM_STR", "D_T_FMT"):
    print(item, repr(locale.nl_langinfo(getattr(locale, item))))
for wrong in (lambda: locale.setlocale(locale.LC_ALL, "xx_NOPE"), lambda: locale.setlocale(99), lambda: locale.setlocale("x"), lambda: locale.nl_langinfo(-1), lambda: locale.getlocale(locale.LC_ALL), lambda: locale.strcoll("a"), lambda: locale.strxfrm("a\0b"), lambda: locale.setlocale(locale.LC_ALL, ("a", "b", "c")), lambda: locale.setlocale(locale.LC_ALL, "C\0"), lambda: locale.format_string("%d", "x"), lambda: locale.currency("x"), lambda: locale.strcoll("\0", "a"), lambda: locale.setlocale(locale.LC_TIME, ("en_XX", "UTF-8")), lambda: locale.format_string("%d %d", (1,)), lambda: locale.atof(5)):
    try:
        print(repr(wrong()))
    except Exception as e:
        print(type(e).__name__, e)
