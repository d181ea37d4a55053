// Reference counting, the slow halves: foreign and saturated counts, deferral, immortality, and counting what may be dying (memory.md 3).
#include "gc/refcount.h"

#include "gc/counts.h"
#include "gc/segment.h"
#include "gc/shape.h"

#if OBJECT_BIASED

enum { HEAT_DEFER = 64 };         // steps of heat after which an object is made DEFERRED, and a small plain one that is, immortal
enum { KEPT_BYTES = 256, KEPT_MOST = 4096 };  // small; and so many at most in a program's life, for they are never freed
enum { SHARED_LIMIT = 1 << 28 };  // a shared count beyond it neither grows nor shrinks: the object is leaked, never wrapped

static uint32_t slot_of(uint64_t own) { return (uint32_t)(own >> 32); }
static int32_t shared_count(uint32_t s) { return (int32_t)s >> 2; }
static bool is_saturated(uint32_t s) { return shared_count(s) >= SHARED_LIMIT; }

static inline void note_foreign(Thread *t, Object *o, uint64_t own) {
  if (unlikely(++t->foreign_counts % OBJECT_HEAT_EVERY == 0) && own < OWN_IMMORTAL) object_heat(t, o);
}

void object_incref_slow(Thread *t, Object *o) {
  uint64_t w = a64_load_rlx(&o->own);
  if (w >= OWN_IMMORTAL) return;
  if (slot_of(w) == t->slot) {  // the local count is full
    a64_store_rel(&o->own, OWN_IMMORTAL);
    return;
  }
  // Relaxed: the caller has a reference, or a lock that protects one, so nothing is ordered by this.
  if (!is_saturated(a32_load_rlx(&o->shared))) a32_fetch_add_rlx(&o->shared, SHARED_ONE);
  note_foreign(t, o, w);
}

// What is DEFERRED is not counted by frames, but by the heap: a file's name, a message, a key that is put into object after object. Where that
// goes on it becomes immortal, if its death can mean nothing to anybody: of a builtin type, without references and a finaliser. The caller has
// just counted it and is not at a safepoint, so it lives.
static void keep_for_good(Object *o) {
  static a32 kept;
  uint32_t shape = a32_load_acq(&o->shape);
  const Shape *s = &shape_table[shape];
  if (shape >= SHAPE_FIRST_FREE || s->traverse || s->flags & SHAPE_HAS_FINALIZER || a8_load_rlx(&o->flags) & OBJ_WEAKREFED) return;
  const Page *page = page_of(o);
  if (!page->size_class || page->block_size > KEPT_BYTES || a32_fetch_add_rlx(&kept, 1) >= KEPT_MOST) return;
  a64_cas_acqrel(&o->own, OWN_DEFERRED, OWN_IMMORTAL);
}

// Objects that many threads count become DEFERRED. Types with finalisers keep their promptness, and so do objects that are watched by weak
// references.
void object_heat(Thread *t, Object *o) {
  uint32_t heat = a8_load_rlx(&o->heat) + 1u;
  if (heat < HEAT_DEFER) {
    a8_store_rlx(&o->heat, (uint8_t)heat);
    return;
  }
  a8_store_rlx(&o->heat, 0);
  if (object_is_deferred(o)) {
    keep_for_good(o);
    return;
  }
  uint32_t shape = a32_load_acq(&o->shape);
  if ((shape & SHAPE_FREE_BLOCK) || (shape_table[shape].flags & SHAPE_HAS_FINALIZER) || (a8_load_rlx(&o->flags) & OBJ_WEAKREFED)) return;
  if (a8_load_rlx(&o->gc) & GC_UNREACHABLE) return;
  // Who counts may hold any lock: the owner is asked at our next safepoint.
  if (t->to_defer) return;
  a32_fetch_add_rlx(&o->shared, SHARED_ONE);
  t->to_defer = o;
  breaker_set(t, BREAK_MERGE);
}

// Foreign decref. acq_rel: what other threads did to the object before they let go must be seen by the one that frees it.
static bool drop_shared(Thread *t, Object *o) {
  for (;;) {
    uint32_t s = a32_load_rlx(&o->shared);
    if (is_saturated(s)) return false;
    bool give_back = s == SHARED_DEFAULT || s == SHARED_WEAK;  // the count would go below zero: the reference is the owner's to drop
    uint32_t next = give_back ? SHARED_QUEUED : s - SHARED_ONE;
    if (!a32_cas_acqrel(&o->shared, s, next)) continue;
    if (give_back) {
      merge_give_to_owner(t, o);
      return false;
    }
    if (next != SHARED_MERGED) return false;
    // `own` after the count: it may have become DEFERRED before we took the last reference away.
    if (a64_load_rlx(&o->own) < OWN_DEFERRED) return true;
    deferred_note_zero(t, o);
    return false;
  }
}

// The owner has dropped its last reference. Nobody else has one iff `shared` is 0: a non-owner cannot then get one (I3).
static inline bool drop_only_reference(Thread *t, Object *o) {
  if (unlikely(a32_load_acq(&o->shared) != 0)) return false;
  a64_store_rlx(&o->own, t->own_base);
  return true;
}

static __attribute__((noinline)) bool merge_last_local(Object *o) {
  a64_store_rel(&o->own, OWN_NONE);  // as in merge_counts
  for (;;) {
    uint32_t s = a32_load_rlx(&o->shared), next = (s & ~(uint32_t)SHARED_STATE) | SHARED_MERGED;
    if (a32_cas_acqrel(&o->shared, s, next)) return next == SHARED_MERGED;
  }
}

void object_decref_slow(Thread *t, Object *o) {
  if (a64_load_rlx(&o->own) >= OWN_IMMORTAL) return;
  if (drop_shared(t, o)) object_died(t, o);
}

void object_zero_local(Thread *t, Object *o) {
  if (likely(drop_only_reference(t, o)) || merge_last_local(o)) object_died(t, o);
}

bool object_decref_to_death(Thread *t, Object *o) {
  uint64_t w = a64_load_rlx(&o->own);
  if (w >= OWN_IMMORTAL) return false;
  if (slot_of(w) != t->slot) return drop_shared(t, o);
  if (w == t->own_base + 1) return drop_only_reference(t, o) || merge_last_local(o);
  a64_store_rlx(&o->own, w - 1);
  return false;
}

bool object_try_incref(Thread *t, Object *o) {
  uint64_t w = a64_load_rlx(&o->own);
  if (own_is_live_local(t, w)) {
    a64_store_rlx(&o->own, w + 1);
    return true;
  }
  return object_try_incref_slow(t, o);
}

bool object_try_incref_slow(Thread *t, Object *o) {
  uint64_t w = a64_load_rlx(&o->own);
  if (w >= OWN_IMMORTAL) return true;
  if (w >= OWN_DEFERRED) {
    // It dies only with the world stopped, so it is alive at least until our next safepoint, whatever its count.
    a32_fetch_add_rlx(&o->shared, SHARED_ONE);
    note_foreign(t, o, w);
    return true;
  }
  for (;;) {
    uint32_t s = a32_load_rlx(&o->shared);
    if (s == 0 || s == SHARED_MERGED) return false;
    // Acquire: the re-checks that the caller makes come after this.
    if (is_saturated(s)) return true;
    if (a32_cas_acq(&o->shared, s, s + SHARED_ONE)) break;
  }
  note_foreign(t, o, w);
  return true;
}

Value v_load_undo(Thread *t, Object *o) {
  decref(t, o);
  return V_NULL;
}

Value v_load_ref_slow(Thread *t, const aptr *array_field, void *array, const Value *slot, Value v) {
  Object *o = v_obj(v);
  if (!object_try_incref_slow(t, o)) return V_NULL;
  return likely(v_load_acq(slot).w == v.w && aptr_load_acq(array_field) == array) ? v : v_load_undo(t, o);
}

static void new_ref_locked(Thread *t, Object *o) {
  uint64_t w = a64_load_rlx(&o->own);
  if (own_is_live_local(t, w)) {
    a64_store_rlx(&o->own, w + 1);
    return;
  }
  for (;;) {
    uint32_t s = a32_load_rlx(&o->shared), next = s + SHARED_ONE;
    if ((s & SHARED_STATE) == SHARED_DEFAULT) next |= SHARED_WEAK;
    if (is_saturated(s) || a32_cas_acqrel(&o->shared, s, next)) return;
  }
}

Value v_new_ref_locked(Thread *t, Value v) {
  if (!v_is_ptr(v) || v_is_null(v)) return v;
  Object *o = v_obj(v);
  if (object_is_immortal(o)) return VALUE(v.w | 1);
  new_ref_locked(t, o);
  return VALUE(v.w & ~(uint64_t)1);
}

void object_mark_weak(Object *o) {
  if (object_is_immortal(o)) return;
  for (;;) {
    uint32_t s = a32_load_rlx(&o->shared);
    if ((s & SHARED_STATE) != SHARED_DEFAULT || a32_cas_acqrel(&o->shared, s, s | SHARED_WEAK)) return;
  }
}

void object_make_immortal(Object *o) { a64_store_rel(&o->own, OWN_IMMORTAL); }

#else

void object_incref_slow(Thread *t, Object *o) { incref(t, o); }
void object_decref_slow(Thread *t, Object *o) { decref(t, o); }
void object_zero_local(Thread *t, Object *o) { object_died(t, o); }

bool object_decref_to_death(Thread *t, Object *o) {
  (void)t;
  uint32_t c = a32_load_rlx(&o->count);
  if (c & OBJECT_IMMORTAL_COUNT) return false;
  a32_store_rlx(&o->count, c - 1);
  return c == 1;
}

// With the GIL held an object in a container or a weak reference is dead only while its dealloc runs Python code: its count is then 0.
bool object_try_incref(Thread *t, Object *o) {
  if (a32_load_rlx(&o->count) == 0) return false;
  incref(t, o);
  return true;
}
bool object_try_incref_slow(Thread *t, Object *o) { return object_try_incref(t, o); }

void object_heat(Thread *t, Object *o) {
  (void)t;
  (void)o;
}

Value v_new_ref_locked(Thread *t, Value v) { return v_own(t, v); }
void object_mark_weak(Object *o) { (void)o; }
void object_make_immortal(Object *o) { a32_store_rlx(&o->count, OBJECT_IMMORTAL_COUNT); }

#endif

bool object_is_deferred(const Object *o) { return object_counts(o).deferred; }
int64_t object_refcount(const Object *o) { return object_counts(o).number; }
