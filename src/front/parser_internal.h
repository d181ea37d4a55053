// What the files of the parser share: the token window, the growing of sequences, the entries of each file.
#ifndef WEFT_FRONT_PARSER_INTERNAL_H
#define WEFT_FRONT_PARSER_INTERNAL_H

#include "front/arena.h"
#include "front/ast.h"
#include "front/lexer.h"
#include "front/parse_options.h"
#include "front/syntax_error.h"

// Two parsers share this state.
//
// The fast one (parser_expr.c, parser_stmt.c, parser_pattern.c) descends predictively and builds the AST. It only ever says "no": a function
// that answers NULL has met a syntax error or run out of memory, without a word about it. It keeps just the tokens of the
// statement at hand.
//
// Then the diagnosing one (parser_diagnose.c) reads the text again from its beginning as CPython's PEG parser does, in the order in which CPython
// tries its alternatives, because the first specialised message met in that order is the one to report.

typedef enum StartRule { START_FILE, START_SINGLE, START_EVAL, START_FUNC_TYPE, START_FSTRING } StartRule;

#define PARSER_FIRST_TOKENS 32

typedef struct ParserWarning {
  FrontWarningKind kind;
  int lineno;
  const char *message;        // in the arena
} ParserWarning;

typedef struct Parser {
  Lexer lexer;
  Token *tokens;              // a window of the token stream: [0, fill) are read, `pos` is the current one
  int pos, fill, capacity;
  const char *statement_end;  // where the lexer stood before it read the newest token
  bool streaming;             // the window is emptied at each statement
  bool parsing_started;       // START_SINGLE: a token other than the end has been seen
  bool no_memory;
  StartRule start;
  AstPos prev;                // range of the last consumed token that has text: nodes end there
  void **stack;               // items of sequences under construction
  size_t stack_used, stack_capacity;
  int depth;                  // of nested rules, see parser_enter
  const char *stack_base;     // address in the outermost frame of the parse, for the depth check
  bool declared_encoding;     // error offsets count characters; else bytes
  bool diagnosing;            // this is the second kind of parser
  struct ParserWarning *warnings;     // the fast parser's, held back until the text is known to be good
  size_t warning_count, warning_capacity;
  const char *strings_done;   // string tokens before this place have given their warnings: an attempt may read them twice
  int feature_version;
  const FrontFlags *flags;
  Arena *arena;
  FrontError *err;
  bool has_known_error;       // errors without a place of their own go to known_error instead of the last token
  Token known_error;
  AstTypeIgnore **type_ignores;
  size_t type_ignore_count, type_ignore_capacity;
  Token first_tokens[PARSER_FIRST_TOKENS];
} Parser;

// A parser at the beginning of text. outer: the parser of the f-string that the text stands in, or NULL.
void parser_init(Parser *p, StartRule start, const char *text, size_t len, const FrontFlags *flags, Arena *arena,
                 FrontError *err, const Parser *outer);
void parser_finish(Parser *p);

// Reads one more token into the window.
bool parser_fill(Parser *p);

// Text to AST for an f-string's expression: the fast parser, then (when `diagnose`) the other one. NULL: refused.
AstExpr *parser_run_fstring(Parser *outer, const char *text, size_t len, int lineno, int col, bool diagnose);

// parser_warn.c: from now on the parser keeps its warnings,
void parser_warnings_hold(Parser *p);

// and gives them now, the text being good. False when one became an error: *err is set.
bool parser_warnings_deliver(Parser *p, FrontWarnFn warn, void *warn_context);

// ---- tokens ---------------------------------------------------------------------------------------------------------------------

static inline const Token *tok(const Parser *p) { return &p->tokens[p->pos]; }

static inline TokenType peek(const Parser *p) { return p->tokens[p->pos].type; }

// Goes to the next token; the window always holds the current one.
static inline void advance(Parser *p) {
  const Token *t = &p->tokens[p->pos];
  if (t->type != TOK_NEWLINE && t->type != TOK_INDENT && t->type != TOK_DEDENT)
    p->prev = t->pos;
  if (t->type != TOK_ERROR && ++p->pos == p->fill)
    parser_fill(p);
}

static inline bool accept(Parser *p, TokenType type) {
  if (peek(p) != type)
    return false;
  advance(p);
  return true;
}

// The token after the current one.
static inline TokenType peek_second(Parser *p) {
  if (p->pos + 1 == p->fill && (peek(p) == TOK_ERROR || !parser_fill(p)))
    return TOK_ERROR;
  return p->tokens[p->pos + 1].type;
}

static inline bool token_is(const Token *t, const char *word, size_t len) {
  return t->type == TOK_NAME && t->len == len && __builtin_memcmp(t->start, word, len) == 0;
}

// The range from a starting token's place to the last consumed token.
static inline AstPos span(const Parser *p, AstPos start) {
  start.end_lineno = p->prev.end_lineno;
  start.end_col_offset = p->prev.end_col_offset;
  return start;
}

// A node from `start` to the last consumed token, with the fields of its kind: PARSER_NODE(AstExpr, ast_expr_new, p, Slice, start,
// .lower = lower...). NULL: no memory. Each file has a NODE for the kind of node that it makes.
#define PARSER_NODE(TYPE, NEW, P, KIND, START, ...) \
  ({ \
    TYPE *made_ = NEW((P)->arena, AST_##KIND, span(P, START)); \
    if (made_) \
      made_->u = (__typeof__(made_->u)){ .KIND = { __VA_ARGS__ } }; \
    made_; \
  })

// Where to come back to when an attempt fails.
typedef struct Mark { int pos, depth; AstPos prev; size_t stack_used; } Mark;

static inline Mark mark_set(const Parser *p) { return (Mark){ p->pos, p->depth, p->prev, p->stack_used }; }

static inline void mark_return(Parser *p, Mark mark) {
  p->pos = mark.pos;
  p->depth = mark.depth;
  p->prev = mark.prev;
  p->stack_used = mark.stack_used;
}

// Is there C stack left for one more level of recursion? False sets no_memory.
bool parser_may_recurse(Parser *p);

// As CPython's parser nests about so many rules here, and gives up at PARSER_MAX_DEPTH of them. False: too deep, no_memory is set. Every
// success needs a `p->depth -= levels`; failures need none, as they end the parse or come back to a mark.
#define PARSER_MAX_DEPTH 6000
#define PARSER_BASE_DEPTH 29    // from the start down to a plain expression statement
static inline bool parser_enter(Parser *p, int levels) {
  p->depth += levels;
  if (p->depth < PARSER_MAX_DEPTH)
    return parser_may_recurse(p);
  p->no_memory = true;
  return false;
}

// ---- sequences ------------------------------------------------------------------------------------------------------------------

bool parser_push(Parser *p, void *item);

// Moves the items pushed since `base` (a value of stack_used) into *seq, any of the AST's sequences.
bool parser_take(Parser *p, size_t base, AstAnySeq *seq);
#define TAKE(P, BASE, SEQ) parser_take(P, BASE, (AstAnySeq *)(SEQ))

// ---- the fast parser ------------------------------------------------------------------------------------------------------------

AstMod *parser_parse_mod(Parser *p);                        // parser_stmt.c

AstExpr *parse_expression(Parser *p);                       // parser_expr.c; names are those of the grammar
AstExpr *parse_named_expression(Parser *p);
AstExpr *parse_star_expressions(Parser *p);
AstExpr *parse_star_named_expression(Parser *p);
AstExpr *parse_expressions(Parser *p);
AstExpr *parse_yield_expr(Parser *p);
AstExpr *parse_annotated_rhs(Parser *p);
AstExpr *parse_star_targets(Parser *p);                     // after `for`
AstExpr *parse_star_target(Parser *p);                      // after `as`
bool parse_arguments(Parser *p, AstExprSeq *args, AstKeywordSeq *keywords, bool may_be_genexp, AstExpr **genexp);
AstArguments *parse_parameters(Parser *p, TokenType closing, bool annotated);
AstName *parse_name(Parser *p);                             // consumes a NAME
AstExpr *parse_strings(Parser *p);
AstExpr *parse_number(Parser *p);

// Makes targets of an expression: sets the context throughout. False when it cannot be one.
bool expr_to_target(AstExpr *expr, AstExprContext ctx);

// parser_pattern.c; the current token is the name `match`. NULL with *committed false: it is no match statement after all.
AstStmt *parse_match_stmt(Parser *p, bool *committed);
bool parse_block(Parser *p, AstStmtSeq *body);              // parser_stmt.c; from behind the ':'

// ---- literals -------------------------------------------------------------------------------------------------------------------

// parser_literal.c: the value of a number token. False: out of memory, or too many digits (then *err is set if `report`).
bool literal_number(Parser *p, const Token *t, AstConst *value, bool report);

// A str or bytes literal cut into its parts.
typedef struct StringParts {
  bool bytes, raw, format, u_kind;
  const char *body;
  size_t len;
} StringParts;
void literal_string_parts(const Token *t, StringParts *parts);

// A buffer that grows; `failed` sticks.
typedef struct Buffer { char *data; size_t len, capacity; bool failed; } Buffer;
void buffer_add(Buffer *b, const char *bytes, size_t len);
void buffer_free(Buffer *b);

// Adds the value of body text to out; t is the token it stands in. `report`: errors and warnings are given, else only refused.
bool literal_decode(Parser *p, const Token *t, const char *body, size_t len, bool raw, bool bytes, bool report, Buffer *out);

// A Constant of the text.
AstExpr *literal_constant(Parser *p, AstConstKind kind, const char *text, size_t len, bool u_kind, AstPos pos);

// fstring.c: the value of adjacent STRING tokens first[0..count).
AstExpr *strings_concatenate(Parser *p, const Token *first, int count, bool report);

// Warns "invalid escape sequence '\d'": false when it became an error. `bad` points at the character behind the backslash.
bool literal_warn_escape(Parser *p, const Token *t, const char *bad, bool octal);

// ---- errors (parser_error.c) ----------------------------------------------------------------------------------------------------

// As CPython: an error at the last token read. Always false.
bool parser_error(Parser *p, FrontErrorKind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

// An error with a range in byte columns; end_col -1 leaves the end open, PARSER_CURRENT means where the lexer stands.
#define PARSER_CURRENT (-5)
bool parser_error_at(Parser *p, FrontErrorKind kind, AstPos pos, const char *format, ...) __attribute__((format(printf, 4, 5)));

// Turns the lexer's failure into an error.
bool parser_lexer_error(Parser *p);

// If the innermost open bracket stands in a line before lineno, sets "'(' was never closed" and answers true.
bool parser_error_unclosed_before(Parser *p, int lineno);

// Parses again to find the message; sets *err. Warnings go to `warn` as they come up.
void parser_diagnose(Parser *p, FrontWarnFn warn, void *warn_context);

// "X only supported in Python 3.n and greater" unless the feature version allows it.
bool parser_check_version(Parser *p, int version, const char *what);

#endif
