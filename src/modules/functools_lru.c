// functools.lru_cache's wrapper: a function that remembers what it returned for the last arguments it was called with.
//
// Results are kept in one dict whose order is the order of use: a hit moves its key to the end, and the first key is the one to forget. Every
// step is one operation of the dict, atomic in both builds, so threads may call the wrapper at once: the function may then be called twice for
// the same arguments, as without the free threads, but nothing is lost and the cache never holds more than it may.
#include "modules/_functools.h"
#include "objects/any_keywords.h"
#include "objects/function.h"
#include "objects/hash_inline.h"
#include "objects/int.h"

Type type_lru_cache_wrapper;

enum { UNBOUNDED = -1 };

typedef struct LruCache {
  Object ob;
  uint64_t ext;          // __dict__
  Value function;        // constant
  Value results;         // dict: key -> result
  Value info_type;       // constant
  int64_t maxsize;       // constant; UNBOUNDED
  bool typed;            // constant
  a64 hits, misses;      // relaxed
  DictFirst first;       // under the dict's lock (dict_take_first)
} LruCache;

static inline LruCache *cache_of(Value v) { return (LruCache *)v_obj(v); }

// Stands between positionals and keywords in a key: a plain object, equal to nothing else.
static _Alignas(16) Object keyword_mark = OBJECT_IMMORTAL_INIT(SHAPE_OBJECT);

// --- Keys -----------------------------------------------------------------------------------------------------------------------------------

static bool is_own_key(Value v) { return v_is_int_exact(v) || v_is_str_exact(v); }

// What the arguments are remembered under: a lone int or str itself, else a tuple of positionals, mark, keywords, types.
static Value make_key(Thread *t, bool typed, const Value *args, size_t nargs, Value kwnames) {
  size_t nkeywords = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  if (!typed && nkeywords == 0) return nargs == 1 && is_own_key(args[0]) ? v_own(t, args[0]) : tuple_from(t, args, nargs);
  size_t n = nargs + (nkeywords ? 1 + 2 * nkeywords : 0) + (typed ? nargs + nkeywords : 0);
  Value key = tuple_new(t, (int64_t)n);
  if (v_is_null(key) || n == 0) return key;
  Value *to = v_tuple(key)->items;
  for (size_t i = 0; i < nargs; i++) *to++ = v_own(t, args[i]);
  if (nkeywords) *to++ = v_steal_obj(&keyword_mark);
  for (size_t i = 0; i < nkeywords; i++) {
    *to++ = v_own(t, v_tuple(kwnames)->items[i]);
    *to++ = v_own(t, args[nargs + i]);
  }
  for (size_t i = 0; typed && i < nargs + nkeywords; i++) *to++ = v_own_obj(t, v_type(args[i]));
  return key;
}

// --- Calling --------------------------------------------------------------------------------------------------------------------------------

// Keeps a result, forgetting the least recently used ones beyond maxsize. Kept is what another thread, or the function itself, put there first.
static int remember(Thread *t, LruCache *c, Value key, int64_t hash, Value result) {
  Dict *d = v_dict(c->results);
  Value found;
  int r = dict_get_hash(t, d, key, hash, &found);
  v_drop(t, found);
  if (r) return r < 0 ? -1 : 0;
  while (c->maxsize != UNBOUNDED && dict_length(d) >= c->maxsize) {
    Value old_key, old_result;
    if (!dict_take_first(t, d, &c->first, &old_key, &old_result)) break;
    v_drop(t, old_key);
    v_drop(t, old_result);
  }
  return dict_set_hash(t, d, key, hash, result);
}

static Value call_function(Thread *t, LruCache *c, const Value *args, size_t nargs, Value kwnames) {
  a64_fetch_add_rlx(&c->misses, 1);
  for (int64_t i = 0; !v_is_null(kwnames) && i < v_tuple(kwnames)->length; i++)
    if (!v_is_str(v_tuple(kwnames)->items[i])) return raise_type_error(t, "keywords must be strings");   // only now: the key has been hashed
  return object_call(t, c->function, args, nargs, kwnames);
}

METHOD(cache_call) {
  LruCache *c = cache_of(self);
  if (c->maxsize == 0) return call_function(t, c, args, nargs, kwnames);
  Value key = make_key(t, c->typed, args, nargs, kwnames), result = V_NULL;
  if (v_is_null(key)) return key;
  int64_t hash = object_hash_inline(t, key);
  int r = hash == -1 ? -1 : dict_get_hash(t, v_dict(c->results), key, hash, &result);
  if (r > 0) {
    a64_fetch_add_rlx(&c->hits, 1);
    if (c->maxsize != UNBOUNDED && dict_move_hash(t, v_dict(c->results), key, hash, true) < 0) {
      v_drop(t, result);
      result = V_NULL;
    }
  } else if (r == 0) {
    result = call_function(t, c, args, nargs, kwnames);
    if (!v_is_null(result) && remember(t, c, key, hash, result) < 0) {
      v_drop(t, result);
      result = V_NULL;
    }
  }
  v_drop(t, key);
  return result;
}

static Value cache_descr_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  return v_is_null(obj) || v_is_none(obj) ? v_own(t, self) : method_new(t, self, obj);
}

// --- Methods --------------------------------------------------------------------------------------------------------------------------------

METHOD(cache_info) {
  UNUSED_ARGS;
  LruCache *c = cache_of(self);
  Value row[4] = {int_from_u64(t, a64_load_rlx(&c->hits)), int_from_u64(t, a64_load_rlx(&c->misses)),
                  c->maxsize == UNBOUNDED ? V_NONE : int_from_i64(t, c->maxsize), int_from_i64(t, dict_length(v_dict(c->results)))};
  Value info = object_call(t, c->info_type, row, 4, V_NULL);
  for (int i = 0; i < 4; i++) v_drop(t, row[i]);
  return info;
}

METHOD(cache_clear) {
  UNUSED_ARGS;
  LruCache *c = cache_of(self);
  a64_store_rlx(&c->hits, 0);
  a64_store_rlx(&c->misses, 0);
  dict_clear(t, v_dict(c->results));
  return V_NONE;
}

METHOD(cache_reduce) {
  UNUSED_ARGS;
  return object_getattr(t, self, N(__qualname__));
}

METHOD(cache_copy) {
  UNUSED_ARGS;
  return v_own(t, self);
}

static Value cache_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value bound[4];
  if (native_bind(t, &binder, "lru_cache(user_function, maxsize, typed, cache_info_type)", args, nargs, kwnames, bound) < 0) return V_NULL;
  if (!object_is_callable(bound[0])) return raise_type_error(t, "the first argument must be callable");
  int64_t maxsize = UNBOUNDED;
  if (!v_is_none(bound[1])) {
    if (!number_is_index(bound[1])) return raise_type_error(t, "maxsize should be integer or None");
    maxsize = number_as_i64(t, bound[1]);
    if (maxsize == -1 && error_pending(t)) return V_NULL;
    if (maxsize < 0) maxsize = 0;
  }
  int typed = object_is_true(t, bound[2]);
  if (typed < 0) return V_NULL;
  Value results = dict_new(t), v = v_is_null(results) ? V_NULL : type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, results);
    return v;
  }
  LruCache *c = cache_of(v);
  c->function = v_own(t, bound[0]);
  c->results = results;
  c->info_type = v_own(t, bound[3]);
  c->maxsize = maxsize;
  c->typed = typed;
  return v;
}

static void cache_dealloc(Thread *t, Object *o) {
  LruCache *c = (LruCache *)o;
  v_drop(t, c->results);
  v_drop(t, c->function);
  v_drop(t, c->info_type);
  instance_clear_ext(t, o, &c->ext);
  heap_free_object(t, o);
}

static void cache_traverse(Object *o, GcVisit visit, void *arg) {
  LruCache *c = (LruCache *)o;
  gc_visit_value(c->results, visit, arg);
  gc_visit_value(c->function, visit, arg);
  gc_visit_value(c->info_type, visit, arg);
  instance_traverse_ext(o, &c->ext, visit, arg);
}

static void cache_gc_clear(Thread *t, Object *o) {
  dict_clear(t, v_dict(((LruCache *)o)->results));
  instance_clear_ext(t, o, &((LruCache *)o)->ext);
}

static const NativeDef cache_methods[] = {
    {"cache_info($self, /)", cache_info, "Report cache statistics", NATIVE_NO_SIGNATURE},
    {"cache_clear($self, /)", cache_clear, "Clear the cache and cache statistics", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", cache_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"__copy__($self, /, *args)", cache_copy, NULL, NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"__deepcopy__($self, /, *args)", cache_copy, NULL, NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {0},
};
static const GetSetDef cache_getset[] = {DICT_ATTRIBUTE, {0}};

static const TypeSpec spec_lru_cache_wrapper = {
    .name = "functools._lru_cache_wrapper",
    .size = sizeof(LruCache),
    .ext_offset = offsetof(LruCache, ext),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_METHOD_DESCRIPTOR,
    .slots = {.call = cache_call, .descr_get = cache_descr_get, .new = cache_new, .dealloc = cache_dealloc, .traverse = cache_traverse,
              .clear = cache_gc_clear},
    .methods = cache_methods,
    .getset = cache_getset,
    .doc = "The wrapper behind lru_cache: remembers results of user_function for up to maxsize sets of arguments, None for no limit;\n"
           "typed tells 1 from 1.0, and cache_info_type is the class of what cache_info() returns.",
};

bool lru_cache_init(Thread *t) {
  aptr_store_rlx(&object_any_keywords_call, (void *)cache_call);
  return type_ready(t, &type_lru_cache_wrapper, &spec_lru_cache_wrapper, 0);
}
