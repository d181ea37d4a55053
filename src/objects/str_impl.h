// What the str_*.c and codec_*.c files share beyond the core of str: searching, splitting, and the natives that str_type.c binds.
#ifndef WEFT_OBJECTS_STR_IMPL_H
#define WEFT_OBJECTS_STR_IMPL_H

#include "objects/str_core.h"
#include "objects/text_native.h"
#include "objects/text_split.h"

// The needle of a search as characters of the haystack's kind: an own array if it had to be widened. impossible: it has characters that
// the haystack's kind cannot hold.
typedef struct Needle { const void *data; int64_t length; bool impossible; void *heap; char small[128]; } Needle;
bool needle_init(Thread *t, Needle *n, const Str *s, int kind);  // false: MemoryError
void needle_free(Thread *t, Needle *n);
// Whole text or a piece of it, for text_split.h.
SplitSource str_split_source(Value v);
// A method's str argument as a C string; V_ABSENT gives default_. NULL: TypeError or ValueError (embedded null character).
const char *str_argument(Thread *t, const char *method, const char *parameter, Value v, const char *default_);

// Slots and natives that str_type.c binds.
int str_contains(Thread *t, Value self, Value item);
Value str_repeat(Thread *t, Value self, int64_t n);
Value str_format_value(Thread *t, Value self, Value spec);       // str.__format__
#define STR_NATIVES(X)                                                                                                      \
  X(find) X(rfind) X(index) X(rindex) X(count) X(startswith) X(endswith) \
  X(split) X(rsplit) X(splitlines) X(partition) X(rpartition) X(join) X(strip) X(lstrip) X(rstrip) X(replace) X(removeprefix) X(removesuffix) \
  X(capitalize) X(casefold) X(title) X(lower) X(upper) X(swapcase) \
  X(isalnum) X(isalpha) X(isascii) X(isdecimal) X(isdigit) X(isidentifier) X(islower) X(isnumeric) X(isprintable) X(isspace) X(istitle) X(isupper) \
  X(center) X(ljust) X(rjust) X(zfill) X(expandtabs) X(translate) X(maketrans) X(encode) X(format_map)
#define STR_NATIVE_DECLARE(name) NATIVE(str_native_##name);
STR_NATIVES(STR_NATIVE_DECLARE)
#undef STR_NATIVE_DECLARE

#endif
