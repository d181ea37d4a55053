// Where compiled code is kept: __pycache__ beside a program's own sources, the user's cache folder for the system's library. An installed weft
// brings the code of the start-up modules along (cmake/Install.cmake); it is only read.
//
// Files have the layout of PEP 552 with weft's magic number, so importlib's own reader and writer serve both places; this file does for the
// bootstrap what importlib does for all later modules. A stale, truncated or foreign file is ignored.
#ifndef WEFT_SYSTEM_BYTECODE_CACHE_H
#define WEFT_SYSTEM_BYTECODE_CACHE_H

#include <sys/stat.h>

#include "objects/type.h"

#define BYTECODE_MAGIC 29311   // below two bytes "\r\n"; any change of the stack form or of marshal's format raises it
enum { BYTECODE_HEADER = 16 };   // bytes of a file before the marshalled code

// Does a file begin with our magic number?
bool bytecode_is_ours(const char *data, size_t n);
// The code in a cache file's content, owned; V_NULL without an exception when it is damaged or not of this source.
Value bytecode_cache_read(Thread *t, const char *data, size_t n, const struct stat *source);
// The cached code of a library file, owned; V_NULL without an exception when there is none that fits.
Value bytecode_cache_load(Thread *t, const char *source_path);
// Writes it; failures are silent, as the cache is only a help.
void bytecode_cache_store(Thread *t, const char *source_path, const struct stat *source, Value code);
// Gives importlib._bootstrap_external our magic number and cache rule. 0, -1.
int bytecode_cache_adopt(Thread *t, Value external);

#endif
