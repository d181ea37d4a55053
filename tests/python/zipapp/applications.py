# zipapp: applications packed, run as programs, read, filtered, and mistakes refused. Then packages imported from archives.
import io
import os
import pathlib
import stat
import subprocess
import sys
import zipapp
import zipfile
import zipimport

os.makedirs("app/pkg/data")
for name, text in {"pkg/__init__.py": "VERSION = '1.2'\n", "pkg/core.py": "import sys, pkgutil\n\ndef main():\n    print('main of', __name__, sys.argv[1:], pkgutil.get_data('pkg', 'data/words.txt').decode().split())\n\ndef fail():\n    raise ValueError('from the archive')\n",
                   "pkg/data/words.txt": "alpha beta\n", "skip.txt": "not packed"}.items():
    path = os.path.join("app", name)
    with open(path, "w") as f:
        f.write(text)
zipapp.create_archive("app", "tool.pyz", interpreter="/usr/bin/env python3", main="pkg.core:main", filter=lambda p: p.name != "skip.txt", compressed=True)
print(zipapp.get_interpreter("tool.pyz"), bool(os.stat("tool.pyz").st_mode & stat.S_IEXEC), sorted(zipfile.ZipFile("tool.pyz").namelist()))
print(zipfile.ZipFile("tool.pyz").read("__main__.py").decode())


def run(*args):
    r = subprocess.run([sys.executable, *args], capture_output=True, text=True)
    print(r.returncode, r.stdout, r.stderr.replace(os.getcwd(), ""), sep="|")


run("tool.pyz", "a", "b c")
zipapp.create_archive("tool.pyz", "copy.pyz")
print(zipapp.get_interpreter("copy.pyz"))
zipapp.create_archive(pathlib.Path("tool.pyz"), "other.pyz", interpreter="python9")
print(open("other.pyz", "rb").readline())
zipapp.create_archive("app", "fails.pyz", main="pkg.core:fail")
run("fails.pyz")
run("-m", "zipapp", "tool.pyz", "--info")
run("-m", "zipapp", "app", "-m", "nonsense", "-o", "x.pyz")
target = io.BytesIO()
zipapp.create_archive("app", target, main="pkg:VERSION")
print(zipfile.ZipFile(target).testzip())
for wrong in (lambda: zipapp.create_archive("app"), lambda: zipapp.create_archive("app", main="a b:c"), lambda: zipapp.create_archive("none"),
              lambda: zipapp.create_archive("tool.pyz", "y.pyz", main="m:n")):
    try:
        wrong()
    except zipapp.ZipAppError as e:
        print("ZipAppError", e)

importer = zipimport.zipimporter("tool.pyz")
print(importer, importer.archive, repr(importer.prefix), importer.is_package("pkg"), importer.find_spec("pkg").submodule_search_locations)
print(importer.get_filename("pkg"), repr(importer.get_source("pkg")), importer.get_data("pkg/data/words.txt"), type(importer.get_code("pkg")))
for wrong in (lambda: importer.get_source("nope"), lambda: importer.get_data("nope"), lambda: zipimport.zipimporter("app"), lambda: zipimport.zipimporter(""), lambda: zipimport.zipimporter("tool.pyz/absent/"),
              lambda: importer.load_module("nope")):
    try:
        print(wrong())
    except (zipimport.ZipImportError, OSError) as e:
        print(type(e).__name__, e)
sys.path.insert(0, "tool.pyz")
import pkg.core
print(pkg.VERSION, pkg.__path__, pkg.core.__file__, type(pkg.__loader__).__name__, pkg.__spec__.origin, pkg.core.__loader__.prefix)
try:
    pkg.core.fail()
except ValueError as e:
    frame = e.__traceback__.tb_next.tb_frame
    print(frame.f_code.co_filename, frame.f_lineno)
with zipfile.ZipFile("stale.zip", "w") as z:
    z.writestr("broken.py", "def f(:\n")
    z.writestr("fine.py", "value = 42\n")
sys.path.append("stale.zip")
try:
    import broken
except SyntaxError as e:
    print(e.msg, e.filename, e.lineno, e.text)
import fine
print(fine.value, fine.__file__)
