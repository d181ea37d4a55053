// The type Unpickler, and the proxy by which a program sees its memo.
#include "modules/pickle.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

typedef struct Unpickler {
  Object ob;
  PickleLock lock;     // guards the rest
  Loader loader;
} Unpickler;

typedef struct MemoProxy {
  Object ob;
  Value unpickler;     // owned, constant
} MemoProxy;

Type type_unpickler;
static Type type_proxy;
static Unpickler *v_unpickler(Value v) { return (Unpickler *)v_obj(v); }

// --- Working ------------------------------------------------------------------------------------------------------------------------------

static Value unpickler_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) pickle_loader_init(t, &v_unpickler(v)->loader);
  return v;
}

static int set_up(Thread *t, Value self, const Value in[5]) {
  Loader *l = &v_unpickler(self)->loader;
  pickle_loader_clear(t, l);
  pickle_loader_init(t, l);
  if (pickle_loader_set_file(t, l, in[0]) < 0 || pickle_loader_set_text(t, l, in[2], in[3]) < 0 || pickle_loader_set_buffers(t, l, in[4]) < 0)
    return -1;
  int fix_imports = v_is_absent(in[1]) ? 1 : object_is_true(t, in[1]);
  l->fix_imports = fix_imports > 0;
  return fix_imports < 0 ? -1 : pickle_hook_find(t, &l->persistent_load, self, PICKLE_NAME(persistent_load));
}

static int unpickler_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[5];
  Unpickler *u = v_unpickler(self);
  if (native_bind(t, &binder, "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())", args, nargs, kwnames, in) < 0 ||
      pickle_check_text(t, "Unpickler", in[2], in[3]) < 0 || !pickle_work_begin(t, &u->lock, "Unpickler"))
    return -1;
  int status = set_up(t, self, in);
  pickle_work_end(&u->lock);
  return status;
}

static NATIVE(unpickler_load) {
  Unpickler *u = v_unpickler(self);
  Loader *l = &u->loader;
  if (!pickle_work_begin(t, &u->lock, "Unpickler")) return V_NULL;
  Value v;
  l->t = t;
  l->self = self;
  if (v_is_null(l->read)) v = pickle_raise_unpickling(t, "Unpickler.__init__() was not called by %T.__init__()", self);
  else v = pickle_load(l);
  l->self = V_NULL;
  pickle_work_end(&u->lock);
  return v;
}

static NATIVE(unpickler_find_class) {
  Unpickler *u = v_unpickler(self);
  stream_lock(t, &u->lock.lock);
  int proto = u->loader.proto;
  bool fix_imports = u->loader.fix_imports;
  stream_unlock(&u->lock.lock);
  return pickle_find_class(t, proto, fix_imports, args[0], args[1]);
}

static NATIVE(unpickler_sizeof) {
  Unpickler *u = v_unpickler(self);
  stream_lock(t, &u->lock.lock);
  const Loader *l = &u->loader;
  size_t n = v_type(self)->size + (size_t)(l->capacity + l->memo_capacity + l->mark_capacity) * sizeof(Value);
  stream_unlock(&u->lock.lock);
  return v_from_smi((int64_t)n);
}

// --- Attributes ---------------------------------------------------------------------------------------------------------------------------

static Value unpickler_get_persistent_load(Thread *t, Value self, void *closure) {
  (void)closure;
  Unpickler *u = v_unpickler(self);
  stream_lock(t, &u->lock.lock);
  Value v = pickle_hook_get(t, &u->loader.persistent_load, self, PICKLE_NAME(persistent_load));
  stream_unlock(&u->lock.lock);
  return v;
}

static int unpickler_set_persistent_load(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Unpickler *u = v_unpickler(self);
  stream_lock(t, &u->lock.lock);
  int status = pickle_hook_set(t, &u->loader.persistent_load, value, "persistent_load must be a callable taking one argument");
  stream_unlock(&u->lock.lock);
  return status;
}

static Value unpickler_get_memo(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = type_proxy.slots.alloc(t, &type_proxy, 0);
  if (!v_is_null(v)) ((MemoProxy *)v_obj(v))->unpickler = v_own(t, self);
  return v;
}

static Value memo_as_dict(Thread *t, Value unpickler) {
  Unpickler *u = v_unpickler(unpickler);
  Value dict = dict_new(t);
  stream_lock(t, &u->lock.lock);
  const Loader *l = &u->loader;
  for (int64_t i = 0; !v_is_null(dict) && i < l->memo_capacity; i++)
    if (!v_is_null(l->memo[i]) && dict_set(t, v_dict(dict), v_from_smi(i), l->memo[i]) < 0) v_clear(t, &dict);
  if (!v_is_null(dict) && !v_is_null(l->sparse_memo) && dict_update(t, v_dict(dict), l->sparse_memo) < 0) v_clear(t, &dict);
  stream_unlock(&u->lock.lock);
  return dict;
}

static int check_memo_keys(Thread *t, Value dict) {
  Value key;
  int status = 0;
  for (int64_t pos = 0; status == 0 && dict_next(t, v_dict(dict), &pos, &key, NULL);) {
    int64_t n = 0;
    if (!v_is_int(key)) raise_type_error(t, "memo key must be integers");
    else n = number_as_i64(t, key);
    if (!error_pending(t) && n < 0) raise_value_error(t, "memo key must be positive integers.");
    status = error_pending(t) ? -1 : 0;
    v_drop(t, key);
  }
  return status;
}

static int replace_memo(Thread *t, Loader *l, Value dict) {
  Value key, value;
  int status = 0;
  pickle_memo_forget(t, l);
  l->t = t;
  for (int64_t pos = 0; status == 0 && dict_next(t, v_dict(dict), &pos, &key, &value);) {
    int64_t n;
    if (int_as_i64(key, &n)) status = pickle_memo_store(l, n, value);
    v_drop(t, key);
    v_drop(t, value);
  }
  return status;
}

static int unpickler_set_memo(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  Value dict;
  if (v_is_null(value)) return (int)(raise_type_error(t, "attribute deletion is not supported"), -1);
  if (v_type(value) == &type_proxy) dict = memo_as_dict(t, ((MemoProxy *)v_obj(value))->unpickler);
  else if (v_is_dict(value)) dict = dict_copy(t, v_dict(value));
  else dict = raise_type_error(t, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200T", value);
  if (v_is_null(dict)) return -1;
  int status = check_memo_keys(t, dict);
  if (status == 0) {
    Unpickler *u = v_unpickler(self);
    stream_lock(t, &u->lock.lock);
    status = replace_memo(t, &u->loader, dict);
    stream_unlock(&u->lock.lock);
  }
  v_drop(t, dict);
  return status;
}

static void unpickler_clear(Thread *t, Object *o) { pickle_loader_clear(t, &((Unpickler *)o)->loader); }
static void unpickler_dealloc(Thread *t, Object *o) {
  unpickler_clear(t, o);
  heap_free_object(t, o);
}
static void unpickler_traverse(Object *o, GcVisit visit, void *arg) {
  const Loader *l = &((Unpickler *)o)->loader;
  for (int64_t i = 0; i < l->length; i++) gc_visit_value(l->stack[i], visit, arg);
  for (int64_t i = 0; i < l->memo_capacity; i++) gc_visit_value(l->memo[i], visit, arg);
  gc_visit_value(l->sparse_memo, visit, arg);
  gc_visit_value(l->view.obj, visit, arg);
  gc_visit_value(l->read, visit, arg);
  gc_visit_value(l->readline, visit, arg);
  gc_visit_value(l->readinto, visit, arg);
  gc_visit_value(l->peek, visit, arg);
  gc_visit_value(l->buffers, visit, arg);
  gc_visit_value(l->persistent_load.function, visit, arg);
}

static const NativeDef unpickler_methods[] = {
    {"load($self, /)", unpickler_load, "Reads one pickle from the file, and returns the object it describes.", 0},
    {"find_class($self, module_name, global_name, /)", unpickler_find_class,
     "Imports the module and returns what it has under the name; subclasses override this to say what may be found.", 0},
    {"__sizeof__($self, /)", unpickler_sizeof, "How many bytes of memory the object takes.", NATIVE_COEXIST},
    {0},
};
static const GetSetDef unpickler_getset[] = {
    {"memo", unpickler_get_memo, unpickler_set_memo, NULL, NULL},
    {"persistent_load", unpickler_get_persistent_load, unpickler_set_persistent_load, NULL, NULL},
    {0},
};
static const TypeSpec spec_unpickler = {
    .name = "_pickle.Unpickler",
    .size = sizeof(Unpickler),
    .flags = TYPE_BASETYPE,
    .slots = {.new = unpickler_new, .init = unpickler_init, .dealloc = unpickler_dealloc, .traverse = unpickler_traverse, .clear = unpickler_clear},
    .methods = unpickler_methods,
    .getset = unpickler_getset,
    .doc = "Reads pickles from a binary file. Pickles can run any code: read only those that you trust.",
    .text_signature = "(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())",
};

// --- The proxy ----------------------------------------------------------------------------------------------------------------------------

static NATIVE(proxy_clear) {
  Unpickler *u = v_unpickler(((MemoProxy *)v_obj(self))->unpickler);
  stream_lock(t, &u->lock.lock);
  pickle_memo_forget(t, &u->loader);
  stream_unlock(&u->lock.lock);
  return V_NONE;
}

static NATIVE(proxy_copy) { return memo_as_dict(t, ((MemoProxy *)v_obj(self))->unpickler); }
static NATIVE(proxy_reduce) {
  Value dict = memo_as_dict(t, ((MemoProxy *)v_obj(self))->unpickler), arguments = v_is_null(dict) ? V_NULL : tuple_pack(t, 1, dict);
  Value r = v_is_null(arguments) ? V_NULL : tuple_pack(t, 2, v_from_obj(&type_dict), arguments);
  v_drop(t, dict);
  v_drop(t, arguments);
  return r;
}

static void proxy_dealloc(Thread *t, Object *o) {
  v_drop(t, ((MemoProxy *)o)->unpickler);
  heap_free_object(t, o);
}
static void proxy_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MemoProxy *)o)->unpickler, visit, arg); }

static const NativeDef proxy_methods[] = {
    {"clear($self, /)", proxy_clear, "Empties the unpickler's memo.", 0},
    {"copy($self, /)", proxy_copy, "The memo as a dict from numbers to objects.", 0},
    {"__reduce__($self, /)", proxy_reduce, "A proxy is pickled as a plain dict.", NATIVE_COEXIST},
    {0},
};
static const TypeSpec spec_proxy = {
    .name = "_pickle.UnpicklerMemoProxy",
    .size = sizeof(MemoProxy),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.hash = object_hash_not_implemented, .dealloc = proxy_dealloc, .traverse = proxy_traverse},
    .methods = proxy_methods,
};

bool pickle_unpickler_init(Thread *t) { return type_ready(t, &type_unpickler, &spec_unpickler, 0) && type_ready(t, &type_proxy, &spec_proxy, 0); }
