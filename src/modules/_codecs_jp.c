// The Japanese codecs: euc_jp, shift_jis, Microsoft's cp932, and those on JIS X 0213 in its editions of 2000 (jisx0213) and 2004.
//
// EUC writes a code of a set's 94 rows by 94 columns as it is, with the high bits set. Shift_JIS packs two rows into one lead byte.
#include "modules/multibyte.h"

enum { EDITION_2004, EDITION_2000 };   // MbCodec.variant

// --- One byte -----------------------------------------------------------------------------------------------------------------------

enum { KATAKANA_FIRST = 0xFF61, KATAKANA_LAST = 0xFF9F, KATAKANA_OFFSET = KATAKANA_FIRST - 0xA1, YEN = 0xA5, OVERLINE = 0x203E };
static inline bool is_katakana_byte(unsigned b) { return b >= 0xA1 && b <= 0xDF; }
static inline bool is_katakana(uint32_t c) { return c >= KATAKANA_FIRST && c <= KATAKANA_LAST; }

// JIS X 0201 has a yen sign and an overline where ASCII has a backslash and a tilde: the ASCII byte of such a character, or 0.
static inline unsigned roman_byte(uint32_t c) { return c == YEN ? '\\' : c == OVERLINE ? '~' : 0; }

// --- JIS X 0213 -----------------------------------------------------------------------------------------------------------------------

// Plane 1 or 2 and the code; 0: not there (NOT_ANYWHERE: nor do other sets serve); -1: that depends on the next character.
enum { NOT_ANYWHERE = 3 };
static int jisx0213_find(const MbCodec *codec, const uint32_t *c, size_t n, bool last, unsigned *code, int *used) {
  int pair = charset_find_pair(&charset_jisx0213_1, c, n, last);
  *used = pair > 0 ? 2 : 1;
  if (pair) return pair < 0 ? -1 : (*code = (unsigned)pair, 1);
  bool early = codec->variant == EDITION_2000;
  if ((*code = jisx0213_code(1, *c, early))) return 1;
  if ((*code = jisx0213_code(2, *c, early))) return 2;
  return early && (jisx0213_code(1, *c, false) || jisx0213_code(2, *c, false)) ? NOT_ANYWHERE : 0;
}

// How many bytes of a code without a character are bad: all of one that a later edition has, the first of any other.
static int bad_size(const MbCodec *codec, unsigned code) { return codec->variant == EDITION_2000 && jisx0213_is_added(code) ? 2 : 1; }

// --- EUC --------------------------------------------------------------------------------------------------------------------------

enum { SINGLE_SHIFT_2 = 0x8E, SINGLE_SHIFT_3 = 0x8F };

// Two bytes from one set, or three, the first of which says that they are from another. *c: the character, 0 if there is none.
static int euc_decode(const MbCodec *codec, const uint8_t *p, size_t n, MbChars *out, uint32_t (*plain)(const MbCodec *, unsigned, unsigned),
                      uint32_t (*shifted)(const MbCodec *, unsigned, unsigned)) {
  if (p[0] < 0x80) return mb_char(out, p[0], 1);
  int size = p[0] == SINGLE_SHIFT_3 ? 3 : 2;
  if (n < (size_t)size) return MB_INCOMPLETE;
  if (p[0] == SINGLE_SHIFT_2) return is_katakana_byte(p[1]) ? mb_char(out, p[1] + KATAKANA_OFFSET, 2) : MB_ILLEGAL(1);
  uint32_t c = size == 3 ? shifted(codec, p[1], p[2]) : plain(codec, p[0], p[1]);
  if (c) return mb_charset_char(out, &charset_jisx0213_1, c, size);
  return MB_ILLEGAL(size == 2 ? bad_size(codec, (unsigned)p[0] << 8 | p[1]) : 1);
}

static int euc_put_shifted(MbBytes *out, unsigned code) {
  mb_put(out, SINGLE_SHIFT_3);
  return mb_put2(out, code, 1);
}
static int euc_put_katakana(MbBytes *out, uint32_t c) { return mb_put2(out, SINGLE_SHIFT_2 << 8 | (c - KATAKANA_OFFSET), 1); }

static uint32_t jisx0208_character(UNUSED_OK const MbCodec *codec, unsigned lead, unsigned trail) { return charset_character(&charset_jisx0208, lead, trail); }
static uint32_t jisx0212_character(UNUSED_OK const MbCodec *codec, unsigned lead, unsigned trail) { return charset_character(&charset_jisx0212, lead, trail); }
static uint32_t plane_1_character(const MbCodec *codec, unsigned lead, unsigned trail) {
  return jisx0213_character(1, lead, trail, codec->variant == EDITION_2000);
}
static uint32_t plane_2_character(const MbCodec *codec, unsigned lead, unsigned trail) {
  uint32_t c = jisx0213_character(2, lead, trail, codec->variant == EDITION_2000);
  return c ? c : charset_character(&charset_jisx0212, lead, trail);
}

static int euc_jp_decode(const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  return euc_decode(codec, p, n, out, jisx0208_character, jisx0212_character);
}

static int euc_jp_encode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, UNUSED_OK size_t n, UNUSED_OK bool last, MbBytes *out) {
  if (*c < 0x80) return mb_put1(out, *c);
  unsigned code = charset_code(&charset_jisx0208, *c);
  if (code) return mb_put2(out, code, 1);
  if ((code = charset_code(&charset_jisx0212, *c))) return euc_put_shifted(out, code);
  if (is_katakana(*c)) return euc_put_katakana(out, *c);
  return roman_byte(*c) ? mb_put1(out, roman_byte(*c)) : MB_ILLEGAL(1);
}

static int euc_jisx0213_decode(const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  return euc_decode(codec, p, n, out, plane_1_character, plane_2_character);
}

static int euc_jisx0213_encode(const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out) {
  unsigned code;
  int used;
  if (*c < 0x80) return mb_put1(out, *c);
  int plane = jisx0213_find(codec, c, n, last, &code, &used);
  if (plane < 0) return MB_INCOMPLETE;
  if (plane == 1) return mb_put2(out, code, used);
  if (plane == 2) return euc_put_shifted(out, code);
  if (plane == NOT_ANYWHERE) return MB_ILLEGAL(1);
  if ((code = charset_code(&charset_jisx0212, *c))) return euc_put_shifted(out, code);
  return is_katakana(*c) ? euc_put_katakana(out, *c) : MB_ILLEGAL(1);
}

// --- Shift_JIS ----------------------------------------------------------------------------------------------------------------------

enum { ROWS = 94, COLUMNS = 94, JISX0208_LEAD_MAX = 0xEA };

// The row (from 0; more than a set has for leads from F0 on) and column of two bytes. False: they are no code.
static bool shifted_position(const uint8_t *p, unsigned *row, unsigned *column) {
  if (!((p[0] >= 0x81 && p[0] <= 0x9F) || (p[0] >= 0xE0 && p[0] <= 0xFC)) || p[1] < 0x40 || p[1] == 0x7F || p[1] > 0xFC) return false;
  unsigned place = p[1] - (p[1] < 0x80 ? 0x40u : 0x41u);
  *row = (p[0] - (p[0] < 0xA0 ? 0x81u : 0xC1u)) * 2 + place / COLUMNS;
  *column = place % COLUMNS;
  return true;
}

static int put_shifted(MbBytes *out, unsigned row, unsigned column, int used) {
  unsigned place = row % 2 * COLUMNS + column;
  mb_put(out, row / 2 + (row / 2 < 0x1F ? 0x81 : 0xC1));
  mb_put(out, place + (place < 0x3F ? 0x40 : 0x41));
  return used;
}
static int put_shifted_code(MbBytes *out, unsigned code, int used) { return put_shifted(out, (code >> 8) - 0xA1, (code & 0xFF) - 0xA1, used); }

static inline bool is_shifted_lead(unsigned b) { return (b >= 0x81 && b <= 0x9F) || (b >= 0xE0 && b <= 0xFC); }

static int shift_jis_decode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  unsigned row, column;
  if (p[0] < 0x80) return mb_char(out, p[0], 1);
  if (is_katakana_byte(p[0])) return mb_char(out, p[0] + KATAKANA_OFFSET, 1);
  if (!is_shifted_lead(p[0]) || p[0] > JISX0208_LEAD_MAX) return MB_ILLEGAL(1);
  if (n < 2) return MB_INCOMPLETE;
  uint32_t c = shifted_position(p, &row, &column) ? charset_character(&charset_jisx0208, row + 0xA1, column + 0xA1) : 0;
  return c ? mb_char(out, c, 2) : MB_ILLEGAL(1);
}

static int shift_jis_encode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, UNUSED_OK size_t n, UNUSED_OK bool last, MbBytes *out) {
  if (*c < 0x80) return mb_put1(out, *c);
  if (is_katakana(*c)) return mb_put1(out, *c - KATAKANA_OFFSET);
  if (roman_byte(*c)) return mb_put1(out, roman_byte(*c));
  unsigned code = charset_code(&charset_jisx0208, *c);
  return code ? put_shifted_code(out, code, 1) : MB_ILLEGAL(1);
}

// Shift_JIS with JIS X 0213 has plane 1 where Shift_JIS has its set, and the rows of plane 2 (from 1) that are in use behind it:
static const uint8_t plane_2_rows[] = {1, 8, 3, 4, 5, 12, 13, 14, 15};
enum { PLANE_2_TAIL = 78 };   // ... and then all from this one on

static unsigned plane_2_row(unsigned packed) {
  return packed < sizeof plane_2_rows ? plane_2_rows[packed] : packed - (unsigned)sizeof plane_2_rows + PLANE_2_TAIL;
}
static unsigned plane_2_packed(unsigned row) {
  for (unsigned i = 0; i < sizeof plane_2_rows; i++)
    if (plane_2_rows[i] == row) return i;
  return row - PLANE_2_TAIL + (unsigned)sizeof plane_2_rows;
}

// The backslash and the tilde, whose bytes are taken by the yen sign and the overline, have the codes of their wide forms.
enum { BACKSLASH_CODE = 0xA1C0, TILDE_CODE = 0xA2B2 };

static int shift_jisx0213_decode(const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  unsigned row, column;
  if (p[0] < 0x80) return mb_char(out, p[0] == '\\' ? YEN : p[0] == '~' ? OVERLINE : p[0], 1);
  if (is_katakana_byte(p[0])) return mb_char(out, p[0] + KATAKANA_OFFSET, 1);
  if (!is_shifted_lead(p[0])) return MB_ILLEGAL(1);
  if (n < 2) return MB_INCOMPLETE;
  if (!shifted_position(p, &row, &column)) return MB_ILLEGAL(1);
  unsigned code = (row + 0xA1) << 8 | (column + 0xA1);
  if (code == BACKSLASH_CODE || code == TILDE_CODE) return mb_char(out, code == TILDE_CODE ? '~' : '\\', 2);
  bool early = codec->variant == EDITION_2000;
  uint32_t c = row < ROWS ? jisx0213_character(1, row + 0xA1, column + 0xA1, early)
                          : jisx0213_character(2, plane_2_row(row - ROWS) + 0xA0, column + 0xA1, early);
  return c ? mb_charset_char(out, &charset_jisx0213_1, c, 2) : MB_ILLEGAL(bad_size(codec, code));
}

static int shift_jisx0213_encode(const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out) {
  unsigned code;
  int used;
  if (*c == '\\' || *c == '~') return put_shifted_code(out, *c == '~' ? TILDE_CODE : BACKSLASH_CODE, 1);
  if (*c < 0x80) return mb_put1(out, *c);
  if (is_katakana(*c)) return mb_put1(out, *c - KATAKANA_OFFSET);
  if (roman_byte(*c)) return mb_put1(out, roman_byte(*c));
  int plane = jisx0213_find(codec, c, n, last, &code, &used);
  if (plane < 0) return MB_INCOMPLETE;
  if (plane == 0 || plane == NOT_ANYWHERE || (plane == 1 && (code == BACKSLASH_CODE || code == TILDE_CODE))) return MB_ILLEGAL(1);
  if (plane == 1) return put_shifted_code(out, code, used);
  return put_shifted(out, ROWS + plane_2_packed((code >> 8) - 0xA0), (code & 0xFF) - 0xA1, 1);
}

// --- cp932 ------------------------------------------------------------------------------------------------------------------------

// Bytes without a meaning of their own: 80, and A0, FD, FE and FF, which go to private characters in that order.
enum { PRIVATE_FIRST = 0xF8F0, PRIVATE_LAST = 0xF8F3 };

static int cp932_decode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  if (p[0] <= 0x80) return mb_char(out, p[0], 1);
  if (is_katakana_byte(p[0])) return mb_char(out, p[0] + KATAKANA_OFFSET, 1);
  if (p[0] == 0xA0 || p[0] >= 0xFD) return mb_char(out, p[0] == 0xA0 ? PRIVATE_FIRST : PRIVATE_FIRST + 1 + p[0] - 0xFDu, 1);
  if (n < 2) return MB_INCOMPLETE;
  uint32_t c = charset_character(&charset_cp932, p[0], p[1]);
  return c ? mb_char(out, c, 2) : MB_ILLEGAL(1);
}

static int cp932_encode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, UNUSED_OK size_t n, UNUSED_OK bool last, MbBytes *out) {
  if (*c <= 0x80) return mb_put1(out, *c);
  if (is_katakana(*c)) return mb_put1(out, *c - KATAKANA_OFFSET);
  if (*c >= PRIVATE_FIRST && *c <= PRIVATE_LAST) return mb_put1(out, *c == PRIVATE_FIRST ? 0xA0 : *c - PRIVATE_FIRST - 1 + 0xFD);
  unsigned code = charset_code(&charset_cp932, *c);
  return code ? mb_put2(out, code, 1) : MB_ILLEGAL(1);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

#define EUC_JISX0213(codec_name, edition)                                                                                                    \
  {.name = codec_name, .plain_ascii = true, .charsets = {&charset_jisx0213_1, &charset_jisx0213_2, &charset_jisx0212},                       \
   .decode = euc_jisx0213_decode, .encode = euc_jisx0213_encode, .variant = edition}
#define SHIFT_JISX0213(codec_name, edition)                                                                                                  \
  {.name = codec_name, .charsets = {&charset_jisx0213_1, &charset_jisx0213_2}, .decode = shift_jisx0213_decode,                              \
   .encode = shift_jisx0213_encode, .variant = edition}

static const MbCodec shift_jis = {
    .name = "shift_jis", .plain_ascii = true, .charsets = {&charset_jisx0208}, .decode = shift_jis_decode, .encode = shift_jis_encode};
static const MbCodec cp932 = {.name = "cp932", .plain_ascii = true, .charsets = {&charset_cp932}, .decode = cp932_decode, .encode = cp932_encode};
static const MbCodec euc_jp = {
    .name = "euc_jp", .plain_ascii = true, .charsets = {&charset_jisx0208, &charset_jisx0212}, .decode = euc_jp_decode, .encode = euc_jp_encode};
static const MbCodec euc_jis_2004 = EUC_JISX0213("euc_jis_2004", EDITION_2004), euc_jisx0213 = EUC_JISX0213("euc_jisx0213", EDITION_2000),
                     shift_jis_2004 = SHIFT_JISX0213("shift_jis_2004", EDITION_2004), shift_jisx0213 = SHIFT_JISX0213("shift_jisx0213", EDITION_2000);
static const MbCodec *const codecs[] = {&shift_jis, &cp932, &euc_jp, &shift_jis_2004, &euc_jis_2004, &euc_jisx0213, &shift_jisx0213, NULL};

static NATIVE(getcodec) { return mb_getcodec(t, codecs, args[0]); }
static const NativeDef functions[] = {{"getcodec($module, encoding, /)", getcodec, NULL, NATIVE_NO_SIGNATURE}, {0}};
const ModuleDef module__codecs_jp = {.name = "_codecs_jp", .functions = functions};
