// What the files of _curses and _curses_panel share: libncursesw, its lock, windows, and how arguments become characters.
//
// Locking: libncursesw keeps one screen for the process and is not made for threads. Every call of it happens under curses_lock, and so do
// the reads and writes of what the modules know of its state. Those that write to the terminal detach meanwhile. Who waits for a key does
// so without the lock: others may draw.
#ifndef WEFT_MODULES_CURSES_INTERNAL_H
#define WEFT_MODULES_CURSES_INTERNAL_H

#define NCURSES_NOMACROS 1
#include <curses.h>
#include <panel.h>

#include "modules/shared_library.h"
#include "objects/text_native.h"
#include "threading/mutex.h"

int setupterm(const char *term, int fd, int *err);   // <term.h> has macros for words of every day

#define CURSES_SYMBOLS(X)                                                                                                                       \
  X(stdscr) X(newscr) X(COLOR_PAIR) X(PAIR_NUMBER) X(LINES) X(COLS) X(COLORS) X(COLOR_PAIRS) X(TABSIZE) X(ESCDELAY) X(acs_map) X(baudrate) X(beep)                           \
  X(can_change_color) X(cbreak) X(clearok) X(copywin) X(curs_set) X(def_prog_mode) X(def_shell_mode) X(delay_output) X(delwin) X(derwin)        \
  X(doupdate) X(echo) X(endwin) X(erasechar) X(extended_color_content) X(extended_pair_content) X(filter) X(flash) X(flushinp)                  \
  X(getattrs) X(getbegx) X(getbegy) X(getbkgd) X(getcurx) X(getcury) X(getmaxx) X(getmaxy) X(getmouse) X(getparx) X(getpary) X(getwin)          \
  X(halfdelay) X(has_colors) X(has_ic) X(has_il) X(has_key) X(idcok) X(idlok) X(immedok) X(init_extended_color) X(init_extended_pair)          \
  X(initscr) X(intrflush) X(is_leaveok) X(is_linetouched) X(is_pad) X(is_term_resized) X(is_wintouched) X(isendwin) X(keyname)                 \
  X(keypad) X(killchar) X(leaveok) X(longname) X(meta) X(mouseinterval) X(mousemask) X(mvderwin) X(mvwin) X(napms) X(newpad) X(newwin) X(nl)   \
  X(nocbreak) X(nodelay) X(noecho) X(nonl) X(noqiflush) X(noraw) X(notimeout) X(overlay) X(overwrite) X(pechochar) X(pnoutrefresh)             \
  X(prefresh) X(putp) X(putwin) X(qiflush) X(raw) X(redrawwin) X(reset_prog_mode) X(reset_shell_mode) X(resetty) X(resize_term)                \
  X(resizeterm) X(savetty) X(scroll) X(scrollok) X(set_escdelay) X(set_tabsize) X(setcchar) X(setupterm) X(start_color) X(subpad) X(subwin)    \
  X(syncok) X(termattrs) X(termname) X(tigetflag) X(tigetnum) X(tigetstr) X(touchline) X(touchwin) X(tparm) X(typeahead) X(unctrl)             \
  X(unget_wch) X(ungetch) X(ungetmouse) X(untouchwin) X(use_default_colors) X(use_env) X(wadd_wch) X(waddch) X(waddnstr) X(waddnwstr)          \
  X(wattr_get) X(wattroff) X(wattron) X(wattrset) X(wbkgd) X(wbkgdset) X(wborder) X(wchgat) X(wclear) X(wclrtobot) X(wclrtoeol) X(wcursyncup)  \
  X(wdelch) X(wdeleteln) X(wechochar) X(wenclose) X(werase) X(wget_wch) X(wgetch) X(wgetdelay) X(wgetnstr) X(whline) X(winch) X(winnstr)       \
  X(wins_nwstr) X(winsch) X(winsdelln) X(winsertln) X(winsnstr) X(wmove) X(wnoutrefresh) X(wredrawln) X(wrefresh) X(wresize) X(wscrl)          \
  X(wsetscrreg) X(wstandend) X(wstandout) X(wsyncdown) X(wsyncup) X(wtimeout) X(wtouchln) X(wvline)
typedef struct CursesLibrary { CURSES_SYMBOLS(LIBRARY_FIELD) } CursesLibrary;
extern CursesLibrary curses;      // constant once loaded

extern Mutex curses_lock;
// Under the lock: how far the program has come.
typedef struct CursesState {
  bool has_screen, has_terminal, has_colors;   // after initscr, setupterm, start_color
  int half_delay;                              // tenths of a second that halfdelay() lets a read wait; 0: it is off
} CursesState;
extern CursesState curses_state;
extern Value curses_error;        // the class error; constant once the module was imported

// Runs a statement under the lock; attached, or detached.
#define WITH_CURSES(t, ...)            \
  do {                                 \
    mutex_lock(t, &curses_lock);       \
    __VA_ARGS__;                       \
    mutex_unlock(&curses_lock);        \
  } while (0)
#define WITH_CURSES_DETACHED(t, ...)   \
  do {                                 \
    mutex_lock(t, &curses_lock);       \
    ALLOW_THREADS_BEGIN(t)             \
    __VA_ARGS__;                       \
    ALLOW_THREADS_END                  \
    mutex_unlock(&curses_lock);        \
  } while (0)

// --- Failing -----------------------------------------------------------------------------------------------------------------------------------

Value curses_raise(Thread *t, const char *message);
Value curses_check(Thread *t, int code, const char *function);   // None, or error "function() returned ERR"
bool curses_has_screen(Thread *t);                                // or error "must call initscr() first"

// --- Arguments ---------------------------------------------------------------------------------------------------------------------------------

// So many positional arguments; TypeError `message` otherwise. 0, -1.
int curses_count(Thread *t, size_t nargs, size_t min, size_t max, const char *message);
int curses_ints(Thread *t, const Value *args, size_t n, int *out);   // 0, -1
// A character of one byte: bytes or str of length 1 (encoded as the window, or else the screen has it), or an int. 0, -1.
int curses_chtype(Thread *t, Value window /* V_NULL: none */, Value v, chtype *out);
// A character for the screen: 1 *ch, 2 *wide, or -1.
int curses_character(Thread *t, Value v, chtype *ch, wchar_t *wide);
// A text: 1 *bytes (of v), 2 *wide (to be given to heap_free), or -1.
int curses_text(Thread *t, Value v, const char **bytes, wchar_t **wide);

// --- Windows (curses_window.c) -------------------------------------------------------------------------------------------------------------------

typedef struct CursesWindow {
  Object ob;
  WINDOW *win;          // constant; freed with the object, but for stdscr
  Value encoding;       // str, owned; under the object's lock
} CursesWindow;
extern Type type_curses_window;
static inline CursesWindow *v_curses_window(Value v) { return (CursesWindow *)v_obj(v); }
Value curses_window_new(Thread *t, WINDOW *win);                 // error for NULL
Value curses_window_encoding(Thread *t, Value window);           // owned
bool curses_window_init(Thread *t);

#endif
