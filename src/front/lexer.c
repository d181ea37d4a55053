// The tokenizer: indentation, names, strings, operators, brackets and the errors in them (numbers are in lexer_number.c).
#include "front/lexer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "front/encoding.h"

// Character classes of ASCII; every byte above it may be part of a name and is checked once the name is whole.
enum { C_NAME_START = 1, C_NAME = 2, C_BLANK = 4 };

static const uint8_t char_class[256] = {
    ['a' ... 'z'] = C_NAME_START | C_NAME,
    ['A' ... 'Z'] = C_NAME_START | C_NAME,
    ['_'] = C_NAME_START | C_NAME,
    ['0' ... '9'] = C_NAME,
    [0x80 ... 0xff] = C_NAME_START | C_NAME,
    [' '] = C_BLANK,
    ['\t'] = C_BLANK,
    ['\f'] = C_BLANK,
};

static inline bool has_class(char c, int class) { return char_class[(unsigned char)c] & class; }

void lexer_init(Lexer *lexer, const char *text, size_t len, FrontError *err) {
  memset(lexer, 0, offsetof(Lexer, brackets));
  lexer->text = lexer->cur = lexer->line_start = lexer->buf = text;
  lexer->end = text + len;
  lexer->at_bol = true;
  lexer->err = err;
  lexer->indents[0] = lexer->alt_indents[0] = 0;
}

const char *lexer_line_end(const Lexer *lexer) {
  const char *newline = memchr(lexer->line_start, '\n', lexer->end - lexer->line_start);
  return newline ? newline + 1 : lexer->end;
}

// ---- errors and warnings --------------------------------------------------------------------------------------------------------

bool lexer_fail(Lexer *lexer, int col, int end_col, const char *format, ...) {
  FrontError *err = lexer->err;
  lexer->failure = LEXER_RAISED;
  if (err->kind != FRONT_OK || lexer->silent) return false;
  va_list args;
  va_start(args, format);
  front_error_vset(err, FRONT_SYNTAX_ERROR, format, args);
  va_end(args);
  if (err->kind != FRONT_SYNTAX_ERROR) return false;
  const char *line_end = memchr(lexer->line_start, '\n', lexer->end - lexer->line_start);
  size_t line_len = (line_end ? line_end : lexer->end) - lexer->line_start;
  if (col < 0) col = lexer_count_chars(lexer->line_start, lexer->cur - lexer->line_start);
  front_error_place(err, lexer->lineno, col, lexer->lineno, end_col < 0 ? col : end_col, lexer->line_start, line_len);
  encoding_repair_text(err);
  return false;
}

bool lexer_warn(Lexer *lexer, FrontWarningKind kind, const char *message, int lineno) {
  if (!lexer->warn || lexer->quiet) return true;
  switch (lexer->warn(lexer->warn_context, kind, message, lineno)) {
    case FRONT_WARN_DONE: return true;
    case FRONT_WARN_RAISED:
      lexer->warn_outcome = FRONT_RAISED;
      front_error_set(lexer->err, FRONT_RAISED, "warning raised an exception");
      return false;
    default:
      lexer->warn_outcome = FRONT_SYNTAX_ERROR;
      front_error_set(lexer->err, FRONT_SYNTAX_ERROR, "%s", message);
      return false;
  }
}

int lexer_decode_utf8(const char *p, const char *end, uint32_t *ch) {
  const unsigned char *s = (const unsigned char *)p;
  ptrdiff_t left = end - p;
  if (left < 1) return 0;
  if (s[0] < 0x80) {
    *ch = s[0];
    return 1;
  }
  if (s[0] >= 0xc2 && s[0] < 0xe0 && left > 1 && (s[1] & 0xc0) == 0x80) {
    *ch = (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
    return 2;
  }
  if ((s[0] & 0xf0) == 0xe0 && left > 2 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80) {
    *ch = (s[0] & 0x0fu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
    return *ch >= 0x800 ? 3 : 0;
  }
  if (s[0] >= 0xf0 && s[0] < 0xf5 && left > 3 && (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80 && (s[3] & 0xc0) == 0x80) {
    *ch = (s[0] & 0x07u) << 18 | (s[1] & 0x3fu) << 12 | (s[2] & 0x3fu) << 6 | (s[3] & 0x3fu);
    return *ch >= 0x10000 && *ch <= 0x10ffff ? 4 : 0;
  }
  return 0;
}

int lexer_count_chars(const char *text, size_t len) {
  const char *end = text + len;
  int count = 0;
  while (text < end) {
    uint32_t ch;
    int step = lexer_decode_utf8(text, end, &ch);
    if (step == 0 || (ch >= 0xd800 && ch < 0xe000)) {
      EncodingError bad;
      step = encoding_utf8_check(text, end - text, &bad) ? 1 : (int)bad.len;
    }
    text += step;
    count++;
  }
  return count;
}

bool lexer_is_printable(uint32_t ch) {
  if (ch < 0x7f) return ch >= ' ';
  return !uc_is_general_category_withtable(ch, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z);
}

// ---- lines ----------------------------------------------------------------------------------------------------------------------

// cur stands behind a '\n' (or at the very beginning) and the next character is wanted: enters its line. False at the end.
static inline bool line_enter(Lexer *lexer) {
  if (lexer->cur == lexer->end) {
    lexer->at_eof = true;
    lexer->starved = lexer->more_to_come;
    return false;
  }
  lexer->lineno++;
  lexer->line_start = lexer->cur;
  if (!lexer->token_start) lexer->buf = lexer->cur;
  return true;
}

// cur stands behind a backslash: goes to the next line.
static bool line_continue(Lexer *lexer) {
  if (*lexer->cur != '\n') {
    if (lexer->cur == lexer->end) lexer->at_eof = true;
    else lexer->cur++;
    lexer->failure = LEXER_CONTINUATION;
    return false;
  }
  lexer->cur++;
  if (line_enter(lexer)) return true;
  lexer->failure = lexer->starved ? LEXER_STARVED : LEXER_EOF;
  return false;
}

static bool fail_at_line_end(Lexer *lexer, LexerFailure failure) {
  lexer->failure = failure;
  lexer->cur = lexer_line_end(lexer);
  return false;
}

// Compares the line's indentation with the stack; sets `pending`.
static bool indentation_apply(Lexer *lexer, int col, int alt_col) {
  int top = lexer->indent;
  if (col == lexer->indents[top]) return alt_col == lexer->alt_indents[top] || fail_at_line_end(lexer, LEXER_TABSPACE);
  if (col > lexer->indents[top]) {
    if (top + 1 >= LEXER_MAX_INDENT) return fail_at_line_end(lexer, LEXER_TOO_DEEP);
    if (alt_col <= lexer->alt_indents[top]) return fail_at_line_end(lexer, LEXER_TABSPACE);
    lexer->pending++;
    lexer->indent = ++top;
    lexer->indents[top] = col;
    lexer->alt_indents[top] = alt_col;
    return true;
  }
  while (top > 0 && col < lexer->indents[top]) {
    lexer->pending--;
    top--;
  }
  lexer->indent = top;
  if (col != lexer->indents[top]) return fail_at_line_end(lexer, LEXER_DEDENT);
  return alt_col == lexer->alt_indents[top] || fail_at_line_end(lexer, LEXER_TABSPACE);
}

// Reads the blanks at the beginning of a line. Tabs go to columns of 8, and of 1 in the alternative count: if the two counts disagree
// on the order of two lines, the indentation depends on the tab size.
static bool indentation_read(Lexer *lexer, bool *blank_line) {
  int col = 0, alt_col = 0, continued_col = 0;
  lexer->at_bol = false;
  if (line_enter(lexer)) {
    for (;;) {
      char c = *lexer->cur;
      if (c == ' ') {
        col++;
        alt_col++;
      } else if (c == '\t') {
        col = (col / 8 + 1) * 8;
        alt_col++;
      } else if (c == '\f') {
        col = alt_col = 0;
      } else if (c == '\\') {
        // Only the first of several joined lines says how deep the statement is.
        continued_col = continued_col ? continued_col : col;
        lexer->cur++;
        if (!line_continue(lexer)) return false;
        continue;
      } else {
        break;
      }
      lexer->cur++;
    }
    if (lexer->cur == lexer->end) lexer->at_eof = true;
  } else if (lexer->starved) {
    lexer->failure = LEXER_STARVED;
    return false;
  }
  *blank_line = *lexer->cur == '#' || *lexer->cur == '\n';
  if (*blank_line && lexer->interactive) {
    // An empty line ends a block; a first line without a statement is a statement of its own.
    *blank_line = !(col == 0 && *lexer->cur == '\n') && lexer->lineno > 1;
    if (!*blank_line) col = alt_col = 0;
  }
  if (*blank_line || lexer->level > 0) return true;
  return indentation_apply(lexer, continued_col ? continued_col : col, continued_col ? continued_col : alt_col);
}

// ---- names and strings ----------------------------------------------------------------------------------------------------------

static const char *const keyword_text[] = {
#define X(NAME, TEXT) TEXT,
    LEXER_KEYWORDS(X)
#undef X
};

// Keywords of one first letter stand together in the list: [first, last] by letter, 0-based; last < first where there is none.
static TokenType keyword_find(const char *text, size_t len) {
  static const struct {
    uint8_t first, last;
  } range[] = {
      ['F'] = {TOK_KW_FALSE, TOK_KW_FALSE},  ['N'] = {TOK_KW_NONE, TOK_KW_NONE},
      ['T'] = {TOK_KW_TRUE, TOK_KW_TRUE},    ['a'] = {TOK_KW_AND, TOK_KW_AWAIT},
      ['b'] = {TOK_KW_BREAK, TOK_KW_BREAK},  ['c'] = {TOK_KW_CLASS, TOK_KW_CONTINUE},
      ['d'] = {TOK_KW_DEF, TOK_KW_DEL},      ['e'] = {TOK_KW_ELIF, TOK_KW_EXCEPT},
      ['f'] = {TOK_KW_FINALLY, TOK_KW_FROM}, ['g'] = {TOK_KW_GLOBAL, TOK_KW_GLOBAL},
      ['i'] = {TOK_KW_IF, TOK_KW_IS},        ['l'] = {TOK_KW_LAMBDA, TOK_KW_LAMBDA},
      ['n'] = {TOK_KW_NONLOCAL, TOK_KW_NOT}, ['o'] = {TOK_KW_OR, TOK_KW_OR},
      ['p'] = {TOK_KW_PASS, TOK_KW_PASS},    ['r'] = {TOK_KW_RAISE, TOK_KW_RETURN},
      ['t'] = {TOK_KW_TRY, TOK_KW_TRY},      ['w'] = {TOK_KW_WHILE, TOK_KW_WITH},
      ['y'] = {TOK_KW_YIELD, TOK_KW_YIELD},  ['z'] = {0, 0},
  };
  unsigned char first = (unsigned char)text[0];
  if (len < 2 || len > 8 || first > 'z' || range[first].first == 0) return TOK_NAME;
  for (int type = range[first].first; type <= range[first].last; type++) {
    const char *word = keyword_text[type - TOK_KW_FALSE];
    if (word[1] == text[1] && strncmp(word, text, len) == 0 && word[len] == 0) return type;
  }
  return TOK_NAME;
}

// A name with non-ASCII characters: each must be one that identifiers may have.
static bool name_verify(Lexer *lexer) {
  const char *start = lexer->token_start;
  EncodingError bad;
  if (!encoding_utf8_check(start, lexer->cur - start, &bad)) {
    lexer->failure = LEXER_DECODE;
    return false;
  }
  for (const char *p = start; p < lexer->cur;) {
    uint32_t ch;
    int step = lexer_decode_utf8(p, lexer->cur, &ch);
    bool fits = ch == '_' || (p == start ? uc_is_property_xid_start(ch) : uc_is_property_xid_continue(ch));
    if (!fits) {
      char character[5] = {0};
      memcpy(character, p, step);
      lexer->cur = p + step;
      if (lexer_is_printable(ch)) return lexer_fail(lexer, -1, -1, "invalid character '%s' (U+%04X)", character, (unsigned)ch);
      return lexer_fail(lexer, -1, -1, "invalid non-printable character U+%04X", (unsigned)ch);
    }
    p += step;
  }
  return true;
}

static bool string_unterminated(Lexer *lexer, bool triple, bool at_newline) {
  if (lexer->starved) {
    lexer->failure = LEXER_STARVED;
    return false;
  }
  int detected = lexer->lineno;
  lexer->cur = lexer->token_start + 1;
  lexer->line_start = lexer->multi_line_start;
  lexer->lineno = lexer->first_lineno;
  if (triple) lexer_fail(lexer, -1, -1, "unterminated triple-quoted string literal (detected at line %d)", detected);
  else lexer_fail(lexer, -1, -1, "unterminated string literal (detected at line %d)", detected);
  if (!at_newline) lexer->failure = LEXER_STRING_EOF;
  return false;
}

// cur stands on the opening quote.
static bool string_read(Lexer *lexer) {
  char quote = *lexer->cur;
  const char *p = lexer->cur + 1;
  lexer->first_lineno = lexer->lineno;
  lexer->multi_line_start = lexer->line_start;
  bool triple = p[0] == quote && p[1] == quote;
  if (!triple && p[0] == quote) {
    lexer->cur = p + 1;
    if (lexer->cur == lexer->end) lexer->at_eof = true;
    return true;
  }
  if (triple) p += 2;
  for (;;) {
    char c = *p;
    if (c == quote) {
      p++;
      if (!triple) break;
      if (p[0] == quote && p[1] == quote) {
        p += 2;
        break;
      }
      continue;
    }
    if (c == '\\' && p + 1 <= lexer->end) c = *++p;
    else if (c == '\n' && !triple) return string_unterminated(lexer, false, true);
    if (p == lexer->end) {
      lexer->at_eof = true;
      return string_unterminated(lexer, triple, false);
    }
    p++;
    if (c == '\n') {
      lexer->cur = p;
      if (!line_enter(lexer)) return string_unterminated(lexer, triple, false);
    }
  }
  lexer->cur = p;
  return true;
}

// A name, or a string with a prefix (b, r, u, f, and b or f together with r, in any case).
static bool name_read(Lexer *lexer, TokenType *type) {
  bool b = false, r = false, u = false, f = false;
  const char *p = lexer->cur;
  for (;;) {
    char c = *p;
    if (!(b || u || f) && (c == 'b' || c == 'B')) b = true;
    else if (!(b || u || r || f) && (c == 'u' || c == 'U')) u = true;
    else if (!(r || u) && (c == 'r' || c == 'R')) r = true;
    else if (!(f || b || u) && (c == 'f' || c == 'F')) f = true;
    else break;
    p++;
    if (*p == '"' || *p == '\'') {
      lexer->cur = p;
      *type = TOK_STRING;
      return string_read(lexer);
    }
  }
  unsigned char seen = 0;
  while (has_class(*p, C_NAME)) seen |= (unsigned char)*p++;
  lexer->cur = p;
  if (p == lexer->end) lexer->at_eof = true;
  if (seen & 0x80) {
    *type = TOK_NAME;
    return name_verify(lexer);
  }
  *type = keyword_find(lexer->token_start, p - lexer->token_start);
  if (lexer->async_hacks && (*type == TOK_KW_ASYNC || *type == TOK_KW_AWAIT)) {
    *type = lexer_async_word(lexer, *type);
    if (*type == TOK_KW_ASYNC && !lexer->in_async_def) {
      lexer->in_async_def = true;
      lexer->async_def_newline = false;
      lexer->async_def_indent = lexer->indent;
    }
  }
  return true;
}

// ---- comments -------------------------------------------------------------------------------------------------------------------

// Is the comment at `p` a "# type: ..." one? Blanks may stand, or not, where the model has a space. Answers where the type begins.
static const char *type_comment_match(const char *p, const char *end) {
  for (const char *model = "# type: "; *model; model++) {
    if (*model == ' ') {
      while (p < end && (*p == ' ' || *p == '\t')) p++;
    } else if (p < end && *p == *model) {
      p++;
    } else {
      return NULL;
    }
  }
  return p;
}

// cur stands at the comment's end; *p_start gets where the token's text begins. ENDMARKER: an ordinary comment.
static TokenType type_comment_read(const Lexer *lexer, const char **p_start) {
  const char *type = type_comment_match(lexer->token_start, lexer->cur);
  if (!type) return TOK_ENDMARKER;
  const char *rest = type + 6;
  if (lexer->cur >= rest && memcmp(type, "ignore", 6) == 0 && !(lexer->cur > rest && has_class(*rest, C_NAME) && *rest != '_')) {
    *p_start = rest;
    return TOK_TYPE_IGNORE;
  }
  *p_start = type;
  return TOK_TYPE_COMMENT;
}

// ---- operators ------------------------------------------------------------------------------------------------------------------

static bool bracket_open(Lexer *lexer, char c) {
  if (lexer->level >= LEXER_MAX_BRACKETS) return lexer_fail(lexer, -1, -1, "too many nested parentheses");
  lexer->brackets[lexer->level] = c;
  lexer->bracket_lines[lexer->level] = lexer->lineno;
  lexer->bracket_cols[lexer->level] = (int32_t)(lexer->token_start - lexer->line_start);
  lexer->level++;
  return true;
}

static bool bracket_close(Lexer *lexer, char c, char expected) {
  if (lexer->level == 0) return lexer_fail(lexer, -1, -1, "unmatched '%c'", c);
  int top = --lexer->level;
  char open = lexer->brackets[top];
  if (open == expected) return true;
  if (lexer->bracket_lines[top] != lexer->lineno)
    return lexer_fail(lexer, -1, -1, "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", c, open,
                      (int)lexer->bracket_lines[top]);
  return lexer_fail(lexer, -1, -1, "closing parenthesis '%c' does not match opening parenthesis '%c'", c, open);
}

// One operator; cur stands on its first character and ends behind the last.
static bool operator_read(Lexer *lexer, TokenType *type) {
  const char *p = lexer->cur;
  char c = p[0], c2 = p[1];
  TokenType found = TOK_OP;
  int len = 1;
#define ONE(TYPE) (found = (TYPE))
#define WITH_EQUAL(TYPE, TYPE_EQUAL) (c2 == '=' ? (found = (TYPE_EQUAL), len = 2) : (int)(found = (TYPE)))
#define DOUBLE(TYPE, TYPE_EQUAL) (p[2] == '=' ? (found = (TYPE_EQUAL), len = 3) : (found = (TYPE), len = 2))
  switch (c) {
    case '(': ONE(TOK_LPAR); break;
    case '[': ONE(TOK_LSQB); break;
    case '{': ONE(TOK_LBRACE); break;
    case ')': ONE(TOK_RPAR); break;
    case ']': ONE(TOK_RSQB); break;
    case '}': ONE(TOK_RBRACE); break;
    case ',': ONE(TOK_COMMA); break;
    case ';': ONE(TOK_SEMI); break;
    case '~': ONE(TOK_TILDE); break;
    case '.': c2 == '.' && p[2] == '.' ? (found = TOK_ELLIPSIS, len = 3) : (int)ONE(TOK_DOT); break;
    case ':': WITH_EQUAL(TOK_COLON, TOK_COLONEQUAL); break;
    case '=': WITH_EQUAL(TOK_EQUAL, TOK_EQEQUAL); break;
    case '!': WITH_EQUAL(TOK_OP, TOK_NOTEQUAL); break;
    case '+': WITH_EQUAL(TOK_PLUS, TOK_PLUSEQUAL); break;
    case '-': c2 == '>' ? (found = TOK_RARROW, len = 2) : WITH_EQUAL(TOK_MINUS, TOK_MINEQUAL); break;
    case '*': c2 == '*' ? DOUBLE(TOK_DOUBLESTAR, TOK_DOUBLESTAREQUAL) : WITH_EQUAL(TOK_STAR, TOK_STAREQUAL); break;
    case '/': c2 == '/' ? DOUBLE(TOK_DOUBLESLASH, TOK_DOUBLESLASHEQUAL) : WITH_EQUAL(TOK_SLASH, TOK_SLASHEQUAL); break;
    case '%': WITH_EQUAL(TOK_PERCENT, TOK_PERCENTEQUAL); break;
    case '@': WITH_EQUAL(TOK_AT, TOK_ATEQUAL); break;
    case '&': WITH_EQUAL(TOK_AMPER, TOK_AMPEREQUAL); break;
    case '|': WITH_EQUAL(TOK_VBAR, TOK_VBAREQUAL); break;
    case '^': WITH_EQUAL(TOK_CIRCUMFLEX, TOK_CIRCUMFLEXEQUAL); break;
    case '>': c2 == '>' ? DOUBLE(TOK_RIGHTSHIFT, TOK_RIGHTSHIFTEQUAL) : WITH_EQUAL(TOK_GREATER, TOK_GREATEREQUAL); break;
    case '<':
      if (c2 == '>') found = TOK_NOTEQUAL, len = 2;
      else if (c2 == '<') DOUBLE(TOK_LEFTSHIFT, TOK_LEFTSHIFTEQUAL);
      else WITH_EQUAL(TOK_LESS, TOK_LESSEQUAL);
      break;
    default: break;
  }
#undef ONE
#undef WITH_EQUAL
#undef DOUBLE
  lexer->cur = p + len;
  if ((lexer->cur == lexer->end && len < 3) || (found == TOK_DOT && c2 == '.' && p + 2 == lexer->end)) lexer->at_eof = true;
  *type = found;
  switch (found) {
    case TOK_LPAR:
    case TOK_LSQB:
    case TOK_LBRACE: return bracket_open(lexer, c);
    case TOK_RPAR: return bracket_close(lexer, c, '(');
    case TOK_RSQB: return bracket_close(lexer, c, '[');
    case TOK_RBRACE: return bracket_close(lexer, c, '{');
    case TOK_OP:
      if (!lexer_is_printable((unsigned char)c)) return lexer_fail(lexer, -1, -1, "invalid non-printable character U+%04X", (unsigned char)c);
      return true;
    default: return true;
  }
}

// ---- tokens ---------------------------------------------------------------------------------------------------------------------

// Fills in type and range; start NULL for a token without text.
static void token_finish(Lexer *lexer, Token *token, TokenType type, const char *start, const char *end) {
  const char *line_start = type == TOK_STRING ? lexer->multi_line_start : lexer->line_start;
  int shift = lexer->lineno == lexer->base_lineno ? lexer->base_col : 0;
  token->type = type;
  token->level = (uint16_t)lexer->level;
  token->start = start;
  token->len = start ? (uint32_t)(end - start) : 0;
  token->pos.lineno = type == TOK_STRING ? lexer->first_lineno : lexer->lineno;
  token->pos.col_offset = (start && start >= line_start ? (int32_t)(start - line_start) : -1) + shift;
  token->pos.end_lineno = lexer->lineno;
  token->pos.end_col_offset = (start && end >= lexer->line_start ? (int32_t)(end - lexer->line_start) : -1) + shift;
}

// Reads the token's text; the type, or TOK_ERROR. Comments and joined lines before it are skipped.
static TokenType token_read(Lexer *lexer, const char **p_start, const char **p_end) {
  bool blank_line;
next_line:
  lexer->token_start = NULL;
  blank_line = false;
  if (lexer->at_bol && !indentation_read(lexer, &blank_line)) return TOK_ERROR;
  lexer->token_start = lexer->cur;
  if (lexer->pending) {
    TokenType type = lexer->pending < 0 ? TOK_DEDENT : TOK_INDENT;
    lexer->pending += lexer->pending < 0 ? 1 : -1;
    return type;
  }
  if (lexer->in_async_def) lexer_async_leave(lexer, blank_line);
again:
  lexer->token_start = NULL;
  while (has_class(*lexer->cur, C_BLANK)) lexer->cur++;
  lexer->token_start = lexer->cur;
  char c = *lexer->cur;
  if (c == '#') {
    const char *newline = memchr(lexer->cur, '\n', lexer->end - lexer->cur);
    lexer->cur = newline ? newline : lexer->end;
    if (lexer->type_comments) {
      TokenType type = type_comment_read(lexer, p_start);
      if (type != TOK_ENDMARKER) {
        *p_end = lexer->cur;
        if (type == TOK_TYPE_IGNORE && blank_line && *lexer->cur == '\n') {
          lexer->cur++;
          lexer->at_bol = true;
        }
        return type;
      }
    }
    c = *lexer->cur;
  }
  if (c == 0 && lexer->cur == lexer->end) {
    lexer->at_eof = true;
    if (lexer->level == 0) return TOK_ENDMARKER;
    lexer->failure = LEXER_EOF;
    return TOK_ERROR;
  }
  *p_start = lexer->token_start;
  TokenType type;
  bool fine;
  if (has_class(c, C_NAME_START)) {
    fine = name_read(lexer, &type);
  } else if (c == '\n') {
    lexer->at_bol = true;
    lexer->cur++;
    if (blank_line || lexer->level > 0) goto next_line;
    *p_end = lexer->cur - 1;
    lexer->async_def_newline = lexer->in_async_def;
    return TOK_NEWLINE;
  } else if ((c >= '0' && c <= '9') || (c == '.' && lexer->cur[1] >= '0' && lexer->cur[1] <= '9')) {
    type = TOK_NUMBER;
    fine = lexer_read_number(lexer);
    if (lexer->cur == lexer->end) lexer->at_eof = true;
  } else if (c == '"' || c == '\'') {
    type = TOK_STRING;
    fine = string_read(lexer);
  } else if (c == '\\') {
    lexer->cur++;
    if (!line_continue(lexer)) return TOK_ERROR;
    goto again;
  } else {
    fine = operator_read(lexer, &type);
  }
  *p_end = lexer->cur;
  return fine ? type : TOK_ERROR;
}

void lexer_next(Lexer *lexer, Token *token) {
  const char *start = NULL, *end = NULL;
  TokenType type = token_read(lexer, &start, &end);
  if (type == TOK_ERROR || type == TOK_ENDMARKER || type == TOK_INDENT || type == TOK_DEDENT) start = NULL;
  token_finish(lexer, token, type, start, end);
}

const char *lexer_token_name(TokenType type) {
  static const char *const names[TOK_COUNT] = {"ENDMARKER",
                                               "NAME",
                                               "NUMBER",
                                               "STRING",
                                               "NEWLINE",
                                               "INDENT",
                                               "DEDENT",
                                               "TYPE_COMMENT",
                                               "TYPE_IGNORE",
                                               "OP",
                                               "ERRORTOKEN",
#define X(NAME, TEXT) TEXT,
                                               LEXER_OPERATORS(X) LEXER_KEYWORDS(X)
#undef X
  };
  return type < TOK_COUNT ? names[type] : "?";
}
