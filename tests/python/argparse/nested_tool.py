# argparse: a tool of several levels: shared parents, own actions and types, groups, defaults from files, usages wrapped, intermixed and partial parsing.
import argparse
import contextlib
import io
import os
import sys

os.environ["COLUMNS"] = "70"


def attempt(parser, line, method="parse_args", **kw):
    out, err = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            result = getattr(parser, method)(line.split(), **kw)
        print(repr(line), "->", result)
    except SystemExit as e:
        print(repr(line), "-> exit", e.code, out.getvalue() + err.getvalue())
    except (argparse.ArgumentError, TypeError) as e:
        print(repr(line), "->", type(e).__name__, e)


class Pairs(argparse.Action):
    def __init__(self, *args, sep="=", **kw):
        self.sep = sep
        super().__init__(*args, **kw)

    def __call__(self, parser, namespace, values, option_string=None):
        table = dict(getattr(namespace, self.dest) or {})
        for value in values:
            key, found, text = value.partition(self.sep)
            if not found:
                raise argparse.ArgumentError(self, f"{value!r} has no {self.sep!r}")
            table[key] = text
        setattr(namespace, self.dest, table)


def size(text):
    number, unit = text[:-1], text[-1:].lower()
    if unit not in "kmg":
        raise argparse.ArgumentTypeError(f"{text!r} needs a unit of k, m or g")
    return int(number) << {"k": 10, "m": 20, "g": 30}[unit]


common = argparse.ArgumentParser(add_help=False)
common.add_argument("-v", "--verbose", action="count", default=0, help="say more")
common.add_argument("--config", metavar="FILE", type=argparse.FileType("r"), help="settings (%(type)s)")
common.add_argument("-D", "--define", action=Pairs, nargs="+", metavar="KEY=VALUE", help="definitions")
plainer = argparse.ArgumentParser(add_help=False)
plainer.add_argument("-v", "--verbose", action="count", default=0, help="say more")
plainer.add_argument("-D", "--define", action=Pairs, nargs="+", type=str, help="definitions")
tool = argparse.ArgumentParser(prog="tool", description="A tool with\n  levels.", formatter_class=argparse.RawDescriptionHelpFormatter, epilog="Bye,\n  %(prog)s", parents=[common])
subs = tool.add_subparsers(dest="command", help="what to do", description="The commands.", parser_class=argparse.ArgumentParser)
build = subs.add_parser("build", parents=[plainer], help="builds things", formatter_class=argparse.MetavarTypeHelpFormatter, aliases=["b", "make"])
build.add_argument("-j", "--jobs", type=int, choices=range(1, 9), default=2, help="how many (default: %(default)s, one of %(choices)s)")
build.add_argument("--limit", type=size, default="4k", help="memory")
build.add_argument("--ratio", type=float, nargs="?", const=0.5, default=0.1)
build.add_argument("targets", nargs="*", type=str, default=["all"])
which = build.add_mutually_exclusive_group(required=True)
which.add_argument("--debug", dest="kind", action="store_const", const="debug")
which.add_argument("--release", dest="kind", action="store_const", const="release")
which.add_argument("--kind", type=str)
remote = subs.add_parser("remote", usage="%(prog)s [options] ACTION", prefix_chars="-+", argument_default="unset")
remote.add_argument("+x", "++extra", action="append_const", const="X", default=[])
remote.add_argument("--add", action="extend", nargs=2, type=int, default=None)
deeper = remote.add_subparsers(title="actions", metavar="ACTION", required=True)
add = deeper.add_parser("add", description="adds one")
add.add_argument("name")
add.add_argument("url", nargs="?", default="none")
add.set_defaults(act="adding")
deeper.add_parser("rm").add_argument("names", nargs="+")
with open("conf", "w") as f:
    f.write("x")
for line in ("", "-vv", "build --debug", "-v build -vvv --release a b -j 4", "b --kind x --limit 2m --ratio", "make --debug --ratio 3 -D a=1 b=2", "-D q=1 build --debug -D z", "build", "build --debug --release", "build --debug -j 9", "build --debug -j x", "build --debug --limit 5", "build --debug --limit xk", "build --debug --limit k", "remote", "remote add", "remote add n", "remote +x ++extra add n u", "remote --add 1 2 --add 3 4 rm a b", "remote --add 1 rm a", "remote rm", "remote zap", "bui", "--config absent", "--config conf build --debug", "--verb", "--ver=1", "-vx", "-h", "build -h", "remote -h", "remote add -h", "build --debug -- -j", "build --debug extra -q"):
    attempt(tool, line)
attempt(tool, "build --debug --unknown -z", "parse_known_args")
print(tool.parse_args(["build", "--debug"], argparse.Namespace(preset=1, verbose=5)))

mixed = argparse.ArgumentParser(prog="mixed", exit_on_error=False, usage=None)
mixed.add_argument("--foo", type=int)
mixed.add_argument("cmd", help=argparse.SUPPRESS)
mixed.add_argument("rest", nargs="*", type=int, metavar="N")
for line in ("do 1 --foo 2 3 4", "do --foo x", "--foo 1", "do 1 2 --bar 3"):
    attempt(mixed, line)
    attempt(mixed, line, "parse_intermixed_args")
    attempt(mixed, line, "parse_known_intermixed_args")


class Files(argparse.ArgumentParser):
    def convert_arg_line_to_args(self, line):
        return line.split("#")[0].split()

    def error(self, message):
        raise TypeError("own error: " + message)


with open("args.txt", "w") as f:
    f.write("--foo 1 # one\nbar\n@more.txt\n")
with open("more.txt", "w") as f:
    f.write("--flag\n")
files = Files(prog="files", fromfile_prefix_chars="@", allow_abbrev=False)
files.add_argument("--foo", type=int)
files.add_argument("--flag", action=argparse.BooleanOptionalAction, default=None, help="a flag")
files.add_argument("words", nargs=argparse.REMAINDER)
for line in ("@args.txt", "@args.txt x --foo", "@none", "--no-flag a --b", "--fo 1", "--flag=1"):
    attempt(files, line)
wide = argparse.ArgumentParser(prog="wide", description="d " * 60, add_help=False, conflict_handler="resolve")
for name in ("alpha", "beta", "gamma", "delta", "epsilon"):
    wide.add_argument(f"--{name}-option", metavar=("ONE", "TWO"), nargs=2, help="help " * 20)
wide.add_argument("positional-name", metavar="POS")
wide.add_argument("--alpha-option", "-a", help="again")
section = wide.add_argument_group("section", "described")
section.add_argument("--in-section", action="store_false")
wide.print_help(sys.stdout)
wide.print_usage(sys.stdout)
for wrong in (lambda: wide.add_argument("-x", "pos"), lambda: wide.add_argument("--bad", nargs="x"), lambda: wide.add_argument("--y", action="store_true", nargs=1), lambda: wide.add_argument("z", dest="q"), lambda: wide.add_argument("--m", nargs=2, metavar=("A",)), lambda: wide.add_argument("--t", type="int"), lambda: subs.add_parser("build") and "twice", lambda: wide.add_argument("--c", choices=5, nargs=1), lambda: argparse.ArgumentParser(prefix_chars=""), lambda: argparse.FileType("z")("conf"), lambda: argparse.FileType("r")("absent"), lambda: wide.add_mutually_exclusive_group().add_argument("req"), lambda: wide.add_argument("--req", required=True, action="help"), lambda: wide.add_argument("--const", action="store_const"), lambda: wide.set_defaults(x=5) or wide.get_default("x")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
print(argparse.FileType("w"), argparse.FileType("r", encoding="utf-8"), argparse.FileType("r")("-") is sys.stdin, argparse.Namespace(**{"a b": 1, "c": 2}), "c" in argparse.Namespace(c=1), tool.format_usage())
