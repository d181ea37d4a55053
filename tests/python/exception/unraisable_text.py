"""How sys.__unraisablehook__ writes an exception's text: after a colon even if it is empty, unlike a traceback."""

import io
import sys


class Empty(Exception):
    def __str__(self):
        return ""


class Broken(Exception):
    def __str__(self):
        return 1 / 0


class Dying:
    def __init__(self, error):
        self.error = error

    def __del__(self):
        raise self.error


def dying(error):
    old, sys.stderr = sys.stderr, io.StringIO()
    try:
        Dying(error)
        return sys.stderr.getvalue().splitlines()[-1]
    finally:
        sys.stderr = old


for error in (ValueError("text"), ValueError(""), ValueError(), KeyboardInterrupt(), Empty(1), Broken(2), KeyError("key")):
    print(repr(dying(error)))
original = sys.unraisablehook
kept = []
sys.unraisablehook = lambda u: kept.append((u.exc_type, u.exc_value, u.err_msg))
Dying(Empty(3))
sys.unraisablehook = original
print([(t.__name__, repr(v), m) for t, v, m in kept])
