// How codecs deal with what they cannot decode or encode: the error handlers named by `errors`, built-in ones without any Python call.
//
// A decoder keeps a Decoding, an encoder an Encoding. On bad input it reports the range and the reason; the handler's replacement is
// added to the output and the position moved, or an exception is set. `errors` NULL means "strict".
#ifndef WEFT_OBJECTS_CODEC_ERRORS_H
#define WEFT_OBJECTS_CODEC_ERRORS_H

#include "objects/bytes.h"
#include "objects/str.h"

typedef enum {
  ERRORS_STRICT, ERRORS_IGNORE, ERRORS_REPLACE, ERRORS_BACKSLASHREPLACE, ERRORS_XMLCHARREFREPLACE, ERRORS_SURROGATEESCAPE,
  ERRORS_SURROGATEPASS, ERRORS_OTHER,  // looked up in the registry
} ErrorsKind;
ErrorsKind errors_kind(const char *errors);

// Raise UnicodeDecodeError / UnicodeEncodeError.
Value raise_decode_error(Thread *t, const char *encoding, const void *data, size_t n, int64_t start, int64_t end, const char *reason);
Value raise_encode_error(Thread *t, const char *encoding, Value text, int64_t start, int64_t end, const char *reason);

// type(encoding, object, start, end, reason), owned; steals object (V_NULL: V_NULL).
Value unicode_error_new(Thread *t, Type *type, const char *encoding, Value object, int64_t start, int64_t end, const char *reason);
// Moves an exception that is used again to the next bad range. False: an exception is set.
bool unicode_error_move(Thread *t, Value exc, int64_t start, int64_t end, const char *reason);

typedef struct Decoding {
  Thread *t;
  const char *encoding, *errors;
  ErrorsKind kind;
  const uint8_t *start, *end, *pos;  // the input; a handler may replace it
  StrBuilder out;
  Value handler, exception, input;   // owned or V_NULL; input keeps replaced bytes alive
} Decoding;

void decoding_init(Decoding *d, Thread *t, const char *encoding, const char *errors, const void *data, size_t n);
// Bytes [start, end) of the input are bad: adds the replacement and sets pos. False: an exception is set.
bool decoding_error(Decoding *d, int64_t start, int64_t end, const char *reason);
// Ends a decoding: the text, or V_NULL when ok is false or memory ran out.
Value decoding_finish(Decoding *d, bool ok);

typedef struct Encoding {
  Thread *t;
  const char *encoding, *errors;
  ErrorsKind kind;
  Value text;                        // borrowed
  BytesBuilder out;
  Value handler, exception;          // owned or V_NULL
} Encoding;

void encoding_init(Encoding *e, Thread *t, const char *encoding, const char *errors, Value text);
// Characters [start, end) cannot be encoded. *replacement: owned str or bytes to put in their place; *pos: where to go on. False: an
// exception is set. A str replacement that cannot be encoded either is answered with encoding_fail.
bool encoding_error(Encoding *e, int64_t start, int64_t end, const char *reason, Value *replacement, int64_t *pos);
// Raises the strict error for [start, end). Always false.
bool encoding_fail(Encoding *e, int64_t start, int64_t end, const char *reason);
Value encoding_finish(Encoding *e, bool ok);

#endif
