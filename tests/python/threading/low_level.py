"""_thread: start_new_thread, allocate_lock, exit, interrupt_main errors, stack_size, get_ident, RLock internals, _count."""

import _thread
import threading
import time

done = _thread.allocate_lock()
done.acquire()
out = []
def body(a, b=0, *rest, **kw):
    out.append((a, b, rest, sorted(kw.items())))
    done.release()
_thread.start_new_thread(body, (1, 2, 3), {"k": 4})
done.acquire()
_thread.start_new_thread(body, ("only",))
done.acquire()
print(out, type(done).__name__, _thread.LockType is type(done), done.locked())
for bad in (lambda: _thread.start_new_thread(5, ()), lambda: _thread.start_new_thread(body), lambda: _thread.start_new_thread(body, [1]), lambda: _thread.start_new_thread(body, (), 5), lambda: _thread.stack_size(-1), lambda: _thread.stack_size("x"), lambda: _thread.stack_size(5), lambda: _thread.allocate_lock().release(), lambda: _thread.RLock().release(), lambda: done.acquire(False, 1), lambda: done.acquire(timeout=-2), lambda: done.acquire("x", "y"), lambda: done.acquire(timeout=10**20)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
print(done.acquire(False), done.acquire(blocking=False), done.acquire(timeout=0.01), done.acquire(True, 0.01), done.release(), done.acquire(), done.locked())
done.release()
with done:
    print(done.locked(), done.__enter__ is not None)
print(done.locked(), done.acquire_lock(), done.locked_lock(), done.release_lock())
def exits():
    try:
        _thread.exit()
    finally:
        out.append("exit ran finally")
        done.release()
done.acquire()
_thread.start_new_thread(exits, ())
done.acquire()
print(out[-1], _thread.get_ident() == threading.get_ident(), _thread.TIMEOUT_MAX == threading.TIMEOUT_MAX, _thread.error is RuntimeError)
r = _thread.RLock()
print(r.acquire(), r.acquire(), r._is_owned(), r._release_save()[0], r._is_owned(), r.acquire(False), r.release())
r.acquire()
def other(): out.append((r.acquire(False), r._is_owned())); done.release()
_thread.start_new_thread(other, ())
done.acquire()
print(out[-1], repr(r).split(" at ")[0].split("owner")[0], repr(_thread.allocate_lock()).split(" object")[0])
def foreign():
    try:
        r.release()
    except RuntimeError as e:
        out.append(str(e))
    done.release()
_thread.start_new_thread(foreign, ())
done.acquire()
print(out[-1])
old = _thread.stack_size(256 * 1024)
print(old, _thread.stack_size(0), _thread.stack_size())
released = _thread.allocate_lock()
released.acquire()
_thread.start_new_thread(released.release, ())
released.acquire()
print("released by another thread", _thread._count() >= 0, threading.active_count())
n, lock = [0], _thread.allocate_lock()
alive = [_thread.allocate_lock() for _ in range(8)]
def many(l):
    for _ in range(200):
        with lock: n[0] += 1
    l.release()
for l in alive:
    l.acquire()
    _thread.start_new_thread(many, (l,))
for l in alive: l.acquire()
print(n)
start = time.monotonic()
lock.acquire()
print(lock.acquire(timeout=0.05), time.monotonic() - start >= 0.049)
