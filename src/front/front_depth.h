// How deep the passes over the AST may recurse: Python's limit for compilation, and what is left of the C stack.
#ifndef WEFT_FRONT_FRONT_DEPTH_H
#define WEFT_FRONT_FRONT_DEPTH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct FrontDepth {
  int depth, limit;         // nested nodes so far, and how many are allowed
  uintptr_t stack_limit;    // C frames must stay above this address; 0: unknown
} FrontDepth;

#define FRONT_DEPTH_MESSAGE "maximum recursion depth exceeded during compilation"

// True if one level more is allowed; pair with front_depth_leave when so.
static inline bool front_depth_enter(FrontDepth *d) {
  if (d->depth >= d->limit || (uintptr_t)__builtin_frame_address(0) < d->stack_limit) return false;
  d->depth++;
  return true;
}
static inline void front_depth_leave(FrontDepth *d) { d->depth--; }

#endif
