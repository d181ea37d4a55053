// Parsing format specifications, and laying out padded and grouped numbers; str.__format__.

#include "objects/format_spec.h"

#include <limits.h>
#include <locale.h>

#include "objects/error.h"
#include "objects/str_core.h"
#include "objects/unicode.h"

// --- Parsing ----------------------------------------------------------------------------------------------------------------------

static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// Decimal digits (of any script) at *pos; false: ValueError. *value stays as it is when there are none.
static bool read_number(Thread *t, const Str *s, int64_t *pos, int64_t *value) {
  int64_t n = 0, start = *pos;
  for (; *pos < s->length; ++*pos) {
    int digit = unicode_decimal(str_char(s, *pos));
    if (digit < 0) break;
    if (n > (INT64_MAX - digit) / 10) {
      raise_value_error(t, "Too many decimal digits in format string");
      return false;
    }
    n = n * 10 + digit;
  }
  if (*pos > start) *value = n;
  return true;
}

static bool grouping_suits(uint32_t type, char grouping) {
  switch (type) {
    case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case 'F': case '%': case 0: return true;
    case 'b': case 'o': case 'x': case 'X': return grouping == '_';
    default: return false;
  }
}

static bool grouping_refused(Thread *t, char grouping, uint32_t type) {
  if (type > 32 && type < 128) raise_value_error(t, "Cannot specify '%c' with '%c'.", grouping, (int)type);
  else raise_value_error(t, "Cannot specify '%c' with '\\x%x'.", grouping, type);
  return false;
}

static bool read_grouping(Thread *t, const Str *s, int64_t *pos, FormatSpec *f) {
  static const char order[] = {',', '_', ','};
  for (int i = 0; i < 3; i++) {
    if (*pos == s->length || str_char(s, *pos) != (uint32_t)order[i]) continue;
    if (f->grouping) {
      if (f->grouping == order[i]) return true;  // a second one is left to be refused as a type
      raise_value_error(t, "Cannot specify both ',' and '_'.");
      return false;
    }
    f->grouping = order[i];
    ++*pos;
  }
  return true;
}

bool format_spec_parse(Thread *t, Value v, Value spec, FormatSpec *f, char default_type, char default_align) {
  const Str *s = v_str(spec);
  int64_t pos = 0, n = s->length;
  *f = (FormatSpec){.fill = ' ', .align = default_align, .width = -1, .precision = -1, .type = (uint32_t)(uint8_t)default_type};
#define PEEK(i) (pos + (i) < n ? str_char(s, pos + (i)) : 0)
  if (n - pos >= 2 && is_align(PEEK(1))) {
    f->fill = PEEK(0);
    f->align = (char)PEEK(1);
    f->fill_given = f->align_given = true;
    pos += 2;
  } else if (n - pos >= 1 && is_align(PEEK(0))) {
    f->align = (char)PEEK(0);
    f->align_given = true;
    pos++;
  }
  if (PEEK(0) == '+' || PEEK(0) == '-' || PEEK(0) == ' ') f->sign = (char)str_char(s, pos++);
  if (PEEK(0) == 'z') f->no_negative_zero = true, pos++;
  if (PEEK(0) == '#') f->alternate = true, pos++;
  if (!f->fill_given && PEEK(0) == '0') {
    f->fill = '0';
    if (!f->align_given && default_align == '>') f->align = '=';
    pos++;
  }
  if (!read_number(t, s, &pos, &f->width) || !read_grouping(t, s, &pos, f)) return false;
  if (PEEK(0) == '.') {
    pos++;
    if (!read_number(t, s, &pos, &f->precision)) return false;
    if (f->precision < 0) {
      raise_value_error(t, "Format specifier missing precision");
      return false;
    }
  }
#undef PEEK
  if (n - pos > 1) {
    raise_value_error(t, "Invalid format specifier '%U' for object of type '%T'", spec, v);
    return false;
  }
  if (n - pos == 1) f->type = str_char(s, pos);
  return !f->grouping || grouping_suits(f->type, f->grouping) || grouping_refused(t, f->grouping, f->type);
}

Value format_spec_unknown_type(Thread *t, Value v, uint32_t type) {
  if (type > 32 && type < 128) return raise_value_error(t, "Unknown format code '%c' for object of type '%T'", (int)type, v);
  return raise_value_error(t, "Unknown format code '\\x%x' for object of type '%T'", type, v);
}

void format_spec_padding(const FormatSpec *f, int64_t n, int64_t *left, int64_t *right) {
  int64_t total = f->width > n ? f->width : n;
  *left = f->align == '>' ? total - n : f->align == '^' ? (total - n) / 2 : 0;
  *right = total - n - *left;
}

// --- Numbers ----------------------------------------------------------------------------------------------------------------------

NumberStyle number_style(const FormatSpec *f, int group) {
  if (f->type == 'n') {
    const struct lconv *lc = localeconv();
    return (NumberStyle){lc->decimal_point, lc->thousands_sep, lc->grouping};
  }
  const char *separator = f->grouping == ',' ? "," : f->grouping == '_' ? "_" : "";
  return (NumberStyle){".", separator, !f->grouping ? "" : group == 3 ? "\3" : "\4"};
}

// Digits in groups, from the right, with zeros in front up to min_width characters; a group is never empty, so the result may be one
// character wider. Returns the number of characters; writes them before `end` when it is not NULL.
static int64_t group_digits(const char *digits, int64_t n, int64_t min_width, const NumberStyle *style, int64_t separator_length, char *end) {
  const char *sizes = style->group_sizes;
  int64_t size = 0, total = 0;
  for (;;) {
    int64_t wanted = n > min_width ? n : min_width;
    if (wanted < 1) wanted = 1;
    if (*sizes) size = *sizes == CHAR_MAX ? INT64_MAX : *sizes++;  // the last size repeats
    int64_t take = size > 0 && size < wanted ? size : wanted, real = n < take ? n : take;
    if (end) {
      end -= take;
      memset(end, '0', (size_t)(take - real));
      memcpy(end + take - real, digits + n - real, (size_t)real);
    }
    total += take;
    n -= real;
    min_width -= take;
    if (n <= 0 && min_width <= 0) return total;
    total += separator_length;
    min_width -= separator_length;
    if (end) {
      end -= separator_length;
      memset(end, '\0', (size_t)separator_length);  // marks; format_number_put writes the separator's text there
    }
  }
}

static bool put_utf8(StrBuilder *b, const char *s) {
  size_t n = strlen(s);
  if (bytes_are_ascii(s, n)) return strb_ascii(b, s, n);
  Value text = str_decode_replace(b->t, s, n);
  if (v_is_null(text)) return false;
  bool ok = strb_str(b, text);
  v_drop(b->t, text);
  return ok;
}

static bool put_grouped(StrBuilder *b, const NumberText *x, int64_t min_width, int64_t length, const NumberStyle *style, int64_t separator_length) {
  char small[128], *text = length <= (int64_t)sizeof small ? small : heap_alloc(b->t, (size_t)length);
  if (!text) {
    raise_no_memory(b->t);
    b->failed = true;
    return false;
  }
  group_digits(x->digits, x->digit_count, min_width, style, separator_length, text + length);
  bool ok = true;
  for (int64_t i = 0; ok && i < length;) {
    const char *mark = memchr(text + i, '\0', (size_t)(length - i));
    int64_t run = mark ? mark - (text + i) : length - i;
    ok = strb_ascii(b, text + i, (size_t)run) && (!mark || put_utf8(b, style->separator));
    i += run + (mark ? separator_length : 0);
  }
  if (text != small) heap_free(b->t, text);
  return ok;
}

static int64_t utf8_length(const char *s) {
  int64_t n = 0;
  for (; *s; s++) n += (*s & 0xC0) != 0x80;
  return n;
}

// What follows the digits, with the style's decimal point.
static bool put_rest(StrBuilder *b, const NumberText *x, const NumberStyle *style) {
  if (x->rest_length && x->rest[0] == '.') return put_utf8(b, style->point) && strb_ascii(b, x->rest + 1, (size_t)x->rest_length - 1);
  return strb_ascii(b, x->rest, (size_t)x->rest_length);
}

bool format_number_put(StrBuilder *b, const FormatSpec *f, const NumberText *x, const NumberStyle *style) {
  int64_t prefix = (int64_t)strlen(x->prefix), separator = *style->group_sizes ? utf8_length(style->separator) : 0;
  int64_t point = x->rest_length && x->rest[0] == '.' ? utf8_length(style->point) - 1 : 0;
  int64_t others = (x->sign != 0) + prefix + x->rest_length + point;
  bool zero_filled = f->fill == '0' && f->align == '=';
  int64_t min_width = zero_filled && f->width > others ? f->width - others : 0;
  int64_t digits = x->digit_count ? group_digits(x->digits, x->digit_count, min_width, style, separator, NULL) : 0;
  int64_t pad = f->width - (others + digits);
  int64_t left = 0, inner = 0, right = 0;
  if (pad > 0) {
    if (f->align == '=') inner = pad;
    else format_spec_padding(f, others + digits, &left, &right);
  }
  return strb_fill(b, f->fill, left) && (!x->sign || strb_char(b, (uint8_t)x->sign)) && strb_cstr(b, x->prefix) && strb_fill(b, f->fill, inner) &&
         (!digits || put_grouped(b, x, min_width, digits, style, separator)) && put_rest(b, x, style) && strb_fill(b, f->fill, right);
}

// --- str --------------------------------------------------------------------------------------------------------------------------

static Value format_text(Thread *t, Value v, const FormatSpec *f) {
  const Str *s = v_str(v);
  if (f->sign) return raise_value_error(t, f->sign == ' ' ? "Space not allowed in string format specifier" : "Sign not allowed in string format specifier");
  if (f->no_negative_zero) return raise_value_error(t, "Negative zero coercion (z) not allowed in string format specifier");
  if (f->alternate) return raise_value_error(t, "Alternate form (#) not allowed in string format specifier");
  if (f->align == '=') return raise_value_error(t, "'=' alignment not allowed in string format specifier");
  int64_t n = f->precision >= 0 && f->precision < s->length ? f->precision : s->length, left, right;
  if (n == s->length && f->width <= n) return v_own(t, v);  // of its class, too
  format_spec_padding(f, n, &left, &right);
  StrBuilder b;
  strb_init(&b, t);
  (void)(strb_fill(&b, f->fill, left) && strb_slice(&b, s, 0, n) && strb_fill(&b, f->fill, right));
  return strb_finish(&b);
}

Value str_format_value(Thread *t, Value self, Value spec) {
  if (v_str(spec)->length == 0) return str_exact(t, self);
  FormatSpec f;
  if (!format_spec_parse(t, self, spec, &f, 's', '<')) return V_NULL;
  if (f.type != 's') return format_spec_unknown_type(t, self, f.type);
  return format_text(t, self, &f);
}
