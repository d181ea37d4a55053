// zip, map and filter. Their fields never change once made, so threads may share them; only what they iterate over must stand that.
#include "objects/containers.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/iterators.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

Type type_zip, type_map, type_filter;

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

// A tuple of iterators over the given iterables.
static Value iterators_of(Thread *t, const Value *iterables, size_t n) {
  Value v = tuple_new(t, (int64_t)n);
  for (size_t i = 0; !v_is_null(v) && i < n; i++) {
    Value it = object_iter(t, iterables[i]);
    if (v_is_null(it)) {
      v_drop(t, v);
      return it;
    }
    v_tuple(v)->items[i] = it;
  }
  return v;
}

// --- zip --------------------------------------------------------------------------------------------------------------------------------------

typedef struct Zip {
  Object ob;
  Value iterators;  // tuple
  bool strict;
} Zip;

static inline Zip *zip_of(Value v) { return (Zip *)v_obj(v); }

// The only keyword is strict.
static int zip_keywords(Thread *t, Type *type, const Value *values, Value kwnames, bool *strict) {
  *strict = false;
  if (v_is_null(kwnames) || v_tuple(kwnames)->length == 0) return 0;
  Tuple *names = v_tuple(kwnames);
  for (int64_t i = 0; i < names->length; i++) {
    if (str_equals_cstr(names->items[i], "strict")) {
      int r = object_is_true(t, values[i]);
      if (r < 0) return -1;
      *strict = r;
    } else if (type == &type_zip || type->slots.init == type_zip.slots.init) {
      raise_type_error(t, "'%U' is an invalid keyword argument for zip()", names->items[i]);
      return -1;
    }
  }
  return 0;
}

static Value zip_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  bool strict;
  if (zip_keywords(t, type, args + nargs, kwnames, &strict) < 0) return V_NULL;
  Value iterators = iterators_of(t, args, nargs);
  if (v_is_null(iterators)) return iterators;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, iterators);
    return v;
  }
  zip_of(v)->iterators = iterators;
  zip_of(v)->strict = strict;
  return v;
}

// Argument i (from 0) has ended first: with strict, all must end now.
static Value zip_ended(Thread *t, Zip *z, int64_t i) {
  Tuple *its = v_tuple(z->iterators);
  if (error_pending(t) || !z->strict) return V_NULL;
  if (i > 0) {
    return raise_value_error(t, "zip() argument %d is shorter than argument%s%d", (int)i + 1, i == 1 ? " " : "s 1-", (int)i);
  }
  for (i = 1; i < its->length; i++) {
    Value v = object_iternext(t, its->items[i]);
    if (!v_is_null(v)) {
      v_drop(t, v);
      return raise_value_error(t, "zip() argument %d is longer than argument%s%d", (int)i + 1, i == 1 ? " " : "s 1-", (int)i);
    }
    if (error_pending(t)) return V_NULL;
  }
  return V_NULL;
}

bool zip_is_pair(Value zip) { return v_tuple(zip_of(zip)->iterators)->length == 2; }

int zip_step(Thread *t, Value zip, Value pair[2]) {
  Zip *z = zip_of(zip);
  Tuple *its = v_tuple(z->iterators);
  for (int64_t i = 0; i < 2; i++) {
    pair[i] = iterator_next_inline(t, its->items[i]);
    if (likely(!v_is_null(pair[i]))) continue;
    if (i > 0) v_drop(t, pair[0]);
    if (error_matches(t, &exc_StopIteration)) error_clear(t);
    zip_ended(t, z, i);
    return error_pending(t) ? -1 : 0;
  }
  return 1;
}

static Value zip_next(Thread *t, Value self) {
  Zip *z = zip_of(self);
  Tuple *its = v_tuple(z->iterators);
  if (its->length == 0) return V_NULL;
  Value row = tuple_new(t, its->length);
  if (v_is_null(row)) return row;
  for (int64_t i = 0; i < its->length; i++) {
    Value v = object_iternext(t, its->items[i]);
    if (v_is_null(v)) {
      v_drop(t, row);
      return zip_ended(t, z, i);
    }
    v_tuple(row)->items[i] = v;
  }
  return row;
}

METHOD(zip_reduce) {
  UNUSED_ARGS;
  Value type = v_from_obj(v_type(self)), iterators = zip_of(self)->iterators;
  return zip_of(self)->strict ? tuple_pack(t, 3, type, iterators, V_TRUE) : tuple_pack(t, 2, type, iterators);
}

METHOD(zip_setstate) {
  UNUSED_ARGS;
  int strict = object_is_true(t, args[0]);
  if (strict < 0) return V_NULL;
  zip_of(self)->strict = strict;
  return V_NONE;
}

static void zip_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Zip *)o)->iterators);
  heap_free_object(t, o);
}

static void zip_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Zip *)o)->iterators, visit, arg); }

static const NativeDef zip_methods[] = {
    {"__reduce__($self, /)", zip_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", zip_setstate, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_zip = {
    .name = "zip",
    .size = sizeof(Zip),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.iter = container_self, .iternext = zip_next, .new = zip_new, .dealloc = zip_dealloc, .traverse = zip_traverse},
    .methods = zip_methods,
    .doc = "zip(*iterables, strict=False) --> Yield tuples until an input is exhausted.\n\nThe n-th tuple holds the n-th item of every "
           "iterable. If strict is true, ValueError is raised when one of them\nends before the others.",
};

// --- map --------------------------------------------------------------------------------------------------------------------------------------

typedef struct Map {
  Object ob;
  Value function;
  Value iterators;  // tuple
} Map;

static inline Map *map_of(Value v) { return (Map *)v_obj(v); }

static Value map_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (type->slots.init == type_map.slots.init && native_no_keywords(t, "map", kwnames) < 0) return V_NULL;
  if (nargs < 2) return raise_type_error(t, "map() must have at least two arguments.");
  Value iterators = iterators_of(t, args + 1, nargs - 1);
  if (v_is_null(iterators)) return iterators;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, iterators);
    return v;
  }
  map_of(v)->function = v_own(t, args[0]);
  map_of(v)->iterators = iterators;
  return v;
}

enum { MAP_ARGS = 8 };

static Value map_next(Thread *t, Value self) {
  Map *m = map_of(self);
  Tuple *its = v_tuple(m->iterators);
  if (its->length == 1) {
    Value item = object_iternext(t, its->items[0]);
    if (v_is_null(item)) return item;
    Value v = object_call1(t, m->function, item);
    v_drop(t, item);
    return v;
  }
  Value few[MAP_ARGS], *row = few, result = V_NULL;
  if (its->length > MAP_ARGS && !(row = heap_alloc(t, (size_t)its->length * sizeof(Value)))) return raise_no_memory(t);
  int64_t n = 0;
  for (; n < its->length; n++) {
    row[n] = object_iternext(t, its->items[n]);
    if (v_is_null(row[n])) break;
  }
  if (n == its->length) result = object_call(t, m->function, row, (size_t)n, V_NULL);
  for (int64_t i = 0; i < n; i++) v_drop(t, row[i]);
  if (row != few) heap_free(t, row);
  return result;
}

METHOD(map_reduce) {
  UNUSED_ARGS;
  Map *m = map_of(self);
  Tuple *its = v_tuple(m->iterators);
  Value call = tuple_new(t, its->length + 1);
  if (v_is_null(call)) return call;
  v_tuple(call)->items[0] = v_own(t, m->function);
  for (int64_t i = 0; i < its->length; i++) v_tuple(call)->items[i + 1] = v_own(t, its->items[i]);
  Value result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
  v_drop(t, call);
  return result;
}

static void map_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Map *)o)->iterators);
  v_drop(t, ((Map *)o)->function);
  heap_free_object(t, o);
}

static void map_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Map *)o)->iterators, visit, arg);
  gc_visit_value(((Map *)o)->function, visit, arg);
}

static const NativeDef map_methods[] = {
    {"__reduce__($self, /)", map_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_map = {
    .name = "map",
    .size = sizeof(Map),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.iter = container_self, .iternext = map_next, .new = map_new, .dealloc = map_dealloc, .traverse = map_traverse},
    .methods = map_methods,
    .doc = "map(func, *iterables) --> map object\n\nAn iterator over what func returns for the items of the iterables, one of each at a time;\n"
           "it ends with the shortest.",
};

// --- filter -----------------------------------------------------------------------------------------------------------------------------------

typedef struct Filter { Object ob; Value function, iterator; } Filter;

static inline Filter *filter_of(Value v) { return (Filter *)v_obj(v); }

static Value filter_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (type->slots.init == type_filter.slots.init && native_no_keywords(t, "filter", kwnames) < 0) return V_NULL;
  if (native_check_positional(t, "filter", nargs, 2, 2) < 0) return V_NULL;
  Value it = object_iter(t, args[1]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    return v;
  }
  filter_of(v)->function = v_own(t, args[0]);
  filter_of(v)->iterator = it;
  return v;
}

static Value filter_next(Thread *t, Value self) {
  Filter *f = filter_of(self);
  bool by_truth = v_is_none(f->function) || v_is(f->function, v_from_obj(&type_bool));
  for (int64_t i = 1;; i++) {
    Value item = object_iternext(t, f->iterator);
    if (v_is_null(item)) return item;
    int keep;
    if (by_truth) {
      keep = object_is_true(t, item);
    } else {
      Value verdict = object_call1(t, f->function, item);
      keep = v_is_null(verdict) ? -1 : object_is_true(t, verdict);
      v_drop(t, verdict);
    }
    if (keep > 0) return item;
    v_drop(t, item);
    if (keep < 0 || ((i & 1023) == 0 && safepoint(t) < 0)) return V_NULL;
  }
}

METHOD(filter_reduce) {
  UNUSED_ARGS;
  Filter *f = filter_of(self);
  Value call = tuple_pack(t, 2, f->function, f->iterator);
  if (v_is_null(call)) return call;
  Value result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
  v_drop(t, call);
  return result;
}

static void filter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Filter *)o)->function);
  v_drop(t, ((Filter *)o)->iterator);
  heap_free_object(t, o);
}

static void filter_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Filter *)o)->function, visit, arg);
  gc_visit_value(((Filter *)o)->iterator, visit, arg);
}

static const NativeDef filter_methods[] = {
    {"__reduce__($self, /)", filter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

static const TypeSpec spec_filter = {
    .name = "filter",
    .size = sizeof(Filter),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.iter = container_self, .iternext = filter_next, .new = filter_new, .dealloc = filter_dealloc, .traverse = filter_traverse},
    .methods = filter_methods,
    .doc = "Those items for which the function returns true, or that are true themselves for None.",
};

bool builtin_iters_init(Thread *t) {
  return type_ready(t, &type_zip, &spec_zip, SHAPE_ZIP) && type_ready(t, &type_map, &spec_map, SHAPE_MAP) &&
         type_ready(t, &type_filter, &spec_filter, SHAPE_FILTER);
}
