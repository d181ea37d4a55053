"""SystemExit with a message object: printed on stderr, status 1; finally and atexit-like blocks still run."""

import sys

class Message:
    def __str__(self):
        return "the exit message"

try:
    try:
        sys.exit(Message())
    finally:
        print("finally ran")
except Exception:
    print("not caught as Exception")
