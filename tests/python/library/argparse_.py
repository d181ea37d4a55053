# argparse: kinds of arguments, help texts, subcommands, groups, errors.
import argparse
import contextlib
import io


def attempt(parser, *argv):
    err, out = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out):
            result = parser.parse_args(argv)
        print(argv, "->", result)
    except SystemExit as e:
        print(argv, "-> exit", e.code, out.getvalue(), err.getvalue())


p = argparse.ArgumentParser(prog="tool", description="Does things.", epilog="The end.", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
p.add_argument("files", nargs="*", help="what to read")
p.add_argument("-n", "--number", type=int, default=3, metavar="N", help="how many")
p.add_argument("-v", "--verbose", action="count", default=0)
p.add_argument("--mode", choices=["fast", "slow"], default="fast", help="the mode of operation, with a text so long that it has to be wrapped by the formatter somewhere")
p.add_argument("--pair", nargs=2, type=float)
p.add_argument("--add", action="append", default=[])
p.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True)
p.add_argument("--const", action="store_const", const=42)
p.add_argument("--version", action="version", version="%(prog)s 1.0")
group = p.add_mutually_exclusive_group()
group.add_argument("--a", action="store_true")
group.add_argument("--b", action="store_false")
for argv in ([], ["x", "y", "-n", "5", "-vvv"], ["--mode=slow", "--pair", "1", "2.5", "--add", "p", "--add=q"], ["--no-flag", "--const"], ["--mode", "odd"],
             ["-n", "x"], ["--a", "--b"], ["--pair", "1"], ["--unknown"], ["--ver"], ["--num", "8"], ["--", "-n"], ["-h"], ["-n5", "-vn", "6"]):
    attempt(p, *argv)
print(p.parse_known_args(["--zzz", "f", "-n", "1"]))

s = argparse.ArgumentParser(prog="git", allow_abbrev=False)
subs = s.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")
add = subs.add_parser("add", help="adds", aliases=["a"])
add.add_argument("path", type=str.upper)
add.set_defaults(func=len)
rm = subs.add_parser("rm", help="removes")
rm.add_argument("-r", dest="recursive", action="store_true", required=True)
for argv in (["add", "p"], ["a", "q"], ["rm", "-r"], ["rm"], [], ["zz"], ["-h"], ["add", "-h"]):
    attempt(s, *argv)

r = argparse.ArgumentParser(prog="r", fromfile_prefix_chars="@", add_help=False, argument_default=argparse.SUPPRESS)
r.add_argument("one")
r.add_argument("rest", nargs=argparse.REMAINDER)
with open("args.txt", "w") as f:
    f.write("first\n--second\n")
attempt(r, "@args.txt")
attempt(r, "@none.txt")
try:
    p.add_argument("-n")
except argparse.ArgumentError as e:
    print(e)
for bad in (dict(nargs=0), dict(action="nope"), dict(type="int"), dict(required=True)):
    try:
        argparse.ArgumentParser().add_argument("x", **bad)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
print(p.format_usage(), argparse.Namespace(a=1, b="x") == argparse.Namespace(b="x", a=1), vars(argparse.Namespace(z=1)))
