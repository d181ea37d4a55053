"""Matching of except clauses: tuples, bases, expressions, order, wrong types, variable deletion, nested functions."""

class A(Exception): pass
class B(A): pass
class C(B): pass

for raised in (A, B, C, ValueError):
    try:
        try:
            raise raised("x")
        except C:
            print("C")
        except (B, KeyError):
            print("B or KeyError")
        except A as e:
            print("A", e)
    except Exception as e:
        print("outside", type(e).__name__)

def choose():
    print("evaluated", end=" ")
    return (ValueError, (KeyError, (TypeError,)))

for e in (ValueError, TypeError, IndexError):
    try:
        try:
            raise e
        except choose():
            print("matched", e.__name__)
    except (TypeError, IndexError) as err:
        print(type(err).__name__, err)
for bad in (5, "ValueError", [ValueError], (ValueError, 5), None, int):
    try:
        try:
            raise KeyError("k")
        except bad:
            pass
    except (TypeError, KeyError) as err:
        print(type(err).__name__, err)
for bad in (5, "text", None, int, [ValueError], object()):
    try:
        raise bad
    except TypeError as err:
        print(err)

class NotReally:
    def __new__(cls): return 5
class FromNew(Exception):
    def __new__(cls, *a): return KeyError("from new")
class InitFails(Exception):
    def __init__(self): raise ValueError("init fails")
for cls in (FromNew, InitFails):
    try:
        raise cls
    except Exception as err:
        print(repr(err))

class BadNew(Exception):
    def __new__(cls): return 5
try:
    raise BadNew
except TypeError as err:
    print(err)
e = "kept"
try:
    raise ValueError
except ValueError as e:
    pass
try:
    print(e)
except NameError as err:
    print(err)

def deleted_inside():
    try:
        raise ValueError
    except ValueError as e:
        del e
    try:
        e
    except UnboundLocalError as err:
        return str(err)
print(deleted_inside())

def rebound():
    try:
        raise ValueError
    except ValueError as e:
        e = 5
        print(e)
    return "e" in locals()
print(rebound())

def bare():
    try:
        raise
    except RuntimeError as err:
        return str(err)
print(bare())

def bare_in_callee():
    def reraise():
        raise
    try:
        raise KeyError("original")
    except KeyError:
        try:
            reraise()
        except KeyError as err:
            return repr(err)
print(bare_in_callee())

class Meta(type):
    def __instancecheck__(cls, o): return True
    def __subclasscheck__(cls, c): return True
class Greedy(Exception, metaclass=Meta): pass
try:
    try:
        raise ValueError("not greedy")
    except Greedy:
        print("greedy")
except ValueError as err:
    print("hooks ignored", err)
def gen():
    try:
        yield 1
    except ValueError as e:
        yield e.args
    yield "end"
g = gen()
print(next(g), g.throw(ValueError, "a") if False else g.throw(ValueError("a", 1)), next(g))
for i in range(3):
    try:
        if i == 0: raise StopIteration(5)
        if i == 1: raise GeneratorExit
        raise KeyboardInterrupt
    except Exception as err:
        print("Exception", repr(err))
    except BaseException as err:
        print("BaseException", repr(err))
