// slice: start, stop and step as given, and turning them into bounds of a sequence.
//
// Immutable. The two-step form (unpack, then adjust) exists because unpacking may run __index__, which may change the sequence's length:
// take the length between the two.
#ifndef WEFT_OBJECTS_SLICE_H
#define WEFT_OBJECTS_SLICE_H

#include "objects/slice_bounds.h"
#include "objects/type.h"

typedef struct Slice { Object ob; Value start, stop, step; } Slice;

static inline bool v_is_slice(Value v) { return v_is_exact(v, SHAPE_SLICE); }
static inline Slice *v_slice(Value v) { return (Slice *)v_obj(v); }
Value slice_new(Thread *t, Value start, Value stop, Value step);        // borrowed; V_NULL means None
// The three numbers, clipped to C integers; None gives the defaults for the step's direction. May run __index__. -1: TypeError, or
// ValueError "slice step cannot be zero".
int slice_unpack(Thread *t, Value slice, int64_t *start, int64_t *stop, int64_t *step);
// slice.indices(length) for an int length >= 0 of any size: a tuple of three ints.
Value slice_indices_of(Thread *t, Value slice, Value length);
// An optional bound, clipped to a C integer. -1 with TypeError (check error_pending). None is a bound in the first, an error in the second.
int64_t slice_bound_or_none(Thread *t, Value v /* None or absent: default_ */, int64_t default_);
int64_t slice_bound(Thread *t, Value v /* absent: default_ */, int64_t default_);
// A subscript as a C integer: 0 and *out; -1 with TypeError, or IndexError "cannot fit 'int' into an index-sized integer".
int subscript_index(Thread *t, Value key, int64_t *out);
bool slice_init(Thread *t);

#endif
