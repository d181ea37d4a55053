"""Call kernels: Python functions with and without keywords, closures, recursion, builtins."""
from _timer import report


def nothing():
    pass


def two(a, b=1):
    return a


def no_arguments(n):
    f = nothing
    for _ in range(n):
        f()


def positional(n):
    for i in range(n):
        two(i, i)


def keyword(n):
    for i in range(n):
        two(i, b=i)


def default(n):
    for i in range(n):
        two(i)


def star(n):
    args = (1, 2)
    for _ in range(n):
        two(*args)


def recursive(n):
    def fib(k):
        return k if k < 2 else fib(k - 1) + fib(k - 2)
    for _ in range(max(1, n // 1973)):      # fib(15) is 1973 calls
        fib(15)


def builtin(n):
    text = "abc"
    for _ in range(n):
        len(text)


def comprehension(n):
    for _ in range(n // 10):
        [x for x in range(10)]


report(no_arguments=no_arguments, positional=positional, keyword=keyword, default=default, star=star, recursive=recursive,
       builtin=builtin, comprehension=comprehension)
