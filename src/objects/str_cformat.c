// str_from_format: printf's directives plus those that take values, for messages made in C.
//
//   printf's:   %d %i %u %x %X %o %c %s %p %% %g %e %f with - 0 + # space, width, precision and the lengths hh h l ll z j t
//   a Value:    %R repr, %S str, %A ascii, %U a str's own text, %T the name of the value's type
//   a Type *:   %N the type's name
// Width and precision count characters for all that make text. %s takes UTF-8; what is not valid in it shows as U+FFFD.

#include <stdio.h>

#include "objects/object.h"
#include "objects/str_core.h"

typedef struct Directive {
  bool left, zero, plus, alternate, space;
  int width, precision;  // precision -1: none
  int size;              // bytes of the integer argument
  char conversion;
} Directive;

typedef struct ArgList { va_list ap; } ArgList;  // so that helpers can advance it

static const char *directive_parse(const char *p, Directive *d, ArgList *args) {
  *d = (Directive){.precision = -1, .size = (int)sizeof(int)};
  for (;; p++) {
    if (*p == '-') d->left = true;
    else if (*p == '0') d->zero = true;
    else if (*p == '+') d->plus = true;
    else if (*p == '#') d->alternate = true;
    else if (*p == ' ') d->space = true;
    else break;
  }
  if (*p == '*') {
    d->width = va_arg(args->ap, int);
    p++;
  }
  for (; *p >= '0' && *p <= '9'; p++) d->width = d->width * 10 + (*p - '0');
  if (*p == '.') {
    d->precision = 0;
    if (*++p == '*') {
      d->precision = va_arg(args->ap, int);
      p++;
    }
    for (; *p >= '0' && *p <= '9'; p++) d->precision = d->precision * 10 + (*p - '0');
  }
  for (;; p++) {
    if (*p == 'l' || *p == 'z' || *p == 'j' || *p == 't') d->size = 8;
    else if (*p != 'h') break;
  }
  d->conversion = *p;
  return *p ? p + 1 : p;
}

// Appends a text, cut to the precision and padded to the width.
static bool append_text(StrBuilder *b, const Directive *d, Value text) {
  Str *s = v_str(text);
  int64_t n = d->precision >= 0 && d->precision < s->length ? d->precision : s->length;
  int64_t pad = d->width > n ? d->width - n : 0;
  return (d->left || strb_fill(b, ' ', pad)) && strb_slice(b, s, 0, n) && (!d->left || strb_fill(b, ' ', pad));
}

static bool append_owned(StrBuilder *b, const Directive *d, Value text) {
  if (v_is_null(text)) {
    b->failed = true;  // the error of repr() or str() stays pending
    return false;
  }
  bool ok = append_text(b, d, text);
  v_drop(b->t, text);
  return ok;
}

static bool append_c_string(StrBuilder *b, const Directive *d, const char *s) {
  if (!s) s = "(null)";
  size_t n = d->precision >= 0 ? strnlen(s, (size_t)d->precision) : strlen(s);
  Directive whole = *d;
  whole.precision = -1;
  if (bytes_are_ascii(s, n) && !d->width) return strb_ascii(b, s, n);
  return append_owned(b, &whole, str_decode_replace(b->t, s, n));
}

static bool append_number(StrBuilder *b, const Directive *d, ArgList *args) {
  char format[40], text[64];
  bool is_signed = d->conversion == 'd' || d->conversion == 'i';
  snprintf(format, sizeof format, "%%%s%s%s%s%s*.*ll%c", d->left ? "-" : "", d->zero ? "0" : "", d->plus ? "+" : "", d->alternate ? "#" : "",
           d->space ? " " : "", d->conversion);
  long long value;
  if (d->size == 8) value = va_arg(args->ap, long long);
  else value = is_signed ? (long long)va_arg(args->ap, int) : (long long)va_arg(args->ap, unsigned);
  int width = d->width < 40 ? d->width : 40, precision = d->precision < 40 ? d->precision : 40;
  int n = snprintf(text, sizeof text, format, width, precision, value);
  return strb_ascii(b, text, (size_t)n);
}

static bool append_double(StrBuilder *b, const Directive *d, double value) {
  char format[16], text[400];
  snprintf(format, sizeof format, "%%*.*%c", d->conversion);
  int n = snprintf(text, sizeof text, format, d->width, d->precision, value);
  return strb_ascii(b, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

// The name that messages show: dotted for builtin types declared so ("collections.deque"), plain for classes.
static bool append_type_name(StrBuilder *b, const Directive *d, const Type *type) {
  if (type->spec) return append_c_string(b, d, type->spec->name);
  return v_is_null(type->name) ? append_c_string(b, d, "?") : append_text(b, d, type->name);
}

static bool append_directive(StrBuilder *b, const Directive *d, ArgList *args) {
  Thread *t = b->t;
  switch (d->conversion) {
    case 'd': case 'i': case 'u': case 'x': case 'X': case 'o': return append_number(b, d, args);
    case 'e': case 'f': case 'g': return append_double(b, d, va_arg(args->ap, double));
    case 's': return append_c_string(b, d, va_arg(args->ap, const char *));
    case 'c': return strb_char(b, (uint32_t)va_arg(args->ap, int));
    case 'p': {
      char text[32];
      int n = snprintf(text, sizeof text, "0x%llx", (unsigned long long)(uintptr_t)va_arg(args->ap, void *));
      return strb_ascii(b, text, (size_t)n);
    }
    case 'R': return append_owned(b, d, object_repr(t, va_arg(args->ap, Value)));
    case 'S': return append_owned(b, d, object_str(t, va_arg(args->ap, Value)));
    case 'A': return append_owned(b, d, object_ascii(t, va_arg(args->ap, Value)));
    case 'U': return append_text(b, d, va_arg(args->ap, Value));
    case 'K': {
      Value v = va_arg(args->ap, Value);
      return v_is_none(v) ? append_c_string(b, d, "None") : append_type_name(b, d, v_type(v));
    }
    case 'T': return append_type_name(b, d, v_type(va_arg(args->ap, Value)));
    case 'N': return append_type_name(b, d, va_arg(args->ap, Type *));
    default: return strb_char(b, (uint8_t)d->conversion);
  }
}

Value str_from_formatv(Thread *t, const char *format, va_list ap) {
  StrBuilder b;
  strb_init(&b, t);
  ArgList args;
  va_copy(args.ap, ap);
  bool ok = true;
  for (const char *p = format; ok && *p;) {
    const char *percent = strchr(p, '%');
    size_t n = percent ? (size_t)(percent - p) : strlen(p);
    const Directive plain = {.precision = -1};
    if (n) {
      Directive piece = plain;
      piece.precision = (int)n;
      ok = append_c_string(&b, &piece, p);
    }
    p += n;
    if (ok && percent) {
      Directive d;
      p = directive_parse(percent + 1, &d, &args);
      ok = append_directive(&b, &d, &args);
    }
  }
  va_end(args.ap);
  return strb_finish(&b);
}

Value str_from_format(Thread *t, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  Value v = str_from_formatv(t, format, ap);
  va_end(ap);
  return v;
}
