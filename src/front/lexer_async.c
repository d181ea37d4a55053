// `async` and `await` as Python 3.5 and 3.6 had them: keywords only in front of `def` and within such a function.
#include "front/lexer.h"

TokenType lexer_async_word(const Lexer *lexer, TokenType keyword) {
  if (lexer->in_async_def) return keyword;
  if (keyword == TOK_KW_AWAIT) return TOK_NAME;
  FrontError ignored = FRONT_ERROR_INIT;
  Lexer ahead = *lexer;
  Token next;
  ahead.err = &ignored;
  ahead.quiet = true;
  lexer_next(&ahead, &next);
  front_error_clear(&ignored);
  return next.type == TOK_KW_DEF ? TOK_KW_ASYNC : TOK_NAME;
}

void lexer_async_leave(Lexer *lexer, bool blank_line) {
  if (!blank_line && *lexer->cur != '\n' && lexer->level == 0 && lexer->async_def_newline && lexer->async_def_indent >= lexer->indent)
    lexer->in_async_def = lexer->async_def_newline = false;
}
