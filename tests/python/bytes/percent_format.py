"""bytes % formatting, and mixing of types."""

print(b"%s %s" % (b"a", bytearray(b"b")), b"%d %i %u" % (1, 2.9, -3), b"%x %X %o %#x" % (255, 255, 8, 255), b"%c%c" % (65, b"z"), b"%5d|%-5d|%05d|%+d" % (1, 2, 3, 4))
print(b"%f %.2f %e %g" % (1.5, 2.345, 1e10, 0.0001), b"%a %r" % ("h\u00e9", "x"), b"%b|%5b|%-5b|%.1b" % (b"x", b"y", b"z", b"long"), b"%%" % (), b"%(k)s %(n)d" % {b"k": b"v", b"n": 5})
print(bytearray(b"%s!") % b"ba", type(bytearray(b"%s") % b"x").__name__, b"%*d" % (5, 42), b"%s" % memoryview(b"mv"), b"no args" % (), b"% d" % 5)

class B:
    def __bytes__(self):
        return b"from dunder"

print(b"%s" % B(), b"%b" % (B(),))
for fmt, args in ((b"%s", "text"), (b"%s", 5), (b"%d", b"1"), (b"%c", b"ab"), (b"%c", 256), (b"%c", "x"), (b"%z", 1), (b"%s %s", b"a"), (b"%s", (b"a", b"b")), (b"%b", None), (b"%(x)s", b"a"), (b"%(x)s", {}), (b"%", ()), (b"%f", b"x"), (b"abc", 1), (b"%x", 1.5)):
    try:
        print(fmt, fmt % args)
    except Exception as error:
        print(fmt, type(error).__name__, error)
lines = [b"%04x  %-11s %s" % (i, bytes(range(65 + i, 69 + i)).hex(" ").encode(), bytes(range(65 + i, 69 + i))) for i in range(0, 12, 4)]
print(b"\n".join(lines).decode())
packet = b"".join((b"\x01", (300).to_bytes(2, "big"), b"payload".ljust(10, b"\0")))
kind, size, body = packet[0], int.from_bytes(packet[1:3], "big"), packet[3:].rstrip(b"\0")
print(packet, kind, size, body)
checksum = 0
for byte in packet:
    checksum = (checksum >> 1 | (checksum & 1) << 15) + byte & 0xFFFF
print(hex(checksum))

def crc(data):
    value = 0xFFFFFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xEDB88320 if value & 1 else 0)
    return value ^ 0xFFFFFFFF

print(hex(crc(b"123456789")), hex(crc(b"")), crc(bytes(range(256))))
