"""Prints another result for each thread count."""
import os

print("threads", os.environ["WEFT_THREADS"])
