"""Thread objects: start, join, names, idents, daemon flags, is_alive, current_thread, enumerate, errors."""

import threading

results = []
def work(n, *, extra=0):
    results.append((n + extra, threading.current_thread().name, threading.current_thread() is not threading.main_thread()))

threads = [threading.Thread(target=work, args=(i,), kwargs={"extra": 100}, name=f"worker-{i}") for i in range(4)]
for t in threads:
    print(t.is_alive(), t.ident, t.daemon, t.name)
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results), [t.is_alive() for t in threads], all(t.ident for t in threads))
main = threading.current_thread()
print(main.name, main is threading.main_thread(), main.is_alive(), main.daemon, threading.active_count(), [t.name for t in threading.enumerate()], threading.get_ident() == main.ident, threading.get_native_id() == main.native_id)
t = threading.Thread(target=print, args=("run directly",))
t.run()
def attempt(f):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
attempt(threads[0].start)
attempt(threading.current_thread().join)
attempt(threading.Thread(target=print).join)
attempt(lambda: setattr(threads[0], "daemon", True) if threads[0].is_alive() else setattr(threading.current_thread(), "daemon", True))
attempt(lambda: threading.Thread("positional group"))
attempt(lambda: threading.Thread(target=1, nope=2))
class Mine(threading.Thread):
    def __init__(self, v):
        super().__init__()
        self.v, self.result = v, None
    def run(self): self.result = self.v ** 2
m = [Mine(i) for i in range(5)]
[t.start() for t in m]
[t.join() for t in m]
print([t.result for t in m])
class Forgot(threading.Thread):
    def __init__(self): pass
attempt(lambda: Forgot().start())
attempt(lambda: Forgot().name)
d = threading.Thread(target=lambda: None, daemon=True)
print(d.daemon, str(d).count("initial daemon"), repr(main)[:24])
d.start(); d.join()
print(str(d).startswith("<Thread(Thread-"), str(d).count("stopped daemon"))
inherited = []
def spawn():
    inherited.append(threading.Thread(target=print).daemon)
s = threading.Thread(target=spawn, daemon=True)
s.start(); s.join()
print(inherited, threading.Thread(target=print).daemon)
names = []
def ident(): names.append(threading.current_thread().name)
for _ in range(3):
    t = threading.Thread(target=ident)
    t.start(); t.join()
print([n.startswith("Thread-") and n.endswith("(ident)") for n in names], threading.Thread(name="given").name)
t = threading.Thread(target=lambda: None)
t.name = "renamed"
t.start()
print(t.join(timeout=10), t.join(), t.name, threading.TIMEOUT_MAX > 1000)
lock_ready = threading.Event()
t = threading.Thread(target=lock_ready.wait)
t.start()
print(t.is_alive(), t.join(0.01), t.is_alive())
lock_ready.set()
t.join()
print(t.is_alive())
