# curses in a pseudo-terminal: constants, errors before and after initscr, windows, texts, keys that are typed, textpad, wrapper, panels.
# timeout: 60
import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios


def show(f):
    try:
        v = f()
        print(re.sub(r" at 0x\w+", "", repr(v)))
    except Exception as e:
        print(type(e).__module__, type(e).__name__, re.sub(r" at 0x\w+", "", str(e)))


def run(env, *calls):
    for call in calls:
        print(end=call + ": ")
        show(lambda: eval(call, env))


def constants():
    import _curses
    import _curses_panel
    print([(n, v) for n, v in sorted(vars(_curses).items()) if isinstance(v, (int, bytes, tuple))])
    print(_curses.ncurses_version.major, type(_curses.ncurses_version), _curses_panel.version, _curses.error, _curses_panel.error, _curses.window, _curses_panel.panel)
    for n, v in sorted(vars(_curses).items()):
        if callable(v) and n[0] != "_":
            print(n, getattr(v, "__text_signature__", None))
    for cls in (_curses.window, _curses_panel.panel):
        for n, v in sorted(vars(cls).items()):
            if n not in ("__doc__", "__module__"):
                print(n, getattr(v, "__text_signature__", None))
        show(cls)


def before():
    import curses
    import curses.panel
    run({"curses": curses, "_curses": __import__("_curses")}, "_curses.beep()", "_curses.newwin(1, 1)", "_curses.color_pair(1)", "_curses.start_color()", "_curses.getmouse()",
        "curses.tigetnum('cols')", "curses.tparm(b'x')", "curses.keyname(65)", "curses.unctrl('a')", "curses.panel.top_panel()", "curses.panel.new_panel(5)",
        "curses.setupterm(5)", "curses.setupterm('no such terminal')", "curses.setupterm('a\\0b')", "curses.get_escdelay()", "curses.set_escdelay(0)", "curses.set_tabsize(-1)",
        "curses.has_extended_color_support()", "curses.halfdelay(300)", "curses.halfdelay(-1)", "curses.update_lines_cols()", "curses.tigetflag(5)", "curses.putp('x')")


def windows(screen, curses):
    win = curses.newwin(6, 20, 2, 3)
    pad = curses.newpad(10, 30)
    env = {"curses": curses, "win": win, "pad": pad, "screen": screen, "A": curses.A_BOLD}
    run(env, "win.addch()", "win.addch('ab')", "win.addch(5.0)", "win.addch(1, 2)", "win.addch(1, 2, 'x', A, 5)", "win.addch('x', 'y')", "win.addch(99, 99, 'x')", "win.addch(2**70)",
        "win.addch(-1)", "win.addch('é')", "win.addch(b'ab')", "win.addch(chr(0x1f600))", "win.addstr()", "win.addstr(5)", "win.addstr('a\\0')", "win.addstr(b'a\\0')", "win.addstr(99, 0, 'x')",
        "win.addstr(0, 0, 'text é', A)", "win.addstr(1, 2, b'bytes')", "win.addstr('x' * 1000)", "win.addnstr('abc')", "win.addnstr(2, 0, 'abcdef', 3)", "win.addnstr(99, 99, b'a', 1)",
        "win.insstr(3, 0, 'ins')", "win.insstr(99, 99, 'x')", "win.insnstr(3, 1, 'insert', 2)", "win.insnstr(99, 9, 'x', 1)", "win.insch(3, 1, 'Q')", "win.insch('ab')", "win.echochar('e')", "win.echochar('é')",
        "win.instr(0, 0)", "win.instr(1, 0, 8)", "win.instr(2, 0)", "win.instr(3, 0)", "win.instr(9, 9)", "win.instr(-1)", "win.instr(1, 2, 3, 4)", "win.inch(0, 0) == ord('t') | A", "win.inch(1)",
        "win.inch(99, 99)", "win.move(0, 5)", "win.getyx(), win.getbegyx(), win.getmaxyx(), win.getparyx()", "win.move(99, 99)", "win.move(1)", "win.move('a', 1)", "win.keypad()", "win.keypad('x')",
        "win.keypad(1, 2)", "win.keypad(flag=1)", "win.timeout()", "win.delch(0, 0)", "win.delch(99, 99)", "win.delch(1)", "win.hline(4, 0, '-', 5)", "win.hline('-')", "win.hline(99, 0, '-', 2)",
        "win.vline(0, 19, b'|', 3, A)", "win.instr(4, 0)", "win.border()", "win.border('ab')", "win.border(*'12345678')", "win.instr(0, 0)", "win.box(1)", "win.box('a', 'b')", "win.instr(0, 0)", "win.chgat()",
        "win.chgat(1, 1, 3, A)", "win.chgat(99, 99, A)", "win.inch(1, 1) & A == A", "win.bkgd('.', A)", "win.getbkgd() == ord('.') | A", "win.bkgdset()", "win.attron()", "win.attron('x')", "win.attron(2**70)",
        "win.attrset(0)", "win.touchline(1, 2)", "win.touchline(1)", "win.is_linetouched(1), win.is_wintouched()", "win.is_linetouched(99)", "win.is_linetouched(-1)", "win.untouchwin()", "win.is_wintouched()",
        "win.scroll()", "win.scroll(1, 2)", "win.scrollok(True)", "win.scroll(2)", "win.setscrreg(1, 3)", "win.setscrreg(9, 1)", "win.insdelln(1)", "win.enclose(2, 3), win.enclose(0, 0)", "win.resize(4, 10)",
        "win.resize(-1, 0)", "win.mvwin(1, 1)", "win.mvwin(99, 99)", "win.derwin(1, 1).getparyx()", "win.derwin(1)", "win.derwin(99, 99, 1, 1)", "win.subwin(1, 1, 2, 2).getmaxyx()", "win.subwin(9, 9, 9)",
        "pad.subpad(2, 2, 1, 1).getparyx()", "pad.refresh()", "pad.refresh(0, 0, 1, 1, 3, 3)", "pad.refresh(1)", "pad.noutrefresh()", "win.refresh(0, 0, 1, 1, 3, 3)", "win.noutrefresh(0, 0, 1, 1, 3, 3)",
        "win.noutrefresh()", "win.refresh()", "win.overlay(5)", "win.overlay(screen)", "win.overwrite(screen, 1)", "win.overwrite(screen, 0, 0, 0, 0, 1, 1)", "win.overlay(screen, 9, 9, 9, 9, 99, 99)",
        "win.encoding", "setattr(win, 'encoding', 5)", "delattr(win, 'encoding')", "setattr(win, 'encoding', 'ascii')", "win.echochar('é')", "win.foo", "setattr(win, 'foo', 1)", "win.putwin(5)",
        "curses.newwin(1)", "curses.newwin(999999, 5)", "curses.newpad(0, 0)", "curses.newpad('a', 1)", "curses.getwin(5)", "curses.color_pair(1)", "curses.keyname(-1)", "curses.keyname(258)",
        "curses.unctrl('\\n')", "curses.unctrl('ab')", "curses.unctrl(2**70)", "curses.unget_wch('ab')", "curses.unget_wch(2**40)", "curses.unget_wch(2**70)", "curses.unget_wch(b'a')", "curses.ungetch(5.5)",
        "curses.cbreak(5, 6)", "curses.cbreak(flag=1)", "curses.napms('x')", "curses.resize_term('a', 1)", "curses.is_term_resized(24, 80)", "curses.LINES, curses.COLS", "curses.getsyx()", "curses.setsyx(2, 3)",
        "curses.getsyx()", "curses.tigetnum('colors'), curses.tigetstr('cup'), curses.tigetflag('am')", "curses.tparm(curses.tigetstr('cup'), 5, 3)", "curses.tparm('x')", "curses.tparm(b'a\\0')",
        "curses.termname(), curses.longname()", "curses.can_change_color() in (True, False)", "curses.isendwin()", "curses.ungetmouse(2**20, 0, 0, 0, 0)", "curses.erasechar(), curses.killchar()",
        "curses.ACS_HLINE == curses.A_ALTCHARSET | ord('q'), curses.ACS_DIAMOND, sorted(n for n in vars(curses) if n.startswith('ACS'))[:3]")
    curses.start_color()
    run(env, "curses.COLORS, curses.COLOR_PAIRS", "curses.color_content(-1)", "curses.color_content(2**70)", "curses.color_content(curses.COLORS)", "curses.init_pair(1, 2, 3)", "curses.pair_content(1)",
        "curses.init_pair(0, 2**70, 0)", "curses.init_pair(-1, 0, 0)", "curses.init_pair(2**31, 0, 0)", "curses.init_pair(1, 'x', 0)", "curses.pair_number(curses.color_pair(1) | A)", "curses.color_pair(-2)",
        "curses.init_color(0, 0, 0, 1001)", "curses.init_color(0, -1, 0, 0)", "curses.pair_content(2**20)", "curses.use_default_colors()", "curses.pair_content(0)", "curses.mousemask(2**70)", "curses.getmouse()")


def keys(screen, curses, send):
    from curses import textpad
    screen.keypad(True)
    send(b"aZ\r")
    print([screen.getch() for _ in range(3)])
    send(b"\x1bOA\x1b[5~\x1bOP")
    print([screen.getkey() for _ in range(3)])
    send("é☃x".encode() + b"\x1bOB")
    print([screen.get_wch() for _ in range(4)])
    send("é".encode())
    print(screen.getch(3, 4), screen.getch(), screen.getyx())
    screen.nodelay(True)
    run({"screen": screen}, "screen.getch()", "screen.getkey()", "screen.get_wch()", "screen.getch(1)", "screen.getkey(1)", "screen.get_wch('a', 'b')", "screen.getch(99, 99)", "screen.getstr(1, 2, 3, 4)", "screen.getstr(-1)")
    screen.nodelay(False)
    screen.timeout(5)
    print(screen.getch())
    curses.halfdelay(1)
    screen.timeout(-1)
    print(screen.getch())
    curses.nocbreak()
    curses.cbreak()
    curses.echo()
    send(b"typed text\nmore\nand\n")
    print(screen.getstr(), screen.getstr(5, 5), screen.getstr(6, 6, 2), screen.instr(6, 5, 4))
    curses.noecho()
    for c in (b"b", "a", 258):
        curses.ungetch(c)
    print([screen.getch() for _ in range(3)])
    box = textpad.Textbox(curses.newwin(3, 10, 1, 1))
    send(b"hello\rtwo\x01X\x02\x07")
    print(repr(box.edit()))
    textpad.rectangle(screen, 5, 5, 8, 12)
    print(screen.inch(5, 6) & curses.A_CHARTEXT)


def panels(screen, curses):
    from curses import panel
    a, b = (panel.new_panel(curses.newwin(3, 10, i, i)) for i in range(2))
    env = {"a": a, "b": b, "panel": panel, "screen": screen}
    run(env, "panel.top_panel() is b, panel.bottom_panel() is a", "a.above() is b, b.below() is a, a.below(), b.above()", "a.top()", "panel.top_panel() is a", "a.bottom()", "a.hide()", "a.hidden(), b.hidden()",
        "a.above()", "a.show()", "a.move(2, 2)", "a.move(99, 99)", "a.move('x', 1)", "a.window().getbegyx()", "a.userptr()", "a.set_userptr({1: 2})", "a.userptr()", "a.replace(5)", "a.replace(screen)",
        "a.window() is screen", "panel.update_panels()", "panel.new_panel(5)", "a.top(1)", "a.foo", "a.above(1)")
    del a, env
    print(panel.top_panel() is b, b.below())
    del b
    print(panel.top_panel())


def body(send):
    constants()
    before()
    import curses

    def main(screen, extra):
        print(extra, screen.getmaxyx(), curses.isendwin())
        windows(screen, curses)
        keys(screen, curses, send)
        panels(screen, curses)
        raise KeyError("out of the wrapper")

    show(lambda: curses.wrapper(main, "argument"))
    print(curses.isendwin())


def child(requests, results):
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with open(results, "w", encoding="utf-8") as sys.stdout:
        body(lambda data: os.write(requests, data))


def parent(fd, requests):
    while True:
        ready = select.select([fd, requests], [], [])[0]
        if requests in ready:
            data = os.read(requests, 1000)
            if not data:
                return
            os.write(fd, data)
        elif not os.read(fd, 65536):
            return


for name in ("LINES", "COLUMNS"):
    os.environ.pop(name, None)
os.environ.update(TERM="xterm", LC_ALL="C.UTF-8")
import locale
locale.setlocale(locale.LC_ALL, "")
r, w = os.pipe()
pid, fd = pty.fork()
if pid == 0:
    status = 1
    try:
        os.close(r)
        child(w, "results")
        status = 0
    finally:
        sys.stdout = sys.__stdout__
        os._exit(status)
os.close(w)
try:
    parent(fd, r)
except OSError:
    pass   # the terminal's other end is closed
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
print(open("results", encoding="utf-8").read())
