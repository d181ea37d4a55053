"""An uncaught exception raised while another was handled, three deep, with one suppressed link."""

class Cleanup(Exception):
    pass

def work():
    raise KeyError("missing")

def handler():
    try:
        work()
    except KeyError:
        raise ValueError("while handling") from None

def outer():
    try:
        handler()
    except ValueError:
        undefined_cleanup()

try:
    outer()
except NameError:
    raise Cleanup("last", 5)
