// Leaving loops, with and try statements by return, break and continue: what has to be undone on the way out.
#include "front/compile_internal.h"

bool compile_call_exit_with_nones(Compiler *c) { return emit_none(c) && emit_none(c) && emit_none(c) && emit_call(c, 2); }

static bool drop_below(Compiler *c, bool keep_top) { return (!keep_top || emit_arg(c, OP_SWAP, 2)) && emit(c, OP_POP_TOP); }

static bool unwind_finally(Compiler *c, const FrameBlock *block, bool keep_top) {
  // This POP_BLOCK has the line of the statement that leaves.
  TRY(emit(c, FLOW_POP_BLOCK));
  if (keep_top) TRY(block_push(c, (FrameBlock){.kind = BLOCK_POP_VALUE}));
  TRY(compile_stmts(c, *block->finally));
  if (keep_top) block_pop(c);
  unset_pos(c);   // the finally block appears to run after the statement that leaves
  return true;
}

static bool unwind_with(Compiler *c, const FrameBlock *block, bool keep_top) {
  set_pos(c, block->stmt->pos);
  TRY(emit(c, FLOW_POP_BLOCK));
  if (keep_top) TRY(emit_arg(c, OP_SWAP, 2));
  TRY(compile_call_exit_with_nones(c));
  if (block->kind == BLOCK_ASYNC_WITH) TRY(emit_arg(c, OP_GET_AWAITABLE, 2) && emit_none(c) && emit_yield_from(c, true));
  TRY(emit(c, OP_POP_TOP));
  unset_pos(c);
  return true;
}

static bool unwind_handler(Compiler *c, const FrameBlock *block, bool keep_top) {
  if (block->name) TRY(emit(c, FLOW_POP_BLOCK));
  if (keep_top) TRY(emit_arg(c, OP_SWAP, 2));
  TRY(emit(c, FLOW_POP_BLOCK) && emit(c, OP_POP_EXCEPT));
  if (!block->name) return true;
  return emit_none(c) && load_store_name(c, block->name, AST_Store) && load_store_name(c, block->name, AST_Del);
}

bool compile_unwind_block(Compiler *c, const FrameBlock *block, bool keep_top) {
  switch (block->kind) {
    case BLOCK_WHILE:
    case BLOCK_EXCEPTION_HANDLER:
    case BLOCK_GROUP_HANDLER:
    case BLOCK_ASYNC_COMPREHENSION: return true;
    case BLOCK_FOR:
    case BLOCK_POP_VALUE: return drop_below(c, keep_top);
    case BLOCK_TRY_EXCEPT: return emit(c, FLOW_POP_BLOCK);
    case BLOCK_FINALLY_TRY: return unwind_finally(c, block, keep_top);
    case BLOCK_FINALLY_END:
      TRY(drop_below(c, keep_top));
      if (keep_top) TRY(emit_arg(c, OP_SWAP, 2));
      return emit(c, FLOW_POP_BLOCK) && emit(c, OP_POP_EXCEPT);
    case BLOCK_WITH:
    case BLOCK_ASYNC_WITH: return unwind_with(c, block, keep_top);
    case BLOCK_HANDLER_CLEANUP: return unwind_handler(c, block, keep_top);
  }
  return true;
}

// Undoes blocks from the innermost outwards: all of them, or, with loop given, up to the nearest loop, which *loop then is.
bool compile_unwind(Compiler *c, bool keep_top, FrameBlock **loop) {
  Unit *u = c->unit;
  if (!u->block_count) return true;
  FrameBlock *top = &u->blocks[u->block_count - 1];
  if (top->kind == BLOCK_GROUP_HANDLER) return compile_fail(c, "'break', 'continue' and 'return' cannot appear in an except* block");
  if (loop && (top->kind == BLOCK_WHILE || top->kind == BLOCK_FOR)) {
    *loop = top;
    return true;
  }
  FrameBlock block = *top;   // what unwinding it compiles may use its place
  u->block_count--;
  TRY(compile_unwind_block(c, &block, keep_top));
  TRY(compile_unwind(c, keep_top, loop));
  u->blocks[u->block_count++] = block;
  return true;
}
