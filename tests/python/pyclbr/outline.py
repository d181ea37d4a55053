# pyclbr: the outline of modules that are never run: classes, functions, nesting, inheritance across modules and packages.
import os
import pyclbr
import sys

FILES = {
    "shapes/__init__.py": "from .base import Shape as Shape\nfrom . import base\nclass Group(Shape, list): pass\n",
    "shapes/base.py": "import abc\nraise SystemExit('never run')\nclass Shape(abc.ABC):\n    @abc.abstractmethod\n    def area(self): ...\n    async def later(self):\n        def helper(): pass\n        class Local:\n            def deep(self): pass\n    area2 = lambda self: 0\n",
    "shapes/round.py": '''from .base import Shape
import collections
from collections import OrderedDict as OD

def free(x):
    class Hidden: pass
    def inner(): return 1
    return inner

if free:
    def conditional(): pass
else:
    class Other: pass

class Circle(Shape):
    def __init__(self, r):
        self.r = r
    @property
    def area(self):
        return 3.14 * self.r ** 2
    @area.setter
    def area(self, a):
        pass
    class Meta:
        name = "c"
        def show(self): pass

class Wheel(Circle, OD, collections.UserDict, metaclass=type):
    async def turn(self):
        pass

@decorated
class Marked(unknown.Thing, make_base()): pass
''',
    "broken_module.py": "def f(:\n",
}
for name, text in FILES.items():
    os.makedirs(os.path.dirname(name) or ".", exist_ok=True)
    with open(name, "w") as f:
        f.write(text)


def show(tree, indent=0):
    for name, item in sorted(tree.items(), key=lambda pair: (getattr(pair[1], "lineno", 0), pair[0])):
        if name == "__path__":
            print("path", [os.path.relpath(p) for p in item])
            continue
        extra = ""
        if isinstance(item, pyclbr.Class):
            extra = f" bases {[b if isinstance(b, str) else (b.module, b.name) for b in item.super]} methods {item.methods}"
        else:
            extra = " async" if item.is_async else ""
        print("  " * indent + f"{type(item).__name__} {item.module}.{name} lines {item.lineno}-{item.end_lineno} in {item.parent.name if item.parent else None}{extra}")
        show(item.children, indent + 1)


show(pyclbr.readmodule_ex("shapes", ["."]))
show(pyclbr.readmodule_ex("shapes.round", ["."]))
print(sorted(pyclbr.readmodule("shapes.round", ["."])), [m for m in sys.modules if m.startswith("shapes")])
print(pyclbr.readmodule_ex("shapes.round", ["."])["Wheel"].super[0] is pyclbr.readmodule_ex("shapes.round", ["."])["Circle"])
for name in ("nowhere", "shapes.nowhere", "broken_module"):
    try:
        print(name, pyclbr.readmodule_ex(name, ["."]))
    except Exception as e:
        print(name, type(e).__name__, str(e).replace(os.getcwd(), ""))
print(pyclbr.readmodule_ex("sys"), pyclbr.readmodule_ex("math"))
queue = pyclbr.readmodule_ex("queue")
print(sorted(queue), queue["PriorityQueue"].methods, queue["Queue"].children["put"].lineno < queue["Queue"].children["get"].lineno)
made = pyclbr.Class("m", "C", None, "f", 1)
function = pyclbr.Function("m", "f", "f", 2, made)
print(made.children == {"f": function}, made.methods, function.parent is made, made.end_lineno)
