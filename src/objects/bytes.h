// bytes: an immutable array of octets. bytearray: its mutable sibling, whose block of memory is replaced as it grows.
//
// A bytearray's locking: everything in it changes under the object's lock. Single bytes are read without it (bytearray_get): so a block that
// is replaced is retired, a longer block is stored before the greater length and a lesser length before the shorter block, and once others
// than the owner have used the object its bytes are written by atomic stores. Whoever reads more than a byte holds the lock.
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
  a64 length;
  int64_t capacity;
  aptr data;       // char *; not replaced while exports > 0; NULL only in one that is half made
  int32_t exports;
} ByteArray;

static inline bool v_is_bytes(Value v) { return v_has_flag(v, TYPE_BYTES); }
static inline Bytes *v_bytes(Value v) { return (Bytes *)v_obj(v); }
static inline bool v_is_bytearray(Value v) { return v_has_flag(v, (uint32_t)TYPE_BYTEARRAY); }
Value bytes_new(Thread *t, int64_t length);                  // uninitialised
Value bytes_from(Thread *t, const void *p, size_t n);
Value bytes_shrink(Thread *t, Value stolen, int64_t length); // of a bytes that nobody else has seen
Value bytes_repr(Thread *t, Value v);
Value bytes_from_byte(uint8_t b);                            // one of the 256 immortal one-byte objects
Value bytes_from_object(Thread *t, Value v);                 // bytes(v): buffer, iterable of ints; not a count; TypeError otherwise
// A copy of the bytes of what has plain ones; V_NULL without an exception for anything else, a view with gaps among it; or with MemoryError.
Value bytes_from_plain(Thread *t, Value v);
int64_t bytes_hash(Bytes *b);                                // cached
Value bytes_mod(Thread *t, Value format, Value args, bool to_bytearray);  // format % args; format bytes or bytearray
Value bytearray_from(Thread *t, const void *p, size_t n);
static inline int64_t bytearray_length(const ByteArray *b) { return (int64_t)a64_load_rlx(&b->length); }  // as of now
// For who holds the object's lock, has it exported, or made it and has shown it to nobody.
static inline char *bytearray_data(const ByteArray *b) { return aptr_load_rlx(&b->data); }
// The byte at index, which is not negative; -1: out of range.
int bytearray_get_locked(Thread *t, ByteArray *b, int64_t index);
// The same without waiting for anybody; -1 also where the object's lock is needed to know.
static inline int bytearray_try_get(Thread *t, ByteArray *b, int64_t index) {
  if (unlikely(!object_is_shared_for(t, &b->ob))) return -1;
  const a8 *data = aptr_load_acq(&b->data);
  if (unlikely((uint64_t)index >= a64_load_acq(&b->length))) return -1;
  // The same block before and after: the length that was read is one that it had.
  return likely(aptr_load_acq(&b->data) == data) ? a8_load_rlx(&data[index]) : -1;
}
static inline int bytearray_get(Thread *t, ByteArray *b, int64_t index) {
  int c = bytearray_try_get(t, b, index);
  return likely(c >= 0) ? c : bytearray_get_locked(t, b, index);
}
extern bool bytes_warnings;                                  // -b: BytesWarning where bytes are taken for text; set at start-up
extern Value bytes_empty;                                    // immortal b''
bool bytes_core_init(Thread *t);                             // before any bytes are made; needs the heap and the shape table only
bool bytes_init(Thread *t);                                  // readies bytes and its iterator (and calls bytes_core_init)
bool bytearray_init(Thread *t);

// A growing byte string. All return false / V_NULL with MemoryError pending once an allocation failed.
typedef struct BytesBuilder { Thread *t; char *data; int64_t length, capacity; bool failed; char small[256]; } BytesBuilder;  // never copied
void bytesb_init(BytesBuilder *b, Thread *t);
bool bytesb_byte(BytesBuilder *b, uint8_t c);
bool bytesb_put(BytesBuilder *b, const void *p, int64_t n);
bool bytesb_fill(BytesBuilder *b, uint8_t c, int64_t n);
char *bytesb_reserve(BytesBuilder *b, int64_t n);            // room for n more bytes, to be filled and then added to `length`; NULL: failed
Value bytesb_finish(BytesBuilder *b);                        // bytes; the builder is empty again
Value bytesb_finish_bytearray(BytesBuilder *b);
void bytesb_discard(BytesBuilder *b);

#endif
