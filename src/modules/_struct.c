// The module _struct: the type Struct, its iterator, and functions that find the Struct of a format in a cache.
//
// Locking: a Struct's layout is published once it is whole; calling __init__ again puts a new one in front of it under the object's lock, and
// the old ones live as long as the object, for another thread may be in the middle of using one. A buffer is read and written under the lock of
// the object that exports it, which keeps a bytearray's own methods out. The cache is a dict.
#include "gc/heap.h"
#include "modules/module_help.h"
#include "modules/struct_layout.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"
#include "threading/critical.h"

typedef struct Struct {
  Object ob;
  aptr layout;             // StructLayout *; NULL before __init__
} Struct;

// Locking: `at` changes under the iterator's lock.
typedef struct UnpackIterator {
  Object ob;
  Value source;            // the Struct, owned
  const StructLayout *layout;
  BufferView view;         // released at the end
  int64_t at;
  bool open;
} UnpackIterator;

static Type type_struct, type_unpack_iterator;
static Value struct_cache;             // dict: format -> Struct; made when the module is first imported
enum { CACHE_MAX = 100, SMALL = 512 };

static Struct *v_struct(Value v) { return (Struct *)v_obj(v); }

// A Struct that was never initialised packs -1 items, as nobody can.
static const StructLayout *layout_of(Value v) {
  static const StructLayout none = {.size = -1, .count = -1};
  const StructLayout *layout = aptr_load_acq(&v_struct(v)->layout);
  return layout ? layout : &none;
}

// --- Packing ----------------------------------------------------------------------------------------------------------------------

static Value struct_pack_bytes(Thread *t, Value s, const Value *values, size_t n) {
  const StructLayout *layout = layout_of(s);
  if ((int64_t)n != layout->count) return module_raise(t, struct_error, "pack expected %lld items for packing (got %zu)", (long long)layout->count, n);
  Value result = bytes_new(t, layout->size);
  if (v_is_null(result)) return V_NULL;
  memset(v_bytes(result)->data, 0, (size_t)layout->size);
  if (struct_pack(t, layout, v_bytes(result)->data, values) == 0) return result;
  v_drop(t, result);
  return V_NULL;
}

// Checks that `size` bytes at *offset are there; a negative offset counts from the end.
static int place(Thread *t, const char *function, bool packing, int64_t size, int64_t length, int64_t *offset) {
  int64_t at = *offset;
  const char *what = packing ? "packing" : "unpacking";
  if (at < 0) {
    if (at + size > 0) {
      module_raise(t, struct_error, packing ? "no space to pack %lld bytes at offset %lld" : "not enough data to unpack %lld bytes at offset %lld", (long long)size,
                   (long long)at);
      return -1;
    }
    if (at + length < 0) {
      module_raise(t, struct_error, "offset %lld out of range for %lld-byte buffer", (long long)at, (long long)length);
      return -1;
    }
    at += length;
  }
  if (length - at < size) {
    module_raise(t, struct_error, "%s requires a buffer of at least %llu bytes for %s %lld bytes at offset %lld (actual buffer size is %lld)", function,
                 (unsigned long long)size + (unsigned long long)at, what, (long long)size, (long long)at, (long long)length);
    return -1;
  }
  *offset = at;
  return 0;
}

// The values are packed elsewhere first: they may run Python code, which may look at the buffer.
static int pack_and_copy(Thread *t, const StructLayout *layout, const BufferView *view, int64_t offset, const Value *values) {
  char small[SMALL], *p = layout->size > SMALL ? heap_alloc(t, (size_t)layout->size) : small;
  if (!p) {
    raise_no_memory(t);
    return -1;
  }
  memset(p, 0, (size_t)layout->size);
  int status = struct_pack(t, layout, p, values);
  CRITICAL_BEGIN(t, v_obj(view->obj));
  memcpy((char *)view->data + offset, p, (size_t)layout->size);
  CRITICAL_END(t);
  if (p != small) heap_free(t, p);
  return status;
}

static Value struct_pack_into(Thread *t, Value s, const Value *args, size_t n) {
  const StructLayout *layout = layout_of(s);
  if ((int64_t)n - 2 != layout->count) {
    if (n == 0) return module_raise(t, struct_error, "pack_into expected buffer argument");
    if (n == 1) return module_raise(t, struct_error, "pack_into expected offset argument");
    return module_raise(t, struct_error, "pack_into expected %lld items for packing (got %zu)", (long long)layout->count, n - 2);
  }
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_WRITABLE) < 0) {
    error_clear(t);
    return raise_type_error(t, "argument must be read-write bytes-like object, not %K", args[0]);
  }
  int64_t offset;
  int status = module_index(t, args[1], &exc_IndexError, &offset);
  if (status == 0) status = place(t, "pack_into", true, layout->size, view.len, &offset);
  if (status == 0) status = pack_and_copy(t, layout, &view, offset, args + 2);
  buffer_release(t, &view);
  return status < 0 ? V_NULL : V_NONE;
}

// --- Unpacking --------------------------------------------------------------------------------------------------------------------

static Value unpack_at(Thread *t, const StructLayout *layout, const BufferView *view, int64_t offset) {
  Value result;
  CRITICAL_BEGIN(t, v_obj(view->obj));
  result = struct_unpack(t, layout, (const char *)view->data + offset);
  CRITICAL_END(t);
  return result;
}

static Value struct_unpack_whole(Thread *t, Value s, Value data) {
  const StructLayout *layout = layout_of(s);
  BufferView view;
  if (v_is_bytes(data) && v_bytes(data)->length == layout->size) return struct_unpack(t, layout, v_bytes(data)->data);
  if (buffer_get(t, data, &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value result = view.len == layout->size ? unpack_at(t, layout, &view, 0)
                                          : module_raise(t, struct_error, "unpack requires a buffer of %lld bytes", (long long)layout->size);
  buffer_release(t, &view);
  return result;
}

static Value struct_unpack_from(Thread *t, Value s, Value data, Value start) {
  const StructLayout *layout = layout_of(s);
  BufferView view;
  int64_t offset = 0;
  if (buffer_get(t, data, &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value result = V_NULL;
  if ((v_is_absent(start) || module_index(t, start, &exc_OverflowError, &offset) == 0) &&
      place(t, "unpack_from", false, layout->size, view.len, &offset) == 0) {
    result = layout->count < 0 ? raise_system_error(t, "Objects/tupleobject.c:36: bad argument to internal function") : unpack_at(t, layout, &view, offset);
  }
  buffer_release(t, &view);
  return result;
}

static Value struct_iter_unpack(Thread *t, Value s, Value data) {
  const StructLayout *layout = layout_of(s);
  if (layout->size == 0) return module_raise(t, struct_error, "cannot iteratively unpack with a struct of length 0");
  Value v = type_generic_alloc(t, &type_unpack_iterator, 0);
  if (v_is_null(v)) return V_NULL;
  UnpackIterator *it = (UnpackIterator *)v_obj(v);
  if (buffer_get(t, data, &it->view, BUFFER_SIMPLE) == 0) {
    it->open = true;
    it->source = v_own(t, s);
    it->layout = layout;
    if (it->view.len % layout->size == 0) return v;
    module_raise(t, struct_error, "iterative unpacking requires a buffer of a multiple of %lld bytes", (long long)layout->size);
  }
  v_drop(t, v);
  return V_NULL;
}

static Value iterator_next(Thread *t, Value self) {
  UnpackIterator *it = (UnpackIterator *)v_obj(self);
  int64_t at = -1;
  CRITICAL_BEGIN(t, it);
  if (it->layout->size > 0 && it->at < it->view.len) {
    at = it->at;
    it->at += it->layout->size;
  }
  CRITICAL_END(t);
  return at < 0 ? V_NULL : unpack_at(t, it->layout, &it->view, at);
}

static NATIVE(iterator_length_hint) {
  UnpackIterator *it = (UnpackIterator *)v_obj(self);
  int64_t at;
  CRITICAL_BEGIN(t, it);
  at = it->at;
  CRITICAL_END(t);
  return v_from_smi((it->view.len - at) / it->layout->size);
}

static Value iterator_new(Thread *t, UNUSED_OK Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  return raise_type_error(t, "Cannot create 'unpack_iterator objects");
}

static void iterator_dealloc(Thread *t, Object *o) {
  UnpackIterator *it = (UnpackIterator *)o;
  v_drop(t, it->source);
  if (it->open) buffer_release(t, &it->view);
  heap_free_object(t, o);
}

static void iterator_traverse(Object *o, GcVisit visit, void *arg) {
  UnpackIterator *it = (UnpackIterator *)o;
  gc_visit_value(it->source, visit, arg);
  if (it->open) gc_visit_value(it->view.obj, visit, arg);
}

// --- Struct -----------------------------------------------------------------------------------------------------------------------

static int struct_set_format(Thread *t, Value self, Value format) {
  StructLayout *layout = struct_layout_new(t, format);
  if (!layout) return -1;
  Struct *s = v_struct(self);
  CRITICAL_BEGIN(t, s);
  layout->older = aptr_load_rlx(&s->layout);
  aptr_store_rel(&s->layout, layout);          // pairs with the acquire load in layout_of
  CRITICAL_END(t);
  return 0;
}

static int struct_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value format;
  if (native_bind(t, &binder, "Struct(format)", args, nargs, kwnames, &format) < 0) return -1;
  return struct_set_format(t, self, format);
}

static void struct_dealloc(Thread *t, Object *o) {
  struct_layout_free(t, aptr_load_rlx(&((Struct *)o)->layout));
  heap_free_object(t, o);
}

static Value struct_get_size(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(layout_of(self)->size); }
static Value struct_get_format(Thread *t, Value self, UNUSED_OK void *closure) {
  Value format = layout_of(self)->format;
  return v_is_null(format) ? v_own(t, str_empty) : v_own(t, format);
}

static NATIVE(method_pack) { return native_no_keywords(t, "Struct.pack", kwnames) < 0 ? V_NULL : struct_pack_bytes(t, self, args, nargs); }
static NATIVE(method_pack_into) { return native_no_keywords(t, "Struct.pack_into", kwnames) < 0 ? V_NULL : struct_pack_into(t, self, args, nargs); }
static NATIVE(method_unpack) { return struct_unpack_whole(t, self, args[0]); }
static NATIVE(method_unpack_from) { return struct_unpack_from(t, self, args[0], args[1]); }
static NATIVE(method_iter_unpack) { return struct_iter_unpack(t, self, args[0]); }
static NATIVE(method_sizeof) {
  int64_t size = (int64_t)sizeof(Struct);
  for (const StructLayout *layout = aptr_load_acq(&v_struct(self)->layout); layout; layout = layout->older)
    size += (int64_t)sizeof *layout + layout->field_count * (int64_t)sizeof layout->fields[0];
  return v_from_smi(size);
}

static const NativeDef struct_methods[] = {
    {"pack($self, ...)", method_pack, "Bytes that hold the values, packed as the format says.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"pack_into($self, ...)", method_pack_into, "Packs the values into a writable buffer at an offset.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"unpack($self, buffer, /)", method_unpack, "A tuple of the values that a buffer of exactly the struct's size holds.", 0},
    {"unpack_from($self, /, buffer, offset=0)", method_unpack_from, "A tuple of the values that a buffer holds at an offset.", 0},
    {"iter_unpack($self, buffer, /)", method_iter_unpack, "An iterator of tuples over a buffer that holds struct after struct.", 0},
    {"__sizeof__($self, /)", method_sizeof, "Size in memory, in bytes.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef struct_getset[] = {
    {"format", struct_get_format, NULL, "The format it was made from.", NULL},
    {"size", struct_get_size, NULL, "Bytes of the packed values.", NULL},
    {0},
};
static const TypeSpec spec_struct = {
    .name = "_struct.Struct",
    .size = sizeof(Struct),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,
    .slots = {.new = module_empty_new, .init = struct_init, .dealloc = struct_dealloc},
    .methods = struct_methods,
    .getset = struct_getset,
    .doc = "A format that has been read already, to pack and unpack with.",
};

static const NativeDef iterator_methods[] = {{"__length_hint__($self, /)", iterator_length_hint, NULL, NATIVE_NO_SIGNATURE}, {0}};
static const TypeSpec spec_unpack_iterator = {
    .name = "_struct.unpack_iterator",
    .size = sizeof(UnpackIterator),
    .slots = {.new = iterator_new, .iter = container_self, .iternext = iterator_next, .dealloc = iterator_dealloc, .traverse = iterator_traverse},
    .methods = iterator_methods,
};

// --- Functions that take a format -------------------------------------------------------------------------------------------------

// The Struct of a format, owned.
static Value cached_struct(Thread *t, Value format) {
  Dict *cache = v_dict(struct_cache);
  Value s;
  int found = dict_get(t, cache, format, &s);
  if (found) return s;
  s = type_generic_alloc(t, &type_struct, 0);
  if (v_is_null(s)) return V_NULL;
  if (dict_length(cache) >= CACHE_MAX) dict_clear(t, cache);
  if (struct_set_format(t, s, format) == 0 && dict_set(t, cache, format, s) == 0) return s;
  v_drop(t, s);
  return V_NULL;
}

static NATIVE(module_calcsize) {
  Value s = cached_struct(t, args[0]);
  if (v_is_null(s)) return V_NULL;
  Value size = v_from_smi(layout_of(s)->size);
  v_drop(t, s);
  return size;
}

static Value format_call(Thread *t, const char *name, const Value *args, size_t nargs, Value kwnames, Value (*call)(Thread *t, Value s, const Value *args, size_t n)) {
  if (native_no_keywords(t, name, kwnames) < 0) return V_NULL;
  if (nargs == 0) return raise_type_error(t, "missing format argument");
  Value s = cached_struct(t, args[0]);
  if (v_is_null(s)) return V_NULL;
  Value result = call(t, s, args + 1, nargs - 1);
  v_drop(t, s);
  return result;
}
static NATIVE(module_pack) { return format_call(t, "_struct.pack", args, nargs, kwnames, struct_pack_bytes); }
static NATIVE(module_pack_into) { return format_call(t, "_struct.pack_into", args, nargs, kwnames, struct_pack_into); }

#define WITH_FORMAT(NAME, CALL)           \
  static NATIVE(module_##NAME) {          \
    Value s = cached_struct(t, args[0]);  \
    if (v_is_null(s)) return V_NULL;      \
    Value result = CALL;                  \
    v_drop(t, s);                         \
    return result;                        \
  }
WITH_FORMAT(unpack, struct_unpack_whole(t, s, args[1]))
WITH_FORMAT(unpack_from, struct_unpack_from(t, s, args[1], args[2]))
WITH_FORMAT(iter_unpack, struct_iter_unpack(t, s, args[1]))

static NATIVE(module_clearcache) {
  dict_clear(t, v_dict(struct_cache));
  return V_NONE;
}

static const NativeDef functions[] = {
    {"_clearcache($module, /)", module_clearcache, "Forget the formats compiled so far.", 0},
    {"calcsize($module, format, /)", module_calcsize, "Size in bytes of what a format describes.", 0},
    {"iter_unpack($module, format, buffer, /)", module_iter_unpack, "As Struct(format).iter_unpack.", 0},
    {"pack($module, ...)", module_pack, "As Struct(format).pack.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"pack_into($module, ...)", module_pack_into, "As Struct(format).pack_into.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"unpack($module, format, buffer, /)", module_unpack, "As Struct(format).unpack.", 0},
    {"unpack_from($module, format, /, buffer, offset=0)", module_unpack_from, "As Struct(format).unpack_from.", 0},
    {0},
};

static int struct_exec(Thread *t, Value m) {
  if (!type_ready(t, &type_struct, &spec_struct, 0) || !type_ready(t, &type_unpack_iterator, &spec_unpack_iterator, 0)) return -1;
  if (v_is_null(struct_cache)) struct_cache = dict_new(t);
  if (v_is_null(struct_cache)) return -1;
  if (module_add_exception(t, m, &struct_error, "struct", "error", &exc_Exception, NULL) < 0) return -1;
  return module_add_type(t, m, &type_struct);
}

const ModuleDef module__struct = {
    .name = "_struct",
    .doc = "Values as packed bytes, and back.\n\nA format begins with the byte order: '@' native (the default, with the machine's sizes and alignment), '=' native with\n"
           "standard sizes, '<' little-endian, '>' or '!' big-endian. Then come fields: a letter, after a repeat count if need be: x pad, c char,\n"
           "b B 1-byte int, ? bool, h H 2-byte int, i I l L 4-byte int, q Q 8-byte int, n N ssize_t, P pointer, e f d float, s bytes, p Pascal string.",
    .functions = functions,
    .exec = struct_exec,
};
