// Reading the braces of str.format: literal text, replacement fields, and the steps of a field's name.
//
// Everything is a range of characters of one str; nothing is allocated, no Python code runs. -1 = an exception is set.
#ifndef WEFT_OBJECTS_FORMAT_MARKUP_H
#define WEFT_OBJECTS_FORMAT_MARKUP_H

#include "objects/str.h"

typedef struct TextRange { int64_t start, end; } TextRange;

typedef struct MarkupPiece {
  TextRange literal;        // may be empty
  bool has_field;
  TextRange name, spec;
  uint32_t conversion;      // 0: none
  bool spec_has_fields;     // the specification must be expanded first
} MarkupPiece;
// The next piece of s[*pos, end): 1, 0 at the end, -1.
int markup_next(Thread *t, const Str *s, int64_t *pos, int64_t end, MarkupPiece *piece);

// The first part of a field's name, up to '.' or '[': its range, and its value as a number or -1. -1 = too many digits.
int field_first(Thread *t, const Str *s, TextRange name, TextRange *first, int64_t *index, int64_t *rest);
typedef struct FieldStep { bool is_attribute; TextRange name; int64_t index; } FieldStep;  // index: of [12]; -1: none
// The next step at *pos: 1, 0 at the end, -1.
int field_step(Thread *t, const Str *s, int64_t *pos, int64_t end, FieldStep *step);

#endif
