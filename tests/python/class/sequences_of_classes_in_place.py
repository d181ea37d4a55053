# Classes that derive from sequences: += goes to the sequence's own method first, whatever the class says of +, and *= does not; and what format() leaves as it is.
class Reflected(list):
    def __radd__(self, other):
        return NotImplemented


class Added(list):
    def __add__(self, other):
        return "added"

    def __mul__(self, other):
        return "multiplied"


class Bytes(bytearray):
    def __radd__(self, other):
        return NotImplemented


class Own(list):
    def __iadd__(self, other):
        return NotImplemented


class Text(str):
    pass


def apply(sign, value, operand):
    if sign == "+":
        return value + operand
    if sign == "*":
        return value * operand
    before = value
    if sign == "+=":
        value += operand
    else:
        value *= operand
    return value, value is before


for kind in (list, Reflected, Added, Bytes, Own):
    for operand in ("ab", 1.5, None, 2, True, -1, 2**70, kind(), [7], b"x"):
        for sign in ("+", "*", "+=", "*="):
            try:
                result = repr(apply(sign, kind(b"a"), operand))
            except Exception as error:
                result = f"{type(error).__name__}: {error}"
            print(kind.__name__, sign, repr(operand)[:20], result)

for text in (format(Text("abcdefghij"), "^9"), f"{Text('abcdefghij'):^9}", "{}".format(Text("a")), format(Text("ab"), "^9"), format(Text("a"), "s"),
             format(Text("a"), ""), "{:s}!".format(Text("ab")), format(Text("abc"), ".3"), f"{Text('abc'):.2}", f"{Text('abc'):s}{Text('d'):s}", "%s" % Text("x"), "%.9s" % Text("x")):
    print(type(text).__name__, text)
