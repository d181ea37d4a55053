# shell: python $SCRIPT
# shell: python -X frozen_modules=on -c "import os; print(os, os.__file__)"
# shell: python -X frozen_modules=off -c "import os, zipimport; print(os, zipimport, os.walk.__code__.co_filename)"
# shell: python -X frozen_modules=maybe -c 1
# shell: python -c "import os; list(os.walk(3))"
# shell: python -c "import os; os.makedirs(3)"
# shell: python -c "import importlib.util; importlib.util.find_spec(3)"
# shell: python -m no.such.module
# shell: echo 'raise ValueError("in a module")' > m.py; python -m m; python -c "import m"; python -c "import runpy; runpy.run_module('m')"; python -c "import runpy; runpy.run_path('m.py')"
# shell: echo '1/0' > __main__.py; python -c "import runpy; runpy.run_path('.')"
# shell: mkdir p; echo 'import p.no' > p/__init__.py; python -c "import p"
"""Modules that CPython freezes: their specs, files and code, and the frames that tracebacks show."""
import _imp
import abc
import codecs
import io
import os
import posixpath
import site
import stat
import sys
import zipimport
import importlib.machinery
import importlib.util
import ntpath
import runpy
import _collections_abc
import _frozen_importlib
import _frozen_importlib_external

for module in (abc, codecs, io, os, posixpath, site, stat, zipimport, importlib.machinery, importlib.util, ntpath, runpy, _collections_abc,
               _frozen_importlib_external):
    spec = module.__spec__
    print(module, spec, spec.origin, spec.loader, spec.loader_state, spec.has_location, spec.cached, module.__file__,
          hasattr(module, "__cached__"), module.__loader__)
print(_frozen_importlib, _frozen_importlib.__spec__)
for function in (os.walk, posixpath.join, codecs.open, abc.update_abstractmethods, site.main, stat.filemode, zipimport.zipimporter.find_spec,
                 importlib.util.find_spec, ntpath.join, runpy.run_module, _frozen_importlib._find_and_load,
                 io.IOBase.__subclasscheck__):
    print(getattr(getattr(function, "__code__", None), "co_filename", function if isinstance(function, type) else "?"))
print(_imp._frozen_module_names())
for name in _imp._frozen_module_names():
    print(name, _imp.find_frozen(name), _imp.is_frozen(name), _imp.is_frozen_package(name), _imp.get_frozen_object(name).co_filename)
print(_imp.find_frozen("nope"), _imp.is_frozen("nope"), _imp.init_frozen("nope"))
for call in (lambda: _imp.is_frozen_package("nope"), lambda: _imp.get_frozen_object("nope"), lambda: _imp.find_frozen(3), lambda: _imp.is_frozen(3), lambda: _imp.get_frozen_object("os", 3), lambda: _imp.init_frozen(4)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
data = _imp.find_frozen("__hello__", withdata=True)
print(type(data[0]), data[1:])
import __hello__
import __phello__.ham.eggs
import __phello_alias__.spam
import __hello_only__
__hello__.main()
for module in (__hello__, __phello__, __phello__.ham, __phello__.ham.eggs, __phello_alias__, __phello_alias__.spam, __hello_only__):
    print(module, module.__spec__, getattr(module, "__file__", None), getattr(module, "__path__", None), module.__package__)
_imp._override_frozen_modules_for_tests(-1)
print(_imp.is_frozen("os"), _imp.is_frozen("zipimport"), _imp.find_frozen("os"))
_imp._override_frozen_modules_for_tests(0)
print(_imp.is_frozen("os"), sys.path_hooks[0], len(sys.path_hooks))
print(importlib.machinery.FrozenImporter.find_spec("runpy"), importlib.machinery.FrozenImporter.get_source("os"),
      importlib.machinery.FrozenImporter.is_package("__phello__"), importlib.machinery.FrozenImporter.get_code("stat").co_filename)
