// with and async with.
#include "front/compile_internal.h"

static bool await_result(Compiler *c, int where) { return emit_arg(c, OP_GET_AWAITABLE, where) && emit_none(c) && emit_yield_from(c, true); }

// After WITH_EXCEPT_START: the exception is swallowed if __exit__ said so.
static bool finish_exception(Compiler *c, FlowBlock *cleanup) {
  FlowBlock *suppress = new_block(c);
  TRY(suppress);
  TRY(emit_jump(c, FLOW_POP_JUMP_IF_TRUE, suppress));
  TRY(emit_arg(c, OP_RERAISE, 2));
  use_block(c, cleanup);
  unset_pos(c);
  TRY(emit_arg(c, OP_COPY, 3) && emit(c, OP_POP_EXCEPT) && emit_arg(c, OP_RERAISE, 1));
  use_block(c, suppress);
  return emit(c, OP_POP_TOP) && emit(c, FLOW_POP_BLOCK) && emit(c, OP_POP_EXCEPT) && emit(c, OP_POP_TOP) && emit(c, OP_POP_TOP);
}

bool compile_with(Compiler *c, const AstStmt *s, uint32_t at) {
  bool is_async = s->kind == AST_AsyncWith;
  const AstWithItem *item = s->u.With.items.items[at];
  if (is_async) TRY(compile_check_async(c, "async with"));
  FlowBlock *block = new_block(c), *final = new_block(c), *exit = new_block(c), *cleanup = new_block(c);
  TRY(block && final && exit && cleanup);
  TRY(compile_expr(c, item->context_expr));
  TRY(emit(c, is_async ? OP_BEFORE_ASYNC_WITH : OP_BEFORE_WITH));
  if (is_async) TRY(await_result(c, 1));
  TRY(emit_jump(c, FLOW_SETUP_WITH, final));

  use_block(c, block);
  TRY(block_push(c, (FrameBlock){.kind = is_async ? BLOCK_ASYNC_WITH : BLOCK_WITH, .start = block, .exit = final, .stmt = s}));
  TRY(item->optional_vars ? compile_expr(c, item->optional_vars) : emit(c, OP_POP_TOP));
  if (at + 1 == s->u.With.items.size) TRY(compile_stmts(c, s->u.With.body));
  else TRY(compile_with(c, s, at + 1));
  block_pop(c);
  if (!is_async) unset_pos(c);
  TRY(emit(c, FLOW_POP_BLOCK));

  set_pos(c, s->pos);
  TRY(compile_call_exit_with_nones(c));
  if (is_async) TRY(await_result(c, 2));
  TRY(emit(c, OP_POP_TOP) && emit_jump(c, FLOW_JUMP, exit));

  use_block(c, final);
  TRY(emit_jump(c, FLOW_SETUP_CLEANUP, cleanup) && emit(c, OP_PUSH_EXC_INFO) && emit(c, OP_WITH_EXCEPT_START));
  if (is_async) TRY(await_result(c, 2));
  TRY(finish_exception(c, cleanup));
  use_block(c, exit);
  return true;
}
