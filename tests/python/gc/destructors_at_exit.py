# What lives to the end dies with its globals in place: its destructors see modules and functions, also through cycles.
# command: $SCRIPT plain
# command: $SCRIPT cycle
import colorsys
import functools
import sys


class Plain:
    def __del__(self):
        print("plain", colorsys.ONE_THIRD, functools.partial, sys.flags.optimize, helper())


class Cycle:
    def __init__(self):
        self.cycle = self

    def __del__(self):
        print("cycle", colorsys.hsv_to_rgb(0, 0, 0), helper())


def helper():
    return Plain.__name__


kept = Plain() if sys.argv[1] == "plain" else Cycle()
