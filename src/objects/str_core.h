// The core of str: characters by kind, copying between kinds, making strs of them. All that fails here fails for want of memory.
#ifndef WEFT_OBJECTS_STR_CORE_H
#define WEFT_OBJECTS_STR_CORE_H

#include "objects/str.h"

#define STR_MAX_CHAR 0x10FFFFu

// --- Raw characters ---------------------------------------------------------------------------------------------------------------
static inline uint32_t char_get(int kind, const void *data, int64_t i) {
  switch (kind) {
    case 1: return ((const uint8_t *)data)[i];
    case 2: return ((const uint16_t *)data)[i];
    default: return ((const uint32_t *)data)[i];
  }
}
static inline void char_set(int kind, void *data, int64_t i, uint32_t c) {
  switch (kind) {
    case 1: ((uint8_t *)data)[i] = (uint8_t)c; break;
    case 2: ((uint16_t *)data)[i] = (uint16_t)c; break;
    default: ((uint32_t *)data)[i] = c; break;
  }
}
static inline int kind_for(uint32_t max_char) { return max_char < 0x100 ? 1 : max_char < 0x10000 ? 2 : 4; }
static inline bool char_is_surrogate(uint32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

// True if none of the n bytes has bit 7 set.
bool bytes_are_ascii(const char *p, size_t n);
// Number of bytes before the first that has bit 7 set.
size_t bytes_ascii_prefix(const char *p, size_t n);
// A bound in the same class (0x7F, 0xFF, 0xFFFF, 0x10FFFF) as the widest of characters [start, end).
uint32_t chars_max(int kind, const void *data, int64_t start, int64_t end);
// Copies n characters; the destination's kind is wide enough for them.
void chars_copy(int to_kind, void *to, int64_t to_start, int from_kind, const void *from, int64_t from_start, int64_t n);
void chars_fill(int kind, void *data, int64_t start, int64_t n, uint32_t c);
static inline uint32_t str_max_class(const Str *s) {  // the class of the whole str, from its header
  return str_is_ascii(s) ? 0x7F : str_kind(s) == 1 ? 0xFF : str_kind(s) == 2 ? 0xFFFF : STR_MAX_CHAR;
}

// Another str with the same text (the same one for those made once).
Value str_copy(Thread *t, Value v);
// A str of n characters of the given kind, narrowed to what they need.
Value str_from_chars(Thread *t, int kind, const void *data, int64_t n);

// s[i] if that is a Latin-1 character, which needs no memory; V_NULL without an exception: it is none, or there is none.
Value str_char_at(const Str *s, int64_t i);

// str_from_char for callers that know the text is one Latin-1 character: never allocates.
Value str_latin1_char(uint8_t c);

// memcpy for the few bytes that most pieces have, where a call costs more than the copy.
static inline char *chars_copy_few(char *out, const char *from, size_t n) {
  if (likely(n <= 16)) {
    if (n >= 8) {
      uint64_t first, last;
      memcpy(&first, from, 8);
      memcpy(&last, from + n - 8, 8);
      memcpy(out, &first, 8);
      memcpy(out + n - 8, &last, 8);
    } else if (n >= 4) {
      uint32_t first, last;
      memcpy(&first, from, 4);
      memcpy(&last, from + n - 4, 4);
      memcpy(out, &first, 4);
      memcpy(out + n - 4, &last, 4);
    } else if (n) {
      out[0] = from[0];
      out[n / 2] = from[n / 2];
      out[n - 1] = from[n - 1];
    }
  } else {
    memcpy(out, from, n);
  }
  return out + n;
}

#endif
