"""except*: naked exceptions, nested groups, raising inside handlers, else and finally, what becomes of the unhandled rest, refused syntax."""

import sys


def tree(error):
    if isinstance(error, BaseExceptionGroup):
        return [type(error).__name__, error.message, *map(tree, error.exceptions)]
    return repr(error)


def run(label, function):
    try:
        print(label, "returned", function())
    except BaseException as error:
        print(label, "raised", tree(error), "| context", error.__context__ and tree(error.__context__), "| cause", repr(error.__cause__))
    print("  exc_info", sys.exc_info()[0])


def naked():
    try:
        raise ValueError("plain")
    except* ValueError as eg:
        print("handler", tree(eg), type(eg.__traceback__).__name__, eg.__context__)
        return_later = True
    return return_later


def not_matching():
    try:
        raise ValueError("plain")
    except* KeyError:
        print("never")


def both():
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2), ExceptionGroup("h", [ValueError(3), OSError(4)])])
    except* ValueError as eg:
        print("values", tree(eg))
    except* (KeyError, TypeError) as eg:
        print("keys", tree(eg))
    except* ValueError:
        print("never")


def raise_new():
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2), OSError(3)])
    except* ValueError:
        raise RuntimeError("new one")
    except* KeyError as eg:
        raise LookupError("from") from eg


def reraise():
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2), OSError(3)])
    except* ValueError:
        raise
    except* KeyError as eg:
        raise eg


def reraise_some():
    try:
        raise ExceptionGroup("g", [ValueError(1), KeyError(2), ExceptionGroup("h", [ValueError(3)])])
    except* ValueError as eg:
        raise eg.exceptions[0]


def naked_reraise():
    try:
        raise ValueError("plain")
    except* ValueError:
        raise


def with_else(fail):
    try:
        if fail:
            raise TypeError("t")
    except* TypeError:
        print("handled")
    else:
        print("else")
    finally:
        print("finally")
    return fail


def nested():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(1), KeyError(2)])
        except* ValueError as eg:
            try:
                raise eg
            except* ValueError as inner:
                print("inner", tree(inner), inner is eg)
    except* KeyError as eg:
        print("outer", tree(eg))


def base_errors():
    try:
        raise BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError(1)])
    except* ValueError:
        pass


def evaluated():
    def which(name, kind):
        print("evaluating", name)
        return kind
    try:
        raise ExceptionGroup("g", [ValueError(1)])
    except* which("first", ValueError):
        pass
    except* which("second", KeyError):
        pass


def bad_types(kind):
    def inner():
        try:
            raise ExceptionGroup("g", [ValueError(1)])
        except* kind:
            print("never")
    return inner


def bad_type_naked():
    try:
        raise ValueError(1)
    except* ExceptionGroup:
        print("never")


def name_deleted():
    try:
        raise ValueError(1)
    except* ValueError as eg:
        pass
    return eg


def falls_out():
    for i in range(3):
        try:
            raise ExceptionGroup("g", [ValueError(i)])
        except* ValueError as eg:
            for _ in range(2):
                continue
            if i == 1:
                del eg
    return i


class Odd(ExceptionGroup):
    def derive(self, exceptions):
        return Odd("derived " + self.message, exceptions)


def subclass_group():
    try:
        raise Odd("odd", [ValueError(1), OSError(2)])
    except* OSError as eg:
        print(tree(eg))


for function in (naked, not_matching, both, raise_new, reraise, reraise_some, naked_reraise, nested, base_errors, evaluated, bad_type_naked, name_deleted, falls_out, subclass_group):
    run(function.__name__, function)
run("else", lambda: with_else(False))
run("handled", lambda: with_else(True))
for kind in (5, ExceptionGroup, (ValueError, ExceptionGroup), (ValueError, 5), None, int):
    run(str(kind), bad_types(kind))
for source in ("try: pass\nexcept* A: pass\nexcept B: pass", "try: pass\nexcept*: pass", "for x in y:\n try: pass\n except* A: break", "for x in y:\n try: pass\n except* A: continue", "def f():\n try: pass\n except* A: return",
               "def f():\n for x in y:\n  try: pass\n  except* A:\n   def g(): return 1\n   for z in y: break", "try: pass\nexcept* A, B: pass", "try: pass\nexcept *(A, B) as c: pass", "try: pass\nexcept * A as b.c: pass",
               "try: pass\nexcept A: pass\nexcept* B: pass", "def f():\n try: pass\n except* A:\n  with x:\n   return", "try: pass\nexcept* A: pass\nexcept*: pass"):
    try:
        compile(source, "<s>", "exec")
        print(repr(source), "compiles")
    except SyntaxError as error:
        print(repr(source), error.msg, error.lineno, error.offset)
