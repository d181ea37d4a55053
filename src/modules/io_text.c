// TextIOWrapper: text over a binary stream. Its construction, writing, attributes and type; io_text.h tells where the rest is.
#include "modules/io_text.h"

#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "system/sys_state.h"

// --- Entering -------------------------------------------------------------------------------------------------------------------------------

TextIo *textio_attached(Thread *t, Value self) {
  TextIo *x = v_text(self);
  if (!v_is_null(x->buffer)) return x;
  raise_value_error(t, x->detached ? "underlying buffer has been detached" : "I/O operation on uninitialized object");
  return NULL;
}

TextIo *textio_enter(Thread *t, Value self) {
  TextIo *x = textio_attached(t, self);
  if (!x || !io_is_reachable(t, self, &x->lock)) return NULL;
  stream_lock(t, &x->lock);
  return x;
}

void io_hold(Thread *t, Value stream, IoHold *h) {
  *h = (IoHold){.text = V_NULL, .buffer = V_NULL};
  if (v_type(stream) != &type_textiowrapper) return;
  TextIo *x = v_text(stream);
  StreamLock *below = v_is_null(x->buffer) ? NULL : io_buffered_lock(x->buffer);
  if (!below && (v_is_null(x->buffer) || v_type(x->buffer) != &type_fileio)) return;
  *h = (IoHold){v_own(t, stream), v_own(t, x->buffer), {&x->lock, below}};
  for (int i = 0; i < 2; i++) if (h->locks[i]) stream_lock(t, h->locks[i]);
}

void io_release(Thread *t, IoHold *h) {
  for (int i = 2; i-- > 0;) if (h->locks[i]) stream_unlock(h->locks[i]);
  v_drop(t, h->text);
  v_drop(t, h->buffer);
}

int textio_check_open(Thread *t, TextIo *x) {
  int closed = io_is_closed(t, x->buffer);
  if (closed > 0) io_closed_error(t);
  return closed ? -1 : 0;
}

// --- Writing --------------------------------------------------------------------------------------------------------------------------------

int textio_write_pending(Thread *t, TextIo *x) {
  if (v_is_null(x->pending)) return 0;
  Value list = x->pending;
  x->pending = V_NULL;
  x->pending_bytes = 0;
  Value all = list_length(v_list(list)) == 1 ? list_get(t, v_list(list), 0) : object_call_method1(t, bytes_empty, N(join), list);
  v_drop(t, list);
  Value r = v_is_null(all) ? V_NULL : object_call_method1(t, x->buffer, N(write), all);
  v_drop(t, all);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static NATIVE(text_write) {
  if (!v_is_str(args[0])) return raise_type_error(t, "write() argument must be str, not %K", args[0]);
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value result = V_NULL, bytes = V_NULL, text = v_own(t, args[0]);
  if (textio_check_open(t, x) < 0) goto done;
  if (!x->can_write) {
    io_unsupported(t, "not writable");
    goto done;
  }
  const Str *s = v_str(text);
  int64_t n = str_length(s);
  bool has_lf = (x->line_buffering || !v_is_null(x->write_newline)) && str_kind(s) == 1 ? memchr(s->data, '\n', (size_t)n) != NULL
                                                                                         : str_find(s, v_str(x->newline), 0, n) >= 0;
  if (str_kind(s) != 1) {
    has_lf = false;
    for (int64_t i = 0; i < n && !has_lf; i++) has_lf = str_char(s, i) == '\n';
  }
  bool flush_line = x->line_buffering && (has_lf || (str_kind(s) == 1 && memchr(s->data, '\r', (size_t)n)));
  if (has_lf && !v_is_null(x->write_newline)) {
    Value lf = str_from_char(t, '\n');
    Value replaced = object_call_method2(t, text, N(replace), lf, x->write_newline);
    v_drop(t, lf);
    v_drop(t, text);
    text = replaced;
    if (v_is_null(text)) goto done;
  }
  bytes = textio_encode(t, x, text);
  if (v_is_null(bytes)) goto done;
  int64_t length = v_bytes(bytes)->length;
  if (x->pending_bytes && x->pending_bytes + length > x->chunk_size && textio_write_pending(t, x) < 0) goto done;
  if (v_is_null(x->pending)) x->pending = list_new(t, 8);
  if (v_is_null(x->pending) || list_append(t, v_list(x->pending), bytes) < 0) goto done;
  x->pending_bytes += length;
  if ((x->pending_bytes >= x->chunk_size || flush_line || x->write_through) && textio_write_pending(t, x) < 0) goto done;
  if (flush_line) {
    Value r = object_call_method0(t, x->buffer, N(flush));
    if (v_is_null(r)) goto done;
    v_drop(t, r);
  }
  textio_forget_read(t, x);
  if (!v_is_null(x->decoder)) {
    Value r = io_call0(t, x->decoder, "reset");
    if (v_is_null(r)) goto done;
    v_drop(t, r);
  }
  result = int_from_i64(t, n);
done:
  v_drop(t, text);
  v_drop(t, bytes);
  textio_leave(x);
  return result;
}

static NATIVE(text_flush) {
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value r = V_NULL;
  x->telling = x->seekable;
  if (textio_check_open(t, x) == 0 && textio_write_pending(t, x) == 0) r = object_call_method0(t, x->buffer, N(flush));
  textio_leave(x);
  return r;
}

// --- Construction ---------------------------------------------------------------------------------------------------------------------------

static int set_newline(Thread *t, TextIo *x, Value newline) {
  bool none = v_is_absent_or_none(newline);
  if (!none && !str_utf8(t, newline, NULL)) return -1;
  if (!none && str_length(v_str(newline)) && !str_equals_cstr(newline, "\n") && !str_equals_cstr(newline, "\r") && !str_equals_cstr(newline, "\r\n")) {
    raise_value_error(t, "illegal newline value: %U", newline);
    return -1;
  }
  bool empty = !none && str_length(v_str(newline)) == 0;
  x->universal = none || empty;
  x->translate = none;
  v_set(t, &x->newline, none || empty ? str_from_char(t, '\n') : v_own(t, newline));
  bool plain = none || empty || str_equals_cstr(newline, "\n");   // os.linesep is '\n' here
  v_set(t, &x->write_newline, plain ? V_NULL : v_own(t, newline));
  return 0;
}

// A flag given as a number: 1, 0, -1.
static int flag_argument(Thread *t, Value v, bool otherwise) {
  if (v_is_absent(v)) return otherwise;
  int n = number_as_int(t, v);
  return n == -1 && error_pending(t) ? -1 : n != 0;
}

static int text_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[6];
  if (native_bind(t, &binder, "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)", args, nargs,
                  kwnames, a) < 0)
    return -1;
  TextIo *x = v_text(self);
  static const char *const function = "TextIOWrapper";
  if (io_text_argument(t, function, "encoding", a[1], false) < 0 || io_text_argument(t, function, "newline", a[3], false) < 0) return -1;
  int line_buffering = flag_argument(t, a[4], false), write_through = line_buffering < 0 ? -1 : flag_argument(t, a[5], false);
  if (write_through < 0 || io_text_argument(t, function, "errors", a[2], true) < 0) return -1;
  v_clear(t, &x->buffer);
  if (sys_config.warn_default_encoding && v_is_absent_or_none(a[1]) && warn(t, &exc_EncodingWarning, 1, "'encoding' argument not specified") < 0) return -1;
  if (set_newline(t, x, a[3]) < 0 || textio_set_encoding(t, x, a[1], a[2]) < 0) return -1;
  textio_forget_read(t, x);
  v_clear(t, &x->pending);
  x->pending_bytes = 0;
  x->tail_length = 0;
  x->chunk_size = IO_BUFFER_SIZE;
  x->line_buffering = line_buffering;
  x->write_through = write_through;
  x->detached = x->pending_cr = false;
  x->seen = 0;
  int readable = io_flag(t, a[0], "readable"), writable = readable < 0 ? -1 : io_flag(t, a[0], "writable");
  int seekable = writable < 0 ? -1 : io_flag(t, a[0], "seekable");
  if (seekable < 0) return -1;
  x->seekable = x->telling = seekable;
  x->can_read = readable;
  x->can_write = writable;
  Value read1;
  int r = object_lookup_attr(t, a[0], N(read1), &read1);
  if (r < 0) return -1;
  if (r) v_drop(t, read1);
  x->has_read1 = r;
  v_set(t, &x->buffer, v_own(t, a[0]));
  if (textio_need_encoder(t, x) == 0) return 0;
  v_clear(t, &x->buffer);
  return -1;
}

static NATIVE(text_reconfigure) {
  TextIo *x = textio_enter(t, self);
  if (!x) return V_NULL;
  Value result = V_NULL;
  bool new_codec = !v_is_absent_or_none(args[0]) || !v_is_absent_or_none(args[1]) || !v_is_absent(args[2]);
  for (int i = 0; i < 3; i++) {
    if (v_is_absent_or_none(args[i]) || v_is_str(args[i])) continue;
    raise_type_error(t, "bad argument type for built-in operation");
    goto done;
  }
  int line_buffering = flag_argument(t, v_is_none(args[3]) ? V_ABSENT : args[3], x->line_buffering);
  int write_through = line_buffering < 0 ? -1 : flag_argument(t, v_is_none(args[4]) ? V_ABSENT : args[4], x->write_through);
  if (write_through < 0) goto done;
  if (!v_is_null(x->decoded) && new_codec) {
    io_unsupported(t, "It is not possible to set the encoding or newline of stream after the first read");
    goto done;
  }
  Value flushed = object_call_method0(t, self, N(flush));
  if (v_is_null(flushed)) goto done;
  v_drop(t, flushed);
  if (!v_is_absent_or_none(args[0]) || !v_is_absent_or_none(args[1])) {
    Value encoding = v_is_absent_or_none(args[0]) ? v_own(t, x->encoding) : v_own(t, args[0]);
    // A new encoding alone goes back to strict.
    Value errors = !v_is_absent_or_none(args[1]) ? v_own(t, args[1]) : v_is_absent_or_none(args[0]) ? v_own(t, x->errors) : V_NONE;
    int r = textio_set_encoding(t, x, encoding, errors);
    v_drop(t, encoding);
    v_drop(t, errors);
    if (r < 0 || textio_need_encoder(t, x) < 0) goto done;
  }
  if (!v_is_absent(args[2]) && set_newline(t, x, args[2]) < 0) goto done;
  if (new_codec) {   // what has been seen, it has seen with the old one
    x->seen = 0;
    x->pending_cr = false;
  }
  x->line_buffering = line_buffering;
  x->write_through = write_through;
  result = V_NONE;
done:
  textio_leave(x);
  return result;
}

// --- The rest -------------------------------------------------------------------------------------------------------------------------------

static NATIVE(text_close) {
  TextIo *x = textio_attached(t, self);
  if (!x) return V_NULL;
  int closed = io_is_closed(t, x->buffer);
  if (closed) return closed < 0 ? V_NULL : V_NONE;
  if (x->finalizing) {
    Value warned = io_call1(t, x->buffer, "_dealloc_warn", self);
    error_clear(t);
    v_drop(t, warned);
  }
  Value r = object_call_method0(t, self, N(flush));
  Value error = v_is_null(r) ? error_fetch(t) : V_NULL;
  v_drop(t, r);
  r = io_call0(t, x->buffer, "close");
  if (v_is_null(error)) return r;
  error_chain(t, error);
  v_drop(t, r);
  return V_NULL;
}

static NATIVE(text_detach) {
  TextIo *x = textio_attached(t, self);
  if (!x) return V_NULL;
  Value r = object_call_method0(t, self, N(flush));
  if (v_is_null(r)) return V_NULL;
  v_drop(t, r);
  Value buffer = x->buffer;
  x->buffer = V_NULL;
  x->detached = true;
  return buffer;
}

#define FORWARD(method) \
  static NATIVE(text_##method) { TextIo *x = textio_attached(t, self); return x ? io_call0(t, x->buffer, #method) : V_NULL; }
FORWARD(seekable)
FORWARD(readable)
FORWARD(writable)
FORWARD(fileno)
FORWARD(isatty)

static Value forward_attribute(Thread *t, Value self, void *name) {
  TextIo *x = textio_attached(t, self);
  Value key = x ? str_intern_cstr(t, name) : V_NULL;
  return v_is_null(key) ? V_NULL : object_getattr(t, x->buffer, key);
}
static Value get_newlines(Thread *t, Value self, void *c) {
  (void)c;
  TextIo *x = textio_attached(t, self);
  return !x ? V_NULL : x->universal ? newlines_seen(t, x->seen) : V_NONE;
}
static Value get_buffer(Thread *t, Value self, void *c) {
  (void)c;
  TextIo *x = v_text(self);
  return x->detached || v_is_null(x->buffer) ? V_NONE : v_own(t, x->buffer);
}
static Value get_encoding(Thread *t, Value self, void *c) { (void)c; return v_is_null(v_text(self)->encoding) ? V_NONE : v_own(t, v_text(self)->encoding); }
static Value get_errors(Thread *t, Value self, void *c) {
  (void)c;
  TextIo *x = v_text(self);
  return x->detached || textio_attached(t, self) ? v_own(t, x->errors) : V_NULL;
}
Value get_chunk_size(Thread *t, Value self, void *c) { (void)c; TextIo *x = textio_attached(t, self); return x ? int_from_i64(t, x->chunk_size) : V_NULL; }
static int set_chunk_size(Thread *t, Value self, Value v, void *c) {
  (void)c;
  TextIo *x = textio_attached(t, self);
  if (!x) return -1;
  if (v_is_null(v)) {
    raise_error(t, &exc_AttributeError, "cannot delete attribute");
    return -1;
  }
  int64_t n = number_as_i64(t, v);
  if (n == -1 && error_pending(t)) return -1;
  if (n <= 0) {
    raise_value_error(t, "a strictly positive integer is required");
    return -1;
  }
  x->chunk_size = n;
  return 0;
}

static Value text_repr(Thread *t, Value self) {
  TextIo *x = v_text(self);
  if (!x->detached && !textio_attached(t, self)) return V_NULL;
  Value name, mode;
  int has_name = object_lookup_attr(t, self, N(name), &name);
  if (has_name < 0) {
    if (!error_matches(t, &exc_ValueError)) return V_NULL;
    error_clear(t);
    has_name = 0;
  }
  int has_mode = object_lookup_attr(t, self, N(mode), &mode);
  if (has_mode < 0) {
    v_drop(t, name);
    return V_NULL;
  }
  Value a = has_name ? str_from_format(t, " name=%R", name) : v_own(t, str_empty);
  Value b = has_mode ? str_from_format(t, " mode=%R", mode) : v_own(t, str_empty);
  Value r = v_is_null(a) || v_is_null(b) ? V_NULL : str_from_format(t, "<_io.TextIOWrapper%U%U encoding=%R>", a, b, x->encoding);
  v_drop(t, a);
  v_drop(t, b);
  if (has_name) v_drop(t, name);
  if (has_mode) v_drop(t, mode);
  return r;
}

#define EACH_VALUE(X) X(buffer) X(encoding) X(errors) X(newline) X(write_newline) X(encoder) X(decoder) X(decoded) X(chunk) X(pending)
static void text_clear(Thread *t, Object *o) {
  TextIo *x = (TextIo *)o;
#define CLEAR(field) v_clear(t, &x->field);
  EACH_VALUE(CLEAR)
#undef CLEAR
  io_base_clear(t, o);
}
static void text_dealloc(Thread *t, Object *o) {
  text_clear(t, o);
  heap_free_object(t, o);
}
static void text_traverse(Object *o, GcVisit visit, void *arg) {
  TextIo *x = (TextIo *)o;
#define VISIT(field) gc_visit_value(x->field, visit, arg);
  EACH_VALUE(VISIT)
#undef VISIT
  io_base_traverse(o, visit, arg);
}

static const NativeDef text_methods[] = {
    {"detach($self, /)", text_detach, NULL, 0},
    {"reconfigure($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None)", text_reconfigure,
     "Changes encoding, error handling, newlines or buffering.", 0},
    {"write($self, text, /)", text_write, NULL, 0},
    {"read($self, size=-1, /)", textio_read, NULL, 0},
    {"readline($self, size=-1, /)", textio_readline, NULL, 0},
    {"flush($self, /)", text_flush, NULL, 0},
    {"close($self, /)", text_close, NULL, 0},
    {"fileno($self, /)", text_fileno, NULL, 0},
    {"seekable($self, /)", text_seekable, NULL, 0},
    {"readable($self, /)", text_readable, NULL, 0},
    {"writable($self, /)", text_writable, NULL, 0},
    {"isatty($self, /)", text_isatty, NULL, 0},
    {"seek($self, cookie, whence=0, /)", textio_seek, NULL, 0},
    {"tell($self, /)", textio_tell, NULL, 0},
    {"truncate($self, pos=None, /)", textio_truncate, NULL, 0},
    {0},
};
static const GetSetDef text_getset[] = {
    {"name", forward_attribute, NULL, NULL, "name"},
    {"closed", forward_attribute, NULL, NULL, "closed"},
    {"newlines", get_newlines, NULL, NULL, NULL},
    {"errors", get_errors, NULL, NULL, NULL},
    {"_CHUNK_SIZE", get_chunk_size, set_chunk_size, NULL, NULL},
    {0},
};
static const GetSetDef text_computed[] = {{"encoding", get_encoding, NULL, NULL, NULL}, {"buffer", get_buffer, NULL, NULL, NULL}, {0}};
static const MemberDef text_members[] = {
    {"line_buffering", MEMBER_BOOL, offsetof(TextIo, line_buffering), true, NULL},
    {"write_through", MEMBER_BOOL, offsetof(TextIo, write_through), true, NULL},
    {"_finalizing", MEMBER_BOOL, offsetof(TextIo, finalizing), false, NULL},
    {0},
};

Type type_textiowrapper;
static const TypeSpec spec_text = {
    .name = "_io.TextIOWrapper",
    .base = &type_textiobase,
    .size = sizeof(TextIo),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = module_empty_new, .init = text_init, .repr = text_repr, .iternext = textio_iternext,
              .dealloc = text_dealloc, .traverse = text_traverse, .clear = text_clear},
    .methods = text_methods,
    .getset = text_getset,
    .computed_members = text_computed,
    .members = text_members,
    .doc = "A stream of text upon a buffered stream of bytes.",
    .text_signature = "(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)",
};

bool textio_init(Thread *t) { return type_ready(t, &type_textiowrapper, &spec_text, 0); }
