// Views of memory: the buffer that views of views share, making them, their life, and buffers taken from them.
#include "objects/error.h"
#include "objects/memoryview.h"
#include "objects/memoryview_impl.h"
#include "objects/object.h"
#include "threading/critical.h"

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

static const TypeSpec spec_managedbuffer = {
  .name = "managedbuffer", .size = sizeof(ManagedBuffer), .flags = TYPE_NO_INSTANTIATE | TYPE_IMMUTABLE,
  .slots = {.dealloc = managed_dealloc, .traverse = managed_traverse},
};

bool memoryview_managed_init(Thread *t) { return type_ready(t, &type_managedbuffer, &spec_managedbuffer, 0); }

// --- Making views -----------------------------------------------------------------------------------------------------------------

MemoryView *memoryview_new(Thread *t, Value managed, int ndim) {
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

void memoryview_set_c_strides(MemoryView *m) {
  int64_t step = m->itemsize;
  for (int i = m->ndim - 1; i >= 0; i--) {
    m->strides[i] = step;
    step *= m->shape[i];
  }
}

static Value view_of_master(Thread *t, Value managed) {
  const BufferView *b = &((ManagedBuffer *)v_obj(managed))->master;
  MemoryView *m = memoryview_new(t, managed, b->ndim);
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
    else memoryview_set_c_strides(m);
    set_suboffsets(m, b->suboffsets);
  }
  return v_from_obj(m);
}

MemoryView *memoryview_copy(Thread *t, const MemoryView *from) {
  MemoryView *m = memoryview_new(t, from->managed, from->ndim);
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
    MemoryView *m = memoryview_copy(t, from);
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
  MemoryView *flat = memoryview_new(t, m->managed, 1);
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

int memoryview_give_back(Thread *t, MemoryView *m) {
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

void memoryview_dealloc(Thread *t, Object *o) {
  MemoryView *m = (MemoryView *)o;
  if (!m->released) managed_count(t, (ManagedBuffer *)v_obj(m->managed), -1);
  v_drop(t, m->managed);
  if (m->dims) heap_free(t, m->dims);
  heap_free_object(t, o);
}

void memoryview_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MemoryView *)o)->managed, visit, arg); }

void memoryview_clear(Thread *t, Object *o) {
  Value exc = error_fetch(t);
  if (memoryview_give_back(t, (MemoryView *)o) < 0) error_clear(t);
  if (!v_is_null(exc)) error_restore(t, exc);
}

// --- Buffers of views -------------------------------------------------------------------------------------------------------------

// A view of one dimension without items counts as its stride says, unlike one of several.
bool memoryview_is_contiguous(const MemoryView *m, char order) {
  if (m->ndim == 1 && m->len == 0 && m->strides) return m->strides[0] == m->itemsize;
  return geometry_is_contiguous(m->ndim, m->shape, m->strides, m->suboffsets, m->itemsize, order);
}

static const char *getbuffer_refusal(const MemoryView *m, int flags) {
  if (flags & BUFFER_WRITABLE && m->readonly) return "memoryview: underlying buffer is not writable";
  if ((flags & BUFFER_STRIDES) != BUFFER_STRIDES && !memoryview_is_contiguous(m, 'C')) return "memoryview: underlying buffer is not C-contiguous";
  if (!(flags & BUFFER_ND) && flags & BUFFER_FORMAT) return "memoryview: cannot cast to unsigned bytes if the format flag is present";
  return NULL;
}

int memoryview_getbuffer(Thread *t, Value self, BufferView *view, int flags) {
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

void memoryview_releasebuffer(Thread *t, Value self, BufferView *view) {
  (void)view;
  memoryview_unpin(t, v_memoryview(self));
}
