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
#include "objects/str.h"

// --- To text --------------------------------------------------------------------------------------------------------------------------

enum { SIGN = 1, ADD_DOT_0 = 2, ALTERNATE = 4 };

// Where d lies half way between two decimals, printf takes the even one and the odd one may be what reads back as d: tries the text with its
// last digit one up and one down.
static bool neighbour_reads_back(double d, char *buffer, size_t size) {
  char *last = strchr(buffer, 'e') - 1, text[40];
  const char was = *last;
  for (int step = 1; step >= -1; step -= 2) {
    char c = (char)(was + step);
    if (c < '0' || c > '9' || (size_t)snprintf(text, sizeof text, "%s", buffer) >= sizeof text) continue;
    text[last - buffer] = c;
    if (strtod(text, NULL) != d) continue;
    snprintf(buffer, size, "%s", text);
    return true;
  }
  return false;
}

// The fewest significant digits (as %.*e text) that read back as d. Any decimal of up to 15 digits survives the way through a normal double,
// so 15 digits less trailing zeros are the shortest if they do at all; subnormal ones have fewer, so there we count up from one.
static int shortest_digits(double d, char *buffer, size_t size) {
  for (int digits = fabs(d) < DBL_MIN ? 1 : 15; digits < 17; digits++) {
    snprintf(buffer, size, "%.*e", digits - 1, d);
    if (strtod(buffer, NULL) == d || neighbour_reads_back(d, buffer, size)) return digits;
  }
  snprintf(buffer, size, "%.16e", d);
  return 17;
}

// Lays out digits and exponent as repr does: fixed notation for 1e-4 <= |d| < 1e16, else scientific.
static char *layout_repr(double d, int flags) {
  char e[40];
  shortest_digits(d, e, sizeof e);
  char *exponent_at = strchr(e, 'e');
  int exponent = atoi(exponent_at + 1);
  char digits[24];
  int n = 0;
  bool negative = e[0] == '-';
  for (const char *p = e; p < exponent_at; p++)
    if (isdigit((unsigned char)*p)) digits[n++] = *p;
  while (n > 1 && digits[n - 1] == '0') n--;
  char *out = malloc(48), *p = out;
  if (!out) return NULL;
  if (negative) *p++ = '-';
  else if (flags & SIGN) *p++ = '+';
  if (exponent < -4 || exponent >= 16) {
    *p++ = digits[0];
    if (n > 1) {
      *p++ = '.';
      memcpy(p, digits + 1, (size_t)n - 1);
      p += n - 1;
    } else if (flags & ALTERNATE) {
      *p++ = '.';
    }
    sprintf(p, "e%c%02d", exponent < 0 ? '-' : '+', abs(exponent));
    return out;
  }
  if (exponent < 0) {
    p += sprintf(p, "0.%.*s", -exponent - 1, "000");
    memcpy(p, digits, (size_t)n);
    p += n;
  } else {
    for (int i = 0; i <= exponent; i++) *p++ = i < n ? digits[i] : '0';
    if (n > exponent + 1) {
      *p++ = '.';
      memcpy(p, digits + exponent + 1, (size_t)(n - exponent - 1));
      p += n - exponent - 1;
    } else if (flags & ADD_DOT_0) {
      *p++ = '.';
      *p++ = '0';
    } else if (flags & ALTERNATE) {
      *p++ = '.';
    }
  }
  *p = '\0';
  return out;
}

bool text_is_negative_zero(const char *s) {
  if (*s++ != '-') return false;
  for (; *s && *s != 'e' && *s != 'E' && *s != '%'; s++)
    if (*s != '0' && *s != '.') return false;
  return true;
}

char *double_to_string(double d, char code, int precision, int flags) {
  bool upper = isupper((unsigned char)code);
  if (!isfinite(d)) {
    const char *word = isnan(d) ? "nan" : "inf";
    char *out = malloc(8);
    if (!out) return NULL;
    sprintf(out, "%s%s", d < 0 ? "-" : flags & SIGN ? "+" : "", word);
    for (char *p = out; upper && *p; p++) *p = (char)toupper((unsigned char)*p);
    return out;
  }
  if (code == 'r') return layout_repr(d, flags);
  char format[16];
  snprintf(format, sizeof format, "%%%s%s.*%c", flags & SIGN ? "+" : "", flags & ALTERNATE ? "#" : "", code);
  int n = snprintf(NULL, 0, format, precision, d);
  char *out = malloc((size_t)n + 3);
  if (!out) return NULL;
  snprintf(out, (size_t)n + 1, format, precision, d);
  if (flags & ADD_DOT_0 && !strpbrk(out, ".eE")) strcat(out, ".0");
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
  const char *raw = s ? NULL : v_is_bytes(v) ? v_bytes(v)->data : ((ByteArray *)v_obj(v))->data;
  int64_t n = s ? str_length(s) : v_is_bytes(v) ? v_bytes(v)->length : ((ByteArray *)v_obj(v))->length;
  size_t k = 0;
  char previous = 0;
  bool ok = true;
  for (int64_t i = 0; i < n; i++) {
    uint32_t c = s ? str_char(s, i) : (uint8_t)raw[i];
    if (c >= 128 && s) {
      int d = uc_decimal_value(c);
      c = d >= 0 ? (uint32_t)('0' + d) : uc_is_property_white_space(c) ? ' ' : '?';
    } else if (c >= 0x1c && c <= 0x1f && s) {
      c = ' ';
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
  int64_t n = v_is_str(v) ? str_length(v_str(v)) : v_is_bytes(v) ? v_bytes(v)->length : ((ByteArray *)v_obj(v))->length;
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
  if (!to_plain(v, plain, &length)) length = 0;
  Value r = str_from_ascii(t, plain, length);
  free(plain);
  return r;
}
