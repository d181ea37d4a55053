"""Integer arithmetic with every operator, signs and precedence included."""

def show(label, value):
    print(label, value)

pairs = [(7, 3), (-7, 3), (7, -3), (-7, -3), (0, 5), (1, 1)]
for a, b in pairs:
    show("add", a + b)
    show("sub", a - b)
    show("mul", a * b)
    show("div", a / b)
    show("floordiv", a // b)
    show("mod", a % b)
    show("divmod", divmod(a, b))
    show("and or xor", (a & b, a | b, a ^ b))
print(2 ** 10, 2 ** -1, (-2) ** 3, -2 ** 2, 2 ** 3 ** 2)
print(1 << 5, 1000 >> 3, -1 >> 10, -9 >> 1)
print(~0, ~5, ~-1, -(-4), +3)
print(1 + 2 * 3 - 4 // 3 % 2, (1 + 2) * (3 - 4))
print(3 < 5 <= 5 != 6 > 2, 1 < 3 < 2)
x = 10
x += 5
x -= 3
x *= 4
x //= 5
x %= 7
x **= 3
x <<= 2
x |= 1
x ^= 3
x &= 0xFF
x >>= 1
print(x)
