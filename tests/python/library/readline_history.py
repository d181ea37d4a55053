# History files: written, read back, appended to; what is in the middle changed and removed; the errors.
import os
import readline
import tempfile


def lines():
    return [readline.get_history_item(i + 1) for i in range(readline.get_current_history_length())]


def attempt(label, f, *args):
    try:
        print(label, "->", f(*args))
    except Exception as e:
        print(label, "->", type(e).__name__, e)


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    readline.clear_history()
    for line in ("one", "two words", "drei \u00e4\u00f6", "tab\there"):
        readline.add_history(line)
    readline.write_history_file("all")
    for count in (1, 2, 0, 4, 9):
        readline.write_history_file("some")
        readline.append_history_file(count, "some")
        readline.clear_history()
        readline.read_history_file("some")
        print(count, lines())
        readline.clear_history()
        readline.read_history_file("all")
    attempt("append to nothing", readline.append_history_file, 1, "none")
    attempt("read nothing", readline.read_history_file, "none")
    readline.replace_history_item(1, "zwei")
    readline.remove_history_item(0)
    print(lines())
    attempt("replace", readline.replace_history_item, 7, "x")
    attempt("remove", readline.remove_history_item, 7)
    attempt("negative", readline.remove_history_item, -1)
    attempt("type", readline.add_history, 3)
    print(readline.get_history_item(0), readline.get_history_item(99))
    readline.set_history_length(2)
    readline.write_history_file("short")
    readline.clear_history()
    readline.read_history_file("short")
    print(readline.get_history_length(), lines())
