# getopt: short and long options, abbreviations, GNU order, errors, and a small converter that uses them.
import getopt
import os
import sys

CASES = [
    ("a:b", ["alpha=", "beta"], "-a1 -b rest -c"), ("a:b", ["alpha=", "beta"], "--alpha=foo --beta -a 1 arg"), ("a:b", ["alpha=", "beta"], "--al x --be y"), ("", ["alpha=", "alphabet"], "--alpha q"),
    ("", ["alpha=", "alphabet"], "--alph q"), ("x", [], "-xx -x- y"), ("x:", [], "-x"), ("", ["need="], "--need"), ("", ["flag"], "--flag=1"), ("", [], "-z"), ("", [], "--zz"), ("ab", [], "-ab -- -b"),
    ("ab", [], "- -a"), ("a:", [], "-a -b"), ("", ["opt=", "other"], "--o"), ("", "single=", "--single v"), ("a", ["help"], "one -a two --help three"), ("", [], ""),
]
for short, long, words in CASES:
    for function in (getopt.getopt, getopt.gnu_getopt):
        try:
            print(function.__name__, (short, long, words), "->", function(words.split(), short, long))
        except getopt.GetoptError as e:
            print(function.__name__, (short, long, words), "->", type(e).__name__, e, "|", e.msg, "|", e.opt)
print(getopt.gnu_getopt(["x", "-a"], "+a"), getopt.gnu_getopt(["x", "-a"], "a"), getopt.error is getopt.GetoptError)
os.environ["POSIXLY_CORRECT"] = "1"
print(getopt.gnu_getopt(["x", "-a"], "a"))
del os.environ["POSIXLY_CORRECT"]


def convert(argv):
    """A converter between bases, as somebody would write it with getopt."""
    base_in, base_out, upper, output = 10, 16, False, []
    try:
        options, numbers = getopt.gnu_getopt(argv, "i:o:uh", ["input=", "output=", "upper", "help"])
    except getopt.GetoptError as err:
        print(f"convert: {err}")
        return 2
    for option, value in options:
        match option:
            case "-h" | "--help":
                print("usage: convert [-u] [-i BASE] [-o BASE] NUMBER...")
                return 0
            case "-i" | "--input":
                base_in = int(value)
            case "-o" | "--output":
                base_out = int(value)
            case "-u" | "--upper":
                upper = True
    for text in numbers:
        try:
            number = int(text, base_in)
        except ValueError as err:
            print(f"convert: {err}")
            return 1
        digits = ""
        while True:
            number, digit = divmod(number, base_out)
            digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
            if not number:
                break
        output.append(digits.upper() if upper else digits)
    print(" ".join(output))
    return 0


for line in ("255 256 -u", "-o2 10", "--inp 16 --outp 10 ff", "-i 2 102", "--help", "--what", "-o", "-o 36 -u 123456789"):
    sys.stdout.write(f"{convert(line.split())}\n")
for wrong in (lambda: getopt.getopt("text", "a"), lambda: getopt.getopt([], 5), lambda: getopt.getopt([1], "a"), lambda: getopt.getopt(["-a"])):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
