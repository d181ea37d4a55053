# builds: release debug
# timeout: 60
# shell: ulimit -v 200000; python $SCRIPT
"""Memory runs out again and again, in many ways; each time it is MemoryError, and what was taken is there for the next."""
import sys
import threading
import time


def numbers():
    items = []
    while True:
        items.append(len(items) * 1.5)


def strings():
    items = []
    while True:
        items.append("x" * 10**6 + str(len(items)))


def doubled():
    s = "ab"
    while True:
        s += s


def grown():
    b = bytearray()
    while True:
        b += bytes(1000000)


def shifted():
    n = 1
    while True:
        n <<= n.bit_length() + 100000


def multiplied():
    n = 1 << 10**7
    items = []
    while True:
        n = n * 3
        items.append(n)


def keys():
    d = {}
    while True:
        d[len(d)] = None


def members():
    s = set()
    while True:
        s.add(len(s))


def joined():
    return ",".join(str(i) for i in range(10**9))


def comprehension():
    return [(i,) for i in range(10**10)]


def ordered():
    return sorted(range(10**8))


def padded():
    return f"{1:>{10**10}}"


def generators():
    def g():
        yield 1
    items = []
    while True:
        items.append(g())
        next(items[-1])


def nested():
    x = None
    while True:
        x = (x,)


def texts():
    items = []
    while True:
        items.append(str(len(items)))


def attempt(f):
    what = "no error"
    try:
        f()
    except MemoryError:
        what = "MemoryError"
    print(f.__name__, what, len([0] * 10**6), flush=True)


for f in (numbers, strings, doubled, grown, shifted, multiplied, keys, members, joined, comprehension, ordered, padded, generators, nested, texts):
    attempt(f)
    attempt(f)

go = threading.Event()
threads = []
try:
    while True:
        thread = threading.Thread(target=go.wait)
        thread.start()
        threads.append(thread)
except RuntimeError as e:
    print(e)
print(len(threads) > 1)
go.set()
for thread in threads:
    thread.join()
del threads, thread
for _ in range(100):        # the system takes its time to end a thread after it is joined
    try:
        last = threading.Thread(target=print, args=("one more",))
        last.start()
        break
    except RuntimeError:
        time.sleep(0.01)
last.join()
