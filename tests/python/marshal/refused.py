"""What marshal.loads says of bad data: texts of floats, containers that are longer than the data, sets' items, references to what is not made yet."""

import marshal

def show(data):
    try:
        print(data[:16], marshal.loads(data))
    except (EOFError, TypeError, ValueError) as error:
        print(data[:16], type(error).__name__, error)

for text in (b"abc", b"", b" 1.", b"1.0 ", b"1e999", b"-inf", b"nan", b"1\0abc", b"\x001.", b"\xff1.0", b"'\"a", b"z" * 255, b"1" * 255, b"0x10", b"1_0", "é".encode()):
    show(b"f" + bytes([len(text)]) + text)
show(b"x\x031.0\x02ab")
show(b"x\x031.0\x032.5")
show(b"f\x05abc")

# A length beyond the data counts only when its items are missing: a bad item before is what is told.
long = b"\xff\xff\x00\x00"
for opening in (b"(" + long, b"[" + long, b"<" + long, b">" + long, b")\xff", b"(\x00\x00\x10\x00", b"[\x00\x00\x10\x00"):
    for items in (b"", b"N", b"N?", b"Ni", b"NNNg\0", b"N0", b"z\x05ab", b"N(" + long + b"?"):
        show(opening + items)

for opening in (b"\xdb\x09\0\0\0", b"\xdb" + long, b"\xbc\x09\0\0\0", b"\xbc" + long, b"\xbe\x09\0\0\0", b"\xfb"):
    show(opening + b"r\0\0\0\0?")       # itself, then something bad
    show(opening + b"\xa9\x01r\0\0\0\0?")
    show(opening + b"r\x01\0\0\0?")
for opening in (b"<\x02\0\0\0", b">\x02\0\0\0"):
    show(opening + b"[\0\0\0\0?")       # the first item is refused before the second is looked at
    show(opening + b"{0N")
    show(opening + b"NN")
    show(opening + b"T0")
print(marshal.loads(b"<\x03\0\0\0i\x01\0\0\0g\0\0\0\0\0\0\xf0?T"), sorted(marshal.loads(b">\x03\0\0\0i\x03\0\0\0i\x02\0\0\0i\x01\0\0\0")))
