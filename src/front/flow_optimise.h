// Optimisation of control-flow graphs: what Python 3.11 does, so that code comes out the same.
#ifndef WEFT_FRONT_FLOW_OPTIMISE_H
#define WEFT_FRONT_FLOW_OPTIMISE_H

#include "front/const_list.h"
#include "front/flowgraph.h"

// Marks exits and blocks that do not fall through, and aims jumps past empty blocks. Comes first.
void flow_normalise(Flow *flow);
// Copies short exit blocks over the jumps to them, the newest block first.
bool flow_inline_exits(Flow *flow);
// Folds constants, threads jumps, removes dead code and needless NOPs and jumps. False: no memory, or an exception is set.
bool flow_optimise(Flow *flow, ConstPool *pool, ConstList *consts);
// Drops constants at the end of the list that no instruction loads; the first one (a docstring's place) stays.
void flow_trim_consts(Flow *flow, ConstList *consts);
// Gives every jump to an exit that has no line its own copy of it, which takes the jump's line.
bool flow_duplicate_exits(Flow *flow);
// Removes NOPs where no line depends on them. last_line: of the instruction before the block, -1 if there is none.
void flow_clean_block(FlowBlock *block, int last_line);

#endif
