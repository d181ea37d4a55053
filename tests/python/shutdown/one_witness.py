# timeout: 120
"""Programs that leave behind a single object whose end can be noticed, each run by itself: whatever else is skipped at the end, that is not."""

import os
import subprocess
import sys
import tempfile

PROGRAMS = {
    "nothing": "import threading, queue, json, re; x = [{}]; x.append(x)",
    "finaliser": "class C:\n def __del__(self): print('gone')\nc = C()",
    "finaliser in a cycle": "class C:\n def __del__(self): print('gone')\nc = C(); c.self = c; del c",
    "finaliser given later": "class C: pass\nc = C()\nC.__del__ = lambda self: print('gone')",
    "finaliser of a base": "class B:\n def __del__(self): print('gone', type(self).__name__)\nclass D(B, dict): pass\nd = D()",
    "finaliser of a class": "class M(type):\n def __del__(cls): print('class gone')\nclass C(metaclass=M): pass\nC.self = C; del C",
    "suspended generator": "def f():\n try: yield 1\n finally: print('closed')\ng = f(); next(g)",
    "generator not begun": "def f():\n try: yield 1\n finally: print('closed')\ng = f()",
    "generator at its end": "def f():\n try: yield 1\n finally: print('closed')\ng = f(); print(list(g))",
    "coroutine not awaited": "async def f(): pass\nc = f()",
    "suspended coroutine": "import types\n@types.coroutine\ndef w(): yield\nasync def f():\n try: await w()\n finally: print('closed')\nc = f(); c.send(None)",
    "asynchronous generator": "async def f():\n try: yield 1\n finally: print('closed')\na = f()\ntry: a.asend(None).send(None)\nexcept StopIteration as e: print(e.value)",
    "callback": "import weakref\nclass C: pass\nc = C(); r = weakref.ref(c, lambda r: print('called'))",
    "callback of a native": "import weakref, sys\nclass C: pass\nkept = []\nc = C(); r = weakref.ref(c, kept.append); del c; print(len(kept))",
    "callback of a proxy": "import weakref\nclass C: pass\nc = C(); c.r = weakref.proxy(C(), lambda r: print('called')); print('made')",
    "finalize": "import weakref\nclass C: pass\nc = C(); f = weakref.finalize(c, print, 'finalized')",
    "finalize, not at exit": "import weakref\nclass C: pass\nc = C(); f = weakref.finalize(c, print, 'finalized'); f.atexit = False; del c",
    "weak dict": "import weakref\nclass K: pass\nk = K(); d = weakref.WeakKeyDictionary({k: 1}); s = weakref.WeakSet([k]); v = weakref.WeakValueDictionary({'a': k}); print(len(d), len(s), len(v))",
    "callbacks of gc": "import gc\ngc.callbacks.append(lambda phase, info: print(phase, info['generation']))",
    "buffered writer": "f = open('written', 'w'); f.write('text\\n')",
    "file, with warnings": "import warnings; warnings.simplefilter('always'); f = open('written', 'w')",
    "stream of the program's": "import sys\nclass S:\n def write(self, s): sys.__stdout__.write(s.upper())\n def flush(self): sys.__stdout__.write('flushed\\n'); sys.__stdout__.flush()\nsys.stdout = S(); print('text')",
    "standard stream beside another": "import io, sys\nsys.stdout = io.StringIO(); sys.__stdout__.write('left in the buffer\\n'); print('lost')",
    "stream detached": "import sys\nb = sys.stdout.detach(); b.write(b'left in the buffer\\n')",
    "stream closed": "import sys\nsys.stdout.close()",
    "no stream": "import sys\nsys.stdout = sys.stdin = None",
    "printing from a finaliser": "import sys\nclass C:\n def __del__(self): sys.stdout.write('late')\nc = C()",
    "temporary folder": "import tempfile, os\nd = tempfile.TemporaryDirectory(dir='.'); print(os.path.isdir(d.name))",
    "handler of logging": "import logging\nclass H(logging.Handler):\n def close(self): print('handler closed'); super().close()\nlogging.getLogger().addHandler(H())",
    "local of a thread": "import threading\nclass C:\n def __del__(self): print('gone')\nl = threading.local(); l.x = C()",
    "daemon thread": "import threading, time\nclass C:\n def __del__(self): print('gone')\nc = C(); e = threading.Event()\ndef f(): e.set(); time.sleep(60)\nthreading.Thread(target=f, daemon=True).start(); e.wait()",
    "exit status": "import sys; sys.exit(7)",
    "failure": "raise KeyError('why')",
    "mapping of memory": "import mmap\nm = mmap.mmap(-1, 10); v = memoryview(m)",
    "child process": "import subprocess, sys\np = subprocess.Popen([sys.executable, '-c', 'pass'], stdin=subprocess.PIPE); p.wait()",
    "socket, with warnings": "import socket, warnings\nwarnings.simplefilter('always'); s = socket.socket(); s.close()",
    "database": "import sqlite3\nc = sqlite3.connect('base'); c.execute('create table t (a)'); c.execute('insert into t values (1)'); c.commit()",
}

with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for name, text in PROGRAMS.items():
        done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)
        print(f"{name}: {done.returncode}\n{done.stdout}{done.stderr}")
        print("left:", sorted(os.listdir()))
        for file in os.listdir():
            if file == "written":
                with open(file) as stream:
                    print("  ", stream.read())
            os.unlink(file)
    os.chdir("/")
