// Number literals: where they end, and what is wrong with those that do not end well.
#include "front/lexer.h"

#include <stdio.h>
#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static bool is_name_char(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80; }

static bool is_digit_of(char c, int base) {
  if (base == 16) return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  return c >= '0' && c < '0' + base;
}

// Does a keyword begin at p that may stand behind a number in good code ("1if x else y")? Looking for it may meet the text's end.
static bool keyword_may_follow(Lexer *lexer, const char *p) {
  static const char *const words[] = {"and", "else", "for", "or", "not"};
  if (*p == 'i') {
    if (p + 1 == lexer->end) lexer->at_eof = true;
    return p[1] == 'f' || p[1] == 'n' || p[1] == 's';
  }
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    const char *word = words[i], *q = p;
    if (*q != *word) continue;
    while (*word && *q == *word) {
      q++;
      word++;
    }
    if (q == lexer->end) lexer->at_eof = true;
    return *word == 0 && !is_name_char(*q);
  }
  return false;
}

// The literal ends at p: a keyword there earns a warning, any other letter or digit is an error.
static bool number_end(Lexer *lexer, const char *p, const char *kind) {
  char message[48];
  lexer->cur = p;
  snprintf(message, sizeof message, "invalid %s literal", kind);
  if (keyword_may_follow(lexer, p)) {
    if (lexer_warn(lexer, FRONT_SYNTAX_WARNING, message, lexer->lineno)) return true;
    if (lexer->warn_outcome == FRONT_SYNTAX_ERROR) {
      front_error_clear(lexer->err);
      return lexer_fail(lexer, -1, -1, "%s", message);
    }
    lexer->failure = LEXER_RAISED;
    return false;
  }
  return !is_name_char(*p) || lexer_fail(lexer, -1, -1, "%s", message);
}

static bool number_fail(Lexer *lexer, const char *p, const char *message) {
  lexer->cur = p;
  return lexer_fail(lexer, -1, -1, "%s", message);
}

// Digits with single underscores between them, from p (a digit); NULL after an error.
static const char *decimal_digits(Lexer *lexer, const char *p) {
  for (;;) {
    while (is_digit(*p)) p++;
    if (*p != '_') return p;
    p++;
    if (!is_digit(*p)) {
      number_fail(lexer, p, "invalid decimal literal");
      return NULL;
    }
  }
}

// 0x, 0o and 0b; p stands behind the letter.
static bool based_read(Lexer *lexer, const char *p, int base, const char *kind) {
  do {
    if (*p == '_') p++;
    if (!is_digit_of(*p, base)) {
      if (is_digit(*p)) break;
      lexer->cur = p;
      return lexer_fail(lexer, -1, -1, "invalid %s literal", kind);
    }
    while (is_digit_of(*p, base)) p++;
  } while (*p == '_');
  if (is_digit(*p)) {
    lexer->cur = p + 1;
    return lexer_fail(lexer, -1, -1, "invalid digit '%c' in %s literal", *p, kind);
  }
  return number_end(lexer, p, kind);
}

static bool imaginary_or_end(Lexer *lexer, const char *p) {
  if (*p == 'j' || *p == 'J') return number_end(lexer, p + 1, "imaginary");
  return number_end(lexer, p, "decimal");
}

// p stands on the 'e'. Without digits behind it, the literal ends before it ("1else").
static bool exponent_read(Lexer *lexer, const char *p) {
  const char *digits = p + 1;
  if (*digits == '+' || *digits == '-') {
    digits++;
    if (!is_digit(*digits)) return number_fail(lexer, digits, "invalid decimal literal");
  } else if (!is_digit(*digits)) {
    return number_end(lexer, p, "decimal");
  }
  p = decimal_digits(lexer, digits);
  return p && imaginary_or_end(lexer, p);
}

// p stands behind the point.
static bool fraction_read(Lexer *lexer, const char *p) {
  if (is_digit(*p) && !(p = decimal_digits(lexer, p))) return false;
  if (*p == 'e' || *p == 'E') return exponent_read(lexer, p);
  return imaginary_or_end(lexer, p);
}

// A literal that begins with 0 and is in decimal: zeros alone, or a float or imaginary one; else it is an old octal.
static bool zero_read(Lexer *lexer, const char *p) {
  bool nonzero = false;
  for (;;) {
    if (*p == '_') {
      p++;
      if (!is_digit(*p)) return number_fail(lexer, p, "invalid decimal literal");
    }
    if (*p != '0') break;
    p++;
  }
  const char *zeros_end = p + 1;
  if (is_digit(*p)) {
    nonzero = true;
    p = decimal_digits(lexer, p);
    if (!p) return false;
  }
  if (*p == '.') return fraction_read(lexer, p + 1);
  if (*p == 'e' || *p == 'E') return exponent_read(lexer, p);
  if (*p == 'j' || *p == 'J') return imaginary_or_end(lexer, p);
  if (!nonzero) return number_end(lexer, p, "decimal");
  lexer->cur = p;
  return lexer_fail(lexer, (int)(lexer->token_start + 1 - lexer->line_start), (int)(zeros_end - lexer->line_start),
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
}

bool lexer_read_number(Lexer *lexer) {
  const char *p = lexer->cur;
  if (*p == '.') return fraction_read(lexer, p + 1);
  if (*p == '0') {
    switch (p[1]) {
      case 'x':
      case 'X': return based_read(lexer, p + 2, 16, "hexadecimal");
      case 'o':
      case 'O': return based_read(lexer, p + 2, 8, "octal");
      case 'b':
      case 'B': return based_read(lexer, p + 2, 2, "binary");
      default: return zero_read(lexer, p + 1);
    }
  }
  p = decimal_digits(lexer, p);
  if (!p) return false;
  if (*p == '.') return fraction_read(lexer, p + 1);
  if (*p == 'e' || *p == 'E') return exponent_read(lexer, p);
  return imaginary_or_end(lexer, p);
}
