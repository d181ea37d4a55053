# flags: -W error -W ignore::DeprecationWarning -W 'default:show this one:UserWarning'
"""-W options: errors by default, an ignored category, a shown message; the last option wins."""

import sys
import warnings

print(sys.warnoptions)
warnings.warn("ignored", DeprecationWarning)
warnings.warn("show this one")
try:
    warnings.warn("raised")
except UserWarning as e:
    print("raised", e)
try:
    exec("x = 1 is 1")
except SyntaxError as e:
    print(type(e).__name__, e.msg)
warnings.warn("uncaught", RuntimeWarning)
