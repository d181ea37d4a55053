// The value word: one 64-bit word holds an int, a float, a marker or a pointer to a heap object.
//
//   low four bits   meaning
//   0000            heap pointer, owned (16-byte aligned); the word 0 is "no value": an exception is set, or an empty heap slot
//   0001            heap pointer that is not counted: an immortal object anywhere; a borrowed or deferred one where noted below
//   ..11            int, 62-bit signed ("smi", small immediate)
//   s101            float ("flo"), s its sign, exponent rotated into the tag: magnitudes in (2^-127, 2^129) and the two zeros
//   1001            marker: UNBOUND, ABSENT, FROZEN... never seen by a program
//
// Bit 0 set = "do not count". Three roles of a word, and what each may hold:
//   - *owned* Value: a heap field, a function's result. A mortal pointer has bit 0 clear and carries one reference; an immortal object has
//     its one canonical word (address | 1). Results are always of this kind.
//   - *borrowed* Value: a C parameter. Its pointer may carry bit 0 although the object is mortal (it may come straight from a frame slot).
//     Never store one: `v_own(t, v)` (gc/refcount.h) returns the owned, canonical word. Reading it (v_obj, v_type, v_is) is always fine.
//   - Ref: a slot of a frame (vm/ only): owned, or uncounted with bit 0 set and a supporter (see vm/frame.h).
// Canonical forms: an int that fits is never boxed, a float that fits is never boxed (subclass instances always are). So equal words of
// number type are the same object, and identity is v_is().
#ifndef WEFT_GC_VALUE_H
#define WEFT_GC_VALUE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Object Object;
typedef struct Value { uint64_t w; } Value;
typedef struct Ref { uint64_t w; } Ref;

#define VALUE(word) ((Value){(word)})
#define V_NULL VALUE(0)          // "no value": exception set, or end of iteration where a contract says so
#define V_UNBOUND VALUE(0x09)    // an empty frame slot
#define V_ABSENT VALUE(0x19)     // an optional argument that was not given; a deleted entry
#define V_FROZEN VALUE(0x29)     // an instance slot that a writer is moving away (memory.md 4)

static inline bool v_is_null(Value v) { return v.w == 0; }
static inline bool v_is_marker(Value v) { return (v.w & 0xF) == 0x9; }
static inline bool v_is_absent(Value v) { return v.w == 0x19; }
static inline bool v_is_unbound(Value v) { return v.w == 0x09; }

// Pointers (true for the null word as well).
static inline bool v_is_ptr(Value v) { return (v.w & 0xE) == 0; }
static inline Object *v_obj(Value v) { return (Object *)(uintptr_t)(v.w & ~(uint64_t)1); }
// Borrowed word for an object; also the owned word if the caller owns a reference of a mortal object.
static inline Value v_from_obj(const void *o) { return VALUE((uint64_t)(uintptr_t)o); }
// Identity: the same object. Immediates compare by word.
static inline bool v_is(Value a, Value b) { return ((a.w ^ b.w) & ~(uint64_t)1) == 0; }

// Small ints.
#define SMI_MAX (((int64_t)1 << 61) - 1)
#define SMI_MIN (-((int64_t)1 << 61))
static inline bool v_is_smi(Value v) { return (v.w & 3) == 3; }
static inline bool v_are_smi(Value a, Value b) { return (a.w & b.w & 3) == 3; }
static inline int64_t v_smi(Value v) { assert(v_is_smi(v)); return (int64_t)v.w >> 2; }
static inline bool smi_fits(int64_t i) { return i >= SMI_MIN && i <= SMI_MAX; }
static inline Value v_from_smi(int64_t i) { assert(smi_fits(i)); return VALUE((uint64_t)i << 2 | 3); }

// Immediate floats. The exponent field is moved so that the inline range has the top bits 101, then rotated into the tag. The words of
// the smallest inline magnitude, 2^-127, are given to the zeros.
#define FLO_BIAS ((uint64_t)(0x500 - 0x380) << 52)
#define FLO_ZERO ((uint64_t)0x5)
static inline bool v_is_flo(Value v) { return (v.w & 7) == 5; }
static inline double v_flo(Value v) {
  assert(v_is_flo(v));
  uint64_t bits = __builtin_expect((v.w & ~(uint64_t)8) == FLO_ZERO, 0) ? (v.w & 8) << 60 : ((v.w >> 4 | v.w << 60) - FLO_BIAS);
  double d;
  memcpy(&d, &bits, sizeof d);
  return d;
}
// True and *out set if d fits a word; false if it must be boxed (float_new in objects/float.h does that).
static inline bool v_try_flo(double d, Value *out) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  uint64_t moved = bits + FLO_BIAS;
  uint64_t w = moved << 4 | moved >> 60;
  if (__builtin_expect((w & 7) == 5 && (w & ~(uint64_t)8) != FLO_ZERO, 1)) {
    out->w = w;
    return true;
  }
  if ((bits << 1) == 0) {
    out->w = FLO_ZERO | (bits >> 60 & 8);
    return true;
  }
  return false;
}

#endif
