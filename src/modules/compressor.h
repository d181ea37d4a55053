// What BZ2Compressor and LZMACompressor have in common: compress() and flush(), and that the latter comes once, at the end.
//
// Locking: all state under the object's mutex, a real one in both builds, which is held while the library works detached.
#ifndef WEFT_MODULES_COMPRESSOR_H
#define WEFT_MODULES_COMPRESSOR_H

#include "objects/text_native.h"
#include "threading/mutex.h"

typedef struct Compressor {
  Object ob;
  Mutex lock;
  bool flushed;
} Compressor;

// Compresses n bytes, the last ones if `finish`; the output, owned, or V_NULL with an exception. Under the lock.
typedef Value (*CompressFn)(Thread *t, Compressor *c, const uint8_t *data, size_t n, bool finish);

Value compressor_compress(Thread *t, Value self, Value data, CompressFn run);   // compress(data)
Value compressor_flush(Thread *t, Value self, CompressFn run);                  // flush(): ValueError when it is not the first

#endif
