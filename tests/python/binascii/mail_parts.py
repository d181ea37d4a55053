# flags: -W ignore
"""Data through base64, base32, base85, quoted-printable and uuencode and back, with the library's modules, and checksums in pieces."""

import base64
import binascii
import io
import quopri
import threading
import uu

data = bytes((i * i * 7 + i * 13) % 256 for i in range(700))
text = "Grüße aus Köln: 100 % = alles \t\nzeile mit ende blank \nx" + "y" * 90 + "\n.\n..\n=20 _ \r\nlast "

for n in (0, 1, 2, 3, 44, 45, 46, 57, 58, 76, 300):
    part = data[:n]
    lines = base64.encodebytes(part)
    assert base64.decodebytes(lines) == part and base64.b64decode(lines) == part
    for encode, decode in ((base64.b64encode, base64.b64decode), (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
                           (base64.b32encode, base64.b32decode), (base64.b16encode, base64.b16decode),
                           (base64.b85encode, base64.b85decode), (base64.a85encode, base64.a85decode)):
        assert decode(encode(part)) == part, (n, encode)
    print(n, len(lines), base64.b64encode(part)[-12:], binascii.hexlify(part[-4:], "-", 2), binascii.b2a_base64(part[-5:], newline=False))

for header in (False, True):
    for quotetabs in (False, True):
        encoded = quopri.encodestring(text.encode(), quotetabs, header)
        print(encoded)
        print(quopri.decodestring(encoded, header) == text.encode(), max(map(len, encoded.splitlines())))
print(binascii.b2a_qp(b"a\r\nb \r\nc\t", istext=False), binascii.b2a_qp(b"a\r\nb \nc\t"), binascii.b2a_qp(b"." + b"z" * 76 + b"=\n.\n"))

source, packed, unpacked = io.BytesIO(data), io.BytesIO(), io.BytesIO()
uu.encode(source, packed, "data.bin", 0o644)
packed.seek(0)
print(packed.getvalue()[:70], len(packed.getvalue()))
uu.decode(packed, unpacked)
print(unpacked.getvalue() == data)

print(binascii.crc32(b""), binascii.crc32(data), binascii.crc32(memoryview(data)[100:], 77), binascii.crc_hqx(data, 0), binascii.crc_hqx(b"123456789", 0xFFFF))
piecewise = 0
for start in range(0, len(data), 64):
    piecewise = binascii.crc32(data[start:start + 64], piecewise)
print(piecewise == binascii.crc32(data))

big = data * 2000   # long enough that the sum is computed without holding other threads up
sums = []
threads = [threading.Thread(target=lambda: sums.append((binascii.crc32(big), binascii.crc_hqx(big, 0)))) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(set(sums))
