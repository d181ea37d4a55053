# The program removes its own module while it runs.
import sys
del sys.modules["__main__"]
print(__name__, sys.argv[1:])
