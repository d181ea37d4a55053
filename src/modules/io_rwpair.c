// BufferedRWPair: a reader and a writer as one stream; each half keeps its own lock.
#include <stddef.h>

#include "gc/heap.h"
#include "modules/io_types.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"

typedef struct RwPair { IoBase base; Value reader, writer; } RwPair;
static RwPair *v_pair(Value v) { return (RwPair *)v_obj(v); }

static int pair_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "BufferedRWPair", kwnames) < 0 || native_check_positional(t, "BufferedRWPair", nargs, 2, 3) < 0) return -1;
  if (nargs == 3 && number_as_i64(t, args[2]) == -1 && error_pending(t)) return -1;
  if (io_check_raw(t, args[0], "readable") < 0 || io_check_raw(t, args[1], "writable") < 0) return -1;
  Value size = nargs == 3 ? args[2] : v_from_smi(IO_BUFFER_SIZE);
  Value reader = object_call2(t, v_from_obj(&type_bufferedreader), args[0], size);
  if (v_is_null(reader)) return -1;
  v_set(t, &v_pair(self)->reader, reader);
  Value writer = object_call2(t, v_from_obj(&type_bufferedwriter), args[1], size);
  if (v_is_null(writer)) return -1;
  v_set(t, &v_pair(self)->writer, writer);
  return 0;
}

static Value half(Thread *t, Value v) { return v_is_null(v) ? raise_value_error(t, "I/O operation on uninitialized object") : v; }
static Value pair_forward(Thread *t, Value target, const char *method, const Value *args, size_t nargs) {
  if (v_is_null(half(t, target))) return V_NULL;
  Value name = str_intern_cstr(t, method), f = v_is_null(name) ? V_NULL : object_getattr(t, target, name);
  Value r = v_is_null(f) ? V_NULL : object_call(t, f, args, nargs, V_NULL);
  v_drop(t, f);
  v_drop(t, name);
  return r;
}
// What it is called with is the half's to judge.
#define PAIR(method, side) static NATIVE(pair_##method) { return pair_forward(t, v_pair(self)->side, #method, args, nargs); }
#define FORWARDED(method) {#method "($self, /, *args)", pair_##method, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS}
PAIR(read, reader)
PAIR(read1, reader)
PAIR(peek, reader)
PAIR(readinto, reader)
PAIR(readinto1, reader)
PAIR(readable, reader)
PAIR(write, writer)
PAIR(flush, writer)
PAIR(writable, writer)

static NATIVE(pair_close) {
  Value r = io_call0(t, v_pair(self)->writer, "close");
  Value error = v_is_null(r) ? error_fetch(t) : V_NULL;
  v_drop(t, r);
  r = io_call0(t, v_pair(self)->reader, "close");
  if (v_is_null(error)) return r;
  error_chain(t, error);
  v_drop(t, r);
  return V_NULL;
}
static NATIVE(pair_isatty) {
  int r = io_flag(t, v_pair(self)->writer, "isatty");
  if (r == 0) r = io_flag(t, v_pair(self)->reader, "isatty");
  return r < 0 ? V_NULL : v_from_bool(r);
}
static Value pair_get_closed(Thread *t, Value self, UNUSED_OK void *closure) {
  if (v_is_null(v_pair(self)->writer)) return raise_error(t, &exc_RuntimeError, "the BufferedRWPair object is being garbage-collected");
  return object_getattr(t, v_pair(self)->writer, N(closed));
}
static void pair_clear(Thread *t, Object *o) {
  v_clear(t, &((RwPair *)o)->reader);
  v_clear(t, &((RwPair *)o)->writer);
  io_base_clear(t, o);
}
static void pair_dealloc(Thread *t, Object *o) {
  pair_clear(t, o);
  heap_free_object(t, o);
}
static void pair_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((RwPair *)o)->reader, visit, arg);
  gc_visit_value(((RwPair *)o)->writer, visit, arg);
  io_base_traverse(o, visit, arg);
}
static const NativeDef pair_methods[] = {
    FORWARDED(read), FORWARDED(read1), FORWARDED(peek), FORWARDED(readinto), FORWARDED(readinto1), FORWARDED(write),
    {"readable($self, /)", pair_readable, NULL, 0}, {"flush($self, /)", pair_flush, NULL, 0},
    {"writable($self, /)", pair_writable, NULL, 0}, {"close($self, /)", pair_close, NULL, 0}, {"isatty($self, /)", pair_isatty, NULL, 0}, {0}};
static const GetSetDef pair_getset[] = {{"closed", pair_get_closed, NULL, NULL, NULL}, {0}};
Type type_bufferedrwpair;
static const TypeSpec spec_pair = {.name = "_io.BufferedRWPair", .base = &type_bufferediobase, .size = sizeof(RwPair),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER, .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = module_empty_new, .init = pair_init, .dealloc = pair_dealloc, .traverse = pair_traverse, .clear = pair_clear},
    .methods = pair_methods, .getset = pair_getset, .doc = "Joins a reader and a writer to one stream."};

bool rwpair_init(Thread *t) { return type_ready(t, &type_bufferedrwpair, &spec_pair, 0); }
