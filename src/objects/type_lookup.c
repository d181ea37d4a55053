// Attribute look-up on classes: MRO walk, arrays of resolved attributes, and class writes.
#include "objects/type_lookup.h"

#include "objects/dict.h"
#include "objects/error_state.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/shape.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_family.h"
#include "threading/stw.h"

Mutex type_mutex = MUTEX_INIT;
void (*type_refill_slots_hook)(Thread *t, Type *type, Value name);
int (*type_slot_effect_hook)(Value name);

static a64 last_version;

uint64_t type_next_version(void) { return a64_fetch_add_rlx(&last_version, 1) + 1; }

bool type_is_subtype(const Type *a, const Type *b) {
  if (a == b) return true;
  Value mro = v_load_acq(&a->mro);
  if (v_is_null(mro)) {   // not ready yet
    for (const Type *base = a->base; base; base = base->base)
      if (base == b) return true;
    return b == &type_object;
  }
  const Tuple *classes = v_tuple(mro);
  for (int64_t i = 1; i < classes->length; i++)
    if (v_obj(classes->items[i]) == (const Object *)b) return true;
  // A custom mro() may put the class itself anywhere.
  return classes->length > 0 && v_obj(classes->items[0]) == (const Object *)b;
}

Value name_canonical(Thread *t, Value name) {
  if (v_is_str_exact(name)) return str_is_interned(v_str(name)) ? v_own(t, name) : str_intern(t, v_own(t, name));
  StrBuilder b;
  strb_init(&b, t);
  strb_str(&b, name);
  Value exact = strb_finish(&b);
  return v_is_null(exact) ? V_NULL : str_intern(t, exact);
}

// ---- the walk --------------------------------------------------------------------------------------------------------------------

// A namespace given to type() may have keys that are not plain strings; asking them for equality runs Python code.
static bool has_odd_keys(const Type *class) {
  const DictTable *table = aptr_load_acq(&v_dict(class->dict)->table);
  return !table->str_keys;
}

static bool any_odd_keys(Value mro) {
  const Tuple *classes = v_tuple(mro);
  for (int64_t i = 0; i < classes->length; i++) {
    const Type *class = v_as_type(classes->items[i]);
    if (!v_is_null(class->dict) && has_odd_keys(class)) return true;
  }
  return false;
}

// Looks only among the plain strings of a dict that has other keys too: no Python code.
static int get_among_strings(Thread *t, Dict *dict, Value name, Value *out) {
  int64_t pos = 0;
  Value key, value;
  while (dict_next(t, dict, &pos, &key, &value)) {
    bool found = v_is_str_exact(key) && str_equal(v_str(key), v_str(name));
    v_drop(t, key);
    if (found) {
      *out = value;
      return 1;
    }
    v_drop(t, value);
  }
  return 0;
}

// quiet: the type lock is held, so no Python code may run.
static Value lookup_from(Thread *t, int64_t start, Value mro, Value name, Type **owner, bool quiet) {
  int64_t hash = str_hash(v_str(name));
  const Tuple *classes = v_tuple(mro);
  for (int64_t i = start; i < classes->length; i++) {
    Type *class = v_as_type(classes->items[i]);
    if (v_is_null(class->dict)) continue;
    Value found;
    bool odd = quiet && has_odd_keys(class);
    int r = odd ? get_among_strings(t, v_dict(class->dict), name, &found) : dict_get_hash(t, v_dict(class->dict), name, hash, &found);
    if (r > 0) {
      if (owner) *owner = class;
      return found;
    }
    if (r < 0) error_clear(t);
  }
  return V_NULL;
}

static Value lookup_mro(Thread *t, const Type *type, Value name, Type **owner, bool quiet) {
  Value mro = v_own(t, v_load_acq(&type->mro));   // owned: a look-up in a dict may park, and __bases__ be assigned meanwhile
  if (v_is_null(mro)) return V_NULL;
  Value found = lookup_from(t, 0, mro, name, owner, quiet);
  v_drop(t, mro);
  return found;
}

Value type_lookup_mro(Thread *t, const Type *type, Value name, Type **owner) { return lookup_mro(t, type, name, owner, false); }

Value type_lookup_mro_quietly(Thread *t, const Type *type, Value name, Type **owner) { return lookup_mro(t, type, name, owner, true); }

Value type_lookup_mro_after(Thread *t, const Type *type, const Type *after, Value name, bool *after_found) {
  Value mro = v_own(t, v_load_acq(&type->mro));
  *after_found = false;
  if (v_is_null(mro)) return V_NULL;
  const Tuple *classes = v_tuple(mro);
  int64_t i = 0;
  while (i < classes->length && v_obj(classes->items[i]) != (const Object *)after) i++;
  Value found = V_NULL;
  if (i < classes->length) {
    *after_found = true;
    found = lookup_from(t, i + 1, mro, name, NULL, false);
  }
  v_drop(t, mro);
  return found;
}

AttrKind attr_kind_of(Value v) {
  if (!v_is_ptr(v)) return ATTR_PLAIN;
  switch (object_shape(v_obj(v))) {
    case SHAPE_FUNCTION: return ATTR_FUNCTION;
    case SHAPE_METHOD_DESCRIPTOR: return ATTR_NATIVE;
    case SHAPE_CLASSMETHOD: return ATTR_CLASSMETHOD;
    case SHAPE_STATICMETHOD: return ATTR_STATICMETHOD;
    case SHAPE_PROPERTY: return ATTR_PROPERTY;
    case SHAPE_MEMBER_DESCRIPTOR: return ATTR_SLOT;
    default: break;
  }
  const TypeSlots *s = &object_type(v_obj(v))->slots;
  return s->descr_set ? ATTR_DATA : s->descr_get ? ATTR_NONDATA : ATTR_PLAIN;
}

// ---- arrays ----------------------------------------------------------------------------------------------------------------------

static size_t attrs_size(uint32_t capacity) {
  return sizeof(TypeAttrs) + capacity * sizeof(TypeAttr) + 4 * capacity * sizeof(uint16_t);
}

static void attrs_publish(TypeAttrs *a, uint32_t entry) {
  a16 *index = (a16 *)(void *)&a->items[a->capacity];
  uint32_t mask = 4 * a->capacity - 1;
  uint32_t i = type_name_hash(a->items[entry].name) & mask;
  while (a16_load_rlx(&index[i])) i = (i + 1) & mask;
  a16_store_rel(&index[i], (uint16_t)(entry + 1));
}

// Room for one more entry: the array itself or its successor. NULL: no memory or too many.
static TypeAttrs *attrs_reserve_locked(Thread *t, Type *type) {
  TypeAttrs *a = aptr_load_rlx(&type->attrs);
  uint32_t count = a ? a32_load_rlx(&a->count) : 0;
  if (a && count < a->capacity) return a;
  uint32_t capacity = a ? 2 * a->capacity : 8;
  if (capacity > TYPE_ATTRS_LIMIT) return NULL;
  TypeAttrs *grown = heap_calloc(t, attrs_size(capacity));
  if (!grown) return NULL;
  grown->capacity = capacity;
  for (uint32_t i = 0; i < count; i++) {
    grown->items[i] = a->items[i];
    attrs_publish(grown, i);
  }
  a32_store_rlx(&grown->count, count);
  aptr_store_rel(&type->attrs, grown);
  if (a) heap_retire(t, &type->ob, a);
  return grown;
}

// Resolves name on type: the value is borrowed from the dict that holds it, which cannot let go of it under the type lock.
static Value resolve_locked(Thread *t, const Type *type, Value name, AttrKind *kind) {
  Value v = type_lookup_mro_quietly(t, type, name, NULL);
  *kind = v_is_null(v) ? ATTR_ABSENT : attr_kind_of(v);
  v_drop(t, v);
  return v_is_null(v) ? V_ABSENT : v;
}

static TypeAttr *attrs_add_locked(Thread *t, Type *type, Value name) {
  TypeAttrs *a = attrs_reserve_locked(t, type);
  if (!a) return NULL;
  uint32_t entry = a32_load_rlx(&a->count);
  TypeAttr *e = &a->items[entry];
  e->value = resolve_locked(t, type, name, &e->kind);
  e->name = v_own(t, name);
  a32_store_rel(&a->count, entry + 1);
  attrs_publish(a, entry);
  return e;
}

// A name that no code mentions and that is absent would only fill the array up: a class probed with generated names.
static bool worth_an_entry(Value name) { return object_is_immortal(v_obj(name)); }

// Whether writes that change what the name means on the class would find its entry. No safepoint.
static bool may_be_cached(const Type *type, Value name) {
  Value mro = v_load_acq(&type->mro);
  if (v_is_null(mro) || type->flags & TYPE_FOREIGN_MRO || any_odd_keys(mro)) return false;
  return v_is_str_exact(name) && str_is_interned(v_str(name));
}

// Takes the type lock if entries may be made for the name. To take it may park, and the class change meanwhile.
static bool lock_if_cached(Thread *t, const Type *type, Value name) {
  if (!may_be_cached(type, name)) return false;
  mutex_lock(t, &type_mutex);
  if (may_be_cached(type, name)) return true;
  mutex_unlock(&type_mutex);
  return false;
}

Value type_lookup_slow(Thread *t, Type *type, Value name, AttrKind *kind) {
  if (!lock_if_cached(t, type, name)) {
    Value v = v_is_str_exact(name) ? type_lookup_mro(t, type, name, NULL) : V_NULL;
    *kind = v_is_null(v) ? ATTR_ABSENT : attr_kind_of(v);
    return v;
  }
  TypeAttr *e = type_attrs_find(aptr_load_rlx(&type->attrs), name);
  if (!e && worth_an_entry(name)) e = attrs_add_locked(t, type, name);
  Value v;
  if (e) {
    *kind = e->kind;
    v = e->kind == ATTR_ABSENT ? V_NULL : v_new_ref_locked(t, e->value);
  } else {
    v = type_lookup_mro_quietly(t, type, name, NULL);
    *kind = v_is_null(v) ? ATTR_ABSENT : attr_kind_of(v);
  }
  mutex_unlock(&type_mutex);
  return v;
}

Value type_lookup(Thread *t, Type *type, Value name) {
  AttrKind kind;
  return type_lookup_kind(t, type, name, &kind);
}

int32_t type_attr_index(Thread *t, Type *type, Value name) {
  TypeAttrs *a = aptr_load_acq(&type->attrs);
  TypeAttr *e = type_attrs_find(a, name);
  if (!e) {
    if (!lock_if_cached(t, type, name)) return -1;
    e = type_attrs_find(aptr_load_rlx(&type->attrs), name);
    if (!e) e = attrs_add_locked(t, type, name);
    a = aptr_load_rlx(&type->attrs);
    mutex_unlock(&type_mutex);
    if (!e) return -1;
  }
  return (int32_t)(e - a->items);
}

void type_free_attrs(Thread *t, Type *type) {
  TypeAttrs *a = aptr_load_rlx(&type->attrs);
  if (!a) return;
  aptr_store_rel(&type->attrs, NULL);
  for (uint32_t i = 0; i < a32_load_rlx(&a->count); i++) v_drop(t, a->items[i].name);
  heap_free(t, a);
}

// ---- writes ----------------------------------------------------------------------------------------------------------------------

// True if an entry for name in type or a subclass would change its kind.
static bool kinds_change_locked(Thread *t, Type *type, Value name) {
  for (Type *c = type_family_locked(type); c; c = c->walk_next) {
    TypeAttr *e = type_attrs_find(aptr_load_rlx(&c->attrs), name);
    AttrKind kind;
    if (!e) continue;
    resolve_locked(t, c, name, &kind);
    if (kind != e->kind) return true;
  }
  return false;
}

static void re_resolve_one_locked(Thread *t, Type *type, Value name) {
  TypeAttr *e = type_attrs_find(aptr_load_rlx(&type->attrs), name);
  if (e) {
    AttrKind kind;
    Value v = resolve_locked(t, type, name, &kind);
    if (e->kind != kind) e->kind = kind;   // with the world stopped only, see modified_locked: readers take no lock
    v_store_rel(&e->value, v);
  }
  a64_store_rel(&type->version, type_next_version());
}

static void re_resolve_locked(Thread *t, Type *type, Value name) {
  for (Type *c = type_family_locked(type); c; c = c->walk_next) re_resolve_one_locked(t, c, name);
}

static bool bases_cover(const Type *type, const Type *class) {
  const Tuple *bases = v_tuple(type->bases);
  for (int64_t i = 0; i < bases->length; i++)
    if (type_is_subtype(v_as_type(bases->items[i]), class)) return true;
  return false;
}

static bool mro_is_foreign(const Type *type) {
  const Tuple *bases = v_tuple(type->bases), *mro = v_tuple(type->mro);
  for (int64_t i = 0; i < bases->length; i++)
    if (v_as_type(bases->items[i])->flags & TYPE_FOREIGN_MRO) return true;
  if (object_type(&type->ob) == &type_type) return false;   // C3 it is
  for (int64_t i = 0; i < mro->length; i++) {
    const Type *class = v_as_type(mro->items[i]);
    if (class != type && !bases_cover(type, class)) return true;
  }
  return false;
}

void type_judge_mro(Type *type) {
  if (mro_is_foreign(type)) type->flags |= TYPE_FOREIGN_MRO;
  else type->flags &= ~(uint32_t)TYPE_FOREIGN_MRO;
}

static void discard_attrs_stopped(Thread *t, Type *type) {
  TypeAttrs *a = aptr_load_rlx(&type->attrs);
  if (!a) return;
  aptr_store_rel(&type->attrs, NULL);
  for (uint32_t i = 0; i < a32_load_rlx(&a->count); i++) v_drop(t, a->items[i].name);
  heap_retire(t, &type->ob, a);
}

static void re_resolve_one_stopped(Thread *t, Type *type) {
  if (type->flags & TYPE_HEAP) type_judge_mro(type);
  if (type->flags & TYPE_FOREIGN_MRO) discard_attrs_stopped(t, type);
  TypeAttrs *a = aptr_load_rlx(&type->attrs);
  for (uint32_t i = 0; a && i < a32_load_rlx(&a->count); i++)
    a->items[i].value = resolve_locked(t, type, a->items[i].name, &a->items[i].kind);
  a64_store_rel(&type->version, type_next_version());
}

static void re_resolve_all_stopped(Thread *t, Type *type) {
  for (Type *c = type_family_locked(type); c; c = c->walk_next) re_resolve_one_stopped(t, c);
}

static void flush_stopped(Thread *t, Type *type) {
  if (!shape_flush_hook) return;
  shape_mark_flushing(type);
  shape_flush_hook(t);
  shape_unmark_flushing();
}

static void refill_slots_stopped(Thread *t, Type *type, Value name) {
  for (Type *c = type_family_locked(type); c; c = c->walk_next) {
    type_refill_slots_hook(t, c, name);
    shape_refresh_class(c);
  }
}

void type_resolve_all_stopped(Thread *t, Type *type) {
  refill_slots_stopped(t, type, V_NULL);
  re_resolve_all_stopped(t, type);
  flush_stopped(t, type);
}

static void modified_locked(Thread *t, Type *type, Value name) {
  int effect = type_slot_effect_hook ? type_slot_effect_hook(name) : 0;
  if (!effect && !kinds_change_locked(t, type, name)) {
    re_resolve_locked(t, type, name);
    return;
  }
  stop_the_world(t);
  if (effect) refill_slots_stopped(t, type, name);
  if (effect & SLOT_EFFECT_FLUSH_ALL) {
    // A class became or ceased to be a descriptor type: values of that type change their kind wherever they are.
    re_resolve_all_stopped(t, &type_object);
    flush_stopped(t, &type_object);
  } else {
    re_resolve_locked(t, type, name);
    flush_stopped(t, type);
  }
  start_the_world(t);
}

void type_modified(Thread *t, Type *type, Value name) {
  mutex_lock(t, &type_mutex);
  modified_locked(t, type, name);
  mutex_unlock(&type_mutex);
}

// The dict's part of a write; *old receives what was there, so that it outlives every array that borrows it.
static int write_dict(Thread *t, Dict *dict, Value name, Value value, Value *old) {
  int r = dict_get(t, dict, name, old);
  if (r < 0) return -1;
  if (!v_is_null(value)) return dict_set(t, dict, name, value);
  return r == 0 ? 1 : dict_delete(t, dict, name) < 0 ? -1 : 0;
}

int type_store_attr(Thread *t, Type *type, Value name, Value value) {
  Dict *dict = v_dict(type->dict);
  Value old = V_NULL;
  bool odd = has_odd_keys(type);   // such a dict may run Python code: not under the lock
  int r = odd ? write_dict(t, dict, name, value, &old) : 0;
  if (r == 0) {
    mutex_lock(t, &type_mutex);
    if (!odd) r = write_dict(t, dict, name, value, &old);
    if (r == 0) modified_locked(t, type, name);
    mutex_unlock(&type_mutex);
  }
  v_drop(t, old);
  return r;
}

// ---- subclasses ------------------------------------------------------------------------------------------------------------------

int type_add_subclass_locked(Thread *t, Type *base, Type *derived) {
  TypeList *list = base->subclasses;
  if (!list || list->count == list->capacity) {
    uint32_t capacity = list ? 2 * list->capacity : 4;
    TypeList *grown = heap_alloc(t, sizeof *grown + capacity * sizeof(Type *));
    if (!grown) {
      raise_no_memory(t);
      return -1;
    }
    grown->capacity = capacity;
    grown->count = list ? list->count : 0;
    if (list) memcpy(grown->items, list->items, list->count * sizeof(Type *));
    base->subclasses = grown;
    heap_free(t, list);
    list = grown;
  }
  list->items[list->count++] = derived;
  return 0;
}

int type_add_subclass(Thread *t, Type *base, Type *derived) {
  mutex_lock(t, &type_mutex);
  int r = type_add_subclass_locked(t, base, derived);
  mutex_unlock(&type_mutex);
  return r;
}

void type_remove_subclass_locked(Type *base, Type *derived) {
  TypeList *list = base->subclasses;
  for (uint32_t i = 0; list && i < list->count; i++) {
    if (list->items[i] != derived) continue;
    memmove(&list->items[i], &list->items[i + 1], (list->count - i - 1) * sizeof(Type *));
    list->count--;
    break;
  }
}

void type_remove_subclass(Thread *t, Type *base, Type *derived) {
  mutex_lock(t, &type_mutex);
  type_remove_subclass_locked(base, derived);
  mutex_unlock(&type_mutex);
}

// Classes that the collector has found unreachable are left out, as a cleared weak reference would be.
Value type_list_subclasses(Thread *t, Type *type) {
  Value result = list_new(t, 4);
  if (v_is_null(result)) return V_NULL;
  mutex_lock(t, &type_mutex);
  TypeList *list = type->subclasses;
  for (uint32_t i = 0; list && i < list->count; i++) {
    Object *o = &list->items[i]->ob;
    if (a8_load_rlx(&o->gc) & GC_UNREACHABLE) continue;
    if (list_append_steal(t, v_list(result), v_new_ref_locked(t, v_from_obj(o))) < 0) {
      mutex_unlock(&type_mutex);
      v_drop(t, result);
      return V_NULL;
    }
  }
  mutex_unlock(&type_mutex);
  return result;
}
