// gc: the collector as programs see it.
//
// Looking at other objects' references needs the world stopped; what is found is counted there and turned into a list afterwards. `callbacks`
// and `garbage` are the module's own lists, so they are looked up in it each time, as programs may replace them.
#include "gc/collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/lifecycle_hooks.h"
#include "system/sys_state.h"
#include "threading/stw.h"

#define FN(name) static Value gc_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

enum { GENERATIONS = 3, DEBUG_STATS = 1, DEBUG_COLLECTABLE = 2, DEBUG_UNCOLLECTABLE = 4, DEBUG_SAVEALL = 32, DEBUG_LEAK = 38 };

static a32 debug_flags;
static Value callbacks, garbage;   // lists, owned; set once

// --- Switches -----------------------------------------------------------------------------------------------------------------------------

FN(enable_) { UNUSED; gc_enable(true); return V_NONE; }
FN(disable) { UNUSED; gc_enable(false); return V_NONE; }
FN(isenabled) { UNUSED; return v_from_bool(gc_is_enabled()); }

FN(collect_) {
  UNUSED;
  int generation = v_is_absent(args[0]) ? GENERATIONS - 1 : number_as_int(t, args[0]);
  if (generation == -1 && error_pending(t)) return V_NULL;
  if (generation < 0 || generation >= GENERATIONS) return raise_value_error(t, "invalid generation");
  int64_t found = gc_collect(t, generation);
  return found < 0 ? raise_no_memory(t) : int_from_i64(t, found);
}

FN(set_debug) {
  UNUSED;
  int flags = number_as_int(t, args[0]);
  if (flags == -1 && error_pending(t)) return V_NULL;
  a32_store_rlx(&debug_flags, (uint32_t)flags);
  gc_set_save_all(flags & DEBUG_SAVEALL);
  return V_NONE;
}
FN(get_debug) { UNUSED; return v_from_smi((int)a32_load_rlx(&debug_flags)); }

FN(set_threshold_) {
  (void)self;
  if (native_no_keywords(t, "set_threshold", kwnames) < 0) return V_NULL;
  if (nargs < 1) return raise_type_error(t, "set_threshold() takes at least 1 argument (0 given)");
  if (nargs > GENERATIONS) return raise_type_error(t, "set_threshold() takes at most 3 arguments (%zu given)", nargs);
  int thresholds[GENERATIONS], n = 0;
  for (; n < (int)nargs; n++) {
    thresholds[n] = number_as_int(t, args[n]);
    if (thresholds[n] == -1 && error_pending(t)) return V_NULL;
  }
  for (int i = 0; i < n; i++) gc_set_threshold(i, thresholds[i]);
  return V_NONE;
}

static Value triple(Thread *t, int64_t (*get)(int generation)) {
  return tuple_from_stolen(t, (Value[]){int_from_i64(t, get(0)), int_from_i64(t, get(1)), int_from_i64(t, get(2))}, 3);
}
FN(get_threshold_) { UNUSED; return triple(t, gc_get_threshold); }
FN(get_count_) { UNUSED; return triple(t, gc_get_count); }

FN(freeze_) { UNUSED; gc_freeze(); return V_NONE; }
FN(unfreeze_) { UNUSED; gc_unfreeze(); return V_NONE; }
FN(get_freeze_count) { UNUSED; return int_from_i64(t, gc_freeze_count()); }

static int set_number(Thread *t, Value dict, const char *key, int64_t n) {
  Value v = int_from_i64(t, n);
  int r = v_is_null(v) ? -1 : dict_set_cstr(t, v_dict(dict), key, v);
  v_drop(t, v);
  return r;
}

FN(get_stats_) {
  UNUSED;
  Value list = list_new(t, GENERATIONS);
  for (int i = 0; !v_is_null(list) && i < GENERATIONS; i++) {
    GcGenerationStats s = gc_get_stats(i);
    Value d = dict_new(t);
    if (v_is_null(d) || set_number(t, d, "collections", (int64_t)s.collections) < 0 || set_number(t, d, "collected", (int64_t)s.collected) < 0 ||
        set_number(t, d, "uncollectable", (int64_t)s.uncollectable) < 0 || list_append(t, v_list(list), d) < 0) {
      v_drop(t, list);
      list = V_NULL;
    }
    v_drop(t, d);
  }
  return list;
}

// --- Looking around -----------------------------------------------------------------------------------------------------------------------

// References counted while the world is stopped, when nothing may be allocated from the heap.
typedef struct Found {
  Thread *t;
  Object **items;
  size_t count, capacity;
  bool failed;
  // what is looked for
  const Value *targets;
  size_t target_count;
  Object *skip, *candidate;
  int generation;
  bool hit;
} Found;

static void found_add(Found *f, Object *o) {
  if (f->failed) return;
  if (f->count == f->capacity) {
    size_t capacity = f->capacity ? f->capacity * 2 : 256;
    Object **items = realloc(f->items, capacity * sizeof *items);
    if (!items) {
      f->failed = true;
      return;
    }
    f->items = items;
    f->capacity = capacity;
  }
  incref(f->t, o);
  f->items[f->count++] = o;
}

static Value found_list(Found *f) {
  Thread *t = f->t;
  Value list = f->failed ? raise_no_memory(t) : list_new(t, (int64_t)f->count);
  for (size_t i = 0; i < f->count; i++) {
    Value v = v_steal_obj(f->items[i]);
    if (v_is_null(list)) v_drop(t, v);
    else if (list_append_steal(t, v_list(list), v) < 0) {
      v_drop(t, list);
      list = V_NULL;
    }
  }
  free(f->items);
  return list;
}

// What the collector knows and CPython's does not: garbage on its way out, and code (a container in the free build).
static bool is_internal(const Object *o) { return (a8_load_rlx(&o->gc) & GC_UNREACHABLE) || object_shape(o) == SHAPE_CODE; }

static void collect_object(Object *o, void *arg) {
  Found *f = arg;
  bool young = !(a8_load_rlx(&o->gc) & GC_GENERATION);
  if (is_internal(o) || (f->generation >= 0 && (f->generation == 0) != young)) return;
  found_add(f, o);
}

FN(get_objects) {
  UNUSED;
  int generation = -1;
  if (!v_is_absent_or_none(args[0])) {
    if (!v_is_int(args[0]) && !number_is_index(args[0])) return raise_type_error(t, "argument should be integer or None, not '%T'", args[0]);
    generation = number_as_int(t, args[0]);
    if (generation == -1 && error_pending(t)) return V_NULL;
    if (generation >= GENERATIONS) return raise_value_error(t, "generation parameter must be less than the number of available generations (3)");
    if (generation < -1) return raise_value_error(t, "generation parameter cannot be negative");
  }
  if (sys_audit(t, "gc.get_objects", generation < 0 ? v_from_smi(-1) : args[0]) < 0) return V_NULL;
  Found f = {.t = t, .generation = generation};
  stop_the_world(t);
  gc_each_object(t, collect_object, &f);
  start_the_world(t);
  return found_list(&f);
}

static void check_target(Object *o, bool counted, void *arg) {
  (void)counted;
  Found *f = arg;
  for (size_t i = 0; !f->hit && i < f->target_count; i++) f->hit = v_is_ptr(f->targets[i]) && v_obj(f->targets[i]) == o;
}

static void collect_referrer(Object *o, void *arg) {
  Found *f = arg;
  void (*traverse)(Object *o, GcVisit visit, void *arg) = shape_of(o)->traverse;
  if (!traverse || o == f->skip || is_internal(o)) return;
  f->hit = false;
  traverse(o, check_target, f);
  if (f->hit) found_add(f, o);
}

FN(get_referrers) {
  UNUSED;
  if (sys_audit(t, "gc.get_referrers", args[0]) < 0) return V_NULL;
  Tuple *targets = v_tuple(args[0]);
  Found f = {.t = t, .targets = targets->items, .target_count = (size_t)targets->length, .skip = &targets->ob};
  stop_the_world(t);
  gc_each_object(t, collect_referrer, &f);
  start_the_world(t);
  return found_list(&f);
}

static void collect_referent(Object *o, bool counted, void *arg) {
  (void)counted;
  found_add(arg, o);
}

static bool is_immediate(Value v) { return !v_is_null(v) && !v_is_ptr(v); }

static int append_immediates(Thread *t, List *found, const Value *items, int64_t n) {
  int r = 0;
  for (int64_t i = 0; r == 0 && i < n; i++)
    if (is_immediate(items[i])) r = list_append(t, found, items[i]);
  return r;
}

// Small ints and the like are no objects to the collector, so traversing passes them by: those of lists, tuples and dicts are added here.
static int add_immediates(Thread *t, List *found, Value container) {
  if (v_is_tuple(container)) return append_immediates(t, found, v_tuple(container)->items, v_tuple(container)->length);
  if (v_is_list(container)) {
    Value copy = list_to_tuple(t, v_list(container));
    int r = v_is_null(copy) ? -1 : append_immediates(t, found, v_tuple(copy)->items, v_tuple(copy)->length);
    v_drop(t, copy);
    return r;
  }
  if (!v_is_dict(container)) return 0;
  Value pairs = dict_items_list(t, v_dict(container));
  int r = v_is_null(pairs) ? -1 : 0;
  for (int64_t i = 0; r == 0 && i < list_length(v_list(pairs)); i++) {
    Value pair = list_get(t, v_list(pairs), i);
    r = append_immediates(t, found, v_tuple(pair)->items, 2);
    v_drop(t, pair);
  }
  v_drop(t, pairs);
  return r;
}

FN(get_referents) {
  UNUSED;
  if (sys_audit(t, "gc.get_referents", args[0]) < 0) return V_NULL;
  Tuple *objects = v_tuple(args[0]);
  Found f = {.t = t};
  stop_the_world(t);
  for (int64_t i = 0; i < objects->length; i++) {
    if (!v_is_ptr(objects->items[i])) continue;
    Object *o = v_obj(objects->items[i]);
    if (shape_of(o)->traverse && !is_internal(o)) shape_of(o)->traverse(o, collect_referent, &f);
  }
  start_the_world(t);
  Value list = found_list(&f);
  for (int64_t i = 0; !v_is_null(list) && i < objects->length; i++)
    if (add_immediates(t, v_list(list), objects->items[i]) < 0) v_clear(t, &list);
  return list;
}

// Whether CPython would track a dict because of this key or value.
static bool makes_dict_tracked(Value v) {
  if (!v_is_ptr(v) || v_is_null(v)) return false;
  Object *o = v_obj(v);
  return shape_of(o)->traverse && !is_internal(o) && (!v_is_tuple_exact(v) || object_is_tracked(o));
}

FN(is_tracked) {
  UNUSED;
  if (!v_is_ptr(args[0]) || !object_is_tracked(v_obj(args[0])) || is_internal(v_obj(args[0]))) return V_FALSE;
  if (!v_is_dict_exact(args[0])) return V_TRUE;
  // Dicts of atomic contents are tracked here, but need not be: they can be in no cycle.
  int64_t pos = 0;
  Value key, value;
  bool tracked = false;
  while (!tracked && dict_next(t, v_dict(args[0]), &pos, &key, &value)) {
    tracked = makes_dict_tracked(key) || makes_dict_tracked(value);
    v_drop(t, key);
    v_drop(t, value);
  }
  return v_from_bool(tracked);
}
FN(is_finalized) { UNUSED; return v_from_bool(v_is_ptr(args[0]) && a8_load_rlx(&v_obj(args[0])->gc) & GC_FINALIZED); }

// --- What the collector calls -----------------------------------------------------------------------------------------------------------------

static double started;   // under the collector's own claim: one collection at a time

static double now(void) {
  struct timespec ts;
  clock_gettime(CLOCK_MONOTONIC, &ts);
  return (double)ts.tv_sec + (double)ts.tv_nsec * 1e-9;
}

static void write_stats(bool start, int generation, int64_t collected, int64_t uncollectable) {
  if (start) {
    started = now();
    fprintf(stderr, "gc: collecting generation %d...\ngc: objects in each generation: %lld %lld %lld\ngc: objects in permanent generation: %lld\n", generation,
            (long long)gc_get_count(0), (long long)gc_get_count(1), (long long)gc_get_count(2), (long long)gc_freeze_count());
  } else {
    fprintf(stderr, "gc: done, %lld unreachable, %lld uncollectable, %.4fs elapsed\n", (long long)(collected + uncollectable), (long long)uncollectable, now() - started);
  }
}

static void notify(Thread *t, bool start, int generation, int64_t collected, int64_t uncollectable) {
  if (a32_load_rlx(&debug_flags) & DEBUG_STATS) write_stats(start, generation, collected, uncollectable);
  if (runtime_modules_end || list_length(v_list(callbacks)) == 0) return;
  Value pending = error_fetch(t), phase = start ? N(start) : N(stop), info = dict_new(t);
  if (v_is_null(info) || set_number(t, info, "generation", generation) < 0 || set_number(t, info, "collected", collected) < 0 ||
      set_number(t, info, "uncollectable", uncollectable) < 0) {
    error_write_unraisable(t, "on invoking gc callbacks", V_NULL);
  } else {
    for (int64_t i = 0; i < list_length(v_list(callbacks)); i++) {
      Value f = list_get(t, v_list(callbacks), i);
      if (v_is_null(f)) break;
      Value r = object_call2(t, f, phase, info);
      if (v_is_null(r)) error_write_unraisable(t, NULL, f);
      v_drop(t, r);
      v_drop(t, f);
    }
  }
  v_drop(t, info);
  if (!v_is_null(pending)) error_restore(t, pending);
}

static void save(Thread *t, Object **objects, size_t count) {
  bool report = a32_load_rlx(&debug_flags) & DEBUG_COLLECTABLE;
  for (size_t i = 0; i < count; i++) {
    Value v = v_from_obj(objects[i]);
    if (report) {
      Value line = str_from_format(t, "gc: collectable <%T %p>\n", v, (void *)objects[i]);
      const char *text = v_is_null(line) ? NULL : str_utf8(t, line, NULL);
      if (text) fputs(text, stderr);
      v_drop(t, line);
    }
    if (list_append(t, v_list(garbage), v) < 0) error_clear(t);
  }
}

static bool watched(Thread *t) {
  (void)t;
  return a32_load_rlx(&debug_flags) || list_length(v_list(callbacks)) > 0 || list_length(v_list(garbage)) > 0;
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static const NativeDef functions[] = {
    {"enable($module, /)", gc_enable_, "From now on, collects whenever enough has been allocated.", 0},
    {"disable($module, /)", gc_disable, "From now on, collects only when asked to.", 0},
    {"isenabled($module, /)", gc_isenabled, "Whether collections start by themselves.", 0},
    {"set_debug($module, flags, /)", gc_set_debug, "Says which debugging flags are on.", 0},
    {"get_debug($module, /)", gc_get_debug, "The flags for debugging, as a number.", 0},
    {"get_count($module, /)", gc_get_count_, "How many objects each generation has got since its last collection.", 0},
    {"set_threshold(threshold0, threshold1=0, threshold2=0, /)", gc_set_threshold_, "Set the collection thresholds; 0 for the first disables collection.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"get_threshold($module, /)", gc_get_threshold_, "How many objects a generation may get before it is collected.", 0},
    {"collect($module, /, generation=2)", gc_collect_, "Collects now, and tells how many objects nothing could reach any more.", 0},
    {"get_objects($module, /, generation=None)", gc_get_objects, "The objects the collector knows, without this list itself.", 0},
    {"get_stats($module, /)", gc_get_stats_, "What each generation has collected, as a list of dictionaries.", 0},
    {"is_tracked($module, obj, /)", gc_is_tracked, "Whether the collector knows the object.", 0},
    {"is_finalized($module, obj, /)", gc_is_finalized, "Whether the object's finalizer has run.", 0},
    {"get_referrers(*objs)", gc_get_referrers, "The objects that refer to any of those given.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"get_referents(*objs)", gc_get_referents, "What the given objects refer to.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"freeze($module, /)", gc_freeze_, "Sets all present objects aside: collections no longer look at them.", 0},
    {"unfreeze($module, /)", gc_unfreeze_, "Brings back the objects that were set aside.", 0},
    {"get_freeze_count($module, /)", gc_get_freeze_count, "How many objects have been set aside.", 0},
    {0},
};

static int gc_exec(Thread *t, Value m) {
  static const struct { const char *name; int value; } constants[] = {{"DEBUG_STATS", DEBUG_STATS}, {"DEBUG_COLLECTABLE", DEBUG_COLLECTABLE},
      {"DEBUG_UNCOLLECTABLE", DEBUG_UNCOLLECTABLE}, {"DEBUG_SAVEALL", DEBUG_SAVEALL}, {"DEBUG_LEAK", DEBUG_LEAK}};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  callbacks = list_new(t, 0);
  garbage = list_new(t, 0);
  if (v_is_null(callbacks) || v_is_null(garbage) || module_add(t, m, "garbage", v_own(t, garbage)) < 0 || module_add(t, m, "callbacks", v_own(t, callbacks)) < 0) return -1;
  gc_save_hook = save;
  gc_notify_hook = notify;
  runtime_collections_watched_hook = watched;
  return 0;
}

const ModuleDef module_gc = {
    .name = "gc",
    .doc = "Settings and facts of the collector that frees cycles of objects.",
    .functions = functions,
    .exec = gc_exec,
};
