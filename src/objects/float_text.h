// Doubles as text and back.
#ifndef WEFT_OBJECTS_FLOAT_TEXT_H
#define WEFT_OBJECTS_FLOAT_TEXT_H

#include "objects/type.h"

Value float_from_str(Thread *t, Value str_or_bytes);      // ValueError "could not convert string to float: %R"
// The shortest text that reads back as d, which is finite, as repr shows it: its length. Flags as below.
enum { DOUBLE_SIGN = 1 /* "+" too */, DOUBLE_ADD_DOT_0 = 2, DOUBLE_ALTERNATE = 4 };   // as CPython's Py_DTSF_*
enum { DOUBLE_REPR_MAX = 32 };
int double_repr(double d, char out[DOUBLE_REPR_MAX], int flags);
// Shortest digits that round-trip (code 'r'), or as printf's e f g with precision.
char *double_to_string(double d, char code, int precision, int flags);  // malloc'd; NULL: no memory
double double_from_string(const char *s, size_t n, const char **end);   // correctly rounded, no locale; end == s: nothing parsed
// d rounded half to even (of its exact value) to a multiple of 10**power as decimal text, malloc'd; NULL: no memory.
char *decimal_round_to_power(double d, int power);
// Is it the text of a negative zero, "-0.00" or "-0e+00"?
bool text_is_negative_zero(const char *s);
// A str as plain ASCII text: other scripts' digits and spaces as ours, underscores between digits removed; '?' for what can't be
// in a number. None: an underscore stands elsewhere.
Value float_plain_text(Thread *t, Value v);

#endif
