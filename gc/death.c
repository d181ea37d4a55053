// An object's death (object_died, declared in refcount.h): finaliser, weak references, dealloc; and what of that is put off.
//
// Order as programs see it in CPython: __del__, then weakref callbacks, then the contents. Nested deaths run at once, depth first, down to
// NESTING_MAX; deeper ones wait in the thread's dying list until the outermost dealloc is done, so that a list nested a hundred thousand
// deep does not exhaust the C stack.
#include <stdlib.h>

#include "gc/heap.h"
#include "gc/refcount.h"
#include "gc/shape.h"

enum { NESTING_MAX = 50, DYING_FIRST = 64 };

void (*gc_finalize_hook)(Thread *t, Object *o);
void (*gc_object_weakrefs_hook)(Thread *t, Object *o);

// Runs the finaliser around one ordinary reference. False: o has been resurrected, or another thread will free it.
static bool finalise(Thread *t, Object *o) {
  a8_store_rlx(&o->gc, a8_load_rlx(&o->gc) | GC_FINALIZED);   // nobody else has o, and it is untracked
  object_revive(t, o);
  if (shape_of(o)->traverse) heap_track(o);  // the finaliser may take time, and collections, and keep o
  gc_finalize_hook(t, o);
  if (!object_decref_to_death(t, o)) return false;
  heap_untrack(o);
  return true;
}

static inline void destroy(Thread *t, Object *o) {
  Destroying here = {t->destroying, o};
  t->destroying = &here;
  bool ours = true;
  if (unlikely(shape_of(o)->flags & SHAPE_HAS_FINALIZER) && !(a8_load_rlx(&o->gc) & GC_FINALIZED) && gc_finalize_hook) ours = finalise(t, o);
  if (ours) {
    if (unlikely(a8_load_acq(&o->flags) & OBJ_WEAKREFED) && gc_object_weakrefs_hook) gc_object_weakrefs_hook(t, o);
    shape_of(o)->dealloc(t, o);  // the finaliser may have changed the class
  }
  t->destroying = here.outer;
}

bool object_death_init(Thread *t) {
  t->dying = malloc(DYING_FIRST * sizeof *t->dying);
  t->dying_capacity = t->dying ? DYING_FIRST : 0;
  return t->dying != NULL;
}

static bool dying_append(Thread *t, Object *o) {
  if (t->dying_count == t->dying_capacity) {
    uint32_t capacity = t->dying_capacity ? t->dying_capacity * 2 : DYING_FIRST;
    Object **grown = realloc(t->dying, capacity * sizeof *grown);
    if (!grown) return false;
    t->dying = grown;
    t->dying_capacity = capacity;
  }
  t->dying[t->dying_count++] = o;
  return true;
}

void object_put_off(Thread *t, Object *o) {
  heap_untrack(o);
  // Without memory for the entry the object is leaked: untracked, its count zero, its block never reused.
  dying_append(t, o);
}

void object_free_put_off(Thread *t) {
  if (t->dealloc_depth >= NESTING_MAX || t->stopping_world) return;
  t->dealloc_depth++;
  while (t->dying_count) destroy(t, t->dying[--t->dying_count]);
  t->dealloc_depth--;
}

// Nothing of o can run Python code or nest: strings, numbers.
static inline bool is_plain(const Shape *s, const Object *o) {
  return !s->traverse && !(s->flags & SHAPE_HAS_FINALIZER) && !(a8_load_rlx(&o->flags) & OBJ_WEAKREFED);
}

// Of a builtin type, whose type object outlives it, with nothing to do before its contents go.
static inline bool is_simple(const Shape *s, const Object *o) {
  return s - shape_table < SHAPE_FIRST_FREE && !(s->flags & SHAPE_HAS_FINALIZER) && !(a8_load_acq(&o->flags) & OBJ_WEAKREFED);
}

void object_died(Thread *t, Object *o) {
  assert(!object_is_immortal(o));
  const Shape *shape = shape_of(o);
  if (likely(is_plain(shape, o))) {
    shape->dealloc(t, o);
    return;
  }
  object_header_dying(o);
  heap_untrack(o);
  if (likely(is_simple(shape, o) && t->dealloc_depth < NESTING_MAX && !t->stopping_world)) {
    t->dealloc_depth++;
    shape->dealloc(t, o);
    t->dealloc_depth--;
    if (unlikely(t->dying_count != 0 && t->dealloc_depth == 0)) object_free_put_off(t);
    return;
  }
  if (unlikely(t->dealloc_depth >= NESTING_MAX || t->stopping_world)) {
    if (dying_append(t, o)) return;
    if (thread_stack_low(t)) return;   // neither memory for the entry nor room to nest deeper: leaked, as in object_put_off
  }
  t->dealloc_depth++;
  destroy(t, o);
  t->dealloc_depth--;
  if (unlikely(t->dying_count != 0 && t->dealloc_depth == 0)) object_free_put_off(t);
}
