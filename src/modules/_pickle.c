// The module _pickle: pickles written and read in C. The functions dump, dumps, load, loads; what the types share; the module's start-up.
#include <stdarg.h>

#include "modules/module_help.h"
#include "modules/pickle.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "system/import.h"

struct PickleNames pickle_names;
struct PickleTables pickle_tables;

Value pickle_raise_pickling(Thread *t, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  raise_errorv(t, v_as_type(pickle_tables.pickling_error), format, ap);
  va_end(ap);
  return V_NULL;
}

Value pickle_raise_unpickling(Thread *t, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  raise_errorv(t, v_as_type(pickle_tables.unpickling_error), format, ap);
  va_end(ap);
  return V_NULL;
}

// --- Hooks --------------------------------------------------------------------------------------------------------------------------------

static void hook_set(Thread *t, PickleHook *h, Value function_stolen, bool bound) {
  h->bound = bound;
  v_set(t, &h->function, function_stolen);
}

int pickle_hook_find(Thread *t, PickleHook *h, Value self, Value name) {
  Value found;
  if (object_lookup_attr(t, self, name, &found) < 0) return -1;
  bool bound = !v_is_null(found) && v_is_exact(found, SHAPE_METHOD) && v_is(((Method *)v_obj(found))->self, self);
  if (bound) {
    Value function = v_own(t, ((Method *)v_obj(found))->function);
    v_drop(t, found);
    found = function;
  }
  hook_set(t, h, found, bound);
  return 0;
}

Value pickle_hook_call(Thread *t, const PickleHook *h, Value self, Value arg) {
  Value f = v_own(t, h->function);
  Value r = h->bound ? object_call2(t, f, self, arg) : object_call1(t, f, arg);
  v_drop(t, f);
  return r;
}

Value pickle_hook_get(Thread *t, const PickleHook *h, Value self, Value name) {
  if (v_is_null(h->function)) return raise_value(t, &exc_AttributeError, name);
  return h->bound ? method_new(t, h->function, self) : v_own(t, h->function);
}

int pickle_hook_set(Thread *t, PickleHook *h, Value value, const char *message) {
  if (!v_is_null(value) && object_is_callable(value)) {
    hook_set(t, h, v_own(t, value), false);
    return 0;
  }
  raise_type_error(t, "%s", v_is_null(value) ? "attribute deletion is not supported" : message);
  return -1;
}

// --- Locks --------------------------------------------------------------------------------------------------------------------------------

bool pickle_work_begin(Thread *t, PickleLock *l, const char *what) {
  stream_lock(t, &l->lock);
  if (!l->working) return l->working = true;
  stream_unlock(&l->lock);
  raise_error(t, &exc_RuntimeError, "%s object is already used", what);
  return false;
}

void pickle_work_end(PickleLock *l) {
  l->working = false;
  stream_unlock(&l->lock);
}

// --- The functions ------------------------------------------------------------------------------------------------------------------------

int pickle_check_text(Thread *t, const char *function, Value encoding, Value errors) {
  const char *name = !v_is_absent(encoding) && !v_is_str(encoding) ? "encoding" : !v_is_absent(errors) && !v_is_str(errors) ? "errors" : NULL;
  if (!name) return 0;
  raise_type_error(t, "%s() argument '%s' must be str, not %K", function, name, *name == 'e' && name[1] == 'n' ? encoding : errors);
  return -1;
}

// Drops what a machine on the stack owns, whatever exception is pending.
static void end_saver(Thread *t, Saver *s) {
  Value pending = error_fetch(t);
  pickle_saver_clear(t, s);
  if (!v_is_null(pending)) error_restore(t, pending);
}
static void end_loader(Thread *t, Loader *l) {
  Value pending = error_fetch(t);
  pickle_loader_clear(t, l);
  if (!v_is_null(pending)) error_restore(t, pending);
}

static NATIVE(pickle_dump_function) {
  Saver s;
  pickle_saver_init(t, &s);
  bool ok = pickle_saver_set_protocol(t, &s, args[2], args[3]) == 0 && pickle_saver_set_file(t, &s, args[1]) == 0 &&
            pickle_saver_set_callback(t, &s, args[4]) == 0 && pickle_dump(&s, args[0]) == 0 && pickle_flush(&s) == 0;
  end_saver(t, &s);
  return ok ? V_NONE : V_NULL;
}

static NATIVE(pickle_dumps_function) {
  Saver s;
  pickle_saver_init(t, &s);
  bool ok = pickle_saver_set_protocol(t, &s, args[1], args[2]) == 0 && pickle_saver_set_callback(t, &s, args[3]) == 0 && pickle_dump(&s, args[0]) == 0;
  Value v = ok ? bytes_from(t, s.out, (size_t)s.length) : V_NULL;
  end_saver(t, &s);
  return v;
}

// options: fix_imports, encoding, errors, buffers.
static Value load_from(Thread *t, const char *function, Value file, Value data, const Value *options) {
  Loader l;
  Value v = V_NULL;
  if (pickle_check_text(t, function, options[1], options[2]) < 0) return V_NULL;
  pickle_loader_init(t, &l);
  int fix_imports = v_is_absent(options[0]) ? 1 : object_is_true(t, options[0]);
  l.fix_imports = fix_imports > 0;
  if (fix_imports >= 0 && (v_is_null(file) ? pickle_loader_set_data(t, &l, data) : pickle_loader_set_file(t, &l, file)) == 0 &&
      pickle_loader_set_text(t, &l, options[1], options[2]) == 0 && pickle_loader_set_buffers(t, &l, options[3]) == 0)
    v = pickle_load(&l);
  end_loader(t, &l);
  return v;
}

static NATIVE(pickle_load_function) { return load_from(t, "load", args[0], V_NULL, args + 1); }
static NATIVE(pickle_loads_function) { return load_from(t, "loads", V_NULL, args[0], args + 1); }

static const NativeDef functions[] = {
    {"dump($module, /, obj, file, protocol=None, *, fix_imports=True,\n     buffer_callback=None)", pickle_dump_function,
     "Writes the pickle of an object to a binary file.", 0},
    {"dumps($module, /, obj, protocol=None, *, fix_imports=True,\n      buffer_callback=None)", pickle_dumps_function, "The pickle of an object, as bytes.", 0},
    {"load($module, /, file, *, fix_imports=True, encoding='ASCII',\n     errors='strict', buffers=())", pickle_load_function,
     "Reads a pickle from a binary file and makes the object anew. Pickles can run any code: read only those that you trust.", 0},
    {"loads($module, data, /, *, fix_imports=True, encoding='ASCII',\n      errors='strict', buffers=())", pickle_loads_function,
     "Makes an object anew from its pickle. Pickles can run any code: read only those that you trust.", 0},
    {0},
};

// --- Start-up -----------------------------------------------------------------------------------------------------------------------------

static bool intern_names(Thread *t) {
#define X(name) \
  pickle_names.name = str_intern_cstr(t, #name); \
  if (v_is_null(pickle_names.name)) return false;
  PICKLE_NAMES(X)
#undef X
  return true;
}

static bool fetch(Thread *t, const char *module_name, const char *name, bool is_dict, Value *out) {
  Value module = import_module(t, module_name), key = v_is_null(module) ? V_NULL : str_intern_cstr(t, name);
  Value v = v_is_null(key) ? V_NULL : object_getattr(t, module, key);
  v_drop(t, module);
  if (v_is_null(v)) return false;
  if (is_dict ? v_is_dict_exact(v) : object_is_callable(v)) {
    *out = v;
    return true;
  }
  raise_error(t, &exc_RuntimeError, is_dict ? "%s.%s should be a dict, not %.200T" : "%s.%s should be a callable, not %.200T", module_name, name, v);
  v_drop(t, v);
  return false;
}

static bool fetch_tables(Thread *t) {
  struct PickleTables *p = &pickle_tables;
  return fetch(t, "copyreg", "dispatch_table", true, &p->dispatch_table) && fetch(t, "copyreg", "_extension_registry", true, &p->extension_registry) &&
         fetch(t, "copyreg", "_inverted_registry", true, &p->inverted_registry) && fetch(t, "copyreg", "_extension_cache", true, &p->extension_cache) &&
         fetch(t, "_compat_pickle", "NAME_MAPPING", true, &p->name_mapping_2to3) &&
         fetch(t, "_compat_pickle", "IMPORT_MAPPING", true, &p->import_mapping_2to3) &&
         fetch(t, "_compat_pickle", "REVERSE_NAME_MAPPING", true, &p->name_mapping_3to2) &&
         fetch(t, "_compat_pickle", "REVERSE_IMPORT_MAPPING", true, &p->import_mapping_3to2) &&
         fetch(t, "codecs", "encode", false, &p->codecs_encode) && fetch(t, "functools", "partial", false, &p->partial);
}

static int add_errors(Thread *t, Value m) {
  struct PickleTables *p = &pickle_tables;
  if (module_add_exception(t, m, &p->error, "_pickle", "PickleError", &exc_Exception, NULL) < 0) return -1;
  return module_add_exception(t, m, &p->pickling_error, "_pickle", "PicklingError", v_as_type(p->error), NULL) < 0
             ? -1
             : module_add_exception(t, m, &p->unpickling_error, "_pickle", "UnpicklingError", v_as_type(p->error), NULL);
}

static bool set_up_once(Thread *t) {
  if (type_picklebuffer.flags & TYPE_READY) return true;
  pickle_tables.builtins_name = str_from_cstr(t, "builtins");
  return !v_is_null(pickle_tables.builtins_name) && intern_names(t) && fetch_tables(t) && pickle_pickler_init(t) && pickle_unpickler_init(t) && pickle_buffer_init(t);
}

static int pickle_exec(Thread *t, Value m) {
  if (!set_up_once(t) || module_add_type(t, m, &type_picklebuffer) < 0 || module_add_type(t, m, &type_pickler) < 0 ||
      module_add_type(t, m, &type_unpickler) < 0)
    return -1;
  return add_errors(t, m);
}

const ModuleDef module__pickle = {.name = "_pickle", .doc = "Objects as bytes, and back, in C.", .functions = functions, .exec = pickle_exec};
