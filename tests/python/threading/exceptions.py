"""Exceptions in threads: excepthook, printed tracebacks on stderr, SystemExit silently ending a thread, join afterwards."""

import sys
import threading

def fails(n):
    raise ValueError(f"thread {n} failed")

t = threading.Thread(target=fails, args=(1,), name="named")
t.start()
t.join()
print("first joined", t.is_alive())
got = []
def hook(args):
    got.append((args.exc_type.__name__, str(args.exc_value), args.exc_traceback is not None, args.thread.name))
threading.excepthook = hook
for i in range(3):
    t = threading.Thread(target=fails, args=(i,), name=f"t{i}")
    t.start()
    t.join()
print(got, threading.__excepthook__ is not hook)
got.clear()
t = threading.Thread(target=sys.exit, args=("ignored",), name="exits")
t.start()
t.join()
print("exit", got)
threading.excepthook = threading.__excepthook__
t = threading.Thread(target=sys.exit, args=(3,))
t.start()
t.join()
def chained():
    try:
        {}["x"]
    except KeyError as e:
        raise RuntimeError("chained") from e
t = threading.Thread(target=chained, name="chained-thread")
t.start()
t.join()
class Sub(threading.Thread):
    def run(self):
        try:
            super().run()
        except Exception as e:
            self.error = e
s = Sub(target=fails, args=("sub",))
s.start()
s.join()
print(repr(s.error), s.error.__traceback__.tb_next is not None)
def bad_hook(args): raise OSError("hook failed")
threading.excepthook = bad_hook
t = threading.Thread(target=fails, args=("hooked",), name="bad-hook")
t.start()
t.join()
threading.excepthook = threading.__excepthook__
lock = threading.Lock()
def holds():
    with lock:
        raise KeyError("released on the way out")
threading.excepthook = lambda a: None
t = threading.Thread(target=holds)
t.start()
t.join()
print(lock.locked())
results = {}
def capture(name, f, *args):
    try:
        results[name] = f(*args)
    except BaseException as e:
        results[name] = repr(e)
ts = [threading.Thread(target=capture, args=(n, f, a)) for n, f, a in (("int", int, "x"), ("div", lambda a: 1 / a, 0), ("ok", len, "abc"), ("exit", sys.exit, 5))]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(results.items()))
for wrong in ((1, 2), None):
    try:
        threading.__excepthook__(wrong)
    except TypeError as e:
        print(e)
