// Doubles from hexadecimal text, rounded half to even. The C library's strtod is not used: glibc's rounds some subnormals down.
#include "objects/float_hex.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

static const char *skip_spaces(const char *s, const char *end) {
  while (s < end && (*s == ' ' || (*s >= 9 && *s <= 13))) s++;
  return s;
}

static int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 32;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// The number is (mantissa + less than one, if sticky) * 2**exponent.
typedef struct { uint64_t mantissa; int64_t exponent; bool sticky; } Scaled;

static const char *read_digits(const char *s, const char *end, Scaled *n) {
  const char *start = s;
  bool point = false;
  int64_t digits = 0;
  for (; s < end; s++) {
    int d = digit_value(*s);
    if (d < 0 && (*s != '.' || point)) break;
    if (d < 0) {
      point = true;
      continue;
    }
    digits++;
    if (n->mantissa >> 60) {
      n->sticky |= d != 0;
      n->exponent += 4;
    } else {
      n->mantissa = n->mantissa << 4 | (uint64_t)d;
    }
    if (point) n->exponent -= 4;
  }
  return digits ? s : start;
}

// "p-12" or nothing. NULL: a p without a number.
static const char *read_exponent(const char *s, const char *end, Scaled *n) {
  if (s == end || (*s | 32) != 'p') return s;
  s++;
  bool negative = s < end && *s == '-';
  if (s < end && (*s == '-' || *s == '+')) s++;
  const char *first = s;
  int64_t e = 0;
  for (; s < end && *s >= '0' && *s <= '9'; s++)
    if (e < INT64_MAX / 1000) e = e * 10 + (*s - '0');
  n->exponent += negative ? -e : e;
  return s == first ? NULL : s;
}

// False: too large.
static bool round_scaled(const Scaled *n, double *out) {
  *out = 0.0;
  if (n->mantissa == 0) return true;
  int bits = 64 - __builtin_clzll(n->mantissa);
  if (n->exponent > DBL_MAX_EXP - bits) return false;
  int64_t top = n->exponent + bits, precision = top >= DBL_MIN_EXP ? DBL_MANT_DIG : top - DBL_MIN_EXP + DBL_MANT_DIG;
  if (precision < 0) return true;
  int shift = bits - (int)precision;
  if (shift <= 0) {
    *out = ldexp((double)n->mantissa, (int)n->exponent);
    return true;
  }
  uint64_t kept = shift == 64 ? 0 : n->mantissa >> shift, half = (uint64_t)1 << (shift - 1), rest = n->mantissa & (half * 2 - 1);
  if (rest > half || (rest == half && (n->sticky || (kept & 1)))) kept++;
  *out = ldexp((double)kept, (int)n->exponent + shift);
  return !isinf(*out);
}

static const char *read_word(const char *s, const char *end, double *out) {
  static const struct { const char *text; double value; } words[] = {{"infinity", INFINITY}, {"inf", INFINITY}, {"nan", NAN}};
  for (int i = 0; i < 3; i++) {
    size_t n = strlen(words[i].text);
    if ((size_t)(end - s) < n || strncasecmp(s, words[i].text, n) != 0) continue;
    *out = words[i].value;
    return s + n;
  }
  return s;
}

HexResult float_parse_hex(const char *s, size_t length, double *out) {
  const char *end = s + length;
  s = skip_spaces(s, end);
  bool negative = s < end && *s == '-';
  if (s < end && (*s == '-' || *s == '+')) s++;
  const char *after = read_word(s, end, out);
  bool fits = true;
  if (after == s) {
    if (end - s >= 2 && s[0] == '0' && (s[1] | 32) == 'x') s += 2;
    Scaled n = {0};
    after = read_digits(s, end, &n);
    if (after == s || !(after = read_exponent(after, end, &n))) return HEX_INVALID;
    fits = round_scaled(&n, out);
  }
  if (skip_spaces(after, end) != end) return HEX_INVALID;
  if (negative) *out = -*out;
  return fits ? HEX_OK : HEX_TOO_LARGE;
}
