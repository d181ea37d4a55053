"""Death by a signal without a handler: the exit status tells, buffered output is lost, finally blocks do not run."""

import os
import signal

print("flushed", flush=True)
try:
    os.kill(os.getpid(), signal.SIGTERM)
    while True: pass
finally:
    print("never printed")
