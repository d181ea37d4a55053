// UTF-16 and UTF-32 both ways, in either byte order, with and without a byte order mark.

#include "objects/codec_errors.h"
#include "objects/codecs.h"
#include "objects/str_core.h"

enum { LITTLE = -1, NATIVE_ORDER = 0, BIG = 1 };
static const bool machine_is_big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;

static inline uint32_t read16(const uint8_t *p, bool big) { return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0]; }
static inline uint32_t read32(const uint8_t *p, bool big) {
  return big ? read16(p, true) << 16 | read16(p + 2, true) : read16(p + 2, false) << 16 | read16(p, false);
}

// --- Decoding ---------------------------------------------------------------------------------------------------------------------

// The order to read in; a byte order mark is skipped and tells *byte_order.
static bool order_find(const uint8_t **p, const uint8_t *end, int width, int *byte_order) {
  if (*byte_order == NATIVE_ORDER && end - *p >= width) {
    uint32_t little = width == 2 ? read16(*p, false) : read32(*p, false), big = width == 2 ? read16(*p, true) : read32(*p, true);
    if (little == 0xFEFF) *byte_order = LITTLE;
    if (big == 0xFEFF) *byte_order = BIG;
    if (*byte_order != NATIVE_ORDER) *p += width;
  }
  return *byte_order == NATIVE_ORDER ? machine_is_big : *byte_order == BIG;
}

typedef struct Fault { const char *reason; int64_t length; bool incomplete; } Fault;

// One character of UTF-16 at p: true with *c and *length; false with the fault.
static bool utf16_step(const uint8_t *p, const uint8_t *end, bool big, uint32_t *c, int *length, Fault *fault) {
  if (end - p < 2) {
    *fault = (Fault){"truncated data", end - p, true};
    return false;
  }
  *c = read16(p, big);
  *length = 2;
  if (!char_is_surrogate(*c)) return true;
  if (*c >= 0xDC00) {
    *fault = (Fault){"illegal encoding", 2, false};
    return false;
  }
  if (end - p < 4) {
    *fault = (Fault){"unexpected end of data", end - p, true};
    return false;
  }
  uint32_t low = read16(p + 2, big);
  if (low < 0xDC00 || low > 0xDFFF) {
    *fault = (Fault){"illegal UTF-16 surrogate", 2, false};
    return false;
  }
  *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
  *length = 4;
  return true;
}

static bool utf32_step(const uint8_t *p, const uint8_t *end, bool big, uint32_t *c, int *length, Fault *fault) {
  *length = 4;
  if (end - p < 4) {
    *fault = (Fault){"truncated data", end - p, true};
    return false;
  }
  *c = read32(p, big);
  if (*c <= STR_MAX_CHAR && !char_is_surrogate(*c)) return true;
  *fault = (Fault){*c > STR_MAX_CHAR ? "code point not in range(0x110000)" : "code point in surrogate code point range(0xd800, 0xe000)", 4, false};
  return false;
}

typedef bool (*StepFn)(const uint8_t *p, const uint8_t *end, bool big, uint32_t *c, int *length, Fault *fault);

static Value wide_decode(Thread *t, const char *const names[2], int width, StepFn step, const void *data, size_t n, const char *errors, int *byte_order,
                         size_t *consumed) {
  const uint8_t *start = data;
  int order = byte_order ? *byte_order : NATIVE_ORDER;
  bool big = order_find(&start, (const uint8_t *)data + n, width, &order);
  if (byte_order) *byte_order = order;
  Decoding d;
  decoding_init(&d, t, names[big], errors, data, n);
  d.pos = start;
  bool ok = true;
  while (ok && d.pos < d.end) {
    uint32_t c;
    int length;
    Fault fault;
    if (step(d.pos, d.end, big, &c, &length, &fault)) {
      ok = strb_char(&d.out, c);
      d.pos += length;
    } else if (fault.incomplete && consumed) {
      break;
    } else {
      int64_t at = d.pos - d.start;
      ok = decoding_error(&d, at, at + fault.length, fault.reason);
    }
  }
  if (consumed) *consumed = (size_t)(d.pos - d.start);
  return decoding_finish(&d, ok);
}

Value utf16_decode(Thread *t, const void *data, size_t n, const char *errors, int *byte_order, size_t *consumed) {
  static const char *const names[2] = {"utf-16-le", "utf-16-be"};
  return wide_decode(t, names, 2, utf16_step, data, n, errors, byte_order, consumed);
}

Value utf32_decode(Thread *t, const void *data, size_t n, const char *errors, int *byte_order, size_t *consumed) {
  static const char *const names[2] = {"utf-32-le", "utf-32-be"};
  return wide_decode(t, names, 4, utf32_step, data, n, errors, byte_order, consumed);
}

// --- Encoding ---------------------------------------------------------------------------------------------------------------------

static inline bool put_unit(BytesBuilder *b, uint32_t unit, int width, bool big) {
  char *p = bytesb_reserve(b, width);
  if (!p) return false;
  for (int i = 0; i < width; i++) p[big ? width - 1 - i : i] = (char)(unit >> (8 * i));
  b->length += width;
  return true;
}

static inline bool put_wide(BytesBuilder *b, uint32_t c, int width, bool big) {
  if (width == 4 || c < 0x10000) return put_unit(b, c, width, big);
  c -= 0x10000;
  return put_unit(b, 0xD800 + (c >> 10), 2, big) && put_unit(b, 0xDC00 + (c & 0x3FF), 2, big);
}

// What a handler gave: whole units as bytes, or an ASCII str.
static bool put_replacement(Encoding *e, Value replacement, int width, bool big, int64_t at) {
  if (v_is_bytes(replacement)) {
    const Bytes *b = v_bytes(replacement);
    if (b->length % width) return encoding_fail(e, at, at + 1, "surrogates not allowed");
    return bytesb_put(&e->out, b->data, b->length);
  }
  const Str *s = v_str(replacement);
  if (!str_is_ascii(s)) return encoding_fail(e, at, at + 1, "surrogates not allowed");
  for (int64_t i = 0; i < s->length; i++)
    if (!put_unit(&e->out, (uint8_t)s->data[i], width, big)) return false;
  return true;
}

static Value wide_encode(Thread *t, const char *const names[3], int width, Value text, const char *errors, int byte_order) {
  const Str *s = v_str(text);
  bool big = byte_order == NATIVE_ORDER ? machine_is_big : byte_order == BIG;
  Encoding e;
  encoding_init(&e, t, names[byte_order + 1], errors, text);
  bool ok = byte_order != NATIVE_ORDER || put_unit(&e.out, 0xFEFF, width, big);
  for (int64_t i = 0; ok && i < s->length;) {
    uint32_t c = str_char(s, i);
    if (likely(!char_is_surrogate(c))) {
      ok = put_wide(&e.out, c, width, big);
      i++;
      continue;
    }
    Value replacement;
    int64_t at = i;
    ok = encoding_error(&e, at, at + 1, "surrogates not allowed", &replacement, &i);
    if (!ok) break;
    ok = put_replacement(&e, replacement, width, big, at);
    v_drop(t, replacement);
  }
  return encoding_finish(&e, ok);
}

Value utf16_encode(Thread *t, Value text, const char *errors, int byte_order) {
  static const char *const names[3] = {"utf-16-le", "utf-16", "utf-16-be"};
  return wide_encode(t, names, 2, text, errors, byte_order);
}

Value utf32_encode(Thread *t, Value text, const char *errors, int byte_order) {
  static const char *const names[3] = {"utf-32-le", "utf-32", "utf-32-be"};
  return wide_encode(t, names, 4, text, errors, byte_order);
}
