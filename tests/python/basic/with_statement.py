"""Context managers: order, suppression, several items, exceptions in __exit__."""

class Manager:
    def __init__(self, name, suppress=False, fail=None):
        self.name, self.suppress, self.fail = name, suppress, fail

    def __enter__(self):
        print("enter", self.name)
        if self.fail == "enter":
            raise ValueError("enter failed")
        return self.name.upper()

    def __exit__(self, kind, value, tb):
        print("exit", self.name, kind and kind.__name__, value, tb is not None)
        if self.fail == "exit":
            raise KeyError("exit failed")
        return self.suppress

with Manager("a") as a:
    print("body", a)
with Manager("a") as a, Manager("b") as b:
    print(a, b)
with (Manager("c") as c, Manager("d")):
    print(c)
with Manager("s", suppress=True):
    raise ValueError("suppressed")
print("after")
try:
    with Manager("o"), Manager("i"):
        1 / 0
except ZeroDivisionError as error:
    print("caught", error)
try:
    with Manager("first"), Manager("second", fail="enter"):
        print("never")
except ValueError as error:
    print("caught", error)
try:
    with Manager("x", fail="exit"):
        raise ValueError("body")
except KeyError as error:
    print("caught", error, repr(error.__context__))

def leave():
    with Manager("r"):
        return "returned"

print(leave())
for i in range(3):
    with Manager(str(i)):
        if i == 1:
            break
        continue
for bad in (5, "s"):
    try:
        with bad:
            pass
    except TypeError as error:
        print(error)

class Half:
    def __enter__(self):
        return self

try:
    with Half():
        pass
except TypeError as error:
    print(error)

with Manager("tuple") as (p, q, *rest):
    print(p, q, rest)
with Manager("attr") as Manager.last:
    print(Manager.last)
