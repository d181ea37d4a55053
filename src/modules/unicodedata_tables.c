// Looking things up in the tables of Unicode properties.
#include "modules/unicodedata_tables.h"

#include <stdlib.h>
#include <string.h>

typedef struct Change { uint32_t first, last; char value[4]; } Change;

#include "modules/unicodedata_tables.inc"

#define COUNT(array) (sizeof(array) / sizeof *(array))

// How many of the n numbers, which ascend, are not above c.
static size_t not_above(const uint32_t *numbers, size_t n, uint32_t c) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (numbers[middle] <= c) low = middle + 1;
    else high = middle;
  }
  return low;
}

static const char *changed(const Change *changes, size_t n, uint32_t c) {
  for (size_t i = 0; i < n && changes[i].first <= c; i++)
    if (c <= changes[i].last) return changes[i].value;
  return NULL;
}

const char *unicodedata_width(uint32_t c) {
  static const char *const names[] = {"F", "H", "W", "Na", "A", "N"};
  return names[widths[not_above(widths, COUNT(widths), c << 3 | 7) - 1] & 7];
}

bool unicodedata_is_mirrored(uint32_t c) { return not_above(mirrored, COUNT(mirrored), c) % 2 == 1; }
bool unicodedata_is_later(uint32_t c) { return not_above(later, COUNT(later), c) % 2 == 1; }
const char *unicodedata_old_category(uint32_t c) { return changed(old_category, COUNT(old_category), c); }
const char *unicodedata_old_bidirectional(uint32_t c) { return changed(old_bidirectional, COUNT(old_bidirectional), c); }
const char *unicodedata_old_width(uint32_t c) { return changed(old_east_asian_width, COUNT(old_east_asian_width), c); }

bool unicodedata_old_is_mirrored(uint32_t c) {
  size_t i = not_above(old_mirrored, COUNT(old_mirrored), c);
  return (i > 0 && old_mirrored[i - 1] == c) != unicodedata_is_mirrored(c);
}

bool unicodedata_old_decimal(uint32_t c, int *value) {
  for (size_t i = 0; i < COUNT(old_decimal); i++)
    if (old_decimal[i].c == c) {
      *value = old_decimal[i].value;
      return true;
    }
  return false;
}

static int compare_names(const void *name, const void *sequence) { return strcmp(name, ((const UnicodeSequence *)sequence)->name); }

const UnicodeSequence *unicodedata_sequence(const char *name) {
  return bsearch(name, sequences, COUNT(sequences), sizeof *sequences, compare_names);
}
