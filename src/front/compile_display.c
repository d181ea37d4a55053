// Displays of lists, tuples, sets and dicts, unpacking targets, and tuples of constants.
#include "front/compile_internal.h"
#include "objects/set.h"
#include "objects/tuple.h"

// ---- constants ---------------------------------------------------------------------------------------------------------------------

bool compile_all_constant(AstExprSeq elts, uint32_t begin, uint32_t end) {
  for (uint32_t i = begin; i < end; i++)
    if (!elts.items[i] || elts.items[i]->kind != AST_Constant) return false;
  return true;
}

static int tuple_of(Compiler *c, Value tuple, bool fine) {
  if (fine) return const_pool_add(&c->pool, tuple);
  v_drop(c->t, tuple);
  compile_no_memory(c);
  return -1;
}

int compile_const_tuple(Compiler *c, AstExprSeq elts, uint32_t begin, uint32_t end) {
  Value tuple = tuple_new(c->t, end - begin);
  bool fine = !v_is_null(tuple);
  for (uint32_t i = begin; i < end && fine; i++) {
    int number = compile_literal(c, elts.items[i]);
    fine = number >= 0;
    if (fine) v_tuple(tuple)->items[i - begin] = v_own(c->t, const_pool_value(&c->pool, number));
  }
  return tuple_of(c, tuple, fine);
}

int compile_name_tuple(Compiler *c, AstName *const *names, uint32_t n) {
  Value tuple = tuple_new(c->t, n);
  bool fine = !v_is_null(tuple);
  for (uint32_t i = 0; i < n && fine; i++) {
    Value name = const_pool_name(&c->pool, names[i]);
    fine = !v_is_null(name);
    if (fine) v_tuple(tuple)->items[i] = name;
  }
  return tuple_of(c, tuple, fine);
}

// ---- lists, tuples, sets, and the positional arguments of f(*args) -----------------------------------------------------------------

static bool constant_display(Compiler *c, AstExprSeq elts, int pushed, int build, int extend, bool tuple) {
  int number = compile_const_tuple(c, elts, 0, elts.size);
  TRY(number >= 0);
  if (tuple && !pushed) return emit_const(c, number);
  if (build == OP_BUILD_SET) {
    number = const_pool_add(&c->pool, frozenset_new(c->t, const_pool_value(&c->pool, number)));
    if (number < 0) return compile_no_memory(c);
  }
  TRY(emit_arg(c, build, pushed) && emit_const(c, number) && emit_arg(c, extend, 1));
  return !tuple || emit(c, OP_LIST_TO_TUPLE);
}

bool compile_display(Compiler *c, AstExprSeq elts, int pushed, int build, int add, int extend, bool tuple) {
  if (elts.size > 2 && compile_all_constant(elts, 0, elts.size)) return constant_display(c, elts, pushed, build, extend, tuple);
  bool big = (int64_t)elts.size + pushed > STACK_USE_GUIDELINE, starred = false;
  for (uint32_t i = 0; i < elts.size && !starred; i++) starred = elts.items[i]->kind == AST_Starred;
  if (!starred && !big) {
    TRY(compile_exprs(c, elts));
    return emit_arg(c, tuple ? OP_BUILD_TUPLE : build, (int)elts.size + pushed);
  }
  bool built = big;
  if (big) TRY(emit_arg(c, build, pushed));
  for (uint32_t i = 0; i < elts.size; i++) {
    const AstExpr *elt = elts.items[i];
    if (elt->kind == AST_Starred) {
      if (!built) TRY(emit_arg(c, build, (int)i + pushed));
      built = true;
      TRY(compile_expr(c, elt->u.Starred.value) && emit_arg(c, extend, 1));
    } else {
      TRY(compile_expr(c, elt));
      if (built) TRY(emit_arg(c, add, 1));
    }
  }
  return !tuple || emit(c, OP_LIST_TO_TUPLE);
}

// ---- dicts -------------------------------------------------------------------------------------------------------------------------

static bool sub_dict(Compiler *c, const AstExpr *e, uint32_t begin, uint32_t end) {
  AstExprSeq keys = e->u.Dict.keys, values = e->u.Dict.values;
  uint32_t n = end - begin;
  bool big = n * 2 > STACK_USE_GUIDELINE;
  if (n > 1 && !big && compile_all_constant(keys, begin, end)) {
    for (uint32_t i = begin; i < end; i++) TRY(compile_expr(c, values.items[i]));
    return emit_const(c, compile_const_tuple(c, keys, begin, end)) && emit_arg(c, OP_BUILD_CONST_KEY_MAP, (int)n);
  }
  if (big) TRY(emit_arg(c, OP_BUILD_MAP, 0));
  for (uint32_t i = begin; i < end; i++) {
    TRY(compile_expr(c, keys.items[i]) && compile_expr(c, values.items[i]));
    if (big) TRY(emit_arg(c, OP_MAP_ADD, 1));
  }
  return big || emit_arg(c, OP_BUILD_MAP, (int)n);
}

// Adds the pairs in [begin, end) to the dict on the stack, or makes it of them.
static bool flush_pairs(Compiler *c, const AstExpr *e, uint32_t begin, uint32_t end, bool *have_dict) {
  TRY(sub_dict(c, e, begin, end));
  if (*have_dict) TRY(emit_arg(c, OP_DICT_UPDATE, 1));
  *have_dict = true;
  return true;
}

bool compile_dict(Compiler *c, const AstExpr *e) {
  uint32_t n = e->u.Dict.values.size, waiting = 0;   // pairs before i that have not been compiled
  bool have_dict = false;
  for (uint32_t i = 0; i < n; i++) {
    if (!e->u.Dict.keys.items[i]) {
      if (waiting) TRY(flush_pairs(c, e, i - waiting, i, &have_dict));
      waiting = 0;
      if (!have_dict) TRY(emit_arg(c, OP_BUILD_MAP, 0));
      have_dict = true;
      TRY(compile_expr(c, e->u.Dict.values.items[i]) && emit_arg(c, OP_DICT_UPDATE, 1));
    } else if (waiting * 2 > STACK_USE_GUIDELINE) {
      TRY(flush_pairs(c, e, i - waiting, i + 1, &have_dict));
      waiting = 0;
    } else {
      waiting++;
    }
  }
  if (waiting) TRY(flush_pairs(c, e, n - waiting, n, &have_dict));
  return have_dict || emit_arg(c, OP_BUILD_MAP, 0);
}

// ---- targets -----------------------------------------------------------------------------------------------------------------------

bool compile_unpack_targets(Compiler *c, AstExprSeq elts) {
  bool starred = false;
  for (uint32_t i = 0; i < elts.size; i++) {
    if (elts.items[i]->kind != AST_Starred) continue;
    if (starred) return compile_fail(c, "multiple starred expressions in assignment");
    uint32_t behind = elts.size - i - 1;
    if (i >= 256 || behind >= INT32_MAX >> 8) return compile_fail(c, "too many expressions in star-unpacking assignment");
    TRY(emit_arg(c, OP_UNPACK_EX, (int)(i + (behind << 8))));
    starred = true;
  }
  if (!starred) TRY(emit_arg(c, OP_UNPACK_SEQUENCE, (int)elts.size));
  for (uint32_t i = 0; i < elts.size; i++) {
    const AstExpr *elt = elts.items[i];
    TRY(compile_expr(c, elt->kind == AST_Starred ? elt->u.Starred.value : elt));
  }
  return true;
}
