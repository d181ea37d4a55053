// Control-flow graphs: the code of one function as basic blocks of instructions, between the compiler and the assembler.
//
// A block's instructions run from first to last; a jump may only stand at the end. Behind the last instruction control falls into `next`,
// unless no_fallthrough. Everything lives in the arena.
#ifndef WEFT_FRONT_FLOWGRAPH_H
#define WEFT_FRONT_FLOWGRAPH_H

#include "code/opcode.h"
#include "front/ast.h"

// Instructions that exist only in a graph: jumps whose direction is not known yet, and the start and end of protected ranges.
enum {
  FLOW_SETUP_FINALLY = 256,   // exceptions go to `target`, with the exception pushed
  FLOW_SETUP_CLEANUP,         // ... with the offset of the faulting instruction below it
  FLOW_SETUP_WITH,            // as SETUP_CLEANUP, the result of __enter__ not counted
  FLOW_POP_BLOCK,             // ends the innermost range
  FLOW_JUMP, FLOW_JUMP_NO_INTERRUPT, FLOW_POP_JUMP_IF_FALSE, FLOW_POP_JUMP_IF_TRUE, FLOW_POP_JUMP_IF_NONE, FLOW_POP_JUMP_IF_NOT_NONE,
};

typedef struct FlowBlock FlowBlock;

typedef struct FlowInstr {
  int16_t op;               // Opcode or FLOW_*
  int32_t arg;
  AstPos pos;               // lineno < 0: artificial
  FlowBlock *target;        // of jumps and SETUP_*
  FlowBlock *handler;       // where exceptions go; set by flow_label_handlers
} FlowInstr;

struct FlowBlock {
  FlowBlock *older;         // the block made before this one
  FlowBlock *next;          // in the order of the code
  FlowInstr *code;
  int count, capacity;
  int predecessors;
  int start_depth;          // of the value stack
  int offset;               // in code units
  bool is_exit;             // ends by return or raise
  bool no_fallthrough;
  bool visited;
  bool push_lasti;          // a handler that wants the offset of the faulting instruction
  struct FlowHandlers *handlers;   // the ranges around its start, while handlers are labelled
};

typedef struct Flow {
  Arena *arena;
  FlowBlock *entry, *current, *newest;
  int block_count;
} Flow;

extern const AstPos flow_no_pos;

// Starts with one empty block. All of these answer false or NULL only when memory is out.
bool flow_init(Flow *flow, Arena *arena);
FlowBlock *flow_block_new(Flow *flow);
// Control falls from the current block into `block`, where instructions are added from now on.
void flow_use(Flow *flow, FlowBlock *block);
// Adds an instruction to the current block, or to a new one if that ends by a jump, return or raise.
bool flow_emit(Flow *flow, int op, int arg, FlowBlock *target, AstPos pos);
bool flow_append(Arena *arena, FlowBlock *block, FlowInstr instr);
bool flow_insert(Arena *arena, FlowBlock *block, int at, FlowInstr instr);

static inline bool flow_is_setup(const FlowInstr *i) { return i->op >= FLOW_SETUP_FINALLY && i->op <= FLOW_SETUP_WITH; }
static inline bool flow_is_jump(const FlowInstr *i) { return i->op < 256 ? (opcode_flags[i->op] & OPCODE_JUMP) != 0 : i->op >= FLOW_JUMP; }
static inline FlowInstr *flow_last(FlowBlock *b) { return b->count ? &b->code[b->count - 1] : NULL; }
// Code units, EXTENDED_ARGs and caches included.
int flow_instr_size(const FlowInstr *i);
int flow_stack_effect(const FlowInstr *i, bool jump);

#endif
