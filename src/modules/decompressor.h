// What BZ2Decompressor and LZMADecompressor have in common: input that waits for the next call, output limits, the end of the stream.
//
// Locking: all state under the object's mutex, a real one in both builds, which is held while the library works detached.
#ifndef WEFT_MODULES_DECOMPRESSOR_H
#define WEFT_MODULES_DECOMPRESSOR_H

#include "objects/text_native.h"
#include "threading/mutex.h"

typedef struct Decompressor {
  Object ob;
  Mutex lock;
  bool eof, needs_input;
  bool unusable;             // after an error
  Value unused_data;         // bytes after the end of the compressed data
  uint8_t *input;            // heap_alloc'd: input that was not read yet
  size_t waiting, capacity;  // bytes of it
} Decompressor;

typedef struct DecompressStep { const uint8_t *in; size_t in_left; uint8_t *out; unsigned out_left; } DecompressStep;
// One call of the library, detached: advances in and out. 1 the stream has ended, 0 not yet, -1 with an exception.
typedef int (*DecompressFn)(Thread *t, Decompressor *d, DecompressStep *step);

// For __init__, which may be called again (eof stays as it was, as in CPython): under the lock.
void decompressor_reset_locked(Thread *t, Decompressor *d);
enum {
  DECOMPRESS_DRAINS = 1,          // the library may hold back output although it has read all input
  DECOMPRESS_FAILS_FOR_GOOD = 2,  // after an error the object refuses to go on
};
// decompress(data, max_length=-1): args as bound.
Value decompressor_decompress(Thread *t, Value self, const Value *args, DecompressFn run, int flags);
void decompressor_release(Thread *t, Decompressor *d);      // for dealloc: the common fields
extern const GetSetDef decompressor_computed[];               // eof, unused_data, needs_input

#endif
