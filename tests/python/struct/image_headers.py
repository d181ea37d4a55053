"""A bitmap file, a WAV file, a tar-like directory and a stream of records, written and read back with struct."""

import io
import struct
import threading
from struct import Struct, calcsize, iter_unpack, pack, pack_into, unpack, unpack_from

def bitmap(width, height, pixel):
    row = (width * 3 + 3) // 4 * 4
    body = bytearray(row * height)
    for y in range(height):
        for x in range(width):
            pack_into("3B", body, y * row + 3 * x, *pixel(x, y))
    header = pack("<2sI2HI", b"BM", 54 + len(body), 0, 0, 54) + pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, len(body), 2835, 2835, 0, 0)
    return header + body

def read_bitmap(data):
    magic, size, _, _, start = unpack_from("<2sI2HI", data)
    header, width, height, planes, bits = unpack_from("<IiiHH", data, 14)
    row = (width * 3 + 3) // 4 * 4
    return magic, size == len(data), start, header, width, height, planes, bits, [unpack_from("3B", data, start + y * row + 3 * (width - 1)) for y in range(height)]

image = bitmap(5, 4, lambda x, y: (x * 50, y * 60, (x * y) % 256))
print(len(image), image[:60].hex(" ", 4))
print(read_bitmap(image), read_bitmap(memoryview(image)) == read_bitmap(bytearray(image)))

samples = [int(3000 * ((i * 7919 % 997) / 997 - 0.5)) for i in range(200)]
wave = pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + 2 * len(samples), b"WAVE", b"fmt ", 16, 1, 1, 8000, 16000, 2, 16, b"data", 2 * len(samples)) + pack(f"<{len(samples)}h", *samples)
print(len(wave), unpack_from("<4sI4s4s", wave), list(unpack_from("<200h", wave, 44)) == samples, sum(s for s, in iter_unpack("<h", wave[44:])) == sum(samples))

entry = Struct("!H8p?xdQ")
print(entry.format, entry.size, [calcsize(m + "H8p?xdQ") for m in "@=<>!"])
stream = io.BytesIO()
rows = [(i, ("n" * i).encode(), i % 2 == 0, i / 3, i << 40) for i in range(12)]
for row in rows: stream.write(entry.pack(*row))
raw = stream.getvalue()
back = list(entry.iter_unpack(raw))
print(back[3], back[11], [b[0] for b in back] == list(range(12)))
it = entry.iter_unpack(raw)
print(it.__length_hint__(), next(it)[1], it.__length_hint__(), len(list(it)), it.__length_hint__(), next(it, "end"))

print(pack("@bhilq", 1, 2, 3, 4, 5).hex(), pack(">bhilq", 1, 2, 3, 4, 5).hex(), pack("=bxxh0i", 1, 2).hex(), pack("b0q", 1).hex(), calcsize("b0q"), calcsize("bP"), calcsize("n") == calcsize("N") == calcsize("P"))
for value in (0.0, -0.0, 1.5, 65504.0, 5.96e-8, 2.98e-8, 6.1e-5, 1 / 3, float("inf"), float("-inf"), 3.4e38, 1e-45):
    print(value, pack(">e", value).hex() if abs(value) < 65520 or value in (float("inf"), float("-inf")) else None, pack(">f", value).hex(), pack("<d", value).hex(), unpack("<f", pack("<f", value)))
print(unpack(">e", b"\x7e\x01"), unpack("<3s0s2p4p", b"abc\x01z\xff\x01\x02\x03"), unpack("?c", b"\x07x"), unpack("  \t<\n".strip() + " b b ", b"\x01\xff"))

buffer = bytearray(64)
def work(k):
    for n in range(500):
        pack_into("<IH", buffer, k * 8, n * k, k)
        assert unpack_from("<IH", buffer, k * 8) == (n * k, k)
threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(list(iter_unpack("<IH2x", buffer)))
