# A package with nothing but a shared library that is no module for this interpreter: ImportError, with the path.
import os

os.mkdir("pkg")
open("pkg/__init__.py", "w").close()
with open("pkg/_x.so", "wb") as f:
    f.write(b"\x7fELF, but no more")
try:
    import pkg._x
except ImportError as e:
    print(type(e).__name__, e.name is not None and e.name.endswith("_x"), os.path.basename(e.path), "_x.so" in str(e))
try:
    import pkg._y
except ModuleNotFoundError as e:
    print(e, e.name, e.path)

# A shared library beside its source (python3.11 would load the library).
import sys

os.mkdir("both")
for name in ("__init__", "inner"):
    with open(f"both/{name}.py", "w") as f:
        f.write("where = __name__\n")
if sys.implementation.name == "weft":
    for name in ("__init__", "inner"):
        open(f"both/{name}.cpython-311-x86_64-linux-gnu.so", "wb").close()
import both.inner
print(both.where, both.inner.where)
