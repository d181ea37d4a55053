"""TypeErrors of int's operators and calls: the texts that CPython prints."""

cases = """1 + 'a'|'a' + 1|1 - 'a'|1 * None|[] * 'a'|'a' * 1.0|1 / 'a'|1 // None|1 % 'a'|1 ** 'a'|1 << 'a'|1 >> None|1 & 'a'|1 | None|1 ^ 'a'
1 @ 2|1 < 'a'|1 >= None|None < 1|1 + None|+'a'|-'a'|~'a'|~1.0|-None|1()|1[0]|len(1)|1 in 2|'a' in 1|for_in(1)|1 .x|int.x|abs('a')|int(1, 2, 3)
round('a')|round(1, 'a')|chr(1.0)|chr(-1)|chr(1114112)|ord(1)|bin(1.0)|hex('a')|divmod('a', 1)|sum([1, 'a'])|sum(1)|max(1)|max(1, 'a')|range(1.0)
range('a')|range()|range(1, 2, 3, 4)|[1][1.0]|'a'['b']|(1,)[None]|{}[{}]|int('a', 10)|int(x=1)|isinstance(1, 'int')|hash({})|1 if undefined else 2
int.from_bytes()|(1).to_bytes('x')|(1).__add__()|int.__add__(1)|int.__add__('a', 1)|int.__new__()|int.__new__(5)|int.__new__(str)|bool(1, 2)|bool(x=1)|float(1, 2)|complex('a')|complex(1, 'a')|1j < 2j|int(1j)|float(1j)|1j // 1|1j % 2"""

def for_in(x):
    for _ in x:
        pass

for case in cases.replace("\n", "|").split("|"):
    try:
        print(case, "=>", eval(case))
    except Exception as error:
        print(case, "=>", type(error).__name__, error)
for op in "+= -= *= /= //= %= **= <<= >>= &= |= ^= @=".split():
    namespace = {"x": 1}
    try:
        exec(f"x {op} 'text'", namespace)
    except TypeError as error:
        print(op, error)
