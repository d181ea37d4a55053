// _imp: what importlib asks of the runtime: built-in and frozen modules, the import lock, source hashes.
//
// Extension modules cannot be loaded, so no suffix names one.
#include <string.h>

#include "code/code.h"
#include "code/marshal.h"
#include "modules/sys_info.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/exceptions.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/frozen.h"
#include "system/import.h"
#include "system/sys_state.h"
#include "threading/mutex.h"
#include "vm/vm.h"

#define IMP(name) static Value imp_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- The import lock --------------------------------------------------------------------------------------------------------------------
// Recursive, owned by a thread. `owner` and `depth` are written by the holder only.

static Mutex lock = MUTEX_INIT;
static a64 lock_owner;   // thread id + 1 of the holder, 0: free
static int lock_depth;

static bool lock_is_mine(Thread *t) { return a64_load_rlx(&lock_owner) == t->id + 1; }

IMP(acquire_lock) {
  UNUSED;
  if (!lock_is_mine(t)) {
    mutex_lock(t, &lock);
    a64_store_rlx(&lock_owner, t->id + 1);
  }
  lock_depth++;
  return V_NONE;
}

IMP(release_lock) {
  UNUSED;
  if (!lock_is_mine(t)) return raise_error(t, &exc_RuntimeError, "not holding the import lock");
  if (--lock_depth == 0) {
    a64_store_rlx(&lock_owner, 0);
    mutex_unlock(&lock);
  }
  return V_NONE;
}

// The child of a fork: a lock that another thread held is nobody's any more.
static void forked(Thread *t) {
  if (lock_is_mine(t)) return;
  lock = (Mutex)MUTEX_INIT;
  a64_store_rlx(&lock_owner, 0);
  lock_depth = 0;
}

IMP(lock_held) { UNUSED; return v_from_bool(mutex_is_locked(&lock)); }

// --- Built-in and frozen modules ------------------------------------------------------------------------------------------------------------

IMP(is_builtin) {
  UNUSED;
  return v_from_smi(v_is_str(args[0]) && import_find_builtin(args[0]) ? 1 : 0);
}

IMP(create_builtin) {
  UNUSED;
  Value name = object_getattr(t, args[0], N(name));
  if (v_is_null(name)) return V_NULL;
  const ModuleDef *def = import_find_builtin(name);
  v_drop(t, name);
  return def ? import_builtin(t, def, args[0]) : V_NONE;
}

// import_builtin has run the module's body already: a module is never seen half made.
IMP(exec_builtin) { UNUSED; return v_from_smi(0); }

static Value no_frozen_object(Thread *t, Value name) { return raise_error(t, &exc_ImportError, "No such frozen object named %R", name); }

static bool name_is_str(Thread *t, const char *function, Value name) {
  if (v_is_str(name)) return true;
  raise_type_error(t, "%s must be str, not %T", function, name);
  return false;
}

IMP(is_frozen) {
  UNUSED;
  if (!name_is_str(t, "is_frozen() argument", args[0])) return V_NULL;
  return v_from_bool(frozen_find(args[0]));
}

IMP(is_frozen_package) {
  UNUSED;
  if (!name_is_str(t, "is_frozen_package() argument", args[0])) return V_NULL;
  const FrozenModule *module = frozen_find(args[0]);
  return module ? v_from_bool(module->is_package) : no_frozen_object(t, args[0]);
}

static Value marshalled_view(Thread *t, const FrozenModule *module) {
  Value code = frozen_code(t, module), data = v_is_null(code) ? V_NULL : marshal_dumps(t, code);
  Value view = v_is_null(data) ? V_NULL : memoryview_from(t, data);
  v_drop(t, code);
  v_drop(t, data);
  return view;
}

// None, or (the marshalled code if it is wanted, whether it is a package, the name of the module whose file it is).
IMP(find_frozen) {
  UNUSED;
  if (!name_is_str(t, "find_frozen() argument 1", args[0])) return V_NULL;
  int with_data = v_is_absent(args[1]) ? 0 : object_is_true(t, args[1]);
  if (with_data < 0) return V_NULL;
  const FrozenModule *module = frozen_find(args[0]);
  if (!module) return V_NONE;
  Value data = with_data ? marshalled_view(t, module) : V_NONE;
  Value origin = v_is_null(data) ? V_NULL : module->origin ? str_from_cstr(t, module->origin) : V_NONE;
  Value r = v_is_null(origin) ? V_NULL : tuple_pack(t, 3, data, v_from_bool(module->is_package), origin);
  v_drop(t, data);
  v_drop(t, origin);
  return r;
}

// The code of data that an earlier find_frozen gave out.
static Value unmarshal(Thread *t, Value name, Value data) {
  BufferView view;
  if (buffer_get(t, data, &view, BUFFER_SIMPLE) < 0) {
    error_clear(t);
    return raise_type_error(t, "get_frozen_object() argument 2 must be bytes, not %K", data);
  }
  Value code = marshal_loads(t, view.data, (size_t)view.len);
  buffer_release(t, &view);
  if (v_is_null(code)) {
    error_clear(t);
    return raise_error(t, &exc_ImportError, "Frozen object named %R is invalid", name);
  }
  if (v_is_exact(code, SHAPE_CODE)) return code;
  v_drop(t, code);
  return raise_type_error(t, "frozen object %R is not a code object", name);
}

IMP(get_frozen_object) {
  UNUSED;
  if (!name_is_str(t, "get_frozen_object() argument 1", args[0])) return V_NULL;
  if (!v_is_absent(args[1]) && !v_is_none(args[1])) return unmarshal(t, args[0], args[1]);
  const FrozenModule *module = frozen_find(args[0]);
  return module ? frozen_code(t, module) : no_frozen_object(t, args[0]);
}

static int run_in_new_module(Thread *t, Value module, Value name, Value code) {
  Value modules = sys_modules(t), d = module_dict(module), r = V_NULL;
  if (!v_is_null(modules) && dict_set(t, v_dict(modules), name, module) == 0 && dict_set(t, v_dict(d), N(__builtins__), vm_builtins_dict) == 0)
    r = vm_eval_code(t, code, d, d);
  v_drop(t, modules);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

IMP(init_frozen) {
  UNUSED;
  if (!name_is_str(t, "init_frozen() argument", args[0])) return V_NULL;
  const FrozenModule *frozen = frozen_find(args[0]);
  if (!frozen) return V_NONE;
  Value code = frozen_code(t, frozen), module = v_is_null(code) ? V_NULL : module_new(t, args[0]);
  int r = v_is_null(module) ? -1 : 0;
  if (r == 0 && frozen->is_package) {
    Value path = list_new(t, 0);
    r = v_is_null(path) ? -1 : dict_set(t, v_dict(module_dict(module)), N(__path__), path);
    v_drop(t, path);
  }
  if (r == 0) r = run_in_new_module(t, module, args[0], code);
  if (r == 0 && frozen->origin) r = module_add_str(t, module, "__origname__", frozen->origin);
  v_drop(t, code);
  if (r < 0) v_clear(t, &module);
  return module;
}

IMP(frozen_module_names) { UNUSED; return frozen_names(t); }

IMP(override_frozen_modules_for_tests) {
  UNUSED;
  int64_t wish = number_as_i64(t, args[0]);
  if (wish == -1 && error_pending(t)) return V_NULL;
  frozen_override(wish > 0 ? 1 : wish < 0 ? -1 : 0);
  return V_NONE;
}

// --- Extension modules ------------------------------------------------------------------------------------------------------------------------

// Those of CPython's modules, so that a package that has only such ones is found and refused by name, instead of seeming to be missing.
IMP(extension_suffixes) {
  UNUSED;
  static const char *const suffixes[] = {".cpython-311-" WEFT_MULTIARCH ".so", ".abi3.so", ".so"};
  enum { COUNT = sizeof suffixes / sizeof *suffixes };
  Value items[COUNT];
  for (int i = 0; i < COUNT; i++) items[i] = str_from_cstr(t, suffixes[i]);
  return list_from_stolen(t, items, COUNT);
}

IMP(create_dynamic) {
  UNUSED;
  Value name = object_getattr(t, args[0], N(name)), path = v_is_null(name) ? V_NULL : object_getattr(t, args[0], N(origin));
  if (!v_is_null(path)) {
    raise_error(t, &exc_ImportError, "%S: an extension module made for CPython, which weft cannot load", path);
    ImportErrorException *e = (ImportErrorException *)t->exc;
    if (t->exc && object_type(t->exc) == &exc_ImportError) {
      v_set(t, &e->name, v_own(t, name));
      v_set(t, &e->path, v_own(t, path));
    }
  }
  v_drop(t, name);
  v_drop(t, path);
  return V_NULL;
}
IMP(exec_dynamic) { UNUSED; return v_from_smi(0); }

// --- Code ---------------------------------------------------------------------------------------------------------------------------------------

IMP(fix_co_filename) {
  UNUSED;
  if (!v_is_exact(args[0], SHAPE_CODE)) return raise_type_error(t, "_fix_co_filename() argument 1 must be code, not %K", args[0]);
  if (!v_is_str(args[1])) return raise_type_error(t, "_fix_co_filename() argument 2 must be str, not %K", args[1]);
  code_set_filename(t, args[0], args[1]);
  return V_NONE;
}

// The 64-bit SipHash-1-3 of the source with the import magic as key, as bytes: PEP 552's hash.
IMP(source_hash) {
  UNUSED;
  int64_t key = number_as_i64(t, args[0]);
  if (key == -1 && error_pending(t)) return V_NULL;
  BufferView view;
  if (buffer_get(t, args[1], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  uint64_t h = hash_bytes_keyed((uint64_t)key, 0, view.data, (size_t)view.len);
  buffer_release(t, &view);
  return bytes_from(t, &h, sizeof h);
}

static const NativeDef functions[] = {
    {"acquire_lock()", imp_acquire_lock, "Takes the import lock for this thread, waiting for it if need be.", 0},
    {"release_lock()", imp_release_lock, "Gives the import lock back.", 0},
    {"lock_held()", imp_lock_held, "Whether any thread has the import lock.", 0},
    {"is_builtin(name, /)", imp_is_builtin, "Returns 1 if the module name is built in.", 0},
    {"create_builtin(spec, /)", imp_create_builtin, "Makes the built-in module that the spec names.", 0},
    {"exec_builtin(mod, /)", imp_exec_builtin, "Runs what a built-in module does at its start.", 0},
    {"is_frozen(name, /)", imp_is_frozen, "Whether there is a frozen module of that name.", 0},
    {"is_frozen_package(name, /)", imp_is_frozen_package, "Whether the frozen module of that name is a package.", 0},
    {"find_frozen(name, /, *, withdata=False)", imp_find_frozen, "Data and facts of a frozen module, or None.", 0},
    {"get_frozen_object(name, data=None, /)", imp_get_frozen_object, "The code of the frozen module of that name.", 0},
    {"init_frozen(name, /)", imp_init_frozen, "Imports the frozen module of that name.", 0},
    {"_override_frozen_modules_for_tests(override, /)", imp_override_frozen_modules_for_tests,
     "For tests: says whether frozen modules are used.", 0},
    {"_frozen_module_names()", imp_frozen_module_names, "The names of all frozen modules.", 0},
    {"extension_suffixes()", imp_extension_suffixes, "How file names of modules in shared libraries end.", 0},
    {"create_dynamic(spec, file=None, /)", imp_create_dynamic, "Makes a module from a shared library.", 0},
    {"exec_dynamic(mod, /)", imp_exec_dynamic, "Runs what a module of a shared library does at its start.", 0},
    {"_fix_co_filename(code, path, /)", imp_fix_co_filename, "Gives a code object, and those inside it, another file name.", 0},
    {"source_hash(key, source)", imp_source_hash, NULL, 0},
    {0},
};

static int imp_exec(Thread *t, Value m) {
  static a32 registered;
  if (a32_cas_rlx(&registered, 0, 1)) thread_at_fork(forked);
  return module_add_str(t, m, "check_hash_based_pycs", sys_config.check_hash_based_pycs);
}

const ModuleDef module__imp = {.name = "_imp", .doc = "What importlib needs from the interpreter.", .functions = functions, .exec = imp_exec};
