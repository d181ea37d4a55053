// The type memoryview: a window on another object's memory, with formats, several dimensions, slices and casts. memoryview_impl.h tells where what is.
//
// Views of views share one ManagedBuffer. A view may be released explicitly, unless buffers have been taken from it; operations that take
// long, or that run Python code, pin it meanwhile, and short ones hold its lock.

#include <stdlib.h>

#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/memoryview.h"
#include "objects/memoryview_impl.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_memoryview;

static Value memoryview_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  static aptr binder;
  Value in[1];
  if (native_bind(t, &binder, "memoryview(object)", args, nargs, kwnames, in) < 0) return V_NULL;
  return memoryview_from(t, in[0]);
}

static NATIVE(memoryview_release) { return memoryview_give_back(t, v_memoryview(self)) < 0 ? V_NULL : V_NONE; }
static NATIVE(memoryview_exit) { return memoryview_give_back(t, v_memoryview(self)) < 0 ? V_NULL : V_NONE; }
static NATIVE(memoryview_enter) {
  if (!memoryview_pin(t, v_memoryview(self))) return V_NULL;
  memoryview_unpin(t, v_memoryview(self));
  return v_own(t, self);
}

// --- Other slots ------------------------------------------------------------------------------------------------------------------

static Value memoryview_repr(Thread *t, Value self) {
  MemoryView *m = v_memoryview(self);
  bool released;
  CRITICAL_BEGIN(t, m);
  released = m->released;
  CRITICAL_END(t);
  return str_from_format(t, released ? "<released memory at %p>" : "<memory at %p>", (void *)m);
}

// The contents as bytes; m is pinned.
static Value contents(Thread *t, const MemoryView *m, char order) {
  Value v = bytes_new(t, m->len);
  if (!v_is_null(v) && m->len) items_copy_out(v_bytes(v)->data, m->data, m->ndim, m->shape, m->strides, m->suboffsets, m->itemsize, order);
  return v;
}

static int64_t hash_pinned(Thread *t, MemoryView *m) {
  int64_t h = (int64_t)a64_load_rlx(&m->hash);
  if (h) return h;
  int size;
  char letter = item_format(m->format, &size);
  if (!m->readonly || !(letter == 'B' || letter == 'b' || letter == 'c')) {
    raise_value_error(t, m->readonly ? "memoryview: hashing is restricted to formats 'B', 'b' or 'c'" : "cannot hash writable memoryview object");
    return -1;
  }
  if (object_hash(t, ((ManagedBuffer *)v_obj(m->managed))->master.obj) == -1) return -1;
  Value bytes = contents(t, m, 'C');
  if (v_is_null(bytes)) return -1;
  h = bytes_hash(v_bytes(bytes));
  v_drop(t, bytes);
  a64_store_rlx(&m->hash, (uint64_t)h);
  return h;
}

static int64_t memoryview_hash(Thread *t, Value self) {
  MemoryView *m = v_memoryview(self);
  int64_t cached = (int64_t)a64_load_rlx(&m->hash);
  if (cached) return cached;
  if (!memoryview_pin(t, m)) return -1;
  int64_t h = hash_pinned(t, m);
  memoryview_unpin(t, m);
  return h;
}

static Value memoryview_richcompare(Thread *t, Value a, Value b, int op) {
  if (op != CMP_EQ && op != CMP_NE) return V_NOT_IMPLEMENTED;
  if (!v_is_exact(a, SHAPE_MEMORYVIEW) || !buffer_is_supported(b)) return V_NOT_IMPLEMENTED;
  BufferView x, y;
  int equal = v_is(a, b);
  if (memoryview_getbuffer(t, a, &x, BUFFER_FULL_RO) < 0) {
    error_clear(t);  // a released view equals itself only
    return v_from_bool(equal == (op == CMP_EQ));
  }
  if (buffer_get(t, b, &y, BUFFER_FULL_RO) < 0) {
    error_clear(t);
    buffer_release(t, &x);
    return v_is_exact(b, SHAPE_MEMORYVIEW) ? v_from_bool(equal == (op == CMP_EQ)) : V_NOT_IMPLEMENTED;
  }
  equal = items_equal(t, &x, &y);
  buffer_release(t, &x);
  buffer_release(t, &y);
  return equal < 0 ? V_NULL : v_from_bool(equal == (op == CMP_EQ));
}

// --- Methods ----------------------------------------------------------------------------------------------------------------------

static NATIVE(memoryview_tobytes) {
  char order = 'C';
  if (!v_is_absent_or_none(args[0])) {
    if (!v_is_str(args[0])) return raise_type_error(t, "tobytes() argument 'order' must be str or None, not %K", args[0]);
    const Str *s = v_str(args[0]);
    order = s->length == 1 ? (char)str_char(s, 0) : 0;
    if (order != 'C' && order != 'F' && order != 'A') return raise_value_error(t, "order must be 'C', 'F' or 'A'");
  }
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  if (order == 'A') order = memoryview_is_contiguous(m, 'F') && !memoryview_is_contiguous(m, 'C') ? 'F' : 'C';
  Value v = contents(t, m, order);
  memoryview_unpin(t, m);
  return v;
}

static NATIVE(memoryview_hex) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  Value bytes = contents(t, m, 'C'), text = V_NULL;
  memoryview_unpin(t, m);
  if (!v_is_null(bytes)) text = bytes_to_hex(t, (const uint8_t *)v_bytes(bytes)->data, v_bytes(bytes)->length, args[0], args[1]);
  v_drop(t, bytes);
  return text;
}

static Value list_of(Thread *t, const MemoryView *m, char *p, int dim) {
  if (dim == m->ndim) return item_unpack(t, p, m->format);
  Value list = list_new(t, m->shape[dim]);
  for (int64_t i = 0; !v_is_null(list) && i < m->shape[dim]; i++) {
    Value item = list_of(t, m, item_address(p, i, m->strides, m->suboffsets, dim), dim + 1);
    if (v_is_null(item) || list_append_steal(t, v_list(list), item) < 0) v_clear(t, &list);
  }
  return list;
}

static NATIVE(memoryview_tolist) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  int size;
  Value v = item_format(m->format, &size) ? list_of(t, m, m->data, 0)
                                          : raise_error(t, &exc_NotImplementedError, "memoryview: unsupported format %s", m->format);
  memoryview_unpin(t, m);
  return v;
}

static NATIVE(memoryview_toreadonly) {
  MemoryView *from = v_memoryview(self);
  if (!memoryview_pin(t, from)) return V_NULL;
  MemoryView *m = memoryview_copy(t, from);
  memoryview_unpin(t, from);
  if (!m) return V_NULL;
  m->readonly = true;
  return v_from_obj(m);
}

// --- Attributes -------------------------------------------------------------------------------------------------------------------

static Value numbers_tuple(Thread *t, const int64_t *numbers, int n) {
  Value tuple = tuple_new(t, n);
  for (int i = 0; !v_is_null(tuple) && i < n; i++) v_tuple(tuple)->items[i] = int_from_i64(t, numbers[i]);
  return tuple;
}

static Value read_obj(Thread *t, const MemoryView *m) {
  Value obj = ((ManagedBuffer *)v_obj(m->managed))->master.obj;
  return v_is_null(obj) ? V_NONE : v_own(t, obj);
}
static Value read_nbytes(Thread *t, const MemoryView *m) { return int_from_i64(t, m->len); }
static Value read_readonly(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(m->readonly); }
static Value read_itemsize(Thread *t, const MemoryView *m) { return int_from_i64(t, m->itemsize); }
static Value read_format(Thread *t, const MemoryView *m) { return str_from_cstr(t, m->format); }
static Value read_ndim(Thread *t, const MemoryView *m) { (void)t; return v_from_smi(m->ndim); }
static Value read_shape(Thread *t, const MemoryView *m) { return numbers_tuple(t, m->shape, m->ndim); }
static Value read_strides(Thread *t, const MemoryView *m) { return numbers_tuple(t, m->strides, m->ndim); }
static Value read_suboffsets(Thread *t, const MemoryView *m) { return numbers_tuple(t, m->suboffsets, m->suboffsets ? m->ndim : 0); }
static Value read_c_contiguous(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(memoryview_is_contiguous(m, 'C')); }
static Value read_f_contiguous(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(memoryview_is_contiguous(m, 'F')); }
static Value read_contiguous(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(memoryview_is_contiguous(m, 'C') || memoryview_is_contiguous(m, 'F')); }

typedef struct Reading { Value (*read)(Thread *t, const MemoryView *m); } Reading;
static Reading readings[] = {{read_obj}, {read_nbytes}, {read_readonly}, {read_itemsize}, {read_format}, {read_ndim}, {read_shape}, {read_strides},
                             {read_suboffsets}, {read_c_contiguous}, {read_f_contiguous}, {read_contiguous}};

static Value attribute_get(Thread *t, Value self, void *closure) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  Value v = ((Reading *)closure)->read(t, m);
  memoryview_unpin(t, m);
  return v;
}

static const GetSetDef memoryview_getset[] = {
  {"obj", attribute_get, NULL, "The object whose memory this is.", &readings[0]},
  {"nbytes", attribute_get, NULL, "Bytes that tobytes() would give.", &readings[1]},
  {"readonly", attribute_get, NULL, "Whether the memory may not be written.", &readings[2]},
  {"itemsize", attribute_get, NULL, "Bytes of an item.", &readings[3]},
  {"format", attribute_get, NULL, "The format of an item, as the struct module writes it.", &readings[4]},
  {"ndim", attribute_get, NULL, "The number of dimensions.", &readings[5]},
  {"shape", attribute_get, NULL, "Items in each dimension.", &readings[6]},
  {"strides", attribute_get, NULL, "Bytes from one item to the next in each dimension.", &readings[7]},
  {"suboffsets", attribute_get, NULL, "For arrays of pointers.", &readings[8]},
  {"c_contiguous", attribute_get, NULL, "Whether the memory has no gaps, last index fastest.", &readings[9]},
  {"f_contiguous", attribute_get, NULL, "Whether the memory has no gaps, first index fastest.", &readings[10]},
  {"contiguous", attribute_get, NULL, "Whether the memory has no gaps.", &readings[11]},
  {0},
};

static const NativeDef memoryview_methods[] = {
  {"release($self, /)", memoryview_release, "Gives the memory back.", 0},
  {"tobytes($self, /, order='C')", memoryview_tobytes, "A copy of the memory as bytes.", 0},
  {"hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", memoryview_hex, "The memory as hexadecimal digits.", 0},
  {"tolist($self, /)", memoryview_tolist, "The items as a list, of lists for several dimensions.", 0},
  {"cast($self, /, format, shape=<unrepresentable>)", memoryview_cast, "The same memory with another format or shape.", 0},
  {"toreadonly($self, /)", memoryview_toreadonly, "The same memory, not to be written.", 0},
  {"__enter__($self, /)", memoryview_enter, NULL, NATIVE_NO_SIGNATURE},
  {"__exit__($self, /, *args)", memoryview_exit, NULL, NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
  {0},
};

// --- The iterator -----------------------------------------------------------------------------------------------------------------

typedef struct MemoryIterator { Object ob; Value view; a64 index; } MemoryIterator;  // index -1: exhausted

static Value memoryview_iter(Thread *t, Value self) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  int ndim = m->ndim, size;
  bool known = item_format(m->format, &size);
  memoryview_unpin(t, m);
  if (ndim == 0) return raise_type_error(t, "invalid indexing of 0-dim memory");
  if (ndim != 1) return raise_error(t, &exc_NotImplementedError, "multi-dimensional sub-views are not implemented");
  if (!known) return raise_error(t, &exc_NotImplementedError, "memoryview: unsupported format %s", m->format);
  MemoryIterator *it = (MemoryIterator *)heap_new_object(t, SHAPE_MEMORYVIEW_ITERATOR, sizeof *it);
  if (!it) return raise_no_memory(t);
  it->view = v_own(t, self);
  return v_from_obj(it);
}

static Value memory_iterator_next(Thread *t, Value self) {
  MemoryIterator *it = (MemoryIterator *)v_obj(self);
  MemoryView *m = v_memoryview(it->view);
  int64_t i = (int64_t)a64_load_rlx(&it->index);
  if (i < 0) return V_NULL;
  if (i >= m->shape[0]) {
    a64_store_rlx(&it->index, (uint64_t)-1);
    return V_NULL;
  }
  a64_store_rlx(&it->index, (uint64_t)(i + 1));
  return memoryview_item(t, it->view, i);
}

static Value iterator_self(Thread *t, Value self) { return v_own(t, self); }

static void memory_iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((MemoryIterator *)o)->view);
  heap_free_object(t, o);
}

static void memory_iterator_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MemoryIterator *)o)->view, visit, arg); }

Type type_memory_iterator;

static const TypeSpec spec_memory_iterator = {
  .name = "memory_iterator", .size = sizeof(MemoryIterator), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
  .slots = {.iter = iterator_self, .iternext = memory_iterator_next, .dealloc = memory_iterator_dealloc, .traverse = memory_iterator_traverse},
};

static const TypeSpec spec_memoryview = {
  .name = "memoryview",
  .size = sizeof(MemoryView),
  .flags = TYPE_IMMUTABLE | TYPE_WEAKREF | TYPE_SEQUENCE,
  .slots = {
    .new = memoryview_make, .dealloc = memoryview_dealloc, .traverse = memoryview_traverse, .clear = memoryview_clear, .repr = memoryview_repr,
    .hash = memoryview_hash, .richcompare = memoryview_richcompare, .iter = memoryview_iter, .length = memoryview_length,
    .getitem = memoryview_getitem, .setitem = memoryview_setitem, .seq_item = memoryview_item, .getbuffer = memoryview_getbuffer,
    .releasebuffer = memoryview_releasebuffer,
  },
  .methods = memoryview_methods,
  .getset = memoryview_getset,
  .doc = "A view of an object's memory, without a copy.",
  .text_signature = "(object)",
};

bool memoryview_init(Thread *t) {
  return memoryview_managed_init(t) && type_ready(t, &type_memoryview, &spec_memoryview, SHAPE_MEMORYVIEW) &&
         type_ready(t, &type_memory_iterator, &spec_memory_iterator, SHAPE_MEMORYVIEW_ITERATOR);
}
