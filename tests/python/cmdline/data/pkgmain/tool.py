import sys
from . import nomain
print("tool", sys.argv[1:], __name__, __package__, nomain.v)
