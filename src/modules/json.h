// What the files of _json share: string literals both ways, and the two types.
//
// There is no state that changes: scanners and encoders are constant once made, and a call keeps what it needs on its own stack. So there is
// nothing to lock. Hooks may run Python code, which may change the containers being encoded: they are walked as snapshots.
#ifndef WEFT_MODULES_JSON_H
#define WEFT_MODULES_JSON_H

#include "objects/str.h"

// Raises json.decoder.JSONDecodeError(message, text, at).
void json_raise(Thread *t, const char *message, Value text, int64_t at);
// Raises StopIteration(at): no value begins there.
void json_raise_stop(Thread *t, int64_t at);

// The string literal whose first character after the quote is at `start`: a str, and *next is where to go on after the closing quote. V_NULL
// with JSONDecodeError. 0 <= start <= length.
Value json_scan_string(Thread *t, Value text, int64_t start, bool strict, int64_t *next);
// From i on, the first of n characters that ends a plain run: a quote, a backslash, or (strict) a control character; n if there is none.
int64_t json_plain_end(int kind, const void *data, int64_t i, int64_t n, bool strict);

// Adds s as a string literal: in ASCII, or with only what must be escaped escaped.
bool json_put_quoted(StrBuilder *b, const Str *s, bool ascii);

extern Type type_json_scanner, type_json_encoder;
bool json_scanner_init(Thread *t);
bool json_encoder_init(Thread *t);
// encode_basestring_ascii and encode_basestring: an encoder that is one of them is not called but done in place.
Value json_encode_basestring_ascii(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);
Value json_encode_basestring(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);

// Adds ASCII text; in line while the builder has room and holds only narrow characters.
static inline bool json_put(StrBuilder *b, const char *s, int64_t n) {
  if (b->kind != 1 || n > b->capacity - b->length || b->failed) return strb_ascii(b, s, (size_t)n);
  memcpy(b->data + b->length, s, (size_t)n);
  b->length += n;
  return true;
}

#endif
