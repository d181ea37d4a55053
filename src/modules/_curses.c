// The module _curses: full-screen terminals by libncursesw. Windows are in curses_window.c, panels in _curses_panel.c.
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "modules/curses_internal.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/sys_state.h"

#define FUNCTION(name) static NATIVE(curses_##name)
#define NEEDS_SCREEN \
  if (!curses_has_screen(t)) return V_NULL

static bool has_terminal(Thread *t) {
  bool has;
  WITH_CURSES(t, has = curses_state.has_terminal);
  if (!has) curses_raise(t, "must call (at least) setupterm() first");
  return has;
}
static bool has_colors_started(Thread *t) {
  bool has;
  if (!curses_has_screen(t)) return false;
  WITH_CURSES(t, has = curses_state.has_colors);
  if (!has) curses_raise(t, "must call start_color() first");
  return has;
}

static Value text_or_none(Thread *t, const char *s) { return s ? bytes_from(t, s, strlen(s)) : V_NONE; }

// --- Functions without arguments ---------------------------------------------------------------------------------------------------------------

#define CHECKED(name)                                            \
  FUNCTION(name) {                                               \
    int code;                                                    \
    NEEDS_SCREEN;                                                \
    WITH_CURSES_DETACHED(t, code = curses.name());               \
    return curses_check(t, code, #name);                         \
  }
CHECKED(beep)
CHECKED(def_prog_mode)
CHECKED(def_shell_mode)
CHECKED(doupdate)
CHECKED(endwin)
CHECKED(flash)
CHECKED(noecho)
CHECKED(nonl)
CHECKED(reset_prog_mode)
CHECKED(reset_shell_mode)
CHECKED(resetty)
CHECKED(savetty)

// Reads wait as long as their windows say, from now on.
#define ENDS_HALF_DELAY(name)                                    \
  FUNCTION(name) {                                               \
    int code;                                                    \
    NEEDS_SCREEN;                                                \
    WITH_CURSES(t, code = curses.name(); curses_state.half_delay = 0); \
    return curses_check(t, code, #name);                         \
  }
ENDS_HALF_DELAY(nocbreak)
ENDS_HALF_DELAY(noraw)

#define TRUTH(name)                                              \
  FUNCTION(name) {                                               \
    bool yes;                                                    \
    NEEDS_SCREEN;                                                \
    WITH_CURSES(t, yes = curses.name());                         \
    return v_from_bool(yes);                                     \
  }
TRUTH(can_change_color)
TRUTH(has_colors)
TRUTH(has_ic)
TRUTH(has_il)
TRUTH(isendwin)

#define BYTES(name)                                              \
  FUNCTION(name) {                                               \
    const char *s;                                               \
    NEEDS_SCREEN;                                                \
    WITH_CURSES(t, s = curses.name());                           \
    return text_or_none(t, s);                                   \
  }
BYTES(longname)
BYTES(termname)

#define NUMBER(name)                                             \
  FUNCTION(name) {                                               \
    int64_t n;                                                   \
    NEEDS_SCREEN;                                                \
    WITH_CURSES(t, n = (int64_t)curses.name());                  \
    return int_from_i64(t, n);                                   \
  }
NUMBER(baudrate)
NUMBER(termattrs)

#define NOTHING(name)                                            \
  FUNCTION(name) {                                               \
    NEEDS_SCREEN;                                                \
    WITH_CURSES(t, curses.name());                               \
    return V_NONE;                                               \
  }
NOTHING(flushinp)
NOTHING(noqiflush)

FUNCTION(filter) {
  WITH_CURSES(t, curses.filter());
  return V_NONE;
}

FUNCTION(erasechar) {
  char c;
  NEEDS_SCREEN;
  WITH_CURSES(t, c = curses.erasechar());
  return bytes_from(t, &c, 1);
}
FUNCTION(killchar) {
  char c;
  NEEDS_SCREEN;
  WITH_CURSES(t, c = curses.killchar());
  return bytes_from(t, &c, 1);
}

// --- Switches ----------------------------------------------------------------------------------------------------------------------------------

// The flag of a switch: 1 (absent, too), 0, -1.
static int flag_of(Thread *t, Value v) { return v_is_absent(v) ? 1 : object_is_true(t, v); }

#define SWITCHED(name, ends_delay)                                             \
  FUNCTION(name) {                                                             \
    int on = flag_of(t, args[0]), code;                                        \
    if (on < 0 || !curses_has_screen(t)) return V_NULL;                        \
    WITH_CURSES(t, code = on ? curses.name() : curses.no##name();              \
                if (ends_delay) curses_state.half_delay = 0);                  \
    return curses_check(t, code, on ? #name : "no" #name);                     \
  }
SWITCHED(cbreak, true)
SWITCHED(echo, false)
SWITCHED(nl, false)
SWITCHED(raw, true)

FUNCTION(qiflush) {
  int on = flag_of(t, args[0]);
  if (on < 0 || !curses_has_screen(t)) return V_NULL;
  WITH_CURSES(t, if (on) curses.qiflush(); else curses.noqiflush());
  return V_NONE;
}

FUNCTION(intrflush) {
  int on = flag_of(t, args[0]), code;
  if (on < 0 || !curses_has_screen(t)) return V_NULL;
  WITH_CURSES(t, code = curses.intrflush(NULL, on));
  return curses_check(t, code, "intrflush");
}
FUNCTION(meta) {
  int on = flag_of(t, args[0]), code;
  if (on < 0 || !curses_has_screen(t)) return V_NULL;
  WITH_CURSES(t, code = curses.meta(*curses.stdscr, on));
  return curses_check(t, code, "meta");
}
FUNCTION(use_env) {
  int on = flag_of(t, args[0]);
  if (on < 0) return V_NULL;
  WITH_CURSES(t, curses.use_env(on));
  return V_NONE;
}

// --- Numbers -----------------------------------------------------------------------------------------------------------------------------------

// The number that the only argument is, with a screen there.
#define ONE_INT                                       \
  int n;                                              \
  if (curses_ints(t, args, 1, &n) < 0) return V_NULL; \
  NEEDS_SCREEN

FUNCTION(curs_set) {
  int before;
  ONE_INT;
  WITH_CURSES(t, before = curses.curs_set(n));
  return before == ERR ? curses_check(t, ERR, "curs_set") : v_from_smi(before);
}

#define CHECKED_INT(name)                                       \
  FUNCTION(name) {                                              \
    int code;                                                   \
    ONE_INT;                                                    \
    WITH_CURSES_DETACHED(t, code = curses.name(n));             \
    return curses_check(t, code, #name);                        \
  }
CHECKED_INT(delay_output)
CHECKED_INT(mouseinterval)
CHECKED_INT(typeahead)

FUNCTION(halfdelay) {
  int n, code;
  if (curses_ints(t, args, 1, &n) < 0) return V_NULL;
  if (n < 0) return raise_overflow(t, "unsigned byte integer is less than minimum");
  if (n > UCHAR_MAX) return raise_overflow(t, "unsigned byte integer is greater than maximum");
  NEEDS_SCREEN;
  WITH_CURSES(t, code = curses.halfdelay(n); if (code != ERR) curses_state.half_delay = n);
  return curses_check(t, code, "halfdelay");
}

FUNCTION(has_key) {
  bool has;
  ONE_INT;
  WITH_CURSES(t, has = curses.has_key(n));
  return v_from_bool(has);
}

FUNCTION(keyname) {
  const char *name;
  ONE_INT;
  if (n < 0) return raise_value_error(t, "invalid key number");
  WITH_CURSES(t, name = curses.keyname(n));
  return bytes_from(t, name ? name : "", name ? strlen(name) : 0);
}

// Sleeps: without the lock.
FUNCTION(napms) {
  int code;
  ONE_INT;
  ALLOW_THREADS_BEGIN(t)
  code = curses.napms(n);
  ALLOW_THREADS_END
  return v_from_smi(code);
}

FUNCTION(get_escdelay) {
  int n;
  WITH_CURSES(t, n = *curses.ESCDELAY);
  return v_from_smi(n);
}
FUNCTION(get_tabsize) {
  int n;
  WITH_CURSES(t, n = *curses.TABSIZE);
  return v_from_smi(n);
}
#define SETTING(name, text)                                     \
  FUNCTION(name) {                                              \
    int n, code;                                                \
    if (curses_ints(t, args, 1, &n) < 0) return V_NULL;         \
    if (n <= 0) return raise_value_error(t, text);              \
    WITH_CURSES(t, code = curses.name(n));                      \
    return curses_check(t, code, #name);                        \
  }
SETTING(set_escdelay, "ms must be > 0")
SETTING(set_tabsize, "size must be > 0")

// --- Colours -----------------------------------------------------------------------------------------------------------------------------------

// The int as a C long: 0, or its sign where it is too big; 2: an exception.
static int long_of(Thread *t, Value v, int64_t *out) {
  Value i = number_index(t, v);
  if (v_is_null(i)) return 2;
  bool fits = int_as_i64(i, out);
  int sign = fits ? 0 : object_compare_bool(t, i, v_from_smi(0), CMP_LT) > 0 ? -1 : 1;
  v_drop(t, i);
  return sign;
}

// The colour's number; with `or_default` any negative one means the terminal's own. 0, -1.
static int color_argument(Thread *t, Value v, bool or_default, int *out) {
  int64_t n = 0;
  int over = long_of(t, v, &n), colors;
  if (over == 2) return -1;
  WITH_CURSES(t, colors = *curses.COLORS);
  if (over > 0 || (over == 0 && n >= colors)) return raise_value_error(t, "Color number is greater than COLORS-1 (%d).", colors - 1), -1;
  if (over < 0 || n < 0) {
    *out = -1;
    return or_default ? 0 : (raise_value_error(t, "Color number is less than 0."), -1);
  }
  *out = (int)n;
  return 0;
}

static int pair_argument(Thread *t, Value v, int *out) {
  int64_t n = 0;
  int over = long_of(t, v, &n);
  if (over == 2) return -1;
  if (over > 0 || n > INT_MAX) return raise_value_error(t, "Color pair is greater than maximum (%d).", INT_MAX), -1;
  if (over < 0 || n < 0) return raise_value_error(t, "Color pair is less than 0."), -1;
  *out = (int)n;
  return 0;
}

static int component_argument(Thread *t, Value v, int *out) {
  int64_t n = 0;
  int over = long_of(t, v, &n);
  if (over == 2) return -1;
  if (over > 0 || n > 1000) return raise_value_error(t, "Color component is greater than 1000"), -1;
  if (over < 0 || n < 0) return raise_value_error(t, "Color component is less than 0"), -1;
  *out = (int)n;
  return 0;
}

// What failed with a pair of colours: there are not so many, or something else.
static Value pair_failed(Thread *t, int pair, const char *function) {
  int pairs;
  WITH_CURSES(t, pairs = *curses.COLOR_PAIRS);
  return pair >= pairs ? raise_value_error(t, "Color pair is greater than COLOR_PAIRS-1 (%d).", pairs - 1) : curses_check(t, ERR, function);
}

FUNCTION(color_content) {
  int color, r, g, b, code;
  if (!has_colors_started(t) || color_argument(t, args[0], false, &color) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.extended_color_content(color, &r, &g, &b));
  if (code == ERR) return curses_check(t, ERR, "extended_color_content");
  return tuple_pack(t, 3, v_from_smi(r), v_from_smi(g), v_from_smi(b));
}

FUNCTION(init_color) {
  int color, c[3], code;
  if (!has_colors_started(t) || color_argument(t, args[0], false, &color) < 0) return V_NULL;
  for (int i = 0; i < 3; i++)
    if (component_argument(t, args[i + 1], &c[i]) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.init_extended_color(color, c[0], c[1], c[2]));
  return curses_check(t, code, "init_extended_color");
}

FUNCTION(init_pair) {
  int pair, fg, bg, code;
  if (!has_colors_started(t) || pair_argument(t, args[0], &pair) < 0 || color_argument(t, args[1], true, &fg) < 0 || color_argument(t, args[2], true, &bg) < 0)
    return V_NULL;
  WITH_CURSES(t, code = curses.init_extended_pair(pair, fg, bg));
  return code == ERR ? pair_failed(t, pair, "init_extended_pair") : V_NONE;
}

FUNCTION(pair_content) {
  int pair, fg, bg, code;
  if (!has_colors_started(t) || pair_argument(t, args[0], &pair) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.extended_pair_content(pair, &fg, &bg));
  return code == ERR ? pair_failed(t, pair, "extended_pair_content") : tuple_pack(t, 2, v_from_smi(fg), v_from_smi(bg));
}

FUNCTION(color_pair) {
  int pair;
  if (curses_ints(t, args, 1, &pair) < 0 || !has_colors_started(t)) return V_NULL;
  return int_from_u64(t, (chtype)curses.COLOR_PAIR(pair) & A_COLOR);
}
FUNCTION(pair_number) {
  int attr;
  if (curses_ints(t, args, 1, &attr) < 0 || !has_colors_started(t)) return V_NULL;
  return v_from_smi(curses.PAIR_NUMBER(attr));
}

FUNCTION(has_extended_color_support) { return V_TRUE; }

FUNCTION(start_color) {
  int code, colors, pairs;
  NEEDS_SCREEN;
  WITH_CURSES(t, code = curses.start_color(); if (code != ERR) curses_state.has_colors = true; colors = *curses.COLORS; pairs = *curses.COLOR_PAIRS);
  if (code == ERR) return curses_raise(t, "start_color() returned ERR");
  return module_add_int(t, self, "COLORS", colors) < 0 || module_add_int(t, self, "COLOR_PAIRS", pairs) < 0 ? V_NULL : V_NONE;
}

FUNCTION(use_default_colors) {
  int code;
  if (!has_colors_started(t)) return V_NULL;
  WITH_CURSES(t, code = curses.use_default_colors());
  return code == ERR ? curses_raise(t, "use_default_colors() returned ERR") : V_NONE;
}

// --- Keys and the mouse ------------------------------------------------------------------------------------------------------------------------

FUNCTION(ungetch) {
  chtype ch;
  int code;
  NEEDS_SCREEN;
  if (curses_chtype(t, V_NULL, args[0], &ch) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.ungetch((int)ch));
  return curses_check(t, code, "ungetch");
}

static int wide_argument(Thread *t, Value v, wchar_t *out) {
  int64_t n;
  if (v_is_str(v)) {
    if (v_str(v)->length != 1) return raise_type_error(t, "expect str of length 1 or int, got a str of length %zd", (ssize_t)v_str(v)->length), -1;
    n = str_char(v_str(v), 0);
  } else if (v_type(v) != &type_int) {
    return raise_type_error(t, "expect str of length 1 or int, got %T", v), -1;
  } else if (!int_as_i64(v, &n)) {
    return raise_overflow(t, "int doesn't fit in long"), -1;
  }
  *out = (wchar_t)n;
  return (int64_t)*out == n ? 0 : (raise_overflow(t, "character doesn't fit in wchar_t"), -1);
}

FUNCTION(unget_wch) {
  wchar_t ch;
  int code;
  NEEDS_SCREEN;
  if (wide_argument(t, args[0], &ch) < 0) return V_NULL;
  WITH_CURSES(t, code = curses.unget_wch(ch));
  return curses_check(t, code, "unget_wch");
}

FUNCTION(unctrl) {
  chtype ch;
  const char *s;
  NEEDS_SCREEN;
  if (curses_chtype(t, V_NULL, args[0], &ch) < 0) return V_NULL;
  WITH_CURSES(t, s = curses.unctrl(ch));
  return text_or_none(t, s);
}

FUNCTION(getmouse) {
  MEVENT event;
  int code;
  NEEDS_SCREEN;
  WITH_CURSES(t, code = curses.getmouse(&event));
  if (code == ERR) return curses_raise(t, "getmouse() returned ERR");
  return tuple_pack(t, 5, v_from_smi(event.id), v_from_smi(event.x), v_from_smi(event.y), v_from_smi(event.z), v_from_smi((int64_t)event.bstate));
}

FUNCTION(ungetmouse) {
  int n[4], code;
  uint64_t state;
  if (curses_ints(t, args, 4, n) < 0) return V_NULL;
  if (n[0] < SHRT_MIN) return raise_overflow(t, "signed short integer is less than minimum");
  if (n[0] > SHRT_MAX) return raise_overflow(t, "signed short integer is greater than maximum");
  if (module_u64_masked(t, args[4], &state) < 0) return V_NULL;
  NEEDS_SCREEN;
  MEVENT event = {.id = (short)n[0], .x = n[1], .y = n[2], .z = n[3], .bstate = (mmask_t)state};
  WITH_CURSES(t, code = curses.ungetmouse(&event));
  return curses_check(t, code, "ungetmouse");
}

FUNCTION(mousemask) {
  uint64_t mask;
  mmask_t before = 0, available;
  if (module_u64_masked(t, args[0], &mask) < 0) return V_NULL;
  NEEDS_SCREEN;
  WITH_CURSES(t, available = curses.mousemask((mmask_t)mask, &before));
  return tuple_pack(t, 2, v_from_smi((int64_t)available), v_from_smi((int64_t)before));
}

// --- The screen --------------------------------------------------------------------------------------------------------------------------------

static int set_size(Thread *t, Value module, int lines, int columns) {
  return module_add_int(t, module, "LINES", lines) < 0 ? -1 : module_add_int(t, module, "COLS", columns);
}

// The size of the screen in this module and in curses, which has copied it.
static int update_sizes(Thread *t, Value module) {
  int lines, columns;
  WITH_CURSES(t, lines = *curses.LINES, columns = *curses.COLS);
  Value package = import_module(t, "curses");
  int rc = v_is_null(package) ? -1 : set_size(t, package, lines, columns);
  v_drop(t, package);
  return rc < 0 ? -1 : set_size(t, module, lines, columns);
}

FUNCTION(update_lines_cols) { return update_sizes(t, self) < 0 ? V_NULL : V_NONE; }

FUNCTION(is_term_resized) {
  int n[2];
  bool yes;
  if (curses_ints(t, args, 2, n) < 0) return V_NULL;
  NEEDS_SCREEN;
  WITH_CURSES(t, yes = curses.is_term_resized(n[0], n[1]));
  return v_from_bool(yes);
}

#define RESIZER(name)                                           \
  FUNCTION(name) {                                              \
    int n[2], code;                                             \
    if (curses_ints(t, args, 2, n) < 0) return V_NULL;          \
    NEEDS_SCREEN;                                               \
    WITH_CURSES(t, code = curses.name(n[0], n[1]));             \
    if (code == ERR) return curses_check(t, ERR, #name);        \
    return update_sizes(t, self) < 0 ? V_NULL : V_NONE;         \
  }
RESIZER(resizeterm)
RESIZER(resize_term)

FUNCTION(getsyx) {
  int y = 0, x = 0;
  NEEDS_SCREEN;
  mutex_lock(t, &curses_lock);
  WINDOW *win = *curses.newscr;
  if (win && curses.is_leaveok(win)) y = x = -1;
  else if (win) y = curses.getcury(win), x = curses.getcurx(win);
  mutex_unlock(&curses_lock);
  return tuple_pack(t, 2, v_from_smi(y), v_from_smi(x));
}

FUNCTION(setsyx) {
  int n[2];
  if (curses_ints(t, args, 2, n) < 0) return V_NULL;
  NEEDS_SCREEN;
  mutex_lock(t, &curses_lock);
  WINDOW *win = *curses.newscr;
  bool leave = n[0] == -1 && n[1] == -1;
  if (win) curses.leaveok(win, leave);
  if (win && !leave) curses.wmove(win, n[0], n[1]);
  mutex_unlock(&curses_lock);
  return V_NONE;
}

FUNCTION(newpad) {
  int n[2];
  WINDOW *win;
  if (curses_ints(t, args, 2, n) < 0) return V_NULL;
  NEEDS_SCREEN;
  WITH_CURSES(t, win = curses.newpad(n[0], n[1]));
  return curses_window_new(t, win);
}

FUNCTION(newwin) {
  int n[4] = {0, 0, 0, 0};
  WINDOW *win;
  if (native_no_keywords(t, "newwin", kwnames) < 0) return V_NULL;
  if (nargs != 2 && nargs != 4) return raise_type_error(t, "_curses.newwin requires 2 to 4 arguments");
  if (curses_ints(t, args, nargs, n) < 0) return V_NULL;
  NEEDS_SCREEN;
  WITH_CURSES(t, win = curses.newwin(n[0], n[1], n[2], n[3]));
  return curses_window_new(t, win);
}

// What putwin() has saved.
static WINDOW *read_window(Thread *t, Value bytes) {
  FILE *f = tmpfile();
  if (!f) return raise_errno(t, errno, V_NULL, V_NULL), NULL;
  WINDOW *win = NULL;
  size_t n = (size_t)v_bytes(bytes)->length;
  if (fwrite(v_bytes(bytes)->data, 1, n, f) != n) {
    raise_errno(t, errno, V_NULL, V_NULL);
  } else {
    rewind(f);
    WITH_CURSES(t, win = curses.getwin(f));
    if (!win) curses_raise(t, "curses function returned NULL");
  }
  fclose(f);
  return win;
}

FUNCTION(getwin) {
  NEEDS_SCREEN;
  Value bytes = object_call_method0(t, args[0], N(read));
  if (v_is_null(bytes)) return V_NULL;
  WINDOW *win = NULL;
  if (v_has_flag(bytes, TYPE_BYTES)) win = read_window(t, bytes);
  else raise_type_error(t, "f.read() returned %.100T instead of bytes", bytes);
  v_drop(t, bytes);
  return win ? curses_window_new(t, win) : V_NULL;
}

// --- The terminal's description ------------------------------------------------------------------------------------------------------------------

// The descriptor of sys.stdout.
static int stdout_fd(Thread *t, int *fd) {
  Value out = sys_get(t, N(stdout));
  error_clear(t);
  int rc = v_is_null(out) || v_is_none(out) ? (curses_raise(t, "lost sys.stdout"), -1) : module_fileno(t, out, fd);
  v_drop(t, out);
  return rc;
}

FUNCTION(setupterm) {
  const char *term;
  int fd = -1, err = 0, code = OK;
  if (module_optional_text(t, args[0], "setupterm() argument 'term'", &term) < 0 || (!v_is_absent(args[1]) && curses_ints(t, args + 1, 1, &fd) < 0)) return V_NULL;
  if (fd == -1 && stdout_fd(t, &fd) < 0) return V_NULL;
  WITH_CURSES(t, if (!curses_state.has_terminal) code = curses.setupterm((char *)(uintptr_t)term, fd, &err);
              if (code != ERR) curses_state.has_terminal = true);
  if (code != ERR) return V_NONE;
  return curses_raise(t, err == 0 ? "setupterm: could not find terminal" : err == -1 ? "setupterm: could not find terminfo database" : "setupterm: unknown error");
}

static bool capability(Thread *t, const char *what, Value v, const char **name) {
  return (*name = module_text_argument(t, v, what)) && has_terminal(t);
}

FUNCTION(tigetflag) {
  const char *name;
  int n;
  if (!capability(t, "tigetflag() argument", args[0], &name)) return V_NULL;
  WITH_CURSES(t, n = curses.tigetflag((char *)(uintptr_t)name));
  return v_from_smi(n);
}
FUNCTION(tigetnum) {
  const char *name;
  int n;
  if (!capability(t, "tigetnum() argument", args[0], &name)) return V_NULL;
  WITH_CURSES(t, n = curses.tigetnum((char *)(uintptr_t)name));
  return v_from_smi(n);
}
FUNCTION(tigetstr) {
  const char *name, *s;
  if (!capability(t, "tigetstr() argument", args[0], &name)) return V_NULL;
  WITH_CURSES(t, s = curses.tigetstr((char *)(uintptr_t)name));
  return text_or_none(t, s == (char *)-1 ? NULL : s);
}

// A bytes-like object as a C string: owned bytes.
static Value string_argument(Thread *t, Value v) {
  Value bytes = v_has_flag(v, TYPE_BYTES) ? v_own(t, v) : v_is_str(v) ? raise_type_error(t, "a bytes-like object is required, not '%T'", v) : object_bytes(t, v);
  if (v_is_null(bytes) || strlen(v_bytes(bytes)->data) == (size_t)v_bytes(bytes)->length) return bytes;
  v_drop(t, bytes);
  return raise_value_error(t, "embedded null byte");
}

FUNCTION(tparm) {
  int n[9] = {0};
  for (int i = 0; i < 9; i++)
    if (!v_is_absent(args[i + 1]) && curses_ints(t, args + i + 1, 1, n + i) < 0) return V_NULL;
  Value string = string_argument(t, args[0]), result = V_NULL;
  if (v_is_null(string)) return V_NULL;
  if (has_terminal(t)) {
    mutex_lock(t, &curses_lock);
    const char *s = curses.tparm(v_bytes(string)->data, n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8]);
    if (s) result = bytes_from(t, s, strlen(s));
    mutex_unlock(&curses_lock);
    if (!s) curses_raise(t, "tparm() returned NULL");
  }
  v_drop(t, string);
  return result;
}

FUNCTION(putp) {
  int code;
  Value string = string_argument(t, args[0]);
  if (v_is_null(string)) return V_NULL;
  WITH_CURSES(t, code = curses.putp(v_bytes(string)->data));
  v_drop(t, string);
  return curses_check(t, code, "putp");
}

// --- Line characters, known once there is a screen -------------------------------------------------------------------------------------------------

#define acs_map (*curses.acs_map)
#define ACS_NAMES(X)                                                                                                              \
  X(ULCORNER) X(LLCORNER) X(URCORNER) X(LRCORNER) X(LTEE) X(RTEE) X(BTEE) X(TTEE) X(HLINE) X(VLINE) X(PLUS) X(S1) X(S9) X(DIAMOND) \
  X(CKBOARD) X(DEGREE) X(PLMINUS) X(BULLET) X(LARROW) X(RARROW) X(DARROW) X(UARROW) X(BOARD) X(LANTERN) X(BLOCK) X(BSSB) X(SSBB)    \
  X(BBSS) X(SBBS) X(SBSS) X(SSSB) X(SSBS) X(BSSS) X(BSBS) X(SBSB) X(SSSS) X(S3) X(S7) X(LEQUAL) X(GEQUAL) X(PI) X(NEQUAL) X(STERLING)

static int add_line_characters(Thread *t, Value m) {
#define ACS(name) \
  if (module_add(t, m, "ACS_" #name, int_from_u64(t, ACS_##name)) < 0) return -1;
  ACS_NAMES(ACS)
  return 0;
}

FUNCTION(initscr) {
  WINDOW *win;
  bool again;
  int lines, columns;
  mutex_lock(t, &curses_lock);
  again = curses_state.has_screen;
  if (again) curses.wrefresh(win = *curses.stdscr);
  else win = curses.initscr();
  if (win) curses_state.has_screen = curses_state.has_terminal = true;
  lines = *curses.LINES, columns = *curses.COLS;
  mutex_unlock(&curses_lock);
  if (win && !again && (add_line_characters(t, self) < 0 || set_size(t, self, lines, columns) < 0)) return V_NULL;
  return curses_window_new(t, win);
}

// --- The module --------------------------------------------------------------------------------------------------------------------------------

#define Z(name, doc) {#name "($module, /)", curses_##name, doc, 0}
#define A(name, signature, doc) {#name "($module, " signature ", /)", curses_##name, doc, 0}
static const NativeDef functions[] = {
    Z(baudrate, "The speed of the terminal."),
    Z(beep, "Makes a noise."),
    Z(can_change_color, "Can colours be defined anew?"),
    A(cbreak, "flag=True", "Keys are read one by one, not by lines."),
    A(color_content, "color_number", "How much red, green and blue a colour has, from 0 to 1000."),
    A(color_pair, "pair_number", "The attribute that stands for a pair of colours."),
    A(curs_set, "visibility", "Shows the cursor: 0 not, 1, 2 strongly. What it was before."),
    Z(def_prog_mode, "Keeps the terminal's settings as those of the program."),
    Z(def_shell_mode, "Keeps the terminal's settings as those of the shell."),
    A(delay_output, "ms", "Pauses the output."),
    Z(doupdate, "Shows what noutrefresh() has prepared."),
    A(echo, "flag=True", "What is typed is shown."),
    Z(endwin, "Gives the terminal back as it was."),
    Z(erasechar, "The key that takes a character back."),
    Z(filter, "Use one line only. To be called before initscr()."),
    Z(flash, "Flashes."),
    Z(flushinp, "Forgets what was typed and not yet read."),
    Z(get_escdelay, "How many milliseconds a lone escape key is waited for to be the beginning of a longer sequence."),
    Z(get_tabsize, "How wide a tab is."),
    Z(getmouse, "What the mouse has done: id, x, y, z, state of the buttons."),
    Z(getsyx, "Where the cursor of the screen is."),
    A(getwin, "file", "The window that putwin() has saved to a binary file."),
    A(halfdelay, "tenths", "As cbreak, but a read waits no longer than this."),
    Z(has_colors, "Has the terminal colours?"),
    Z(has_extended_color_support, "Can there be more than 256 pairs of colours?"),
    Z(has_ic, "Can the terminal insert and take out characters?"),
    Z(has_il, "Can the terminal insert and take out lines?"),
    A(has_key, "key", "Has the terminal this key?"),
    A(init_color, "color_number, r, g, b", "Defines a colour anew: amounts from 0 to 1000."),
    A(init_pair, "pair_number, fg, bg", "Defines a pair of colours."),
    Z(initscr, "The window that is the whole screen."),
    A(intrflush, "flag", "Forget waiting output when the program is interrupted?"),
    A(is_term_resized, "nlines, ncols", "Would resize_term() change the size?"),
    Z(isendwin, "Was endwin() called, and nothing shown since?"),
    A(keyname, "key", "The name of a key, as bytes."),
    Z(killchar, "The key that takes a line back."),
    Z(longname, "The terminal's description."),
    A(meta, "yes", "Read characters of eight bits?"),
    A(mouseinterval, "interval", "Within how many milliseconds a button is pressed and released for a click."),
    A(mousemask, "newmask", "Which events of the mouse are reported: those that are, and those that were."),
    A(napms, "ms", "Sleeps."),
    A(newpad, "nlines, ncols", "A window that may be larger than the screen."),
    {"newwin($module, nlines, ncols, /)", curses_newwin, "newwin(nlines, ncols, [begin_y, begin_x])\nA window of its own.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    A(nl, "flag=True", "The return key is read as the end of a line."),
    Z(nocbreak, "Keys are read by lines."),
    Z(noecho, "What is typed is not shown."),
    Z(nonl, "The return key is read as it is."),
    Z(noqiflush, "Interrupting keys leave what is waiting."),
    Z(noraw, "Undoes raw()."),
    A(pair_content, "pair_number", "The two colours of a pair."),
    A(pair_number, "attr", "Which pair of colours an attribute stands for."),
    A(putp, "string", "Writes a capability of the terminal, bytes, to it."),
    A(qiflush, "flag=True", "Interrupting keys discard what is waiting."),
    A(raw, "flag=True", "As cbreak, and interrupting keys are keys like others."),
    Z(reset_prog_mode, "The settings that def_prog_mode() has kept."),
    Z(reset_shell_mode, "The settings that def_shell_mode() has kept."),
    Z(resetty, "The settings that savetty() has kept."),
    A(resize_term, "nlines, ncols", "Makes screen and windows fit another size."),
    A(resizeterm, "nlines, ncols", "As resize_term, and readies a KEY_RESIZE."),
    Z(savetty, "Keeps the terminal's settings for resetty()."),
    A(set_escdelay, "ms", "See get_escdelay()."),
    A(set_tabsize, "size", "See get_tabsize()."),
    A(setsyx, "y, x", "Places the cursor of the screen."),
    {"setupterm($module, /, term=None, fd=-1)", curses_setupterm, "Looks the terminal up: term is its name (None: what TERM says), fd where it is.", 0},
    Z(start_color, "Begins to use colours."),
    Z(termattrs, "The attributes that the terminal has."),
    Z(termname, "The terminal's name."),
    A(tigetflag, "capname", "A capability that is there or not: 1, 0, or -1 if it is of another kind."),
    A(tigetnum, "capname", "A capability that is a number: -1 it is not there, -2 it is of another kind."),
    A(tigetstr, "capname", "A capability that is a sequence, as bytes; None if there is none."),
    {"tparm($module, str, i1=0, i2=0, i3=0, i4=0, i5=0, i6=0, i7=0, i8=0,\n      i9=0, /)", curses_tparm, "A capability with its parameters put in.", 0},
    A(typeahead, "fd", "Where to look for keys that wait, while output goes on; -1: nowhere."),
    A(unctrl, "ch", "A character as it can be shown, ^X for control characters."),
    A(unget_wch, "ch", "get_wch() will find this character next."),
    A(ungetch, "ch", "getch() will find this character next."),
    A(ungetmouse, "id, x, y, z, bstate", "getmouse() will find this next."),
    Z(update_lines_cols, "Sets LINES and COLS."),
    Z(use_default_colors, "The colour -1 is the terminal's own."),
    A(use_env, "flag", "Do LINES and COLUMNS of the environment count? To be called before initscr()."),
    {0},
};

typedef struct Constant { const char *name; int64_t value; } Constant;
#define C(name) {#name, (int64_t)(name)},
#define U(name) {#name, (int64_t)(chtype)(name)},
#define BUTTON(n) C(BUTTON##n##_PRESSED) C(BUTTON##n##_RELEASED) C(BUTTON##n##_CLICKED) C(BUTTON##n##_DOUBLE_CLICKED) C(BUTTON##n##_TRIPLE_CLICKED)
static const Constant constants[] = {
    C(ERR) C(OK) U(A_ATTRIBUTES) U(A_NORMAL) U(A_STANDOUT) U(A_UNDERLINE) U(A_REVERSE) U(A_BLINK) U(A_DIM) U(A_BOLD) U(A_ALTCHARSET) U(A_INVIS)
    U(A_PROTECT) U(A_CHARTEXT) U(A_COLOR) U(A_HORIZONTAL) U(A_LEFT) U(A_LOW) U(A_RIGHT) U(A_TOP) U(A_VERTICAL) U(A_ITALIC)
    C(COLOR_BLACK) C(COLOR_RED) C(COLOR_GREEN) C(COLOR_YELLOW) C(COLOR_BLUE) C(COLOR_MAGENTA) C(COLOR_CYAN) C(COLOR_WHITE)
    BUTTON(1) BUTTON(2) BUTTON(3) BUTTON(4) BUTTON(5) C(BUTTON_SHIFT) C(BUTTON_CTRL) C(BUTTON_ALT) C(ALL_MOUSE_EVENTS) C(REPORT_MOUSE_POSITION)
    C(KEY_MIN) C(KEY_MAX) {0},
};

// KEY_UP and so on, by libncursesw's own names for them: "KEY_F(1)" is KEY_F1.
static int add_keys(Thread *t, Value m) {
  for (int key = KEY_MIN; key < KEY_MAX; key++) {
    char name[64];
    const char *s = curses.keyname(key);
    size_t n = 0;
    if (!s || strcmp(s, "UNKNOWN KEY") == 0 || strlen(s) >= sizeof name) continue;
    for (; *s; s++)
      if (*s != '(' && *s != ')') name[n++] = *s;
    name[n] = 0;
    if (module_add_int(t, m, name, key) < 0) return -1;
  }
  return 0;
}

static int add_version(Thread *t, Value m) {
  static Type *type;
  static const StructSeqField fields[] = {{"major", "The major number"}, {"minor", "The minor number"}, {"patch", "The date of the patch"}, {NULL, NULL}};
  static const StructSeqDef def = {"curses.ncurses_version", "The version of ncurses.", fields, 3};
  if (!type && !(type = structseq_new_type(t, &def))) return -1;
  Value version[] = {v_from_smi(NCURSES_VERSION_MAJOR), v_from_smi(NCURSES_VERSION_MINOR), v_from_smi(NCURSES_VERSION_PATCH)};
  return module_add(t, m, "ncurses_version", structseq_new(t, type, version, 3));
}

static const char *const curses_names[] = {CURSES_SYMBOLS(LIBRARY_NAME)};

static int curses_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libncursesw.so.6", curses) < 0 || !curses_window_init(t)) return -1;
  if (module_add_exception(t, m, &curses_error, "_curses", "error", &exc_Exception, NULL) < 0 || module_add_type(t, m, &type_curses_window) < 0 ||
      module_add(t, m, "version", bytes_from(t, "2.2", 3)) < 0 || module_add(t, m, "__version__", bytes_from(t, "2.2", 3)) < 0 || add_version(t, m) < 0)
    return -1;
  for (const Constant *c = constants; c->name; c++)
    if (module_add(t, m, c->name, int_from_i64(t, c->value)) < 0) return -1;
  int rc;
  WITH_CURSES(t, rc = add_keys(t, m));
  return rc;
}

const ModuleDef module__curses = {.name = "_curses", .functions = functions, .exec = curses_exec};
