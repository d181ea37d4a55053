// Start-up and shut-down of the runtime, in order.
#include "runtime/lifecycle.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "code/code_type.h"
#include "gc/collect.h"
#include "gc/heap.h"
#include "modules/builtins.h"
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_ready.h"
#include "objects/weakref.h"
#include "runtime/builtin_modules.h"
#include "runtime/front_hooks.h"
#include "runtime/quiet_end.h"
#include "runtime/quit_dump.h"
#include "runtime/stderr_printer.h"
#include "runtime/streams.h"
#include "system/import.h"
#include "system/lifecycle_hooks.h"
#include "system/print_exception.h"
#include "system/source_line.h"
#include "system/sys_state.h"
#include "threading/chaos.h"
#include "threading/gil.h"
#include "threading/last_thread.h"
#include "threading/stats.h"
#include "threading/stw.h"
#include "vm/vm.h"

// --- Start-up ---------------------------------------------------------------------------------------------------------------------------

typedef bool (*InitFn)(Thread *t);
typedef struct Step { const char *name; InitFn init; } Step;
#define STEP(f) {#f, f}

static Thread *fail(Thread *t, const char *step) {
  fprintf(stderr, "Fatal Python error: start-up failed in %s\n", step);
  if (t && error_pending(t) && error_matches(t, &exc_MemoryError)) fprintf(stderr, "MemoryError\n");
  else if (t && error_pending(t) && !v_is_null(sys_dict)) print_pending(t);
  return NULL;
}

static Value registered_modules(Thread *t) { return sys_modules(t); }

// sys and builtins exist before sys.modules does, so they are entered by hand.
static bool make_first_modules(Thread *t) {
  import_builtin_table = builtin_modules;
  module_sys_modules_hook = registered_modules;
  error_unraisable_hook = report_unraisable;
  extern const ModuleDef module_sys;
  Value modules = dict_new(t), sys = v_is_null(modules) ? V_NULL : module_from_def(t, &module_sys);
  if (v_is_null(sys)) return false;
  sys_dict = module_dict(sys);
  if (dict_set_cstr(t, v_dict(sys_dict), "modules", modules) < 0 || dict_set_cstr(t, v_dict(modules), "sys", sys) < 0 ||
      module_exec_def(t, sys, &module_sys) < 0)
    return false;
  Value builtins = import_builtin(t, &module_builtins, V_NULL);
  // Kept for good: shut-down code and the VM refer to them without counting.
  return !v_is_null(builtins);
}

static bool add_main_module(Thread *t) {
  Value m = module_new(t, N(__main__)), modules = sys_modules(t);
  if (v_is_null(m) || v_is_null(modules)) return false;
  Value builtins, importer = V_NULL;
  Dict *d = v_dict(module_dict(m));
  bool ok = dict_get(t, v_dict(modules), N(builtins), &builtins) > 0 && dict_set(t, d, N(__builtins__), builtins) == 0 &&
            dict_set(t, d, N(__annotations__), dict_new(t)) == 0 && dict_set(t, v_dict(modules), N(__main__), m) == 0;
  Value bootstrap;
  if (ok && dict_get_cstr(t, v_dict(modules), "_frozen_importlib", &bootstrap) > 0) {
    importer = object_getattr(t, bootstrap, N(BuiltinImporter));
    ok = !v_is_null(importer) && dict_set(t, d, N(__loader__), importer) == 0;
    v_drop(t, bootstrap);
  }
  v_drop(t, importer);
  v_drop(t, builtins);
  v_drop(t, modules);
  v_drop(t, m);
  return ok;
}

// What is in builtins before any module of the user's can put things there.
static Value first_builtins;

static bool keep_builtins(Thread *t) { return !v_is_null(first_builtins = dict_copy(t, v_dict(vm_builtins_dict))); }

// What else is there goes once they are back, for finalisers may run.
static void restore_builtins(Thread *t) {
  Value held = dict_copy(t, v_dict(vm_builtins_dict));
  dict_clear(t, v_dict(vm_builtins_dict));
  dict_update(t, v_dict(vm_builtins_dict), first_builtins);
  v_drop(t, held);
  error_clear(t);
}

// -X faulthandler, PYTHONFAULTHANDLER
static bool enable_faulthandler(Thread *t) {
  if (!sys_config.faulthandler) return true;
  Value m = import_module(t, "faulthandler"), r = v_is_null(m) ? V_NULL : object_call_method0(t, m, str_intern_cstr(t, "enable"));
  v_drop(t, m);
  v_drop(t, r);
  return !v_is_null(r);
}

// -X tracemalloc, PYTHONTRACEMALLOC
static bool start_tracemalloc(Thread *t) {
  if (sys_config.tracemalloc_frames <= 0) return true;
  Value m = import_module(t, "_tracemalloc");
  Value r = v_is_null(m) ? V_NULL : object_call_method1(t, m, str_intern_cstr(t, "start"), v_from_smi(sys_config.tracemalloc_frames));
  v_drop(t, m);
  v_drop(t, r);
  return !v_is_null(r);
}

static bool import_site(Thread *t) {
  if (sys_config.no_site) return true;
  Value site = import_module(t, "site");
  if (v_is_null(site)) return false;
  v_drop(t, site);
  return true;
}

static bool import_warnings(Thread *t) {
  // As CPython: only when there are options for it to read.
  if (!sys_config.warn_options[0]) return true;
  Value m = import_module(t, "warnings");
  v_drop(t, m);
  return !v_is_null(m);
}

// glibc's malloc takes 64 MB of address space for each thread that uses it. The heap is ours; where space is limited (ulimit -v) the little
// that goes through malloc shares one arena.
static void spare_address_space(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) mallopt(M_ARENA_MAX, 1);
}

Thread *runtime_start(void) {
  spare_address_space();
  if (!hash_init(sys_config.hash_seed)) return fail(NULL, "hash_init");
  if (sys_config.gil_policy) gil_set_policy(sys_config.gil_policy);
  if (!shape_table_init()) return fail(NULL, "shape_table_init");
  if (sys_config.stats) stats_enable();
  Thread *t = thread_init_main();
  if (!t) return fail(NULL, "thread_init_main");
  const char *n = getenv("WEFT_FAIL_ALLOC");
  if (n) heap_fail_after(strtoull(n, NULL, 10));
  if (sys_config.int_max_str_digits >= 0) int_max_str_digits = sys_config.int_max_str_digits;
  bytes_warnings = sys_config.bytes_warning > 0;
  vm_set_fold(sys_config.fold);
  if (!type_bootstrap(t)) return fail(t, "type_bootstrap");
  const char *failed = builtin_types_init(t);
  if (failed) return fail(t, failed);
  static const Step type_steps[] = {STEP(code_init), STEP(module_init), STEP(codecs_init), STEP(vm_init), STEP(vm_thread_init)};
  for (size_t i = 0; i < sizeof type_steps / sizeof *type_steps; i++)
    if (!type_steps[i].init(t)) return fail(t, type_steps[i].name);
  front_hooks_install();
  static const Step steps[] = {STEP(make_first_modules), STEP(stderr_printer_init), STEP(import_bootstrap), STEP(add_main_module),
                               STEP(start_tracemalloc), STEP(streams_init), STEP(keep_builtins), STEP(import_warnings), STEP(enable_faulthandler), STEP(import_site)};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    if (!steps[i].init(t)) return fail(t, steps[i].name);
  if (runtime_signals_hook && runtime_signals_hook(t) < 0) return fail(t, "signals");
  quit_dump_install();   // after the signal module has looked at the handlers that the process was given
  if (sys_config.chaos_seed) chaos_init(sys_config.chaos_seed);
  codec_names_checked = sys_config.dev_mode;
  return t;
}

// --- Shut-down --------------------------------------------------------------------------------------------------------------------------------

static void drop_pending(Thread *t) {
  if (error_pending(t)) print_pending(t);
  error_clear(t);
}

static void set_none(Thread *t, Value dict, bool private_only) {
  Value keys = dict_keys_list(t, v_dict(dict));
  for (int64_t i = 0; !v_is_null(keys) && i < list_length(v_list(keys)); i++) {
    Value key = list_get(t, v_list(keys), i);
    if (v_is_str(key)) {
      const Str *s = v_str(key);
      bool is_private = str_length(s) > 0 && str_char(s, 0) == '_' && (str_length(s) < 2 || str_char(s, 1) != '_');
      bool keep = (private_only && !is_private) || str_equals_cstr(key, "__builtins__");
      if (!keep) dict_set(t, v_dict(dict), key, V_NONE);
    }
    v_drop(t, key);
    error_clear(t);
  }
  v_drop(t, keys);
  error_clear(t);
}

// sys.stdout and the like are again what they were at first.
static void restore_streams(Thread *t) {
  const Value names[][2] = {{N(stdin), N(__stdin__)}, {N(stdout), N(__stdout__)}, {N(stderr), N(__stderr__)}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Value original = sys_get(t, names[i][1]);
    sys_set(t, names[i][0], v_is_null(original) ? V_NONE : original);
    v_drop(t, original);
    error_clear(t);
  }
}

static void clear_module(Thread *t, Value dict) {
  set_none(t, dict, true);
  set_none(t, dict, false);
}

// Ends modules as CPython does: sys.modules' entries go, each module that nothing else holds dies at once; what survives has its names set to
// None, private ones first, in the order of import reversed.
static void destroy_modules(Thread *t) {
  Value modules = sys_modules(t);
  if (v_is_null(modules)) {
    error_clear(t);
    return;
  }
  const Value sys_names[] = {N(path), N(argv), N(ps1), N(ps2), N(last_type), N(last_value), N(last_traceback), N(path_importer_cache), N(meta_path), N(path_hooks)};
  for (size_t i = 0; i < sizeof sys_names / sizeof *sys_names; i++) sys_set(t, sys_names[i], V_NONE);
  restore_streams(t);
  Value list = dict_items_list(t, v_dict(modules));
  if (v_is_null(list)) {
    error_clear(t);
    v_drop(t, modules);
    return;
  }
  source_lines_end();
  runtime_modules_end = true;
  // Weak references only, as CPython: a module and its dict that nothing else holds die with their names in place.
  Value survivors = list_new(t, 16);
  error_clear(t);
  for (int64_t i = 0; i < list_length(v_list(list)); i++) {
    Value pair = list_get(t, v_list(list), i), name = v_tuple(pair)->items[0], m = v_tuple(pair)->items[1];
    bool keep = str_equals_cstr(name, "sys") || str_equals_cstr(name, "builtins");
    if (!keep && v_is_exact(m, SHAPE_MODULE)) {
      Value r = weakref_new(t, m, V_NULL);
      if (!v_is_null(r) && !v_is_null(survivors)) list_append(t, v_list(survivors), r);
      v_drop(t, r);
      dict_set(t, v_dict(modules), name, V_NONE);
    }
    v_drop(t, pair);
    error_clear(t);
  }
  list_clear(t, v_list(list));
  dict_clear(t, v_dict(modules));
  restore_builtins(t);
  gc_collect(t, 2);
  for (int64_t i = v_is_null(survivors) ? 0 : list_length(v_list(survivors)); i-- > 0;) {
    Value r = list_get(t, v_list(survivors), i), m = weakref_get(t, r);
    if (!v_is_null(m)) clear_module(t, module_dict(m));
    v_drop(t, m);
    v_drop(t, r);
  }
  v_drop(t, survivors);
  v_drop(t, list);
  v_drop(t, modules);
  error_clear(t);
}

// sys and builtins last. What finalisers say after that is heard by nobody: the names they would use are None by now.
static void destroy_last_modules(Thread *t) {
  clear_module(t, sys_dict);
  clear_module(t, vm_builtins_dict);
  gc_collect(t, 2);
  error_clear(t);
}

static void report_stats(void) {
  const char *to = sys_config.stats;
  if (!to) return;
  if (strncmp(to, "json", 4) != 0) {
    stats_report(stderr, false);
    return;
  }
  FILE *f = to[4] == ':' ? fopen(to + 5, "w") : stderr;
  if (!f) {
    perror(to + 5);
    return;
  }
  stats_report(f, true);
  if (f != stderr) fclose(f);
}

int runtime_finish(Thread *t, int status) {
  if (runtime_wait_threads_hook) runtime_wait_threads_hook(t);
  drop_pending(t);
  if (runtime_atexit_hook) runtime_atexit_hook(t);
  drop_pending(t);
  bool flushed = streams_flush(t, true);
  if (!flushed) status = 120;
  codec_names_checked = false;
  StreamsHeld held = streams_hold(t);
  thread_begin_shutdown(t);
  last_thread_begin();
  streams_release(t, &held);
  report_stats();
  if (!flushed || !end_is_quiet(t)) {
    if (gc_is_enabled()) gc_collect(t, 2);   // finalisers of cycles find all modules whole
    destroy_modules(t);
    if (!streams_flush(t, false)) status = 120;   // what finalisers have printed
    destroy_last_modules(t);
  }
  return status;
}
