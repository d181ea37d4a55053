// The fast parser's match statements.
#include "front/parser_internal.h"

static AstPattern *parse_pattern(Parser *p);
static AstPattern *parse_or_pattern(Parser *p);

static inline AstPattern *node(Parser *p, AstPatternKind kind, AstPos start) { return ast_pattern_new(p->arena, kind, span(p, start)); }

#define NODE(P, KIND, START, ...) PARSER_NODE(AstPattern, ast_pattern_new, P, KIND, START, __VA_ARGS__)

// ---- literals and values --------------------------------------------------------------------------------------------------------

static AstExpr *negated(Parser *p, AstPos start) {
  AstExpr *number = peek(p) == TOK_NUMBER ? parse_number(p) : NULL;
  AstExpr *expr = number ? ast_expr_new(p->arena, AST_UnaryOp, span(p, start)) : NULL;
  if (expr) {
    expr->u.UnaryOp.op = AST_USub;
    expr->u.UnaryOp.operand = number;
  }
  return expr;
}

// A number with an optional minus; a real one may have an imaginary one added.
static AstExpr *parse_number_value(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *real = accept(p, TOK_MINUS) ? negated(p, start) : parse_number(p);
  if (!real || (peek(p) != TOK_PLUS && peek(p) != TOK_MINUS)) return real;
  const AstExpr *bare = real->kind == AST_UnaryOp ? real->u.UnaryOp.operand : real;
  AstOperator op = peek(p) == TOK_PLUS ? AST_Add : AST_Sub;
  advance(p);
  AstExpr *imaginary = peek(p) == TOK_NUMBER ? parse_number(p) : NULL;
  if (!imaginary || bare->u.Constant.value.kind == AST_CONST_COMPLEX || imaginary->u.Constant.value.kind != AST_CONST_COMPLEX) return NULL;
  AstExpr *expr = ast_expr_new(p->arena, AST_BinOp, span(p, start));
  if (expr) {
    expr->u.BinOp.left = real;
    expr->u.BinOp.op = op;
    expr->u.BinOp.right = imaginary;
  }
  return expr;
}

// None, True, False: their AstConstKind; -1 for another token.
static int singleton_kind(TokenType type) {
  switch (type) {
    case TOK_KW_NONE: return AST_CONST_NONE;
    case TOK_KW_TRUE: return AST_CONST_TRUE;
    case TOK_KW_FALSE: return AST_CONST_FALSE;
    default: return -1;
  }
}

static AstPattern *value_pattern(Parser *p, AstExpr *value, AstPos start) { return value ? NODE(p, MatchValue, start, .value = value) : NULL; }

static AstExpr *name_expr(Parser *p) {
  AstPos start = tok(p)->pos;
  AstName *id = parse_name(p);
  AstExpr *expr = id ? ast_expr_new(p->arena, AST_Name, span(p, start)) : NULL;
  if (expr) {
    expr->u.Name.id = id;
    expr->u.Name.ctx = AST_Load;
  }
  return expr;
}

// a or a.b.c
static AstExpr *parse_name_or_attr(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *expr = name_expr(p);
  while (expr && accept(p, TOK_DOT)) {
    AstName *attr = parse_name(p);
    AstExpr *attribute = attr ? ast_expr_new(p->arena, AST_Attribute, span(p, start)) : NULL;
    if (!attribute) return NULL;
    attribute->u.Attribute.value = expr;
    attribute->u.Attribute.attr = attr;
    attribute->u.Attribute.ctx = AST_Load;
    expr = attribute;
  }
  return expr;
}

// ---- captures and classes -------------------------------------------------------------------------------------------------------

static bool at_wildcard(const Parser *p) { return token_is(tok(p), "_", 1); }

// A name to bind, which must not be `_` nor go on as a value, a call or a keyword.
static AstName *parse_capture_target(Parser *p) {
  if (at_wildcard(p)) return NULL;
  AstName *name = parse_name(p);
  return name && peek(p) != TOK_DOT && peek(p) != TOK_LPAR && peek(p) != TOK_EQUAL ? name : NULL;
}

static AstPattern *capture_pattern(Parser *p, AstName *name, AstPos start) { return NODE(p, MatchAs, start, .name = name); }

// Arguments of a class pattern; the positional patterns are pushed first, then keyword names and patterns in pairs.
static AstPattern *parse_class_pattern(Parser *p, AstExpr *cls, AstPos start) {
  size_t base = p->stack_used, keyword_base = 0;
  advance(p);
  while (peek(p) != TOK_RPAR) {
    if (peek(p) == TOK_NAME && peek_second(p) == TOK_EQUAL) {
      keyword_base = keyword_base ? keyword_base : p->stack_used + 1;
      AstName *name = parse_name(p);
      advance(p);
      if (!name || !parser_push(p, name)) return NULL;
    } else if (keyword_base) {
      return NULL;
    }
    AstPattern *pattern = parse_pattern(p);
    if (!pattern || !parser_push(p, pattern)) return NULL;
    if (!accept(p, TOK_COMMA)) break;
  }
  if (!accept(p, TOK_RPAR)) return NULL;
  AstPattern *pattern = node(p, AST_MatchClass, start);
  if (!pattern) return NULL;
  pattern->u.MatchClass.cls = cls;
  if (keyword_base) {
    size_t first = keyword_base - 1, count = (p->stack_used - first) / 2;
    if (!ast_seq_new(p->arena, (AstAnySeq *)&pattern->u.MatchClass.kwd_attrs, count) ||
        !ast_seq_new(p->arena, (AstAnySeq *)&pattern->u.MatchClass.kwd_patterns, count))
      return NULL;
    for (size_t i = 0; i < count; i++) {
      pattern->u.MatchClass.kwd_attrs.items[i] = p->stack[first + 2 * i];
      pattern->u.MatchClass.kwd_patterns.items[i] = p->stack[first + 2 * i + 1];
    }
    p->stack_used = first;
  }
  return TAKE(p, base, &pattern->u.MatchClass.patterns) ? pattern : NULL;
}

// What begins with a name: a wildcard, a capture, a value or a class.
static AstPattern *parse_name_pattern(Parser *p) {
  AstPos start = tok(p)->pos;
  bool wildcard = at_wildcard(p);
  TokenType next = peek_second(p);
  if (next != TOK_DOT && next != TOK_LPAR && next != TOK_EQUAL) {
    AstName *name = parse_name(p);
    return name ? capture_pattern(p, wildcard ? NULL : name, start) : NULL;
  }
  AstExpr *expr = parse_name_or_attr(p);
  if (!expr) return NULL;
  if (peek(p) == TOK_LPAR) return parser_may_recurse(p) ? parse_class_pattern(p, expr, start) : NULL;
  return expr->kind == AST_Attribute && peek(p) != TOK_EQUAL ? value_pattern(p, expr, start) : NULL;
}

// ---- sequences and mappings -----------------------------------------------------------------------------------------------------

static AstPattern *parse_maybe_star_pattern(Parser *p) {
  if (peek(p) != TOK_STAR) return parse_pattern(p);
  AstPos start = tok(p)->pos;
  advance(p);
  AstName *name = NULL;
  if (at_wildcard(p)) advance(p);
  else if (!(name = parse_capture_target(p))) return NULL;
  return NODE(p, MatchStar, start, .name = name);
}

// Patterns with commas up to the closing token, which is consumed.
static AstPattern *finish_sequence(Parser *p, size_t base, TokenType closing, AstPos start) {
  while (peek(p) != closing) {
    AstPattern *item = parse_maybe_star_pattern(p);
    if (!item || !parser_push(p, item)) return NULL;
    if (!accept(p, TOK_COMMA)) break;
  }
  if (!accept(p, closing)) return NULL;
  AstPattern *pattern = node(p, AST_MatchSequence, start);
  return pattern && TAKE(p, base, &pattern->u.MatchSequence.patterns) ? pattern : NULL;
}

// A group, or a sequence if there is a comma, a star or nothing in it.
static AstPattern *parse_parenthesised_pattern(Parser *p) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  if (peek(p) == TOK_RPAR) return finish_sequence(p, base, TOK_RPAR, start);
  bool star = peek(p) == TOK_STAR;
  AstPattern *first = parse_maybe_star_pattern(p);
  if (!first) return NULL;
  if (accept(p, TOK_COMMA)) return parser_push(p, first) ? finish_sequence(p, base, TOK_RPAR, start) : NULL;
  return !star && accept(p, TOK_RPAR) ? first : NULL;
}

static AstExpr *parse_mapping_key(Parser *p) {
  AstPos start = tok(p)->pos;
  switch (peek(p)) {
    case TOK_NUMBER:
    case TOK_MINUS: return parse_number_value(p);
    case TOK_STRING: return parse_strings(p);
    case TOK_NAME: {
      AstExpr *expr = parse_name_or_attr(p);
      return expr && expr->kind == AST_Attribute ? expr : NULL;
    }
    default: {
      int kind = singleton_kind(peek(p));
      if (kind < 0) return NULL;
      advance(p);
      AstExpr *expr = ast_expr_new(p->arena, AST_Constant, span(p, start));
      if (expr) expr->u.Constant.value.kind = kind;
      return expr;
    }
  }
}

static AstPattern *parse_mapping_pattern(Parser *p) {
  AstPos start = tok(p)->pos;
  AstName *rest = NULL;
  size_t base = p->stack_used;
  advance(p);
  while (peek(p) != TOK_RBRACE) {
    if (accept(p, TOK_DOUBLESTAR)) {
      if (!(rest = parse_capture_target(p))) return NULL;
      accept(p, TOK_COMMA);
      break;
    }
    AstExpr *key = parse_mapping_key(p);
    AstPattern *value = key && accept(p, TOK_COLON) ? parse_pattern(p) : NULL;
    if (!value || !parser_push(p, key) || !parser_push(p, value)) return NULL;
    if (!accept(p, TOK_COMMA)) break;
  }
  if (!accept(p, TOK_RBRACE)) return NULL;
  AstPattern *pattern = node(p, AST_MatchMapping, start);
  size_t count = (p->stack_used - base) / 2;
  if (!pattern || !ast_seq_new(p->arena, (AstAnySeq *)&pattern->u.MatchMapping.keys, count) ||
      !ast_seq_new(p->arena, (AstAnySeq *)&pattern->u.MatchMapping.patterns, count))
    return NULL;
  for (size_t i = 0; i < count; i++) {
    pattern->u.MatchMapping.keys.items[i] = p->stack[base + 2 * i];
    pattern->u.MatchMapping.patterns.items[i] = p->stack[base + 2 * i + 1];
  }
  p->stack_used = base;
  pattern->u.MatchMapping.rest = rest;
  return pattern;
}

// ---- patterns -------------------------------------------------------------------------------------------------------------------

static AstPattern *parse_closed_pattern(Parser *p) {
  AstPos start = tok(p)->pos;
  switch (peek(p)) {
    case TOK_NUMBER:
    case TOK_MINUS: return value_pattern(p, parse_number_value(p), start);
    case TOK_STRING: return value_pattern(p, parse_strings(p), start);
    case TOK_NAME: return parse_name_pattern(p);
    case TOK_LPAR: return parser_may_recurse(p) ? parse_parenthesised_pattern(p) : NULL;
    case TOK_LSQB: advance(p); return parser_may_recurse(p) ? finish_sequence(p, p->stack_used, TOK_RSQB, start) : NULL;
    case TOK_LBRACE: return parser_may_recurse(p) ? parse_mapping_pattern(p) : NULL;
    default: {
      int kind = singleton_kind(peek(p));
      if (kind < 0) return NULL;
      advance(p);
      AstPattern *pattern = node(p, AST_MatchSingleton, start);
      if (pattern) pattern->u.MatchSingleton.value.kind = kind;
      return pattern;
    }
  }
}

static AstPattern *parse_or_pattern(Parser *p) {
  AstPos start = tok(p)->pos;
  AstPattern *first = parse_closed_pattern(p);
  if (!first || peek(p) != TOK_VBAR) return first;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, TOK_VBAR)) {
    AstPattern *next = parse_closed_pattern(p);
    if (!next || !parser_push(p, next)) return NULL;
  }
  AstPattern *pattern = node(p, AST_MatchOr, start);
  return pattern && TAKE(p, base, &pattern->u.MatchOr.patterns) ? pattern : NULL;
}

static AstPattern *parse_pattern(Parser *p) {
  AstPos start = tok(p)->pos;
  AstPattern *inner = parse_or_pattern(p);
  if (!inner || !accept(p, TOK_KW_AS)) return inner;
  AstName *name = parse_capture_target(p);
  return name ? NODE(p, MatchAs, start, .pattern = inner, .name = name) : NULL;
}

// A pattern, or a sequence without brackets.
static AstPattern *parse_patterns(Parser *p) {
  AstPos start = tok(p)->pos;
  bool star = peek(p) == TOK_STAR;
  AstPattern *first = parse_maybe_star_pattern(p);
  if (!first || peek(p) != TOK_COMMA) return star ? NULL : first;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, TOK_COMMA) && peek(p) != TOK_COLON && peek(p) != TOK_KW_IF) {
    AstPattern *item = parse_maybe_star_pattern(p);
    if (!item || !parser_push(p, item)) return NULL;
  }
  AstPattern *pattern = node(p, AST_MatchSequence, start);
  return pattern && TAKE(p, base, &pattern->u.MatchSequence.patterns) ? pattern : NULL;
}

// ---- the statement --------------------------------------------------------------------------------------------------------------

static bool parse_case_block(Parser *p) {
  AstMatchCase *block = arena_alloc(p->arena, sizeof *block);
  if (!block) return false;
  advance(p);
  return (block->pattern = parse_patterns(p)) && (!accept(p, TOK_KW_IF) || (block->guard = parse_named_expression(p))) && accept(p, TOK_COLON) &&
         parse_block(p, &block->body) && parser_push(p, block);
}

// The subject: one expression, or a tuple without parentheses.
static AstExpr *parse_subject(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *first = parse_star_named_expression(p);
  if (!first || peek(p) != TOK_COMMA) return first && first->kind != AST_Starred ? first : NULL;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, TOK_COMMA) && peek(p) != TOK_COLON) {
    AstExpr *item = parse_star_named_expression(p);
    if (!item || !parser_push(p, item)) return NULL;
  }
  AstExpr *tuple = ast_expr_new(p->arena, AST_Tuple, span(p, start));
  if (!tuple || !TAKE(p, base, &tuple->u.Tuple.elts)) return NULL;
  tuple->u.Tuple.ctx = AST_Load;
  return tuple;
}

AstStmt *parse_match_stmt(Parser *p, bool *committed) {
  AstPos start = tok(p)->pos;
  advance(p);
  AstExpr *subject = parse_subject(p);
  if (!subject || !accept(p, TOK_COLON) || !accept(p, TOK_NEWLINE) || !accept(p, TOK_INDENT)) return NULL;
  *committed = true;
  size_t base = p->stack_used;
  AstMatchCaseSeq cases;
  if (!token_is(tok(p), "case", 4) || p->feature_version < 10 || !parser_may_recurse(p)) return NULL;
  while (token_is(tok(p), "case", 4))
    if (!parse_case_block(p)) return NULL;
  if (!TAKE(p, base, &cases) || !accept(p, TOK_DEDENT)) return NULL;
  AstStmt *stmt = ast_stmt_new(p->arena, AST_Match, span(p, start));
  if (stmt) {
    stmt->u.Match.subject = subject;
    stmt->u.Match.cases = cases;
  }
  return stmt;
}
