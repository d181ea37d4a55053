"""Assignment expressions, star expressions in calls, displays, subscripts and returns."""

data = [1, 5, 2, 8, 3]
if (n := len(data)) > 3:
    print("long", n)
while (x := data.pop()) != 5:
    print(x, end=" ")
print("stop", x, data)
print([y for v in range(5) if (y := v * v) > 3], y)
print((a := 1, b := 2), a + b, f"{(z := 7)} {z}")

def f(*args, sep="-", **kw):
    return sep.join(map(str, args)) + (str(kw) if kw else "")

print(f(*[1, 2], 3, *(4,), sep="+"), f(*"ab", **{"sep": "/"}), f(*[], **{}), f(1, *{2: 3}, **dict(x=1), y=2))
print([*range(3), *"ab"], (*[1], *[2]), {*[1, 2], *[2, 3]}, {**{"a": 1}, "b": 2, **{"a": 3}})
a, *b = [1]
print(a, b)
*a, = "xy"
print(a)
[a, [b, *c]], d = [1, [2, 3, 4]], 5
print(a, b, c, d)
for i, *rest in [(1, 2, 3), "ab"]:
    print(i, rest)

def star_return():
    rest = [2, 3]
    return 1, *rest

print(star_return())

def star_yield():
    yield 0, *range(2)

print(list(star_yield()))

class Sub:
    def __getitem__(self, key):
        return key

s = Sub()
print(s[1], s[1, 2], s[1:2], s[::3, 4], s[*[1, 2], 3], s[...], s[()], s[1:2, ::])
for bad in (lambda: f(**{"sep": 1}), lambda: f(*5), lambda: f(**5), lambda: f(sep="a", **{"sep": "b"}), lambda: f(**{1: 2})):
    try:
        print(bad())
    except (TypeError, AttributeError) as error:
        print(error)
x = y = z = []
x.append(1)
print(y, z is x)
i = 0
lst = [0, 0, 0]
i, lst[i] = 1, 9
print(i, lst)
lst[i], i = 7, 2
print(i, lst)
x, x = 1, 2
print(x)
print(1 if 0 else 2 if 0 else 3, not 1 == 2, 1 < 2 in [2], (lambda: (yield))().__class__.__name__)
