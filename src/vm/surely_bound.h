// Which locals are surely bound before each instruction of a code object: a load of one of these needs no check.
//
// A forward pass over the blocks: a local is bound behind its store, or behind a load that did not raise, and no longer bound behind its
// deletion; where ways meet, what all of them have bound. A handler can rely on what its block begins with and does not delete.
#ifndef WEFT_VM_SURELY_BOUND_H
#define WEFT_VM_SURELY_BOUND_H

#include "vm/stackform.h"

typedef struct SurelyBound {
  uint64_t *rows;   // owned; one row of bits an instruction, good at leaders
  uint64_t *now;    // the row of the instruction looked at; part of the same block
  uint32_t words;   // words a row
} SurelyBound;

// Finds the rows. False with MemoryError. surely_bound_free in both cases.
bool surely_bound_find(SurelyBound *b, StackForm *s);
void surely_bound_free(SurelyBound *b);
// Goes to leader i, whose row becomes the current one.
void surely_bound_enter(SurelyBound *b, uint32_t i);
// Goes past an instruction.
void surely_bound_step(SurelyBound *b, const Decoded *d);
static inline bool surely_bound_now(const SurelyBound *b, uint32_t local) { return b->now[local / 64] >> local % 64 & 1; }

#endif
