# shell: python $SCRIPT own; echo "status $?"
# shell: python $SCRIPT reading; echo "status $?"
# shell: python $SCRIPT at_exit; echo "status $?"
"""Daemon threads that are writing, or wait for something to read, when the program ends."""

import atexit
import os
import sys
import threading

r, w = os.pipe()
entered = threading.Event()


def own():
    """The pipe is full, and the stream's lock held, for ever."""
    stream = os.fdopen(w, "wb")
    stream.write(b"x" * 1_000_000)


def reading():
    os.fdopen(r).read()


def at_exit():
    """Writes on after the main thread has ended, until the process has."""
    stream = os.fdopen(w, "w", buffering=1)
    threading.Thread(target=lambda: all(iter(lambda: os.read(r, 1000), None)), daemon=True).start()
    atexit.register(stream.write, "the last line\n")
    entered.set()
    while True:
        stream.write("x" * 80 + "\n")


def run(daemon):
    if daemon is not at_exit:
        entered.set()
    daemon()


threading.Thread(target=run, args=(globals()[sys.argv[1]],), daemon=True).start()
entered.wait()
threading.Event().wait(0.1)
print("main ends")
