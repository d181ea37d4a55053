// str % args.

#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/percent_format.h"
#include "objects/str_core.h"
#include "objects/text_search.h"
#include "objects/tuple.h"

// Reads "(key)", *pos standing on the '(', and looks it up.
static bool take_key(Thread *t, const Str *s, int64_t *pos, PercentArgs *args) {
  if (v_is_null(args->mapping)) {
    raise_type_error(t, "format requires a mapping");
    return false;
  }
  int64_t start = ++*pos;
  for (int depth = 1; *pos < s->length; ++*pos) {
    uint32_t c = str_char(s, *pos);
    if (c == '(') depth++;
    if (c == ')' && --depth == 0) break;
  }
  if (*pos == s->length) {
    raise_value_error(t, "incomplete format key");
    return false;
  }
  Value key = str_slice(t, v_from_obj(s), start, (*pos)++);
  if (v_is_null(key)) return false;
  Value v = object_getitem(t, args->mapping, key);
  v_drop(t, key);
  if (v_is_null(v)) return false;
  v_set(t, &args->key_value, v);
  args->count = -1;  // the one value there is to take
  return true;
}

// %c: a character or its number.
static bool put_character(StrBuilder *b, const PercentDirective *d, Value v) {
  Thread *t = b->t;
  int64_t c = -1;
  if (v_is_str(v)) {
    if (v_str(v)->length != 1) {
      raise_type_error(t, "%%c requires int or char");
      return false;
    }
    c = str_char(v_str(v), 0);
  } else {
    c = number_as_i64_clip(t, v);
    if (c == -1 && error_pending(t)) {
      if (!error_matches(t, &exc_TypeError)) return false;
      error_clear(t);
      raise_type_error(t, "%%c requires int or char");
      return false;
    }
    if (c < 0 || c > (int64_t)STR_MAX_CHAR) {
      raise_overflow(t, "%%c arg not in range(0x110000)");
      return false;
    }
  }
  int64_t pad = d->width > 1 ? d->width - 1 : 0;
  bool left = d->flags & PERCENT_LEFT;
  return (left || strb_fill(b, ' ', pad)) && strb_char(b, (uint32_t)c) && (!left || strb_fill(b, ' ', pad));
}

// Steals text. `sole`: where to leave it, uncopied, if it is all there is: NULL, or a place for the whole result when nothing follows.
static bool put_text(StrBuilder *b, const PercentDirective *d, Value text, Value *sole) {
  if (v_is_null(text)) return false;
  const Str *s = v_str(text);
  bool plain = d->width <= s->length && (d->precision < 0 || d->precision >= s->length) && !(d->flags & (PERCENT_SIGN | PERCENT_BLANK));
  if (sole && plain && b->length == 0 && s->length > 0) {
    *sole = text;
    return true;
  }
  int64_t n = d->precision >= 0 && d->precision < s->length ? d->precision : s->length, pad = d->width > n ? d->width - n : 0;
  bool left = d->flags & PERCENT_LEFT;
  bool ok = (left || strb_fill(b, ' ', pad)) && strb_slice(b, s, 0, n) && (!left || strb_fill(b, ' ', pad));
  v_drop(b->t, text);
  return ok;
}

// A number's text: sign and prefix come before padding with zeros and after padding with blanks. Steals text.
static bool put_number(StrBuilder *b, const PercentDirective *d, Value text) {
  if (v_is_null(text)) return false;
  const Str *s = v_str(text);
  int64_t at = 0;
  uint32_t sign = str_char(s, 0);
  if (sign == '-' || sign == '+') at = 1;
  else sign = d->flags & PERCENT_SIGN ? '+' : d->flags & PERCENT_BLANK ? ' ' : 0;
  bool prefixed = d->flags & PERCENT_ALTERNATE && (d->conversion == 'x' || d->conversion == 'X' || d->conversion == 'o');
  int64_t n = s->length - at + (sign != 0), pad = d->width > n ? d->width - n : 0;
  bool left = d->flags & PERCENT_LEFT, zero = !left && d->flags & PERCENT_ZERO;
  bool ok = left || zero || strb_fill(b, ' ', pad);
  ok = ok && (!sign || strb_char(b, sign));
  if (ok && prefixed) {
    ok = strb_slice(b, s, at, at + 2);
    at += 2;
  }
  ok = ok && (!zero || strb_fill(b, '0', pad)) && strb_slice(b, s, at, s->length) && (!left || strb_fill(b, ' ', pad));
  v_drop(b->t, text);
  return ok;
}

static bool put_directive(StrBuilder *b, const PercentDirective *d, int64_t at, PercentArgs *args, Value *sole) {
  Thread *t = b->t;
  Value v = percent_args_next(t, args);
  if (v_is_null(v)) return false;
  switch (d->conversion) {
    case 's': return put_text(b, d, object_str(t, v), sole);
    case 'r': return put_text(b, d, object_repr(t, v), sole);
    case 'a': return put_text(b, d, object_ascii(t, v), sole);
    case 'c': return put_character(b, d, v);
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': return put_number(b, d, percent_integer(t, d, v));
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return put_number(b, d, percent_float(t, d, v));
    default: {
      uint32_t c = d->conversion;
      raise_value_error(t, "unsupported format character '%c' (0x%x) at index %lld", c > 31 && c < 127 ? (int)c : '?', c, (long long)at);
      return false;
    }
  }
}

// "%s" of a str and "%d" of a small int, which is what most directives are. False: nothing was done.
static bool put_plain(StrBuilder *b, uint32_t conversion, PercentArgs *args) {
  if (args->index >= args->count) return false;   // of a single value or a mapping, count is negative
  Value v = v_tuple(args->args)->items[args->index];
  if (conversion == 's' ? !v_is_str_exact(v) : conversion != 'd' || !v_is_smi(v)) return false;
  char digits[24], *end = digits + sizeof digits, *p = end;
  if (conversion == 's') {
    if (!strb_str(b, v)) return false;
  } else {
    int64_t i = v_smi(v);
    uint64_t rest = i < 0 ? (uint64_t)-i : (uint64_t)i;
    do *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (i < 0) *--p = '-';
    if (!strb_ascii(b, p, (size_t)(end - p))) return false;
  }
  args->index++;
  return true;
}

static bool format_all(StrBuilder *b, const Str *s, PercentArgs *args, Value *sole) {
  Thread *t = b->t;
  int kind = str_kind(s);
  for (int64_t pos = 0; pos < s->length;) {
    int64_t step = text_find_char(kind, text_at(kind, s->data, pos), s->length - pos, '%');
    int64_t end = step < 0 ? s->length : pos + step;
    if (!strb_slice(b, s, pos, end)) return false;
    if (step < 0) break;
    pos = end + 1;
    if (pos < s->length && str_char(s, pos) == '%') {
      if (!strb_char(b, '%')) return false;
      pos++;
      continue;
    }
    if (pos < s->length && str_char(s, pos) == '(' && !take_key(t, s, &pos, args)) return false;
    bool sole_char = b->length == 0 && pos + 1 == s->length;   // goes the general way: its text may be the result
    if (pos < s->length && !sole_char && put_plain(b, str_char(s, pos), args)) {
      pos++;
      continue;
    }
    PercentDirective d;
    if (!percent_read(t, kind, s->data, s->length, &pos, args, false, &d)) return false;
    if (!put_directive(b, &d, pos - 1, args, pos == s->length ? sole : NULL)) return false;
  }
  return percent_args_done(t, args, "string");
}

Value str_mod(Thread *t, Value format, Value args) {
  PercentArgs a;
  percent_args_init(&a, args, v_type(args)->slots.getitem && !v_is_tuple(args) && !v_is_str(args));
  const Str *s = v_str(format);
  if (s->length > 0 && text_find_char(str_kind(s), s->data, s->length, '%') < 0) return percent_args_done(t, &a, "string") ? v_own(t, format) : V_NULL;
  StrBuilder b;
  strb_init(&b, t);
  Value sole = V_NULL;
  bool ok = format_all(&b, s, &a, &sole);
  percent_args_clear(t, &a);
  if (ok && v_is_null(sole)) return strb_finish(&b);
  strb_discard(&b);
  if (ok) return sole;
  v_drop(t, sole);
  return V_NULL;
}
