# Terminal settings through a pseudo-terminal: raw and cooked modes, window sizes, what is refused.
import os
import pty
import termios
import tty


def attempt(label, f):
    try:
        print(label, "->", f())
    except Exception as e:
        print(label, "->", type(e).__name__, e)


master, slave = pty.openpty()
mode = termios.tcgetattr(slave)
print(len(mode), len(mode[6]) == termios.NCCS, all(isinstance(c, bytes) for c in mode[6]))
print(bool(mode[3] & termios.ECHO), bool(mode[3] & termios.ICANON), mode[6][termios.VINTR], mode[6][termios.VEOF])
tty.setraw(slave)
raw = termios.tcgetattr(slave)
print(bool(raw[3] & termios.ECHO), bool(raw[3] & termios.ICANON), raw[6][termios.VMIN], raw[6][termios.VTIME])
os.write(slave, b"a\nb")
print(os.read(master, 10))
termios.tcsetattr(slave, termios.TCSANOW, mode)
print(termios.tcgetattr(slave) == mode)
os.write(master, b"line\n")
print(os.read(slave, 100))
print(termios.tcflush(slave, termios.TCIOFLUSH), termios.tcflow(slave, termios.TCOON))
termios.tcsetwinsize(slave, (40, 100))
print(termios.tcgetwinsize(slave), termios.tcgetwinsize(master), os.get_terminal_size(slave))
attempt("window too large", lambda: termios.tcsetwinsize(slave, (1, 70000)))
attempt("window of three", lambda: termios.tcsetwinsize(slave, (1, 2, 3)))
attempt("window of none", lambda: termios.tcsetwinsize(slave, 5))
r, w = os.pipe()
attempt("not a terminal", lambda: termios.tcgetattr(r))
attempt("not open", lambda: termios.tcgetattr(9999))
attempt("negative", lambda: termios.tcgetattr(-1))
attempt("text", lambda: termios.tcgetattr("x"))
attempt("not a list", lambda: termios.tcsetattr(slave, termios.TCSANOW, tuple(mode)))
attempt("short list", lambda: termios.tcsetattr(slave, termios.TCSANOW, mode[:5]))
attempt("bad characters", lambda: termios.tcsetattr(slave, termios.TCSANOW, mode[:6] + [[1, 2]]))
attempt("bad character", lambda: termios.tcsetattr(slave, termios.TCSANOW, mode[:6] + [["x"] * termios.NCCS]))
attempt("bad flag", lambda: termios.tcsetattr(slave, termios.TCSANOW, ["x"] + mode[1:]))
attempt("bad when", lambda: termios.tcsetattr(slave, 77, mode))
try:
    termios.tcgetattr(r)
except termios.error as e:
    print(e.args, termios.error.__mro__[1].__name__)
pid = os.fork()
if pid == 0:
    os.setsid()
    os.close(master)
    os._exit(7)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(sorted(n for n in dir(termios) if n.startswith("TCSA")), termios.B9600, termios.CS8, termios.TIOCGWINSZ)
