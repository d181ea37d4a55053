// Attribute look-up on classes: the walk along the MRO, each class's array of resolved attributes, and what a class write does to both.
//
// The array (Type.attrs) answers type_lookup without a walk and is what the VM's inline caches point into: an entry per name, absent ones
// included. A write that keeps an entry's kind replaces the entry's value; any other change rewrites the entries and zeroes the inline
// caches with the world stopped. Entries are made and changed under the type lock; readers take no lock. The array borrows its values:
// the class dict that owns one releases it only after every array holds the new one.
//
// The type lock is an ordinary (detaching) mutex, taken before object locks: class dicts are written while it is held. No Python code runs
// under it, and nothing is dropped under it that could be the last reference.
#ifndef WEFT_OBJECTS_TYPE_LOOKUP_H
#define WEFT_OBJECTS_TYPE_LOOKUP_H

#include "objects/type.h"
#include "threading/mutex.h"

extern Mutex type_mutex;

enum { TYPE_ATTRS_LIMIT = 4096 };   // entries per class; more names are looked up along the MRO every time

static inline const uint16_t *type_attrs_index(const TypeAttrs *a) { return (const uint16_t *)(const void *)&a->items[a->capacity]; }
static inline uint32_t type_name_hash(Value name) { return (uint32_t)((name.w >> 4) * 0x9E3779B97F4A7C15u >> 32); }

// The entry of an interned name, or NULL.
static inline TypeAttr *type_attrs_find(TypeAttrs *a, Value name) {
  if (!a) return NULL;
  const uint16_t *index = type_attrs_index(a);
  uint32_t mask = 4 * a->capacity - 1;
  for (uint32_t i = type_name_hash(name) & mask;; i = (i + 1) & mask) {
    uint16_t entry = a16_load_acq((const a16 *)(const void *)&index[i]);
    if (entry == 0) return NULL;
    if (v_is(a->items[entry - 1].name, name)) return &a->items[entry - 1];
  }
}

// As type_lookup, with the kind of what was found (ATTR_ABSENT and V_NULL when nothing).
Value type_lookup_slow(Thread *t, Type *type, Value name, AttrKind *kind);
static inline Value type_lookup_kind(Thread *t, Type *type, Value name, AttrKind *kind) {
  TypeAttrs *a = aptr_load_acq(&type->attrs);
  TypeAttr *e = type_attrs_find(a, name);
  if (likely(e != NULL)) {
    *kind = e->kind;
    if (e->kind == ATTR_ABSENT) return V_NULL;
    Value v = v_load_ref(t, &type->attrs, a, &e->value);
    if (likely(!v_is_null(v))) return v;
  }
  return type_lookup_slow(t, type, name, kind);
}

// The same for a slot of a running frame: what is found is as v_load_keep returns it.
static inline Value type_lookup_keep(Thread *t, Type *type, Value name, AttrKind *kind) {
  TypeAttrs *a = aptr_load_acq(&type->attrs);
  TypeAttr *e = type_attrs_find(a, name);
  if (likely(e != NULL)) {
    *kind = e->kind;
    if (e->kind == ATTR_ABSENT) return V_NULL;
    Value v = v_load_keep(t, &type->attrs, a, &e->value);
    if (likely(!v_is_null(v))) return v;
  }
  return type_lookup_slow(t, type, name, kind);
}

// The walk itself: owned, V_NULL when absent; no entry is made. name: exact str. Takes no type lock. If owner is not NULL it receives the
// class in whose dict the name was found.
Value type_lookup_mro(Thread *t, const Type *type, Value name, Type **owner);
// The same under the type lock: keys of class dicts that are not plain strings are passed over, so that no Python code runs.
Value type_lookup_mro_quietly(Thread *t, const Type *type, Value name, Type **owner);
// The same as type_lookup_mro, skipping everything up to and including `after` in type's MRO (super).
Value type_lookup_mro_after(Thread *t, const Type *type, const Type *after, Value name, bool *after_found);
AttrKind attr_kind_of(Value v);

// Writes (V_NULL: deletes) an entry of a class's own dict, with all that follows: slots, arrays, caches, version. name: interned exact str.
// 0; 1: there was nothing to delete; -1.
int type_store_attr(Thread *t, Type *type, Value name, Value value);
// Decides TYPE_FOREIGN_MRO of a class whose MRO is new. Type lock held, world stopped or type unpublished.
void type_judge_mro(Type *type);
// After bases or MRO changed: re-resolves every entry of the class and its subclasses, refills their slots and flushes. Type lock held and
// world stopped by the caller.
void type_resolve_all_stopped(Thread *t, Type *type);
// Registered by type_slots.c. name V_NULL: all slots. Returns what type_slot_effect says. Type lock held, world stopped or type unpublished.
extern void (*type_refill_slots_hook)(Thread *t, Type *type, Value name);
// What writing this name on a class does beyond the dict: 0 nothing, else bits.
enum { SLOT_EFFECT_REFILL = 1, SLOT_EFFECT_FLUSH_ALL = 2 };
extern int (*type_slot_effect_hook)(Value name);

// Direct subclasses. add and remove lock by themselves but for the _locked ones; add: 0, -1 MemoryError. list: a new list object.
int type_add_subclass(Thread *t, Type *base, Type *derived);
int type_add_subclass_locked(Thread *t, Type *base, Type *derived);
void type_remove_subclass(Thread *t, Type *base, Type *derived);
void type_remove_subclass_locked(Type *base, Type *derived);
Value type_list_subclasses(Thread *t, Type *type);
// For a dying class.
void type_free_attrs(Thread *t, Type *type);
// A fresh number for Type.version.
uint64_t type_next_version(void);

// An interned exact str for any str (a subclass instance, or not interned): owned; V_NULL: no memory.
Value name_canonical(Thread *t, Value name);


#endif
