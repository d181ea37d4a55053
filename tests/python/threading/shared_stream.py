"""Threads that write to one stream without a pause leave room for another: it waits its turn, not for ever."""

import os
import threading

LINES = 15
written = os.memfd_create("stream")
stream = os.fdopen(written, "w", buffering=1)   # each line is written while the stream's lock is held
stop = threading.Event()


def write(letter):
    while not stop.is_set():
        stream.write(letter * 60 + "\n")


threads = [threading.Thread(target=write, args=(letter,)) for letter in "abcd"]
for thread in threads:
    thread.start()
for n in range(LINES):
    stream.write(f"line {n}\n")   # print would write in pieces
    stream.flush()
stop.set()
for thread in threads:
    thread.join()
with open(f"/proc/self/fd/{written}") as text:
    lines = text.read().splitlines()
print([line for line in lines if line.startswith("line")] == [f"line {n}" for n in range(LINES)])
print({line for line in lines if not line.startswith("line")} <= {letter * 60 for letter in "abcd"})
