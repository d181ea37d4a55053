# The child of a fork by a thread other than the main one ends when its last thread does, whichever that is and whatever they did before.
import os
import queue
import sys
import threading

main_thread = threading.current_thread()


def join_main():
    main_thread.join()
    print("the main thread is no more", flush=True)


def worker(busy):
    child = os.fork()
    if child != 0:
        print("child's status:", os.waitpid(child, 0)[1], flush=True)
        sys.exit(0)
    if busy:   # threads that wake each other
        there, back = queue.Queue(), queue.Queue()
        echo = threading.Thread(target=lambda: [back.put(there.get()) for i in range(300)])
        echo.start()
        print("echoes:", sum(there.put(i) or back.get() for i in range(300)), flush=True)
        echo.join()
    t = threading.Thread(target=join_main)
    print("the child's thread ends", flush=True)
    t.start()
    t.join()


for busy in False, True, True:
    w = threading.Thread(target=worker, args=(busy,))
    w.start()
    w.join()
