# Sites that have learned to read a builtin type's field, a class's builtin method or an entry of an object's dict must notice when the meaning
# changes: another class, a property or data descriptor put on the class later, deleted and re-added attributes, a dict exchanged.

import types


def read_class(x):
    return x.__class__


def read_value(x):
    return x.value


def read_args(x):
    return x.args


class Plain:
    pass


class Other:
    pass


class Lying:
    __class__ = property(lambda self: Plain)


for x in (Plain(), Plain(), Plain(), Other(), Lying(), 1, 1.5, "s", None, Plain, type, ValueError("x"), Lying(), Plain()):
    for _ in range(5):
        answer = read_class(x)
    print(answer)

p = Plain()
for turn in range(12):
    print(read_class(p).__name__, end=" ")
    if turn == 5:
        p.__class__ = Other
    if turn == 8:
        p.__class__ = Plain
print()
# Fields of exceptions: writable, and hidden by a subclass later on.


class Failure(ValueError):
    pass


e = Failure(1, 2)
for turn in range(12):
    if turn == 4:
        e.args = (3,)
    if turn == 6:
        Failure.args = "class data"
    if turn == 9:
        del Failure.args
    print(read_args(e), end=" ")
print()


def frame_fields(frame):
    return frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, frame.f_back.f_code.co_name, frame.f_locals is frame.f_locals


def outer():
    import sys
    return [frame_fields(sys._getframe()) for _ in range(1) for _ in range(4)]


print(outer()[-1])

# A descriptor of one builtin type put on another class refuses.


class Odd:
    value = types.FunctionType.__dict__["__code__"]
    real = int.__dict__["real"]
    span = property(lambda self: 4)


class Number(int):
    value = int.__dict__["real"]
    span = int.__dict__["imag"]


def read_all(x):
    found = []
    for get in (read_value, lambda y: y.real, lambda y: y.span):
        try:
            found.append(get(x))
        except (TypeError, AttributeError) as problem:
            found.append(str(problem))
    return found


for _ in range(9):
    answers = read_all(Odd()), read_all(Number(7)), read_all(3 + 4j), read_all(Odd())
print(answers)
Number.value = Odd.__dict__["value"]
for _ in range(5):
    answers = read_all(Number(8))
print(answers)


# Objects in dict mode.


class Bag:
    def value_of_class(self):
        return 0


def bag(**fields):
    b = Bag()
    b.__dict__.update(fields)
    return b


b = bag(first=1, value=2)
seen = []
for turn in range(30):
    if turn == 4:
        b.value = "stored"
    if turn == 6:
        del b.value
    if turn == 8:
        b.value = "again"
    if turn == 10:
        b.__dict__ = {"value": "adopted", 3: 4}
    if turn == 12:
        b.__dict__ = type("Sub", (dict,), {"__getitem__": lambda self, key: "never"})(value="subclass")
    if turn == 14:
        Bag.value = "plain class data"
    if turn == 16:
        Bag.value = property(lambda self: "property")
    if turn == 18:
        Bag.value = "plain again"
    if turn == 20:
        b.__dict__.clear()
    if turn == 22:
        del Bag.value
    if turn == 24:
        b.__dict__["".join(["val", "ue"])] = "other str object"
    if turn == 26:
        b.__class__ = Plain
    try:
        seen.append(read_value(b))
    except AttributeError as problem:
        seen.append(str(problem))
print(seen)
print([read_value(bag(**{name: i for i, name in enumerate(order)})) for order in (("value",), ("a", "value"), ("a", "b", "value"), ("value", "a")) for _ in range(3)])

# Builtin methods and slot wrappers by way of their class.


class Stack(list):
    pass


def push(cls, x, item):
    return cls.append(x, item)


s = Stack()
for turn in range(12):
    if turn == 6:
        Stack.append = lambda self, item: list.append(self, -item)
    if turn == 9:
        del Stack.append
    push(Stack, s, turn)
print(s)
for cls, x in ((list, [1]), (Stack, [2]), (list, (3,))):
    for _ in range(4):
        try:
            print(push(cls, x, 0), x, end=" ")
        except TypeError as problem:
            print(problem, end=" ")
print()


class Frozen:
    def __init__(self, a):
        object.__setattr__(self, "a", a)

    def __setattr__(self, name, value):
        raise AttributeError("frozen " + name)

    def __repr__(self):
        return object.__repr__(self)[:10] + str(self.a)


print([Frozen(i) for i in range(5)])
for args in ((), (1,), (Frozen(1), "x"), (Frozen(1), "x", 1, 2), (Frozen(1), 5, 1), (int, "x", 1), (1, "x", 1)):
    for _ in range(3):
        try:
            answer = object.__setattr__(*args) if len(args) != 3 else object.__setattr__(args[0], args[1], args[2])
        except (TypeError, AttributeError) as problem:
            answer = str(problem)
    print(answer)
for call in (lambda: object.__setattr__(Plain(), "x", 1), lambda: object.__eq__(1, 1), lambda: int.__add__("1", 1), lambda: int.__add__(1),
             lambda: str.__len__("four"), lambda: object.__setattr__(Plain(), "x", value=1), lambda: list.__init__([], (1, 2)),
             lambda: tuple.__new__(tuple, (1, 2)), lambda: object.__hash__(Plain) == hash(Plain)):
    try:
        print(call(), call(), call())
    except TypeError as problem:
        print(problem)
for call in (lambda: [].__setitem__(1), lambda: {}.__setitem__(), lambda: property().__set__(1), lambda: {}.__delitem__(), lambda: (1).__pow__(),
             lambda: (1).__add__()):
    try:
        print(call())
    except TypeError as problem:
        print(repr(str(problem)))
