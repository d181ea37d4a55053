# flags: -W ignore
# builds: release debug
# timeout: 90
# lib2to3, from the library, parses files of the library, writes them back, and refactors a Python 2 text.
import os
from lib2to3 import pygram, pytree, refactor
from lib2to3.pgen2 import driver

parser = driver.Driver(pygram.python_grammar_no_print_statement, pytree.convert)
for module in ("bisect", "sched", "queue", "this"):
    path = os.path.join(os.path.dirname(os.__file__), module + ".py")
    with open(path, encoding="utf-8") as stream:
        source = stream.read()
    tree = parser.parse_string(source)
    print(module, str(tree) == source, len(list(tree.pre_order())))
tool = refactor.RefactoringTool(["lib2to3.fixes.fix_" + name for name in ("print", "except", "dict", "has_key", "unicode", "xrange", "raise")])
old = """print "a", x
try:
    for i in xrange(10): d.has_key(i)
except ValueError, e:
    raise IOError, "text"
for k, v in d.iteritems(): print >>f, u"%s" % k
"""
print(tool.refactor_string(old, "old"))
