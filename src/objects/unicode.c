// Character properties of Unicode 14, on libunistring, with what that library does not know: numerals among the ideographs.

#include "objects/unicode.h"

#include <stddef.h>
#include <unicase.h>
#include <unictype.h>

// --- Classes ----------------------------------------------------------------------------------------------------------------------

bool unicode_is_alpha(uint32_t c) { return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L); }
int unicode_decimal(uint32_t c) { return uc_decimal_value(c); }
int unicode_digit(uint32_t c) { return uc_digit_value(c); }
bool unicode_is_decimal(uint32_t c) { return uc_decimal_value(c) >= 0; }
bool unicode_is_digit(uint32_t c) { return uc_digit_value(c) >= 0; }

bool unicode_is_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool unicode_is_linebreak(uint32_t c) {
  if (c < 0x80) return (c >= 10 && c <= 13) || (c >= 0x1C && c <= 0x1E);
  return c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool unicode_is_printable(uint32_t c) {
  if (c < 0x7F) return c >= ' ';
  return !uc_is_general_category_withtable(c, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z);
}

bool unicode_is_lower(uint32_t c) { return uc_is_property_lowercase(c); }
bool unicode_is_upper(uint32_t c) { return uc_is_property_uppercase(c); }
bool unicode_is_title(uint32_t c) { return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lt); }
bool unicode_is_cased(uint32_t c) { return uc_is_property_cased(c); }
bool unicode_is_case_ignorable(uint32_t c) { return uc_is_property_case_ignorable(c); }
bool unicode_is_xid_start(uint32_t c) { return uc_is_property_xid_start(c); }
bool unicode_is_xid_continue(uint32_t c) { return uc_is_property_xid_continue(c); }

// --- Numbers ----------------------------------------------------------------------------------------------------------------------

// Ideographs that Unihan gives a numeric value, and two numbers beyond 32 bits. Sorted.
static const struct { uint32_t c; double value; } ideographic_numbers[] = {
  {0x3405, 5}, {0x3483, 2}, {0x382A, 5}, {0x3B4D, 7}, {0x4E00, 1}, {0x4E03, 7}, {0x4E07, 10000}, {0x4E09, 3}, {0x4E5D, 9}, {0x4E8C, 2},
  {0x4E94, 5}, {0x4E96, 4}, {0x4EBF, 1e8}, {0x4EC0, 10}, {0x4EDF, 1000}, {0x4EE8, 3}, {0x4F0D, 5}, {0x4F70, 100}, {0x5104, 1e8},
  {0x5146, 1e12}, {0x5169, 2}, {0x516B, 8}, {0x516D, 6}, {0x5341, 10}, {0x5343, 1000}, {0x5344, 20}, {0x5345, 30}, {0x534C, 40},
  {0x53C1, 3}, {0x53C2, 3}, {0x53C3, 3}, {0x53C4, 3}, {0x56DB, 4}, {0x58F1, 1}, {0x58F9, 1}, {0x5E7A, 1}, {0x5EFE, 9}, {0x5EFF, 20},
  {0x5F0C, 1}, {0x5F0D, 2}, {0x5F0E, 3}, {0x5F10, 2}, {0x62FE, 10}, {0x634C, 8}, {0x67D2, 7}, {0x6F06, 7}, {0x7396, 9}, {0x767E, 100},
  {0x8086, 4}, {0x842C, 10000}, {0x8CAE, 2}, {0x8CB3, 2}, {0x8D30, 2}, {0x9621, 1000}, {0x9646, 6}, {0x964C, 100}, {0x9678, 6},
  {0x96F6, 0}, {0x16B60, 1e10}, {0x16B61, 1e12}, {0x20001, 7}, {0x20064, 4}, {0x200E2, 4}, {0x20121, 5}, {0x2092A, 1}, {0x20983, 30},
  {0x2098C, 40}, {0x2099C, 40}, {0x20AEA, 6}, {0x20AFD, 3}, {0x20B19, 3}, {0x22390, 2}, {0x22998, 3}, {0x23B1B, 3}, {0x2626D, 4},
};

static bool ideographic_number(uint32_t c, double *value) {
  size_t low = 0, high = sizeof ideographic_numbers / sizeof *ideographic_numbers;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (ideographic_numbers[middle].c < c) low = middle + 1;
    else high = middle;
  }
  if (low == sizeof ideographic_numbers / sizeof *ideographic_numbers || ideographic_numbers[low].c != c) return false;
  *value = ideographic_numbers[low].value;
  return true;
}

bool unicode_numeric(uint32_t c, double *value) {
  if (ideographic_number(c, value)) return true;
  uc_fraction_t fraction = uc_numeric_value(c);
  if (fraction.denominator == 0) return false;
  *value = (double)fraction.numerator / (double)fraction.denominator;
  return true;
}

bool unicode_is_numeric(uint32_t c) {
  double value;
  return unicode_numeric(c, &value);
}

// --- Case -------------------------------------------------------------------------------------------------------------------------

uint32_t unicode_simple_lower(uint32_t c) { return uc_tolower(c); }
uint32_t unicode_simple_upper(uint32_t c) { return uc_toupper(c); }
uint32_t unicode_simple_title(uint32_t c) { return uc_totitle(c); }

// The characters whose mapping may take several characters all lie here (SpecialCasing.txt); others go by the simple mapping.
static bool may_map_to_several(uint32_t c) {
  return c == 0xDF || c == 0x130 || c == 0x149 || c == 0x1F0 || c == 0x390 || c == 0x3B0 || c == 0x587 || (c >= 0x1E96 && c <= 0x1E9E) ||
         (c >= 0x1F50 && c <= 0x1FFC) || (c >= 0xFB00 && c <= 0xFB17);
}

typedef uint32_t *(*MapFn)(const uint32_t *s, size_t n, const char *language, uninorm_t norm, uint32_t *out, size_t *out_n);

static int map_full(uint32_t c, uint32_t out[3], MapFn map) {
  uint32_t buffer[8];
  size_t n = sizeof buffer / sizeof *buffer;
  uint32_t *mapped = map(&c, 1, "", NULL, buffer, &n);
  if (mapped != buffer || n > 3) {  // out of memory inside the library; the character stands for itself
    out[0] = c;
    return 1;
  }
  for (size_t i = 0; i < n; i++) out[i] = buffer[i];
  return (int)n;
}

static int map_char(uint32_t c, uint32_t out[3], MapFn map, ucs4_t (*simple)(ucs4_t)) {
  if (may_map_to_several(c)) return map_full(c, out, map);
  out[0] = simple(c);
  return 1;
}

int unicode_to_lower(uint32_t c, uint32_t out[3]) { return map_char(c, out, u32_tolower, uc_tolower); }
int unicode_to_upper(uint32_t c, uint32_t out[3]) { return map_char(c, out, u32_toupper, uc_toupper); }
int unicode_to_title(uint32_t c, uint32_t out[3]) { return map_char(c, out, u32_totitle, uc_totitle); }

int unicode_fold(uint32_t c, uint32_t out[3]) {
  if (c >= 0xD800 && c <= 0xDFFF) {
    out[0] = c;
    return 1;
  }
  return map_full(c, out, u32_casefold);
}
