"""Implicit and explicit chaining, suppression, cycles, context through finally and nested handlers."""

def show(e, depth=0):
    seen = []
    while e is not None and depth < 6:
        seen.append(f"{e!r} (cause {e.__cause__!r}, suppressed {e.__suppress_context__})")
        e, depth = e.__context__, depth + 1
    print(" <- ".join(seen))

def catch(f):
    try:
        f()
    except BaseException as e:
        show(e)

def implicit():
    try:
        1 / 0
    except ZeroDivisionError:
        [][0]

def explicit():
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise KeyError("k") from e

def from_none():
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("k") from None

def from_class():
    raise KeyError("k") from ValueError

def in_finally():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")

def reraised():
    try:
        try:
            raise ValueError("a")
        except ValueError:
            raise TypeError("b")
    except TypeError as e:
        raise e

def three():
    try:
        try:
            raise ValueError(1)
        except ValueError:
            raise TypeError(2)
    except TypeError:
        raise KeyError(3)

def handled_inside():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise TypeError("inner handled")
        except TypeError:
            pass
        raise KeyError("after")

def self_raise():
    e = ValueError("self")
    try:
        raise e
    except ValueError:
        raise e

def cycle():
    a, b = ValueError("a"), TypeError("b")
    try:
        raise a
    except ValueError:
        try:
            raise b
        except TypeError:
            raise a

def in_function_called_from_handler():
    def helper():
        raise OSError("from helper")
    try:
        raise ValueError("v")
    except ValueError:
        helper()

def generator_context():
    def g():
        try:
            yield
        finally:
            raise KeyError("in generator")
    it = g()
    next(it)
    try:
        raise ValueError("outside")
    except ValueError:
        it.throw(TypeError("thrown"))

for f in (implicit, explicit, from_none, from_class, in_finally, reraised, three, handled_inside, self_raise, cycle, in_function_called_from_handler, generator_context):
    print(f.__name__, end=": ")
    catch(f)
e = ValueError("x")
e.__cause__ = KeyError("set by hand")
e.__context__ = None
show(e)
for bad in (lambda: setattr(e, "__cause__", 5), lambda: setattr(e, "__context__", "x"), lambda: setattr(e, "__traceback__", 5), lambda: delattr(e, "__cause__"), lambda: setattr(e, "args", 5), lambda: e.with_traceback(5), lambda: setattr(e, "__suppress_context__", "x")):
    try:
        bad()
        print("fine")
    except (TypeError, ValueError) as error:
        print(error)
e.args = [1, 2]
print(e.args, e, repr(e))
