// The type Pickler, and the proxy by which a program sees its memo.
#include <stddef.h>

#include "modules/pickle.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

typedef struct Pickler {
  Object ob;
  PickleLock lock;     // guards the rest
  Saver saver;
} Pickler;

typedef struct MemoProxy {
  Object ob;
  Value pickler;       // owned, constant
} MemoProxy;

Type type_pickler;
static Type type_proxy;
static Pickler *v_pickler(Value v) { return (Pickler *)v_obj(v); }

// --- Working ------------------------------------------------------------------------------------------------------------------------------

static Value pickler_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) pickle_saver_init(t, &v_pickler(v)->saver);
  return v;
}

static int set_up(Thread *t, Value self, const Value in[4]) {
  Saver *s = &v_pickler(self)->saver;
  pickle_saver_clear(t, s);
  pickle_saver_init(t, s);
  if (pickle_saver_set_protocol(t, s, in[1], in[2]) < 0 || pickle_saver_set_file(t, s, in[0]) < 0 || pickle_saver_set_callback(t, s, in[3]) < 0 ||
      pickle_hook_find(t, &s->persistent_id, self, PICKLE_NAME(persistent_id)) < 0)
    return -1;
  Value table;
  if (object_lookup_attr(t, self, PICKLE_NAME(dispatch_table), &table) < 0) return -1;
  v_set(t, &s->dispatch_table, table);
  return 0;
}

static int pickler_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[4];
  Pickler *p = v_pickler(self);
  if (native_bind(t, &binder, "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)", args, nargs, kwnames, in) < 0 ||
      !pickle_work_begin(t, &p->lock, "Pickler"))
    return -1;
  int status = set_up(t, self, in);
  pickle_work_end(&p->lock);
  return status;
}

static NATIVE(pickler_dump) {
  Pickler *p = v_pickler(self);
  Saver *s = &p->saver;
  if (!pickle_work_begin(t, &p->lock, "Pickler")) return V_NULL;
  int status = -1;
  s->t = t;
  s->self = self;
  if (v_is_null(s->write)) pickle_raise_pickling(t, "Pickler.__init__() was not called by %T.__init__()", self);
  else status = pickle_dump(s, args[0]) < 0 ? -1 : pickle_flush(s);
  s->self = V_NULL;
  pickle_work_end(&p->lock);
  return status < 0 ? V_NULL : V_NONE;
}

static NATIVE(pickler_clear_memo) {
  Pickler *p = v_pickler(self);
  stream_lock(t, &p->lock.lock);
  pickle_memo_clear(t, &p->saver.memo);
  stream_unlock(&p->lock.lock);
  return V_NONE;
}

static NATIVE(pickler_sizeof) {
  Pickler *p = v_pickler(self);
  stream_lock(t, &p->lock.lock);
  size_t n = v_type(self)->size + (size_t)p->saver.capacity + (p->saver.memo.mask + 1) * sizeof(PickleMemoSlot);
  stream_unlock(&p->lock.lock);
  return v_from_smi((int64_t)n);
}

// --- Attributes ---------------------------------------------------------------------------------------------------------------------------

static Value pickler_get_persistent_id(Thread *t, Value self, void *closure) {
  (void)closure;
  Pickler *p = v_pickler(self);
  stream_lock(t, &p->lock.lock);
  Value v = pickle_hook_get(t, &p->saver.persistent_id, self, PICKLE_NAME(persistent_id));
  stream_unlock(&p->lock.lock);
  return v;
}

static int pickler_set_persistent_id(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Pickler *p = v_pickler(self);
  stream_lock(t, &p->lock.lock);
  int status = pickle_hook_set(t, &p->saver.persistent_id, value, "persistent_id must be a callable taking one argument");
  stream_unlock(&p->lock.lock);
  return status;
}

static Value pickler_get_dispatch_table(Thread *t, Value self, void *closure) {
  (void)closure;
  Pickler *p = v_pickler(self);
  stream_lock(t, &p->lock.lock);
  Value v = v_own(t, p->saver.dispatch_table);
  stream_unlock(&p->lock.lock);
  return v_is_null(v) ? raise_attribute_error(t, self, PICKLE_NAME(dispatch_table)) : v;
}

static int pickler_set_dispatch_table(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Pickler *p = v_pickler(self);
  stream_lock(t, &p->lock.lock);
  bool missing = v_is_null(value) && v_is_null(p->saver.dispatch_table);
  v_set(t, &p->saver.dispatch_table, v_own(t, value));
  stream_unlock(&p->lock.lock);
  if (missing) raise_value(t, &exc_AttributeError, PICKLE_NAME(dispatch_table));
  return missing ? -1 : 0;
}

static Value pickler_get_memo(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = type_proxy.slots.alloc(t, &type_proxy, 0);
  if (!v_is_null(v)) ((MemoProxy *)v_obj(v))->pickler = v_own(t, self);
  return v;
}

// A memo from {id: (number, object)}.
static int memo_from_dict(Thread *t, PickleMemo *memo, Value dict) {
  Value pair;
  int status = 0;
  for (int64_t pos = 0; status == 0 && dict_next(t, v_dict(dict), &pos, NULL, &pair);) {
    if (!v_is_tuple(pair) || v_tuple(pair)->length != 2) {
      raise_type_error(t, "'memo' values must be 2-item tuples");
      status = -1;
    } else {
      int64_t number = -1;
      if (v_is_int(v_tuple(pair)->items[0])) number = number_as_i64(t, v_tuple(pair)->items[0]);
      else raise_type_error(t, "an integer is required");
      status = error_pending(t) ? -1 : pickle_memo_put(t, memo, v_tuple(pair)->items[1], number);
    }
    v_drop(t, pair);
  }
  return status;
}

static int memo_from_pickler(Thread *t, PickleMemo *memo, Value pickler) {
  Pickler *p = v_pickler(pickler);
  stream_lock(t, &p->lock.lock);
  int status = pickle_memo_copy(t, memo, &p->saver.memo);
  stream_unlock(&p->lock.lock);
  return status;
}

static int pickler_set_memo(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  PickleMemo memo;
  int status = -1;
  if (v_is_null(value)) return (int)(raise_type_error(t, "attribute deletion is not supported"), -1);
  pickle_memo_init(&memo);
  if (v_type(value) == &type_proxy) status = memo_from_pickler(t, &memo, ((MemoProxy *)v_obj(value))->pickler);
  else if (v_is_dict(value)) status = memo_from_dict(t, &memo, value);
  else raise_type_error(t, "'memo' attribute must be a PicklerMemoProxy object or dict, not %.200T", value);
  if (status == 0) {
    Pickler *p = v_pickler(self);
    stream_lock(t, &p->lock.lock);
    pickle_memo_clear(t, &p->saver.memo);
    status = pickle_memo_copy(t, &p->saver.memo, &memo);
    stream_unlock(&p->lock.lock);
  }
  Value pending = error_fetch(t);
  pickle_memo_clear(t, &memo);
  if (!v_is_null(pending)) error_restore(t, pending);
  return status;
}

static void pickler_clear(Thread *t, Object *o) { pickle_saver_clear(t, &((Pickler *)o)->saver); }
static void pickler_dealloc(Thread *t, Object *o) {
  pickler_clear(t, o);
  heap_free_object(t, o);
}
static void pickler_traverse(Object *o, GcVisit visit, void *arg) {
  const Saver *s = &((Pickler *)o)->saver;
  gc_visit_value(s->write, visit, arg);
  gc_visit_value(s->buffer_callback, visit, arg);
  gc_visit_value(s->dispatch_table, visit, arg);
  gc_visit_value(s->reducer_override, visit, arg);
  gc_visit_value(s->fast_memo, visit, arg);
  gc_visit_value(s->persistent_id.function, visit, arg);
  pickle_memo_traverse(&s->memo, visit, arg);
}

static const NativeDef pickler_methods[] = {
    {"dump($self, obj, /)", pickler_dump, "Writes the object's pickle to the file.", 0},
    {"clear_memo($self, /)", pickler_clear_memo, "Forgets which objects were pickled, so that they are written in full again.", 0},
    {"__sizeof__($self, /)", pickler_sizeof, "How many bytes of memory the object takes.", NATIVE_COEXIST},
    {0},
};
static const MemberDef pickler_members[] = {
    {"bin", MEMBER_I32, offsetof(Pickler, saver.bin), false, NULL},
    {"fast", MEMBER_I32, offsetof(Pickler, saver.fast), false, NULL},
    {0},
};
static const GetSetDef pickler_getset[] = {
    {"memo", pickler_get_memo, pickler_set_memo, NULL, NULL},
    {"persistent_id", pickler_get_persistent_id, pickler_set_persistent_id, NULL, NULL},
    {0},
};
static const GetSetDef pickler_computed[] = {{"dispatch_table", pickler_get_dispatch_table, pickler_set_dispatch_table, NULL, NULL}, {0}};
static const TypeSpec spec_pickler = {
    .name = "_pickle.Pickler",
    .size = sizeof(Pickler),
    .flags = TYPE_BASETYPE,
    .slots = {.new = pickler_new, .init = pickler_init, .dealloc = pickler_dealloc, .traverse = pickler_traverse, .clear = pickler_clear},
    .methods = pickler_methods,
    .members = pickler_members,
    .getset = pickler_getset,
    .computed_members = pickler_computed,
    .doc = "Writes pickles to a binary file.",
    .text_signature = "(file, protocol=None, fix_imports=True, buffer_callback=None)",
};

// --- The proxy ----------------------------------------------------------------------------------------------------------------------------

static Pickler *proxied(Value self) { return v_pickler(((MemoProxy *)v_obj(self))->pickler); }

static NATIVE(proxy_clear) {
  Pickler *p = proxied(self);
  stream_lock(t, &p->lock.lock);
  pickle_memo_clear(t, &p->saver.memo);
  stream_unlock(&p->lock.lock);
  return V_NONE;
}

static int add_memo_entry(Thread *t, Value dict, const PickleMemoSlot *slot) {
  Object *o = v_is_ptr(slot->object) ? v_obj(slot->object) : NULL;
  Value key = int_from_u64(t, o ? (uint64_t)(uintptr_t)o : slot->object.w), number = int_from_i64(t, slot->number);
  Value pair = v_is_null(key) || v_is_null(number) ? V_NULL : tuple_pack(t, 2, number, slot->object);
  int status = v_is_null(pair) ? -1 : dict_set(t, v_dict(dict), key, pair);
  v_drop(t, key);
  v_drop(t, number);
  v_drop(t, pair);
  return status;
}

static Value memo_as_dict(Thread *t, Value self) {
  Pickler *p = proxied(self);
  const PickleMemo *memo = &p->saver.memo;
  Value dict = dict_new(t);
  stream_lock(t, &p->lock.lock);
  for (size_t i = 0; !v_is_null(dict) && i <= memo->mask; i++)
    if (memo->slots[i].object.w != 0 && add_memo_entry(t, dict, &memo->slots[i]) < 0) v_clear(t, &dict);
  stream_unlock(&p->lock.lock);
  return dict;
}

static NATIVE(proxy_copy) { return memo_as_dict(t, self); }
static NATIVE(proxy_reduce) {
  Value dict = memo_as_dict(t, self), arguments = v_is_null(dict) ? V_NULL : tuple_pack(t, 1, dict);
  Value r = v_is_null(arguments) ? V_NULL : tuple_pack(t, 2, v_from_obj(&type_dict), arguments);
  v_drop(t, dict);
  v_drop(t, arguments);
  return r;
}

static void proxy_dealloc(Thread *t, Object *o) {
  v_drop(t, ((MemoProxy *)o)->pickler);
  heap_free_object(t, o);
}
static void proxy_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MemoProxy *)o)->pickler, visit, arg); }

static const NativeDef proxy_methods[] = {
    {"clear($self, /)", proxy_clear, "Empties the pickler's memo.", 0},
    {"copy($self, /)", proxy_copy, "The memo as a dict: an object's id to its number and itself.", 0},
    {"__reduce__($self, /)", proxy_reduce, "A proxy is pickled as a plain dict.", NATIVE_COEXIST},
    {0},
};
static const TypeSpec spec_proxy = {
    .name = "_pickle.PicklerMemoProxy",
    .size = sizeof(MemoProxy),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.hash = object_hash_not_implemented, .dealloc = proxy_dealloc, .traverse = proxy_traverse},
    .methods = proxy_methods,
};

bool pickle_pickler_init(Thread *t) { return type_ready(t, &type_pickler, &spec_pickler, 0) && type_ready(t, &type_proxy, &spec_proxy, 0); }
