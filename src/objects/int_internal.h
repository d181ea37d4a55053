// What the files of int share: a view of any int as sign and limbs, and making results.
#ifndef WEFT_OBJECTS_INT_INTERNAL_H
#define WEFT_OBJECTS_INT_INTERNAL_H

#include "objects/int.h"

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
