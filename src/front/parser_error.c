// Errors with their places: byte columns to offsets, and which text is shown, as CPython 3.11 decides both.
#include "front/parser_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "front/encoding.h"

// The line that an error at `lineno` shows. What the lexer is reading now is shown up to the end of its line (from the beginning of a
// token that spans lines); an earlier line is shown without its line end.
static size_t error_text(const Parser *p, int lineno, const char **text) {
  const Lexer *lexer = &p->lexer;
  bool started = lexer->lineno > (lexer->base_lineno ? lexer->base_lineno - 1 : 0);
  const char *line_end = !started ? lexer->text : lexer->failure == LEXER_STRING_EOF ? lexer->end : lexer_line_end(lexer);
  if (lexer->lineno <= lineno && line_end > lexer->buf) {
    *text = lexer->buf;
    return line_end - lexer->buf;
  }
  int relative = lexer->base_lineno ? lineno - lexer->base_lineno + 1 : lineno;
  const char *line = lexer->text;
  for (int i = 1; i < relative; i++) {
    const char *newline = memchr(line, '\n', lexer->end - line);
    if (!newline) break;
    line = newline + 1;
  }
  const char *newline = memchr(line, '\n', lexer->end - line);
  *text = line;
  return (newline ? newline : lexer->end) - line;
}

// A column behind the place in bytes (1-based) to characters. A column behind the text counts one.
static int to_characters(const char *text, size_t len, int col) {
  if (col < 0) return col;
  if ((size_t)col > len) return lexer_count_chars(text, len) + 1;
  return lexer_count_chars(text, (size_t)col);
}

// Columns are 1-based bytes here.
static bool raise_at(Parser *p, FrontErrorKind kind, int lineno, int col, int end_lineno, int end_col, const char *format, va_list args) {
  FrontError *err = p->err;
  if (err->kind != FRONT_OK) return false;
  if (end_lineno == PARSER_CURRENT) end_lineno = p->lexer.lineno;
  if (end_col == PARSER_CURRENT) end_col = (int)(p->lexer.cur - p->lexer.line_start);
  front_error_vset(err, kind, format, args);
  if (err->kind != kind) return false;
  if (p->start == START_FSTRING) {
    char *prefixed = malloc(strlen(err->message) + 11);
    if (!prefixed) {
      err->kind = FRONT_MEMORY_ERROR;
      return false;
    }
    strcpy(prefixed, "f-string: ");
    strcat(prefixed, err->message);
    free(err->message);
    err->message = prefixed;
    col -= p->lexer.base_col;
    end_col -= p->lexer.base_col;
  }
  const char *text;
  size_t len = error_text(p, lineno, &text);
  if (p->declared_encoding) {
    col = to_characters(text, len, col);
    if (end_col > 0) end_col = to_characters(text, len, end_col);
  }
  front_error_place(err, lineno, col, end_lineno, end_col, text, len);
  encoding_repair_text(err);
  return false;
}

bool parser_error(Parser *p, FrontErrorKind kind, const char *format, ...) {
  va_list args;
  va_start(args, format);
  if (p->fill == 0) {
    raise_at(p, kind, 0, 0, 0, -1, format, args);
  } else {
    const Token *t = p->has_known_error ? &p->known_error : &p->tokens[p->fill - 1];
    const Lexer *lexer = &p->lexer;
    int col = t->pos.col_offset + 1, end_col = -1;
    if (t->pos.col_offset == -1) col = lexer->cur == lexer->buf ? 0 : (int)(lexer->cur - lexer->line_start);
    if (t->pos.end_col_offset != -1) end_col = t->pos.end_col_offset + 1;
    raise_at(p, kind, t->pos.lineno, col, t->pos.end_lineno, end_col, format, args);
  }
  va_end(args);
  return false;
}

bool parser_error_at(Parser *p, FrontErrorKind kind, AstPos pos, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int end_col = pos.end_col_offset == PARSER_CURRENT ? PARSER_CURRENT : pos.end_col_offset + 1;
  raise_at(p, kind, pos.lineno, pos.col_offset + 1, pos.end_lineno, end_col, format, args);
  va_end(args);
  return false;
}

// "'(' was never closed", at the innermost open bracket.
static bool unclosed_error(Parser *p) {
  const Lexer *lexer = &p->lexer;
  int top = lexer->level - 1;
  AstPos pos = {lexer->bracket_lines[top], lexer->bracket_cols[top], lexer->bracket_lines[top], -1};
  return parser_error_at(p, FRONT_SYNTAX_ERROR, pos, "'%c' was never closed", lexer->brackets[top]);
}

bool parser_lexer_error(Parser *p) {
  const Lexer *lexer = &p->lexer;
  AstPos pos = {lexer->lineno, 0, lexer->lineno, -1};
  switch (lexer->failure) {
    case LEXER_STARVED: return front_error_set(p->err, FRONT_NEED_LINE, "the statement goes on");
    case LEXER_EOF: return lexer->level ? unclosed_error(p) : parser_error(p, FRONT_SYNTAX_ERROR, "unexpected EOF while parsing");
    case LEXER_DEDENT: return parser_error(p, FRONT_INDENTATION_ERROR, "unindent does not match any outer indentation level");
    case LEXER_TABSPACE: return parser_error_at(p, FRONT_TAB_ERROR, pos, "inconsistent use of tabs and spaces in indentation");
    case LEXER_TOO_DEEP: return parser_error_at(p, FRONT_INDENTATION_ERROR, pos, "too many levels of indentation");
    case LEXER_CONTINUATION:
      pos.col_offset = (int32_t)(lexer->cur - lexer->buf - 1);
      pos.col_offset = pos.col_offset < 0 ? 0 : pos.col_offset;
      return parser_error_at(p, FRONT_SYNTAX_ERROR, pos, "unexpected character after line continuation character");
    case LEXER_DECODE: {
      EncodingError bad;
      char message[160];
      if (encoding_utf8_check(lexer->token_start, lexer->cur - lexer->token_start, &bad)) return parser_error(p, FRONT_SYNTAX_ERROR, "invalid token");
      encoding_utf8_message(lexer->token_start, &bad, message, sizeof message);
      return parser_error(p, FRONT_SYNTAX_ERROR, "(unicode error) %s", message);
    }
    default: return false;
  }
}

bool parser_error_unclosed_before(Parser *p, int lineno) {
  if (p->lexer.level == 0 || p->lexer.bracket_lines[p->lexer.level - 1] >= lineno) return false;
  unclosed_error(p);
  return true;
}

bool parser_check_version(Parser *p, int version, const char *what) {
  if (p->feature_version >= version) return true;
  return parser_error(p, FRONT_SYNTAX_ERROR, "%s only supported in Python 3.%i and greater", what, version);
}
