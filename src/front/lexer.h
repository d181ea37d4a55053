// Source text to tokens: one pass over UTF-8, with the indentation stack and the errors of Python 3.11's tokenizer.
#ifndef WEFT_FRONT_LEXER_H
#define WEFT_FRONT_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "front/ast.h"
#include "front/parse_options.h"
#include "front/syntax_error.h"

// Token types. The keyword and operator lists also give the spelling, for "expected ':'" and for dumps.
#define LEXER_KEYWORDS(X) \
  X(FALSE, "False") X(NONE, "None") X(TRUE, "True") X(AND, "and") X(AS, "as") X(ASSERT, "assert") X(ASYNC, "async") \
  X(AWAIT, "await") X(BREAK, "break") X(CLASS, "class") X(CONTINUE, "continue") X(DEF, "def") X(DEL, "del") \
  X(ELIF, "elif") X(ELSE, "else") X(EXCEPT, "except") X(FINALLY, "finally") X(FOR, "for") X(FROM, "from") \
  X(GLOBAL, "global") X(IF, "if") X(IMPORT, "import") X(IN, "in") X(IS, "is") X(LAMBDA, "lambda") \
  X(NONLOCAL, "nonlocal") X(NOT, "not") X(OR, "or") X(PASS, "pass") X(RAISE, "raise") X(RETURN, "return") X(TRY, "try") \
  X(WHILE, "while") X(WITH, "with") X(YIELD, "yield")

#define LEXER_OPERATORS(X) \
  X(LPAR, "(") X(RPAR, ")") X(LSQB, "[") X(RSQB, "]") X(LBRACE, "{") X(RBRACE, "}") X(COLON, ":") X(COMMA, ",") \
  X(SEMI, ";") X(DOT, ".") X(ELLIPSIS, "...") X(AT, "@") X(EQUAL, "=") X(RARROW, "->") X(COLONEQUAL, ":=") \
  X(PLUS, "+") X(MINUS, "-") X(STAR, "*") X(SLASH, "/") X(DOUBLESLASH, "//") X(PERCENT, "%") X(DOUBLESTAR, "**") \
  X(LEFTSHIFT, "<<") X(RIGHTSHIFT, ">>") X(AMPER, "&") X(VBAR, "|") X(CIRCUMFLEX, "^") X(TILDE, "~") \
  X(LESS, "<") X(GREATER, ">") X(LESSEQUAL, "<=") X(GREATEREQUAL, ">=") X(EQEQUAL, "==") X(NOTEQUAL, "!=") \
  X(PLUSEQUAL, "+=") X(MINEQUAL, "-=") X(STAREQUAL, "*=") X(ATEQUAL, "@=") X(SLASHEQUAL, "/=") X(PERCENTEQUAL, "%=") \
  X(AMPEREQUAL, "&=") X(VBAREQUAL, "|=") X(CIRCUMFLEXEQUAL, "^=") X(LEFTSHIFTEQUAL, "<<=") X(RIGHTSHIFTEQUAL, ">>=") \
  X(DOUBLESTAREQUAL, "**=") X(DOUBLESLASHEQUAL, "//=")

typedef enum TokenType {
  TOK_ENDMARKER, TOK_NAME, TOK_NUMBER, TOK_STRING, TOK_NEWLINE, TOK_INDENT, TOK_DEDENT, TOK_TYPE_COMMENT, TOK_TYPE_IGNORE,
  TOK_OP,         // a character that is no operator ('$', '?', '!', '`'): the parser will refuse it
  TOK_ERROR,      // Lexer.failure says what
#define X(NAME, TEXT) TOK_##NAME,
  LEXER_OPERATORS(X)
#undef X
#define X(NAME, TEXT) TOK_KW_##NAME,
  LEXER_KEYWORDS(X)
#undef X
  TOK_COUNT
} TokenType;

// Columns are byte offsets; -1 where the token has no text (INDENT, DEDENT, ENDMARKER). `start` points into the lexer's text.
typedef struct Token {
  uint8_t type;
  uint16_t level;         // open brackets after this token
  uint32_t len;
  const char *start;
  AstPos pos;
} Token;

// Why a TOK_ERROR came. The first group leaves the message to the parser, which knows the tokens so far; LEXER_RAISED has
// filled Lexer.err already.
typedef enum LexerFailure {
  LEXER_FINE,
  LEXER_EOF,              // the text ended inside brackets or after a backslash
  LEXER_DEDENT,           // unindent does not match any outer indentation level
  LEXER_TABSPACE,
  LEXER_TOO_DEEP,         // 100 levels of indentation
  LEXER_CONTINUATION,     // something behind a backslash
  LEXER_DECODE,           // an identifier is not UTF-8: decode_error has the text
  LEXER_RAISED,           // err is set: a message of the lexer's own
  LEXER_STRING_EOF,       // as LEXER_RAISED, for a string that the end of the text cut off
  LEXER_STARVED           // more_to_come, and the next line is wanted
} LexerFailure;

#define LEXER_MAX_INDENT 100
#define LEXER_MAX_BRACKETS 200

// Plain state; copy it to come back to a place. `text` is 0-terminated, has only '\n' as line end, and outlives the lexer.
typedef struct Lexer {
  const char *cur;
  const char *line_start;         // of the line that cur is in; stays behind a '\n' until the next character is wanted
  const char *buf;                // where CPython's buffer would begin: line_start, or that of a token spanning lines
  const char *token_start;        // of the token being read; NULL between tokens
  const char *text;
  const char *end;                // the terminating 0 byte
  int32_t lineno;
  int32_t base_lineno;            // tokens of this line have base_col added to their columns: the place of an f-string's
  int32_t base_col;               // expression in the file
  int32_t first_lineno;           // of the string token just read, with its line's start:
  const char *multi_line_start;
  bool at_bol;
  bool at_eof;                    // the end of the text has been looked at
  bool interactive;               // lines typed at a prompt: an empty one is a NEWLINE that ends a block
  bool more_to_come;              // with interactive: the end of the text is not the end of the input
  bool starved;                   // with more_to_come: the end has been reached
  bool type_comments;
  bool async_hacks;               // Python 3.5 and 3.6: async and await are keywords in `async def` functions only
  bool in_async_def;              // with async_hacks: within such a function,
  bool async_def_newline;         // and behind its first line;
  int async_def_indent;           // the indentation level that the function stands at
  bool quiet;                     // give no warnings
  bool silent;                    // set no errors: `failure` alone tells
  int pending;                    // INDENTs (>0) or DEDENTs (<0) to hand out
  int indent;
  int level;
  LexerFailure failure;
  FrontErrorKind warn_outcome;    // FRONT_RAISED when the warning callback raised
  FrontWarnFn warn;
  void *warn_context;
  FrontError *err;
  char brackets[LEXER_MAX_BRACKETS];
  int32_t bracket_lines[LEXER_MAX_BRACKETS];
  int32_t bracket_cols[LEXER_MAX_BRACKETS];
  int indents[LEXER_MAX_INDENT];
  int alt_indents[LEXER_MAX_INDENT];
} Lexer;

// Starts at the beginning of text[0..len), text[len] == 0. Errors go to *err.
void lexer_init(Lexer *lexer, const char *text, size_t len, FrontError *err);

// Reads the next token. At the end it gives ENDMARKER again and again; after TOK_ERROR it must not be called again.
void lexer_next(Lexer *lexer, Token *token);

// End of the line that the lexer is in, its '\n' included.
const char *lexer_line_end(const Lexer *lexer);

// Gives a warning through the callback. False when it became an error: then *err is set as a SyntaxError without location, or
// warn_outcome is FRONT_RAISED.
bool lexer_warn(Lexer *lexer, FrontWarningKind kind, const char *message, int lineno);

// ":=", "while", "NAME"...
const char *lexer_token_name(TokenType type);

// lexer_number.c: reads a number whose first character *cur (a digit, or a '.' before a digit) is. False: an error was set.
bool lexer_read_number(Lexer *lexer);

// lexer_async.c: with async_hacks, what the name token just read, `async` or `await`, stands for.
TokenType lexer_async_word(const Lexer *lexer, TokenType keyword);

// lexer_async.c: with async_hacks, sees whether the async function has ended before the token that is about to be read.
void lexer_async_leave(Lexer *lexer, bool blank_line);

// Sets the SyntaxError that CPython's tokenizer would: the line so far, offset `col` (-1: at cur), end_offset `end_col` (-1: same).
// Sets failure to LEXER_RAISED and answers false.
bool lexer_fail(Lexer *lexer, int col, int end_col, const char *format, ...) __attribute__((format(printf, 4, 5)));

// Decodes one UTF-8 sequence (lone surrogates allowed): its length, 0 when it is malformed. `end` bounds the read.
int lexer_decode_utf8(const char *p, const char *end, uint32_t *ch);

// How many characters text[0..len) has, a malformed stretch counting as CPython's "replace" handler would.
int lexer_count_chars(const char *text, size_t len);

// Whether str.isprintable() would hold for the character.
bool lexer_is_printable(uint32_t ch);

#endif
