"""Prints the same at every thread count, once its count is known to have arrived in both places."""
import os
import sys

assert sys.argv[1] == os.environ["WEFT_THREADS"], sys.argv
print("agreed", sys.argv[2:])
