// The tables of the East Asian character sets, filled from the C library's iconv, with the few places where Python's codecs differ.
//
// glibc keeps these mappings well and every Debian has them (libc6 brings the converters), so they are not kept a second time here. Two
// thousand to twenty thousand codes are converted one by one, which takes a few milliseconds, once in a process.
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "modules/multibyte.h"
#include "objects/error.h"

// --- Differences ------------------------------------------------------------------------------------------------------------------

// The second edition of GB 18030 has given these characters code points of their own; Python has those of the first, in the private area.
static const CharsetFix gb18030_fixes[] = {
    {FIX_BOTH, 0xA6D9, 7, 0xE78D}, {FIX_BOTH, 0xA6EC, 2, 0xE794}, {FIX_BOTH, 0xA6F3, 1, 0xE796}, {FIX_BOTH, 0xA8BC, 1, 0xE7C7},
    {FIX_BOTH, 0xFE51, 3, 0xE816}, {FIX_BOTH, 0xFE59, 1, 0xE81E}, {FIX_BOTH, 0xFE61, 1, 0xE826}, {FIX_BOTH, 0xFE66, 2, 0xE82B},
    {FIX_BOTH, 0xFE6C, 2, 0xE831}, {FIX_BOTH, 0xFE76, 1, 0xE83B}, {FIX_BOTH, 0xFE7E, 1, 0xE843}, {FIX_BOTH, 0xFE90, 2, 0xE854},
    {FIX_BOTH, 0xFEA0, 1, 0xE864}, {0}};

static const CharsetFix jisx0212_fixes[] = {{FIX_BOTH, 0xA2B7, 1, 0x7E}, {0}};                            // ASCII's tilde, not the wide one
static const CharsetFix jisx0213_1_fixes[] = {{FIX_BOTH, 0xA1BD, 1, 0x2015}, {FIX_BOTH, 0xA2D6, 2, 0x2985}, {0}};   // a dash, white parentheses

// Characters that have no code of their own in Microsoft's set but go over into one that looks like them.
static const CharsetFix cp932_fixes[] = {
    {FIX_ENCODE, 0x8191, 2, 0xA2}, {FIX_ENCODE, 0x81CA, 1, 0xAC}, {FIX_ENCODE, 0x8161, 1, 0x2016}, {FIX_ENCODE, 0x817C, 1, 0x2212},
    {FIX_ENCODE, 0x8160, 1, 0x301C}, {0}};

// Letters of the Korean alphabet by their codes as parts of a syllable, which only decoding takes; a sign that is younger than the codec.
static const CharsetFix johab_fixes[] = {
    {FIX_BOTH, 0xD9E8, 1, 0}, {FIX_DECODE, 0x8441, 1, 0x3000}, {FIX_DECODE, 0x8442, 2, 0x3131}, {FIX_DECODE, 0x8445, 1, 0x3134},
    {FIX_DECODE, 0x8448, 1, 0x3137}, {FIX_DECODE, 0x8449, 1, 0x3139}, {FIX_DECODE, 0x8451, 1, 0x3141}, {FIX_DECODE, 0x8453, 1, 0x3142},
    {FIX_DECODE, 0x8455, 4, 0x3145}, {FIX_DECODE, 0x8459, 5, 0x314A}, {0}};

// The extension of Big5 by ETEN: where glibc has private characters, kana, Cyrillic letters and numbers.
#define BIG5_ETEN_FIXES                                                                                                                \
  {FIX_BOTH, 0xC6A1, 408, 0}, {FIX_BOTH, 0xC6A1, 1, 0x30FE}, {FIX_BOTH, 0xC6A2, 2, 0x309D}, {FIX_BOTH, 0xC6A4, 1, 0x3005},             \
      {FIX_BOTH, 0xC6A5, 83, 0x3041}, {FIX_BOTH, 0xC6F8, 86, 0x30A1}, {FIX_BOTH, 0xC7B1, 2, 0x414}, {FIX_BOTH, 0xC7B3, 1, 0x401},      \
      {FIX_BOTH, 0xC7B4, 7, 0x416}, {FIX_BOTH, 0xC7BB, 19, 0x423}, {FIX_BOTH, 0xC7CE, 1, 0x451}, {FIX_BOTH, 0xC7CF, 26, 0x436},        \
      {FIX_BOTH, 0xC7E9, 10, 0x2460}, {FIX_BOTH, 0xC7F3, 10, 0x2474}, {FIX_ENCODE, 0xA4CA, 1, 0x5345}, {FIX_ENCODE, 0xA451, 1, 0x5341}
// Big5 as the Unicode Consortium once published it, without the characters of the later F9D6 to F9FE.
static const CharsetFix big5_fixes[] = {
    BIG5_ETEN_FIXES, {FIX_BOTH, 0xA145, 1, 0x2022}, {FIX_BOTH, 0xA14E, 1, 0xFF64}, {FIX_BOTH, 0xA1C2, 1, 0x203E}, {FIX_BOTH, 0xA1E3, 1, 0x223C},
    {FIX_BOTH, 0xA1F2, 1, 0x2641}, {FIX_BOTH, 0xA1F3, 1, 0x2609}, {FIX_BOTH, 0xA241, 1, 0xFF0F}, {FIX_BOTH, 0xA242, 1, 0xFF3C},
    {FIX_BOTH, 0xA244, 1, 0xA5}, {FIX_BOTH, 0xA246, 2, 0xA2}, {FIX_BOTH, 0xA3E1, 1, 0}, {FIX_BOTH, 0xF9D6, 41, 0},
    {FIX_ENCODE, 0xA241, 1, 0xFF0F}, {FIX_ENCODE, 0xA242, 1, 0xFF3C}, {0}};
static const CharsetFix cp950_fixes[] = {
    BIG5_ETEN_FIXES, {FIX_ENCODE, 0xA246, 2, 0xA2}, {FIX_ENCODE, 0xA244, 1, 0xA5}, {FIX_ENCODE, 0xA145, 1, 0x2022}, {FIX_ENCODE, 0xA1C2, 1, 0x203E},
    {FIX_ENCODE, 0xA1E3, 1, 0x223C}, {FIX_ENCODE, 0xA1F3, 1, 0x2609}, {FIX_ENCODE, 0xA1F2, 1, 0x2641}, {FIX_ENCODE, 0xA14E, 1, 0xFF64}, {0}};
// The edition of 2004: 877A to 87DF were added later. Box drawing goes to the codes of the extension.
static const CharsetFix big5hkscs_fixes[] = {
    {FIX_BOTH, 0x877A, 68, 0}, {FIX_BOTH, 0xA15A, 1, 0x2574}, {FIX_BOTH, 0xA1C3, 1, 0xFFE3}, {FIX_BOTH, 0xA1C5, 1, 0x2CD},
    {FIX_ENCODE, 0xF9F9, 1, 0x2550}, {FIX_ENCODE, 0xF9E9, 1, 0x255E}, {FIX_ENCODE, 0xF9EA, 1, 0x256A}, {FIX_ENCODE, 0xF9EB, 1, 0x2561},
    {FIX_ENCODE, 0xF9FA, 2, 0x256D}, {FIX_ENCODE, 0xF9FC, 1, 0x2570}, {FIX_ENCODE, 0xF9FD, 1, 0x256F}, {FIX_DECODE, 0xA1FE, 1, 0xFF0F},
    {FIX_DECODE, 0xA240, 1, 0xFF3C}, {FIX_DECODE, 0xA2CC, 1, 0x5341}, {FIX_DECODE, 0xA2CE, 1, 0x5345}, {0}};

Charset charset_gb2312 = {.converter = "EUC-CN", .lead_min = 0xA1, .lead_max = 0xFE, .trail_min = 0xA1, .trail_max = 0xFE};
Charset charset_gbk = {.converter = "GBK", .lead_min = 0x81, .lead_max = 0xFE, .trail_min = 0x40, .trail_max = 0xFE};
Charset charset_gb18030 = {
    .converter = "GB18030", .lead_min = 0x81, .lead_max = 0xFE, .trail_min = 0x40, .trail_max = 0xFE, .fixes = gb18030_fixes};
Charset charset_jisx0208 = {.converter = "EUC-JP", .lead_min = 0xA1, .lead_max = 0xFE, .trail_min = 0xA1, .trail_max = 0xFE};
Charset charset_jisx0212 = {
    .converter = "EUC-JP", .prefix = 0x8F, .lead_min = 0xA1, .lead_max = 0xFE, .trail_min = 0xA1, .trail_max = 0xFE, .fixes = jisx0212_fixes};
Charset charset_jisx0213_1 = {
    .converter = "EUC-JISX0213", .lead_min = 0xA1, .lead_max = 0xFE, .trail_min = 0xA1, .trail_max = 0xFE, .fixes = jisx0213_1_fixes,
    .has_pairs = true};
Charset charset_jisx0213_2 = {
    .converter = "EUC-JISX0213", .prefix = 0x8F, .lead_min = 0xA1, .lead_max = 0xFE, .trail_min = 0xA1, .trail_max = 0xFE};
Charset charset_cp932 = {.converter = "CP932", .lead_min = 0x81, .lead_max = 0xFC, .trail_min = 0x40, .trail_max = 0xFC, .fixes = cp932_fixes};
Charset charset_uhc = {.converter = "UHC", .lead_min = 0x81, .lead_max = 0xFE, .trail_min = 0x41, .trail_max = 0xFE};
Charset charset_johab = {.converter = "JOHAB", .lead_min = 0x84, .lead_max = 0xF9, .trail_min = 0x31, .trail_max = 0xFE, .fixes = johab_fixes};
Charset charset_big5 = {.converter = "BIG5", .lead_min = 0xA1, .lead_max = 0xF9, .trail_min = 0x40, .trail_max = 0xFE, .fixes = big5_fixes};
Charset charset_cp950 = {.converter = "BIG5", .lead_min = 0xA1, .lead_max = 0xF9, .trail_min = 0x40, .trail_max = 0xFE, .fixes = cp950_fixes};
Charset charset_big5hkscs = {
    .converter = "BIG5-HKSCS", .lead_min = 0x87, .lead_max = 0xFE, .trail_min = 0x40, .trail_max = 0xFE, .fixes = big5hkscs_fixes,
    .has_pairs = true};

// --- Filling ----------------------------------------------------------------------------------------------------------------------

static Mutex load_lock;   // guards every Charset that is not loaded yet

static inline int row_length(const Charset *s) { return s->trail_max - s->trail_min + 1; }
static inline int code_count(const Charset *s) { return (s->lead_max - s->lead_min + 1) * row_length(s); }
static inline int code_index(const Charset *s, unsigned code) { return ((int)(code >> 8) - s->lead_min) * row_length(s) + (int)(code & 0xFF) - s->trail_min; }
static inline unsigned index_code(const Charset *s, int i) {
  return ((unsigned)(i / row_length(s)) + s->lead_min) << 8 | ((unsigned)(i % row_length(s)) + s->trail_min);
}

// The characters that `code` alone stands for: how many (0 none).
static int convert_code(iconv_t converter, const Charset *s, unsigned code, uint32_t c[2]) {
  char in[3], *from = in, *to = (char *)c;
  size_t left = 0, room = 2 * sizeof *c;
  if (s->prefix) in[left++] = (char)s->prefix;
  in[left++] = (char)(code >> 8);
  in[left++] = (char)code;
  iconv(converter, NULL, NULL, NULL, NULL);
  if (iconv(converter, &from, &left, &to, &room) != 0 || left) return 0;
  iconv(converter, NULL, NULL, &to, &room);   // a base may have waited for a mark
  return (int)(2 - room / sizeof *c);
}

static void note_pair(Charset *s, int index, const uint32_t c[2]) {
  if (s->pair_count == CHARSET_PAIRS) return;
  s->pairs[s->pair_count] = (CharsetPair){c[0], c[1], (uint16_t)index_code(s, index)};
  s->pair_bases |= 1ull << (c[0] & 63);
  s->characters[index] = CHARSET_PAIR | (uint32_t)s->pair_count++;
}

// Trails 7F to A0 do not occur in Big5: runs of its codes step over them.
static unsigned next_code(const Charset *s, unsigned code) {
  bool gap = s->trail_min == 0x40 && s->lead_max != 0xFC && s->trail_max == 0xFE && (code & 0xFF) == 0x7E;
  if (gap) return (code & 0xFF00) | 0xA1;
  return (code & 0xFF) == s->trail_max ? (code & 0xFF00) + 0x100 + s->trail_min : code + 1;
}

static bool set_code(Charset *s, uint32_t c, unsigned code, bool replace) {
  uint16_t **page = &s->codes[c >> 8];
  if (!*page && !(*page = calloc(256, sizeof **page))) return false;
  if (replace || !(*page)[c & 255]) (*page)[c & 255] = (uint16_t)code;
  return true;
}

// Differences of one kind. False: no memory.
static bool apply_fixes(Charset *s, CharsetFixKind kind) {
  for (const CharsetFix *f = s->fixes; f && f->count; f++) {
    unsigned code = f->code;
    for (uint32_t i = 0; f->kind == kind && i < f->count; i++, code = next_code(s, code)) {
      uint32_t c = f->c ? f->c + i : 0;
      if (kind != FIX_ENCODE) s->characters[code_index(s, code)] = c;
      else if (!set_code(s, c, code, true)) return false;
    }
  }
  return true;
}

static bool fill(Charset *s, iconv_t converter) {
  uint32_t c[2];
  if (!s->characters && !(s->characters = calloc((size_t)code_count(s), sizeof *s->characters))) return false;
  s->pair_count = 0;
  for (int i = 0; i < code_count(s); i++) {
    int n = convert_code(converter, s, index_code(s, i), c);
    if (n == 2 && s->has_pairs) note_pair(s, i, c);   // elsewhere two characters mean two bytes that are no code
    else if (n == 1 && c[0] < CHARSET_PAGES << 8) s->characters[i] = c[0];
  }
  if (!apply_fixes(s, FIX_BOTH)) return false;
  for (int i = 0; i < code_count(s); i++) {
    uint32_t character = s->characters[i];
    if (character && !(character & CHARSET_PAIR) && !set_code(s, character, index_code(s, i), false)) return false;
  }
  return apply_fixes(s, FIX_ENCODE) && apply_fixes(s, FIX_DECODE);
}

int charset_load(Thread *t, Charset *s) {
  if (a32_load_acq(&s->loaded)) return 0;   // pairs with the release below
  mutex_lock(t, &load_lock);
  int result = 0;
  if (!a32_load_rlx(&s->loaded)) {
    iconv_t converter = iconv_open("UTF-32LE", s->converter);
    if (converter == (iconv_t)-1) {
      result = -1;
    } else {
      result = fill(s, converter) ? 0 : -2;
      iconv_close(converter);
      if (result == 0) a32_store_rel(&s->loaded, 1);
    }
  }
  mutex_unlock(&load_lock);
  if (result == -1) raise_error(t, &exc_LookupError, "the C library has no converter for %s (its gconv modules are not installed)", s->converter);
  else if (result) raise_no_memory(t);
  return result ? -1 : 0;
}

// --- Pairs and editions -------------------------------------------------------------------------------------------------------------

int charset_find_pair(const Charset *s, const uint32_t *c, size_t n, bool last) {
  if (!(s->pair_bases >> (c[0] & 63) & 1)) return 0;
  for (int i = 0; i < s->pair_count; i++) {
    if (s->pairs[i].first != c[0]) continue;
    if (n < 2) return last ? 0 : -1;
    if (s->pairs[i].second == c[1]) return s->pairs[i].code;
  }
  return 0;
}

bool jisx0213_is_added(unsigned code) {
  static const uint16_t added[] = {0xAEA1, 0xAFFE, 0xCFD4, 0xCFFE, 0xF4A7, 0xFEFA, 0xFEFB, 0xFEFC, 0xFEFD, 0xFEFE};
  for (size_t i = 0; i < sizeof added / sizeof *added; i++)
    if (added[i] == code) return true;
  return false;
}
enum { CHANGED_CODE = 0xFDBB, CHANGED_2000 = 0x9B1D, CHANGED_2004 = 0x9B1C };   // of plane 2

unsigned jisx0213_code(int plane, uint32_t c, bool edition_2000) {
  unsigned code = charset_code(plane == 1 ? &charset_jisx0213_1 : &charset_jisx0213_2, c);
  if (!edition_2000) return code;
  if (plane == 1) return jisx0213_is_added(code) ? 0 : code;
  return c == CHANGED_2000 ? CHANGED_CODE : c == CHANGED_2004 ? 0 : code;
}

uint32_t jisx0213_character(int plane, unsigned lead, unsigned trail, bool edition_2000) {
  uint32_t c = charset_character(plane == 1 ? &charset_jisx0213_1 : &charset_jisx0213_2, lead, trail);
  if (!edition_2000) return c;
  if (plane == 1) return jisx0213_is_added(lead << 8 | trail) ? 0 : c;
  return (lead << 8 | trail) == CHANGED_CODE ? CHANGED_2000 : c;
}
