// Windows and pads of curses.
//
// A call with coordinates moves the cursor there first. Methods say what libncursesw's function of a similar name does.
#include "modules/curses_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_curses_window;
static WINDOW *window_of(Value self) { return v_curses_window(self)->win; }

// --- Making ------------------------------------------------------------------------------------------------------------------------------------

Value curses_window_new(Thread *t, WINDOW *win) {
  if (!win) return curses_raise(t, "curses function returned NULL");
  const char *codeset = nl_langinfo(CODESET);
  Value encoding = str_from_cstr(t, codeset && *codeset ? codeset : "utf-8"), v = v_is_null(encoding) ? V_NULL : type_generic_alloc(t, &type_curses_window, 0);
  if (v_is_null(v)) {
    v_drop(t, encoding);
    WITH_CURSES(t, if (win != *curses.stdscr) curses.delwin(win));
    return V_NULL;
  }
  v_curses_window(v)->win = win;
  v_curses_window(v)->encoding = encoding;
  return v;
}

// Libncursesw does not free a window that has others within; it stays then.
static void window_dealloc(Thread *t, Object *o) {
  CursesWindow *w = (CursesWindow *)o;
  if (w->win) WITH_CURSES(t, if (w->win != *curses.stdscr) curses.delwin(w->win));
  v_drop(t, w->encoding);
  heap_free_object(t, o);
}

Value curses_window_encoding(Thread *t, Value window) { return locked_field(t, v_obj(window), &v_curses_window(window)->encoding); }
static Value encoding_get(Thread *t, Value self, UNUSED_OK void *closure) { return curses_window_encoding(t, self); }
static int encoding_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  if (v_is_null(value)) return raise_type_error(t, "encoding may not be deleted"), -1;
  if (!v_is_str(value)) return raise_type_error(t, "setting encoding to a non-string"), -1;
  if (!str_utf8(t, value, NULL)) return -1;
  locked_field_set(t, v_obj(self), &v_curses_window(self)->encoding, v_own(t, value));
  return 0;
}

// --- Arguments ---------------------------------------------------------------------------------------------------------------------------------

// Calls of the form f([y, x,] ... [, attr]): the coordinates, if there are any, are taken off the front.
typedef struct Place { bool given; int y, x; } Place;

static int take_place(Thread *t, const Value **args, size_t *nargs, bool given, Place *place) {
  int yx[2] = {0, 0};
  if (given && curses_ints(t, *args, 2, yx) < 0) return -1;
  *place = (Place){given, yx[0], yx[1]};
  if (given) *args += 2, *nargs -= 2;
  return 0;
}
// The lock held. ERR: the place is not in the window.
static int go(WINDOW *win, const Place *place) { return place->given ? curses.wmove(win, place->y, place->x) : OK; }

static int optional_attr(Thread *t, const Value *args, size_t nargs, size_t at, long *attr) {
  *attr = A_NORMAL;
  return nargs > at ? module_long(t, args[at], attr) : 0;
}

#define METHOD(name) static NATIVE(window_##name)
#define NO_KEYWORDS(name) \
  if (native_no_keywords(t, "window." #name, kwnames) < 0) return V_NULL
// A raw method's head: no keywords, min to max arguments.
#define TAKES(name, min, max, message) \
  NO_KEYWORDS(name);                   \
  if (curses_count(t, nargs, min, max, message) < 0) return V_NULL

// --- Methods that only pass numbers on ---------------------------------------------------------------------------------------------------------

#define CHECKED0(name, function)                                 \
  METHOD(name) {                                                 \
    int code;                                                    \
    WITH_CURSES(t, code = curses.function(window_of(self)));     \
    return curses_check(t, code, #function);                     \
  }
CHECKED0(untouchwin, untouchwin)
CHECKED0(touchwin, touchwin)
CHECKED0(redrawwin, redrawwin)
CHECKED0(insertln, winsertln)
CHECKED0(erase, werase)
CHECKED0(deleteln, wdeleteln)

#define VOID0(name, function)                                    \
  METHOD(name) {                                                 \
    WITH_CURSES(t, curses.function(window_of(self)));            \
    return V_NONE;                                               \
  }
VOID0(syncup, wsyncup)
VOID0(syncdown, wsyncdown)
VOID0(standend, wstandend)
VOID0(standout, wstandout)
VOID0(cursyncup, wcursyncup)
VOID0(clrtoeol, wclrtoeol)
VOID0(clrtobot, wclrtobot)
VOID0(clear, wclear)

#define SWITCH_TEXT "True(1) or False(0)"
#define ONE_INT(name, message)                                   \
  int n;                                                         \
  TAKES(name, 1, 1, message);                                    \
  if (curses_ints(t, args, 1, &n) < 0) return V_NULL
#define VOID1(name, function, message)                           \
  METHOD(name) {                                                 \
    ONE_INT(name, message);                                      \
    WITH_CURSES(t, curses.function(window_of(self), n));         \
    return V_NONE;                                               \
  }
VOID1(idcok, idcok, SWITCH_TEXT)
VOID1(immedok, immedok, SWITCH_TEXT)
VOID1(timeout, wtimeout, "delay")

#define CHECKED1(name, function, message)                        \
  METHOD(name) {                                                 \
    int code;                                                    \
    ONE_INT(name, message);                                      \
    WITH_CURSES(t, code = curses.function(window_of(self), n));  \
    return curses_check(t, code, #function);                     \
  }
CHECKED1(clearok, clearok, SWITCH_TEXT)
CHECKED1(idlok, idlok, SWITCH_TEXT)
CHECKED1(keypad, keypad, SWITCH_TEXT)
CHECKED1(leaveok, leaveok, SWITCH_TEXT)
CHECKED1(nodelay, nodelay, SWITCH_TEXT)
CHECKED1(notimeout, notimeout, SWITCH_TEXT)
CHECKED1(scrollok, scrollok, SWITCH_TEXT)
CHECKED1(syncok, syncok, SWITCH_TEXT)
CHECKED1(insdelln, winsdelln, "nlines")

#define CHECKED2(name, function, message)                              \
  METHOD(name) {                                                       \
    int n[2], code;                                                    \
    TAKES(name, 2, 2, message);                                        \
    if (curses_ints(t, args, 2, n) < 0) return V_NULL;                 \
    WITH_CURSES(t, code = curses.function(window_of(self), n[0], n[1])); \
    return curses_check(t, code, #function);                           \
  }
CHECKED2(move, wmove, "y,x")
CHECKED2(mvwin, mvwin, "y,x")
CHECKED2(mvderwin, mvderwin, "y,x")
CHECKED2(resize, wresize, "lines,columns")

// Bound methods: the binder has counted.
#define BOUND2(name, function)                                         \
  METHOD(name) {                                                       \
    int n[2], code;                                                    \
    if (curses_ints(t, args, 2, n) < 0) return V_NULL;                 \
    WITH_CURSES(t, code = curses.function(window_of(self), n[0], n[1])); \
    return curses_check(t, code, #function);                           \
  }
BOUND2(redrawln, wredrawln)
BOUND2(setscrreg, wsetscrreg)

#define PAIR(name, first, second)                                                                \
  METHOD(name) {                                                                                 \
    int y, x;                                                                                    \
    WITH_CURSES(t, y = curses.first(window_of(self)), x = curses.second(window_of(self)));       \
    return tuple_pack(t, 2, v_from_smi(y), v_from_smi(x));                                       \
  }
PAIR(getyx, getcury, getcurx)
PAIR(getbegyx, getbegy, getbegx)
PAIR(getmaxyx, getmaxy, getmaxx)
PAIR(getparyx, getpary, getparx)

METHOD(is_wintouched) {
  bool touched;
  WITH_CURSES(t, touched = curses.is_wintouched(window_of(self)));
  return v_from_bool(touched);
}

METHOD(is_linetouched) {
  int line, code;
  if (curses_ints(t, args, 1, &line) < 0) return V_NULL;
  WITH_CURSES(t, code = line < 0 || line >= curses.getmaxy(window_of(self)) ? ERR : curses.is_linetouched(window_of(self), line));
  return code == ERR ? raise_type_error(t, "is_linetouched: line number outside of boundaries") : v_from_bool(code);
}

METHOD(enclose) {
  int n[2];
  bool inside;
  if (curses_ints(t, args, 2, n) < 0) return V_NULL;
  WITH_CURSES(t, inside = curses.wenclose(window_of(self), n[0], n[1]));
  return v_from_bool(inside);
}

METHOD(touchline) {
  int n[3] = {0, 0, 1}, code;
  TAKES(touchline, 2, 3, "_curses.window.touchline requires 2 to 3 arguments");
  if (curses_ints(t, args, nargs, n) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.wtouchln(window_of(self), n[0], n[1], n[2] != 0));
  return curses_check(t, code, "touchline");
}

METHOD(scroll) {
  int lines = 1, code;
  TAKES(scroll, 0, 1, "_curses.window.scroll requires 0 to 1 arguments");
  if (curses_ints(t, args, nargs, &lines) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.wscrl(window_of(self), lines));
  return curses_check(t, code, "scroll");
}

// --- Attributes --------------------------------------------------------------------------------------------------------------------------------

#define ATTRIBUTES(name, function)                                       \
  METHOD(name) {                                                         \
    long attr;                                                           \
    int code;                                                            \
    if (module_long(t, args[0], &attr) < 0) return V_NULL;               \
    WITH_CURSES(t, code = curses.function(window_of(self), (int)attr));  \
    return curses_check(t, code, #name);                                 \
  }
ATTRIBUTES(attron, wattron)
ATTRIBUTES(attroff, wattroff)
ATTRIBUTES(attrset, wattrset)

static int background(Thread *t, Value self, const Value *args, chtype *out) {
  chtype ch;
  long attr = A_NORMAL;
  if (curses_chtype(t, self, args[0], &ch) < 0 || (!v_is_absent(args[1]) && module_long(t, args[1], &attr) < 0)) return -1;
  *out = ch | (chtype)attr;
  return 0;
}
METHOD(bkgd) {
  chtype ch;
  int code;
  if (background(t, self, args, &ch) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.wbkgd(window_of(self), ch));
  return curses_check(t, code, "bkgd");
}
METHOD(bkgdset) {
  chtype ch;
  if (background(t, self, args, &ch) < 0) return V_NULL;
  WITH_CURSES(t, curses.wbkgdset(window_of(self), ch));
  return V_NONE;
}
METHOD(getbkgd) {
  chtype ch;
  WITH_CURSES(t, ch = curses.getbkgd(window_of(self)));
  return int_from_u64(t, ch);
}

METHOD(chgat) {
  int n = -1, code;
  long attr;
  Place place;
  TAKES(chgat, 1, 4, "chgat requires 1 to 4 arguments");
  if (take_place(t, &args, &nargs, nargs > 2, &place) < 0) return V_NULL;
  if (nargs == 2 && curses_ints(t, args, 1, &n) < 0) return V_NULL;
  if (module_long(t, args[nargs - 1], &attr) < 0) return V_NULL;
  WITH_CURSES(t, code = go(window_of(self), &place);
              if (code != ERR) code = curses.wchgat(window_of(self), n, (attr_t)attr & A_ATTRIBUTES, (short)curses.PAIR_NUMBER((int)attr), NULL);
              curses.touchline(window_of(self), curses.getcury(window_of(self)), 1));
  return curses_check(t, code, "chgat");
}

// --- Writing -----------------------------------------------------------------------------------------------------------------------------------

METHOD(addch) {
  chtype ch;
  wchar_t wide[2] = {0, 0};
  long attr;
  Place place;
  int code;
  TAKES(addch, 1, 4, "_curses.window.addch requires 1 to 4 arguments");
  if (take_place(t, &args, &nargs, nargs > 2, &place) < 0 || optional_attr(t, args, nargs, 1, &attr) < 0) return V_NULL;
  int kind = curses_character(t, args[0], &ch, wide);
  if (kind < 0) return V_NULL;
  cchar_t cell;
  mutex_lock(t, &curses_lock);
  code = go(window_of(self), &place);
  if (code != ERR && kind == 1) code = curses.waddch(window_of(self), ch | (chtype)attr);
  else if (code != ERR && (code = curses.setcchar(&cell, wide, (attr_t)attr, (short)curses.PAIR_NUMBER((int)attr), NULL)) != ERR) code = curses.wadd_wch(window_of(self), &cell);
  mutex_unlock(&curses_lock);
  return curses_check(t, code, kind == 1 ? "addch" : "add_wch");
}

METHOD(echochar) {
  chtype ch;
  int code;
  if (background(t, self, args, &ch) < 0) return V_NULL;
  WITH_CURSES_DETACHED(t, code = curses.is_pad(window_of(self)) ? curses.pechochar(window_of(self), ch) : curses.wechochar(window_of(self), ch));
  return curses_check(t, code, "echochar");
}

METHOD(insch) {
  chtype ch;
  long attr;
  Place place;
  int code;
  TAKES(insch, 1, 4, "_curses.window.insch requires 1 to 4 arguments");
  if (take_place(t, &args, &nargs, nargs > 2, &place) < 0 || optional_attr(t, args, nargs, 1, &attr) < 0 || curses_chtype(t, self, args[0], &ch) < 0) return V_NULL;
  WITH_CURSES(t, code = go(window_of(self), &place); if (code != ERR) code = curses.winsch(window_of(self), ch | (chtype)attr));
  return curses_check(t, code, "insch");
}

// The four ways of putting a text in, by bytes and by wide characters.
typedef struct TextWriter {
  const char *message, *bytes_name, *wide_name;
  bool has_length;      // the text is followed by the most characters of it that are written
  bool inserts;
} TextWriter;
static const TextWriter writer_addstr = {"_curses.window.addstr requires 1 to 4 arguments", "addstr", "addwstr", false, false};
static const TextWriter writer_addnstr = {"_curses.window.addnstr requires 2 to 5 arguments", "addnstr", "addnwstr", true, false};
static const TextWriter writer_insstr = {"_curses.window.insstr requires 1 to 4 arguments", "insstr", "inswstr", false, true};
static const TextWriter writer_insnstr = {"_curses.window.insnstr requires 2 to 5 arguments", "insnstr", "insn_wstr", true, true};

// The lock held.
static int put_text(WINDOW *win, const TextWriter *w, const char *bytes, const wchar_t *wide, int n) {
  if (wide) return w->inserts ? curses.wins_nwstr(win, wide, n) : curses.waddnwstr(win, wide, n);
  return w->inserts ? curses.winsnstr(win, bytes, n) : curses.waddnstr(win, bytes, n);
}

static Value write_text(Thread *t, Value self, const TextWriter *w, const Value *args, size_t nargs) {
  size_t least = w->has_length ? 2 : 1;
  const char *bytes = NULL;
  wchar_t *wide = NULL;
  int n = -1, code;
  long attr;
  Place place;
  if (curses_count(t, nargs, least, least + 3, w->message) < 0 || take_place(t, &args, &nargs, nargs > least + 1, &place) < 0 ||
      (w->has_length && curses_ints(t, args + 1, 1, &n) < 0) || optional_attr(t, args, nargs, least, &attr) < 0)
    return V_NULL;
  int kind = curses_text(t, args[0], &bytes, &wide);
  if (kind < 0) return V_NULL;
  WINDOW *win = window_of(self);
  mutex_lock(t, &curses_lock);
  int before = curses.getattrs(win);
  if (nargs > least) curses.wattrset(win, (int)attr);
  code = go(win, &place);
  if (code != ERR) code = put_text(win, w, bytes, wide, n);
  if (nargs > least) curses.wattrset(win, before);
  mutex_unlock(&curses_lock);
  if (wide) heap_free(t, wide);
  return curses_check(t, code, kind == 2 ? w->wide_name : w->bytes_name);
}
#define WRITER(name)                                           \
  METHOD(name) {                                               \
    NO_KEYWORDS(name);                                         \
    return write_text(t, self, &writer_##name, args, nargs);   \
  }
WRITER(addstr)
WRITER(addnstr)
WRITER(insstr)
WRITER(insnstr)

METHOD(delch) {
  Place place;
  int code;
  NO_KEYWORDS(delch);
  if (nargs != 0 && nargs != 2) return raise_type_error(t, "_curses.window.delch requires 0 to 2 arguments");
  if (take_place(t, &args, &nargs, nargs == 2, &place) < 0) return V_NULL;
  WITH_CURSES(t, code = go(window_of(self), &place); if (code != ERR) code = curses.wdelch(window_of(self)));
  return curses_check(t, code, place.given ? "mvwdelch" : "wdelch");
}

// --- Lines and borders ---------------------------------------------------------------------------------------------------------------------------

METHOD(border) {
  chtype ch[8];
  for (int i = 0; i < 8; i++) {
    ch[i] = 0;
    if (!v_is_absent(args[i]) && curses_chtype(t, self, args[i], &ch[i]) < 0) return V_NULL;
  }
  WITH_CURSES(t, curses.wborder(window_of(self), ch[0], ch[1], ch[2], ch[3], ch[4], ch[5], ch[6], ch[7]));
  return V_NONE;
}

METHOD(box) {
  chtype vertical = 0, horizontal = 0;
  NO_KEYWORDS(box);
  if (nargs != 0 && nargs != 2) return raise_type_error(t, "_curses.window.box requires 0 to 2 arguments");
  if (nargs && (curses_chtype(t, self, args[0], &vertical) < 0 || curses_chtype(t, self, args[1], &horizontal) < 0)) return V_NULL;
  WITH_CURSES(t, curses.wborder(window_of(self), vertical, vertical, horizontal, horizontal, 0, 0, 0, 0));
  return V_NONE;
}

static Value draw_line(Thread *t, Value self, const Value *args, size_t nargs, typeof(curses.whline) draw, const char *name) {
  chtype ch;
  int n, code;
  long attr;
  Place place;
  if (take_place(t, &args, &nargs, nargs > 3, &place) < 0 || curses_ints(t, args + 1, 1, &n) < 0 || optional_attr(t, args, nargs, 2, &attr) < 0 ||
      curses_chtype(t, self, args[0], &ch) < 0)
    return V_NULL;
  mutex_lock(t, &curses_lock);
  code = go(window_of(self), &place);
  bool moved = code != ERR;
  if (moved) code = draw(window_of(self), ch | (chtype)attr, n);
  mutex_unlock(&curses_lock);
  return curses_check(t, code, moved ? name : "wmove");
}
METHOD(hline) {
  TAKES(hline, 2, 5, "_curses.window.hline requires 2 to 5 arguments");
  return draw_line(t, self, args, nargs, curses.whline, "hline");
}
METHOD(vline) {
  TAKES(vline, 2, 5, "_curses.window.vline requires 2 to 5 arguments");
  return draw_line(t, self, args, nargs, curses.wvline, "vline");
}

// --- Reading the window ----------------------------------------------------------------------------------------------------------------------------

METHOD(inch) {
  Place place;
  chtype ch;
  NO_KEYWORDS(inch);
  if (nargs != 0 && nargs != 2) return raise_type_error(t, "_curses.window.inch requires 0 to 2 arguments");
  if (take_place(t, &args, &nargs, nargs == 2, &place) < 0) return V_NULL;
  WITH_CURSES(t, ch = go(window_of(self), &place) == ERR ? (chtype)ERR : curses.winch(window_of(self)));
  return int_from_u64(t, ch);
}

enum { LINE_MAX_BYTES = 1023 };
// [y, x,] [n]: what instr and getstr take.
static int line_arguments(Thread *t, const Value *args, size_t nargs, const char *message, Place *place, int *n) {
  *n = LINE_MAX_BYTES;
  if (curses_count(t, nargs, 0, 3, message) < 0 || take_place(t, &args, &nargs, nargs > 1, place) < 0 || (nargs && curses_ints(t, args, 1, n) < 0)) return -1;
  if (*n < 0) return raise_value_error(t, "'n' must be nonnegative"), -1;
  if (*n > LINE_MAX_BYTES) *n = LINE_MAX_BYTES;
  return 0;
}

METHOD(instr) {
  char line[LINE_MAX_BYTES + 1] = "";
  Place place;
  int n, code;
  NO_KEYWORDS(instr);
  if (line_arguments(t, args, nargs, "instr requires 0 or 3 arguments", &place, &n) < 0) return V_NULL;
  WITH_CURSES(t, code = go(window_of(self), &place); if (code != ERR) code = curses.winnstr(window_of(self), line, n));
  return bytes_from(t, line, code == ERR ? 0 : strlen(line));
}

// --- Reading keys ------------------------------------------------------------------------------------------------------------------------------------

// One attempt, with the window's own delay or (`now`) without waiting: the lock held. What wget_wch says.
static int read_key_locked(WINDOW *win, bool wide, bool now, wint_t *key) {
  int delay = curses.wgetdelay(win), code;
  if (now) curses.wtimeout(win, 0);
  if (wide) {
    code = curses.wget_wch(win, key);
  } else {
    int c = curses.wgetch(win);
    *key = (wint_t)c;
    code = c == ERR ? ERR : OK;
  }
  if (now) curses.wtimeout(win, delay);
  return code;
}

// Waits for input without the lock, detached. 1 there is some, 0 the time is up, -1 a signal came.
static int wait_for_input(Thread *t, int ms) {
  struct pollfd input = {.fd = 0, .events = POLLIN};
  int r;
  ALLOW_THREADS_BEGIN(t)
  r = poll(&input, 1, ms);
  ALLOW_THREADS_END
  return r > 0 ? 1 : r;
}

// A key, as the window's delay says: OK, KEY_CODE_YES, or ERR.
static int read_key(Thread *t, WINDOW *win, bool wide, const Place *place, wint_t *key) {
  int code, delay;
  mutex_lock(t, &curses_lock);
  code = go(win, place);
  delay = curses_state.half_delay ? curses_state.half_delay * 100 : curses.wgetdelay(win);
  bool there = code != ERR;
  if (there) {
    ALLOW_THREADS_BEGIN(t)
    code = read_key_locked(win, wide, true, key);
    ALLOW_THREADS_END
  }
  mutex_unlock(&curses_lock);
  if (!there || code != ERR || delay == 0) return code;
  int waited = wait_for_input(t, delay);
  if (waited == 0) return ERR;
  // A signal may have been that of a new size, which is a key as well.
  WITH_CURSES_DETACHED(t, code = read_key_locked(win, wide, waited < 0, key));
  return code;
}

// The head of getch, getkey and get_wch. -1: an exception.
static int get_key(Thread *t, Value self, const Value *args, size_t nargs, const char *message, bool wide, wint_t *key) {
  Place place;
  if (nargs != 0 && nargs != 2) return raise_type_error(t, "%s", message), -2;
  if (take_place(t, &args, &nargs, nargs == 2, &place) < 0) return -2;
  return read_key(t, window_of(self), wide, &place, key);
}

METHOD(getch) {
  wint_t key;
  NO_KEYWORDS(getch);
  int code = get_key(t, self, args, nargs, "_curses.window.getch requires 0 to 2 arguments", false, &key);
  if (code == -2 || safepoint(t) < 0) return V_NULL;
  return v_from_smi(code == ERR ? ERR : (int)key);
}

static Value no_input(Thread *t) { return safepoint(t) < 0 ? V_NULL : curses_raise(t, "no input"); }

METHOD(getkey) {
  wint_t key;
  NO_KEYWORDS(getkey);
  int code = get_key(t, self, args, nargs, "_curses.window.getkey requires 0 to 2 arguments", false, &key);
  if (code == -2) return V_NULL;
  if (code == ERR) return no_input(t);
  if (key <= 255) return str_from_char(t, key);
  const char *name;
  WITH_CURSES(t, name = curses.keyname((int)key));
  return str_from_cstr(t, name ? name : "");
}

METHOD(get_wch) {
  wint_t key;
  NO_KEYWORDS(get_wch);
  int code = get_key(t, self, args, nargs, "_curses.window.get_wch requires 0 to 2 arguments", true, &key);
  if (code == -2) return V_NULL;
  if (code == ERR) return no_input(t);
  return code == KEY_CODE_YES ? v_from_smi((int64_t)key) : str_from_char(t, key);
}

// The line is read with the lock held: nobody draws where somebody types.
METHOD(getstr) {
  char line[LINE_MAX_BYTES + 1] = "";
  Place place;
  int n, code;
  NO_KEYWORDS(getstr);
  if (line_arguments(t, args, nargs, "getstr requires 0 to 3 arguments", &place, &n) < 0) return V_NULL;
  WITH_CURSES_DETACHED(t, code = go(window_of(self), &place); if (code != ERR) code = curses.wgetnstr(window_of(self), line, n));
  return bytes_from(t, line, code == ERR ? 0 : strlen(line));
}

// --- Showing -------------------------------------------------------------------------------------------------------------------------------------------

typedef struct Refresher {
  const char *count_message, *pad_message, *window_message, *pad_name, *window_name;
  bool now;
} Refresher;
static const Refresher refresher_refresh = {"_curses.window.refresh requires 0 to 6 arguments", "refresh() for a pad requires 6 arguments",
                                            "refresh() takes no arguments (6 given)", "prefresh", "wrefresh", true};
static const Refresher refresher_noutrefresh = {"_curses.window.noutrefresh requires 0 to 6 arguments", "noutrefresh() called for a pad requires 6 arguments",
                                                "noutrefresh() takes no arguments (6 given)", "pnoutrefresh", "wnoutrefresh", false};

static Value show(Thread *t, WINDOW *win, const Refresher *r, const Value *args, size_t nargs) {
  int n[6], code;
  bool pad;
  if (nargs != 0 && nargs != 6) return raise_type_error(t, "%s", r->count_message);
  if (curses_ints(t, args, nargs, n) < 0) return V_NULL;
  WITH_CURSES(t, pad = curses.is_pad(win));
  if (pad && nargs == 0) return curses_raise(t, r->pad_message);
  if (!pad && nargs) return raise_type_error(t, "%s", r->window_message);
  mutex_lock(t, &curses_lock);
  ALLOW_THREADS_BEGIN(t)
  if (pad) code = r->now ? curses.prefresh(win, n[0], n[1], n[2], n[3], n[4], n[5]) : curses.pnoutrefresh(win, n[0], n[1], n[2], n[3], n[4], n[5]);
  else code = r->now ? curses.wrefresh(win) : curses.wnoutrefresh(win);
  ALLOW_THREADS_END
  mutex_unlock(&curses_lock);
  return curses_check(t, code, pad ? r->pad_name : r->window_name);
}
#define REFRESHER(name)                                                      \
  METHOD(name) {                                                             \
    NO_KEYWORDS(name);                                                       \
    return show(t, window_of(self), &refresher_##name, args, nargs);         \
  }
REFRESHER(refresh)
REFRESHER(noutrefresh)

static Value copy_window(Thread *t, Value self, const Value *args, size_t nargs, const char *name, bool overlays) {
  int n[6], code;
  if (nargs != 1 && nargs != 7) return raise_type_error(t, "_curses.window.%s requires 1 to 7 arguments", name);
  if (v_type(args[0]) != &type_curses_window) return raise_type_error(t, "%s() argument 1 must be _curses.window, not %K", name, args[0]);
  if (curses_ints(t, args + 1, nargs - 1, n) < 0) return V_NULL;
  WINDOW *from = window_of(self), *to = window_of(args[0]);
  if (nargs == 1) {
    WITH_CURSES(t, code = overlays ? curses.overlay(from, to) : curses.overwrite(from, to));
    return curses_check(t, code, name);
  }
  WITH_CURSES(t, code = curses.copywin(from, to, n[0], n[1], n[2], n[3], n[4], n[5], overlays));
  return curses_check(t, code, "copywin");
}
METHOD(overlay) {
  NO_KEYWORDS(overlay);
  return copy_window(t, self, args, nargs, "overlay", true);
}
METHOD(overwrite) {
  NO_KEYWORDS(overwrite);
  return copy_window(t, self, args, nargs, "overwrite", false);
}

// --- Windows within windows --------------------------------------------------------------------------------------------------------------------------------

// [nlines, ncols,] begin_y, begin_x
static Value make_within(Thread *t, Value self, const Value *args, size_t nargs, const char *name, bool relative) {
  int n[4] = {0, 0, 0, 0};
  WINDOW *win;
  if (nargs != 2 && nargs != 4) return raise_type_error(t, "_curses.window.%s requires 2 to 4 arguments", name);
  if (curses_ints(t, args, nargs, n + 4 - nargs) < 0) return V_NULL;
  mutex_lock(t, &curses_lock);
  if (relative) win = curses.derwin(window_of(self), n[0], n[1], n[2], n[3]);
  else if (curses.is_pad(window_of(self))) win = curses.subpad(window_of(self), n[0], n[1], n[2], n[3]);
  else win = curses.subwin(window_of(self), n[0], n[1], n[2], n[3]);
  mutex_unlock(&curses_lock);
  return curses_window_new(t, win);
}
METHOD(derwin) {
  NO_KEYWORDS(derwin);
  return make_within(t, self, args, nargs, "derwin", true);
}
METHOD(subwin) {
  NO_KEYWORDS(subwin);
  return make_within(t, self, args, nargs, "subwin", false);
}

// Writes the window as libncursesw keeps it: into a file of its own, which is then copied.
METHOD(putwin) {
  FILE *f = tmpfile();
  if (!f) return raise_errno(t, errno, V_NULL, V_NULL);
  int code;
  WITH_CURSES(t, code = curses.putwin(window_of(self), f));
  Value result = curses_check(t, code, "putwin");
  rewind(f);
  while (!v_is_null(result)) {
    char piece[BUFSIZ];
    size_t n = fread(piece, 1, sizeof piece, f);
    if (n == 0) break;
    Value bytes = bytes_from(t, piece, n), done = v_is_null(bytes) ? V_NULL : object_call_method1(t, args[0], N(write), bytes);
    v_drop(t, bytes);
    if (v_is_null(done)) result = V_NULL;
    v_drop(t, done);
  }
  fclose(f);
  return result;
}

// --- The type ------------------------------------------------------------------------------------------------------------------------------------------------

#define RAW (NATIVE_RAW | NATIVE_NO_SIGNATURE)
#define R(name, signature, doc) {#name "($self, " signature ", /)", window_##name, doc, RAW}
#define Z(name, doc) {#name "($self, /)", window_##name, doc, NATIVE_NO_SIGNATURE}
static const NativeDef window_methods[] = {
    R(addch, "ch", "addch([y, x,] ch, [attr])\nWrites one character, over what is there."),
    R(addnstr, "str, n", "addnstr([y, x,] str, n, [attr])\nWrites at most n characters of a text."),
    R(addstr, "str", "addstr([y, x,] str, [attr])\nWrites a text."),
    {"attroff($self, attr, /)", window_attroff, "What is written from now on is without these attributes.", 0},
    {"attron($self, attr, /)", window_attron, "What is written from now on has these attributes too.", 0},
    {"attrset($self, attr, /)", window_attrset, "What is written from now on has these attributes only.", 0},
    {"bkgd($self, ch, attr=_curses.A_NORMAL, /)", window_bkgd, "The background, of what is there as well.", 0},
    R(chgat, "attr", "chgat([y, x,] [n,] attr)\nOther attributes for what is there, to the end of the line or for n characters."),
    {"bkgdset($self, ch, attr=_curses.A_NORMAL, /)", window_bkgdset, "The background of what comes from now on.", 0},
    {"border($self, ls=_curses.ACS_VLINE, rs=_curses.ACS_VLINE,\n       ts=_curses.ACS_HLINE, bs=_curses.ACS_HLINE,\n       tl=_curses.ACS_ULCORNER, tr=_curses.ACS_URCORNER,\n"
     "       bl=_curses.ACS_LLCORNER, br=_curses.ACS_LRCORNER, /)",
     window_border, "Lines at the four edges.", 0},
    R(box, "verch", "box([verch, horch])\nThe same lines left and right, and the same above and below."),
    Z(clear, "Empties the window, and draws all of it anew next time."),
    R(clearok, "yes", "Draw everything anew next time?"),
    Z(clrtobot, "Empties what follows the cursor."),
    Z(clrtoeol, "Empties the rest of the line."),
    Z(cursyncup, "Puts the cursors of the windows around to the same place."),
    R(delch, "y, x", "delch([y, x])\nTakes a character out of its line."),
    Z(deleteln, "Takes the line of the cursor out."),
    R(derwin, "begin_y, begin_x", "derwin([nlines, ncols,] begin_y, begin_x)\nA window within, placed by this one's own coordinates."),
    {"echochar($self, ch, attr=_curses.A_NORMAL, /)", window_echochar, "Writes a character and shows it.", 0},
    {"enclose($self, y, x, /)", window_enclose, "Is this place of the screen in the window?", 0},
    Z(erase, "Empties the window."),
    Z(getbegyx, "The place of the upper left corner."),
    {"getbkgd($self, /)", window_getbkgd, "The background: character and attributes.", 0},
    R(getch, "y, x", "getch([y, x])\nThe number of a key; -1 if none was pressed in time."),
    R(getkey, "y, x", "getkey([y, x])\nA key by its name, or the character it stands for."),
    R(get_wch, "y, x", "get_wch([y, x])\nA character, or the number of a key that is none."),
    Z(getmaxyx, "How many lines and columns there are."),
    Z(getparyx, "The place within the window around; -1, -1 if there is none."),
    R(getstr, "n", "getstr([y, x,] [n])\nA line that is typed, as bytes."),
    Z(getyx, "Where the cursor is."),
    R(hline, "ch, n", "hline([y, x,] ch, n, [attr])\nA line to the right."),
    R(idcok, "flag", "May the terminal's own insertion of characters be used?"),
    R(idlok, "yes", "May the terminal's own insertion of lines be used?"),
    R(immedok, "flag", "Show each change at once?"),
    R(inch, "y, x", "inch([y, x])\nThe character and its attributes, as an int."),
    R(insch, "ch", "insch([y, x,] ch, [attr])\nPuts a character in, and moves the rest of the line."),
    R(insdelln, "nlines", "Puts lines in above the cursor's, or takes -nlines out."),
    Z(insertln, "Puts an empty line in above the cursor's."),
    R(insnstr, "str, n", "insnstr([y, x,] str, n, [attr])\nPuts at most n characters of a text in."),
    R(insstr, "str", "insstr([y, x,] str, [attr])\nPuts a text in, and moves the rest of the line."),
    R(instr, "n", "instr([y, x,] [n])\nThe characters from here on, as bytes."),
    {"is_linetouched($self, line, /)", window_is_linetouched, "Has the line changed since it was last shown?", 0},
    Z(is_wintouched, "Has anything changed since it was last shown?"),
    R(keypad, "yes", "Read the sequences of special keys as one key?"),
    R(leaveok, "yes", "Leave the cursor wherever it is?"),
    R(move, "new_y, new_x", "Moves the cursor."),
    R(mvderwin, "y, x", "Shows another part of the window around."),
    R(mvwin, "new_y, new_x", "Moves the window."),
    R(nodelay, "yes", "Do not wait for keys?"),
    R(notimeout, "yes", "Wait for the rest of a key's sequence without limit?"),
    R(noutrefresh, "pminrow, pmincol, sminrow, smincol, smaxrow, smaxcol", "Prepares what doupdate() will show; a pad needs to know which part of it, and where."),
    R(overlay, "destwin", "overlay(destwin, [sminrow, smincol, dminrow, dmincol, dmaxrow, dmaxcol])\nCopies to another window all but blanks."),
    R(overwrite, "destwin", "overwrite(destwin, [sminrow, smincol, dminrow, dmincol, dmaxrow, dmaxcol])\nCopies to another window, blanks too."),
    {"putwin($self, file, /)", window_putwin, "Saves the window to a binary file, for getwin().", 0},
    {"redrawln($self, beg, num, /)", window_redrawln, "These lines are not as they should be on the terminal.", 0},
    Z(redrawwin, "The window is not as it should be on the terminal."),
    R(refresh, "pminrow, pmincol, sminrow, smincol, smaxrow, smaxcol", "Shows what has changed; a pad needs to know which part of it, and where."),
    R(resize, "nlines, ncols", "Makes the window larger or smaller."),
    R(scroll, "lines", "scroll([lines])\nMoves the lines up."),
    R(scrollok, "flag", "Scroll when the cursor leaves at the bottom?"),
    {"setscrreg($self, top, bottom, /)", window_setscrreg, "The lines that scroll.", 0},
    Z(standend, "Ends all attributes."),
    Z(standout, "Begins to stand out."),
    {"subpad($self, begin_y, begin_x, /)", window_subwin, "subpad([nlines, ncols,] begin_y, begin_x)\nA part of a pad.", RAW},
    R(subwin, "begin_y, begin_x", "subwin([nlines, ncols,] begin_y, begin_x)\nA window within, placed by the screen's coordinates."),
    Z(syncdown, "Takes over changes of the windows around."),
    R(syncok, "flag", "Tell the windows around of each change?"),
    Z(syncup, "Tells the windows around of changes."),
    R(timeout, "delay", "How many milliseconds to wait for a key; -1: for ever."),
    R(touchline, "start, count", "touchline(start, count, [changed])\nPretend that lines have changed, or have not."),
    Z(touchwin, "Pretend that all has changed."),
    Z(untouchwin, "Pretend that nothing has changed."),
    R(vline, "ch, n", "vline([y, x,] ch, n, [attr])\nA line downwards."),
    {0},
};

static const GetSetDef window_getset[] = {{"encoding", encoding_get, encoding_set, "How str becomes bytes for this window.", NULL}, {0}};

static const TypeSpec spec_window = {
    .name = "_curses.window",
    .size = sizeof(CursesWindow),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = window_dealloc},
    .methods = window_methods,
    .getset = window_getset,
};

bool curses_window_init(Thread *t) {
  return type_curses_window.flags & TYPE_READY || type_ready(t, &type_curses_window, &spec_window, 0);
}
