// Typed atomic words on libatomic_ops, with the memory order in the name of every operation.
//
// a8 a16 a32 a64 and aptr wrap one word each in a struct, so that no field is read or written plainly by accident. The back end must be
// the compiler's builtins (checked at configure time), so that ThreadSanitizer sees every operation.
//   _rlx relaxed   _acq acquire   _rel release   _acqrel both   _seq sequentially consistent
// libatomic_ops has no exchange, fetch_or, fetch_and and no seq_cst load: the first three are compare-and-swap loops here, and where
// store-load order matters callers use `fetch_add_seq(p, 0)` as the load. AO_load_full, AO_store_full and AO_nop_full are fences that
// TSan does not model; they are banned (a test greps).
#ifndef WEFT_THREADING_ATOMIC_H
#define WEFT_THREADING_ATOMIC_H

#include <atomic_ops.h>

#include "threading/mode.h"

typedef struct { unsigned char v; } a8;
typedef struct { unsigned short v; } a16;
typedef struct { unsigned int v; } a32;
typedef struct { AO_t v; } a64;
typedef struct { AO_t v; } aptr;

_Static_assert(sizeof(AO_t) == 8, "weft needs a 64-bit machine");

// NAME: the wrapper; T: what callers see; U: the word libatomic_ops stores; P: its operations' prefix.
#define ATOMIC_WORD(NAME, T, U, P)                                                                                         \
  static inline T NAME##_load_rlx(const NAME *p) { return (T)P##_load(&p->v); }                                            \
  static inline T NAME##_load_acq(const NAME *p) { return (T)P##_load_acquire(&p->v); }                                    \
  static inline void NAME##_store_rlx(NAME *p, T x) { P##_store(&p->v, (U)x); }                                            \
  static inline void NAME##_store_rel(NAME *p, T x) { P##_store_release(&p->v, (U)x); }                                    \
  static inline bool NAME##_cas_rlx(NAME *p, T old, T new_) { return P##_compare_and_swap(&p->v, (U)old, (U)new_); }       \
  static inline bool NAME##_cas_acq(NAME *p, T old, T new_) { return P##_compare_and_swap_acquire(&p->v, (U)old, (U)new_); } \
  static inline bool NAME##_cas_rel(NAME *p, T old, T new_) { return P##_compare_and_swap_release(&p->v, (U)old, (U)new_); } \
  static inline bool NAME##_cas_acqrel(NAME *p, T old, T new_) { return P##_compare_and_swap_full(&p->v, (U)old, (U)new_); } \
  static inline T NAME##_exchange_acqrel(NAME *p, T x) {                                                                   \
    T old;                                                                                                                 \
    do old = NAME##_load_rlx(p); while (!NAME##_cas_acqrel(p, old, x));                                                    \
    return old;                                                                                                            \
  }

#define ATOMIC_NUMBER(NAME, T, U, P)                                                                                       \
  ATOMIC_WORD(NAME, T, U, P)                                                                                               \
  static inline T NAME##_fetch_add_rlx(NAME *p, T x) { return (T)P##_fetch_and_add(&p->v, (U)x); }                         \
  static inline T NAME##_fetch_add_acqrel(NAME *p, T x) { return (T)P##_fetch_and_add_full(&p->v, (U)x); }                 \
  static inline T NAME##_fetch_add_seq(NAME *p, T x) { return (T)P##_fetch_and_add_full(&p->v, (U)x); }                    \
  static inline T NAME##_fetch_or_rel(NAME *p, T bits) {                                                                   \
    T old;                                                                                                                 \
    do old = NAME##_load_rlx(p); while (!NAME##_cas_rel(p, old, (T)(old | bits)));                                         \
    return old;                                                                                                            \
  }                                                                                                                        \
  static inline T NAME##_fetch_or_acqrel(NAME *p, T bits) {                                                                \
    T old;                                                                                                                 \
    do old = NAME##_load_rlx(p); while (!NAME##_cas_acqrel(p, old, (T)(old | bits)));                                      \
    return old;                                                                                                            \
  }                                                                                                                        \
  static inline T NAME##_fetch_and_acqrel(NAME *p, T bits) {                                                               \
    T old;                                                                                                                 \
    do old = NAME##_load_rlx(p); while (!NAME##_cas_acqrel(p, old, (T)(old & bits)));                                      \
    return old;                                                                                                            \
  }

ATOMIC_NUMBER(a8, uint8_t, unsigned char, AO_char)
ATOMIC_NUMBER(a16, uint16_t, unsigned short, AO_short)
ATOMIC_NUMBER(a32, uint32_t, unsigned int, AO_int)
ATOMIC_NUMBER(a64, uint64_t, AO_t, AO)
ATOMIC_WORD(aptr, void *, AO_t, AO)

#undef ATOMIC_NUMBER
#undef ATOMIC_WORD

#endif
