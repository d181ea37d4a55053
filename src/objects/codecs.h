// The codec registry (search functions, error handlers) and the built-in codecs' C entry points.
//
// Encoders take a str and return bytes, decoders take bytes and return a str; V_NULL with an exception set on failure. `errors` NULL means
// "strict". Decoders with `consumed`: NULL = the input is complete; else an incomplete tail is left alone and *consumed says how much was used.
// The registry's lists live in the process, guarded by the dicts' and the list's own locks.
#ifndef WEFT_OBJECTS_CODECS_H
#define WEFT_OBJECTS_CODECS_H

#include "objects/str.h"

// --- Registry ---------------------------------------------------------------------------------------------------------------------
int codec_register(Thread *t, Value search);            // borrowed; 0, -1
int codec_unregister(Thread *t, Value search);
Value codec_lookup(Thread *t, const char *encoding);    // the CodecInfo tuple; LookupError "unknown encoding: %s"
int codec_register_error(Thread *t, const char *name, Value handler);
Value codec_lookup_error(Thread *t, const char *name /* NULL: strict */);  // LookupError "unknown error handler name '%s'"
// Through the registry: any object to any object, as codecs.encode and codecs.decode.
Value codec_encode(Thread *t, Value v, const char *encoding, const char *errors);
Value codec_decode(Thread *t, Value v, const char *encoding, const char *errors);
// The same for text encodings only: LookupError "'%s' is not a text encoding; use %s to handle arbitrary codecs".
Value codec_lookup_text(Thread *t, const char *encoding, const char *alternative);
Value codec_encode_text(Thread *t, Value text, const char *encoding, const char *errors);
Value codec_decode_text(Thread *t, Value data, const char *encoding, const char *errors);
bool codecs_init(Thread *t);                            // the built-in error handlers; after exceptions, dict and natives are ready

// -X dev: names of codecs and of error handlers are looked up also where they make no difference. Set while the interpreter runs programs.
extern bool codec_names_checked;
int codec_check_names(Thread *t, const char *encoding, const char *errors);   // either may be NULL. 0, -1

// --- Text, with short cuts for the common encodings ----------------------------------------------------------------------------------
// str.encode: bytes; refuses codecs that are not text encodings.
Value str_encode(Thread *t, Value text, const char *encoding /* NULL: utf-8 */, const char *errors);
// bytes.decode, str(b, encoding): data is n bytes of `object`, which is what a codec in Python is given.
Value str_decode(Thread *t, const void *data, size_t n, const char *encoding, const char *errors);

// --- Built-in codecs --------------------------------------------------------------------------------------------------------------
Value utf8_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed);
Value utf8_encode(Thread *t, Value text, const char *errors);
Value ascii_decode(Thread *t, const void *data, size_t n, const char *errors);
Value ascii_encode(Thread *t, Value text, const char *errors);
Value latin1_decode(Thread *t, const void *data, size_t n);
Value latin1_encode(Thread *t, Value text, const char *errors);
// byte_order: -1 little, 1 big, 0 native with a byte order mark (written; read and skipped). *byte_order receives what was found.
Value utf16_decode(Thread *t, const void *data, size_t n, const char *errors, int *byte_order, size_t *consumed);
Value utf16_encode(Thread *t, Value text, const char *errors, int byte_order);
Value utf32_decode(Thread *t, const void *data, size_t n, const char *errors, int *byte_order, size_t *consumed);
Value utf32_encode(Thread *t, Value text, const char *errors, int byte_order);
Value utf7_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed);
Value utf7_encode(Thread *t, Value text);
// *bad_escape (may be NULL) receives the offset of the first invalid escape such as "\d", or -1; the codec itself warns of nothing.
Value unicode_escape_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed, int64_t *bad_escape);
Value unicode_escape_encode(Thread *t, Value text);
Value raw_unicode_escape_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed);
Value raw_unicode_escape_encode(Thread *t, Value text);
Value bytes_escape_decode(Thread *t, const void *data, size_t n, const char *errors, int64_t *bad_escape);
Value charmap_decode(Thread *t, const void *data, size_t n, Value mapping /* V_NULL: Latin-1 */, const char *errors);
Value charmap_encode(Thread *t, Value text, Value mapping, const char *errors);
Value charmap_build(Thread *t, Value table);            // from a str: an EncodingMap or a dict
bool charmap_init(Thread *t);                           // readies EncodingMap

#endif
