"""Fails with a message and a status of its own."""
import sys

print("something has gone wrong", file=sys.stderr)
sys.exit(3)
