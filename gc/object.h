// The object header in both builds, and the bits in it.
//
//     gil, 16 bytes                              free, 24 bytes
//     0  u32 shape                               0  u64 own     owner thread slot (high 32) | local count (low 32)
//     4  u32 count   bit 31: immortal            8  u32 shared  signed count << 2 | state
//     8  u8 gc  9 u8 flags  10 u16 spare         12 u32 shape
//     12 u32 aux                                 16 u8 mutex  17 u8 gc  18 u8 flags  19 u8 heat
//                                                20 u32 aux
// Shape bit 31 set: the block is free and the rest is the next free block's index in its page. Every field is accessed with relaxed
// atomics at least. `gc` is written by the allocating thread before publication, else with the world stopped; FINALIZED by the
// finalising thread. `flags` are set by atomic or. `aux` belongs to the type.
#ifndef WEFT_GC_OBJECT_H
#define WEFT_GC_OBJECT_H

#include "gc/value.h"
#include "threading/atomic.h"

struct Object {
#if WEFT_GIL
  a32 shape;
  a32 count;
  a8 gc;
  a8 flags;
  uint16_t spare;
  a32 aux;
#else
  a64 own;
  a32 shared;
  a32 shape;
  a8 mutex;
  a8 gc;
  a8 flags;
  a8 heat;
  a32 aux;
#endif
};

#if WEFT_GIL
_Static_assert(sizeof(Object) == 16, "gil header");
#define OBJECT_BIASED 0  // whether the header has an owner and two counts: what gc/*.c asks instead of the mode
#define OBJECT_IMMORTAL_COUNT 0x80000000u
// Static initialiser of an immortal object's header.
#define OBJECT_IMMORTAL_INIT(shape_id) {.shape = {shape_id}, .count = {OBJECT_IMMORTAL_COUNT}}
#else
_Static_assert(sizeof(Object) == 24, "free header");
#define OBJECT_BIASED 1
#define OWN_NONE ((uint64_t)0)
#define OWN_DEFERRED ((uint64_t)0xFFFFFFFE << 32)
#define OWN_IMMORTAL ((uint64_t)0xFFFFFFFF << 32)
#define OWN_LOCAL_LIMIT ((uint64_t)1 << 28)  // counts saturate here to IMMORTAL
enum { SHARED_DEFAULT = 0, SHARED_WEAK = 1, SHARED_QUEUED = 2, SHARED_MERGED = 3, SHARED_STATE = 3, SHARED_ONE = 4 };
#define OBJECT_IMMORTAL_INIT(shape_id) {.own = {OWN_IMMORTAL}, .shape = {shape_id}}
#endif

#define SHAPE_FREE_BLOCK 0x80000000u

enum {  // Object.gc
  GC_LOGGED = 1,
  GC_TRACKED = 2,      // may take part in a cycle: its type traverses
  GC_FINALIZED = 4,    // __del__ has run
  GC_UNREACHABLE = 8,
  GC_MARKED = 16,
  GC_PERMANENT = 32,   // gc.freeze
  GC_GENERATION = 0xC0,
};

enum {  // Object.flags
  OBJ_SHARED = 1,      // a thread other than the owner has used the container (monotone)
  OBJ_WEAKREFED = 2,   // stripes' tables hold weak references to it
  OBJ_INZERO = 4,      // on the list of gc/deferred.c
  OBJ_LATE = 8,        // DEFERRED, and dies in a full collection only: other objects may refer to it without counting
  OBJ_TYPE1 = 16,      // four bits for the type's own use
  OBJ_TYPE2 = 32,
  OBJ_TYPE3 = 64,
  OBJ_TYPE4 = 128,
};

static inline uint32_t object_shape(const Object *o) { return a32_load_rlx(&o->shape); }
static inline bool object_is_tracked(const Object *o) { return a8_load_rlx(&o->gc) & GC_TRACKED; }

static inline bool object_is_immortal(const Object *o) {
#if WEFT_GIL
  return a32_load_rlx(&o->count) & OBJECT_IMMORTAL_COUNT;
#else
  return a64_load_rlx(&o->own) >= OWN_IMMORTAL;
#endif
}

#endif
