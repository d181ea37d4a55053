// Printf-style formatting: what str % args and bytes % args share.

#include "objects/percent_format.h"

#include <limits.h>
#include <stdlib.h>

#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/format_fixed.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_core.h"
#include "objects/tuple.h"

// --- Arguments --------------------------------------------------------------------------------------------------------------------

enum { SINGLE = -1, SINGLE_TAKEN = -2 };

void percent_args_init(PercentArgs *a, Value args, bool is_mapping) {
  *a = (PercentArgs){.args = args, .mapping = is_mapping ? args : V_NULL, .key_value = V_NULL, .count = SINGLE};
  if (v_is_tuple(args)) a->count = v_tuple(args)->length;
}

Value percent_args_next(Thread *t, PercentArgs *a) {
  if (a->count == SINGLE) {
    a->count = SINGLE_TAKEN;
    return v_is_null(a->key_value) ? a->args : a->key_value;
  }
  if (a->index < a->count) return v_tuple(a->args)->items[a->index++];
  return raise_type_error(t, "not enough arguments for format string");
}

bool percent_args_done(Thread *t, PercentArgs *a, const char *what) {
  bool left = a->count >= 0 ? a->index < a->count : a->count == SINGLE;
  if (!left || !v_is_null(a->mapping)) return true;
  raise_type_error(t, "not all arguments converted during %s formatting", what);
  return false;
}

void percent_args_clear(Thread *t, PercentArgs *a) { v_clear(t, &a->key_value); }

// --- Directives -------------------------------------------------------------------------------------------------------------------

static bool incomplete(Thread *t) {
  raise_value_error(t, "incomplete format");
  return false;
}

static int flag_of(uint32_t c, bool of_bytes) {
  switch (c) {
    case '-': return PERCENT_LEFT;
    case '+': return PERCENT_SIGN;
    case ' ': return PERCENT_BLANK;
    case '#': return PERCENT_ALTERNATE;
    case '0': return PERCENT_ZERO;
    case 'z': return of_bytes ? PERCENT_NO_MINUS_ZERO : 0;
    default: return 0;
  }
}

// A width or precision: digits, or '*' and an argument. limit: what C takes.
static bool read_amount(Thread *t, int kind, const void *text, int64_t end, int64_t *pos, PercentArgs *args, int64_t limit, const char *too_big,
                        int64_t *out) {
  if (*pos < end && char_get(kind, text, *pos) == '*') {
    ++*pos;
    Value v = percent_args_next(t, args);
    if (v_is_null(v)) return false;
    if (!v_is_int(v)) {
      raise_type_error(t, "* wants int");
      return false;
    }
    *out = number_as_i64(t, v);
    if (*out == -1 && error_pending(t)) return false;
    if (*out == INT64_MIN && limit == INT64_MAX) *out = 0;     // its size is no number: CPython's, too, comes to nothing
    if (*out > limit || *out < -limit) {
      raise_overflow(t, "Python int too large to convert to C int");
      return false;
    }
    return true;
  }
  for (; *pos < end; ++*pos) {
    uint32_t c = char_get(kind, text, *pos);
    if (c < '0' || c > '9') break;
    if (*out < 0) *out = 0;
    if (*out > (limit - (int64_t)(c - '0')) / 10) {
      raise_value_error(t, "%s", too_big);
      return false;
    }
    *out = *out * 10 + (int64_t)(c - '0');
  }
  return true;
}

bool percent_read(Thread *t, int kind, const void *text, int64_t end, int64_t *pos, PercentArgs *args, bool of_bytes, PercentDirective *d) {
  *d = (PercentDirective){.width = -1, .precision = -1};
  for (int flag; *pos < end && (flag = flag_of(char_get(kind, text, *pos), of_bytes)); ++*pos) d->flags |= flag;
  bool starred = *pos < end && char_get(kind, text, *pos) == '*';
  if (!read_amount(t, kind, text, end, pos, args, INT64_MAX, "width too big", &d->width)) return false;
  if (starred && d->width < 0) {
    d->flags |= PERCENT_LEFT;
    d->width = d->width == INT64_MIN ? INT64_MAX : -d->width;
  }
  if (*pos < end && char_get(kind, text, *pos) == '.') {
    ++*pos;
    d->precision = -1;
    if (!read_amount(t, kind, text, end, pos, args, INT_MAX, of_bytes ? "prec too big" : "precision too big", &d->precision)) return false;
    if (d->precision < 0) d->precision = 0;
  }
  if (*pos < end) {
    uint32_t c = char_get(kind, text, *pos);
    if (c == 'h' || c == 'l' || c == 'L') ++*pos;
  }
  if (*pos >= end) return incomplete(t);
  d->conversion = char_get(kind, text, (*pos)++);
  if (of_bytes && d->conversion == 'i') d->conversion = 'd';    // as messages of bytes call it
  return true;
}

// --- Numbers ----------------------------------------------------------------------------------------------------------------------

// v as an int for the conversion, owned.
static Value integer_argument(Thread *t, const PercentDirective *d, Value v) {
  if (v_is_int(v)) return v_own(t, v);
  bool exact = d->conversion == 'x' || d->conversion == 'X' || d->conversion == 'o';
  const TypeSlots *slots = &v_type(v)->slots;
  Value i = V_NULL;
  if (slots->index || slots->int_ || slots->float_) {
    i = exact ? number_index(t, v) : number_int(t, v);
    if (!v_is_null(i)) return i;
    if (!error_matches(t, &exc_TypeError)) return V_NULL;
    error_clear(t);
  }
  return raise_type_error(t, exact ? "%%%c format: an integer is required, not %T" : "%%%c format: a real number is required, not %T", (int)d->conversion, v);
}

Value percent_integer(Thread *t, const PercentDirective *d, Value v) {
  int base = d->conversion == 'x' || d->conversion == 'X' ? 16 : d->conversion == 'o' ? 8 : 10;
  bool prefixed = base != 10 && d->flags & PERCENT_ALTERNATE, upper = d->conversion == 'X';
  Value i = integer_argument(t, d, v);
  if (v_is_null(i)) return i;
  Value text = int_to_text(t, i, base, false);
  v_drop(t, i);
  if (v_is_null(text) || (!prefixed && !upper && d->precision <= 0)) return text;
  const Str *s = v_str(text);
  bool negative = s->data[0] == '-';
  int64_t digits = s->length - negative;
  StrBuilder b;
  strb_init(&b, t);
  if (negative) strb_char(&b, '-');
  if (prefixed) {
    strb_char(&b, '0');
    strb_char(&b, d->conversion);
  }
  strb_fill(&b, '0', d->precision - digits);
  for (int64_t k = 0; k < digits && !b.failed; k++) {
    char c = s->data[negative + k];
    strb_char(&b, (uint8_t)(upper && c >= 'a' ? c - 0x20 : c));
  }
  v_drop(t, text);
  return strb_finish(&b);
}

Value percent_float(Thread *t, const PercentDirective *d, Value v) {
  double x = number_as_double(t, v);
  if (x == -1.0 && error_pending(t)) return V_NULL;
  int precision = d->precision < 0 ? 6 : (int)d->precision;
  char small[FIXED_TEXT_MAX];
  int fixed = (d->conversion == 'f' || d->conversion == 'F') && !(d->flags & PERCENT_ALTERNATE) ? format_fixed(x, precision, small) : 0;
  bool no_minus_zero = d->flags & PERCENT_NO_MINUS_ZERO;
  if (fixed) {
    int skip = no_minus_zero && text_is_negative_zero(small);
    return str_from_ascii(t, small + skip, (size_t)(fixed - skip));
  }
  char *text = double_to_string(x, (char)d->conversion, precision, d->flags & PERCENT_ALTERNATE ? 4 : 0);
  if (!text) return raise_no_memory(t);
  const char *shown = text + (no_minus_zero && text_is_negative_zero(text));
  Value s = str_from_ascii(t, shown, strlen(shown));
  free(text);
  return s;
}
