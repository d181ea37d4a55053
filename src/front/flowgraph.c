// Making control-flow graphs.
#include "front/flowgraph.h"

#include <string.h>

const AstPos flow_no_pos = {-1, -1, -1, -1};

FlowBlock *flow_block_new(Flow *flow) {
  FlowBlock *block = arena_alloc(flow->arena, sizeof *block);
  if (!block) return NULL;
  block->older = flow->newest;
  flow->newest = block;
  flow->block_count++;
  return block;
}

bool flow_init(Flow *flow, Arena *arena) {
  *flow = (Flow){.arena = arena};
  flow->entry = flow->current = flow_block_new(flow);
  return flow->entry;
}

void flow_use(Flow *flow, FlowBlock *block) {
  flow->current->next = block;
  flow->current = block;
}

static bool block_grow(Arena *arena, FlowBlock *block) {
  int capacity = block->capacity ? block->capacity * 2 : 8;
  FlowInstr *code = arena_alloc(arena, (size_t)capacity * sizeof *code);
  if (!code) return false;
  if (block->count) memcpy(code, block->code, (size_t)block->count * sizeof *code);
  block->code = code;
  block->capacity = capacity;
  return true;
}

bool flow_append(Arena *arena, FlowBlock *block, FlowInstr instr) {
  if (block->count == block->capacity && !block_grow(arena, block)) return false;
  block->code[block->count++] = instr;
  return true;
}

bool flow_insert(Arena *arena, FlowBlock *block, int at, FlowInstr instr) {
  if (block->count == block->capacity && !block_grow(arena, block)) return false;
  memmove(&block->code[at + 1], &block->code[at], (size_t)(block->count - at) * sizeof *block->code);
  block->code[at] = instr;
  block->count++;
  return true;
}

static bool ends_block(const FlowInstr *i) { return flow_is_jump(i) || i->op == OP_RETURN_VALUE || i->op == OP_RAISE_VARARGS || i->op == OP_RERAISE; }

bool flow_emit(Flow *flow, int op, int arg, FlowBlock *target, AstPos pos) {
  const FlowInstr *last = flow_last(flow->current);
  if (last && ends_block(last)) {
    FlowBlock *block = flow_block_new(flow);
    if (!block) return false;
    flow_use(flow, block);
  }
  return flow_append(flow->arena, flow->current, (FlowInstr){.op = (int16_t)op, .arg = arg, .target = target, .pos = pos});
}

int flow_instr_size(const FlowInstr *i) {
  uint32_t arg = i->op >= OPCODE_HAVE_ARGUMENT ? (uint32_t)i->arg : 0;
  int extended = (arg > 0xFFFFFF) + (arg > 0xFFFF) + (arg > 0xFF);
  return extended + 1 + (i->op < 256 ? opcode_caches[i->op] : 0);
}

int flow_stack_effect(const FlowInstr *i, bool jump) {
  switch (i->op) {
    case FLOW_SETUP_FINALLY:
    case FLOW_SETUP_WITH: return jump ? 1 : 0;
    case FLOW_SETUP_CLEANUP: return jump ? 2 : 0;
    case FLOW_POP_BLOCK:
    case FLOW_JUMP:
    case FLOW_JUMP_NO_INTERRUPT: return 0;
    case FLOW_POP_JUMP_IF_FALSE:
    case FLOW_POP_JUMP_IF_TRUE:
    case FLOW_POP_JUMP_IF_NONE:
    case FLOW_POP_JUMP_IF_NOT_NONE: return -1;
    default: return opcode_stack_effect(i->op, i->arg, jump);
  }
}
