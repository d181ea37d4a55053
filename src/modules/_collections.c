// The module _collections: defaultdict, _tuplegetter and _count_elements; deque and OrderedDict have files of their own.
#include "modules/_collections.h"
#include "objects/module.h"

Type type_defaultdict, type_tuplegetter;

// --- defaultdict ----------------------------------------------------------------------------------------------------------------------------

typedef struct DefaultDict {
  Dict dict;
  Value factory;   // V_NULL: none; under the lock
} DefaultDict;

static inline DefaultDict *default_of(Value v) { return (DefaultDict *)v_obj(v); }

static Value factory_of(Thread *t, Value self) {
  Value f = locked_field(t, v_obj(self), &default_of(self)->factory);
  return v_is_null(f) ? V_NONE : f;
}

// A builtin type called without arguments touches no dict: then two threads that miss the same key at once get the same value, as they would
// under a GIL.
static bool is_plain_factory(Value f) { return v_is_type(f) && !(v_as_type(f)->flags & TYPE_HEAP); }

METHOD(default_missing) {
  UNUSED_ARGS;
  Value factory = factory_of(t, self), v = V_NULL;
  if (v_is_none(factory)) return raise_key_error(t, args[0]);
  v = object_call0(t, factory);
  if (!v_is_null(v) && v_type(self)->slots.setitem == type_dict.slots.setitem && is_plain_factory(factory)) {
    Value now;
    dict_setdefault(t, v_dict(self), args[0], v, &now);
    v_drop(t, v);
    v = now;
  } else if (!v_is_null(v) && object_setitem(t, self, args[0], v) < 0) {
    v_drop(t, v);
    v = V_NULL;
  }
  v_drop(t, factory);
  return v;
}

// type(self)(factory, contents)
static Value default_like(Thread *t, Value self, Value contents) {
  Value factory = factory_of(t, self);
  Value v = object_call2(t, v_from_obj(v_type(self)), factory, contents);
  v_drop(t, factory);
  return v;
}

METHOD(default_copy) {
  UNUSED_ARGS;
  return default_like(t, self, self);
}

METHOD(default_reduce) {
  UNUSED_ARGS;
  Value factory = factory_of(t, self), call = v_is_none(factory) ? tuple_empty : tuple_pack(t, 1, factory), items = V_NULL, it = V_NULL;
  Value result = V_NULL;
  if (!v_is_null(call)) items = object_call_method0(t, self, N(items));
  if (!v_is_null(items)) it = object_iter(t, items);
  if (!v_is_null(it)) result = tuple_pack(t, 5, v_from_obj(v_type(self)), call, V_NONE, V_NONE, it);
  v_drop(t, factory);
  v_drop(t, call);
  v_drop(t, items);
  v_drop(t, it);
  return result;
}

static Value default_repr(Thread *t, Value self) {
  Value contents = type_dict.slots.repr(t, self), factory, text = V_NULL, result = V_NULL;
  if (v_is_null(contents)) return contents;
  factory = factory_of(t, self);
  int inside = repr_enter(t, factory);
  if (inside == 0) {
    text = object_repr(t, factory);
    repr_leave(t, factory);
  } else if (inside > 0) {
    text = str_from_ascii(t, "...", 3);
  }
  if (!v_is_null(text)) result = str_from_format(t, "%U(%U, %U)", v_type(self)->qualname, text, contents);
  v_drop(t, text);
  v_drop(t, factory);
  v_drop(t, contents);
  return result;
}

static Value default_or(Thread *t, Value a, Value b) {
  bool left = type_is_subtype(v_type(a), &type_defaultdict);
  if (!v_is_dict(left ? b : a)) return V_NOT_IMPLEMENTED;
  Value v = default_like(t, left ? a : b, a);
  if (!v_is_null(v) && dict_update(t, v_dict(v), b) < 0) {
    v_drop(t, v);
    return V_NULL;
  }
  return v;
}

static int default_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Value factory = V_NULL;
  if (nargs > 0) {
    if (!v_is_none(args[0]) && !object_is_callable(args[0])) return raise_type_error(t, "first argument must be callable or None"), -1;
    if (!v_is_none(args[0])) factory = v_own(t, args[0]);
    args++;
    nargs--;
  }
  locked_field_set(t, v_obj(self), &default_of(self)->factory, factory);
  return type_dict.slots.init(t, self, args, nargs, kwnames);
}

static void default_dealloc(Thread *t, Object *o) {
  v_drop(t, ((DefaultDict *)o)->factory);
  type_dict.slots.dealloc(t, o);
}

static void default_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((DefaultDict *)o)->factory, visit, arg);
  type_dict.slots.traverse(o, visit, arg);
}

static void default_gc_clear(Thread *t, Object *o) {
  locked_field_set(t, o, &((DefaultDict *)o)->factory, V_NULL);
  dict_clear(t, (Dict *)o);
}

static const NativeDef default_methods[] = {
    {"__missing__($self, key, /)", default_missing,
     "Calls default_factory for the value of a missing key, stores it and returns it.", NATIVE_NO_SIGNATURE},
    {"copy($self, /)", default_copy, "Another dictionary with the same items and default factory.", NATIVE_NO_SIGNATURE},
    {"__copy__($self, /)", default_copy, "Another dictionary with the same items and default factory.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", default_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    CLASS_GETITEM_DEF,
    {0},
};

static const MemberDef default_members[] = {
    {"default_factory", MEMBER_VALUE, offsetof(DefaultDict, factory), false, "What makes the value of a key that is missing, or None."},
    {0},
};

static const TypeSpec spec_defaultdict = {
    .name = "collections.defaultdict",
    .base = &type_dict,
    .size = sizeof(DefaultDict),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.repr = default_repr, .init = default_init, .or_ = default_or, .dealloc = default_dealloc, .traverse = default_traverse,
              .clear = default_gc_clear},
    .methods = default_methods,
    .members = default_members,
    .doc = "defaultdict(default_factory=None, /, [...]) --> dict with default factory\n\nThe factory is called without arguments to make a value "
           "for a key that is asked for by subscription\nand not there. All other arguments are those of dict().",
};

// --- _tuplegetter -----------------------------------------------------------------------------------------------------------------------------

typedef struct TupleGetter {
  Object ob;
  Value doc;
  int64_t index;
} TupleGetter;

static inline TupleGetter *getter_of(Value v) { return (TupleGetter *)v_obj(v); }

static Value getter_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "_tuplegetter", kwnames) < 0 || native_check_positional(t, "_tuplegetter", nargs, 2, 2) < 0) return V_NULL;
  int64_t index = number_as_i64(t, args[0]);
  if (index == -1 && error_pending(t)) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  getter_of(v)->index = index;
  getter_of(v)->doc = v_own(t, args[1]);
  return v;
}

static Value getter_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  int64_t i = getter_of(self)->index;
  if (v_is_null(obj) || v_is_none(obj)) return v_own(t, self);
  if (!v_is_tuple(obj)) {
    return raise_type_error(t, "descriptor for index '%lld' for tuple subclasses doesn't apply to '%T' object", (long long)i, obj);
  }
  if (i < 0 || i >= v_tuple(obj)->length) return raise_error(t, &exc_IndexError, "tuple index out of range");
  return v_own(t, v_tuple(obj)->items[i]);
}

static int getter_set(Thread *t, Value self, Value obj, Value value) {
  (void)self, (void)obj;
  raise_error(t, &exc_AttributeError, v_is_null(value) ? "can't delete attribute" : "can't set attribute");
  return -1;
}

static Value getter_repr(Thread *t, Value self) {
  return str_from_format(t, "%U(%lld, %R)", v_type(self)->qualname, (long long)getter_of(self)->index, getter_of(self)->doc);
}

METHOD(getter_reduce) {
  UNUSED_ARGS;
  Value call = tuple_pack(t, 2, v_from_smi(getter_of(self)->index), getter_of(self)->doc);
  if (v_is_null(call)) return call;
  Value result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
  v_drop(t, call);
  return result;
}

static void getter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((TupleGetter *)o)->doc);
  heap_free_object(t, o);
}

static void getter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((TupleGetter *)o)->doc, visit, arg); }

static const NativeDef getter_methods[] = {
    {"__reduce__($self, /)", getter_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef getter_members[] = {{"__doc__", MEMBER_VALUE, offsetof(TupleGetter, doc), false, NULL}, {0}};

static const TypeSpec spec_tuplegetter = {
    .name = "_collections._tuplegetter",
    .size = sizeof(TupleGetter),
    .flags = TYPE_IMMUTABLE,
    .slots = {.repr = getter_repr, .descr_get = getter_get, .descr_set = getter_set, .new = getter_new, .dealloc = getter_dealloc,
              .traverse = getter_traverse},
    .methods = getter_methods,
    .members = getter_members,
};

// --- _count_elements --------------------------------------------------------------------------------------------------------------------------

// Does the type take this method from dict itself?
static bool is_dict_method(Thread *t, Type *type, Value name) {
  Value ours = type_lookup(t, type, name), theirs = type_lookup(t, &type_dict, name);
  bool same = !v_is_null(ours) && v_is(ours, theirs);
  v_drop(t, ours);
  v_drop(t, theirs);
  return same;
}

static int count_in_dict(Thread *t, Dict *d, Value key) {
  Value old, new_;
  int r = dict_get(t, d, key, &old);
  if (r < 0) return -1;
  if (r == 0) return dict_set(t, d, key, v_from_smi(1));
  new_ = v_is_smi(old) && v_smi(old) < SMI_MAX ? v_from_smi(v_smi(old) + 1) : number_binary(t, old, v_from_smi(1), OP_ADD);
  v_drop(t, old);
  return v_is_null(new_) ? -1 : dict_set_steal(t, d, key, new_);
}

static int count_in_mapping(Thread *t, Value mapping, Value get, Value key) {
  Value old = object_call2(t, get, key, v_from_smi(0));
  if (v_is_null(old)) return -1;
  Value new_ = number_binary(t, old, v_from_smi(1), OP_ADD);
  v_drop(t, old);
  if (v_is_null(new_)) return -1;
  int r = object_setitem(t, mapping, key, new_);
  v_drop(t, new_);
  return r;
}

static Value count_elements(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Value mapping = args[0], get = V_NULL, it = object_iter(t, args[1]);
  if (v_is_null(it)) return it;
  bool fast = v_is_dict(mapping) && is_dict_method(t, v_type(mapping), N(get)) && is_dict_method(t, v_type(mapping), N(__setitem__));
  if (!fast) {
    get = object_getattr(t, mapping, N(get));
    if (v_is_null(get)) {
      v_drop(t, it);
      return get;
    }
  }
  int rc = 0;
  while (rc == 0) {
    Value key = object_iternext(t, it);
    if (v_is_null(key)) {
      if (error_pending(t)) rc = -1;
      break;
    }
    rc = fast ? count_in_dict(t, v_dict(mapping), key) : count_in_mapping(t, mapping, get, key);
    v_drop(t, key);
  }
  v_drop(t, get);
  v_drop(t, it);
  return rc < 0 ? V_NULL : V_NONE;
}

// --- The module -------------------------------------------------------------------------------------------------------------------------------

static const NativeDef collections_functions[] = {
    {"_count_elements($module, mapping, iterable, /)", count_elements, "Adds one to the count of each item, for all items of iterable.", 0},
    {0},
};

static int collections_exec(Thread *t, Value module) {
  if (!deque_init(t) || !ordered_dict_init(t) || !type_ready(t, &type_defaultdict, &spec_defaultdict, 0) ||
      !type_ready(t, &type_tuplegetter, &spec_tuplegetter, 0)) {
    return -1;
  }
  Type *const types[] = {&type_deque, &type_deque_iterator, &type_deque_reverse_iterator, &type_defaultdict, &type_OrderedDict, &type_tuplegetter};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (module_add_type(t, module, types[i]) < 0) return -1;
  }
  return 0;
}

const ModuleDef module__collections = {
    .name = "_collections",
    .doc = "High performance data structures: what the module collections is made of.",
    .functions = collections_functions,
    .exec = collections_exec,
};
