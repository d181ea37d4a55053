# What is typed before the editor has the terminal is not lost: lines, a macro with letters outside ASCII, the history.
import os
import pty
import subprocess
import sys

CHILD = r'''
import os, readline, sys

told = os.fdopen(int(sys.argv[1]), "w", encoding="ascii")
if "libedit" in readline.__doc__:
    readline.parse_and_bind("bind ^B ed-prev-char")
    readline.parse_and_bind('bind -s ^A "t\xebxt[nach]"')
else:
    readline.parse_and_bind("Control-b: backward-char")
    readline.parse_and_bind('Control-a: "t\xebxt[nach]"')
readline.set_auto_history(sys.argv[2] == "history")
for prompt in ("", "> "):
    print(ascii(input(prompt)), file=told)
print(readline.get_current_history_length(), [ascii(readline.get_history_item(i)) for i in (1, 2)], file=told)
told.close()
'''


def talk(keys, history):
    master, slave = pty.openpty()
    inner, outer = os.pipe()
    os.write(master, keys)
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(outer), history], stdin=slave, stdout=slave, stderr=slave,
                             pass_fds=[outer], env=dict(os.environ, TERM="dumb"))
    os.close(slave)
    os.close(outer)
    with os.fdopen(inner, encoding="ascii") as told:
        print(told.read(), end="")
    print("ends with", child.wait())
    os.close(master)


talk(b"hello\rworld\r", "history")
talk(b"hello\rworld\r", "none")
talk(b"\x01\x02\x02!\rzwei\r", "history")
