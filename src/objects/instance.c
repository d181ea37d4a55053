// Attributes of instances: allocation, slots, dict mode, members, and what the collector asks of instances of classes.
#include "objects/instance.h"

#include "objects/dict.h"
#include "objects/dict_table.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"
#include "threading/critical.h"

const aptr instance_no_array;

// ---- allocation ------------------------------------------------------------------------------------------------------------------

Value type_generic_alloc(Thread *t, Type *type, size_t nitems) {
  size_t size = type->size;
  if (type->flags & TYPE_VARSIZE) {
    size_t tail = type->flags & TYPE_HEAP ? 8 : 0;   // the ext word's place is kept even by those without one
    for (const Type *c = type; c && c->flags & TYPE_HEAP; c = c->base) tail += 8 * (size_t)c->member_slots;
    if (type->item_size && nitems > (SIZE_MAX / 2 - size) / type->item_size) return raise_no_memory(t);
    size = (size + nitems * type->item_size + tail + 15) & ~(size_t)15;
    Object *o = heap_new_object(t, type->shape, size);
    if (!o) return raise_no_memory(t);
    memset((char *)o + heap_object_size(o) - tail, 0, tail);
    return v_steal_obj(o);
  }
  Object *o = heap_new_object(t, type->shape, size);
  return o ? v_steal_obj(o) : raise_no_memory(t);
}

// ---- dict mode -------------------------------------------------------------------------------------------------------------------

static inline a64 *ext_of(Object *o, const Type *type) { return (a64 *)(void *)instance_ext_word(o, type); }
static inline Value dict_in_ext(uint64_t ext) { return VALUE(ext & ~(uint64_t)1); }
static inline uint64_t ext_of_dict(Value owned_dict) { return owned_dict.w | 1; }

Value instance_dict_ref(Thread *t, Object *o, Type *type) {
  a64 *ext = ext_of(o, type);
  uint64_t word = a64_load_acq(ext);
  if (word == 0) return V_NULL;
  if (likely(word & 1)) {
    Object *d = v_obj(VALUE(word));
    if (likely(object_try_incref(t, d))) {
      if (likely(a64_load_acq(ext) == word)) return v_steal_obj(d);
      decref(t, d);
    }
  }
  Value found = V_NULL;
  CRITICAL_BEGIN(t, o);
  word = a64_load_acq(ext);
  if (word & 1) found = v_new_ref_locked(t, dict_in_ext(word));
  CRITICAL_END(t);
  return found;
}

static void drop_retired(Thread *t, void *word) { v_drop(t, VALUE((uintptr_t)word)); }

// The dict is read uncounted: one that leaves the ext word is not freed before our next safepoint (instance_set_dict).
Value instance_load_entry(Thread *t, Object *o, const Type *type, Value name, uint32_t index) {
  object_share(t, o);
  a64 *ext = ext_of(o, type);
  uint64_t word = a64_load_acq(ext);
  if (!(word & 1)) return V_NULL;
  Dict *d = v_dict(VALUE(word));
  if (unlikely(!(a8_load_rlx(&d->ob.flags) & OBJ_SHARED))) return V_NULL;
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  if (!table->str_keys || index >= a32_load_acq(&table->count)) return V_NULL;
  DictStrEntry *entry = &dict_str_entries(table)[index];
  if (!v_is(v_load_rlx(&entry->key), name)) return V_NULL;
  Value v = v_load_keep(t, &d->table, table, &entry->value);
  if (likely(!v_is_null(v) && !v_is_absent(v) && a64_load_acq(ext) == word)) return v;
  v_drop(t, v);
  return V_NULL;
}

// The dict of an object in dict mode, made if it had none.
static Value dict_or_new(Thread *t, Object *o, Type *type) {
  Value d = instance_dict_ref(t, o, type);
  if (!v_is_null(d)) return d;
  Value fresh = dict_new(t);
  if (v_is_null(fresh)) return V_NULL;
  a8_fetch_or_rel(&v_obj(fresh)->flags, OBJ_SHARED);
  a64 *ext = ext_of(o, type);
  CRITICAL_BEGIN(t, o);
  uint64_t word = a64_load_acq(ext);
  if (word & 1) {
    d = v_new_ref_locked(t, dict_in_ext(word));
  } else {
    d = v_own(t, fresh);
    a64_store_rel(ext, ext_of_dict(d));
  }
  CRITICAL_END(t);
  if (v_is(d, fresh)) return fresh;
  v_drop(t, fresh);
  return d;
}

// Exchanges what a slot holds, the object's lock held. Stores take no lock; but while the owner holds it in its own way, there are none.
static inline Value exchange_locked(Thread *t, Object *o, Value *slot, Value v) {
  if (!critical_is_in_as_owner(t, CRITICAL_LOCK(o))) return v_exchange_slot(slot, v);
  Value old = v_load_rlx(slot);
  v_store_rel(slot, v);
  return old;
}

// A counted copy of a slot's value. Stores take no lock, so the slot is frozen while its value is counted. Object's lock held.
static Value slot_ref_locked(Thread *t, Object *o, Value *slot) {
  Value v = exchange_locked(t, o, slot, V_FROZEN);
  Value counted = v_is_null(v) || v_is_marker(v) ? V_NULL : v_new_ref_locked(t, v);
  v_store_rel(slot, v);
  return counted;
}

// Copies the attributes of a hidden-class instance into d, which is empty and nobody else's. Object's lock held. 0, -1.
static int copy_slots_locked(Thread *t, Object *o, const ShapeLayout *l, Dict *d, Value *copied) {
  for (int32_t i = 0; i < l->count; i++) {
    Value v = slot_ref_locked(t, o, instance_slot(o, l, i));
    if (copied) copied[i] = v;
    Value name = v_own(t, l->keys->names[i]);
    if (unlikely(dict_append_locked(t, d, name, str_hash(v_str(name)), v, DICT_SLOT_UNKNOWN) < 0)) {
      v_drop(t, name);
      v_drop(t, v);   // which is not the last reference
      raise_no_memory(t);
      return -1;
    }
  }
  return 0;
}

// Leaves FROZEN in every slot; what was there goes to victims[]. A value stored since it was copied is stored in the dict again.
static void freeze_slots_locked(Thread *t, Object *o, const ShapeLayout *l, Dict *d, const Value *copied, Value *victims) {
  for (int32_t i = 0; i < l->count; i++) {
    victims[i] = exchange_locked(t, o, instance_slot(o, l, i), V_FROZEN);
    if (!v_is(victims[i], copied[i])) dict_set(t, d, l->keys->names[i], victims[i]);   // an existing key: needs no memory
  }
}

// Moves a hidden-class instance to dict mode. 0 (also when someone else has done so meanwhile), -1.
static int enter_dict_mode(Thread *t, Object *o, Type *type) {
  Value d = dict_new_sized(t, shape_layout(object_shape(o)) ? shape_layout(object_shape(o))->count : 0);
  if (v_is_null(d)) return -1;
  a8_fetch_or_rel(&v_obj(d)->flags, OBJ_SHARED);
  Value copied[SHAPE_SLOT_LIMIT], victims[SHAPE_SLOT_LIMIT];
  int32_t count = 0;
  int result = 0;
  void *old_array = NULL;
  CRITICAL_BEGIN(t, o);
  const ShapeLayout *l = shape_layout(object_shape(o));
  if (l) {
    result = copy_slots_locked(t, o, l, v_dict(d), copied);
    if (result == 0) {
      count = l->count;
      freeze_slots_locked(t, o, l, v_dict(d), copied, victims);
      a64 *ext = (a64 *)(void *)((char *)o + l->ext_offset);
      old_array = (void *)(uintptr_t)a64_load_rlx(ext);
      // The dict is in place before the shape says so: a reader of either shape finds what it needs or takes the lock.
      a64_store_rel(ext, ext_of_dict(v_own(t, d)));
      a32_store_rel(&o->shape, type->dict_shape);
    }
  }
  CRITICAL_END(t);
  for (int32_t i = 0; i < count; i++) v_drop(t, victims[i]);
  if (old_array) heap_retire(t, o, old_array);
  v_drop(t, d);
  return result;
}

Value instance_get_dict(Thread *t, Object *o) {
  for (;;) {
    Type *type = object_type(o);
    if (!shape_layout(object_shape(o))) return dict_or_new(t, o, type);
    if (enter_dict_mode(t, o, type) < 0) return V_NULL;
  }
}

int instance_set_dict(Thread *t, Value self, Value dict) {
  Object *o = v_obj(self);
  if (v_is_null(dict)) {
    raise_type_error(t, "cannot delete __dict__");
    return -1;
  }
  if (!v_is_dict(dict)) {
    raise_type_error(t, "__dict__ must be set to a dictionary, not a '%.200T'", dict);
    return -1;
  }
  Value old = instance_get_dict(t, o);   // dict mode from here on
  if (v_is_null(old)) return -1;
  v_drop(t, old);
  a64 *ext = ext_of(o, object_type(o));
  a8_fetch_or_rel(&v_obj(dict)->flags, OBJ_SHARED);
  Value adopted = v_own(t, dict);
  uint64_t replaced;
  object_share(t, o);
  CRITICAL_BEGIN(t, o);
  replaced = a64_load_rlx(ext);
  a64_store_rel(ext, ext_of_dict(adopted));
  CRITICAL_END(t);
  if (replaced & 1) heap_retire_call(t, o, (void *)(uintptr_t)dict_in_ext(replaced).w, drop_retired);
  return 0;
}

Value instance_copy_attrs(Thread *t, Object *o) {
  for (;;) {
    Type *type = object_type(o);
    uint32_t shape = a32_load_acq(&o->shape);
    const ShapeLayout *l = shape_layout(shape);
    if (!l) {
      Value d = instance_dict_ref(t, o, type);
      if (v_is_null(d)) return dict_new(t);
      Value copy = dict_copy(t, v_dict(d));
      v_drop(t, d);
      return copy;
    }
    Value copy = dict_new_sized(t, l->count);
    if (v_is_null(copy)) return V_NULL;
    int r = 1;
    CRITICAL_BEGIN(t, o);
    if (object_shape(o) == shape) r = copy_slots_locked(t, o, l, v_dict(copy), NULL);
    CRITICAL_END(t);
    if (r == 0) return copy;
    v_drop(t, copy);
    if (r < 0) return V_NULL;
  }
}

// ---- hidden-class mode -----------------------------------------------------------------------------------------------------------

// A larger array with the old one's values; the old is left FROZEN and comes back in *old. Object's lock held. NULL: no memory.
static SlotArray *grow_array_locked(Thread *t, Object *o, a64 *ext, uint32_t needed, SlotArray **old) {
  *old = (SlotArray *)(uintptr_t)a64_load_rlx(ext);
  uint32_t capacity = *old ? 2 * (*old)->capacity : 6;
  while (capacity < needed) capacity *= 2;
  SlotArray *a = heap_calloc(t, sizeof *a + capacity * sizeof(Value));
  if (!a) return NULL;
  a->capacity = capacity;
  for (uint32_t i = 0; *old && i < (*old)->capacity; i++) {
    Value v = exchange_locked(t, o, &(*old)->items[i], V_FROZEN);
    v_store_rlx(&a->items[i], v_is_marker(v) ? V_NULL : v);
  }
  a64_store_rel(ext, (uint64_t)(uintptr_t)a);
  return a;
}

// The owner adds the inline slots of an object that is being made, mostly.
static inline bool add_inline_slot_owned(Object *o, uint32_t from, uint32_t to, Value *p, Value owned) {
  if (unlikely(object_shape(o) != from)) return false;
  v_store_rel(p, owned);
  a32_store_rel(&o->shape, to);
  return true;
}

bool instance_add_slot(Thread *t, Object *o, uint32_t from, uint32_t to, Value owned) {
  const ShapeLayout *l = shape_layout(to);
  int32_t slot = l->count - 1;
  if (likely(slot < l->inline_slots) && likely(critical_enter_as_owner(t, CRITICAL_LOCK(o)))) {
    bool added = add_inline_slot_owned(o, from, to, instance_slot(o, l, slot), owned);
    critical_leave_as_owner(t);
    return added;
  }
  SlotArray *old = NULL;
  bool added = false;
  CRITICAL_BEGIN(t, o);
  if (likely(object_shape(o) == from)) {
    Value *p = instance_slot(o, l, slot);
    if (unlikely(!p)) {
      a64 *ext = (a64 *)(void *)((char *)o + l->ext_offset);
      if (grow_array_locked(t, o, ext, (uint32_t)slot - l->inline_slots + 1, &old)) p = instance_slot(o, l, slot);
      else old = NULL;
    }
    if (likely(p != NULL)) {
      v_store_rel(p, owned);
      a32_store_rel(&o->shape, to);
      added = true;
    }
  }
  CRITICAL_END(t);
  if (old) heap_retire(t, o, old);
  return added;
}

static bool swap_common(Thread *t, Value *slot, Value owned) {
  for (;;) {
    Value old = v_load_rlx(slot);
    if (unlikely(v_is_null(old) || v_is_marker(old))) return false;
    if (likely(v_cas_slot(slot, old, owned))) {
      v_drop(t, old);
      return true;
    }
  }
}

// The owner itself comes here when it is in another section, or has stopped using its way: then a compare-and-swap is all it needs.
static inline void end_owners_way(Thread *t, Object *o) {
  if (!object_is_own(t, o)) critical_end_owners_way(t, CRITICAL_LOCK(o));
}

bool instance_store_at_common(Thread *t, Object *o, uint32_t offset, Value owned) {
  end_owners_way(t, o);
  return swap_common(t, (Value *)(void *)((char *)o + offset), owned);
}

// The slot is looked for afterwards: an array may have been replaced while this thread was parked.
bool instance_store_slot_common(Thread *t, Object *o, uint32_t shape, int32_t slot, Value owned) {
  end_owners_way(t, o);
  object_share(t, o);
  Value *p = instance_slot(o, shape_layout(shape), slot);
  return p && swap_common(t, p, owned);
}

bool instance_store_slot(Thread *t, Object *o, uint32_t shape, int32_t slot, Value owned) {
  if (unlikely(!critical_enter_as_owner(t, CRITICAL_LOCK(o)))) return instance_store_slot_common(t, o, shape, slot, owned);
  Value *p = instance_slot(o, shape_layout(shape), slot), old = V_NULL;
  bool filled = p && instance_swap_owned(p, owned, &old);
  critical_leave_as_owner(t);
  if (filled) v_drop(t, old);
  return filled;
}

// A slot that a lock-free look found empty, frozen or busy: under the lock, where a slot of the object's shape is always filled.
static Value load_slot_locked(Thread *t, Object *o, uint32_t shape, int32_t slot) {
  Value v = V_NULL;
  object_share(t, o);   // from now on the slots in its array can be read without the lock
  CRITICAL_BEGIN(t, o);
  if (object_shape(o) == shape) v = slot_ref_locked(t, o, instance_slot(o, shape_layout(shape), slot));
  CRITICAL_END(t);
  return v;
}

static bool store_slot_locked(Thread *t, Object *o, uint32_t shape, int32_t slot, Value owned) {
  Value old = V_NULL;
  bool stored = false;
  CRITICAL_BEGIN(t, o);
  if (object_shape(o) == shape) {
    old = exchange_locked(t, o, instance_slot(o, shape_layout(shape), slot), owned);
    stored = true;
  }
  CRITICAL_END(t);
  v_drop(t, old);
  return stored;
}

int instance_get_attr(Thread *t, Object *o, Value name, Value *out) {
  *out = V_NULL;
  for (;;) {
    uint32_t shape = a32_load_acq(&o->shape);
    if (shape_layout(shape)) {
      int32_t slot = shape_find_slot(shape, name);
      if (slot < 0) return 0;
      Value v = v_kept_own(t, instance_load_slot(t, o, shape, slot));
      if (unlikely(v_is_null(v))) v = load_slot_locked(t, o, shape, slot);
      if (v_is_null(v)) continue;   // the shape changed
      *out = v;
      return 1;
    }
    Type *type = shape_table[shape].type;
    if (!type->ext_offset) return 0;
    Value d = instance_dict_ref(t, o, type);
    if (v_is_null(d)) return 0;
    int r = dict_get(t, v_dict(d), name, out);
    v_drop(t, d);
    return r;
  }
}

static int dict_mode_set(Thread *t, Object *o, Type *type, Value name, Value value) {
  Value d = v_is_null(value) ? instance_dict_ref(t, o, type) : dict_or_new(t, o, type);
  if (v_is_null(d)) return v_is_null(value) ? 1 : -1;
  int r;
  if (v_is_null(value)) {
    r = dict_delete(t, v_dict(d), name);
    if (r >= 0) r = !r;
  } else {
    r = dict_set(t, v_dict(d), name, value);
  }
  v_drop(t, d);
  return r;
}

// True when the attribute was stored or added; false: go to dict mode (*again: or try once more).
static bool hidden_set(Thread *t, Object *o, uint32_t shape, Value name, Value value, bool *again) {
  Value owned = v_own(t, value);
  int32_t slot = shape_find_slot(shape, name);
  bool done;
  *again = true;
  if (slot >= 0) {
    done = instance_store_slot(t, o, shape, slot, owned) || store_slot_locked(t, o, shape, slot, owned);
  } else {
    uint32_t to = shape_transition(t, shape, name);
    done = to && instance_add_slot(t, o, shape, to, owned);
    // Not done although nobody moved the object: the limits, or no memory for the array; dict mode will tell which.
    if (!done && object_shape(o) == shape) *again = false;
  }
  if (!done) v_drop(t, owned);
  return done;
}

int instance_set_attr(Thread *t, Object *o, Value name, Value value) {
  for (;;) {
    uint32_t shape = a32_load_acq(&o->shape);
    Type *type = shape_table[shape].type;
    if (!shape_layout(shape)) return type->ext_offset ? dict_mode_set(t, o, type, name, value) : 2;
    if (v_is_null(value)) {
      if (shape_find_slot(shape, name) < 0) return 1;
    } else {
      bool again;
      if (hidden_set(t, o, shape, name, value, &again)) return 0;
      if (again) continue;
    }
    if (enter_dict_mode(t, o, type) < 0) return -1;
  }
}

// ---- moving to another class -----------------------------------------------------------------------------------------------------

// The shape of `type` that has the same names in the same order as layout l; 0: none.
static uint32_t same_names_shape(Thread *t, const ShapeLayout *l, Type *type) {
  const ShapeLayout *root = shape_layout(type->shape);
  if (!root || root->inline_slots != l->inline_slots || root->ext_offset != l->ext_offset) return 0;
  uint32_t shape = type->shape;
  for (int32_t i = 0; shape && i < l->count; i++) shape = shape_transition(t, shape, l->keys->names[i]);
  return shape;
}

int instance_set_type(Thread *t, Object *o, Type *type) {
  for (;;) {
    uint32_t shape = a32_load_acq(&o->shape);
    const ShapeLayout *l = shape_layout(shape);
    // An object of a class without an ext word, or in dict mode, takes the fixed shape that the new class has for such objects.
    uint32_t to = l ? same_names_shape(t, l, type) : type->ext_offset ? type->dict_shape : type->shape;
    if (l && !to) {
      if (enter_dict_mode(t, o, shape_table[shape].type) < 0) return -1;
      continue;
    }
    bool moved = false;
    CRITICAL_BEGIN(t, o);
    if (object_shape(o) == shape) {
      a32_store_rel(&o->shape, to);
      moved = true;
    }
    CRITICAL_END(t);
    if (moved) return 0;
  }
}

// ---- members ---------------------------------------------------------------------------------------------------------------------

Value instance_member_load(Thread *t, Object *o, int32_t offset) {
  Value *slot = instance_member(o, offset);
  Value v = v_load_ref(t, &instance_no_array, NULL, slot);
  if (!v_is_null(v) && !v_is_marker(v)) return v;   // FROZEN: another reader has it under the lock
  CRITICAL_BEGIN(t, o);
  v = slot_ref_locked(t, o, slot);
  CRITICAL_END(t);
  return v;
}

static bool member_store_common(Thread *t, Object *o, Value *slot, Value owned) {
  end_owners_way(t, o);
  for (;;) {
    Value old = v_load_acq(slot);
    if (v_is_marker(old)) {   // a reader has it under the lock: wait for that
      CRITICAL_BEGIN(t, o);
      CRITICAL_END(t);
      continue;
    }
    if (!v_cas_slot(slot, old, owned)) continue;
    v_drop(t, old);
    return !v_is_null(old);
  }
}

bool instance_member_store(Thread *t, Object *o, int32_t offset, Value owned) {
  Value *slot = instance_member(o, offset), old = V_NULL;
  if (unlikely(!critical_enter_as_owner(t, CRITICAL_LOCK(o)))) return member_store_common(t, o, slot, owned);
  old = v_load_rlx(slot);   // no marker: who leaves one for a moment holds the lock
  v_store_rel(slot, owned);
  critical_leave_as_owner(t);
  v_drop(t, old);
  return !v_is_null(old);
}

bool instance_fill_member(Thread *t, Object *o, uint32_t offset, Value owned) {
  end_owners_way(t, o);
  return v_cas_slot((Value *)(void *)((char *)o + offset), V_NULL, owned);
}

// ---- fields of builtin objects -----------------------------------------------------------------------------------------------------

Value instance_field_load(Thread *t, Object *o, const Value *field) {
  object_share(t, o);
  return v_own(t, v_load_acq(field));
}

void instance_field_store(Thread *t, Object *o, Value *field, Value owned) {
  object_share(t, o);
  Value old = v_exchange_slot(field, owned);
  if (v_is_ptr(old)) heap_retire_call(t, o, (void *)(uintptr_t)old.w, drop_retired);
}

// ---- freeing and walking ---------------------------------------------------------------------------------------------------------

void instance_clear_ext(Thread *t, Object *o, uint64_t *ext) {
  (void)o;
  uint64_t word = *ext;
  if (!word) return;
  *ext = 0;
  if (word & 1) v_drop(t, dict_in_ext(word));
}

void instance_traverse_ext(Object *o, const uint64_t *ext, GcVisit visit, void *arg) {
  (void)o;
  if (*ext & 1) visit(v_obj(VALUE(*ext)), true, arg);
}

static Type *builtin_base(Type *type) {
  while (type->flags & TYPE_HEAP && type->base) type = type->base;
  return type;
}

// True if a class, not its builtin base, brought in the ext word.
static inline bool owns_ext(const Type *type, const Type *builtin) { return type->ext_offset && !builtin->ext_offset; }

static void visit_members(Object *o, const Type *type, GcVisit visit, void *arg) {
  for (; type->flags & TYPE_HEAP && type->base; type = type->base)
    for (int32_t i = 0; i < type->member_slots; i++) gc_visit_value(*instance_member(o, type->member_offset + 8 * i), visit, arg);
}

void type_subtype_traverse(Object *o, GcVisit visit, void *arg) {
  Type *type = object_type(o), *builtin = builtin_base(type);
  if (type->flags & TYPE_HEAP) visit(&type->ob, false, arg);
  visit_members(o, type, visit, arg);
  if (owns_ext(type, builtin)) {
    const ShapeLayout *l = shape_layout(object_shape(o));
    for (int32_t i = 0; l && i < l->count; i++) gc_visit_value(*instance_slot(o, l, i), visit, arg);
    if (!l) instance_traverse_ext(o, instance_ext_word(o, type), visit, arg);
  }
  if (builtin->slots.traverse) builtin->slots.traverse(o, visit, arg);
}

// What a slot of a dying object, or of garbage, held; it is empty then. No other thread can look at it, so nothing has to be exchanged:
// nobody has a reference to the one; the other was found unreachable with the world stopped, its weak references cleared, and what its
// finalisers gave away is no garbage any more.
static inline Value take_word(Value *slot) {
  Value old = v_load_rlx(slot);
  v_store_rlx(slot, V_NULL);
  return old;
}

// The object is dying or garbage: no other thread looks at it. Slots are emptied before they are dropped, first attribute first.
static void clear_attrs(Thread *t, Object *o, Type *type, bool dying) {
  uint64_t *ext = instance_ext_word(o, type);
  const ShapeLayout *l = shape_layout(object_shape(o));
  if (!l) {
    instance_clear_ext(t, o, ext);
    return;
  }
  for (int32_t i = 0; i < l->count; i++) {
    v_drop(t, take_word(instance_slot(o, l, i)));
  }
  if (dying && *ext) {
    heap_free(t, (void *)(uintptr_t)*ext);
    *ext = 0;
  }
}

static void clear_members(Thread *t, Object *o, const Type *type) {
  for (; type->flags & TYPE_HEAP && type->base; type = type->base)
    for (int32_t i = 0; i < type->member_slots; i++) v_drop(t, take_word(instance_member(o, type->member_offset + 8 * i)));
}

void type_subtype_clear(Thread *t, Object *o) {
  Type *type = object_type(o), *builtin = builtin_base(type);
  clear_members(t, o, type);
  if (owns_ext(type, builtin)) {
    // Garbage may still be looked at by finalisers: it must stay an object of its class, without attributes.
    if (shape_layout(object_shape(o))) {
      const ShapeLayout *l = shape_layout(object_shape(o));
      Value victims[SHAPE_SLOT_LIMIT];
      int32_t count = l->count;
      for (int32_t i = 0; i < count; i++) victims[i] = take_word(instance_slot(o, l, i));
      a32_store_rel(&o->shape, type->shape);
      for (int32_t i = 0; i < count; i++) v_drop(t, victims[i]);
    } else {
      instance_clear_ext(t, o, instance_ext_word(o, type));
    }
  }
  if (builtin->slots.clear) builtin->slots.clear(t, o);
}

void type_subtype_dealloc(Thread *t, Object *o) {
  Type *type = object_type(o), *builtin = builtin_base(type);
  clear_members(t, o, type);
  if (owns_ext(type, builtin)) clear_attrs(t, o, type, true);
  builtin->slots.dealloc(t, o);
}
