// What the instructions of patterns accept that stand for one character: letters with and without case, categories, sets.
#include <ctype.h>

#include "modules/sre.h"
#include "objects/unicode.h"

uint32_t sre_lower_ascii(uint32_t c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; }
uint32_t sre_lower_locale(uint32_t c) { return c < 256 ? (uint32_t)tolower((int)c) : c; }
static uint32_t upper_locale(uint32_t c) { return c < 256 ? (uint32_t)toupper((int)c) : c; }
uint32_t sre_lower_unicode(uint32_t c) { return c < 128 ? sre_lower_ascii(c) : unicode_simple_lower(c); }

static bool is_ascii_digit(uint32_t c) { return c - '0' < 10; }
static bool is_ascii_space(uint32_t c) { return c == ' ' || c - '\t' < 5; }
bool sre_is_locale_word(uint32_t c) { return c == '_' || (c < 256 && isalnum((int)c)); }
bool sre_is_unicode_word(uint32_t c) {
  if (c < 128) return sre_is_ascii_word(c);
  return unicode_is_alpha(c) || unicode_is_decimal(c) || unicode_is_digit(c) || unicode_is_numeric(c);
}

static bool in_category(uint32_t category, uint32_t c) {
  switch (category) {
    case SRE_DIGIT: return is_ascii_digit(c);
    case SRE_NOT_DIGIT: return !is_ascii_digit(c);
    case SRE_SPACE: return is_ascii_space(c);
    case SRE_NOT_SPACE: return !is_ascii_space(c);
    case SRE_WORD: return sre_is_ascii_word(c);
    case SRE_NOT_WORD: return !sre_is_ascii_word(c);
    case SRE_LINEBREAK: return c == '\n';
    case SRE_NOT_LINEBREAK: return c != '\n';
    case SRE_LOC_WORD: return sre_is_locale_word(c);
    case SRE_LOC_NOT_WORD: return !sre_is_locale_word(c);
    case SRE_UNI_DIGIT: return c < 128 ? is_ascii_digit(c) : unicode_is_decimal(c);
    case SRE_UNI_NOT_DIGIT: return !(c < 128 ? is_ascii_digit(c) : unicode_is_decimal(c));
    case SRE_UNI_SPACE: return unicode_is_space(c);
    case SRE_UNI_NOT_SPACE: return !unicode_is_space(c);
    case SRE_UNI_WORD: return sre_is_unicode_word(c);
    case SRE_UNI_NOT_WORD: return !sre_is_unicode_word(c);
    case SRE_UNI_LINEBREAK: return unicode_is_linebreak(c);
    default: return !unicode_is_linebreak(c);
  }
}

static inline bool in_charset(const uint32_t *bits, uint32_t c) { return c < 256 && bits[c >> 5] >> (c & 31) & 1; }

bool sre_set_accepts(const uint32_t *set, uint32_t c) {
  bool found = true;
  for (;;) {
    switch (*set++) {
      case SRE_FAILURE: return !found;
      case SRE_NEGATE: found = !found; break;
      case SRE_LITERAL:
        if (c == *set++) return found;
        break;
      case SRE_CATEGORY:
        if (in_category(*set++, c)) return found;
        break;
      case SRE_RANGE:
        if (set[0] <= c && c <= set[1]) return found;
        set += 2;
        break;
      case SRE_RANGE_UNI_IGNORE: {
        if (set[0] <= c && c <= set[1]) return found;
        uint32_t upper = unicode_simple_upper(c);
        if (set[0] <= upper && upper <= set[1]) return found;
        set += 2;
        break;
      }
      case SRE_CHARSET:
        if (in_charset(set, c)) return found;
        set += 8;
        break;
      default: {   // SRE_BIGCHARSET: number of blocks, 256 bytes that say which block a high byte has, blocks of 256 bits
        uint32_t blocks = *set++;
        if (c < 65536) {
          uint32_t block = ((const uint8_t *)set)[c >> 8];
          if (set[64 + block * 8 + ((c & 255) >> 5)] >> (c & 31) & 1) return found;
        }
        set += 64 + blocks * 8;
      }
    }
  }
}

static bool in_set_locale(const uint32_t *set, uint32_t c) {
  uint32_t lower = sre_lower_locale(c), upper = upper_locale(c);
  return sre_set_accepts(set, lower) || (upper != lower && sre_set_accepts(set, upper));
}

static bool equal_locale(uint32_t wanted, uint32_t c) { return c == wanted || sre_lower_locale(c) == wanted || upper_locale(c) == wanted; }

bool sre_unit_accepts(const uint32_t *pc, uint32_t c) {
  switch (pc[0]) {
    case SRE_ANY: return c != '\n';
    case SRE_ANY_ALL: return true;
    case SRE_LITERAL: return c == pc[1];
    case SRE_NOT_LITERAL: return c != pc[1];
    case SRE_IN: return sre_set_accepts(pc + 2, c);
    case SRE_CATEGORY: return in_category(pc[1], c);
    case SRE_LITERAL_IGNORE: return sre_lower_ascii(c) == pc[1];
    case SRE_NOT_LITERAL_IGNORE: return sre_lower_ascii(c) != pc[1];
    case SRE_IN_IGNORE: return sre_set_accepts(pc + 2, sre_lower_ascii(c));
    case SRE_LITERAL_UNI_IGNORE: return sre_lower_unicode(c) == pc[1];
    case SRE_NOT_LITERAL_UNI_IGNORE: return sre_lower_unicode(c) != pc[1];
    case SRE_IN_UNI_IGNORE: return sre_set_accepts(pc + 2, sre_lower_unicode(c));
    case SRE_LITERAL_LOC_IGNORE: return equal_locale(pc[1], c);
    case SRE_NOT_LITERAL_LOC_IGNORE: return !equal_locale(pc[1], c);
    default: return in_set_locale(pc + 2, c);   // SRE_IN_LOC_IGNORE
  }
}

uint32_t sre_unit_length(const uint32_t *pc) {
  switch (pc[0]) {
    case SRE_ANY:
    case SRE_ANY_ALL: return 1;
    case SRE_LITERAL: case SRE_NOT_LITERAL: case SRE_CATEGORY: case SRE_LITERAL_IGNORE: case SRE_NOT_LITERAL_IGNORE: case SRE_LITERAL_UNI_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE: case SRE_LITERAL_LOC_IGNORE: case SRE_NOT_LITERAL_LOC_IGNORE: return 2;
    case SRE_IN: case SRE_IN_IGNORE: case SRE_IN_UNI_IGNORE: case SRE_IN_LOC_IGNORE: return 1 + pc[1];
    default: return 0;
  }
}

// Steps over one item of a set; what it is says whether the item depends on the locale, or may hold characters from 256 on.
static const uint32_t *set_item(const uint32_t *set, bool *locale, bool *wide) {
  switch (*set++) {
    case SRE_NEGATE:
      *wide = true;
      return set;
    case SRE_LITERAL:
      *wide |= *set > 255;
      return set + 1;
    case SRE_CATEGORY:
      *locale |= *set == SRE_LOC_WORD || *set == SRE_LOC_NOT_WORD;
      *wide |= *set != SRE_DIGIT && *set != SRE_SPACE && *set != SRE_WORD && *set != SRE_LINEBREAK;
      return set + 1;
    case SRE_RANGE:
      *wide |= set[1] > 255;
      return set + 2;
    case SRE_RANGE_UNI_IGNORE:
      *wide = true;
      return set + 2;
    case SRE_CHARSET: return set + 8;
    default:
      *wide = true;
      return set + 1 + 64 + *set * 8;   // SRE_BIGCHARSET
  }
}

static void unit_kinds(const uint32_t *pc, bool *locale, bool *wide) {
  *locale = *wide = false;
  switch (pc[0]) {
    case SRE_LITERAL: case SRE_LITERAL_IGNORE: *wide = pc[1] > 255; return;
    case SRE_CATEGORY: set_item(pc, locale, wide); return;
    case SRE_IN: case SRE_IN_IGNORE:
      for (pc += 2; *pc != SRE_FAILURE;) pc = set_item(pc, locale, wide);
      return;
    case SRE_IN_UNI_IGNORE:
      for (pc += 2; *pc != SRE_FAILURE;) pc = set_item(pc, locale, wide);
      break;
    case SRE_LITERAL_LOC_IGNORE: case SRE_NOT_LITERAL_LOC_IGNORE: case SRE_IN_LOC_IGNORE: *locale = true; break;
    default: break;
  }
  *wide = true;
}

bool sre_unit_is_locale(const uint32_t *pc) {
  bool locale, wide;
  unit_kinds(pc, &locale, &wide);
  return locale;
}

bool sre_unit_is_wide(const uint32_t *pc) {
  bool locale, wide;
  unit_kinds(pc, &locale, &wide);
  return wide;
}
