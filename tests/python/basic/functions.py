"""Functions: defaults, keywords, star arguments, recursion, nested functions."""

def greet(name, greeting="Hello", *, mark="!"):
    return f"{greeting}, {name}{mark}"

print(greet("Ann"), greet("Bob", "Hi"), greet("Cy", mark="?"), greet(greeting="Yo", name="Di"))

def collect(*args, **kwargs):
    return args, kwargs

print(collect(), collect(1, 2), collect(a=1), collect(1, *[2, 3], b=4, **{"c": 5}))

def positional(a, b, /, c, *, d):
    return (a, b, c, d)

print(positional(1, 2, 3, d=4), positional(1, 2, c=3, d=4))

def fact(n):
    return 1 if n < 2 else n * fact(n - 1)

print([fact(n) for n in range(10)], fact(25))

def outer(x):
    def inner(y):
        return x + y
    return inner

add5 = outer(5)
print(add5(3), outer("a")("b"))

def keeps(item, seen=[]):
    seen.append(item)
    return seen

print(keeps(1), keeps(2))

def nothing():
    "A docstring."

print(nothing(), nothing.__doc__, nothing.__name__)
square = lambda n: n * n
print(square(7), (lambda *a, k=2: (a, k))(1, 2))

def many():
    return 1, 2, 3

a, b, c = many()
print(a, b, c, many())

def apply(f, *args, **kw):
    return f(*args, **kw)

print(apply(greet, "Eve", mark="."), apply(max, 3, 9, 4), apply(sorted, [2, 1], reverse=True))

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

print(fib(18))
greet.extra = 1
print(greet.extra, greet.__defaults__, greet.__kwdefaults__)
