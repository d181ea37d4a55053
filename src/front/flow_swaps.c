// Shortening runs of SWAPs, and replacing swaps of values by swaps of the instructions that consume them.
#include "front/flow_swaps.h"

// The run as a permutation: where[i] is the stack item (0 = top) that ends up i deep.
static int *run_permutation(Arena *arena, const FlowInstr *run, int length, int depth) {
  int *where = arena_alloc(arena, (size_t)depth * sizeof *where);
  if (!where) return NULL;
  for (int i = 0; i < depth; i++) where[i] = i;
  for (int i = 0; i < length; i++)
    if (run[i].op == OP_SWAP) {
      int top = where[0];
      where[0] = where[run[i].arg - 1];
      where[run[i].arg - 1] = top;
    }
  return where;
}

// Only the top can be swapped, so each cycle of the permutation is walked with the top put into it; instructions are written from the
// end of the run backwards.
static bool shorten_run(Arena *arena, FlowInstr *run, int length, int depth) {
  enum { DONE = -1 };
  int *where = run_permutation(arena, run, length, depth);
  if (!where) return false;
  int write = length - 1;
  for (int start = 0; start < depth; start++) {
    if (where[start] == DONE || where[start] == start) continue;
    for (int item = start;;) {
      if (item) {
        run[write].op = OP_SWAP;
        run[write--].arg = item + 1;
      }
      if (where[item] == DONE) break;
      int next = where[item];
      where[item] = DONE;
      item = next;
    }
  }
  while (write >= 0) run[write--].op = OP_NOP;
  return true;
}

// Consumers of the top that can neither fail nor jump: two of them may change places.
static bool is_movable(const FlowInstr *i) { return i->op == OP_STORE_FAST || i->op == OP_POP_TOP; }

// The next movable instruction behind `at` (of that line, unless line is -1), only NOPs between; -1 if there is none.
static int next_movable(const FlowBlock *block, int at, int line) {
  while (++at < block->count) {
    const FlowInstr *i = &block->code[at];
    if (line >= 0 && i->pos.lineno != line) return -1;
    if (i->op == OP_NOP) continue;
    return is_movable(i) ? at : -1;
  }
  return -1;
}

// Applies the swaps at and before `at` to the instructions behind them, as far as that is possible.
static void move_instructions(FlowBlock *block, int at) {
  for (; at >= 0; at--) {
    FlowInstr *swap = &block->code[at];
    if (swap->op == OP_NOP || is_movable(swap)) continue;
    if (swap->op != OP_SWAP) return;
    int first = next_movable(block, at, -1);
    if (first < 0) return;
    int other = first, line = block->code[first].pos.lineno;
    for (int left = swap->arg - 1; left > 0 && other >= 0; left--) other = next_movable(block, other, line);
    if (other < 0) return;
    swap->op = OP_NOP;
    FlowInstr moved = block->code[first];
    block->code[first] = block->code[other];
    block->code[other] = moved;
  }
}

bool flow_fold_swaps(Arena *arena, FlowBlock *block, int *at) {
  FlowInstr *run = &block->code[*at];
  int depth = run->arg, length = 1, swaps = 1;
  for (; *at + length < block->count; length++) {
    if (run[length].op == OP_SWAP) {
      swaps++;
      if (run[length].arg > depth) depth = run[length].arg;
    } else if (run[length].op != OP_NOP) {
      break;
    }
  }
  if (swaps > 1) {
    if (!shorten_run(arena, run, length, depth)) return false;
    *at += length - 1;
  }
  move_instructions(block, *at);
  return true;
}
