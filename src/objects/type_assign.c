// Assigning __class__ and __dict__.
#include "objects/type_assign.h"

#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
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
  // The dict of an int's, a tuple's or a bytes' heir lies behind its items: at no fixed place, hence never "the same".
  if (type_has_items(a->base) && has_ext(a) && !has_ext(a->base)) return false;
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

// Memory of objects that the collector sees is freed in another way, in python3.11.
static bool is_collected(const Type *type) { return type->flags & TYPE_HEAP || type->slots.traverse; }

bool type_check_same_layout(Thread *t, Type *from, Type *to, const char *attribute) {
  const char *what = NULL;
  if (is_collected(from) != is_collected(to)) {
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
