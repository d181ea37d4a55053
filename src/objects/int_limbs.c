// Ints as sign and limbs.
//
// Immutable, so no locking. An operand of any form is viewed as sign and limbs (IntView); an immediate borrows a one-limb buffer in the view.
#include "objects/int_limbs.h"

#include <string.h>

#include "objects/error_state.h"

void int_view(IntView *view, Value v) {
  if (v_is_smi(v)) {
    int64_t i = v_smi(v);
    view->negative = i < 0;
    view->small = i < 0 ? 0 - (mp_limb_t)i : (mp_limb_t)i;
    view->limbs = &view->small;
    view->n = i != 0;
    return;
  }
  const Int *o = (const Int *)v_obj(v);
  view->negative = o->size < 0;
  view->n = o->size < 0 ? -o->size : o->size;
  view->limbs = o->limbs;
}

Int *int_alloc(Thread *t, int64_t n) {
  if (n > INT64_MAX / 64) {
    raise_no_memory(t);
    return NULL;
  }
  Int *o = (Int *)heap_new_object(t, SHAPE_INT, sizeof(Int) + (size_t)n * sizeof(mp_limb_t));
  if (!o) {
    raise_no_memory(t);
    return NULL;
  }
  o->size = n;
  return o;
}

// Gives the result its canonical form: drops leading zeros, turns what fits into an immediate. Takes over `o`.
Value int_finish(Thread *t, Int *o, int64_t n, bool negative) {
  while (n > 0 && o->limbs[n - 1] == 0) n--;
  if (n == 0 || (n == 1 && o->limbs[0] <= (mp_limb_t)SMI_MAX + negative)) {
    int64_t i = n ? (int64_t)o->limbs[0] : 0;
    heap_free_object(t, &o->ob);
    return v_from_smi(negative ? -i : i);
  }
  o->size = negative ? -n : n;
  return v_from_obj(o);
}

Value int_from_limbs(Thread *t, const mp_limb_t *limbs, int64_t n, bool negative) {
  while (n > 0 && limbs[n - 1] == 0) n--;
  if (n == 0) return v_from_smi(0);
  if (n == 1 && limbs[0] <= (mp_limb_t)SMI_MAX + negative) return v_from_smi(negative ? (int64_t)(0 - limbs[0]) : (int64_t)limbs[0]);
  Int *o = int_alloc(t, n);
  if (!o) return V_NULL;
  memcpy(o->limbs, limbs, (size_t)n * sizeof *limbs);
  o->size = negative ? -n : n;
  return v_from_obj(o);
}

Value int_from_i64(Thread *t, int64_t i) {
  if (likely(smi_fits(i))) return v_from_smi(i);
  mp_limb_t limb = i < 0 ? 0 - (mp_limb_t)i : (mp_limb_t)i;
  return int_from_limbs(t, &limb, 1, i < 0);
}

Value int_from_u64(Thread *t, uint64_t u) {
  mp_limb_t limb = u;
  return int_from_limbs(t, &limb, 1, false);
}

Value int_canonical(Thread *t, Value v) {
  if (v_is_int_exact(v)) return v_own(t, v);
  IntView a;
  int_view(&a, v);
  return int_from_limbs(t, a.limbs, a.n, a.negative);
}
