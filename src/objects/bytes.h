// bytes: an immutable array of octets. bytearray: its mutable sibling (data under the object's lock, exports pin it).
#ifndef WEFT_OBJECTS_BYTES_H
#define WEFT_OBJECTS_BYTES_H

#include "objects/type.h"

typedef struct Bytes {
  Object ob;
  int64_t length;
  a64 hash;        // 0: not computed
  char data[];     // and a terminating zero
} Bytes;

typedef struct ByteArray {
  Object ob;
  int64_t length, capacity;  // under the object's lock
  char *data;                // heap_alloc'd, zero-terminated; not moved while exports > 0
  int32_t exports;
} ByteArray;

static inline bool v_is_bytes(Value v) { return v_has_flag(v, TYPE_BYTES); }
static inline Bytes *v_bytes(Value v) { return (Bytes *)v_obj(v); }
static inline bool v_is_bytearray(Value v) { return v_has_flag(v, (uint32_t)TYPE_BYTEARRAY); }
Value bytes_new(Thread *t, int64_t length);                  // uninitialised
Value bytes_from(Thread *t, const void *p, size_t n);
Value bytes_shrink(Thread *t, Value stolen, int64_t length); // of a bytes that nobody else has seen
Value bytes_repr(Thread *t, Value v);
Value bytearray_from(Thread *t, const void *p, size_t n);
extern Value bytes_empty;
bool bytes_init(Thread *t);

#endif
