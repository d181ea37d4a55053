// The last passes over a control-flow graph before it becomes bytes, in the order in which they are called.
#ifndef WEFT_FRONT_FLOW_FINISH_H
#define WEFT_FRONT_FLOW_FINISH_H

#include "front/flowgraph.h"

// Gives artificial instructions the position of what runs before them, where that is certain; a return without any gets the line of the code before it.
void flow_settle_lines(Flow *flow, int firstlineno);
// Start depth of every block, and the deepest stack anywhere. -1: no memory.
int flow_stack_depth(Flow *flow, int entry_depth);
// Sets FlowInstr.handler everywhere and turns SETUP_* and POP_BLOCK into NOPs, which are then cleaned away. False: no memory.
bool flow_label_handlers(Flow *flow);
// Chooses the direction of every jump. The order of blocks is final.
void flow_direct_jumps(Flow *flow);
// Computes block offsets and the arguments of jumps.
void flow_place(Flow *flow);

#endif
