// What the East Asian codecs share: character sets with two-byte codes, codecs as rules on top of them, and running a codec over a text.
//
// A Charset's tables come from the C library's iconv and are made once in a process, when a codec that needs them is asked for; from then on they
// do not change. A codec (MbCodec) is a pair of functions that convert one character at a time; all that it remembers between two characters is an
// MbState, which its caller keeps. mb_encode and mb_decode run it over a text and deal with errors.
#ifndef WEFT_MODULES_MULTIBYTE_H
#define WEFT_MODULES_MULTIBYTE_H

#include "objects/bytes.h"
#include "objects/module.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "threading/mutex.h"

// --- Character sets ---------------------------------------------------------------------------------------------------------------

// Where a set differs from glibc's: `count` codes from `code` on stand for the characters from `c` on (0: for none).
typedef enum { FIX_BOTH, FIX_ENCODE, FIX_DECODE } CharsetFixKind;
typedef struct CharsetFix { CharsetFixKind kind; uint16_t code, count; uint32_t c; } CharsetFix;
enum { CHARSET_PAIRS = 32, CHARSET_PAGES = 0x300 };
typedef struct CharsetPair { uint32_t first, second; uint16_t code; } CharsetPair;

typedef struct Charset {
  const char *converter;                                 // iconv's name of an encoding in which the set has two-byte codes
  uint8_t prefix;                                        // a byte that stands before each code there; 0: none
  uint8_t lead_min, lead_max, trail_min, trail_max;
  const CharsetFix *fixes;                               // ended by count 0; NULL: none
  bool has_pairs;                                        // some codes stand for two characters
  // Below: made under the lock in multibyte_charset.c, constant when `loaded` (set by release, read by acquire) is 1.
  a32 loaded;
  uint32_t *characters;                                  // by code, row by row; 0: none; a pair: CHARSET_PAIR | index
  uint16_t *codes[CHARSET_PAGES];                        // by character, in pages of 256; 0: none
  CharsetPair pairs[CHARSET_PAIRS];                      // codes of two characters: a base and a combining mark
  int pair_count;
  uint64_t pair_bases;                                   // bit c & 63 is set for each base c
} Charset;
enum { CHARSET_PAIR = 0x40000000 };

// Makes the tables if they are not there yet. 0; -1 with LookupError (the C library lacks the converter) or MemoryError.
int charset_load(Thread *t, Charset *s);
// The character of a code: 0 none; a pair: CHARSET_PAIR | its index.
static inline uint32_t charset_character(const Charset *s, unsigned lead, unsigned trail) {
  if (lead < s->lead_min || lead > s->lead_max || trail < s->trail_min || trail > s->trail_max) return 0;
  return s->characters[(lead - s->lead_min) * (s->trail_max - s->trail_min + 1u) + trail - s->trail_min];
}
// lead << 8 | trail; 0: not in the set.
static inline unsigned charset_code(const Charset *s, uint32_t c) {
  const uint16_t *page = c >> 8 < CHARSET_PAGES ? s->codes[c >> 8] : NULL;
  return page ? page[c & 255] : 0;
}
// The code of the pair that c[0] begins (n 1: all that is known, or all there is if `last`); 0: none; -1: that depends on what follows.
int charset_find_pair(const Charset *s, const uint32_t *c, size_t n, bool last);

extern Charset charset_gb2312, charset_gbk, charset_gb18030, charset_jisx0208, charset_jisx0212, charset_jisx0213_1, charset_jisx0213_2,
    charset_cp932, charset_uhc, charset_johab, charset_big5, charset_cp950, charset_big5hkscs;
// A set's part under the codes A1A1 to FEFE.
static inline uint32_t charset_character_94(const Charset *s, unsigned lead, unsigned trail) {
  return lead >= 0xA1 && trail >= 0xA1 ? charset_character(s, lead, trail) : 0;
}

// JIS X 0213 has changed between its editions of 2000 and 2004.
bool jisx0213_is_added(unsigned code);                                           // a code of plane 1 that came in 2004
unsigned jisx0213_code(int plane, uint32_t c, bool edition_2000);                // 0: not in the plane; pairs are left out
uint32_t jisx0213_character(int plane, unsigned lead, unsigned trail, bool edition_2000);
// Hangul by its letters: what KS X 1001 and the codecs that stand on it call syllables.
enum { HANGUL_FIRST = 0xAC00, HANGUL_LAST = 0xD7A3, HANGUL_VOWELS = 21, HANGUL_FINALS = 28 };

// --- Codecs -----------------------------------------------------------------------------------------------------------------------

typedef struct MbState { uint8_t c[8]; } MbState;        // shown to programs by getstate(), so laid out as in CPython
typedef struct MbChars { int count; uint32_t c[2]; } MbChars;
typedef struct MbBytes { int count; uint8_t bytes[12]; } MbBytes;
enum { MB_INCOMPLETE = 0 };
#define MB_ILLEGAL(n) (-(n))

typedef struct MbCodec MbCodec;
struct MbCodec {
  const char *name;
  bool plain_ascii;                                      // no state, and bytes below 0x80 are ASCII between characters
  Charset *charsets[8];                                  // those it needs, NULL behind the last
  // The character at p[0..n), n > 0: bytes used, and none, one or two characters in *out; or MB_INCOMPLETE; or MB_ILLEGAL(bytes).
  int (*decode)(const MbCodec *codec, MbState *state, const uint8_t *p, size_t n, MbChars *out);
  // c[0], behind it c[1] if n is 2 (never more): characters used and their bytes; or MB_ILLEGAL(1); or MB_INCOMPLETE, which is no answer
  // if `last`: nothing will follow.
  int (*encode)(const MbCodec *codec, MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out);
  void (*encode_start)(MbState *state);                  // NULL: all zero. So also the next.
  void (*decode_start)(MbState *state);
  void (*encode_end)(MbState *state, MbBytes *out);      // goes back to the state of the start; NULL: nothing to write
  void (*decode_reset)(MbState *state);                  // NULL: nothing to do
  int variant;                                           // the functions' own
};

static inline int mb_char(MbChars *out, uint32_t c, int used) {
  out->count = 1;
  out->c[0] = c;
  return used;
}
// What charset_character gave, pairs among it.
static inline int mb_charset_char(MbChars *out, const Charset *s, uint32_t c, int used) {
  if (!(c & CHARSET_PAIR)) return mb_char(out, c, used);
  const CharsetPair *pair = &s->pairs[c & ~(uint32_t)CHARSET_PAIR];
  *out = (MbChars){2, {pair->first, pair->second}};
  return used;
}
static inline void mb_put(MbBytes *out, unsigned byte) { out->bytes[out->count++] = (uint8_t)byte; }
static inline int mb_put2(MbBytes *out, unsigned code, int used) {
  mb_put(out, code >> 8);
  mb_put(out, code & 0xFF);
  return used;
}
static inline int mb_put1(MbBytes *out, unsigned byte) {
  mb_put(out, byte);
  return 1;
}

// decode and encode of a codec that is ASCII and charsets[0], by that set's own codes.
int mb_set_decode(const MbCodec *codec, MbState *state, const uint8_t *p, size_t n, MbChars *out);
int mb_set_encode(const MbCodec *codec, MbState *state, const uint32_t *c, size_t n, bool last, MbBytes *out);
#define MB_SET_CODEC(codec_name, set) {.name = codec_name, .plain_ascii = true, .charsets = {&set}, .decode = mb_set_decode, .encode = mb_set_encode}

// getcodec() of a module whose codecs these are (ended by a NULL): args[0] is the name.
Value mb_getcodec(Thread *t, const MbCodec *const *codecs, Value name);

// --- Running a codec ----------------------------------------------------------------------------------------------------------------

// One conversion. While an error handler runs, and now and then, `lock` is let go of, as any other lock that a callback may want.
typedef struct MbRun {
  Thread *t;
  const MbCodec *codec;
  MbState *state;
  Mutex *lock;          // held by the caller, guards *state; NULL: nobody else sees it
  Value errors;         // str, borrowed
  Value exception;      // owned by the run, or V_NULL: handlers are given the same one again
} MbRun;

enum { MB_FLUSH = 1 /* nothing follows */, MB_RESET = 2 /* go back to the state of the start */ };
// Encodes text[*pos...], moves *pos behind what was encoded. Without MB_FLUSH a character that waits for the next is left. False: exception.
bool mb_encode(MbRun *r, Value text, int64_t *pos, int flags, BytesBuilder *out);
// Decodes data[*pos..n). What is left at the end is an incomplete character: an error if `complete`.
bool mb_decode(MbRun *r, const uint8_t *data, size_t n, size_t *pos, bool complete, StrBuilder *out);
// Has the error handler deal with the bytes from *pos on, which are an incomplete character.
bool mb_decode_incomplete(MbRun *r, const uint8_t *data, size_t n, size_t *pos, StrBuilder *out);
void mb_run_end(MbRun *r);

#endif
