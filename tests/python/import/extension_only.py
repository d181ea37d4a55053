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
