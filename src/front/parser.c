// The entries of the front end, and the parser's token window and sequence stack.
#include "front/parser.h"

#include <stdlib.h>
#include <string.h>

#include "front/encoding.h"
#include "front/parser_internal.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define DEFAULT_STACK_LIMIT ((size_t)6 << 20)   // frames are larger then
#else
#define DEFAULT_STACK_LIMIT ((size_t)3 << 20)
#endif

void parser_init(Parser *p, StartRule start, const char *text, size_t len, const FrontFlags *flags, Arena *arena, FrontError *err,
                 const Parser *outer) {
  memset(p, 0, offsetof(Parser, first_tokens));
  lexer_init(&p->lexer, text, len, err);
  p->lexer.type_comments = flags->bits & FRONT_TYPE_COMMENTS;
  p->lexer.async_hacks = flags->feature_version > 0 && flags->feature_version < 7;
  p->lexer.interactive = start != START_FSTRING && flags->bits & FRONT_INTERACTIVE;
  p->lexer.more_to_come = p->lexer.interactive && flags->bits & FRONT_MORE_TO_COME;
  p->lexer.warn = flags->warn;
  p->lexer.warn_context = flags->warn_context;
  p->tokens = p->first_tokens;
  p->capacity = PARSER_FIRST_TOKENS;
  p->start = start;
  p->flags = flags;
  p->feature_version = flags->feature_version > 0 ? flags->feature_version : 11;
  p->arena = arena;
  p->err = err;
  p->depth = PARSER_BASE_DEPTH;
  p->stack_base = outer ? outer->stack_base : __builtin_frame_address(0);
}

void parser_finish(Parser *p) {
  if (p->tokens != p->first_tokens) free(p->tokens);
  free(p->stack);
  free(p->type_ignores);
  free(p->warnings);
}

bool parser_may_recurse(Parser *p) {
  size_t limit = p->flags->stack_limit ? p->flags->stack_limit : DEFAULT_STACK_LIMIT;
  const char *here = __builtin_frame_address(0);
  size_t used = here < p->stack_base ? p->stack_base - here : here - p->stack_base;
  if (used < limit) return true;
  p->no_memory = true;
  return false;
}

// ---- the token window -----------------------------------------------------------------------------------------------------------

static bool tokens_grow(Parser *p) {
  int capacity = p->capacity * 2;
  Token *tokens = p->tokens == p->first_tokens ? malloc(capacity * sizeof *tokens) : realloc(p->tokens, capacity * sizeof *tokens);
  if (!tokens) {
    p->no_memory = true;
    return false;
  }
  if (p->tokens == p->first_tokens) memcpy(tokens, p->first_tokens, sizeof p->first_tokens);
  p->tokens = tokens;
  p->capacity = capacity;
  return true;
}

static bool type_ignore_add(Parser *p, const Token *t) {
  if (p->type_ignore_count == p->type_ignore_capacity) {
    size_t capacity = p->type_ignore_capacity ? p->type_ignore_capacity * 2 : 8;
    AstTypeIgnore **items = realloc(p->type_ignores, capacity * sizeof *items);
    if (!items) return false;
    p->type_ignores = items;
    p->type_ignore_capacity = capacity;
  }
  AstTypeIgnore *ignore = arena_alloc(p->arena, sizeof *ignore);
  if (!ignore) return false;
  ignore->lineno = t->pos.lineno;
  ignore->tag = arena_copy(p->arena, t->start, t->len);
  p->type_ignores[p->type_ignore_count++] = ignore;
  return ignore->tag != NULL;
}

// A single statement's text needs no line end: the end of the input gives one, and closes the blocks.
static void single_input_end(Parser *p, Token *t) {
  if (t->type != TOK_ENDMARKER || !p->parsing_started) {
    p->parsing_started = true;
    return;
  }
  t->type = TOK_NEWLINE;
  p->parsing_started = false;
  if (p->lexer.indent && !(p->flags->bits & FRONT_DONT_IMPLY_DEDENT)) {
    p->lexer.pending = -p->lexer.indent;
    p->lexer.indent = 0;
  }
}

bool parser_fill(Parser *p) {
  if (p->fill == p->capacity && !tokens_grow(p)) {
    p->tokens[p->fill - 1].type = TOK_ERROR;
    p->pos = p->fill - 1;
    return false;
  }
  Token *t = &p->tokens[p->fill];
  p->statement_end = p->lexer.cur;
  lexer_next(&p->lexer, t);
  while (t->type == TOK_TYPE_IGNORE) {
    if (!type_ignore_add(p, t)) p->no_memory = true;
    lexer_next(&p->lexer, t);
  }
  if (p->start == START_SINGLE) single_input_end(p, t);
  p->fill++;
  return t->type != TOK_ERROR;
}

// ---- sequences ------------------------------------------------------------------------------------------------------------------

bool parser_push(Parser *p, void *item) {
  if (p->stack_used == p->stack_capacity) {
    size_t capacity = p->stack_capacity ? p->stack_capacity * 2 : 64;
    void **stack = realloc(p->stack, capacity * sizeof *stack);
    if (!stack) {
      p->no_memory = true;
      return false;
    }
    p->stack = stack;
    p->stack_capacity = capacity;
  }
  p->stack[p->stack_used++] = item;
  return true;
}

bool parser_take(Parser *p, size_t base, AstAnySeq *seq) {
  size_t count = p->stack_used - base;
  if (!ast_seq_new(p->arena, seq, count)) return false;
  if (count) memcpy(seq->items, p->stack + base, count * sizeof *seq->items);
  p->stack_used = base;
  return true;
}

// ---- entries --------------------------------------------------------------------------------------------------------------------

AstExpr *parser_run_fstring(Parser *outer, const char *text, size_t len, int lineno, int col, bool diagnose) {
  Parser p;
  parser_init(&p, START_FSTRING, text, len, outer->flags, outer->arena, outer->err, outer);
  p.lexer.base_lineno = lineno;
  p.lexer.base_col = col;
  p.lexer.lineno = lineno - 1;
  p.lexer.quiet = outer->lexer.quiet;
  p.lexer.silent = true;
  parser_warnings_hold(&p);
  AstExpr *expr = NULL;
  if (parser_may_recurse(&p)) {
    parser_fill(&p);
    expr = parse_star_expressions(&p);
  }
  if (expr && !parser_warnings_deliver(&p, outer->lexer.warn, outer->lexer.warn_context)) expr = NULL;
  else if (!expr && diagnose && p.err->kind == FRONT_OK && !p.no_memory) parser_diagnose(&p, outer->lexer.warn, outer->lexer.warn_context);
  outer->no_memory |= p.no_memory;
  parser_finish(&p);
  return expr;
}

static StartRule start_of(FrontMode mode) {
  switch (mode) {
    case FRONT_SINGLE: return START_SINGLE;
    case FRONT_EVAL: return START_EVAL;
    case FRONT_FUNC_TYPE: return START_FUNC_TYPE;
    default: return START_FILE;
  }
}

bool front_parse_source(const char *source, size_t len, const char *filename, FrontMode mode, FrontFlags flags, Arena *arena, AstMod **out,
                        FrontSource *decoded, FrontError *err) {
  EncodingResult text;
  EncodingMode encoding = flags.bits & FRONT_IGNORE_COOKIE ? ENCODING_UTF8 : flags.bits & FRONT_FILE_INPUT ? ENCODING_FILE : ENCODING_BYTES;
  if (!encoding_decode_source(source, len, filename, encoding, mode == FRONT_EXEC, arena, &text, err)) return false;
  *decoded = text.source;
  Parser p;
  parser_init(&p, start_of(mode), text.source.text, text.source.len, &flags, arena, err, NULL);
  p.declared_encoding = text.declared;
  p.streaming = true;
  p.lexer.silent = true;
  parser_warnings_hold(&p);
  *out = parser_parse_mod(&p);
  if (*out && !parser_warnings_deliver(&p, flags.warn, flags.warn_context)) *out = NULL;
  else if (!*out && p.lexer.starved) front_error_set(err, FRONT_NEED_LINE, "the statement goes on");
  else if (!*out && err->kind == FRONT_OK && !p.no_memory && !arena_failed(arena)) parser_diagnose(&p, flags.warn, flags.warn_context);
  if (!*out && err->kind == FRONT_OK) front_error_set(err, FRONT_MEMORY_ERROR, "out of memory");
  parser_finish(&p);
  return *out != NULL;
}

bool front_parse(const char *source, size_t len, const char *filename, FrontMode mode, FrontFlags flags, Arena *arena, AstMod **out,
                 FrontError *err) {
  FrontSource decoded;
  return front_parse_source(source, len, filename, mode, flags, arena, out, &decoded, err);
}
