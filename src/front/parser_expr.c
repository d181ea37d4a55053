// The fast parser's expressions. Binary operators climb precedences in a loop; everything else is a function per rule.
#include "front/parser_internal.h"

#include <string.h>

static AstExpr *parse_disjunction(Parser *p);
static AstExpr *parse_bitwise_or(Parser *p);
static AstExpr *parse_primary(Parser *p);
static AstExpr *parse_starred(Parser *p, AstExpr *(*operand)(Parser *));
static bool parse_for_if_clauses(Parser *p, AstComprehensionSeq *generators);

static inline AstExpr *node(Parser *p, AstExprKind kind, AstPos start) { return ast_expr_new(p->arena, kind, span(p, start)); }

#define NODE(P, KIND, START, ...) PARSER_NODE(AstExpr, ast_expr_new, P, KIND, START, __VA_ARGS__)

static AstExpr *name_node(Parser *p, AstExprContext ctx) {
  AstPos start = tok(p)->pos;
  AstName *id = parse_name(p);
  return id ? NODE(p, Name, start, .id = id, .ctx = ctx) : NULL;
}

// From an atom, or a primary, down to the next atom within its brackets, CPython goes through about so many rules.
enum { GROUP_LEVELS = 26, DISPLAY_LEVELS = 28, CALL_LEVELS = 22 };

// Parses one level deeper; `levels` is what that costs of PARSER_MAX_DEPTH.
static AstExpr *nested(Parser *p, int levels, AstExpr *(*parse)(Parser *)) {
  AstExpr *expr = parser_enter(p, levels) ? parse(p) : NULL;
  p->depth -= levels;
  return expr;
}

AstName *parse_name(Parser *p) {
  const Token *t = tok(p);
  if (t->type != TOK_NAME) return NULL;
  AstName *name = front_name_intern(p->arena, t->start, t->len);
  p->no_memory |= !name;
  advance(p);
  return name;
}

static bool starts_for_clause(Parser *p) { return peek(p) == TOK_KW_FOR || (peek(p) == TOK_KW_ASYNC && peek_second(p) == TOK_KW_FOR); }

// Can an expression begin with this token? Decides whether a comma is a trailing one.
static bool starts_expression(TokenType type) {
  switch (type) {
    case TOK_NAME:
    case TOK_NUMBER:
    case TOK_STRING:
    case TOK_LPAR:
    case TOK_LSQB:
    case TOK_LBRACE:
    case TOK_ELLIPSIS:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_TILDE:
    case TOK_KW_NONE:
    case TOK_KW_TRUE:
    case TOK_KW_FALSE:
    case TOK_KW_NOT:
    case TOK_KW_LAMBDA:
    case TOK_KW_AWAIT: return true;
    default: return false;
  }
}

// ---- targets --------------------------------------------------------------------------------------------------------------------

bool expr_to_target(AstExpr *expr, AstExprContext ctx) {
  switch (expr->kind) {
    case AST_Name: expr->u.Name.ctx = ctx; return true;
    case AST_Attribute: expr->u.Attribute.ctx = ctx; return true;
    case AST_Subscript: expr->u.Subscript.ctx = ctx; return true;
    case AST_Starred:
      expr->u.Starred.ctx = ctx;
      return ctx == AST_Store && expr->u.Starred.value->kind != AST_Starred && expr_to_target(expr->u.Starred.value, ctx);
    case AST_List:
    case AST_Tuple:
      expr->u.List.ctx = ctx;
      for (uint32_t i = 0; i < expr->u.List.elts.size; i++)
        if (!expr_to_target(expr->u.List.elts.items[i], ctx)) return false;
      return true;
    default: return false;
  }
}

static AstExpr *tuple_of(Parser *p, size_t base, AstPos start) {
  AstExpr *tuple = node(p, AST_Tuple, start);
  if (!tuple || !TAKE(p, base, &tuple->u.Tuple.elts)) return NULL;
  tuple->u.Tuple.ctx = AST_Load;
  return tuple;
}

AstExpr *parse_star_target(Parser *p) {
  AstExpr *target = peek(p) == TOK_STAR ? parse_starred(p, parse_primary) : parse_primary(p);
  return target && expr_to_target(target, AST_Store) ? target : NULL;
}

AstExpr *parse_star_targets(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *first = parse_star_target(p);
  if (!first || peek(p) != TOK_COMMA) return first;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, TOK_COMMA)) {
    if (peek(p) != TOK_STAR && !starts_expression(peek(p))) break;
    AstExpr *target = parse_star_target(p);
    if (!target || !parser_push(p, target)) return NULL;
  }
  AstExpr *tuple = tuple_of(p, base, start);
  if (tuple) tuple->u.Tuple.ctx = AST_Store;
  return tuple;
}

// ---- parameters -----------------------------------------------------------------------------------------------------------------

static AstArg *parse_param(Parser *p, bool annotated, bool star) {
  AstPos start = tok(p)->pos;
  AstArg *arg = arena_alloc(p->arena, sizeof *arg);
  if (!arg || !(arg->arg = parse_name(p))) return NULL;
  if (annotated && accept(p, TOK_COLON)) {
    arg->annotation = star && peek(p) == TOK_STAR ? parse_starred(p, parse_bitwise_or) : parse_expression(p);
    if (!arg->annotation) return NULL;
  }
  arg->pos = span(p, start);
  return arg;
}

// The type comment behind a parameter (and its comma), if type comments are wanted.
static bool param_type_comment(Parser *p, AstArg *arg) {
  if (peek(p) != TOK_TYPE_COMMENT) return true;
  arg->type_comment = arena_copy(p->arena, tok(p)->start, tok(p)->len);
  advance(p);
  return arg->type_comment != NULL;
}

// Behind a parameter: a comma or the closing token. *more says whether another parameter may follow.
static bool param_end(Parser *p, TokenType closing, AstArg *arg, bool *more) {
  *more = accept(p, TOK_COMMA);
  return (!arg || param_type_comment(p, arg)) && (*more || peek(p) == closing);
}

// Positional parameters up to '*', '**' or the end; defaults are collected in a list of their own, as the stack holds the parameters.
static bool parse_positional_params(Parser *p, AstArguments *args, TokenType closing, bool annotated, bool *more) {
  enum { FEW = 8 };
  AstExpr *few[FEW];
  size_t default_count = 0, base = p->stack_used;
  AstExprSeq defaults = {0, few};
  size_t capacity = FEW;
  while (*more && peek(p) != closing && peek(p) != TOK_STAR && peek(p) != TOK_DOUBLESTAR) {
    if (peek(p) == TOK_SLASH) {
      advance(p);
      if (args->posonlyargs.size || p->stack_used == base || p->feature_version < 8 || !TAKE(p, base, &args->posonlyargs) ||
          !param_end(p, closing, NULL, more))
        return false;
      continue;
    }
    AstArg *arg = parse_param(p, annotated, false);
    if (!arg || !parser_push(p, arg)) return false;
    if (accept(p, TOK_EQUAL)) {
      AstExpr *value = parse_expression(p);
      if (!value) return false;
      if (default_count == capacity) {
        AstExpr **grown = arena_alloc(p->arena, capacity * 2 * sizeof *grown);
        if (!grown) return false;
        memcpy(grown, defaults.items, capacity * sizeof *grown);
        defaults.items = grown;
        capacity *= 2;
      }
      defaults.items[default_count++] = value;
    } else if (default_count) {
      return false;
    }
    if (!param_end(p, closing, arg, more)) return false;
  }
  if (!TAKE(p, base, &args->args) || !ast_seq_new(p->arena, (AstAnySeq *)&args->defaults, default_count)) return false;
  if (default_count) memcpy(args->defaults.items, defaults.items, default_count * sizeof *defaults.items);
  return true;
}

// From '*' on. Keyword-only parameters and their defaults are pushed in pairs.
static bool parse_star_params(Parser *p, AstArguments *args, TokenType closing, bool annotated, bool *more) {
  size_t base = p->stack_used;
  bool bare = false;
  advance(p);
  if (accept(p, TOK_COMMA)) {
    bare = true;
    if (peek(p) == TOK_TYPE_COMMENT) return false;
  } else {
    args->vararg = parse_param(p, annotated, true);
    if (!args->vararg || !param_end(p, closing, args->vararg, more)) return false;
  }
  while (*more && peek(p) == TOK_NAME) {
    AstArg *arg = parse_param(p, annotated, false);
    AstExpr *value = NULL;
    if (!arg || (accept(p, TOK_EQUAL) && !(value = parse_expression(p))) || !parser_push(p, arg) || !parser_push(p, value) ||
        !param_end(p, closing, arg, more))
      return false;
  }
  size_t count = (p->stack_used - base) / 2;
  if ((bare && count == 0) || !ast_seq_new(p->arena, (AstAnySeq *)&args->kwonlyargs, count) ||
      !ast_seq_new(p->arena, (AstAnySeq *)&args->kw_defaults, count))
    return false;
  for (size_t i = 0; i < count; i++) {
    args->kwonlyargs.items[i] = p->stack[base + 2 * i];
    args->kw_defaults.items[i] = p->stack[base + 2 * i + 1];
  }
  p->stack_used = base;
  return true;
}

AstArguments *parse_parameters(Parser *p, TokenType closing, bool annotated) {
  AstArguments *args = arena_alloc(p->arena, sizeof *args);
  bool more = true;
  if (!args || !parse_positional_params(p, args, closing, annotated, &more)) return NULL;
  if (more && peek(p) == TOK_STAR && !parse_star_params(p, args, closing, annotated, &more)) return NULL;
  if (more && accept(p, TOK_DOUBLESTAR)) {
    args->kwarg = parse_param(p, annotated, false);
    if (!args->kwarg || !param_end(p, closing, args->kwarg, &more)) return NULL;
  }
  return peek(p) == closing ? args : NULL;
}

static AstExpr *parse_lambda(Parser *p) {
  AstPos start = tok(p)->pos;
  advance(p);
  AstArguments *args = parse_parameters(p, TOK_COLON, false);
  if (!args || !accept(p, TOK_COLON)) return NULL;
  AstExpr *body = nested(p, 1, parse_expression);
  return body ? NODE(p, Lambda, start, .args = args, .body = body) : NULL;
}

// ---- displays and comprehensions ------------------------------------------------------------------------------------------------

static AstExpr *parse_starred(Parser *p, AstExpr *(*operand)(Parser *)) {
  AstPos start = tok(p)->pos;
  advance(p);
  AstExpr *value = operand(p);
  return value ? NODE(p, Starred, start, .value = value, .ctx = AST_Load) : NULL;
}

static AstComprehension *parse_for_if_clause(Parser *p) {
  AstComprehension *clause = arena_alloc(p->arena, sizeof *clause);
  if (!clause) return NULL;
  clause->is_async = accept(p, TOK_KW_ASYNC);
  if (p->feature_version < 6 && clause->is_async) return NULL;
  advance(p);
  if (!(clause->target = parse_star_targets(p)) || !accept(p, TOK_KW_IN) || !(clause->iter = parse_disjunction(p))) return NULL;
  size_t base = p->stack_used;
  while (accept(p, TOK_KW_IF)) {
    AstExpr *test = parse_disjunction(p);
    if (!test || !parser_push(p, test)) return NULL;
  }
  return TAKE(p, base, &clause->ifs) ? clause : NULL;
}

static bool parse_for_if_clauses(Parser *p, AstComprehensionSeq *generators) {
  size_t base = p->stack_used;
  while (starts_for_clause(p)) {
    AstComprehension *clause = parse_for_if_clause(p);
    if (!clause || !parser_push(p, clause)) return false;
  }
  return TAKE(p, base, generators);
}

// The rest of a comprehension whose element has been read, up to its closing bracket.
static AstExpr *finish_comprehension(Parser *p, AstExprKind kind, AstExpr *elt, AstPos start, TokenType closing) {
  AstComprehensionSeq generators;
  if (elt->kind == AST_Starred || !parse_for_if_clauses(p, &generators) || !accept(p, closing)) return NULL;
  AstExpr *comp = node(p, kind, start);
  if (comp) {
    comp->u.ListComp.elt = elt;
    comp->u.ListComp.generators = generators;
  }
  return comp;
}

// More elements behind the first one and its comma, up to the closing bracket; all are pushed.
static bool parse_more_elements(Parser *p, TokenType closing) {
  while (accept(p, TOK_COMMA)) {
    if (peek(p) == closing) break;
    AstExpr *elt = parse_star_named_expression(p);
    if (!elt || !parser_push(p, elt)) return false;
  }
  return accept(p, closing);
}

static AstExpr *parse_list(Parser *p) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  if (!accept(p, TOK_RSQB)) {
    AstExpr *first = parse_star_named_expression(p);
    if (!first) return NULL;
    if (starts_for_clause(p)) return finish_comprehension(p, AST_ListComp, first, start, TOK_RSQB);
    if (!parser_push(p, first) || !parse_more_elements(p, TOK_RSQB)) return NULL;
  }
  AstExpr *list = node(p, AST_List, start);
  if (!list || !TAKE(p, base, &list->u.List.elts)) return NULL;
  list->u.List.ctx = AST_Load;
  return list;
}

// A tuple, a parenthesised expression or a generator expression.
static AstExpr *parse_parenthesised(Parser *p) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  if (accept(p, TOK_RPAR)) return tuple_of(p, base, start);
  if (peek(p) == TOK_KW_YIELD) {
    AstExpr *yield = parse_yield_expr(p);
    return yield && accept(p, TOK_RPAR) ? yield : NULL;
  }
  AstExpr *first = parse_star_named_expression(p);
  if (!first) return NULL;
  if (peek(p) == TOK_COMMA) return parser_push(p, first) && parse_more_elements(p, TOK_RPAR) ? tuple_of(p, base, start) : NULL;
  if (starts_for_clause(p)) return finish_comprehension(p, AST_GeneratorExp, first, start, TOK_RPAR);
  return first->kind != AST_Starred && accept(p, TOK_RPAR) ? first : NULL;
}

static bool parse_dict_item(Parser *p, AstExpr **key, AstExpr **value) {
  if (accept(p, TOK_DOUBLESTAR)) {
    *key = NULL;
    *value = parse_bitwise_or(p);
  } else {
    *key = parse_expression(p);
    *value = *key && accept(p, TOK_COLON) ? parse_expression(p) : NULL;
  }
  return *value != NULL;
}

// A dict display from behind its first item.
static AstExpr *finish_dict(Parser *p, AstExpr *key, AstExpr *value, AstPos start) {
  size_t base = p->stack_used;
  if (!parser_push(p, key) || !parser_push(p, value)) return NULL;
  while (accept(p, TOK_COMMA) && peek(p) != TOK_RBRACE)
    if (!parse_dict_item(p, &key, &value) || !parser_push(p, key) || !parser_push(p, value)) return NULL;
  if (!accept(p, TOK_RBRACE)) return NULL;
  size_t count = (p->stack_used - base) / 2;
  AstExpr *dict = node(p, AST_Dict, start);
  if (!dict || !ast_seq_new(p->arena, (AstAnySeq *)&dict->u.Dict.keys, count) || !ast_seq_new(p->arena, (AstAnySeq *)&dict->u.Dict.values, count))
    return NULL;
  for (size_t i = 0; i < count; i++) {
    dict->u.Dict.keys.items[i] = p->stack[base + 2 * i];
    dict->u.Dict.values.items[i] = p->stack[base + 2 * i + 1];
  }
  p->stack_used = base;
  return dict;
}

static AstExpr *finish_dict_comprehension(Parser *p, AstExpr *key, AstExpr *value, AstPos start) {
  AstComprehensionSeq generators;
  if (!key || !parse_for_if_clauses(p, &generators) || !accept(p, TOK_RBRACE)) return NULL;
  return NODE(p, DictComp, start, .key = key, .value = value, .generators = generators);
}

// `name := value` without parentheses around it: then it begins with its first token.
static bool is_bare_walrus(const AstExpr *expr, AstPos first_token) {
  return expr->kind == AST_NamedExpr && expr->pos.col_offset == first_token.col_offset && expr->pos.lineno == first_token.lineno;
}

// A dict, a set, or a comprehension of either.
static AstExpr *parse_braces(Parser *p) {
  AstPos start = tok(p)->pos;
  size_t base = p->stack_used;
  advance(p);
  if (accept(p, TOK_RBRACE)) return node(p, AST_Dict, start);
  AstExpr *key = NULL, *value;
  if (peek(p) == TOK_DOUBLESTAR) {
    if (!parse_dict_item(p, &key, &value)) return NULL;
    return finish_dict(p, key, value, start);
  }
  AstPos first_start = tok(p)->pos;
  AstExpr *first = parse_star_named_expression(p);
  if (!first) return NULL;
  if (peek(p) == TOK_COLON) {
    advance(p);
    if (first->kind == AST_Starred || is_bare_walrus(first, first_start) || !(value = parse_expression(p))) return NULL;
    if (starts_for_clause(p)) return finish_dict_comprehension(p, first, value, start);
    return finish_dict(p, first, value, start);
  }
  if (starts_for_clause(p)) return finish_comprehension(p, AST_SetComp, first, start, TOK_RBRACE);
  if (!parser_push(p, first) || !parse_more_elements(p, TOK_RBRACE)) return NULL;
  AstExpr *set = node(p, AST_Set, start);
  return set && TAKE(p, base, &set->u.Set.elts) ? set : NULL;
}

// ---- calls and subscripts -------------------------------------------------------------------------------------------------------

static AstKeyword *parse_keyword(Parser *p) {
  AstPos start = tok(p)->pos;
  AstKeyword *keyword = arena_alloc(p->arena, sizeof *keyword);
  if (!keyword) return NULL;
  if (!accept(p, TOK_DOUBLESTAR)) {
    if (!(keyword->arg = parse_name(p))) return NULL;
    advance(p);
  }
  if (!(keyword->value = parse_expression(p))) return NULL;
  keyword->pos = span(p, start);
  return keyword;
}

// Arguments up to the ')' (which stays). Positional and keyword ones go to the stack together, keywords tagged in bit 0.
bool parse_arguments(Parser *p, AstExprSeq *args, AstKeywordSeq *keywords, bool may_be_genexp, AstExpr **genexp) {
  size_t base = p->stack_used, keyword_count = 0;
  bool unpacked = false;
  while (peek(p) != TOK_RPAR) {
    TokenType type = peek(p);
    if (type == TOK_DOUBLESTAR || (type == TOK_NAME && peek_second(p) == TOK_EQUAL)) {
      unpacked |= type == TOK_DOUBLESTAR;
      AstKeyword *keyword = parse_keyword(p);
      if (!keyword || !parser_push(p, (void *)((uintptr_t)keyword | 1))) return false;
      keyword_count++;
    } else if (type == TOK_STAR) {
      AstExpr *starred = unpacked ? NULL : parse_starred(p, parse_expression);
      if (!starred || !parser_push(p, starred)) return false;
    } else {
      AstExpr *arg = keyword_count ? NULL : parse_named_expression(p);
      if (!arg) return false;
      if (starts_for_clause(p)) {
        *genexp = arg;
        return may_be_genexp && p->stack_used == base;
      }
      if (!parser_push(p, arg)) return false;
    }
    if (!accept(p, TOK_COMMA)) break;
  }
  if (peek(p) != TOK_RPAR) return false;
  size_t count = p->stack_used - base;
  if (!ast_seq_new(p->arena, (AstAnySeq *)args, count - keyword_count) || !ast_seq_new(p->arena, (AstAnySeq *)keywords, keyword_count)) return false;
  size_t a = 0, k = 0;
  for (size_t i = base; i < p->stack_used; i++) {
    uintptr_t item = (uintptr_t)p->stack[i];
    if (item & 1) keywords->items[k++] = (AstKeyword *)(item - 1);
    else args->items[a++] = (AstExpr *)item;
  }
  p->stack_used = base;
  return true;
}

static AstExpr *parse_call(Parser *p, AstExpr *func, AstPos start) {
  AstPos bracket = tok(p)->pos;
  AstExprSeq args;
  AstKeywordSeq keywords = {0, NULL};
  AstExpr *genexp = NULL;
  advance(p);
  if (!parser_enter(p, CALL_LEVELS) || !parse_arguments(p, &args, &keywords, true, &genexp)) return NULL;
  p->depth -= CALL_LEVELS;
  if (genexp) {
    genexp = finish_comprehension(p, AST_GeneratorExp, genexp, bracket, TOK_RPAR);
    if (!genexp || !parser_push(p, genexp) || !TAKE(p, p->stack_used - 1, &args)) return NULL;
  } else if (!accept(p, TOK_RPAR)) {
    return NULL;
  }
  return NODE(p, Call, start, .func = func, .args = args, .keywords = keywords);
}

static AstExpr *parse_slice(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *lower = NULL, *upper = NULL, *step = NULL;
  if (peek(p) != TOK_COLON) {
    lower = parse_named_expression(p);
    if (!lower || peek(p) != TOK_COLON) return lower;
    if (is_bare_walrus(lower, start)) return NULL;
  }
  advance(p);
  if (starts_expression(peek(p)) && !(upper = parse_expression(p))) return NULL;
  if (accept(p, TOK_COLON) && starts_expression(peek(p)) && !(step = parse_expression(p))) return NULL;
  return NODE(p, Slice, start, .lower = lower, .upper = upper, .step = step);
}

static AstExpr *parse_slices(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *first = peek(p) == TOK_STAR ? parse_starred(p, parse_expression) : parse_slice(p);
  if (!first || (first->kind != AST_Starred && peek(p) != TOK_COMMA)) return first;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, TOK_COMMA) && peek(p) != TOK_RSQB) {
    AstExpr *item = peek(p) == TOK_STAR ? parse_starred(p, parse_expression) : parse_slice(p);
    if (!item || !parser_push(p, item)) return NULL;
  }
  return tuple_of(p, base, start);
}

static AstExpr *parse_subscript(Parser *p, AstExpr *value, AstPos start) {
  advance(p);
  AstExpr *slice = nested(p, CALL_LEVELS, parse_slices);
  if (!slice || !accept(p, TOK_RSQB)) return NULL;
  return NODE(p, Subscript, start, .value = value, .slice = slice, .ctx = AST_Load);
}

static AstExpr *parse_attribute(Parser *p, AstExpr *value, AstPos start) {
  advance(p);
  AstName *attr = parse_name(p);
  return attr ? NODE(p, Attribute, start, .value = value, .attr = attr, .ctx = AST_Load) : NULL;
}

// ---- atoms and primaries --------------------------------------------------------------------------------------------------------

static AstExpr *constant_node(Parser *p, AstConstKind kind) {
  AstPos start = tok(p)->pos;
  advance(p);
  return NODE(p, Constant, start, .value.kind = kind);
}

AstExpr *parse_number(Parser *p) {
  AstPos start = tok(p)->pos;
  AstConst value;
  if (!literal_number(p, tok(p), &value, false)) return NULL;
  advance(p);
  return NODE(p, Constant, start, .value = value);
}

AstExpr *parse_strings(Parser *p) {
  int first = p->pos, count = 0;
  while (peek(p) == TOK_STRING) {
    advance(p);
    count++;
  }
  return strings_concatenate(p, &p->tokens[first], count, false);
}

static AstExpr *parse_atom(Parser *p) {
  switch (peek(p)) {
    case TOK_NAME: return name_node(p, AST_Load);
    case TOK_NUMBER: return parse_number(p);
    case TOK_STRING: return parse_strings(p);
    case TOK_KW_NONE: return constant_node(p, AST_CONST_NONE);
    case TOK_KW_TRUE: return constant_node(p, AST_CONST_TRUE);
    case TOK_KW_FALSE: return constant_node(p, AST_CONST_FALSE);
    case TOK_ELLIPSIS: return constant_node(p, AST_CONST_ELLIPSIS);
    case TOK_LPAR: return nested(p, GROUP_LEVELS, parse_parenthesised);
    case TOK_LSQB: return nested(p, DISPLAY_LEVELS, parse_list);
    case TOK_LBRACE: return nested(p, DISPLAY_LEVELS, parse_braces);
    default: return NULL;
  }
}

static AstExpr *parse_primary(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *expr = parse_atom(p);
  while (expr) {
    switch (peek(p)) {
      case TOK_DOT: expr = parse_attribute(p, expr, start); break;
      case TOK_LPAR: expr = parse_call(p, expr, start); break;
      case TOK_LSQB: expr = parse_subscript(p, expr, start); break;
      default: return expr;
    }
  }
  return NULL;
}

static AstExpr *parse_await_primary(Parser *p) {
  if (peek(p) != TOK_KW_AWAIT) return parse_primary(p);
  AstPos start = tok(p)->pos;
  advance(p);
  AstExpr *value = p->feature_version >= 5 ? parse_primary(p) : NULL;
  return value ? NODE(p, Await, start, .value = value) : NULL;
}

// ---- operators ------------------------------------------------------------------------------------------------------------------

static AstExpr *binary_node(Parser *p, AstExpr *left, AstOperator op, AstExpr *right, AstPos start) {
  return left && right ? NODE(p, BinOp, start, .left = left, .op = op, .right = right) : NULL;
}

static AstExpr *unary_node(Parser *p, AstUnaryOp op, AstExpr *operand, AstPos start) {
  return operand ? NODE(p, UnaryOp, start, .op = op, .operand = operand) : NULL;
}

static AstExpr *parse_factor(Parser *p) {
  AstPos start = tok(p)->pos;
  AstUnaryOp op;
  switch (peek(p)) {
    case TOK_PLUS: op = AST_UAdd; break;
    case TOK_MINUS: op = AST_USub; break;
    case TOK_TILDE: op = AST_Invert; break;
    default: {
      AstExpr *base = parse_await_primary(p);
      if (!base || peek(p) != TOK_DOUBLESTAR) return base;
      advance(p);
      return binary_node(p, base, AST_Pow, nested(p, 2, parse_factor), start);
    }
  }
  advance(p);
  return unary_node(p, op, nested(p, 1, parse_factor), start);
}

typedef struct BinaryOp {
  uint8_t precedence, op;
} BinaryOp;

static const BinaryOp binary_ops[TOK_COUNT] = {
    [TOK_VBAR] = {1, AST_BitOr},        [TOK_CIRCUMFLEX] = {2, AST_BitXor},
    [TOK_AMPER] = {3, AST_BitAnd},      [TOK_LEFTSHIFT] = {4, AST_LShift},
    [TOK_RIGHTSHIFT] = {4, AST_RShift}, [TOK_PLUS] = {5, AST_Add},
    [TOK_MINUS] = {5, AST_Sub},         [TOK_STAR] = {6, AST_Mult},
    [TOK_SLASH] = {6, AST_Div},         [TOK_DOUBLESLASH] = {6, AST_FloorDiv},
    [TOK_PERCENT] = {6, AST_Mod},       [TOK_AT] = {6, AST_MatMult},
};

// Operators that bind at least as tightly as `precedence`; all of them group to the left.
static AstExpr *parse_binary(Parser *p, int precedence) {
  AstPos start = tok(p)->pos;
  AstExpr *left = parse_factor(p);
  while (left) {
    BinaryOp op = binary_ops[peek(p)];
    if (op.precedence < precedence || op.precedence == 0) return left;
    if (op.op == AST_MatMult && p->feature_version < 5) return NULL;
    advance(p);
    left = binary_node(p, left, op.op, parse_binary(p, op.precedence + 1), start);
  }
  return NULL;
}

static AstExpr *parse_bitwise_or(Parser *p) { return parse_binary(p, 1); }

// The comparison operator at the current token, consumed; 0 when there is none, -1 when it is not one after all.
static int parse_cmpop(Parser *p) {
  int op;
  switch (peek(p)) {
    case TOK_EQEQUAL: op = AST_Eq; break;
    case TOK_LESS: op = AST_Lt; break;
    case TOK_LESSEQUAL: op = AST_LtE; break;
    case TOK_GREATER: op = AST_Gt; break;
    case TOK_GREATEREQUAL: op = AST_GtE; break;
    case TOK_KW_IN: op = AST_In; break;
    case TOK_NOTEQUAL: op = (tok(p)->start[0] == '<') == !!(p->flags->bits & FRONT_FUTURE_BARRY_AS_FLUFL) ? AST_NotEq : -1; break;
    case TOK_KW_IS: advance(p); return accept(p, TOK_KW_NOT) ? AST_IsNot : AST_Is;
    case TOK_KW_NOT:
      if (peek_second(p) != TOK_KW_IN) return 0;
      advance(p);
      op = AST_NotIn;
      break;
    default: return 0;
  }
  advance(p);
  return op;
}

static AstExpr *parse_comparison(Parser *p) {
  AstPos start = tok(p)->pos;
  AstExpr *left = parse_bitwise_or(p);
  size_t base = p->stack_used;
  if (!left) return NULL;
  for (int op; (op = parse_cmpop(p)) != 0;) {
    AstExpr *right = op > 0 ? parse_bitwise_or(p) : NULL;
    if (!right || !parser_push(p, (void *)(uintptr_t)op) || !parser_push(p, right)) return NULL;
  }
  size_t count = (p->stack_used - base) / 2;
  if (count == 0) return left;
  AstExpr *compare = node(p, AST_Compare, start);
  AstCmpOp *ops = compare ? arena_alloc(p->arena, count * sizeof *ops) : NULL;
  if (!ops || !ast_seq_new(p->arena, (AstAnySeq *)&compare->u.Compare.comparators, count)) return NULL;
  for (size_t i = 0; i < count; i++) {
    ops[i] = (AstCmpOp)(uintptr_t)p->stack[base + 2 * i];
    compare->u.Compare.comparators.items[i] = p->stack[base + 2 * i + 1];
  }
  p->stack_used = base;
  compare->u.Compare.left = left;
  compare->u.Compare.ops = (AstCmpOpSeq){(uint32_t)count, ops};
  return compare;
}

static AstExpr *parse_inversion(Parser *p) {
  if (peek(p) != TOK_KW_NOT) return parse_comparison(p);
  AstPos start = tok(p)->pos;
  advance(p);
  return unary_node(p, AST_Not, nested(p, 1, parse_inversion), start);
}

// Operands joined by `and` or `or`.
static AstExpr *parse_bool_op(Parser *p, TokenType keyword, AstBoolOp op, AstExpr *(*operand)(Parser *)) {
  AstPos start = tok(p)->pos;
  AstExpr *first = operand(p);
  if (!first || peek(p) != keyword) return first;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, keyword)) {
    AstExpr *next = operand(p);
    if (!next || !parser_push(p, next)) return NULL;
  }
  AstExpr *expr = node(p, AST_BoolOp, start);
  if (!expr || !TAKE(p, base, &expr->u.BoolOp.values)) return NULL;
  expr->u.BoolOp.op = op;
  return expr;
}

static AstExpr *parse_conjunction(Parser *p) { return parse_bool_op(p, TOK_KW_AND, AST_And, parse_inversion); }

static AstExpr *parse_disjunction(Parser *p) { return parse_bool_op(p, TOK_KW_OR, AST_Or, parse_conjunction); }

// ---- expressions ----------------------------------------------------------------------------------------------------------------

static AstExpr *parse_conditional(Parser *p) {
  AstPos start = tok(p)->pos;
  if (peek(p) == TOK_KW_LAMBDA) return parse_lambda(p);
  AstExpr *body = parse_disjunction(p);
  if (!body || peek(p) != TOK_KW_IF) return body;
  advance(p);
  AstExpr *test = parse_disjunction(p);
  AstExpr *orelse = test && accept(p, TOK_KW_ELSE) ? parse_expression(p) : NULL;
  return orelse ? NODE(p, IfExp, start, .test = test, .body = body, .orelse = orelse) : NULL;
}

AstExpr *parse_expression(Parser *p) { return nested(p, 1, parse_conditional); }

AstExpr *parse_named_expression(Parser *p) {
  if (peek(p) != TOK_NAME || peek_second(p) != TOK_COLONEQUAL) {
    AstExpr *expr = parse_expression(p);
    return expr && peek(p) != TOK_COLONEQUAL ? expr : NULL;
  }
  AstPos start = tok(p)->pos;
  AstExpr *target = p->feature_version >= 8 ? name_node(p, AST_Store) : NULL;
  if (!target) return NULL;
  advance(p);
  AstExpr *value = parse_expression(p);
  return value ? NODE(p, NamedExpr, start, .target = target, .value = value) : NULL;
}

AstExpr *parse_star_named_expression(Parser *p) { return peek(p) == TOK_STAR ? parse_starred(p, parse_bitwise_or) : parse_named_expression(p); }

static AstExpr *parse_star_expression(Parser *p) { return peek(p) == TOK_STAR ? parse_starred(p, parse_bitwise_or) : parse_expression(p); }

// One item, or a tuple without parentheses.
static AstExpr *parse_tuple_of(Parser *p, AstExpr *(*item)(Parser *), bool stars) {
  AstPos start = tok(p)->pos;
  AstExpr *first = item(p);
  if (!first || peek(p) != TOK_COMMA) return first;
  size_t base = p->stack_used;
  if (!parser_push(p, first)) return NULL;
  while (accept(p, TOK_COMMA)) {
    if (!starts_expression(peek(p)) && !(stars && peek(p) == TOK_STAR)) break;
    AstExpr *next = item(p);
    if (!next || !parser_push(p, next)) return NULL;
  }
  return tuple_of(p, base, start);
}

AstExpr *parse_star_expressions(Parser *p) { return parse_tuple_of(p, parse_star_expression, true); }

AstExpr *parse_expressions(Parser *p) { return parse_tuple_of(p, parse_expression, false); }

AstExpr *parse_yield_expr(Parser *p) {
  AstPos start = tok(p)->pos;
  advance(p);
  if (accept(p, TOK_KW_FROM)) {
    AstExpr *value = parse_expression(p);
    AstExpr *yield = value ? node(p, AST_YieldFrom, start) : NULL;
    if (yield) yield->u.YieldFrom.value = value;
    return yield;
  }
  AstExpr *value = NULL;
  if ((peek(p) == TOK_STAR || starts_expression(peek(p))) && !(value = parse_star_expressions(p))) return NULL;
  return NODE(p, Yield, start, .value = value);
}

AstExpr *parse_annotated_rhs(Parser *p) { return peek(p) == TOK_KW_YIELD ? parse_yield_expr(p) : parse_star_expressions(p); }
