// What the memoryview_*.c files share: the object, and items of native formats.
#ifndef WEFT_OBJECTS_MEMORYVIEW_IMPL_H
#define WEFT_OBJECTS_MEMORYVIEW_IMPL_H

#include "objects/buffer.h"
#include "objects/text_native.h"

enum { MEMORYVIEW_MAX_NDIM = 64 };

// The buffer of an exporter, shared by the views made of one another. It is given back when the last of them is released.
typedef struct ManagedBuffer {
  Object ob;
  BufferView master;     // constant until given back
  int64_t views;         // not yet released; under this object's lock
} ManagedBuffer;

// Geometry (data to suboffsets) is constant. shape, strides and suboffsets point into `dims`; suboffsets may be NULL.
typedef struct MemoryView {
  Object ob;
  Value managed;         // ManagedBuffer, owned
  char *data;
  int64_t len, itemsize;
  const char *format;    // the exporter's, or a constant
  int64_t *shape, *strides, *suboffsets, *dims;
  int ndim;
  bool readonly;
  bool released;         // under the object's lock
  int64_t exports;       // buffers taken from this view; under the object's lock
  a64 hash;              // 0: not computed
} MemoryView;

static inline MemoryView *v_memoryview(Value v) { return (MemoryView *)v_obj(v); }

// --- Views (memoryview_view.c) ------------------------------------------------------------------------------------------------------

// A view with room for ndim dimensions, counted in the managed buffer; its geometry is to be filled in. NULL with an exception.
MemoryView *memoryview_new(Thread *t, Value managed, int ndim);
void memoryview_set_c_strides(MemoryView *m);
// The same window again. from is pinned. NULL with an exception.
MemoryView *memoryview_copy(Thread *t, const MemoryView *from);
bool memoryview_is_contiguous(const MemoryView *m, char order /* C or F */);
// Keeps the view from being released while it is used. False: ValueError, it was released already.
bool memoryview_pin(Thread *t, MemoryView *m);
void memoryview_unpin(Thread *t, MemoryView *m);
Value memoryview_raise_released(Thread *t);
// release(): 0, or -1 with BufferError.
int memoryview_give_back(Thread *t, MemoryView *m);
void memoryview_dealloc(Thread *t, Object *o);
void memoryview_traverse(Object *o, GcVisit visit, void *arg);
void memoryview_clear(Thread *t, Object *o);
int memoryview_getbuffer(Thread *t, Value self, BufferView *view, int flags);
void memoryview_releasebuffer(Thread *t, Value self, BufferView *view);
bool memoryview_managed_init(Thread *t);

// --- Subscripts (memoryview_index.c) and casts (memoryview_cast.c) ------------------------------------------------------------------

Value memoryview_item(Thread *t, Value self, int64_t i);
Value memoryview_getitem(Thread *t, Value self, Value key);
int memoryview_setitem(Thread *t, Value self, Value key, Value value);
int64_t memoryview_length(Thread *t, Value self);
NATIVE(memoryview_cast);

// --- Items ------------------------------------------------------------------------------------------------------------------------
// The format's letter if it is a native single one ('@' in front allowed), else 0. size: bytes of an item.
char item_format(const char *format, int *size);
// The item at p as a value; NotImplementedError for a format that is not native. Runs no Python code.
Value item_unpack(Thread *t, const char *p, const char *format);
// An item's bytes made from a value (may run Python code): 0, or -1 with TypeError, ValueError or NotImplementedError.
int item_pack(Thread *t, char out[16], Value v, const char *format);
// 1 equal, 0 not, -1 error: arrays of the same shape compared item by item.
int items_equal(Thread *t, const BufferView *a, const BufferView *b);
// Address of item i of dimension `dim` of what p points at.
char *item_address(char *p, int64_t i, const int64_t *strides, const int64_t *suboffsets, int dim);
bool geometry_is_contiguous(int ndim, const int64_t *shape, const int64_t *strides, const int64_t *suboffsets, int64_t itemsize, char order /* C or F */);
// Copies the items out in C or Fortran order, without gaps.
void items_copy_out(char *out, char *p, int ndim, const int64_t *shape, const int64_t *strides, const int64_t *suboffsets, int64_t itemsize, char order);

#endif
