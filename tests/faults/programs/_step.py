# Runs what an allocation failure has interrupted again, so that what follows shows whether the runtime is still whole; memory that stays
# away ends the program.

TRIES = 3


def again(function, *args, after=lambda: None):
    for _ in range(TRIES):
        try:
            return function(*args)
        except MemoryError:
            after()
    raise MemoryError


def step(function, *args):
    result = again(function, *args)
    print(function.__name__, result)
    return result
