// weakref.ref, and the table of all weak references.
#include "objects/weakref.h"

#include "gc/collect.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_attributes.h"
#include "threading/mutex.h"

Type type_weakref;

// ---- the table -------------------------------------------------------------------------------------------------------------------

enum { STRIPES = 64, FIRST_BUCKETS = 16 };

typedef struct Entry {          // one per object that has weak references
  Object *referent;
  WeakRef *first;               // the plain ref, the plain proxy, then the others, newest first
  struct Entry *next;
} Entry;

typedef struct Stripe {
  Mutex mutex;
  uint32_t count, size;         // of the buckets; a power of two
  Entry **buckets;
} Stripe;

static Stripe stripes[STRIPES];

static inline uint64_t address_hash(const Object *o) { return (uint64_t)(uintptr_t)o * 0x9E3779B97F4A7C15u; }
static inline Stripe *stripe_of(const Object *o) { return &stripes[address_hash(o) >> 58]; }
static inline uint32_t bucket_of(const Stripe *s, const Object *o) { return (uint32_t)(address_hash(o) >> 20) & (s->size - 1); }

static Entry *find_locked(const Stripe *s, const Object *o) {
  if (!s->size) return NULL;
  for (Entry *e = s->buckets[bucket_of(s, o)]; e; e = e->next)
    if (e->referent == o) return e;
  return NULL;
}

static bool grow_locked(Thread *t, Stripe *s) {
  uint32_t size = s->size ? 2 * s->size : FIRST_BUCKETS;
  Entry **buckets = heap_calloc(t, size * sizeof *buckets);
  if (!buckets) return s->size != 0;   // a crowded table still works
  Stripe old = *s;
  s->buckets = buckets;
  s->size = size;
  for (uint32_t i = 0; i < old.size; i++)
    for (Entry *e = old.buckets[i], *next; e; e = next) {
      next = e->next;
      e->next = s->buckets[bucket_of(s, e->referent)];
      s->buckets[bucket_of(s, e->referent)] = e;
    }
  heap_free(t, old.buckets);
  return true;
}

static Entry *add_locked(Thread *t, Stripe *s, Object *o) {
  if (s->count >= s->size && !grow_locked(t, s)) return NULL;
  Entry *e = heap_alloc(t, sizeof *e);
  if (!e) return NULL;
  uint32_t b = bucket_of(s, o);
  *e = (Entry){o, NULL, s->buckets[b]};
  s->buckets[b] = e;
  s->count++;
  return e;
}

static void remove_locked(Thread *t, Stripe *s, Entry *gone) {
  Entry **link = &s->buckets[bucket_of(s, gone->referent)];
  while (*link != gone) link = &(*link)->next;
  *link = gone->next;
  s->count--;
  heap_free(t, gone);
}

static void unlink_locked(Entry *e, WeakRef *r) {
  if (r->prev) r->prev->next = r->next;
  else e->first = r->next;
  if (r->next) r->next->prev = r->prev;
  r->prev = r->next = NULL;
}

static void link_after_locked(Entry *e, WeakRef *prev, WeakRef *r) {
  WeakRef **slot = prev ? &prev->next : &e->first;
  r->prev = prev;
  r->next = *slot;
  if (r->next) r->next->prev = r;
  *slot = r;
}

// ---- plain references: one ref and one proxy without a callback are shared by all who ask ----------------------------------------

static bool is_proxy_type(const Type *type) { return type->shape == SHAPE_WEAKPROXY || type->shape == SHAPE_WEAKCALLABLEPROXY; }
static bool is_plain(const WeakRef *r) {
  Type *type = object_type(&r->ob);
  return v_is_null(v_load_acq(&r->callback)) && (type == &type_weakref || is_proxy_type(type));
}
static bool is_plain_proxy(const WeakRef *r) { return is_plain(r) && is_proxy_type(object_type(&r->ob)); }

// The plain references stand first: *ref and *proxy, NULL if there is none.
static void plain_locked(const Entry *e, WeakRef **ref, WeakRef **proxy) {
  *ref = *proxy = NULL;
  WeakRef *r = e ? e->first : NULL;
  if (r && is_plain(r) && !is_plain_proxy(r)) {
    *ref = r;
    r = r->next;
  }
  if (r && is_plain_proxy(r)) *proxy = r;
}

// A plain reference of the type that is alive, counted.
static WeakRef *shared_locked(Thread *t, const Entry *e, const Type *type) {
  WeakRef *ref, *proxy;
  plain_locked(e, &ref, &proxy);
  WeakRef *found = type == &type_weakref ? ref : is_proxy_type(type) ? proxy : NULL;
  return found && object_try_incref(t, &found->ob) ? found : NULL;
}

static void insert_locked(Entry *e, WeakRef *r) {
  WeakRef *ref, *proxy;
  plain_locked(e, &ref, &proxy);
  WeakRef *prev;
  if (!is_plain(r)) prev = proxy ? proxy : ref;
  else prev = is_plain_proxy(r) ? ref : NULL;
  link_after_locked(e, prev, r);
}

// ---- making and reading ----------------------------------------------------------------------------------------------------------

Value weakref_new_of(Thread *t, Type *type, Value obj, Value callback) {
  if (!v_is_ptr(obj) || !(v_type(obj)->flags & TYPE_WEAKREF)) return raise_type_error(t, "cannot create weak reference to '%.200T' object", obj);
  if (!v_is_null(callback) && v_is_none(callback)) callback = V_NULL;
  Object *o = v_obj(obj);
  Stripe *s = stripe_of(o);
  WeakRef *shared = NULL;
  if (v_is_null(callback)) {
    raw_mutex_lock(&s->mutex);
    shared = shared_locked(t, find_locked(s, o), type);
    raw_mutex_unlock(&s->mutex);
    if (shared) return v_steal_obj(shared);
  }
  Value made = type->slots.alloc(t, type, 0);
  if (v_is_null(made)) return V_NULL;
  WeakRef *r = (WeakRef *)v_obj(made);
  r->callback = v_is_null(callback) ? V_NULL : v_own(t, callback);
  a64_store_rlx(&r->hash, UINT64_MAX);
  object_mark_weak(&r->ob);   // others may take the shared one out of the table
  object_mark_weak(o);
  a8_fetch_or_rel(&o->flags, OBJ_WEAKREFED);
  raw_mutex_lock(&s->mutex);
  Entry *e = find_locked(s, o);
  if (is_plain(r)) shared = shared_locked(t, e, type);
  if (!shared) {
    if (!e) e = add_locked(t, s, o);
    if (e) {
      aptr_store_rel(&r->referent, o);
      insert_locked(e, r);
    }
  }
  raw_mutex_unlock(&s->mutex);
  if (e && !shared) return made;
  v_drop(t, made);   // someone else was faster, or no memory
  return shared ? v_steal_obj(shared) : raise_no_memory(t);
}

Value weakref_new(Thread *t, Value obj, Value callback) { return weakref_new_of(t, &type_weakref, obj, callback); }

Value weakref_get(Thread *t, Value ref) {
  WeakRef *r = (WeakRef *)v_obj(ref);
  Object *o = aptr_load_acq(&r->referent);
  if (!o) return V_NULL;
  Stripe *s = stripe_of(o);
  raw_mutex_lock(&s->mutex);
  bool alive = aptr_load_rlx(&r->referent) == o && object_try_incref(t, o);
  raw_mutex_unlock(&s->mutex);
  return alive ? v_steal_obj(o) : V_NULL;
}

int64_t weakref_count(Value obj) {
  if (!v_is_ptr(obj)) return 0;
  Stripe *s = stripe_of(v_obj(obj));
  int64_t n = 0;
  raw_mutex_lock(&s->mutex);
  const Entry *e = find_locked(s, v_obj(obj));
  for (const WeakRef *r = e ? e->first : NULL; r; r = r->next) n++;
  raw_mutex_unlock(&s->mutex);
  return n;
}

// The references are counted under the mutex into a buffer sized beforehand; a list that has grown meanwhile is counted again.
Value weakref_list(Thread *t, Value obj) {
  for (;;) {
    int64_t room = weakref_count(obj), n = 0;
    Value *items = heap_alloc(t, (size_t)(room + 1) * sizeof *items);
    if (!items) return raise_no_memory(t);
    bool complete = true;
    if (room > 0) {
      Stripe *s = stripe_of(v_obj(obj));
      raw_mutex_lock(&s->mutex);
      const Entry *e = find_locked(s, v_obj(obj));
      for (WeakRef *r = e ? e->first : NULL; r && complete; r = r->next) {
        if (n == room) complete = false;
        else if (object_try_incref(t, &r->ob)) items[n++] = v_steal_obj(r);
      }
      raw_mutex_unlock(&s->mutex);
    }
    if (complete) {
      Value list = list_from_stolen(t, items, (size_t)n);
      heap_free(t, items);
      return list;
    }
    for (int64_t i = 0; i < n; i++) v_drop(t, items[i]);
    heap_free(t, items);
  }
}

// __weakref__: the first of the list.
static Value first_weakref(Thread *t, Value obj) {
  Stripe *s = stripe_of(v_obj(obj));
  Value found = V_NONE;
  raw_mutex_lock(&s->mutex);
  const Entry *e = find_locked(s, v_obj(obj));
  for (WeakRef *r = e ? e->first : NULL; r; r = r->next)
    if (object_try_incref(t, &r->ob)) {
      found = v_steal_obj(r);
      break;
    }
  raw_mutex_unlock(&s->mutex);
  return found;
}

// ---- the death of a referent -----------------------------------------------------------------------------------------------------

// Makes every reference to o dead. Those whose callback is to be called come back counted, chained by `next`, in order.
static WeakRef *detach_locked(Thread *t, Stripe *s, Object *o, bool skip_garbage) {
  Entry *e = find_locked(s, o);
  WeakRef *calls = NULL, **end = &calls;
  if (!e) return NULL;
  for (WeakRef *r = e->first, *next; r; r = next) {
    next = r->next;
    r->prev = r->next = NULL;
    // A reference that is dying itself waits for this stripe as long as it names its referent; afterwards it may be gone.
    bool call = !v_is_null(r->callback) && !(skip_garbage && a8_load_rlx(&r->ob.gc) & GC_UNREACHABLE) && object_try_incref(t, &r->ob);
    aptr_store_rel(&r->referent, NULL);
    if (!call) continue;
    *end = r;
    end = &r->next;
  }
  remove_locked(t, s, e);
  return calls;
}

static void run_callback(Thread *t, WeakRef *r) {
  Value callback = v_exchange_slot(&r->callback, V_NULL);
  if (!v_is_null(callback)) {
    Value result = object_call1(t, callback, v_from_obj(r));
    if (v_is_null(result)) error_write_unraisable(t, NULL, callback);
    v_drop(t, result);
    v_drop(t, callback);
  }
  decref(t, &r->ob);
}

static void run_callbacks(Thread *t, WeakRef *calls) {
  if (!calls) return;
  Value pending = error_fetch(t);
  while (calls) {
    WeakRef *r = calls;
    calls = r->next;
    r->next = NULL;
    run_callback(t, r);
  }
  if (!v_is_null(pending)) error_restore(t, pending);
}

static void object_weakrefs(Thread *t, Object *o) {
  Stripe *s = stripe_of(o);
  raw_mutex_lock(&s->mutex);
  WeakRef *calls = detach_locked(t, s, o, false);
  raw_mutex_unlock(&s->mutex);
  run_callbacks(t, calls);
}

static WeakRef *collected_calls;   // filled with the world stopped, emptied by the collecting thread afterwards

static void clear_collected(Thread *t, Object **objects, size_t count) {
  WeakRef **end = &collected_calls;
  while (*end) end = &(*end)->next;
  for (size_t i = 0; i < count; i++) {
    if (!(a8_load_rlx(&objects[i]->flags) & OBJ_WEAKREFED)) continue;
    Stripe *s = stripe_of(objects[i]);
    raw_mutex_lock(&s->mutex);
    *end = detach_locked(t, s, objects[i], true);
    raw_mutex_unlock(&s->mutex);
    while (*end) end = &(*end)->next;
  }
}

static void run_collected(Thread *t) {
  WeakRef *calls = collected_calls;
  collected_calls = NULL;
  run_callbacks(t, calls);
}

// ---- the type --------------------------------------------------------------------------------------------------------------------

static void detach_self(Thread *t, WeakRef *r) {
  Object *o = aptr_load_acq(&r->referent);
  if (!o) return;
  Stripe *s = stripe_of(o);
  raw_mutex_lock(&s->mutex);
  if (aptr_load_rlx(&r->referent) == o) {
    Entry *e = find_locked(s, o);
    unlink_locked(e, r);
    aptr_store_rel(&r->referent, NULL);
    if (!e->first) remove_locked(t, s, e);
  }
  raw_mutex_unlock(&s->mutex);
}

void weakref_dealloc(Thread *t, Object *o) {
  WeakRef *r = (WeakRef *)o;
  detach_self(t, r);
  v_clear(t, &r->callback);
  heap_free_object(t, o);
}

void weakref_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((WeakRef *)o)->callback, visit, arg); }

void weakref_clear(Thread *t, Object *o) {
  WeakRef *r = (WeakRef *)o;
  detach_self(t, r);
  v_drop(t, v_exchange_slot(&r->callback, V_NULL));
}

// Keywords are __init__'s affair, as in CPython, but for the type itself, whose shared references never see __init__ twice.
static Value ref_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (native_check_positional(t, "__new__", nargs, 1, 2) < 0) return V_NULL;
  if (type == &type_weakref && native_no_keywords(t, "ref", kwnames) < 0) return V_NULL;
  return weakref_new_of(t, type, args[0], nargs > 1 ? args[1] : V_NULL);
}

static int ref_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)args;
  if (native_no_keywords(t, "ref", kwnames) < 0) return -1;
  return native_check_positional(t, "__init__", nargs, 1, 2);
}

static Value ref_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  if (native_no_keywords(t, "weakref", kwnames) < 0 || native_check_positional(t, "weakref", nargs, 0, 0) < 0) return V_NULL;
  Value o = weakref_get(t, self);
  return v_is_null(o) ? V_NONE : o;
}

static int64_t ref_hash(Thread *t, Value self) {
  WeakRef *r = (WeakRef *)v_obj(self);
  int64_t h = (int64_t)a64_load_rlx(&r->hash);
  if (h != -1) return h;
  Value o = weakref_get(t, self);
  if (v_is_null(o)) {
    raise_type_error(t, "weak object has gone away");
    return -1;
  }
  h = object_hash(t, o);
  v_drop(t, o);
  if (h != -1) a64_store_rlx(&r->hash, (uint64_t)h);
  return h;
}

static Value ref_compare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_weakref(a) || !v_is_weakref(b)) return V_NOT_IMPLEMENTED;
  Value x = weakref_get(t, a), y = weakref_get(t, b), result;
  if (v_is_null(x) || v_is_null(y)) result = v_from_bool(v_is(a, b) == (op == CMP_EQ));
  else result = object_compare(t, x, y, op);
  v_drop(t, x);
  v_drop(t, y);
  return result;
}

static Value ref_repr(Thread *t, Value self) {
  void *address = v_obj(self);
  Value o = weakref_get(t, self), name, result;
  if (v_is_null(o)) return str_from_format(t, "<weakref at %p; dead>", address);
  if (object_lookup_attr(t, o, N(__name__), &name) < 0) result = V_NULL;
  else if (v_is_null(name) || !v_is_str(name)) result = str_from_format(t, "<weakref at %p; to '%T' at %p>", address, o, (void *)v_obj(o));
  else result = str_from_format(t, "<weakref at %p; to '%T' at %p (%U)>", address, o, (void *)v_obj(o), name);
  v_drop(t, name);
  v_drop(t, o);
  return result;
}

static Value ref_callback(Thread *t, Value self, void *closure) {
  (void)closure;
  WeakRef *r = (WeakRef *)v_obj(self);
  Object *o = aptr_load_acq(&r->referent);
  if (!o) return V_NONE;
  Value callback = V_NONE;
  Stripe *s = stripe_of(o);
  raw_mutex_lock(&s->mutex);
  if (aptr_load_rlx(&r->referent) == o && !v_is_null(r->callback)) callback = v_new_ref_locked(t, r->callback);
  raw_mutex_unlock(&s->mutex);
  return callback;
}

static const NativeDef ref_methods[] = {
    {"__class_getitem__($type, object, /)", generic_alias_class_getitem, "The generic alias of the type.", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef ref_computed[] = {{"__callback__", ref_callback, NULL, NULL, NULL}, {0}};

const TypeSpec spec_weakref = {
    .name = "weakref.ReferenceType",
    .size = sizeof(WeakRef),
    .flags = TYPE_BASETYPE,
    .slots = {.repr = ref_repr, .hash = ref_hash, .call = ref_call, .richcompare = ref_compare, .new = ref_new, .init = ref_init,
              .dealloc = weakref_dealloc, .traverse = weakref_traverse, .clear = weakref_clear},
    .methods = ref_methods,
    .computed_members = ref_computed,
};

bool weakref_init(Thread *t) {
  gc_object_weakrefs_hook = object_weakrefs;
  gc_clear_weakrefs_hook = clear_collected;
  gc_run_weakref_callbacks_hook = run_collected;
  type_first_weakref_hook = first_weakref;
  return type_ready(t, &type_weakref, &spec_weakref, SHAPE_WEAKREF);
}
