// import statements: calling __import__, taking names out of modules, and `import *`.
#include "vm/import_ops.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/slow_names.h"

Value import_name(Thread *t, Frame *f, Value name, Value fromlist, Value level) {
  Value import, builtins = frame_builtins(f);
  int found = v_is_dict_exact(builtins) ? dict_get(t, v_dict(builtins), N(__import__), &import) : object_lookup_attr(t, builtins, N(__import__), &import);
  if (found < 0) return V_NULL;
  if (!found) return raise_error(t, &exc_ImportError, "__import__ not found");
  Value args[5] = {name, frame_globals(f), v_is_null(f->locals) ? V_NONE : f->locals, fromlist, level};
  Value module = object_call(t, import, args, 5, V_NULL);
  v_drop(t, import);
  return module;
}

// sys.modules[package.name], owned; V_NULL without an exception when there is none.
static Value loaded_submodule(Thread *t, Value package, Value name) {
  Value full = str_from_format(t, "%U.%U", package, name);
  if (v_is_null(full)) return V_NULL;
  Value modules = module_sys_modules_hook(t), v = V_NULL;
  if (!v_is_null(modules)) {
    v = object_getitem(t, modules, full);
    if (v_is_null(v) && error_matches(t, &exc_KeyError)) error_clear(t);
  }
  v_drop(t, modules);
  v_drop(t, full);
  return v;
}

// Whether module.__spec__._initializing is true.
static bool is_initializing(Thread *t, Value module) {
  Value spec, flag = V_NULL;
  bool result = false;
  if (object_lookup_attr(t, module, N(__spec__), &spec) > 0) {
    if (object_lookup_attr(t, spec, N(_initializing), &flag) > 0) result = object_is_true(t, flag) == 1;
    v_drop(t, flag);
    v_drop(t, spec);
  }
  error_clear(t);
  return result;
}

static Value cannot_import(Thread *t, Value module, Value module_name, Value name) {
  Value file = V_NULL;
  if (!type_is_subtype(v_type(module), &type_module) || object_lookup_attr(t, module, N(__file__), &file) < 0) error_clear(t);
  bool has_file = !v_is_null(file) && v_is_str(file);
  Value shown = v_is_null(module_name) ? str_from_cstr(t, "<unknown module name>") : v_own(t, module_name);
  if (!v_is_null(shown)) {
    if (!has_file) {
      raise_error(t, &exc_ImportError, "cannot import name %R from %R (unknown location)", name, shown);
    } else if (is_initializing(t, module)) {
      raise_error(t, &exc_ImportError,
                  "cannot import name %R from partially initialized module %R (most likely due to a circular import) (%S)", name, shown, file);
    } else {
      raise_error(t, &exc_ImportError, "cannot import name %R from %R (%S)", name, shown, file);
    }
    if (t->exc && object_type(t->exc) == &exc_ImportError) {
      ImportErrorException *e = (ImportErrorException *)(void *)t->exc;
      v_set(t, &e->name, v_is_null(module_name) ? V_NONE : v_own(t, module_name));
      if (has_file) v_set(t, &e->path, v_own(t, file));
    }
  }
  v_drop(t, shown);
  v_drop(t, file);
  return V_NULL;
}

Value import_from(Thread *t, Value module, Value name) {
  Value v;
  int found = object_lookup_attr(t, module, name, &v);
  if (found) return found < 0 ? V_NULL : v;
  // A submodule that is being imported is not an attribute of its package yet.
  Value package;
  if (object_lookup_attr(t, module, N(__name__), &package) < 0) return V_NULL;
  if (!v_is_null(package) && v_is_str(package)) {
    v = loaded_submodule(t, package, name);
    if (v_is_null(v) && !error_pending(t)) cannot_import(t, module, package, name);
  } else {
    v = cannot_import(t, module, V_NULL, name);
  }
  v_drop(t, package);
  return v;
}

// The names a star import binds: __all__, or the keys of __dict__ without an underscore. Owned; *skip: leave out underscored ones.
static Value star_names(Thread *t, Value module, bool *skip) {
  Value names, dict;
  int found = object_lookup_attr(t, module, N(__all__), &names);
  *skip = false;
  if (found) return found < 0 ? V_NULL : names;
  found = object_lookup_attr(t, module, N(__dict__), &dict);
  if (found < 0) return V_NULL;
  if (!found) return raise_error(t, &exc_ImportError, "from-import-* object has no __dict__ and no __all__");
  *skip = true;
  names = v_is_dict_exact(dict) ? dict_keys_list(t, v_dict(dict)) : object_call_method0(t, dict, N(keys));
  v_drop(t, dict);
  return names;
}

static bool star_name_error(Thread *t, Value module, Value name, bool skip) {
  Value module_name;
  if (object_lookup_attr(t, module, N(__name__), &module_name) <= 0) return false;
  raise_type_error(t, "%s in %S.%s must be str, not %T", skip ? "Key" : "Item", module_name, skip ? "__dict__" : "__all__", name);
  v_drop(t, module_name);
  return false;
}

static bool import_all(Thread *t, Frame *f, Value module, Value names, bool skip) {
  if (!v_type(names)->slots.getitem) {
    raise_type_error(t, "'%.200T' object does not support indexing", names);
    return false;
  }
  for (int64_t i = 0;; i++) {
    Value name = object_getitem(t, names, v_from_smi(i));
    if (v_is_null(name)) {
      if (!error_matches(t, &exc_IndexError)) return false;
      error_clear(t);
      return true;
    }
    bool ok = true;
    if (!v_is_str(name)) {
      ok = star_name_error(t, module, name, skip);
    } else if (!skip || str_length(v_str(name)) == 0 || str_char(v_str(name), 0) != '_') {
      Value v = object_getattr(t, module, name);
      ok = !v_is_null(v) && slow_store_name(t, f, name, v);
      v_drop(t, v);
    }
    v_drop(t, name);
    if (!ok) return false;
  }
}

bool import_star(Thread *t, Frame *f, Value module) {
  bool skip;
  Value locals = frame_locals(t, f);
  if (v_is_null(locals)) return false;
  v_drop(t, locals);
  Value names = star_names(t, module, &skip);
  if (v_is_null(names)) return false;
  bool ok = import_all(t, f, module, names, skip);
  v_drop(t, names);
  return ok;
}
