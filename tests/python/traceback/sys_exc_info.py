"""sys.exc_info, sys.exception, sys.last_*: what is current at each place, through generators and nested handlers."""

import sys

def cur(): return repr(sys.exception()), sys.exc_info()[0] and sys.exc_info()[0].__name__

print(cur())
try:
    raise ValueError("a")
except ValueError:
    print(cur())
    try:
        raise KeyError("b")
    except KeyError:
        print(cur())
    print(cur())
print(cur())
def gen():
    print("gen start", cur())
    try:
        raise TypeError("in gen")
    except TypeError:
        yield cur()
        yield cur()
    yield cur()
g = gen()
try:
    raise OSError("outer")
except OSError:
    print(next(g), cur())
print(next(g), cur())
print(next(g), cur())
def in_finally():
    try:
        return "r"
    finally:
        print("finally", cur())
in_finally()
try:
    try:
        1 / 0
    finally:
        print("finally while raising", cur())
except ZeroDivisionError as e:
    kind, value, tb = sys.exc_info()
    print(kind.__name__, value is e, tb is e.__traceback__)
class M:
    def __enter__(self): print("enter", cur())
    def __exit__(self, *a):
        print("exit", cur())
        return True
with M():
    raise LookupError("with")
print(cur())
def f():
    try:
        raise ValueError("f")
    except ValueError:
        return cur(), [cur() for _ in range(1)], (lambda: cur())()
print(f(), cur())
def nested(n):
    try:
        raise ValueError(n)
    except ValueError:
        if n:
            nested(n - 1)
        return cur()
print(nested(3))
class D:
    def __del__(self): print("del sees", cur())
try:
    raise ValueError("with del")
except ValueError:
    D()
try:
    raise ValueError("loop")
except ValueError as e:
    for i in range(2):
        try:
            raise e
        except ValueError as again:
            print(again is e, cur())
