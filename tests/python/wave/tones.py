# wave, sndhdr, chunk, aifc, sunau and imghdr: sounds and pictures written, recognised and read again, damaged headers refused.
import io
import math
import struct
import warnings
import wave

warnings.simplefilter("ignore", DeprecationWarning)
import chunk
import imghdr
import sndhdr


def tone(frequency, seconds, rate, channels, width):
    top = 2 ** (8 * width - 1) - 1
    for i in range(int(seconds * rate)):
        value = int(top * 0.5 * math.sin(2 * math.pi * frequency * i / rate))
        for channel in range(channels):
            yield (value >> channel) + (128 if width == 1 else 0)


for channels, width, rate, code in ((1, 1, 8000, "B"), (2, 2, 22050, "h"), (1, 4, 44100, "i")):
    samples = list(tone(441, 0.02, rate, channels, width))
    data = struct.pack(f"<{len(samples)}{code}", *samples)
    name = f"{channels}x{width}.wav"
    with wave.open(name, "wb") as w:
        w.setparams((channels, width, rate, 0, "NONE", "not compressed"))
        w.writeframesraw(data[:len(data) // 2 // (channels * width) * channels * width])
        w.writeframes(data[len(data) // 2 // (channels * width) * channels * width:])
        print(w.getparams(), w.tell())
    with wave.open(name) as r:
        print(r.getparams(), r.getnframes(), r.readframes(5).hex(), r.tell())
        r.setpos(r.getnframes() - 2)
        print(len(r.readframes(100)), r.readframes(1), r.getmarkers())
        r.rewind()
        print(r.readframes(-1)[:12] == data[:12], r.getcompname())
        for wrong in (lambda: r.setpos(-1), lambda: r.setpos(10**9), lambda: r.getmark("x")):
            try:
                wrong()
            except wave.Error as e:
                print("Error", e)
    print(sndhdr.what(name), open(name, "rb").read(44).hex())

with wave.open("streamed.wav", "wb") as w:
    w.setnchannels(1)
    w.setsampwidth(2)
    w.setframerate(8000.6)
    for i in range(10):
        w.writeframes(bytes(2 * i))
    print(w.getnframes(), w.getframerate())
    for wrong in (lambda: w.setnchannels(2), lambda: w.setmark(0, 0, "m"), lambda: w.getmark(0), lambda: w.setframerate(1)):
        try:
            wrong()
        except wave.Error as e:
            print("Error", e)
w = wave.open(io.BytesIO(), "wb")
for wrong in (lambda: w.setnchannels(0), lambda: w.setsampwidth(5), lambda: w.setframerate(0), lambda: w.getnchannels(), lambda: w.getparams(), lambda: w.writeframes(b"x"), lambda: w.setcomptype("X", "y"), lambda: wave.open("x", "r+"),
              lambda: wave.open(io.BytesIO(b"RIFF")), lambda: wave.open(io.BytesIO(b"JUNK" + bytes(40))), lambda: wave.open(io.BytesIO(b"RIFF\x04\0\0\0WAVE")), lambda: wave.open(io.BytesIO(b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x03\0\x01\0" + bytes(20)))):
    try:
        wrong()
    except (wave.Error, EOFError) as e:
        print(type(e).__name__, e)
w.setnchannels(1)
w.setsampwidth(1)
w.setframerate(8)
w.close()

data = b"ABCD" + struct.pack(">L", 5) + b"hello\0" + b"EFGH" + struct.pack(">L", 3) + b"xyz" + b"BAD"
stream = io.BytesIO(data)
first = chunk.Chunk(stream)
print(first.getname(), first.getsize(), first.read(2), first.tell(), first.read(), first.read())
first.seek(1)
print(first.read(2), first.isatty())
first.seek(2, 1)
first.skip()
second = chunk.Chunk(stream, align=False)
print(second.getname(), second.read())
second.close()
for wrong in (lambda: second.read(), lambda: chunk.Chunk(stream), lambda: first.seek(99)):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
pictures = {"png": b"\x89PNG\r\n\x1a\n" + bytes(30), "gif": b"GIF89a" + bytes(30), "jpeg": bytes(6) + b"JFIF" + bytes(30), "bmp": b"BM" + bytes(30), "webp": b"RIFF\0\0\0\0WEBP" + bytes(30), "none": bytes(32), "rast": b"\x59\xA6\x6A\x95" + bytes(30), "pbm": b"P4\n" + bytes(30)}
for kind, head in pictures.items():
    print(kind, imghdr.what(None, head))
with open("p.png", "wb") as f:
    f.write(pictures["png"])
print(imghdr.what("p.png"), sndhdr.what("p.png"))
sounds = {"au": b".snd" + struct.pack(">5L", 24, 8, 1, 8000, 2) + bytes(20), "voc": b"Creative Voice File\x1a\x1a\0" + bytes(500), "hcom": bytes(65) + b"FSSDHCOM" + bytes(500), "sndt": b"SOUND" + bytes(500), "8svx": b"FORM\0\0\0\x008SVX" + bytes(500)}
for kind, head in sounds.items():
    with open("s", "wb") as f:
        f.write(head.ljust(600, b"\0"))
    print(kind, sndhdr.what("s"))
