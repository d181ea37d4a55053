# The East Asian codecs on random bytes and texts: one shot, in pieces with states handed over, over streams, with all kinds of error handlers.
import codecs
import io
import random

NAMES = """gb2312 gbk gb18030 hz big5hkscs big5 cp950 shift_jis cp932 euc_jp shift_jis_2004 euc_jis_2004 euc_jisx0213 shift_jisx0213 euc_kr cp949
    johab iso2022_kr iso2022_jp iso2022_jp_1 iso2022_jp_2 iso2022_jp_2004 iso2022_jp_3 iso2022_jp_ext""".split()
HANDLERS = """strict ignore replace test.shows test.shows test.replaces test.breaks backslashreplace xmlcharrefreplace surrogateescape namereplace
    surrogatepass nosuch""".split()
CHARACTERS = "aZ\\\n\r\x0e\x1b{}\xa5\u203e\xe6\u0300\u0301\xca\u0304\u4e00\u3042\u304b\u309a\uac00\uac02\ud7a3\uff71\uff3c\uff5e\u2015\u9b1d\u9b1c" \
    "\u20b9\u0414\u03b1\xe9\udc80\ud800\U0001f600\ue000\ufeff\u20ac\u4edd\u5516\U00020b9f\u02e9\u02e5"
ESCAPES = """$B $@ $(D $)C $(C $A (B (J (I .A .F N $(O $(P $(Q &@\x1b$B [1m $*Z $ ( .aaaaaaaaaaaaaaaaaaaaZ $x )J $)Q""".encode().split()
chance = random.Random()
answer = random.Random()


def shows(error):
    part = error.object[error.start:error.end]
    return "<%s|%d|%d>" % (ascii(part) if isinstance(part, str) else part.hex(), error.start, error.end), error.end


def replaces(error):
    text = "\u304b\xe6" if isinstance(error, UnicodeDecodeError) or answer.random() < 0.5 else b"\x80\xff"
    return text, min(error.end + answer.randrange(2), len(error.object))


def breaks(error):
    return answer.choice([("x", 99), ("x", -99), (1, 2), "ab", ("x",), None, (b"x", error.end), ("x", "y"), ("x", 1 << 80), ("x", -1 << 80)])


for function in (shows, replaces, breaks):
    codecs.register_error("test." + function.__name__, function)


def some_bytes(name):
    out = b""
    for _ in range(chance.randrange(1, 9)):
        kind = chance.random()
        if kind < 0.25:
            out += bytes([chance.randrange(256)])
        elif kind < 0.4:
            out += bytes([chance.choice(b"~{}\n\x0e\x0f\x1bABab01")])
        elif kind < 0.75:
            try:
                out += chance.choice(CHARACTERS).encode(name)
            except UnicodeEncodeError:
                out += bytes([chance.randrange(0x81, 255), chance.randrange(0x30, 255)])
        elif name.startswith("iso"):
            out += b"\x1b" + chance.choice(ESCAPES)
        elif name == "hz":
            out += chance.choice([b"~{", b"~}", b"~\n", b"~~"])
        elif name == "gb18030":
            out += bytes([chance.randrange(0x81, 0xFF), chance.randrange(0x30, 0x3A), chance.randrange(0x81, 0xFF), chance.randrange(0x30, 0x3A)])
        elif name == "euc_kr":
            out += b"\xa4\xd4" + b"".join(bytes([0xA4, chance.randrange(0xA1, 0xD6)]) for _ in range(3))
        else:
            out += bytes([chance.randrange(0x80, 0x100), chance.randrange(0x80, 0x100)])
    return out


def some_text():
    return "".join(chance.choice(CHARACTERS) for _ in range(chance.randrange(9)))


def outcome(function, *args):
    try:
        return ascii(function(*args))
    except Exception as error:
        return "%s: %s" % (type(error).__name__, ascii(str(error))[:150])


def in_pieces(make, name, data, method):
    worker, out = make(), []
    while data:
        size = chance.randrange(1, 4)
        out.append(outcome(getattr(worker, method), data[:size], chance.random() < 0.1))
        out.append(outcome(worker.getstate))
        data = data[size:]
        if chance.random() < 0.05:
            out.append(outcome(worker.reset))
        if chance.random() < 0.1:
            state = worker.getstate()
            worker = make()
            out.append(outcome(worker.setstate, state))
    return out + [outcome(getattr(worker, method), data, True)]


def reading(codec, errors, data):
    reader, out = codec.streamreader(io.BytesIO(data), errors), []
    for _ in range(5):
        method = getattr(reader, chance.choice(["read", "readline", "readlines"]))
        out.append(outcome(method, *chance.choice([(), (1,), (2,), (3,), (-1,), (None,), (0,)])))
        if chance.random() < 0.1:
            out.append(outcome(reader.reset))
    return out


def writing(codec, errors):
    stream, out = io.BytesIO(), []
    writer = codec.streamwriter(stream, errors)
    for _ in range(chance.randrange(4)):
        out.append(outcome(writer.write, some_text()) if chance.random() < 0.5 else outcome(writer.writelines, [some_text(), some_text()]))
        if chance.random() < 0.2:
            out.append(outcome(writer.reset))
    return out + [outcome(writer.reset), stream.getvalue()]


for seed in range(1500):
    chance.seed(seed)
    answer.seed(seed)
    name, errors, way = chance.choice(NAMES), chance.choice(HANDLERS), seed % 6
    codec = codecs.lookup(name)
    if way == 0:
        data = some_bytes(name)
        print(seed, name, errors, data.hex(), outcome(data.decode, name, errors))
    elif way == 1:
        text = some_text()
        print(seed, name, errors, ascii(text), outcome(text.encode, name, errors))
    elif way == 2:
        print(seed, name, errors, in_pieces(lambda: codec.incrementaldecoder(errors), name, some_bytes(name), "decode"))
    elif way == 3:
        print(seed, name, errors, in_pieces(lambda: codec.incrementalencoder(errors), name, some_text(), "encode"))
    elif way == 4:
        print(seed, name, errors, reading(codec, errors, some_bytes(name) + b"\n" + some_bytes(name)))
    else:
        print(seed, name, errors, writing(codec, errors))
