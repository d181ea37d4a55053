// JSON string literals, both ways.
#include "modules/json.h"

#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str_core.h"
#include "system/import.h"

void json_raise(Thread *t, const char *message, Value text, int64_t at) {
  Value module_name = str_from_cstr(t, "json.decoder"), name = str_intern_cstr(t, "JSONDecodeError");
  Value module = v_is_null(module_name) ? V_NULL : import_module_named(t, module_name);
  Value cls = v_is_null(module) || v_is_null(name) ? V_NULL : object_getattr(t, module, name);
  Value words = v_is_null(cls) ? V_NULL : str_from_cstr(t, message);
  Value place = int_from_i64(t, at), exc = v_is_null(words) || v_is_null(place) ? V_NULL : object_call3(t, cls, words, text, place);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, module_name);
  v_drop(t, module);
  v_drop(t, cls);
  v_drop(t, words);
  v_drop(t, place);
  v_drop(t, exc);
}

void json_raise_stop(Thread *t, int64_t at) {
  Value place = int_from_i64(t, at);
  if (!v_is_null(place)) raise_stop_iteration(t, place);
  v_drop(t, place);
}

// --- Eight characters at a time ---------------------------------------------------------------------------------------------------
// Each test sets bit 7 of the bytes that it means; above the lowest such byte it may err.

#define EACH(byte) (0x0101010101010101u * (uint8_t)(byte))
static inline uint64_t load8(const uint8_t *p) {
  uint64_t w;
  memcpy(&w, p, sizeof w);
  return w;
}
static inline uint64_t bytes_equal(uint64_t w, uint8_t c) {
  uint64_t x = w ^ EACH(c);
  return (x - EACH(1)) & ~x & EACH(0x80);
}
static inline uint64_t bytes_below(uint64_t w, uint8_t c) { return (w - EACH(c)) & ~w & EACH(0x80); }
static inline int64_t first_byte(uint64_t mask) {
  return (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_ctzll(mask) : __builtin_clzll(mask)) / 8;
}

// --- Reading ----------------------------------------------------------------------------------------------------------------------

static inline bool ends_run(uint32_t c, bool strict) { return c == '"' || c == '\\' || (strict && c < ' '); }

int64_t json_plain_end(int kind, const void *data, int64_t i, int64_t n, bool strict) {
  if (kind == 1) {
    const uint8_t *p = data;
    for (; n - i >= 8; i += 8) {
      uint64_t w = load8(p + i), found = bytes_equal(w, '"') | bytes_equal(w, '\\') | (strict ? bytes_below(w, ' ') : 0);
      if (!found) continue;
      if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) return i + first_byte(found);
      break;
    }
    while (i < n && !ends_run(p[i], strict)) i++;
  } else if (kind == 2) {
    const uint16_t *p = data;
    while (i < n && !ends_run(p[i], strict)) i++;
  } else {
    const uint32_t *p = data;
    while (i < n && !ends_run(p[i], strict)) i++;
  }
  return i;
}

// The four hexadecimal digits at i. False: not such.
static bool hex4(int kind, const void *data, int64_t i, uint32_t *out) {
  *out = 0;
  for (int64_t end = i + 4; i < end; i++) {
    uint32_t c = char_get(kind, data, i), low = c | 32;
    if (c >= '0' && c <= '9') *out = *out << 4 | (c - '0');
    else if (low >= 'a' && low <= 'f') *out = *out << 4 | (low - 'a' + 10);
    else return false;
  }
  return true;
}

static uint32_t simple_escape(uint32_t c) {
  switch (c) {
    case '"': case '\\': case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return 0;
  }
}

// The escape whose backslash is at i: its character, and *next is what follows it. False: an exception is set.
static bool scan_escape(Thread *t, Value text, int64_t i, int64_t begin, uint32_t *c, int64_t *next) {
  const Str *s = v_str(text);
  int kind = str_kind(s);
  int64_t n = s->length, at = i + 1;
  if (at == n) {
    json_raise(t, "Unterminated string starting at", text, begin);
    return false;
  }
  uint32_t letter = char_get(kind, s->data, at);
  if (letter != 'u') {
    *c = simple_escape(letter);
    *next = at + 1;
    if (*c) return true;
    json_raise(t, "Invalid \\escape", text, at - 1);
    return false;
  }
  if (at + 5 >= n || !hex4(kind, s->data, at + 1, c)) {
    json_raise(t, "Invalid \\uXXXX escape", text, at);
    return false;
  }
  *next = at + 5;
  uint32_t low;
  if (*c < 0xD800 || *c > 0xDBFF || *next + 6 >= n || char_get(kind, s->data, *next) != '\\' || char_get(kind, s->data, *next + 1) != 'u') return true;
  if (!hex4(kind, s->data, *next + 2, &low)) {
    json_raise(t, "Invalid \\uXXXX escape", text, *next + 1);
    return false;
  }
  if (low >= 0xDC00 && low <= 0xDFFF) {
    *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
    *next += 6;
  }
  return true;
}

// A literal with escapes, of which the first stands at `end`; or with a fault there.
static Value scan_string_slow(Thread *t, Value text, int64_t start, int64_t end, bool strict, int64_t *next) {
  const Str *s = v_str(text);
  int kind = str_kind(s);
  int64_t n = s->length, i = start;
  StrBuilder b;
  strb_init(&b, t);
  for (;;) {
    if (end == n) {
      json_raise(t, "Unterminated string starting at", text, start - 1);
      break;
    }
    if (end > i && !strb_slice(&b, s, i, end)) break;
    uint32_t c = char_get(kind, s->data, end);
    if (c == '"') {
      *next = end + 1;
      return strb_finish(&b);
    }
    if (c != '\\') {
      json_raise(t, "Invalid control character at", text, end);
      break;
    }
    if (!scan_escape(t, text, end, start - 1, &c, &i) || !strb_char(&b, c)) break;
    end = json_plain_end(kind, s->data, i, n, strict);
  }
  strb_discard(&b);
  return V_NULL;
}

Value json_scan_string(Thread *t, Value text, int64_t start, bool strict, int64_t *next) {
  const Str *s = v_str(text);
  int kind = str_kind(s);
  int64_t end = json_plain_end(kind, s->data, start, s->length, strict);
  if (unlikely(end == s->length || char_get(kind, s->data, end) != '"')) return scan_string_slow(t, text, start, end, strict, next);
  *next = end + 1;
  if (str_is_ascii(s)) return str_from_ascii(t, s->data + start, (size_t)(end - start));
  return end == start ? v_own(t, str_empty) : str_from_chars(t, kind, s->data + start * kind, end - start);
}

// --- Writing ----------------------------------------------------------------------------------------------------------------------

static inline bool needs_escape(uint32_t c, bool ascii) { return c < ' ' || c == '"' || c == '\\' || (ascii && c > '~'); }

static int64_t safe_end(int kind, const void *data, int64_t i, int64_t n, bool ascii) {
  if (kind == 1) {
    const uint8_t *p = data;
    for (; n - i >= 8; i += 8) {
      uint64_t w = load8(p + i), found = bytes_equal(w, '"') | bytes_equal(w, '\\') | bytes_below(w, ' ');
      if (ascii) found |= (w & EACH(0x80)) | bytes_equal(w, 0x7F);
      if (!found) continue;
      if (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) return i + first_byte(found);
      break;
    }
  }
  while (i < n && !needs_escape(char_get(kind, data, i), ascii)) i++;
  return i;
}

static int64_t put_hex4(char *out, uint32_t c) {
  static const char digits[] = "0123456789abcdef";
  out[0] = '\\';
  out[1] = 'u';
  for (int k = 0; k < 4; k++) out[2 + k] = digits[c >> (12 - 4 * k) & 15];
  return 6;
}

static bool put_escape(StrBuilder *b, uint32_t c) {
  char out[12] = {'\\'};
  int64_t n = 2;
  switch (c) {
    case '"': case '\\': out[1] = (char)c; break;
    case '\b': out[1] = 'b'; break;
    case '\f': out[1] = 'f'; break;
    case '\n': out[1] = 'n'; break;
    case '\r': out[1] = 'r'; break;
    case '\t': out[1] = 't'; break;
    default:
      if (c < 0x10000) {
        n = put_hex4(out, c);
      } else {
        n = put_hex4(out, 0xD800 + ((c - 0x10000) >> 10));
        n += put_hex4(out + 6, 0xDC00 + ((c - 0x10000) & 0x3FF));
      }
  }
  return json_put(b, out, n);
}

bool json_put_quoted(StrBuilder *b, const Str *s, bool ascii) {
  int kind = str_kind(s);
  int64_t n = s->length, i = 0;
  json_put(b, "\"", 1);
  for (;;) {
    int64_t end = safe_end(kind, s->data, i, n, ascii);
    if (end > i) {
      if (kind == 1 && str_is_ascii(s)) json_put(b, s->data + i, end - i);
      else strb_slice(b, s, i, end);
    }
    if (end == n) break;
    put_escape(b, char_get(kind, s->data, end));
    i = end + 1;
  }
  return json_put(b, "\"", 1);
}
