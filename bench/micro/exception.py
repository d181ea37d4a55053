"""Exception kernels: try without a raise, raise and catch, through frames, lookups that fail, with statements."""
from _timer import report


def no_raise(n):
    for _ in range(n):
        try:
            pass
        except ValueError:
            pass


def raise_catch(n):
    for _ in range(n):
        try:
            raise ValueError
        except ValueError:
            pass


def through_frames(n):
    def deep(k):
        if k == 0:
            raise KeyError("x")
        deep(k - 1)
    for _ in range(n):
        try:
            deep(3)
        except KeyError:
            pass


def key_error(n):
    d = {}
    for _ in range(n):
        try:
            d["missing"]
        except KeyError:
            pass


def attribute_error(n):
    o = object()
    for _ in range(n):
        getattr(o, "missing", None)


def finally_block(n):
    for _ in range(n):
        try:
            pass
        finally:
            pass


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *exc):
        return False


def with_block(n):
    m = Manager()
    for _ in range(n):
        with m:
            pass


report(no_raise=no_raise, raise_catch=raise_catch, through_frames=through_frames, key_error=key_error,
       attribute_error=attribute_error, finally_block=finally_block, with_block=with_block)
