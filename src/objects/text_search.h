// Searching arrays of 1, 2 or 4 byte characters; the common ground of str, bytes and bytearray.
//
// Text s of n characters, pattern p of m characters, both of `kind` bytes a character. Pure functions without errors. Positions count
// characters; -1 = not there. An empty pattern is found at the start (rfind: at the end).
#ifndef WEFT_OBJECTS_TEXT_SEARCH_H
#define WEFT_OBJECTS_TEXT_SEARCH_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

int64_t text_find_char(int kind, const void *s, int64_t n, uint32_t c);
int64_t text_rfind_char(int kind, const void *s, int64_t n, uint32_t c);
int64_t text_find(int kind, const void *s, int64_t n, const void *p, int64_t m);
int64_t text_rfind(int kind, const void *s, int64_t n, const void *p, int64_t m);
// Occurrences that do not overlap, at most `max`.
int64_t text_count(int kind, const void *s, int64_t n, const void *p, int64_t m, int64_t max);

static inline bool text_equal(int kind, const void *a, const void *b, int64_t n) { return memcmp(a, b, (size_t)n * (size_t)kind) == 0; }
static inline const void *text_at(int kind, const void *s, int64_t i) { return (const char *)s + i * kind; }

// Length of the result of replacing `count` occurrences of m characters by r; -1: it would not fit.
int64_t text_replaced_length(int64_t n, int64_t count, int64_t m, int64_t r);
// Writes s with the first `count` (all present) occurrences of p replaced by r; m == 0 puts r before each of the first `count` positions.
// n bytes, each c replaced by r.
void text_swap_latin1(void *result, const void *s, int64_t n, char c, char r);
void text_replace(int kind, const void *s, int64_t n, const void *p, int64_t m, const void *r, int64_t rn, int64_t count, void *out);

#endif
