// The specialised messages of the grammar: each function looks at a match and raises its message, or says that it does not apply.
#include "front/parser_grammar.h"

#include <string.h>

// Results of message functions are NULL, whether they raised or not; only the last few functions build nodes.
#define MESSAGE(NAME) static DiagNode *message_##NAME(const DiagMatch *m)

static DiagNode *const no_match = NULL;

// ---- places ---------------------------------------------------------------------------------------------------------------------

static AstPos range(const DiagNode *from, const DiagNode *to) {
  AstPos pos = from->pos;
  pos.end_lineno = to->pos.end_lineno;
  pos.end_col_offset = to->pos.end_col_offset;
  return pos;
}

static AstPos from_here_on(const DiagNode *from) {
  AstPos pos = from->pos;
  pos.end_lineno = pos.end_col_offset = PARSER_CURRENT;
  return pos;
}

#define ERROR_AT(POS, ...) (parser_error_at(m->p, FRONT_SYNTAX_ERROR, POS, __VA_ARGS__), no_match)
#define ERROR_AT_ITEM(N, ...) ERROR_AT(m->item[N]->pos, __VA_ARGS__)
#define ERROR_BETWEEN(A, B, ...) ERROR_AT(range(m->item[A], m->item[B]), __VA_ARGS__)
#define ERROR_LAST_TOKEN(...) (parser_error(m->p, FRONT_SYNTAX_ERROR, __VA_ARGS__), no_match)

static const Token *token_of(const DiagMatch *m, const DiagNode *node) { return &m->p->tokens[node->token]; }

static DiagNode *last_item(const DiagNode *list) { return list->items[list->count - 1]; }

// ---- what a node is -------------------------------------------------------------------------------------------------------------

static const char *describe(const DiagMatch *m, const DiagNode *node) {
  AstExpr expr = {.kind = node->kind};
  if (node->kind == AST_Constant) {
    switch (token_of(m, node->items[0])->type) {
      case TOK_KW_NONE: expr.u.Constant.value.kind = AST_CONST_NONE; break;
      case TOK_KW_TRUE: expr.u.Constant.value.kind = AST_CONST_TRUE; break;
      case TOK_KW_FALSE: expr.u.Constant.value.kind = AST_CONST_FALSE; break;
      case TOK_ELLIPSIS: expr.u.Constant.value.kind = AST_CONST_ELLIPSIS; break;
      default: expr.u.Constant.value.kind = AST_CONST_STR; break;
    }
  }
  return ast_expr_describe(&expr);
}

// `print` or `exec`, as a name.
static bool is_legacy_name(const Token *t) { return token_is(t, "print", 5) || token_is(t, "exec", 4); }

static bool is_legacy_expr(const DiagMatch *m, const DiagNode *node) { return node->kind == AST_Name && is_legacy_name(token_of(m, node->items[0])); }

typedef enum TargetUse { STAR_TARGETS, DEL_TARGETS, FOR_TARGETS } TargetUse;

static const DiagNode *invalid_target(const DiagMatch *m, const DiagNode *node, TargetUse use);

// Looks through the elements of a display, which may lie in lists within the node.
static const DiagNode *invalid_element(const DiagMatch *m, const DiagNode *node, TargetUse use) {
  for (uint32_t i = 0; i < node->count; i++) {
    const DiagNode *item = node->items[i], *bad;
    if (!item || item->kind == NODE_TOKEN) continue;
    bad = item->kind == NODE_LIST ? invalid_element(m, item, use) : invalid_target(m, item, use);
    if (bad) return bad;
  }
  return NULL;
}

// The first part of an expression that cannot be assigned to (or deleted); NULL when all can. In `for`, the left side of `x in y` is the
// target.
static const DiagNode *invalid_target(const DiagMatch *m, const DiagNode *node, TargetUse use) {
  switch (node->kind) {
    case AST_List:
    case AST_Tuple: return invalid_element(m, node, use);
    case AST_Starred: return use == DEL_TARGETS ? node : invalid_target(m, node->items[1], use);
    case AST_Compare:
      if (use != FOR_TARGETS) return node;
      if (token_of(m, node->items[1]->items[0]->items[0])->type == TOK_KW_IN) return invalid_target(m, node->items[0], use);
      return NULL;
    case AST_Name:
    case AST_Subscript:
    case AST_Attribute: return NULL;
    default: return node;
  }
}

static DiagNode *target_error(const DiagMatch *m, const DiagNode *node, TargetUse use) {
  const DiagNode *bad = invalid_target(m, node, use);
  if (!bad) return no_match;
  return ERROR_AT(bad->pos, use == DEL_TARGETS ? "cannot delete %s" : "cannot assign to %s", describe(m, bad));
}

// ---- calls ----------------------------------------------------------------------------------------------------------------------

// The last thing in a comprehension: its last condition, or what it iterates over.
static const DiagNode *comprehension_end(const DiagNode *clauses) {
  const DiagNode *clause = last_item(clauses);
  const DiagNode *conditions = clause->items[clause->count - 1];
  return conditions->count ? last_item(conditions) : clause->items[clause->count - 2];
}

MESSAGE(iterable_after_unpacking) { return ERROR_AT_ITEM(0, "iterable argument unpacking follows keyword argument unpacking"); }

MESSAGE(genexp_range_0_1) { return ERROR_AT(range(m->item[0], comprehension_end(m->item[1])), "Generator expression must be parenthesized"); }

MESSAGE(genexp_range_2_3) { return ERROR_AT(range(m->item[2], comprehension_end(m->item[3])), "Generator expression must be parenthesized"); }

static const char maybe_equal[] = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";

MESSAGE(maybe_equal_name) { return ERROR_BETWEEN(0, 1, maybe_equal); }

// Counts the positional arguments (and starred ones) of a call; *last is the last of them.
static int count_positional(const DiagNode *node, const DiagNode **last) {
  int count = 0;
  for (uint32_t i = 0; i < node->count; i++) {
    const DiagNode *item = node->items[i];
    if (!item || item->kind == NODE_TOKEN || item->kind == NODE_KEYWORD || item->kind == NODE_UNPACKED) continue;
    if (item->kind == NODE_LIST) {
      count += count_positional(item, last);
    } else {
      *last = item;
      count++;
    }
  }
  return count;
}

MESSAGE(nonparen_genexp) {
  const DiagNode *last = NULL;
  if (count_positional(m->item[0], &last) <= 1) return no_match;
  return ERROR_AT(range(last, comprehension_end(m->item[1])), "Generator expression must be parenthesized");
}

static bool has_unpacking(const DiagNode *node) {
  if (!node || node->kind == NODE_TOKEN) return false;
  if (node->kind == NODE_UNPACKED) return true;
  if (node->kind != NODE_LIST && node->kind != NODE_ARGS) return false;
  for (uint32_t i = 0; i < node->count; i++)
    if (has_unpacking(node->items[i])) return true;
  return false;
}

MESSAGE(argument_order) {
  return ERROR_LAST_TOKEN(has_unpacking(m->item[0]) ? "positional argument follows keyword argument unpacking"
                                                    : "positional argument follows keyword argument");
}

MESSAGE(assign_constant) {
  const Token *t = token_of(m, m->item[0]);
  return ERROR_BETWEEN(0, 1, "cannot assign to %.*s", (int)t->len, t->start);
}

MESSAGE(kwarg_expression) { return ERROR_BETWEEN(0, 1, "expression cannot contain assignment, perhaps you meant \"==\"?"); }

// ---- expressions ----------------------------------------------------------------------------------------------------------------

MESSAGE(legacy_print) {
  const Token *t = token_of(m, m->item[0]);
  if (!is_legacy_name(t)) return no_match;
  return ERROR_BETWEEN(0, 1, "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", (int)t->len, t->start, (int)t->len, t->start);
}

MESSAGE(forgot_comma) {
  if (is_legacy_expr(m, m->item[0]) || m->p->tokens[m->p->pos - 1].level == 0) return no_match;
  return ERROR_BETWEEN(0, 1, "invalid syntax. Perhaps you forgot a comma?");
}

MESSAGE(expected_else) { return ERROR_BETWEEN(0, 2, "expected 'else' after 'if' expression"); }

MESSAGE(walrus_target) { return ERROR_AT_ITEM(0, "cannot use assignment expressions with %s", describe(m, m->item[0])); }

MESSAGE(maybe_equal) { return ERROR_BETWEEN(0, 2, maybe_equal); }

MESSAGE(maybe_equal_expr) { return ERROR_AT_ITEM(0, "cannot assign to %s here. Maybe you meant '==' instead of '='?", describe(m, m->item[0])); }

// ---- simple statements ----------------------------------------------------------------------------------------------------------

MESSAGE(ann_target) { return ERROR_AT_ITEM(0, "only single target (not %s) can be annotated", describe(m, m->item[0])); }

MESSAGE(ann_tuple) { return ERROR_AT_ITEM(0, "only single target (not tuple) can be annotated"); }

MESSAGE(ann_illegal) { return ERROR_AT_ITEM(0, "illegal target for annotation"); }

MESSAGE(assign_target) { return target_error(m, m->item[1], STAR_TARGETS); }

MESSAGE(assign_yield) { return ERROR_AT_ITEM(1, "assignment to yield expression not possible"); }

MESSAGE(augassign_target) { return ERROR_AT_ITEM(0, "'%s' is an illegal expression for augmented assignment", describe(m, m->item[0])); }

MESSAGE(del_target) { return target_error(m, m->item[1], DEL_TARGETS); }

MESSAGE(import_comma) { return ERROR_LAST_TOKEN("trailing comma not allowed without surrounding parentheses"); }

// ---- displays -------------------------------------------------------------------------------------------------------------------

MESSAGE(comprehension_unpacking) { return ERROR_AT_ITEM(1, "iterable unpacking cannot be used in comprehension"); }

static const char comprehension_parentheses[] = "did you forget parentheses around the comprehension target?";

MESSAGE(comprehension_target_list) { return ERROR_AT(range(m->item[1], last_item(m->item[3])), comprehension_parentheses); }

MESSAGE(comprehension_target_comma) { return ERROR_BETWEEN(1, 2, comprehension_parentheses); }

MESSAGE(dict_unpacking) { return ERROR_AT_ITEM(1, "dict unpacking cannot be used in dict comprehension"); }

MESSAGE(starred_group) { return ERROR_AT_ITEM(1, "cannot use starred expression here"); }

MESSAGE(double_starred_group) { return ERROR_AT_ITEM(1, "cannot use double starred expression here"); }

MESSAGE(dict_star_value) { return ERROR_AT(from_here_on(m->item[2]), "cannot use a starred expression in a dictionary value"); }

MESSAGE(dict_no_value) { return ERROR_AT_ITEM(1, "expression expected after dictionary key and ':'"); }

MESSAGE(dict_no_colon) {
  AstPos pos = m->item[0]->pos;
  pos.col_offset = pos.end_col_offset - 1;
  pos.end_col_offset = -1;
  return ERROR_AT(pos, "':' expected after dictionary key");
}

// ---- parameters -----------------------------------------------------------------------------------------------------------------

MESSAGE(nondefault_param) { return ERROR_AT_ITEM(2, "non-default argument follows default argument"); }

MESSAGE(paren_params) { return ERROR_BETWEEN(1, 4, "Function parameters cannot be parenthesized"); }

MESSAGE(paren_lambda) { return ERROR_BETWEEN(1, 4, "Lambda expression parameters cannot be parenthesized"); }

MESSAGE(slash_first) { return ERROR_AT_ITEM(0, "at least one argument must precede /"); }

MESSAGE(slash_twice) { return ERROR_AT_ITEM(2, "/ may appear only once"); }

MESSAGE(slash_after_star) { return ERROR_AT_ITEM(5, "/ must be ahead of *"); }

MESSAGE(slash_star_comma) { return ERROR_AT_ITEM(2, "expected comma between / and *"); }

MESSAGE(default_value) { return ERROR_AT_ITEM(0, "expected default value expression"); }

MESSAGE(bare_star) { return ERROR_AT_ITEM(0, "named arguments must follow bare *"); }

MESSAGE(bare_star_here) { return ERROR_LAST_TOKEN("named arguments must follow bare *"); }

MESSAGE(bare_star_comment) { return ERROR_LAST_TOKEN("bare * has associated type comment"); }

MESSAGE(vararg_default) { return ERROR_AT_ITEM(2, "var-positional argument cannot have default value"); }

MESSAGE(star_twice) { return ERROR_AT_ITEM(3, "* argument may appear only once"); }

MESSAGE(kwarg_default) { return ERROR_AT_ITEM(2, "var-keyword argument cannot have default value"); }

MESSAGE(after_kwarg) { return ERROR_AT_ITEM(3, "arguments cannot follow var-keyword argument"); }

MESSAGE(two_type_comments) { return ERROR_LAST_TOKEN("Cannot have two type comments on def"); }

// ---- compound statements --------------------------------------------------------------------------------------------------------

MESSAGE(with_target) { return target_error(m, m->item[2], STAR_TARGETS); }

MESSAGE(for_target) { return target_error(m, m->item[2], FOR_TARGETS); }

MESSAGE(expected_colon) { return ERROR_LAST_TOKEN("expected ':'"); }

MESSAGE(try_alone) { return ERROR_LAST_TOKEN("expected 'except' or 'finally' block"); }

static const char mixed_except[] = "cannot have both 'except' and 'except*' on the same 'try'";

MESSAGE(mixed_except_star) { return ERROR_BETWEEN(4, 5, mixed_except); }

MESSAGE(mixed_except) { return ERROR_AT_ITEM(4, mixed_except); }

MESSAGE(except_types) { return ERROR_AT(from_here_on(m->item[2]), "multiple exception types must be parenthesized"); }

MESSAGE(except_star_types) { return ERROR_LAST_TOKEN("expected one or more exception types"); }

MESSAGE(wildcard_target) { return ERROR_AT_ITEM(2, "cannot use '_' as a target"); }

MESSAGE(pattern_target) { return ERROR_AT_ITEM(2, "invalid pattern target"); }

MESSAGE(positional_after_keyword_pattern) {
  const DiagNode *list = m->item[2];
  return ERROR_AT(range(list->items[0], last_item(list)), "positional patterns follow keyword patterns");
}

MESSAGE(block_indent) {
  parser_error(m->p, FRONT_INDENTATION_ERROR, "expected an indented block");
  return no_match;
}

static DiagNode *indent_error(const DiagMatch *m, const char *what, int item) {
  parser_error(m->p, FRONT_INDENTATION_ERROR, "expected an indented block after %s on line %d", what, (int)m->item[item]->pos.lineno);
  return no_match;
}

MESSAGE(indent_with) { return indent_error(m, "'with' statement", 1); }
MESSAGE(indent_try) { return indent_error(m, "'try' statement", 0); }
MESSAGE(indent_finally) { return indent_error(m, "'finally' statement", 0); }
MESSAGE(indent_except) { return indent_error(m, "'except' statement", 0); }
MESSAGE(indent_except_star) { return indent_error(m, "'except*' statement", 0); }
MESSAGE(indent_match) { return indent_error(m, "'match' statement", 0); }
MESSAGE(indent_case) { return indent_error(m, "'case' statement", 0); }
MESSAGE(indent_if) { return indent_error(m, "'if' statement", 0); }
MESSAGE(indent_elif) { return indent_error(m, "'elif' statement", 0); }
MESSAGE(indent_else) { return indent_error(m, "'else' statement", 0); }
MESSAGE(indent_while) { return indent_error(m, "'while' statement", 0); }
MESSAGE(indent_for) { return indent_error(m, "'for' statement", 1); }
MESSAGE(indent_def) { return indent_error(m, "function definition", 1); }
MESSAGE(indent_class) { return indent_error(m, "class definition", 0); }

// ---- literals and operators: these answer a node --------------------------------------------------------------------------------

static DiagNode *constant(const DiagMatch *m, int kind, DiagNode *token) {
  DiagNode *node = diag_node(m->p, kind, m->pos);
  DiagNode **items = node ? arena_alloc(m->p->arena, sizeof *items) : NULL;
  if (!items) {
    m->p->no_memory = true;
    return NULL;
  }
  items[0] = token;
  node->items = items;
  node->count = 1;
  return node;
}

MESSAGE(number) {
  AstConst value;
  return literal_number(m->p, token_of(m, m->item[0]), &value, true) ? constant(m, AST_Constant, m->item[0]) : NULL;
}

static bool is_imaginary(const Token *t) { return (t->start[t->len - 1] | 0x20) == 'j'; }

MESSAGE(real_number) {
  if (is_imaginary(token_of(m, m->item[0]))) return ERROR_AT_ITEM(0, "real number required in complex literal");
  return constant(m, AST_Constant, m->item[0]);
}

MESSAGE(imaginary_number) {
  if (!is_imaginary(token_of(m, m->item[0]))) return ERROR_AT_ITEM(0, "imaginary number required in complex literal");
  return constant(m, AST_Constant, m->item[0]);
}

MESSAGE(notequal) {
  bool angular = token_of(m, m->item[0])->start[0] == '<';
  if (!(m->p->flags->bits & FRONT_FUTURE_BARRY_AS_FLUFL)) return angular ? no_match : m->item[0];
  return angular ? m->item[0] : ERROR_LAST_TOKEN("with Barry as BDFL, use '<>' instead of '!='");
}

MESSAGE(strings) {
  DiagNode *list = m->item[0];
  AstExpr *value = strings_concatenate(m->p, token_of(m, list->items[0]), (int)list->count, true);
  return value ? constant(m, value->kind, list->items[0]) : NULL;
}

const GrammarMessageFn grammar_messages[MESSAGE_COUNT] = {
#define X(NAME) [MESSAGE_##NAME] = message_##NAME,
    GRAMMAR_MESSAGES(X)
#undef X
};
