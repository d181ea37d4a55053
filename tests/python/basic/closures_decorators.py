"""Closures and decorators: with arguments, stacked, on classes, memoisation."""

def trace(f):
    def wrapper(*args, **kwargs):
        print(f"call {f.__name__}{args}{kwargs or ''}")
        result = f(*args, **kwargs)
        print(f"return {result!r}")
        return result
    return wrapper

@trace
def add(a, b=1):
    return a + b

add(1)
add(2, b=3)

def repeat(n):
    def decorate(f):
        def wrapper(*args):
            return [f(*args) for _ in range(n)]
        return wrapper
    return decorate

@repeat(3)
def hi(name):
    return "hi " + name

print(hi("you"))

def memo(f):
    cache = {}
    def wrapper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    wrapper.cache = cache
    return wrapper

@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(90), len(fib.cache))

def compose(*fs):
    def composed(x):
        for f in reversed(fs):
            x = f(x)
        return x
    return composed

print(compose(str, lambda x: x + 1, lambda x: x * 2)(5))

def register(cls):
    registry.append(cls.__name__)
    cls.registered = True
    return cls

registry = []

@register
@register
class Thing:
    pass

print(registry, Thing.registered)

def bank():
    balance = 0
    def deposit(n):
        nonlocal balance
        balance += n
        return balance
    def withdraw(n):
        nonlocal balance
        if n > balance:
            raise ValueError("insufficient funds")
        balance -= n
        return balance
    return {"deposit": deposit, "withdraw": withdraw}

account = bank()
account["deposit"](50)
print(account["withdraw"](20))
try:
    account["withdraw"](100)
except ValueError as error:
    print(error)

@lambda f: f(10)
def result(n):
    return n * n

print(result)

class CountCalls:
    def __init__(self, f):
        self.f, self.calls = f, 0
    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)

@CountCalls
def noop(x):
    return x

noop(1), noop(2)
print(noop.calls)
curry = lambda f: lambda a: lambda b: lambda c: f(a, b, c)
print(curry(lambda a, b, c: (a, b, c))(1)(2)(3))
