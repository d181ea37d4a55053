// Reading the braces of str.format.

#include "objects/format_markup.h"

#include "objects/error.h"
#include "objects/unicode.h"

static int fail(Thread *t, const char *message) {
  raise_value_error(t, "%s", message);
  return -1;
}

// The part between '{' and its '}': *pos stands after the '{' and is left after the '}'.
static int read_field(Thread *t, const Str *s, int64_t *pos, int64_t end, MarkupPiece *piece) {
  uint32_t c = 0;
  int64_t i = *pos;
  piece->name.start = i;
  for (; i < end; i++) {
    c = str_char(s, i);
    if (c == '{') return fail(t, "unexpected '{' in field name");
    if (c == '[') {
      while (i + 1 < end && str_char(s, i + 1) != ']') i++;
    } else if (c == '}' || c == ':' || c == '!') {
      break;
    }
  }
  if (i == end) return fail(t, "expected '}' before end of string");
  piece->name.end = i++;
  piece->spec = (TextRange){i, i};
  *pos = i;
  if (c == '}') return 1;
  if (c == '!') {
    if (i >= end) return fail(t, "end of string while looking for conversion specifier");
    piece->conversion = str_char(s, i++);
    if (i < end) {
      c = str_char(s, i++);
      *pos = i;
      if (c == '}') return 1;
      if (c != ':') return fail(t, "expected ':' after conversion specifier");
    }
  }
  piece->spec.start = i;
  for (int depth = 1; i < end; i++) {
    c = str_char(s, i);
    if (c == '{') {
      piece->spec_has_fields = true;
      depth++;
    } else if (c == '}' && --depth == 0) {
      piece->spec.end = i;
      *pos = i + 1;
      return 1;
    }
  }
  return fail(t, "unmatched '{' in format spec");
}

int markup_next(Thread *t, const Str *s, int64_t *pos, int64_t end, MarkupPiece *piece) {
  *piece = (MarkupPiece){0};
  if (*pos >= end) return 0;
  int64_t start = *pos, i = start;
  while (i < end && str_char(s, i) != '{' && str_char(s, i) != '}') i++;
  piece->literal = (TextRange){start, i};
  if (i == end) {
    *pos = end;
    return 1;
  }
  uint32_t brace = str_char(s, i++);
  bool doubled = i < end && str_char(s, i) == brace;
  if (doubled) {
    piece->literal.end = i;
    *pos = i + 1;
    return 1;
  }
  if (brace == '}') return fail(t, "Single '}' encountered in format string");
  if (i == end) return fail(t, "Single '{' encountered in format string");
  piece->has_field = true;
  *pos = i;
  return read_field(t, s, pos, end, piece);
}

// A range of decimal digits (of any script) as a number; *value -1 if it is not one.
static int read_index(Thread *t, const Str *s, TextRange r, int64_t *value) {
  *value = -1;
  if (r.start >= r.end) return 0;
  int64_t n = 0;
  for (int64_t i = r.start; i < r.end; i++) {
    int digit = unicode_decimal(str_char(s, i));
    if (digit < 0) return 0;
    if (n > (INT64_MAX - digit) / 10) return fail(t, "Too many decimal digits in format string");
    n = n * 10 + digit;
  }
  *value = n;
  return 0;
}

int field_first(Thread *t, const Str *s, TextRange name, TextRange *first, int64_t *index, int64_t *rest) {
  int64_t i = name.start;
  while (i < name.end && str_char(s, i) != '.' && str_char(s, i) != '[') i++;
  *first = (TextRange){name.start, i};
  *rest = i;
  return read_index(t, s, *first, index);
}

int field_step(Thread *t, const Str *s, int64_t *pos, int64_t end, FieldStep *step) {
  if (*pos >= end) return 0;
  int64_t i = *pos;
  uint32_t c = str_char(s, i++);
  step->index = -1;
  step->name.start = i;
  if (c == '.') {
    step->is_attribute = true;
    while (i < end && str_char(s, i) != '.' && str_char(s, i) != '[') i++;
    step->name.end = *pos = i;
  } else if (c == '[') {
    step->is_attribute = false;
    while (i < end && str_char(s, i) != ']') i++;
    if (i == end) return fail(t, "Missing ']' in format string");
    step->name.end = i;
    *pos = i + 1;
    if (read_index(t, s, step->name, &step->index) < 0) return -1;
  } else {
    return fail(t, "Only '.' or '[' may follow ']' in format field specifier");
  }
  return step->name.start == step->name.end ? fail(t, "Empty attribute in format string") : 1;
}
