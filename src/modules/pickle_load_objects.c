// What pickles say of other objects: classes and other globals, instances, their state, persistent ids, extension codes.
#include "modules/pickle_loader.h"
#include "objects/codecs.h"
#include "objects/descriptor.h"
#include "objects/dict.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str_core.h"
#include "objects/tuple.h"
#include "objects/type_attributes.h"

// --- Objects ------------------------------------------------------------------------------------------------------------------------------

static Value find_class(Loader *l, Value module, Value name) {
  if (v_is_null(l->self) || v_type(l->self) == &type_unpickler) return pickle_find_class(l->t, l->proto, l->fix_imports, module, name);
  return object_call_method2(l->t, l->self, PICKLE_NAME(find_class), module, name);
}

// cls(*args), but without arguments an old-style class is made without its __init__.
static Value instantiate(Loader *l, Value cls, Value args) {
  if (v_tuple(args)->length == 0 && v_is_type(cls)) {
    Value hook;
    int r = object_lookup_attr(l->t, cls, N(__getinitargs__), &hook);
    if (r < 0) return V_NULL;
    v_drop(l->t, hook);
    if (r == 0) return object_call_method1(l->t, cls, N(__new__), cls);
  }
  return object_call(l->t, cls, v_tuple(args)->items, (size_t)v_tuple(args)->length, V_NULL);
}

static int push_instance(Loader *l, Value cls_stolen, Value args_stolen) {
  Value v = v_is_null(cls_stolen) || v_is_null(args_stolen) ? V_NULL : instantiate(l, cls_stolen, args_stolen);
  v_drop(l->t, cls_stolen);
  v_drop(l->t, args_stolen);
  return loader_push(l, v);
}

int pickle_load_obj(Loader *l) {
  int64_t at = loader_pop_mark(l);
  if (at < 0) return -1;
  if (l->length - at < 1) return loader_raise_underflow(l);
  Value args = loader_take_tuple(l, at + 1), cls = v_is_null(args) ? V_NULL : loader_pop(l);
  return push_instance(l, cls, args);
}

// A module's and a global's name, each a line: owned.
static int read_names(Loader *l, bool ascii, Value *module, Value *name) {
  Value *out[2] = {module, name};
  *module = *name = V_NULL;
  for (int i = 0; i < 2; i++) {
    int64_t n;
    const char *line = pickle_read_line(l, &n);
    if (line && n < 2) pickle_raise_truncated(l), line = NULL;
    if (line) *out[i] = ascii ? ascii_decode(l->t, line, (size_t)n - 1, "strict") : str_from_utf8(l->t, line, (size_t)n - 1);
    if (v_is_null(*out[i])) {
      v_clear(l->t, module);
      return -1;
    }
  }
  return 0;
}

int pickle_load_inst(Loader *l) {
  Value module, name;
  int64_t at = loader_pop_mark(l);
  if (at < 0 || read_names(l, true, &module, &name) < 0) return -1;
  Value cls = find_class(l, module, name);
  v_drop(l->t, module);
  v_drop(l->t, name);
  return v_is_null(cls) ? -1 : push_instance(l, cls, loader_take_tuple(l, at));
}

int pickle_load_global(Loader *l) {
  Value module, name;
  if (read_names(l, false, &module, &name) < 0) return -1;
  Value cls = find_class(l, module, name);
  v_drop(l->t, module);
  v_drop(l->t, name);
  return loader_push(l, cls);
}

int pickle_load_stack_global(Loader *l) {
  Value name = loader_pop(l), module = v_is_null(name) ? V_NULL : loader_pop(l), cls = V_NULL;
  error_clear(l->t);
  if (!v_is_null(module) && v_is_str_exact(name) && v_is_str_exact(module)) cls = find_class(l, module, name);
  else pickle_raise_unpickling(l->t, "STACK_GLOBAL requires str");
  v_drop(l->t, name);
  v_drop(l->t, module);
  return loader_push(l, cls);
}

// type.__new__(type, *args, **kwargs) by its slot.
static Value call_new(Loader *l, Type *type, Value args, Value kwargs) {
  const Tuple *positional = v_tuple(args);
  if (v_is_null(kwargs) || dict_length(v_dict(kwargs)) == 0) return type->slots.new(l->t, type, positional->items, (size_t)positional->length, V_NULL);
  Value keys = dict_keys_list(l->t, v_dict(kwargs)), names = v_is_null(keys) ? V_NULL : list_to_tuple(l->t, v_list(keys)), all = V_NULL, v = V_NULL;
  v_drop(l->t, keys);
  if (!v_is_null(names)) all = tuple_new(l->t, positional->length + v_tuple(names)->length);
  bool ok = !v_is_null(all);
  for (int64_t i = 0; ok && i < positional->length; i++) v_tuple(all)->items[i] = v_own(l->t, positional->items[i]);
  for (int64_t i = 0; ok && i < v_tuple(names)->length; i++) {
    Value name = v_tuple(names)->items[i];
    if (!v_is_str(name)) raise_type_error(l->t, "keywords must be strings");
    else if (dict_get(l->t, v_dict(kwargs), name, &v) == 0) raise_key_error(l->t, name);
    ok = !error_pending(l->t);
    v_tuple(all)->items[positional->length + i] = ok ? v : V_NONE;
  }
  v = ok ? type->slots.new(l->t, type, v_tuple(all)->items, (size_t)positional->length, names) : V_NULL;
  v_drop(l->t, names);
  v_drop(l->t, all);
  return v;
}

static Value make_newobj(Loader *l, const char *opcode, Value cls, Value args, Value kwargs) {
  if (!v_is_type(cls)) return pickle_raise_unpickling(l->t, "%s class argument must be a type, not %.200T", opcode, cls);
  Type *type = v_as_type(cls);
  if (!type->slots.new || type->flags & TYPE_NO_INSTANTIATE)
    return pickle_raise_unpickling(l->t, "%s class argument '%.200T' doesn't have __new__", opcode, cls);
  if (!v_is_tuple(args)) return pickle_raise_unpickling(l->t, "%s args argument must be a tuple, not %.200T", opcode, args);
  if (!v_is_null(kwargs) && !v_is_dict(kwargs)) return pickle_raise_unpickling(l->t, "%s kwargs argument must be a dict, not %.200T", opcode, kwargs);
  return call_new(l, type, args, kwargs);
}

int pickle_load_newobj(Loader *l, bool has_kwargs) {
  if (loader_need(l, has_kwargs ? 3 : 2) < 0) return -1;
  Value kwargs = has_kwargs ? loader_pop(l) : V_NULL, args = loader_pop(l), cls = loader_pop(l);
  Value v = make_newobj(l, has_kwargs ? "NEWOBJ_EX" : "NEWOBJ", cls, args, kwargs);
  v_drop(l->t, kwargs);
  v_drop(l->t, args);
  v_drop(l->t, cls);
  return loader_push(l, v);
}

int pickle_load_reduce(Loader *l) {
  Value args = loader_pop(l), f = v_is_null(args) ? V_NULL : loader_pop(l), v = V_NULL;
  if (!v_is_null(f) && !v_is_tuple(args)) raise_type_error(l->t, "argument list must be a tuple");
  else if (!v_is_null(f)) v = object_call(l->t, f, v_tuple(args)->items, (size_t)v_tuple(args)->length, V_NULL);
  v_drop(l->t, args);
  v_drop(l->t, f);
  return loader_push(l, v);
}

// --- State --------------------------------------------------------------------------------------------------------------------------------

// The instance's __dict__ is the ordinary one: attributes can be stored without asking for it, which would be slower ever after.
static bool has_plain_dict(Thread *t, Value v) {
  if (!v_is_ptr(v) || !instance_has_attrs(v_obj(v)) || v_type(v)->slots.getattro != object_generic_getattr) return false;
  Value found = type_lookup(t, v_type(v), N(__dict__));
  bool plain = !v_is_null(found) && v_is_exact(found, SHAPE_GETSET_DESCRIPTOR) && ((const GetSetDescriptor *)v_obj(found))->def == &type_instance_dict_getset;
  v_drop(t, found);
  return plain;
}

// The interned str for a key, owned. The keys of many instances are the same few objects, which are remembered.
static Value intern_key(Loader *l, Value key) {
  PickleName *known = &l->names[(key.w >> 4) % PICKLE_NAMES_KNOWN];
  if (likely(v_is(known->key, key))) return v_own(l->t, known->interned);
  Value name = str_intern(l->t, v_own(l->t, key));
  if (v_is_null(name)) return V_NULL;
  v_set(l->t, &known->key, v_own(l->t, key));
  v_set(l->t, &known->interned, v_own(l->t, name));
  return name;
}

static int set_attribute(Loader *l, Value v, Value dict /* V_NULL: v's plain one */, Value key, Value value) {
  Value name = v_is_str_exact(key) ? intern_key(l, key) : v_own(l->t, key);
  if (v_is_null(name)) return -1;
  int status = v_is_null(dict) ? instance_set_attr(l->t, v_obj(v), name, value) : object_setitem(l->t, dict, name, value);
  v_drop(l->t, name);
  return status < 0 ? -1 : 0;
}

static bool all_keys_are_str(Dict *d) { return ((const DictTable *)aptr_load_acq(&d->table))->str_keys; }

static int set_dict_state(Loader *l, Value v, Value state) {
  if (!v_is_dict(state)) return (int)(pickle_raise_unpickling(l->t, "state is not a dictionary"), -1);
  Value dict = V_NULL, key, value;
  if (!has_plain_dict(l->t, v) || !all_keys_are_str(v_dict(state))) {
    dict = object_getattr(l->t, v, N(__dict__));
    if (v_is_null(dict)) return -1;
  }
  int status = 0;
  for (int64_t pos = 0; status == 0 && dict_next(l->t, v_dict(state), &pos, &key, &value);) {
    status = set_attribute(l, v, dict, key, value);
    v_drop(l->t, key);
    v_drop(l->t, value);
  }
  v_drop(l->t, dict);
  return status;
}

static int set_slot_state(Loader *l, Value v, Value state) {
  if (!v_is_dict(state)) return (int)(pickle_raise_unpickling(l->t, "slot state is not a dictionary"), -1);
  Value key, value;
  int status = 0;
  for (int64_t pos = 0; status == 0 && dict_next(l->t, v_dict(state), &pos, &key, &value);) {
    status = object_setattr(l->t, v, key, value);
    v_drop(l->t, key);
    v_drop(l->t, value);
  }
  return status;
}

static int set_state(Loader *l, Value v, Value state) {
  Value method, slots = V_NULL;
  int r = object_lookup_attr(l->t, v, N(__setstate__), &method);
  if (r < 0) return -1;
  if (r > 0) {
    Value done = object_call1(l->t, method, state);
    v_drop(l->t, method);
    v_drop(l->t, done);
    return v_is_null(done) ? -1 : 0;
  }
  if (v_is_tuple(state) && v_tuple(state)->length == 2) {
    slots = v_tuple(state)->items[1];
    state = v_tuple(state)->items[0];
  }
  if (!v_is_none(state) && set_dict_state(l, v, state) < 0) return -1;
  return v_is_null(slots) || v_is_none(slots) ? 0 : set_slot_state(l, v, slots);
}

int pickle_load_build(Loader *l) {
  if (loader_need(l, 2) < 0) return -1;
  Value state = loader_pop(l), v = v_own(l->t, loader_top(l));
  int status = set_state(l, v, state);
  v_drop(l->t, state);
  v_drop(l->t, v);
  return status;
}

// --- Persistent ids, extensions -----------------------------------------------------------------------------------------------------------

static int push_persistent(Loader *l, Value id_stolen) {
  Value v = v_is_null(id_stolen) ? V_NULL : pickle_hook_call(l->t, &l->persistent_load, l->self, id_stolen);
  v_drop(l->t, id_stolen);
  return loader_push(l, v);
}

static int check_persistent(Loader *l) {
  if (!v_is_null(l->persistent_load.function)) return 0;
  pickle_raise_unpickling(l->t, "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.");
  return -1;
}

int pickle_load_persid(Loader *l) {
  int64_t n;
  if (check_persistent(l) < 0) return -1;
  const char *line = pickle_read_line(l, &n);
  if (!line) return -1;
  Value id = ascii_decode(l->t, line, (size_t)n - 1, "strict");
  if (v_is_null(id) && error_matches(l->t, &exc_UnicodeDecodeError)) {
    error_clear(l->t);
    pickle_raise_unpickling(l->t, "persistent IDs in protocol 0 must be ASCII strings");
  }
  return push_persistent(l, id);
}

int pickle_load_binpersid(Loader *l) { return check_persistent(l) < 0 ? -1 : push_persistent(l, loader_pop(l)); }

static Value find_extension(Loader *l, int64_t code, Value key) {
  Value pair;
  int r = dict_get(l->t, v_dict(pickle_tables.inverted_registry), key, &pair);
  if (r == 0) return raise_value_error(l->t, "unregistered extension code %lld", (long long)code);
  if (r < 0) return V_NULL;
  const Tuple *names = v_is_tuple(pair) && v_tuple(pair)->length == 2 ? v_tuple(pair) : NULL;
  Value v = V_NULL;
  if (!names || !v_is_str(names->items[0]) || !v_is_str(names->items[1]))
    raise_value_error(l->t, "_inverted_registry[%lld] isn't a 2-tuple of strings", (long long)code);
  else
    v = find_class(l, names->items[0], names->items[1]);
  v_drop(l->t, pair);
  if (!v_is_null(v) && dict_set(l->t, v_dict(pickle_tables.extension_cache), key, v) < 0) v_clear(l->t, &v);
  return v;
}

int pickle_load_extension(Loader *l, int width) {
  int64_t code;
  if (!loader_read_number(l, width, &code)) return -1;
  if (width == 4) code = (int32_t)code;
  if (code <= 0) return (int)(pickle_raise_unpickling(l->t, "EXT specifies code <= 0"), -1);
  Value key = v_from_smi(code), v;
  int r = dict_get(l->t, v_dict(pickle_tables.extension_cache), key, &v);
  return loader_push(l, r < 0 ? V_NULL : r > 0 ? v : find_extension(l, code, key));
}
