"""try, finally and the ways out: return, break and continue that override each other and exceptions; contexts after nested handlers; names that except deletes."""

import sys


def run(function, *arguments):
    try:
        result = function(*arguments)
    except BaseException as error:
        chain = []
        while error is not None:
            chain.append((type(error).__name__, str(error), error.__suppress_context__))
            error = error.__cause__ or error.__context__
        result = chain
    print(function.__name__, arguments, "->", result, sys.exc_info()[0])


def return_overrides(kind):
    try:
        if kind == "raise":
            raise ValueError("lost")
        return "try"
    finally:
        if kind != "plain":
            return "finally"


def value_before_finally():
    x = [1]
    try:
        return x
    finally:
        x.append(2)
        x = [9]


def loops(kind):
    seen = []
    for i in range(4):
        try:
            if kind == "raise" and i == 1:
                raise KeyError(i)
            if kind == "return" and i == 1:
                return seen
            seen.append(i)
        finally:
            seen.append("f")
            if kind in ("raise", "return") and i == 1:
                continue
            if i == 2:
                break
    else:
        seen.append("else")
    return seen


def while_finally():
    n = 0
    while True:
        n += 1
        try:
            if n < 3:
                continue
            break
        finally:
            n += 10
    return n


def nested_returns():
    try:
        try:
            return 1
        finally:
            try:
                return 2
            finally:
                print("inner")
    finally:
        print("outer")


def raise_in_finally():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


def raise_in_except():
    try:
        raise ValueError("first")
    except ValueError:
        raise KeyError("second")


def raise_from_none():
    try:
        raise ValueError("first")
    except ValueError:
        raise KeyError("second") from None


def three_deep():
    try:
        try:
            raise ValueError(1)
        except ValueError:
            try:
                raise KeyError(2)
            finally:
                raise IndexError(3)
    finally:
        print("in finally", sys.exc_info()[0].__name__)


def context_restored():
    seen = []
    try:
        raise ValueError
    except ValueError:
        seen.append(sys.exc_info()[0])
        try:
            raise KeyError
        except KeyError:
            seen.append(sys.exc_info()[0])
        seen.append(sys.exc_info()[0])
        try:
            pass
        finally:
            seen.append(sys.exc_info()[0])
    seen.append(sys.exc_info()[0])
    return [k and k.__name__ for k in seen]


def name_deleted():
    e = "before"
    try:
        raise ValueError
    except ValueError as e:
        pass
    return e


def name_rebound():
    try:
        raise ValueError
    except ValueError as e:
        e = 5
    return "e" in locals()


def name_deleted_inside():
    try:
        raise ValueError
    except ValueError as e:
        del e
    return "fine"


def name_after_return():
    def inner():
        try:
            raise ValueError
        except ValueError as e:
            return lambda: e
    return inner()()


def name_in_loop():
    for i in range(2):
        try:
            raise ValueError(i)
        except ValueError as e:
            if i == 0:
                continue
            return str(e)


def same_exception_again():
    error = ValueError("same")
    try:
        try:
            raise error
        except ValueError:
            raise error
    except ValueError as caught:
        return caught is error, caught.__context__


def context_cycle():
    a, b = ValueError("a"), KeyError("b")
    try:
        try:
            try:
                raise a
            except ValueError:
                raise b
        except KeyError:
            raise a
    except ValueError as error:
        return error.__context__, error.__context__.__context__


def matching_order():
    def pick(name, value):
        print("evaluated", name)
        return value
    try:
        raise ValueError
    except pick("first", KeyError):
        pass
    except pick("second", (TypeError, (ValueError,))):
        return "second"
    except pick("third", Exception):
        return "third"


def bad_match(kind):
    try:
        raise ValueError("original")
    except kind:
        return "matched"


def bad_match_unused():
    try:
        pass
    except 5:
        pass
    return "never evaluated"


def else_raises():
    try:
        pass
    except ValueError:
        return "never"
    else:
        raise ValueError("from else")
    finally:
        print("finally ran")


def generator_return():
    def g():
        try:
            yield 1
            return "r"
        finally:
            yield 2
    return list(g())


def finally_yields():
    def g():
        for i in range(2):
            try:
                continue
            finally:
                yield i
    return list(g())


class Meta(type):
    def __instancecheck__(cls, instance):
        raise RuntimeError("not asked")


class Odd(Exception, metaclass=Meta):
    pass


def odd_match():
    try:
        raise Odd("odd")
    except ValueError:
        return "no"
    except Odd:
        return "by identity of classes"


def del_in_finally():
    x = 1
    try:
        return x
    finally:
        del x


def deep_finally(n):
    try:
        if n:
            return deep_finally(n - 1)
        raise ValueError("bottom")
    finally:
        if n == 2:
            return "stopped at 2"


for kind in ("plain", "return", "raise"):
    run(return_overrides, kind)
    run(loops, kind)
for function in (value_before_finally, while_finally, nested_returns, raise_in_finally, raise_in_except, raise_from_none, three_deep, context_restored, name_deleted, name_rebound, name_deleted_inside, name_after_return, name_in_loop, same_exception_again, context_cycle, matching_order, bad_match_unused, else_raises, generator_return, finally_yields, odd_match, del_in_finally):
    run(function)
for kind in (5, None, "ValueError", int, (ValueError, 5), (5, ValueError), ((ValueError,), 5), [ValueError], (), type, object, BaseException, ValueError("instance")):
    run(bad_match, kind)
run(deep_finally, 5)
