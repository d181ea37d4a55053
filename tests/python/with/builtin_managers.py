"""with over builtin managers, whose __exit__ is native: what is called, in which order, and what the profiler hears of it."""
import _thread
import io
import os
import sys
import tempfile
import threading


def held(lock):
    with lock as entered:
        return entered, lock.locked()


def left_by(manager, how):
    for turn in range(3):
        with manager:
            if how == "break":
                break
            if how == "continue":
                continue
            if how == "raise":
                raise LookupError(turn)
    return how


def unlocked_inside(lock):
    with lock:
        lock.release()


def suspended(lock):
    with lock:
        yield lock.locked()
        yield lock.locked()
    yield lock.locked()


def attempt(function, *args):
    try:
        return function(*args)
    except BaseException as error:
        return type(error).__name__, str(error), error.__traceback__.tb_next and error.__traceback__.tb_next.tb_frame.f_code.co_name


class Noisy(type(threading.RLock())):
    def __exit__(self, *details):
        print("exit", details[0], super().__exit__(*details))


class Swallows(io.StringIO):
    def __exit__(self, kind, error, traceback):
        return kind is ValueError


def swallowed(error):
    with Swallows() as stream:
        stream.write("x")
        raise error
    return stream.getvalue()


def nested():
    a, b = threading.Lock(), threading.RLock()
    with a, b, memoryview(b"abc") as view, io.BytesIO(b"data") as stream:
        inside = a.locked(), b._is_owned(), view[0], stream.read(2)
    return inside, a.locked(), b._is_owned(), attempt(view.tobytes), stream.closed


def events():
    heard = []

    def listen(frame, event, arg):
        if event.startswith("c_") and frame.f_code.co_name == "body":
            heard.append((event, arg.__name__, type(arg.__self__).__name__))

    lock = threading.Lock()

    def body():
        with lock:
            len("x")
        with io.StringIO() as stream:
            stream.close()

    sys.setprofile(listen)
    try:
        body()
    finally:
        sys.setprofile(None)
    return heard


lock = threading.Lock()
print(held(lock), lock.locked())
for how in "break", "continue", "raise":
    print(attempt(left_by, lock, how), lock.locked())
print(attempt(unlocked_inside, lock), attempt(unlocked_inside, threading.RLock()))
print(list(suspended(lock)), lock.locked())
half = suspended(lock)
print(next(half), lock.locked(), half.close(), lock.locked())
half = suspended(lock)
next(half)
print(attempt(half.throw, KeyError("thrown")), lock.locked())
with Noisy():
    print("inside")
print(attempt(left_by, Noisy(), "raise"))
print(swallowed(ValueError("gone")), attempt(swallowed, TypeError("stays")))
print(nested())
print(events())
print(attempt(lock, None, None, None), attempt(held, 3), attempt(held, _thread.allocate_lock))

folder = tempfile.mkdtemp()
path = os.path.join(folder, "file")
with open(path, "wb", buffering=0) as raw, open(path, "r") as text:
    print(raw.write(b"hello\n"), text.read())
print(raw.closed, text.closed, attempt(held, raw))
with os.scandir(folder) as entries:
    print([entry.name for entry in entries])
os.unlink(path)
os.rmdir(folder)
