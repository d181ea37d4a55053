// The fast parser's statements and modules.
#include "front/parser_internal.h"

#include <string.h>

static bool parse_statement(Parser *p);

static inline AstStmt *node(Parser *p, AstStmtKind kind, AstPos start) { return ast_stmt_new(p->arena, kind, span(p, start)); }

#define NODE(P, KIND, START, ...) PARSER_NODE(AstStmt, ast_stmt_new, P, KIND, START, __VA_ARGS__)

// ---- blocks ---------------------------------------------------------------------------------------------------------------------

static bool parse_simple_stmts(Parser *p);

// From a statement to one in its block, CPython goes through about so many rules.
enum { BLOCK_LEVELS = 8 };

// NEWLINE INDENT statements DEDENT, or simple statements on the same line; all are pushed.
static bool parse_block_items(Parser *p) {
  if (peek(p) != TOK_NEWLINE) return parse_simple_stmts(p);
  advance(p);
  if (!accept(p, TOK_INDENT) || !parser_enter(p, BLOCK_LEVELS)) return false;
  do {
    if (!parse_statement(p)) return false;
  } while (peek(p) != TOK_DEDENT && peek(p) != TOK_ENDMARKER);
  p->depth -= BLOCK_LEVELS;
  return accept(p, TOK_DEDENT);
}

bool parse_block(Parser *p, AstStmtSeq *body) {
  size_t base = p->stack_used;
  return parse_block_items(p) && TAKE(p, base, body);
}

static bool parse_colon_block(Parser *p, AstStmtSeq *body) { return accept(p, TOK_COLON) && parse_block(p, body); }

// `else: block` if it is there.
static bool parse_else_block(Parser *p, AstStmtSeq *orelse) {
  *orelse = (AstStmtSeq){0, NULL};
  return !accept(p, TOK_KW_ELSE) || parse_colon_block(p, orelse);
}

// A type comment, if one stands here; false only when memory is out.
static bool parse_type_comment(Parser *p, const char **comment) {
  *comment = NULL;
  if (peek(p) != TOK_TYPE_COMMENT) return true;
  *comment = arena_copy(p->arena, tok(p)->start, tok(p)->len);
  advance(p);
  return *comment != NULL;
}

// ---- simple statements ----------------------------------------------------------------------------------------------------------

static AstOperator augmented_operator(TokenType type) {
  switch (type) {
    case TOK_PLUSEQUAL: return AST_Add;
    case TOK_MINEQUAL: return AST_Sub;
    case TOK_STAREQUAL: return AST_Mult;
    case TOK_ATEQUAL: return AST_MatMult;
    case TOK_SLASHEQUAL: return AST_Div;
    case TOK_PERCENTEQUAL: return AST_Mod;
    case TOK_AMPEREQUAL: return AST_BitAnd;
    case TOK_VBAREQUAL: return AST_BitOr;
    case TOK_CIRCUMFLEXEQUAL: return AST_BitXor;
    case TOK_LEFTSHIFTEQUAL: return AST_LShift;
    case TOK_RIGHTSHIFTEQUAL: return AST_RShift;
    case TOK_DOUBLESTAREQUAL: return AST_Pow;
    case TOK_DOUBLESLASHEQUAL: return AST_FloorDiv;
    default: return 0;
  }
}

static bool is_single_target(const AstExpr *expr) { return expr->kind == AST_Name || expr->kind == AST_Attribute || expr->kind == AST_Subscript; }

static AstStmt *parse_annotated_assignment(Parser *p, AstExpr *target, AstPos start, bool simple) {
  if (p->feature_version < 6 || !is_single_target(target) || !expr_to_target(target, AST_Store)) return NULL;
  advance(p);
  AstExpr *annotation = parse_expression(p), *value = NULL;
  if (!annotation || (accept(p, TOK_EQUAL) && !(value = parse_annotated_rhs(p)))) return NULL;
  return NODE(p, AnnAssign, start, .target = target, .annotation = annotation, .value = value, .simple = simple);
}

static AstStmt *parse_augmented_assignment(Parser *p, AstExpr *target, AstPos start) {
  AstOperator op = augmented_operator(peek(p));
  if ((op == AST_MatMult && p->feature_version < 5) || !is_single_target(target) || !expr_to_target(target, AST_Store)) return NULL;
  advance(p);
  AstExpr *value = parse_annotated_rhs(p);
  return value ? NODE(p, AugAssign, start, .target = target, .op = op, .value = value) : NULL;
}

static AstStmt *parse_plain_assignment(Parser *p, AstExpr *first, AstPos start) {
  size_t base = p->stack_used;
  const char *comment;
  AstExpr *value = first;
  while (accept(p, TOK_EQUAL))
    if (!expr_to_target(value, AST_Store) || !parser_push(p, value) || !(value = parse_annotated_rhs(p))) return NULL;
  if (!parse_type_comment(p, &comment)) return NULL;
  AstStmt *stmt = node(p, AST_Assign, start);
  if (!stmt || !TAKE(p, base, &stmt->u.Assign.targets)) return NULL;
  stmt->u.Assign.value = value;
  stmt->u.Assign.type_comment = comment;
  return stmt;
}

// An expression statement or an assignment of any kind: they begin alike.
static AstStmt *parse_expression_stmt(Parser *p) {
  AstPos start = tok(p)->pos;
  bool simple = peek(p) == TOK_NAME;
  AstExpr *expr = parse_annotated_rhs(p);
  if (!expr) return NULL;
  TokenType next = peek(p);
  if (next == TOK_EQUAL) return parse_plain_assignment(p, expr, start);
  if (next == TOK_COLON) return parse_annotated_assignment(p, expr, start, simple && expr->kind == AST_Name);
  if (augmented_operator(next)) return parse_augmented_assignment(p, expr, start);
  return NODE(p, Expr, start, .value = expr);
}

static bool at_statement_end(const Parser *p) { return peek(p) == TOK_NEWLINE || peek(p) == TOK_SEMI; }

static AstStmt *parse_return(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *value = NULL;
  advance(p);
  if (!at_statement_end(p) && !(value = parse_star_expressions(p))) return NULL;
  return NODE(p, Return, start, .value = value);
}

static AstStmt *parse_raise(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *exc = NULL, *cause = NULL;
  advance(p);
  if (!at_statement_end(p) && (!(exc = parse_expression(p)) || (accept(p, TOK_KW_FROM) && !(cause = parse_expression(p))))) return NULL;
  return NODE(p, Raise, start, .exc = exc, .cause = cause);
}

static AstStmt *parse_assert(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *msg = NULL;
  advance(p);
  AstExpr *test = parse_expression(p);
  if (!test || (accept(p, TOK_COMMA) && !(msg = parse_expression(p)))) return NULL;
  return NODE(p, Assert, start, .test = test, .msg = msg);
}

static AstStmt *parse_del(Parser *p) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  do {
    if (p->stack_used > base && at_statement_end(p)) break;
    AstExpr *target = parse_expression(p);
    if (!target || !expr_to_target(target, AST_Del) || !parser_push(p, target)) return NULL;
  } while (accept(p, TOK_COMMA));
  AstStmt *stmt = at_statement_end(p) ? node(p, AST_Delete, start) : NULL;
  return stmt && TAKE(p, base, &stmt->u.Delete.targets) ? stmt : NULL;
}

// global and nonlocal
static AstStmt *parse_name_list(Parser *p, AstStmtKind kind) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  do {
    AstName *name = parse_name(p);
    if (!name || !parser_push(p, name)) return NULL;
  } while (accept(p, TOK_COMMA));
  AstStmt *stmt = node(p, kind, start);
  return stmt && TAKE(p, base, &stmt->u.Global.names) ? stmt : NULL;
}

static AstStmt *parse_bare(Parser *p, AstStmtKind kind) {
  AstPos start = tok(p)->pos;
  advance(p);
  return node(p, kind, start);
}

// ---- imports --------------------------------------------------------------------------------------------------------------------

// a.b.c as one name. Each part is normalised on its own.
static AstName *parse_dotted_name(Parser *p) {
  AstName *name = parse_name(p);
  if (!name || peek(p) != TOK_DOT) return name;
  Buffer text = {0};
  buffer_add(&text, name->utf8, name->len);
  while (name && accept(p, TOK_DOT)) {
    name = parse_name(p);
    if (name) {
      buffer_add(&text, ".", 1);
      buffer_add(&text, name->utf8, name->len);
    }
  }
  if (name) name = text.failed ? NULL : arena_intern(p->arena, text.data, text.len);
  p->no_memory |= text.failed;
  buffer_free(&text);
  return name;
}

static bool parse_alias(Parser *p, AstName *(*parse)(Parser *)) {
  AstPos start = tok(p)->pos;
  AstAlias *alias = arena_alloc(p->arena, sizeof *alias);
  if (!alias || !(alias->name = parse(p)) || (accept(p, TOK_KW_AS) && !(alias->asname = parse_name(p)))) return false;
  alias->pos = span(p, start);
  return parser_push(p, alias);
}

static AstStmt *parse_import(Parser *p) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  do {
    if (!parse_alias(p, parse_dotted_name)) return NULL;
  } while (accept(p, TOK_COMMA));
  AstStmt *stmt = node(p, AST_Import, start);
  return stmt && TAKE(p, base, &stmt->u.Import.names) ? stmt : NULL;
}

static bool parse_import_targets(Parser *p) {
  if (peek(p) == TOK_STAR) {
    AstPos start = tok(p)->pos;
    AstAlias *alias = arena_alloc(p->arena, sizeof *alias);
    if (!alias || !(alias->name = arena_intern(p->arena, "*", 1))) return false;
    advance(p);
    alias->pos = span(p, start);
    return parser_push(p, alias);
  }
  bool parenthesised = accept(p, TOK_LPAR);
  do {
    if (!parse_alias(p, parse_name)) return false;
    if (!accept(p, TOK_COMMA)) return !parenthesised || accept(p, TOK_RPAR);
  } while (!parenthesised || peek(p) != TOK_RPAR);
  return accept(p, TOK_RPAR);
}

static AstStmt *parse_import_from(Parser *p) {
  AstPos start = tok(p)->pos;
  AstName *module = NULL;
  int level = 0;
  advance(p);
  while (peek(p) == TOK_DOT || peek(p) == TOK_ELLIPSIS) {
    level += peek(p) == TOK_DOT ? 1 : 3;
    advance(p);
  }
  if ((peek(p) == TOK_NAME || level == 0) && !(module = parse_dotted_name(p))) return NULL;
  size_t base = p->stack_used;
  if (!accept(p, TOK_KW_IMPORT) || !parse_import_targets(p)) return NULL;
  AstStmt *stmt = node(p, AST_ImportFrom, start);
  if (!stmt || !TAKE(p, base, &stmt->u.ImportFrom.names)) return NULL;
  stmt->u.ImportFrom.module = module;
  stmt->u.ImportFrom.level = level;
  return stmt;
}

static AstStmt *parse_simple_stmt(Parser *p) {
  switch (peek(p)) {
    case TOK_KW_RETURN: return parse_return(p);
    case TOK_KW_IMPORT: return parse_import(p);
    case TOK_KW_FROM: return parse_import_from(p);
    case TOK_KW_RAISE: return parse_raise(p);
    case TOK_KW_PASS: return parse_bare(p, AST_Pass);
    case TOK_KW_DEL: return parse_del(p);
    case TOK_KW_ASSERT: return parse_assert(p);
    case TOK_KW_BREAK: return parse_bare(p, AST_Break);
    case TOK_KW_CONTINUE: return parse_bare(p, AST_Continue);
    case TOK_KW_GLOBAL: return parse_name_list(p, AST_Global);
    case TOK_KW_NONLOCAL: return parse_name_list(p, AST_Nonlocal);
    default: return parse_expression_stmt(p);
  }
}

// Statements joined by ';' up to the line's end; all are pushed.
static bool parse_simple_stmts(Parser *p) {
  do {
    AstStmt *stmt = parse_simple_stmt(p);
    if (!stmt || !parser_push(p, stmt)) return false;
  } while (accept(p, TOK_SEMI) && peek(p) != TOK_NEWLINE);
  return accept(p, TOK_NEWLINE);
}

// ---- compound statements --------------------------------------------------------------------------------------------------------

// if and elif: each elif is the only statement of the orelse before it.
static AstStmt *parse_if(Parser *p) {
  AstStmt *first = NULL, *last = NULL;
  size_t base = p->stack_used;
  do {
    AstPos start = tok(p)->pos;
    advance(p);
    AstStmt *stmt = ast_stmt_new(p->arena, AST_If, start);
    if (!stmt || !(stmt->u.If.test = parse_named_expression(p)) || !parse_colon_block(p, &stmt->u.If.body)) return NULL;
    if (last) {
      if (!ast_seq_new(p->arena, (AstAnySeq *)&last->u.If.orelse, 1)) return NULL;
      last->u.If.orelse.items[0] = stmt;
    }
    first = first ? first : stmt;
    last = stmt;
    if (!parser_push(p, stmt) || !parser_enter(p, 1)) return NULL;
  } while (peek(p) == TOK_KW_ELIF);
  if (peek(p) == TOK_KW_ELSE && !parse_else_block(p, &last->u.If.orelse)) return NULL;
  for (size_t i = base; i < p->stack_used; i++) {
    AstStmt *stmt = p->stack[i];
    stmt->pos = span(p, stmt->pos);
  }
  p->depth -= (int)(p->stack_used - base);
  p->stack_used = base;
  return first;
}

static AstStmt *parse_while(Parser *p) {
  AstPos start = tok(p)->pos;
  AstStmtSeq body, orelse;
  advance(p);
  AstExpr *test = parse_named_expression(p);
  if (!test || !parse_colon_block(p, &body) || !parse_else_block(p, &orelse)) return NULL;
  return NODE(p, While, start, .test = test, .body = body, .orelse = orelse);
}

static AstStmt *parse_for(Parser *p, AstStmtKind kind, AstPos start) {
  struct AstFor f = {0};
  advance(p);
  if (!(f.target = parse_star_targets(p)) || !accept(p, TOK_KW_IN) || !(f.iter = parse_star_expressions(p)) || !accept(p, TOK_COLON) ||
      !parse_type_comment(p, &f.type_comment) || !parse_block(p, &f.body) || !parse_else_block(p, &f.orelse))
    return NULL;
  AstStmt *stmt = node(p, kind, start);
  if (stmt) stmt->u.For = f;
  return stmt;
}

static bool parse_with_item(Parser *p) {
  AstWithItem *item = arena_alloc(p->arena, sizeof *item);
  return item && (item->context_expr = parse_expression(p)) && (!accept(p, TOK_KW_AS) || (item->optional_vars = parse_star_target(p))) &&
         parser_push(p, item);
}

// `(item, ...):`; false when what stands here is no such list, but an expression that begins with a parenthesis.
static bool parse_parenthesised_items(Parser *p) {
  advance(p);
  do {
    if (peek(p) == TOK_RPAR) break;
    if (!parse_with_item(p)) return false;
  } while (accept(p, TOK_COMMA));
  return accept(p, TOK_RPAR) && peek(p) == TOK_COLON;
}

static AstStmt *parse_with(Parser *p, AstStmtKind kind, AstPos start) {
  struct AstWith w = {0};
  size_t base = p->stack_used;
  advance(p);
  bool listed = false;
  if (peek(p) == TOK_LPAR && peek_second(p) != TOK_RPAR) {
    Mark mark = mark_set(p);
    listed = parse_parenthesised_items(p);
    if (listed && p->feature_version < 9) return NULL;
    if (!listed) mark_return(p, mark);
  }
  if (!listed) {
    do {
      if (!parse_with_item(p)) return NULL;
    } while (accept(p, TOK_COMMA));
  }
  if (!TAKE(p, base, &w.items) || !accept(p, TOK_COLON) || (!listed && !parse_type_comment(p, &w.type_comment)) || !parse_block(p, &w.body))
    return NULL;
  AstStmt *stmt = node(p, kind, start);
  if (stmt) stmt->u.With = w;
  return stmt;
}

static bool parse_except(Parser *p, bool *star) {
  AstPos start = tok(p)->pos;
  AstExceptHandler *handler = arena_alloc(p->arena, sizeof *handler);
  advance(p);
  *star = accept(p, TOK_STAR);
  if (!handler) return false;
  if (peek(p) != TOK_COLON) {
    if (!(handler->type = parse_expression(p)) || (accept(p, TOK_KW_AS) && !(handler->name = parse_name(p)))) return false;
  } else if (*star) {
    return false;
  }
  if (!parse_colon_block(p, &handler->body)) return false;
  handler->pos = span(p, start);
  return parser_push(p, handler);
}

static AstStmt *parse_try(Parser *p) {
  AstPos start = tok(p)->pos;
  struct AstTry t = {0};
  bool star = false, first = true;
  advance(p);
  if (!parse_colon_block(p, &t.body)) return NULL;
  size_t base = p->stack_used;
  while (peek(p) == TOK_KW_EXCEPT) {
    bool this_star;
    if (!parse_except(p, &this_star) || (!first && this_star != star)) return NULL;
    star = this_star;
    first = false;
  }
  if (!TAKE(p, base, &t.handlers) || (!first && !parse_else_block(p, &t.orelse))) return NULL;
  if (accept(p, TOK_KW_FINALLY)) {
    if (!parse_colon_block(p, &t.finalbody)) return NULL;
  } else if (first) {
    return NULL;
  }
  if (star && p->feature_version < 11) return NULL;
  AstStmt *stmt = node(p, star ? AST_TryStar : AST_Try, start);
  if (stmt) stmt->u.Try = t;
  return stmt;
}

// The type comment of a function: behind its colon, or alone on the first line of its body.
static bool parse_func_type_comment(Parser *p, const char **comment) {
  if (peek(p) == TOK_NEWLINE && (p->flags->bits & FRONT_TYPE_COMMENTS) && peek_second(p) == TOK_TYPE_COMMENT) {
    Mark mark = mark_set(p);
    advance(p);
    if (!parse_type_comment(p, comment)) return false;
    if (peek(p) == TOK_NEWLINE && peek_second(p) == TOK_INDENT) return true;
    mark_return(p, mark);
  }
  return parse_type_comment(p, comment);
}

static AstStmt *parse_function(Parser *p, AstStmtKind kind, AstPos start, AstExprSeq decorators) {
  struct AstFunctionDef f = {.decorator_list = decorators};
  advance(p);
  if (!(f.name = parse_name(p)) || !accept(p, TOK_LPAR) || !(f.args = parse_parameters(p, TOK_RPAR, true)) || !accept(p, TOK_RPAR) ||
      (accept(p, TOK_RARROW) && !(f.returns = parse_expression(p))) || !accept(p, TOK_COLON) || !parse_func_type_comment(p, &f.type_comment) ||
      !parse_block(p, &f.body))
    return NULL;
  AstStmt *stmt = node(p, kind, start);
  if (stmt) stmt->u.FunctionDef = f;
  return stmt;
}

static AstStmt *parse_class(Parser *p, AstExprSeq decorators) {
  AstPos start = tok(p)->pos;
  AstExprSeq bases = {0, NULL};
  AstKeywordSeq keywords = {0, NULL};
  AstStmtSeq body;
  advance(p);
  AstName *name = parse_name(p);
  if (!name) return NULL;
  if (accept(p, TOK_LPAR)) {
    AstExpr *genexp = NULL;
    if (!parse_arguments(p, &bases, &keywords, false, &genexp) || !accept(p, TOK_RPAR)) return NULL;
  }
  if (!parse_colon_block(p, &body)) return NULL;
  return NODE(p, ClassDef, start, .name = name, .bases = bases, .keywords = keywords, .body = body, .decorator_list = decorators);
}

static AstStmt *parse_decorated(Parser *p) {
  size_t base = p->stack_used;
  AstExprSeq decorators;
  while (accept(p, TOK_AT)) {
    AstExpr *decorator = parse_named_expression(p);
    if (!decorator || !parser_push(p, decorator) || !accept(p, TOK_NEWLINE)) return NULL;
  }
  if (!TAKE(p, base, &decorators)) return NULL;
  AstPos start = tok(p)->pos;
  if (peek(p) == TOK_KW_DEF) return parse_function(p, AST_FunctionDef, start, decorators);
  if (peek(p) == TOK_KW_CLASS) return parse_class(p, decorators);
  if (!accept(p, TOK_KW_ASYNC) || peek(p) != TOK_KW_DEF || p->feature_version < 5) return NULL;
  return parse_function(p, AST_AsyncFunctionDef, start, decorators);
}

static AstStmt *parse_async(Parser *p) {
  AstPos start = tok(p)->pos;
  advance(p);
  if (p->feature_version < 5) return NULL;
  switch (peek(p)) {
    case TOK_KW_DEF: return parse_function(p, AST_AsyncFunctionDef, start, (AstExprSeq){0, NULL});
    case TOK_KW_WITH: return parse_with(p, AST_AsyncWith, start);
    case TOK_KW_FOR: return parse_for(p, AST_AsyncFor, start);
    default: return NULL;
  }
}

// Might a match statement begin here? Settled by the token behind the word, where that is enough.
static bool may_be_match(Parser *p) {
  if (!token_is(tok(p), "match", 5)) return false;
  switch (peek_second(p)) {
    case TOK_NAME:
    case TOK_NUMBER:
    case TOK_STRING:
    case TOK_LPAR:
    case TOK_LSQB:
    case TOK_LBRACE:
    case TOK_MINUS:
    case TOK_PLUS:
    case TOK_STAR:
    case TOK_TILDE:
    case TOK_ELLIPSIS:
    case TOK_KW_NOT:
    case TOK_KW_NONE:
    case TOK_KW_TRUE:
    case TOK_KW_FALSE:
    case TOK_KW_LAMBDA:
    case TOK_KW_AWAIT: return true;
    default: return false;
  }
}

// The compound statement that begins at the current token; *is_compound false when none does.
static AstStmt *parse_compound_stmt(Parser *p, bool *is_compound) {
  AstPos start = tok(p)->pos;
  *is_compound = true;
  switch (peek(p)) {
    case TOK_KW_DEF: return parse_function(p, AST_FunctionDef, start, (AstExprSeq){0, NULL});
    case TOK_KW_IF: return parse_if(p);
    case TOK_KW_CLASS: return parse_class(p, (AstExprSeq){0, NULL});
    case TOK_KW_WITH: return parse_with(p, AST_With, start);
    case TOK_KW_FOR: return parse_for(p, AST_For, start);
    case TOK_KW_TRY: return parse_try(p);
    case TOK_KW_WHILE: return parse_while(p);
    case TOK_KW_ASYNC: return parse_async(p);
    case TOK_AT: return parse_decorated(p);
    case TOK_NAME:
      if (may_be_match(p)) {
        Mark mark = mark_set(p);
        bool committed = false;
        AstStmt *stmt = parse_match_stmt(p, &committed);
        if (stmt || committed) return stmt;
        mark_return(p, mark);
      }
      break;
    default: break;
  }
  *is_compound = false;
  return NULL;
}

// Forgets the tokens of the statements before this one. No Token pointer and no mark outlives the statement it was made in.
static void window_shift(Parser *p) {
  if (!p->streaming || p->pos == 0) return;
  memmove(p->tokens, p->tokens + p->pos, (p->fill - p->pos) * sizeof *p->tokens);
  p->fill -= p->pos;
  p->pos = 0;
}

// One compound statement, or a line of simple ones; pushed.
static bool parse_statement(Parser *p) {
  bool is_compound;
  window_shift(p);
  AstStmt *stmt = parse_compound_stmt(p, &is_compound);
  if (!is_compound) return parse_simple_stmts(p);
  return stmt && parser_push(p, stmt);
}

// ---- modules --------------------------------------------------------------------------------------------------------------------

static AstMod *parse_file(Parser *p) {
  AstMod *mod = ast_mod_new(p->arena, AST_Module);
  while (mod && peek(p) != TOK_ENDMARKER)
    if (!parse_statement(p)) return NULL;
  if (!mod || !TAKE(p, 0, &mod->u.Module.body)) return NULL;
  AstTypeIgnoreSeq *ignores = &mod->u.Module.type_ignores;
  if (!ast_seq_new(p->arena, (AstAnySeq *)ignores, p->type_ignore_count)) return NULL;
  if (p->type_ignore_count) memcpy(ignores->items, p->type_ignores, p->type_ignore_count * sizeof *ignores->items);
  return mod;
}

// Is there nothing but blank space and comments from here on?
static bool only_blank(const char *p) {
  for (;;) {
    while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f') p++;
    if (*p != '#') return *p == 0;
    while (*p && *p != '\n') p++;
  }
}

// One statement. A compound one wants a NEWLINE of its own behind it; what follows must be blank. The token behind the last
// NEWLINE has been read ahead and must be the end.
static AstMod *parse_interactive(Parser *p) {
  AstMod *mod = ast_mod_new(p->arena, AST_Interactive);
  bool is_compound = true;
  if (!mod) return NULL;
  if (peek(p) == TOK_NEWLINE) {
    AstStmt *pass = ast_stmt_new(p->arena, AST_Pass, tok(p)->pos);
    if (!pass || !parser_push(p, pass)) return NULL;
  } else {
    AstStmt *stmt = parse_compound_stmt(p, &is_compound);
    if (is_compound ? !stmt || !parser_push(p, stmt) : !parse_simple_stmts(p)) return NULL;
  }
  if (is_compound && peek(p) != TOK_NEWLINE) return NULL;
  const char *rest = is_compound ? p->lexer.cur : p->statement_end;
  return only_blank(rest) && TAKE(p, 0, &mod->u.Interactive.body) ? mod : NULL;
}

static AstMod *parse_eval(Parser *p) {
  AstMod *mod = ast_mod_new(p->arena, AST_Expression);
  if (!mod || !(mod->u.Expression.body = parse_expressions(p))) return NULL;
  while (accept(p, TOK_NEWLINE)) continue;
  return peek(p) == TOK_ENDMARKER ? mod : NULL;
}

// (int, *str, **dict) -> bool
static AstMod *parse_func_type(Parser *p) {
  AstMod *mod = ast_mod_new(p->arena, AST_FunctionType);
  TokenType last = TOK_NAME;
  if (!mod || !accept(p, TOK_LPAR)) return NULL;
  while (peek(p) != TOK_RPAR) {
    TokenType type = peek(p);
    if (type == TOK_STAR || type == TOK_DOUBLESTAR) {
      if (last == TOK_DOUBLESTAR || last == type) return NULL;
      last = type;
      advance(p);
    } else if (last != TOK_NAME) {
      return NULL;
    }
    AstExpr *arg = parse_expression(p);
    if (!arg || !parser_push(p, arg)) return NULL;
    if (!accept(p, TOK_COMMA)) break;
    if (peek(p) == TOK_RPAR) return NULL;
  }
  if (!TAKE(p, 0, &mod->u.FunctionType.argtypes) || !accept(p, TOK_RPAR) || !accept(p, TOK_RARROW) ||
      !(mod->u.FunctionType.returns = parse_expression(p)))
    return NULL;
  while (accept(p, TOK_NEWLINE)) continue;
  return peek(p) == TOK_ENDMARKER ? mod : NULL;
}

AstMod *parser_parse_mod(Parser *p) {
  if (!parser_fill(p)) return NULL;
  switch (p->start) {
    case START_FILE: return parse_file(p);
    case START_SINGLE: return parse_interactive(p);
    case START_EVAL: return parse_eval(p);
    case START_FUNC_TYPE: return parse_func_type(p);
    default: return NULL;
  }
}
