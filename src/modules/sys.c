// The sys module: the interpreter's own variables and controls.
#include <errno.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gc/collect.h"
#include "modules/sys_info.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/audit.h"
#include "system/import.h"
#include "system/print_exception.h"
#include "system/sys_state.h"
#include "threading/gil.h"
#include "threading/last_thread.h"
#include "threading/stw.h"
#include "vm/vm.h"

#define SYS(name) static Value sys_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

// --- Hooks ----------------------------------------------------------------------------------------------------------------------------

// Writes what stdout's encoding can't hold with backslash escapes instead of failing.
static int write_repr(Thread *t, Value out, Value text) {
  Value r = object_call_method1(t, out, N(write), text);
  if (!v_is_null(r) || !error_matches(t, &exc_UnicodeEncodeError)) {
    v_drop(t, r);
    return v_is_null(r) ? -1 : 0;
  }
  error_clear(t);
  Value encoding = object_getattr(t, out, N(encoding)), escaped = V_NULL, errors = str_from_cstr(t, "backslashreplace");
  Value bytes = v_is_null(encoding) ? V_NULL : object_call_method2(t, text, N(encode), encoding, errors);
  if (!v_is_null(bytes)) escaped = object_call_method2(t, bytes, N(decode), encoding, N(strict));
  if (!v_is_null(escaped)) r = object_call_method1(t, out, N(write), escaped);
  v_drop(t, errors);
  v_drop(t, encoding);
  v_drop(t, bytes);
  v_drop(t, escaped);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

SYS(displayhook) {
  UNUSED;
  if (v_is_none(args[0])) return V_NONE;
  Value underscore = str_intern_cstr(t, "_");
  if (v_is_null(underscore) || dict_set(t, v_dict(vm_builtins_dict), underscore, V_NONE) < 0) return V_NULL;
  Value out = sys_get(t, N(stdout));
  if (v_is_null(out) || v_is_none(out)) return error_pending(t) ? V_NULL : raise_error(t, &exc_RuntimeError, "lost sys.stdout");
  Value text = object_repr(t, args[0]);
  int r = v_is_null(text) ? -1 : write_repr(t, out, text);
  v_drop(t, text);
  if (r == 0) {
    Value newline = str_from_char(t, '\n');
    Value done = object_call_method1(t, out, N(write), newline);
    v_drop(t, newline);
    v_drop(t, done);
    if (v_is_null(done)) r = -1;
  }
  v_drop(t, out);
  if (r < 0 || dict_set(t, v_dict(vm_builtins_dict), underscore, args[0]) < 0) return V_NULL;
  return V_NONE;
}

SYS(excepthook) {
  UNUSED;
  print_exception(t, args[1], args[2]);
  return V_NONE;
}

SYS(unraisablehook) {
  UNUSED;
  if (!is_unraisable_args(args[0])) return raise_type_error(t, "sys.unraisablehook argument type must be UnraisableHookArgs");
  print_unraisable(t, args[0]);
  return error_pending(t) ? V_NULL : V_NONE;
}

SYS(breakpointhook) {
  (void)self;
  const char *name = sys_config.ignore_environment ? NULL : getenv("PYTHONBREAKPOINT");
  if (!name || !*name) name = "pdb.set_trace";
  if (strcmp(name, "0") == 0) return V_NONE;
  const char *dot = strrchr(name, '.');
  bool relative = dot == name;    // nothing before the only dot
  Value module_name = relative ? V_NULL : dot ? str_decode_fs(t, name, (size_t)(dot - name)) : v_own(t, N(builtins));
  Value import = !v_is_null(module_name) ? import_module_named(t, module_name) : V_NULL;
  v_drop(t, module_name);
  Value key = v_is_null(import) ? V_NULL : str_intern_cstr(t, dot ? dot + 1 : name);
  Value f = v_is_null(key) ? V_NULL : object_getattr(t, import, key);
  v_drop(t, import);
  if (v_is_null(f)) {
    if (!relative && !error_matches(t, &exc_ImportError) && !error_matches(t, &exc_AttributeError)) return V_NULL;
    error_clear(t);
    return warn(t, &exc_RuntimeWarning, 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"", name) < 0 ? V_NULL : V_NONE;
  }
  Value r = object_call(t, f, args, nargs, kwnames);
  v_drop(t, f);
  return r;
}

SYS(exit) {
  UNUSED;
  Value arg = v_is_absent(args[0]) ? V_NONE : args[0];
  if (v_is_none(arg)) {
    Value exc = exception_new(t, &exc_SystemExit, NULL, 0);
    if (!v_is_null(exc)) raise_object(t, exc);
    v_drop(t, exc);
    return V_NULL;
  }
  if (v_is_tuple(arg)) {
    Value exc = object_call(t, v_from_obj(&exc_SystemExit), v_tuple(arg)->items, (size_t)v_tuple(arg)->length, V_NULL);
    if (!v_is_null(exc)) raise_object(t, exc);
    v_drop(t, exc);
    return V_NULL;
  }
  return raise_value(t, &exc_SystemExit, arg);
}

SYS(exc_info) {
  UNUSED;
  Value exc = vm_handled_exception(t);
  if (v_is_null(exc) || v_is_none(exc)) return tuple_pack(t, 3, V_NONE, V_NONE, V_NONE);
  Value tb = exception_get_traceback(t, exc);
  Value r = tuple_pack(t, 3, v_from_obj(v_type(exc)), exc, tb);
  v_drop(t, tb);
  return r;
}

SYS(exception) {
  UNUSED;
  Value exc = vm_handled_exception(t);
  return v_is_null(exc) ? V_NONE : v_own(t, exc);
}

// --- Audit ------------------------------------------------------------------------------------------------------------------------------

static Value sys_audit_(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self;
  if (nargs == 0) return raise_type_error(t, "audit() missing 1 required positional argument: 'event'");
  if (native_no_keywords(t, "sys.audit", kwnames) < 0) return V_NULL;
  if (v_is_null(audit_hooks)) return V_NONE;
  if (!v_is_str(args[0])) return raise_type_error(t, "expected str for argument 'event', not %T", args[0]);
  Value rest = tuple_from(t, args + 1, nargs - 1);
  int r = v_is_null(rest) ? -1 : audit_call_hooks(t, args[0], rest);
  v_drop(t, rest);
  return r < 0 ? V_NULL : V_NONE;
}

SYS(addaudithook) {
  UNUSED;
  if (sys_audit(t, "sys.addaudithook", V_NULL) < 0) {
    if (!error_matches(t, &exc_RuntimeError)) return V_NULL;
    error_clear(t);
    return V_NONE;
  }
  stop_the_world(t);
  if (v_is_null(audit_hooks)) audit_hooks = list_new(t, 1);
  start_the_world(t);
  if (v_is_null(audit_hooks) || list_append(t, v_list(audit_hooks), args[0]) < 0) return V_NULL;
  return V_NONE;
}

// --- Frames, tracing --------------------------------------------------------------------------------------------------------------------

SYS(getframe) {
  UNUSED;
  int depth = v_is_absent(args[0]) ? 0 : number_as_int(t, args[0]);
  if (depth == -1 && error_pending(t)) return V_NULL;
  Value frame = vm_frame(t, depth < 0 ? 0 : depth);
  if (!v_is_null(frame) && sys_audit(t, "sys._getframe", frame) < 0) v_clear(t, &frame);
  return frame;
}

// (type, value, traceback) of what another, stopped, thread handles.
static Value handled_by(Thread *t, Thread *other) {
  Value exc = vm_handled_exception(other);
  if (v_is_null(exc)) return tuple_pack(t, 3, V_NONE, V_NONE, V_NONE);
  Value traceback = exception_get_traceback(t, exc);
  Value r = tuple_pack(t, 3, v_from_obj(v_type(exc)), exc, traceback);
  v_drop(t, traceback);
  return r;
}

typedef struct FrameWalk { Thread *t; Value dict; bool exceptions; } FrameWalk;
static void add_thread(Thread *other, void *arg) {
  FrameWalk *walk = arg;
  if (v_is_null(walk->dict) || other->ident == 0) return;
  Value ident = int_from_u64(walk->t, other->ident);
  Value v = walk->exceptions ? handled_by(walk->t, other) : vm_frame_of(walk->t, other);
  if (!v_is_null(v) && dict_set(walk->t, v_dict(walk->dict), ident, v) < 0) v_clear(walk->t, &walk->dict);
  v_drop(walk->t, v);
  v_drop(walk->t, ident);
}

static Value walk_threads(Thread *t, bool exceptions) {
  FrameWalk walk = {t, dict_new(t), exceptions};
  stop_the_world(t);
  thread_each(add_thread, &walk);
  start_the_world(t);
  return walk.dict;
}
SYS(current_frames) { UNUSED; return walk_threads(t, false); }
SYS(current_exceptions) { UNUSED; return walk_threads(t, true); }

SYS(settrace) { UNUSED; vm_set_trace(t, args[0]); return V_NONE; }
SYS(setprofile) { UNUSED; vm_set_profile(t, args[0]); return V_NONE; }
SYS(gettrace) { UNUSED; return vm_get_trace(t); }
SYS(getprofile) { UNUSED; return vm_get_profile(t); }
SYS(call_tracing) {
  UNUSED;
  if (!v_is_tuple(args[1])) return raise_type_error(t, "call_tracing() argument 2 must be tuple, not %K", args[1]);
  return object_call_ex(t, args[0], args[1], V_NULL);
}

SYS(getrecursionlimit) { UNUSED; return int_from_i64(t, vm_recursion_limit()); }
SYS(setrecursionlimit) {
  UNUSED;
  int n = number_as_int(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 1) return raise_value_error(t, "recursion limit must be greater or equal than 1");
  if (t->py_depth >= n)
    return raise_error(t, &exc_RecursionError, "cannot set the recursion limit to %d at the recursion depth %d: the limit is too low", n, t->py_depth);
  vm_set_recursion_limit(n);
  return V_NONE;
}

// --- Threads ------------------------------------------------------------------------------------------------------------------------------

SYS(setswitchinterval) {
  UNUSED;
  double d = number_as_double(t, args[0]);
  if (d == -1.0 && error_pending(t)) return V_NULL;
  if (!(d > 0.0)) return raise_value_error(t, "switch interval must be strictly positive");
  gil_set_switch_interval_us((uint64_t)(d * 1e6));
  return V_NONE;
}
SYS(getswitchinterval) { UNUSED; return float_new(t, (double)gil_switch_interval_us() * 1e-6); }
SYS(is_gil_enabled) { UNUSED; (void)t; return v_from_bool(MODE_IS_GIL); }
SYS(is_finalizing) { UNUSED; (void)t; return v_from_bool(last_thread_is_left()); }

// --- Objects --------------------------------------------------------------------------------------------------------------------------------

SYS(intern) {
  UNUSED;
  if (!v_is_str_exact(args[0])) {
    if (v_is_str(args[0])) return raise_type_error(t, "can't intern %.400T", args[0]);
    return raise_type_error(t, "intern() argument must be str, not %K", args[0]);
  }
  return str_intern(t, v_own(t, args[0]));
}

// The argument itself counts once, as in CPython.
SYS(getrefcount) {
  UNUSED;
  return int_from_i64(t, v_is_ptr(args[0]) ? object_refcount(v_obj(args[0])) + 1 : UINT32_MAX);
}

SYS(getsizeof) {
  (void)self;
  static aptr binder;
  Value a[2], f;
  if (native_bind(t, &binder, "getsizeof(object, default=None)", args, nargs, kwnames, a) < 0) return V_NULL;
  int r = object_lookup_special(t, a[0], N(__sizeof__), &f);
  if (r == 0 && !v_is_absent(a[1])) return v_own(t, a[1]);
  if (r <= 0) return r < 0 ? V_NULL : raise_type_error(t, "Type %.100T doesn't define __sizeof__", a[0]);
  Value size = object_call0(t, f);
  v_drop(t, f);
  if (v_is_null(size)) {
    if (v_is_absent(a[1]) || !error_matches(t, &exc_TypeError)) return V_NULL;
    error_clear(t);
    return v_own(t, a[1]);
  }
  int64_t n = number_as_i64(t, size);
  v_drop(t, size);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 0) return raise_value_error(t, "__sizeof__() should return >= 0");
  return int_from_i64(t, n);
}

SYS(getallocatedblocks) { UNUSED; return int_from_u64(t, heap_live_objects()); }
SYS(clear_type_cache) { UNUSED; (void)t; return V_NONE; }

// --- Encodings and limits ---------------------------------------------------------------------------------------------------------------------

SYS(getdefaultencoding) { UNUSED; return str_intern_cstr(t, "utf-8"); }
SYS(getfilesystemencoding) { UNUSED; return str_intern_cstr(t, "utf-8"); }
SYS(getfilesystemencodeerrors) { UNUSED; (void)t; return N(surrogateescape); }
SYS(get_int_max_str_digits) { UNUSED; return int_from_i64(t, int_max_str_digits); }
SYS(set_int_max_str_digits) {
  UNUSED;
  int n = number_as_int(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n != 0 && n < 640) return raise_value_error(t, "maxdigits must be 0 or larger than 640");
  int_max_str_digits = n;
  return V_NONE;
}
SYS(getdlopenflags) { UNUSED; (void)t; return v_from_smi(2); }

static const NativeDef functions[] = {
    {"_clear_type_cache()", sys_clear_type_cache, "Empties the cache of attributes found in classes.", 0},
    {"_current_exceptions()", sys_current_exceptions, "The exception that each thread handles, by the thread's number.", 0},
    {"_current_frames()", sys_current_frames, "The frame that each thread runs, by the thread's number.", 0},
    {"_getframe(depth=0, /)", sys_getframe, "The frame of the caller, or one depth levels further out.", 0},
    {"_is_gil_enabled()", sys_is_gil_enabled, "Return True if the GIL is enabled.", 0},
    {"addaudithook(hook)", sys_addaudithook, "Has the function called at each audit event.", 0},
    {"audit(event, *args)", sys_audit_, "Tells all audit hooks of an event.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"breakpointhook(*args, **kws)", sys_breakpointhook,
     "What breakpoint() calls: starts the debugger that PYTHONBREAKPOINT names.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"call_tracing(func, args, /)", sys_call_tracing, "Calls the function with the arguments, traced.", 0},
    {"displayhook(object, /)", sys_displayhook, "Shows the value of an expression at the prompt and keeps it as _.", 0},
    {"exc_info()", sys_exc_info, "Type, value and traceback of the exception being handled.", 0},
    {"excepthook(exctype, value, traceback, /)", sys_excepthook, "Shows an exception that nobody caught.", 0},
    {"exception()", sys_exception, "The exception being handled, or None.", 0},
    {"exit(status=None, /)", sys_exit, "Ends the program by raising SystemExit.", 0},
    {"get_int_max_str_digits()", sys_get_int_max_str_digits, "How many decimal digits an int may have in text.", 0},
    {"getallocatedblocks()", sys_getallocatedblocks, "How many blocks of memory are in use.", 0},
    {"getdefaultencoding()", sys_getdefaultencoding, "The encoding for str.encode when none is given: utf-8.", 0},
    {"getdlopenflags()", sys_getdlopenflags, "The flags with which shared libraries are opened.", 0},
    {"getfilesystemencodeerrors()", sys_getfilesystemencodeerrors, "How file names that the encoding cannot express are handled.", 0},
    {"getfilesystemencoding()", sys_getfilesystemencoding, "The encoding of file names.", 0},
    {"getprofile()", sys_getprofile, "The profile function of this thread, or None.", 0},
    {"getrecursionlimit()", sys_getrecursionlimit, "How deep calls may be nested.", 0},
    {"getrefcount(object, /)", sys_getrefcount, "How many references to the object there are.", 0},
    {"getsizeof(object, default=None)", sys_getsizeof, "How many bytes of memory the object takes itself.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"getswitchinterval()", sys_getswitchinterval, "How many seconds a thread may run while others wait.", 0},
    {"gettrace()", sys_gettrace, "The trace function of this thread, or None.", 0},
    {"intern(string, /)", sys_intern, "Enter the string into the table of interned strings.", 0},
    {"is_finalizing()", sys_is_finalizing, "Whether the program is about to end.", 0},
    {"set_int_max_str_digits(maxdigits)", sys_set_int_max_str_digits, "Says how many decimal digits an int may have in text; 0: any number.", 0},
    {"setprofile(function, /)", sys_setprofile, "Has the function called at each call and return.", 0},
    {"setrecursionlimit(limit, /)", sys_setrecursionlimit, "Says how deep calls may be nested.", 0},
    {"setswitchinterval(interval, /)", sys_setswitchinterval, "Says how many seconds a thread may run while others wait.", 0},
    {"settrace(function, /)", sys_settrace, "Has the function called at each call, line, return and exception.", 0},
    {"unraisablehook(unraisable, /)", sys_unraisablehook, "Shows an exception that has nowhere to go.", 0},
    {0},
};

// --- Variables --------------------------------------------------------------------------------------------------------------------------------

static Value string_list(Thread *t, int n, char **strings) {
  Value list = list_new(t, n);
  for (int i = 0; !v_is_null(list) && i < n; i++) {
    Value s = str_decode_fs(t, strings[i], strlen(strings[i]));
    if (v_is_null(s) || list_append_steal(t, v_list(list), s) < 0) v_clear(t, &list);
  }
  return list;
}

static int count(char **strings) {
  int n = 0;
  while (strings && strings[n]) n++;
  return n;
}

static Value x_options(Thread *t) {
  Value d = dict_new(t);
  for (int i = 0; !v_is_null(d) && i < count(sys_config.x_options); i++) {
    const char *o = sys_config.x_options[i], *eq = strchr(o, '=');
    Value key = str_decode_fs(t, o, eq ? (size_t)(eq - o) : strlen(o)), value = eq ? str_decode_fs(t, eq + 1, strlen(eq + 1)) : V_TRUE;
    if (v_is_null(key) || v_is_null(value) || dict_set(t, v_dict(d), key, value) < 0) v_clear(t, &d);
    v_drop(t, key);
    v_drop(t, value);
  }
  return d;
}

static Value builtin_names(Thread *t) {
  Value list = list_new(t, 64);
  for (size_t i = 0; !v_is_null(list) && import_builtin_table[i]; i++) {
    Value s = str_intern_cstr(t, import_builtin_table[i]->name);
    if (v_is_null(s) || list_append_steal(t, v_list(list), s) < 0) v_clear(t, &list);
  }
  if (v_is_null(list) || list_sort(t, v_list(list), V_NULL, false) < 0) return V_NULL;
  Value tuple = list_to_tuple(t, v_list(list));
  v_drop(t, list);
  return tuple;
}

static int add_hooks(Thread *t, Value m) {
  static const char *const names[] = {"displayhook", "excepthook", "unraisablehook", "breakpointhook"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Value f;
    char dunder[40];
    if (dict_get_cstr(t, v_dict(module_dict(m)), names[i], &f) <= 0) return -1;
    snprintf(dunder, sizeof dunder, "__%s__", names[i]);
    if (module_add(t, m, dunder, f) < 0) return -1;
  }
  return 0;
}

static int sys_exec(Thread *t, Value m) {
  sys_dict = module_dict(m);
  Config *c = &sys_config;
  if (add_hooks(t, m) < 0 || sys_info_add(t, m) < 0) return -1;
  bool ok = module_add(t, m, "argv", string_list(t, c->argc, c->argv)) == 0 &&
            module_add(t, m, "orig_argv", string_list(t, c->orig_argc, c->orig_argv)) == 0 &&
            module_add(t, m, "warnoptions", string_list(t, count(c->warn_options), c->warn_options)) == 0 &&
            module_add(t, m, "_xoptions", x_options(t)) == 0 &&
            module_add(t, m, "builtin_module_names", builtin_names(t)) == 0 &&
            module_add(t, m, "meta_path", list_new(t, 0)) == 0 &&
            module_add(t, m, "path_hooks", list_new(t, 0)) == 0 &&
            module_add(t, m, "path_importer_cache", dict_new(t)) == 0 &&
            module_add(t, m, "dont_write_bytecode", v_from_bool(c->dont_write_bytecode)) == 0 &&
            module_add(t, m, "pycache_prefix", c->pycache_prefix ? str_decode_fs(t, c->pycache_prefix, strlen(c->pycache_prefix)) : V_NONE) == 0;
  return ok ? sys_async_add(t, m) : -1;
}

const ModuleDef module_sys = {
    .name = "sys",
    .doc = "State and settings of the interpreter.",
    .functions = functions,
    .exec = sys_exec,
};
