// int.__format__, float.__format__ and complex.__format__.

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "objects/complex.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_text.h"
#include "objects/float_type.h"
#include "objects/format_fixed.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_impl.h"

static bool spec_is_str(Thread *t, Value spec) {
  if (v_is_str(spec)) return true;
  raise_type_error(t, "__format__() argument must be str, not %K", spec);
  return false;
}

static char sign_shown(bool negative, char wanted) { return negative ? '-' : wanted == '+' || wanted == ' ' ? wanted : 0; }

// --- int --------------------------------------------------------------------------------------------------------------------------

static Value format_character(Thread *t, Value v, const FormatSpec *f) {
  if (f->sign) return raise_value_error(t, "Sign not allowed with integer format specifier 'c'");
  if (f->alternate) return raise_value_error(t, "Alternate form (#) not allowed with integer format specifier 'c'");
  int64_t c;
  if (!int_as_i64(v, &c)) return raise_overflow(t, "Python int too large to convert to C long");
  if (c < 0 || c > (int64_t)STR_MAX_CHAR) return raise_overflow(t, "%%c arg not in range(0x110000)");
  int64_t left, right;
  FormatSpec padding = *f;
  if (padding.align == '=') padding.align = '>';
  format_spec_padding(&padding, 1, &left, &right);
  StrBuilder b;
  strb_init(&b, t);
  (void)(strb_fill(&b, f->fill, left) && strb_char(&b, (uint32_t)c) && strb_fill(&b, f->fill, right));
  return strb_finish(&b);
}

// Digits of |v|, as a str; upper case for 'X'.
static Value magnitude_text(Thread *t, Value v, int base, bool upper) {
  Value text = int_to_text(t, v, base, false);
  if (v_is_null(text) || !upper) return text;
  Str *s = v_str(text);
  Value copy = str_new(t, s->length, 0x7F);  // the text may be a cached character
  for (int64_t i = 0; !v_is_null(copy) && i < s->length; i++) {
    char c = s->data[i];
    v_str(copy)->data[i] = c >= 'a' && c <= 'f' ? (char)(c - 0x20) : c;
  }
  v_drop(t, text);
  return copy;
}

static Value format_integer(Thread *t, Value v, const FormatSpec *f) {
  if (f->precision >= 0) return raise_value_error(t, "Precision not allowed in integer format specifier");
  if (f->no_negative_zero) return raise_value_error(t, "Negative zero coercion (z) not allowed in integer format specifier");
  if (f->type == 'c') return format_character(t, v, f);
  int base = 10;
  const char *prefix = "";
  switch (f->type) {
    case 'b': base = 2; prefix = "0b"; break;
    case 'o': base = 8; prefix = "0o"; break;
    case 'x': base = 16; prefix = "0x"; break;
    case 'X': base = 16; prefix = "0X"; break;
    default: break;
  }
  Value text = magnitude_text(t, v, base, f->type == 'X');
  if (v_is_null(text)) return text;
  const Str *s = v_str(text);
  bool negative = s->data[0] == '-';
  NumberText x = {sign_shown(negative, f->sign), f->alternate ? prefix : "", s->data + negative, s->length - negative, "", 0};
  NumberStyle style = number_style(f, base == 10 ? 3 : 4);
  StrBuilder b;
  strb_init(&b, t);
  format_number_put(&b, f, &x, &style);
  v_drop(t, text);
  return strb_finish(&b);
}

static Value format_double(Thread *t, double d, const FormatSpec *f);

Value format_int(Thread *t, Value v, Value spec) {
  if (!spec_is_str(t, spec)) return V_NULL;
  if (v_str(spec)->length == 0) return v_is_int_exact(v) ? int_to_text(t, v, 10, false) : object_str(t, v);
  FormatSpec f;
  if (!format_spec_parse(t, v, spec, &f, 'd', '>')) return V_NULL;
  switch (f.type) {
    case 'b': case 'c': case 'd': case 'o': case 'x': case 'X': case 'n': return format_integer(t, v, &f);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case '%': {
      double d = v_is_int_exact(v) ? int_as_double(t, v) : number_as_double(t, v);     // a subclass may have a __float__
      return d == -1.0 && error_pending(t) ? V_NULL : format_double(t, d, &f);
    }
    default: return format_spec_unknown_type(t, v, f.type);
  }
}

// --- float ------------------------------------------------------------------------------------------------------------------------

typedef struct DoubleText { char *text; NumberText x; char small[FIXED_TEXT_MAX + 2]; } DoubleText;  // never copied

// The digits of d as type and precision want them, taken apart, to be freed by double_text_free. add_point: "1.0" rather than "1" where no type is given. False: MemoryError or ValueError.
static bool double_text(Thread *t, double d, const FormatSpec *f, bool add_point, DoubleText *out) {
  char code = (char)f->type;
  int precision = (int)f->precision, flags = f->alternate ? 4 : 0;
  if (f->precision > INT_MAX) {
    raise_value_error(t, "precision too big");
    return false;
  }
  if (code == 0) {
    code = 'r';
    if (add_point) flags |= 2;
  } else if (code == 'n') {
    code = 'g';
  } else if (code == '%') {
    code = 'f';
    d *= 100;
  }
  if (precision < 0) precision = code == 'r' ? 0 : 6;
  else if (code == 'r') code = 'g';
  int fixed = (code == 'f' || code == 'F') && !flags ? format_fixed(d, precision, out->small) : 0;
  if (fixed) {
    out->text = out->small;
    if (f->type == '%') out->small[fixed++] = '%';
    out->small[fixed] = 0;
  } else {
    out->text = double_to_string(d, code, precision, flags);
  }
  if (!fixed && out->text && f->type == '%') {
    char *longer = realloc(out->text, strlen(out->text) + 2);
    if (longer) strcat(longer, "%");
    else free(out->text);
    out->text = longer;
  }
  if (!out->text) {
    raise_no_memory(t);
    return false;
  }
  const char *p = out->text;
  if (f->no_negative_zero && text_is_negative_zero(p)) p++;
  bool negative = *p == '-';
  p += negative;
  const char *end = p;
  while (*end >= '0' && *end <= '9') end++;
  out->x = (NumberText){sign_shown(negative, f->sign), "", p, end - p, end, (int64_t)strlen(end)};
  return true;
}

static void double_text_free(DoubleText *d) {
  if (d->text != d->small) free(d->text);
}

static Value format_double(Thread *t, double d, const FormatSpec *f) {
  DoubleText text;
  if (!double_text(t, d, f, true, &text)) return V_NULL;
  NumberStyle style = number_style(f, 3);
  StrBuilder b;
  strb_init(&b, t);
  format_number_put(&b, f, &text.x, &style);
  double_text_free(&text);
  return strb_finish(&b);
}

Value format_float(Thread *t, Value v, Value spec) {
  if (!spec_is_str(t, spec)) return V_NULL;
  if (v_str(spec)->length == 0) return v_is_float_exact(v) ? float_repr(t, v) : object_str(t, v);
  FormatSpec f;
  if (!format_spec_parse(t, v, spec, &f, 0, '>')) return V_NULL;
  switch (f.type) {
    case 0: case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': case '%': return format_double(t, float_value(v), &f);
    default: return format_spec_unknown_type(t, v, f.type);
  }
}

// --- complex ----------------------------------------------------------------------------------------------------------------------

static Value format_parts(Thread *t, const Complex *c, const FormatSpec *f) {
  bool plain = f->type == 0, no_real = plain && c->real == 0 && !signbit(c->real), parentheses = plain && !no_real;
  FormatSpec part = *f;
  part.width = -1;
  part.align = '<';
  part.fill = 0;
  DoubleText real, imag;
  NumberStyle style = number_style(f, 3);
  if (!double_text(t, c->real, &part, false, &real)) return V_NULL;
  if (!no_real) part.sign = '+';
  if (!double_text(t, c->imag, &part, false, &imag)) {
    double_text_free(&real);
    return V_NULL;
  }
  StrBuilder inner, b;
  strb_init(&inner, t);
  bool ok = (!parentheses || strb_char(&inner, '(')) && (no_real || format_number_put(&inner, &part, &real.x, &style)) &&
            format_number_put(&inner, &part, &imag.x, &style) && strb_char(&inner, 'j') && (!parentheses || strb_char(&inner, ')'));
  double_text_free(&real);
  double_text_free(&imag);
  Value text = ok ? strb_finish(&inner) : V_NULL;
  if (!ok) strb_discard(&inner);
  if (v_is_null(text)) return text;
  int64_t left, right;
  format_spec_padding(f, v_str(text)->length, &left, &right);
  strb_init(&b, t);
  (void)(strb_fill(&b, f->fill, left) && strb_str(&b, text) && strb_fill(&b, f->fill, right));
  v_drop(t, text);
  return strb_finish(&b);
}

Value format_complex(Thread *t, Value v, Value spec) {
  if (!spec_is_str(t, spec)) return V_NULL;
  if (v_str(spec)->length == 0) return object_str(t, v);
  FormatSpec f;
  if (!format_spec_parse(t, v, spec, &f, 0, '>')) return V_NULL;
  switch (f.type) {
    case 0: case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'n': break;
    default: return format_spec_unknown_type(t, v, f.type);
  }
  if (f.fill == '0') return raise_value_error(t, "Zero padding is not allowed in complex format specifier");
  if (f.align == '=') return raise_value_error(t, "'=' alignment flag is not allowed in complex format specifier");
  return format_parts(t, (Complex *)v_obj(v), &f);
}

// --- Any of them ------------------------------------------------------------------------------------------------------------------

Value format_exact(Thread *t, Value v, Value spec) {
  if (v_is_str_exact(v)) return str_format_value(t, v, spec);
  if (v_is_int_exact(v)) return format_int(t, v, spec);
  if (v_is_float_exact(v)) return format_float(t, v, spec);
  return V_ABSENT;
}
