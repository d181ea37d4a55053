"""What warnings print on stderr by default: UserWarning once a place, DeprecationWarning in __main__, source line shown."""

import sys
import warnings

def f(n):
    warnings.warn(f"user warning {n}")

f(1)
f(1)
f(2)
for i in range(3):
    warnings.warn("in loop", RuntimeWarning)
warnings.warn("deprecated here", DeprecationWarning)
warnings.warn("pending", PendingDeprecationWarning)
warnings.warn("imports", ImportWarning)
warnings.warn("resource", ResourceWarning)
warnings.warn("future\nsecond line", FutureWarning)
exec("import warnings\nwarnings.warn('from exec')", {"__name__": "__main__"})
exec(compile("x = 5 is 5\n", "made.py", "exec"))
exec("assert (1, 'always true')")
exec("'\\d'")
exec("def f():\n  return 1\n  x = [1](2)")
print(sys.warnoptions, 1 .__class__)
