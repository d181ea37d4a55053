# optparse: a tool's options with groups, callbacks, own types and actions, help texts, conflicts and errors.
import contextlib
import copy
import io
import optparse


def attempt(parser, argv):
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            options, rest = parser.parse_args(argv)
        print(argv, "->", sorted(vars(options).items(), key=str), rest)
    except SystemExit as e:
        print(argv, "-> exit", e.code, out.getvalue() + err.getvalue())


def check_pair(option, opt, value):
    try:
        a, b = value.split(",")
        return int(a), int(b)
    except ValueError:
        raise optparse.OptionValueError(f"option {opt}: not a pair: {value!r}")


class Option(optparse.Option):
    TYPES = optparse.Option.TYPES + ("pair",)
    TYPE_CHECKER = copy.copy(optparse.Option.TYPE_CHECKER)
    TYPE_CHECKER["pair"] = check_pair
    ACTIONS = optparse.Option.ACTIONS + ("extend",)
    STORE_ACTIONS = optparse.Option.STORE_ACTIONS + ("extend",)
    TYPED_ACTIONS = optparse.Option.TYPED_ACTIONS + ("extend",)
    ALWAYS_TYPED_ACTIONS = optparse.Option.ALWAYS_TYPED_ACTIONS + ("extend",)

    def take_action(self, action, dest, opt, value, values, parser):
        if action == "extend":
            values.ensure_value(dest, []).extend(value.split(","))
        else:
            super().take_action(action, dest, opt, value, values, parser)


def collect(option, opt, value, parser, *extra, **more):
    taken = []
    while parser.rargs and not parser.rargs[0].startswith("-"):
        taken.append(parser.rargs.pop(0))
    setattr(parser.values, option.dest, (opt, value, taken, extra, more))


p = optparse.OptionParser("%prog [options] file...", option_class=Option, version="%prog 3.1", prog="tool", description="Works on files, and describes it in so many words that the text must be wrapped once.", epilog="That is all.")
p.add_option("-v", "--verbose", action="count", dest="level", default=0, help="more words")
p.add_option("-q", action="store_const", const=-1, dest="level", help=optparse.SUPPRESS_HELP)
p.add_option("-n", "--number", type="int", metavar="N", default=3, help="how many [default: %default]")
p.add_option("--ratio", type="float", help="a share [default: %default]")
p.add_option("--z", type="complex")
p.add_option("--pair", type="pair", nargs=1)
p.add_option("--pt", type="int", nargs=2)
p.add_option("-I", "--include", action="append", help="a directory")
p.add_option("--names", action="extend")
p.add_option("--kind", type="choice", choices=["red", "green"], default="red")
p.add_option("-t", action="store_true", dest="flag")
p.add_option("-T", action="store_false", dest="flag")
p.add_option("-c", action="callback", callback=collect, dest="taken", callback_args=(1,), callback_kwargs={"k": 2})
g = optparse.OptionGroup(p, "Dangerous", "Use with care.")
g.add_option("--force", action="store_true", help="do it anyway; the explanation of which is much too long for one line of eighty columns")
p.add_option_group(g)
for argv in ([], ["-vv", "a", "-n", "0x1f", "b"], ["--number=0b101", "--ratio", "1e3", "--z", "1+2j"], ["--pair=3,4", "--pt", "5", "-6"], ["-Ia", "-I", "b", "--names=x,y", "--names", "z"],
             ["--kind", "green", "-tT"], ["-c", "p", "q", "-v"], ["--force", "--", "-n"], ["-q"], ["--verb", "--nu", "8"], ["-n"], ["-n", "x"], ["--kind=blue"], ["--pair", "1"], ["--pt", "1"], ["--nope"], ["--n"], ["-x"],
             ["--force=1"], ["--ratio", "q"], ["--version"], ["-h"]):
    attempt(p, argv)
p.disable_interspersed_args()
attempt(p, ["-v", "file", "-v"])
p.set_defaults(level=5, include=["std"])
print(sorted(vars(p.get_default_values()).items(), key=str)[:4], p.has_option("-v"), p.get_option("--kind").choices, p.get_option("-Q"), p.get_usage(), p.get_version())
p.remove_option("--kind")
print(p.has_option("--kind"), str(p.get_option("-v")), repr(g.title), p.expand_prog_name("%prog!"), p.defaults["level"])
for args, kw in ((("-v",), {}), (("x",), {}), (("-xy",), {}), (("--y",), dict(action="nope")), (("--y",), dict(type="nope")), (("--y",), dict(choices=["a"])), (("--y",), dict(type="choice")), (("--y",), dict(action="store_true", type="int")),
                 (("--y",), dict(action="callback")), (("--y",), dict(action="store_true", nargs=2)), (("--y",), dict(surplus=1)), (("--", ), {}), (("--y",), dict(const=1)), (("--y",), dict(action="callback", callback=5))):
    try:
        p.add_option(*args, **kw)
        print("added")
    except (optparse.OptionError, TypeError, ValueError) as e:
        print(type(e).__name__, e)
r = optparse.OptionParser(conflict_handler="resolve", usage=optparse.SUPPRESS_USAGE, add_help_option=False, formatter=optparse.TitledHelpFormatter(width=60))
r.add_option("-a", "--all", help="first")
r.add_option("-a", "--any", help="second")
print(r.format_help(), r.get_usage() == "", optparse.Values({"a": 1}) == {"a": 1}, optparse.make_option("-o").dest)
