// Source bytes to UTF-8 text: byte order mark, PEP 263 cookie, line ends; and the words for text that is not UTF-8.
#ifndef WEFT_FRONT_ENCODING_H
#define WEFT_FRONT_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

#include "front/arena.h"
#include "front/syntax_error.h"

// The first malformed stretch of a text.
typedef struct EncodingError {
  size_t at;              // its offset
  size_t len;             // its bytes
  const char *reason;     // "invalid start byte"...
} EncodingError;

// Is the text strict UTF-8 (no surrogates)? If not, *error says where it is not, as CPython's decoder would.
bool encoding_utf8_check(const char *text, size_t len, EncodingError *error);

// The message of the UnicodeDecodeError for it: "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte".
void encoding_utf8_message(const char *text, const EncodingError *error, char *message, size_t size);

// Makes an error's text strict UTF-8: each malformed stretch becomes U+FFFD.
void encoding_repair_text(FrontError *err);

// Decoders for what this file does not know (it knows utf-8, iso-8859-1 and ascii), given by the layer that has codecs.
// On success answers true with *utf8 (malloc'd; the caller frees it) and *utf8_len. On failure answers false with *message,
// malloc'd: the text of the LookupError or UnicodeDecodeError; or with *message NULL when another exception is set (FRONT_RAISED).
typedef bool (*FrontDecodeHook)(const char *encoding, const char *bytes, size_t len, char **utf8, size_t *utf8_len,
                char **message);

// Set once at start-up, before threads parse. NULL: other encodings are unknown ones.
extern FrontDecodeHook front_decode_hook;

typedef struct EncodingResult {
  FrontSource source;     // in the arena, 0-terminated, with '\n' line ends
  bool declared;          // an encoding is known (cookie, BOM, or the caller's word): error offsets are in characters, else bytes
} EncodingResult;

typedef enum EncodingMode {
  ENCODING_UTF8,          // the bytes came from a str: no BOM, no cookie
  ENCODING_BYTES,         // bytes given to compile(): BOM and cookie count
  ENCODING_FILE           // a program's file: as bytes, and undeclared text must be UTF-8 throughout
} EncodingMode;

// Decodes source[0..len). `add_newline`: a text that does not end in '\n' gets one. False with *err set on failure.
bool encoding_decode_source(const char *source, size_t len, const char *filename, EncodingMode mode, bool add_newline,
              Arena *arena, EncodingResult *result, FrontError *err);

// The encoding that a cookie in the first two lines declares, normalised as CPython does ("utf-8", "iso-8859-1", else as written),
// malloc'd; NULL when there is none.
char *encoding_find_cookie(const char *source, size_t len);

#endif
