// Assigning __class__, __bases__ and __dict__.
#include "objects/type_assign.h"

#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/mro.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/shape.h"
#include "objects/tuple.h"
#include "objects/type_attributes.h"
#include "objects/type_lookup.h"
#include "objects/type_new.h"
#include "threading/stw.h"

// ---- agreement of layouts --------------------------------------------------------------------------------------------------------

static inline bool has_ext(const Type *type) { return type->ext_offset != 0; }

// A class that puts nothing into the instance beyond what its base has.
static bool adds_nothing(const Type *type) {
  const Type *base = type->base;
  return base && type->flags & TYPE_HEAP && type->member_slots == 0 && has_ext(type) == has_ext(base) &&
         (type->flags & TYPE_WEAKREF) == (base->flags & TYPE_WEAKREF);
}

// Both classes add the same to a common base: equally named __slots__ in the same places.
static bool same_additions(Thread *t, const Type *a, const Type *b) {
  if (a->base != b->base || a->member_slots != b->member_slots || has_ext(a) != has_ext(b)) return false;
  if ((a->flags ^ b->flags) & (TYPE_WEAKREF | TYPE_HEAP)) return false;
  if (!(a->flags & TYPE_HEAP)) return false;
  int64_t pos = 0;
  Value name, value, other;
  bool same = true;
  while (same && dict_next(t, v_dict(a->dict), &pos, &name, &value)) {
    if (v_is_exact(value, SHAPE_MEMBER_DESCRIPTOR) && v_member_descriptor(value)->type == a) {
      same = dict_get(t, v_dict(b->dict), name, &other) > 0;
      if (same) {
        const MemberDescriptor *m = v_member_descriptor(other);
        same = v_is_exact(other, SHAPE_MEMBER_DESCRIPTOR) && m->type == b && m->offset == v_member_descriptor(value)->offset;
        v_drop(t, other);
      }
    }
    v_drop(t, name);
    v_drop(t, value);
  }
  return same;
}

bool type_check_same_layout(Thread *t, Type *from, Type *to, const char *attribute) {
  const char *what = NULL;
  if ((from->flags ^ to->flags) & TYPE_HEAP) {
    what = "deallocator";
  } else {
    const Type *a = from, *b = to;
    while (adds_nothing(a)) a = a->base;
    while (adds_nothing(b)) b = b->base;
    if (a != b && !same_additions(t, a, b)) what = "object layout";
  }
  if (!what) return true;
  if (what[0] == 'd') raise_type_error(t, "%s assignment: '%N' deallocator differs from '%N'", attribute, to, from);
  else raise_type_error(t, "%s assignment: '%N' object layout differs from '%N'", attribute, to, from);
  return false;
}

// ---- __class__ -------------------------------------------------------------------------------------------------------------------

static bool is_mutable_class(const Type *type) { return type->flags & TYPE_HEAP && !(type->flags & TYPE_IMMUTABLE); }

// Classes that differ in being descriptors: values of theirs in class dicts change their kind, which caches depend on.
static bool differ_as_descriptors(const Type *a, const Type *b) {
  return !a->slots.descr_get != !b->slots.descr_get || !a->slots.descr_set != !b->slots.descr_set;
}

// A class object keeps its own shape, which is told the new metaclass.
static void assign_metaclass(Thread *t, Type *class, Type *metatype) {
  Value fresh = v_own_obj(t, metatype);
  mutex_lock(t, &type_mutex);
  stop_the_world(t);
  Value old = class->metatype_ref;
  class->metatype_ref = fresh;
  shape_table[class->class_shape].type = metatype;
  type_resolve_all_stopped(t, class);
  start_the_world(t);
  mutex_unlock(&type_mutex);
  v_drop(t, old);
}

int type_assign_class(Thread *t, Value self, Value value) {
  if (v_is_null(value)) {
    raise_type_error(t, "can't delete __class__ attribute");
    return -1;
  }
  if (!v_is_type(value)) {
    raise_type_error(t, "__class__ must be set to a class, not '%T' object", value);
    return -1;
  }
  Type *from = v_type(self), *to = v_as_type(value);
  bool modules = type_is_subtype(from, &type_module) && type_is_subtype(to, &type_module);
  if (!modules && !(is_mutable_class(from) && is_mutable_class(to))) {
    raise_type_error(t, "__class__ assignment only supported for mutable types or ModuleType subclasses");
    return -1;
  }
  if (modules && (from == &type_module || to == &type_module)) {
    // A module may become an instance of a subclass that adds nothing, and back.
    const Type *a = from, *b = to;
    while (adds_nothing(a)) a = a->base;
    while (adds_nothing(b)) b = b->base;
    if (a != b) {
      raise_type_error(t, "__class__ assignment: '%N' object layout differs from '%N'", to, from);
      return -1;
    }
  } else if (!type_check_same_layout(t, from, to, "__class__")) {
    return -1;
  }
  if (v_is_type(self)) {
    assign_metaclass(t, v_as_type(self), to);
    return 0;
  }
  if (instance_set_type(t, v_obj(self), to) < 0) return -1;
  if (differ_as_descriptors(from, to)) {
    mutex_lock(t, &type_mutex);
    stop_the_world(t);
    type_resolve_all_stopped(t, &type_object);
    start_the_world(t);
    mutex_unlock(&type_mutex);
  }
  return 0;
}

// ---- __bases__ -------------------------------------------------------------------------------------------------------------------

static int check_new_bases(Thread *t, Type *type, Value bases) {
  if (!v_is_tuple(bases)) {
    raise_type_error(t, "can only assign tuple to %N.__bases__, not %T", type, bases);
    return -1;
  }
  const Tuple *list = v_tuple(bases);
  if (list->length == 0) {
    raise_type_error(t, "can only assign non-empty tuple to %N.__bases__, not ()", type);
    return -1;
  }
  for (int64_t i = 0; i < list->length; i++) {
    if (!v_is_type(list->items[i])) {
      raise_type_error(t, "%N.__bases__ must be tuple of classes, not '%T'", type, list->items[i]);
      return -1;
    }
    if (type_is_subtype(v_as_type(list->items[i]), type)) {
      raise_type_error(t, "a __bases__ item causes an inheritance cycle");
      return -1;
    }
  }
  return 0;
}

// The old MROs of a class and its subclasses while the new ones are tried.
typedef struct MroUndo { Type **types; Value *old; size_t count, capacity; } MroUndo;

static int remember(Thread *t, MroUndo *undo, Type *type, Value old) {
  if (undo->count == undo->capacity) {
    size_t capacity = undo->capacity ? 2 * undo->capacity : 8;
    Type **types = heap_realloc(t, undo->types, capacity * sizeof *types);
    if (types) undo->types = types;
    Value *olds = heap_realloc(t, undo->old, capacity * sizeof *olds);
    if (olds) undo->old = olds;
    if (!types || !olds) {
      raise_no_memory(t);
      return -1;
    }
    undo->capacity = capacity;
  }
  undo->types[undo->count] = type;
  undo->old[undo->count++] = old;
  return 0;
}

static int renew_mro(Thread *t, Type *type, MroUndo *undo) {
  Value mro = mro_resolve(t, type);
  if (v_is_null(mro)) return -1;
  if (remember(t, undo, type, type->mro) < 0) {
    v_drop(t, mro);
    return -1;
  }
  v_store_rel(&type->mro, mro);
  // A snapshot: mro() may make subclasses.
  Value subclasses = type_list_subclasses(t, type);
  if (v_is_null(subclasses)) return -1;
  Value list = object_to_tuple(t, subclasses);
  v_drop(t, subclasses);
  if (v_is_null(list)) return -1;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(list)->length; i++) r = renew_mro(t, v_as_type(v_tuple(list)->items[i]), undo);
  v_drop(t, list);
  return r;
}

static void move_subclass_entry(Thread *t, Type *type, Value from, Value to) {
  for (int64_t i = 0; i < v_tuple(from)->length; i++) type_remove_subclass(t, v_as_type(v_tuple(from)->items[i]), type);
  for (int64_t i = 0; i < v_tuple(to)->length; i++)
    if (type_add_subclass(t, v_as_type(v_tuple(to)->items[i]), type) < 0) error_clear(t);
}

int type_set_bases(Thread *t, Type *type, Value bases) {
  if (check_new_bases(t, type, bases) < 0) return -1;
  Type *base = type_best_base(t, bases), *old_base = type->base;
  if (!base || !type_check_same_layout(t, old_base, base, "__bases__")) return -1;
  Value old_bases = type->bases, fresh = v_own(t, bases);
  v_store_rel(&type->bases, fresh);
  type->base = base;
  MroUndo undo = {0};
  int r = renew_mro(t, type, &undo);
  if (r == 0) {
    move_subclass_entry(t, type, old_bases, fresh);
    mutex_lock(t, &type_mutex);
    stop_the_world(t);
    type_resolve_all_stopped(t, type);
    start_the_world(t);
    mutex_unlock(&type_mutex);
  } else {
    type->base = old_base;
    v_store_rel(&type->bases, old_bases);
    old_bases = fresh;
    for (size_t i = undo.count; i-- > 0;) {
      Value tried = undo.types[i]->mro;
      v_store_rel(&undo.types[i]->mro, undo.old[i]);
      undo.old[i] = tried;
    }
  }
  for (size_t i = 0; i < undo.count; i++) v_drop(t, undo.old[i]);
  v_drop(t, old_bases);
  heap_free(t, undo.types);
  heap_free(t, undo.old);
  return r;
}

// ---- __dict__ and __weakref__ of instances ---------------------------------------------------------------------------------------

Value (*type_first_weakref_hook)(Thread *t, Value v);

// The __dict__ descriptor of the builtin type that gives obj its ext word (type, module, exceptions...): it decides, not the one of a
// class beside it in the MRO. V_NULL without an exception: a class brought the word in, so ours decides.
static Value builtin_dict_descriptor(Thread *t, Value obj) {
  Type *type = v_type(obj);
  while (type->flags & TYPE_HEAP && type->base) type = type->base;
  return type->ext_offset ? type_lookup(t, type, N(__dict__)) : V_NULL;
}

static Value raise_no_dict(Thread *t, Value self) {
  return raise_type_error(t, "this __dict__ descriptor does not support '%.200T' objects", self);
}

static Value get_dict(Thread *t, Value self, void *closure) {
  (void)closure;
  Value theirs = builtin_dict_descriptor(t, self);
  if (!v_is_null(theirs)) {
    Value (*get)(Thread *, Value, Value, Value) = v_type(theirs)->slots.descr_get;
    Value r = get ? get(t, theirs, self, v_from_obj(v_type(self))) : raise_no_dict(t, self);
    v_drop(t, theirs);
    return r;
  }
  if (!instance_has_attrs(v_obj(self))) return raise_error(t, &exc_AttributeError, "This object has no __dict__");
  return instance_get_dict(t, v_obj(self));
}

static int set_dict(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Value theirs = builtin_dict_descriptor(t, self);
  if (!v_is_null(theirs)) {
    int (*set)(Thread *, Value, Value, Value) = v_type(theirs)->slots.descr_set;
    int r = -1;
    if (set) r = set(t, theirs, self, value);
    else raise_no_dict(t, self);
    v_drop(t, theirs);
    return r;
  }
  if (!instance_has_attrs(v_obj(self))) {
    raise_error(t, &exc_AttributeError, "This object has no __dict__");
    return -1;
  }
  if (!v_is_null(value)) return instance_set_dict(t, self, value);
  Value empty = dict_new(t);
  if (v_is_null(empty)) return -1;
  int r = instance_set_dict(t, self, empty);
  v_drop(t, empty);
  return r;
}

static Value get_weakref(Thread *t, Value self, void *closure) {
  (void)closure;
  return type_first_weakref_hook ? type_first_weakref_hook(t, self) : V_NONE;
}

const GetSetDef type_instance_dict_getset = {"__dict__", get_dict, set_dict, "The attributes of the instance, as a dict.", NULL};
const GetSetDef type_instance_weakref_getset = {"__weakref__", get_weakref, NULL, "The weak references to the object.", NULL};
