// What the files of the module zlib share: libz's functions, its errors, and growing output.
#ifndef WEFT_MODULES_ZLIB_H
#define WEFT_MODULES_ZLIB_H

#include <zlib.h>

#include "modules/shared_library.h"
#include "modules/stream_output.h"
#include "objects/text_native.h"

#define ZLIB_FUNCTIONS(X)                                                                                                              \
  X(adler32_z) X(crc32_z) X(zlibVersion) X(deflateInit2_) X(deflate) X(deflateEnd) X(deflateCopy) X(deflateSetDictionary) X(inflateInit2_) \
  X(inflate) X(inflateEnd) X(inflateCopy) X(inflateSetDictionary)
typedef struct Zlib { ZLIB_FUNCTIONS(LIBRARY_FIELD) } Zlib;
extern Zlib zlib;
extern Value zlib_error;       // the class zlib.error

enum { ZLIB_BUFFER = 16 * 1024, ZLIB_MEM_LEVEL = 8 };

// Raises zlib.error for a failed call: "Error -3 while WHAT: message". "while ..." is the caller's.
Value zlib_raise(Thread *t, const z_stream *z, int error, const char *what);

// Makes z point at free room if it has none. False: the limit is reached, or there is no memory (MemoryError).
bool output_room(StreamOutput *o, z_stream *z);
// One call of deflate or inflate, detached; what it wrote is added.
int output_run(Thread *t, StreamOutput *o, z_stream *z, int (*code)(z_stream *z, int flush), int flush);
// Gives z the next piece of what is left to read, as much as it can take.
void input_feed(z_stream *z, size_t *left);

// compressobj and decompressobj: arguments as bound.
NATIVE(zlib_compressobj);
NATIVE(zlib_decompressobj);
bool zlib_stream_init(Thread *t);

#endif
