"""An uncaught KeyboardInterrupt: traceback and death by SIGINT."""

import os
import signal
import sys

def work():
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGINT)
    for _ in range(10**9): pass

print("working")
try:
    work()
finally:
    print("cleaning up")
