# builds: release debug
# timeout: 60
# python3-pyflakes checks sources with faults, and files of the library.
import os
import sys
from pyflakes import api, reporter

report = reporter.Reporter(sys.stdout, sys.stdout)
print(api.check("import os, sys\nfrom a import *\ndef f(x, x2):\n    y = 1\n    return undefined + z\nf'none'\n'%s %s' % (1,)\n", "faulty.py", report))
print(api.check("def g():\n    try:\n        pass\n    except:\n        pass\n    except ValueError:\n        pass\n", "order.py", report))
print(api.check("x = (1\ny = 2\n", "syntax.py", report))
for module in ("heapq", "bisect", "textwrap", "shlex", "sched"):
    path = os.path.join(os.path.dirname(os.__file__), module + ".py")
    print(module, api.checkPath(path, report))
