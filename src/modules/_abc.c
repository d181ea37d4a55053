// _abc: the registries and caches of abstract base classes.
//
// Each ABC owns an _abc_data with three sets of weak references: classes registered, and those known to be or not to be subclasses. The sets
// guard themselves; the negative cache is valid while its version equals the global invalidation counter.
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/abc_callback.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/property.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/weakref.h"
#include "threading/critical.h"

typedef struct AbcData {
  Object ob;
  Value registry, cache, negative;   // sets, made on demand, under the object's lock; never replaced
  a64 negative_version;
} AbcData;

static a64 invalidation_counter;
static Type type_abc_data;

static void data_dealloc(Thread *t, Object *o) {
  AbcData *d = (AbcData *)o;
  v_drop(t, d->registry);
  v_drop(t, d->cache);
  v_drop(t, d->negative);
  heap_free_object(t, o);
}
static void data_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((AbcData *)o)->registry, visit, arg);
  gc_visit_value(((AbcData *)o)->cache, visit, arg);
  gc_visit_value(((AbcData *)o)->negative, visit, arg);
}
static const TypeSpec spec_abc_data = {.name = "_abc._abc_data", .size = sizeof(AbcData), .flags = TYPE_NO_INSTANTIATE,
                                       .slots = {.dealloc = data_dealloc, .traverse = data_traverse}, .doc = "Internal state held by ABC machinery."};

// The class's _abc_data, owned.
static Value data_of(Thread *t, Value cls) {
  Value d = object_getattr(t, cls, N(_abc_impl));
  if (v_is_null(d)) return V_NULL;
  if (v_type(d) == &type_abc_data) return d;
  v_drop(t, d);
  return raise_type_error(t, "_abc_impl is set to a wrong type");
}
static AbcData *v_data(Value v) { return (AbcData *)v_obj(v); }

// --- Sets of weak references ------------------------------------------------------------------------------------------------------------------

// Called when a member dies: takes its reference out.
static Value weak_destroy(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  Value set = weakref_get(t, self);
  if (v_is_null(set)) return V_NONE;
  int r = set_discard(t, v_set_obj(set), args[0]);
  v_drop(t, set);
  return r < 0 ? V_NULL : V_NONE;
}
static const NativeDef destroy_def = {"_destroy($self, wr, /)", weak_destroy, NULL, 0};
bool abc_is_callback(Value v) { return v_is_exact(v, SHAPE_BUILTIN) && ((Native *)v_obj(v))->def == &destroy_def; }

// An existing set without counting (sets are never replaced), or null; made if wanted.
static Value set_at(Thread *t, Value data, Value *field, bool make) {
  Value fresh = make ? set_new(t, V_NULL) : V_NULL, set;
  CRITICAL_BEGIN(t, v_obj(data));
  if (v_is_null(*field)) {
    *field = fresh;
    fresh = V_NULL;
  }
  set = *field;
  CRITICAL_END(t);
  v_drop(t, fresh);
  return set;
}

static int weak_add(Thread *t, Value data, Value *field, Value cls) {
  static NativeBinding binding = NATIVE_BINDING_INIT;
  Value set = set_at(t, data, field, true);
  if (v_is_null(set)) return -1;
  Value back = weakref_new(t, set, V_NULL);
  Value callback = v_is_null(back) ? V_NULL : native_new_sharing(t, &destroy_def, &binding, back);
  Value ref = v_is_null(callback) ? V_NULL : weakref_new(t, cls, callback);
  int r = v_is_null(ref) ? -1 : set_add(t, v_set_obj(set), ref);
  v_drop(t, ref);
  v_drop(t, callback);
  v_drop(t, back);
  return r;
}

static int weak_contains(Thread *t, Value data, Value *field, Value cls) {
  Value set = set_at(t, data, field, false);
  if (v_is_null(set) || set_length(v_set_obj(set)) == 0) return 0;
  Value ref = weakref_new(t, cls, V_NULL);
  if (v_is_null(ref)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return 0;
  }
  int r = set_contains(t, v_set_obj(set), ref);
  v_drop(t, ref);
  return r;
}

// --- Abstract methods ---------------------------------------------------------------------------------------------------------------------------

static int add_own(Thread *t, Value cls, Value abstracts) {
  Value dict = object_getattr(t, cls, N(__dict__)), items = V_NULL;
  if (!v_is_null(dict)) {
    Value view = object_call_method0(t, dict, N(items));
    if (!v_is_null(view)) items = object_to_list(t, view);
    v_drop(t, view);
  }
  v_drop(t, dict);
  int r = v_is_null(items) ? -1 : 0;
  for (int64_t i = 0; r == 0 && i < list_length(v_list(items)); i++) {
    Value pair = list_get(t, v_list(items), i);
    int abstract = object_is_abstract(t, v_tuple(pair)->items[1]);
    r = abstract < 0 ? -1 : abstract ? set_add(t, v_set_obj(abstracts), v_tuple(pair)->items[0]) : 0;
    v_drop(t, pair);
  }
  v_drop(t, items);
  return r;
}

// Names that a base leaves abstract and the class has not overridden.
static int add_inherited(Thread *t, Value cls, Value abstracts) {
  Value bases = object_getattr(t, cls, N(__bases__));
  int r = v_is_null(bases) ? -1 : 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(bases)->length; i++) {
    Value names;
    r = object_lookup_attr(t, v_tuple(bases)->items[i], N(__abstractmethods__), &names);
    if (r <= 0) continue;
    Value list = object_to_list(t, names);
    v_drop(t, names);
    r = v_is_null(list) ? -1 : 0;
    for (int64_t k = 0; r == 0 && k < list_length(v_list(list)); k++) {
      Value name = list_get(t, v_list(list), k), v;
      r = object_lookup_attr(t, cls, name, &v);
      if (r > 0) {
        int abstract = object_is_abstract(t, v);
        v_drop(t, v);
        r = abstract < 0 ? -1 : abstract ? set_add(t, v_set_obj(abstracts), name) : 0;
      }
      v_drop(t, name);
    }
    v_drop(t, list);
  }
  v_drop(t, bases);
  return r < 0 ? -1 : 0;
}

#define FN(name) static Value abc_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

FN(init) {
  UNUSED;
  Value abstracts = set_new(t, V_NULL);
  if (v_is_null(abstracts)) return V_NULL;
  Value frozen = V_NULL, data = V_NULL, r = V_NULL;
  if (add_own(t, args[0], abstracts) == 0 && add_inherited(t, args[0], abstracts) == 0) frozen = frozenset_new(t, abstracts);
  v_drop(t, abstracts);
  if (!v_is_null(frozen) && object_setattr(t, args[0], N(__abstractmethods__), frozen) == 0) {
    data = type_generic_alloc(t, &type_abc_data, 0);
    if (!v_is_null(data)) {
      a64_store_rlx(&v_data(data)->negative_version, a64_load_rlx(&invalidation_counter));
      if (object_setattr(t, args[0], N(_abc_impl), data) == 0) r = V_NONE;
    }
  }
  v_drop(t, frozen);
  v_drop(t, data);
  // collections.abc marks classes for `match` with this attribute.
  Value flags;
  if (!v_is_null(r) && v_is_type(args[0]) && dict_get_cstr(t, v_dict(v_as_type(args[0])->dict), "__abc_tpflags__", &flags) > 0) {
    int64_t bits = 0;
    if (v_is_int(flags)) int_as_i64(flags, &bits);
    if ((bits & 96) == 96) {
      raise_type_error(t, "__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
      v_drop(t, flags);
      return V_NULL;
    }
    if (bits & 32) v_as_type(args[0])->flags |= TYPE_SEQUENCE;
    if (bits & 64) v_as_type(args[0])->flags |= TYPE_MAPPING;
    v_drop(t, flags);
    if (object_setattr(t, args[0], N(__abc_tpflags__), V_NULL) < 0) error_clear(t);
  }
  return r;
}

// Makes a class and its subclasses match sequence or mapping patterns; builtin types say that for themselves (str is no sequence there).
static int mark_collection(Thread *t, Type *type, uint32_t kind) {
  if (!(type->flags & TYPE_HEAP) || (type->flags & (TYPE_SEQUENCE | TYPE_MAPPING)) == kind) return 0;
  type->flags = (type->flags & ~(uint32_t)(TYPE_SEQUENCE | TYPE_MAPPING)) | kind;
  Value list = object_call_method0(t, v_from_obj(type), N(__subclasses__));
  if (v_is_null(list)) return -1;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < list_length(v_list(list)); i++) {
    Value c = list_get(t, v_list(list), i);
    r = mark_collection(t, v_as_type(c), kind);
    v_drop(t, c);
  }
  v_drop(t, list);
  return r;
}

FN(register_) {
  UNUSED;
  Value cls = args[0], subclass = args[1];
  if (!v_is_type(subclass)) return raise_type_error(t, "Can only register classes");
  int r = object_issubclass(t, subclass, cls);
  if (r) return r < 0 ? V_NULL : v_own(t, subclass);
  r = object_issubclass(t, cls, subclass);
  if (r) return r < 0 ? V_NULL : raise_error(t, &exc_RuntimeError, "Refusing to create an inheritance cycle");
  Value data = data_of(t, cls);
  if (v_is_null(data)) return V_NULL;
  r = weak_add(t, data, &v_data(data)->registry, subclass);
  v_drop(t, data);
  if (r < 0) return V_NULL;
  a64_fetch_add_rlx(&invalidation_counter, 1);
  uint32_t kind = v_is_type(cls) ? v_as_type(cls)->flags & (TYPE_SEQUENCE | TYPE_MAPPING) : 0;
  if (kind && mark_collection(t, v_as_type(subclass), kind) < 0) return V_NULL;
  return v_own(t, subclass);
}

static Value subclasscheck(Thread *t, Value cls, Value subclass);

// Registered classes and the direct subclasses of the ABC, asked one by one. 1, 0, -1.
static int ask_related(Thread *t, Value cls, Value data, Value subclass) {
  Value set = set_at(t, data, &v_data(data)->registry, false);
  int r = 0;
  if (!v_is_null(set)) {
    Value refs = object_to_list(t, set);
    if (v_is_null(refs)) return -1;
    for (int64_t i = 0; r == 0 && i < list_length(v_list(refs)); i++) {
      Value ref = list_get(t, v_list(refs), i), member = weakref_get(t, ref);
      v_drop(t, ref);
      if (!v_is_null(member)) r = object_issubclass(t, subclass, member);
      v_drop(t, member);
    }
    v_drop(t, refs);
    if (r) return r;
  }
  Value list = object_call_method0(t, cls, N(__subclasses__));
  if (v_is_null(list)) return -1;
  if (!v_is_list(list)) {
    v_drop(t, list);
    raise_type_error(t, "__subclasses__() must return a list");
    return -1;
  }
  for (int64_t i = 0; r == 0 && i < list_length(v_list(list)); i++) {
    Value c = list_get(t, v_list(list), i);
    r = object_issubclass(t, subclass, c);
    v_drop(t, c);
  }
  v_drop(t, list);
  return r;
}

static Value decide(Thread *t, Value cls, Value data, Value subclass) {
  AbcData *d = v_data(data);
  int r = weak_contains(t, data, &d->cache, subclass);
  if (r) return r < 0 ? V_NULL : V_TRUE;
  uint64_t now = a64_load_rlx(&invalidation_counter);
  if (a64_load_rlx(&d->negative_version) < now) {
    Value negative = set_at(t, data, &d->negative, false);
    if (!v_is_null(negative)) {
      Value done = object_call_method0(t, negative, N(clear));
      if (v_is_null(done)) return V_NULL;
      v_drop(t, done);
    }
    a64_store_rlx(&d->negative_version, now);
  } else {
    r = weak_contains(t, data, &d->negative, subclass);
    if (r) return r < 0 ? V_NULL : V_FALSE;
  }
  Value ok = object_call_method1(t, cls, N(__subclasshook__), subclass);
  if (v_is_null(ok)) return V_NULL;
  if (!v_is_not_implemented(ok)) {
    bool yes = v_is(ok, V_TRUE);
    if (!yes && !v_is(ok, V_FALSE)) {
      v_drop(t, ok);
      return raise_error(t, &exc_AssertionError, "__subclasshook__ must return either False, True, or NotImplemented");
    }
    return weak_add(t, data, yes ? &d->cache : &d->negative, subclass) < 0 ? V_NULL : v_from_bool(yes);
  }
  r = type_is_subtype(v_as_type(subclass), v_as_type(cls)) ? 1 : ask_related(t, cls, data, subclass);
  if (r < 0) return V_NULL;
  return weak_add(t, data, r ? &d->cache : &d->negative, subclass) < 0 ? V_NULL : v_from_bool(r);
}

static Value subclasscheck(Thread *t, Value cls, Value subclass) {
  if (!v_is_type(subclass)) return raise_type_error(t, "issubclass() arg 1 must be a class");
  Value data = data_of(t, cls);
  if (v_is_null(data)) return V_NULL;
  Value r = decide(t, cls, data, subclass);
  v_drop(t, data);
  return r;
}

FN(subclasscheck) { UNUSED; return subclasscheck(t, args[0], args[1]); }

static Value ask_subclass(Thread *t, Value cls, Value c) { return object_call_method1(t, cls, N(__subclasscheck__), c); }

FN(instancecheck) {
  UNUSED;
  Value cls = args[0], data = data_of(t, cls);
  if (v_is_null(data)) return V_NULL;
  Value subclass = object_getattr(t, args[1], N(__class__)), r = V_NULL;
  if (v_is_null(subclass)) goto done;
  int cached = v_is_type(subclass) ? weak_contains(t, data, &v_data(data)->cache, subclass) : 0;
  if (cached) {
    r = cached < 0 ? V_NULL : V_TRUE;
    goto done;
  }
  Value actual = v_from_obj(v_type(args[1]));
  if (v_is(subclass, actual)) {
    if (a64_load_rlx(&v_data(data)->negative_version) == a64_load_rlx(&invalidation_counter)) {
      int no = weak_contains(t, data, &v_data(data)->negative, subclass);
      if (no) {
        r = no < 0 ? V_NULL : V_FALSE;
        goto done;
      }
    }
    r = ask_subclass(t, cls, subclass);
    goto done;
  }
  r = ask_subclass(t, cls, subclass);
  if (!v_is_null(r)) {
    int truth = object_is_true(t, r);
    if (truth <= 0) {
      v_drop(t, r);
      r = truth < 0 ? V_NULL : ask_subclass(t, cls, actual);
    }
  }
done:
  v_drop(t, subclass);
  v_drop(t, data);
  return r;
}

FN(get_cache_token) { UNUSED; return int_from_u64(t, a64_load_rlx(&invalidation_counter)); }

static Value copy_set(Thread *t, Value data, Value *field) { return set_new(t, set_at(t, data, field, false)); }

FN(get_dump) {
  UNUSED;
  Value data = data_of(t, args[0]);
  if (v_is_null(data)) return V_NULL;
  AbcData *d = v_data(data);
  Value r = tuple_from_stolen(t, (Value[]){copy_set(t, data, &d->registry), copy_set(t, data, &d->cache), copy_set(t, data, &d->negative),
                                           int_from_u64(t, a64_load_rlx(&d->negative_version))}, 4);
  v_drop(t, data);
  return r;
}

static Value clear_sets(Thread *t, Value cls, bool registry) {
  Value data = data_of(t, cls);
  if (v_is_null(data)) return V_NULL;
  AbcData *d = v_data(data);
  Value *fields[] = {registry ? &d->registry : &d->cache, registry ? NULL : &d->negative};
  for (int i = 0; i < 2 && fields[i]; i++) {
    Value set = set_at(t, data, fields[i], false);
    if (!v_is_null(set)) v_drop(t, object_call_method0(t, set, N(clear)));
  }
  v_drop(t, data);
  return error_pending(t) ? V_NULL : V_NONE;
}
FN(reset_registry) { UNUSED; return clear_sets(t, args[0], true); }
FN(reset_caches) { UNUSED; return clear_sets(t, args[0], false); }

static const NativeDef functions[] = {
    {"get_cache_token()", abc_get_cache_token, "The number that changes whenever an abstract class gets a registration.", 0},
    {"_abc_init(self, /)", abc_init, "Sets up a new abstract class.", 0},
    {"_abc_register(self, subclass, /)", abc_register_, "Registers a virtual subclass with the class.", 0},
    {"_abc_instancecheck(self, instance, /)", abc_instancecheck, "Does an isinstance check for the class.", 0},
    {"_abc_subclasscheck(self, subclass, /)", abc_subclasscheck, "Does an issubclass check for the class.", 0},
    {"_get_dump(self, /)", abc_get_dump, "For debugging: the registry and both caches of the class.", 0},
    {"_reset_registry(self, /)", abc_reset_registry, "Empties the registry of the class.", 0},
    {"_reset_caches(self, /)", abc_reset_caches, "Empties the two caches of the class.", 0},
    {0},
};

static int abc_exec(Thread *t, Value m) {
  (void)m;
  return type_ready(t, &type_abc_data, &spec_abc_data, 0) ? 0 : -1;
}

const ModuleDef module__abc = {.name = "_abc", .doc = "What abc.ABCMeta needs, in C.", .functions = functions, .exec = abc_exec};
