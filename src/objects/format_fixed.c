// The fixed-point text of everyday doubles.
//
// A double is m * 2^e exactly. For e < 0 the digits asked for are m * 10^precision / 2^-e, rounded: with at most 53 + 50 bits in the product
// that is one multiplication, a shift, and a look at the bits shifted out.

#include "objects/format_fixed.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { PRECISION_MAX = 15 };

static const uint64_t powers_of_ten[PRECISION_MAX + 1] = {
  1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000, 10000000000, 100000000000, 1000000000000, 10000000000000,
  100000000000000, 1000000000000000,
};

// m * 10^precision * 2^e, rounded half to even. False: it does not fit.
static bool scaled(uint64_t m, int e, int precision, uint64_t *out) {
  unsigned __int128 product = (unsigned __int128)m * powers_of_ten[precision], whole;
  if (e >= 0) {
    if (e > 10) return false;
    whole = product << e;
  } else if (-e >= 120) {
    whole = 0;  // the product has at most 103 bits: less than half
  } else {
    unsigned __int128 one = (unsigned __int128)1 << -e, half = one >> 1, rest = product & (one - 1);
    whole = product >> -e;
    if (rest > half || (rest == half && whole & 1)) whole++;
  }
  *out = (uint64_t)whole;
  return whole >> 64 == 0;
}

int format_fixed(double d, int precision, char out[FIXED_TEXT_MAX]) {
  uint64_t bits, value;
  memcpy(&bits, &d, sizeof bits);
  int exponent = (int)(bits >> 52 & 0x7FF);
  uint64_t m = bits & (((uint64_t)1 << 52) - 1);
  if (exponent == 0x7FF || precision < 0 || precision > PRECISION_MAX) return 0;
  if (exponent) m |= (uint64_t)1 << 52;
  else exponent = 1;
  if (!scaled(m, exponent - 1075, precision, &value)) return 0;
  char digits[24];
  int n = 0;
  while (value || n <= precision) {  // at least one digit before the point
    digits[n++] = (char)('0' + value % 10);
    value /= 10;
  }
  char *p = out;
  if (bits >> 63) *p++ = '-';
  while (n > precision) *p++ = digits[--n];
  if (precision) *p++ = '.';
  while (n > 0) *p++ = digits[--n];
  return (int)(p - out);
}
