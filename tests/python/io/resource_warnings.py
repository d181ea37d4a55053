# flags: -X dev -W error::BytesWarning
"""Unclosed files under -X dev: ResourceWarning on stderr; implicit close on collection still writes the data."""

import gc
import sys

def leak():
    f = open("leak.txt", "w")
    f.write("written although never closed")

leak()
gc.collect()
print(open("leak.txt").read() if False else "closed by collection")
with open("leak.txt") as f:
    print(f.read())
print(sys.flags.dev_mode, sys.flags.bytes_warning)
