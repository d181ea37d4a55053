# base64: every alphabet both ways, files and lines, padding and strangers, Ascii85 and Base85, the command line; then hmac and secrets.
import base64
import binascii
import hashlib
import hmac
import io
import secrets
import subprocess
import sys

SAMPLES = [b"", b"f", b"fo", b"foo", b"foob", b"\xff\xfe\xfd?>", bytes(range(256)), b"\0" * 9, b"    ", b"Man is distinguished"]
for name in ("b64", "standard_b64", "urlsafe_b64", "b32", "b32hex", "b16", "a85", "b85"):
    encode, decode = getattr(base64, name + "encode"), getattr(base64, name + "decode")
    for s in SAMPLES:
        e = encode(s)
        assert decode(e) == s
        print(name, len(s), e[:60], decode(e.decode()) == s, encode(bytearray(s)) == e, encode(memoryview(s)) == e)
print(base64.b64encode(b"\xff\xef", b"-_"), base64.b64decode("_-8=", "-_"), base64.b64decode("_-8=", b"-_") == base64.urlsafe_b64decode("_-8="), base64.a85encode(b"\0\0\0\0    ", foldspaces=True), base64.a85encode(b"x" * 30, wrapcol=10), base64.a85encode(b"x", pad=True), base64.a85encode(b"abc", adobe=True), base64.b85encode(b"a", pad=True))
print(base64.a85decode(b"<~ zy !!~>", foldspaces=True, adobe=True), base64.a85decode("@:E_W\n", ignorechars=b"\n"), base64.b32decode("mzxw6===", casefold=True), base64.b32decode("M1XW6===", map01="L"), base64.b16decode("ff0A", casefold=True))
BAD = [("b64decode", ("YQ",)), ("b64decode", ("YQ===",)), ("b64decode", ("Y!Q=",)), ("b64decode", ("Y!Q=", None, True)), ("b64decode", ("YQ==Zg==",)), ("b64decode", ("é",)), ("b64decode", ("YQ==", "abc")), ("b32decode", ("MZXW6",)), ("b32decode", ("mz======",)), ("b32decode", ("M1======",)), ("b32hexdecode", ("VV======",)), ("b16decode", ("F",)), ("b16decode", ("fg",)), ("b16decode", ("GG",)),
       ("a85decode", (b"\x80",)), ("a85decode", (b"s8W-\"",)), ("a85decode", (b"aza",)), ("b85decode", (b"~~~~~",)), ("b85decode", (b"\"",)), ("a85decode", ("abc~",)), ("b64encode", ("text",)), ("b85encode", (5,)), ("b32encode", ("x",)), ("b64encode", (b"x", b"abc")), ("encodebytes", ("x",)), ("decodebytes", (5,))]
for name, args in BAD:
    try:
        print(name, args, getattr(base64, name)(*args))
    except Exception as e:
        print(name, args, type(e).__name__, e)
try:
    base64.a85decode(b"no frame", adobe=True)
except ValueError as e:
    print(e)
source, packed, unpacked = io.BytesIO(bytes(range(200))), io.BytesIO(), io.BytesIO()
base64.encode(source, packed)
packed.seek(0)
base64.decode(packed, unpacked)
print(packed.getvalue().split(b"\n"), unpacked.getvalue() == source.getvalue(), base64.encodebytes(b"x" * 60), base64.decodebytes(b"eHg=\neHg=\n"))
with open("in", "wb") as f:
    f.write(b"command line")
for args in (["-e", "in"], ["-d"], ["-t"], ["-x"]):
    r = subprocess.run([sys.executable, "-m", "base64", *args], input=b"Y29tbWFuZA==\n", capture_output=True)
    print(args, r.returncode, r.stdout, r.stderr.splitlines()[:1])

key, text = b"k" * 20, b"what do ya want for nothing?"
for digest in ("md5", "sha1", "sha256", hashlib.sha512, "blake2s", "sha3_256"):
    h = hmac.new(key, digestmod=digest)
    for part in (text[:5], text[5:]):
        h.update(part)
    twin = h.copy()
    twin.update(b"!")
    print(h.name, h.digest_size, h.block_size, h.hexdigest(), h.digest() == hmac.digest(key, text, digest), twin.digest() != h.digest())
print(hmac.new(b"x" * 200, b"long key", "sha256").hexdigest(), hmac.compare_digest("abc", "abc"), hmac.compare_digest(b"abc", b"abd"), hmac.compare_digest(b"a", bytearray(b"a")), secrets.compare_digest("", ""))
for wrong in (lambda: hmac.new(key), lambda: hmac.new("text", b"", "md5"), lambda: hmac.new(key, "text", "md5"), lambda: hmac.new(key, b"", "nope"), lambda: hmac.compare_digest("é", "é"), lambda: hmac.compare_digest("a", b"a"), lambda: hmac.new(key, b"", ""), lambda: hmac.digest(key, text, 5), lambda: hmac.HMAC(key, b"", None),
              lambda: secrets.randbelow(0), lambda: secrets.choice([]), lambda: secrets.token_bytes(-1), lambda: secrets.randbits(-1), lambda: secrets.token_hex("x")):
    try:
        print(wrong())
    except Exception as e:
        print(type(e).__name__, e)
print(len(secrets.token_bytes()), len(secrets.token_hex(3)), secrets.randbits(5) < 32, secrets.randbelow(1), {secrets.choice("ab") for _ in range(100)} == {"a", "b"}, isinstance(secrets.SystemRandom().random(), float))


def sign(message):
    return base64.urlsafe_b64encode(message + hmac.digest(key, message, "sha256")[:12]).rstrip(b"=")


def check(token):
    raw = base64.urlsafe_b64decode(token + b"=" * (-len(token) % 4))
    return hmac.compare_digest(hmac.digest(key, raw[:-12], "sha256")[:12], raw[-12:]) and raw[:-12]


token = sign(b"user=5;role=admin")
print(token, check(token), check(token[:-1] + (b"A" if token[-1:] != b"A" else b"B")), check(sign(b"")))
