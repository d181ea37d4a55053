"""An uncaught ExceptionGroup, nested, with causes, notes and long lists."""

def fail(n):
    raise ValueError(f"number {n}")

def collect(count):
    errors = []
    for i in range(count):
        try:
            fail(i)
        except ValueError as error:
            if i % 2:
                error.add_note(f"note for {i}\nsecond line")
            errors.append(error)
    return errors

def build():
    try:
        {}["cause"]
    except KeyError as key:
        raise ExceptionGroup("outer group", [*collect(2), ExceptionGroup("inner group", [TypeError("no traceback"), *collect(1)]), OSError(2, "No such file")]) from key

try:
    build()
except* TypeError as group:
    print("handled", group)
