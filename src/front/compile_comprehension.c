// Comprehensions and generator expressions: functions of their own, called at once with the outermost iterator.
#include "front/compile_internal.h"

typedef struct Comprehension {
  AstExprKind kind;
  AstComprehensionSeq clauses;
  const AstExpr *first, *second;   // element, or key and value
} Comprehension;

static bool clause(Compiler *c, const Comprehension *comp, uint32_t at, int depth);

static bool conditions(Compiler *c, const AstComprehension *gen, FlowBlock *skip) {
  for (uint32_t i = 0; i < gen->ifs.size; i++) {
    TRY(compile_jump_if(c, gen->ifs.items[i], skip, false));
  }
  return true;
}

// What one round of the innermost loop produces.
static bool produce(Compiler *c, const Comprehension *comp, int depth) {
  TRY(compile_expr(c, comp->first));
  switch (comp->kind) {
    case AST_GeneratorExp:
      if (c->unit->scope->coroutine) TRY(emit(c, OP_ASYNC_GEN_WRAP));
      return emit(c, OP_YIELD_VALUE) && emit_arg(c, OP_RESUME, 1) && emit(c, OP_POP_TOP);
    case AST_ListComp: return emit_arg(c, OP_LIST_APPEND, depth + 1);
    case AST_SetComp: return emit_arg(c, OP_SET_ADD, depth + 1);
    default: return compile_expr(c, comp->second) && emit_arg(c, OP_MAP_ADD, depth + 1);
  }
}

static bool inner(Compiler *c, const Comprehension *comp, uint32_t at, int depth) {
  return at + 1 < comp->clauses.size ? clause(c, comp, at + 1, depth) : produce(c, comp, depth);
}

// `for y in [f(x)]` assigns: the one element of a display that is iterated over, or NULL.
static const AstExpr *single_element(const AstExpr *iter) {
  if (iter->kind != AST_List && iter->kind != AST_Tuple) return NULL;
  if (iter->u.List.elts.size != 1 || iter->u.List.elts.items[0]->kind == AST_Starred) return NULL;
  return iter->u.List.elts.items[0];
}

static bool sync_clause(Compiler *c, const Comprehension *comp, uint32_t at, int depth) {
  const AstComprehension *gen = comp->clauses.items[at];
  FlowBlock *start = new_block(c), *if_cleanup = new_block(c), *anchor = new_block(c);
  TRY(start && if_cleanup && anchor);
  const AstExpr *single = at ? single_element(gen->iter) : NULL;
  if (at == 0) {
    c->unit->argcount = 1;
    TRY(emit_arg(c, OP_LOAD_FAST, 0));
  } else if (single) {
    TRY(compile_expr(c, single));
  } else {
    TRY(compile_expr(c, gen->iter) && emit(c, OP_GET_ITER));
  }
  if (!single) {
    depth++;
    use_block(c, start);
    TRY(emit_jump(c, OP_FOR_ITER, anchor));
  }
  TRY(compile_expr(c, gen->target));
  TRY(conditions(c, gen, if_cleanup));
  TRY(inner(c, comp, at, depth));
  use_block(c, if_cleanup);
  if (single) return true;
  TRY(emit_jump(c, FLOW_JUMP, start));
  use_block(c, anchor);
  return true;
}

static bool async_clause(Compiler *c, const Comprehension *comp, uint32_t at, int depth) {
  const AstComprehension *gen = comp->clauses.items[at];
  FlowBlock *start = new_block(c), *except = new_block(c), *if_cleanup = new_block(c);
  TRY(start && except && if_cleanup);
  if (at == 0) {
    c->unit->argcount = 1;
    TRY(emit_arg(c, OP_LOAD_FAST, 0));
  } else {
    TRY(compile_expr(c, gen->iter) && emit(c, OP_GET_AITER));
  }
  use_block(c, start);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_ASYNC_COMPREHENSION, .start = start}));
  TRY(emit_jump(c, FLOW_SETUP_FINALLY, except));
  TRY(emit(c, OP_GET_ANEXT) && emit_none(c) && emit_yield_from(c, true) && emit(c, FLOW_POP_BLOCK));
  TRY(compile_expr(c, gen->target));
  TRY(conditions(c, gen, if_cleanup));
  TRY(inner(c, comp, at, depth + 1));
  use_block(c, if_cleanup);
  TRY(emit_jump(c, FLOW_JUMP, start));
  block_pop(c);
  use_block(c, except);
  return emit(c, OP_END_ASYNC_FOR);
}

static bool clause(Compiler *c, const Comprehension *comp, uint32_t at, int depth) {
  if (!front_depth_enter(&c->depth)) return front_error_set(c->err, FRONT_RECURSION_ERROR, FRONT_DEPTH_MESSAGE);
  TRY(comp->clauses.items[at]->is_async ? async_clause(c, comp, at, depth) : sync_clause(c, comp, at, depth));
  front_depth_leave(&c->depth);
  return true;
}

static const char *unit_name(AstExprKind kind) {
  switch (kind) {
    case AST_ListComp: return "<listcomp>";
    case AST_SetComp: return "<setcomp>";
    case AST_DictComp: return "<dictcomp>";
    default: return "<genexpr>";
  }
}

static bool body(Compiler *c, const Comprehension *comp) {
  switch (comp->kind) {
    case AST_ListComp: TRY(emit_arg(c, OP_BUILD_LIST, 0)); break;
    case AST_SetComp: TRY(emit_arg(c, OP_BUILD_SET, 0)); break;
    case AST_DictComp: TRY(emit_arg(c, OP_BUILD_MAP, 0)); break;
    default: break;
  }
  TRY(clause(c, comp, 0, 0));
  return comp->kind == AST_GeneratorExp || emit(c, OP_RETURN_VALUE);
}

bool compile_comprehension(Compiler *c, const AstExpr *e) {
  bool is_dict = e->kind == AST_DictComp, is_generator = e->kind == AST_GeneratorExp;
  Comprehension comp = {.kind = e->kind,
                        .clauses = is_dict ? e->u.DictComp.generators : e->u.ListComp.generators,
                        .first = is_dict ? e->u.DictComp.key : e->u.ListComp.elt,
                        .second = is_dict ? e->u.DictComp.value : NULL};
  const AstComprehension *outermost = comp.clauses.items[0];
  UnitKind around = c->unit->kind;
  bool top_level_await = allows_top_level_await(c);
  AstName *name = known_name(c, unit_name(e->kind));
  TRY(name && unit_enter(c, name, UNIT_COMPREHENSION, e, e->pos.lineno));
  set_pos(c, e->pos);
  bool is_async = c->unit->scope->coroutine;
  if (is_async && !is_generator && around != UNIT_ASYNC_FUNCTION && around != UNIT_COMPREHENSION && !top_level_await)
    return compile_fail(c, "asynchronous comprehension outside of an asynchronous function");
  TRY(body(c, &comp));
  Value code = unit_assemble(c, true);
  unit_leave(c);
  if (top_level_await && is_async) c->unit->scope->coroutine = true;
  TRY(compile_make_closure(c, code, 0));
  TRY(compile_expr(c, outermost->iter));
  TRY(emit(c, outermost->is_async ? OP_GET_AITER : OP_GET_ITER));
  TRY(emit_call(c, 0));
  if (!is_async || is_generator) return true;
  return emit_arg(c, OP_GET_AWAITABLE, 0) && emit_none(c) && emit_yield_from(c, true);
}
