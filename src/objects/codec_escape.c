// The codecs made of backslash escapes: unicode_escape, raw_unicode_escape, and the escapes of bytes literals.

#include "objects/codec_errors.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/str_core.h"
#include "objects/unicode.h"

static int hex_value(uint8_t c) {
  if ((uint8_t)(c - '0') < 10) return c - '0';
  c |= 0x20;
  return (uint8_t)(c - 'a') < 6 ? c - 'a' + 10 : -1;
}

// The character that \c stands for, or -1.
static int simple_escape(uint8_t c) {
  switch (c) {
    case '\\': case '\'': case '"': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 't': return '\t';
    case 'n': return '\n';
    case 'r': return '\r';
    case 'v': return '\v';
    case 'a': return '\a';
    default: return -1;
  }
}

typedef enum { ESCAPE_DONE, ESCAPE_BAD, ESCAPE_INCOMPLETE } EscapeResult;

// `count` hexadecimal digits at d->pos. On failure d->pos stands where the escape went wrong.
static EscapeResult take_hex(Decoding *d, int count, uint32_t *c) {
  for (*c = 0; count; count--, d->pos++) {
    if (d->pos >= d->end) return ESCAPE_INCOMPLETE;
    int value = hex_value(*d->pos);
    if (value < 0) return ESCAPE_BAD;
    *c = *c << 4 | (uint32_t)value;
  }
  return ESCAPE_DONE;
}

// --- unicode_escape ---------------------------------------------------------------------------------------------------------------

static EscapeResult take_name(Decoding *d, uint32_t *c, const char **reason) {
  *reason = "malformed \\N character escape";
  if (d->pos >= d->end) return ESCAPE_INCOMPLETE;
  if (*d->pos != '{') return ESCAPE_BAD;
  const uint8_t *name = ++d->pos;
  while (d->pos < d->end && *d->pos != '}') d->pos++;
  if (d->pos >= d->end) return ESCAPE_INCOMPLETE;
  if (d->pos == name) return ESCAPE_BAD;
  size_t n = (size_t)(d->pos++ - name);
  *reason = "unknown Unicode character name";
  return unicode_by_name((const char *)name, n, c) ? ESCAPE_DONE : ESCAPE_BAD;
}

// The escape whose letter stands at d->pos (past the backslash): *c, or NO_CHARACTER when it stands for nothing.
#define NO_CHARACTER UINT32_MAX
static EscapeResult take_escape(Decoding *d, uint32_t *c, const char **reason, int64_t *bad_escape) {
  *reason = "\\ at end of string";
  if (d->pos >= d->end) return ESCAPE_INCOMPLETE;
  uint8_t letter = *d->pos++;
  EscapeResult result = ESCAPE_DONE;
  int simple = simple_escape(letter);
  if (simple >= 0) {
    *c = (uint32_t)simple;
  } else if (letter == '\n') {
    *c = NO_CHARACTER;
  } else if (letter >= '0' && letter <= '7') {
    *c = letter - '0';
    for (int i = 0; i < 2 && d->pos < d->end && *d->pos >= '0' && *d->pos <= '7'; i++) *c = *c * 8 + (*d->pos++ - '0');
    if (*c > 0xFF && *bad_escape < 0) *bad_escape = d->pos - 3 - d->start;
  } else if (letter == 'x') {
    *reason = "truncated \\xXX escape";
    result = take_hex(d, 2, c);
  } else if (letter == 'u') {
    *reason = "truncated \\uXXXX escape";
    result = take_hex(d, 4, c);
  } else if (letter == 'U') {
    *reason = "truncated \\UXXXXXXXX escape";
    result = take_hex(d, 8, c);
    if (result == ESCAPE_DONE && *c > STR_MAX_CHAR) {
      *reason = "illegal Unicode character";
      result = ESCAPE_BAD;
    }
  } else if (letter == 'N') {
    result = take_name(d, c, reason);
  } else {
    if (*bad_escape < 0) *bad_escape = d->pos - 1 - d->start;
    if (!strb_char(&d->out, '\\')) return ESCAPE_BAD;
    *c = letter;
  }
  return result;
}

Value unicode_escape_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed, int64_t *bad_escape) {
  Decoding d;
  decoding_init(&d, t, "unicodeescape", errors, data, n);
  int64_t bad = -1;
  bool ok = true;
  while (ok && d.pos < d.end) {
    const uint8_t *slash = memchr(d.pos, '\\', (size_t)(d.end - d.pos)), *until = slash ? slash : d.end;
    while (ok && d.pos < until) ok = strb_char(&d.out, *d.pos++);
    if (!ok || !slash) break;
    int64_t start = d.pos - d.start;
    uint32_t c;
    const char *reason;
    d.pos++;
    EscapeResult result = take_escape(&d, &c, &reason, &bad);
    if (result == ESCAPE_DONE) {
      ok = c == NO_CHARACTER || strb_char(&d.out, c);
    } else if (result == ESCAPE_INCOMPLETE && consumed) {
      d.pos = d.start + start;
      break;
    } else {
      ok = !d.out.failed && decoding_error(&d, start, d.pos - d.start, reason);
    }
  }
  if (consumed) *consumed = (size_t)(d.pos - d.start);
  if (bad_escape) *bad_escape = bad;
  return decoding_finish(&d, ok);
}

static bool put_hex(BytesBuilder *b, char letter, uint32_t c, int digits) {
  char text[10] = {'\\', letter};
  for (int i = 0; i < digits; i++) text[2 + i] = "0123456789abcdef"[c >> (4 * (digits - 1 - i)) & 15];
  return bytesb_put(b, text, digits + 2);
}

static bool put_wide_escape(BytesBuilder *b, uint32_t c) { return c < 0x10000 ? put_hex(b, 'u', c, 4) : put_hex(b, 'U', c, 8); }

Value unicode_escape_encode(Thread *t, Value text) {
  const Str *s = v_str(text);
  BytesBuilder b;
  bytesb_init(&b, t);
  for (int64_t i = 0; i < s->length && !b.failed; i++) {
    uint32_t c = str_char(s, i);
    if (c == '\\') bytesb_put(&b, "\\\\", 2);
    else if (c == '\t') bytesb_put(&b, "\\t", 2);
    else if (c == '\n') bytesb_put(&b, "\\n", 2);
    else if (c == '\r') bytesb_put(&b, "\\r", 2);
    else if (c >= ' ' && c < 0x7F) bytesb_byte(&b, (uint8_t)c);
    else if (c < 0x100) put_hex(&b, 'x', c, 2);
    else put_wide_escape(&b, c);
  }
  return bytesb_finish(&b);
}

// --- raw_unicode_escape -------------------------------------------------------------------------------------------------------------

// After a backslash: \uXXXX or \UXXXXXXXX, else both characters as they are.
static EscapeResult take_raw_escape(Decoding *d, const char **reason) {
  if (d->pos >= d->end) return ESCAPE_INCOMPLETE;
  uint8_t letter = *d->pos++;
  uint32_t c;
  if (letter != 'u' && letter != 'U') return strb_char(&d->out, '\\') && strb_char(&d->out, letter) ? ESCAPE_DONE : ESCAPE_BAD;
  *reason = letter == 'u' ? "truncated \\uXXXX escape" : "truncated \\UXXXXXXXX escape";
  EscapeResult result = take_hex(d, letter == 'u' ? 4 : 8, &c);
  if (result != ESCAPE_DONE) return result;
  if (c <= STR_MAX_CHAR) return strb_char(&d->out, c) ? ESCAPE_DONE : ESCAPE_BAD;
  *reason = "\\Uxxxxxxxx out of range";
  return ESCAPE_BAD;
}

Value raw_unicode_escape_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed) {
  Decoding d;
  decoding_init(&d, t, "rawunicodeescape", errors, data, n);
  bool ok = true;
  while (ok && d.pos < d.end) {
    uint8_t c = *d.pos++;
    if (c != '\\' || (d.pos >= d.end && !consumed)) {
      ok = strb_char(&d.out, c);
      continue;
    }
    int64_t start = d.pos - d.start - 1;
    const char *reason = "";
    EscapeResult result = take_raw_escape(&d, &reason);
    if (result == ESCAPE_INCOMPLETE && consumed) {
      d.pos = d.start + start;
      break;
    }
    if (result != ESCAPE_DONE) ok = !d.out.failed && decoding_error(&d, start, d.pos - d.start, reason);
  }
  if (consumed) *consumed = (size_t)(d.pos - d.start);
  return decoding_finish(&d, ok);
}

Value raw_unicode_escape_encode(Thread *t, Value text) {
  const Str *s = v_str(text);
  if (str_kind(s) == 1) return bytes_from(t, s->data, (size_t)s->length);
  BytesBuilder b;
  bytesb_init(&b, t);
  for (int64_t i = 0; i < s->length && !b.failed; i++) {
    uint32_t c = str_char(s, i);
    if (c < 0x100) bytesb_byte(&b, (uint8_t)c);
    else put_wide_escape(&b, c);
  }
  return bytesb_finish(&b);
}

// --- The escapes of bytes -----------------------------------------------------------------------------------------------------------

// A bad \x escape under the three handlers this codec knows. False: an exception is set.
static bool bad_hex_escape(BytesBuilder *b, const char *errors, int64_t at) {
  if (!errors || strcmp(errors, "strict") == 0) raise_value_error(b->t, "invalid \\x escape at position %lld", (long long)at);
  else if (strcmp(errors, "replace") == 0) return bytesb_byte(b, '?');
  else if (strcmp(errors, "ignore") == 0) return true;
  else raise_value_error(b->t, "decoding error; unknown error handling code: %.400s", errors);
  return false;
}

Value bytes_escape_decode(Thread *t, const void *data, size_t n, const char *errors, int64_t *bad_escape) {
  const uint8_t *start = data, *p = start, *end = start + n;
  int64_t bad = -1;
  BytesBuilder b;
  bytesb_init(&b, t);
  bool ok = true;
  while (ok && p < end) {
    if (*p != '\\') {
      ok = bytesb_byte(&b, *p++);
      continue;
    }
    if (++p == end) {
      raise_value_error(t, "Trailing \\ in string");
      ok = false;
      break;
    }
    uint8_t letter = *p++;
    int simple = simple_escape(letter);
    if (simple >= 0) {
      ok = bytesb_byte(&b, (uint8_t)simple);
    } else if (letter == '\n') {
      continue;
    } else if (letter >= '0' && letter <= '7') {
      uint32_t c = letter - '0';
      for (int i = 0; i < 2 && p < end && *p >= '0' && *p <= '7'; i++) c = c * 8 + (*p++ - '0');
      if (c > 0xFF && bad < 0) bad = p - 3 - start;
      ok = bytesb_byte(&b, (uint8_t)c);
    } else if (letter == 'x') {
      int high = p < end ? hex_value(p[0]) : -1, low = p + 1 < end ? hex_value(p[1]) : -1;
      if (high >= 0 && low >= 0) {
        ok = bytesb_byte(&b, (uint8_t)(high << 4 | low));
        p += 2;
      } else {
        ok = bad_hex_escape(&b, errors, p - 2 - start);
        if (high >= 0) p++;
      }
    } else {
      if (bad < 0) bad = p - 1 - start;
      ok = bytesb_byte(&b, '\\') && bytesb_byte(&b, letter);
    }
  }
  if (bad_escape) *bad_escape = bad;
  if (ok) return bytesb_finish(&b);
  bytesb_discard(&b);
  return V_NULL;
}
