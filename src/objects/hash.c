// The hash of byte strings and text: SipHash-1-3 keyed from PYTHONHASHSEED exactly as CPython 3.11, so that hashes under one seed agree.

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "objects/str.h"

// Written once by hash_init before the first hash is taken, constant afterwards.
static uint64_t hash_key0, hash_key1;

static inline uint64_t rotate_left(uint64_t x, int bits) { return x << bits | x >> (64 - bits); }

#define SIP_ROUND(v0, v1, v2, v3)                              \
  do {                                                         \
    v0 += v1; v2 += v3;                                        \
    v1 = rotate_left(v1, 13) ^ v0; v3 = rotate_left(v3, 16) ^ v2; \
    v0 = rotate_left(v0, 32);                                  \
    v2 += v1; v0 += v3;                                        \
    v1 = rotate_left(v1, 17) ^ v2; v3 = rotate_left(v3, 21) ^ v0; \
    v2 = rotate_left(v2, 32);                                  \
  } while (0)

// The last n < 8 bytes as a little-endian number.
static inline uint64_t tail_word(const uint8_t *p, size_t n) {
  if (n >= 4) {
    uint32_t low, high;
    memcpy(&low, p, 4);
    memcpy(&high, p + n - 4, 4);
    return low | (uint64_t)high << (8 * (n - 4));   // what both have is the same
  }
  if (n == 0) return 0;
  return p[0] | (uint64_t)p[n >> 1] << (8 * (n >> 1)) | (uint64_t)p[n - 1] << (8 * (n - 1));
}

static inline __attribute__((always_inline)) uint64_t siphash13(uint64_t k0, uint64_t k1, const uint8_t *p, size_t n) {
  uint64_t v0 = k0 ^ 0x736f6d6570736575u, v1 = k1 ^ 0x646f72616e646f6du;
  uint64_t v2 = k0 ^ 0x6c7967656e657261u, v3 = k1 ^ 0x7465646279746573u;
  uint64_t last = (uint64_t)n << 56, m;
  for (; n >= 8; n -= 8, p += 8) {
    memcpy(&m, p, 8);
    v3 ^= m;
    SIP_ROUND(v0, v1, v2, v3);
    v0 ^= m;
  }
  last |= tail_word(p, n);
  v3 ^= last;
  SIP_ROUND(v0, v1, v2, v3);
  v0 ^= last;
  v2 ^= 0xff;
  SIP_ROUND(v0, v1, v2, v3);
  SIP_ROUND(v0, v1, v2, v3);
  SIP_ROUND(v0, v1, v2, v3);
  return (v0 ^ v1) ^ (v2 ^ v3);
}

uint64_t hash_bytes_keyed(uint64_t k0, uint64_t k1, const void *p, size_t n) { return siphash13(k0, k1, p, n); }

int64_t hash_bytes(const void *p, size_t n) {
  if (n == 0) return 0;
  int64_t h = (int64_t)siphash13(hash_key0, hash_key1, p, n);
  return h == -1 ? -2 : h;
}

// The generator that stretches a numeric seed to key bytes: the low half of a linear congruential sequence.
static void keys_from_seed(uint32_t seed, uint8_t *out, size_t n) {
  uint32_t x = seed;
  for (size_t i = 0; i < n; i++) {
    x = x * 214013 + 2531011;
    out[i] = (uint8_t)(x >> 16);
  }
}

static void set_keys(const uint8_t bytes[16]) {
  memcpy(&hash_key0, bytes, 8);
  memcpy(&hash_key1, bytes + 8, 8);
}

static bool parse_seed(const char *text, uint32_t *seed) {
  char *end;
  errno = 0;
  unsigned long x = strtoul(text, &end, 10);
  if (*end || end == text || x > UINT32_MAX || (errno == ERANGE && x == (unsigned long)-1)) return false;
  *seed = (uint32_t)x;
  return true;
}

bool hash_init(const char *seed_env) {
  uint8_t bytes[16] = {0};
  if (seed_env && *seed_env && strcmp(seed_env, "random") != 0) {
    uint32_t seed;
    if (!parse_seed(seed_env, &seed)) return false;
    if (seed) keys_from_seed(seed, bytes, sizeof bytes);
  } else if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
    keys_from_seed((uint32_t)(uintptr_t)&bytes ^ (uint32_t)(uintptr_t)&hash_init, bytes, sizeof bytes);  // no entropy source: the addresses at least differ
  }
  set_keys(bytes);
  return true;
}
