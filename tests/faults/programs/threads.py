# Threads, locks, queues. Started afresh for every case, for a fork would lose the threads. Threads are started by _thread, all waits end, and
# fresh
# what the threads share are locks and queues in C: a Thread whose start fails in the new thread leaves its starter waiting, and a Condition
# that finds no memory for the *args of its __exit__ keeps its lock, in CPython too.
import _thread
import collections
import queue
import threading

tasks, results, mutex, local, ended = queue.SimpleQueue(), [], threading.RLock(), threading.local(), queue.SimpleQueue()


def work():
    try:
        while (n := tasks.get(timeout=1)) is not None:
            local.last = n
            with mutex:
                results.append(n * 2)
    finally:
        ended.put(True)


def main():
    kept = collections.deque()
    for _ in range(3):
        kept.append(_thread.start_new_thread(work, ()))
    for n in range(20):
        tasks.put(n)
    for _ in kept:
        tasks.put(None)
    for _ in kept:
        ended.get(timeout=1)
    alone = queue.Queue(2)
    alone.put(sum(results))
    with mutex, threading.Condition():
        return sorted(results), alone.get(timeout=1)


print(main())
