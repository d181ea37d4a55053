// Printing uncaught and unraisable exceptions as python3.11 does.
//
// The text is built whole and written in one call, so that threads' tracebacks don't mix. Whatever fails on the way (a broken __str__, a
// full stderr) is swallowed: there is nobody left to tell. Only a traceback that sys.stderr does not take is mentioned on the process's own.
#include "system/print_exception.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "code/code.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/exception_groups.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/anchors.h"
#include "system/source_line.h"
#include "system/suggestions.h"
#include "system/sys_state.h"
#include "vm/frame.h"
#include "vm/traceback.h"

enum { INDENT = 4, REPEAT_LIMIT = 3, TRACEBACK_LIMIT = 1000, GROUP_WIDTH = 15, GROUP_DEPTH = 10 };

typedef struct Printer {
  Thread *t;
  StrBuilder out;
  Value seen;             // set of ids of exceptions printed
  int depth;              // of exception groups
  bool need_close;        // the last nested exception draws the closing line
} Printer;

static Value attribute(Thread *t, Value v, const char *name) {
  Value key = str_intern_cstr(t, name);
  Value r = v_is_null(key) ? V_NULL : object_getattr(t, v, key);
  error_clear(t);
  return r;
}

static int int_attribute(Thread *t, Value v, const char *name, int missing) {
  Value i = attribute(t, v, name);
  int64_t n = missing;
  if (!v_is_null(i) && v_is_int(i)) int_as_i64(i, &n);
  v_drop(t, i);
  return (int)n;
}

// --- Lines ------------------------------------------------------------------------------------------------------------------------------

// Starts a line inside a group: indentation and the vertical bar.
static void margin(Printer *p) {
  if (!p->depth) return;
  strb_fill(&p->out, ' ', 2 * p->depth);
  strb_cstr(&p->out, "| ");
}

static void indent_only(Printer *p) { strb_fill(&p->out, ' ', 2 * p->depth); }

static void put(Printer *p, const char *s) { strb_cstr(&p->out, s); }
static void put_value(Printer *p, Value v) { if (!v_is_null(v)) strb_str(&p->out, v); }

__attribute__((format(printf, 2, 3))) static void putf(Printer *p, const char *format, ...) {
  char buffer[256];
  va_list ap;
  va_start(ap, format);
  vsnprintf(buffer, sizeof buffer, format, ap);
  va_end(ap);
  put(p, buffer);
}

// Text of several lines, each with the margin.
static void put_lines(Printer *p, Value text) {
  const Str *s = v_str(text);
  int64_t start = 0, n = str_length(s);
  for (int64_t i = 0; i <= n; i++) {
    if (i < n && str_char(s, i) != '\n') continue;
    if (i == n && i == start && n > 0) break;
    margin(p);
    strb_slice(&p->out, s, start, i);
    put(p, "\n");
    start = i + 1;
  }
}

// --- Source lines with carets -----------------------------------------------------------------------------------------------------------

static bool is_indent(uint32_t c) { return c == ' ' || c == '\t' || c == '\f'; }

// Characters before byte offset `bytes` of the line's UTF-8.
static int64_t char_offset(const Str *s, int bytes) {
  int64_t i = 0;
  for (int b = 0; i < str_length(s) && b < bytes; i++) {
    uint32_t c = str_char(s, i);
    b += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
  return i;
}

static void put_carets(Printer *p, Value line, int64_t stripped, CodePosition where) {
  const Str *s = v_str(line);
  int64_t n = str_length(s), start = char_offset(s, where.column), end, left = -1, right = -1;
  if (where.line == where.end_line) {
    end = char_offset(s, where.end_column);
    Value segment = str_slice(p->t, line, start, end);
    size_t bytes;
    const char *text = v_is_null(segment) ? NULL : str_utf8(p->t, segment, &bytes);
    int a, b;
    if (text && anchors_find(text, bytes, &a, &b)) {
      left = start + char_offset(v_str(segment), a);
      right = start + char_offset(v_str(segment), b);
    }
    error_clear(p->t);
    v_drop(p->t, segment);
  } else {
    end = n;
    while (end > 0 && is_indent(str_char(s, end - 1))) end--;
  }
  if (end - start == n - stripped && left < 0) return;  // the whole line: carets would say nothing
  margin(p);
  strb_fill(&p->out, ' ', INDENT);
  for (int64_t i = stripped; i < end; i++) {
    const char *c = i < start ? " " : left < 0 ? "^" : i >= left && i < right ? "^" : "~";
    put(p, c);
  }
  put(p, "\n");
}

static void put_source(Printer *p, Value filename, int lineno, const CodePosition *where) {
  Value line = source_line(p->t, filename, lineno);
  if (v_is_null(line)) return;
  const Str *s = v_str(line);
  int64_t stripped = 0;
  while (stripped < str_length(s) && is_indent(str_char(s, stripped))) stripped++;
  margin(p);
  strb_fill(&p->out, ' ', INDENT);
  strb_slice(&p->out, s, stripped, str_length(s));
  put(p, "\n");
  if (where && where->line > 0 && where->end_line > 0 && where->column >= 0 && where->end_column >= 0) put_carets(p, line, stripped, *where);
  v_drop(p->t, line);
}

// --- Tracebacks -----------------------------------------------------------------------------------------------------------------------------

static void put_repeats(Printer *p, int64_t repeats) {
  repeats -= REPEAT_LIMIT;
  margin(p);
  putf(p, "  [Previous line repeated %lld more time%s]\n", (long long)repeats, repeats == 1 ? "" : "s");
}

static int64_t traceback_limit(Thread *t) {
  Value v = sys_get(t, N(tracebacklimit));
  error_clear(t);
  int64_t limit = TRACEBACK_LIMIT;
  if (!v_is_null(v) && v_is_int(v) && !int_as_i64(v, &limit)) limit = int_sign(v) > 0 ? INT64_MAX : 0;
  v_drop(t, v);
  return limit;
}

static void put_entry(Printer *p, Value tb, Value code, int lineno) {
  margin(p);
  put(p, "  File \"");
  put_value(p, v_code(code)->filename);
  putf(p, "\", line %d, in ", lineno);
  put_value(p, v_code(code)->name);
  put(p, "\n");
  int lasti = int_attribute(p->t, tb, "tb_lasti", -1);
  CodePosition where = lasti >= 0 ? code_position(v_code(code), lasti) : (CodePosition){-1, -1, -1, -1};
  if (where.line != lineno) where.line = -1;
  put_source(p, v_code(code)->filename, lineno, &where);
}

static void put_traceback(Printer *p, Value tb) {
  Thread *t = p->t;
  int64_t limit = traceback_limit(t), depth = 0;
  for (Value x = v_own(t, tb); !v_is_null(x) && !v_is_none(x); depth++) {
    Value next = attribute(t, x, "tb_next");
    v_drop(t, x);
    x = next;
  }
  if (limit <= 0) return;
  Value last_file = V_NULL, last_name = V_NULL, x = v_own(t, tb);
  int last_line = -1;
  int64_t repeats = 0;
  while (!v_is_null(x) && !v_is_none(x)) {
    if (depth-- <= limit) {
      Value frame = attribute(t, x, "tb_frame"), code = v_is_null(frame) ? V_NULL : attribute(t, frame, "f_code");
      int lineno = int_attribute(t, x, "tb_lineno", 0);
      if (!v_is_null(code)) {
        Code *c = v_code(code);
        if (v_is_null(last_file) || !v_is(c->filename, last_file) || lineno != last_line || !v_is(c->name, last_name)) {
          if (repeats > REPEAT_LIMIT) put_repeats(p, repeats);
          v_set(t, &last_file, v_own(t, c->filename));
          v_set(t, &last_name, v_own(t, c->name));
          last_line = lineno;
          repeats = 0;
        }
        if (++repeats <= REPEAT_LIMIT) put_entry(p, x, code, lineno);
      }
      v_drop(t, frame);
      v_drop(t, code);
    }
    Value next = attribute(t, x, "tb_next");
    v_drop(t, x);
    x = next;
  }
  if (repeats > REPEAT_LIMIT) put_repeats(p, repeats);
  v_drop(t, last_file);
  v_drop(t, last_name);
}

// --- The exception itself -------------------------------------------------------------------------------------------------------------------

// File, line and the text with a caret, of a SyntaxError.
static void put_syntax_error(Printer *p, Value exc) {
  Thread *t = p->t;
  Value filename = attribute(t, exc, "filename"), text = attribute(t, exc, "text"), line = attribute(t, exc, "lineno");
  int lineno = int_attribute(t, exc, "lineno", 0), offset = int_attribute(t, exc, "offset", -1);
  // Of a derived class only the place's beginning is shown.
  bool has_end = v_type(exc) == &exc_SyntaxError;
  int end_offset = has_end ? int_attribute(t, exc, "end_offset", 0) : offset, end_lineno = has_end ? int_attribute(t, exc, "end_lineno", lineno) : lineno;
  if (!v_is_null(line) && v_is_int(line)) {
    margin(p);
    put(p, "  File \"");
    if (v_is_null(filename) || v_is_none(filename)) put(p, "<string>");
    else {
      Value name = object_str(t, filename);
      put_value(p, name);
      v_drop(t, name);
    }
    putf(p, "\", line %d\n", lineno);
  }
  if (!v_is_null(text) && v_is_str(text)) {
    const Str *s = v_str(text);
    int64_t end = str_length(s), first = 0;
    if (end > 0 && str_char(s, end - 1) == '\n') end--;
    int limit = (int)end + 1;
    if (end_lineno > lineno) end_offset = (int)str_length(s);
    if (offset > limit) offset = limit;
    if (end_offset > str_length(s) + 1) end_offset = (int)str_length(s) + 1;
    while (first < end && is_indent(str_char(s, first))) first++;
    // Of several lines those before the place are left out.
    for (int64_t i = first; i < end && i < offset - 1; i++)
      if (str_char(s, i) == '\n') first = i + 1;
    margin(p);
    strb_fill(&p->out, ' ', INDENT);
    strb_slice(&p->out, s, first, end);
    put(p, "\n");
    int64_t column = offset - 1 - first;
    if (end_offset <= 0 || end_offset == offset) end_offset = offset + 1;
    if (column >= 0) {
      margin(p);
      strb_fill(&p->out, ' ', INDENT + column);
      strb_fill(&p->out, '^', end_offset - offset > 0 ? end_offset - offset : 1);
      put(p, "\n");
    }
  }
  v_drop(t, filename);
  v_drop(t, text);
  v_drop(t, line);
}

static void put_type(Printer *p, Type *type) {
  Thread *t = p->t;
  Value cls = v_from_obj(type), module = attribute(t, cls, "__module__"), name = attribute(t, cls, "__qualname__");
  if (v_is_null(module) || !v_is_str(module)) {
    put(p, "<unknown>.");
  } else if (!str_equals_cstr(module, "builtins") && !str_equals_cstr(module, "__main__")) {
    put_value(p, module);
    put(p, ".");
  }
  if (v_is_null(name) || !v_is_str(name)) put(p, "<unknown>");
  else put_value(p, name);
  v_drop(t, module);
  v_drop(t, name);
}

static void put_message(Printer *p, Value exc, bool syntax) {
  Thread *t = p->t;
  Value text;
  if (syntax) {
    Value msg = attribute(t, exc, "msg");
    text = v_is_null(msg) ? V_NULL : object_str(t, msg);
    v_drop(t, msg);
  } else {
    text = object_str(t, exc);
  }
  if (v_is_null(text)) {
    error_clear(t);
    put(p, ": <exception str() failed>");
  } else if (str_length(v_str(text)) > 0) {
    put(p, ": ");
    put_value(p, text);
  }
  v_drop(t, text);
}

static void put_notes(Printer *p, Value exc) {
  Thread *t = p->t;
  Value notes = attribute(t, exc, "__notes__");
  if (v_is_null(notes)) return;
  if (!v_type(notes)->slots.getitem || !v_type(notes)->slots.length || v_is_str(notes) || v_is_dict(notes)) {
    if (!v_is_none(notes)) {
      Value text = object_repr(t, notes);
      error_clear(t);
      if (!v_is_null(text)) put_lines(p, text);
      v_drop(t, text);
    }
    v_drop(t, notes);
    return;
  }
  Value list = object_to_list(t, notes);
  error_clear(t);
  for (int64_t i = 0; !v_is_null(list) && i < list_length(v_list(list)); i++) {
    Value note = list_get(t, v_list(list), i), text = object_str(t, note);
    if (v_is_null(text)) {
      error_clear(t);
      margin(p);
      put(p, "<note str() failed>\n");
    } else {
      put_lines(p, text);
    }
    v_drop(t, text);
    v_drop(t, note);
  }
  v_drop(t, list);
  v_drop(t, notes);
}

static void put_exception(Printer *p, Value exc) {
  Thread *t = p->t;
  Value tb = exception_get_traceback(t, exc);
  bool is_group = v_is_exception_group(exc);
  if (!v_is_none(tb)) {
    if (is_group && p->depth == 1) put(p, "  + ");   // the outermost group opens its box
    else margin(p);
    put(p, is_group ? "Exception Group Traceback (most recent call last):\n" : "Traceback (most recent call last):\n");
    put_traceback(p, tb);
  }
  v_drop(t, tb);
  bool syntax = type_is_subtype(v_type(exc), &exc_SyntaxError);
  if (syntax) put_syntax_error(p, exc);
  margin(p);
  put_type(p, v_type(exc));
  put_message(p, exc, syntax);
  Value near = suggestion_for(t, exc);
  if (!v_is_null(near)) {
    put(p, ". Did you mean: '");
    put_value(p, near);
    put(p, "'?");
    v_drop(t, near);
  }
  put(p, "\n");
  put_notes(p, exc);
}

static void put_chain(Printer *p, Value exc);

static void put_link(Printer *p, Value exc, const char *message) {
  put_chain(p, exc);
  margin(p);
  put(p, "\n");
  margin(p);
  put(p, message);
  margin(p);
  put(p, "\n");
}

static void put_group(Printer *p, Value group) {
  Thread *t = p->t;
  bool outermost = p->depth == 0;
  if (outermost) p->depth = 1;
  put_exception(p, group);
  const Tuple *excs = v_tuple(((ExceptionGroupException *)v_obj(group))->exceptions);
  int64_t n = excs->length <= GROUP_WIDTH ? excs->length : GROUP_WIDTH + 1;
  p->need_close = false;
  for (int64_t i = 0; i < n; i++) {
    bool last = i == n - 1;
    if (last) p->need_close = true;
    bool truncated = i >= GROUP_WIDTH;
    char title[40];
    if (truncated) snprintf(title, sizeof title, "...");
    else snprintf(title, sizeof title, "%lld", (long long)i + 1);
    indent_only(p);
    putf(p, "%s+---------------- %s ----------------\n", i == 0 ? "+-" : "  ", title);
    p->depth++;
    if (truncated) {
      margin(p);
      putf(p, "and %lld more exception%s\n", (long long)(excs->length - GROUP_WIDTH), excs->length - GROUP_WIDTH == 1 ? "" : "s");
    } else if (recursion_enter(t, " in print_exception_group") == 0) {
      put_chain(p, excs->items[i]);
      recursion_leave(t);
    } else {
      error_clear(t);
    }
    if (last && p->need_close) {
      indent_only(p);
      put(p, "+------------------------------------\n");
      p->need_close = false;
    }
    p->depth--;
  }
  if (outermost) p->depth = 0;
}

static void put_chain(Printer *p, Value exc) {
  Thread *t = p->t;
  if (recursion_enter(t, " in print_exception_chain") < 0) {
    error_clear(t);
    return;
  }
  Value id = v_from_smi((int64_t)((uintptr_t)v_obj(exc) >> 1));
  set_add(t, v_set_obj(p->seen), id);
  Value link = exception_get_cause(t, exc);
  bool cause = !v_is_null(link);
  if (!cause && !a8_load_rlx(&v_exc(exc)->suppress_context)) link = exception_get_context(t, exc);
  if (!v_is_null(link)) {
    Value link_id = v_from_smi((int64_t)((uintptr_t)v_obj(link) >> 1));
    if (set_contains(t, v_set_obj(p->seen), link_id) == 0) {
      bool close = p->need_close;
      p->need_close = false;
      put_link(p, link, cause ? "The above exception was the direct cause of the following exception:\n"
                              : "During handling of the above exception, another exception occurred:\n");
      p->need_close = close;
    }
    v_drop(t, link);
  }
  if (!v_is_exception_group(exc)) {
    put_exception(p, exc);
  } else if (p->depth > GROUP_DEPTH) {
    margin(p);
    putf(p, "... (max_group_depth is %d)\n", GROUP_DEPTH);
  } else {
    put_group(p, exc);
  }
  recursion_leave(t);
}

// --- Entry points -------------------------------------------------------------------------------------------------------------------------------

static void write_raw(const char *text, size_t n) {
  while (n > 0) {
    ssize_t done = write(2, text, n);
    if (done <= 0) return;
    text += done;
    n -= (size_t)done;
  }
}

static void write_raw_text(Thread *t, Value text) {
  size_t n;
  const char *s = str_utf8(t, text, &n);
  if (s) write_raw(s, n);
  error_clear(t);
}

typedef enum Written { WRITTEN, STDERR_NONE, STDERR_MISSING, WRITE_FAILED } Written;
// To sys.stderr. If there is not enough memory for the call, past it: that counts as written.
static Written write_stderr(Thread *t, Value text) {
  Value err = sys_get(t, N(stderr));
  error_clear(t);
  if (v_is_null(err) || v_is_none(err)) return v_is_null(err) ? STDERR_MISSING : STDERR_NONE;
  Value r = object_call_method1(t, err, N(write), text);
  bool failed = v_is_null(r), exhausted = failed && error_matches(t, &exc_MemoryError);
  error_clear(t);
  v_drop(t, r);
  r = object_call_method0(t, err, N(flush));
  error_clear(t);
  v_drop(t, r);
  v_drop(t, err);
  if (exhausted) write_raw_text(t, text);
  return failed && !exhausted ? WRITE_FAILED : WRITTEN;
}

// What must be said, wherever it can be.
static void write_stderr_cstr(Thread *t, const char *text) {
  Value v = str_from_cstr(t, text);
  error_clear(t);
  if (v_is_null(v) || write_stderr(t, v) != WRITTEN) write_raw(text, strlen(text));
  v_drop(t, v);
}

// There is no stream for an exception's traceback: says what it is, to the process's own stderr.
static void dump_lost(Thread *t, Value exc) {
  Value repr = object_repr(t, exc), text;
  error_clear(t);
  text = str_from_format(t, "object address  : %p\nobject refcount : %lld\nobject type     : %p\nobject type name: %T\nobject repr     : ", (void *)v_obj(exc),
                         (long long)object_refcount(v_obj(exc)), (void *)v_type(exc), exc);
  error_clear(t);
  if (!v_is_null(text)) write_raw_text(t, text);
  if (!v_is_null(repr)) write_raw_text(t, repr);
  write_raw("\nlost sys.stderr\n", strlen("\nlost sys.stderr\n"));
  v_drop(t, text);
  v_drop(t, repr);
}

// All that can be said of an exception without memory.
static void write_bare(Thread *t, const char *before, Value exc) {
  size_t n;
  const char *name = str_utf8(t, v_type(exc)->name, &n);
  write_raw(before, strlen(before));
  if (name) write_raw(name, n);
  write_raw("\n", 1);
  error_clear(t);
}

Value exception_text(Thread *t, Value exc, Value tb) {
  if (!v_is_exception(exc)) return str_from_format(t, "TypeError: print_exception(): Exception expected for value, %T found\n", exc);
  if (v_is_exact(tb, SHAPE_TRACEBACK)) {
    Value own = exception_get_traceback(t, exc);
    if (v_is_none(own)) exception_set_traceback(t, exc, tb);
    v_drop(t, own);
  }
  Printer p = {.t = t, .seen = set_new(t, V_NULL)};
  if (v_is_null(p.seen)) return V_NULL;
  strb_init(&p.out, t);
  put_chain(&p, exc);
  v_drop(t, p.seen);
  return strb_finish(&p.out);
}

void print_exception(Thread *t, Value exc, Value tb) {
  Value text = exception_text(t, exc, tb);
  error_clear(t);
  if (v_is_null(text)) {
    write_bare(t, "", exc);
  } else {
    Written written = write_stderr(t, text);
    if (written == STDERR_MISSING || written == WRITE_FAILED) dump_lost(t, exc);
  }
  v_drop(t, text);
}

void print_pending(Thread *t) {
  Value exc = error_fetch(t);
  if (v_is_null(exc)) return;
  Value hook = sys_get(t, N(excepthook)), tb = exception_get_traceback(t, exc);
  error_clear(t);
  if (sys_audit_args(t, "sys.excepthook", (Value[]){v_is_null(hook) ? V_NONE : hook, v_from_obj(v_type(exc)), exc, tb}, 4) < 0) {
    error_clear(t);
  } else if (v_is_null(hook)) {
    write_stderr_cstr(t, "sys.excepthook is missing\n");
    print_exception(t, exc, tb);
  } else {
    Value r = object_call3(t, hook, v_from_obj(v_type(exc)), exc, tb);
    if (v_is_null(r) && error_matches(t, &exc_SystemExit)) {
      v_drop(t, hook);
      v_drop(t, tb);
      v_drop(t, exc);
      return;   // the hook ends the program: its caller sees the exception
    }
    if (v_is_null(r)) {
      Value second = error_fetch(t);
      write_stderr_cstr(t, "Error in sys.excepthook:\n");
      print_exception(t, second, V_NONE);
      write_stderr_cstr(t, "\nOriginal exception was:\n");
      print_exception(t, exc, tb);
      v_drop(t, second);
    }
    v_drop(t, r);
  }
  v_drop(t, hook);
  v_drop(t, tb);
  v_drop(t, exc);
  error_clear(t);
}

// Unlike elsewhere, the colon stands before an empty text too.
static void put_unraisable_message(Printer *p, Value exc) {
  Value text = object_str(p->t, exc);
  put(p, ": ");
  if (!v_is_null(text)) put_value(p, text);
  else put(p, "<exception str() failed>");
  error_clear(p->t);
  v_drop(p->t, text);
}

void print_unraisable(Thread *t, Value u) {
  Value type = attribute(t, u, "exc_type"), exc = attribute(t, u, "exc_value"), tb = attribute(t, u, "exc_traceback");
  Value message = attribute(t, u, "err_msg"), object = attribute(t, u, "object");
  Printer p = {.t = t, .seen = V_NULL};
  strb_init(&p.out, t);
  bool has_message = !v_is_null(message) && v_is_str(message), has_object = !v_is_null(object) && !v_is_none(object);
  if (has_object) {
    if (has_message) {
      put_value(&p, message);
      put(&p, ": ");
    } else {
      put(&p, "Exception ignored in: ");
    }
    Value text = object_repr(t, object);
    if (v_is_null(text)) {
      error_clear(t);
      put(&p, "<object repr() failed>");
    } else {
      put_value(&p, text);
    }
    v_drop(t, text);
    put(&p, "\n");
  } else if (has_message) {
    put_value(&p, message);
    put(&p, ":\n");
  }
  if (!v_is_null(tb) && !v_is_none(tb)) {
    put(&p, "Traceback (most recent call last):\n");
    put_traceback(&p, tb);
  }
  if (!v_is_null(type) && v_is_type(type)) {
    put_type(&p, v_as_type(type));
    if (!v_is_null(exc) && !v_is_none(exc)) put_unraisable_message(&p, exc);
    put(&p, "\n");
  }
  Value text = strb_finish(&p.out);
  error_clear(t);
  if (!v_is_null(text)) write_stderr(t, text);
  else if (!v_is_null(exc) && !v_is_none(exc)) write_bare(t, "Exception ignored: ", exc);
  v_drop(t, text);
  v_drop(t, type);
  v_drop(t, exc);
  v_drop(t, tb);
  v_drop(t, message);
  v_drop(t, object);
}

static aptr unraisable_type;      // UnraisableHookArgs, made on first use: by whichever thread is first

bool is_unraisable_args(Value v) { return v_type(v) == aptr_load_acq(&unraisable_type); }

static Type *unraisable_args_type(Thread *t) {
  static const StructSeqField fields[] = {{"exc_type", "Exception type"}, {"exc_value", "Exception value"}, {"exc_traceback", "Exception traceback"},
                                          {"err_msg", "Error message"}, {"object", "What the exception came from"}, {NULL, NULL}};
  static const StructSeqDef def = {"UnraisableHookArgs", "What sys.unraisablehook is called with.", fields, 5};
  Type *type = aptr_load_acq(&unraisable_type);
  if (type) return type;
  type = structseq_new_type(t, &def);
  if (type && !aptr_cas_acqrel(&unraisable_type, NULL, type)) {
    v_drop(t, v_from_obj(type));
    type = aptr_load_acq(&unraisable_type);
  }
  return type;
}

// What the hook gets. message and where: V_NULL for none.
static Value unraisable_args(Thread *t, Value exc, Value message, Value where) {
  Type *type = unraisable_args_type(t);
  if (!type) return V_NULL;
  Value items[5] = {v_own_obj(t, v_type(exc)), v_own(t, exc), exception_get_traceback(t, exc), v_is_null(message) ? V_NONE : v_own(t, message),
                    v_is_null(where) ? V_NONE : v_own(t, where)};
  return structseq_new(t, type, items, 5);
}

// The hook itself has failed: prints that.
static void report_failed_hook(Thread *t, Value hook) {
  Value exc = error_fetch(t), message = str_from_cstr(t, "Exception ignored in sys.unraisablehook");
  Value args = v_is_null(message) ? V_NULL : unraisable_args(t, exc, message, hook);
  if (v_is_null(args)) write_bare(t, "Exception ignored in sys.unraisablehook: ", exc);
  else print_unraisable(t, args);
  v_drop(t, args);
  v_drop(t, message);
  v_drop(t, exc);
}

// An exception that C code raised has no traceback yet: it gets the frame that runs. One that is ending, whose locals' death raised it, is none.
static void place_here(Thread *t, Value exc) {
  Value tb = exception_get_traceback(t, exc);
  bool placed = !v_is_none(tb);
  v_drop(t, tb);
  Frame *frame = frame_visible(t->frame);
  if (placed || !frame) return;
  error_restore(t, v_own(t, exc));
  traceback_here(t, frame);
  v_drop(t, error_fetch(t));
}

void report_unraisable(Thread *t, Value exc, const char *message, Value where) {
  place_here(t, exc);
  Value text = message ? str_from_format(t, "Exception ignored %s", message) : V_NULL;
  Value args = unraisable_args(t, exc, text, where), hook = sys_get(t, N(unraisablehook));
  v_drop(t, text);
  error_clear(t);
  if (v_is_null(args)) {
    write_bare(t, "Exception ignored: ", exc);
    v_drop(t, hook);
    return;
  }
  if (v_is_null(hook) || v_is_none(hook)) {
    print_unraisable(t, args);
  } else {
    Value r = object_call1(t, hook, args);
    if (v_is_null(r)) report_failed_hook(t, hook);
    v_drop(t, r);
  }
  v_drop(t, hook);
  v_drop(t, args);
  error_clear(t);
}
