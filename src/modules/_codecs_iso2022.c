// The ISO 2022 codecs of Japan and Korea: seven bits, in which escape sequences say which character set the bytes are in.
//
// A set is designated to one of the registers G0, G1 and G2. Bytes mean what is in G0, or what is in G1 between the controls SO and SI; G2 serves
// single characters behind the escape sequence ESC N. A register holds a set's mark: the letter that ends its escape sequence, with the high bit
// for sets of two bytes a character.
#include <string.h>

#include "modules/multibyte.h"
#include "objects/error.h"

enum {
  ESC = 0x1B, SHIFT_OUT = 0x0E, SHIFT_IN = 0x0F,
  TWO_BYTES = 0x80,
  MARK_ASCII = 'B', MARK_JISX0201_ROMAN = 'J', MARK_JISX0201_KATAKANA = 'I', MARK_LATIN = 'A', MARK_GREEK = 'F',
  MARK_JISX0208 = TWO_BYTES | 'B', MARK_JISX0208_1978 = TWO_BYTES | '@', MARK_JISX0212 = TWO_BYTES | 'D', MARK_GB2312 = TWO_BYTES | 'A',
  MARK_KSX1001 = TWO_BYTES | 'C', MARK_JISX0213_1_2000 = TWO_BYTES | 'O', MARK_JISX0213_1 = TWO_BYTES | 'Q', MARK_JISX0213_2 = TWO_BYTES | 'P',
};
enum { G0, G1, G2, FLAGS = 4 };                        // bytes of MbState
enum { FLAG_SHIFTED = 1, FLAG_UNKNOWN_ESCAPE = 2 };    // SO was seen; inside an escape sequence that is not ours and passes as it is

enum { WITHOUT_SHIFTS = 1, WITH_G2 = 2, LONG_JISX0208 = 4 /* ESC & @ before JIS X 0208's own */ };
typedef struct Variant { int flags; uint8_t marks[9]; } Variant;   // marks in the order in which encoding tries them, 0 behind the last
enum { ISO2022_KR, ISO2022_JP, ISO2022_JP_1, ISO2022_JP_2, ISO2022_JP_2004, ISO2022_JP_3, ISO2022_JP_EXT };
static const Variant variants[] = {
    [ISO2022_KR] = {0, {MARK_KSX1001}},
    [ISO2022_JP] = {WITHOUT_SHIFTS | LONG_JISX0208, {MARK_JISX0208, MARK_JISX0201_ROMAN, MARK_JISX0208_1978}},
    [ISO2022_JP_1] = {WITHOUT_SHIFTS | LONG_JISX0208, {MARK_JISX0208, MARK_JISX0212, MARK_JISX0201_ROMAN, MARK_JISX0208_1978}},
    [ISO2022_JP_2] = {WITHOUT_SHIFTS | WITH_G2 | LONG_JISX0208,
                      {MARK_JISX0208, MARK_JISX0212, MARK_KSX1001, MARK_GB2312, MARK_JISX0201_ROMAN, MARK_JISX0208_1978, MARK_LATIN, MARK_GREEK}},
    [ISO2022_JP_2004] = {WITHOUT_SHIFTS | LONG_JISX0208, {MARK_JISX0208, MARK_JISX0213_1, MARK_JISX0213_2}},
    [ISO2022_JP_3] = {WITHOUT_SHIFTS | LONG_JISX0208, {MARK_JISX0208, MARK_JISX0213_1_2000, MARK_JISX0213_2}},
    [ISO2022_JP_EXT] = {WITHOUT_SHIFTS | LONG_JISX0208,
                        {MARK_JISX0208, MARK_JISX0212, MARK_JISX0201_ROMAN, MARK_JISX0201_KATAKANA, MARK_JISX0208_1978}},
};
static inline const Variant *variant_of(const MbCodec *codec) { return &variants[codec->variant]; }
static bool has_mark(const Variant *v, uint8_t mark) { return mark && memchr(v->marks, mark, sizeof v->marks); }
static inline int mark_width(uint8_t mark) { return mark & TWO_BYTES ? 2 : 1; }

static void registers_start(MbState *state) {
  state->c[G0] = state->c[G1] = MARK_ASCII;
}

// --- Sets by their marks ----------------------------------------------------------------------------------------------------------

// Where JIS X 0213 has a wide tilde, these codecs read ASCII's; they write none.
enum { WIDE_TILDE = 0xFF5E };

static bool is_edition_2000(const MbCodec *codec) { return codec->variant == ISO2022_JP_3; }

static uint32_t two_byte_character(const MbCodec *codec, uint8_t mark, unsigned lead, unsigned trail) {
  switch (mark) {
    case MARK_JISX0208: case MARK_JISX0208_1978: return charset_character(&charset_jisx0208, lead, trail);
    case MARK_JISX0212: return charset_character(&charset_jisx0212, lead, trail);
    case MARK_GB2312: return charset_character(&charset_gb2312, lead, trail);
    case MARK_KSX1001: return charset_character_94(&charset_uhc, lead, trail);
    case MARK_JISX0213_2: return jisx0213_character(2, lead, trail, false);
    default: return lead == 0xA2 && trail == 0xB2 ? '~' : jisx0213_character(1, lead, trail, is_edition_2000(codec));
  }
}

// The character that p[0..] is in the set of a register; 0: none.
static uint32_t set_character(const MbCodec *codec, uint8_t mark, const uint8_t *p) {
  if (mark & TWO_BYTES) return p[0] < 0x80 && p[1] < 0x80 ? two_byte_character(codec, mark, p[0] | 0x80u, p[1] | 0x80u) : 0;
  if (mark == MARK_JISX0201_ROMAN) return p[0] == '\\' ? 0xA5 : p[0] == '~' ? 0x203E : p[0];
  if (mark == MARK_JISX0201_KATAKANA) return p[0] >= 0x21 && p[0] <= 0x5F ? p[0] + 0xFF40u : 0;
  return 0;   // the sets that only G2 has
}

// The code of a character in a set, 0: it has none. Latin and Greek are never written.
static unsigned set_code(const MbCodec *codec, uint8_t mark, uint32_t c) {
  unsigned code = 0;
  switch (mark) {
    case MARK_JISX0201_ROMAN: return c == 0xA5 ? '\\' : c == 0x203E ? '~' : 0;
    case MARK_JISX0201_KATAKANA: return c >= 0xFF61 && c <= 0xFF9F ? c - 0xFF40 : 0;
    case MARK_JISX0208: case MARK_JISX0208_1978: return charset_code(&charset_jisx0208, c);
    case MARK_JISX0212: return charset_code(&charset_jisx0212, c);
    case MARK_GB2312: return charset_code(&charset_gb2312, c);
    case MARK_KSX1001:
      code = charset_code(&charset_uhc, c);
      return code >> 8 < 0xA1 || (code & 0xFF) < 0xA1 ? 0 : code;
    case MARK_JISX0213_1: case MARK_JISX0213_1_2000: return c == WIDE_TILDE ? 0 : jisx0213_code(1, c, is_edition_2000(codec));
    case MARK_JISX0213_2: return jisx0213_code(2, c, is_edition_2000(codec));
    default: return 0;
  }
}

// The code of c[0] and its set, high bits off. 0: there is none; -1: the next character must come first. That is asked for where c[0] could begin
// a pair of JIS X 0213, but python3.11 then writes the two one by one all the same, and so do we.
static int find_code(const MbCodec *codec, const uint32_t *c, size_t n, bool last, uint8_t *mark) {
  bool pairs = codec->variant == ISO2022_JP_3 || codec->variant == ISO2022_JP_2004;
  if (pairs && n < 2 && charset_find_pair(&charset_jisx0213_1, c, n, last) < 0) return -1;
  unsigned code = 0;
  for (const uint8_t *m = variant_of(codec)->marks; !code && *m; m++) code = set_code(codec, *mark = *m, *c);
  return (int)(code & 0x7F7F);
}

// ISO 8859-7 of 1987, upper half; 0: none.
static uint32_t greek_character(unsigned byte) {
  switch (byte) {
    case 0xA1: return 0x2018;
    case 0xA2: return 0x2019;
    case 0xAF: return 0x2015;
    case 0xA4: case 0xA5: case 0xAA: case 0xAE: case 0xD2: case 0xFF: return 0;
    case 0xB7: case 0xBB: case 0xBD: return byte;
    default: return byte < 0xB4 ? byte : byte + 0x2D0;
  }
}

// --- Decoding ---------------------------------------------------------------------------------------------------------------------

enum { ESCAPE_LENGTH_MAX = 16 };
static inline bool ends_escape(uint8_t b) { return (b >= 'A' && b <= 'Z') || b == '@'; }

// The length of the escape sequence at p[0]; MB_INCOMPLETE, or MB_ILLEGAL(1) if it is longer than any.
static int escape_length(const Variant *v, const uint8_t *p, size_t n) {
  for (size_t i = 1; i < ESCAPE_LENGTH_MAX; i++) {
    if (i >= n) return MB_INCOMPLETE;
    if (ends_escape(p[i])) return (int)i + 1;
    if ((v->flags & LONG_JISX0208) && i + 1 < n && p[i] == '&' && p[i + 1] == '@') i += 2;
  }
  return MB_ILLEGAL(1);
}

// Which register the sequence designates which set to; -1 if it is none that we know.
static int escape_meaning(const Variant *v, const uint8_t *p, int length, uint8_t *mark) {
  bool two = p[1] == '$';
  *mark = (uint8_t)(p[length - 1] | (two ? TWO_BYTES : 0));
  if (length == 6) {
    *mark = MARK_JISX0208;
    return (v->flags & LONG_JISX0208) && memcmp(p + 3, "\033$B", 3) == 0 ? G0 : -1;
  }
  if (length == 3 && two) return G0;
  if (length != (two ? 4 : 3)) return -1;
  uint8_t where = p[length - 2];
  if (where == '.' && !two) return v->flags & WITH_G2 ? G2 : -1;
  return where == '(' ? G0 : where == ')' ? G1 : -1;
}

static int decode_designation(const Variant *v, MbState *state, const uint8_t *p, size_t n) {
  int length = escape_length(v, p, n);
  if (length <= 0) return length;
  uint8_t mark;
  int where = escape_meaning(v, p, length, &mark);
  if (where < 0 || (mark != MARK_ASCII && !has_mark(v, mark))) return MB_ILLEGAL(length);
  state->c[where] = mark;
  return length;
}

// ESC N and a character of G2.
static int decode_single_shift(const MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  if (n < 3) return MB_INCOMPLETE;
  uint32_t c;
  if (state->c[G2] == MARK_LATIN) c = p[2] < 0x80 ? p[2] + 0x80u : 0;
  else if (state->c[G2] == MARK_GREEK && (p[2] ^ 0x80) < 0xA0) return mb_char(out, p[2] ^ 0x80u, 3);
  else if (state->c[G2] == MARK_GREEK) c = greek_character(p[2] ^ 0x80u);
  else return p[2] & 0x80 ? MB_ILLEGAL(3) : mb_char(out, p[2], 3);
  return c ? mb_char(out, c, 3) : MB_ILLEGAL(3);
}

static int decode_escape(const Variant *v, MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  if (n < 2) return MB_INCOMPLETE;
  if (p[1] && strchr("()$.&", p[1])) return decode_designation(v, state, p, n);
  if ((v->flags & WITH_G2) && p[1] == 'N') return decode_single_shift(state, p, n, out);
  state->c[FLAGS] |= FLAG_UNKNOWN_ESCAPE;
  return mb_char(out, ESC, 1);
}

static int iso2022_decode(const MbCodec *codec, MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  const Variant *v = variant_of(codec);
  if (state->c[FLAGS] & FLAG_UNKNOWN_ESCAPE) {
    if (ends_escape(p[0])) state->c[FLAGS] &= (uint8_t)~FLAG_UNKNOWN_ESCAPE;
    return mb_char(out, p[0], 1);
  }
  if (p[0] == ESC) return decode_escape(v, state, p, n, out);
  if ((p[0] == SHIFT_IN || p[0] == SHIFT_OUT) && !(v->flags & WITHOUT_SHIFTS)) {
    state->c[FLAGS] &= (uint8_t)~FLAG_SHIFTED;
    if (p[0] == SHIFT_OUT) state->c[FLAGS] |= FLAG_SHIFTED;
    return 1;
  }
  if (p[0] == '\n') state->c[FLAGS] &= (uint8_t)~FLAG_SHIFTED;
  if (p[0] >= 0x80) return MB_ILLEGAL(1);
  uint8_t mark = state->c[state->c[FLAGS] & FLAG_SHIFTED ? G1 : G0];
  if (p[0] < 0x20 || mark == MARK_ASCII) return mb_char(out, p[0], 1);
  int width = mark_width(mark);
  if (n < (size_t)width) return MB_INCOMPLETE;
  uint32_t c = has_mark(v, mark) ? set_character(codec, mark, p) : 0;   // setstate() may have given any
  return c ? mb_charset_char(out, &charset_jisx0213_1, c, width) : MB_ILLEGAL(width);
}

// --- Encoding ---------------------------------------------------------------------------------------------------------------------

static void shift_in(MbState *state, MbBytes *out) {
  if (!(state->c[FLAGS] & FLAG_SHIFTED)) return;
  mb_put(out, SHIFT_IN);
  state->c[FLAGS] &= (uint8_t)~FLAG_SHIFTED;
}

// JIS X 0208 goes without the byte that names the register.
static void designate(MbState *state, int where, uint8_t mark, MbBytes *out) {
  if (state->c[where] == mark) return;
  state->c[where] = mark;
  mb_put(out, ESC);
  if (mark & TWO_BYTES) mb_put(out, '$');
  if (mark != MARK_JISX0208) mb_put(out, where == G1 ? ')' : '(');
  mb_put(out, mark & 0x7F);
}

static int iso2022_encode(const MbCodec *codec, MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out) {
  if (*c < 0x80) {
    designate(state, G0, MARK_ASCII, out);
    shift_in(state, out);
    return mb_put1(out, *c);
  }
  uint8_t mark;
  int code = find_code(codec, c, n, last, &mark);
  if (!code) return MB_ILLEGAL(1);
  if (code < 0) return MB_INCOMPLETE;
  if (codec->variant == ISO2022_KR) {
    designate(state, G1, mark, out);
    if (!(state->c[FLAGS] & FLAG_SHIFTED)) mb_put(out, SHIFT_OUT);
    state->c[FLAGS] |= FLAG_SHIFTED;
  } else {
    shift_in(state, out);
    designate(state, G0, mark, out);
  }
  if (mark_width(mark) == 2) mb_put(out, (unsigned)code >> 8);
  return mb_put1(out, (unsigned)code & 0xFF);
}

static void iso2022_encode_end(MbState *state, MbBytes *out) {
  shift_in(state, out);
  designate(state, G0, MARK_ASCII, out);
}

static void iso2022_decode_start(MbState *state) {
  registers_start(state);
  state->c[G2] = MARK_ASCII;
}

static void iso2022_decode_reset(MbState *state) {
  state->c[G0] = MARK_ASCII;
  state->c[FLAGS] &= (uint8_t)~FLAG_SHIFTED;
}

// --- The module -------------------------------------------------------------------------------------------------------------------

#define ISO2022(codec_name, which, ...)                                                                                                    \
  {.name = codec_name, .charsets = {__VA_ARGS__}, .decode = iso2022_decode, .encode = iso2022_encode, .encode_start = registers_start,     \
   .decode_start = iso2022_decode_start, .encode_end = iso2022_encode_end, .decode_reset = iso2022_decode_reset, .variant = which}
static const MbCodec iso2022_kr = ISO2022("iso2022_kr", ISO2022_KR, &charset_uhc);
static const MbCodec iso2022_jp = ISO2022("iso2022_jp", ISO2022_JP, &charset_jisx0208);
static const MbCodec iso2022_jp_1 = ISO2022("iso2022_jp_1", ISO2022_JP_1, &charset_jisx0208, &charset_jisx0212);
static const MbCodec iso2022_jp_2 = ISO2022("iso2022_jp_2", ISO2022_JP_2, &charset_jisx0208, &charset_jisx0212, &charset_uhc, &charset_gb2312);
static const MbCodec iso2022_jp_2004 = ISO2022("iso2022_jp_2004", ISO2022_JP_2004, &charset_jisx0208, &charset_jisx0213_1, &charset_jisx0213_2);
static const MbCodec iso2022_jp_3 = ISO2022("iso2022_jp_3", ISO2022_JP_3, &charset_jisx0208, &charset_jisx0213_1, &charset_jisx0213_2);
static const MbCodec iso2022_jp_ext = ISO2022("iso2022_jp_ext", ISO2022_JP_EXT, &charset_jisx0208, &charset_jisx0212);
static const MbCodec *const codecs[] = {
    &iso2022_kr, &iso2022_jp, &iso2022_jp_1, &iso2022_jp_2, &iso2022_jp_2004, &iso2022_jp_3, &iso2022_jp_ext, NULL};

static NATIVE(getcodec) { return mb_getcodec(t, codecs, args[0]); }
static const NativeDef functions[] = {{"getcodec($module, encoding, /)", getcodec, NULL, NATIVE_NO_SIGNATURE}, {0}};
const ModuleDef module__codecs_iso2022 = {.name = "_codecs_iso2022", .functions = functions};
