// The values of number and string tokens.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "front/parser_internal.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uniname.h>

#include "front/encoding.h"

FrontCharacterNameHook front_character_name_hook;

// ---- buffer ---------------------------------------------------------------------------------------------------------------------

void buffer_add(Buffer *b, const char *bytes, size_t len) {
  if (b->failed) return;
  if (b->capacity - b->len < len) {
    size_t capacity = b->capacity * 2 + len + 32;
    char *data = realloc(b->data, capacity);
    if (!data) {
      b->failed = true;
      return;
    }
    b->data = data;
    b->capacity = capacity;
  }
  if (len) memcpy(b->data + b->len, bytes, len);
  b->len += len;
}

void buffer_free(Buffer *b) { free(b->data); }

static void buffer_add_char(Buffer *b, uint32_t ch) {
  char bytes[4];
  size_t len;
  if (ch < 0x80) {
    bytes[0] = (char)ch;
    len = 1;
  } else if (ch < 0x800) {
    bytes[0] = (char)(0xc0 | ch >> 6);
    bytes[1] = (char)(0x80 | (ch & 0x3f));
    len = 2;
  } else if (ch < 0x10000) {
    bytes[0] = (char)(0xe0 | ch >> 12);
    bytes[1] = (char)(0x80 | (ch >> 6 & 0x3f));
    bytes[2] = (char)(0x80 | (ch & 0x3f));
    len = 3;
  } else {
    bytes[0] = (char)(0xf0 | ch >> 18);
    bytes[1] = (char)(0x80 | (ch >> 12 & 0x3f));
    bytes[2] = (char)(0x80 | (ch >> 6 & 0x3f));
    bytes[3] = (char)(0x80 | (ch & 0x3f));
    len = 4;
  }
  buffer_add(b, bytes, len);
}

// ---- numbers --------------------------------------------------------------------------------------------------------------------

// Copies a literal without its underscores, letters in lower case.
static char *number_text(Parser *p, const Token *t, size_t *len) {
  char *text = arena_alloc(p->arena, t->len + 1);
  if (!text) return NULL;
  size_t used = 0;
  for (uint32_t i = 0; i < t->len; i++) {
    char c = t->start[i];
    if (c != '_') text[used++] = c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }
  *len = used;
  return text;
}

// The error has no columns: there is no use in showing thousands of digits.
static bool number_too_long(Parser *p, const Token *t, size_t digits, bool report) {
  AstPos pos = {t->pos.lineno, -1, t->pos.end_lineno, -1};
  if (report)
    parser_error_at(p, FRONT_SYNTAX_ERROR, pos,
                    "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; use "
                    "sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals "
                    "to avoid decimal conversion limits.",
                    p->flags->max_int_digits, digits);
  return false;
}

bool literal_number(Parser *p, const Token *t, AstConst *value, bool report) {
  size_t len;
  if (p->feature_version < 6 && memchr(t->start, '_', t->len)) {
    if (report) parser_error(p, FRONT_SYNTAX_ERROR, "Underscores in numeric literals are only supported in Python 3.6 and greater");
    return false;
  }
  char *text = number_text(p, t, &len);
  if (!text) return false;
  *value = (AstConst){.kind = AST_CONST_INT};
  bool based = len > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b');
  if (!based && (text[len - 1] == 'j' || strpbrk(text, ".e"))) {
    // Python's numbers do not follow the locale; the "C" locale object costs nothing in glibc.
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    value->kind = text[len - 1] == 'j' ? AST_CONST_COMPLEX : AST_CONST_FLOAT;
    value->number = strtod_l(text, NULL, c_locale);
    freelocale(c_locale);
    return true;
  }
  if (!based) {
    while (len > 1 && *text == '0') {
      text++;
      len--;
    }
    if (p->flags->max_int_digits > 0 && len > (size_t)p->flags->max_int_digits) return number_too_long(p, t, len, report);
  }
  value->text = text;
  value->len = len;
  return true;
}

// ---- escapes --------------------------------------------------------------------------------------------------------------------

void literal_string_parts(const Token *t, StringParts *parts) {
  const char *p = t->start;
  *parts = (StringParts){.u_kind = *p == 'u'};
  for (; *p != '"' && *p != '\''; p++) {
    switch (*p | 0x20) {
      case 'b': parts->bytes = true; break;
      case 'r': parts->raw = true; break;
      case 'f': parts->format = true; break;
      default: break;
    }
  }
  size_t len = t->len - (p - t->start);
  size_t quotes = len >= 6 && p[1] == p[0] && p[2] == p[0] ? 3 : 1;
  parts->body = p + quotes;
  parts->len = len - 2 * quotes;
}

bool literal_warn_escape(Parser *p, const Token *t, const char *bad, bool octal) {
  char message[64];
  if (octal) snprintf(message, sizeof message, "invalid octal escape sequence '\\%.3s'", bad);
  else snprintf(message, sizeof message, "invalid escape sequence '\\%c'", *bad);
  if (lexer_warn(&p->lexer, FRONT_DEPRECATION_WARNING, message, t->pos.lineno)) return true;
  if (p->lexer.warn_outcome == FRONT_SYNTAX_ERROR) {
    front_error_clear(p->err);
    p->known_error = *t;
    p->has_known_error = true;
    parser_error(p, FRONT_SYNTAX_ERROR, "%s", message);
  }
  return false;
}

// Reading a body with escapes. Positions in messages are those of a text in which each non-ASCII character is written as
// "\U0001f600", because CPython decodes such a text.
typedef struct Escapes {
  Parser *parser;
  const char *p, *end;
  bool report;
  size_t shift;   // what those longer forms have added so far
  const char *body;
  const char *first_bad;   // first invalid escape, for the warning
  bool first_bad_octal;
  Buffer *out;
} Escapes;

static bool unicode_error(Escapes *e, size_t start, size_t end, const char *reason) {
  if (e->report && end - start == 1)
    parser_error(e->parser, FRONT_SYNTAX_ERROR, "(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position %zu: %s", start, reason);
  else if (e->report)
    parser_error(e->parser, FRONT_SYNTAX_ERROR, "(unicode error) 'unicodeescape' codec can't decode bytes in position %zu-%zu: %s", start, end - 1,
                 reason);
  return false;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// \x, \u and \U with their `count` digits; e->p stands behind the letter, `start` is the backslash's position.
static bool escape_hex(Escapes *e, int count, size_t start) {
  static const char *const truncated[] = {[2] = "truncated \\xXX escape", [4] = "truncated \\uXXXX escape", [8] = "truncated \\UXXXXXXXX escape"};
  uint32_t ch = 0;
  for (int i = 0; i < count; i++) {
    int digit = e->p < e->end ? hex_digit(*e->p) : -1;
    if (digit < 0) return unicode_error(e, start, start + 2 + i, truncated[count]);
    ch = ch << 4 | (uint32_t)digit;
    e->p++;
  }
  if (ch > 0x10ffff) return unicode_error(e, start, start + 10, "illegal Unicode character");
  buffer_add_char(e->out, ch);
  return true;
}

static bool character_by_name(const char *name, size_t len, uint32_t *ch) {
  char text[UNINAME_MAX + 1];
  if (front_character_name_hook) return front_character_name_hook(name, len, ch);
  if (len > UNINAME_MAX) return false;
  memcpy(text, name, len);
  text[len] = 0;
  *ch = unicode_name_character(text);
  return *ch != UNINAME_INVALID;
}

// Length of text in the form that messages count in.
static size_t expanded_length(const char *p, const char *end) {
  size_t len = 0;
  while (p < end) {
    uint32_t ch;
    int step = lexer_decode_utf8(p, end, &ch);
    len += (unsigned char)*p < 0x80 ? 1 : 10;
    p += step ? step : 1;
  }
  return len;
}

static bool escape_name(Escapes *e, size_t start) {
  static const char malformed[] = "malformed \\N character escape";
  if (e->p == e->end || *e->p != '{') return unicode_error(e, start, start + 2, malformed);
  const char *name = e->p + 1;
  const char *close = memchr(name, '}', e->end - name);
  if (!close) return unicode_error(e, start, start + 3 + expanded_length(name, e->end), malformed);
  size_t expanded = expanded_length(name, close);
  if (close == name) return unicode_error(e, start, start + 3, malformed);
  uint32_t ch;
  if (!character_by_name(name, close - name, &ch)) return unicode_error(e, start, start + 4 + expanded, "unknown Unicode character name");
  e->shift += expanded - (close - name);
  e->p = close + 1;
  buffer_add_char(e->out, ch);
  return true;
}

// Up to three octal digits; e->p stands on the first. The value, which may be up to 0777.
static uint32_t escape_octal(Escapes *e) {
  const char *start = e->p;
  uint32_t value = 0;
  while (e->p < e->end && e->p < start + 3 && *e->p >= '0' && *e->p <= '7') value = value * 8 + (uint32_t)(*e->p++ - '0');
  if (value > 0377 && !e->first_bad) {
    e->first_bad = start;
    e->first_bad_octal = true;
  }
  return value;
}

// The simple escapes, alike in str and bytes: the value, -1 when it is none of them.
static int escape_simple(char c) {
  switch (c) {
    case '\\':
    case '\'':
    case '"': return c;
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

static void keep_unknown_escape(Escapes *e, char c) {
  if (!e->first_bad) e->first_bad = e->p - 1;
  char both[2] = {'\\', c};
  buffer_add(e->out, both, 2);
}

// One escape of a str; e->p stands on the backslash.
static bool decode_str_escape(Escapes *e) {
  size_t start = e->p - e->body + e->shift;
  e->p++;
  if (e->p == e->end || (unsigned char)*e->p >= 0x80) {
    e->shift += 5;
    buffer_add(e->out, "\\", 1);
    return true;
  }
  char c = *e->p;
  if (c >= '0' && c <= '7') {
    buffer_add_char(e->out, escape_octal(e));
    return true;
  }
  e->p++;
  switch (c) {
    case '\n': return true;
    case 'x': return escape_hex(e, 2, start);
    case 'u': return escape_hex(e, 4, start);
    case 'U': return escape_hex(e, 8, start);
    case 'N': return escape_name(e, start);
    default: break;
  }
  int value = escape_simple(c);
  if (value < 0) keep_unknown_escape(e, c);
  else buffer_add_char(e->out, (uint32_t)value);
  return true;
}

static bool decode_bytes_escape(Escapes *e) {
  size_t start = e->p - e->body;
  char c = *++e->p;
  if (c >= '0' && c <= '7') {
    char byte = (char)escape_octal(e);
    buffer_add(e->out, &byte, 1);
    return true;
  }
  e->p++;
  if (c == '\n') return true;
  if (c == 'x') {
    int high = e->p < e->end ? hex_digit(e->p[0]) : -1;
    int low = e->p + 1 < e->end ? hex_digit(e->p[1]) : -1;
    if (high < 0 || low < 0) {
      if (e->report) parser_error(e->parser, FRONT_SYNTAX_ERROR, "(value error) invalid \\x escape at position %zu", start);
      return false;
    }
    char byte = (char)(high << 4 | low);
    buffer_add(e->out, &byte, 1);
    e->p += 2;
    return true;
  }
  int value = escape_simple(c);
  char byte = (char)value;
  if (value < 0) keep_unknown_escape(e, c);
  else buffer_add(e->out, &byte, 1);
  return true;
}

// A run of non-ASCII text in a str: it must be UTF-8.
static bool decode_run(Escapes *e, const char *run, size_t len) {
  EncodingError bad;
  char message[160];
  if (encoding_utf8_check(run, len, &bad)) return true;
  if (e->report) {
    encoding_utf8_message(run, &bad, message, sizeof message);
    parser_error(e->parser, FRONT_SYNTAX_ERROR, "(unicode error) %s", message);
  }
  return false;
}

// Copies plain text up to the next backslash.
static bool decode_plain(Escapes *e) {
  const char *start = e->p;
  while (e->p < e->end && *e->p != '\\') {
    if ((unsigned char)*e->p < 0x80) {
      e->p++;
      continue;
    }
    const char *run = e->p;
    while (e->p < e->end && (unsigned char)*e->p >= 0x80) e->p++;
    if (!decode_run(e, run, e->p - run)) return false;
    e->shift += expanded_length(run, e->p) - (e->p - run);
  }
  buffer_add(e->out, start, e->p - start);
  return true;
}

bool literal_decode(Parser *p, const Token *t, const char *body, size_t len, bool raw, bool bytes, bool report, Buffer *out) {
  Escapes e = {.parser = p, .p = body, .end = body + len, .report = report, .body = body, .out = out};
  if (bytes) {
    for (size_t i = 0; i < len; i++) {
      if ((unsigned char)body[i] >= 0x80) {
        if (report) parser_error(p, FRONT_SYNTAX_ERROR, "bytes can only contain ASCII literal characters");
        return false;
      }
    }
  }
  if (raw || !memchr(body, '\\', len)) {
    if (!bytes && !decode_run(&e, body, len)) return false;
    buffer_add(out, body, len);
    return !out->failed;
  }
  while (e.p < e.end) {
    if (!decode_plain(&e)) return false;
    if (e.p < e.end && !(bytes ? decode_bytes_escape(&e) : decode_str_escape(&e))) return false;
  }
  p->no_memory |= out->failed;
  return !out->failed && (!e.first_bad || literal_warn_escape(p, t, e.first_bad, e.first_bad_octal));
}

AstExpr *literal_constant(Parser *p, AstConstKind kind, const char *text, size_t len, bool u_kind, AstPos pos) {
  AstExpr *expr = ast_expr_new(p->arena, AST_Constant, pos);
  if (!expr) return NULL;
  AstConst *value = &expr->u.Constant.value;
  unsigned char seen = 0;
  for (size_t i = 0; i < len; i++) seen |= (unsigned char)text[i];
  value->kind = kind;
  value->ascii = seen < 0x80;
  value->text = arena_copy(p->arena, text, len);
  value->len = len;
  expr->u.Constant.u_kind = u_kind;
  return value->text ? expr : NULL;
}
