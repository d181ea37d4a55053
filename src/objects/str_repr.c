// repr of text and of bytes, and the ASCII-only form that ascii() shows.

#include "objects/bytes_impl.h"
#include "objects/str_core.h"
#include "objects/unicode.h"

static const char hex_digits[] = "0123456789abcdef";

static bool put_hex(StrBuilder *b, char letter, uint32_t c, int digits) {
  char text[10] = {'\\', letter};
  for (int i = 0; i < digits; i++) text[2 + i] = hex_digits[c >> (4 * (digits - 1 - i)) & 15];
  return strb_ascii(b, text, (size_t)digits + 2);
}

static bool put_char(StrBuilder *b, uint32_t c, uint32_t quote, bool ascii_only) {
  if (c == quote || c == '\\') return strb_char(b, '\\') && strb_char(b, c);
  if (c == '\t') return strb_ascii(b, "\\t", 2);
  if (c == '\n') return strb_ascii(b, "\\n", 2);
  if (c == '\r') return strb_ascii(b, "\\r", 2);
  if (c >= ' ' && c < 0x7F) return strb_char(b, c);
  if (c >= 0x80 && !ascii_only && unicode_is_printable(c)) return strb_char(b, c);
  return c < 0x100 ? put_hex(b, 'x', c, 2) : c < 0x10000 ? put_hex(b, 'u', c, 4) : put_hex(b, 'U', c, 8);
}

// Double quotes only for text with single quotes and no double ones.
static uint32_t choose_quote(const Str *s) {
  bool single = false;
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    if (c == '"') return '\'';
    single |= c == '\'';
  }
  return single ? '"' : '\'';
}

static bool is_plain_ascii(const Str *s) {
  if (!str_is_ascii(s)) return false;
  for (int64_t i = 0; i < s->length; i++) {
    char c = s->data[i];
    if (c < ' ' || c == 0x7F || c == '\'' || c == '\\') return false;
  }
  return true;
}

static Value text_repr(Thread *t, Value v, bool ascii_only) {
  const Str *s = v_str(v);
  if (is_plain_ascii(s)) {
    Value out = str_new(t, s->length + 2, 0x7F);
    if (v_is_null(out)) return out;
    char *p = v_str(out)->data;
    p[0] = p[s->length + 1] = '\'';
    memcpy(p + 1, s->data, (size_t)s->length);
    return out;
  }
  uint32_t quote = choose_quote(s);
  StrBuilder b;
  strb_init(&b, t);
  strb_char(&b, quote);
  for (int64_t i = 0; i < s->length; i++)
    if (!put_char(&b, str_char(s, i), quote, ascii_only)) break;
  strb_char(&b, quote);
  return strb_finish(&b);
}

Value str_repr(Thread *t, Value v) { return text_repr(t, v, false); }

// What ascii(v) makes of a repr: everything beyond ASCII escaped.
Value str_escape_non_ascii(Thread *t, Value v) {
  const Str *s = v_str(v);
  if (str_is_ascii(s)) return str_exact(t, v);
  StrBuilder b;
  strb_init(&b, t);
  for (int64_t i = 0; i < s->length; i++) {
    uint32_t c = str_char(s, i);
    bool ok = c < 0x80 ? strb_char(&b, c) : c < 0x100 ? put_hex(&b, 'x', c, 2) : c < 0x10000 ? put_hex(&b, 'u', c, 4) : put_hex(&b, 'U', c, 8);
    if (!ok) break;
  }
  return strb_finish(&b);
}

Value bytes_quote(Thread *t, const char *prefix, const uint8_t *p, int64_t n, const char *suffix, uint8_t always) {
  bool single = memchr(p, '\'', (size_t)n), twice = memchr(p, '"', (size_t)n);
  uint8_t quote = single && !twice ? '"' : '\'';
  StrBuilder b;
  strb_init(&b, t);
  strb_cstr(&b, prefix);
  strb_char(&b, quote);
  for (int64_t i = 0; i < n; i++) {
    if (!put_char(&b, p[i], always ? always : quote, true)) break;
  }
  strb_char(&b, quote);
  strb_cstr(&b, suffix);
  return strb_finish(&b);
}

Value bytes_repr(Thread *t, Value v) { return bytes_quote(t, "b", (const uint8_t *)v_bytes(v)->data, v_bytes(v)->length, "", 0); }
