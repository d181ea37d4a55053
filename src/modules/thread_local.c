// threading.local's type: attributes that each thread has for itself.
//
// A thread keeps one dict from a local's serial number to that local's attribute dict, so an access touches only the thread's own data. A
// local counts the threads that have data for it; if others do when it dies, their entries are removed with the world stopped.
#include <string.h>

#include "gc/heap.h"
#include "modules/thread_types.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/stw.h"

typedef struct Local {
  Object ob;
  int64_t serial;
  a64 threads;            // that have data for it
  Value args, kwargs;     // of the constructor, for __init__ in each thread; owned, kwargs may be null
} Local;

static a64 next_serial;

static Local *v_local(Value v) { return (Local *)v_obj(v); }

// --- The thread's data --------------------------------------------------------------------------------------------------------------------

static Dict *thread_dicts(Thread *t) {
  if (!t->local_dict) {
    Value d = dict_new(t);
    if (v_is_null(d)) return NULL;
    t->local_dict = v_obj(d);
  }
  return (Dict *)t->local_dict;
}

static int run_init(Thread *t, Value self, const Local *l) {
  Type *type = v_type(self);
  if (type->slots.init == type_object.slots.init) return 0;
  Value init = object_getattr(t, self, N(__init__));
  Value r = v_is_null(init) ? V_NULL : object_call_ex(t, init, l->args, l->kwargs);
  v_drop(t, init);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

// The calling thread's attribute dict, owned; made, and __init__ run, on first use.
static Value local_dict(Thread *t, Value self) {
  Local *l = v_local(self);
  Dict *dicts = thread_dicts(t);
  Value d;
  if (!dicts) return V_NULL;
  int r = dict_get(t, dicts, v_from_smi(l->serial), &d);
  if (r) return r > 0 ? d : V_NULL;
  d = dict_new(t);
  if (v_is_null(d) || dict_set(t, dicts, v_from_smi(l->serial), d) < 0) {
    v_drop(t, d);
    return V_NULL;
  }
  a64_fetch_add_rlx(&l->threads, 1);
  if (run_init(t, self, l) < 0) {
    dict_delete(t, dicts, v_from_smi(l->serial));
    v_drop(t, d);
    return V_NULL;
  }
  return d;
}

void thread_local_clear(Thread *t) {
  while (t->local_dict) {   // a __del__ may bring new data
    Object *d = t->local_dict;
    t->local_dict = NULL;
    decref(t, d);
  }
}

// --- Attributes -----------------------------------------------------------------------------------------------------------------------------

static Value bind(Thread *t, Value attr, Value self) {
  if (!v_type(attr)->slots.descr_get) return attr;
  Value r = v_type(attr)->slots.descr_get(t, attr, self, v_from_obj(v_type(self)));
  v_drop(t, attr);
  return r;
}

static Value local_getattro(Thread *t, Value self, Value name) {
  Value dict = local_dict(t, self);
  if (v_is_null(dict)) return V_NULL;
  if (str_equals_cstr(name, "__dict__")) return dict;
  Value attr = type_lookup(t, v_type(self), name), v = V_NULL;
  bool data = !v_is_null(attr) && v_type(attr)->slots.descr_get && v_type(attr)->slots.descr_set;
  int found = data ? 0 : dict_get(t, v_dict(dict), name, &v);
  v_drop(t, dict);
  if (found) {
    v_drop(t, attr);
    return found > 0 ? v : V_NULL;
  }
  if (!v_is_null(attr)) return bind(t, attr, self);
  return error_pending(t) ? V_NULL : raise_attribute_error(t, self, name);
}

static int local_setattro(Thread *t, Value self, Value name, Value value) {
  if (str_equals_cstr(name, "__dict__")) {
    raise_error(t, &exc_AttributeError, "'%.50T' object attribute '%U' is read-only", self, name);
    return -1;
  }
  Value dict = local_dict(t, self);
  if (v_is_null(dict)) return -1;
  Value attr = type_lookup(t, v_type(self), name);
  int r;
  if (!v_is_null(attr) && v_type(attr)->slots.descr_set) {
    r = v_type(attr)->slots.descr_set(t, attr, self, value);
  } else if (v_is_null(value)) {
    r = dict_delete(t, v_dict(dict), name);
    if (r == 0) raise_attribute_error(t, self, name);
    r = r > 0 ? 0 : -1;
  } else {
    r = dict_set(t, v_dict(dict), name, value);
  }
  v_drop(t, attr);
  v_drop(t, dict);
  return r;
}

// --- The type -------------------------------------------------------------------------------------------------------------------------------

static Value local_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  int64_t nkw = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  if (type->slots.init == type_object.slots.init && (nargs || nkw)) return raise_type_error(t, "Initialization arguments are not supported");
  Value self = type->slots.alloc(t, type, 0);
  if (v_is_null(self)) return V_NULL;
  Local *l = v_local(self);
  l->serial = (int64_t)a64_fetch_add_rlx(&next_serial, 1);
  l->args = tuple_from(t, args, nargs);
  bool ok = !v_is_null(l->args);
  if (ok && nkw) {
    l->kwargs = dict_new(t);
    ok = !v_is_null(l->kwargs);
    for (int64_t i = 0; ok && i < nkw; i++) ok = dict_set(t, v_dict(l->kwargs), v_tuple(kwnames)->items[i], args[nargs + (size_t)i]) == 0;
  }
  // This thread's dict is made now and __init__ is the type call's business.
  Dict *dicts = ok ? thread_dicts(t) : NULL;
  Value d = dicts ? dict_new(t) : V_NULL;
  ok = !v_is_null(d) && dict_set(t, dicts, v_from_smi(l->serial), d) == 0;
  v_drop(t, d);
  if (!ok) {
    v_drop(t, self);
    return V_NULL;
  }
  a64_store_rlx(&l->threads, 1);
  return self;
}

typedef struct Purge { Thread *t; int64_t serial; Value victims; } Purge;
static void purge_thread(Thread *other, void *arg) {
  Purge *p = arg;
  Value d;
  if (other->local_dict && dict_pop(p->t, (Dict *)other->local_dict, v_from_smi(p->serial), &d) > 0) {
    list_append(p->t, v_list(p->victims), d);
    v_drop(p->t, d);
  }
}

static void local_dealloc(Thread *t, Object *o) {
  Local *l = (Local *)o;
  Value d = V_NULL;
  Object *pending = t->exc;
  t->exc = NULL;
  uint64_t others = a64_load_acq(&l->threads);
  if (t->local_dict && dict_pop(t, (Dict *)t->local_dict, v_from_smi(l->serial), &d) > 0) others--;
  if (others) {
    Purge p = {t, l->serial, list_new(t, 8)};
    if (!v_is_null(p.victims)) {
      stop_the_world(t);
      thread_each(purge_thread, &p);
      start_the_world(t);
    }
    v_drop(t, p.victims);
  }
  v_drop(t, d);
  error_clear(t);
  t->exc = pending;
  v_drop(t, l->args);
  v_drop(t, l->kwargs);
  heap_free_object(t, o);
}

static void local_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Local *)o)->args, visit, arg);
  gc_visit_value(((Local *)o)->kwargs, visit, arg);
}

Type type_thread_local;
static const TypeSpec spec_local = {
    .name = "_thread._local",
    .size = sizeof(Local),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,
    .slots = {.new = local_new, .getattro = local_getattro, .setattro = local_setattro, .dealloc = local_dealloc, .traverse = local_traverse},
    .doc = "Thread-local data",
};

bool thread_local_init(Thread *t) { return type_ready(t, &type_thread_local, &spec_local, 0); }
