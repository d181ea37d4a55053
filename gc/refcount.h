// Reference counting: taking and dropping references to objects and value words, in both builds.
//
// incref/decref work on objects, v_own/v_drop on words. Every call passes the current thread. decref may free, and freeing may run Python
// code (`__del__`, weakref callbacks): it is a safepoint. Do not call it, or v_drop, with an object lock held on values that may die;
// collect the victims and drop them after CRITICAL_END.
// Free build: biased counting (Choi, Shull, Torrellas 2018; memory.md 3): the owner counts plainly in `own`, others atomically in `shared`.
#ifndef WEFT_GC_REFCOUNT_H
#define WEFT_GC_REFCOUNT_H

#include "gc/object.h"
#include "threading/mutex.h"

// Frees an object whose last reference is gone (or queues it: t's dying list flattens deep nesting). May run Python code.
void object_died(Thread *t, Object *o);
// A DEFERRED object has lost its last counted reference (gc/deferred.c); it may be in frames still. No safepoint; any lock may be held.
void deferred_note_zero(Thread *t, Object *o);
// Slow halves (gc/refcount.c).
void object_incref_slow(Thread *t, Object *o);
void object_decref_slow(Thread *t, Object *o);
// Owner's local count reached zero (free build); the word still says one.
void object_zero_local(Thread *t, Object *o);
// Drops a reference that may be the last, without freeing: true if it was, and o is the caller's to free. Free build: a reference that has
// to go back to another thread answers false.
bool object_decref_to_death(Thread *t, Object *o);
// Room for the first deaths that are put off, so that a long chain can be freed when there is no memory. For heap_thread_init. False: none.
bool object_death_init(Thread *t);
// Puts off o's death to the end of the outermost dealloc on this thread, or to object_free_put_off. o is dead: nobody can count it.
void object_put_off(Thread *t, Object *o);
void object_free_put_off(Thread *t);  // unless deallocs are nested too deep, or the world is stopped; may run Python code

// t has counted an object of another thread, or one that has no owner: the more often that happens, the better is it not counted in frames
// at all (memory.md 6). The caller holds a reference.
void object_heat(Thread *t, Object *o);
#define OBJECT_HEAT_EVERY 64  // counts by a thread, of any objects, for one step of heat

// Merging (free build; gc/merge.c): o is QUEUED, and t's reference goes back to its owner. World running, no lock held.
void merge_give_to_owner(Thread *t, Object *o);
// Gives up one reference of o on behalf of the thread in `slot`: its owner itself, or somebody who holds it SUSPENDED, or STW. True: dead.
bool merge_object(Thread *t, Object *o, uint32_t slot);
// Empties t's queue, asks for t->to_defer to become DEFERRED, and frees what died (ThreadHooks.merge). May run Python code.
void merge_drain(Thread *t);
// World stopped: empties all queues; what died is put off on t.
void merge_drain_all(Thread *t);
void merge_restarting(Thread *stopper, Thread *w);  // ThreadHooks.restarting

// The deallocs under way on a thread's C stack, innermost first: their objects' types must not be freed.
typedef struct Destroying {
  struct Destroying *outer;
  Object *object;
} Destroying;

static inline void incref(Thread *t, Object *o) {
#if WEFT_GIL
  (void)t;
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK));
  uint32_t c = a32_load_rlx(&o->count);
  if (likely(!(c & OBJECT_IMMORTAL_COUNT))) a32_store_rlx(&o->count, c + 1);
#else
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK));
  uint64_t w = a64_load_rlx(&o->own);
  if (likely(w - t->own_base < OWN_LOCAL_LIMIT)) a64_store_rlx(&o->own, w + 1);
  else object_incref_slow(t, o);
#endif
}

static inline void decref(Thread *t, Object *o) {
#if WEFT_GIL
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK) && a32_load_rlx(&o->count) != 0);
  uint32_t c = a32_load_rlx(&o->count);
  if (unlikely(c & OBJECT_IMMORTAL_COUNT)) return;
  if (unlikely(c == 1)) object_died(t, o);
  else a32_store_rlx(&o->count, c - 1);
#else
  uint64_t w = a64_load_rlx(&o->own);
  uint64_t local = w - t->own_base;
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK) && local != 0);
  if (likely(local <= OWN_LOCAL_LIMIT)) {
    if (unlikely(local == 1)) object_zero_local(t, o);
    else a64_store_rlx(&o->own, w - 1);
  } else {
    object_decref_slow(t, o);
  }
#endif
}

#if !WEFT_GIL
// Whether t owns the object and has a reference to it; t may then count plainly.
static inline bool own_is_live_local(const Thread *t, uint64_t own) { return own - t->own_base - 1 < OWN_LOCAL_LIMIT - 1; }
#endif

// Whether t is the owner of o's counts.
static inline bool object_is_own(const Thread *t, const Object *o) {
#if WEFT_GIL
  (void)t;
  (void)o;
  return true;
#else
  return ((a64_load_rlx(&o->own) ^ t->own_base) >> 32) == 0;
#endif
}

// True if the caller holds the only reference (exact; may answer false for a shared one that is in fact alone).
static inline bool object_is_unique(Thread *t, Object *o) {
#if WEFT_GIL
  (void)t;
  return a32_load_rlx(&o->count) == 1;
#else
  return a64_load_rlx(&o->own) == t->own_base + 1 && a32_load_acq(&o->shared) == 0;
#endif
}

// The owned, canonical word for a borrowed one: takes a reference, clears bit 0 of mortal pointers. Immediates and markers pass through.
static inline Value v_own(Thread *t, Value v) {
  if (!v_is_ptr(v)) return v;
  Object *o = v_obj(v);
  if (unlikely(!o)) return V_NULL;
  // As incref, looking at the counts once.
#if WEFT_GIL
  (void)t;
  uint32_t c = a32_load_rlx(&o->count);
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK));
  if (unlikely(c & OBJECT_IMMORTAL_COUNT)) return VALUE(v.w | 1);
  a32_store_rlx(&o->count, c + 1);
#else
  uint64_t w = a64_load_rlx(&o->own);
  assert(!(object_shape(o) & SHAPE_FREE_BLOCK));
  if (likely(w - t->own_base < OWN_LOCAL_LIMIT)) {
    a64_store_rlx(&o->own, w + 1);
  } else {
    if (w >= OWN_IMMORTAL) return VALUE(v.w | 1);
    object_incref_slow(t, o);
  }
#endif
  return VALUE(v.w & ~(uint64_t)1);
}

// The owned word for an object pointer (takes a new reference).
static inline Value v_own_obj(Thread *t, void *o) { return v_own(t, v_from_obj(o)); }

// The owned word when the caller already holds the reference (a new object, or a stolen one): only makes immortals canonical.
static inline Value v_steal_obj(void *o) {
  return object_is_immortal((Object *)o) ? VALUE((uint64_t)(uintptr_t)o | 1) : v_from_obj(o);
}

// Drops an owned word. Anything with bit 0 set, and the null word, is ignored.
static inline void v_drop(Thread *t, Value v) {
  if (!(v.w & 1) && v.w) decref(t, v_obj(v));
}

// Replaces an owned field: the new value (stolen) is in place before the old one is dropped. Not for fields that other threads read
// without a lock; those use v_store_rel.
static inline void v_set(Thread *t, Value *field, Value stolen) {
  Value old = *field;
  *field = stolen;
  v_drop(t, old);
}
static inline void v_clear(Thread *t, Value *field) { v_set(t, field, V_NULL); }

// Words that other threads may read while they change (container slots): every access goes through these.
static inline Value v_load_rlx(const Value *slot) { return VALUE(a64_load_rlx((const a64 *)(const void *)slot)); }
static inline Value v_load_acq(const Value *slot) { return VALUE(a64_load_acq((const a64 *)(const void *)slot)); }
static inline void v_store_rlx(Value *slot, Value v) { a64_store_rlx((a64 *)(void *)slot, v.w); }
static inline void v_store_rel(Value *slot, Value v) { a64_store_rel((a64 *)(void *)slot, v.w); }

// Stores into a slot that other threads may be storing to as well (instance attributes): the old word is the caller's to drop. gil: plain.
static inline bool v_cas_slot(Value *slot, Value old, Value v) {
#if WEFT_GIL
  if (slot->w != old.w) return false;
  *slot = v;
  return true;
#else
  return a64_cas_acqrel((a64 *)(void *)slot, old.w, v.w);
#endif
}
static inline Value v_exchange_slot(Value *slot, Value v) {
  Value old;
  do old = v_load_rlx(slot); while (!v_cas_slot(slot, old, v));
  return old;
}

// Counts an object that may be dying or already be another one (memory.md 3); touches only the counts. False: not counted.
bool object_try_incref(Thread *t, Object *o);
bool object_try_incref_slow(Thread *t, Object *o);  // of an object that is not t's
// The rest of v_load_ref and v_load_keep: v is what was read, and not t's; or o was counted in vain.
Value v_load_ref_slow(Thread *t, const aptr *array_field, void *array, const Value *slot, Value v);
Value v_load_undo(Thread *t, Object *o);
// Counts an object that is certainly alive because the lock of the container that holds it is held; leaves the object at least WEAK, so
// that later try_increfs by others succeed. Never fails.
Value v_new_ref_locked(Thread *t, Value v);
// Before the first weak reference to o is made, by a thread that holds a reference: from then on others may upgrade it by object_try_incref
// (memory.md 3, I3). Set OBJ_WEAKREFED beside it.
void object_mark_weak(Object *o);

// load_ref, first try: an owned copy of *slot, an element of the array that `array_field` pointed to when the caller loaded `array`
// (acquire) from it. Returns V_NULL when the slot is empty or when it changed under the reader: the caller then takes the container's lock
// and uses v_new_ref_locked. gil: a plain counted load.
//
// An object that t owns and has a reference to is not looked for again: it was in the slot when the slot was read, and is what it was then,
// for nobody but t can free it or make another object in its block, and others' last references wait for t's next safepoint.
static inline Value v_load_ref(Thread *t, const aptr *array_field, void *array, const Value *slot) {
#if WEFT_GIL
  (void)array_field;
  (void)array;
  return v_own(t, *slot);
#else
  Value v = v_load_acq(slot);
  if ((v.w & 1) || v.w == 0) return v;
  Object *o = v_obj(v);
  uint64_t w = a64_load_rlx(&o->own);
  if (unlikely(!own_is_live_local(t, w))) return v_load_ref_slow(t, array_field, array, slot, v);
  a64_store_rlx(&o->own, w + 1);
  return v;
#endif
}

// The same without counting, to be used up to t's next safepoint: an object that nobody can free before that. V_NULL: the slot is empty, or
// nobody knows.
static inline Value v_load_peek(Thread *t, const Value *slot) {
#if WEFT_GIL
  (void)t;
  return *slot;
#else
  Value v = v_load_acq(slot);
  if ((v.w & 1) || v.w == 0) return v;
  return likely(own_is_live_local(t, a64_load_rlx(&v_obj(v)->own))) ? v : V_NULL;
#endif
}

// --- Slots of running frames (vm/) ---
// A DEFERRED object is not counted there: its word has bit 0 set, and it dies only when no frame has it (gc/deferred.h). Such a word goes
// into its slot before the next safepoint, for nothing else keeps the object. gil: as v_own and v_load_ref.

// The word for a slot that shall hold what a borrowed word says.
static inline Value v_keep(Thread *t, Value v) {
#if WEFT_GIL
  return v_own(t, v);
#else
  if (!v_is_ptr(v)) return v;
  Object *o = v_obj(v);
  uint64_t w = a64_load_rlx(&o->own);
  if (w >= OWN_DEFERRED) return VALUE(v.w | 1);
  if (likely(w - t->own_base < OWN_LOCAL_LIMIT)) a64_store_rlx(&o->own, w + 1);
  else object_incref_slow(t, o);
  return VALUE(v.w & ~(uint64_t)1);
#endif
}

// Whether a word that v_keep or v_load_keep returned may be an uncounted one.
static inline bool v_is_kept(Value v) {
#if WEFT_GIL
  (void)v;
  return false;
#else
  return (v.w & 0xF) == 1;
#endif
}

// The owned word for one that v_keep or v_load_keep returned, which may live longer than its slot.
static inline Value v_kept_own(Thread *t, Value kept) {
  return v_is_kept(kept) ? v_own(t, kept) : kept;
}

// As v_load_ref.
static inline __attribute__((always_inline)) Value v_load_keep(Thread *t, const aptr *array_field, void *array, const Value *slot) {
#if WEFT_GIL
  return v_load_ref(t, array_field, array, slot);
#else
  Value v = v_load_acq(slot);
  if ((v.w & 1) || v.w == 0) return v;
  Object *o = v_obj(v);
  uint64_t w = a64_load_rlx(&o->own);
  if (likely(own_is_live_local(t, w))) {
    a64_store_rlx(&o->own, w + 1);
    return v;
  }
  if (unlikely(w < OWN_DEFERRED)) return v_load_ref_slow(t, array_field, array, slot, v);
  // Whatever the block held before, now it is an object that cannot die before our next safepoint.
  if (likely(v_load_acq(slot).w == v.w && aptr_load_acq(array_field) == array)) return VALUE(v.w | 1);
  return V_NULL;
#endif
}

// --- Containers that are read without locks (memory.md 4) ---
// Every access to such a container, read or write, begins with object_share: a thread that does not own it first marks it SHARED, under its
// lock, so that from then on its replaced arrays are retired instead of freed at once. May park (a safepoint) the first time. gil: nothing.
void object_share_slow(Thread *t, Object *o);
static inline void object_share(Thread *t, Object *o) {
#if WEFT_GIL
  (void)t;
  (void)o;
#else
  if (likely(((a64_load_rlx(&o->own) ^ t->own_base) >> 32) == 0)) return;
  if (unlikely(!(a8_load_acq(&o->flags) & OBJ_SHARED))) object_share_slow(t, o);
#endif
}
// Whether object_share would find nothing to do, and so be no safepoint.
static inline bool object_is_shared_for(Thread *t, const Object *o) {
#if WEFT_GIL
  (void)t;
  (void)o;
  return true;
#else
  return likely(((a64_load_rlx(&o->own) ^ t->own_base) >> 32) == 0) || a8_load_acq(&o->flags) & OBJ_SHARED;
#endif
}

// True if no other thread can be using o during this call: gil: always; free: the caller's reference is the only one
// and no other thread has used it (one that does without counting it, as readers of an instance's dict do, has marked it SHARED first).
static inline bool object_is_private(Thread *t, Object *o) {
#if WEFT_GIL
  (void)t;
  (void)o;
  return true;
#else
  return object_is_unique(t, o) && !(a8_load_acq(&o->flags) & OBJ_SHARED);
#endif
}

// Moves n words within one array that others may be reading (memmove); the array's lock held.
static inline void v_move(Value *to, const Value *from, size_t n) {
#if WEFT_GIL
  memmove(to, from, n * sizeof(Value));
#else
  if (to < from) for (size_t i = 0; i < n; i++) v_store_rel(&to[i], v_load_rlx(&from[i]));
  else for (size_t i = n; i-- > 0;) v_store_rel(&to[i], v_load_rlx(&from[i]));
#endif
}

// What sys.getrefcount shows; exact in gil, a sum that may be stale in free.
int64_t object_refcount(const Object *o);

// --- For the heap: the header at birth and death ---
// Born: one reference, the caller's. Free build: `shared` first and with release, never skipped; the shape last (memory.md 9).
static inline void object_header_init(Thread *t, Object *o, uint32_t shape, uint8_t gc) {
#if WEFT_GIL
  (void)t;
  a64_store_rlx((a64 *)(void *)&o->gc, gc);
  a32_store_rlx(&o->count, 1);
  a32_store_rlx(&o->shape, shape);
#else
  a32_store_rel(&o->shared, 0);
  a64_store_rlx(&o->own, t->own_base | 1);
  a64_store_rlx((a64 *)(void *)&o->mutex, (uint64_t)gc << 8 | MUTEX_OWNERS);
  a32_store_rel(&o->shape, shape);
#endif
}
// Dead: the block says that it is free, and a stale try_incref fails on what is left.
static inline void object_header_release(Object *o, uint32_t next_link) {
#if !WEFT_GIL
  a64_store_rlx(&o->own, a64_load_rlx(&o->own) & ~(uint64_t)0xFFFFFFFF);
#endif
  a32_store_rlx(&o->shape, SHAPE_FREE_BLOCK | next_link);
}
// A block of memory that may have held anything becomes a free block.
static inline void object_header_format(Object *o) {
#if !WEFT_GIL
  a64_store_rlx(&o->own, OWN_NONE);
  a32_store_rlx(&o->shared, 0);
#else
  (void)o;
#endif
}
// What every free block must look like.
static inline bool object_header_is_dead(const Object *o) {
#if WEFT_GIL
  (void)o;
  return true;
#else
  uint32_t s = a32_load_rlx(&o->shared);
  uint64_t own = a64_load_rlx(&o->own);
  return (s == 0 || s == SHARED_MERGED) && (uint32_t)own == 0 && own < OWN_DEFERRED;
#endif
}
// One reference again, t's own, for an object that nobody can count any more.
static inline void object_revive(Thread *t, Object *o) {
#if WEFT_GIL
  (void)t;
  a32_store_rlx(&o->count, 1);
#else
  if (a32_load_rlx(&o->shared) == 0) a64_store_rlx(&o->own, t->own_base | 1);
  else a32_fetch_add_acqrel(&o->shared, SHARED_ONE);
#endif
}
// Nobody can count it: what the inline decref leaves undone. (Free build: the counts say so already.)
static inline void object_header_dying(Object *o) {
#if WEFT_GIL
  a32_store_rlx(&o->count, 0);
#else
  (void)o;
#endif
}
// Only its owner, t, has used o so far. The caller holds o's lock, or is deallocating it.
static inline bool object_is_unshared(Thread *t, const Object *o) {
#if WEFT_GIL
  (void)t;
  (void)o;
  return true;
#else
  return (a64_load_rlx(&o->own) ^ t->own_base) >> 32 == 0 && !(a8_load_acq(&o->flags) & OBJ_SHARED);
#endif
}

// Makes an object immortal (start-up singletons, interned identifiers). The caller holds a reference, or it is not yet published.
void object_make_immortal(Object *o);
// From now on frames do not count o (gc/deferred.h). For objects without an owner and t's own, of which t holds a reference; other threads
// may be using o. gil: nothing.
void object_make_deferred(Thread *t, Object *o);
bool object_is_deferred(const Object *o);
// The same for code and modules' dicts, which every function made from them would have to count: v_refer does not. Such an object dies in a
// full collection, which follows the uncounted references; a traverse function reports them by gc_visit_referred. gil: nothing.
void object_make_late(Thread *t, Object *o);
// The word for a field that refers to v for long: owned, or uncounted with bit 0 set. v_drop knows which.
static inline Value v_refer(Thread *t, Value v) {
#if !WEFT_GIL
  if (a8_load_rlx(&v_obj(v)->flags) & OBJ_LATE) return VALUE(v.w | 1);
#endif
  return v_own(t, v);
}

#endif
