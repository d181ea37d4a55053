// The abstract stream classes _IOBase, _RawIOBase, _BufferedIOBase and _TextIOBase.
#include <stddef.h>

#include "gc/collect.h"
#include "gc/heap.h"
#include "modules/io_types.h"
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict_attribute.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_search.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

Type *io_unsupported_operation;

// --- Common -----------------------------------------------------------------------------------------------------------------------------

Value io_unsupported(Thread *t, const char *message) { return raise_error(t, io_unsupported_operation, "%s", message); }
Value io_closed_error(Thread *t) { return raise_value_error(t, "I/O operation on closed file."); }

Value io_call0(Thread *t, Value stream, const char *method) {
  Value name = str_intern_cstr(t, method);
  return v_is_null(name) ? V_NULL : object_call_method0(t, stream, name);
}

Value io_call1(Thread *t, Value stream, const char *method, Value a) {
  Value name = str_intern_cstr(t, method);
  return v_is_null(name) ? V_NULL : object_call_method1(t, stream, name, a);
}

int io_flag(Thread *t, Value stream, const char *method) {
  Value r = io_call0(t, stream, method);
  if (v_is_null(r)) return -1;
  int truth = object_is_true(t, r);
  v_drop(t, r);
  return truth;
}

int io_is_closed(Thread *t, Value stream) {
  Value name = N(closed), v = v_is_null(name) ? V_NULL : object_getattr(t, stream, name);
  if (v_is_null(v)) return -1;
  int r = object_is_true(t, v);
  v_drop(t, v);
  return r;
}

int io_size(Thread *t, Value v, int64_t *out) {
  *out = -1;
  if (v_is_absent_or_none(v)) return 0;
  if (!number_is_index(v)) {
    raise_type_error(t, "argument should be integer or None, not '%.200T'", v);
    return -1;
  }
  Value index = number_index(t, v);
  if (v_is_null(index)) return -1;
  bool fits = int_as_i64(index, out);
  if (!fits) raise_overflow(t, "cannot fit '%.200T' into an index-sized integer", v);
  v_drop(t, index);
  return fits ? 0 : -1;
}

int io_plain_size(Thread *t, Value v, int64_t otherwise, int64_t *out) {
  *out = v_is_absent(v) ? otherwise : number_as_i64(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

int io_text_argument(Thread *t, const char *function, const char *name, Value v, bool nul) {
  if (v_is_absent_or_none(v)) return 0;
  if (!v_is_str(v)) raise_type_error(t, "%s() argument '%s' must be str or None, not %K", function, name, v);
  else if (!nul && text_find_char(str_kind(v_str(v)), v_str(v)->data, str_length(v_str(v)), 0) >= 0) raise_value_error(t, "embedded null character");
  else return 0;
  return -1;
}

int io_writable_buffer(Thread *t, Value v, const char *function, BufferView *view) {
  if (buffer_get(t, v, view, BUFFER_WRITABLE) == 0) return 0;
  if (error_matches(t, &exc_BufferError) || error_matches(t, &exc_TypeError)) {
    error_clear(t);
    raise_type_error(t, "%s() argument must be read-write bytes-like object, not %K", function, v);
  }
  return -1;
}

bool io_is_reachable(Thread *t, Value stream, const StreamLock *l) {
  if (likely(!stream_lock_is_orphaned(t, l))) return true;
  raise_error(t, &exc_RuntimeError, "could not acquire lock for %R at interpreter shutdown, possibly due to daemon threads", stream);
  return false;
}

static int check_open(Thread *t, Value self) {
  int closed = io_is_closed(t, self);
  if (closed > 0) io_closed_error(t);
  return closed ? -1 : 0;
}

static int check_capability(Thread *t, Value self, const char *method, const char *message) {
  Value r = io_call0(t, self, method);
  if (v_is_null(r)) return -1;
  bool yes = v_is(r, V_TRUE);
  v_drop(t, r);
  if (!yes) io_unsupported(t, message);
  return yes ? 0 : -1;
}

void io_finalize(Thread *t, Value self) {
  Object *pending = t->exc;
  t->exc = NULL;
  int closed = io_is_closed(t, self);
  if (closed < 0) error_clear(t);
  if (closed == 0) {
    Value flag = N(_finalizing);
    if (object_setattr(t, self, flag, V_TRUE) < 0) error_clear(t);
    Value r = io_call0(t, self, "close");
    error_clear(t);   // as CPython outside of development mode: nobody could handle it
    v_drop(t, r);
  }
  t->exc = pending;
}

void io_base_clear(Thread *t, Object *o) { instance_clear_ext(t, o, &((IoBase *)o)->ext); }
void io_base_traverse(Object *o, GcVisit visit, void *arg) { instance_traverse_ext(o, &((IoBase *)o)->ext, visit, arg); }
void io_base_dealloc(Thread *t, Object *o) {
  io_base_clear(t, o);
  heap_free_object(t, o);
}

// --- _IOBase ------------------------------------------------------------------------------------------------------------------------------

METHOD(base_unsupported_seek) { UNUSED; return io_unsupported(t, "seek"); }
METHOD(base_tell) { UNUSED; return object_call_method2(t, self, N(seek), v_from_smi(0), v_from_smi(1)); }
METHOD(base_truncate) { UNUSED; return io_unsupported(t, "truncate"); }
METHOD(base_fileno) { UNUSED; return io_unsupported(t, "fileno"); }
METHOD(base_flush) { UNUSED; return ((IoBase *)v_obj(self))->closed ? io_closed_error(t) : V_NONE; }

METHOD(base_close) {
  UNUSED;
  IoBase *b = (IoBase *)v_obj(self);
  if (b->closed) return V_NONE;
  Value r = object_call_method0(t, self, N(flush));
  b->closed = true;
  if (v_is_null(r)) return V_NULL;
  v_drop(t, r);
  return V_NONE;
}

METHOD(base_false) { UNUSED; return V_FALSE; }
METHOD(base_isatty) { UNUSED; return check_open(t, self) < 0 ? V_NULL : V_FALSE; }
METHOD(base_check_closed) { UNUSED; return check_open(t, self) < 0 ? V_NULL : V_NONE; }
METHOD(base_check_seekable) { UNUSED; return check_capability(t, self, "seekable", "File or stream is not seekable.") < 0 ? V_NULL : V_TRUE; }
METHOD(base_check_readable) { UNUSED; return check_capability(t, self, "readable", "File or stream is not readable.") < 0 ? V_NULL : V_TRUE; }
METHOD(base_check_writable) { UNUSED; return check_capability(t, self, "writable", "File or stream is not writable.") < 0 ? V_NULL : V_TRUE; }
METHOD(base_enter) { UNUSED; return check_open(t, self) < 0 ? V_NULL : v_own(t, self); }
METHOD(base_exit) { UNUSED; return io_call0(t, self, "close"); }

// How many bytes to ask for next when reading a line: up to the newline that peek shows, else one.
static int64_t line_request(Thread *t, Value self, Value peek, int64_t limit) {
  if (v_is_null(peek)) return 1;
  Value ahead = object_call1(t, peek, v_from_smi(1));
  if (v_is_null(ahead)) return -1;
  if (!v_is_bytes(ahead)) {
    raise_error(t, &exc_OSError, "peek() should have returned a bytes object, not '%.200T'", ahead);
    v_drop(t, ahead);
    return -1;
  }
  (void)self;
  int64_t n = v_bytes(ahead)->length;
  const char *newline = n ? memchr(v_bytes(ahead)->data, '\n', (size_t)n) : NULL;
  int64_t want = n == 0 ? 1 : newline ? newline - v_bytes(ahead)->data + 1 : n;
  v_drop(t, ahead);
  return limit >= 0 && want > limit ? limit : want;
}

METHOD(base_readline) {
  (void)nargs, (void)kwnames;
  int64_t limit;
  if (io_size(t, args[0], &limit) < 0) return V_NULL;
  Value peek, line = bytearray_from(t, NULL, 0);
  if (v_is_null(line)) return V_NULL;
  if (object_lookup_attr(t, self, N(peek), &peek) < 0) {
    v_drop(t, line);
    return V_NULL;
  }
  ByteArray *out = (ByteArray *)v_obj(line);
  bool ok = true;
  while (ok && (limit < 0 || bytearray_length(out) < limit)) {
    int64_t want = line_request(t, self, peek, limit < 0 ? -1 : limit - bytearray_length(out));
    Value piece = want < 0 ? V_NULL : object_call_method1(t, self, N(read), v_from_smi(want));
    if (v_is_null(piece)) {
      ok = false;
      break;
    }
    if (!v_is_bytes(piece)) {
      raise_error(t, &exc_OSError, "read() should have returned a bytes object, not '%.200T'", piece);
      ok = false;
    }
    int64_t n = ok ? v_bytes(piece)->length : 0;
    if (n) {
      Value joined = number_binary(t, line, piece, OP_ADD + OP_INPLACE);
      ok = !v_is_null(joined);
      v_drop(t, joined);
    }
    v_drop(t, piece);
    if (n == 0 || (ok && bytearray_data(out)[bytearray_length(out) - 1] == '\n')) break;
  }
  v_drop(t, peek);
  Value r = ok ? bytes_from(t, bytearray_data(out), (size_t)bytearray_length(out)) : V_NULL;
  v_drop(t, line);
  return r;
}

METHOD(base_readlines) {
  (void)nargs, (void)kwnames;
  int64_t hint;
  if (io_size(t, args[0], &hint) < 0) return V_NULL;
  if (hint <= 0) return object_to_list(t, self);
  Value list = list_new(t, 0), it = v_is_null(list) ? V_NULL : object_iter(t, self);
  int64_t total = 0;
  bool enough = false;   // a line that goes beyond the hint is the last, one that just reaches it is not
  while (!v_is_null(it) && !enough) {
    Value line = object_iternext(t, it);
    if (v_is_null(line)) break;
    int64_t n = object_length(t, line);
    if (n < 0 || list_append(t, v_list(list), line) < 0) {
      v_drop(t, line);
      break;
    }
    enough = n > hint - total;
    total += n;
    v_drop(t, line);
  }
  v_drop(t, it);
  if (error_pending(t)) v_clear(t, &list);
  return list;
}

METHOD(base_writelines) {
  (void)nargs, (void)kwnames;
  if (check_open(t, self) < 0) return V_NULL;
  Value it = object_iter(t, args[0]);
  while (!v_is_null(it)) {
    Value line = object_iternext(t, it);
    if (v_is_null(line)) break;
    Value r = object_call_method1(t, self, N(write), line);
    v_drop(t, line);
    if (v_is_null(r)) break;
    v_drop(t, r);
  }
  v_drop(t, it);
  return error_pending(t) ? V_NULL : V_NONE;
}

static Value base_iter(Thread *t, Value self) { return check_open(t, self) < 0 ? V_NULL : v_own(t, self); }

Value io_check_line(Thread *t, Value line, bool text) {
  if (v_is_null(line) || (text ? v_is_str(line) : v_is_bytes(line))) return line;
  raise_error(t, &exc_OSError, "readline() should have returned a %s object, not '%.200T'", text ? "str" : "bytes", line);
  v_drop(t, line);
  return V_NULL;
}

static Value base_next(Thread *t, Value self) {
  Value line = object_call_method0(t, self, N(readline));
  if (v_is_null(line)) return V_NULL;
  int64_t n = object_length(t, line);
  if (n > 0) return line;
  v_drop(t, line);
  return V_NULL;
}

Value io_base_get_closed(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(((IoBase *)v_obj(self))->closed);
}

static const NativeDef base_methods[] = {
    {"seek($self, /, *args)", base_unsupported_seek, "Moves to a position, counted from the place that whence names.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"tell($self, /)", base_tell, "The position in the stream.", 0},
    {"truncate($self, /, *args)", base_truncate, "Makes the file end at this size.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"flush($self, /)", base_flush, "Hands on what waits in buffers.", 0},
    {"close($self, /)", base_close, "Writes what is left in buffers, then closes.", 0},
    {"seekable($self, /)", base_false, "Whether the position can be moved.", 0},
    {"readable($self, /)", base_false, "Whether one can read.", 0},
    {"writable($self, /)", base_false, "Whether one can write.", 0},
    {"fileno($self, /)", base_fileno, "The number of the file descriptor beneath.", 0},
    {"isatty($self, /)", base_isatty, "Whether a terminal is behind it.", 0},
    {"_checkClosed($self, /)", base_check_closed, NULL, NATIVE_NO_SIGNATURE},
    {"_checkSeekable($self, /)", base_check_seekable, NULL, NATIVE_NO_SIGNATURE},
    {"_checkReadable($self, /)", base_check_readable, NULL, NATIVE_NO_SIGNATURE},
    {"_checkWritable($self, /)", base_check_writable, NULL, NATIVE_NO_SIGNATURE},
    {"__enter__($self, /)", base_enter, NULL, NATIVE_NO_SIGNATURE},
    {"__exit__($self, /, *args)", base_exit, NULL, NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"readline($self, size=-1, /)", base_readline, "The next line, or its first size bytes or characters.", 0},
    {"readlines($self, hint=-1, /)", base_readlines, "All lines that are left, as a list; hint limits their total size.", 0},
    {"writelines($self, lines, /)", base_writelines, "Writes each of the lines; adds no line ends.", 0},
    {0},
};
static const GetSetDef base_getset[] = {{"closed", io_base_get_closed, NULL, NULL, NULL}, {"__dict__", dict_attribute_get, NULL, NULL, NULL}, {0}};

Type type_iobase;
static const TypeSpec spec_iobase = {
    .name = "_io._IOBase",
    .size = sizeof(IoBase),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = module_empty_new, .iter = base_iter, .iternext = base_next, .finalize = io_finalize,
              .dealloc = io_base_dealloc, .traverse = io_base_traverse, .clear = io_base_clear},
    .methods = base_methods,
    .getset = base_getset,
    .doc = "What all streams inherit from.",
};

// --- _RawIOBase -----------------------------------------------------------------------------------------------------------------------------

METHOD(raw_read) {
  (void)nargs, (void)kwnames;
  int64_t n;
  if (io_size(t, args[0], &n) < 0) return V_NULL;
  if (n < 0) return io_call0(t, self, "readall");
  Value zero = bytes_new(t, n);
  if (v_is_null(zero)) return V_NULL;
  memset(v_bytes(zero)->data, 0, (size_t)n);
  Value buffer = bytearray_from(t, v_bytes(zero)->data, (size_t)n);
  v_drop(t, zero);
  Value r = v_is_null(buffer) ? V_NULL : io_call1(t, self, "readinto", buffer);
  if (!v_is_null(r) && !v_is_none(r)) {
    int64_t got = number_as_i64(t, r);
    v_drop(t, r);
    if (got == -1 && error_pending(t)) r = V_NULL;
    else if (got < 0 || got > n) r = raise_value_error(t, "readinto returned %lld outside buffer size %lld", (long long)got, (long long)n);
    else r = bytes_from(t, bytearray_data((ByteArray *)v_obj(buffer)), (size_t)got);
  }
  v_drop(t, buffer);
  return r;
}

METHOD(raw_readall) {
  UNUSED;
  Value pieces = list_new(t, 0);
  if (v_is_null(pieces)) return V_NULL;
  for (;;) {
    Value piece = object_call_method1(t, self, N(read), v_from_smi(IO_BUFFER_SIZE));
    if (v_is_null(piece)) break;
    if (v_is_none(piece)) {
      if (list_length(v_list(pieces)) > 0) break;
      v_drop(t, pieces);
      return V_NONE;
    }
    if (!v_is_bytes(piece)) {
      v_drop(t, piece);
      raise_type_error(t, "read() should return bytes");
      break;
    }
    int64_t n = v_bytes(piece)->length;
    int r = n ? list_append(t, v_list(pieces), piece) : 0;
    v_drop(t, piece);
    if (r < 0 || n == 0) break;
  }
  Value all = error_pending(t) ? V_NULL : object_call_method1(t, bytes_empty, N(join), pieces);
  v_drop(t, pieces);
  return all;
}

static Value not_implemented(Thread *t) {
  Value exc = exception_new(t, &exc_NotImplementedError, NULL, 0);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}
METHOD(raw_readinto) { UNUSED; return not_implemented(t); }
METHOD(raw_write) { UNUSED; return not_implemented(t); }

static const NativeDef raw_methods[] = {
    {"read($self, size=-1, /)", raw_read, NULL, 0},
    {"readall($self, /)", raw_readall, "All bytes that are left, by as many reads as it takes.", 0},
    {"readinto($self, /, *args)", raw_readinto, NULL, NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"write($self, /, *args)", raw_write, NULL, NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {0},
};
Type type_rawiobase;
static const TypeSpec spec_rawiobase = {.name = "_io._RawIOBase", .base = &type_iobase, .size = sizeof(IoBase), .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
                                        .ext_offset = offsetof(IoBase, ext), .methods = raw_methods,
                                        .doc = "What streams of bytes without a buffer inherit from."};

// --- _BufferedIOBase ------------------------------------------------------------------------------------------------------------------------

METHOD(buffered_unsupported_detach) { UNUSED; return io_unsupported(t, "detach"); }
METHOD(buffered_unsupported_read) { UNUSED; return io_unsupported(t, "read"); }
METHOD(buffered_unsupported_read1) { UNUSED; return io_unsupported(t, "read1"); }
METHOD(buffered_unsupported_write) { UNUSED; return io_unsupported(t, "write"); }

static Value read_into(Thread *t, Value self, Value target, const char *method) {
  BufferView view;
  if (io_writable_buffer(t, target, method[4] ? "readinto1" : "readinto", &view) < 0) return V_NULL;
  Value data = io_call1(t, self, method, v_from_smi(view.len)), r = V_NULL;
  if (!v_is_null(data)) {
    if (!v_is_bytes(data)) raise_type_error(t, "read() should return bytes");
    else if (v_bytes(data)->length > view.len)
      raise_value_error(t, "read() returned too much data: %lld bytes requested, %lld returned", (long long)view.len, (long long)v_bytes(data)->length);
    else {
      memcpy(view.data, v_bytes(data)->data, (size_t)v_bytes(data)->length);
      r = v_from_smi(v_bytes(data)->length);
    }
    v_drop(t, data);
  }
  buffer_release(t, &view);
  return r;
}
METHOD(buffered_readinto) { (void)nargs, (void)kwnames; return read_into(t, self, args[0], "read"); }
METHOD(buffered_readinto1) { (void)nargs, (void)kwnames; return read_into(t, self, args[0], "read1"); }

static const NativeDef bufferedbase_methods[] = {
    {"detach($self, /)", buffered_unsupported_detach, "Gives up the raw stream beneath and returns it.", 0},
    {"read($self, /, *args)", buffered_unsupported_read, "Up to n bytes; fewer if one read of the raw stream gives fewer.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"read1($self, /, *args)", buffered_unsupported_read1, "Up to n bytes, by no more than one read of the raw stream.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"write($self, /, *args)", buffered_unsupported_write, "Writes bytes and tells how many it took.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"readinto($self, buffer, /)", buffered_readinto, NULL, 0},
    {"readinto1($self, buffer, /)", buffered_readinto1, NULL, 0},
    {0},
};
Type type_bufferediobase;
static const TypeSpec spec_bufferediobase = {.name = "_io._BufferedIOBase", .base = &type_iobase, .size = sizeof(IoBase), .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
                                             .ext_offset = offsetof(IoBase, ext), .methods = bufferedbase_methods,
                                             .doc = "What all streams of bytes with a buffer inherit from."};

// --- _TextIOBase ------------------------------------------------------------------------------------------------------------------------------

METHOD(text_unsupported_readline) { UNUSED; return io_unsupported(t, "readline"); }
static Value get_none(Thread *t, Value self, void *closure) { (void)t, (void)self, (void)closure; return V_NONE; }

static const NativeDef textbase_methods[] = {
    {"detach($self, /)", buffered_unsupported_detach, "Gives up the buffer beneath and returns it.", NATIVE_NO_SIGNATURE},
    {"read($self, /, *args)", buffered_unsupported_read, "Up to n characters, or all that are left.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"readline($self, /, *args)", text_unsupported_readline, "The next line, or what is left of the last one.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"write($self, /, *args)", buffered_unsupported_write, "Writes the text and tells its length.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {0},
};
static const GetSetDef textbase_getset[] = {
    {"encoding", get_none, NULL, "Which encoding the text has.", NULL},
    {"newlines", get_none, NULL, "Which line ends have been seen.", NULL},
    {"errors", get_none, NULL, "What happens with text that the encoding cannot express.", NULL},
    {0},
};
Type type_textiobase;
static const TypeSpec spec_textiobase = {.name = "_io._TextIOBase", .base = &type_iobase, .size = sizeof(IoBase), .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
                                         .ext_offset = offsetof(IoBase, ext), .methods = textbase_methods, .getset = textbase_getset,
                                         .doc = "What all streams of text inherit from."};

static unsigned (*rank_of_others)(const Object *o);

// Streams that are garbage together end from the top, so that nothing that was written is lost.
static unsigned stream_rank(const Object *o) {
  const Type *type = object_type(o);
  unsigned rank = rank_of_others(o);
  if (rank && type->slots.finalize == io_finalize) return type_is_subtype(type, &type_textiobase) ? 1 : type_is_subtype(type, &type_bufferediobase) ? 2 : rank;
  return rank;
}

bool io_base_init(Thread *t) {
  if (gc_finalizer_rank_hook != stream_rank) {
    rank_of_others = gc_finalizer_rank_hook;
    gc_finalizer_rank_hook = stream_rank;
  }
  return type_ready(t, &type_iobase, &spec_iobase, 0) && type_ready(t, &type_rawiobase, &spec_rawiobase, 0) &&
         type_ready(t, &type_bufferediobase, &spec_bufferediobase, 0) && type_ready(t, &type_textiobase, &spec_textiobase, 0);
}
