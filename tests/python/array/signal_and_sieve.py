"""A prime sieve, a filtered signal, a histogram and a matrix kept in arrays; their files; and threads that fill one array together."""

import array
import copy
import io
import math
import struct
import threading
from array import array as Array

def sieve(n):
    flags = Array("B", bytes([1])) * (n + 1)
    flags[0:2] = Array("B", [0, 0])
    for p in range(2, math.isqrt(n) + 1):
        if flags[p]: flags[p * p::p] = Array("B", bytes(len(range(p * p, n + 1, p))))
    return flags

flags = sieve(5000)
primes = Array("H", (i for i, f in enumerate(flags) if f))
print(len(primes), primes[-5:], primes[:100:10], flags.count(1), primes.index(4999), sum(primes))

signal = Array("d", (math.sin(i / 9) + 0.3 * math.sin(i * 1.7) for i in range(400)))
smooth = Array("d", (sum(signal[i:i + 5]) / 5 for i in range(len(signal) - 4)))
quantised = Array("h", (round(x * 10000) for x in smooth))
print([round(x, 6) for x in smooth[::80]], quantised[::97], max(quantised), min(quantised))

def save(stream, *arrays):
    for a in arrays:
        stream.write(struct.pack("<cI", a.typecode.encode(), len(a)))
        a.tofile(stream)
def load(stream):
    while head := stream.read(5):
        code, n = struct.unpack("<cI", head)
        a = Array(code.decode())
        a.fromfile(stream, n)
        yield a
stream = io.BytesIO()
save(stream, primes, signal, quantised, Array("u", "grüß😀"))
stream.seek(0)
back = list(load(stream))
print([(a.typecode, len(a)) for a in back], back[0] == primes, back[1] == signal, back[2] == quantised, back[3].tounicode())

rows, cols = 4, 6
m = Array("l", range(rows * cols))
view = memoryview(m).cast("B").cast("l", (rows, cols))
print([view[r, r] for r in range(rows)], view.tolist()[2], [sum(m[c::cols]) for c in range(cols)])
view[1, 1] = -7
try: m.append(1)
except BufferError as e: print(e)
view.release()
print(m[7], len(m))

histogram = Array("L", [0]) * 10
for x in signal: histogram[min(9, max(0, int((x + 1.3) / 2.6 * 10)))] += 1
print(histogram, copy.deepcopy(histogram) == histogram, histogram is not copy.copy(histogram))
swapped = Array("I", [1, 256, 0x01020304])
swapped.byteswap()
print(swapped, swapped.tobytes().hex(), list(reversed(swapped)), bytes(swapped[:1]), bytearray(Array("H", [1, 2])))

shared, lock = Array("q", [0] * 64), threading.Lock()
grown = Array("i")
def work(k):
    for n in range(300):
        shared[k] += n
        grown.append(k)
        if n % 50 == 0: grown.extend(Array("i", [k, k]))
        with lock: shared[63] += 1
threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(shared[:8], shared[63], len(grown), [grown.count(k) for k in range(8)])
