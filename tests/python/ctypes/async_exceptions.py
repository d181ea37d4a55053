# ctypes.pythonapi.PyThreadState_SetAsyncExc: exceptions that one thread raises in another, as recipes for stopping threads do.
import ctypes
import threading

send = ctypes.pythonapi.PyThreadState_SetAsyncExc
send.argtypes = (ctypes.c_ulong, ctypes.py_object)


class Stop(BaseException):
    pass


class Needy(Exception):
    def __init__(self, argument):
        pass


# --- In the same thread: met at once ---
for what in 5, None, ValueError("an instance"), int, Needy, KeyError, Stop:
    try:
        send(threading.get_ident(), ctypes.py_object(what))
        while True:
            pass
    except BaseException as e:
        print(type(e).__name__, e, e.__context__, e.__cause__)

# --- Nobody there ---
print(send(12345, ctypes.py_object(Stop)), send(2**64 - 1, ctypes.py_object(Stop)))


# --- A busy thread, its finally and with blocks ---
def busy(log, started):
    lock = threading.Lock()
    try:
        with lock:
            try:
                started.set()
                while True:
                    sum(range(10))
            finally:
                log.append("finally")
    except Stop as e:
        log.append(("stopped", e.args, lock.locked()))


log, started = [], threading.Event()
thread = threading.Thread(target=busy, args=(log, started))
thread.start()
started.wait()
print("sent:", send(thread.ident, ctypes.py_object(Stop)))
thread.join()
print(log, send(thread.ident, ctypes.py_object(Stop)))


# --- A thread that waits meets the last one sent, afterwards; or none, if it was taken back ---
def waits(gate, ready, log):
    try:
        ready.set()
        gate.acquire()
        for i in range(1000):
            pass
        log.append("nothing came")
    except Exception as e:
        log.append(type(e).__name__)


for sent in [KeyError, IndexError], [KeyError, "back"], ["back", OSError]:
    gate, ready, log = threading.Lock(), threading.Event(), []
    gate.acquire()
    thread = threading.Thread(target=waits, args=(gate, ready, log))
    thread.start()
    ready.wait()
    while True:   # until it stands at the gate: what is sent before that may be met before it is replaced
        frame = __import__("sys")._current_frames()[thread.ident]
        if frame.f_code is waits.__code__ and frame.f_lineno == waits.__code__.co_firstlineno + 3:
            break
    del frame
    for exception in sent:
        if exception == "back":
            send.argtypes = None
            print(send(ctypes.c_ulong(thread.ident), None))
            send.argtypes = (ctypes.c_ulong, ctypes.py_object)
        else:
            print(send(thread.ident, ctypes.py_object(exception)))
    gate.release()
    thread.join()
    print(log)



# --- Who is stopped while it waits leaves the lock to the next ---
def next_in_line(lock, ready, log):
    try:
        ready.set()
        with lock:
            for i in range(1000):
                pass
            log.append("had it")
    except Stop:
        log.append("stopped")


lock, log = threading.Lock(), []
with lock:
    threads = []
    for i in range(3):
        ready = threading.Event()
        threads.append(threading.Thread(target=next_in_line, args=(lock, ready, log)))
        threads[-1].start()
        ready.wait()
    print(send(threads[0].ident, ctypes.py_object(Stop)))
for thread in threads:
    thread.join()
print(sorted(log), lock.locked())

# --- Many at once: each stops once ---
threads, logs = [], []
for i in range(4):
    log, started = [], threading.Event()
    thread = threading.Thread(target=busy, args=(log, started))
    thread.start()
    started.wait()
    threads.append(thread)
    logs.append(log)
print([send(thread.ident, ctypes.py_object(Stop)) for thread in threads])
for thread in threads:
    thread.join()
print(logs)

# --- Others of the C API are not there, as in any library ---
try:
    ctypes.pythonapi.PyNo_Such
except AttributeError as e:
    print(str(e).rpartition(": ")[2])
