// The fixed-point text of everyday doubles ("%.2f"), exact and without printf.
#ifndef WEFT_OBJECTS_FORMAT_FIXED_H
#define WEFT_OBJECTS_FORMAT_FIXED_H

enum { FIXED_TEXT_MAX = 48 };

// d with `precision` digits after the point, rounded half to even on its exact value, as printf does in the C locale. The length written to
// out (not terminated), or 0 when d is not finite, too large or too finely asked for: use double_to_string then.
int format_fixed(double d, int precision, char out[FIXED_TEXT_MAX]);

#endif
