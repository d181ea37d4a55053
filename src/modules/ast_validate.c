// Checks of trees that a program built: what the compiler takes for granted because the parser never makes anything else.
#include "modules/ast_types.h"

#include "front/const_pool.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Validator {
  Thread *t;
  FrontDepth depth;
} Validator;

#define TRY(call) do { if (!(call)) return false; } while (0)
#define FAIL(...) return raise_value_error(v->t, __VA_ARGS__), false

static bool check_expr(Validator *v, const AstExpr *e, AstExprContext ctx);
static bool check_stmt(Validator *v, const AstStmt *s);
static bool check_pattern(Validator *v, const AstPattern *p, bool star_ok);

static bool enter(Validator *v) {
  if (front_depth_enter(&v->depth)) return true;
  raise_error(v->t, &exc_RecursionError, FRONT_DEPTH_MESSAGE);
  return false;
}

static bool check_position(Validator *v, const AstPos *p) {
  if (p->lineno > p->end_lineno) FAIL("AST node line range (%d, %d) is not valid", p->lineno, p->end_lineno);
  if ((p->lineno < 0 && p->end_lineno != p->lineno) || (p->col_offset < 0 && p->col_offset != p->end_col_offset))
    FAIL("AST node column range (%d, %d) for line range (%d, %d) is not valid", p->col_offset, p->end_col_offset, p->lineno, p->end_lineno);
  if (p->lineno == p->end_lineno && p->col_offset > p->end_col_offset)
    FAIL("line %d, column %d-%d is not a valid range", p->lineno, p->col_offset, p->end_col_offset);
  return true;
}

static bool check_name(Validator *v, const AstName *name) {
  static const char *const constants[] = {"None", "True", "False"};
  for (int i = 0; i < 3; i++)
    if (name->len == strlen(constants[i]) && memcmp(name->utf8, constants[i], name->len) == 0)
      FAIL("identifier field can't represent '%s' constant", constants[i]);
  return true;
}

static bool check_not_empty(Validator *v, uint32_t size, const char *what, const char *owner) {
  if (size == 0) FAIL("empty %s on %s", what, owner);
  return true;
}

// --- Expressions ------------------------------------------------------------------------------------------------------------------------------

static bool check_optional(Validator *v, const AstExpr *e) { return !e || check_expr(v, e, AST_Load); }

static bool check_exprs(Validator *v, AstExprSeq seq, AstExprContext ctx, bool none_ok) {
  for (uint32_t i = 0; i < seq.size; i++) {
    if (seq.items[i]) TRY(check_expr(v, seq.items[i], ctx));
    else if (!none_ok) FAIL("None disallowed in expression list");
  }
  return true;
}

static bool check_generators(Validator *v, AstComprehensionSeq seq) {
  if (seq.size == 0) FAIL("comprehension with no generators");
  for (uint32_t i = 0; i < seq.size; i++) {
    const AstComprehension *c = seq.items[i];
    TRY(check_expr(v, c->target, AST_Store) && check_expr(v, c->iter, AST_Load) && check_exprs(v, c->ifs, AST_Load, false));
  }
  return true;
}

static bool check_keywords(Validator *v, AstKeywordSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(check_expr(v, seq.items[i]->value, AST_Load));
  return true;
}

static bool check_args(Validator *v, AstArgSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(check_position(v, &seq.items[i]->pos) && check_optional(v, seq.items[i]->annotation));
  return true;
}

static bool check_arguments(Validator *v, const AstArguments *a) {
  TRY(check_args(v, a->posonlyargs) && check_args(v, a->args));
  TRY(!a->vararg || check_optional(v, a->vararg->annotation));
  TRY(check_args(v, a->kwonlyargs));
  TRY(!a->kwarg || check_optional(v, a->kwarg->annotation));
  if (a->defaults.size > a->posonlyargs.size + a->args.size) FAIL("more positional defaults than args on arguments");
  if (a->kw_defaults.size != a->kwonlyargs.size) FAIL("length of kwonlyargs is not the same as kw_defaults on arguments");
  return check_exprs(v, a->defaults, AST_Load, false) && check_exprs(v, a->kw_defaults, AST_Load, true);
}

// The value of a Constant; None where it is a singleton that the front end knows, or where e is something else.
static Value constant_value(const AstExpr *e) {
  const AstConst *c = &e->u.Constant.value;
  return e->kind == AST_Constant && c->kind == AST_CONST_EXTERNAL ? const_external(c) : V_NONE;
}

// Of something that a code object can hold. Items of tuples and frozensets included.
static bool check_constant(Validator *v, Value c) {
  if (v_is_none(c) || v_is(c, V_ELLIPSIS) || v_is(c, V_TRUE) || v_is(c, V_FALSE) || v_is_int_exact(c) || v_is_float_exact(c) ||
      v_is_exact(c, SHAPE_COMPLEX) || v_is_str_exact(c) || v_is_exact(c, SHAPE_BYTES))
    return true;
  if (!v_is_tuple_exact(c) && !v_is_exact(c, SHAPE_FROZENSET)) {
    raise_type_error(v->t, "got an invalid type in Constant: %T", c);
    return false;
  }
  TRY(enter(v));
  Value items = object_to_tuple(v->t, c);
  bool good = !v_is_null(items);
  for (int64_t i = 0; good && i < v_tuple(items)->length; i++) good = check_constant(v, v_tuple(items)->items[i]);
  v_drop(v->t, items);
  front_depth_leave(&v->depth);
  return good;
}

// The context that an expression says it stands in; 0: it has none.
static AstExprContext context_of(const AstExpr *e) {
  switch (e->kind) {
    case AST_Attribute: return e->u.Attribute.ctx;
    case AST_Subscript: return e->u.Subscript.ctx;
    case AST_Starred: return e->u.Starred.ctx;
    case AST_Name: return e->u.Name.ctx;
    case AST_List: case AST_Tuple: return e->u.List.ctx;
    default: return 0;
  }
}

static bool check_context(Validator *v, const AstExpr *e, AstExprContext ctx) {
  if (e->kind == AST_Name) TRY(check_name(v, e->u.Name.id));
  AstExprContext actual = context_of(e);
  if (!actual && ctx != AST_Load) FAIL("expression which can't be assigned to in %s context", ast_context_name(ctx));
  if (actual && actual != ctx) FAIL("expression must have %s context but has %s instead", ast_context_name(ctx), ast_context_name(actual));
  return true;
}

static bool check_dict(Validator *v, const AstExpr *e) {
  if (e->u.Dict.keys.size != e->u.Dict.values.size) FAIL("Dict doesn't have the same number of keys as values");
  return check_exprs(v, e->u.Dict.keys, AST_Load, true) && check_exprs(v, e->u.Dict.values, AST_Load, false);
}

static bool check_compare(Validator *v, const AstExpr *e) {
  if (e->u.Compare.comparators.size == 0) FAIL("Compare with no comparators");
  if (e->u.Compare.comparators.size != e->u.Compare.ops.size) FAIL("Compare has a different number of comparators and operands");
  return check_exprs(v, e->u.Compare.comparators, AST_Load, false) && check_expr(v, e->u.Compare.left, AST_Load);
}

static bool check_named_expr(Validator *v, const AstExpr *e) {
  if (e->u.NamedExpr.target->kind == AST_Name) return check_expr(v, e->u.NamedExpr.value, AST_Load);
  raise_type_error(v->t, "NamedExpr target must be a Name");
  return false;
}

static bool check_parts(Validator *v, const AstExpr *e, AstExprContext ctx) {
  switch (e->kind) {
    case AST_BoolOp:
      if (e->u.BoolOp.values.size < 2) FAIL("BoolOp with less than 2 values");
      return check_exprs(v, e->u.BoolOp.values, AST_Load, false);
    case AST_NamedExpr: return check_named_expr(v, e);
    case AST_BinOp: return check_expr(v, e->u.BinOp.left, AST_Load) && check_expr(v, e->u.BinOp.right, AST_Load);
    case AST_UnaryOp: return check_expr(v, e->u.UnaryOp.operand, AST_Load);
    case AST_Lambda: return check_arguments(v, e->u.Lambda.args) && check_expr(v, e->u.Lambda.body, AST_Load);
    case AST_IfExp:
      return check_expr(v, e->u.IfExp.test, AST_Load) && check_expr(v, e->u.IfExp.body, AST_Load) && check_expr(v, e->u.IfExp.orelse, AST_Load);
    case AST_Dict: return check_dict(v, e);
    case AST_Set: return check_exprs(v, e->u.Set.elts, AST_Load, false);
    case AST_ListComp: case AST_SetComp: case AST_GeneratorExp:
      return check_generators(v, e->u.ListComp.generators) && check_expr(v, e->u.ListComp.elt, AST_Load);
    case AST_DictComp:
      return check_generators(v, e->u.DictComp.generators) && check_expr(v, e->u.DictComp.key, AST_Load) &&
             check_expr(v, e->u.DictComp.value, AST_Load);
    case AST_Await: return check_expr(v, e->u.Await.value, AST_Load);
    case AST_Yield: return check_optional(v, e->u.Yield.value);
    case AST_YieldFrom: return check_expr(v, e->u.YieldFrom.value, AST_Load);
    case AST_Compare: return check_compare(v, e);
    case AST_Call:
      return check_expr(v, e->u.Call.func, AST_Load) && check_exprs(v, e->u.Call.args, AST_Load, false) && check_keywords(v, e->u.Call.keywords);
    case AST_FormattedValue: return check_expr(v, e->u.FormattedValue.value, AST_Load) && check_optional(v, e->u.FormattedValue.format_spec);
    case AST_JoinedStr: return check_exprs(v, e->u.JoinedStr.values, AST_Load, false);
    case AST_Constant: return check_constant(v, constant_value(e));
    case AST_Attribute: return check_expr(v, e->u.Attribute.value, AST_Load);
    case AST_Subscript: return check_expr(v, e->u.Subscript.slice, AST_Load) && check_expr(v, e->u.Subscript.value, AST_Load);
    case AST_Starred: return check_expr(v, e->u.Starred.value, ctx);
    case AST_Name: return true;
    case AST_List: case AST_Tuple: return check_exprs(v, e->u.List.elts, ctx, false);
    case AST_Slice: return check_optional(v, e->u.Slice.lower) && check_optional(v, e->u.Slice.upper) && check_optional(v, e->u.Slice.step);
  }
  return true;
}

static bool check_expr(Validator *v, const AstExpr *e, AstExprContext ctx) {
  TRY(check_position(v, &e->pos) && enter(v));
  bool good = check_context(v, e, ctx) && check_parts(v, e, ctx);
  front_depth_leave(&v->depth);
  return good;
}

// --- Patterns -----------------------------------------------------------------------------------------------------------------------------------

static bool is_real(Value c) { return v_is_int_exact(c) || v_is_float_exact(c); }

// -1, -1.5, and -1j if imaginary ones will do.
static bool is_negative_literal(const AstExpr *e, bool real, bool imaginary) {
  if (e->kind != AST_UnaryOp || e->u.UnaryOp.op != AST_USub) return false;
  Value c = constant_value(e->u.UnaryOp.operand);
  return (real && is_real(c)) || (imaginary && v_is_exact(c, SHAPE_COMPLEX));
}

// 1 + 2j, -1 - 2j
static bool is_complex_literal(const AstExpr *e) {
  if (e->u.BinOp.op != AST_Add && e->u.BinOp.op != AST_Sub) return false;
  return (is_real(constant_value(e->u.BinOp.left)) || is_negative_literal(e->u.BinOp.left, true, false)) &&
         v_is_exact(constant_value(e->u.BinOp.right), SHAPE_COMPLEX);
}

static bool check_match_value(Validator *v, const AstExpr *e) {
  TRY(check_expr(v, e, AST_Load));
  Value c = constant_value(e);
  switch (e->kind) {
    case AST_Constant:
      if (is_real(c) || v_is_exact(c, SHAPE_COMPLEX) || v_is_str_exact(c) || v_is_exact(c, SHAPE_BYTES)) return true;
      FAIL("unexpected constant inside of a literal pattern");
    case AST_Attribute: case AST_JoinedStr: return true;
    case AST_UnaryOp: if (is_negative_literal(e, true, true)) return true; break;
    case AST_BinOp: if (is_complex_literal(e)) return true; break;
    default: break;
  }
  FAIL("patterns may only match literals and attribute lookups");
}

static bool check_capture(Validator *v, const AstName *name) {
  if (name->len == 1 && name->utf8[0] == '_') FAIL("can't capture name '_' in patterns");
  return check_name(v, name);
}

static bool check_patterns(Validator *v, AstPatternSeq seq, bool star_ok) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(check_pattern(v, seq.items[i], star_ok));
  return true;
}

static bool is_singleton(const AstConst *c) { return c->kind == AST_CONST_NONE || c->kind == AST_CONST_TRUE || c->kind == AST_CONST_FALSE; }

static bool check_mapping(Validator *v, const AstPattern *p) {
  AstExprSeq keys = p->u.MatchMapping.keys;
  if (keys.size != p->u.MatchMapping.patterns.size) FAIL("MatchMapping doesn't have the same number of keys as patterns");
  TRY(!p->u.MatchMapping.rest || check_capture(v, p->u.MatchMapping.rest));
  for (uint32_t i = 0; i < keys.size; i++) {
    if (keys.items[i]->kind == AST_Constant && is_singleton(&keys.items[i]->u.Constant.value)) continue;
    TRY(check_match_value(v, keys.items[i]));
  }
  return check_patterns(v, p->u.MatchMapping.patterns, false);
}

static bool check_class(Validator *v, const AstPattern *p) {
  AstNameSeq names = p->u.MatchClass.kwd_attrs;
  if (names.size != p->u.MatchClass.kwd_patterns.size) FAIL("MatchClass doesn't have the same number of keyword attributes as patterns");
  const AstExpr *cls = p->u.MatchClass.cls;
  TRY(check_expr(v, cls, AST_Load));
  while (cls->kind == AST_Attribute) cls = cls->u.Attribute.value;
  if (cls->kind != AST_Name) FAIL("MatchClass cls field can only contain Name or Attribute nodes.");
  for (uint32_t i = 0; i < names.size; i++) TRY(check_name(v, names.items[i]));
  return check_patterns(v, p->u.MatchClass.patterns, false) && check_patterns(v, p->u.MatchClass.kwd_patterns, false);
}

static bool check_as(Validator *v, const AstPattern *p) {
  TRY(!p->u.MatchAs.name || check_capture(v, p->u.MatchAs.name));
  if (!p->u.MatchAs.pattern) return true;
  if (!p->u.MatchAs.name) FAIL("MatchAs must specify a target name if a pattern is given");
  return check_pattern(v, p->u.MatchAs.pattern, false);
}

static bool check_pattern_parts(Validator *v, const AstPattern *p, bool star_ok) {
  switch (p->kind) {
    case AST_MatchValue: return check_match_value(v, p->u.MatchValue.value);
    case AST_MatchSingleton:
      if (!is_singleton(&p->u.MatchSingleton.value)) FAIL("MatchSingleton can only contain True, False and None");
      return true;
    case AST_MatchSequence: return check_patterns(v, p->u.MatchSequence.patterns, true);
    case AST_MatchMapping: return check_mapping(v, p);
    case AST_MatchClass: return check_class(v, p);
    case AST_MatchStar:
      if (!star_ok) FAIL("can't use MatchStar here");
      return !p->u.MatchStar.name || check_capture(v, p->u.MatchStar.name);
    case AST_MatchAs: return check_as(v, p);
    case AST_MatchOr:
      if (p->u.MatchOr.patterns.size < 2) FAIL("MatchOr requires at least 2 patterns");
      return check_patterns(v, p->u.MatchOr.patterns, false);
  }
  return true;
}

static bool check_pattern(Validator *v, const AstPattern *p, bool star_ok) {
  TRY(check_position(v, &p->pos) && enter(v));
  bool good = check_pattern_parts(v, p, star_ok);
  front_depth_leave(&v->depth);
  return good;
}

// --- Statements -----------------------------------------------------------------------------------------------------------------------------------

static bool check_stmts(Validator *v, AstStmtSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    if (!seq.items[i]) FAIL("None disallowed in statement list");
    TRY(check_stmt(v, seq.items[i]));
  }
  return true;
}

static bool check_body(Validator *v, AstStmtSeq body, const char *owner) { return check_not_empty(v, body.size, "body", owner) && check_stmts(v, body); }

static bool check_targets(Validator *v, AstExprSeq targets, AstExprContext ctx) {
  return check_not_empty(v, targets.size, "targets", ctx == AST_Del ? "Delete" : "Assign") && check_exprs(v, targets, ctx, false);
}

static bool check_function(Validator *v, const struct AstFunctionDef *f, const char *owner) {
  return check_body(v, f->body, owner) && check_arguments(v, f->args) && check_exprs(v, f->decorator_list, AST_Load, false) &&
         check_optional(v, f->returns);
}

static bool check_class_def(Validator *v, const AstStmt *s) {
  return check_body(v, s->u.ClassDef.body, "ClassDef") && check_exprs(v, s->u.ClassDef.bases, AST_Load, false) &&
         check_keywords(v, s->u.ClassDef.keywords) && check_exprs(v, s->u.ClassDef.decorator_list, AST_Load, false);
}

static bool check_ann_assign(Validator *v, const AstStmt *s) {
  if (s->u.AnnAssign.target->kind != AST_Name && s->u.AnnAssign.simple) {
    raise_type_error(v->t, "AnnAssign with simple non-Name target");
    return false;
  }
  return check_expr(v, s->u.AnnAssign.target, AST_Store) && check_optional(v, s->u.AnnAssign.value) &&
         check_expr(v, s->u.AnnAssign.annotation, AST_Load);
}

static bool check_for(Validator *v, const struct AstFor *f, const char *owner) {
  return check_expr(v, f->target, AST_Store) && check_expr(v, f->iter, AST_Load) && check_body(v, f->body, owner) && check_stmts(v, f->orelse);
}

static bool check_with(Validator *v, const struct AstWith *w, const char *owner) {
  TRY(check_not_empty(v, w->items.size, "items", owner));
  for (uint32_t i = 0; i < w->items.size; i++) {
    const AstWithItem *item = w->items.items[i];
    TRY(check_expr(v, item->context_expr, AST_Load) && (!item->optional_vars || check_expr(v, item->optional_vars, AST_Store)));
  }
  return check_body(v, w->body, owner);
}

static bool check_match(Validator *v, const AstStmt *s) {
  TRY(check_expr(v, s->u.Match.subject, AST_Load) && check_not_empty(v, s->u.Match.cases.size, "cases", "Match"));
  for (uint32_t i = 0; i < s->u.Match.cases.size; i++) {
    const AstMatchCase *c = s->u.Match.cases.items[i];
    TRY(check_pattern(v, c->pattern, false) && check_optional(v, c->guard) && check_body(v, c->body, "match_case"));
  }
  return true;
}

static bool check_raise(Validator *v, const AstStmt *s) {
  if (!s->u.Raise.exc && s->u.Raise.cause) FAIL("Raise with cause but no exception");
  return check_optional(v, s->u.Raise.exc) && check_optional(v, s->u.Raise.cause);
}

static bool check_try(Validator *v, const struct AstTry *s, const char *owner) {
  TRY(check_body(v, s->body, owner));
  if (!s->handlers.size && !s->finalbody.size) FAIL("%s has neither except handlers nor finalbody", owner);
  if (!s->handlers.size && s->orelse.size) FAIL("%s has orelse but no except handlers", owner);
  for (uint32_t i = 0; i < s->handlers.size; i++) {
    const AstExceptHandler *h = s->handlers.items[i];
    TRY(check_position(v, &h->pos) && check_optional(v, h->type) && check_body(v, h->body, "ExceptHandler"));
  }
  return check_stmts(v, s->finalbody) && check_stmts(v, s->orelse);
}

static bool check_import_from(Validator *v, const AstStmt *s) {
  if (s->u.ImportFrom.level < 0) FAIL("Negative ImportFrom level");
  return check_not_empty(v, s->u.ImportFrom.names.size, "names", "ImportFrom");
}

static bool check_stmt_parts(Validator *v, const AstStmt *s) {
  switch (s->kind) {
    case AST_FunctionDef: return check_function(v, &s->u.FunctionDef, "FunctionDef");
    case AST_AsyncFunctionDef: return check_function(v, &s->u.AsyncFunctionDef, "AsyncFunctionDef");
    case AST_ClassDef: return check_class_def(v, s);
    case AST_Return: return check_optional(v, s->u.Return.value);
    case AST_Delete: return check_targets(v, s->u.Delete.targets, AST_Del);
    case AST_Assign: return check_targets(v, s->u.Assign.targets, AST_Store) && check_expr(v, s->u.Assign.value, AST_Load);
    case AST_AugAssign: return check_expr(v, s->u.AugAssign.target, AST_Store) && check_expr(v, s->u.AugAssign.value, AST_Load);
    case AST_AnnAssign: return check_ann_assign(v, s);
    case AST_For: return check_for(v, &s->u.For, "For");
    case AST_AsyncFor: return check_for(v, &s->u.AsyncFor, "AsyncFor");
    case AST_While: return check_expr(v, s->u.While.test, AST_Load) && check_body(v, s->u.While.body, "While") && check_stmts(v, s->u.While.orelse);
    case AST_If: return check_expr(v, s->u.If.test, AST_Load) && check_body(v, s->u.If.body, "If") && check_stmts(v, s->u.If.orelse);
    case AST_With: return check_with(v, &s->u.With, "With");
    case AST_AsyncWith: return check_with(v, &s->u.AsyncWith, "AsyncWith");
    case AST_Match: return check_match(v, s);
    case AST_Raise: return check_raise(v, s);
    case AST_Try: return check_try(v, &s->u.Try, "Try");
    case AST_TryStar: return check_try(v, &s->u.TryStar, "TryStar");
    case AST_Assert: return check_expr(v, s->u.Assert.test, AST_Load) && check_optional(v, s->u.Assert.msg);
    case AST_Import: return check_not_empty(v, s->u.Import.names.size, "names", "Import");
    case AST_ImportFrom: return check_import_from(v, s);
    case AST_Global: return check_not_empty(v, s->u.Global.names.size, "names", "Global");
    case AST_Nonlocal: return check_not_empty(v, s->u.Nonlocal.names.size, "names", "Nonlocal");
    case AST_Expr: return check_expr(v, s->u.Expr.value, AST_Load);
    case AST_Pass: case AST_Break: case AST_Continue: return true;
  }
  return true;
}

static bool check_stmt(Validator *v, const AstStmt *s) {
  TRY(check_position(v, &s->pos) && enter(v));
  bool good = check_stmt_parts(v, s);
  front_depth_leave(&v->depth);
  return good;
}

int ast_validate(Thread *t, const AstMod *mod) {
  Validator v = {t, compile_depth(t)};
  switch (mod->kind) {
    case AST_Module: return check_stmts(&v, mod->u.Module.body) ? 0 : -1;
    case AST_Interactive: return check_stmts(&v, mod->u.Interactive.body) ? 0 : -1;
    case AST_Expression: return check_expr(&v, mod->u.Expression.body, AST_Load) ? 0 : -1;
    case AST_FunctionType: break;   // has no code: compile() refuses it before
  }
  return 0;
}
