// The type memoryview: a window on another object's memory, with formats, several dimensions, slices and casts.
//
// Views of views share one ManagedBuffer. A view may be released explicitly, unless buffers have been taken from it; operations that take
// long, or that run Python code, pin it meanwhile, and short ones hold its lock.

#include <stdio.h>
#include <stdlib.h>

#include "objects/bytes_impl.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/memoryview.h"
#include "objects/memoryview_impl.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/critical.h"

Type type_memoryview;
static Type type_managedbuffer;

// --- Managed buffers --------------------------------------------------------------------------------------------------------------

static Value managed_new(Thread *t, Value exporter) {
  ManagedBuffer *mb = (ManagedBuffer *)heap_new_object(t, type_managedbuffer.shape, sizeof *mb);
  if (!mb) return raise_no_memory(t);
  mb->master.obj = V_NULL;
  if (buffer_get(t, exporter, &mb->master, BUFFER_FULL_RO) < 0) {
    v_drop(t, v_from_obj(mb));
    return V_NULL;
  }
  return v_from_obj(mb);
}

static void managed_dealloc(Thread *t, Object *o) {
  buffer_release(t, &((ManagedBuffer *)o)->master);
  heap_free_object(t, o);
}

static void managed_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((ManagedBuffer *)o)->master.obj, visit, arg); }

static void managed_count(Thread *t, ManagedBuffer *mb, int64_t change) {
  bool last;
  CRITICAL_BEGIN(t, mb);
  mb->views += change;
  last = mb->views == 0;
  CRITICAL_END(t);
  if (last) buffer_release(t, &mb->master);
}

// --- Making views -----------------------------------------------------------------------------------------------------------------

// A view with room for ndim dimensions, counted in the managed buffer; geometry to be filled in.
static MemoryView *view_new(Thread *t, Value managed, int ndim) {
  if (ndim > MEMORYVIEW_MAX_NDIM) {
    raise_value_error(t, "memoryview: number of dimensions must not exceed %d", MEMORYVIEW_MAX_NDIM);
    return NULL;
  }
  MemoryView *m = (MemoryView *)heap_new_object(t, SHAPE_MEMORYVIEW, sizeof *m);
  if (!m) {
    raise_no_memory(t);
    return NULL;
  }
  m->released = true;  // until it is complete
  if (ndim) {
    m->dims = heap_alloc(t, (size_t)ndim * 3 * sizeof(int64_t));
    if (!m->dims) {
      v_drop(t, v_from_obj(m));
      raise_no_memory(t);
      return NULL;
    }
  }
  m->ndim = ndim;
  m->shape = m->dims;
  m->strides = m->dims + ndim;
  m->managed = v_own(t, managed);
  managed_count(t, (ManagedBuffer *)v_obj(managed), 1);
  m->released = false;
  return m;
}

static void set_suboffsets(MemoryView *m, const int64_t *suboffsets) {
  if (!suboffsets || !m->ndim) return;
  m->suboffsets = m->dims + 2 * m->ndim;
  memcpy(m->suboffsets, suboffsets, (size_t)m->ndim * sizeof(int64_t));
}

static void set_c_strides(MemoryView *m) {
  int64_t step = m->itemsize;
  for (int i = m->ndim - 1; i >= 0; i--) {
    m->strides[i] = step;
    step *= m->shape[i];
  }
}

static Value view_of_master(Thread *t, Value managed) {
  const BufferView *b = &((ManagedBuffer *)v_obj(managed))->master;
  MemoryView *m = view_new(t, managed, b->ndim);
  if (!m) return V_NULL;
  m->data = b->data;
  m->len = b->len;
  m->itemsize = b->itemsize;
  m->readonly = b->readonly;
  m->format = b->format ? b->format : "B";
  if (m->ndim) {
    if (b->shape) memcpy(m->shape, b->shape, (size_t)m->ndim * sizeof(int64_t));
    else m->shape[0] = b->itemsize ? b->len / b->itemsize : 0;
    if (b->strides) memcpy(m->strides, b->strides, (size_t)m->ndim * sizeof(int64_t));
    else set_c_strides(m);
    set_suboffsets(m, b->suboffsets);
  }
  return v_from_obj(m);
}

// The same window again. from is pinned.
static MemoryView *view_copy(Thread *t, const MemoryView *from) {
  MemoryView *m = view_new(t, from->managed, from->ndim);
  if (!m) return NULL;
  m->data = from->data;
  m->len = from->len;
  m->itemsize = from->itemsize;
  m->readonly = from->readonly;
  m->format = from->format;
  if (m->ndim) {
    memcpy(m->shape, from->shape, (size_t)m->ndim * sizeof(int64_t));
    memcpy(m->strides, from->strides, (size_t)m->ndim * sizeof(int64_t));
    set_suboffsets(m, from->suboffsets);
  }
  return m;
}

Value memoryview_from(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_MEMORYVIEW)) {
    MemoryView *from = v_memoryview(v);
    if (!memoryview_pin(t, from)) return V_NULL;
    MemoryView *m = view_copy(t, from);
    memoryview_unpin(t, from);
    return m ? v_from_obj(m) : V_NULL;
  }
  if (!buffer_is_supported(v)) return raise_type_error(t, "memoryview: a bytes-like object is required, not '%T'", v);
  Value managed = managed_new(t, v);
  if (v_is_null(managed)) return managed;
  Value view = view_of_master(t, managed);
  v_drop(t, managed);
  return view;
}

Value memoryview_flat(Thread *t, Value exporter) {
  Value view = memoryview_from(t, exporter);
  if (v_is_null(view)) return V_NULL;
  MemoryView *m = v_memoryview(view);
  if (m->suboffsets || !(geometry_is_contiguous(m->ndim, m->shape, m->strides, NULL, m->itemsize, 'C') ||
                         geometry_is_contiguous(m->ndim, m->shape, m->strides, NULL, m->itemsize, 'F'))) {
    v_drop(t, view);
    return raise_error(t, &exc_BufferError, "cannot extract raw buffer from non-contiguous buffer");
  }
  MemoryView *flat = view_new(t, m->managed, 1);
  if (flat) {
    flat->data = m->data;
    flat->len = flat->shape[0] = m->len;
    flat->itemsize = flat->strides[0] = 1;
    flat->readonly = m->readonly;
    flat->format = "B";
  }
  v_drop(t, view);
  return flat ? v_from_obj(flat) : V_NULL;
}

static Value memoryview_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  static aptr binder;
  Value in[1];
  if (native_bind(t, &binder, "memoryview(object)", args, nargs, kwnames, in) < 0) return V_NULL;
  return memoryview_from(t, in[0]);
}

// --- Life -------------------------------------------------------------------------------------------------------------------------

Value memoryview_raise_released(Thread *t) { return raise_value_error(t, "operation forbidden on released memoryview object"); }

bool memoryview_pin(Thread *t, MemoryView *m) {
  bool released;
  CRITICAL_BEGIN(t, m);
  released = m->released;
  if (!released) m->exports++;
  CRITICAL_END(t);
  if (released) memoryview_raise_released(t);
  return !released;
}

void memoryview_unpin(Thread *t, MemoryView *m) {
  CRITICAL_BEGIN(t, m);
  m->exports--;
  CRITICAL_END(t);
}

static int view_release(Thread *t, MemoryView *m) {
  int64_t exports;
  bool mine = false;
  CRITICAL_BEGIN(t, m);
  exports = m->exports;
  if (exports == 0 && !m->released) m->released = mine = true;
  CRITICAL_END(t);
  if (mine) managed_count(t, (ManagedBuffer *)v_obj(m->managed), -1);
  if (exports == 0) return 0;
  raise_error(t, &exc_BufferError, "memoryview has %lld exported buffer%s", (long long)exports, exports == 1 ? "" : "s");
  return -1;
}

static void memoryview_dealloc(Thread *t, Object *o) {
  MemoryView *m = (MemoryView *)o;
  if (!m->released) managed_count(t, (ManagedBuffer *)v_obj(m->managed), -1);
  v_drop(t, m->managed);
  if (m->dims) heap_free(t, m->dims);
  heap_free_object(t, o);
}

static void memoryview_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MemoryView *)o)->managed, visit, arg); }

static void memoryview_clear(Thread *t, Object *o) {
  Value exc = error_fetch(t);
  if (view_release(t, (MemoryView *)o) < 0) error_clear(t);
  if (!v_is_null(exc)) error_restore(t, exc);
}

static NATIVE(memoryview_release) { return view_release(t, v_memoryview(self)) < 0 ? V_NULL : V_NONE; }
static NATIVE(memoryview_exit) { return view_release(t, v_memoryview(self)) < 0 ? V_NULL : V_NONE; }
static NATIVE(memoryview_enter) {
  if (!memoryview_pin(t, v_memoryview(self))) return V_NULL;
  memoryview_unpin(t, v_memoryview(self));
  return v_own(t, self);
}

// --- Buffers of views -------------------------------------------------------------------------------------------------------------

// A view of one dimension without items counts as its stride says, unlike one of several.
static bool view_is_contiguous(const MemoryView *m, char order) {
  if (m->ndim == 1 && m->len == 0 && m->strides) return m->strides[0] == m->itemsize;
  return geometry_is_contiguous(m->ndim, m->shape, m->strides, m->suboffsets, m->itemsize, order);
}

static const char *getbuffer_refusal(const MemoryView *m, int flags) {
  if (flags & BUFFER_WRITABLE && m->readonly) return "memoryview: underlying buffer is not writable";
  if ((flags & BUFFER_STRIDES) != BUFFER_STRIDES && !view_is_contiguous(m, 'C')) return "memoryview: underlying buffer is not C-contiguous";
  if (!(flags & BUFFER_ND) && flags & BUFFER_FORMAT) return "memoryview: cannot cast to unsigned bytes if the format flag is present";
  return NULL;
}

static int memoryview_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
  MemoryView *m = v_memoryview(self);
  view->obj = V_NULL;
  if (!memoryview_pin(t, m)) return -1;  // the pin is the buffer's export
  const char *refusal = getbuffer_refusal(m, flags);
  if (refusal) {
    memoryview_unpin(t, m);
    raise_error(t, &exc_BufferError, "%s", refusal);
    return -1;
  }
  *view = (BufferView){
    .data = m->data, .len = m->len, .itemsize = m->itemsize, .readonly = m->readonly, .ndim = m->ndim,
    .format = flags & BUFFER_FORMAT ? m->format : NULL, .shape = m->shape, .strides = m->strides, .suboffsets = m->suboffsets, .obj = v_own(t, self),
  };
  if ((flags & BUFFER_STRIDES) != BUFFER_STRIDES) view->strides = NULL;
  if (!(flags & BUFFER_ND)) {
    view->ndim = 1;
    view->shape = NULL;
  }
  return 0;
}

static void memoryview_releasebuffer(Thread *t, Value self, BufferView *view) {
  (void)view;
  memoryview_unpin(t, v_memoryview(self));
}

// --- Indexing ---------------------------------------------------------------------------------------------------------------------

typedef enum { AT_OK, AT_RELEASED, AT_NO_DIMENSION, AT_SUBVIEW, AT_RANGE } AtResult;

static int at_raise(Thread *t, AtResult r, const char *subview) {
  switch (r) {
    case AT_OK: return 0;
    case AT_RELEASED: memoryview_raise_released(t); break;
    case AT_NO_DIMENSION: raise_type_error(t, "invalid indexing of 0-dim memory"); break;
    case AT_SUBVIEW: raise_error(t, &exc_NotImplementedError, "%s", subview); break;
    case AT_RANGE: raise_error(t, &exc_IndexError, "index out of bounds on dimension 1"); break;
  }
  return -1;
}

static AtResult find_item_locked(const MemoryView *m, int64_t i, char **p) {
  if (m->released) return AT_RELEASED;
  if (m->ndim == 0) return AT_NO_DIMENSION;
  if (m->ndim != 1) return AT_SUBVIEW;
  if (i < 0) i += m->shape[0];
  if (i < 0 || i >= m->shape[0]) return AT_RANGE;
  *p = item_address(m->data, i, m->strides, m->suboffsets, 0);
  return AT_OK;
}

static Value memoryview_item(Thread *t, Value self, int64_t i) {
  MemoryView *m = v_memoryview(self);
  Value v = V_NULL;
  AtResult r;
  char *p;
  CRITICAL_BEGIN(t, m);
  r = find_item_locked(m, i, &p);
  if (r == AT_OK) v = item_unpack(t, p, m->format);
  CRITICAL_END(t);
  return at_raise(t, r, "multi-dimensional sub-views are not implemented") < 0 ? V_NULL : v;
}

// The address an all-integer tuple stands for; NULL with an exception. m is pinned.
static char *find_multi(Thread *t, const MemoryView *m, const Tuple *key) {
  if (key->length < m->ndim) {
    raise_error(t, &exc_NotImplementedError, "sub-views are not implemented");
    return NULL;
  }
  if (key->length > m->ndim) {
    raise_type_error(t, "cannot index %d-dimension view with %lld-element tuple", m->ndim, (long long)key->length);
    return NULL;
  }
  char *p = m->data;
  for (int dim = 0; dim < m->ndim; dim++) {
    int64_t i;
    if (subscript_index(t, key->items[dim], &i) < 0) return NULL;
    if (i < 0) i += m->shape[dim];
    if (i < 0 || i >= m->shape[dim]) {
      raise_error(t, &exc_IndexError, "index out of bounds on dimension %d", dim + 1);
      return NULL;
    }
    p = item_address(p, i, m->strides, m->suboffsets, dim);
  }
  return p;
}

typedef enum { KEY_OTHER, KEY_INDEX, KEY_SLICE, KEY_INDEXES, KEY_SLICES, KEY_EMPTY, KEY_ELLIPSIS } KeyKind;

static KeyKind key_kind(Value key) {
  if (v_is_smi(key) || number_is_index(key)) return KEY_INDEX;
  if (v_is_slice(key)) return KEY_SLICE;
  if (v_is(key, V_ELLIPSIS)) return KEY_ELLIPSIS;
  if (!v_is_tuple(key)) return KEY_OTHER;
  const Tuple *tuple = v_tuple(key);
  if (tuple->length == 0) return KEY_EMPTY;
  bool indexes = true, slices = true;
  for (int64_t i = 0; i < tuple->length; i++) {
    indexes &= v_is_smi(tuple->items[i]) || number_is_index(tuple->items[i]);
    slices &= v_is_slice(tuple->items[i]);
  }
  return indexes ? KEY_INDEXES : slices ? KEY_SLICES : KEY_OTHER;
}

static int64_t shape_product(const MemoryView *m) {
  int64_t n = 1;
  for (int i = 0; i < m->ndim; i++) n *= m->shape[i];
  return n;
}

// Cuts the first dimension. m is new and has no other user.
static int cut_first(Thread *t, MemoryView *m, Value key) {
  int64_t start, stop, step;
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return -1;
  int64_t n = slice_adjust(m->shape[0], &start, &stop, step);
  if (!m->suboffsets || m->suboffsets[0] < 0) m->data += m->strides[0] * start;
  else m->suboffsets[0] += m->strides[0] * start;
  m->shape[0] = n;
  m->strides[0] *= step;
  m->len = shape_product(m) * m->itemsize;
  return 0;
}

static Value view_slice(Thread *t, const MemoryView *from, Value key) {
  MemoryView *m = view_copy(t, from);
  if (!m) return V_NULL;
  if (cut_first(t, m, key) == 0) return v_from_obj(m);
  v_drop(t, v_from_obj(m));
  return V_NULL;
}

static Value getitem_pinned(Thread *t, Value self, MemoryView *m, Value key) {
  KeyKind kind = key_kind(key);
  if (m->ndim == 0) {
    if (kind == KEY_EMPTY) return item_unpack(t, m->data, m->format);
    if (kind == KEY_ELLIPSIS) return v_own(t, self);
    return raise_type_error(t, "invalid indexing of 0-dim memory");
  }
  switch (kind) {
    case KEY_SLICE: return view_slice(t, m, key);
    case KEY_INDEXES: case KEY_EMPTY: {
      char *p = find_multi(t, m, v_tuple(key));
      return p ? item_unpack(t, p, m->format) : V_NULL;
    }
    case KEY_SLICES: return raise_error(t, &exc_NotImplementedError, "multi-dimensional slicing is not implemented");
    default: return raise_type_error(t, "memoryview: invalid slice key");
  }
}

static Value memoryview_getitem(Thread *t, Value self, Value key) {
  MemoryView *m = v_memoryview(self);
  int64_t i;
  if (likely(v_is_smi(key))) return memoryview_item(t, self, v_smi(key));
  if (m->ndim && number_is_index(key)) return subscript_index(t, key, &i) < 0 ? V_NULL : memoryview_item(t, self, i);
  if (!memoryview_pin(t, m)) return V_NULL;
  Value v = getitem_pinned(t, self, m, key);
  memoryview_unpin(t, m);
  return v;
}

static int store_item(Thread *t, MemoryView *m, int64_t i, Value value) {
  char packed[16];
  AtResult r;
  char *p;
  // The index is looked at before the value, whose conversion may run code that changes what is there.
  CRITICAL_BEGIN(t, m);
  r = find_item_locked(m, i, &p);
  CRITICAL_END(t);
  if (r == AT_OK && item_pack(t, packed, value, m->format) < 0) return -1;
  CRITICAL_BEGIN(t, m);
  if (r == AT_OK) r = find_item_locked(m, i, &p);
  if (r == AT_OK) memcpy(p, packed, (size_t)m->itemsize);
  CRITICAL_END(t);
  return at_raise(t, r, "sub-views are not implemented");
}

static bool same_structure(const MemoryView *to, const BufferView *from) {
  const char *a = to->format, *b = from->format ? from->format : "B";
  a += *a == '@';
  b += *b == '@';
  if (strcmp(a, b) != 0 || to->itemsize != from->itemsize || to->ndim != from->ndim) return false;
  for (int i = 0; i < to->ndim; i++) {
    int64_t n = from->shape ? from->shape[i] : from->len;
    if (to->shape[i] != n) return false;
    if (n == 0) break;
  }
  return true;
}

// One-dimensional copy; source and target may overlap.
static int copy_items(Thread *t, MemoryView *to, const BufferView *from) {
  if (!same_structure(to, from)) {
    raise_value_error(t, "memoryview assignment: lvalue and rvalue have different structures");
    return -1;
  }
  int64_t n = to->shape[0], size = to->itemsize;
  char *copy = n ? heap_alloc(t, (size_t)(n * size)) : NULL;
  if (n && !copy) {
    raise_no_memory(t);
    return -1;
  }
  for (int64_t i = 0; i < n; i++) memcpy(copy + i * size, item_address(from->data, i, from->strides, from->suboffsets, 0), (size_t)size);
  for (int64_t i = 0; i < n; i++) memcpy(item_address(to->data, i, to->strides, to->suboffsets, 0), copy + i * size, (size_t)size);
  if (copy) heap_free(t, copy);
  return 0;
}

static int store_slice(Thread *t, MemoryView *m, Value key, Value value) {
  BufferView from;
  if (buffer_get(t, value, &from, BUFFER_FULL_RO) < 0) return -1;
  Value target = view_slice(t, m, key);
  int status = v_is_null(target) ? -1 : copy_items(t, v_memoryview(target), &from);
  v_drop(t, target);
  buffer_release(t, &from);
  return status;
}

static int store_at(Thread *t, const MemoryView *m, char *p, Value value) {
  char packed[16];
  if (item_pack(t, packed, value, m->format) < 0) return -1;
  memcpy(p, packed, (size_t)m->itemsize);
  return 0;
}

static int setitem_pinned(Thread *t, MemoryView *m, Value key, Value value) {
  KeyKind kind = key_kind(key);
  if (m->ndim == 0) {
    if (kind == KEY_EMPTY || kind == KEY_ELLIPSIS) return store_at(t, m, m->data, value);
    raise_type_error(t, "invalid indexing of 0-dim memory");
    return -1;
  }
  int64_t i;
  switch (kind) {
    case KEY_INDEX: return subscript_index(t, key, &i) < 0 ? -1 : store_item(t, m, i, value);
    case KEY_SLICE:
      if (m->ndim == 1) return store_slice(t, m, key, value);
      raise_error(t, &exc_NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
      return -1;
    case KEY_INDEXES: case KEY_EMPTY: {
      char *p = find_multi(t, m, v_tuple(key));
      return p ? store_at(t, m, p, value) : -1;
    }
    case KEY_SLICES:
      raise_error(t, &exc_NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1");
      return -1;
    default: raise_type_error(t, "memoryview: invalid slice key"); return -1;
  }
}

static int memoryview_setitem(Thread *t, Value self, Value key, Value value) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return -1;
  int status = -1;
  int size;
  if (!item_format(m->format, &size)) raise_error(t, &exc_NotImplementedError, "memoryview: unsupported format %s", m->format);
  else if (m->readonly) raise_type_error(t, "cannot modify read-only memory");
  else if (v_is_null(value)) raise_type_error(t, "cannot delete memory");
  else status = setitem_pinned(t, m, key, value);
  memoryview_unpin(t, m);
  return status;
}

static int64_t memoryview_length(Thread *t, Value self) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return -1;
  int64_t n = m->ndim ? m->shape[0] : 1;
  memoryview_unpin(t, m);
  return n;
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
  if (order == 'A') order = view_is_contiguous(m, 'F') && !view_is_contiguous(m, 'C') ? 'F' : 'C';
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
  MemoryView *m = view_copy(t, from);
  memoryview_unpin(t, from);
  if (!m) return V_NULL;
  m->readonly = true;
  return v_from_obj(m);
}

// --- cast -------------------------------------------------------------------------------------------------------------------------

// A constant string for a native format, which outlives every view.
static const char *format_constant(const char *format) {
  static const char *const all[] = {"c", "b", "B", "h", "H", "i", "I", "l", "L", "q", "Q", "n", "N", "f", "d", "?", "P",
                                    "@c", "@b", "@B", "@h", "@H", "@i", "@I", "@l", "@L", "@q", "@Q", "@n", "@N", "@f", "@d", "@?", "@P"};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp(all[i], format) == 0) return all[i];
  return NULL;
}

static bool is_byte_format(char letter) { return letter == 'b' || letter == 'B' || letter == 'c'; }

// What the cast's shape asks for, read to dims; the number of dimensions, or -1.
static int shape_read(Thread *t, Value shape, int64_t *dims, int64_t *product) {
  Value items = object_to_tuple(t, shape);
  if (v_is_null(items)) return -1;
  const Tuple *tuple = v_tuple(items);
  int ndim = -1;
  if (tuple->length > MEMORYVIEW_MAX_NDIM) {
    raise_value_error(t, "memoryview: number of dimensions must not exceed %d", MEMORYVIEW_MAX_NDIM);
  } else {
    ndim = (int)tuple->length;
    for (int i = 0; i < ndim; i++) {
      int64_t n = 0;
      if (!v_is_int(tuple->items[i])) raise_type_error(t, "memoryview.cast(): elements of shape must be integers");
      else if (!int_as_i64(tuple->items[i], &n)) raise_overflow(t, "Python int too large to convert to C ssize_t");
      else if (n <= 0) raise_value_error(t, "memoryview.cast(): elements of shape must be integers > 0");
      else if (__builtin_mul_overflow(*product, n, product)) raise_value_error(t, "memoryview.cast(): product(shape) > SSIZE_MAX");
      if (error_pending(t)) {
        ndim = -1;
        break;
      }
      dims[i] = n;
    }
  }
  v_drop(t, items);
  return ndim;
}

static bool cast_refused(Thread *t, const MemoryView *m, const char *format, bool shaped, const char **constant, int *size) {
  bool zero = false;
  for (int i = 0; i < m->ndim; i++) zero |= m->shape[i] == 0;
  int source_size;
  char source = item_format(m->format, &source_size), target = item_format(format, size);
  *constant = format_constant(format);
  if (!view_is_contiguous(m, 'C')) raise_type_error(t, "memoryview: casts are restricted to C-contiguous views");
  else if ((shaped || m->ndim != 1) && zero) raise_type_error(t, "memoryview: cannot cast view with zeros in shape or strides");
  else if (!target || !*constant)
    raise_value_error(t, "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  // A source of another kind ('<c', a struct) can be cast to bytes.
  else if ((!source || !is_byte_format(source)) && !is_byte_format(target)) raise_type_error(t, "memoryview: cannot cast between two non-byte formats");
  else if (m->len % *size) raise_type_error(t, "memoryview: length is not a multiple of itemsize");
  else return false;
  return true;
}

static Value cast_pinned(Thread *t, const MemoryView *from, Value format_text, Value shape) {
  bool shaped = !v_is_absent_or_none(shape);
  if (shaped && !v_is_list(shape) && !v_is_tuple(shape)) return raise_type_error(t, "shape must be a list or a tuple");
  if (!str_is_ascii(v_str(format_text))) {
    v_drop(t, str_encode(t, format_text, "ascii", NULL));  // for its error
    return V_NULL;
  }
  const char *constant, *format = str_utf8(t, format_text, NULL);
  int size, ndim = 1;
  if (!format) return V_NULL;
  int64_t dims[MEMORYVIEW_MAX_NDIM] = {0}, product = 1;
  if (shaped && object_length(t, shape) != 1 && from->ndim != 1) return raise_type_error(t, "memoryview: cast must be 1D -> ND or ND -> 1D");
  if (cast_refused(t, from, format, shaped, &constant, &size)) return V_NULL;
  if (shaped) {
    ndim = shape_read(t, shape, dims, &product);
    if (ndim < 0) return V_NULL;
    if (product != from->len / size) return raise_type_error(t, "memoryview: product(shape) * itemsize != buffer size");
  } else {
    dims[0] = from->len / size;
  }
  MemoryView *m = view_new(t, from->managed, ndim);
  if (!m) return V_NULL;
  m->data = from->data;
  m->len = from->len;
  m->itemsize = size;
  m->readonly = from->readonly;
  m->format = constant;
  if (ndim) memcpy(m->shape, dims, (size_t)ndim * sizeof(int64_t));
  set_c_strides(m);
  return v_from_obj(m);
}

static NATIVE(memoryview_cast) {
  if (!v_is_str(args[0])) return raise_type_error(t, "cast() argument 'format' must be str, not %K", args[0]);
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return V_NULL;
  Value v = cast_pinned(t, m, args[0], args[1]);
  memoryview_unpin(t, m);
  return v;
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
static Value read_c_contiguous(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(view_is_contiguous(m, 'C')); }
static Value read_f_contiguous(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(view_is_contiguous(m, 'F')); }
static Value read_contiguous(Thread *t, const MemoryView *m) { (void)t; return v_from_bool(view_is_contiguous(m, 'C') || view_is_contiguous(m, 'F')); }

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
  {"__exit__($self, /, *args)", memoryview_exit, NULL, NATIVE_NO_SIGNATURE},
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

static const TypeSpec spec_managedbuffer = {
  .name = "managedbuffer", .size = sizeof(ManagedBuffer), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
  .slots = {.dealloc = managed_dealloc, .traverse = managed_traverse},
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
  return type_ready(t, &type_managedbuffer, &spec_managedbuffer, 0) && type_ready(t, &type_memoryview, &spec_memoryview, SHAPE_MEMORYVIEW) &&
         type_ready(t, &type_memory_iterator, &spec_memory_iterator, SHAPE_MEMORYVIEW_ITERATOR);
}
