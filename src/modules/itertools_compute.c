// itertools: the iterators that compute or combine items one by one: accumulate, starmap, pairwise, zip_longest.
#include "modules/itertools.h"

Type type_itertools_accumulate, type_itertools_starmap, type_itertools_pairwise, type_itertools_zip_longest;

// --- accumulate ---------------------------------------------------------------------------------------------------------------------------

typedef struct Accumulate {
  Object ob;
  Value iterator, function;   // constant; function V_NULL: addition
  Value total;                // V_NULL before the first item; under the lock
  Value initial;              // V_NULL once given, or if there is none; under the lock
} Accumulate;

static inline Accumulate *accumulate_of(Value v) { return (Accumulate *)v_obj(v); }

NEW(accumulate_new) {
  static aptr binder;
  Value bound[3];
  if (native_bind(t, &binder, "accumulate(iterable, func=None, *, initial=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value it = object_iter(t, bound[0]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    return v;
  }
  Accumulate *a = accumulate_of(v);
  a->iterator = it;
  if (!v_is_absent_or_none(bound[1])) a->function = v_own(t, bound[1]);
  if (!v_is_absent_or_none(bound[2])) a->initial = v_own(t, bound[2]);
  return v;
}

// The initial value, owned, if it is still to be given.
static Value take_initial(Thread *t, Accumulate *a) {
  Value initial;
  CRITICAL_BEGIN(t, a);
  initial = a->initial;
  a->initial = V_NULL;
  CRITICAL_END(t);
  return initial;
}

static Value accumulate_next(Thread *t, Value self) {
  Accumulate *a = accumulate_of(self);
  Value total = take_initial(t, a);
  if (v_is_null(total)) {
    Value item = object_iternext(t, a->iterator);
    if (v_is_null(item)) return item;
    Value before = locked_field(t, &a->ob, &a->total);
    if (v_is_null(before)) {
      total = item;
    } else {
      total = v_is_null(a->function) ? number_binary(t, before, item, OP_ADD) : object_call2(t, a->function, before, item);
      v_drop(t, item);
      v_drop(t, before);
      if (v_is_null(total)) return total;
    }
  }
  locked_field_set(t, &a->ob, &a->total, v_own(t, total));
  return total;
}

// chain((first,), iterator)
static Value chained_before(Thread *t, Value first, Value iterator) {
  Value head = tuple_pack(t, 1, first);
  if (v_is_null(head)) return head;
  Value v = object_call2(t, v_from_obj(&type_itertools_chain), head, iterator);
  v_drop(t, head);
  return v;
}

METHOD(accumulate_reduce) {
  UNUSED_ARGS;
  Accumulate *a = accumulate_of(self);
  Value function = v_is_null(a->function) ? V_NONE : a->function;
  Value initial = locked_field(t, &a->ob, &a->initial), total = locked_field(t, &a->ob, &a->total), result = V_NULL;
  if (!v_is_null(initial)) {
    Value it = chained_before(t, initial, a->iterator);
    if (!v_is_null(it)) result = itertools_reduced(t, self, tuple_pack(t, 2, it, function), V_NONE, true);
    v_drop(t, it);
  } else if (!v_is_null(total) && v_is_none(total)) {
    // None as a state means "none yet", so a total of None is made anew: the first of a longer series, skipped.
    Value it = chained_before(t, total, a->iterator), longer = V_NULL, call = V_NULL;
    if (!v_is_null(it)) longer = object_call2(t, v_from_obj(&type_itertools_accumulate), it, function);
    if (!v_is_null(longer)) call = tuple_pack(t, 3, longer, v_from_smi(1), V_NONE);
    if (!v_is_null(call)) result = tuple_pack(t, 2, v_from_obj(&type_itertools_islice), call);
    v_drop(t, it);
    v_drop(t, longer);
    v_drop(t, call);
  } else {
    result = itertools_reduced(t, self, tuple_pack(t, 2, a->iterator, function), v_is_null(total) ? V_NONE : v_own(t, total), true);
  }
  v_drop(t, initial);
  v_drop(t, total);
  return result;
}

METHOD(accumulate_setstate) {
  UNUSED_ARGS;
  Accumulate *a = accumulate_of(self);
  locked_field_set(t, &a->ob, &a->total, v_is_none(args[0]) ? V_NULL : v_own(t, args[0]));
  return V_NONE;
}

ITERTOOLS_MEMORY(accumulate, 4)

static const NativeDef accumulate_methods[] = {REDUCE_DEF(accumulate_reduce), SETSTATE_DEF(accumulate_setstate), {0}};
static const TypeSpec spec_accumulate = {
    .name = "itertools.accumulate",
    .size = sizeof(Accumulate),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(accumulate)},
    .methods = accumulate_methods,
    .doc = "An iterator over running totals, or over what another function of two arguments makes of them.",
    .text_signature = "(iterable, func=None, *, initial=None)",
};

// --- starmap ------------------------------------------------------------------------------------------------------------------------------

typedef struct Starmap {
  Object ob;
  Value function, iterator;  // constant
} Starmap;

NEW(starmap_new) {
  if (itertools_positional(t, type, &type_itertools_starmap, "starmap", nargs, kwnames, 2, 2) < 0) return V_NULL;
  Value it = object_iter(t, args[1]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    return v;
  }
  ((Starmap *)v_obj(v))->function = v_own(t, args[0]);
  ((Starmap *)v_obj(v))->iterator = it;
  return v;
}

static Value starmap_next(Thread *t, Value self) {
  Starmap *s = (Starmap *)v_obj(self);
  Value row = object_iternext(t, s->iterator);
  if (v_is_null(row)) return row;
  if (!v_is_tuple_exact(row)) {
    Value tuple = object_to_tuple(t, row);
    v_drop(t, row);
    if (v_is_null(tuple)) return tuple;
    row = tuple;
  }
  Value v = object_call(t, s->function, v_tuple(row)->items, (size_t)v_tuple(row)->length, V_NULL);
  v_drop(t, row);
  return v;
}

METHOD(starmap_reduce) {
  UNUSED_ARGS;
  Starmap *s = (Starmap *)v_obj(self);
  return itertools_reduced(t, self, tuple_pack(t, 2, s->function, s->iterator), V_NULL, false);
}

ITERTOOLS_MEMORY(starmap, 2)

static const NativeDef starmap_methods[] = {REDUCE_DEF(starmap_reduce), {0}};
static const TypeSpec spec_starmap = {
    .name = "itertools.starmap",
    .size = sizeof(Starmap),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(starmap)},
    .methods = starmap_methods,
    .doc = "An iterator over what function returns for each item, taken as its arguments.",
    .text_signature = "(function, iterable, /)",
};

// --- pairwise -----------------------------------------------------------------------------------------------------------------------------

typedef struct Pairwise {
  Object ob;
  Value iterator;  // V_NULL at the end; under the lock
  Value last;      // the second of the pair given last; under the lock
} Pairwise;

NEW(pairwise_new) {
  if (itertools_positional(t, type, &type_itertools_pairwise, "pairwise", nargs, kwnames, 1, 1) < 0) return V_NULL;
  Value it = object_iter(t, args[0]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) v_drop(t, it);
  else ((Pairwise *)v_obj(v))->iterator = it;
  return v;
}

static Value pairwise_finish(Thread *t, Pairwise *p) {
  locked_field_set(t, &p->ob, &p->iterator, V_NULL);
  locked_field_set(t, &p->ob, &p->last, V_NULL);
  return V_NULL;
}

static Value pairwise_next(Thread *t, Value self) {
  Pairwise *p = (Pairwise *)v_obj(self);
  Value it = locked_field(t, &p->ob, &p->iterator), pair[2] = {V_NULL, V_NULL};
  if (v_is_null(it)) return it;
  pair[0] = locked_field(t, &p->ob, &p->last);
  if (v_is_null(pair[0])) {
    pair[0] = object_iternext(t, it);
    if (!v_is_null(pair[0])) locked_field_set(t, &p->ob, &p->last, v_own(t, pair[0]));
  }
  if (!v_is_null(pair[0])) pair[1] = object_iternext(t, it);
  v_drop(t, it);
  if (v_is_null(pair[1])) {
    v_drop(t, pair[0]);
    return pairwise_finish(t, p);
  }
  locked_field_set(t, &p->ob, &p->last, v_own(t, pair[1]));
  return tuple_from_stolen(t, pair, 2);
}

ITERTOOLS_MEMORY(pairwise, 2)

static const TypeSpec spec_pairwise = {
    .name = "itertools.pairwise",
    .size = sizeof(Pairwise),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(pairwise)},
    .doc = "An iterator over the pairs of neighbours: (s0, s1), (s1, s2), (s2, s3)...",
    .text_signature = "(iterable, /)",
};

// --- zip_longest --------------------------------------------------------------------------------------------------------------------------

typedef struct ZipLongest {
  Object ob;
  Value iterators;   // list; None in the place of one that has ended
  Value fill;        // replaced by __setstate__, under the lock
  a64 active;        // int64_t: how many have not ended, relaxed
} ZipLongest;

static inline ZipLongest *zip_of(Value v) { return (ZipLongest *)v_obj(v); }

NEW(zip_longest_new) {
  Value fill = V_NONE;
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length > 0) {
    if (v_tuple(kwnames)->length > 1 || !str_equals_cstr(v_tuple(kwnames)->items[0], "fillvalue")) {
      return raise_type_error(t, "zip_longest() got an unexpected keyword argument");
    }
    fill = args[nargs];
  }
  Value iterators = list_new(t, (int64_t)nargs), v = V_NULL;
  bool ok = !v_is_null(iterators);
  for (size_t i = 0; ok && i < nargs; i++) {
    Value it = object_iter(t, args[i]);
    ok = !v_is_null(it) && list_append_steal(t, v_list(iterators), it) == 0;
  }
  if (ok) v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, iterators);
    return v;
  }
  zip_of(v)->iterators = iterators;
  zip_of(v)->fill = v_own(t, fill);
  a64_store_rlx(&zip_of(v)->active, nargs);
  return v;
}

// Column i of the next row: an item or the fill value, owned; V_NULL with an exception, or when the last column has ended.
static Value zip_longest_column(Thread *t, ZipLongest *z, int64_t i) {
  Value it = list_get(t, v_list(z->iterators), i);
  if (v_is_null(it)) return V_NULL;
  if (!v_is_none(it)) {
    Value v = object_iternext(t, it);
    v_drop(t, it);
    if (!v_is_null(v)) return v;
    int64_t active = (int64_t)a64_load_rlx(&z->active) - 1;
    a64_store_rlx(&z->active, (uint64_t)(error_pending(t) || active < 0 ? 0 : active));
    if (active <= 0 || error_pending(t)) return V_NULL;
    list_set(t, v_list(z->iterators), i, V_NONE);
  }
  return locked_field(t, &z->ob, &z->fill);
}

static Value zip_longest_next(Thread *t, Value self) {
  ZipLongest *z = zip_of(self);
  int64_t n = list_length(v_list(z->iterators));
  if (n == 0 || a64_load_rlx(&z->active) == 0) return V_NULL;
  Value row = tuple_new(t, n);
  for (int64_t i = 0; !v_is_null(row) && i < n; i++) {
    Value v = zip_longest_column(t, z, i);
    if (v_is_null(v)) {
      v_drop(t, row);
      return v;
    }
    v_tuple(row)->items[i] = v;
  }
  return row;
}

// The iterators as arguments, an empty tuple for one that has ended, and the fill value as state.
METHOD(zip_longest_reduce) {
  UNUSED_ARGS;
  ZipLongest *z = zip_of(self);
  Value call = list_to_tuple(t, v_list(z->iterators));
  if (v_is_null(call)) return call;
  for (int64_t i = 0; i < v_tuple(call)->length; i++) {
    if (v_is_none(v_tuple(call)->items[i])) v_tuple(call)->items[i] = tuple_empty;  // nobody else has seen the tuple
  }
  return itertools_reduced(t, self, call, locked_field(t, &z->ob, &z->fill), true);
}

METHOD(zip_longest_setstate) {
  UNUSED_ARGS;
  locked_field_set(t, &zip_of(self)->ob, &zip_of(self)->fill, v_own(t, args[0]));
  return V_NONE;
}

ITERTOOLS_MEMORY(zip_longest, 2)

static const NativeDef zip_longest_methods[] = {REDUCE_DEF(zip_longest_reduce), SETSTATE_DEF(zip_longest_setstate), {0}};
static const TypeSpec spec_zip_longest = {
    .name = "itertools.zip_longest",
    .size = sizeof(ZipLongest),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(zip_longest)},
    .methods = zip_longest_methods,
    .doc = "zip_longest(*iterables, fillvalue=None) --> an iterator as zip, but going on to the end of the longest iterable;\nfillvalue stands for "
           "the items of those that have ended.",
};

bool itertools_compute_init(Thread *t) {
  return type_ready(t, &type_itertools_accumulate, &spec_accumulate, 0) && type_ready(t, &type_itertools_starmap, &spec_starmap, 0) &&
         type_ready(t, &type_itertools_pairwise, &spec_pairwise, 0) && type_ready(t, &type_itertools_zip_longest, &spec_zip_longest, 0);
}
