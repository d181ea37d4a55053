// Splitting text of any kind into a list of pieces; the common ground of str, bytes and bytearray.
#ifndef WEFT_OBJECTS_TEXT_SPLIT_H
#define WEFT_OBJECTS_TEXT_SPLIT_H

#include "objects/type.h"

typedef struct SplitSource {
  Value owner;                 // borrowed: what is split
  int kind;
  const void *data;
  int64_t length;
  bool unicode;                // white space and line ends of str; else those of bytes
  // The piece [start, end), owned; a whole exact immutable owner may be returned as it is.
  Value (*piece)(Thread *t, const struct SplitSource *s, int64_t start, int64_t end);
} SplitSource;

// max < 0: no limit. All return a new list, V_NULL with MemoryError.
Value text_split_space(Thread *t, const SplitSource *s, int64_t max);
Value text_rsplit_space(Thread *t, const SplitSource *s, int64_t max);
Value text_split(Thread *t, const SplitSource *s, const void *sep, int64_t sep_length, int64_t max);   // sep of the same kind, not empty
Value text_rsplit(Thread *t, const SplitSource *s, const void *sep, int64_t sep_length, int64_t max);
Value text_splitlines(Thread *t, const SplitSource *s, bool keep_ends);

#endif
