// The Korean codecs: euc_kr, Microsoft's cp949, which has all syllables, and johab, whose codes are made of letters.
#include "modules/multibyte.h"

// --- KS X 1001 in EUC, and its extension --------------------------------------------------------------------------------------------------

// A syllable that KS X 1001 lacks is written as four codes: the filler A4 D4, then its first letter, vowel and last letter (again the filler if
// there is none), each by the code that the letter has when it stands alone.
enum { LETTER_ROW = 0xA4, FILLER = 0xD4, VOWEL_FIRST = 0xBF, MADE_UP_SIZE = 8 };
static const uint8_t first_letters[] = {   // trail bytes, in the order of Unicode's syllables
    0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xB1, 0xB2, 0xB3, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};
static const uint8_t last_letters[HANGUL_FINALS] = {
    FILLER, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0xB0, 0xB1, 0xB2, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8,
    0xBA, 0xBB, 0xBC, 0xBD, 0xBE};

static int letter_index(const uint8_t *letters, int count, uint8_t letter) {
  for (int i = 0; i < count; i++)
    if (letters[i] == letter) return i;
  return -1;
}

static int decode_made_up(const uint8_t *p, size_t n, MbChars *out) {
  if (n < MADE_UP_SIZE) return MB_INCOMPLETE;
  if (p[2] != LETTER_ROW || p[4] != LETTER_ROW || p[6] != LETTER_ROW) return MB_ILLEGAL(1);
  int first = letter_index(first_letters, sizeof first_letters, p[3]), vowel = p[5] - VOWEL_FIRST, last = letter_index(last_letters, HANGUL_FINALS, p[7]);
  if (first < 0 || vowel < 0 || vowel >= HANGUL_VOWELS || last < 0) return MB_ILLEGAL(1);
  return mb_char(out, HANGUL_FIRST + (uint32_t)((first * HANGUL_VOWELS + vowel) * HANGUL_FINALS + last), MADE_UP_SIZE);
}

static int encode_made_up(uint32_t c, MbBytes *out) {
  uint32_t number = c - HANGUL_FIRST;
  const uint8_t letters[] = {FILLER, first_letters[number / (HANGUL_VOWELS * HANGUL_FINALS)],
                             (uint8_t)(VOWEL_FIRST + number / HANGUL_FINALS % HANGUL_VOWELS), last_letters[number % HANGUL_FINALS]};
  for (size_t i = 0; i < sizeof letters; i++) mb_put2(out, LETTER_ROW << 8 | letters[i], 0);
  return 1;
}

static int euc_kr_decode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  if (p[0] < 0x80) return mb_char(out, p[0], 1);
  if (n < 2) return MB_INCOMPLETE;
  if (p[0] == LETTER_ROW && p[1] == FILLER) return decode_made_up(p, n, out);
  uint32_t c = charset_character_94(&charset_uhc, p[0], p[1]);
  return c ? mb_char(out, c, 2) : MB_ILLEGAL(1);
}

static int euc_kr_encode(UNUSED_OK const MbCodec *codec, UNUSED_OK MbState *state, const uint32_t *c, UNUSED_OK size_t n, UNUSED_OK bool last, MbBytes *out) {
  if (*c < 0x80) return mb_put1(out, *c);
  unsigned code = charset_code(&charset_uhc, *c);
  if (!code) return MB_ILLEGAL(1);
  bool extended = (code & 0xFF) < 0xA1 || code >> 8 < 0xA1;   // then it is a syllable
  return extended ? encode_made_up(*c, out) : mb_put2(out, code, 1);
}

// --- The module -------------------------------------------------------------------------------------------------------------------

static const MbCodec euc_kr = {.name = "euc_kr", .plain_ascii = true, .charsets = {&charset_uhc}, .decode = euc_kr_decode, .encode = euc_kr_encode};
static const MbCodec cp949 = MB_SET_CODEC("cp949", charset_uhc), johab = MB_SET_CODEC("johab", charset_johab);
static const MbCodec *const codecs[] = {&euc_kr, &cp949, &johab, NULL};

static NATIVE(getcodec) { return mb_getcodec(t, codecs, args[0]); }
static const NativeDef functions[] = {{"getcodec($module, encoding, /)", getcodec, NULL, NATIVE_NO_SIGNATURE}, {0}};
const ModuleDef module__codecs_kr = {.name = "_codecs_kr", .functions = functions};
