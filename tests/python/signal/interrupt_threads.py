"""KeyboardInterrupt in the main thread while others compute, sleep, and hold locks; interrupt_main; nested handlers."""

import _thread
import os
import signal
import threading
import time

stop = threading.Event()
def busy():
    n = 0
    while not stop.is_set(): n += 1
ts = [threading.Thread(target=busy) for _ in range(2)]
for t in ts: t.start()
def interrupt_soon(): time.sleep(0.2); os.kill(os.getpid(), signal.SIGINT)
def attempt(name, f):
    t = threading.Thread(target=interrupt_soon); t.start()
    try:
        f(); print(name, "not interrupted")
    except KeyboardInterrupt: print(name, "interrupted")
    t.join()
def spin():
    while True: pass
lock = threading.Lock(); lock.acquire()
attempt("spin", spin)
attempt("sleep", lambda: time.sleep(10))
attempt("lock", lambda: lock.acquire(timeout=10))
attempt("event", lambda: threading.Event().wait(10))
attempt("join", lambda: ts[0].join(10))
attempt("comprehension", lambda: [x for x in iter(int, 1)])
attempt("generator", lambda: sum(1 for _ in iter(int, 1)))
def nested():
    try: time.sleep(10)
    finally: print("finally runs", end=" ")
attempt("nested", nested)
r, w = os.pipe(); attempt("read", lambda: os.read(r, 1)); os.close(r); os.close(w)
stop.set()
for t in ts: t.join()
def from_thread(): time.sleep(0.2); _thread.interrupt_main()
t = threading.Thread(target=from_thread); t.start()
try:
    t.join(); time.sleep(1)
except KeyboardInterrupt: print("interrupt_main")
t.join()
calls = []
signal.signal(signal.SIGUSR1, lambda n, f: calls.append("usr1"))
def h2(n, f):
    calls.append("usr2 start"); signal.raise_signal(signal.SIGUSR1); calls.append("usr2 end")
signal.signal(signal.SIGUSR2, h2); signal.raise_signal(signal.SIGUSR2); print(calls)
calls.clear(); t = threading.Thread(target=lambda: [os.kill(os.getpid(), signal.SIGUSR1) for _ in range(3)]); t.start(); t.join()
for _ in range(100000):
    if calls: break
print(1 <= len(calls) <= 3, set(calls)); _thread.interrupt_main(signal.SIGUSR1); print(len(calls) >= 2)
try:
    _thread.interrupt_main(999)
except ValueError as e: print(e)
signal.signal(signal.SIGINT, signal.SIG_IGN); _thread.interrupt_main(); print("ignored")
def handler(n, f): raise RuntimeError(f"in {f.f_code.co_name}")
signal.signal(signal.SIGUSR1, handler)
def victim():
    signal.raise_signal(signal.SIGUSR1)
    for _ in range(10): pass
try:
    victim()
except RuntimeError as e: print(e)
