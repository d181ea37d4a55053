"""Repeated frames in a traceback are folded; mutual recursion is not."""

import sys

def down(n):
    if n == 0:
        raise ValueError("bottom")
    down(n - 1)

def ping(n):
    if n == 0:
        1 / 0
    pong(n - 1)

def pong(n):
    ping(n)

for f, n in ((down, 2), (down, 3), (down, 4), (down, 30), (ping, 3)):
    try:
        f(n)
    except Exception:
        sys.excepthook(*sys.exc_info())
down(10)
