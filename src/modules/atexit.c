// atexit: functions to be called when the interpreter ends, the last registered first.
//
// The registrations are a list of (function, args, kwargs or None) tuples, guarded by the list itself. Running Python code between two looks
// at it is allowed for, so every loop re-checks the length.
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/lifecycle_hooks.h"

#define FN(name) static Value atexit_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static Value registered;   // list, owned; set once

FN(register_) {
  (void)self;
  if (nargs == 0) return raise_type_error(t, "register() takes at least 1 argument (0 given)");
  if (!object_is_callable(args[0])) return raise_type_error(t, "the first argument must be callable");
  Value keywords = V_NONE;
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length > 0) {
    keywords = dict_new(t);
    for (int64_t i = 0; !v_is_null(keywords) && i < v_tuple(kwnames)->length; i++) {
      if (dict_set(t, v_dict(keywords), v_tuple(kwnames)->items[i], args[nargs + (size_t)i]) < 0) {
        v_drop(t, keywords);
        keywords = V_NULL;
      }
    }
    if (v_is_null(keywords)) return V_NULL;
  }
  Value positional = tuple_from(t, args + 1, nargs - 1);
  Value entry = v_is_null(positional) ? V_NULL : tuple_pack(t, 3, args[0], positional, keywords);
  v_drop(t, positional);
  v_drop(t, keywords);
  if (v_is_null(entry) || list_append_steal(t, v_list(registered), entry) < 0) return V_NULL;
  return v_own(t, args[0]);
}

static void call_all(Thread *t) {
  List *l = v_list(registered);
  for (int64_t i = list_length(l); i-- > 0;) {
    Value entry = list_get(t, l, i);
    if (v_is_null(entry)) continue;
    const Value *e = v_tuple(entry)->items;
    Value r = object_call_ex(t, e[0], e[1], v_is_none(e[2]) ? V_NULL : e[2]);
    if (v_is_null(r)) error_write_unraisable(t, "in atexit callback", e[0]);
    v_drop(t, r);
    v_drop(t, entry);
  }
  list_clear(t, l);
}

FN(run_exitfuncs) {
  UNUSED;
  call_all(t);
  return V_NONE;
}
FN(clear) {
  UNUSED;
  list_clear(t, v_list(registered));
  return V_NONE;
}
FN(ncallbacks) { UNUSED; return v_from_smi(list_length(v_list(registered))); }

// Takes `entry` out, wherever it stands now: comparing may have run code that changed the list.
static int remove_entry(Thread *t, Value entry) {
  List *l = v_list(registered);
  for (int64_t i = 0; i < list_length(l); i++) {
    Value at = list_get(t, l, i);
    bool same = !v_is_null(at) && v_is(at, entry);
    v_drop(t, at);
    if (!same) continue;
    Value out = list_pop(t, l, i);
    if (v_is_null(out)) return -1;
    v_drop(t, out);
    return 0;
  }
  return 0;
}

FN(unregister) {
  UNUSED;
  Value snapshot = list_slice(t, v_list(registered), 0, list_length(v_list(registered)));
  if (v_is_null(snapshot)) return V_NULL;
  int r = 0;
  for (int64_t i = 0; r >= 0 && i < list_length(v_list(snapshot)); i++) {
    Value entry = list_get(t, v_list(snapshot), i);
    r = object_compare_bool(t, args[0], v_tuple(entry)->items[0], CMP_EQ);
    if (r > 0) r = remove_entry(t, entry);
    v_drop(t, entry);
  }
  v_drop(t, snapshot);
  return r < 0 ? V_NULL : V_NONE;
}

static const NativeDef functions[] = {
    {"register(func, /, *args, **kwargs)", atexit_register_,
     "Has the function called with these arguments when the program ends.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"unregister(func, /)", atexit_unregister, "Forgets a function that was registered.", NATIVE_NO_SIGNATURE},
    {"_clear()", atexit_clear, "Forgets all functions that were registered.", NATIVE_NO_SIGNATURE},
    {"_run_exitfuncs()", atexit_run_exitfuncs, "Calls the registered functions now, the last one first.", NATIVE_NO_SIGNATURE},
    {"_ncallbacks()", atexit_ncallbacks, "How many functions are registered.", NATIVE_NO_SIGNATURE},
    {0},
};

static int atexit_exec(Thread *t, Value m) {
  (void)m;
  if (v_is_null(registered)) registered = list_new(t, 0);
  if (v_is_null(registered)) return -1;
  runtime_atexit_hook = call_all;
  return 0;
}

const ModuleDef module_atexit = {
    .name = "atexit",
    .doc = "Functions that are called when the program ends.",
    .functions = functions,
    .exec = atexit_exec,
};
