// _lsprof: the profiler behind cProfile. A Profiler is itself the profile function of the threads that it was enabled in.
//
// What is being profiled is found by address, the code object or the NativeDef, each kept alive by the entry's `user` object. The times of one
// call: "total" from its start to its end, "inline" the same less the calls it made; a recursive call adds to "total" only when it is the
// outermost. Locking: all fields but the settings under the object's mutex; nothing under it runs Python code. An external timer, which is
// Python code, is asked before the mutex is taken.
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/module_help.h"
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
#include "objects/type_lookup.h"
#include "threading/mutex.h"
#include "threading/stats.h"
#include "vm/vm.h"

typedef struct Counts {
  int64_t calls, recursive, total, inline_, depth;   // times in ns, or in the external timer's unit
} Counts;

typedef struct Callee {
  uint32_t entry;
  Counts counts;
} Callee;

typedef struct Entry {
  const void *key;
  Value user;   // owned: a code object, or what a native is called
  Counts counts;
  Callee *callees;
  uint32_t callee_count, callee_capacity;
} Entry;

typedef struct Context {
  uint32_t entry;
  int64_t start, in_callees;
} Context;

typedef struct Profiler {
  Object ob;
  Mutex lock;
  Entry *entries;
  uint32_t count, capacity;
  uint32_t *index;   // open addressing by key: entry + 1; twice as many places as entries, a power of two
  Context *contexts;
  uint32_t depth, depth_capacity;
  Value timer;      // owned; null: the monotonic clock
  double unit;      // of the external timer's ints; 0: it returns seconds
  bool subcalls, builtins;
} Profiler;

static Type type_profiler;
static Type *entry_type, *subentry_type;
static Profiler *v_profiler(Value v) { return (Profiler *)v_obj(v); }

#define METHOD(name) static Value profiler_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- Entries ------------------------------------------------------------------------------------------------------------------------------------

static uint32_t place_of(const Profiler *p, const void *key) {
  uint32_t mask = 2 * p->capacity - 1;
  uint32_t i = (uint32_t)(((uintptr_t)key >> 4) * 0x9E3779B97F4A7C15u >> 32) & mask;
  while (p->index[i] && p->entries[p->index[i] - 1].key != key) i = (i + 1) & mask;
  return i;
}

static Entry *find_entry(const Profiler *p, const void *key) {
  uint32_t i = p->capacity ? p->index[place_of(p, key)] : 0;
  return i ? &p->entries[i - 1] : NULL;
}

static bool grow_entries(Thread *t, Profiler *p) {
  uint32_t capacity = p->capacity ? 2 * p->capacity : 64;
  uint32_t *index = heap_calloc(t, 2 * capacity * sizeof *index);
  Entry *entries = index ? heap_realloc(t, p->entries, capacity * sizeof *entries) : NULL;
  if (!entries) {
    heap_free(t, index);
    return false;
  }
  heap_free(t, p->index);
  p->entries = entries;
  p->index = index;
  p->capacity = capacity;
  for (uint32_t i = 0; i < p->count; i++) p->index[place_of(p, p->entries[i].key)] = i + 1;
  return true;
}

// user stolen. NULL: no memory.
static Entry *add_entry(Thread *t, Profiler *p, const void *key, Value user) {
  if (p->count == p->capacity && !grow_entries(t, p)) {
    v_drop(t, user);
    return NULL;
  }
  Entry *e = &p->entries[p->count++];
  *e = (Entry){.key = key, .user = user};
  p->index[place_of(p, key)] = p->count;
  return e;
}

static Counts *counts_of_callee(Thread *t, Entry *caller, uint32_t callee) {
  for (uint32_t i = 0; i < caller->callee_count; i++)
    if (caller->callees[i].entry == callee) return &caller->callees[i].counts;
  if (caller->callee_count == caller->callee_capacity) {
    uint32_t capacity = caller->callee_capacity ? 2 * caller->callee_capacity : 4;
    Callee *grown = heap_realloc(t, caller->callees, capacity * sizeof *grown);
    if (!grown) return NULL;
    caller->callees = grown;
    caller->callee_capacity = capacity;
  }
  Callee *c = &caller->callees[caller->callee_count++];
  *c = (Callee){.entry = callee};
  return &c->counts;
}

// --- Calls and returns ----------------------------------------------------------------------------------------------------------------------------

static int64_t ask_timer(Thread *t, const Profiler *p) {
  Value now = object_call0(t, p->timer);
  int64_t r = 0;
  if (!v_is_null(now)) {
    if (p->unit > 0) r = number_as_i64(t, now);
    else module_time_as_ns(t, now, 1000000000, &r);
  }
  v_drop(t, now);
  if (!error_pending(t)) return r;
  error_write_unraisable(t, NULL, p->timer);
  return 0;
}

static int64_t read_clock(Thread *t, const Profiler *p) { return v_is_null(p->timer) ? (int64_t)stats_clock_ns() : ask_timer(t, p); }

static Counts *counts_in_caller(Thread *t, Profiler *p, uint32_t entry) {
  if (!p->subcalls || p->depth == 0) return NULL;
  return counts_of_callee(t, &p->entries[p->contexts[p->depth - 1].entry], entry);
}

// user stolen: for the entry, if there is none yet. False: no memory.
static bool begin_call(Thread *t, Profiler *p, const void *key, Value user, int64_t now) {
  Entry *e = find_entry(p, key);
  if (e) v_drop(t, user);
  else e = add_entry(t, p, key, user);
  if (!e) return false;
  if (p->depth == p->depth_capacity) {
    uint32_t capacity = p->depth_capacity ? 2 * p->depth_capacity : 64;
    Context *grown = heap_realloc(t, p->contexts, capacity * sizeof *grown);
    if (!grown) return false;
    p->contexts = grown;
    p->depth_capacity = capacity;
  }
  uint32_t entry = (uint32_t)(e - p->entries);
  Counts *c = counts_in_caller(t, p, entry);
  if (c) c->depth++;
  e->counts.depth++;
  p->contexts[p->depth++] = (Context){entry, now, 0};
  return true;
}

static void add_call(Counts *c, int64_t total, int64_t inline_) {
  if (--c->depth == 0) c->total += total;
  else c->recursive++;
  c->inline_ += inline_;
  c->calls++;
}

static void end_call(Thread *t, Profiler *p, int64_t now) {
  Context *c = &p->contexts[--p->depth];
  int64_t total = now - c->start, inline_ = total - c->in_callees;
  if (p->depth > 0) p->contexts[p->depth - 1].in_callees += total;
  add_call(&p->entries[c->entry].counts, total, inline_);
  Counts *in_caller = counts_in_caller(t, p, c->entry);
  if (in_caller) add_call(in_caller, total, inline_);
}

// What cProfile calls a native: the repr of its type's method, or its module and name.
static Value native_label(Thread *t, const Native *n) {
  Value name = str_from_ascii(t, n->def->signature, strcspn(n->def->signature, "("));
  if (v_is_null(name)) return V_NULL;
  Value method = V_NULL, r;
  if (!v_is_null(n->self) && v_is_null(n->module)) {
    name = str_intern(t, name);
    method = type_lookup(t, v_type(n->self), name);
  }
  if (!v_is_null(method)) r = object_repr(t, method);
  else if (!v_is_null(n->module) && v_is_str(n->module)) r = str_from_format(t, "<built-in method %U.%U>", n->module, name);
  else r = str_from_format(t, "<built-in method %U>", name);
  v_drop(t, method);
  v_drop(t, name);
  return r;
}

// The profile function: (frame, event, arg).
static Value profiler_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (nargs != 3 || !v_is_null(kwnames) || !v_is_str(args[1])) return raise_type_error(t, "a profile function is called with a frame, an event and a value");
  Profiler *p = v_profiler(self);
  bool native = str_equals_cstr(args[1], "c_call"), call = native || str_equals_cstr(args[1], "call");
  bool back = str_equals_cstr(args[1], "return"), native_back = !call && !back;
  if ((native || native_back) && !p->builtins) return V_NONE;
  int64_t now = read_clock(t, p);
  const void *key = NULL;
  Value user = V_NULL;
  if (call) {
    if (native && !v_is_native(args[2])) return V_NONE;
    user = native ? native_label(t, (const Native *)v_obj(args[2])) : object_getattr(t, args[0], N(f_code));
    if (v_is_null(user)) return V_NULL;
    key = native ? (const void *)((const Native *)v_obj(args[2]))->def : (const void *)v_obj(user);
  }
  bool fine = true;
  mutex_lock(t, &p->lock);
  if (call) fine = begin_call(t, p, key, user, now);
  else if (p->depth > 0) end_call(t, p, now);
  mutex_unlock(&p->lock);
  return fine ? V_NONE : raise_no_memory(t);
}

// --- Methods --------------------------------------------------------------------------------------------------------------------------------------

METHOD(enable) {
  UNUSED;
  Profiler *p = v_profiler(self);
  int subcalls = v_is_absent(args[0]) ? -1 : object_is_true(t, args[0]), builtins = v_is_absent(args[1]) ? -1 : object_is_true(t, args[1]);
  if (error_pending(t)) return V_NULL;
  mutex_lock(t, &p->lock);
  if (subcalls >= 0) p->subcalls = subcalls;
  if (builtins >= 0) p->builtins = builtins;
  mutex_unlock(&p->lock);
  vm_set_profile(t, self);
  return V_NONE;
}

METHOD(disable) {
  UNUSED;
  Profiler *p = v_profiler(self);
  vm_set_profile(t, V_NONE);
  int64_t now = read_clock(t, p);
  mutex_lock(t, &p->lock);
  while (p->depth > 0) end_call(t, p, now);
  mutex_unlock(&p->lock);
  return V_NONE;
}

// Takes all that was counted out of p, as the caller's to free.
static Profiler take_counts(Profiler *p) {
  Profiler taken = *p;
  p->entries = NULL;
  p->index = NULL;
  p->contexts = NULL;
  p->count = p->capacity = p->depth = p->depth_capacity = 0;
  return taken;
}

static void free_counts(Thread *t, Profiler *taken) {
  for (uint32_t i = 0; i < taken->count; i++) {
    v_drop(t, taken->entries[i].user);
    heap_free(t, taken->entries[i].callees);
  }
  heap_free(t, taken->entries);
  heap_free(t, taken->index);
  heap_free(t, taken->contexts);
}

METHOD(clear) {
  UNUSED;
  Profiler *p = v_profiler(self);
  mutex_lock(t, &p->lock);
  Profiler taken = take_counts(p);
  mutex_unlock(&p->lock);
  free_counts(t, &taken);
  return V_NONE;
}

static double factor(const Profiler *p) { return !v_is_null(p->timer) && p->unit > 0 ? p->unit : 1e-9; }

// The five fields that entries and subentries share.
static void fill_counts(Thread *t, Value *items, Value user, const Counts *c, double unit) {
  items[0] = v_own(t, user);
  items[1] = int_from_i64(t, c->calls);
  items[2] = int_from_i64(t, c->recursive);
  items[3] = float_new(t, unit * (double)c->total);
  items[4] = float_new(t, unit * (double)c->inline_);
}

static Value callees_of(Thread *t, const Profiler *p, const Entry *e) {
  if (e->callee_count == 0) return V_NONE;
  Value list = list_new(t, 0);
  for (uint32_t i = 0; !v_is_null(list) && i < e->callee_count; i++) {
    const Callee *c = &e->callees[i];
    if (c->counts.calls == 0) continue;
    Value items[5];
    fill_counts(t, items, p->entries[c->entry].user, &c->counts, factor(p));
    if (list_append_steal(t, v_list(list), structseq_new(t, subentry_type, items, 5)) < 0) v_clear(t, &list);
  }
  return list;
}

METHOD(getstats) {
  UNUSED;
  Profiler *p = v_profiler(self);
  Value list = list_new(t, 0);
  if (v_is_null(list)) return V_NULL;
  bool fine = true;
  mutex_lock(t, &p->lock);
  for (uint32_t i = 0; fine && i < p->count; i++) {
    const Entry *e = &p->entries[i];
    if (e->counts.calls == 0) continue;
    Value items[6];
    fill_counts(t, items, e->user, &e->counts, factor(p));
    items[5] = callees_of(t, p, e);
    fine = list_append_steal(t, v_list(list), structseq_new(t, entry_type, items, 6)) == 0;
  }
  mutex_unlock(&p->lock);
  if (fine) return list;
  v_drop(t, list);
  return V_NULL;
}

// --- The type and the module ------------------------------------------------------------------------------------------------------------------------

static Value profiler_type_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value self = type->slots.alloc(t, type, 0);
  if (v_is_null(self)) return V_NULL;
  Profiler *p = v_profiler(self);
  memset((char *)p + sizeof(Object), 0, sizeof *p - sizeof(Object));
  p->timer = V_NULL;
  p->subcalls = p->builtins = true;
  return self;
}

static int profiler_type_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[4];
  if (native_bind(t, &binder, "Profiler(timer=None, timeunit=0.0, subcalls=True, builtins=True)", args, nargs, kwnames, a) < 0) return -1;
  double unit = v_is_absent(a[1]) ? 0 : number_as_double(t, a[1]);
  if (error_pending(t)) return -1;
  int subcalls = v_is_absent(a[2]) || object_is_true(t, a[2]), builtins = v_is_absent(a[3]) || object_is_true(t, a[3]);
  if (error_pending(t)) return -1;
  Profiler *p = v_profiler(self);
  Value timer = v_is_absent_or_none(a[0]) ? V_NULL : v_own(t, a[0]);
  mutex_lock(t, &p->lock);
  Value old = p->timer;
  p->timer = timer;
  p->unit = unit;
  p->subcalls = subcalls;
  p->builtins = builtins;
  mutex_unlock(&p->lock);
  v_drop(t, old);
  return 0;
}

static void profiler_dealloc(Thread *t, Object *o) {
  Profiler taken = take_counts((Profiler *)o);
  free_counts(t, &taken);
  v_drop(t, taken.timer);
  heap_free_object(t, o);
}

static void profiler_traverse(Object *o, GcVisit visit, void *arg) {
  const Profiler *p = (const Profiler *)o;
  for (uint32_t i = 0; i < p->count; i++) gc_visit_value(p->entries[i].user, visit, arg);
  gc_visit_value(p->timer, visit, arg);
}

static const NativeDef methods[] = {
    {"enable($self, subcalls=True, builtins=True)", profiler_enable, "Starts profiling this thread.", 0},
    {"disable($self, /)", profiler_disable, "Stops profiling this thread; calls that are under way end here.", 0},
    {"clear($self, /)", profiler_clear, "Forgets what has been counted.", 0},
    {"getstats($self, /)", profiler_getstats, "A list of what was called, how often and how long: profiler_entry objects.", 0},
    {0},
};
static const TypeSpec spec_profiler = {
    .name = "_lsprof.Profiler",
    .size = sizeof(Profiler),
    .flags = TYPE_BASETYPE,
    .slots = {.new = profiler_type_new, .init = profiler_type_init, .call = profiler_call, .dealloc = profiler_dealloc, .traverse = profiler_traverse},
    .methods = methods,
    .doc = "Counts and times the calls of Python functions and builtins.",
};

#define COUNT_FIELDS                                                                                          \
  {"code", "code object, or a builtin's description"}, {"callcount", "how often it was called"},              \
      {"reccallcount", "how many of these calls were recursive"}, {"totaltime", "seconds in it and in what it called"}, \
      {"inlinetime", "seconds in it alone"}

static int lsprof_exec(Thread *t, Value m) {
  static const StructSeqField entry_fields[] = {COUNT_FIELDS, {"calls", "what it called, or None"}, {NULL, NULL}};
  static const StructSeqField subentry_fields[] = {COUNT_FIELDS, {NULL, NULL}};
  static const StructSeqDef entry_def = {"_lsprof.profiler_entry", NULL, entry_fields, 6}, subentry_def = {"_lsprof.profiler_subentry", NULL, subentry_fields, 5};
  if (!type_ready(t, &type_profiler, &spec_profiler, 0) || !(entry_type = structseq_new_type(t, &entry_def)) ||
      !(subentry_type = structseq_new_type(t, &subentry_def)))
    return -1;
  return module_add_type(t, m, &type_profiler) < 0 || module_add(t, m, "profiler_entry", v_own_obj(t, entry_type)) < 0 ||
                 module_add(t, m, "profiler_subentry", v_own_obj(t, subentry_type)) < 0
             ? -1
             : 0;
}

const ModuleDef module__lsprof = {.name = "_lsprof", .doc = "The profiler behind cProfile.", .exec = lsprof_exec};
