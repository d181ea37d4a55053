# Every builtin exception and warning says what it stands for, in a docstring of its own.
import builtins

classes = [c for _, c in sorted(vars(builtins).items()) if isinstance(c, type) and issubclass(c, BaseException)]
print(len(classes), [c.__name__ for c in classes if not isinstance(c.__doc__, str) or len(c.__doc__) < 10])
print([c.__name__ for c in classes if "__doc__" not in vars(c)])
print(len({c.__doc__ for c in classes if c not in (OSError, IOError, EnvironmentError)}) > 55)


class Own(ValueError):
    pass


class Documented(KeyError):
    """A docstring."""


print(Own.__doc__, Documented.__doc__, Own().__doc__, ValueError().__doc__ == ValueError.__doc__)
try:
    ValueError.__doc__ = "x"
except TypeError as e:
    print(e)
