// mappingproxy: a read-only view of a mapping.
#include "objects/mappingproxy.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_mappingproxy;

typedef struct MappingProxy { Object ob; Value mapping; } MappingProxy;

static inline Value mapping_of(Value self) { return ((MappingProxy *)v_obj(self))->mapping; }

Value mappingproxy_new(Thread *t, Value mapping) {
  MappingProxy *p = (MappingProxy *)heap_new_object(t, SHAPE_MAPPINGPROXY, sizeof *p);
  if (!p) return raise_no_memory(t);
  p->mapping = v_own(t, mapping);
  return v_steal_obj(p);
}

static void proxy_dealloc(Thread *t, Object *o) {
  v_drop(t, ((MappingProxy *)o)->mapping);
  heap_free_object(t, o);
}

static void proxy_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MappingProxy *)o)->mapping, visit, arg); }

static int64_t proxy_length(Thread *t, Value self) { return object_length(t, mapping_of(self)); }
static Value proxy_getitem(Thread *t, Value self, Value key) { return object_getitem(t, mapping_of(self), key); }
static Value proxy_iter(Thread *t, Value self) { return object_iter(t, mapping_of(self)); }
static Value proxy_str(Thread *t, Value self) { return object_str(t, mapping_of(self)); }
static Value proxy_repr(Thread *t, Value self) { return str_from_format(t, "mappingproxy(%R)", mapping_of(self)); }
static Value proxy_compare(Thread *t, Value a, Value b, int op) { return object_compare(t, mapping_of(a), b, op); }

static int proxy_contains(Thread *t, Value self, Value key) {
  Value mapping = mapping_of(self);
  return v_is_dict_exact(mapping) ? dict_contains(t, v_dict(mapping), key) : object_contains(t, mapping, key);
}

static Value bare(Value v) {
  while (v_is_exact(v, SHAPE_MAPPINGPROXY)) v = mapping_of(v);
  return v;
}
static Value proxy_or(Thread *t, Value a, Value b) { return number_binary(t, bare(a), bare(b), OP_OR); }
static Value proxy_ior(Thread *t, Value a, Value b) {
  (void)b;
  return raise_type_error(t, "'|=' is not supported by %T; use '|' instead", a);
}

#define METHOD(fn) static Value fn(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define FORWARD(fn, name)                             \
  METHOD(fn) {                                        \
    (void)args, (void)nargs, (void)kwnames;           \
    return object_call_method0(t, mapping_of(self), N(name)); \
  }
FORWARD(proxy_keys, keys)
FORWARD(proxy_values, values)
FORWARD(proxy_items, items)
FORWARD(proxy_copy, copy)
FORWARD(proxy_reversed, __reversed__)

METHOD(proxy_get) {
  (void)nargs, (void)kwnames;
  return object_call_method2(t, mapping_of(self), N(get), args[0], v_is_absent(args[1]) ? V_NONE : args[1]);
}

static bool is_mapping(Value v) {
  if (v_is_list(v) || v_is_tuple(v)) return false;
  return v_type(v)->slots.getitem != NULL;
}

static Value proxy_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value mapping;
  (void)type;
  if (native_bind(t, &binder, "mappingproxy(mapping)", args, nargs, kwnames, &mapping) < 0) return V_NULL;
  if (!is_mapping(mapping)) return raise_type_error(t, "mappingproxy() argument must be a mapping, not %T", mapping);
  return mappingproxy_new(t, mapping);
}

static const NativeDef proxy_methods[] = {
    {"get($self, key, default=None, /)", proxy_get, "The value of key, or the default.", 0},
    {"keys($self, /)", proxy_keys, "The mapping's keys.", 0},
    {"values($self, /)", proxy_values, "The mapping's values.", 0},
    {"items($self, /)", proxy_items, "The mapping's pairs of key and value.", 0},
    {"copy($self, /)", proxy_copy, "A copy of the mapping.", 0},
    {"__class_getitem__($type, object, /)", generic_alias_class_getitem, "The generic alias of the type.", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"__reversed__($self, /)", proxy_reversed, "A reverse iterator over the keys.", 0},
    {0},
};

const TypeSpec spec_mappingproxy = {
    .name = "mappingproxy",
    .size = sizeof(MappingProxy),
    .flags = TYPE_MAPPING,
    .slots = {.repr = proxy_repr, .str = proxy_str, .hash = object_hash_not_implemented, .richcompare = proxy_compare, .iter = proxy_iter,
              .new = proxy_new, .or_ = proxy_or, .ior = proxy_ior, .length = proxy_length, .getitem = proxy_getitem,
              .contains = proxy_contains, .dealloc = proxy_dealloc, .traverse = proxy_traverse},
    .methods = proxy_methods,
    .doc = "A read-only view of a mapping.",
};

bool mappingproxy_init(Thread *t) { return type_ready(t, &type_mappingproxy, &spec_mappingproxy, SHAPE_MAPPINGPROXY); }
