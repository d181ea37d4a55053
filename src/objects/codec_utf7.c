// UTF-7 (RFC 2152) both ways: ASCII text where anything else stands in base 64 between '+' and '-'.

#include "objects/codec_errors.h"
#include "objects/codecs.h"
#include "objects/str_core.h"

static int base64_value(uint32_t c) {
  if (c - 'A' < 26) return (int)(c - 'A');
  if (c - 'a' < 26) return (int)(c - 'a') + 26;
  if (c - '0' < 10) return (int)(c - '0') + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// --- Decoding ---------------------------------------------------------------------------------------------------------------------

typedef struct Shift {
  bool active;
  int bits;                 // of a character not yet complete
  uint32_t buffer;          // those bits
  uint32_t high;            // a high surrogate that waits for its low one; 0: none
  int64_t start;            // where the '+' stands in the input
  int64_t out_start;        // length of the output then
} Shift;

static bool shift_put_unit(Decoding *d, Shift *s, uint32_t unit) {
  if (s->high) {
    uint32_t high = s->high;
    s->high = 0;
    if (unit >= 0xDC00 && unit <= 0xDFFF) return strb_char(&d->out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    if (!strb_char(&d->out, high)) return false;
  }
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    s->high = unit;
    return true;
  }
  return strb_char(&d->out, unit);
}

static bool shift_take(Decoding *d, Shift *s, int value) {
  s->buffer = s->buffer << 6 | (uint32_t)value;
  s->bits += 6;
  d->pos++;
  if (s->bits < 16) return true;
  s->bits -= 16;
  uint32_t unit = s->buffer >> s->bits;
  s->buffer &= (1u << s->bits) - 1;
  return shift_put_unit(d, s, unit);
}

// A character that is not base 64 ends the section; a '-' is swallowed.
static bool shift_end(Decoding *d, Shift *s, uint8_t c) {
  s->active = false;
  const char *reason = NULL;
  if (s->bits >= 6) reason = "partial character in shift sequence";
  else if (s->bits && s->buffer) reason = "non-zero padding bits in shift sequence";
  if (reason) return decoding_error(d, s->start, d->pos + 1 - d->start, reason);
  if (s->high && c < 0x80 && c != '+' && !strb_char(&d->out, s->high)) return false;
  s->high = 0;
  if (c == '-') d->pos++;
  return true;
}

static bool take_plus(Decoding *d, Shift *s) {
  int64_t at = d->pos - d->start;
  if (d->pos + 1 < d->end && d->pos[1] == '-') {
    d->pos += 2;
    return strb_char(&d->out, '+');
  }
  if (d->pos + 1 < d->end && base64_value(d->pos[1]) < 0) return decoding_error(d, at, at + 2, "ill-formed sequence");
  *s = (Shift){.active = true, .start = at, .out_start = d->out.length};
  d->pos++;
  return true;
}

static bool take_byte(Decoding *d, Shift *s) {
  uint8_t c = *d->pos;
  if (s->active) {
    int value = base64_value(c);
    return value >= 0 ? shift_take(d, s, value) : shift_end(d, s, c);
  }
  if (c == '+') return take_plus(d, s);
  int64_t at = d->pos - d->start;
  if (c >= 0x80) return decoding_error(d, at, at + 1, "unexpected special character");
  d->pos++;
  return strb_char(&d->out, c);
}

Value utf7_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed) {
  Decoding d;
  decoding_init(&d, t, "utf7", errors, data, n);
  Shift s = {0};
  bool ok = true;
  while (ok) {
    while (ok && d.pos < d.end) ok = take_byte(&d, &s);
    if (!ok || !s.active || consumed) break;
    s.active = false;
    if (!s.high && s.bits < 6 && !(s.bits && s.buffer)) break;
    ok = decoding_error(&d, s.start, d.end - d.start, "unterminated shift sequence");
  }
  if (consumed) {
    *consumed = (size_t)(s.active ? s.start : d.pos - d.start);
    if (s.active && ok) d.out.length = s.out_start;  // the whole section will come again
  }
  return decoding_finish(&d, ok);
}

// --- Encoding ---------------------------------------------------------------------------------------------------------------------

// Characters that stand for themselves: RFC 2152's set D, set O, and white space.
static bool is_direct(uint32_t c) {
  if (c == 0 || c >= 0x80 || c == '+' || c == '\\' || c == '~') return false;
  return c >= ' ' ? c < 0x7F : c == '\t' || c == '\n' || c == '\r';
}

typedef struct Base64 { int bits; uint32_t buffer; } Base64;

static bool base64_put(BytesBuilder *b, uint32_t value) {
  return bytesb_byte(b, (uint8_t)"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[value & 63]);
}

static bool base64_unit(BytesBuilder *b, Base64 *s, uint32_t unit) {
  s->buffer = s->buffer << 16 | unit;
  s->bits += 16;
  while (s->bits >= 6) {
    s->bits -= 6;
    if (!base64_put(b, s->buffer >> s->bits)) return false;
  }
  s->buffer &= (1u << s->bits) - 1;
  return true;
}

static bool base64_flush(BytesBuilder *b, Base64 *s) {
  bool ok = !s->bits || base64_put(b, s->buffer << (6 - s->bits));
  *s = (Base64){0};
  return ok;
}

static bool base64_char(BytesBuilder *b, Base64 *s, uint32_t c) {
  if (c < 0x10000) return base64_unit(b, s, c);
  c -= 0x10000;
  return base64_unit(b, s, 0xD800 + (c >> 10)) && base64_unit(b, s, 0xDC00 + (c & 0x3FF));
}

Value utf7_encode(Thread *t, Value text) {
  const Str *s = v_str(text);
  BytesBuilder b;
  bytesb_init(&b, t);
  Base64 shift = {0};
  bool shifted = false;
  for (int64_t i = 0; i < s->length && !b.failed; i++) {
    uint32_t c = str_char(s, i);
    bool direct = is_direct(c);
    if (shifted && direct) {
      shifted = false;
      base64_flush(&b, &shift);
      if (base64_value(c) >= 0 || c == '-') bytesb_byte(&b, '-');  // else the character itself ends the section
    }
    if (direct) {
      bytesb_byte(&b, (uint8_t)c);
    } else if (!shifted && c == '+') {
      bytesb_put(&b, "+-", 2);
    } else {
      if (!shifted) bytesb_byte(&b, '+');
      shifted = true;
      base64_char(&b, &shift, c);
    }
  }
  if (shifted) {
    base64_flush(&b, &shift);
    bytesb_byte(&b, '-');
  }
  return bytesb_finish(&b);
}
