// Expressions: operators, comparisons, conditions, attributes, subscripts, f-strings.
#include "front/compile_internal.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

bool compile_exprs(Compiler *c, AstExprSeq seq) {
  for (uint32_t i = 0; i < seq.size; i++) TRY(compile_expr(c, seq.items[i]));
  return true;
}

// ---- constants, and what is known of an expression's type ---------------------------------------------------------------------------

// A decimal literal longer than int() converts: the ValueError becomes a SyntaxError on the literal's line.
static bool fail_digits(Compiler *c, const AstExpr *e) {
  Value exc = error_fetch(c->t), text = object_str(c->t, exc);
  const char *message = v_is_null(text) ? NULL : str_utf8(c->t, text, NULL);
  AstPos pos = {e->pos.lineno, -1, e->pos.end_lineno, -1};
  if (message) {
    set_pos(c, pos);
    compile_fail(c, "%s - Consider hexadecimal for huge integer literals to avoid decimal conversion limits.", message);
  }
  v_drop(c->t, text);
  v_drop(c->t, exc);
  return message ? false : compile_no_memory(c);
}

int compile_literal(Compiler *c, const AstExpr *e) {
  int number = const_pool_add_ast(&c->pool, &e->u.Constant.value);
  if (number < 0) {
    if (e->u.Constant.value.kind == AST_CONST_INT && error_matches(c->t, &exc_ValueError)) fail_digits(c, e);
    else compile_no_memory(c);
  }
  return number;
}

static const char *external_type_name(Value v) {
  if (v_is_smi(v)) return "int";
  if (v_is_flo(v)) return "float";
  switch (object_shape(v_obj(v))) {
    case SHAPE_NONE: return "NoneType";
    case SHAPE_ELLIPSIS: return "ellipsis";
    case SHAPE_BOOL: return "bool";
    case SHAPE_INT: return "int";
    case SHAPE_FLOAT: return "float";
    case SHAPE_COMPLEX: return "complex";
    case SHAPE_STR: return "str";
    case SHAPE_BYTES: return "bytes";
    case SHAPE_TUPLE: return "tuple";
    case SHAPE_FROZENSET: return "frozenset";
    default: return NULL;
  }
}

static const char *literal_type_name(const AstConst *literal) {
  switch (literal->kind) {
    case AST_CONST_NONE: return "NoneType";
    case AST_CONST_TRUE:
    case AST_CONST_FALSE: return "bool";
    case AST_CONST_ELLIPSIS: return "ellipsis";
    case AST_CONST_INT: return "int";
    case AST_CONST_FLOAT: return "float";
    case AST_CONST_COMPLEX: return "complex";
    case AST_CONST_STR: return "str";
    case AST_CONST_BYTES: return "bytes";
    case AST_CONST_EXTERNAL: return external_type_name(const_external(literal));
  }
  return NULL;
}

const char *compile_type_name(const AstExpr *e) {
  switch (e->kind) {
    case AST_Tuple: return "tuple";
    case AST_List:
    case AST_ListComp: return "list";
    case AST_Dict:
    case AST_DictComp: return "dict";
    case AST_Set:
    case AST_SetComp: return "set";
    case AST_GeneratorExp: return "generator";
    case AST_Lambda: return "function";
    case AST_JoinedStr:
    case AST_FormattedValue: return "str";
    case AST_Constant: return literal_type_name(&e->u.Constant.value);
    default: return NULL;
  }
}

static bool is_one_of(const char *name, const char *const *names) {
  for (; *names; names++)
    if (!strcmp(name, *names)) return true;
  return false;
}

static bool warn_subscripted(Compiler *c, const AstExpr *container) {
  static const char *const without_items[] = {"NoneType", "ellipsis",  "int",       "bool",     "float", "complex",
                                              "set",      "frozenset", "generator", "function", NULL};
  const char *type = compile_type_name(container);
  if (!type || !is_one_of(type, without_items)) return true;
  return compile_warn(c, "'%.200s' object is not subscriptable; perhaps you missed a comma?", type);
}

static bool warn_index(Compiler *c, const AstExpr *container, const AstExpr *key) {
  static const char *const sequences[] = {"str", "bytes", "tuple", "list", NULL};
  const char *type = compile_type_name(container), *key_type = compile_type_name(key);
  if (!type || !key_type || !is_one_of(type, sequences) || !strcmp(key_type, "int") || !strcmp(key_type, "bool")) return true;
  return compile_warn(c, "%.200s indices must be integers or slices, not %.200s; perhaps you missed a comma?", type, key_type);
}

// ---- comparisons -------------------------------------------------------------------------------------------------------------------

static bool is_identity_safe(const AstExpr *e) {
  if (e->kind != AST_Constant) return true;
  const char *type = literal_type_name(&e->u.Constant.value);
  return type && (!strcmp(type, "NoneType") || !strcmp(type, "bool") || !strcmp(type, "ellipsis"));
}

bool compile_warn_compare(Compiler *c, const AstExpr *e) {
  bool left_safe = is_identity_safe(e->u.Compare.left);
  for (uint32_t i = 0; i < e->u.Compare.ops.size; i++) {
    AstCmpOp op = e->u.Compare.ops.items[i];
    bool right_safe = is_identity_safe(e->u.Compare.comparators.items[i]);
    if ((op == AST_Is || op == AST_IsNot) && (!left_safe || !right_safe))
      return compile_warn(c, op == AST_Is ? "\"is\" with a literal. Did you mean \"==\"?" : "\"is not\" with a literal. Did you mean \"!=\"?");
    left_safe = right_safe;
  }
  return true;
}

static bool compare_op(Compiler *c, AstCmpOp op) {
  enum { LT, LE, EQ, NE, GT, GE };
  switch (op) {
    case AST_Eq: return emit_arg(c, OP_COMPARE_OP, EQ);
    case AST_NotEq: return emit_arg(c, OP_COMPARE_OP, NE);
    case AST_Lt: return emit_arg(c, OP_COMPARE_OP, LT);
    case AST_LtE: return emit_arg(c, OP_COMPARE_OP, LE);
    case AST_Gt: return emit_arg(c, OP_COMPARE_OP, GT);
    case AST_GtE: return emit_arg(c, OP_COMPARE_OP, GE);
    case AST_Is: return emit_arg(c, OP_IS_OP, 0);
    case AST_IsNot: return emit_arg(c, OP_IS_OP, 1);
    case AST_In: return emit_arg(c, OP_CONTAINS_OP, 0);
    case AST_NotIn: return emit_arg(c, OP_CONTAINS_OP, 1);
  }
  return false;
}

// One link of a chained comparison: the right operand stays below the result, and `jump` leaves when the result is false.
static bool compare_link(Compiler *c, const AstExpr *e, uint32_t i, int jump, FlowBlock *cleanup) {
  TRY(compile_expr(c, e->u.Compare.comparators.items[i]));
  TRY(emit_arg(c, OP_SWAP, 2) && emit_arg(c, OP_COPY, 2) && compare_op(c, e->u.Compare.ops.items[i]));
  return emit_jump(c, jump, cleanup);
}

static bool compile_compare(Compiler *c, const AstExpr *e) {
  uint32_t last = e->u.Compare.ops.size - 1;
  TRY(compile_warn_compare(c, e));
  TRY(compile_expr(c, e->u.Compare.left));
  if (last == 0) return compile_expr(c, e->u.Compare.comparators.items[0]) && compare_op(c, e->u.Compare.ops.items[0]);
  FlowBlock *cleanup = new_block(c);
  TRY(cleanup);
  for (uint32_t i = 0; i < last; i++) TRY(compare_link(c, e, i, OP_JUMP_IF_FALSE_OR_POP, cleanup));
  TRY(compile_expr(c, e->u.Compare.comparators.items[last]) && compare_op(c, e->u.Compare.ops.items[last]));
  FlowBlock *end = new_block(c);
  TRY(end);
  TRY(emit_jump_noline(c, FLOW_JUMP, end));
  use_block(c, cleanup);
  TRY(emit_arg(c, OP_SWAP, 2) && emit(c, OP_POP_TOP));
  use_block(c, end);
  return true;
}

// ---- conditions --------------------------------------------------------------------------------------------------------------------

static bool jump_if_boolop(Compiler *c, const AstExpr *e, FlowBlock *next, bool when) {
  AstExprSeq values = e->u.BoolOp.values;
  bool is_or = e->u.BoolOp.op == AST_Or;
  FlowBlock *early = next;
  if (is_or != when) TRY(early = new_block(c));
  for (uint32_t i = 0; i + 1 < values.size; i++) TRY(compile_jump_if(c, values.items[i], early, is_or));
  TRY(compile_jump_if(c, values.items[values.size - 1], next, when));
  if (early != next) use_block(c, early);
  return true;
}

static bool jump_if_conditional(Compiler *c, const AstExpr *e, FlowBlock *next, bool when) {
  FlowBlock *end = new_block(c), *orelse = new_block(c);
  TRY(end && orelse);
  TRY(compile_jump_if(c, e->u.IfExp.test, orelse, false));
  TRY(compile_jump_if(c, e->u.IfExp.body, next, when));
  TRY(emit_jump_noline(c, FLOW_JUMP, end));
  use_block(c, orelse);
  TRY(compile_jump_if(c, e->u.IfExp.orelse, next, when));
  use_block(c, end);
  return true;
}

static bool jump_if_chain(Compiler *c, const AstExpr *e, FlowBlock *next, bool when) {
  uint32_t last = e->u.Compare.ops.size - 1;
  TRY(compile_warn_compare(c, e));
  FlowBlock *cleanup = new_block(c);
  TRY(cleanup);
  TRY(compile_expr(c, e->u.Compare.left));
  for (uint32_t i = 0; i < last; i++) TRY(compare_link(c, e, i, FLOW_POP_JUMP_IF_FALSE, cleanup));
  TRY(compile_expr(c, e->u.Compare.comparators.items[last]) && compare_op(c, e->u.Compare.ops.items[last]));
  TRY(emit_jump(c, when ? FLOW_POP_JUMP_IF_TRUE : FLOW_POP_JUMP_IF_FALSE, next));
  FlowBlock *end = new_block(c);
  TRY(end);
  TRY(emit_jump_noline(c, FLOW_JUMP, end));
  use_block(c, cleanup);
  TRY(emit(c, OP_POP_TOP));
  if (!when) TRY(emit_jump_noline(c, FLOW_JUMP, next));
  use_block(c, end);
  return true;
}

static bool jump_if_any(Compiler *c, const AstExpr *e, FlowBlock *next, bool when) {
  if (e->kind == AST_UnaryOp && e->u.UnaryOp.op == AST_Not) return compile_jump_if(c, e->u.UnaryOp.operand, next, !when);
  if (e->kind == AST_BoolOp) return jump_if_boolop(c, e, next, when);
  if (e->kind == AST_IfExp) return jump_if_conditional(c, e, next, when);
  if (e->kind == AST_Compare) {
    set_pos(c, e->pos);
    if (e->u.Compare.ops.size > 1) return jump_if_chain(c, e, next, when);
  }
  TRY(compile_expr(c, e));
  return emit_jump(c, when ? FLOW_POP_JUMP_IF_TRUE : FLOW_POP_JUMP_IF_FALSE, next);
}

// Jumps to `next` if the truth of e is `when`, else goes on.
bool compile_jump_if(Compiler *c, const AstExpr *e, FlowBlock *next, bool when) {
  if (!front_depth_enter(&c->depth)) return front_error_set(c->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE);
  TRY(jump_if_any(c, e, next, when));
  front_depth_leave(&c->depth);
  return true;
}

static bool compile_boolop(Compiler *c, const AstExpr *e) {
  AstExprSeq values = e->u.BoolOp.values;
  int jump = e->u.BoolOp.op == AST_And ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP;
  FlowBlock *end = new_block(c);
  TRY(end);
  for (uint32_t i = 0; i + 1 < values.size; i++) TRY(compile_expr(c, values.items[i]) && emit_jump(c, jump, end));
  TRY(compile_expr(c, values.items[values.size - 1]));
  use_block(c, end);
  return true;
}

static bool compile_conditional(Compiler *c, const AstExpr *e) {
  FlowBlock *end = new_block(c), *next = new_block(c);
  TRY(end && next);
  TRY(compile_jump_if(c, e->u.IfExp.test, next, false));
  TRY(compile_expr(c, e->u.IfExp.body));
  TRY(emit_jump_noline(c, FLOW_JUMP, end));
  use_block(c, next);
  TRY(compile_expr(c, e->u.IfExp.orelse));
  use_block(c, end);
  return true;
}

// ---- operators ---------------------------------------------------------------------------------------------------------------------

static int binary_arg(AstOperator op) {
  switch (op) {
    case AST_Add: return OP_ADD;
    case AST_Sub: return OP_SUBTRACT;
    case AST_Mult: return OP_MULTIPLY;
    case AST_MatMult: return OP_MATMUL;
    case AST_Div: return OP_TRUE_DIVIDE;
    case AST_Mod: return OP_REMAINDER;
    case AST_Pow: return OP_POWER;
    case AST_LShift: return OP_LSHIFT;
    case AST_RShift: return OP_RSHIFT;
    case AST_BitOr: return OP_OR;
    case AST_BitXor: return OP_XOR;
    case AST_BitAnd: return OP_AND;
    case AST_FloorDiv: return OP_FLOOR_DIVIDE;
  }
  return 0;
}

static int unary_op(AstUnaryOp op) {
  switch (op) {
    case AST_Invert: return OP_UNARY_INVERT;
    case AST_Not: return OP_UNARY_NOT;
    case AST_UAdd: return OP_UNARY_POSITIVE;
    case AST_USub: return OP_UNARY_NEGATIVE;
  }
  return 0;
}

bool compile_augassign(Compiler *c, const AstStmt *s) {
  const AstExpr *e = s->u.AugAssign.target;
  AstPos pos = c->unit->pos;
  set_pos(c, e->pos);
  switch (e->kind) {
    case AST_Attribute:
      TRY(compile_expr(c, e->u.Attribute.value) && emit_arg(c, OP_COPY, 1));
      TRY(compile_at_attribute(c, e));
      TRY(emit_name(c, OP_LOAD_ATTR, e->u.Attribute.attr));
      break;
    case AST_Subscript:
      TRY(compile_expr(c, e->u.Subscript.value) && compile_expr(c, e->u.Subscript.slice));
      TRY(emit_arg(c, OP_COPY, 2) && emit_arg(c, OP_COPY, 2) && emit(c, OP_BINARY_SUBSCR));
      break;
    case AST_Name: TRY(load_store_name(c, e->u.Name.id, AST_Load)); break;
    default: return compile_fail(c, "invalid node type (%d) for augmented assignment", (int)e->kind);
  }
  set_pos(c, pos);
  TRY(compile_expr(c, s->u.AugAssign.value));
  TRY(emit_arg(c, OP_BINARY_OP, binary_arg(s->u.AugAssign.op) + OP_INPLACE));
  set_pos(c, e->pos);
  switch (e->kind) {
    case AST_Attribute:
      TRY(check_name(c, e->u.Attribute.attr, AST_Store));
      TRY(compile_at_attribute(c, e));
      return emit_arg(c, OP_SWAP, 2) && emit_name(c, OP_STORE_ATTR, e->u.Attribute.attr);
    case AST_Subscript: return emit_arg(c, OP_SWAP, 3) && emit_arg(c, OP_SWAP, 2) && emit(c, OP_STORE_SUBSCR);
    default: return load_store_name(c, e->u.Name.id, AST_Store);
  }
}

// ---- access ------------------------------------------------------------------------------------------------------------------------

static bool compile_attribute(Compiler *c, const AstExpr *e) {
  TRY(compile_expr(c, e->u.Attribute.value));
  TRY(compile_at_attribute(c, e));
  if (e->u.Attribute.ctx != AST_Load) TRY(check_name(c, e->u.Attribute.attr, e->u.Attribute.ctx));
  int op = e->u.Attribute.ctx == AST_Load ? OP_LOAD_ATTR : e->u.Attribute.ctx == AST_Store ? OP_STORE_ATTR : OP_DELETE_ATTR;
  return emit_name(c, op, e->u.Attribute.attr);
}

static bool compile_subscript(Compiler *c, const AstExpr *e) {
  AstExprContext ctx = e->u.Subscript.ctx;
  if (ctx == AST_Load) TRY(warn_subscripted(c, e->u.Subscript.value) && warn_index(c, e->u.Subscript.value, e->u.Subscript.slice));
  TRY(compile_expr(c, e->u.Subscript.value) && compile_expr(c, e->u.Subscript.slice));
  return emit(c, ctx == AST_Load ? OP_BINARY_SUBSCR : ctx == AST_Store ? OP_STORE_SUBSCR : OP_DELETE_SUBSCR);
}

static bool value_or_none(Compiler *c, const AstExpr *e) { return e ? compile_expr(c, e) : emit_none(c); }

static bool compile_slice(Compiler *c, const AstExpr *e) {
  TRY(value_or_none(c, e->u.Slice.lower) && value_or_none(c, e->u.Slice.upper));
  if (e->u.Slice.step) TRY(compile_expr(c, e->u.Slice.step));
  return emit_arg(c, OP_BUILD_SLICE, e->u.Slice.step ? 3 : 2);
}

// ---- f-strings ---------------------------------------------------------------------------------------------------------------------

static bool compile_formatted(Compiler *c, const AstExpr *e) {
  enum { CONVERT_NONE, CONVERT_STR, CONVERT_REPR, CONVERT_ASCII, HAVE_SPEC };
  int arg = CONVERT_NONE;
  TRY(compile_expr(c, e->u.FormattedValue.value));
  switch (e->u.FormattedValue.conversion) {
    case 's': arg = CONVERT_STR; break;
    case 'r': arg = CONVERT_REPR; break;
    case 'a': arg = CONVERT_ASCII; break;
    case -1: break;
    default: raise_system_error(c->t, "Unrecognized conversion character %d", e->u.FormattedValue.conversion); return compile_no_memory(c);
  }
  if (e->u.FormattedValue.format_spec) {
    TRY(compile_expr(c, e->u.FormattedValue.format_spec));
    arg |= HAVE_SPEC;
  }
  return emit_arg(c, OP_FORMAT_VALUE, arg);
}

static bool compile_joined(Compiler *c, const AstExpr *e) {
  AstExprSeq values = e->u.JoinedStr.values;
  if (values.size <= STACK_USE_GUIDELINE) {
    TRY(compile_exprs(c, values));
    return values.size == 1 || emit_arg(c, OP_BUILD_STRING, (int)values.size);
  }
  TRY(emit_const_name(c, c->known.empty) && emit_name(c, OP_LOAD_METHOD, c->known.join) && emit_arg(c, OP_BUILD_LIST, 0));
  for (uint32_t i = 0; i < values.size; i++) TRY(compile_expr(c, values.items[i]) && emit_arg(c, OP_LIST_APPEND, 1));
  return emit_call(c, 1);
}

// ---- suspension --------------------------------------------------------------------------------------------------------------------

static bool compile_yield(Compiler *c, const AstExpr *e) {
  if (c->unit->scope->kind != SCOPE_KIND_FUNCTION) return compile_fail(c, "'yield' outside function");
  TRY(value_or_none(c, e->u.Yield.value));
  if (c->unit->scope->generator && c->unit->scope->coroutine) TRY(emit(c, OP_ASYNC_GEN_WRAP));
  return emit(c, OP_YIELD_VALUE) && emit_arg(c, OP_RESUME, 1);
}

static bool compile_yield_from(Compiler *c, const AstExpr *e) {
  if (c->unit->scope->kind != SCOPE_KIND_FUNCTION) return compile_fail(c, "'yield' outside function");
  if (c->unit->kind == UNIT_ASYNC_FUNCTION) return compile_fail(c, "'yield from' inside async function");
  return compile_expr(c, e->u.YieldFrom.value) && emit(c, OP_GET_YIELD_FROM_ITER) && emit_none(c) && emit_yield_from(c, false);
}

static bool compile_await(Compiler *c, const AstExpr *e) {
  if (!allows_top_level_await(c)) {
    if (c->unit->scope->kind != SCOPE_KIND_FUNCTION) return compile_fail(c, "'await' outside function");
    if (c->unit->kind != UNIT_ASYNC_FUNCTION && c->unit->kind != UNIT_COMPREHENSION) return compile_fail(c, "'await' outside async function");
  }
  return compile_expr(c, e->u.Await.value) && emit_arg(c, OP_GET_AWAITABLE, 0) && emit_none(c) && emit_yield_from(c, true);
}

// ---- all of them -------------------------------------------------------------------------------------------------------------------

static bool compile_expr_fields(Compiler *c, const AstExpr *e) {
  switch (e->kind) {
    case AST_BoolOp: return compile_boolop(c, e);
    case AST_NamedExpr: return compile_expr(c, e->u.NamedExpr.value) && emit_arg(c, OP_COPY, 1) && compile_expr(c, e->u.NamedExpr.target);
    case AST_BinOp:
      return compile_expr(c, e->u.BinOp.left) && compile_expr(c, e->u.BinOp.right) && emit_arg(c, OP_BINARY_OP, binary_arg(e->u.BinOp.op));
    case AST_UnaryOp: return compile_expr(c, e->u.UnaryOp.operand) && emit(c, unary_op(e->u.UnaryOp.op));
    case AST_Lambda: return compile_lambda(c, e);
    case AST_IfExp: return compile_conditional(c, e);
    case AST_Dict: return compile_dict(c, e);
    case AST_Set: return compile_display(c, e->u.Set.elts, 0, OP_BUILD_SET, OP_SET_ADD, OP_SET_UPDATE, false);
    case AST_ListComp:
    case AST_SetComp:
    case AST_DictComp:
    case AST_GeneratorExp: return compile_comprehension(c, e);
    case AST_Await: return compile_await(c, e);
    case AST_Yield: return compile_yield(c, e);
    case AST_YieldFrom: return compile_yield_from(c, e);
    case AST_Compare: return compile_compare(c, e);
    case AST_Call: return compile_call(c, e);
    case AST_FormattedValue: return compile_formatted(c, e);
    case AST_JoinedStr: return compile_joined(c, e);
    case AST_Constant: return emit_const(c, compile_literal(c, e));
    case AST_Attribute: return compile_attribute(c, e);
    case AST_Subscript: return compile_subscript(c, e);
    case AST_Starred:
      return compile_fail(c, e->u.Starred.ctx == AST_Store ? "starred assignment target must be in a list or tuple"
                                                           : "can't use starred expression here");
    case AST_Name: return load_store_name(c, e->u.Name.id, e->u.Name.ctx);
    case AST_List:
    case AST_Tuple:
      if (e->u.List.ctx == AST_Store) return compile_unpack_targets(c, e->u.List.elts);
      if (e->u.List.ctx == AST_Del) return compile_exprs(c, e->u.List.elts);
      return compile_display(c, e->u.List.elts, 0, OP_BUILD_LIST, OP_LIST_APPEND, OP_LIST_EXTEND, e->kind == AST_Tuple);
    case AST_Slice: return compile_slice(c, e);
  }
  return true;
}

bool compile_expr(Compiler *c, const AstExpr *e) {
  if (!front_depth_enter(&c->depth)) return front_error_set(c->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE);
  AstPos around = c->unit->pos;
  set_pos(c, e->pos);
  TRY(compile_expr_fields(c, e));
  set_pos(c, around);
  front_depth_leave(&c->depth);
  return true;
}
