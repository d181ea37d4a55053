# input() on a terminal: the prompt goes to stderr, lines come as typed, with their encoding; end of input; readline's history and hooks.
import os
import sys


def on_terminal(code, typed, *, encoding="utf-8"):
    """Runs code on a pseudo-terminal that types `typed`, and prints what it shows."""
    sys.stdout.flush()
    pid, terminal = os.forkpty()
    if pid == 0:
        try:
            os.environ["TERM"] = "dumb"
            os.environ["PYTHONIOENCODING"] = encoding
            os.execv(sys.executable, [sys.executable, "-S", "-c", code])
        finally:
            os._exit(99)
    os.write(terminal, typed)
    shown = b""
    while True:
        try:
            data = os.read(terminal, 1000)
        except OSError:
            break
        if not data:
            break
        shown += data
    os.close(terminal)
    _, status = os.waitpid(pid, 0)
    # What is typed ahead is echoed before, after or between the prompts.
    print(sorted(shown.decode("latin-1").split("\r\n")[-4:])[-3:] if b"Traceback" in shown else [x for x in shown.decode("latin-1").split("\r\n") if "=" in x],
          os.waitstatus_to_exitcode(status))


on_terminal("print('=', repr(input('name? ')))", b"abc\n")
on_terminal("print('=', repr(input()), repr(input('')), repr(input(5)))", b"\n two  \nx\n")
on_terminal("print('=', repr(input('\\xe9: ')))", "caf\u00e9\n".encode())
on_terminal("print('=', repr(input()))", b"\xe9\n", encoding="latin-1")
on_terminal("print('=', ascii(input()))", b"\xff\n", encoding="utf-8:surrogateescape")
on_terminal("try: input('> ')\nexcept EOFError as e: print('=', repr(e))", b"\x04")
on_terminal("try: input('a\\0b')\nexcept ValueError as e: print('=', repr(e))", b"x\n")
on_terminal("print('=', len(input()))", b"y" * 3000 + b"\n")
on_terminal("import sys, io\nsys.stdin = io.StringIO('from memory\\n')\nprint('=', input('p'))", b"")
