# Files whose bytes are no text: the tracebacks show the decoder's frames, whichever way the file is read.
import io
import sys
import traceback

with open("bad.txt", "wb") as f:
    f.write(b"fine\nalso fine\ncaf\xe9 x\nlast\n")


def lines(encoding):
    with open("bad.txt", encoding=encoding) as f:
        return [line for line in f]


def whole(encoding):
    with open("bad.txt", encoding=encoding) as f:
        return f.read()


def pieces(encoding):
    with open("bad.txt", encoding=encoding, newline="") as f:
        return f.readline() + f.read(3)


def wrapped(encoding):
    return io.TextIOWrapper(io.BytesIO(b"\xff\xfe\xfd"), encoding).readlines()


def split(encoding):
    """The bad byte ends a chunk: only the end shows that it is bad."""
    f = io.TextIOWrapper(io.BytesIO(b"abc\xe2\x98"), encoding)
    print(f.read(3))
    return f.read()


for read in (lines, whole, pieces, wrapped, split):
    for encoding in ("utf-8", "ascii", "utf-8-sig", "cp1252", "utf-16"):
        try:
            print(read.__name__, encoding, read(encoding))
        except UnicodeError as e:
            text = traceback.format_exc()
            print(read.__name__, encoding, [line.strip() for line in text.splitlines() if line.lstrip().startswith("File") and "undecodable" not in line], e)
            print(len(traceback.extract_tb(e.__traceback__)), getattr(e, "object", b"")[:20], getattr(e, "start", None))
for errors in ("replace", "ignore", "backslashreplace", "surrogateescape"):
    with open("bad.txt", encoding="utf-8", errors=errors) as f:
        print(errors, ascii(f.read()))
with open("bad.txt", encoding="utf-8") as f:
    for line in f:
        sys.stdout.write(line)
