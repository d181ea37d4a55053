"""Finalisers at the end: reprs of modules in those that are heard, and what only the interpreter holds, whose finalisers nobody hears."""

import subprocess
import sys

SOURCE = '''
import codecs, contextvars, selectors, sys, threading

class Loud:
    def __init__(self, name): self.name = name
    def __call__(self, *args): return None
    def __del__(self): print("end of", self.name, threading, sys)

class Careful(Loud):
    def __del__(self): selectors._fileobj_lookup = selectors._fileobj_to_fd(0)

function = lambda: None         # the module's dict is in a cycle
variable = contextvars.ContextVar("variable")
local = threading.local()
in_module = Loud("global")
in_cycle = [Loud("cycle")]
in_cycle.append(in_cycle)
'''

ROOTS = [
    "",
    "local.value = Loud('thread-local value')",
    "variable.set(Loud('context variable'))",
    "variable.set(Careful('context variable'))",
    "codecs.register_error('loud', Loud('error handler'))",
    "codecs.register(Careful('search function'))",
    "sys.stdout.kept = Loud('attribute of a stream')",
    "import builtins; builtins.kept = Careful('builtin')",
    "sys.kept = Careful('attribute of sys')",
]

for root in ROOTS:
    done = subprocess.run([sys.executable, "-c", SOURCE + root], capture_output=True, text=True)
    print(root, done.returncode, done.stdout, done.stderr, sep="\n")
