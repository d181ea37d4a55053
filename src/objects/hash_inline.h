// object_hash for the commonest keys, in line: small ints and strs.
#ifndef WEFT_OBJECTS_HASH_INLINE_H
#define WEFT_OBJECTS_HASH_INLINE_H

#include "objects/object.h"
#include "objects/str.h"

#define HASH_MODULUS (((int64_t)1 << 61) - 1)  // sys.hash_info.modulus

static inline int64_t object_hash_inline(Thread *t, Value v) {
  if (v_is_smi(v)) {
    int64_t n = v_smi(v);
    if (likely(n > -HASH_MODULUS && n < HASH_MODULUS)) return n == -1 ? -2 : n;
  } else if (likely(v_is_exact(v, SHAPE_STR))) {
    int64_t hash = (int64_t)a64_load_rlx(&v_str(v)->hash);
    return likely(hash != 0) ? hash : str_hash(v_str(v));
  }
  return object_hash(t, v);
}

#endif
