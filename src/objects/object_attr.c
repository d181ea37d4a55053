// Attribute access on any value: the generic algorithm, look-ups that swallow AttributeError, special methods, dir().
#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/type_attributes.h"
#include "objects/type_lookup.h"
#include "objects/type_slots.h"

// ---- names -----------------------------------------------------------------------------------------------------------------------

// The canonical name for any str; the caller drops it. V_NULL with TypeError for anything else.
static inline Value canonical_name(Thread *t, Value name) {
  if (likely(v_is_str_exact(name) && str_is_interned(v_str(name)))) return v_own(t, name);
  if (v_is_str(name)) return name_canonical(t, name);
  return raise_type_error(t, "attribute name must be string, not '%.200T'", name);
}

// An AttributeError that says nothing about its object learns it here.
static void fill_attribute_error(Thread *t, Value obj, Value name) {
  if (!t->exc || !error_matches(t, &exc_AttributeError)) return;
  AttributeErrorException *e = (AttributeErrorException *)t->exc;
  if (!v_is_null(e->name) || !v_is_null(e->obj)) return;
  e->name = v_own(t, name);
  e->obj = v_own(t, obj);
}

// ---- reading ---------------------------------------------------------------------------------------------------------------------

// A data descriptor comes before the instance's own attributes. It must be able to read.
static inline bool reads_first(Value attr, AttrKind kind) {
  return kind >= ATTR_PROPERTY && kind != ATTR_NONDATA && v_type(attr)->slots.descr_get != NULL;
}

// What a class attribute gives for an instance. Steals attr, which is as type_lookup_keep returned it.
static Value bind_attr(Thread *t, Value attr, AttrKind kind, Value obj) {
  Value (*get)(Thread *, Value, Value, Value) = kind == ATTR_PLAIN ? NULL : v_type(attr)->slots.descr_get;
  if (kind != ATTR_FUNCTION) attr = v_kept_own(t, attr);   // handed out, or in use while Python code runs
  if (!get) return attr;
  Value bound = kind == ATTR_FUNCTION ? method_new(t, attr, obj) : get(t, attr, obj, v_from_obj(v_type(obj)));
  v_drop(t, attr);
  return bound;
}

int object_generic_lookup(Thread *t, Value v, Value name, Value *out) {
  Type *type = v_type(v);
  AttrKind kind;
  Value attr = type_lookup_keep(t, type, name, &kind);
  if (kind != ATTR_ABSENT && reads_first(attr, kind)) {
    *out = bind_attr(t, attr, kind, v);
    return v_is_null(*out) ? -1 : 1;
  }
  if (v_is_ptr(v) && type->ext_offset) {
    int r = instance_get_attr(t, v_obj(v), name, out);
    if (r != 0) {
      v_drop(t, attr);
      return r;
    }
    // It may have waited for a lock: what was kept uncounted has to be looked up again.
    if (kind != ATTR_NATIVE && v_is_kept(attr)) attr = type_lookup_keep(t, type, name, &kind);
  }
  if (kind == ATTR_ABSENT) {
    *out = V_NULL;
    return 0;
  }
  *out = bind_attr(t, attr, kind, v);
  return v_is_null(*out) ? -1 : 1;
}

Value object_generic_getattr(Thread *t, Value v, Value name) {
  Value key = canonical_name(t, name), out = V_NULL;
  if (v_is_null(key)) return V_NULL;
  if (object_generic_lookup(t, v, key, &out) == 0) raise_attribute_error(t, v, key);
  v_drop(t, key);
  return out;
}

Value object_getattr(Thread *t, Value v, Value name) {
  Value key = canonical_name(t, name);
  if (v_is_null(key)) return V_NULL;
  Value out = v_type(v)->slots.getattro(t, v, key);
  if (unlikely(v_is_null(out))) fill_attribute_error(t, v, key);
  v_drop(t, key);
  return out;
}

int object_lookup_attr(Thread *t, Value v, Value name, Value *out) {
  Value key = canonical_name(t, name);
  *out = V_NULL;
  if (v_is_null(key)) return -1;
  Value (*getattro)(Thread *, Value, Value) = v_type(v)->slots.getattro;
  int r;
  if (getattro == object_generic_getattr) {
    r = object_generic_lookup(t, v, key, out);
  } else if (getattro == type_type.slots.getattro) {
    r = type_find_attr(t, v_as_type(v), key, out);
  } else {
    *out = getattro(t, v, key);
    r = v_is_null(*out) ? -1 : 1;
  }
  v_drop(t, key);
  if (r < 0 && error_matches(t, &exc_AttributeError)) {
    error_clear(t);
    return 0;
  }
  return r;
}

int object_lookup_special(Thread *t, Value v, Value name, Value *out) {
  AttrKind kind;
  Value attr = type_lookup_keep(t, v_type(v), name, &kind);
  if (v_is_null(attr)) {
    *out = V_NULL;
    return 0;
  }
  *out = bind_attr(t, attr, kind, v);
  return v_is_null(*out) ? -1 : 1;
}

// ---- writing ---------------------------------------------------------------------------------------------------------------------

static int refuse_write(Thread *t, Value v, Value name, bool class_has_it) {
  if (class_has_it) raise_error(t, &exc_AttributeError, "'%.100T' object attribute '%U' is read-only", v, name);
  else raise_attribute_error(t, v, name);
  return -1;
}

static int generic_set(Thread *t, Value v, Value name, Value value) {
  Type *type = v_type(v);
  AttrKind kind;
  Value attr = type_lookup_keep(t, type, name, &kind);
  if (kind >= ATTR_PROPERTY || kind == ATTR_CLASSMETHOD || kind == ATTR_STATICMETHOD) {
    int (*set)(Thread *, Value, Value, Value) = v_type(attr)->slots.descr_set;
    if (set) {
      attr = v_kept_own(t, attr);
      int r = set(t, attr, v, value);
      v_drop(t, attr);
      return r;
    }
  }
  bool class_has_it = kind != ATTR_ABSENT;
  v_drop(t, attr);
  int r = v_is_ptr(v) ? instance_set_attr(t, v_obj(v), name, value) : 2;
  switch (r) {
    case 0: return 0;
    case 1: return refuse_write(t, v, name, false);
    case 2: return refuse_write(t, v, name, class_has_it);
    default: return -1;
  }
}

int object_generic_setattr(Thread *t, Value v, Value name, Value value) {
  Value key = canonical_name(t, name);
  if (v_is_null(key)) return -1;
  int r = generic_set(t, v, key, value);
  v_drop(t, key);
  return r;
}

int object_setattr(Thread *t, Value v, Value name, Value value) {
  Value key = canonical_name(t, name);
  if (v_is_null(key)) return -1;
  int (*setattro)(Thread *, Value, Value, Value) = v_type(v)->slots.setattro;
  int r = setattro(t, v, setattro == slot_generic_setattro ? name : key, value);     // Python code sees the name as it is, a subclass of str too
  v_drop(t, key);
  return r;
}

// ---- __dict__ and dir() ----------------------------------------------------------------------------------------------------------

Value object_get_dict(Thread *t, Value v) {
  if (!v_is_ptr(v) || !v_type(v)->ext_offset) return V_NULL;
  return instance_get_dict(t, v_obj(v));
}

Value object_dir(Thread *t, Value v) {
  Value method;
  int r = object_lookup_special(t, v, N(__dir__), &method);
  if (r == 0) return raise_type_error(t, "object does not provide __dir__");
  if (r < 0) return V_NULL;
  Value names = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(names)) return V_NULL;
  Value list = object_to_list(t, names);
  v_drop(t, names);
  if (!v_is_null(list) && list_sort(t, v_list(list), V_NULL, false) < 0) {
    v_drop(t, list);
    return V_NULL;
  }
  return list;
}
