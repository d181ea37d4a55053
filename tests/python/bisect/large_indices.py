# Sequences longer than an immediate int can count, and files opened by an opener that gives a closed descriptor.
import bisect
import os
import sys

n = sys.maxsize


class Long:
    def __init__(self):
        self.inserted = []

    def __len__(self):
        return n

    def __getitem__(self, i):
        return i

    def insert(self, i, item):
        self.inserted.append((i, item))


long = Long()
print(bisect.bisect_left(long, n - 3), bisect.bisect_right(range(n - 1), n - 3), bisect.bisect(long, n))
bisect.insort(long, n - 5)
print(long.inserted)

fd = os.open(os.devnull, os.O_RDONLY)
os.close(fd)
try:
    open("file", "w", opener=lambda *args: fd)
except OSError as error:
    print(error)
