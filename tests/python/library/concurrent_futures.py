# Executors: results, order, exceptions, time-outs, callbacks, cancelling, shut-down; processes too.
import concurrent.futures as cf
import threading
import time


def square(x):
    return x * x


def fail(x):
    raise ValueError(f"no {x}")


def threads():
    with cf.ThreadPoolExecutor(max_workers=4, thread_name_prefix="w") as ex:
        print(list(ex.map(square, range(10))))
        print(sorted(f.result() for f in cf.as_completed([ex.submit(square, i) for i in range(5)])))
        f = ex.submit(fail, 3)
        print(type(f.exception()).__name__, f.exception(), f.done(), f.cancelled())
        try:
            list(ex.map(fail, [1, 2]))
        except ValueError as e:
            print("map raised", e)
        gate, called = threading.Event(), []
        f = ex.submit(gate.wait)
        f.add_done_callback(lambda f: called.append(f.result()))
        try:
            f.result(timeout=0.05)
        except cf.TimeoutError as e:
            print("timed out", type(e).__name__, e is not None)
        print(f.running(), f.cancel())
        gate.set()
        done, left = cf.wait([f], timeout=5)
        print(len(done), len(left))
        print(ex.submit(lambda: threading.current_thread().name.startswith("w_")).result())
    print(called)   # callbacks run after waiters have been told
    try:
        ex.submit(square, 1)
    except RuntimeError as e:
        print(e)


def waiting():
    with cf.ThreadPoolExecutor(2) as ex:
        slow, fast, bad = ex.submit(time.sleep, 0.4), ex.submit(square, 2), None
        done, left = cf.wait([slow, fast], return_when=cf.FIRST_COMPLETED)
        print(fast in done, slow in left)
        bad = ex.submit(fail, 9)
        done, left = cf.wait([slow, bad], return_when=cf.FIRST_EXCEPTION)
        print(bad in done)
    with cf.ThreadPoolExecutor(1) as ex:
        gate = threading.Event()
        first, queued = ex.submit(gate.wait), ex.submit(square, 5)
        print(queued.cancel(), queued.cancelled())
        try:
            queued.result()
        except cf.CancelledError as e:
            print("cancelled", repr(e))
        ex.submit(square, 1)
        gate.set()
        ex.shutdown(cancel_futures=False)


def initializer():
    local = threading.local()

    def init(v):
        local.v = v

    with cf.ThreadPoolExecutor(2, initializer=init, initargs=(7,)) as ex:
        print(set(ex.map(lambda _: local.v, range(8))))

    def bad():
        raise KeyError("init")

    import logging
    logging.disable(logging.CRITICAL)
    try:
        with cf.ThreadPoolExecutor(1, initializer=bad) as ex:
            ex.submit(square, 1).result()
    except cf.BrokenExecutor as e:
        print(type(e).__name__, e)


def by_hand():
    f = cf.Future()
    print(f.set_running_or_notify_cancel(), repr(f).split(" at ")[0], f.running())
    f.set_result(1)
    try:
        f.set_result(2)
    except cf.InvalidStateError as e:
        print(str(e).split(":")[0])
    print(f.result(), f.exception())


def processes():
    with cf.ProcessPoolExecutor(2) as ex:
        print(list(ex.map(square, range(5), chunksize=2)))
        f = ex.submit(fail, 4)
        print(type(f.exception()).__name__, f.exception(), type(f.exception().__cause__).__name__)


if __name__ == "__main__":
    threads()
    waiting()
    initializer()
    by_hand()
    processes()
