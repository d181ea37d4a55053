// The type `object`: what every value can do unless its class says otherwise.
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/mro.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/object_reduce.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_assign.h"
#include "objects/type_attributes.h"

Type type_object;

#define METHOD(fn) static Value fn(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

// ---- creation --------------------------------------------------------------------------------------------------------------------

static bool has_arguments(size_t nargs, Value kwnames) { return nargs || (!v_is_null(kwnames) && v_tuple(kwnames)->length); }

static Value raise_abstract(Thread *t, Type *type) {
  Value methods = object_getattr(t, v_from_obj(type), N(__abstractmethods__));
  if (v_is_null(methods)) return V_NULL;
  Value names = object_to_list(t, methods), text = V_NULL;
  v_drop(t, methods);
  if (v_is_null(names)) return V_NULL;
  int64_t n = list_length(v_list(names));
  if (list_sort(t, v_list(names), V_NULL, false) == 0) {
    Value comma = str_from_cstr(t, ", ");
    if (!v_is_null(comma)) text = str_join(t, comma, names);
    v_drop(t, comma);
  }
  v_drop(t, names);
  if (v_is_null(text)) return V_NULL;
  raise_type_error(t, "Can't instantiate abstract class %N with abstract method%s %U", type, n > 1 ? "s" : "", text);
  v_drop(t, text);
  return V_NULL;
}

// Arguments that neither __new__ nor __init__ of a class takes are an error, told by the one of the two that is object's own.
static Value object_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  if (has_arguments(nargs, kwnames)) {
    if (type->slots.new != type_object.slots.new)
      return raise_type_error(t, "object.__new__() takes exactly one argument (the type to instantiate)");
    if (type->slots.init == type_object.slots.init) return raise_type_error(t, "%.200N() takes no arguments", type);
  }
  if (type->flags & TYPE_ABSTRACT) return raise_abstract(t, type);
  return type->slots.alloc(t, type, 0);
}

static int object_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  if (!has_arguments(nargs, kwnames)) return 0;
  Type *type = v_type(self);
  if (type->slots.init != type_object.slots.init) {
    raise_type_error(t, "object.__init__() takes exactly one argument (the instance to initialize)");
    return -1;
  }
  if (type->slots.new == type_object.slots.new) {
    raise_type_error(t, "%.200N.__init__() takes exactly one argument (the instance to initialize)", type);
    return -1;
  }
  return 0;
}

static void object_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

// ---- text, hash, comparison ------------------------------------------------------------------------------------------------------

static void *address_of(Value v) { return (void *)(uintptr_t)(v_is_ptr(v) ? v.w & ~(uint64_t)1 : v.w); }

static Value object_default_repr(Thread *t, Value self) {
  Type *type = v_type(self);
  Value module, qualname, r;
  if (object_lookup_attr(t, v_from_obj(type), N(__module__), &module) < 0) return V_NULL;
  if (v_is_null(module) || !v_is_str(module) || str_equals_cstr(module, "builtins")) {
    r = str_from_format(t, "<%N object at %p>", type, address_of(self));
  } else {
    qualname = v_own(t, v_load_acq(&type->qualname));
    r = str_from_format(t, "<%U.%U object at %p>", module, qualname, address_of(self));
    v_drop(t, qualname);
  }
  v_drop(t, module);
  return r;
}

static Value object_default_str(Thread *t, Value self) { return v_type(self)->slots.repr(t, self); }

static int64_t object_default_hash(Thread *t, Value self) {
  (void)t;
  uint64_t w = (uint64_t)(uintptr_t)address_of(self);
  int64_t h = (int64_t)(w >> 4 | w << 60);
  return h == -1 ? -2 : h;
}

static Value object_default_compare(Thread *t, Value a, Value b, int op) {
  if (op == CMP_EQ) return v_is(a, b) ? V_TRUE : V_NOT_IMPLEMENTED;
  if (op != CMP_NE) return V_NOT_IMPLEMENTED;
  // != is the opposite of what the class says about ==.
  Value (*compare)(Thread *, Value, Value, int) = v_type(a)->slots.richcompare;
  if (!compare) return V_NOT_IMPLEMENTED;
  Value equal = compare(t, a, b, CMP_EQ);
  if (v_is_null(equal) || v_is_not_implemented(equal)) return equal;
  int truth = object_is_true(t, equal);
  v_drop(t, equal);
  return truth < 0 ? V_NULL : v_from_bool(!truth);
}

// ---- attributes ------------------------------------------------------------------------------------------------------------------

static Value get_class(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own_obj(t, v_type(self));
}

static int set_class(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  return type_assign_class(t, self, value);
}

static const GetSetDef object_getset[] = {
    {"__class__", get_class, set_class, "The class of the object.", NULL},
    {0},
};

METHOD(object_dir_method) {
  UNUSED_ARGS;
  Value own = V_NULL, names, class;
  int r = object_lookup_attr(t, self, N(__dict__), &own);
  if (r < 0) return V_NULL;
  names = r > 0 && v_is_dict(own) ? dict_copy(t, v_dict(own)) : dict_new(t);
  v_drop(t, own);
  if (v_is_null(names)) return V_NULL;
  r = object_lookup_attr(t, self, N(__class__), &class);
  if (r > 0) {
    r = type_merge_class_names(t, names, class);
    v_drop(t, class);
  }
  Value list = r < 0 ? V_NULL : dict_keys_list(t, v_dict(names));
  v_drop(t, names);
  return list;
}

METHOD(object_sizeof) {
  UNUSED_ARGS;
  return int_from_i64(t, v_is_ptr(self) && !object_is_immortal(v_obj(self)) ? (int64_t)heap_object_size(v_obj(self)) : v_type(self)->size);
}

METHOD(object_format_method) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "__format__() argument must be str, not %K", args[0]);
  if (str_length(v_str(args[0])) > 0) return raise_type_error(t, "unsupported format string passed to %.200T.__format__", self);
  return object_str(t, self);
}

METHOD(object_init_subclass) {
  (void)args;
  Value name = v_as_type(self)->qualname;
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length) return raise_type_error(t, "%U.__init_subclass__() takes no keyword arguments", name);
  if (nargs) return raise_type_error(t, "%U.__init_subclass__() takes no arguments (%zu given)", name, nargs);
  return V_NONE;
}

METHOD(object_subclasshook) {
  UNUSED_ARGS;
  (void)t, (void)self;
  return V_NOT_IMPLEMENTED;
}

METHOD(object_reduce_method) {
  UNUSED_ARGS;
  return object_reduce_default(t, self, 0);
}

METHOD(object_reduce_ex_method) {
  (void)nargs, (void)kwnames;
  int protocol = number_as_int(t, args[0]);
  return protocol == -1 && error_pending(t) ? V_NULL : object_reduce_ex(t, self, protocol);
}

METHOD(object_getstate_method) {
  UNUSED_ARGS;
  return object_getstate_default(t, self, false);
}

static const NativeDef object_methods[] = {
    {"__reduce_ex__($self, protocol, /)", object_reduce_ex_method, "How to pickle the object with a protocol.", 0},
    {"__reduce__($self, /)", object_reduce_method, "How to pickle the object.", 0},
    {"__getstate__($self, /)", object_getstate_method, "The state that pickling keeps.", 0},
    {"__subclasshook__()", object_subclasshook, "Lets an abstract class decide what counts as its subclass.", NATIVE_CLASS | NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__init_subclass__()", object_init_subclass, "Called when the class is subclassed.", NATIVE_CLASS | NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__format__($self, format_spec, /)", object_format_method, "The object as formatted text.", 0},
    {"__sizeof__($self, /)", object_sizeof, "The size of the object in bytes.", 0},
    {"__dir__($self, /)", object_dir_method, "The attribute names of the object.", 0},
    {0},
};

const TypeSpec spec_object = {
    .name = "object",
    .size = sizeof(Object),
    .flags = TYPE_BASETYPE,
    .slots = {.repr = object_default_repr, .str = object_default_str, .hash = object_default_hash, .richcompare = object_default_compare,
              .getattro = object_generic_getattr, .setattro = object_generic_setattr, .new = object_new, .init = object_init,
              .alloc = type_generic_alloc, .dealloc = object_dealloc},
    .methods = object_methods,
    .getset = object_getset,
    .doc = "The root of all classes.\n\nIts instances have no attributes of their own.",
    .text_signature = "()",
};
