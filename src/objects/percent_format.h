// Printf-style formatting, the part that str % args and bytes % args share: reading the directives and making text of numbers.
#ifndef WEFT_OBJECTS_PERCENT_FORMAT_H
#define WEFT_OBJECTS_PERCENT_FORMAT_H

#include "objects/str.h"

enum { PERCENT_LEFT = 1, PERCENT_SIGN = 2, PERCENT_BLANK = 4, PERCENT_ALTERNATE = 8, PERCENT_ZERO = 16, PERCENT_NO_MINUS_ZERO = 32 };

typedef struct PercentDirective {
  int flags;
  int64_t width, precision;  // -1: none
  uint32_t conversion;
} PercentDirective;

// The arguments: a tuple taken one by one, a single value, or a mapping for "%(name)s".
typedef struct PercentArgs {
  Value args;            // borrowed: the right operand
  Value mapping;         // borrowed: the right operand if it is a mapping; V_NULL
  Value key_value;       // owned: what %(name) looked up; V_NULL
  int64_t index;         // next item of the tuple
  int64_t count;         // items of the tuple; -1: a single value, not yet taken; -2: taken
} PercentArgs;
void percent_args_init(PercentArgs *a, Value args, bool is_mapping);
Value percent_args_next(Thread *t, PercentArgs *a);    // borrowed; V_NULL: TypeError "not enough arguments for format string"
bool percent_args_done(Thread *t, PercentArgs *a, const char *what /* "string" or "bytes" */);  // false: TypeError, some left over
void percent_args_clear(Thread *t, PercentArgs *a);

// Reads "%[flags][width][.precision][length]conversion" from any kind of text: *pos stands after '%' (and after a "(key)") and is left
// after the conversion. Of bytes, 'z' is a flag, too: a negative zero loses its sign. False: an exception is set.
bool percent_read(Thread *t, int kind, const void *text, int64_t end, int64_t *pos, PercentArgs *args, bool of_bytes, PercentDirective *d);

// The text of a number under %d %i %u %o %x %X (an ASCII str, sign and prefix included, zero padding not), or of %e %f %g (a str).
Value percent_integer(Thread *t, const PercentDirective *d, Value v);
Value percent_float(Thread *t, const PercentDirective *d, Value v);

#endif
