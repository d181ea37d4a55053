# The objects of _multibytecodec: what they take and refuse, their attributes, states and messages; subclasses; cycles through them.
import _codecs_cn
import _codecs_hk
import _codecs_iso2022
import _codecs_jp
import _codecs_kr
import _codecs_tw
import _multibytecodec as m
import codecs
import gc
import io
import pickle
import weakref

import encodings.euc_jis_2004
import encodings.hz
import encodings.iso2022_jp
import encodings.iso2022_jp_2
import encodings.iso2022_kr
import encodings.shift_jis as sjis


def show(f, *args, **kwargs):
    try:
        print(ascii(f(*args, **kwargs)))
    except BaseException as e:
        print(type(e).__name__, ascii(str(e)))


codec = _codecs_jp.getcodec("shift_jis")
print(type(codec), type(codec).__mro__, [n for n in dir(codec) if not n.startswith("__")], type(codec).__module__)
print(sorted(n for n in dir(m) if "Multi" in n or "codec" in n), m.__create_codec.__text_signature__, _codecs_jp.getcodec.__text_signature__)
for module in (_codecs_cn, _codecs_hk, _codecs_iso2022, _codecs_jp, _codecs_kr, _codecs_tw):
    show(module.getcodec, "nosuch")
show(type(codec))
show(m.__create_codec, 1)
show(_codecs_jp.getcodec, 1)
show(_codecs_jp.getcodec)
for kind in (m.MultibyteIncrementalEncoder, m.MultibyteIncrementalDecoder, m.MultibyteStreamReader, m.MultibyteStreamWriter):
    print(kind, kind.__text_signature__, [(n, getattr(getattr(kind, n), "__text_signature__", None)) for n in dir(kind) if not n.startswith("__")])
    show(kind)
    show(kind, None)
    show(type("Wrong", (kind,), {"codec": 1}), None)
    show(type("Wrong", (kind,), {"codec": 1}))
for args in ((), (1,), ("a", "b"), ("a\0b",), ("\ud800",)):
    show(lambda: type(sjis.IncrementalEncoder(*args)).__name__)
    show(lambda: type(sjis.IncrementalDecoder(*args)).__name__)
    show(lambda: type(sjis.StreamReader(*args)).__name__)
    show(lambda: type(sjis.StreamWriter(None, *args)).__name__)
show(sjis.IncrementalEncoder, foo=1)
show(codec.encode, 1)
show(codec.encode, "a", 1)
show(codec.encode, "a", "x\0")
show(codec.encode, "\u3042", errors=None)
show(codec.decode, "a")
show(codec.decode, b"a", 1)
show(codec.decode, bytearray(b"\x82\xa0!"))
show(codec.decode, memoryview(b"\x82\xa0!")[::2])
show(codec.decode, b"")
show(codec.encode, "")
show(codec.encode, "\u1234")
show(codec.decode, b"\x81")
show(codec.decode, b"a\x81\x00")
show(codec.encode, type("Text", (str,), {})("\u3042"))
show(pickle.dumps, codec)

encoder, decoder = sjis.IncrementalEncoder(), sjis.IncrementalDecoder()
print(encoder.errors, decoder.errors, sjis.StreamReader(None).errors, sjis.StreamWriter(1).stream)
for worker in (encoder, decoder):
    show(setattr, worker, "errors", 1)
    show(delattr, worker, "errors")
    worker.errors = "replace"
    print(worker.errors)
show(encoder.encode, "\u1234")
show(decoder.decode, b"\x81\x00")
for state in (-1, 1 << 200, 9, 8, 0x3041, True, "a", 1.5, 0xFF01, 0x8102):
    show(encoder.setstate, state)
    show(encoder.getstate)
show(encoder.reset)
for state in (1, (1, 2), (b"123456789", 2), (b"", -1), (b"", 1 << 70), (b"",), (b"12345678", 5), (b"", 0), (bytearray(b""), 0)):
    show(decoder.setstate, state)
    show(decoder.getstate)
show(decoder.decode, "a")
show(decoder.decode, b"a", final="x")
show(encoder.encode, 1)
show(encoder.encode, "a", None)
show(encoder.encode)

for module in (encodings.iso2022_jp, encodings.iso2022_jp_2, encodings.iso2022_kr, encodings.hz, encodings.euc_jis_2004):
    encoder, decoder = module.IncrementalEncoder(), module.IncrementalDecoder()
    for text in ("a", "\u3042", "\uac00", "\xe6", "\u0300", "\n", "~", "\u4e00"):
        show(encoder.encode, text)
        show(lambda: hex(encoder.getstate()))
    show(encoder.reset)
    show(lambda: hex(encoder.getstate()))
    for data in (b"\x1b$B$", b'"', b"\x1b.A\x1bN", b"i", b"\x1bx", b"X", b"\x1b$)C", b"\x0e0!", b"\n", b"~{R;~", b"}", b"\x1b" + b"a" * 12, b"a"):
        show(decoder.decode, data)
        show(lambda: hex(decoder.getstate()[1]))
    show(decoder.reset)
    show(decoder.getstate)

show(setattr, sjis.StreamReader(None), "stream", 1)
show(sjis.StreamReader(None).read)
show(sjis.StreamReader(io.StringIO("abc")).read)
show(sjis.StreamReader(io.BytesIO(b"\x82\xa0\n\x82\xa2\r\n!")).readlines)
show(sjis.StreamReader(io.BytesIO(b"\x82\xa0\n\x82\xa2\r\n!")).readline)
for size in (0, 1, 2, 3, -1, None, "x", 1.5, 1 << 70):
    for method in ("read", "readline", "readlines"):
        show(getattr(sjis.StreamReader(io.BytesIO(b"\x82\xa0\n\x82\xa2\r\n!")), method), size)
out = io.BytesIO()
writer = sjis.StreamWriter(out)
for lines in (["\u3042", 1], ("a", "b"), 5, {"a": 1}, {1, 2}, "xyz", iter("ab"), ["\u1234"]):
    show(writer.writelines, lines)
show(writer.write, b"a")
print(out.getvalue())


class Broken:
    def write(self, data):
        raise OSError("no room")

    def read(self, size=-1):
        return None

    readline = read


show(sjis.StreamWriter(Broken()).write, "a")
show(sjis.StreamReader(Broken()).read)
show(sjis.StreamReader(Broken()).readline, 5)


# A handler that uses the very object whose piece it is asked about.
def again(error):
    print("  again", ascii(error.object), error.start, error.end, ascii(worker.encode("\u3042")), hex(worker.getstate()))
    return "?", error.end


codecs.register_error("test.again", again)
worker = encodings.iso2022_jp.IncrementalEncoder("test.again")
show(worker.encode, "\u3042\u1234\u3044", True)

# One exception for all errors of a run.
seen = []
codecs.register_error("test.seen", lambda error: seen.append(error) or ("?", error.end))
print("\u1234a\u1234".encode("gbk", "test.seen"), len(set(map(id, seen))), seen[0].start)
codecs.register_error("test.replaced", lambda error: setattr(error, "object", b"zz") or ("?", error.end))
show(b"a\xff\xffb".decode, "gbk", "test.replaced")
codecs.register_error("test.raises", lambda error: 1 / 0)
show("\u1234".encode, "gbk", "test.raises")
codecs.register_error("test.unencodable", lambda error: ("x\u1235", error.end))
show("ab\u1234".encode, "gbk", "test.unencodable")


class Stream:
    pass


stream = Stream()
stream.reader = sjis.StreamReader(stream)
gone = weakref.ref(stream)
del stream
gc.collect()
print(gone())
