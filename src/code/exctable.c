// Reading and writing exception tables.
#include "code/exctable.h"

static bool read_varint(const uint8_t **p, const uint8_t *limit, uint32_t *out) {
  uint32_t value = 0;
  while (*p < limit) {
    uint8_t byte = *(*p)++;
    value = value << 6 | (byte & 63);
    if (!(byte & 64)) {
      *out = value;
      return true;
    }
  }
  return false;
}

bool exctable_next(const uint8_t **p, const uint8_t *limit, ExceptionEntry *out) {
  uint32_t start, length, target, depth;
  if (!read_varint(p, limit, &start) || !read_varint(p, limit, &length) || !read_varint(p, limit, &target) ||
      !read_varint(p, limit, &depth)) return false;
  out->start = (int)(start * 2);
  out->end = (int)((start + length) * 2);
  out->target = (int)(target * 2);
  out->depth = (int)(depth >> 1);
  out->push_lasti = depth & 1;
  return true;
}

static const uint8_t *entry_start(const uint8_t *p, const uint8_t *begin) {
  while (p > begin && !(*p & 128)) p--;
  return p;
}

bool exctable_find(const void *table, size_t size, int offset, ExceptionEntry *out) {
  const uint8_t *begin = table, *limit = begin + size;
  const uint8_t *low = begin, *high = limit;
  // Halve [low, high) while it is long; low stays at the start of an entry that begins at or before `offset`, or at the first one.
  while (high - low > 40) {
    const uint8_t *middle = entry_start(low + (high - low) / 2, low), *p = middle;
    uint32_t start;
    if (middle == low || !read_varint(&p, limit, &start)) break;
    if ((int)(start * 2) <= offset) low = middle;
    else high = middle;
  }
  while (low < limit && exctable_next(&low, limit, out)) {
    if (out->start > offset) return false;
    if (offset < out->end) return true;
  }
  return false;
}

static uint8_t *write_varint(uint8_t *p, uint32_t value, uint8_t mark) {
  for (int shift = 30; shift > 0; shift -= 6)
    if (value >> shift) {
      *p++ = (uint8_t)(64 | (value >> shift & 63) | mark);
      mark = 0;
    }
  *p++ = (uint8_t)((value & 63) | mark);
  return p;
}

size_t exctable_write(uint8_t *out, const ExceptionEntry *e) {
  uint8_t *p = write_varint(out, (uint32_t)e->start / 2, 128);
  p = write_varint(p, (uint32_t)(e->end - e->start) / 2, 0);
  p = write_varint(p, (uint32_t)e->target / 2, 0);
  p = write_varint(p, (uint32_t)e->depth << 1 | e->push_lasti, 0);
  return (size_t)(p - out);
}
