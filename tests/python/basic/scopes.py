"""global, nonlocal, shadowing, del, closures that share a cell."""

x = "module"

def read():
    return x

def assign():
    x = "local"
    return x

def declare():
    global x, created
    x = "changed"
    created = "by declare"

print(read(), assign(), read())
declare()
print(read(), created)

def counter():
    n = 0

    def up():
        nonlocal n
        n += 1
        return n

    def get():
        return n

    return up, get

up, get = counter()
up()
up()
print(get(), up(), get(), counter()[1]())

def unbound():
    try:
        print(y)
    except UnboundLocalError as error:
        print(error)
    y = 1
    del y
    try:
        y
    except UnboundLocalError as error:
        print(error)

unbound()
try:
    nowhere
except NameError as error:
    print(error)

def deep():
    v = 1
    def a():
        def b():
            nonlocal v
            v += 10
            return v
        return b
    print(a()(), v)

deep()

def shadow(len):
    return len

print(shadow(3), len("abc"))
for loop_var in range(3):
    pass
print(loop_var)
funcs = []
for i in range(3):
    def f(i=i):
        return i
    funcs.append(f)
print([f() for f in funcs])

def free():
    try:
        return inner_value()
    except NameError as error:
        return str(error)
    finally:
        value = 1

def late():
    def inner():
        return value
    try:
        inner()
    except NameError as error:
        print(error)
    value = 1
    return inner()

print(free(), late())
class C:
    x = "class"
    def m(self):
        return x
print(C.x, C().m())
del x
try:
    read()
except NameError as error:
    print(error)
