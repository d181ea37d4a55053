"""Timer, daemon threads at exit, threads that outlive the main code, atexit-like order of output."""

import threading
import time

fired = []
t = threading.Timer(0.01, lambda *a, **k: fired.append((a, k)), args=(1,), kwargs={"k": 2})
t.start()
t.join()
print(fired)
c = threading.Timer(30, fired.append, args=("never",))
c.start()
c.cancel()
c.join()
print(fired, c.finished.is_set(), c.daemon, isinstance(c, threading.Thread))
release = threading.Event()
def background():
    release.wait()
    while True:
        time.sleep(0.001)
d = threading.Thread(target=background, daemon=True)
d.start()
release.set()
started = threading.Event()
def slow():
    started.set()
    time.sleep(0.25)
    print("the non-daemon thread ends after the main code")
threading.Thread(target=slow).start()
started.wait()
def spawns():
    threading.Thread(target=lambda: print("started during shut-down waiting") if not time.sleep(0.6) else None).start()
threading.Thread(target=spawns).start()
time.sleep(0.005)
print("main code ends", d.is_alive())
