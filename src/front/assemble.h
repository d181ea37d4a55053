// From a finished control-flow graph to a code object.
#ifndef WEFT_FRONT_ASSEMBLE_H
#define WEFT_FRONT_ASSEMBLE_H

#include "front/compile_internal.h"

// Optimises the current unit's graph, lays it out and makes the code object. V_NULL: no memory, or an exception is set.
Value assemble_unit(Compiler *c, int flags);

#endif
