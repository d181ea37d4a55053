# concurrent.futures: thread and process pools, callbacks, waiting, cancelling, initialisers, broken pools, exceptions, futures made by hand.
import concurrent.futures as cf
import os
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed, wait


def work(n):
    if n < 0:
        raise ValueError(f"negative {n}")
    return n * n


def die(n):
    os._exit(3)


def failing_start():
    raise RuntimeError("no start")


local = threading.local()


def start(value):
    local.value = value


def main():
    with ThreadPoolExecutor(3, thread_name_prefix="pool", initializer=start, initargs=(7,)) as pool:
        print(list(pool.map(work, range(6))), list(pool.map(pow, [2, 3], [3, 2, 9])), pool.submit(lambda: local.value).result(), pool.submit(lambda: threading.current_thread().name.rpartition("_")[0]).result())
        results = pool.map(work, [1, -1, 2])
        print(next(results))
        try:
            next(results)
        except ValueError as e:
            print(e)
        print(list(results))
        futures = {pool.submit(work, n): n for n in (3, -4, 5)}
        for f in sorted(as_completed(futures), key=futures.get):
            print(futures[f], f.exception() or f.result(), f.done(), f.running(), f.cancel(), f.cancelled())
        gate, order = threading.Event(), []
        blocked = [pool.submit(gate.wait, 20) for _ in range(3)]
        queued = pool.submit(work, 9)
        queued.add_done_callback(lambda f: order.append(("queued", f.cancelled())))
        print(queued.cancel(), queued.cancelled(), queued.cancel(), order)
        try:
            queued.result()
        except cf.CancelledError:
            print("CancelledError")
        done, not_done = wait(blocked, timeout=0.001)
        print(len(done), len(not_done))
        try:
            blocked[0].result(0.001)
        except cf.TimeoutError as e:
            print(type(e).__name__, cf.TimeoutError is TimeoutError)
        try:
            list(as_completed(blocked, 0.001))
        except TimeoutError as e:
            print(e)
        blocked[0].add_done_callback(lambda f: order.append("callback"))
        gate.set()
        print(len(wait(blocked).done), wait(blocked, return_when=cf.FIRST_COMPLETED)._fields, len(order))
        late = pool.submit(work, 2)
        late.result()
        late.add_done_callback(lambda f: order.append(f.result()))
        print(order[-1])
        nested = pool.submit(lambda: pool.submit(work, 6).result())
        print(nested.result())
        first = wait([pool.submit(work, -5), late], return_when=cf.FIRST_EXCEPTION)
        print(len(first.done) + len(first.not_done))
    for wrong in (lambda: pool.submit(work, 1), lambda: ThreadPoolExecutor(0), lambda: ThreadPoolExecutor(-1), lambda: ThreadPoolExecutor(initializer=5), lambda: ProcessPoolExecutor(0), lambda: ProcessPoolExecutor(1, mp_context=None, max_tasks_per_child=0), lambda: ThreadPoolExecutor(1).submit(), lambda: wait([late], return_when="x"), lambda: wait([5]), lambda: ThreadPoolExecutor("x")):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, e)
    pool = ThreadPoolExecutor(1)
    gate = threading.Event()
    running, waiting = pool.submit(gate.wait), [pool.submit(work, i) for i in range(3)]
    while not running.running():
        time.sleep(0.001)
    pool.shutdown(wait=False, cancel_futures=True)
    gate.set()
    print(running.result(), [f.cancelled() for f in waiting])
    broken = ThreadPoolExecutor(1, initializer=failing_start)
    import logging
    logging.disable()
    f = broken.submit(work, 1)
    print(type(f.exception(20)).__name__, f.exception())
    try:
        broken.submit(work, 2)
    except cf.BrokenExecutor as e:
        print(type(e).__name__, e)

    f = cf.Future()
    print(f.set_running_or_notify_cancel(), repr(f).split("state=")[1], f.set_result(5), f.result(), repr(f).split("state=")[1])
    for wrong in (lambda: f.set_result(6), lambda: f.set_exception(ValueError()), lambda: cf.Future().result(0), lambda: cf.Future().exception(0.001)):
        try:
            print(wrong())
        except Exception as e:
            print(type(e).__name__, str(e).split(" at ")[0])
    cancelled = cf.Future()
    print(cancelled.cancel(), cancelled.set_running_or_notify_cancel(), repr(cancelled).split("state=")[1])
    g = cf.Future()
    g.add_done_callback(lambda f: 1 / 0)
    g.add_done_callback(lambda f: print("second callback", f.exception()))
    g.set_exception(KeyError("k"))
    logging.disable(logging.NOTSET)

    with ProcessPoolExecutor(2) as pool:
        print(list(pool.map(work, range(7), chunksize=3)), pool.submit(os.getpid).result() != os.getpid())
        try:
            pool.submit(work, -3).result()
        except ValueError as e:
            print(e, type(e.__cause__).__name__, "work" in str(e.__cause__))
        try:
            pool.submit(lambda: 1).result()
        except Exception as e:
            print(type(e).__name__, str(e)[:30])
        try:
            pool.map(work, [1], chunksize=0)
        except ValueError as e:
            print(e)
    with ProcessPoolExecutor(1) as pool:
        try:
            pool.submit(die, 1).result()
        except cf.BrokenExecutor as e:
            print(type(e).__name__, e)
        try:
            pool.submit(work, 1)
        except cf.BrokenExecutor as e:
            print(type(e).__name__, e)


if __name__ == "__main__":
    main()
