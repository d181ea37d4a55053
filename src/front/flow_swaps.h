// Removing SWAP instructions from a basic block.
#ifndef WEFT_FRONT_FLOW_SWAPS_H
#define WEFT_FRONT_FLOW_SWAPS_H

#include "front/flowgraph.h"

// At a SWAP (instruction *at): replaces the run of SWAPs that begins there by the shortest one with the same effect, then exchanges the
// instructions behind it where that does away with a SWAP. *at becomes the last instruction of the run. False: no memory.
bool flow_fold_swaps(Arena *arena, FlowBlock *block, int *at);

#endif
