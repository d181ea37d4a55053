// __import__, built-in modules, and the start of the library's importlib.
#include "system/import.h"

#include <string.h>

#include "code/code.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/bytecode_cache.h"
#include "system/frozen.h"
#include "system/sys_state.h"
#include "vm/traceback.h"
#include "vm/vm.h"

// The bootstrap's _find_and_load and friends, fetched once: attributes of the _frozen_importlib module.
static Value bootstrap;

static Value bootstrap_call(Thread *t, const char *function, const Value *args, size_t nargs) {
  Value name = str_intern_cstr(t, function);
  Value f = v_is_null(name) ? V_NULL : object_getattr(t, bootstrap, name);
  if (v_is_null(f)) return V_NULL;
  Value r = object_call(t, f, args, nargs, V_NULL);
  v_drop(t, f);
  return r;
}

// --- Built-in modules -----------------------------------------------------------------------------------------------------------------

const ModuleDef *const *import_builtin_table;

const ModuleDef *import_find_builtin(Value name) {
  for (size_t i = 0; import_builtin_table[i]; i++)
    if (str_equals_cstr(name, import_builtin_table[i]->name)) return import_builtin_table[i];
  return NULL;
}

Value import_builtin(Thread *t, const ModuleDef *def, Value spec) {
  Value modules = sys_modules(t);
  if (v_is_null(modules)) return V_NULL;
  Value m;
  int r = dict_get_cstr(t, v_dict(modules), def->name, &m);
  if (r == 0) {
    m = module_from_def(t, def);
    if (!v_is_null(m) && !v_is_null(spec) && dict_set(t, v_dict(module_dict(m)), N(__spec__), spec) < 0) v_clear(t, &m);
    if (!v_is_null(m) && dict_set_cstr(t, v_dict(modules), def->name, m) < 0) v_clear(t, &m);
    if (!v_is_null(m) && module_exec_def(t, m, def) < 0) {
      Value error = error_fetch(t);
      Value name = str_intern_cstr(t, def->name);
      if (!v_is_null(name)) dict_delete(t, v_dict(modules), name);
      error_restore(t, error);
      v_clear(t, &m);
    }
  }
  v_drop(t, modules);
  return r < 0 ? V_NULL : m;
}

// --- __import__ -------------------------------------------------------------------------------------------------------------------------

static Value warn_and_get(Thread *t, Value globals, Value *spec) {
  Value package;
  int r = dict_get(t, v_dict(globals), N(__package__), &package);
  if (r < 0) return V_NULL;
  if (dict_get(t, v_dict(globals), N(__spec__), spec) < 0) {
    v_drop(t, package);
    return V_NULL;
  }
  return r ? package : V_NONE;
}

// The package that a relative import starts from (3.11's rules with their warnings). Owned.
static Value calculate_package(Thread *t, Value globals) {
  if (v_is_null(globals) || !v_is_dict(globals)) {
    if (v_is_null(globals)) return raise_error(t, &exc_KeyError, "'__name__' not in globals");
    return raise_type_error(t, "globals must be a dict");
  }
  Value spec = V_NULL, package = warn_and_get(t, globals, &spec), parent = V_NULL;
  if (v_is_null(package)) return V_NULL;
  bool has_spec = !v_is_null(spec) && !v_is_none(spec);
  if (has_spec) {
    parent = object_getattr(t, spec, N(parent));
    v_drop(t, spec);
    if (v_is_null(parent)) goto fail;
  }
  if (!v_is_none(package)) {
    if (!v_is_str(package)) {
      raise_type_error(t, "package must be a string");
      goto fail;
    }
    if (has_spec) {
      int same = object_equal(t, package, parent);
      if (same < 0 || (!same && warn(t, &exc_ImportWarning, 1, "__package__ != __spec__.parent") < 0)) goto fail;
    }
    v_drop(t, parent);
    return package;
  }
  if (has_spec) {
    if (v_is_str(parent)) return parent;
    raise_type_error(t, "__spec__.parent must be a string");
    goto fail;
  }
  if (warn(t, &exc_ImportWarning, 1, "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__") < 0) goto fail;
  int r = dict_get(t, v_dict(globals), N(__name__), &package);
  if (r <= 0) {
    if (r == 0) raise_error(t, &exc_KeyError, "'__name__' not in globals");
    return V_NULL;
  }
  if (!v_is_str(package)) {
    raise_type_error(t, "__name__ must be a string");
    goto fail;
  }
  r = dict_contains(t, v_dict(globals), N(__path__));
  if (r < 0) goto fail;
  if (r == 0) {
    int64_t dot = str_length(v_str(package));
    while (dot > 0 && str_char(v_str(package), dot - 1) != '.') dot--;
    if (dot == 0) {
      v_drop(t, package);
      return raise_error(t, &exc_ImportError, "attempted relative import with no known parent package");
    }
    Value cut = str_slice(t, package, 0, dot - 1);
    v_drop(t, package);
    return cut;
  }
  return package;
fail:
  v_drop(t, package);
  v_drop(t, parent);
  return V_NULL;
}

static Value resolve_name(Thread *t, Value name, Value globals, int level) {
  Value package = calculate_package(t, globals);
  if (v_is_null(package)) return V_NULL;
  int64_t end = str_length(v_str(package));
  if (end == 0) {
    v_drop(t, package);
    return raise_error(t, &exc_ImportError, "attempted relative import with no known parent package");
  }
  for (int up = 1; up < level; up++) {
    while (end > 0 && str_char(v_str(package), end - 1) != '.') end--;
    if (end == 0) {
      v_drop(t, package);
      return raise_error(t, &exc_ImportError, "attempted relative import beyond top-level package");
    }
    end--;
  }
  Value base = str_slice(t, package, 0, end);
  v_drop(t, package);
  if (v_is_null(base) || str_length(v_str(name)) == 0) return base;
  Value full = str_from_format(t, "%U.%U", base, name);
  v_drop(t, base);
  return full;
}

// Waits for another thread that is still importing the module.
static int ensure_initialized(Thread *t, Value module, Value name) {
  Value spec, flag;
  int r = object_lookup_attr(t, module, N(__spec__), &spec);
  if (r <= 0) return r;
  r = object_lookup_attr(t, spec, N(_initializing), &flag);
  v_drop(t, spec);
  if (r <= 0) return r;
  r = object_is_true(t, flag);
  v_drop(t, flag);
  if (r <= 0) return r;
  Value done = bootstrap_call(t, "_lock_unlock_module", &name, 1);
  v_drop(t, done);
  return v_is_null(done) ? -1 : 0;
}

// Takes importlib's own frames out of a failed import's traceback: all of them for an ImportError, else those that end in the call that runs
// the module's code, so that the program's frames stand next to each other.
static void remove_importlib_frames(Thread *t) {
  if (sys_config.verbose) return;
  Value exc = error_fetch(t);
  bool always = type_is_subtype(v_type(exc), &exc_ImportError);
  Value first = exception_get_traceback(t, exc);
  Value *link = &first, *chunk = NULL;
  while (!v_is_null(*link) && v_is_exact(*link, SHAPE_TRACEBACK)) {
    Traceback *tb = (Traceback *)v_obj(*link);
    Value code_object = object_getattr(t, tb->frame, N(f_code));
    if (v_is_null(code_object)) break;
    const Code *code = v_code(code_object);
    bool inside = str_equals_cstr(code->filename, "<frozen importlib._bootstrap>") || str_equals_cstr(code->filename, "<frozen importlib._bootstrap_external>");
    if (inside && !chunk) chunk = link;
    bool ends = inside && (always || str_equals_cstr(code->name, "_call_with_frames_removed"));
    v_drop(t, code_object);
    if (!inside) chunk = NULL;
    if (ends && chunk) {
      Value rest = v_own(t, tb->next);
      v_set(t, chunk, rest);
      link = chunk;
      if (!always) chunk = NULL;
    } else {
      link = &tb->next;
    }
  }
  exception_set_traceback(t, exc, v_is_null(first) ? V_NONE : first);
  v_drop(t, first);
  error_restore(t, exc);
}

static Value find_or_load(Thread *t, Value name) {
  Value modules = sys_modules(t), module;
  if (v_is_null(modules)) return V_NULL;
  int r = v_is_dict_exact(modules) ? dict_get(t, v_dict(modules), name, &module) : -2;
  if (r == -2) {
    module = object_getitem(t, modules, name);
    if (v_is_null(module) && error_matches(t, &exc_KeyError)) error_clear(t);
    r = error_pending(t) ? -1 : !v_is_null(module);
  }
  v_drop(t, modules);
  if (r < 0) return V_NULL;
  if (r > 0 && !v_is_none(module)) {
    if (ensure_initialized(t, module, name) == 0) return module;
    v_drop(t, module);
    return V_NULL;
  }
  Value import = V_NULL;
  if (v_is_null(bootstrap)) return raise_error(t, &exc_ImportError, "importlib is not there yet");
  if (dict_get(t, v_dict(vm_builtins_dict), N(__import__), &import) <= 0) return error_pending(t) ? V_NULL : raise_error(t, &exc_ImportError, "__import__ not found");
  module = bootstrap_call(t, "_find_and_load", (Value[]){name, import}, 2);
  v_drop(t, import);
  if (v_is_null(module)) remove_importlib_frames(t);
  return module;
}

// `import a.b.c` binds a: the module named by the first part (level 0), or by as much of the absolute name as stands before it.
static Value front_module(Thread *t, Value name, Value absolute, Value module, int level) {
  int64_t n = str_length(v_str(name)), dot = 0;
  while (dot < n && str_char(v_str(name), dot) != '.') dot++;
  if (dot == n) return v_own(t, module);
  Value front;
  if (level == 0) {
    front = str_slice(t, name, 0, dot);
    if (v_is_null(front)) return V_NULL;
    Value r = import_module_level(t, front, V_NULL, tuple_empty, 0);
    v_drop(t, front);
    return r;
  }
  front = str_slice(t, absolute, 0, str_length(v_str(absolute)) - (n - dot));
  Value modules = v_is_null(front) ? V_NULL : sys_modules(t), r = V_NULL;
  if (!v_is_null(modules) && dict_get(t, v_dict(modules), front, &r) == 0) raise_error(t, &exc_KeyError, "%R not in sys.modules as expected", front);
  v_drop(t, modules);
  v_drop(t, front);
  return r;
}

Value import_module_level(Thread *t, Value name, Value globals, Value fromlist, int level) {
  if (!v_is_str(name)) return raise_type_error(t, "module name must be a string");
  if (level < 0) return raise_value_error(t, "level must be >= 0");
  Value absolute;
  if (level > 0) {
    absolute = resolve_name(t, name, globals, level);
    if (v_is_null(absolute)) return V_NULL;
  } else {
    if (str_length(v_str(name)) == 0) return raise_value_error(t, "Empty module name");
    absolute = v_own(t, name);
  }
  Value module = find_or_load(t, absolute), result = V_NULL;
  if (v_is_null(module)) goto done;
  int has_from = v_is_none(fromlist) ? 0 : object_is_true(t, fromlist);
  if (has_from < 0) goto done;
  if (!has_from) {
    result = level == 0 || str_length(v_str(name)) > 0 ? front_module(t, name, absolute, module, level) : v_own(t, module);
    goto done;
  }
  Value path;
  int r = object_lookup_attr(t, module, N(__path__), &path);
  if (r < 0) goto done;
  if (r > 0) {
    v_drop(t, path);
    Value import = V_NULL;
    if (dict_get(t, v_dict(vm_builtins_dict), N(__import__), &import) > 0)
      result = bootstrap_call(t, "_handle_fromlist", (Value[]){module, fromlist, import}, 3);
    v_drop(t, import);
  } else {
    result = v_own(t, module);
  }
done:
  v_drop(t, module);
  v_drop(t, absolute);
  return result;
}

Value import_module_named(Thread *t, Value name) { return find_or_load(t, name); }

Value import_module(Thread *t, const char *name) {
  Value n = str_intern_cstr(t, name);
  if (v_is_null(n)) return V_NULL;
  Value first = import_module_level(t, n, V_NULL, tuple_empty, 0);
  if (v_is_null(first)) return V_NULL;
  v_drop(t, first);
  return find_or_load(t, n);
}

// --- Bootstrap ----------------------------------------------------------------------------------------------------------------------------

// Runs _frozen_importlib, which must be there before importlib can load anything; owned module.
static Value run_bootstrap(Thread *t) {
  Value name = N(_frozen_importlib);
  const FrozenModule *frozen = v_is_null(name) ? NULL : frozen_find(name);
  if (!frozen) return raise_error(t, &exc_ImportError, "no importlib in %s", sys_config.stdlib);
  Value m = module_new(t, name), code = v_is_null(m) ? V_NULL : frozen_code(t, frozen);
  Value modules = v_is_null(code) ? V_NULL : sys_modules(t), r = V_NULL;
  if (!v_is_null(modules) && dict_set(t, v_dict(modules), name, m) == 0 &&
      dict_set(t, v_dict(module_dict(m)), N(__builtins__), vm_builtins_dict) == 0 && module_add_str(t, m, "__origname__", frozen->origin) == 0)
    r = vm_eval_code(t, code, module_dict(m), module_dict(m));
  v_drop(t, modules);
  v_drop(t, code);
  if (v_is_null(r)) v_clear(t, &m);
  v_drop(t, r);
  return m;
}

static Value call_named(Thread *t, Value of, const char *function, const Value *args, size_t nargs) {
  Value name = str_intern_cstr(t, function);
  Value f = v_is_null(name) ? V_NULL : object_getattr(t, of, name);
  Value r = v_is_null(f) ? V_NULL : object_call(t, f, args, nargs, V_NULL);
  v_drop(t, f);
  return r;
}

static int call_ignoring_result(Thread *t, Value m, const char *function, const Value *args, size_t nargs) {
  Value r = call_named(t, m, function, args, nargs);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

static Value builtin_named(Thread *t, const char *name) {
  Value n = str_intern_cstr(t, name);
  const ModuleDef *def = v_is_null(n) ? NULL : import_find_builtin(n);
  if (!def) return raise_error(t, &exc_ImportError, "no built-in module %s", name);
  return import_builtin(t, def, V_NULL);
}

// CPython looks for a shared library before the source beside it (mypyc's packages hold both). Its libraries cannot be loaded here, so they come
// last: only a module that is nothing else is refused by create_dynamic().
static int prefer_sources(Thread *t, Value external) {
  Value hooks = sys_get(t, N(path_hooks)), loaders = call_named(t, external, "_get_supported_file_loaders", NULL, 0), finder = V_NULL, hook = V_NULL;
  if (!v_is_null(hooks) && !v_is_null(loaders) && dict_get_cstr(t, v_dict(module_dict(external)), "FileFinder", &finder) > 0) {
    Value extensions = list_get(t, v_list(loaders), 0), sources = list_get(t, v_list(loaders), 1), bytecode = list_get(t, v_list(loaders), 2);
    hook = call_named(t, finder, "path_hook", (Value[]){sources, bytecode, extensions}, 3);
    v_drop(t, extensions);
    v_drop(t, sources);
    v_drop(t, bytecode);
  }
  int r = v_is_null(hook) ? -1 : list_set(t, v_list(hooks), -1, hook);
  v_drop(t, hook);
  v_drop(t, finder);
  v_drop(t, loaders);
  v_drop(t, hooks);
  return r;
}

// The hook for archives on sys.path goes first, as in CPython.
static int install_zipimport(Thread *t) {
  Value m = import_module(t, "zipimport"), hooks = sys_get(t, N(path_hooks)), hook = V_NULL;
  int r = v_is_null(m) || v_is_null(hooks) || dict_get_cstr(t, v_dict(module_dict(m)), "zipimporter", &hook) <= 0 ? -1 : list_insert(t, v_list(hooks), 0, hook);
  v_drop(t, hook);
  v_drop(t, hooks);
  v_drop(t, m);
  return r;
}

bool import_bootstrap(Thread *t) {
  Value imp = builtin_named(t, "_imp"), sys = builtin_named(t, "sys");
  if (v_is_null(imp) || v_is_null(sys)) return false;
  module_importlib = bootstrap = run_bootstrap(t);
  if (v_is_null(bootstrap) || call_ignoring_result(t, bootstrap, "_install", (Value[]){sys, imp}, 2) < 0) return false;
  Value external = import_module(t, "_frozen_importlib_external");
  bool ok = !v_is_null(external) && bytecode_cache_adopt(t, external) == 0 &&
            dict_set_cstr(t, v_dict(module_dict(bootstrap)), "_bootstrap_external", external) == 0 &&
            call_ignoring_result(t, external, "_install", &bootstrap, 1) == 0 && prefer_sources(t, external) == 0 && install_zipimport(t) == 0;
  v_drop(t, external);
  v_drop(t, imp);
  v_drop(t, sys);
  return ok;
}
