"""bool: arithmetic, truth testing protocol, short circuit values, errors."""

print(True + True, True * 5, -True, ~True, True / 2, True << 3, True == 1, True is (1 == 1), str(True), repr(False), f"{True:d} {True}", "%d %s" % (True, False))
print(True & False, True | False, True ^ True, True & 3, 5 | False, type(True & True).__name__, type(True & 1).__name__)
for v in (0, 1, 0.0, "", "0", [], [0], (), {}, {0: 0}, set(), None, ..., NotImplemented if False else 5, b"", bytearray(), range(0), range(1), 0j, object, len):
    print(bool(v), not v, end=" ")
print()

class Falsy:
    def __bool__(self):
        return False

class Empty:
    def __len__(self):
        return 0

class Both:
    def __bool__(self):
        return True
    def __len__(self):
        return 0

class Bad:
    def __bool__(self):
        return 1

class BadLen:
    def __len__(self):
        return -1

class StrLen:
    def __len__(self):
        return "x"

print(bool(Falsy()), bool(Empty()), bool(Both()), bool(object()))
for cls in (Bad, BadLen, StrLen):
    try:
        if cls():
            print("true")
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
calls = []
def t(v):
    calls.append(v)
    return v
print(t(0) or t("") or t("last"), t(1) and t("x") and t(0) and t("never"), calls)
calls.clear()
print(t(1) if t(0) else t(2), not t(0), t(1) < t(2) < t(3), t(3) < t(2) < t("skipped"), calls)
print(True < 2, sum([True, True, False]), [10, 20][True], "ab"[False], {True: "yes"}[1], max(True, 0), int(True), float(True), complex(True))
print(isinstance(True, int), issubclass(bool, int), bool.__mro__, bool(), bool("False"), all([]), any([]))
print(any(x > 3 for x in range(10)), all(x < 3 for x in range(10)), True.bit_length(), True.real, True.__and__(False), True.__and__(1.5))
