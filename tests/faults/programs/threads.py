# Threads, locks, queues. Started afresh for every case, for a fork would lose the threads. Threads are started by _thread and all waits end:
# fresh
# one of threading.py's whose start fails in the new thread leaves its starter waiting, in CPython too.
import _thread
import collections
import queue
import threading

tasks, results, mutex, local, ended = queue.Queue(), [], threading.RLock(), threading.local(), threading.Semaphore(0)


def work():
    try:
        while (n := tasks.get(timeout=1)) is not None:
            local.last = n
            with mutex:
                results.append(n * 2)
    finally:
        ended.release()


def main():
    kept = collections.deque()
    for _ in range(3):
        kept.append(_thread.start_new_thread(work, ()))
    for n in range(20):
        tasks.put(n)
    for _ in kept:
        tasks.put(None)
    for _ in kept:
        ended.acquire(timeout=1)
    with mutex:
        return sorted(results)


print(main())
