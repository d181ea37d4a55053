// The format specification mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
//
// format_int, format_float and format_complex are int.__format__ and so on; spec must be a str (TypeError otherwise). Owned results.
#ifndef WEFT_OBJECTS_FORMAT_SPEC_H
#define WEFT_OBJECTS_FORMAT_SPEC_H

#include "objects/str.h"

typedef struct FormatSpec {
  uint32_t fill;             // ' ' unless given
  char align;                // '<' '>' '=' '^'
  char sign;                 // 0, '+', '-', ' '
  bool alternate;            // '#'
  bool no_negative_zero;     // 'z'
  bool fill_given, align_given;
  char grouping;             // 0, ',' or '_'
  int64_t width, precision;  // -1: not given
  uint32_t type;             // the default where none was given
} FormatSpec;

// False: ValueError. `v` is only named in the message.
bool format_spec_parse(Thread *t, Value v, Value spec, FormatSpec *out, char default_type, char default_align);
// ValueError "Unknown format code 'x' for object of type 'T'". Returns V_NULL.
Value format_spec_unknown_type(Thread *t, Value v, uint32_t type);
// Room on both sides for a text of n characters.
void format_spec_padding(const FormatSpec *spec, int64_t n, int64_t *left, int64_t *right);

// A number taken apart, for layout: sign ('-', '+', ' ' or 0), prefix ("0x"), whole digits, and what follows them (".5e+10", "%").
typedef struct NumberText {
  char sign;
  const char *prefix;
  const char *digits;
  int64_t digit_count;
  const char *rest;
  int64_t rest_length;
} NumberText;
// Decimal point and digit groups: those of the spec, or the locale's for type 'n'. group_sizes as in localeconv().
typedef struct NumberStyle { const char *point, *separator, *group_sizes; } NumberStyle;
NumberStyle number_style(const FormatSpec *spec, int group /* 3 or 4 */);
// Appends the number padded and grouped.
bool format_number_put(StrBuilder *b, const FormatSpec *spec, const NumberText *number, const NumberStyle *style);

Value format_int(Thread *t, Value v, Value spec);
Value format_float(Thread *t, Value v, Value spec);
Value format_complex(Thread *t, Value v, Value spec);
// format(v, spec) of an exact str, int or float, without the detour over its __format__; V_ABSENT for anything else. spec is a str.
Value format_exact(Thread *t, Value v, Value spec);

#endif
