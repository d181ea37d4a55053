# A thread draws while the main one waits for a key; several draw at once in windows of their own.
# timeout: 60
import fcntl
import os
import pty
import struct
import sys
import termios
import threading

for name in ("LINES", "COLUMNS"):
    os.environ.pop(name, None)
os.environ.update(TERM="xterm", LC_ALL="C.UTF-8")
r, w = os.pipe()
pid, fd = pty.fork()
if pid:
    threading.Thread(target=lambda: (os.read(r, 1), os.write(fd, b"k")), daemon=True).start()
    try:
        while os.read(fd, 65536):
            pass
    except OSError:
        pass   # the terminal's other end is closed
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), open("results").read())
    sys.exit()

import curses


def main(screen):
    turn, out = threading.Lock(), []

    def draw(number):
        with turn:
            win = curses.newwin(2, 10, 3 * number, 5)
        for i in range(100):
            with turn:
                win.addstr(0, 0, f"{number} {i}")
                win.refresh()
        with turn:
            out.append(win.instr(0, 0))

    threads = [threading.Thread(target=draw, args=(i,)) for i in range(4)]

    def then_ask():
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        os.write(w, b"!")

    asker = threading.Thread(target=then_ask)
    asker.start()
    key = screen.getkey()
    asker.join()
    return key, sorted(out)


fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
status = 1
try:
    with open("results", "w") as f:
        print(curses.wrapper(main), file=f)
    status = 0
finally:
    os._exit(status)
