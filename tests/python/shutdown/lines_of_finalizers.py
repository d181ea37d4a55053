# Finalizers that fail when the program ends: their tracebacks have no source lines once the modules go, but those of atexit functions and threads do.
import atexit
import sys
import threading
import traceback
import warnings
import weakref


class Late:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        self.fail()

    def fail(self):
        raise ValueError(self.name)


def at_exit():
    print("at exit", file=sys.stderr)
    Late("in an atexit function")
    raise KeyError("atexit")


atexit.register(at_exit)
Late("early")
kept = Late("a global of the main module")
weakref.finalize(sys, lambda: 1 / 0)
threading.kept = Late("held by another module")
sys.kept = Late("held by sys")


class Warns:
    def __del__(self):
        print("still there:", traceback is not None)
        warnings.warn("late warning")


warned = Warns()
thread = threading.Thread(target=lambda: Late("in a thread"))
thread.start()
thread.join()
