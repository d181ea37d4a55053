# stdin: line one\nline two\nrest of é input\n
"""sys.stdin, stdout and stderr: buffers, encodings, interleaving by flush, binary writes, replaced and restored."""

import io
import os
import sys

print(sys.stdin.readline(), end="")
print(sys.stdin.buffer.readline(), sys.stdin.read().encode())
print(sys.stdout.encoding, sys.stderr.encoding, sys.stdin.encoding, sys.stdout.errors, sys.stderr.errors, sys.stdin.errors, sys.stdout.line_buffering, sys.stderr.line_buffering, sys.stdout.fileno(), sys.stderr.fileno(), sys.stdin.fileno(), sys.stdout.isatty(), sys.stdout.name, sys.stderr.name, sys.stdout.mode, sys.stdout.newlines, type(sys.stdout.buffer).__name__, sys.stdout.writable(), sys.stdout.readable(), sys.__stdout__ is sys.stdout)
sys.stdout.write("text "); sys.stdout.flush(); sys.stdout.buffer.write(b"bytes "); sys.stdout.buffer.flush(); os.write(1, b"raw\n")
print("é€😀", file=sys.stdout); print("to stderr é", file=sys.stderr); sys.stderr.write("second\n"); print(sys.stdout.write("four\n"))
try:
    print("\ud800")
except UnicodeEncodeError as e: print(e)
print("\ud800 on stderr", file=sys.stderr)
sys.stdout.reconfigure(errors="backslashreplace"); print("\ud800"); sys.stdout.reconfigure(errors="strict")
sys.stdout.reconfigure(encoding="ascii", errors="replace"); print("é€"); sys.stdout.reconfigure(encoding="utf-8", errors="strict"); print("é")
saved = sys.stdout; sys.stdout = io.StringIO(); print("hidden"); got = sys.stdout.getvalue(); sys.stdout = saved; print(repr(got))
sys.stdout.writelines(["a", "b\n"]); print("x", end="", flush=True); print()
for bad in (lambda: sys.stdout.write(5), lambda: sys.stdout.write(b"x"), lambda: sys.stdout.read(), lambda: sys.stdin.write("x"), lambda: sys.stdout.seek(0) if False else sys.stdin.buffer.write(b"x"), lambda: sys.stdout.buffer.write("s")):
    try:
        bad()
    except Exception as e: print(type(e).__name__, e)
copy = os.fdopen(os.dup(1), "w"); copy.write("through a copy\n"); copy.close()
sys.stderr.flush(); sys.stdout.flush()
print("unflushed at exit", end="")
