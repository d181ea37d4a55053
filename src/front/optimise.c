// Folding constant expressions, and the few other rewrites that Python makes on the tree.
#include "front/optimise.h"

#include <stdio.h>

#include "front/fold_format.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/bytes.h"
#include "objects/tuple.h"

// Results beyond these sizes are left to run time: a short source must not make a huge constant.
enum { MOST_INT_BITS = 128, MOST_ITEMS = 256, MOST_CHARS = 4096, MOST_NESTED_ITEMS = 1024 };

typedef struct Folder {
  ConstPool *pool;
  Thread *t;
  OptimiseOptions options;
  FrontDepth *depth;
  FrontError *err;
  AstName *name_debug;
} Folder;

#define TRY(call)              \
  do {                         \
    if (!(call)) return false; \
  } while (0)

static bool fold_expr(Folder *f, AstExpr *e);
static bool fold_stmts(Folder *f, AstStmtSeq seq);

static bool enter_node(Folder *f) { return front_depth_enter(f->depth) || front_error_set(f->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE); }

static bool raised(Folder *f) {
  f->err->kind = FRONT_RAISED;
  return false;
}

// ---- replacing nodes ---------------------------------------------------------------------------------------------------------------

// Makes the node a constant with the value (stolen); V_NULL: the operation failed, so the node stays and run time will say why.
static bool replace_by(Folder *f, AstExpr *e, Value value) {
  if (v_is_null(value)) {
    if (error_pending(f->t)) {
      if (error_matches(f->t, &exc_KeyboardInterrupt)) return raised(f);
      error_clear(f->t);
    }
    return true;
  }
  int number = const_pool_add(f->pool, value);
  if (number < 0) return raised(f);
  e->kind = AST_Constant;
  e->u.Constant.value = const_pool_literal(f->pool, number);
  e->u.Constant.u_kind = false;
  return true;
}

// The value of a constant node, borrowed from the pool. V_NULL with *err set on failure.
static Value value_of(Folder *f, const AstExpr *e) {
  if (e->u.Constant.value.kind == AST_CONST_EXTERNAL) return const_external(&e->u.Constant.value);
  int number = const_pool_add_ast(f->pool, &e->u.Constant.value);
  if (number < 0) {
    // A decimal literal beyond the digit limit: the compiler reports it where it loads it.
    if (error_matches(f->t, &exc_ValueError)) error_clear(f->t);
    else raised(f);
    return V_NULL;
  }
  return const_pool_value(f->pool, number);
}

static bool has_starred(AstExprSeq elts) {
  for (uint32_t i = 0; i < elts.size; i++)
    if (elts.items[i]->kind == AST_Starred) return true;
  return false;
}

static bool all_constant(AstExprSeq elts) {
  for (uint32_t i = 0; i < elts.size; i++)
    if (elts.items[i]->kind != AST_Constant) return false;
  return true;
}

// A new tuple of constant nodes' values; V_NULL with or without *err set on failure.
static Value constant_tuple(Folder *f, AstExprSeq elts) {
  Value tuple = tuple_new(f->t, elts.size);
  if (v_is_null(tuple)) {
    raised(f);
    return V_NULL;
  }
  for (uint32_t i = 0; i < elts.size; i++) {
    Value item = value_of(f, elts.items[i]);
    v_tuple(tuple)->items[i] = v_is_null(item) ? V_NULL : v_own(f->t, item);
    if (v_is_null(item)) {
      v_drop(f->t, tuple);
      return V_NULL;
    }
  }
  return tuple;
}

static bool failed(const Folder *f) { return f->err->kind != FRONT_OK; }

// ---- operators ---------------------------------------------------------------------------------------------------------------------

static bool fold_unary(Folder *f, AstExpr *e) {
  AstExpr *operand = e->u.UnaryOp.operand;
  if (operand->kind == AST_Compare && e->u.UnaryOp.op == AST_Not && operand->u.Compare.ops.size == 1) {
    AstCmpOp *op = &operand->u.Compare.ops.items[0];
    switch (*op) {
      case AST_Is: *op = AST_IsNot; break;
      case AST_IsNot: *op = AST_Is; break;
      case AST_In: *op = AST_NotIn; break;
      case AST_NotIn: *op = AST_In; break;
      default: return true;   // == and != may be defined independently of each other
    }
    *e = *operand;
    return true;
  }
  if (operand->kind != AST_Constant) return true;
  Value v = value_of(f, operand);
  if (v_is_null(v)) return !failed(f);
  switch (e->u.UnaryOp.op) {
    case AST_Invert: return replace_by(f, e, number_invert(f->t, v));
    case AST_UAdd: return replace_by(f, e, number_positive(f->t, v));
    case AST_USub: return replace_by(f, e, number_negative(f->t, v));
    case AST_Not: {
      int truth = object_is_true(f->t, v);
      return replace_by(f, e, truth < 0 ? V_NULL : v_from_bool(!truth));
    }
  }
  return true;
}

static int64_t fits_nested(Value v, int64_t room) {
  if (!v_is_tuple(v)) return room;
  room -= v_tuple(v)->length;
  for (int64_t i = 0; room >= 0 && i < v_tuple(v)->length; i++) room = fits_nested(v_tuple(v)->items[i], room);
  return room;
}

static Value multiply_bounded(Thread *t, Value a, Value b) {
  if (v_is_int(a) && v_is_int(b)) {
    if (int_sign(a) && int_sign(b) && int_bit_length(a) + int_bit_length(b) > MOST_INT_BITS) return V_NULL;
  } else if (v_is_int(a) && (v_is_tuple(b) || v_is_str(b) || v_is_bytes(b))) {
    int64_t size = v_is_tuple(b) ? v_tuple(b)->length : v_is_str(b) ? str_length(v_str(b)) : v_bytes(b)->length, n;
    if (size) {
      if (!int_as_i64(a, &n) || n < 0 || n > (v_is_tuple(b) ? MOST_ITEMS : MOST_CHARS) / size) return V_NULL;
      if (v_is_tuple(b) && n && fits_nested(b, MOST_NESTED_ITEMS / n) < 0) return V_NULL;
    }
  } else if (v_is_int(b) && (v_is_tuple(a) || v_is_str(a) || v_is_bytes(a))) {
    return multiply_bounded(t, b, a);
  }
  return number_binary(t, a, b, OP_MULTIPLY);
}

static Value power_bounded(Thread *t, Value a, Value b) {
  if (v_is_int(a) && v_is_int(b) && int_sign(a) && int_sign(b) > 0) {
    uint64_t exponent;
    if (!int_as_u64(b, &exponent) || int_bit_length(a) > MOST_INT_BITS / exponent) return V_NULL;
  }
  return number_power(t, a, b, V_NONE);
}

static Value lshift_bounded(Thread *t, Value a, Value b) {
  if (v_is_int(a) && v_is_int(b) && int_sign(a) && int_sign(b)) {
    uint64_t shift;
    if (int_sign(b) < 0 || !int_as_u64(b, &shift) || shift > MOST_INT_BITS || int_bit_length(a) > MOST_INT_BITS - shift) return V_NULL;
  }
  return number_binary(t, a, b, OP_LSHIFT);
}

static Value binary_value(Thread *t, AstOperator op, Value a, Value b) {
  switch (op) {
    case AST_Add: return number_binary(t, a, b, OP_ADD);
    case AST_Sub: return number_binary(t, a, b, OP_SUBTRACT);
    case AST_Mult: return multiply_bounded(t, a, b);
    case AST_Div: return number_binary(t, a, b, OP_TRUE_DIVIDE);
    case AST_Mod: return v_is_str(a) || v_is_bytes(a) ? V_NULL : number_binary(t, a, b, OP_REMAINDER);
    case AST_Pow: return power_bounded(t, a, b);
    case AST_LShift: return lshift_bounded(t, a, b);
    case AST_RShift: return number_binary(t, a, b, OP_RSHIFT);
    case AST_BitOr: return number_binary(t, a, b, OP_OR);
    case AST_BitXor: return number_binary(t, a, b, OP_XOR);
    case AST_BitAnd: return number_binary(t, a, b, OP_AND);
    case AST_FloorDiv: return number_binary(t, a, b, OP_FLOOR_DIVIDE);
    case AST_MatMult: return V_NULL;
  }
  return V_NULL;
}

static bool fold_binary(Folder *f, AstExpr *e) {
  const AstExpr *left = e->u.BinOp.left, *right = e->u.BinOp.right;
  if (left->kind != AST_Constant) return true;
  if (e->u.BinOp.op == AST_Mod && right->kind == AST_Tuple && const_is_str(&left->u.Constant.value) && !has_starred(right->u.Tuple.elts)) {
    Value format = value_of(f, left);
    if (v_is_null(format)) return !failed(f);
    if (!fold_format(f->pool, e, v_str(format), right->u.Tuple.elts)) return raised(f);
    return true;
  }
  if (right->kind != AST_Constant) return true;
  Value a = value_of(f, left), b = v_is_null(a) ? V_NULL : value_of(f, right);
  if (v_is_null(b)) return !failed(f);
  return replace_by(f, e, binary_value(f->t, e->u.BinOp.op, a, b));
}

static bool fold_subscript(Folder *f, AstExpr *e) {
  const AstExpr *container = e->u.Subscript.value, *key = e->u.Subscript.slice;
  if (e->u.Subscript.ctx != AST_Load || container->kind != AST_Constant || key->kind != AST_Constant) return true;
  Value a = value_of(f, container), b = v_is_null(a) ? V_NULL : value_of(f, key);
  if (v_is_null(b)) return !failed(f);
  return replace_by(f, e, object_getitem(f->t, a, b));
}

static bool fold_tuple(Folder *f, AstExpr *e) {
  if (e->u.Tuple.ctx != AST_Load || !all_constant(e->u.Tuple.elts)) return true;
  Value tuple = constant_tuple(f, e->u.Tuple.elts);
  return !failed(f) && replace_by(f, e, tuple);
}

// What is only iterated over or searched need not be mutable: a list display becomes a tuple, a constant set a frozenset.
static bool fold_iterated(Folder *f, AstExpr *e) {
  if (e->kind == AST_List) {
    if (has_starred(e->u.List.elts)) return true;
    e->kind = AST_Tuple;
    if (!all_constant(e->u.Tuple.elts)) return true;
    Value tuple = constant_tuple(f, e->u.Tuple.elts);
    return !failed(f) && replace_by(f, e, tuple);
  }
  if (e->kind != AST_Set || !all_constant(e->u.Set.elts)) return true;
  Value tuple = constant_tuple(f, e->u.Set.elts);
  if (v_is_null(tuple)) return !failed(f);
  Value set = frozenset_new(f->t, tuple);
  v_drop(f->t, tuple);
  return replace_by(f, e, set);
}

static bool fold_compare(Folder *f, AstExpr *e) {
  uint32_t last = e->u.Compare.ops.size - 1;
  AstCmpOp op = e->u.Compare.ops.items[last];
  return (op != AST_In && op != AST_NotIn) || fold_iterated(f, e->u.Compare.comparators.items[last]);
}

// ---- expressions -------------------------------------------------------------------------------------------------------------------

static bool fold_exprs(Folder *f, AstExprSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++)
    if (seq.items[i]) TRY(fold_expr(f, seq.items[i]));
  return true;
}

static bool fold_optional(Folder *f, AstExpr *e) { return !e || fold_expr(f, e); }

static bool fold_keywords(Folder *f, AstKeywordSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(fold_expr(f, seq.items[i]->value));
  return true;
}

static bool fold_clauses(Folder *f, AstComprehensionSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    TRY(fold_expr(f, seq.items[i]->target));
    TRY(fold_expr(f, seq.items[i]->iter));
    TRY(fold_exprs(f, seq.items[i]->ifs));
    TRY(fold_iterated(f, seq.items[i]->iter));
  }
  return true;
}

static bool fold_arg(Folder *f, AstArg *arg) { return !arg || f->options.future_annotations || fold_optional(f, arg->annotation); }

static bool fold_args(Folder *f, AstArgSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(fold_arg(f, seq.items[i]));
  return true;
}

static bool fold_arguments(Folder *f, AstArguments *a) {
  return fold_args(f, a->posonlyargs) && fold_args(f, a->args) && fold_arg(f, a->vararg) && fold_args(f, a->kwonlyargs) &&
         fold_exprs(f, a->kw_defaults) && fold_arg(f, a->kwarg) && fold_exprs(f, a->defaults);
}

static bool fold_expr_fields(Folder *f, AstExpr *e) {
  switch (e->kind) {
    case AST_BoolOp: return fold_exprs(f, e->u.BoolOp.values);
    case AST_NamedExpr: return fold_expr(f, e->u.NamedExpr.value);
    case AST_BinOp: return fold_expr(f, e->u.BinOp.left) && fold_expr(f, e->u.BinOp.right) && fold_binary(f, e);
    case AST_UnaryOp: return fold_expr(f, e->u.UnaryOp.operand) && fold_unary(f, e);
    case AST_Lambda: return fold_arguments(f, e->u.Lambda.args) && fold_expr(f, e->u.Lambda.body);
    case AST_IfExp: return fold_expr(f, e->u.IfExp.test) && fold_expr(f, e->u.IfExp.body) && fold_expr(f, e->u.IfExp.orelse);
    case AST_Dict: return fold_exprs(f, e->u.Dict.keys) && fold_exprs(f, e->u.Dict.values);
    case AST_Set: return fold_exprs(f, e->u.Set.elts);
    case AST_ListComp:
    case AST_SetComp:
    case AST_GeneratorExp: return fold_expr(f, e->u.ListComp.elt) && fold_clauses(f, e->u.ListComp.generators);
    case AST_DictComp: return fold_expr(f, e->u.DictComp.key) && fold_expr(f, e->u.DictComp.value) && fold_clauses(f, e->u.DictComp.generators);
    case AST_Await: return fold_expr(f, e->u.Await.value);
    case AST_Yield: return fold_optional(f, e->u.Yield.value);
    case AST_YieldFrom: return fold_expr(f, e->u.YieldFrom.value);
    case AST_Compare: return fold_expr(f, e->u.Compare.left) && fold_exprs(f, e->u.Compare.comparators) && fold_compare(f, e);
    case AST_Call: return fold_expr(f, e->u.Call.func) && fold_exprs(f, e->u.Call.args) && fold_keywords(f, e->u.Call.keywords);
    case AST_FormattedValue: return fold_expr(f, e->u.FormattedValue.value) && fold_optional(f, e->u.FormattedValue.format_spec);
    case AST_JoinedStr: return fold_exprs(f, e->u.JoinedStr.values);
    case AST_Constant: return true;
    case AST_Attribute: return fold_expr(f, e->u.Attribute.value);
    case AST_Subscript: return fold_expr(f, e->u.Subscript.value) && fold_expr(f, e->u.Subscript.slice) && fold_subscript(f, e);
    case AST_Starred: return fold_expr(f, e->u.Starred.value);
    case AST_Name:
      if (e->u.Name.ctx != AST_Load || e->u.Name.id != f->name_debug) return true;
      return replace_by(f, e, v_from_bool(f->options.optimize == 0));
    case AST_List: return fold_exprs(f, e->u.List.elts);
    case AST_Tuple: return fold_exprs(f, e->u.Tuple.elts) && fold_tuple(f, e);
    case AST_Slice: return fold_optional(f, e->u.Slice.lower) && fold_optional(f, e->u.Slice.upper) && fold_optional(f, e->u.Slice.step);
  }
  return true;
}

static bool fold_expr(Folder *f, AstExpr *e) {
  TRY(enter_node(f));
  TRY(fold_expr_fields(f, e));
  front_depth_leave(f->depth);
  return true;
}

// ---- patterns ----------------------------------------------------------------------------------------------------------------------

static bool fold_patterns(Folder *f, AstPatternSeq seq);

static bool fold_pattern(Folder *f, AstPattern *p) {
  bool fine = true;
  TRY(enter_node(f));
  switch (p->kind) {
    case AST_MatchValue: fine = fold_expr(f, p->u.MatchValue.value); break;
    case AST_MatchSequence: fine = fold_patterns(f, p->u.MatchSequence.patterns); break;
    case AST_MatchMapping: fine = fold_exprs(f, p->u.MatchMapping.keys) && fold_patterns(f, p->u.MatchMapping.patterns); break;
    case AST_MatchClass:
      fine = fold_expr(f, p->u.MatchClass.cls) && fold_patterns(f, p->u.MatchClass.patterns) && fold_patterns(f, p->u.MatchClass.kwd_patterns);
      break;
    case AST_MatchAs: fine = !p->u.MatchAs.pattern || fold_pattern(f, p->u.MatchAs.pattern); break;
    case AST_MatchOr: fine = fold_patterns(f, p->u.MatchOr.patterns); break;
    case AST_MatchSingleton:
    case AST_MatchStar: break;
  }
  if (fine) front_depth_leave(f->depth);
  return fine;
}

static bool fold_patterns(Folder *f, AstPatternSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(fold_pattern(f, seq.items[i]));
  return true;
}

// ---- statements --------------------------------------------------------------------------------------------------------------------

const AstExpr *ast_docstring(AstStmtSeq body) {
  if (!body.size || body.items[0]->kind != AST_Expr) return NULL;
  const AstExpr *e = body.items[0]->u.Expr.value;
  return e->kind == AST_Constant && const_is_str(&e->u.Constant.value) ? e : NULL;
}

// The body of a module, class or function. A first statement that only folding made a str is no docstring: it is hidden in an f-string.
static bool fold_body(Folder *f, AstStmtSeq body) {
  bool had_docstring = ast_docstring(body);
  TRY(fold_stmts(f, body));
  if (had_docstring || !ast_docstring(body)) return true;
  AstStmt *s = body.items[0];
  AstExpr *joined = ast_expr_new(f->pool->arena, AST_JoinedStr, s->u.Expr.value->pos);
  if (!joined || !ast_seq_new(f->pool->arena, (AstAnySeq *)&joined->u.JoinedStr.values, 1))
    return front_error_set(f->err, FRONT_MEMORY_ERROR, "%s", "");
  joined->u.JoinedStr.values.items[0] = s->u.Expr.value;
  s->u.Expr.value = joined;
  return true;
}

static bool fold_handlers(Folder *f, AstExceptHandlerSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    TRY(fold_optional(f, seq.items[i]->type));
    TRY(fold_stmts(f, seq.items[i]->body));
  }
  return true;
}

static bool fold_items(Folder *f, AstWithItemSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    TRY(fold_expr(f, seq.items[i]->context_expr));
    TRY(fold_optional(f, seq.items[i]->optional_vars));
  }
  return true;
}

static bool fold_cases(Folder *f, AstMatchCaseSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    TRY(fold_pattern(f, seq.items[i]->pattern));
    TRY(fold_optional(f, seq.items[i]->guard));
    TRY(fold_stmts(f, seq.items[i]->body));
  }
  return true;
}

static bool fold_stmt_fields(Folder *f, AstStmt *s) {
  switch (s->kind) {
    case AST_FunctionDef:
    case AST_AsyncFunctionDef: {
      struct AstFunctionDef *d = &s->u.FunctionDef;
      return fold_arguments(f, d->args) && fold_body(f, d->body) && fold_exprs(f, d->decorator_list) &&
             (f->options.future_annotations || fold_optional(f, d->returns));
    }
    case AST_ClassDef:
      return fold_exprs(f, s->u.ClassDef.bases) && fold_keywords(f, s->u.ClassDef.keywords) && fold_body(f, s->u.ClassDef.body) &&
             fold_exprs(f, s->u.ClassDef.decorator_list);
    case AST_Return: return fold_optional(f, s->u.Return.value);
    case AST_Delete: return fold_exprs(f, s->u.Delete.targets);
    case AST_Assign: return fold_exprs(f, s->u.Assign.targets) && fold_expr(f, s->u.Assign.value);
    case AST_AugAssign: return fold_expr(f, s->u.AugAssign.target) && fold_expr(f, s->u.AugAssign.value);
    case AST_AnnAssign:
      return fold_expr(f, s->u.AnnAssign.target) && (f->options.future_annotations || fold_expr(f, s->u.AnnAssign.annotation)) &&
             fold_optional(f, s->u.AnnAssign.value);
    case AST_For:
    case AST_AsyncFor:
      return fold_expr(f, s->u.For.target) && fold_expr(f, s->u.For.iter) && fold_stmts(f, s->u.For.body) && fold_stmts(f, s->u.For.orelse) &&
             (s->kind == AST_AsyncFor || fold_iterated(f, s->u.For.iter));
    case AST_While: return fold_expr(f, s->u.While.test) && fold_stmts(f, s->u.While.body) && fold_stmts(f, s->u.While.orelse);
    case AST_If: return fold_expr(f, s->u.If.test) && fold_stmts(f, s->u.If.body) && fold_stmts(f, s->u.If.orelse);
    case AST_With:
    case AST_AsyncWith: return fold_items(f, s->u.With.items) && fold_stmts(f, s->u.With.body);
    case AST_Match: return fold_expr(f, s->u.Match.subject) && fold_cases(f, s->u.Match.cases);
    case AST_Raise: return fold_optional(f, s->u.Raise.exc) && fold_optional(f, s->u.Raise.cause);
    case AST_Try:
    case AST_TryStar:
      return fold_stmts(f, s->u.Try.body) && fold_handlers(f, s->u.Try.handlers) && fold_stmts(f, s->u.Try.orelse) &&
             fold_stmts(f, s->u.Try.finalbody);
    case AST_Assert: return fold_expr(f, s->u.Assert.test) && fold_optional(f, s->u.Assert.msg);
    case AST_Expr: return fold_expr(f, s->u.Expr.value);
    case AST_Import:
    case AST_ImportFrom:
    case AST_Global:
    case AST_Nonlocal:
    case AST_Pass:
    case AST_Break:
    case AST_Continue: return true;
  }
  return true;
}

static bool fold_stmts(Folder *f, AstStmtSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) {
    TRY(enter_node(f));
    TRY(fold_stmt_fields(f, seq.items[i]));
    front_depth_leave(f->depth);
  }
  return true;
}

bool optimise_ast(AstMod *mod, ConstPool *pool, OptimiseOptions options, FrontDepth *depth, FrontError *err) {
  Folder f = {.pool = pool, .t = pool->t, .options = options, .depth = depth, .err = err};
  f.name_debug = arena_intern(pool->arena, "__debug__", 9);
  if (!f.name_debug) return front_error_set(err, FRONT_MEMORY_ERROR, "%s", "");
  switch (mod->kind) {
    case AST_Module: return fold_body(&f, mod->u.Module.body);
    case AST_Interactive: return fold_stmts(&f, mod->u.Interactive.body);
    case AST_Expression: return fold_expr(&f, mod->u.Expression.body);
    case AST_FunctionType: return true;
  }
  return true;
}
