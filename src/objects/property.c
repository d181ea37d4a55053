// property, classmethod and staticmethod.
#include <stddef.h>

#include "objects/error.h"
#include "objects/function.h"
#include "objects/dict_attribute.h"
#include "objects/instance.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/property.h"
#include "objects/str.h"
#include "objects/tuple.h"

// --- property -----------------------------------------------------------------------------------------------------------------------
// Fields are set by __init__ and __set_name__ before the object is shared; readers need no lock.

static Property *v_property(Value v) { return (Property *)v_obj(v); }

static Value or_none(Thread *t, Value v) { return v_is_null(v) ? V_NONE : v_own(t, v); }
static Value null_if_none(Thread *t, Value v) { return v_is_absent_or_none(v) ? V_NULL : v_own(t, v); }

static Value property_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

// A getter's docstring is the property's, unless one was given. A subclass keeps it in its instance dict, as __doc__ of the class hides ours.
static int adopt_doc(Thread *t, Value self) {
  Property *p = v_property(self);
  Value doc;
  int r = object_lookup_attr(t, p->get, N(__doc__), &doc);
  if (r <= 0) return r;
  if (v_is_exact(self, SHAPE_PROPERTY)) {
    v_set(t, &p->doc, v_is_none(doc) ? V_NULL : v_own(t, doc));
    r = 0;
  } else {
    r = object_setattr(t, self, N(__doc__), doc);
  }
  p->getter_doc = true;
  v_drop(t, doc);
  return r;
}

static int property_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[4];
  if (native_bind(t, &binder, "property(fget=None, fset=None, fdel=None, doc=None)", args, nargs, kwnames, a) < 0) return -1;
  Property *p = v_property(self);
  instance_field_store(t, &p->ob, &p->get, null_if_none(t, a[0]));
  instance_field_store(t, &p->ob, &p->set, null_if_none(t, a[1]));
  instance_field_store(t, &p->ob, &p->del, null_if_none(t, a[2]));
  instance_field_store(t, &p->ob, &p->doc, null_if_none(t, a[3]));
  instance_field_store(t, &p->ob, &p->name, V_NULL);
  p->getter_doc = false;
  if (v_is_absent_or_none(a[3]) && !v_is_null(p->get)) return adopt_doc(t, self);
  return 0;
}

// "property 'x' of 'C' object has no setter"
static void no_accessor(Thread *t, Value self, Value obj, const char *what) {
  Property *p = v_property(self);
  Value qualname = v_type(obj)->qualname;
  if (!v_is_null(p->name)) raise_error(t, &exc_AttributeError, "property %R of %R object has no %s", p->name, qualname, what);
  else raise_error(t, &exc_AttributeError, "property of %R object has no %s", qualname, what);
}

static Value property_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  if (v_is_null(obj) || v_is_none(obj)) return v_own(t, self);
  Property *p = v_property(self);
  if (v_is_null(p->get)) {
    no_accessor(t, self, obj, "getter");
    return V_NULL;
  }
  return object_call1(t, p->get, obj);
}

static int property_set(Thread *t, Value self, Value obj, Value value) {
  Property *p = v_property(self);
  Value f = v_is_null(value) ? p->del : p->set;
  if (v_is_null(f)) {
    no_accessor(t, self, obj, v_is_null(value) ? "deleter" : "setter");
    return -1;
  }
  Value r = v_is_null(value) ? object_call1(t, f, obj) : object_call2(t, f, obj, value);
  if (v_is_null(r)) return -1;
  v_drop(t, r);
  return 0;
}

// A copy of the same class with one accessor replaced; None replaces nothing.
static Value property_with(Thread *t, Value self, Value get, Value set, Value del) {
  Property *p = v_property(self);
  bool take_getters_doc = p->getter_doc && !v_is_none(get);
  Value doc = take_getters_doc ? V_NONE : or_none(t, p->doc);
  Value args[] = {get, set, del, doc};
  Value copy = object_call(t, v_from_obj(v_type(self)), args, 4, V_NULL);
  v_drop(t, doc);
  if (!v_is_null(copy) && v_is_exact(copy, SHAPE_PROPERTY)) v_set(t, &v_property(copy)->name, v_own(t, p->name));
  return copy;
}

#define FIELD_OR_NONE(field) (v_is_null(field) ? V_NONE : (field))
static Value given_or(Value given, Value old) { return v_is_none(given) ? FIELD_OR_NONE(old) : given; }
static Value property_getter(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Property *p = v_property(self);
  return property_with(t, self, given_or(args[0], p->get), FIELD_OR_NONE(p->set), FIELD_OR_NONE(p->del));
}
static Value property_setter(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Property *p = v_property(self);
  return property_with(t, self, FIELD_OR_NONE(p->get), given_or(args[0], p->set), FIELD_OR_NONE(p->del));
}
static Value property_deleter(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Property *p = v_property(self);
  return property_with(t, self, FIELD_OR_NONE(p->get), FIELD_OR_NONE(p->set), given_or(args[0], p->del));
}

static Value property_set_name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)kwnames;
  if (nargs != 2) return raise_type_error(t, "__set_name__() takes 2 positional arguments but %zu were given", nargs);
  v_set(t, &v_property(self)->name, v_own(t, args[1]));
  return V_NONE;
}

static Value property_get_abstract(Thread *t, Value self, void *closure) {
  (void)closure;
  Property *p = v_property(self);
  Value parts[] = {p->get, p->set, p->del};
  for (int i = 0; i < 3; i++) {
    if (v_is_null(parts[i])) continue;
    int r = object_is_abstract(t, parts[i]);
    if (r < 0) return V_NULL;
    if (r) return V_TRUE;
  }
  return V_FALSE;
}

static void property_clear(Thread *t, Object *o) {
  Property *p = (Property *)o;
  v_clear(t, &p->get);
  v_clear(t, &p->set);
  v_clear(t, &p->del);
  v_clear(t, &p->doc);
  v_clear(t, &p->name);
}

static void property_dealloc(Thread *t, Object *o) {
  property_clear(t, o);
  heap_free_object(t, o);
}

static void property_traverse(Object *o, GcVisit visit, void *arg) {
  Property *p = (Property *)o;
  gc_visit_value(p->get, visit, arg);
  gc_visit_value(p->set, visit, arg);
  gc_visit_value(p->del, visit, arg);
  gc_visit_value(p->doc, visit, arg);
}

static const NativeDef property_methods[] = {
    {"getter($self, fget, /)", property_getter, "The same property with another function to read it.", NATIVE_NO_SIGNATURE},
    {"setter($self, fset, /)", property_setter, "The same property with another function to set it.", NATIVE_NO_SIGNATURE},
    {"deleter($self, fdel, /)", property_deleter, "The same property with another function to delete it.", NATIVE_NO_SIGNATURE},
    {"__set_name__($self, owner, name, /)", property_set_name, "Tells the property the name it is assigned to.", NATIVE_NO_SIGNATURE | NATIVE_RAW},
    {0},
};
static const MemberDef property_members[] = {
    {"fget", MEMBER_VALUE, offsetof(Property, get), true, NULL},
    {"fset", MEMBER_VALUE, offsetof(Property, set), true, NULL},
    {"fdel", MEMBER_VALUE, offsetof(Property, del), true, NULL},
    {"__doc__", MEMBER_VALUE, offsetof(Property, doc), false, NULL},
    {0},
};
static const GetSetDef property_getset[] = {{"__isabstractmethod__", property_get_abstract, NULL, NULL, NULL}, {0}};

Type type_property;
static const TypeSpec spec_property = {
    .name = "property",
    .size = sizeof(Property),
    .flags = TYPE_BASETYPE,
    .slots = {.new = property_new, .init = property_init, .descr_get = property_get, .descr_set = property_set,
              .dealloc = property_dealloc, .traverse = property_traverse, .clear = property_clear},
    .methods = property_methods,
    .getset = property_getset,
    .members = property_members,
    .doc = "Property attribute.",
    .text_signature = "(fget=None, fset=None, fdel=None, doc=None)",
};

// --- classmethod, staticmethod --------------------------------------------------------------------------------------------------------

static ClassMethod *v_wrapper(Value v) { return (ClassMethod *)v_obj(v); }

static Value wrapper_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

static Value raise_uninitialized(Thread *t, const char *kind) { return raise_error(t, &exc_RuntimeError, "uninitialized %s object", kind); }

// Takes over what tools look at (functools.wraps' list), and __wrapped__.
static int copy_metadata(Thread *t, Value self, Value callable) {
  const Value names[] = {N(__module__), N(__name__), N(__qualname__), N(__doc__), N(__annotations__)};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Value v;
    int r = object_lookup_attr(t, callable, names[i], &v);
    if (r < 0) return -1;
    if (r == 0) continue;
    r = object_setattr(t, self, names[i], v);
    v_drop(t, v);
    if (r < 0) return -1;
  }
  return 0;
}

static int wrapper_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  const char *name = type_is_subtype(v_type(self), &type_classmethod) ? "classmethod" : "staticmethod";
  if (native_no_keywords(t, name, kwnames) < 0 || native_check_positional(t, name, nargs, 1, 1) < 0) return -1;
  instance_field_store(t, v_obj(self), &v_wrapper(self)->callable, v_own(t, args[0]));
  return copy_metadata(t, self, args[0]);
}

static Value wrapper_make(Thread *t, Type *type, Value callable) {
  Value self = wrapper_new(t, type, NULL, 0, V_NULL);
  if (v_is_null(self)) return V_NULL;
  v_wrapper(self)->callable = v_own(t, callable);
  return self;
}
Value classmethod_new(Thread *t, Value callable) { return wrapper_make(t, &type_classmethod, callable); }
Value staticmethod_new(Thread *t, Value callable) { return wrapper_make(t, &type_staticmethod, callable); }

// 3.11: what a classmethod wraps is itself asked for __get__, so chains of descriptors work.
static Value classmethod_get(Thread *t, Value self, Value obj, Value type) {
  if (v_is_null(type)) type = v_from_obj(v_type(obj));
  Value f = v_wrapper(self)->callable;
  if (v_is_null(f)) return raise_uninitialized(t, "classmethod");
  if (v_type(f)->slots.descr_get) return v_type(f)->slots.descr_get(t, f, type, type);
  return method_new(t, f, type);
}

static Value staticmethod_get(Thread *t, Value self, Value obj, Value type) {
  (void)obj, (void)type;
  if (v_is_null(v_wrapper(self)->callable)) return raise_uninitialized(t, "staticmethod");
  return v_own(t, v_wrapper(self)->callable);
}

static Value staticmethod_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (v_is_null(v_wrapper(self)->callable)) return raise_uninitialized(t, "staticmethod");
  return object_call(t, v_wrapper(self)->callable, args, nargs, kwnames);
}

static Value wrapper_repr(Thread *t, Value self, const char *kind) {
  Value f = v_wrapper(self)->callable;
  return v_is_null(f) ? str_from_format(t, "<%s(<NULL>)>", kind) : str_from_format(t, "<%s(%R)>", kind, f);
}
static Value classmethod_repr(Thread *t, Value self) { return wrapper_repr(t, self, "classmethod"); }
static Value staticmethod_repr(Thread *t, Value self) { return wrapper_repr(t, self, "staticmethod"); }

static Value wrapper_get_abstract(Thread *t, Value self, void *closure) {
  (void)closure;
  Value f = v_wrapper(self)->callable;
  int r = v_is_null(f) ? 0 : object_is_abstract(t, f);
  return r < 0 ? V_NULL : v_from_bool(r);
}
static void wrapper_clear(Thread *t, Object *o) {
  v_clear(t, &((ClassMethod *)o)->callable);
  instance_clear_ext(t, o, &((ClassMethod *)o)->ext);
}

static void wrapper_dealloc(Thread *t, Object *o) {
  wrapper_clear(t, o);
  heap_free_object(t, o);
}

static void wrapper_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((ClassMethod *)o)->callable, visit, arg);
  instance_traverse_ext(o, &((ClassMethod *)o)->ext, visit, arg);
}

static const MemberDef wrapper_members[] = {
    {"__func__", MEMBER_VALUE, offsetof(ClassMethod, callable), true, NULL},
    {"__wrapped__", MEMBER_VALUE, offsetof(ClassMethod, callable), true, NULL},
    {0},
};
static const GetSetDef wrapper_getset[] = {
    {"__isabstractmethod__", wrapper_get_abstract, NULL, NULL, NULL},
    DICT_ATTRIBUTE,
    {0},
};

Type type_classmethod, type_staticmethod;
#define WRAPPER_SPEC(Name, text, ...)                                                                                       \
  static const TypeSpec spec_##Name = {                                                                                     \
      .name = #Name, .size = sizeof(ClassMethod), .flags = TYPE_BASETYPE | TYPE_HAS_EXT, .ext_offset = offsetof(ClassMethod, ext), \
      .slots = {.new = wrapper_new, .init = wrapper_init, .descr_get = Name##_get, .repr = Name##_repr,                     \
                .dealloc = wrapper_dealloc, .traverse = wrapper_traverse, .clear = wrapper_clear, __VA_ARGS__},             \
      .getset = wrapper_getset, .members = wrapper_members, .doc = text, .text_signature = "(function, /)"}
WRAPPER_SPEC(classmethod, "A method that gets the class in place of the object.", );
WRAPPER_SPEC(staticmethod, "A method that gets neither the object nor the class.", .call = staticmethod_call);

bool property_init_types(Thread *t) {
  return type_ready(t, &type_property, &spec_property, SHAPE_PROPERTY) &&
         type_ready(t, &type_classmethod, &spec_classmethod, SHAPE_CLASSMETHOD) &&
         type_ready(t, &type_staticmethod, &spec_staticmethod, SHAPE_STATICMETHOD);
}

int object_is_abstract(Thread *t, Value v) {
  Value flag;
  if (thread_stack_low(t)) {
    raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded in methods of methods");
    return -1;
  }
  int r = object_lookup_attr(t, v, N(__isabstractmethod__), &flag);
  if (r <= 0) return r;
  r = object_is_true(t, flag);
  v_drop(t, flag);
  return r;
}
