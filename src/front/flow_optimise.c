// Peephole folding, jump threading and dead-code removal on basic blocks.
#include "front/flow_optimise.h"

#include "front/flow_swaps.h"
#include "objects/object.h"
#include "objects/tuple.h"

enum { MOST_INLINED = 4 };   // instructions of an exit block that is copied over a jump

// ---- block properties --------------------------------------------------------------------------------------------------------------

static FlowBlock *skip_empty(FlowBlock *block) {
  while (block->count == 0) block = block->next;
  return block;
}

void flow_normalise(Flow *flow) {
  for (FlowBlock *b = flow->newest; b; b = b->older)
    for (int i = 0; i < b->count; i++) {
      FlowInstr *instr = &b->code[i];
      if (instr->op == OP_RETURN_VALUE || instr->op == OP_RAISE_VARARGS || instr->op == OP_RERAISE) b->is_exit = b->no_fallthrough = true;
      else if (instr->op == FLOW_JUMP || instr->op == FLOW_JUMP_NO_INTERRUPT) b->no_fallthrough = true;
      if (flow_is_jump(instr)) instr->target = skip_empty(instr->target);
    }
}

static void make_nop(FlowInstr *i) {
  i->op = OP_NOP;
  i->target = NULL;
}

// Whether b is an exit and all of it is artificial.
static bool is_exit_without_line(const FlowBlock *b) {
  if (!b->is_exit) return false;
  for (int i = 0; i < b->count; i++)
    if (b->code[i].pos.lineno >= 0) return false;
  return true;
}

static bool inline_exit(Flow *flow, FlowBlock *b) {
  FlowInstr *last = flow_last(b);
  if (!last || last->op != FLOW_JUMP || last->target->count > MOST_INLINED || !is_exit_without_line(last->target)) return true;
  FlowBlock *exit = last->target;
  make_nop(last);
  for (int i = 0; i < exit->count; i++)
    if (!flow_append(flow->arena, b, exit->code[i])) return false;
  b->is_exit = true;
  return true;
}

bool flow_inline_exits(Flow *flow) {
  for (FlowBlock *b = flow->newest; b; b = b->older)
    if (!inline_exit(flow, b)) return false;
  return true;
}

// ---- folding within a block --------------------------------------------------------------------------------------------------------

typedef struct Peephole {
  Flow *flow;
  ConstPool *pool;
  ConstList *consts;
  FlowBlock *block;
} Peephole;

static Value const_at(const Peephole *p, int arg) { return const_pool_value(p->pool, (int)p->consts->numbers[arg]); }

// The jump at `jump` after a constant: taken always or never.
static void settle_jump(Peephole *p, FlowInstr *load, FlowInstr *jump, bool taken, bool keeps_value) {
  if (taken) {
    if (!keeps_value) make_nop(load);
    jump->op = FLOW_JUMP;
    p->block->no_fallthrough = true;
  } else {
    make_nop(load);
    make_nop(jump);
  }
}

static bool fold_load_const(Peephole *p, int i) {
  FlowInstr *load = &p->block->code[i], *next = i + 1 < p->block->count ? load + 1 : NULL;
  if (!next) return true;
  switch (next->op) {
    case FLOW_POP_JUMP_IF_FALSE:
    case FLOW_POP_JUMP_IF_TRUE:
    case OP_JUMP_IF_FALSE_OR_POP:
    case OP_JUMP_IF_TRUE_OR_POP: {
      int truth = object_is_true(p->pool->t, const_at(p, load->arg));
      if (truth < 0) return false;
      bool keeps_value = next->op == OP_JUMP_IF_FALSE_OR_POP || next->op == OP_JUMP_IF_TRUE_OR_POP;
      bool jump_if_true = next->op == FLOW_POP_JUMP_IF_TRUE || next->op == OP_JUMP_IF_TRUE_OR_POP;
      settle_jump(p, load, next, truth == jump_if_true, keeps_value);
      return true;
    }
    case OP_IS_OP: {
      FlowInstr *jump = i + 2 < p->block->count ? load + 2 : NULL;
      if (!jump || (jump->op != FLOW_POP_JUMP_IF_FALSE && jump->op != FLOW_POP_JUMP_IF_TRUE) || !v_is_none(const_at(p, load->arg))) return true;
      bool jump_if_not_none = (next->arg == 1) != (jump->op == FLOW_POP_JUMP_IF_FALSE);
      make_nop(load);
      make_nop(next);
      jump->op = jump_if_not_none ? FLOW_POP_JUMP_IF_NOT_NONE : FLOW_POP_JUMP_IF_NONE;
      return true;
    }
    default: return true;
  }
}

static bool fold_const_tuple(Peephole *p, FlowInstr *build) {
  int n = build->arg;
  FlowInstr *items = build - n;
  for (int i = 0; i < n; i++)
    if (items[i].op != OP_LOAD_CONST) return true;
  Value tuple = tuple_new(p->pool->t, n);
  if (v_is_null(tuple)) return false;
  for (int i = 0; i < n; i++) v_tuple(tuple)->items[i] = v_own(p->pool->t, const_at(p, items[i].arg));
  int number = const_pool_add(p->pool, tuple);
  int index = number < 0 ? -1 : const_list_add(p->flow->arena, p->consts, (uint32_t)number);
  if (index < 0) return false;
  for (int i = 0; i < n; i++) make_nop(&items[i]);
  build->op = OP_LOAD_CONST;
  build->arg = index;
  return true;
}

// BUILD_TUPLE n, UNPACK_SEQUENCE n of few items is a swap.
static bool fold_build_tuple(Peephole *p, int i) {
  FlowInstr *build = &p->block->code[i];
  if (i + 1 < p->block->count && build[1].op == OP_UNPACK_SEQUENCE && build[1].arg == build->arg && build->arg >= 1 && build->arg <= 3) {
    build[1].op = build->arg == 1 ? OP_NOP : OP_SWAP;
    make_nop(build);
    return true;
  }
  return i < build->arg || fold_const_tuple(p, build);
}

// Lets a jump to a jump go where that one goes. False: it stays, because a line would be lost or nothing would change.
static bool thread_jump(FlowInstr *jump, const FlowInstr *target, int op) {
  if (jump->pos.lineno != target->pos.lineno || jump->target == target->target) return false;
  jump->target = target->target;
  jump->op = (int16_t)op;
  return true;
}

// A jump that keeps its value, to a test of that same value. True: changed, look again.
static bool thread_or_pop(FlowInstr *jump, const FlowInstr *target) {
  bool on_true = jump->op == OP_JUMP_IF_TRUE_OR_POP;
  int same_pop = on_true ? FLOW_POP_JUMP_IF_TRUE : FLOW_POP_JUMP_IF_FALSE;
  int other_pop = on_true ? FLOW_POP_JUMP_IF_FALSE : FLOW_POP_JUMP_IF_TRUE;
  int other_keep = on_true ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP;
  if (target->op == same_pop) return thread_jump(jump, target, same_pop);
  if (target->op == FLOW_JUMP || target->op == jump->op) return thread_jump(jump, target, jump->op);
  if ((target->op == other_pop || target->op == other_keep) && jump->pos.lineno == target->pos.lineno) {
    jump->op = (int16_t)same_pop;
    jump->target = jump->target->next;
    return true;
  }
  return false;
}

// Folds around instruction i; true in *again when the same instruction is worth another look.
static bool fold_at(Peephole *p, int *i, bool *again) {
  static const FlowInstr nothing = {.op = OP_NOP};
  FlowInstr *instr = &p->block->code[*i];
  const FlowInstr *target = &nothing;
  if (flow_is_jump(instr) || flow_is_setup(instr)) {
    instr->target = skip_empty(instr->target);
    target = &instr->target->code[0];
  }
  switch (instr->op) {
    case OP_LOAD_CONST: return fold_load_const(p, *i);
    case OP_BUILD_TUPLE: return fold_build_tuple(p, *i);
    case OP_JUMP_IF_FALSE_OR_POP:
    case OP_JUMP_IF_TRUE_OR_POP: *again = thread_or_pop(instr, target); return true;
    case FLOW_POP_JUMP_IF_FALSE:
    case FLOW_POP_JUMP_IF_TRUE:
    case FLOW_POP_JUMP_IF_NONE:
    case FLOW_POP_JUMP_IF_NOT_NONE:
    case FLOW_JUMP: *again = target->op == FLOW_JUMP && thread_jump(instr, target, instr->op); return true;
    case OP_SWAP:
      if (instr->arg == 1) {
        make_nop(instr);
        return true;
      }
      return flow_fold_swaps(p->flow->arena, p->block, i);
    case OP_PUSH_NULL:
      if (*i + 1 < p->block->count && instr[1].op == OP_LOAD_GLOBAL) {
        make_nop(instr);
        instr->arg = 0;
        instr[1].arg |= 1;
      }
      return true;
    default: return true;
  }
}

static bool fold_block(Peephole *p) {
  for (int i = 0; i < p->block->count; i++) {
    bool again = false;
    if (!fold_at(p, &i, &again)) return false;
    if (again) i--;
  }
  return true;
}

// ---- needless NOPs -----------------------------------------------------------------------------------------------------------------

static bool nop_is_needed(FlowBlock *block, int at, int last_line) {
  int line = block->code[at].pos.lineno;
  if (line < 0 || line == last_line) return false;
  if (at + 1 < block->count) {
    FlowInstr *next = &block->code[at + 1];
    if (next->pos.lineno < 0) next->pos = block->code[at].pos;
    return next->pos.lineno != line;
  }
  FlowBlock *next = block->next;
  while (next && !next->count) next = next->next;
  return !next || next->code[0].pos.lineno != line;
}

void flow_clean_block(FlowBlock *block, int last_line) {
  int kept = 0;
  for (int i = 0; i < block->count; i++) {
    int line = block->code[i].pos.lineno;
    if (block->code[i].op == OP_NOP && !nop_is_needed(block, i, last_line)) continue;
    if (kept != i) block->code[kept] = block->code[i];
    kept++;
    last_line = line;
  }
  block->count = kept;
}

// ---- reachability ------------------------------------------------------------------------------------------------------------------

static FlowBlock **reach(FlowBlock *block, FlowBlock **top) {
  if (block->predecessors++ == 0) *top++ = block;
  return top;
}

// Counts predecessors; blocks that keep 0 can't be reached.
static bool mark_reachable(Flow *flow) {
  FlowBlock **stack = arena_alloc(flow->arena, (size_t)flow->block_count * sizeof *stack), **top = stack;
  if (!stack) return false;
  for (FlowBlock *b = flow->newest; b; b = b->older) b->predecessors = 0;
  top = reach(flow->entry, top);
  while (top > stack) {
    FlowBlock *b = *--top;
    if (b->next && !b->no_fallthrough) top = reach(b->next, top);
    for (int i = 0; i < b->count; i++)
      if (b->code[i].target && (flow_is_jump(&b->code[i]) || flow_is_setup(&b->code[i]))) top = reach(b->code[i].target, top);
  }
  return true;
}

static void drop_empty_blocks(Flow *flow) {
  for (FlowBlock *b = flow->entry; b; b = b->next)
    while (b->next && !b->next->count && b->next->next) b->next = b->next->next;
  for (FlowBlock *b = flow->entry; b; b = b->next)
    for (int i = 0; i < b->count; i++)
      if (b->code[i].target) b->code[i].target = skip_empty(b->code[i].target);
}

static void drop_unreachable(Flow *flow) {
  for (FlowBlock *b = flow->entry; b; b = b->next)
    if (!b->predecessors) {
      b->count = 0;
      b->no_fallthrough = false;
    }
  for (FlowBlock *b = flow->entry; b; b = b->next) flow_clean_block(b, -1);
  drop_empty_blocks(flow);
}

static void drop_jumps_to_next(Flow *flow) {
  for (FlowBlock *b = flow->entry; b; b = b->next) {
    FlowInstr *last = flow_last(b);
    if (!last || (last->op != FLOW_JUMP && last->op != FLOW_JUMP_NO_INTERRUPT) || last->target != b->next) continue;
    b->no_fallthrough = false;
    make_nop(last);   // stays until lines are settled: it may come to stand for one
  }
}

bool flow_optimise(Flow *flow, ConstPool *pool, ConstList *consts) {
  Peephole p = {.flow = flow, .pool = pool, .consts = consts};
  for (FlowBlock *b = flow->entry; b; b = b->next) {
    p.block = b;
    if (!fold_block(&p)) return false;
    flow_clean_block(b, -1);
  }
  if (!flow_inline_exits(flow) || !mark_reachable(flow)) return false;
  drop_unreachable(flow);
  drop_jumps_to_next(flow);
  return true;
}

void flow_trim_consts(Flow *flow, ConstList *consts) {
  uint32_t needed = 1;
  for (FlowBlock *b = flow->entry; b; b = b->next)
    for (int i = 0; i < b->count; i++)
      if ((b->code[i].op == OP_LOAD_CONST || b->code[i].op == OP_KW_NAMES) && (uint32_t)b->code[i].arg >= needed)
        needed = (uint32_t)b->code[i].arg + 1;
  if (consts->count > needed) consts->count = needed;
}

// ---- exits without a line ----------------------------------------------------------------------------------------------------------

static bool copy_exit(Flow *flow, FlowInstr *jump) {
  FlowBlock *exit = jump->target, *copy = flow_block_new(flow);
  if (!copy) return false;
  for (int i = 0; i < exit->count; i++)
    if (!flow_append(flow->arena, copy, exit->code[i])) return false;
  copy->is_exit = copy->no_fallthrough = true;
  copy->code[0].pos = jump->pos;
  jump->target = copy;
  exit->predecessors--;
  copy->predecessors = 1;
  copy->next = exit->next;
  exit->next = copy;
  return true;
}

bool flow_duplicate_exits(Flow *flow) {
  for (FlowBlock *b = flow->newest; b; b = b->older) {
    FlowInstr *last = flow_last(b);
    if (last && flow_is_jump(last) && is_exit_without_line(last->target) && last->target->predecessors > 1 && !copy_exit(flow, last)) return false;
  }
  for (FlowBlock *b = flow->newest; b; b = b->older)
    while (b->next && !b->next->count) b->next = b->next->next;
  return true;
}
