// float to text and back, on the C library's correctly rounded conversions (glibc's printf and strtod are exact).
//
// The C locale's decimal point is '.', as weft never calls setlocale for LC_NUMERIC.
#include "objects/float_text.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/float_shortest.h"
#include "objects/object.h"
#include "objects/str.h"

// --- To text --------------------------------------------------------------------------------------------------------------------------

// The decimal exponent, as printf writes it: a sign and two digits at least.
static char *put_exponent(char *p, int exponent) {
  *p++ = 'e';
  *p++ = exponent < 0 ? '-' : '+';
  exponent = abs(exponent);
  if (exponent >= 100) *p++ = (char)('0' + exponent / 100);
  *p++ = (char)('0' + exponent / 10 % 10);
  *p++ = (char)('0' + exponent % 10);
  return p;
}

// 0.DIGITS * 10**point as repr has it: in fixed notation for 1e-4 <= |d| < 1e16, else in scientific.
static char *layout_digits(char *p, const char *digits, int n, int point, int flags) {
  if (point <= -4 || point > 16) {
    *p++ = digits[0];
    if (n > 1 || flags & DOUBLE_ALTERNATE) *p++ = '.';
    memcpy(p, digits + 1, (size_t)n - 1);
    return put_exponent(p + n - 1, point - 1);
  }
  if (point <= 0) {
    memcpy(p, "0.0000", 6);
    memcpy(p + 2 - point, digits, (size_t)n);
    return p + 2 - point + n;
  }
  int whole = n < point ? n : point;
  memcpy(p, digits, (size_t)whole);
  memset(p + whole, '0', (size_t)(point - whole));
  p += point;
  if (n > point || flags & (DOUBLE_ADD_DOT_0 | DOUBLE_ALTERNATE)) *p++ = '.';
  if (n > point) {
    memcpy(p, digits + point, (size_t)(n - point));
    p += n - point;
  } else if (flags & DOUBLE_ADD_DOT_0) {
    *p++ = '0';
  }
  return p;
}

int double_repr(double d, char out[DOUBLE_REPR_MAX], int flags) {
  char digits[FLOAT_SHORTEST_MAX], *p = out;
  int point = 1, n = 1;
  if (signbit(d)) *p++ = '-';
  else if (flags & DOUBLE_SIGN) *p++ = '+';
  if (d == 0) digits[0] = '0';
  else n = double_shortest(d, digits, &point);
  p = layout_digits(p, digits, n, point, flags);
  *p = '\0';
  return (int)(p - out);
}

static char *copy_repr(double d, int flags) {
  char text[DOUBLE_REPR_MAX];
  size_t n = (size_t)double_repr(d, text, flags) + 1;
  char *out = malloc(n);
  return out ? memcpy(out, text, n) : NULL;
}

bool text_is_negative_zero(const char *s) {
  if (*s++ != '-') return false;
  for (; *s && *s != 'e' && *s != 'E' && *s != '%'; s++)
    if (*s != '0' && *s != '.') return false;
  return true;
}

// The decimal exponent of d rounded to so many digits. No double has more than 767 that are not zeros.
static int exponent_of(double d, int digits) {
  char text[800];
  snprintf(text, sizeof text, "%.*e", digits < 780 ? digits - 1 : 780, d);
  return atoi(strchr(text, 'e') + 1);
}

// With a precision but no type, a number with just as many digits before the point is scientific already ("1e+02" for 100.0 and .3), so that
// the ".0" has room in shorter ones. "": not such a number; NULL: no memory.
static char *scientific_at_limit(double d, int precision, int flags) {
  const char *format = flags & DOUBLE_SIGN ? "%+.*e" : "%.*e";
  int n = snprintf(NULL, 0, format, precision - 1, d);
  char *out = malloc((size_t)n + 1);
  if (!out) return NULL;
  snprintf(out, (size_t)n + 1, format, precision - 1, d);
  char *exponent = strchr(out, 'e'), *end = exponent;
  if (atoi(exponent + 1) != precision - 1) {
    *out = '\0';
  } else if (!(flags & DOUBLE_ALTERNATE) && strchr(out, '.')) {
    while (end[-1] == '0') end--;
    if (end[-1] == '.') end--;
    memmove(end, exponent, strlen(exponent) + 1);
  }
  return out;
}

char *double_to_string(double d, char code, int precision, int flags) {
  bool upper = isupper((unsigned char)code);
  if (!isfinite(d)) {
    const char *word = isnan(d) ? "nan" : "inf";
    char *out = malloc(8);
    if (!out) return NULL;
    sprintf(out, "%s%s", d < 0 ? "-" : flags & DOUBLE_SIGN ? "+" : "", word);
    for (char *p = out; upper && *p; p++) *p = (char)toupper((unsigned char)*p);
    return out;
  }
  if (code == 'r') return copy_repr(d, flags);
  if (code == 'g' && flags & DOUBLE_ADD_DOT_0) {
    char *out = scientific_at_limit(d, precision ? precision : 1, flags);
    if (!out || *out) return out;
    free(out);
  }
  if ((code == 'g' || code == 'G') && flags & DOUBLE_ALTERNATE) {
    // Not left to "%#g", which in glibc loses the zeros of 999.9 rounded to three digits.
    if (precision == 0) precision = 1;
    int exponent = exponent_of(d, precision);
    bool scientific = exponent < -4 || exponent >= precision;
    precision -= scientific ? 1 : exponent + 1;
    code = scientific ? (code == 'g' ? 'e' : 'E') : 'f';
  }
  char format[16];
  snprintf(format, sizeof format, "%%%s%s.*%c", flags & DOUBLE_SIGN ? "+" : "", flags & DOUBLE_ALTERNATE ? "#" : "", code);
  int n = snprintf(NULL, 0, format, precision, d);
  char *out = malloc((size_t)n + 3);
  if (!out) return NULL;
  snprintf(out, (size_t)n + 1, format, precision, d);
  if (flags & DOUBLE_ADD_DOT_0 && !strpbrk(out, ".eE")) strcat(out, ".0");
  return out;
}

char *decimal_round_to_power(double d, int power) {
  // The exact integer part is at most 309 digits; %.0f would round the fraction first, so cut it off and remember it.
  double whole, fraction = modf(fabs(d), &whole);
  char digits[330];
  int n = snprintf(digits, sizeof digits, "%.0f", whole);
  char *out = malloc((size_t)n + 16 + (size_t)power);
  if (!out) return NULL;
  if (power > n) {
    strcpy(out, signbit(d) ? "-0" : "0");
    return out;
  }
  int keep = n - power;
  bool tail = fraction > 0;
  for (int i = keep + 1; i < n && !tail; i++) tail = digits[i] != '0';
  bool odd = keep > 0 && (digits[keep - 1] - '0') % 2;
  bool up = digits[keep] > '5' || (digits[keep] == '5' && (tail || odd));
  char head[330];
  snprintf(head, sizeof head, "0%.*s", keep, digits);
  for (int i = keep; up; i--) {
    if (head[i] == '9') {
      head[i] = '0';
    } else {
      head[i]++;
      up = false;
    }
  }
  sprintf(out, "%s%se%d", signbit(d) ? "-" : "", head, power);
  return out;
}

// --- From text --------------------------------------------------------------------------------------------------------------------------

// How many characters of s form a decimal literal, inf, infinity or nan; 0: none. strtod alone would take hex and nan(...) too.
static size_t literal_length(const char *s, const char *end) {
  const char *p = s;
  if (p < end && (*p == '+' || *p == '-')) p++;
  static const char *const words[] = {"infinity", "inf", "nan"};
  for (int i = 0; i < 3; i++) {
    size_t n = strlen(words[i]);
    if ((size_t)(end - p) >= n && strncasecmp(p, words[i], n) == 0) return (size_t)(p - s) + n;
  }
  const char *first = p;
  while (p < end && isdigit((unsigned char)*p)) p++;
  int64_t digits = p - first;
  if (p < end && *p == '.') {
    const char *dot = ++p;
    while (p < end && isdigit((unsigned char)*p)) p++;
    digits += p - dot;
  }
  if (digits == 0) return 0;
  if (p < end && (*p | 32) == 'e') {
    const char *e = p + 1;
    if (e < end && (*e == '+' || *e == '-')) e++;
    if (e < end && isdigit((unsigned char)*e)) {
      while (e < end && isdigit((unsigned char)*e)) e++;
      p = e;
    }
  }
  return (size_t)(p - s);
}

double double_from_string(const char *s, size_t n, const char **end) {
  size_t length = literal_length(s, s + n);
  *end = s + length;
  if (length == 0) return 0.0;
  char stack[64], *copy = length < sizeof stack ? stack : malloc(length + 1);
  if (!copy) {
    *end = s;
    return 0.0;
  }
  memcpy(copy, s, length);
  copy[length] = '\0';
  double d = strtod(copy, NULL);
  if (copy != stack) free(copy);
  return d;
}

// Copies text as ASCII: other scripts' digits become ours, spaces ' '. Removes underscores between digits; false: one elsewhere.
static bool to_plain(Value v, char *out, size_t *out_n) {
  const Str *s = v_is_str(v) ? v_str(v) : NULL;
  const char *raw = s ? NULL : v_bytes(v)->data;
  int64_t n = s ? str_length(s) : v_bytes(v)->length;
  size_t k = 0;
  char previous = 0;
  bool ok = true;
  for (int64_t i = 0; i < n; i++) {
    uint32_t c = s ? str_char(s, i) : (uint8_t)raw[i];
    if (c >= 128 && s) {
      int d = uc_decimal_value(c);
      c = d >= 0 ? (uint32_t)('0' + d) : uc_is_property_white_space(c) ? ' ' : '?';
    }
    if (c == 0 || c >= 128) c = '?';
    if (c == '_') {
      ok = ok && isdigit((unsigned char)previous);
    } else {
      if (previous == '_') ok = ok && isdigit((int)c);
      out[k++] = (char)c;
    }
    previous = (char)c;
  }
  *out_n = k;
  return ok && previous != '_';
}

Value float_from_str(Thread *t, Value v) {
  int64_t n = v_is_str(v) ? str_length(v_str(v)) : v_bytes(v)->length;
  char stack[128], *plain = n < (int64_t)sizeof stack ? stack : malloc((size_t)n + 1);
  if (!plain) return raise_no_memory(t);
  size_t length;
  bool ok = to_plain(v, plain, &length);
  const char *start = plain, *end = plain + length, *stop;
  while (start < end && isspace((unsigned char)*start)) start++;
  while (end > start && isspace((unsigned char)end[-1])) end--;
  double d = double_from_string(start, (size_t)(end - start), &stop);
  ok = ok && stop == end && end > start;
  if (plain != stack) free(plain);
  if (!ok) return raise_value_error(t, "could not convert string to float: %R", v);
  return float_new(t, d);
}

Value float_plain_text(Thread *t, Value v) {
  char *plain = malloc((size_t)str_length(v_str(v)) + 1);
  if (!plain) return raise_no_memory(t);
  size_t length;
  Value r = to_plain(v, plain, &length) ? str_from_ascii(t, plain, length) : V_NONE;
  free(plain);
  return r;
}
