"""sys.excepthook replaced, failing, and sys.unraisablehook from __del__ and from a callback."""

import sys

def hook(kind, value, tb):
    names = []
    while tb:
        names.append(tb.tb_frame.f_code.co_name)
        tb = tb.tb_next
    print("hook got", kind.__name__, value, names)

class Bad:
    def __del__(self):
        raise ValueError("in del")

def unraisable(args):
    print("unraisable", args.exc_type.__name__, args.exc_value, args.err_msg, args.object is not None)

sys.unraisablehook = unraisable
b = Bad()
del b
sys.unraisablehook = sys.__unraisablehook__
Bad()
sys.excepthook = hook
try:
    sys.excepthook(*(None, None, None))
except AttributeError as e:
    print(e)
print(sys.excepthook is hook, sys.__excepthook__ is not hook)

def fails():
    raise KeyError("uncaught")

fails()
