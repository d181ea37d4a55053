// Lines, stack depth, exception handlers and jump offsets of a finished control-flow graph.
#include "front/flow_finish.h"

#include <limits.h>

// ---- lines -------------------------------------------------------------------------------------------------------------------------

static void inherit_position(FlowBlock *block, AstPos pos) {
  if (block->predecessors == 1 && block->count && block->code[0].pos.lineno < 0) block->code[0].pos = pos;
}

static void propagate_positions(Flow *flow) {
  for (FlowBlock *b = flow->entry; b; b = b->next) {
    if (!b->count) continue;
    AstPos last = flow_no_pos;
    for (int i = 0; i < b->count; i++) {
      if (b->code[i].pos.lineno < 0) b->code[i].pos = last;
      else last = b->code[i].pos;
    }
    if (!b->no_fallthrough && b->next) inherit_position(b->next, last);
    if (flow_is_jump(flow_last(b))) inherit_position(flow_last(b)->target, last);
  }
}

void flow_settle_lines(Flow *flow, int firstlineno) {
  propagate_positions(flow);
  int line = firstlineno;
  for (FlowBlock *b = flow->entry; b; b = b->next) {
    FlowInstr *last = flow_last(b);
    if (!last) continue;
    if (last->pos.lineno >= 0) line = last->pos.lineno;
    else if (last->op == OP_RETURN_VALUE)
      for (int i = 0; i < b->count; i++) b->code[i].pos.lineno = line;
  }
}

// ---- stack depth -------------------------------------------------------------------------------------------------------------------

static FlowBlock **depth_push(FlowBlock **top, FlowBlock *block, int depth) {
  if (block->start_depth < depth && block->start_depth < 100) {
    block->start_depth = depth;
    *top++ = block;
  }
  return top;
}

static bool ends_path(const FlowInstr *i) {
  return i->op == FLOW_JUMP || i->op == FLOW_JUMP_NO_INTERRUPT || i->op == OP_RETURN_VALUE || i->op == OP_RAISE_VARARGS || i->op == OP_RERAISE;
}

int flow_stack_depth(Flow *flow, int entry_depth) {
  FlowBlock **stack = arena_alloc(flow->arena, (size_t)flow->block_count * sizeof *stack), **top = stack;
  if (!stack) return -1;
  for (FlowBlock *b = flow->entry; b; b = b->next) b->start_depth = INT_MIN;
  int deepest = 0;
  top = depth_push(top, flow->entry, entry_depth);
  while (top > stack) {
    FlowBlock *b = *--top, *next = b->next;
    int depth = b->start_depth;
    for (int i = 0; i < b->count; i++) {
      const FlowInstr *instr = &b->code[i];
      if (instr->target) {
        int target_depth = depth + flow_stack_effect(instr, true);
        if (target_depth > deepest) deepest = target_depth;
        top = depth_push(top, instr->target, target_depth);
      }
      depth += flow_stack_effect(instr, false);
      if (depth > deepest) deepest = depth;
      if (ends_path(instr)) {
        next = NULL;
        break;
      }
    }
    if (next) top = depth_push(top, next, depth);
  }
  return deepest;
}

// ---- exception handlers ------------------------------------------------------------------------------------------------------------

// The protected ranges around a place, innermost first. Shared between blocks, never changed.
typedef struct FlowHandlers {
  FlowBlock *handler;
  struct FlowHandlers *outer;
} FlowHandlers;

static FlowBlock **handlers_push(FlowBlock **top, FlowBlock *block, FlowHandlers *handlers) {
  if (block->visited) return top;
  block->visited = true;
  block->handlers = handlers;
  *top++ = block;
  return top;
}

static bool label_block(Flow *flow, FlowBlock *b, FlowBlock ***top) {
  FlowHandlers *around = b->handlers;
  for (int i = 0; i < b->count; i++) {
    FlowInstr *instr = &b->code[i];
    if (flow_is_setup(instr)) {
      *top = handlers_push(*top, instr->target, around);
      FlowHandlers *inner = arena_alloc(flow->arena, sizeof *inner);
      if (!inner) return false;
      *inner = (FlowHandlers){instr->target, around};
      around = inner;
      if (instr->op != FLOW_SETUP_FINALLY) instr->target->push_lasti = true;
      instr->op = OP_NOP;
      instr->target = NULL;
    } else if (instr->op == FLOW_POP_BLOCK) {
      around = around->outer;
      instr->op = OP_NOP;
    } else {
      instr->handler = around ? around->handler : NULL;
      if (instr->target) *top = handlers_push(*top, instr->target, around);
    }
  }
  if (!b->no_fallthrough && b->next) *top = handlers_push(*top, b->next, around);
  return true;
}

bool flow_label_handlers(Flow *flow) {
  FlowBlock **stack = arena_alloc(flow->arena, (size_t)flow->block_count * sizeof *stack), **top = stack;
  if (!stack) return false;
  for (FlowBlock *b = flow->newest; b; b = b->older) b->visited = false;
  top = handlers_push(top, flow->entry, NULL);
  while (top > stack)
    if (!label_block(flow, *--top, &top)) return false;
  return true;
}

// ---- jumps -------------------------------------------------------------------------------------------------------------------------

static int directed(int op, bool forward) {
  switch (op) {
    case FLOW_JUMP: return forward ? OP_JUMP_FORWARD : OP_JUMP_BACKWARD;
    case FLOW_JUMP_NO_INTERRUPT: return forward ? OP_JUMP_FORWARD : OP_JUMP_BACKWARD_NO_INTERRUPT;
    case FLOW_POP_JUMP_IF_FALSE: return forward ? OP_POP_JUMP_FORWARD_IF_FALSE : OP_POP_JUMP_BACKWARD_IF_FALSE;
    case FLOW_POP_JUMP_IF_TRUE: return forward ? OP_POP_JUMP_FORWARD_IF_TRUE : OP_POP_JUMP_BACKWARD_IF_TRUE;
    case FLOW_POP_JUMP_IF_NONE: return forward ? OP_POP_JUMP_FORWARD_IF_NONE : OP_POP_JUMP_BACKWARD_IF_NONE;
    case FLOW_POP_JUMP_IF_NOT_NONE: return forward ? OP_POP_JUMP_FORWARD_IF_NOT_NONE : OP_POP_JUMP_BACKWARD_IF_NOT_NONE;
    default: return op;
  }
}

void flow_direct_jumps(Flow *flow) {
  for (FlowBlock *b = flow->newest; b; b = b->older) b->visited = false;
  for (FlowBlock *b = flow->entry; b; b = b->next) {
    b->visited = true;
    FlowInstr *last = flow_last(b);
    if (last && flow_is_jump(last)) last->op = (int16_t)directed(last->op, !last->target->visited);
  }
}

void flow_place(Flow *flow) {
  bool again;
  do {   // a longer jump may need an EXTENDED_ARG, which moves what is behind it
    again = false;
    int offset = 0;
    for (FlowBlock *b = flow->entry; b; b = b->next) {
      b->offset = offset;
      for (int i = 0; i < b->count; i++) offset += flow_instr_size(&b->code[i]);
    }
    for (FlowBlock *b = flow->entry; b; b = b->next) {
      int end = b->offset;
      for (int i = 0; i < b->count; i++) {
        FlowInstr *instr = &b->code[i];
        int size = flow_instr_size(instr);
        end += size;
        if (!instr->target) continue;
        int distance = instr->target->offset - end;
        instr->arg = distance < 0 ? -distance : distance;
        if (flow_instr_size(instr) != size) again = true;
      }
    }
  } while (again);
}
