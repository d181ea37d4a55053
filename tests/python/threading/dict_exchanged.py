# Threads read an attribute of an object in dict mode while others store it, delete it and exchange the object's __dict__.
import threading


class Box:
    pass


box = Box()
box.__dict__["x"] = [1]
box.__dict__.update(y=(2, 3))
done = threading.Event()
wrong = []


def read():
    while not done.is_set():
        for _ in range(50):
            try:
                if len(box.x) != 1:
                    wrong.append(box.x)
            except AttributeError:
                pass


def store():
    for i in range(3000):
        box.x = [i]
        if i % 7 == 0:
            try:
                del box.x
            except AttributeError:
                pass


def exchange():
    for i in range(3000):
        box.__dict__ = {"x": [i]} if i % 5 else {"a": 1, "x": [i], "k%d" % i: 3}
        if i % 11 == 0:
            box.__dict__.update({"q%d" % j: j for j in range(50)})
        if i % 13 == 0:
            box.__dict__.clear()


readers = [threading.Thread(target=read) for _ in range(2)]
writers = [threading.Thread(target=store), threading.Thread(target=exchange)]
for thread in readers + writers:
    thread.start()
for thread in writers:
    thread.join()
done.set()
for thread in readers:
    thread.join()
print(wrong)
