// StringIO: a text stream in memory, an array of code points. Under the stream lock.
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/io_types.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

typedef struct StringIo {
  IoBase base;
  uint32_t *data;          // NULL while empty
  int64_t length, capacity, pos;
  Value newline;           // str or None
  bool universal, translate, write_crlf, pending_cr;
  int seen;
  StreamLock lock;
} StringIo;
static StringIo *v_io(Value v) { return (StringIo *)v_obj(v); }

static StringIo *enter(Thread *t, Value self) {
  StringIo *s = v_io(self);
  stream_lock(t, &s->lock);
  const char *problem = v_is_null(s->newline) ? "I/O operation on uninitialized object" : s->base.closed ? "I/O operation on closed file" : NULL;
  if (!problem) return s;
  stream_unlock(&s->lock);
  raise_value_error(t, "%s", problem);
  return NULL;
}
static void leave(StringIo *s) { stream_unlock(&s->lock); }

static int grow(Thread *t, StringIo *s, int64_t n) {
  if (n <= s->capacity) return 0;
  int64_t capacity = n < 32 ? 32 : n + n / 8 + 16;
  uint32_t *p = heap_realloc(t, s->data, (size_t)capacity * 4);
  if (!p) {
    raise_no_memory(t);
    return -1;
  }
  s->data = p;
  s->capacity = capacity;
  return 0;
}

static int put(Thread *t, StringIo *s, const Str *text) {
  int64_t n = str_length(text), end = s->pos + n;
  if (n == 0) return 0;
  if (grow(t, s, end) < 0) return -1;
  if (s->pos > s->length) memset(s->data + s->length, 0, (size_t)(s->pos - s->length) * 4);
  for (int64_t i = 0; i < n; i++) s->data[s->pos + i] = str_char(text, i);
  s->pos = end;
  if (end > s->length) s->length = end;
  return 0;
}

// Applies the newline rules of writing.
static int write_text(Thread *t, StringIo *s, Value text) {
  Value v = v_own(t, text);
  if (s->universal) v = newlines_decode(t, v, true, s->translate, &s->pending_cr, &s->seen);
  if (!v_is_null(v) && s->write_crlf) {
    Value lf = str_from_char(t, '\n');
    Value replaced = object_call_method2(t, v, N(replace), lf, s->newline);
    v_drop(t, lf);
    v_drop(t, v);
    v = replaced;
  }
  if (v_is_null(v)) return -1;
  int r = put(t, s, v_str(v));
  v_drop(t, v);
  return r;
}

static Value take(Thread *t, StringIo *s, int64_t n) {
  int64_t left = s->length > s->pos ? s->length - s->pos : 0;
  if (n < 0 || n > left) n = left;
  Value r = n ? str_from_ucs4(t, s->data + s->pos, n) : v_own(t, str_empty);
  if (!v_is_null(r)) s->pos += n;
  return r;
}

static int64_t line_length(StringIo *s, int64_t limit) {
  int64_t left = s->length > s->pos ? s->length - s->pos : 0;
  if (limit >= 0 && left > limit) left = limit;
  const uint32_t *p = s->data + (left ? s->pos : 0);
  bool is_none = v_is_none(s->newline);
  const Str *end = is_none ? NULL : v_str(s->newline);
  for (int64_t i = 0; i < left; i++) {
    if (is_none || s->translate) {
      if (p[i] == '\n') return i + 1;
    } else if (str_length(end) == 0) {
      if (p[i] == '\n') return i + 1;
      if (p[i] == '\r') return i + 1 < left && p[i + 1] == '\n' ? i + 2 : i + 1;
    } else if (p[i] == str_char(end, 0) && (str_length(end) == 1 || (i + 1 < left && p[i + 1] == str_char(end, 1)))) {
      return i + str_length(end);
    }
  }
  return left;
}

METHOD(string_read) {
  (void)nargs, (void)kwnames;
  int64_t n;
  if (io_size(t, args[0], &n) < 0) return V_NULL;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r = take(t, s, n);
  leave(s);
  return r;
}

METHOD(string_readline) {
  (void)nargs, (void)kwnames;
  int64_t limit;
  if (io_size(t, args[0], &limit) < 0) return V_NULL;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r = take(t, s, line_length(s, limit));
  leave(s);
  return r;
}

static Value string_iternext(Thread *t, Value self) {
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r;
  if (v_type(self) == &type_stringio) {
    int64_t n = line_length(s, -1);
    r = n ? take(t, s, n) : V_NULL;
  } else {
    r = io_check_line(t, object_call_method0(t, self, N(readline)), true);
    if (!v_is_null(r) && str_length(v_str(r)) == 0) v_clear(t, &r);
  }
  leave(s);
  return r;
}

METHOD(string_write) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "string argument expected, got '%T'", args[0]);
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  int r = write_text(t, s, args[0]);
  leave(s);
  return r < 0 ? V_NULL : int_from_i64(t, str_length(v_str(args[0])));
}

METHOD(string_getvalue) {
  UNUSED;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r = s->length ? str_from_ucs4(t, s->data, s->length) : v_own(t, str_empty);
  leave(s);
  return r;
}

METHOD(string_tell) {
  UNUSED;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r = int_from_i64(t, s->pos);
  leave(s);
  return r;
}

METHOD(string_seek) {
  (void)nargs, (void)kwnames;
  int64_t offset = number_as_i64(t, args[0]);
  if (offset == -1 && error_pending(t)) return V_NULL;
  int whence = v_is_absent(args[1]) ? 0 : number_as_int(t, args[1]);
  if (whence == -1 && error_pending(t)) return V_NULL;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r = V_NULL;
  if (whence < 0 || whence > 2) raise_value_error(t, "Invalid whence (%d, should be 0, 1 or 2)", whence);
  else if (whence == 0 && offset < 0) raise_value_error(t, "Negative seek position %lld", (long long)offset);
  else if (whence != 0 && offset != 0) raise_error(t, &exc_OSError, "Can't do nonzero cur-relative seeks");
  else {
    s->pos = whence == 0 ? offset : whence == 1 ? s->pos : s->length;
    r = int_from_i64(t, s->pos);
  }
  leave(s);
  return r;
}

METHOD(string_truncate) {
  (void)nargs, (void)kwnames;
  int64_t size = -1;
  bool given = !v_is_absent_or_none(args[0]);
  if (given && io_size(t, args[0], &size) < 0) return V_NULL;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  if (!given) size = s->pos;
  Value r = V_NULL;
  if (size < 0) {
    raise_value_error(t, "Negative size value %lld", (long long)size);
  } else {
    if (size < s->length) s->length = size;
    r = int_from_i64(t, size);
  }
  leave(s);
  return r;
}

METHOD(string_close) {
  UNUSED;
  StringIo *s = v_io(self);
  stream_lock(t, &s->lock);
  s->base.closed = true;
  if (s->data) heap_free(t, s->data);
  s->data = NULL;
  s->length = s->capacity = 0;
  stream_unlock(&s->lock);
  return V_NONE;
}

METHOD(string_true) {
  UNUSED;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  leave(s);
  return V_TRUE;
}

// The newline that an argument stands for, owned: None, or what of the str stands in front of a null character.
static Value newline_argument(Thread *t, Value v) {
  if (v_is_absent(v)) return str_from_char(t, '\n');
  if (v_is_none(v)) return V_NONE;
  if (!v_is_str(v)) return raise_type_error(t, "newline must be str or None, not %.200T", v);
  if (!str_utf8(t, v, NULL)) return V_NULL;
  int64_t n = 0;
  while (n < v_str(v)->length && str_char(v_str(v), n)) n++;
  Value newline = str_slice(t, v, 0, n);
  if (v_is_null(newline) || n == 0 || str_equals_cstr(newline, "\n") || str_equals_cstr(newline, "\r") || str_equals_cstr(newline, "\r\n")) return newline;
  v_drop(t, newline);
  return raise_value_error(t, "illegal newline value: %R", v);
}

static int string_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "StringIO(initial_value='', newline='\\n')", args, nargs, kwnames, a) < 0) return -1;
  Value newline = newline_argument(t, a[1]);
  if (v_is_null(newline)) return -1;
  if (!v_is_absent_or_none(a[0]) && !v_is_str(a[0])) {
    raise_type_error(t, "initial_value must be str or None, not %.200T", a[0]);
    v_drop(t, newline);
    return -1;
  }
  StringIo *s = v_io(self);
  v_set(t, &s->newline, newline);
  s->base.closed = false;
  s->universal = v_is_none(newline) || str_length(v_str(newline)) == 0;
  s->translate = v_is_none(newline);
  s->write_crlf = !v_is_none(newline) && str_length(v_str(newline)) > 0 && str_char(v_str(newline), 0) == '\r';
  s->pending_cr = false;
  s->seen = 0;
  s->length = s->pos = 0;
  if (!v_is_absent_or_none(a[0])) {
    if (write_text(t, s, a[0]) < 0) return -1;
    s->pos = 0;
  }
  return 0;
}

METHOD(string_getstate) {
  UNUSED;
  Value value = string_getvalue(t, self, NULL, 0, V_NULL);
  if (v_is_null(value)) return V_NULL;
  Value dict = v_io(self)->base.ext ? object_get_dict(t, self) : V_NONE;
  Value copy = v_is_dict(dict) ? dict_copy(t, v_dict(dict)) : V_NONE;
  v_drop(t, dict);
  return tuple_from_stolen(t, (Value[]){value, v_own(t, v_io(self)->newline), int_from_i64(t, v_io(self)->pos), copy}, 4);
}

METHOD(string_setstate) {
  (void)nargs, (void)kwnames;
  if (v_io(self)->base.closed) return raise_value_error(t, "I/O operation on closed file");
  if (!v_is_tuple(args[0]) || v_tuple(args[0])->length < 4)
    return raise_type_error(t, "%.200T.__setstate__ argument should be 4-tuple, got %.200T", self, args[0]);
  const Value *items = v_tuple(args[0])->items;
  int64_t pos;
  if (string_init(t, self, (Value[]){str_empty, items[1]}, 2, V_NULL) < 0) return V_NULL;
  if (!v_is_str(items[0])) return raise_type_error(t, "first item of state must be str, not %.200T", items[0]);
  if (put(t, v_io(self), v_str(items[0])) < 0) return V_NULL;   // as it is: newlines were translated when it was written
  if (!v_is_int(items[2]) || !int_as_i64(items[2], &pos)) return raise_type_error(t, "third item of state must be an integer, not %.200T", items[2]);
  if (pos < 0) return raise_value_error(t, "position value cannot be negative");
  v_io(self)->pos = pos;
  if (v_is_none(items[3])) return V_NONE;
  if (!v_is_dict(items[3])) return raise_type_error(t, "fourth item of state should be a dict, got a %.200T", items[3]);
  Value dict = object_get_dict(t, self);
  int r = v_is_null(dict) ? -1 : dict_update(t, v_dict(dict), items[3]);
  v_drop(t, dict);
  return r < 0 ? V_NULL : V_NONE;
}

static Value get_line_buffering(Thread *t, Value self, void *c) {
  (void)c;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  leave(s);
  return V_FALSE;
}
static Value get_newlines(Thread *t, Value self, void *c) {
  (void)c;
  StringIo *s = enter(t, self);
  if (!s) return V_NULL;
  Value r = s->universal ? newlines_seen(t, s->seen) : V_NONE;
  leave(s);
  return r;
}

static void string_dealloc(Thread *t, Object *o) {
  if (((StringIo *)o)->data) heap_free(t, ((StringIo *)o)->data);
  v_drop(t, ((StringIo *)o)->newline);
  io_base_dealloc(t, o);
}

static const NativeDef string_methods[] = {
    {"close($self, /)", string_close, "Gives the text up; nothing else can be done with the stream afterwards.", 0},
    {"getvalue($self, /)", string_getvalue, "All the text, wherever the position is.", 0},
    {"read($self, size=-1, /)", string_read, "Up to size characters from the position; all that are left where size is negative or None.", 0},
    {"readline($self, size=-1, /)", string_readline, "The rest of the line, of at most size characters.", 0},
    {"tell($self, /)", string_tell, "The position, in characters from the beginning.", 0},
    {"truncate($self, pos=None, /)", string_truncate, "Cuts the text off behind pos, or the position, which stays.", 0},
    {"seek($self, pos, whence=0, /)", string_seek, "Moves to a position from the beginning; from here (whence 1) and from the end (2) only by 0 characters.", 0},
    {"write($self, s, /)", string_write, "Puts text over that at the position and tells how many characters.", 0},
    {"seekable($self, /)", string_true, "Always: the position can be moved.", 0},
    {"readable($self, /)", string_true, "Always: text in memory can be read.", 0},
    {"writable($self, /)", string_true, "Always: text in memory can be written.", 0},
    {"__getstate__($self, /)", string_getstate, NULL, NATIVE_NO_SIGNATURE}, {"__setstate__($self, state, /)", string_setstate, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static Value get_closed(Thread *t, Value self, void *closure) {
  (void)closure;
  if (v_is_null(v_io(self)->newline)) return raise_value_error(t, "I/O operation on uninitialized object");
  return v_from_bool(v_io(self)->base.closed);
}

static const GetSetDef string_getset[] = {{"closed", get_closed, NULL, NULL, NULL}, {"line_buffering", get_line_buffering, NULL, NULL, NULL}, {"newlines", get_newlines, NULL, NULL, NULL}, {0}};

Type type_stringio;
static const TypeSpec spec_stringio = {
    .name = "_io.StringIO",
    .base = &type_textiobase,
    .size = sizeof(StringIo),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = module_empty_new, .init = string_init, .iternext = string_iternext,
              .dealloc = string_dealloc, .traverse = io_base_traverse, .clear = io_base_clear},
    .methods = string_methods,
    .getset = string_getset,
    .doc = "A stream of text that lies in memory.",
    .text_signature = "(initial_value='', newline='\\n')",
};

bool stringio_init(Thread *t) { return type_ready(t, &type_stringio, &spec_stringio, 0); }
