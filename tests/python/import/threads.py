"""Imports from many threads at once: a module runs once, cycles between threads end, slow modules are waited for."""

import importlib
import os
import sys
import threading

sys.path.insert(0, os.getcwd())
for i in range(10):
    with open(f"slow{i}.py", "w") as f: f.write(f"import time, builtins\nbuiltins.runs.append({i})\ntime.sleep(0.01)\nvalue = {i}\n")
with open("ca.py", "w") as f: f.write("import time\ntime.sleep(0.01)\nimport cb\nx = 1\n")
with open("cb.py", "w") as f: f.write("import time\ntime.sleep(0.01)\nimport ca\ny = 2\n")
with open("fails.py", "w") as f: f.write("import builtins\nbuiltins.attempts.append(1)\nraise ValueError('always')\n")
import builtins
builtins.runs, builtins.attempts = [], []
def run(n, f):
    ts = [threading.Thread(target=f, args=(k,)) for k in range(n)]
    for t in ts: t.start()
    for t in ts: t.join()
got = []
def importer(k):
    for i in range(10):
        m = importlib.import_module(f"slow{(i + k) % 10}")
        got.append(m.value == (i + k) % 10)
run(4, importer); print(sorted(runs), all(got), len(got))
def cyc(k):
    try: importlib.import_module("ca" if k % 2 else "cb")
    except ImportError as e: errors.append(str(e))
errors = []; run(4, cyc); print(sys.modules["ca"].x, sys.modules["cb"].y, errors)
def failing(k):
    try: import fails
    except ValueError as e: out.append(str(e))
# A thread that finds the module while another one's import is failing gets the half-made module, and no error.
out = []; run(3, failing); print(set(out), len(attempts) >= 1, "fails" in sys.modules)
def std(k):
    import collections.abc, functools, heapq, keyword
    res.append(keyword.iskeyword("if"))
res = []
run(4, std); print(res)
with open("spawns.py", "w") as f: f.write("import threading\nr = []\ndef w(): r.append(threading.current_thread().name)\nt = threading.Thread(target=w, name='from module')\nt.start(); t.join()\n")
import spawns; print(spawns.r)
with open("reimport.py", "w") as f: f.write("n = 0\n")
def reload(k):
    for _ in range(20):
        m = importlib.import_module("reimport"); m.n += 1
run(3, reload); print(1 <= sys.modules["reimport"].n <= 60)
