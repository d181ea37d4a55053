// _imp: what importlib asks of the runtime: built-in modules, the two frozen bootstrap modules, the import lock, source hashes.
//
// Nothing is frozen but the two bootstrap modules that already run; extension modules cannot be loaded, so no suffix names one.
#include <string.h>

#include "code/code.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/import.h"
#include "runtime/sys_state.h"
#include "threading/mutex.h"

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

static bool is_bootstrap(Value name) {
  return v_is_str(name) && (str_equals_cstr(name, "_frozen_importlib") || str_equals_cstr(name, "_frozen_importlib_external"));
}

IMP(is_frozen) { UNUSED; return v_from_bool(is_bootstrap(args[0])); }
IMP(is_frozen_package) {
  UNUSED;
  if (is_bootstrap(args[0])) return V_FALSE;
  return raise_error(t, &exc_ImportError, "No such frozen object named %S", args[0]);
}
IMP(find_frozen) { UNUSED; return V_NONE; }
IMP(get_frozen_object) { UNUSED; return raise_error(t, &exc_ImportError, "No such frozen object named %S", args[0]); }
IMP(init_frozen) { UNUSED; return V_NONE; }
IMP(frozen_module_names) { UNUSED; return list_new(t, 0); }

// --- Extension modules ------------------------------------------------------------------------------------------------------------------------

IMP(extension_suffixes) { UNUSED; return list_new(t, 0); }
IMP(create_dynamic) {
  UNUSED;
  Value name = object_getattr(t, args[0], N(name));
  if (v_is_null(name)) return V_NULL;
  raise_error(t, &exc_ImportError, "%U: extension modules made for CPython cannot be loaded by weft", name);
  v_drop(t, name);
  return V_NULL;
}
IMP(exec_dynamic) { UNUSED; return v_from_smi(0); }

// --- Code ---------------------------------------------------------------------------------------------------------------------------------------

// Gives code that was moved its new file name, nested code included. Called by importlib on code that nothing else has seen yet.
static void code_set_filename(Thread *t, Value code, Value old, Value name) {
  Code *c = v_code(code);
  if (!str_equal(v_str(c->filename), v_str(old))) return;
  v_set(t, &c->filename, v_own(t, name));
  const Tuple *consts = v_tuple(c->consts);
  for (int64_t i = 0; i < consts->length; i++)
    if (v_is_exact(consts->items[i], SHAPE_CODE)) code_set_filename(t, consts->items[i], old, name);
}

IMP(fix_co_filename) {
  UNUSED;
  if (!v_is_exact(args[0], SHAPE_CODE)) return raise_type_error(t, "_fix_co_filename() argument 1 must be code, not %T", args[0]);
  if (!v_is_str(args[1])) return raise_type_error(t, "_fix_co_filename() argument 2 must be str, not %T", args[1]);
  Value old = v_own(t, v_code(args[0])->filename);
  code_set_filename(t, args[0], old, args[1]);
  v_drop(t, old);
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
    {"acquire_lock()", imp_acquire_lock, "Acquires the interpreter's import lock for the current thread.", 0},
    {"release_lock()", imp_release_lock, "Release the interpreter's import lock.", 0},
    {"lock_held()", imp_lock_held, "Return True if the import lock is currently held, else False.", 0},
    {"is_builtin(name, /)", imp_is_builtin, "Returns 1 if the module name is built in.", 0},
    {"create_builtin(spec, /)", imp_create_builtin, "Create a built-in module.", 0},
    {"exec_builtin(mod, /)", imp_exec_builtin, "Initialize a built-in module.", 0},
    {"is_frozen(name, /)", imp_is_frozen, "Returns True if the module name corresponds to a frozen module.", 0},
    {"is_frozen_package(name, /)", imp_is_frozen_package, "Returns True if the module name is of a frozen package.", 0},
    {"find_frozen(name, /, *, withdata=False)", imp_find_frozen, "Return info about the corresponding frozen module, or None.", 0},
    {"get_frozen_object(name, data=None, /)", imp_get_frozen_object, "Create a code object for a frozen module.", 0},
    {"init_frozen(name, /)", imp_init_frozen, "Initializes a frozen module.", 0},
    {"_frozen_module_names()", imp_frozen_module_names, "Returns the list of available frozen modules.", 0},
    {"extension_suffixes()", imp_extension_suffixes, "Returns the list of file suffixes used to identify extension modules.", 0},
    {"create_dynamic(spec, file=None, /)", imp_create_dynamic, "Create an extension module.", 0},
    {"exec_dynamic(mod, /)", imp_exec_dynamic, "Initialize an extension module.", 0},
    {"_fix_co_filename(code, path, /)", imp_fix_co_filename, "Changes code.co_filename to specify the passed-in file path.", 0},
    {"source_hash(key, source)", imp_source_hash, NULL, 0},
    {0},
};

static int imp_exec(Thread *t, Value m) { return module_add_str(t, m, "check_hash_based_pycs", sys_config.check_hash_based_pycs); }

const ModuleDef module__imp = {.name = "_imp", .doc = "(Extremely) low-level import machinery bits as used by importlib.", .functions = functions, .exec = imp_exec};
