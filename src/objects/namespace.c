// types.SimpleNamespace: an object that is nothing but its attributes.
#include "objects/namespace.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_SimpleNamespace;

typedef struct Namespace { Object ob; uint64_t ext; } Namespace;   // ext: always a dict, or 0 while empty

Value namespace_new(Thread *t, Value attributes) {
  Value self = type_generic_alloc(t, &type_SimpleNamespace, 0);
  if (v_is_null(self) || v_is_null(attributes)) return self;
  Value dict = instance_get_dict(t, v_obj(self));
  int r = v_is_null(dict) ? -1 : dict_update(t, v_dict(dict), attributes);
  v_drop(t, dict);
  if (r == 0) return self;
  v_drop(t, self);
  return V_NULL;
}

static Value namespace_tp_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

static int namespace_tp_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (nargs) {
    raise_type_error(t, "no positional arguments expected");
    return -1;
  }
  if (v_is_null(kwnames)) return 0;
  Value dict = instance_get_dict(t, v_obj(self));
  if (v_is_null(dict)) return -1;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(kwnames)->length; i++) r = dict_set(t, v_dict(dict), v_tuple(kwnames)->items[i], args[i]);
  v_drop(t, dict);
  return r;
}

static bool append_pairs(Thread *t, StrBuilder *b, Dict *dict) {
  int64_t pos = 0;
  Value key, value;
  bool first = true, ok = true;
  while (ok && dict_next(t, dict, &pos, &key, &value)) {
    if (v_is_str(key) && str_length(v_str(key)) > 0) {
      if (!first) strb_cstr(b, ", ");
      first = false;
      strb_str(b, key);
      strb_char(b, '=');
      Value text = object_repr(t, value);
      ok = !v_is_null(text) && strb_str(b, text);
      v_drop(t, text);
    }
    v_drop(t, key);
    v_drop(t, value);
  }
  return ok;
}

static Value namespace_repr(Thread *t, Value self) {
  Value name = v_type(self) == &type_SimpleNamespace ? str_from_cstr(t, "namespace") : v_own(t, v_type(self)->name);
  if (v_is_null(name)) return V_NULL;
  int inside = repr_enter(t, self);
  if (inside != 0) {
    Value text = inside > 0 ? str_from_format(t, "%U(...)", name) : V_NULL;
    v_drop(t, name);
    return text;
  }
  StrBuilder b;
  strb_init(&b, t);
  strb_str(&b, name);
  strb_char(&b, '(');
  Value dict = instance_get_dict(t, v_obj(self));
  bool ok = !v_is_null(dict) && append_pairs(t, &b, v_dict(dict));
  strb_char(&b, ')');
  v_drop(t, dict);
  v_drop(t, name);
  repr_leave(t, self);
  if (ok) return strb_finish(&b);
  strb_discard(&b);
  return V_NULL;
}

static Value namespace_compare(Thread *t, Value a, Value b, int op) {
  if (!type_is_subtype(v_type(a), &type_SimpleNamespace) || !type_is_subtype(v_type(b), &type_SimpleNamespace)) return V_NOT_IMPLEMENTED;
  Value da = instance_get_dict(t, v_obj(a)), db = v_is_null(da) ? V_NULL : instance_get_dict(t, v_obj(b));
  Value r = v_is_null(db) ? V_NULL : object_compare(t, da, db, op);
  v_drop(t, da);
  v_drop(t, db);
  return r;
}

static Value namespace_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value dict = instance_get_dict(t, v_obj(self));
  if (v_is_null(dict)) return V_NULL;
  Value r = tuple_pack(t, 3, v_from_obj(v_type(self)), tuple_empty, dict);
  v_drop(t, dict);
  return r;
}

static Value get_dict(Thread *t, Value self, void *closure) {
  (void)closure;
  return instance_get_dict(t, v_obj(self));
}

static void namespace_clear(Thread *t, Object *o) { instance_clear_ext(t, o, &((Namespace *)o)->ext); }

static void namespace_dealloc(Thread *t, Object *o) {
  namespace_clear(t, o);
  heap_free_object(t, o);
}

static void namespace_traverse(Object *o, GcVisit visit, void *arg) { instance_traverse_ext(o, &((Namespace *)o)->ext, visit, arg); }

static const NativeDef namespace_methods[] = {
    {"__reduce__($self, /)", namespace_reduce, "How to pickle the namespace.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef namespace_computed[] = {
    {"__dict__", get_dict, NULL, NULL, NULL},
    {0},
};

const TypeSpec spec_SimpleNamespace = {
    .name = "types.SimpleNamespace",
    .size = sizeof(Namespace),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT,
    .ext_offset = offsetof(Namespace, ext),
    .slots = {.repr = namespace_repr, .hash = object_hash_not_implemented, .richcompare = namespace_compare, .new = namespace_tp_new,
              .init = namespace_tp_init, .dealloc = namespace_dealloc, .traverse = namespace_traverse, .clear = namespace_clear},
    .methods = namespace_methods,
    .computed_members = namespace_computed,
    .doc = "SimpleNamespace(**attributes)\n\nAn object that is nothing but its attributes.",
};

bool namespace_init(Thread *t) { return type_ready(t, &type_SimpleNamespace, &spec_SimpleNamespace, SHAPE_SIMPLENAMESPACE); }
