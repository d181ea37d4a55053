// Shortest decimals, by the method of Raffaello Giulietti's "The Schubfach way to render doubles" (2021): the double and the two bounds of
// what rounds to it are scaled by one power of ten, known to 128 bits, and at most two candidates of each length are looked at.
//
// The powers are computed when they are first asked for, from limbs of GMP; a program mostly needs a few of their 617.
#include "objects/float_shortest.h"

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "threading/atomic.h"

enum { POWER_MIN = -292, POWER_MAX = 324, LIMBS = 16, FRACTION_BITS = 52, EXPONENT_SPECIAL = 0x7FF };

// 10**k = (high:low) * 2**r rounded up, with the top bit of high set. Filled by whoever comes first; all would write the same. `high` is
// stored last (release) and read first (acquire): not 0, low is there too.
typedef struct Power { a64 high, low; } Power;
static Power powers[POWER_MAX - POWER_MIN + 1];

static inline int floor_log10_of_2(int e) { return (e * 1262611) >> 22; }
static inline int floor_log10_of_3_4ths_of_2(int e) { return (e * 1262611 - 524031) >> 22; }
static inline int floor_log2_of_10(int e) { return (e * 1741647) >> 19; }

// 5**n, n <= 324: the number of limbs.
static mp_size_t power_of_5(mp_limb_t *p, int n) {
  mp_size_t size = 1;
  p[0] = 1;
  while (n > 0) {
    int step = n < 27 ? n : 27;      // 5**27 fits a limb
    mp_limb_t factor = 1;
    for (int i = 0; i < step; i++) factor *= 5;
    mp_limb_t carry = mpn_mul_1(p, p, size, factor);
    if (carry) p[size++] = carry;
    n -= step;
  }
  return size;
}

// The top 128 bits of p, rounded up; `more`: there is something below p's last bit.
static void top_bits(const mp_limb_t *p, mp_size_t size, bool more, uint64_t *high, uint64_t *low) {
  int shift = __builtin_clzll(p[size - 1]);
  mp_limb_t shifted[LIMBS];
  if (shift) mpn_lshift(shifted, p, size, (unsigned)shift);
  else memcpy(shifted, p, (size_t)size * sizeof *p);
  *high = shifted[size - 1];
  *low = size > 1 ? shifted[size - 2] : 0;
  for (mp_size_t i = 0; i + 2 < size; i++) more = more || shifted[i];
  if (more && ++*low == 0) ++*high;
}

static void compute_power(int k, uint64_t *high, uint64_t *low) {
  mp_limb_t five[LIMBS], numerator[LIMBS] = {0}, quotient[LIMBS], rest[LIMBS];
  mp_size_t size = power_of_5(five, k < 0 ? -k : k);
  if (k >= 0) {
    top_bits(five, size, false, high, low);
    return;
  }
  // 2**n / 5**-k, with n such that the quotient has 128 bits: 5**-k is no power of two, so its bit length alone tells.
  size_t n = 127 + mpn_sizeinbase(five, size, 2);
  mp_size_t limbs = (mp_size_t)(n / 64) + 1;
  numerator[n / 64] = (mp_limb_t)1 << n % 64;
  mpn_tdiv_qr(quotient, rest, 0, numerator, limbs, five, size);
  mp_size_t length = limbs - size + 1;
  while (quotient[length - 1] == 0) length--;
  top_bits(quotient, length, true, high, low);
}

static void power_of_10(int k, uint64_t *high, uint64_t *low) {
  Power *p = &powers[k - POWER_MIN];
  *high = a64_load_acq(&p->high);       // pairs with the release store below
  if (*high) {
    *low = a64_load_rlx(&p->low);
    return;
  }
  compute_power(k, high, low);
  a64_store_rlx(&p->low, *low);
  a64_store_rel(&p->high, *high);
}

// floor(x * power / 2**128), its last bit set if anything was cut off.
static uint64_t scale(uint64_t high, uint64_t low, uint64_t x) {
  unsigned __int128 below = (unsigned __int128)low * x, above = (unsigned __int128)high * x + (uint64_t)(below >> 64);
  return (uint64_t)(above >> 64) | ((uint64_t)above > 1);
}

// |d| = c * 2**q to the shortest decimal, *power its exponent.
static uint64_t shortest(uint64_t c, int q, bool close_below, int *power) {
  bool even = c % 2 == 0;
  int k = close_below ? floor_log10_of_3_4ths_of_2(q) : floor_log10_of_2(q), shift = q + floor_log2_of_10(-k) + 1;
  uint64_t high, low;
  power_of_10(-k, &high, &low);
  // Four times the lower bound, the value and the upper bound, in units of 10**k.
  uint64_t lower = scale(high, low, (4 * c - 2 + close_below) << shift) + !even;
  uint64_t value = scale(high, low, 4 * c << shift);
  uint64_t upper = scale(high, low, (4 * c + 2) << shift) - !even;
  uint64_t s = value / 4;
  if (s >= 10) {
    uint64_t tens = s / 10;
    bool down = lower <= 40 * tens, up = 40 * tens + 40 <= upper;
    if (down != up) {
      *power = k + 1;
      return tens + up;
    }
  }
  *power = k;
  bool down = lower <= 4 * s, up = 4 * s + 4 <= upper;
  if (down != up) return s + up;
  uint64_t middle = 4 * s + 2;
  return s + (value > middle || (value == middle && s % 2));
}

int double_shortest(double d, char digits[FLOAT_SHORTEST_MAX], int *point) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  uint64_t fraction = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
  int exponent = (int)(bits >> FRACTION_BITS & EXPONENT_SPECIAL), power;
  uint64_t c = exponent ? fraction | (uint64_t)1 << FRACTION_BITS : fraction;
  int q = (exponent ? exponent : 1) - 1075;
  uint64_t decimal;
  if (q <= 0 && q > -53 && (c & (((uint64_t)1 << -q) - 1)) == 0) {
    decimal = c >> -q;     // an integer below 2**53: all its digits, or it would be another
    power = 0;
  } else {
    decimal = shortest(c, q, fraction == 0 && exponent > 1, &power);
  }
  while (decimal % 10 == 0) {
    decimal /= 10;
    power++;
  }
  int n = 0;
  char reversed[FLOAT_SHORTEST_MAX + 3];
  for (; decimal; decimal /= 10) reversed[n++] = (char)('0' + decimal % 10);
  for (int i = 0; i < n; i++) digits[i] = reversed[n - 1 - i];
  *point = n + power;
  return n;
}
