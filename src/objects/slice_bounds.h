// The arithmetic of bounds: what slices and ranges of positions select from a sequence of a given length.
#ifndef WEFT_OBJECTS_SLICE_BOUNDS_H
#define WEFT_OBJECTS_SLICE_BOUNDS_H

#include <stdint.h>

// Clips what slice_unpack gives to a sequence of `length` items; the number of items selected.
static inline int64_t slice_adjust(int64_t length, int64_t *start, int64_t *stop, int64_t step) {
  int64_t low = step < 0 ? -1 : 0, high = step < 0 ? length - 1 : length;
  if (*start < 0) *start += length;
  if (*stop < 0) *stop += length;
  *start = *start < low ? low : *start > high ? high : *start;
  *stop = *stop < low ? low : *stop > high ? high : *stop;
  if (step < 0) return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
  return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

// Clips start/end as str.find and list.index take them: negative counts from the end.
static inline void slice_clip(int64_t length, int64_t *start, int64_t *end) {
  if (*start < 0 && (*start += length) < 0) *start = 0;
  if (*end < 0 && (*end += length) < 0) *end = 0;
  if (*end > length) *end = length;
}

#endif
