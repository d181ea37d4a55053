// Helpers of float's text conversions that only float itself needs.
#ifndef WEFT_OBJECTS_FLOAT_TEXT_H
#define WEFT_OBJECTS_FLOAT_TEXT_H

#include "objects/float.h"

// d rounded half to even (of its exact value) to a multiple of 10**power as decimal text, malloc'd; NULL: no memory.
char *decimal_round_to_power(double d, int power);
// A str as plain ASCII text: other scripts' digits and spaces as ours, underscores between digits removed; '?' for what can't be in a number.
Value float_plain_text(Thread *t, Value v);

#endif
