// UTF-8 both ways, and the cached UTF-8 of a str.
//
// Decoding passes ordinary text through a buffer of 16-bit characters. What does not fit that is looked at twice: once to validate, count
// and find the widest character, once to write without checks. Input with errors goes through the error handlers.

#include "objects/codec_errors.h"
#include "objects/codecs.h"
#include "objects/error_state.h"
#include "objects/str_impl.h"

// --- Decoding ---------------------------------------------------------------------------------------------------------------------

// Length of the well-formed multi-byte sequence at p (p[0] >= 0x80), 0 if there is none. Surrogates are not well-formed.
static inline int sequence_length(const uint8_t *p, const uint8_t *end) {
  uint8_t b = p[0];
  ptrdiff_t left = end - p;
  if (b < 0xE0) return b >= 0xC2 && left >= 2 && (p[1] & 0xC0) == 0x80 ? 2 : 0;
  if (b < 0xF0) {
    if (left < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) return 0;
    return (b == 0xE0 && p[1] < 0xA0) || (b == 0xED && p[1] > 0x9F) ? 0 : 3;
  }
  if (b > 0xF4 || left < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80) return 0;
  return (b == 0xF0 && p[1] < 0x90) || (b == 0xF4 && p[1] > 0x8F) ? 0 : 4;
}

static inline uint32_t sequence_char(const uint8_t *p, int length) {
  if (length == 2) return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
  if (length == 3) return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
  return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

typedef struct Fault { const char *reason; int length; bool incomplete; } Fault;

// Why the sequence at p is not well-formed, and how many of its bytes are to blame. Where more may come, two bytes of a surrogate are incomplete:
// an error handler may want all three.
static Fault sequence_fault(const uint8_t *p, const uint8_t *end, bool more) {
  uint8_t b = p[0];
  if (more && b == 0xED && end - p == 2 && p[1] >= 0xA0 && p[1] <= 0xBF) return (Fault){"unexpected end of data", 2, true};
  if (b < 0xC2 || b > 0xF4) return (Fault){"invalid start byte", 1, false};
  int need = b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4;
  for (int i = 1; i < need; i++) {
    if (p + i >= end) return (Fault){"unexpected end of data", (int)(end - p), true};
    bool bad = (p[i] & 0xC0) != 0x80;
    if (i == 1) bad |= (b == 0xE0 && p[1] < 0xA0) || (b == 0xED && p[1] > 0x9F) || (b == 0xF0 && p[1] < 0x90) || (b == 0xF4 && p[1] > 0x8F);
    if (bad) return (Fault){"invalid continuation byte", i, false};
  }
  return (Fault){"invalid start byte", 1, false};
}

static inline bool eight_ascii(const uint8_t *p) {
  uint64_t w;
  memcpy(&w, p, 8);
  return !(w & 0x8080808080808080u);
}

// Walks the well-formed prefix; returns its end, its number of characters, and the class of its widest one.
static const uint8_t *scan(const uint8_t *p, const uint8_t *end, int64_t *chars, uint32_t *max_char) {
  int64_t n = 0;
  uint8_t lead = 0;  // the greatest lead byte says how wide the text is
  while (p < end) {
    const uint8_t *run = p;
    while (end - p >= 8 && eight_ascii(p)) p += 8;
    while (p < end && *p < 0x80) p++;
    n += p - run;
    while (p < end && *p >= 0x80) {
      int length = sequence_length(p, end);
      if (!length) goto out;
      if (*p > lead) lead = *p;
      p += length;
      n++;
    }
  }
out:
  *chars = n;
  *max_char = lead < 0x80 ? 0x7F : lead < 0xC4 ? 0xFF : lead < 0xF0 ? 0xFFFF : STR_MAX_CHAR;
  return p;
}

#define WRITE_VALID(T)                                                       \
  do {                                                                       \
    T *d = out;                                                              \
    while (p < end) {                                                        \
      if (*p < 0x80) {                                                       \
        for (; end - p >= 8 && eight_ascii(p); p += 8, d += 8)               \
          for (int i = 0; i < 8; i++) d[i] = p[i];                           \
        while (p < end && *p < 0x80) *d++ = *p++;                            \
      } else {                                                               \
        int length = *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : 4;                      \
        *d++ = (T)sequence_char(p, length);                                  \
        p += length;                                                         \
      }                                                                      \
    }                                                                        \
  } while (0)

static void write_valid(int kind, void *out, const uint8_t *p, const uint8_t *end) {
  if (kind == 1) WRITE_VALID(uint8_t);
  else if (kind == 2) WRITE_VALID(uint16_t);
  else WRITE_VALID(uint32_t);
}

static Value decode_valid(Thread *t, const uint8_t *p, const uint8_t *end, int64_t chars, uint32_t max_char) {
  if (chars == 1) return str_from_char(t, *p < 0x80 ? *p : sequence_char(p, (int)(end - p)));
  Value v = str_new(t, chars, max_char);
  if (!v_is_null(v)) write_valid(kind_for(max_char), v_str(v)->data, p, end);
  return v;
}

// Adds the well-formed prefix of what is left to the output.
static bool decoding_take_valid(Decoding *d) {
  while (d->pos < d->end) {
    size_t ascii = bytes_ascii_prefix((const char *)d->pos, (size_t)(d->end - d->pos));
    if (ascii && !strb_ascii(&d->out, (const char *)d->pos, ascii)) return false;
    d->pos += ascii;
    while (d->pos < d->end && *d->pos >= 0x80) {
      int length = sequence_length(d->pos, d->end);
      if (!length) return true;
      if (!strb_char(&d->out, sequence_char(d->pos, length))) return false;
      d->pos += length;
    }
  }
  return true;
}

static Value decode_with_errors(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed) {
  Decoding d;
  decoding_init(&d, t, "utf-8", errors, data, n);
  bool ok = true;
  while (ok && (ok = decoding_take_valid(&d)) && d.pos < d.end) {
    Fault fault = sequence_fault(d.pos, d.end, consumed);
    if (fault.incomplete && consumed) break;
    int64_t start = d.pos - d.start;
    ok = decoding_error(&d, start, start + fault.length, fault.reason);
  }
  if (consumed) *consumed = (size_t)(d.pos - d.start);
  return decoding_finish(&d, ok);
}

// Text that needs at most 16 bits a character, in one pass through a buffer: the number of characters, or -1 if it is not such text.
static int64_t decode_narrow(const uint8_t *p, const uint8_t *end, uint16_t *out) {
  uint16_t *d = out;
  while (p < end) {
    uint8_t b = *p;
    if (b < 0x80) {
      for (; end - p >= 8 && eight_ascii(p); p += 8, d += 8)
        for (int i = 0; i < 8; i++) d[i] = p[i];
      while (p < end && *p < 0x80) *d++ = *p++;
    } else if (b < 0xE0) {
      if (b < 0xC2 || end - p < 2 || (p[1] & 0xC0) != 0x80) return -1;
      *d++ = (uint16_t)((b & 0x1F) << 6 | (p[1] & 0x3F));
      p += 2;
    } else {
      if (b >= 0xF0 || sequence_length(p, end) != 3) return -1;
      *d++ = (uint16_t)sequence_char(p, 3);
      p += 3;
    }
  }
  return d - out;
}

enum { NARROW_STACK = 1024, NARROW_MAX = 1 << 20 };  // bytes of input

// V_NULL without an exception: the long way is needed.
static Value decode_by_buffer(Thread *t, const uint8_t *p, size_t n) {
  uint16_t small[NARROW_STACK], *buffer = small;
  if (n > NARROW_MAX) return V_NULL;
  if (n > NARROW_STACK && !(buffer = heap_alloc(t, n * sizeof *buffer))) return V_NULL;
  int64_t chars = decode_narrow(p, p + n, buffer);
  Value v = chars < 0 ? V_NULL : str_from_chars(t, 2, buffer, chars);
  if (buffer != small) heap_free(t, buffer);
  return v;
}

Value utf8_decode(Thread *t, const void *data, size_t n, const char *errors, size_t *consumed) {
  if (consumed) *consumed = n;
  if (bytes_are_ascii(data, n)) return str_from_ascii(t, data, n);
  const uint8_t *start = data, *end = start + n;
  Value v = decode_by_buffer(t, start, n);
  if (!v_is_null(v) || error_pending(t)) return v;
  int64_t chars;
  uint32_t max_char;
  const uint8_t *stop = scan(start, end, &chars, &max_char);
  if (stop != end) {
    if (!consumed || !sequence_fault(stop, end, true).incomplete) return decode_with_errors(t, data, n, errors, consumed);
    *consumed = (size_t)(stop - start);
    if (chars == 0) return str_empty;
  }
  return decode_valid(t, start, stop, chars, max_char);
}

Value str_from_utf8(Thread *t, const char *s, size_t n) { return utf8_decode(t, s, n, NULL, NULL); }
Value str_from_cstr(Thread *t, const char *s) { return str_from_utf8(t, s, strlen(s)); }
Value str_from_utf8_surrogatepass(Thread *t, const char *s, size_t n) { return utf8_decode(t, s, n, "surrogatepass", NULL); }
Value str_decode_replace(Thread *t, const char *s, size_t n) { return utf8_decode(t, s, n, "replace", NULL); }
Value str_decode_fs(Thread *t, const char *s, size_t n) { return utf8_decode(t, s, n, "surrogateescape", NULL); }

// --- Encoding ---------------------------------------------------------------------------------------------------------------------

static inline uint8_t *put_char(uint8_t *p, uint32_t c) {
  if (c < 0x80) {
    *p++ = (uint8_t)c;
  } else if (c < 0x800) {
    *p++ = (uint8_t)(0xC0 | c >> 6);
    *p++ = (uint8_t)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *p++ = (uint8_t)(0xE0 | c >> 12);
    *p++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *p++ = (uint8_t)(0x80 | (c & 0x3F));
  } else {
    *p++ = (uint8_t)(0xF0 | c >> 18);
    *p++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
    *p++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *p++ = (uint8_t)(0x80 | (c & 0x3F));
  }
  return p;
}

VECTORISED static int64_t encoded_size1(const uint8_t *p, int64_t n) {
  int64_t size = n;
  for (int64_t i = 0; i < n; i++) size += p[i] >> 7;
  return size;
}

// In runs whose sums fit the lanes; *surrogates is not 0 if there are any.
VECTORISED static int64_t encoded_size2(const uint16_t *p, int64_t n, uint16_t *surrogates) {
  int64_t size = n;
  *surrogates = 0;
  while (n > 0) {
    int run = n < 16384 ? (int)n : 16384;
    uint16_t extra = 0, bad = 0;
    for (int i = 0; i < run; i++) {
      extra += (uint16_t)((p[i] >= 0x80) + (p[i] >= 0x800));
      bad |= (uint16_t)((p[i] & 0xF800) == 0xD800);
    }
    size += extra;
    *surrogates |= bad;
    p += run;
    n -= run;
  }
  return size;
}

VECTORISED static int64_t encoded_size4(const uint32_t *p, int64_t n, uint32_t *surrogates) {
  int64_t size = n;
  uint32_t bad = 0;
  for (int64_t i = 0; i < n; i++) {
    size += (p[i] >= 0x80) + (p[i] >= 0x800) + (p[i] >= 0x10000);
    bad |= (p[i] & 0xFFFFF800) == 0xD800;
  }
  *surrogates = bad;
  return size;
}

// Bytes that the text takes; *surrogate is the index of the first surrogate, or -1.
static int64_t encoded_size(const Str *s, int64_t *surrogate) {
  int64_t size, n = s->length;
  uint16_t bad2 = 0;
  uint32_t bad4 = 0;
  *surrogate = -1;
  if (str_is_ascii(s)) return n;
  if (str_kind(s) == 1) return encoded_size1((const uint8_t *)s->data, n);
  if (str_kind(s) == 2) size = encoded_size2((const uint16_t *)(const void *)s->data, n, &bad2);
  else size = encoded_size4((const uint32_t *)(const void *)s->data, n, &bad4);
  if (!bad2 && !bad4) return size;
  int64_t i = 0;
  while (!char_is_surrogate(str_char(s, i))) i++;
  *surrogate = i;
  return size;
}

static inline bool four_ascii(const uint16_t *p) {
  uint64_t w;
  memcpy(&w, p, 8);
  return !(w & 0xFF80FF80FF80FF80u);
}

static uint8_t *write_range(const Str *s, int64_t start, int64_t end, uint8_t *out) {
  int kind = str_kind(s);
  if (kind == 1) {
    const uint8_t *p = (const uint8_t *)s->data;
    for (int64_t i = start; i < end;) {
      for (; end - i >= 8 && eight_ascii(p + i); i += 8, out += 8) memcpy(out, p + i, 8);
      for (int64_t stop = end - i < 8 ? end : i + 8; i < stop; i++) out = put_char(out, p[i]);
    }
  } else if (kind == 2) {
    const uint16_t *p = (const uint16_t *)(const void *)s->data;
    for (int64_t i = start; i < end;) {
      for (; end - i >= 4 && four_ascii(p + i); i += 4)
        for (int k = 0; k < 4; k++) *out++ = (uint8_t)p[i + k];
      for (int64_t stop = end - i < 4 ? end : i + 4; i < stop; i++) out = put_char(out, p[i]);
    }
  } else {
    const uint32_t *p = (const uint32_t *)(const void *)s->data;
    for (int64_t i = start; i < end; i++) out = put_char(out, p[i]);
  }
  return out;
}

static bool encoding_put_range(Encoding *e, const Str *s, int64_t start, int64_t end) {
  char *p = bytesb_reserve(&e->out, (end - start) * 4);
  if (!p) return false;
  e->out.length += (char *)write_range(s, start, end, (uint8_t *)p) - p;
  return true;
}

// What a handler gave: bytes as they are, a str only if it is ASCII.
static bool encoding_put_replacement(Encoding *e, Value replacement, int64_t start, int64_t end) {
  if (v_is_bytes(replacement)) return bytesb_put(&e->out, v_bytes(replacement)->data, v_bytes(replacement)->length);
  const Str *s = v_str(replacement);
  if (!str_is_ascii(s)) return encoding_fail(e, start, end, "surrogates not allowed");
  return bytesb_put(&e->out, s->data, s->length);
}

static Value encode_with_errors(Thread *t, Value text, const char *errors) {
  Encoding e;
  encoding_init(&e, t, "utf-8", errors, text);
  const Str *s = v_str(text);
  bool ok = true;
  for (int64_t i = 0; ok && i < s->length;) {
    int64_t end = i;
    while (end < s->length && !char_is_surrogate(str_char(s, end))) end++;
    ok = encoding_put_range(&e, s, i, end);
    i = end;
    if (!ok || i == s->length) break;
    while (end < s->length && char_is_surrogate(str_char(s, end))) end++;
    Value replacement;
    int64_t start = i;
    ok = encoding_error(&e, start, end, "surrogates not allowed", &replacement, &i);
    if (ok) {
      ok = encoding_put_replacement(&e, replacement, start, end);
      v_drop(t, replacement);
    }
  }
  return encoding_finish(&e, ok);
}

Value utf8_encode(Thread *t, Value text, const char *errors) {
  const Str *s = v_str(text);
  if (str_is_ascii(s)) return bytes_from(t, s->data, (size_t)s->length);
  int64_t surrogate, size = encoded_size(s, &surrogate);
  if (surrogate >= 0) return encode_with_errors(t, text, errors);
  Value out = bytes_new(t, size);
  if (!v_is_null(out)) write_range(s, 0, s->length, (uint8_t *)v_bytes(out)->data);
  return out;
}

Value str_encode_fs(Thread *t, Value v) { return utf8_encode(t, v, "surrogateescape"); }

// --- The cache --------------------------------------------------------------------------------------------------------------------

typedef struct CachedUtf8 { size_t size; char data[]; } CachedUtf8;

// Published with release by the first thread that makes it; readers acquire. It lives as long as the str.
static CachedUtf8 *utf8_cache(Thread *t, Value v) {
  Str *s = v_str(v);
  CachedUtf8 *cached = aptr_load_acq(&s->utf8);
  if (cached) return cached;
  int64_t surrogate, size = encoded_size(s, &surrogate);
  if (surrogate >= 0) {
    int64_t end = surrogate;
    while (end < s->length && char_is_surrogate(str_char(s, end))) end++;
    raise_encode_error(t, "utf-8", v, surrogate, end, "surrogates not allowed");
    return NULL;
  }
  cached = heap_alloc(t, sizeof *cached + (size_t)size + 1);
  if (!cached) {
    raise_no_memory(t);
    return NULL;
  }
  cached->size = (size_t)size;
  *write_range(s, 0, s->length, (uint8_t *)cached->data) = 0;
  if (aptr_cas_acqrel(&s->utf8, NULL, cached)) return cached;
  heap_free(t, cached);
  return aptr_load_acq(&s->utf8);
}

const char *str_utf8(Thread *t, Value v, size_t *size) {
  Str *s = v_str(v);
  if (likely(str_is_ascii(s))) {
    if (size) *size = (size_t)s->length;
    return s->data;
  }
  CachedUtf8 *cached = utf8_cache(t, v);
  if (!cached) return NULL;
  if (size) *size = cached->size;
  return cached->data;
}
