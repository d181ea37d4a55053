"""Threads that start threads: starting and ending, thread locals, locks, conditions, events, barriers, what exits leave."""

import _thread
import threading
import time

from _hammer import main


def starts_and_ends(run):
    done = []

    def work(k, choices):
        for i in range(run.iterations(200)):
            inner = [threading.Thread(target=done.append, args=((k, i, j),)) for j in range(3)]
            for t in inner:
                t.start()
            for t in inner:
                t.join()
            assert not any(t.is_alive() for t in inner)

    before = threading.active_count()
    run.hammer(work)
    assert len(done) == len(set(done)) == run.threads * run.iterations(200) * 3
    assert threading.active_count() == before


def raw_threads(run):
    finished = threading.Semaphore(0)

    def body(n):
        finished.release()

    def work(k, choices):
        for _ in range(run.iterations(200)):
            _thread.start_new_thread(body, (k,))

    run.hammer(work)
    for _ in range(run.threads * run.iterations(200)):
        assert finished.acquire(timeout=30), "a thread never ran"


def locals_are_private(run):
    local = threading.local()

    class Sub(threading.local):
        def __init__(self, start):
            self.value = start

    sub = Sub(0)

    def work(k, choices):
        local.x = k
        for i in range(run.iterations(4)):
            local.y = i
            assert local.x == k and local.y == i
            sub.value += 1
        return sub.value

    assert run.hammer(work)[work] == [run.iterations(4)] * run.threads
    assert not hasattr(local, "x") and sub.value == 0


def locks_exclude(run):
    lock, rlock = threading.Lock(), threading.RLock()
    state = {"inside": 0, "count": 0, "rcount": 0}

    def work(k, choices):
        for i in range(run.iterations(2)):
            with lock:
                assert state["inside"] == 0
                state["inside"] = 1
                state["count"] += 1
                state["inside"] = 0
            with rlock:
                with rlock:
                    state["rcount"] += 1
            if i % 64 == 0:
                if lock.acquire(timeout=0.0005):
                    lock.release()
                if lock.acquire(blocking=False):
                    lock.release()

    run.hammer(work)
    assert state["count"] == state["rcount"] == run.threads * run.iterations(2), state
    assert not lock.locked()


def conditions_wake(run):
    """Tokens pass from producers to consumers through a condition; none is lost."""
    condition = threading.Condition()
    tokens, taken = [], []
    n = run.iterations(20)

    def produce(k, choices):
        for i in range(n):
            with condition:
                tokens.append((k, i))
                condition.notify()

    def consume(k, choices):
        for _ in range(n):
            with condition:
                assert condition.wait_for(lambda: tokens, timeout=60), "a wake-up was lost"
                taken.append(tokens.pop())

    run.hammer(produce, consume)
    assert not tokens and len(set(taken)) == run.threads * n


def barriers_and_events(run):
    barrier = threading.Barrier(run.threads)
    counts = [0] * run.threads

    def work(k, choices):
        for i in range(run.iterations(200)):
            counts[k] = i
            barrier.wait(60)
            assert all(c == i for c in counts), "a thread passed the barrier early"
            barrier.wait(60)

    run.hammer(work)
    event = threading.Event()

    def wait(k, choices):
        assert event.wait(60)

    def set_it(k, choices):
        if k == 0:
            time.sleep(0.001)
            event.set()

    run.hammer(wait, set_it)


def semaphores_bound(run):
    semaphore = threading.BoundedSemaphore(2)
    lock = threading.Lock()
    inside = [0, 0]

    def work(k, choices):
        for _ in range(run.iterations(20)):
            with semaphore:
                with lock:
                    inside[0] += 1
                    inside[1] = max(inside)
                with lock:
                    inside[0] -= 1

    run.hammer(work)
    assert inside[0] == 0 and inside[1] <= 2


def objects_outlive_their_thread(run):
    """Objects made by threads that have ended are used, shared and freed by others."""
    left = []

    def make(k, choices):
        left.append([{"k": k, "i": i, "text": f"{k}:{i}"} for i in range(run.iterations(20))])

    def use(k, choices):
        total = 0
        for part in left:
            for item in part:
                total += len(item["text"]) + item["i"]
                item[f"seen{k}"] = [k]
        return total

    run.hammer(make)
    totals = run.hammer(use)[use]
    assert len(set(totals)) == 1
    for part in left:
        for item in part:
            assert all(item[f"seen{k}"] == [k] for k in range(run.threads))
    while left:
        left.pop()


main(starts_and_ends, raw_threads, locals_are_private, locks_exclude, conditions_wake, barriers_and_events,
     semaphores_bound, objects_outlive_their_thread)
