// super: attribute look-up that starts behind a class in the MRO of an object's class.
#include "objects/super.h"

#include "objects/error.h"
#include "objects/function.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"

Type type_super;

// Set once by __init__ (or __get__); a second __init__ replaces them, as in CPython.
typedef struct Super {
  Object ob;
  Value type;       // the class to start behind; V_NULL: not initialised
  Value obj;        // V_NULL: unbound
  Value obj_type;   // the class whose MRO is searched
} Super;

static inline Super *v_super(Value v) { return (Super *)v_obj(v); }

// The class whose MRO is searched for super(type, obj), owned; V_NULL with TypeError.
static Value check_object(Thread *t, Value type, Value obj) {
  const Type *start = v_as_type(type);
  if (v_is_type(obj) && type_is_subtype(v_as_type(obj), start)) return v_own(t, obj);
  if (type_is_subtype(v_type(obj), start)) return v_own_obj(t, v_type(obj));
  Value claimed;
  int r = object_lookup_attr(t, obj, N(__class__), &claimed);
  if (r < 0) return V_NULL;
  if (r > 0) {
    if (v_is_type(claimed) && !v_is(claimed, v_from_obj(v_type(obj))) && type_is_subtype(v_as_type(claimed), start)) return claimed;
    v_drop(t, claimed);
  }
  return raise_type_error(t, "super(type, obj): obj must be an instance or subtype of type");
}

// The attribute found behind `type` in obj_type's MRO, bound to obj: 1, 0, -1.
static int lookup_behind(Thread *t, Value type, Value obj, Value obj_type, Value name, Value *out) {
  bool found;
  Value attr = type_lookup_mro_after(t, v_as_type(obj_type), v_as_type(type), name, &found);
  *out = attr;
  if (v_is_null(attr)) return 0;
  Value (*get)(Thread *, Value, Value, Value) = v_type(attr)->slots.descr_get;
  if (!get) return 1;
  // For a class as object the attribute is asked of the class itself.
  *out = get(t, attr, v_is(obj, obj_type) ? V_NULL : obj, obj_type);
  v_drop(t, attr);
  return v_is_null(*out) ? -1 : 1;
}

static Value super_getattro(Thread *t, Value self, Value name) {
  const Super *s = v_super(self);
  Value out;
  // __class__ is super itself, so that isinstance tells the truth.
  if (!v_is_null(s->obj_type) && !v_is(name, N(__class__))) {
    int r = lookup_behind(t, s->type, s->obj, s->obj_type, name, &out);
    if (r != 0) return out;
  }
  return object_generic_getattr(t, self, name);
}

// Behind a class come, in most MROs, those of the next class's own: its array of resolved attributes has the answer then.
static Type *rest_of_mro(const Type *type, const Type *start) {
  const Value mro = v_load_acq(&type->mro);
  if (v_is_null(mro)) return NULL;
  const Tuple *classes = v_tuple(mro);
  int64_t i = 0;
  while (i < classes->length && v_obj(classes->items[i]) != (const Object *)start) i++;
  int64_t left = classes->length - i - 1;
  if (left <= 0) return NULL;
  Type *next = v_as_type(classes->items[i + 1]);
  const Value own = v_load_acq(&next->mro);
  if (v_is_null(own) || v_tuple(own)->length != left) return NULL;
  for (int64_t k = 0; k < left; k++)
    if (!v_is(v_tuple(own)->items[k], classes->items[i + 1 + k])) return NULL;
  return next;
}

Value super_find_method(Thread *t, Type *start, Value self, Value name) {
  const Type *type = v_type(self);
  Type *next = type->flags & TYPE_TYPE ? NULL : rest_of_mro(type, start);
  if (!next || v_is(name, N(__class__))) return V_NULL;
  AttrKind kind;
  Value found = type_lookup_keep(t, next, name, &kind);
  if (kind == ATTR_FUNCTION || kind == ATTR_NATIVE) return found;
  v_drop(t, found);
  return V_NULL;
}

static Value super_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

static void super_fill(Thread *t, Value self, Value owned_type, Value owned_obj, Value owned_obj_type) {
  Super *s = v_super(self);
  v_set(t, &s->type, owned_type);
  v_set(t, &s->obj, owned_obj);
  v_set(t, &s->obj_type, owned_obj_type);
}

static int super_tp_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "super", kwnames) < 0) return -1;
  if (nargs > 2) return raise_type_error(t, v_type(self) == &type_super ? "super() expected at most 2 arguments, got %zu" : "super() takes at most 2 arguments (%zu given)", nargs), -1;
  Value type, obj = V_NULL, obj_type = V_NULL;
  if (nargs == 0) {
    if (!super_frame_hook) {
      raise_error(t, &exc_RuntimeError, "super(): no current frame");
      return -1;
    }
    if (super_frame_hook(t, &type, &obj) < 0) return -1;
    if (v_is_none(obj)) obj = V_NULL;   // the first argument, which the function has set to None: unbound, as by super(type, None)
  } else {
    if (!v_is_type(args[0])) {
      raise_type_error(t, v_type(self) == &type_super ? "super() argument 1 must be a type, not %T" : "super() argument 1 must be type, not %T", args[0]);
      return -1;
    }
    type = v_own(t, args[0]);
    if (nargs == 2 && !v_is_none(args[1])) obj = v_own(t, args[1]);
  }
  if (!v_is_null(obj)) {
    obj_type = check_object(t, type, obj);
    if (v_is_null(obj_type)) {
      v_drop(t, type);
      v_drop(t, obj);
      return -1;
    }
  }
  super_fill(t, self, type, obj, obj_type);
  return 0;
}

static Value super_descr_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  const Super *s = v_super(self);
  if (v_is_null(obj) || v_is_none(obj) || !v_is_null(s->obj)) return v_own(t, self);
  if (v_type(self) != &type_super) return object_call2(t, v_from_obj(v_type(self)), s->type, obj);
  Value obj_type = check_object(t, s->type, obj);
  if (v_is_null(obj_type)) return V_NULL;
  Value bound = type_generic_alloc(t, &type_super, 0);
  if (v_is_null(bound)) v_drop(t, obj_type);
  else super_fill(t, bound, v_own(t, s->type), v_own(t, obj), obj_type);
  return bound;
}

static Value super_repr(Thread *t, Value self) {
  const Super *s = v_super(self);
  if (v_is_null(s->type)) return str_from_cstr(t, "<super: <class 'NULL'>, NULL>");
  const Type *type = v_as_type(s->type);
  if (v_is_null(s->obj_type)) return str_from_format(t, "<super: <class '%N'>, NULL>", type);
  return str_from_format(t, "<super: <class '%N'>, <%N object>>", type, v_as_type(s->obj_type));
}

static void super_clear(Thread *t, Object *o) {
  Super *s = (Super *)o;
  v_clear(t, &s->obj);
  v_clear(t, &s->type);
  v_clear(t, &s->obj_type);
}

static void super_dealloc(Thread *t, Object *o) {
  super_clear(t, o);
  heap_free_object(t, o);
}

static void super_traverse(Object *o, GcVisit visit, void *arg) {
  const Super *s = (const Super *)o;
  gc_visit_value(s->obj, visit, arg);
  gc_visit_value(s->type, visit, arg);
  gc_visit_value(s->obj_type, visit, arg);
}

static const MemberDef super_members[] = {
    {"__thisclass__", MEMBER_VALUE, offsetof(Super, type), true, "The class that super() was given."},
    {"__self__", MEMBER_VALUE, offsetof(Super, obj), true, "The object that super() was given, or None."},
    {"__self_class__", MEMBER_VALUE, offsetof(Super, obj_type), true, "The class whose method resolution order is searched."},
    {0},
};

const TypeSpec spec_super = {
    .name = "super",
    .size = sizeof(Super),
    .flags = TYPE_BASETYPE,
    .slots = {.repr = super_repr, .getattro = super_getattro, .descr_get = super_descr_get, .new = super_new, .init = super_tp_init,
              .dealloc = super_dealloc, .traverse = super_traverse, .clear = super_clear},
    .members = super_members,
    .doc = "super() -> as super(__class__, <first argument>)\n"
           "super(type) -> unbound super object\n"
           "super(type, obj) -> bound; obj is an instance of type\n"
           "super(type, type2) -> bound; type2 is a subclass of type\n"
           "Looks attributes up in the classes that follow type in the method resolution order.",
};

bool super_init(Thread *t) { return type_ready(t, &type_super, &spec_super, SHAPE_SUPER); }
