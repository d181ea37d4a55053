"""Pipes between threads and processes: blocking reads release the interpreter, partial reads, many writers, sentinels."""

import os
import threading
import time

r, w = os.pipe(); got = []
def reader():
    while chunk := os.read(r, 7): got.append(chunk)
t = threading.Thread(target=reader); t.start()
for i in range(20): os.write(w, f"message {i};".encode())
os.close(w); t.join(); os.close(r); print(b"".join(got).decode().split(";")[:3], len(b"".join(got)), max(map(len, got)) <= 7)
r, w = os.pipe(); n = 0; done = threading.Event()
def blocked(): got2.append(os.read(r, 1)); done.set()
got2 = []; t = threading.Thread(target=blocked); t.start()
while n < 50000: n += 1
print(done.is_set(), n); os.write(w, b"!"); t.join(); print(got2, done.is_set())
def writer(k):
    for i in range(50): os.write(w, bytes([65 + k]) * 16)
ts = [threading.Thread(target=writer, args=(k,)) for k in range(4)]
def drain():
    total = b""
    while len(total) < 4 * 50 * 16: total += os.read(r, 4096)
    out.append(total)
out = []; d = threading.Thread(target=drain); d.start()
for t in ts: t.start()
for t in ts: t.join()
d.join(); print({chr(c): out[0].count(bytes([c])) for c in sorted(set(out[0]))}, all(len(set(out[0][i:i + 16])) == 1 for i in range(0, 3200, 16)))
a_r, a_w = os.pipe(); b_r, b_w = os.pipe()
def echo():
    while (m := os.read(a_r, 64)) != b"stop": os.write(b_w, m[::-1])
t = threading.Thread(target=echo); t.start(); replies = []
for i in range(30): os.write(a_w, b"ping%d" % i); replies.append(os.read(b_r, 64))
os.write(a_w, b"stop"); t.join(); print(replies[0], replies[-1], len(replies))
os.set_blocking(r, False)
try:
    os.read(r, 1)
except BlockingIOError as e: print(type(e).__name__, e.errno)
os.set_blocking(w, False); filled = 0
try:
    while True: filled += os.write(w, b"z" * 4096)
except BlockingIOError: print(filled >= 4096, os.get_blocking(w))
pids = []; pr, pw = os.pipe()
for k in range(3):
    pid = os.fork()
    if pid == 0: os.close(pr); os.write(pw, bytes([48 + k])); os._exit(k)
    pids.append(pid)
os.close(pw); data = b""
while c := os.read(pr, 10): data += c
print(sorted(data), sorted(os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]) for p in pids))
with os.fdopen(pr, "rb") as f: print(f.read())
start = time.monotonic(); ts = [threading.Thread(target=time.sleep, args=(0.1,)) for _ in range(8)]
for t in ts: t.start()
for t in ts: t.join()
print(time.monotonic() - start < 0.6)
