// What _curses makes of arguments and of libncursesw's answers.
#include "modules/curses_internal.h"

#include <langinfo.h>
#include <string.h>

#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "modules/module_help.h"

CursesLibrary curses;
Mutex curses_lock;
CursesState curses_state;
Value curses_error;

// --- Failing -----------------------------------------------------------------------------------------------------------------------------------

Value curses_raise(Thread *t, const char *message) { return module_raise(t, curses_error, "%s", message); }

Value curses_check(Thread *t, int code, const char *function) {
  return code != ERR ? V_NONE : module_raise(t, curses_error, "%s() returned ERR", function);
}

bool curses_has_screen(Thread *t) {
  bool has;
  WITH_CURSES(t, has = curses_state.has_screen);
  if (!has) curses_raise(t, "must call initscr() first");
  return has;
}

// --- Numbers -----------------------------------------------------------------------------------------------------------------------------------

int curses_count(Thread *t, size_t nargs, size_t min, size_t max, const char *message) {
  return nargs >= min && nargs <= max ? 0 : (raise_type_error(t, "%s", message), -1);
}

int curses_ints(Thread *t, const Value *args, size_t n, int *out) {
  for (size_t i = 0; i < n; i++) {
    out[i] = number_as_int(t, args[i]);
    if (out[i] == -1 && error_pending(t)) return -1;
  }
  return 0;
}

// --- Characters ----------------------------------------------------------------------------------------------------------------------------------

static int wrong_length(Thread *t, Value v) {
  return raise_type_error(t, "expect bytes or str of length 1, or int, got a str of length %zd", (ssize_t)v_str(v)->length), -1;
}
static int wrong_type(Thread *t, Value v) { return raise_type_error(t, "expect bytes or str of length 1, or int, got %T", v), -1; }
static int too_big(Thread *t) { return raise_overflow(t, "byte doesn't fit in chtype"), -1; }
static bool is_byte(Value v) { return v_has_flag(v, TYPE_BYTES) && v_bytes(v)->length == 1; }
static bool is_exact_int(Value v) { return v_type(v) == &type_int; }

// A str of one character as a byte of the window's encoding, or the locale's: -1 with OverflowError, or what the codec says.
static int encoded_byte(Thread *t, Value window, Value v) {
  Value encoding = v_is_null(window) ? V_NULL : curses_window_encoding(t, window);
  const char *name = v_is_null(encoding) ? nl_langinfo(CODESET) : str_utf8(t, encoding, NULL);
  Value bytes = name ? str_encode(t, v, *name ? name : "utf-8", "strict") : V_NULL;
  int c = v_is_null(bytes) ? -1 : v_bytes(bytes)->length == 1 ? (uint8_t)v_bytes(bytes)->data[0] : too_big(t);
  v_drop(t, encoding);
  v_drop(t, bytes);
  return c;
}

int curses_chtype(Thread *t, Value window, Value v, chtype *out) {
  int64_t value;
  if (is_byte(v)) {
    value = (uint8_t)v_bytes(v)->data[0];
  } else if (v_is_str(v)) {
    if (v_str(v)->length != 1) return wrong_length(t, v);
    value = str_char(v_str(v), 0);
    if (value > 128 && (value = encoded_byte(t, window, v)) < 0) return -1;
  } else if (is_exact_int(v)) {
    if (!int_as_i64(v, &value)) return too_big(t);
  } else {
    return wrong_type(t, v);
  }
  *out = (chtype)value;
  return (int64_t)(unsigned long)(chtype)value == value || (long)(int)value == value ? 0 : too_big(t);
}

int curses_character(Thread *t, Value v, chtype *ch, wchar_t *wide) {
  int64_t value;
  if (v_is_str(v)) {
    if (v_str(v)->length != 1) return wrong_length(t, v);
    *wide = (wchar_t)str_char(v_str(v), 0);
    return 2;
  }
  if (is_byte(v)) value = (uint8_t)v_bytes(v)->data[0];
  else if (!is_exact_int(v)) return wrong_type(t, v);
  else if (!int_as_i64(v, &value)) return raise_overflow(t, "int doesn't fit in long"), -1;
  *ch = (chtype)value;
  return (int64_t)*ch == value ? 1 : too_big(t);
}

int curses_text(Thread *t, Value v, const char **bytes, wchar_t **wide) {
  if (v_is_str(v)) return (*wide = module_wide_text(t, v)) ? 2 : -1;
  if (!v_has_flag(v, TYPE_BYTES)) return raise_type_error(t, "expect bytes or str, got %T", v), -1;
  *bytes = v_bytes(v)->data;
  return strlen(*bytes) == (size_t)v_bytes(v)->length ? 1 : (raise_value_error(t, "embedded null byte"), -1);
}
