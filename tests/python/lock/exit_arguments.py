# __exit__ of locks takes any positional arguments and no others.
import _thread

for lock in (_thread.allocate_lock(), _thread.RLock()):
    lock.acquire()
    try:
        lock.__exit__(a=1)
    except TypeError as e:
        print(e)
    print(lock.__exit__(1, 2, 3, 4))
    try:
        lock.__exit__()
    except RuntimeError as e:
        print(e)
