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

// Keeps the view from being released while it is used. False: ValueError, it was released already.
bool memoryview_pin(Thread *t, MemoryView *m);
void memoryview_unpin(Thread *t, MemoryView *m);
Value memoryview_raise_released(Thread *t);

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
