"""try, except, else, finally, raise, chaining and user-defined exceptions."""

def attempt(f):
    try:
        result = f()
    except ZeroDivisionError:
        print("zero division")
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
    except Exception as error:
        print("other", repr(error))
    else:
        print("result", result)
    finally:
        print("finally")

attempt(lambda: 1 / 0)
attempt(lambda: int("x"))
attempt(lambda: "a" + 1)
attempt(lambda: [][1])
attempt(lambda: 42)

class Custom(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code

try:
    raise Custom(7)
except Custom as error:
    print(error, error.code, error.args)

def order():
    try:
        print("body")
        return "from try"
    finally:
        print("cleanup")

print(order())

def override():
    for i in range(3):
        try:
            if i == 1:
                break
            continue
        finally:
            print("loop finally", i)
    return i

print(override())
try:
    try:
        {}["k"]
    except KeyError as error:
        raise ValueError("wrapped") from error
except ValueError as error:
    print(error, repr(error.__cause__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        undefined_name
except NameError as error:
    print(error, repr(error.__context__))
try:
    try:
        raise KeyError("k")
    except KeyError:
        raise
except KeyError as error:
    print("again", error)
try:
    error
except NameError as e:
    print(e)
assert True
try:
    assert 1 > 2, "message"
except AssertionError as e:
    print("assert", e)
try:
    raise Custom
except TypeError as e:
    print(e)
