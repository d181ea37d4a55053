// Finding the message for a text that the fast parser has refused: walks the grammar of parser_grammar.c the way CPython's parser does.
#include "front/parser_grammar.h"

#include <stdlib.h>
#include <string.h>

// A PEG parser: alternatives are tried in order, each from the same place, and results are remembered by (place, rule). There are two passes.
// The first, without the invalid rules, finds how far the text can be read: the last token it looked at is where a plain
// "invalid syntax" points. The second tries the invalid rules too, and the first that fits gives the message.

#define MAX_LEVEL 6000     // CPython's limit on nested rules, so that the same texts are too deep
#define MAX_ITEMS 12       // of one alternative
#define WORTH_KEEPING 40   // rules tried below one, from which on its result is remembered though CPython does not

// What a rule matched at a token, in a chain that hangs on the token.
typedef struct MemoEntry {
  struct MemoEntry *next;
  DiagNode *node;
  int end;   // where the match ends; -1: no match
  uint32_t key;
} MemoEntry;

typedef struct Diag {
  Parser *p;
  bool call_invalid;
  int level;
  unsigned work;      // rules tried so far
  MemoEntry **memo;   // by token index
  int memo_size;
} Diag;

static bool rule_match(Diag *d, int rule, DiagNode **out);

static bool stopped(const Diag *d) { return d->p->err->kind != FRONT_OK || d->p->no_memory; }

// ---- memo -----------------------------------------------------------------------------------------------------------------------

static uint32_t memo_key(const Diag *d, int rule) {
  // What CPython itself remembers it uses with and without invalid rules; what else we remember is kept apart for both, which changes no
  // result.
  bool shared = grammar_flags[rule] & (RULE_MEMO | RULE_LEFT);
  return (uint32_t)rule << 1 | (!shared && d->call_invalid);
}

static MemoEntry *memo_find(const Diag *d, int pos, uint32_t key) {
  MemoEntry *entry = pos < d->memo_size ? d->memo[pos] : NULL;
  while (entry && entry->key != key) entry = entry->next;
  return entry;
}

static bool memo_grow(Diag *d, int pos) {
  int size = d->memo_size ? d->memo_size * 2 : 64;
  while (size <= pos) size *= 2;
  MemoEntry **memo = realloc(d->memo, (size_t)size * sizeof *memo);
  if (!memo) {
    d->p->no_memory = true;
    return false;
  }
  memset(memo + d->memo_size, 0, (size_t)(size - d->memo_size) * sizeof *memo);
  d->memo = memo;
  d->memo_size = size;
  return true;
}

static void memo_store(Diag *d, int pos, uint32_t key, int end, DiagNode *node) {
  MemoEntry *entry = memo_find(d, pos, key);
  if (!entry) {
    if (pos >= d->memo_size && !memo_grow(d, pos)) return;
    entry = arena_alloc(d->p->arena, sizeof *entry);
    if (!entry) {
      d->p->no_memory = true;
      return;
    }
    entry->key = key;
    entry->next = d->memo[pos];
    d->memo[pos] = entry;
  }
  entry->end = end;
  entry->node = node;
}

// ---- nodes ----------------------------------------------------------------------------------------------------------------------

DiagNode *diag_node(Parser *p, int kind, AstPos pos) {
  DiagNode *node = arena_alloc(p->arena, sizeof *node);
  if (!node) {
    p->no_memory = true;
    return NULL;
  }
  node->kind = (uint32_t)kind;
  node->pos = pos;
  return node;
}

static DiagNode *node_with_items(Parser *p, int kind, AstPos pos, DiagNode **items, size_t count) {
  DiagNode *node = diag_node(p, kind, pos);
  if (!node || count == 0) return node;
  node->items = arena_alloc(p->arena, count * sizeof *items);
  if (!node->items) {
    p->no_memory = true;
    return NULL;
  }
  memcpy(node->items, items, count * sizeof *items);
  node->count = (uint32_t)count;
  return node;
}

// A list of what has been pushed since base.
static DiagNode *list_node(Parser *p, size_t base) {
  DiagNode **items = (DiagNode **)(p->stack + base);
  size_t count = p->stack_used - base;
  AstPos pos = {0};
  if (count) {
    pos = items[0]->pos;
    pos.end_lineno = items[count - 1]->pos.end_lineno;
    pos.end_col_offset = items[count - 1]->pos.end_col_offset;
  }
  DiagNode *node = node_with_items(p, NODE_LIST, pos, items, count);
  p->stack_used = base;
  return node;
}

// From the token at `start` to the last one before here that has text.
static AstPos match_span(const Parser *p, int start) {
  AstPos pos = p->tokens[start].pos;
  for (int i = p->pos - 1; i >= 0; i--) {
    const Token *t = &p->tokens[i];
    if (t->type == TOK_NEWLINE || t->type == TOK_INDENT || t->type == TOK_DEDENT || t->type == TOK_ENDMARKER) continue;
    pos.end_lineno = t->pos.end_lineno;
    pos.end_col_offset = t->pos.end_col_offset;
    break;
  }
  return pos;
}

// ---- matching -------------------------------------------------------------------------------------------------------------------

// Makes sure that the current token has been read; a lexer's error becomes the error.
static bool have_token(Diag *d) {
  Parser *p = d->p;
  if (stopped(d)) return false;
  if (p->pos < p->fill) return true;
  if (!parser_fill(p)) {
    if (!p->no_memory) parser_lexer_error(p);
    return false;
  }
  return true;
}

// The parser's rule is lenient: any prefix of a soft keyword counts, so that `c d` is not taken for a forgotten comma.
static bool is_any_soft_keyword(const Token *t) {
  return t->type == TOK_NAME &&
         (strncmp("_", t->start, t->len) == 0 || strncmp("case", t->start, t->len) == 0 || strncmp("match", t->start, t->len) == 0);
}

static bool token_fits(const Token *t, GrammarCode code) {
  switch (code) {
    case G_WORD_MATCH: return token_is(t, "match", 5);
    case G_WORD_CASE: return token_is(t, "case", 4);
    case G_WORD_UNDERSCORE: return token_is(t, "_", 1);
    case G_ANY_SOFT_KEYWORD: return is_any_soft_keyword(t);
    default: return t->type == code - G_TOKEN;
  }
}

// A token or a rule at the current place.
static bool item_match(Diag *d, GrammarCode code, DiagNode **out) {
  Parser *p = d->p;
  if (code >= G_RULE) return rule_match(d, code - G_RULE, out);
  if (!have_token(d) || !token_fits(&p->tokens[p->pos], code)) return false;
  *out = diag_node(p, NODE_TOKEN, p->tokens[p->pos].pos);
  if (!*out) return false;
  (*out)->token = p->pos++;
  return true;
}

static bool repeat_match(Diag *d, GrammarCode separator, GrammarCode item, bool at_least_one, DiagNode **out) {
  Parser *p = d->p;
  size_t base = p->stack_used;
  DiagNode *node, *ignored;
  int before = p->pos;
  d->level++;
  while (item_match(d, item, &node) && parser_push(p, node)) {
    before = p->pos;
    if (separator && !item_match(d, separator, &ignored)) break;
  }
  d->level--;
  p->pos = before;
  if (stopped(d) || (at_least_one && p->stack_used == base)) {
    p->stack_used = base;
    return false;
  }
  *out = list_node(p, base);
  return *out != NULL;
}

static bool look_match(Diag *d, GrammarCode item, bool wanted) {
  DiagNode *ignored;
  int before = d->p->pos;
  bool found = item_match(d, item, &ignored);
  d->p->pos = before;
  return !stopped(d) && found == wanted;
}

static bool must_match(Diag *d, GrammarCode item, DiagNode **out) {
  if (item_match(d, item, out)) return true;
  if (!stopped(d)) parser_error_at(d->p, FRONT_SYNTAX_ERROR, d->p->tokens[d->p->pos].pos, "expected '%s'", lexer_token_name(item - G_TOKEN));
  return false;
}

// Where one alternative is being matched.
typedef struct Alternative {
  const GrammarCode *code;
  DiagNode *item[MAX_ITEMS];
  int count;
  bool cut;
} Alternative;

// The items of an alternative up to its end code.
static bool items_match(Diag *d, Alternative *a) {
  for (;; a->code++) {
    GrammarCode code = *a->code;
    DiagNode **out = &a->item[a->count];
    bool fine;
    if (code >= G_PICK) return true;
    switch (code) {
      case G_OPT: {
        int before = d->p->pos;
        if (!item_match(d, *++a->code, out)) {
          *out = NULL;
          d->p->pos = before;
        }
        fine = !stopped(d);
        a->count++;
        break;
      }
      case G_MANY:
      case G_SOME:
        a->code++;
        fine = repeat_match(d, 0, *a->code, code == G_SOME, out);
        a->count++;
        break;
      case G_SEP:
        a->code += 2;
        fine = repeat_match(d, a->code[-1], a->code[0], true, out);
        a->count++;
        break;
      case G_IF:
      case G_UNLESS: fine = look_match(d, *++a->code, code == G_IF); break;
      case G_MUST:
        fine = must_match(d, *++a->code, out);
        a->count++;
        break;
      case G_CUT:
        a->cut = true;
        fine = true;
        break;
      case G_INVALID: fine = d->call_invalid; break;
      case G_SINCE:
        a->code += 2;
        fine = parser_check_version(d->p, a->code[-1], grammar_features[a->code[0]]);
        break;
      default:
        fine = item_match(d, code, out);
        a->count++;
        break;
    }
    if (!fine) return false;
  }
}

static DiagNode *alternative_result(Diag *d, Alternative *a, int start) {
  GrammarCode end = *a->code;
  Parser *p = d->p;
  if (end < G_NODE) return a->item[end - G_PICK];
  AstPos pos = match_span(p, start);
  if (end < G_CALL) return node_with_items(p, end - G_NODE, pos, a->item, a->count);
  DiagMatch match = {p, a->item, pos};
  return grammar_messages[end - G_CALL](&match);
}

// Tries the alternatives of a rule.
static bool alternatives_match(Diag *d, int rule, DiagNode **out) {
  Parser *p = d->p;
  int start = p->pos;
  Alternative a;
  if (!have_token(d)) return false;
  for (const GrammarCode *code = grammar_rules[rule]; *code != G_END; code++) {
    a.code = code;
    a.count = 0;
    a.cut = false;
    if (items_match(d, &a)) {
      *out = alternative_result(d, &a, start);
      if (*out) return true;
      break;
    }
    p->pos = start;
    if (stopped(d) || a.cut) break;
    while (*code < G_PICK) code++;
  }
  p->pos = start;
  return false;
}

// A left-recursive rule: remembered as failing at first, then matched again and again upon what it matched before, as long as the match
// grows.
static bool left_recursive_match(Diag *d, int rule, DiagNode **out) {
  Parser *p = d->p;
  int start = p->pos, end = -1;
  uint32_t key = memo_key(d, rule);
  DiagNode *best = NULL, *node;
  for (;;) {
    memo_store(d, start, key, end, best);
    p->pos = start;
    if (!alternatives_match(d, rule, &node) || p->pos <= end) break;
    end = p->pos;
    best = node;
  }
  if (stopped(d) || end < 0) {
    p->pos = start;
    return false;
  }
  p->pos = end;
  *out = best;
  return true;
}

static bool rule_match_fresh(Diag *d, int rule, DiagNode **out) {
  bool call_invalid = d->call_invalid;
  if (grammar_flags[rule] & RULE_LEFT) return left_recursive_match(d, rule, out);
  if (grammar_flags[rule] & RULE_NO_INVALID) d->call_invalid = false;
  bool fine = alternatives_match(d, rule, out);
  d->call_invalid = call_invalid;
  return fine;
}

static bool rule_match(Diag *d, int rule, DiagNode **out) {
  Parser *p = d->p;
  int start = p->pos;
  if (stopped(d)) return false;
  bool remembered = grammar_flags[rule] & (RULE_MEMO | RULE_LEFT | RULE_KEEP);
  uint32_t key = memo_key(d, rule);
  const MemoEntry *known = remembered ? memo_find(d, start, key) : NULL;
  if (known) {
    if (known->end < 0) return false;
    p->pos = known->end;
    *out = known->node;
    return true;
  }
  if (d->level >= MAX_LEVEL || !parser_may_recurse(p)) {
    p->no_memory = true;
    return false;
  }
  unsigned work = d->work++;
  d->level++;
  bool fine = rule_match_fresh(d, rule, out);
  d->level--;
  if (remembered && !stopped(d) && ((grammar_flags[rule] & RULE_MEMO) || d->work - work > WORTH_KEEPING))
    memo_store(d, start, key, fine ? p->pos : -1, fine ? *out : NULL);
  return fine;
}

// ---- the two passes -------------------------------------------------------------------------------------------------------------

static int start_rule(StartRule start) {
  switch (start) {
    case START_SINGLE: return RULE_interactive;
    case START_EVAL: return RULE_eval;
    case START_FUNC_TYPE: return RULE_func_type;
    case START_FSTRING: return RULE_fstring;
    default: return RULE_file;
  }
}

static bool pass(Diag *d, bool call_invalid) {
  DiagNode *ignored;
  d->call_invalid = call_invalid;
  d->p->pos = 0;
  d->level = 0;
  if (d->memo) memset(d->memo, 0, (size_t)d->memo_size * sizeof *d->memo);
  return rule_match(d, start_rule(d->p->start), &ignored);
}

// Did the text end too early, so that more of it might make it good?
static bool ended_early(const Lexer *lexer) {
  if (lexer->failure == LEXER_FINE) return lexer->at_eof;
  return lexer->failure == LEXER_EOF || lexer->failure == LEXER_STRING_EOF;
}

// Reads the rest of the text: an error of the lexer there, or a bracket left open before the error's line, explains more than the error at hand.
static void prefer_lexer_errors(Parser *p) {
  FrontError found = *p->err;
  int line = (p->has_known_error ? &p->known_error : &p->tokens[p->fill - 1])->pos.lineno;
  Token t;
  *p->err = FRONT_ERROR_INIT;
  do {
    lexer_next(&p->lexer, &t);
  } while (t.type != TOK_ERROR && t.type != TOK_ENDMARKER);
  if (t.type == TOK_ERROR && p->err->kind == FRONT_OK) parser_error_unclosed_before(p, line);
  if (p->err->kind == FRONT_OK) *p->err = found;
  else front_error_clear(&found);
}

static void report_plain(Parser *p, const Token *last) {
  if (last->type == TOK_INDENT || last->type == TOK_DEDENT) {
    parser_error(p, FRONT_INDENTATION_ERROR, last->type == TOK_INDENT ? "unexpected indent" : "unexpected unindent");
    return;
  }
  parser_error_at(p, FRONT_SYNTAX_ERROR, last->pos, "invalid syntax");
  if (p->lexer.failure == LEXER_FINE && !p->lexer.interactive) prefer_lexer_errors(p);
}

static void diagnose(Diag *d) {
  Parser *p = d->p;
  bool fine = pass(d, false);
  if (p->no_memory) return;
  if (fine) {
    // The grammar is satisfied, so what the fast parser refused is the text behind a single statement.
    parser_error(p, FRONT_SYNTAX_ERROR, "multiple statements found while compiling a single statement");
    return;
  }
  if ((p->flags->bits & FRONT_ALLOW_INCOMPLETE_INPUT) && ended_early(&p->lexer)) {
    front_error_clear(p->err);
    parser_error(p, FRONT_SYNTAX_ERROR, "incomplete input");
    return;
  }
  Token last = p->tokens[p->fill - 1];
  if (!stopped(d)) pass(d, true);
  if (p->no_memory) return;
  FrontErrorKind kind = p->err->kind;
  if (kind == FRONT_OK) report_plain(p, &last);
  else if (p->lexer.failure == LEXER_FINE && !p->lexer.at_eof && !p->lexer.interactive &&
           (kind == FRONT_SYNTAX_ERROR || kind == FRONT_INDENTATION_ERROR || kind == FRONT_TAB_ERROR))
    prefer_lexer_errors(p);
}

void parser_diagnose(Parser *refused, FrontWarnFn warn, void *warn_context) {
  Parser p;
  Diag d = {.p = &p};
  const Lexer *lexer = &refused->lexer;
  parser_init(&p, refused->start, lexer->text, lexer->end - lexer->text, refused->flags, refused->arena, refused->err, refused);
  p.lexer.base_lineno = lexer->base_lineno;
  p.lexer.base_col = lexer->base_col;
  p.lexer.lineno = lexer->base_lineno ? lexer->base_lineno - 1 : 0;
  p.lexer.quiet = lexer->quiet;
  p.lexer.warn = warn;
  p.lexer.warn_context = warn_context;
  p.diagnosing = true;
  p.declared_encoding = refused->declared_encoding;
  diagnose(&d);
  refused->no_memory |= p.no_memory;
  free(d.memo);
  parser_finish(&p);
}
