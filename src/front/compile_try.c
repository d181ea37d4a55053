// try statements: except, except*, else and finally.
#include "front/compile_internal.h"

// Ends a handler's own cleanup: the exception that was handled before is the handled one again, the new one goes on.
static bool pop_except_and_reraise(Compiler *c) { return emit_arg(c, OP_COPY, 3) && emit(c, OP_POP_EXCEPT) && emit_arg(c, OP_RERAISE, 1); }

// `except ... as name` ends with name = None; del name.
static bool unbind(Compiler *c, AstName *name) { return emit_none(c) && load_store_name(c, name, AST_Store) && load_store_name(c, name, AST_Del); }

static bool handler_body(Compiler *c, const AstExceptHandler *handler, FlowBlock *body) {
  use_block(c, body);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_HANDLER_CLEANUP, .start = body, .name = handler->name}));
  TRY(compile_stmts(c, handler->body));
  block_pop(c);
  unset_pos(c);
  return true;
}

static bool named_handler(Compiler *c, const AstExceptHandler *handler, FlowBlock *end) {
  FlowBlock *cleanup = new_block(c), *body = cleanup ? new_block(c) : NULL;
  TRY(body);
  TRY(load_store_name(c, handler->name, AST_Store));
  TRY(emit_jump(c, FLOW_SETUP_CLEANUP, cleanup));
  TRY(handler_body(c, handler, body));
  TRY(emit(c, FLOW_POP_BLOCK) && emit(c, FLOW_POP_BLOCK) && emit(c, OP_POP_EXCEPT) && unbind(c, handler->name));
  TRY(emit_jump(c, FLOW_JUMP, end));
  use_block(c, cleanup);
  unset_pos(c);
  return unbind(c, handler->name) && emit_arg(c, OP_RERAISE, 1);
}

static bool plain_handler(Compiler *c, const AstExceptHandler *handler, FlowBlock *end) {
  FlowBlock *body = new_block(c);
  TRY(body);
  TRY(emit(c, OP_POP_TOP));
  TRY(handler_body(c, handler, body));
  return emit(c, FLOW_POP_BLOCK) && emit(c, OP_POP_EXCEPT) && emit_jump(c, FLOW_JUMP, end);
}

static bool handlers(Compiler *c, AstExceptHandlerSeq seq, FlowBlock *end) {
  for (uint32_t i = 0; i < seq.size; i++) {
    const AstExceptHandler *handler = seq.items[i];
    set_pos(c, handler->pos);
    if (!handler->type && i + 1 < seq.size) return compile_fail(c, "default 'except:' must be last");
    FlowBlock *next = new_block(c);
    TRY(next);
    if (handler->type) {
      TRY(compile_expr(c, handler->type) && emit(c, OP_CHECK_EXC_MATCH) && emit_jump(c, FLOW_POP_JUMP_IF_FALSE, next));
    }
    TRY(handler->name ? named_handler(c, handler, end) : plain_handler(c, handler, end));
    use_block(c, next);
  }
  return true;
}

static bool try_except(Compiler *c, const struct AstTry *s) {
  FlowBlock *body = new_block(c), *except = new_block(c), *end = new_block(c), *cleanup = new_block(c);
  TRY(body && except && end && cleanup);
  TRY(emit_jump(c, FLOW_SETUP_FINALLY, except));
  use_block(c, body);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_TRY_EXCEPT, .start = body}));
  TRY(compile_stmts(c, s->body));
  block_pop(c);
  TRY(emit_noline(c, FLOW_POP_BLOCK));
  TRY(compile_stmts(c, s->orelse));
  TRY(emit_jump_noline(c, FLOW_JUMP, end));

  use_block(c, except);
  unset_pos(c);
  TRY(emit_jump(c, FLOW_SETUP_CLEANUP, cleanup) && emit(c, OP_PUSH_EXC_INFO));
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_EXCEPTION_HANDLER}));
  TRY(handlers(c, s->handlers, end));
  unset_pos(c);
  block_pop(c);
  TRY(emit_arg(c, OP_RERAISE, 0));
  use_block(c, cleanup);
  TRY(pop_except_and_reraise(c));
  use_block(c, end);
  return true;
}

// except*: [previous exception, original group, list of raised ones, what is left of the group]
static bool star_handler(Compiler *c, const AstExceptHandler *handler) {
  FlowBlock *match = new_block(c), *cleanup = new_block(c), *body = new_block(c), *next = new_block(c);
  TRY(match && cleanup && body && next);
  TRY(compile_expr(c, handler->type) && emit(c, OP_CHECK_EG_MATCH) && emit_arg(c, OP_COPY, 1));
  TRY(emit_jump(c, FLOW_POP_JUMP_IF_NOT_NONE, match));
  TRY(emit(c, OP_POP_TOP) && emit_jump(c, FLOW_JUMP, next));
  use_block(c, match);
  TRY(handler->name ? load_store_name(c, handler->name, AST_Store) : emit(c, OP_POP_TOP));
  TRY(emit_jump(c, FLOW_SETUP_CLEANUP, cleanup));
  TRY(handler_body(c, handler, body));
  TRY(emit(c, FLOW_POP_BLOCK));
  if (handler->name) TRY(unbind(c, handler->name));
  TRY(emit_jump(c, FLOW_JUMP, next));

  use_block(c, cleanup);
  unset_pos(c);
  if (handler->name) TRY(unbind(c, handler->name));
  TRY(emit_arg(c, OP_LIST_APPEND, 3) && emit(c, OP_POP_TOP) && emit_jump(c, FLOW_JUMP, next));
  use_block(c, next);
  return true;
}

static bool star_reraise(Compiler *c, FlowBlock *cleanup, FlowBlock *end) {
  FlowBlock *reraise = new_block(c);
  TRY(reraise);
  TRY(emit(c, OP_PREP_RERAISE_STAR) && emit_arg(c, OP_COPY, 1) && emit_jump(c, FLOW_POP_JUMP_IF_NOT_NONE, reraise));
  TRY(emit(c, OP_POP_TOP) && emit(c, FLOW_POP_BLOCK) && emit(c, OP_POP_EXCEPT) && emit_jump(c, FLOW_JUMP, end));
  use_block(c, reraise);
  TRY(emit(c, FLOW_POP_BLOCK) && emit_arg(c, OP_SWAP, 2) && emit(c, OP_POP_EXCEPT) && emit_arg(c, OP_RERAISE, 0));
  use_block(c, cleanup);
  return pop_except_and_reraise(c);
}

static bool try_star_except(Compiler *c, const struct AstTry *s) {
  FlowBlock *body = new_block(c), *except = new_block(c), *orelse = new_block(c), *end = new_block(c), *cleanup = new_block(c),
            *reraise_star = new_block(c);
  TRY(body && except && orelse && end && cleanup && reraise_star);
  TRY(emit_jump(c, FLOW_SETUP_FINALLY, except));
  use_block(c, body);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_TRY_EXCEPT, .start = body}));
  TRY(compile_stmts(c, s->body));
  block_pop(c);
  TRY(emit_noline(c, FLOW_POP_BLOCK));
  TRY(emit_jump_noline(c, FLOW_JUMP, orelse));

  use_block(c, except);
  unset_pos(c);
  TRY(emit_jump(c, FLOW_SETUP_CLEANUP, cleanup) && emit(c, OP_PUSH_EXC_INFO));
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_GROUP_HANDLER}));
  for (uint32_t i = 0; i < s->handlers.size; i++) {
    set_pos(c, s->handlers.items[i]->pos);
    if (i == 0) TRY(emit_arg(c, OP_COPY, 1) && emit_arg(c, OP_BUILD_LIST, 0) && emit_arg(c, OP_SWAP, 2));
    TRY(star_handler(c, s->handlers.items[i]));
  }
  unset_pos(c);
  TRY(emit_arg(c, OP_LIST_APPEND, 1));   // what no handler took
  TRY(emit_jump(c, FLOW_JUMP, reraise_star));
  block_pop(c);
  use_block(c, reraise_star);
  TRY(star_reraise(c, cleanup, end));
  use_block(c, orelse);
  TRY(compile_stmts(c, s->orelse));
  use_block(c, end);
  return true;
}

static bool try_finally(Compiler *c, const struct AstTry *s, bool star) {
  FlowBlock *body = new_block(c), *finally = new_block(c), *exit = new_block(c), *cleanup = new_block(c);
  TRY(body && finally && exit && cleanup);
  TRY(emit_jump(c, FLOW_SETUP_FINALLY, finally));
  use_block(c, body);
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_FINALLY_TRY, .start = body, .exit = finally, .finally = &s->finalbody}));
  if (s->handlers.size) TRY(star ? try_star_except(c, s) : try_except(c, s));
  else TRY(compile_stmts(c, s->body));
  TRY(emit_noline(c, FLOW_POP_BLOCK));
  block_pop(c);
  TRY(compile_stmts(c, s->finalbody));
  TRY(emit_jump_noline(c, FLOW_JUMP, exit));

  use_block(c, finally);
  unset_pos(c);
  TRY(emit_jump(c, FLOW_SETUP_CLEANUP, cleanup) && emit(c, OP_PUSH_EXC_INFO));
  TRY(block_push(c, (FrameBlock){.kind = BLOCK_FINALLY_END, .start = finally}));
  TRY(compile_stmts(c, s->finalbody));
  block_pop(c);
  TRY(emit_arg(c, OP_RERAISE, 0));
  use_block(c, cleanup);
  TRY(pop_except_and_reraise(c));
  use_block(c, exit);
  return true;
}

bool compile_try(Compiler *c, const AstStmt *s) { return s->u.Try.finalbody.size ? try_finally(c, &s->u.Try, false) : try_except(c, &s->u.Try); }

bool compile_try_star(Compiler *c, const AstStmt *s) {
  return s->u.Try.finalbody.size ? try_finally(c, &s->u.Try, true) : try_star_except(c, &s->u.Try);
}
