// BytesIO: a stream over a growing array of bytes. Under the stream lock; exported buffers (getbuffer) pin the size.
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/io_types.h"
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

typedef struct BytesIo {
  IoBase base;
  char *data;               // NULL while empty
  int64_t length, capacity, pos;
  int exports;
  StreamLock lock;
} BytesIo;
static BytesIo *v_io(Value v) { return (BytesIo *)v_obj(v); }

static BytesIo *enter(Thread *t, Value self) {
  BytesIo *b = v_io(self);
  stream_lock(t, &b->lock);
  if (!b->base.closed) return b;
  stream_unlock(&b->lock);
  io_closed_error(t);
  return NULL;
}
static void leave(BytesIo *b) { stream_unlock(&b->lock); }

static int check_exports(Thread *t, const BytesIo *b) {
  if (b->exports == 0) return 0;
  raise_error(t, &exc_BufferError, "Existing exports of data: object cannot be re-sized");
  return -1;
}

static int resize(Thread *t, BytesIo *b, int64_t n) {
  if (n > b->capacity) {
    int64_t capacity = n < 64 ? 64 : n + n / 8 + 16;
    char *p = heap_realloc(t, b->data, (size_t)capacity);
    if (!p) {
      raise_no_memory(t);
      return -1;
    }
    b->data = p;
    b->capacity = capacity;
  }
  b->length = n;
  return 0;
}

static int64_t put(Thread *t, BytesIo *b, const char *p, int64_t n) {
  if (check_exports(t, b) < 0) return -1;
  if (n == 0) return 0;
  int64_t old = b->length, end = b->pos + n;
  if (end > old) {
    if (resize(t, b, end) < 0) return -1;
    if (b->pos > old) memset(b->data + old, 0, (size_t)(b->pos - old));
  }
  memcpy(b->data + b->pos, p, (size_t)n);
  b->pos = end;
  return n;
}

static Value take(Thread *t, BytesIo *b, int64_t n) {
  int64_t left = b->length > b->pos ? b->length - b->pos : 0;
  if (n < 0 || n > left) n = left;
  Value r = bytes_from(t, b->data + (n ? b->pos : 0), (size_t)n);
  if (!v_is_null(r)) b->pos += n;
  return r;
}

static int64_t line_length(const BytesIo *b, int64_t limit) {
  int64_t left = b->length > b->pos ? b->length - b->pos : 0;
  const char *newline = left ? memchr(b->data + b->pos, '\n', (size_t)left) : NULL;
  int64_t n = newline ? newline - (b->data + b->pos) + 1 : left;
  return limit >= 0 && n > limit ? limit : n;
}

METHOD(bytes_read) {
  (void)nargs, (void)kwnames;
  int64_t n;
  if (io_size(t, args[0], &n) < 0) return V_NULL;
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  Value r = take(t, b, n);
  leave(b);
  return r;
}

METHOD(bytes_readline) {
  (void)nargs, (void)kwnames;
  int64_t limit;
  if (io_size(t, args[0], &limit) < 0) return V_NULL;
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  Value r = take(t, b, line_length(b, limit));
  leave(b);
  return r;
}

static Value bytes_iternext(Thread *t, Value self) {
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  int64_t n = line_length(b, -1);
  Value r = n ? take(t, b, n) : V_NULL;
  leave(b);
  return r;
}

METHOD(bytes_readlines) {
  (void)nargs, (void)kwnames;
  int64_t hint;
  if (!v_is_absent_or_none(args[0]) && !v_is_int(args[0])) return raise_type_error(t, "integer argument expected, got '%.200T'", args[0]);
  if (io_plain_size(t, v_is_none(args[0]) ? V_ABSENT : args[0], -1, &hint) < 0) return V_NULL;
  Value list = list_new(t, 0);
  BytesIo *b = v_is_null(list) ? NULL : enter(t, self);
  int64_t total = 0, n;
  while (b && !v_is_null(list) && (n = line_length(b, -1)) > 0 && (hint <= 0 || total < hint)) {
    Value line = take(t, b, n);
    if (v_is_null(line) || list_append_steal(t, v_list(list), line) < 0) v_clear(t, &list);
    total += n;
  }
  if (b) leave(b);
  else v_clear(t, &list);
  return list;
}

METHOD(bytes_readinto) {
  (void)nargs, (void)kwnames;
  BufferView view;
  if (io_writable_buffer(t, args[0], "readinto", &view) < 0) return V_NULL;
  BytesIo *b = enter(t, self);
  int64_t n = -1;
  if (b) {
    int64_t left = b->length > b->pos ? b->length - b->pos : 0;
    n = view.len < left ? view.len : left;
    if (n) memcpy(view.data, b->data + b->pos, (size_t)n);
    b->pos += n;
    leave(b);
  }
  buffer_release(t, &view);
  return n < 0 ? V_NULL : v_from_smi(n);
}

METHOD(bytes_write) {
  (void)nargs, (void)kwnames;
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  BytesIo *b = enter(t, self);
  int64_t n = -1;
  if (b) {
    n = put(t, b, view.data, view.len);
    leave(b);
  }
  buffer_release(t, &view);
  return n < 0 ? V_NULL : v_from_smi(n);
}

METHOD(bytes_seek) {
  (void)nargs, (void)kwnames;
  int64_t offset = number_as_i64(t, args[0]);
  if (offset == -1 && error_pending(t)) return V_NULL;
  int whence = v_is_absent(args[1]) ? 0 : number_as_int(t, args[1]);
  if (whence == -1 && error_pending(t)) return V_NULL;
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  Value r = V_NULL;
  if (whence == 0 && offset < 0) raise_value_error(t, "negative seek value %lld", (long long)offset);
  else if (whence < 0 || whence > 2) raise_value_error(t, "invalid whence (%d, should be 0, 1 or 2)", whence);
  else {
    int64_t from = whence == 0 ? 0 : whence == 1 ? b->pos : b->length, at;
    if (__builtin_add_overflow(from, offset, &at)) raise_overflow(t, "new position too large");
    else {
      b->pos = at < 0 ? 0 : at;
      r = int_from_i64(t, b->pos);
    }
  }
  leave(b);
  return r;
}

METHOD(bytes_tell) {
  UNUSED;
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  Value r = int_from_i64(t, b->pos);
  leave(b);
  return r;
}

METHOD(bytes_truncate) {
  (void)nargs, (void)kwnames;
  int64_t size = -1;
  bool given = !v_is_absent_or_none(args[0]);
  if (given && io_size(t, args[0], &size) < 0) return V_NULL;
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  if (!given) size = b->pos;
  Value r = V_NULL;
  if (check_exports(t, b) < 0) {
    // refused
  } else if (size < 0) {
    raise_value_error(t, "negative size value %lld", (long long)size);
  } else {
    if (size < b->length) b->length = size;
    r = int_from_i64(t, size);
  }
  leave(b);
  return r;
}

METHOD(bytes_getvalue) {
  UNUSED;
  BytesIo *b = enter(t, self);
  if (!b) return V_NULL;
  Value r = bytes_from(t, b->data, (size_t)b->length);
  leave(b);
  return r;
}

METHOD(bytes_close) {
  UNUSED;
  BytesIo *b = v_io(self);
  stream_lock(t, &b->lock);
  int r = b->base.closed ? 0 : check_exports(t, b);
  if (r == 0 && !b->base.closed) {
    b->base.closed = true;
    if (b->data) heap_free(t, b->data);
    b->data = NULL;
    b->length = b->capacity = b->pos = 0;
  }
  stream_unlock(&b->lock);
  return r < 0 ? V_NULL : V_NONE;
}

static Value if_open(Thread *t, Value self, Value v) { return v_io(self)->base.closed ? io_closed_error(t) : v; }
METHOD(bytes_true) { UNUSED; return if_open(t, self, V_TRUE); }
METHOD(bytes_isatty) { UNUSED; return if_open(t, self, V_FALSE); }
METHOD(bytes_flush) { UNUSED; return if_open(t, self, V_NONE); }

METHOD(bytes_getstate) {
  UNUSED;
  Value value = bytes_getvalue(t, self, NULL, 0, V_NULL);
  if (v_is_null(value)) return V_NULL;
  Value dict = v_io(self)->base.ext ? object_get_dict(t, self) : V_NONE;
  Value copy = v_is_dict(dict) ? dict_copy(t, v_dict(dict)) : V_NONE;
  v_drop(t, dict);
  return tuple_from_stolen(t, (Value[]){value, int_from_i64(t, v_io(self)->pos), copy}, 3);
}

static int start_with(Thread *t, Value self, Value initial) {
  BytesIo *b = v_io(self);
  stream_lock(t, &b->lock);
  int r = check_exports(t, b);
  if (r == 0) {
    b->base.closed = false;
    b->length = b->pos = 0;
  }
  stream_unlock(&b->lock);
  if (r < 0 || v_is_absent_or_none(initial)) return r;
  Value done = bytes_write(t, self, &initial, 1, V_NULL);
  b->pos = 0;
  v_drop(t, done);
  return v_is_null(done) ? -1 : 0;
}

METHOD(bytes_setstate) {
  (void)nargs, (void)kwnames;
  if (v_io(self)->base.closed) return io_closed_error(t);
  if (!v_is_tuple(args[0]) || v_tuple(args[0])->length < 3)
    return raise_type_error(t, "%.200T.__setstate__ argument should be 3-tuple, got %.200T", self, args[0]);
  const Value *items = v_tuple(args[0])->items;
  if (start_with(t, self, items[0]) < 0) return V_NULL;
  int64_t pos;
  if (!v_is_int(items[1]) || !int_as_i64(items[1], &pos)) return raise_type_error(t, "second item of state must be an integer, not %.200T", items[1]);
  if (pos < 0) return raise_value_error(t, "position value cannot be negative");
  v_io(self)->pos = pos;
  if (v_is_none(items[2])) return V_NONE;
  if (!v_is_dict(items[2])) return raise_type_error(t, "third item of state should be a dict, got a %.200T", items[2]);
  Value dict = object_get_dict(t, self);
  int r = v_is_null(dict) ? -1 : dict_update(t, v_dict(dict), items[2]);
  v_drop(t, dict);
  return r < 0 ? V_NULL : V_NONE;
}

static int bytes_type_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[1];
  if (native_bind(t, &binder, "BytesIO(initial_bytes=b'')", args, nargs, kwnames, a) < 0) return -1;
  return start_with(t, self, a[0]);
}

static void bytes_dealloc(Thread *t, Object *o) {
  if (((BytesIo *)o)->data) heap_free(t, ((BytesIo *)o)->data);
  io_base_dealloc(t, o);
}

// --- getbuffer --------------------------------------------------------------------------------------------------------------------------------

typedef struct BytesIoBuffer { Object ob; Value source; } BytesIoBuffer;

static int buffer_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  BytesIo *b = v_io(((BytesIoBuffer *)v_obj(self))->source);
  stream_lock(t, &b->lock);
  if (!b->data && resize(t, b, 0) == 0) b->data = heap_alloc(t, 16), b->capacity = b->data ? 16 : 0;
  int r = buffer_fill(t, view, self, b->data, b->length, false, flags);
  if (r == 0) b->exports++;
  stream_unlock(&b->lock);
  return r;
}
static void buffer_releasebuffer(Thread *t, Value self, BufferView *view) {
  (void)view;
  BytesIo *b = v_io(((BytesIoBuffer *)v_obj(self))->source);
  stream_lock(t, &b->lock);
  b->exports--;
  stream_unlock(&b->lock);
}
static void buffer_dealloc(Thread *t, Object *o) {
  v_drop(t, ((BytesIoBuffer *)o)->source);
  heap_free_object(t, o);
}
static void buffer_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((BytesIoBuffer *)o)->source, visit, arg); }
static Type type_bytesio_buffer;
static const TypeSpec spec_buffer = {.name = "_io._BytesIOBuffer", .size = sizeof(BytesIoBuffer), .flags = TYPE_NO_INSTANTIATE,
    .slots = {.getbuffer = buffer_getbuffer, .releasebuffer = buffer_releasebuffer, .dealloc = buffer_dealloc, .traverse = buffer_traverse}};

METHOD(bytes_getbuffer) {
  UNUSED;
  if (v_io(self)->base.closed) return io_closed_error(t);
  Value holder = type_generic_alloc(t, &type_bytesio_buffer, 0);
  if (v_is_null(holder)) return V_NULL;
  ((BytesIoBuffer *)v_obj(holder))->source = v_own(t, self);
  Value r = memoryview_from(t, holder);
  v_drop(t, holder);
  return r;
}

METHOD(bytes_writelines) {
  (void)nargs, (void)kwnames;
  if (v_io(self)->base.closed) return io_closed_error(t);
  Value it = object_iter(t, args[0]);
  while (!v_is_null(it)) {
    Value line = object_iternext(t, it);
    Value r = v_is_null(line) ? V_NULL : bytes_write(t, self, &line, 1, V_NULL);
    v_drop(t, line);
    if (v_is_null(r)) break;
    v_drop(t, r);
  }
  v_drop(t, it);
  return error_pending(t) ? V_NULL : V_NONE;
}

static Value bytes_iter(Thread *t, Value self) { return v_own(t, self); }

static const NativeDef bytes_methods[] = {
    {"readable($self, /)", bytes_true, "Always: bytes in memory can be read.", 0},
    {"seekable($self, /)", bytes_true, "Always: the position can be moved.", 0},
    {"writable($self, /)", bytes_true, "Always: bytes in memory can be written.", 0},
    {"isatty($self, /)", bytes_isatty, "Never: memory is no terminal.", 0},
    {"flush($self, /)", bytes_flush, "Does nothing: nothing is held back.", 0},
    {"close($self, /)", bytes_close, "Gives the bytes up; nothing else can be done with the stream afterwards.", 0},
    {"tell($self, /)", bytes_tell, "The position, in bytes from the beginning.", 0},
    {"seek($self, pos, whence=0, /)", bytes_seek, "Moves to a position from the beginning (whence 0), from here (1) or from the end (2), and tells it.", 0},
    {"truncate($self, size=None, /)", bytes_truncate, "Cuts the bytes off behind size, or the position, which stays.", 0},
    {"read($self, size=-1, /)", bytes_read, "Up to size bytes from the position; all that are left where size is negative or None.", 0},
    {"read1($self, size=-1, /)", bytes_read, "As read().", 0},
    {"readline($self, size=-1, /)", bytes_readline, "The rest of the line, of at most size bytes.", 0},
    {"readlines($self, size=None, /)", bytes_readlines, "The lines that are left; about size bytes of them where that is given.", 0},
    {"readinto($self, buffer, /)", bytes_readinto, "Fills a buffer from the position and tells how many bytes it took.", 0},
    {"write($self, b, /)", bytes_write, "Puts bytes over those at the position and tells how many.", 0},
    {"writelines($self, lines, /)", bytes_writelines, "Writes each of the lines; adds no line ends.", 0},
    {"getvalue($self, /)", bytes_getvalue, "All the bytes, wherever the position is.", 0},
    {"getbuffer($self, /)", bytes_getbuffer, "A memoryview of the bytes, through which they can be changed.", 0},
    {"__getstate__($self, /)", bytes_getstate, NULL, NATIVE_NO_SIGNATURE}, {"__setstate__($self, state, /)", bytes_setstate, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

static const GetSetDef bytes_getset[] = {{"closed", io_base_get_closed, NULL, NULL, NULL}, {0}};

Type type_bytesio;
static const TypeSpec spec_bytesio = {
    .name = "_io.BytesIO",
    .base = &type_bufferediobase,
    .size = sizeof(BytesIo),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = module_empty_new, .init = bytes_type_init, .iter = bytes_iter, .iternext = bytes_iternext,
              .dealloc = bytes_dealloc, .traverse = io_base_traverse, .clear = io_base_clear},
    .methods = bytes_methods,
    .getset = bytes_getset,
    .doc = "A stream of bytes that lie in memory.",
    .text_signature = "(initial_bytes=b'')",
};

bool bytesio_init(Thread *t) { return type_ready(t, &type_bytesio, &spec_bytesio, 0) && type_ready(t, &type_bytesio_buffer, &spec_buffer, 0); }
