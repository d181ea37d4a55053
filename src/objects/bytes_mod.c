// bytes % args and bytearray % args.

#include "objects/bytes_impl.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/percent_format.h"
#include "objects/str.h"
#include "objects/text_search.h"
#include "objects/tuple.h"

// Reads "(key)", *pos standing on the '(', and looks it up as bytes.
static bool take_key(Thread *t, const ByteArg *f, int64_t *pos, PercentArgs *args) {
  if (v_is_null(args->mapping)) {
    raise_type_error(t, "format requires a mapping");
    return false;
  }
  int64_t start = ++*pos;
  for (int depth = 1; *pos < f->length; ++*pos) {
    if (f->data[*pos] == '(') depth++;
    if (f->data[*pos] == ')' && --depth == 0) break;
  }
  if (*pos == f->length) {
    raise_value_error(t, "incomplete format key");
    return false;
  }
  Value key = bytes_from(t, f->data + start, (size_t)(*pos - start));
  ++*pos;
  if (v_is_null(key)) return false;
  Value v = object_getitem(t, args->mapping, key);
  v_drop(t, key);
  if (v_is_null(v)) return false;
  v_set(t, &args->key_value, v);
  args->count = -1;
  return true;
}

static bool put_padded(BytesBuilder *b, const PercentDirective *d, const void *p, int64_t n) {
  if (d->precision >= 0 && d->precision < n) n = d->precision;
  int64_t pad = d->width > n ? d->width - n : 0;
  bool left = d->flags & PERCENT_LEFT;
  return (left || bytesb_fill(b, ' ', pad)) && bytesb_put(b, p, n) && (!left || bytesb_fill(b, ' ', pad));
}

// %b and %s: a buffer, or what __bytes__ answers.
static bool put_bytes(BytesBuilder *b, const PercentDirective *d, Value v) {
  Thread *t = b->t;
  ByteArg a;
  Value made = V_NULL;
  if (!v_is_bytes(v) && !v_is_bytearray(v)) {
    Value method;
    int found = object_lookup_special(t, v, N(__bytes__), &method);
    if (found < 0) return false;
    if (found) {
      made = object_call0(t, method);
      v_drop(t, method);
      if (v_is_null(made)) return false;
      if (!v_is_bytes(made)) {
        raise_type_error(t, "__bytes__ returned non-bytes (type %T)", made);
        v_drop(t, made);
        return false;
      }
      v = made;
    } else if (!buffer_is_supported(v)) {
      raise_type_error(t, "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'", v);
      return false;
    } else {
      v = made = bytes_from_object(t, v);  // of a view with gaps, too
      if (v_is_null(v)) return false;
    }
  }
  bool ok = byte_arg_get(t, v, &a) == 0;
  if (ok) {
    ok = put_padded(b, d, a.data, a.length);
    byte_arg_clear(t, &a);
  }
  v_drop(t, made);
  return ok;
}

static bool put_ascii(BytesBuilder *b, const PercentDirective *d, Value text) {
  if (v_is_null(text)) return false;
  bool ok = put_padded(b, d, v_str(text)->data, v_str(text)->length);
  v_drop(b->t, text);
  return ok;
}

static bool put_character(BytesBuilder *b, const PercentDirective *d, Value v) {
  Thread *t = b->t;
  int64_t c = -1;
  if ((v_is_bytes(v) || v_is_bytearray(v)) && object_length(t, v) == 1) {
    ByteArg a;
    if (byte_arg_get(t, v, &a) < 0) return false;
    c = a.length == 1 ? a.data[0] : -1;
    byte_arg_clear(t, &a);
  } else if (number_is_index(v)) {
    c = number_as_i64_clip(t, v);
    bool failed = c == -1 && error_pending(t);
    if (failed && !error_matches(t, &exc_TypeError)) return false;
    if (!failed && (c < 0 || c > 255)) {
      raise_overflow(t, "%%c arg not in range(256)");
      return false;
    }
    error_clear(t);
  }
  if (c < 0) {
    raise_type_error(t, "%%c requires an integer in range(256) or a single byte");
    return false;
  }
  PercentDirective whole = *d;
  whole.precision = -1;
  return put_padded(b, &whole, &(uint8_t){(uint8_t)c}, 1);
}

// Sign and prefix come before padding with zeros and after padding with blanks. Steals text.
static bool put_number(BytesBuilder *b, const PercentDirective *d, Value text) {
  if (v_is_null(text)) return false;
  const Str *s = v_str(text);
  int64_t at = 0;
  uint8_t sign = (uint8_t)s->data[0];
  if (sign == '-' || sign == '+') at = 1;
  else sign = d->flags & PERCENT_SIGN ? '+' : d->flags & PERCENT_BLANK ? ' ' : 0;
  bool prefixed = d->flags & PERCENT_ALTERNATE && (d->conversion == 'x' || d->conversion == 'X' || d->conversion == 'o');
  int64_t n = s->length - at + (sign != 0), pad = d->width > n ? d->width - n : 0;
  bool left = d->flags & PERCENT_LEFT, zero = !left && d->flags & PERCENT_ZERO;
  bool ok = (left || zero || bytesb_fill(b, ' ', pad)) && (!sign || bytesb_byte(b, sign));
  if (ok && prefixed) {
    ok = bytesb_put(b, s->data + at, 2);
    at += 2;
  }
  ok = ok && (!zero || bytesb_fill(b, '0', pad)) && bytesb_put(b, s->data + at, s->length - at) && (!left || bytesb_fill(b, ' ', pad));
  v_drop(b->t, text);
  return ok;
}

static Value float_text(Thread *t, const PercentDirective *d, Value v) {
  Value text = percent_float(t, d, v);
  if (v_is_null(text) && !v_has_flag(v, TYPE_FLOAT)) {     // whatever went wrong
    error_clear(t);
    return raise_type_error(t, "float argument required, not %T", v);
  }
  return text;
}

static void raise_without_message(Thread *t, Type *type) {
  Value exc = exception_new(t, type, NULL, 0);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
}

static bool put_directive(BytesBuilder *b, const PercentDirective *d, int64_t at, PercentArgs *args) {
  Thread *t = b->t;
  Value v = percent_args_next(t, args);
  if (v_is_null(v)) return false;
  switch (d->conversion) {
    case 'b': case 's': return put_bytes(b, d, v);
    case 'r': case 'a': return put_ascii(b, d, object_ascii(t, v));
    case 'c': return put_character(b, d, v);
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': return put_number(b, d, percent_integer(t, d, v));
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return put_number(b, d, float_text(t, d, v));
    default: {
      uint32_t c = d->conversion;
      if (c > 127) raise_without_message(t, &exc_ValueError);   // CPython fails in making one
      else raise_value_error(t, "unsupported format character '%c' (0x%x) at index %lld", (int)c, c, (long long)at);
      return false;
    }
  }
}

static bool format_all(BytesBuilder *b, const ByteArg *f, PercentArgs *args) {
  Thread *t = b->t;
  for (int64_t pos = 0; pos < f->length;) {
    int64_t step = text_find_char(1, f->data + pos, f->length - pos, '%'), end = step < 0 ? f->length : pos + step;
    if (!bytesb_put(b, f->data + pos, end - pos)) return false;
    if (step < 0) break;
    pos = end + 1;
    if (pos < f->length && f->data[pos] == '%') {
      if (!bytesb_byte(b, '%')) return false;
      pos++;
      continue;
    }
    if (pos < f->length && f->data[pos] == '(' && !take_key(t, f, &pos, args)) return false;
    PercentDirective d;
    if (!percent_read(t, 1, f->data, f->length, &pos, args, true, &d)) return false;
    if (!put_directive(b, &d, pos - 1, args)) return false;
  }
  return percent_args_done(t, args, "bytes");
}

Value bytes_mod(Thread *t, Value format, Value args, bool to_bytearray) {
  ByteArg f;
  if (byte_arg_get(t, format, &f) < 0) return V_NULL;
  PercentArgs a;
  bool mapping = v_type(args)->slots.getitem && !v_is_tuple(args) && !v_is_str(args) && !v_is_bytes(args) && !v_is_bytearray(args);
  percent_args_init(&a, args, mapping);
  BytesBuilder b;
  bytesb_init(&b, t);
  bool ok = format_all(&b, &f, &a);
  percent_args_clear(t, &a);
  byte_arg_clear(t, &f);
  if (ok) return to_bytearray ? bytesb_finish_bytearray(&b) : bytesb_finish(&b);
  bytesb_discard(&b);
  return V_NULL;
}
