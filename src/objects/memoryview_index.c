// Subscripts of views of memory: items, slices, and storing into both.
#include <stdlib.h>

#include "objects/error.h"
#include "objects/memoryview_impl.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/tuple.h"
#include "threading/critical.h"

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

Value memoryview_item(Thread *t, Value self, int64_t i) {
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
  MemoryView *m = memoryview_copy(t, from);
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

Value memoryview_getitem(Thread *t, Value self, Value key) {
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

int memoryview_setitem(Thread *t, Value self, Value key, Value value) {
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

int64_t memoryview_length(Thread *t, Value self) {
  MemoryView *m = v_memoryview(self);
  if (!memoryview_pin(t, m)) return -1;
  int64_t n = m->ndim ? m->shape[0] : 1;
  memoryview_unpin(t, m);
  return n;
}
