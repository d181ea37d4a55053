// Finding characters and patterns in text of any kind.
//
// A pattern is sought by its first character, with the C library's vector code, and verified in place. That is the fastest way through
// ordinary text, but quadratic on "aaaa...b" in "aaaa...". So failed verifications are counted, and when there were too many for the
// distance covered the rest of the work goes to memmem, which is linear (two-way). For wide characters memmem sees bytes; hits that are
// not on a character boundary are skipped.

#define _GNU_SOURCE
#include "objects/text_search.h"

#include <wchar.h>

#include "objects/text_native.h"

#define INLINE static inline __attribute__((always_inline))

INLINE uint32_t at(int kind, const void *s, int64_t i) {
  return kind == 1 ? ((const uint8_t *)s)[i] : kind == 2 ? ((const uint16_t *)s)[i] : ((const uint32_t *)s)[i];
}

// --- One character ----------------------------------------------------------------------------------------------------------------

// Four 16-bit lanes at a time: a lane of (x ^ c) is zero exactly where the test leaves its top bit set, as far as the lowest hit goes.
static int64_t find_char2(const uint16_t *s, int64_t n, uint16_t c) {
  const uint64_t ones = 0x0001000100010001u, tops = 0x8000800080008000u, all = ones * c;
  int64_t i = 0;
  for (; i + 4 <= n; i += 4) {
    uint64_t w;
    memcpy(&w, s + i, 8);
    w ^= all;
    uint64_t hit = (w - ones) & ~w & tops;
    if (hit) return i + (__builtin_ctzll(hit) >> 4);
  }
  for (; i < n; i++)
    if (s[i] == c) return i;
  return -1;
}

int64_t text_find_char(int kind, const void *s, int64_t n, uint32_t c) {
  if (n <= 0) return -1;
  if (kind == 1) {
    const char *p = c > 0xFF ? NULL : memchr(s, (int)c, (size_t)n);
    return p ? p - (const char *)s : -1;
  }
  if (kind == 2) return c > 0xFFFF ? -1 : find_char2(s, n, (uint16_t)c);
  const wchar_t *p = wmemchr(s, (wchar_t)c, (size_t)n);
  return p ? p - (const wchar_t *)s : -1;
}

int64_t text_rfind_char(int kind, const void *s, int64_t n, uint32_t c) {
  if (n <= 0) return -1;
  if (kind == 1) {
    const char *p = c > 0xFF ? NULL : memrchr(s, (int)c, (size_t)n);
    return p ? p - (const char *)s : -1;
  }
  if (kind == 2) {
    const uint16_t *p = s;
    while (n-- > 0)
      if (p[n] == c) return n;
    return -1;
  }
  const uint32_t *p = s;
  while (n-- > 0)
    if (p[n] == c) return n;
  return -1;
}

// Counted by bytes in short runs, whose sums fit a byte, so that sixteen are added at a time.
VECTORISED static int64_t count_char1(const uint8_t *s, int64_t n, uint8_t c) {
  int64_t count = 0;
  if (n < 32) {   // too short to pay for setting the vectors up
    for (int64_t i = 0; i < n; i++) {
      count += s[i] == c;
      __asm__ volatile("");
    }
    return count;
  }
  while (n > 0) {
    int run = n < 240 ? (int)n : 240;
    uint8_t here = 0;
    for (int i = 0; i < run; i++) here += s[i] == c;
    count += here;
    s += run;
    n -= run;
  }
  return count;
}

VECTORISED static int64_t count_char2(const uint16_t *s, int64_t n, uint16_t c) {
  int64_t count = 0;
  for (int64_t i = 0; i < n; i++) count += s[i] == c;
  return count;
}

VECTORISED static int64_t count_char4(const uint32_t *s, int64_t n, uint32_t c) {
  int64_t count = 0;
  for (int64_t i = 0; i < n; i++) count += s[i] == c;
  return count;
}

static int64_t count_char(int kind, const void *s, int64_t n, uint32_t c) {
  if (kind == 1) return count_char1(s, n, (uint8_t)c);
  return kind == 2 ? count_char2(s, n, (uint16_t)c) : count_char4(s, n, c);
}

// --- Patterns ---------------------------------------------------------------------------------------------------------------------

static int64_t find_linear(int kind, const void *s, int64_t n, const void *p, int64_t m) {
  const char *start = s, *from = s, *end = start + n * kind;
  for (;;) {
    const char *hit = memmem(from, (size_t)(end - from), p, (size_t)(m * kind));
    if (!hit) return -1;
    if ((hit - start) % kind == 0) return (hit - start) / kind;
    from = hit + 1;
  }
}

INLINE int64_t find(int kind, const void *s, int64_t n, const void *p, int64_t m) {
  int64_t last_start = n - m, failures = 0;
  uint32_t first = at(kind, p, 0), last = at(kind, p, m - 1);
  for (int64_t i = 0; i <= last_start; i++) {
    int64_t step = text_find_char(kind, text_at(kind, s, i), last_start - i + 1, first);
    if (step < 0) return -1;
    i += step;
    if (at(kind, s, i + m - 1) == last && text_equal(kind, text_at(kind, s, i + 1), text_at(kind, p, 1), m - 2)) return i;
    if (++failures > 8 + (i >> 4)) {
      int64_t rest = find_linear(kind, text_at(kind, s, i + 1), n - i - 1, p, m);
      return rest < 0 ? -1 : i + 1 + rest;
    }
  }
  return -1;
}

int64_t text_find(int kind, const void *s, int64_t n, const void *p, int64_t m) {
  if (m > n) return -1;
  if (m == 0) return 0;
  if (m == 1) return text_find_char(kind, s, n, at(kind, p, 0));
  switch (kind) {
    case 1: return find(1, s, n, p, m);
    case 2: return find(2, s, n, p, m);
    default: return find(4, s, n, p, m);
  }
}

INLINE int64_t rfind(int kind, const void *s, int64_t n, const void *p, int64_t m) {
  uint32_t first = at(kind, p, 0), last = at(kind, p, m - 1);
  for (int64_t i = n - m; i >= 0; i--) {
    int64_t hit = text_rfind_char(kind, s, i + 1, first);
    if (hit < 0) return -1;
    i = hit;
    if (at(kind, s, i + m - 1) == last && text_equal(kind, text_at(kind, s, i + 1), text_at(kind, p, 1), m - 2)) return i;
  }
  return -1;
}

int64_t text_rfind(int kind, const void *s, int64_t n, const void *p, int64_t m) {
  if (m > n) return -1;
  if (m == 0) return n;
  if (m == 1) return text_rfind_char(kind, s, n, at(kind, p, 0));
  switch (kind) {
    case 1: return rfind(1, s, n, p, m);
    case 2: return rfind(2, s, n, p, m);
    default: return rfind(4, s, n, p, m);
  }
}

int64_t text_count(int kind, const void *s, int64_t n, const void *p, int64_t m, int64_t max) {
  if (m == 0) return n + 1 < max ? n + 1 : max;
  if (m == 1 && max >= n) return count_char(kind, s, n, at(kind, p, 0));
  int64_t count = 0;
  for (int64_t i = 0; count < max;) {
    int64_t step = text_find(kind, text_at(kind, s, i), n - i, p, m);
    if (step < 0) break;
    count++;
    i += step + m;
  }
  return count;
}

// --- Replacing --------------------------------------------------------------------------------------------------------------------

int64_t text_replaced_length(int64_t n, int64_t count, int64_t m, int64_t r) {
  int64_t change, length;
  if (__builtin_mul_overflow(count, r - m, &change) || __builtin_add_overflow(n, change, &length)) return -1;
  return length;
}

static char *put(char *out, int kind, const void *s, int64_t start, int64_t end) {
  size_t bytes = (size_t)((end - start) * kind);
  memcpy(out, text_at(kind, s, start), bytes);
  return out + bytes;
}

static void interleave(int kind, const void *s, int64_t n, const void *r, int64_t rn, int64_t count, char *out) {
  int64_t i = 0;
  for (; i < count && i < n; i++) {
    out = put(out, kind, r, 0, rn);
    out = put(out, kind, s, i, i + 1);
  }
  if (i < count) put(out, kind, r, 0, rn);
  else put(out, kind, s, i, n);
}

VECTORISED static void swap_char1(uint8_t *out, const uint8_t *s, int64_t n, uint8_t c, uint8_t r) {
  for (int64_t i = 0; i < n; i++) out[i] = s[i] == c ? r : s[i];
}

void text_swap_latin1(void *result, const void *s, int64_t n, char c, char r) { swap_char1(result, s, n, (uint8_t)c, (uint8_t)r); }

static void replace_char_in_place(int kind, char *out, int64_t n, uint32_t c, const void *r, int64_t count) {
  for (int64_t i = 0; count > 0; count--, i++) {
    int64_t step = text_find_char(kind, out + i * kind, n - i, c);
    if (step < 0) return;
    i += step;
    memcpy(out + i * kind, r, (size_t)kind);
  }
}

void text_replace(int kind, const void *s, int64_t n, const void *p, int64_t m, const void *r, int64_t rn, int64_t count, void *result) {
  char *out = result;
  if (m == 0) {
    interleave(kind, s, n, r, rn, count, out);
    return;
  }
  if (m == 1 && rn == 1 && kind == 1 && count > n >> 6 && count == count_char1(s, n, *(const uint8_t *)p)) {  // many, and all of them
    swap_char1(result, s, n, *(const uint8_t *)p, *(const uint8_t *)r);
    return;
  }
  if (m == 1 && rn == 1) {
    put(out, kind, s, 0, n);
    replace_char_in_place(kind, out, n, at(kind, p, 0), r, count);
    return;
  }
  int64_t i = 0;
  for (; count > 0; count--) {
    int64_t step = text_find(kind, text_at(kind, s, i), n - i, p, m);
    if (step < 0) break;
    out = put(out, kind, s, i, i + step);
    out = put(out, kind, r, 0, rn);
    i += step + m;
  }
  put(out, kind, s, i, n);
}
