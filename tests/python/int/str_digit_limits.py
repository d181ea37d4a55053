"""int to str and back near the limit of digits: sys.set_int_max_str_digits, which conversions it guards, and its messages."""

import ast
import json
import sys


def attempt(action):
    try:
        result = action()
        print("ok", result if not isinstance(result, (str, int)) or len(repr_short(result)) < 60 else f"{type(result).__name__} of {len(repr_short(result))}")
    except Exception as error:
        print(type(error).__name__, str(error)[:150])


def repr_short(value):
    return hex(value) if isinstance(value, int) else value


print(sys.get_int_max_str_digits(), sys.int_info.default_max_str_digits, sys.int_info.str_digits_check_threshold, sys.flags.int_max_str_digits)
big = 10 ** 4300
text = "1" * 4300
attempt(lambda: int(text) > 0)
attempt(lambda: int(text + "1"))
attempt(lambda: int("-" + text + "1"))
attempt(lambda: int("  " + text + "  ") > 0)
attempt(lambda: int("0" * 5000 + "1"))
attempt(lambda: int("1_1" * 2150) > 0)
attempt(lambda: int("1_1" * 2151))
attempt(lambda: int(b"9" * 4301))
attempt(lambda: int(bytearray(b"9" * 4301)))
attempt(lambda: str(big))
attempt(lambda: str(big - 1))
attempt(lambda: repr(-big))
attempt(lambda: f"{big}")
attempt(lambda: f"{big:d}")
attempt(lambda: f"{big:,}")
attempt(lambda: f"{big:x}")
attempt(lambda: "%d" % big)
attempt(lambda: "%x" % big)
attempt(lambda: "{}".format(big))
attempt(lambda: "{:n}".format(big))
attempt(lambda: hex(big))
attempt(lambda: int(text + "1", 16))
attempt(lambda: int(text + "1", 32))
attempt(lambda: int("1" * 4301, 2))
attempt(lambda: int("z" * 4301, 36))
attempt(lambda: int("1" * 4301, 3))
attempt(lambda: int("1" * 4301, 0))
attempt(lambda: int("0x" + "1" * 4301, 0))
attempt(lambda: float("1" * 4301))
attempt(lambda: float(big))
attempt(lambda: eval("1" * 4301))
attempt(lambda: ast.literal_eval("1" * 4301))
attempt(lambda: compile("x = " + "1" * 4301, "<big>", "exec"))
attempt(lambda: eval("0x" + "1" * 4301))
attempt(lambda: json.loads("1" * 4301))
attempt(lambda: json.dumps(big))
attempt(lambda: print(big))
attempt(lambda: repr([big]))
attempt(lambda: str({1: big}))
attempt(lambda: bool(int(text)))
attempt(lambda: complex("1" * 4301))
attempt(lambda: big.__format__(""))
attempt(lambda: "%s" % big)
attempt(lambda: "%5.2f" % big)
attempt(lambda: b"%d" % big)
attempt(lambda: range(big))
attempt(lambda: repr(range(big)))
attempt(lambda: int.from_bytes(b"\xff" * 5000, "big") > 0)
attempt(lambda: sys.set_int_max_str_digits(639))
attempt(lambda: sys.set_int_max_str_digits(-1))
attempt(lambda: sys.set_int_max_str_digits("x"))
attempt(lambda: sys.set_int_max_str_digits(2 ** 40))
attempt(lambda: sys.set_int_max_str_digits())
attempt(lambda: sys.set_int_max_str_digits(maxdigits=700))
print(sys.get_int_max_str_digits())
attempt(lambda: str(10 ** 699))
attempt(lambda: str(10 ** 700))
attempt(lambda: int("1" * 700) > 0)
attempt(lambda: int("1" * 701))
sys.set_int_max_str_digits(0)
attempt(lambda: str(10 ** 5000))
attempt(lambda: int("7" * 6000) > 0)
print(sys.get_int_max_str_digits(), sys.flags.int_max_str_digits)
sys.set_int_max_str_digits(640)
attempt(lambda: str(10 ** 639))
attempt(lambda: str(10 ** 640))


class Big(int):
    pass


attempt(lambda: str(Big(10 ** 640)))
attempt(lambda: Big("1" * 641))
try:
    raise ValueError(10 ** 640)
except ValueError as error:
    attempt(lambda: str(error))
    attempt(lambda: repr(error))
