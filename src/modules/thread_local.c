// threading.local's type: attributes that each thread has for itself.
//
// A local owns a dict from a thread's id to the attribute dict that the thread sees, so that the collector finds cycles through a local and
// its own attributes. A thread that ends takes its entry out of each local: the pairs of thread and local are listed on both sides.
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
#include "threading/mutex.h"

typedef struct Local {
  Object ob;
  struct LocalUse *uses;  // under uses_lock
  Value dicts;            // dict: thread's id -> its attribute dict; owned, V_NULL only before local_new is done
  Value args, kwargs;     // of the constructor, for __init__ in each thread; owned, kwargs may be null
} Local;

static Local *v_local(Value v) { return (Local *)v_obj(v); }

// --- Which thread has data in which local -------------------------------------------------------------------------------------------------

// In two lists, the thread's and the local's: `link` is what points to it there, NULL once it has been taken out of the thread's.
typedef struct LocalUse {
  Local *local;           // not counted: whoever gets here from the thread's side counts it with object_try_incref
  struct LocalUse *next_of_thread, **link_of_thread;
  struct LocalUse *next_of_local, **link_of_local;
} LocalUse;

static Mutex uses_lock;   // a leaf lock: the lists' links

static void leave_thread(LocalUse *u) {
  if (!u->link_of_thread) return;
  *u->link_of_thread = u->next_of_thread;
  if (u->next_of_thread) u->next_of_thread->link_of_thread = u->link_of_thread;
  u->link_of_thread = NULL;
}

static void leave_local(LocalUse *u) {
  *u->link_of_local = u->next_of_local;
  if (u->next_of_local) u->next_of_local->link_of_local = u->link_of_local;
}

static bool use_begin(Thread *t, Local *l) {
  LocalUse *u = heap_alloc(t, sizeof *u);
  if (!u) {
    raise_no_memory(t);
    return false;
  }
  raw_mutex_lock(&uses_lock);
  *u = (LocalUse){l, t->local_uses, &t->local_uses, l->uses, &l->uses};
  if (u->next_of_thread) u->next_of_thread->link_of_thread = &u->next_of_thread;
  if (u->next_of_local) u->next_of_local->link_of_local = &u->next_of_local;
  t->local_uses = l->uses = u;
  raw_mutex_unlock(&uses_lock);
  return true;
}

static void use_undo(Thread *t, Local *l) {
  LocalUse *u;
  raw_mutex_lock(&uses_lock);
  for (u = t->local_uses; u && u->local != l;) u = u->next_of_thread;
  if (u) {
    leave_thread(u);
    leave_local(u);
  }
  raw_mutex_unlock(&uses_lock);
  if (u) heap_free(t, u);
}

// The uses of a thread that ends become a list of their own.
static void uses_move(Thread *t, LocalUse **list) {
  raw_mutex_lock(&uses_lock);
  *list = t->local_uses;
  if (*list) (*list)->link_of_thread = list;
  t->local_uses = NULL;
  raw_mutex_unlock(&uses_lock);
}

// The first of them, out of both lists, and its local, counted; NULL: no more. A local that is dying sees to its uses itself.
static LocalUse *use_take(Thread *t, LocalUse **list) {
  LocalUse *u;
  raw_mutex_lock(&uses_lock);
  while ((u = *list) != NULL) {
    leave_thread(u);
    if (!object_try_incref(t, &u->local->ob)) continue;
    leave_local(u);
    break;
  }
  raw_mutex_unlock(&uses_lock);
  return u;
}

static void uses_end(Thread *t, Local *l) {
  raw_mutex_lock(&uses_lock);
  for (LocalUse *u = l->uses; u; u = u->next_of_local) leave_thread(u);
  raw_mutex_unlock(&uses_lock);
  for (LocalUse *u = l->uses, *next; u; u = next) {
    next = u->next_of_local;
    heap_free(t, u);
  }
}

// What a thread still has when it is gone is the locals' until they die: data that came while it ended, and all that the other threads had
// in the child of a fork.
static void uses_leave(Thread *t) {
  raw_mutex_lock(&uses_lock);
  while (t->local_uses) leave_thread(t->local_uses);
  raw_mutex_unlock(&uses_lock);
}

static void uses_after_fork(Thread *t) {
  uses_lock = (Mutex)MUTEX_INIT;
  for (uint32_t slot = thread_slot_high(); slot > 0; slot--)
    if (thread_by_slot(slot) != t) uses_leave(thread_by_slot(slot));
}

// --- The thread's data --------------------------------------------------------------------------------------------------------------------

static Value key_of(Thread *t) { return v_from_smi((int64_t)t->id); }

// A new attribute dict for the calling thread, owned.
static Value make_dict(Thread *t, Local *l) {
  Value d = dict_new(t);
  bool begun = !v_is_null(d) && use_begin(t, l);
  if (begun && dict_set(t, v_dict(l->dicts), key_of(t), d) == 0) return d;
  if (begun) use_undo(t, l);
  v_drop(t, d);
  return V_NULL;
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
  Value d;
  int r = dict_get(t, v_dict(l->dicts), key_of(t), &d);
  if (r) return r > 0 ? d : V_NULL;
  d = make_dict(t, l);
  if (!v_is_null(d) && run_init(t, self, l) < 0) {
    use_undo(t, l);
    dict_delete(t, v_dict(l->dicts), key_of(t));
    v_set(t, &d, V_NULL);
  }
  return d;
}

void thread_local_clear(Thread *t) {
  LocalUse *list;
  uses_move(t, &list);   // the data that a __del__ brings now is its local's until that dies, as in CPython
  for (LocalUse *u; (u = use_take(t, &list)) != NULL;) {
    Local *l = u->local;
    heap_free(t, u);
    Value d = V_NULL;
    dict_pop(t, v_dict(l->dicts), key_of(t), &d);
    v_drop(t, d);
    decref(t, &l->ob);
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
  object_mark_weak(&l->ob);   // threads that end look whether it still lives
  l->dicts = dict_new(t);
  l->args = tuple_from(t, args, nargs);
  bool ok = !v_is_null(l->dicts) && !v_is_null(l->args);
  if (ok && nkw) {
    l->kwargs = dict_new(t);
    ok = !v_is_null(l->kwargs);
    for (int64_t i = 0; ok && i < nkw; i++) ok = dict_set(t, v_dict(l->kwargs), v_tuple(kwnames)->items[i], args[nargs + (size_t)i]) == 0;
  }
  // This thread's dict is made now and __init__ is the type call's business.
  Value d = ok ? make_dict(t, l) : V_NULL;
  if (v_is_null(d)) v_set(t, &self, V_NULL);
  v_drop(t, d);
  return self;
}

static void local_dealloc(Thread *t, Object *o) {
  Local *l = (Local *)o;
  uses_end(t, l);
  v_drop(t, l->dicts);
  v_drop(t, l->args);
  v_drop(t, l->kwargs);
  heap_free_object(t, o);
}

static void local_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Local *)o)->dicts, visit, arg);
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

bool thread_local_init(Thread *t) {
  thread_at_fork(uses_after_fork);
  thread_at_exit(uses_leave);
  return type_ready(t, &type_thread_local, &spec_local, 0);
}
