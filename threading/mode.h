// The mode switch: one macro that says which of the two programs is being compiled, and the words that hide it elsewhere.
//
// WEFT_GIL is 1 in `weft` (global interpreter lock) and 0 in `weftt` (free-threaded); CMake passes it. It may be tested only in the
// files of threading/ and in gc/object.h and gc/refcount.h (a test greps for it elsewhere). Code that must *report* the mode, and only
// report it, uses MODE_IS_GIL, an ordinary constant.
#ifndef WEFT_THREADING_MODE_H
#define WEFT_THREADING_MODE_H

#ifndef WEFT_GIL
#error "WEFT_GIL must be defined to 0 or 1 by the build"
#endif

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MODE_IS_GIL = WEFT_GIL };

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#endif
