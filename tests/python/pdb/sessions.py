# pdb driven by commands: breakpoint() in functions, stepping, returns, breakpoints with conditions, post mortem.
import io
import pdb
import sys


def session(function, *commands):
    print(f"--- {function.__name__}: {'; '.join(commands)}")
    stdin, sys.stdin = sys.stdin, io.StringIO("".join(c + "\n" for c in commands))
    try:
        result = function()
        print("result", result)
    except BaseException as e:
        print("raised", type(e).__name__, e)
    finally:
        sys.settrace(None)
        sys.stdin = stdin


def stops():
    x = 1
    breakpoint()
    y = x + 1
    return y


def helper(n):
    total = 0
    for i in range(n):
        total += i
    return total


def calls_helper():
    breakpoint()
    a = helper(3)
    b = helper(4)
    return a + b


def last_line():
    breakpoint(); return 5


def generates():
    breakpoint()
    return list(i * 2 for i in range(3))


def fails():
    breakpoint()
    return 1 // 0


session(stops, "p x", "n", "p y", "w", "c")
session(stops, "!x = 41", "n", "n", "c")
session(stops, "args", "whatis x", "pp [x] * 3", "l 25, 28", "c")
session(calls_helper, "n", "s", "s", "s", "p n, total", "r", "p __return__", "c")
session(calls_helper, "b helper, n == 4", "c", "p n", "cl 1", "c")
session(calls_helper, "tbreak helper", "c", "u", "p a" , "d", "until", "until", "c")
session(calls_helper, "j 44", "p b" , "c")
session(last_line, "n", "c")
session(generates, "n", "n", "c")
session(fails, "n", "n", "q")
session(stops, "nonsense", "p nonsense", "display x", "n", "undisplay x", "c")
session(stops, "interact", "q")
session(stops, "q")


def post_mortem():
    try:
        helper("3")
    except TypeError:
        pdb.post_mortem(sys.exc_info()[2])


session(post_mortem, "w", "p n", "u", "q")
