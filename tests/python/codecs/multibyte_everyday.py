# The East Asian codecs where programs meet them: files, source files, e-mail, zip archives, names that stand for the same codec.
import codecs
import email.header
import email.message
import encodings
import io
import os
import subprocess
import sys
import zipfile

TEXT = "\u6771\u4eac\n\u4e2d\u6587 abc\n\n\u4e2d"
for name in ("gbk", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "GB18030"):
    with open("text", "w", encoding=name, newline="\r\n") as f:
        f.write(TEXT)
    with open("text", "rb") as f:
        print(name, f.read())
    with open("text", encoding=name) as f:
        print([line for line in f] == TEXT.splitlines(True), f.encoding)
    with open("text", encoding=name) as f:
        f.read(4)
        place = f.tell()
        rest = f.read()
        f.seek(place)
        print(ascii(rest), f.read() == rest)
    print(ascii(str(TEXT.encode(name), name)), codecs.lookup(name).name, b"\xff".decode(name, "replace") == "\ufffd")
    print([ascii(t) for t in codecs.iterdecode([bytes([b]) for b in TEXT.encode(name)], name)][:4])
    print(b"".join(codecs.iterencode(TEXT, name)) == TEXT.encode(name))

for alias in ("sjis", "ms932", "eucjp", "korean", "ms949", "936", "big5-tw", "gb2312-80", "csiso2022kr", "jisx0213", "hz-gb-2312", "950"):
    print(alias, codecs.lookup(alias).name)

header = email.header.Header("\u6771\u4eac", "iso-2022-jp")
print(header.encode(), email.header.decode_header(header.encode()))
message = email.message.EmailMessage()
message.set_content("\u6771\u4eac\n", charset="euc-jp")
print(message.as_bytes(), ascii(message.get_content()))

with zipfile.ZipFile(io.BytesIO(), "w") as archive:
    archive.writestr("\u6771.txt", b"x")
    print(ascii(archive.namelist()))

for name in ("euc-jp", "shift_jis", "gbk", "big5", "cp949"):
    with open("program.py", "wb") as f:
        f.write(("# -*- coding: %s -*-\nx\u4e2d = '\u4e2d\u6587'\nprint(ascii(x\u4e2d))\n" % name).encode(name))
    print(name, subprocess.run([sys.executable, "program.py"], capture_output=True).stdout)
    with open("program.py", "ab") as f:
        f.write(b"# \x80\xff\n")
    print(subprocess.run([sys.executable, "program.py"], capture_output=True).stderr.splitlines()[-1])
    source = ("# coding: %s\ny = '\u4e2d'" % name).encode(name)
    scope = {}
    exec(source, scope)
    print(ascii(scope["y"]))
os.environ["PYTHONIOENCODING"] = "gbk:backslashreplace"
print(subprocess.run([sys.executable, "-c", "print('\\u4e2d\\U0001f600', __import__('sys').stdout.encoding)"], capture_output=True).stdout)
