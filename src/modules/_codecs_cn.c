// The Chinese codecs of mainland China: gb2312, gbk, gb18030 and hz.
#include <stdlib.h>

#include "modules/multibyte.h"
#include "objects/error.h"

// --- GB 18030's four bytes --------------------------------------------------------------------------------------------------------------
//
// They are for whatever has no code of two bytes: the rest of the BMP in order, from 81 30 81 30 on, and all beyond it from 90 30 81 30 on. Four
// digits with the bases 126 (from 81), 10 (from 30), 126, 10.

enum { FOUR_BYTE_COUNT = 39420, FOUR_BYTE_ASTRAL = 189000 /* the number of 90 30 81 30 */ };
// Written under the lock by the first getcodec("gb18030"), before any such codec exists; constant from then on.
static Mutex four_byte_lock;
static uint16_t four_byte_characters[FOUR_BYTE_COUNT];   // by number
static uint16_t *four_byte_numbers;                      // by character of the BMP, where it has no code of two bytes

static int four_byte_load(Thread *t) {
  if (charset_load(t, &charset_gb18030) < 0) return -1;
  mutex_lock(t, &four_byte_lock);
  uint16_t *numbers = four_byte_numbers ? NULL : calloc(0x10000, sizeof *numbers);
  bool ok = numbers || four_byte_numbers;
  for (uint32_t c = 0x80, n = 0; numbers && c < 0x10000; c++) {
    if ((c >= 0xD800 && c < 0xE000) || charset_code(&charset_gb18030, c) || n == FOUR_BYTE_COUNT) continue;
    four_byte_characters[n] = (uint16_t)c;
    numbers[c] = (uint16_t)n++;
  }
  if (numbers) four_byte_numbers = numbers;
  mutex_unlock(&four_byte_lock);
  if (!ok) raise_no_memory(t);
  return ok ? 0 : -1;
}

static int decode_four_bytes(const uint8_t *p, size_t n, MbChars *out) {
  if (n < 4) return MB_INCOMPLETE;
  if (p[0] < 0x81 || p[0] > 0xFE || p[2] < 0x81 || p[2] > 0xFE || p[3] < 0x30 || p[3] > 0x39) return MB_ILLEGAL(1);
  uint32_t number = ((p[0] - 0x81u) * 10 + p[1] - 0x30u) * 1260 + (p[2] - 0x81u) * 10 + p[3] - 0x30u;
  if (number < FOUR_BYTE_COUNT) return mb_char(out, four_byte_characters[number], 4);
  if (number < FOUR_BYTE_ASTRAL || number - FOUR_BYTE_ASTRAL > 0xFFFFF) return MB_ILLEGAL(1);
  return mb_char(out, 0x10000 + number - FOUR_BYTE_ASTRAL, 4);
}

static int encode_four_bytes(uint32_t c, MbBytes *out) {
  if (c >= 0xD800 && c < 0xE000) return MB_ILLEGAL(1);
  uint32_t number = c < 0x10000 ? four_byte_numbers[c] : c - 0x10000 + FOUR_BYTE_ASTRAL;
  mb_put(out, number / 12600 + 0x81);
  mb_put(out, number / 1260 % 10 + 0x30);
  mb_put(out, number / 10 % 126 + 0x81);
  mb_put(out, number % 10 + 0x30);
  return 1;
}

static int gb18030_decode(const MbCodec *codec, MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  bool four = p[0] >= 0x80 && n >= 2 && p[1] >= 0x30 && p[1] <= 0x39;
  return four ? decode_four_bytes(p, n, out) : mb_set_decode(codec, state, p, n, out);
}

static int gb18030_encode(const MbCodec *codec, MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out) {
  int used = mb_set_encode(codec, state, c, n, last, out);
  return used == MB_ILLEGAL(1) ? encode_four_bytes(*c, out) : used;
}

// --- HZ: seven bits, with ~{ and ~} around GB 2312 -------------------------------------------------------------------------------------------

static int hz_decode_tilde(MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  if (n < 2) return MB_INCOMPLETE;
  bool chinese = state->c[0];
  if (p[1] == '~' && !chinese) return mb_char(out, '~', 2);
  if (p[1] == '\n' && !chinese) return 2;   // the line goes on
  if (p[1] != (chinese ? '}' : '{')) return MB_ILLEGAL(1);
  state->c[0] = !chinese;
  return 2;
}

static int hz_decode(UNUSED_OK const MbCodec *codec, MbState *state, const uint8_t *p, size_t n, MbChars *out) {
  if (p[0] == '~') return hz_decode_tilde(state, p, n, out);
  if (p[0] & 0x80) return MB_ILLEGAL(1);
  if (!state->c[0]) return mb_char(out, p[0], 1);
  if (n < 2) return MB_INCOMPLETE;
  uint32_t c = p[1] < 0x80 ? charset_character(&charset_gb2312, p[0] | 0x80, p[1] | 0x80) : 0;
  return c ? mb_char(out, c, 2) : MB_ILLEGAL(1);
}

static void hz_shift(MbState *state, bool chinese, MbBytes *out) {
  if (state->c[0] == chinese) return;
  mb_put2(out, chinese ? 0x7E7B : 0x7E7D, 0);
  state->c[0] = chinese;
}

static int hz_encode(UNUSED_OK const MbCodec *codec, MbState *state, const uint32_t *c, UNUSED_OK size_t n, UNUSED_OK bool last, MbBytes *out) {
  unsigned code = *c < 0x80 ? 0 : charset_code(&charset_gb2312, *c);
  if (*c >= 0x80 && !code) return MB_ILLEGAL(1);
  hz_shift(state, code, out);
  if (code) return mb_put2(out, code & 0x7F7F, 1);
  if (*c == '~') mb_put(out, '~');
  return mb_put1(out, *c);
}

static void hz_encode_end(MbState *state, MbBytes *out) { hz_shift(state, false, out); }
static void hz_decode_reset(MbState *state) { state->c[0] = 0; }

// --- The module -------------------------------------------------------------------------------------------------------------------

static const MbCodec gb2312 = MB_SET_CODEC("gb2312", charset_gb2312), gbk = MB_SET_CODEC("gbk", charset_gbk);
static const MbCodec gb18030 = {
    .name = "gb18030", .plain_ascii = true, .charsets = {&charset_gb18030}, .decode = gb18030_decode, .encode = gb18030_encode};
static const MbCodec hz = {.name = "hz", .charsets = {&charset_gb2312}, .decode = hz_decode, .encode = hz_encode, .encode_end = hz_encode_end,
                           .decode_reset = hz_decode_reset};
static const MbCodec *const codecs[] = {&gb2312, &gbk, &gb18030, &hz, NULL};

static NATIVE(getcodec) {
  if (v_is_str(args[0]) && str_equals_cstr(args[0], gb18030.name) && four_byte_load(t) < 0) return V_NULL;
  return mb_getcodec(t, codecs, args[0]);
}

static const NativeDef functions[] = {{"getcodec($module, encoding, /)", getcodec, NULL, NATIVE_NO_SIGNATURE}, {0}};
const ModuleDef module__codecs_cn = {.name = "_codecs_cn", .functions = functions};
