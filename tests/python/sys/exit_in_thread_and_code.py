"""sys.exit with an odd code from the main code while a daemon thread runs: the status is the code modulo 256."""

import sys
import threading
import time

threading.Thread(target=lambda: time.sleep(60), daemon=True).start()
try:
    sys.exit(300)
finally:
    print("on the way out")
