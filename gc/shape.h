// The shape table: one 32-bit id in every header stands for an object's type and layout at once.
//
// The table is one reserved address range that never moves, so reading it needs no lock: `shape_table[id]` is filled before the id is
// published in an object (release) and a header's id was loaded with the object. gc/ knows a shape's first part only: what to call to
// free and to walk an object. The layout part belongs to objects/shape.c.
//
// The id of a dead class's shape is given out again, but not at once: inline caches may still name it, and in the free build a reader may
// hold a stale pointer to an object that had it. Full collections see to both, with the world stopped, once there are many such ids.
#ifndef WEFT_GC_SHAPE_H
#define WEFT_GC_SHAPE_H

#include "gc/object.h"

typedef struct Thread Thread;
typedef struct Type Type;
struct ShapeLayout;

// Called for each reference that an object holds. Uncounted edges (memory.md 6: instance -> type, function -> code, function -> a module's
// globals) are reported with counted = false: skipped when subtracting, followed when marking.
typedef void (*GcVisit)(Object *target, bool counted, void *arg);

static inline void gc_visit_value(Value v, GcVisit visit, void *arg) {
  if (v_is_ptr(v) && v.w) visit(v_obj(v), true, arg);
}

// Of a word made by v_refer.
static inline void gc_visit_referred(Value v, GcVisit visit, void *arg) {
  if (v_is_ptr(v) && v.w) visit(v_obj(v), !(v.w & 1), arg);
}

typedef struct Shape {
  Type *type;
  void (*dealloc)(Thread *t, Object *o);                        // releases contents and the block; see gc/refcount.h
  void (*traverse)(Object *o, GcVisit visit, void *arg);        // NULL: never part of a cycle
  void (*clear)(Thread *t, Object *o);                          // breaks cycles; NULL if none
  struct ShapeLayout *layout;                                   // NULL: a fixed shape (builtin types)
  uint32_t size;                                                // bytes of a fixed-size instance, header included; 0: varies
  uint32_t flags;
} Shape;

enum {
  SHAPE_HAS_FINALIZER = 1,   // the type defines __del__ (or tp_finalize's like)
  SHAPE_WEAKREFABLE = 2,
  SHAPE_DICT_MODE = 4,       // `ext` is a dict
  SHAPE_FLUSHING = 8,        // caches guarded by the shape are being zeroed
};

#define SHAPE_LIMIT (1u << 20)
enum { SHAPE_FIRST_FREE = 256 };  // ids below it are fixed ones of builtin types (objects/builtin_shapes.h), which live for ever
extern Shape *shape_table;

static inline Shape *shape_of(const Object *o) { return &shape_table[object_shape(o)]; }

// Reserves the table. False: no address space.
bool shape_table_init(void);
// An id >= SHAPE_FIRST_FREE that nothing has, or 0 when ids have run out. Thread-safe.
uint32_t shape_new(void);
uint32_t shape_next(void);  // no id from this one on has been given out
// Empties the entry of a shape that no object has any more, whose id may then be given out again some time; 0 is ignored. Thread-safe.
void shape_forget(uint32_t shape);
// World stopped, nothing retired waits (qsbr_flush), and shape_begin_young was just called: if there are many forgotten ids, empties the
// caches that name them, and lets shape_new give them out.
void shape_recycle(Thread *t);
// Registered by vm/: zeroes every inline cache word that names a shape marked SHAPE_FLUSHING. Called with the world stopped.
extern void (*shape_flush_hook)(Thread *t);
// World stopped: shapes are young until the next call of shape_begin_young.
void shape_begin_young(void);
void shape_each_young(void (*fn)(Shape *shape));

// Finalisation, filled in by the layers above (objects/): runs __del__ or the type's finaliser once; may resurrect (the count is then
// above the one reference that the caller holds). Never called for a shape without SHAPE_HAS_FINALIZER.
extern void (*gc_finalize_hook)(Thread *t, Object *o);
// Clears the weak references to o, which is about to be freed, and runs their callbacks. Called if o is OBJ_WEAKREFED, after the finaliser
// and before dealloc; o cannot be counted any more.
extern void (*gc_object_weakrefs_hook)(Thread *t, Object *o);

#endif
