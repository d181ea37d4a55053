# env: PYTHONWARNINGS=ignore::UserWarning,error::RuntimeWarning,bogus::Nope
"""PYTHONWARNINGS with several entries and a wrong one."""

import sys
import warnings

print(sys.warnoptions)
warnings.warn("not shown")
try:
    warnings.warn("error", RuntimeWarning)
except RuntimeWarning as e:
    print(e)
warnings.warn("shown", FutureWarning)
