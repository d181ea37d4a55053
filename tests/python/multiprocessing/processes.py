# Processes, pools, queues, pipes and locks between processes.
import multiprocessing as mp
import os
import threading
import time
from multiprocessing import synchronize


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


def square(x):
    return x * x


def child(queue, lock, n):
    for i in range(5):
        with lock:
            queue.put((n, i))


def talk(conn):
    while (item := conn.recv()) is not None:
        conn.send(item * 2)
    conn.close()


def hold(lock, ready, release):
    with lock:
        ready.set()
        release.wait()


if __name__ == "__main__":
    ctx = mp.get_context("fork")
    queue, lock = ctx.SimpleQueue(), ctx.Lock()
    procs = [ctx.Process(target=child, args=(queue, lock, n)) for n in range(3)]
    for p in procs:
        p.start()
    got = [queue.get() for _ in range(15)]
    for p in procs:
        p.join()
    print(sorted(got), [p.exitcode for p in procs])

    left, right = ctx.Pipe()
    p = ctx.Process(target=talk, args=(right,))
    p.start()
    for item in (1, "ab", [1, 2]):
        left.send(item)
        print(left.recv())
    left.send(None)
    p.join()

    with ctx.Pool(2) as pool:
        print(pool.map(square, range(10)), pool.apply(square, (7,)), pool.apply_async(square, (9,)).get(30))

    lock = ctx.RLock()
    print(lock.acquire(), lock.acquire(), lock._semlock._count(), lock._semlock._is_mine())
    lock.release()
    lock.release()
    attempt("release", lock.release)
    semaphore = ctx.BoundedSemaphore(2)
    print(semaphore.acquire(), semaphore.acquire(False), semaphore.acquire(False), semaphore.acquire(True, 0.05))
    semaphore.release()
    semaphore.release()
    attempt("too many", semaphore.release)
    print(semaphore.get_value())

    lock, ready, release = ctx.Lock(), ctx.Event(), ctx.Event()
    p = ctx.Process(target=hold, args=(lock, ready, release))
    p.start()
    ready.wait()
    print(lock.acquire(timeout=0.05), lock.acquire(block=False))
    waiting = []
    threads = [threading.Thread(target=lambda: (lock.acquire(), waiting.append(1), lock.release())) for _ in range(3)]
    for t in threads:
        t.start()
    time.sleep(0.05)
    print(waiting)
    release.set()
    for t in threads:
        t.join()
    p.join()
    print(waiting, p.exitcode)

    S = synchronize.SemLock
    raw = synchronize._multiprocessing.SemLock
    attempt("kind", lambda: raw(5, 1, 1, "/weft-%d" % os.getpid(), True))
    attempt("arguments", lambda: raw(1, 1))
    attempt("unlink", lambda: synchronize._multiprocessing.sem_unlink("/no-such-semaphore-at-all"))
    s = raw(1, 3, 5, "/weft-%d" % os.getpid(), True)
    print(s.kind, s.maxvalue, s.name, s._get_value(), s._is_zero(), raw.SEM_VALUE_MAX)
    print(sorted(synchronize._multiprocessing.flags.items()))
