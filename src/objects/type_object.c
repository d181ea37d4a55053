// The type `type`: attributes of classes, calling them, their repr and methods.
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/mro.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_attributes.h"
#include "objects/type_bases.h"
#include "objects/type_lookup.h"
#include "objects/type_new.h"
#include "objects/type_origin.h"
#include "objects/mappingproxy.h"
#include "objects/union.h"
#include "threading/stw.h"

Type type_type;

static inline bool is_immutable(const Type *type) { return !(type->flags & TYPE_HEAP) || type->flags & TYPE_IMMUTABLE; }

// ---- attributes of classes -------------------------------------------------------------------------------------------------------

// What a class attribute gives when asked of the class itself: functions and plain values stand for themselves. Steals attr.
static Value bind_to_class(Thread *t, Value attr, AttrKind kind, Type *type) {
  if (kind == ATTR_PLAIN || kind == ATTR_FUNCTION || kind == ATTR_NATIVE) return attr;
  Value (*get)(Thread *, Value, Value, Value) = v_type(attr)->slots.descr_get;
  if (!get) return attr;
  Value bound = get(t, attr, V_NULL, v_from_obj(type));
  v_drop(t, attr);
  return bound;
}

static bool is_data_descriptor(Value v) {
  const TypeSlots *s = &v_type(v)->slots;
  return s->descr_set && s->descr_get;
}

int type_find_attr(Thread *t, Type *type, Value name, Value *out) {
  Type *metatype = object_type(&type->ob);
  AttrKind meta_kind, kind;
  Value meta = type_lookup_kind(t, metatype, name, &meta_kind);
  if (!v_is_null(meta) && is_data_descriptor(meta)) {
    *out = v_type(meta)->slots.descr_get(t, meta, v_from_obj(type), v_from_obj(metatype));
    v_drop(t, meta);
    return v_is_null(*out) ? -1 : 1;
  }
  Value attr = type_lookup_kind(t, type, name, &kind);
  if (!v_is_null(attr)) {
    v_drop(t, meta);
    *out = bind_to_class(t, attr, kind, type);
    return v_is_null(*out) ? -1 : 1;
  }
  if (v_is_null(meta)) return 0;
  Value (*get)(Thread *, Value, Value, Value) = v_type(meta)->slots.descr_get;
  if (!get) {
    *out = meta;
    return 1;
  }
  *out = get(t, meta, v_from_obj(type), v_from_obj(metatype));
  v_drop(t, meta);
  return v_is_null(*out) ? -1 : 1;
}

static Value type_getattro(Thread *t, Value self, Value name) {
  Value out = V_NULL;
  return type_find_attr(t, v_as_type(self), name, &out) == 0 ? raise_attribute_error(t, self, name) : out;
}

static int type_setattro(Thread *t, Value self, Value name, Value value) {
  Type *type = v_as_type(self);
  if (is_immutable(type) && !(type->flags & TYPE_OPEN && v_is_str(name) && type_slot_effect_hook(name) == 0)) {
    raise_type_error(t, "cannot set %R attribute of immutable type '%N'", name, type);
    return -1;
  }
  Value meta = type_lookup(t, object_type(&type->ob), name);
  if (!v_is_null(meta)) {
    int (*set)(Thread *, Value, Value, Value) = v_type(meta)->slots.descr_set;
    int r = set ? set(t, meta, self, value) : 1;
    v_drop(t, meta);
    if (set) return r;
  }
  Value key = name_canonical(t, name);
  if (v_is_null(key)) return -1;
  int r = type_store_attr(t, type, key, value);
  if (r > 0) {
    raise_attribute_error(t, self, key);
    r = -1;
  }
  v_drop(t, key);
  return r;
}

// ---- calling a class -------------------------------------------------------------------------------------------------------------

static Value type_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Type *type = v_as_type(self);
  if (type == &type_type) {
    size_t nkw = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
    if (nargs == 1 && nkw == 0) return v_own_obj(t, v_type(args[0]));
    if (nargs != 3) return raise_type_error(t, "type() takes 1 or 3 arguments");
  }
  if (!type->slots.new) return raise_type_error(t, "cannot create '%N' instances", type);
  Value obj = type->slots.new(t, type, args, nargs, kwnames);
  if (v_is_null(obj)) return V_NULL;
  Type *made = v_type(obj);
  if (made != type && !type_is_subtype(made, type)) return obj;
  if (made->slots.init && made->slots.init(t, obj, args, nargs, kwnames) < 0) {
    v_drop(t, obj);
    return V_NULL;
  }
  return obj;
}

static int type_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)args;
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length > 0 && nargs == 1) {
    raise_type_error(t, "type.__init__() takes no keyword arguments");
    return -1;
  }
  if (nargs != 1 && nargs != 3) {
    raise_type_error(t, "type.__init__() takes 1 or 3 arguments");
    return -1;
  }
  return 0;
}

// ---- names and text --------------------------------------------------------------------------------------------------------------

// The owned __module__ of a class, V_NULL without an exception if its dict has none.
static Value module_of(Thread *t, const Type *type) {
  if (!(type->flags & TYPE_HEAP)) return v_own(t, type->module_hint);
  Value module;
  if (dict_get(t, v_dict(type->dict), N(__module__), &module) < 0) error_clear(t);
  return module;
}

static Value type_repr(Thread *t, Value self) {
  const Type *type = v_as_type(self);
  Value module = module_of(t, type), r;
  if (v_is_null(module) || !v_is_str(module) || str_equals_cstr(module, "builtins"))
    r = str_from_format(t, "<class '%U'>", type->flags & TYPE_HEAP && v_is_null(module) ? type->name : type->qualname);
  else
    r = str_from_format(t, "<class '%U.%U'>", module, type->qualname);
  v_drop(t, module);
  return r;
}

// Special attributes of builtin types can't be set; none can be deleted.
static bool may_set(Thread *t, const Type *type, Value value, const char *name) {
  if (is_immutable(type)) {
    raise_type_error(t, "cannot set '%s' attribute of immutable type '%N'", name, type);
    return false;
  }
  if (v_is_null(value)) {
    raise_type_error(t, "cannot delete '%s' attribute of immutable type '%N'", name, type);
    return false;
  }
  return true;
}

static Value get_name(Thread *t, Value self, void *closure) {
  (void)closure;
  const Type *type = v_as_type(self);
  if (type->flags & TYPE_HEAP) return v_own(t, v_load_acq(&type->name));
  return v_own(t, type->qualname);
}

// Replaces a name under the type lock; the old one is dropped outside.
static void replace_name(Thread *t, Value *field, Value value) {
  Value fresh = v_own(t, value);
  mutex_lock(t, &type_mutex);
  Value old = *field;
  v_store_rel(field, fresh);
  mutex_unlock(&type_mutex);
  v_drop(t, old);
}

static int set_name(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  if (!may_set(t, type, value, "__name__")) return -1;
  if (!v_is_str(value)) {
    raise_type_error(t, "can only assign string to %N.__name__, not '%T'", type, value);
    return -1;
  }
  const Str *s = v_str(value);
  for (int64_t i = 0; i < str_length(s); i++)
    if (str_char(s, i) == 0) {
      raise_value_error(t, "type name must not contain null characters");
      return -1;
    }
  if (!str_utf8(t, value, NULL)) return -1;
  replace_name(t, &type->name, value);
  return 0;
}

static Value get_qualname(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, v_load_acq(&v_as_type(self)->qualname));
}

static int set_qualname(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  if (!may_set(t, type, value, "__qualname__")) return -1;
  if (!v_is_str(value)) {
    raise_type_error(t, "can only assign string to %N.__qualname__, not '%T'", type, value);
    return -1;
  }
  replace_name(t, &type->qualname, value);
  return 0;
}

static Value get_module(Thread *t, Value self, void *closure) {
  (void)closure;
  Value module = module_of(t, v_as_type(self));
  return v_is_null(module) ? raise_value(t, &exc_AttributeError, N(__module__)) : module;
}

static int set_module(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  return may_set(t, type, value, "__module__") ? type_store_attr(t, type, N(__module__), value) : -1;
}

// ---- bases, MRO, flags -----------------------------------------------------------------------------------------------------------

static Value get_bases(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, v_load_acq(&v_as_type(self)->bases));
}

static int set_bases(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  return may_set(t, type, value, "__bases__") ? type_set_bases(t, type, value) : -1;
}

static Value get_base(Thread *t, Value self, void *closure) {
  (void)closure;
  Type *base = v_as_type(self)->base;
  return base ? v_own_obj(t, base) : V_NONE;
}

// sys.getsizeof's and inspect's view: bits as CPython numbers them.
static Value get_flags(Thread *t, Value self, void *closure) {
  (void)closure;
  static const struct { uint32_t ours; uint32_t bit; } map[] = {
      {TYPE_SEQUENCE, 5}, {TYPE_MAPPING, 6}, {TYPE_NO_INSTANTIATE, 7}, {TYPE_BASETYPE, 10}, {TYPE_READY, 12},
      {TYPE_METHOD_DESCRIPTOR, 17}, {TYPE_ABSTRACT, 20}, {TYPE_MATCH_SELF, 22}, {TYPE_INT, 24}, {TYPE_LIST, 25}, {TYPE_TUPLE, 26},
      {TYPE_BYTES, 27}, {TYPE_STR, 28}, {TYPE_DICT, 29}, {TYPE_EXC, 30}, {TYPE_TYPE, 31},
  };
  const Type *type = v_as_type(self);
  uint64_t flags = (uint64_t)1 << 19;
  for (size_t i = 0; i < sizeof map / sizeof *map; i++)
    if (type->flags & map[i].ours) flags |= (uint64_t)1 << map[i].bit;
  if (is_immutable(type)) flags |= (uint64_t)1 << 8;
  if (type_is_cpython_heap(type)) flags |= (uint64_t)1 << 9;
  if (type->inline_slots) flags |= (uint64_t)1 << 4;
  if (type->slots.traverse) flags |= (uint64_t)1 << 14;
  return int_from_u64(t, flags);
}

static Value get_itemsize(Thread *t, Value self, void *closure) {
  (void)closure;
  const Type *type = v_as_type(self);
  return int_from_i64(t, type->flags & TYPE_STR ? 0 : type->item_size);
}

static Value get_dictoffset(Thread *t, Value self, void *closure) {
  (void)closure;
  const Type *type = v_as_type(self);
  return int_from_i64(t, type->ext_offset == EXT_AFTER_ITEMS ? -8 : (int64_t)type->ext_offset);
}

static Value get_weakrefoffset(Thread *t, Value self, void *closure) {
  (void)closure;
  const Type *type = v_as_type(self);
  return int_from_i64(t, type->flags & TYPE_WEAKREF ? (int64_t)sizeof(Object) : 0);
}

static Value get_dict(Thread *t, Value self, void *closure) {
  (void)closure;
  return mappingproxy_new(t, v_as_type(self)->dict);
}

static Value get_doc(Thread *t, Value self, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  if (!(type->flags & TYPE_HEAP)) return type->spec->doc ? str_from_cstr(t, type->spec->doc) : V_NONE;
  Value doc = type_lookup_mro(t, type, N(__doc__), NULL);
  if (v_is_null(doc)) return V_NONE;
  Value (*get)(Thread *, Value, Value, Value) = v_type(doc)->slots.descr_get;
  if (!get) return doc;
  Value bound = get(t, doc, V_NULL, self);
  v_drop(t, doc);
  return bound;
}

static int set_doc(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  return may_set(t, type, value, "__doc__") ? type_store_attr(t, type, N(__doc__), value) : -1;
}

// A class whose docstring begins with its name, "(parameters)", a line of two hyphens and an empty line shows the parenthesis.
static Value signature_in_doc(Thread *t, const Type *type) {
  Value doc;
  if (dict_get(t, v_dict(type->dict), N(__doc__), &doc) < 0) return V_NULL;
  Value found = V_NONE;
  const char *text = !v_is_null(doc) && v_is_str(doc) ? str_utf8(t, doc, NULL) : NULL, *name = str_utf8(t, type->name, NULL);
  error_clear(t);
  size_t n = text && name ? strlen(name) : 0;
  if (n && strncmp(text, name, n) == 0 && text[n] == '(') {
    const char *start = text + n, *end = strstr(start, ")\n--\n\n"), *gap = strstr(start, "\n\n");
    if (end && (!gap || gap > end)) found = str_from_utf8(t, start, (size_t)(end + 1 - start));
  }
  v_drop(t, doc);
  return found;
}

static Value get_text_signature(Thread *t, Value self, void *closure) {
  (void)closure;
  const Type *type = v_as_type(self);
  if (!type->spec) return signature_in_doc(t, type);
  return type->spec->text_signature ? str_from_cstr(t, type->spec->text_signature) : V_NONE;
}

static Value get_abstract(Thread *t, Value self, void *closure) {
  (void)closure;
  const Type *type = v_as_type(self);
  Value methods = V_NULL;
  // type has a getset of that name itself, not a set of methods.
  if (type != &type_type && dict_get(t, v_dict(type->dict), N(__abstractmethods__), &methods) < 0) return V_NULL;
  return v_is_null(methods) ? raise_value(t, &exc_AttributeError, N(__abstractmethods__)) : methods;
}

static int set_abstract(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  int abstract = v_is_null(value) ? 0 : object_is_true(t, value);
  if (abstract < 0) return -1;
  int r = type_store_attr(t, type, N(__abstractmethods__), value);
  if (r > 0) {
    raise_value(t, &exc_AttributeError, N(__abstractmethods__));
    return -1;
  }
  if (r == 0 && !!(type->flags & TYPE_ABSTRACT) != !!abstract) {
    mutex_lock(t, &type_mutex);
    stop_the_world(t);   // flags are read without a lock
    type->flags = abstract ? type->flags | TYPE_ABSTRACT : type->flags & ~(uint32_t)TYPE_ABSTRACT;
    start_the_world(t);
    mutex_unlock(&type_mutex);
  }
  return r;
}

static Value get_annotations(Thread *t, Value self, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  if (!(type->flags & TYPE_HEAP)) return raise_error(t, &exc_AttributeError, "type object '%N' has no attribute '__annotations__'", type);
  Value found;
  int r = dict_get(t, v_dict(type->dict), N(__annotations__), &found);
  if (r < 0) return V_NULL;
  if (r > 0) {
    Value (*get)(Thread *, Value, Value, Value) = v_type(found)->slots.descr_get;
    if (!get) return found;
    Value bound = get(t, found, V_NULL, self);
    v_drop(t, found);
    return bound;
  }
  Value fresh = dict_new(t);
  if (v_is_null(fresh)) return V_NULL;
  if (type_store_attr(t, type, N(__annotations__), fresh) >= 0) return fresh;
  v_drop(t, fresh);
  return V_NULL;
}

static int set_annotations(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Type *type = v_as_type(self);
  if (is_immutable(type)) {
    raise_type_error(t, "cannot set '__annotations__' attribute of immutable type '%N'", type);
    return -1;
  }
  int r = type_store_attr(t, type, N(__annotations__), value);
  if (r <= 0) return r;
  raise_value(t, &exc_AttributeError, N(__annotations__));
  return -1;
}

static const GetSetDef type_getset[] = {
    {"__name__", get_name, set_name, NULL, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL, NULL},
    {"__bases__", get_bases, set_bases, NULL, NULL},
    {"__module__", get_module, set_module, NULL, NULL},
    {"__abstractmethods__", get_abstract, set_abstract, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL, NULL},
    {"__doc__", get_doc, set_doc, NULL, NULL},
    {"__text_signature__", get_text_signature, NULL, NULL, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL, NULL},
    {0},
};
static const GetSetDef type_computed[] = {
    {"__base__", get_base, NULL, NULL, NULL},
    {"__flags__", get_flags, NULL, NULL, NULL},
    {"__itemsize__", get_itemsize, NULL, NULL, NULL},
    {"__dictoffset__", get_dictoffset, NULL, NULL, NULL},
    {"__weakrefoffset__", get_weakrefoffset, NULL, NULL, NULL},
    {0},
};

static const MemberDef type_members[] = {
    {"__mro__", MEMBER_VALUE, offsetof(Type, mro), true, NULL},
    {"__basicsize__", MEMBER_U32, offsetof(Type, size), true, NULL},
    {0},
};

// ---- methods ---------------------------------------------------------------------------------------------------------------------

#define METHOD(fn) static Value fn(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

METHOD(type_mro_method) {
  UNUSED_ARGS;
  Value mro = mro_compute(t, v_as_type(self));
  if (v_is_null(mro)) return V_NULL;
  Value list = object_to_list(t, mro);
  v_drop(t, mro);
  return list;
}

METHOD(type_subclasses) {
  UNUSED_ARGS;
  return type_list_subclasses(t, v_as_type(self));
}

METHOD(type_prepare) {
  UNUSED_ARGS;
  (void)self;
  return dict_new(t);
}

METHOD(type_instancecheck) {
  (void)nargs, (void)kwnames;
  int r = object_real_isinstance(t, args[0], self);
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(type_subclasscheck) {
  (void)nargs, (void)kwnames;
  int r = object_real_issubclass(t, args[0], self);
  return r < 0 ? V_NULL : v_from_bool(r);
}

// Merges the names of a class and its bases, as dir() of a class shows them.
static int merge_class_names(Thread *t, Dict *names, Value class) {
  Value dict, bases;
  int r = object_lookup_attr(t, class, N(__dict__), &dict);
  if (r > 0) {
    r = dict_update(t, names, dict);
    v_drop(t, dict);
  }
  if (r < 0) return -1;
  r = object_lookup_attr(t, class, N(__bases__), &bases);
  if (r <= 0) return r;
  Value list = object_to_tuple(t, bases);
  v_drop(t, bases);
  if (v_is_null(list)) return -1;
  r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(list)->length; i++) r = merge_class_names(t, names, v_tuple(list)->items[i]);
  v_drop(t, list);
  return r;
}

int type_merge_class_names(Thread *t, Value names_dict, Value class) { return merge_class_names(t, v_dict(names_dict), class); }

METHOD(type_dir) {
  UNUSED_ARGS;
  Value names = dict_new(t);
  if (v_is_null(names)) return V_NULL;
  Value list = merge_class_names(t, v_dict(names), self) < 0 ? V_NULL : dict_keys_list(t, v_dict(names));
  v_drop(t, names);
  return list;
}

METHOD(type_sizeof) {
  UNUSED_ARGS;
  (void)self;
  return int_from_i64(t, (int64_t)sizeof(Type));
}

static const NativeDef type_methods[] = {
    {"mro($self, /)", type_mro_method, "The method resolution order, as a list.", 0},
    {"__subclasses__($self, /)", type_subclasses, "The direct subclasses that are alive.", 0},
    {"__prepare__()", type_prepare, "The namespace for a class statement's body.", NATIVE_CLASS | NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__instancecheck__($self, instance, /)", type_instancecheck, "What isinstance() asks.", 0},
    {"__subclasscheck__($self, subclass, /)", type_subclasscheck, "What issubclass() asks.", 0},
    {"__dir__($self, /)", type_dir, "The attribute names of the class.", 0},
    {"__sizeof__($self, /)", type_sizeof, "The size of the class object in bytes.", 0},
    {0},
};

const TypeSpec spec_type = {
    .name = "type",
    .size = sizeof(Type),
    .flags = TYPE_BASETYPE | TYPE_TYPE | TYPE_WEAKREF | TYPE_HAS_EXT,
    .ext_offset = offsetof(Type, ext),
    .slots = {.repr = type_repr, .call = type_call, .getattro = type_getattro, .setattro = type_setattro, .init = type_init,
              .new = type_type_new, .or_ = union_or_operator, .dealloc = type_object_dealloc, .traverse = type_object_traverse,
              .clear = type_object_clear},
    .methods = type_methods,
    .getset = type_getset,
    .computed_members = type_computed,
    .members = type_members,
    .doc = "The class of an object; with three arguments, a new class.",
};
