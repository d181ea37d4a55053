# Property lists: settings written as XML and binary, read back, and damaged files refused.
import datetime
import io
import plistlib
import uuid
from collections import OrderedDict

settings = {
    "name": "Weft & <friends>", "count": 12, "negative": -5, "big": 2**63, "ratio": 0.25, "on": True, "off": False,
    "when": datetime.datetime(2021, 3, 4, 5, 6, 7), "blob": bytes(range(40)), "bytes": bytearray(b"abc"),
    "list": [1, "two", [3.5, {}], [], ()], "nested": {"z": 1, "a": {"deep": "ünïcödé ☃ 𝄞"}}, "empty": "", "lines": "a\nb\r\nc",
}
text = plistlib.dumps(settings)
print(text.decode())
for fmt in (plistlib.FMT_XML, plistlib.FMT_BINARY):
    data = plistlib.dumps(settings, fmt=fmt)
    back = plistlib.loads(data)
    print(fmt, back == {**settings, "list": [1, "two", [3.5, {}], [], []]}, list(back)[:4], data[:8])
    print(list(plistlib.loads(plistlib.dumps(settings, fmt=fmt, sort_keys=False)))[:4])
print(plistlib.dumps(settings, fmt=plistlib.FMT_BINARY).hex()[:400])
print(plistlib.dumps({"u": plistlib.UID(300), "i": [0, 255, 256, 65536, 2**32, 2**63 - 1, -1]}, fmt=plistlib.FMT_BINARY).hex())
print(plistlib.loads(plistlib.dumps([plistlib.UID(70000)], fmt=plistlib.FMT_BINARY)))
print(plistlib.loads(text, dict_type=OrderedDict).__class__, plistlib.UID(3) == plistlib.UID(3), {plistlib.UID(3)}, plistlib.UID(7).data)
shared = ["same", "same", "x" * 300, "x" * 300, list(range(300))]
print(len(plistlib.dumps(shared, fmt=plistlib.FMT_BINARY)), plistlib.loads(plistlib.dumps(shared, fmt=plistlib.FMT_BINARY)) == shared)

with open("prefs.plist", "wb") as f:
    plistlib.dump({"window": [0, 0, 640, 480]}, f)
with open("prefs.plist", "rb") as f:
    prefs = plistlib.load(f)
prefs["window"][2] *= 2
with open("prefs.plist", "wb") as f:
    plistlib.dump(prefs, f, fmt=plistlib.FMT_BINARY)
with open("prefs.plist", "rb") as f:
    print(plistlib.load(f, fmt=plistlib.FMT_BINARY))

for value, options in (({1: 2}, {}), ({1: 2}, dict(skipkeys=True)), (None, {}), ({"x": None}, {}), (object, {}), (2**64, {}), (-2**63 - 1, {}), ("\x00", {}), (uuid.UUID(int=0), {}),
                       (1j, {}), ({1, 2}, {})):
    for fmt in (plistlib.FMT_XML, plistlib.FMT_BINARY):
        try:
            print(fmt, repr(value)[:30], plistlib.loads(plistlib.dumps(value, fmt=fmt, **options)))
        except Exception as e:
            print(fmt, repr(value)[:30], type(e).__name__, e)
for wrong in (-1, 2**64, "1"):
    try:
        plistlib.UID(wrong)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)
head = b'<?xml version="1.0"?><plist version="1.0">'
for body in (b"<dict><key>a</key></dict>", b"<dict><string>a</string></dict>", b"<dict><key>a</key><key>b</key></dict>", b"<array><key>a</key></array>", b"<true/>", b"<integer>0x1F</integer>",
             b"<integer>x</integer>", b"<real>1.5e3</real>", b"<date>2020-01-01T00:00:00Z</date>", b"<date>2020-13-01T00:00:00Z</date>", b"<data>!!!!</data>", b"<data>aGVs\n  bG8=</data>",
             b"<strange/>", b"<string>unclosed", b"<key>top</key>", b"<string>&lt;a&gt; &amp; &#x263a;</string>"):
    try:
        print(plistlib.loads(head + body + b"</plist>"))
    except Exception as e:
        print(body, type(e).__name__, e)
good = plistlib.dumps({"k": [1, 2]}, fmt=plistlib.FMT_BINARY)
for bad in (b"", b"plain", b"bplist00", good[:-1], good[:-33] + b"\xff" + good[-32:], b"bplist00" + bytes(32), b'<!DOCTYPE x [<!ENTITY e "boom">]><plist>&e;</plist>'):
    try:
        print(plistlib.loads(bad))
    except Exception as e:
        print(len(bad), type(e).__name__, e)
try:
    plistlib.dump({}, io.StringIO())
except TypeError as e:
    print(e)
