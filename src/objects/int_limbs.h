// Ints as sign and limbs: how they lie in memory, a view of any of them, and making one. All that fails here fails for want of memory.
#ifndef WEFT_OBJECTS_INT_LIMBS_H
#define WEFT_OBJECTS_INT_LIMBS_H

#include <gmp.h>

#include "objects/type.h"

typedef struct Int {
  Object ob;
  int64_t size;          // number of limbs, negative for a negative number; 0 for zero (subclass instances only)
  mp_limb_t limbs[];     // magnitude, least significant first, no leading zeros
} Int;

static inline bool v_is_int(Value v) { return v_is_smi(v) || (v_is_ptr(v) && object_type(v_obj(v))->flags & TYPE_INT); }  // bool too
static inline bool v_is_int_exact(Value v) { return v_is_smi(v) || v_is_exact(v, SHAPE_INT); }

Value int_from_i64(Thread *t, int64_t i);
Value int_from_u64(Thread *t, uint64_t u);
Value int_from_limbs(Thread *t, const mp_limb_t *limbs, int64_t n, bool negative);  // normalises
Value int_canonical(Thread *t, Value v);        // an exact int for a subclass instance

// Magnitude of an int of any form. Lives no longer than the value; do not copy (an immediate's limb lies in the view).
typedef struct IntView {
  const mp_limb_t *limbs;
  int64_t n;
  bool negative;
  mp_limb_t small;
} IntView;
void int_view(IntView *view, Value v);
Int *int_alloc(Thread *t, int64_t limbs);                             // size = limbs; NULL with MemoryError
Value int_finish(Thread *t, Int *o, int64_t limbs, bool negative);    // canonical form; consumes o

#endif
