# stdin: from stdin 1\nfrom stdin 2\n
# fileinput: files read as one, edited in place, decompressed, decoded; positions, skipping and the states refused.
import bz2
import fileinput
import gzip
import io
import os
import sys

for number in range(3):
    with open(f"f{number}.txt", "w") as f:
        f.writelines(f"file {number} line {i}\n" for i in range(number + 1))
open("empty.txt", "w").close()
with fileinput.input(["f0.txt", "empty.txt", "-", "f2.txt"]) as lines:
    for line in lines:
        print(lines.filename(), lines.lineno(), lines.filelineno(), lines.isfirstline(), lines.isstdin(), line.rstrip())
print(fileinput.FileInput(files="f1.txt").readline(), end="")
with fileinput.input(("f2.txt", "f1.txt")) as lines:
    for line in lines:
        print(line, end="")
        if fileinput.filelineno() == 2:
            fileinput.nextfile()
    print(fileinput.lineno(), "end")

# Numbering the lines of a file in place, with a backup.
with fileinput.input("f2.txt", inplace=True, backup=".orig") as lines:
    for line in lines:
        if "line 1" not in line:
            print(f"{fileinput.lineno():03} {line}", end="")
        sys.stderr.write("")
print(open("f2.txt").read(), open("f2.txt.orig").read(), sorted(os.listdir()))
with fileinput.input("f1.txt", inplace=True) as lines:
    for line in lines:
        sys.stdout.write(line.upper())
print(open("f1.txt").read(), [n for n in os.listdir() if "bak" in n])

with gzip.open("z.gz", "wt") as f:
    f.write("packed\ntext\n")
with bz2.open("z.bz2", "wt") as f:
    f.write("other\n")
with fileinput.FileInput(["z.gz", "z.bz2", "f0.txt"], openhook=fileinput.hook_compressed, encoding="utf-8") as lines:
    print(list(lines))
with open("latin.txt", "wb") as f:
    f.write("caf\xe9\n".encode("latin-1"))
print(list(fileinput.FileInput("latin.txt", encoding="latin-1")), list(fileinput.FileInput("latin.txt", encoding="ascii", errors="replace")), list(fileinput.FileInput("latin.txt", mode="rb")),
      list(fileinput.FileInput("latin.txt", openhook=fileinput.hook_encoded("ascii", "ignore"))))
try:
    list(fileinput.FileInput("latin.txt", encoding="utf-8"))
except UnicodeDecodeError as e:
    print(e)

f = fileinput.FileInput(["f0.txt", "f1.txt"])
print(f.lineno(), f.filelineno(), f.filename(), f.fileno(), f.readline(), f.fileno() > 2)
f.close()
print(f.readline() == "", f.fileno())
for call in (lambda: fileinput.lineno(), lambda: fileinput.input("f0.txt") and fileinput.input("f1.txt"), lambda: fileinput.FileInput(mode="w"), lambda: fileinput.FileInput(inplace=True, openhook=open),
             lambda: fileinput.FileInput(openhook=5), lambda: list(fileinput.FileInput("absent.txt")), lambda: fileinput.FileInput(["f0.txt"])[0], lambda: fileinput.FileInput("f0.txt", mode="rb", encoding="x")):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
fileinput.close()
sys.argv[1:] = ["f0.txt", "latin.txt"]
with fileinput.input(mode="rb") as lines:
    print([line for line in lines])
sys.argv[1:] = []
old, sys.stdin = sys.stdin, io.StringIO("replaced\n")
print([(fileinput.filename(), line) for line in fileinput.input()])
