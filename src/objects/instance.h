// Attributes of instances: the ext word, hidden-class slots, dict mode, __slots__ members, and moving between classes.
//
// An instance with attributes has an `ext` word: 0, or a SlotArray (slots beyond the inline ones), or a Dict's address | 1 (dict mode).
// Inline slots follow ext in instances of classes whose base is not variable-size and has no ext of its own. Variable-size instances keep
// ext and members at the end of their block: ext is its last word.
//
// Locking (free build): slots are read without a lock: load, try_incref, look again. Stores replace a word by compare-and-swap, after
// critical_end_owners_way; but the object's owner, while nobody else has stored to it or locked it, stores plainly in a section of its own
// (critical.h). Adding, growing the array, moving to dict mode, assigning __dict__ or __class__ hold the object's lock and re-check the
// shape. Whoever moves a value away leaves V_FROZEN behind, so a reader or writer that finds 0, FROZEN or an ext of the wrong kind redoes
// its work under the lock.
#ifndef WEFT_OBJECTS_INSTANCE_H
#define WEFT_OBJECTS_INSTANCE_H

#include "objects/shape.h"
#include "threading/critical.h"

typedef struct SlotArray { uint32_t capacity; uint32_t unused; Value items[]; } SlotArray;

static inline uint64_t *instance_ext_word(Object *o, const Type *type) {
  if (unlikely(type->ext_offset == EXT_AFTER_ITEMS)) return (uint64_t *)(void *)((char *)o + heap_object_size(o)) - 1;
  return (uint64_t *)(void *)((char *)o + type->ext_offset);
}

// ---- for inline caches -----------------------------------------------------------------------------------------------------------
// A cache that matched the object's shape may use these; "miss" means: do it the general way (object_getattr, object_setattr).

extern const aptr instance_no_array;

// The slot at a byte offset (shape_slot_offset), as v_load_keep returns it; V_NULL: miss.
static inline __attribute__((always_inline)) Value instance_load_at(Thread *t, Object *o, uint32_t offset) {
  Value v = v_load_keep(t, &instance_no_array, NULL, (const Value *)(const void *)((const char *)o + offset));
  return unlikely(v_is_marker(v)) ? V_NULL : v;
}

// Replaces the value of a filled slot, in a section entered as the owner: nobody else is storing to it. False: it was not filled.
static inline bool instance_swap_owned(Value *slot, Value owned, Value *old) {
  *old = v_load_rlx(slot);
  if (unlikely(v_is_null(*old) || v_is_marker(*old))) return false;
  v_store_rel(slot, owned);
  return true;
}

// The ways of whoever does not own the object, or may not use the owner's way now. They may park.
bool instance_store_at_common(Thread *t, Object *o, uint32_t offset, Value owned);
bool instance_store_slot_common(Thread *t, Object *o, uint32_t shape, int32_t slot, Value owned);

// Replaces the value of a filled slot; steals `owned` if true. False: miss, nothing taken.
static inline bool instance_store_at(Thread *t, Object *o, uint32_t offset, Value owned) {
  if (unlikely(!critical_enter_as_owner(t, CRITICAL_LOCK(o)))) return instance_store_at_common(t, o, offset, owned);
  Value old;
  bool filled = instance_swap_owned((Value *)(void *)((char *)o + offset), owned, &old);
  critical_leave_as_owner(t);
  if (likely(filled)) v_drop(t, old);
  return filled;
}

// The same for any slot of the shape, overflow array included.
static inline Value *instance_slot(Object *o, const ShapeLayout *l, int32_t slot) {
  if (likely(slot < l->inline_slots)) return (Value *)(void *)((char *)o + l->ext_offset + 8) + slot;
  uint64_t ext = a64_load_acq((const a64 *)(const void *)((const char *)o + l->ext_offset));
  if (!ext || ext & 1) return NULL;
  SlotArray *a = (SlotArray *)(uintptr_t)ext;
  uint32_t i = (uint32_t)slot - l->inline_slots;
  return i < a->capacity ? &a->items[i] : NULL;
}
// The array may be freed at once when its owner replaces it, unless others have marked the object as shared: a miss for them until they have.
static inline Value instance_load_slot(Thread *t, Object *o, uint32_t shape, int32_t slot) {
  const ShapeLayout *l = shape_layout(shape);
  if (slot >= l->inline_slots && unlikely(!object_is_shared_for(t, o))) return V_NULL;
  const Value *p = instance_slot(o, l, slot);
  if (unlikely(!p)) return V_NULL;
  Value v = v_load_keep(t, &instance_no_array, NULL, p);
  return unlikely(v_is_marker(v)) ? V_NULL : v;
}
bool instance_store_slot(Thread *t, Object *o, uint32_t shape, int32_t slot, Value owned);

// Adds the attribute that leads from shape `from` to `to` = shape_transition(from, name); steals `owned` if true. False: miss.
bool instance_add_slot(Thread *t, Object *o, uint32_t from, uint32_t to, Value owned);

// The dict of an object in dict mode, owned; V_NULL: none was made yet. For objects whose shape has no layout, type->ext_offset != 0.
Value instance_dict_ref(Thread *t, Object *o, Type *type);

// The entry's value as v_load_keep returns it, if entry `index` of the dict of an object in dict mode is for `name`; V_NULL: miss.
Value instance_load_entry(Thread *t, Object *o, const Type *type, Value name, uint32_t index);

// ---- general access --------------------------------------------------------------------------------------------------------------
// name: canonical (interned exact str). The object's own attributes only, the class is not looked at.
int instance_get_attr(Thread *t, Object *o, Value name, Value *out);      // 1 *out owned; 0 absent; -1 error
// value borrowed, V_NULL deletes. 0; 1: nothing to delete; 2: the object has no attributes of its own; -1 error.
int instance_set_attr(Thread *t, Object *o, Value name, Value value);
static inline bool instance_has_attrs(const Object *o) { return object_type(o)->ext_offset != 0; }
// The __dict__ (made if need be), owned; V_NULL with an exception. Only for objects with an ext word.
Value instance_get_dict(Thread *t, Object *o);
int instance_set_dict(Thread *t, Value self, Value dict);                 // adopts the dict; TypeError if it is none or V_NULL; 0, -1
// Attribute names and values in order without leaving hidden-class mode: a new dict.
Value instance_copy_attrs(Thread *t, Object *o);
// Moves o to a class whose instances have the same base layout (checked by the caller). 0, -1.
int instance_set_type(Thread *t, Object *o, Type *type);

// ---- members (__slots__) -----------------------------------------------------------------------------------------------------------
static inline Value *instance_member(Object *o, int32_t offset) {
  return (Value *)(void *)((char *)o + (offset < 0 ? (int64_t)heap_object_size(o) + offset : offset));
}
Value instance_member_load(Thread *t, Object *o, int32_t offset);         // owned; V_NULL: empty, no exception
bool instance_fill_member(Thread *t, Object *o, uint32_t offset, Value owned);   // steals if true; false: it is not empty
bool instance_member_store(Thread *t, Object *o, int32_t offset, Value owned /* V_NULL empties */);  // true: it was filled before

// ---- fields of builtin objects that Python code can assign (MEMBER_VALUE) ------------------------------------------------------------
// C code reads such a field as a plain Value, up to the next safepoint without counting: what is replaced is dropped after a grace period.
Value instance_field_load(Thread *t, Object *o, const Value *field);      // owned; V_NULL: empty
void instance_field_store(Thread *t, Object *o, Value *field, Value owned /* V_NULL empties */);

// ---- for types ---------------------------------------------------------------------------------------------------------------------
// Builtin types with an ext word call these from dealloc/clear and traverse; instances of classes are served by type_subtype_*.
void instance_clear_ext(Thread *t, Object *o, uint64_t *ext);
void instance_traverse_ext(Object *o, const uint64_t *ext, GcVisit visit, void *arg);
void type_subtype_traverse(Object *o, GcVisit visit, void *arg);
void type_subtype_clear(Thread *t, Object *o);

#endif
