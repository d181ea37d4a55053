// _weakref: what weakref.py builds on.
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/weakproxy.h"
#include "objects/weakref.h"

#define METHOD(fn) static Value fn(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)

METHOD(get_count) {
  (void)self, (void)nargs, (void)kwnames;
  return int_from_i64(t, weakref_count(args[0]));
}

METHOD(get_refs) {
  (void)self, (void)nargs, (void)kwnames;
  return weakref_list(t, args[0]);
}

METHOD(proxy) {
  (void)self, (void)nargs, (void)kwnames;
  return weakproxy_new(t, args[0], v_is_absent_or_none(args[1]) ? V_NULL : args[1]);
}

// Deletes the key if its value is a dead reference; a new one that has taken its place stays.
METHOD(remove_dead) {
  (void)self, (void)nargs, (void)kwnames;
  if (!v_is_dict(args[0])) return raise_type_error(t, "_remove_dead_weakref() argument 1 must be dict, not %K", args[0]);
  Value ref;
  int r = dict_get(t, v_dict(args[0]), args[1], &ref);
  if (r <= 0) return r < 0 ? V_NULL : V_NONE;
  if (!v_is_weakref(ref)) {
    raise_type_error(t, "not a weakref");
    v_drop(t, ref);
    return V_NULL;
  }
  Value alive = weakref_get(t, ref);
  v_drop(t, ref);
  if (!v_is_null(alive)) {
    v_drop(t, alive);
    return V_NONE;
  }
  return dict_delete(t, v_dict(args[0]), args[1]) < 0 ? V_NULL : V_NONE;
}

static const NativeDef functions[] = {
    {"getweakrefcount($module, object, /)", get_count, "How many weak references to the object there are.", 0},
    {"getweakrefs($module, object, /)", get_refs, "The weak references to an object, as a list.", 0},
    {"proxy($module, object, callback=None, /)", proxy, "A proxy that refers weakly to an object.", 0},
    {"_remove_dead_weakref($module, dct, key, /)", remove_dead, "Removes a dict's key if its value is a dead weak reference.", 0},
    {0},
};

static int exec(Thread *t, Value module) {
  static const struct { const char *name; Type *type; } types[] = {
      {"ref", &type_weakref}, {"ReferenceType", &type_weakref}, {"ProxyType", &type_weakproxy}, {"CallableProxyType", &type_weakcallableproxy},
  };
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add(t, module, types[i].name, v_own_obj(t, types[i].type)) < 0) return -1;
  return 0;
}

const ModuleDef module__weakref = {.name = "_weakref", .doc = "Weak references.", .functions = functions, .exec = exec};
