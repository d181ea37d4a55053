// itertools: the iterators that pass on some of the items they are given: chain, islice, compress, takewhile, dropwhile, filterfalse.
#include "modules/itertools.h"
#include "objects/int.h"

Type type_itertools_chain, type_itertools_islice, type_itertools_compress, type_itertools_takewhile, type_itertools_dropwhile,
    type_itertools_filterfalse;

// --- chain --------------------------------------------------------------------------------------------------------------------------------

typedef struct Chain {
  Object ob;
  Value source;   // iterator over the iterables; V_NULL at the end. Both under the lock
  Value active;   // iterator over the present one; V_NULL: take the next
} Chain;

static inline Chain *chain_of(Value v) { return (Chain *)v_obj(v); }

// Steals source.
static Value chain_make(Thread *t, Type *type, Value source) {
  if (v_is_null(source)) return source;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) v_drop(t, source);
  else chain_of(v)->source = source;
  return v;
}

NEW(chain_new) {
  if (itertools_is_strict(type, &type_itertools_chain) && native_no_keywords(t, "chain", kwnames) < 0) return V_NULL;
  Value iterables = tuple_from(t, args, nargs);
  if (v_is_null(iterables)) return iterables;
  Value source = object_iter(t, iterables);
  v_drop(t, iterables);
  return chain_make(t, type, source);
}

METHOD(chain_from_iterable) {
  UNUSED_ARGS;
  return chain_make(t, v_as_type(self), object_iter(t, args[0]));
}

// The iterator over the next iterable, owned, now the active one; V_NULL at the end or with an exception, both of which end the chain.
static Value chain_advance(Thread *t, Chain *c) {
  Value source = locked_field(t, &c->ob, &c->source), active = V_NULL;
  if (v_is_null(source)) return source;
  Value iterable = object_iternext(t, source);
  v_drop(t, source);
  if (!v_is_null(iterable)) {
    active = object_iter(t, iterable);
    v_drop(t, iterable);
  }
  if (v_is_null(active)) locked_field_set(t, &c->ob, &c->source, V_NULL);
  else locked_field_set(t, &c->ob, &c->active, v_own(t, active));
  return active;
}

static Value chain_next(Thread *t, Value self) {
  Chain *c = chain_of(self);
  for (;;) {
    Value active = locked_field(t, &c->ob, &c->active);
    if (v_is_null(active)) {
      active = chain_advance(t, c);
      if (v_is_null(active)) return active;
    }
    Value v = object_iternext(t, active);
    v_drop(t, active);
    if (!v_is_null(v) || error_pending(t)) return v;
    locked_field_set(t, &c->ob, &c->active, V_NULL);
  }
}

METHOD(chain_reduce) {
  UNUSED_ARGS;
  Chain *c = chain_of(self);
  Value source = locked_field(t, &c->ob, &c->source), active = locked_field(t, &c->ob, &c->active), state = V_NULL;
  bool ended = v_is_null(source);
  if (!ended) state = v_is_null(active) ? tuple_pack(t, 1, source) : tuple_pack(t, 2, source, active);
  v_drop(t, source);
  v_drop(t, active);
  return itertools_reduced(t, self, tuple_empty, state, !ended);
}

METHOD(chain_setstate) {
  UNUSED_ARGS;
  Chain *c = chain_of(self);
  if (itertools_check_state(t, args[0], 1, 2) < 0) return V_NULL;
  Tuple *state = v_tuple(args[0]);
  for (int64_t i = 0; i < state->length; i++) {
    if (!object_is_iterator(state->items[i])) return raise_type_error(t, "Arguments must be iterators.");
  }
  locked_field_set(t, &c->ob, &c->source, v_own(t, state->items[0]));
  locked_field_set(t, &c->ob, &c->active, state->length > 1 ? v_own(t, state->items[1]) : V_NULL);
  return V_NONE;
}

ITERTOOLS_MEMORY(chain, 2)

static const NativeDef chain_methods[] = {
    {"from_iterable($type, iterable, /)", chain_from_iterable, "Alternative chain() constructor: the iterables come from one iterable.", NATIVE_CLASS},
    REDUCE_DEF(chain_reduce),
    SETSTATE_DEF(chain_setstate),
    CLASS_GETITEM_DEF,
    {0},
};
static const TypeSpec spec_chain = {
    .name = "itertools.chain",
    .size = sizeof(Chain),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(chain)},
    .methods = chain_methods,
    .doc = "chain(*iterables) --> an iterator over the items of the first iterable, then over those of the second, and so on.",
};

// --- islice -------------------------------------------------------------------------------------------------------------------------------

typedef struct Islice {
  Object ob;
  Value iterator;   // V_NULL at the end; under the lock
  a64 next;         // int64_t: number of the item to give next, relaxed
  a64 count;        // int64_t: items taken so far, relaxed
  int64_t stop;     // -1: none
  int64_t step;
} Islice;

static inline Islice *islice_of(Value v) { return (Islice *)v_obj(v); }

// A bound as a C integer; None gives default_. -1, without an exception, for what is no index.
static int64_t islice_number(Thread *t, Value v, int64_t default_) {
  if (v_is_none(v)) return default_;
  int64_t i = number_as_i64(t, v);
  if (i == -1 && error_pending(t)) error_clear(t);
  return i;
}

NEW(islice_new) {
  if (itertools_positional(t, type, &type_itertools_islice, "islice", nargs, kwnames, 2, 4) < 0) return V_NULL;
  Value stop_arg = nargs == 2 ? args[1] : args[2];
  int64_t start = nargs == 2 ? 0 : islice_number(t, args[1], 0), stop = -1, step = 1;
  if (!v_is_none(stop_arg)) {
    stop = islice_number(t, stop_arg, -1);
    if (stop == -1) return raise_value_error(t, "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  }
  if (start < 0 || stop < -1) return raise_value_error(t, "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  if (nargs == 4) step = islice_number(t, args[3], 1);
  if (step < 1) return raise_value_error(t, "Step for islice() must be a positive integer or None.");
  Value it = object_iter(t, args[0]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    return v;
  }
  Islice *s = islice_of(v);
  s->iterator = it;
  a64_store_rlx(&s->next, (uint64_t)start);
  s->stop = stop;
  s->step = step;
  return v;
}

static Value islice_next(Thread *t, Value self) {
  Islice *s = islice_of(self);
  Value it = locked_field(t, &s->ob, &s->iterator), v = V_NULL;
  if (v_is_null(it)) return it;
  int64_t next = (int64_t)a64_load_rlx(&s->next), count = (int64_t)a64_load_rlx(&s->count);
  bool ended = false;
  for (; !ended && count < next; a64_store_rlx(&s->count, (uint64_t)++count)) {
    Value skipped = object_iternext(t, it);
    ended = v_is_null(skipped);
    v_drop(t, skipped);
    if (!ended && (count & 1023) == 1023 && safepoint(t) < 0) ended = true;
  }
  if (!ended && (s->stop == -1 || count < s->stop)) v = object_iternext(t, it);
  if (v_is_null(v)) {
    locked_field_set(t, &s->ob, &s->iterator, V_NULL);
  } else {
    a64_store_rlx(&s->count, (uint64_t)count + 1);
    int64_t after;
    if (__builtin_add_overflow(next, s->step, &after) || (s->stop != -1 && after > s->stop)) after = s->stop == -1 ? INT64_MAX : s->stop;
    a64_store_rlx(&s->next, (uint64_t)after);
  }
  v_drop(t, it);
  return v;
}

METHOD(islice_reduce) {
  UNUSED_ARGS;
  Islice *s = islice_of(self);
  Value it = locked_field(t, &s->ob, &s->iterator), call = V_NULL;
  if (v_is_null(it)) {
    Value list = list_new(t, 0), empty = v_is_null(list) ? list : object_iter(t, list);
    if (!v_is_null(empty)) call = tuple_pack(t, 2, empty, v_from_smi(0));
    v_drop(t, list);
    v_drop(t, empty);
    return itertools_reduced(t, self, call, v_from_smi(0), true);
  }
  Value numbers[3] = {int_from_i64(t, (int64_t)a64_load_rlx(&s->next)), s->stop == -1 ? V_NONE : int_from_i64(t, s->stop), int_from_i64(t, s->step)};
  call = tuple_pack(t, 4, it, numbers[0], numbers[1], numbers[2]);
  for (int i = 0; i < 3; i++) v_drop(t, numbers[i]);
  v_drop(t, it);
  return itertools_reduced(t, self, call, int_from_i64(t, (int64_t)a64_load_rlx(&s->count)), true);
}

METHOD(islice_setstate) {
  UNUSED_ARGS;
  int64_t count = number_as_i64(t, args[0]);
  if (count == -1 && error_pending(t)) return V_NULL;
  a64_store_rlx(&islice_of(self)->count, (uint64_t)count);
  return V_NONE;
}

ITERTOOLS_MEMORY(islice, 1)

static const NativeDef islice_methods[] = {REDUCE_DEF(islice_reduce), SETSTATE_DEF(islice_setstate), {0}};
static const TypeSpec spec_islice = {
    .name = "itertools.islice",
    .size = sizeof(Islice),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(islice)},
    .methods = islice_methods,
    .doc = "islice(iterable, stop) --> islice object\nislice(iterable, start, stop[, step]) --> islice object\n\nAn iterator over the items that a "
           "slice with these bounds would select.",
};

// --- compress -----------------------------------------------------------------------------------------------------------------------------

typedef struct Compress {
  Object ob;
  Value data, selectors;   // iterators, constant
} Compress;

NEW(compress_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "compress(data, selectors)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value data = object_iter(t, bound[0]), selectors = V_NULL, v = V_NULL;
  if (!v_is_null(data)) selectors = object_iter(t, bound[1]);
  if (!v_is_null(selectors)) v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, data);
    v_drop(t, selectors);
    return v;
  }
  Compress *c = (Compress *)v_obj(v);
  c->data = data;
  c->selectors = selectors;
  return v;
}

static Value compress_next(Thread *t, Value self) {
  Compress *c = (Compress *)v_obj(self);
  for (int64_t i = 1;; i++) {
    Value v = object_iternext(t, c->data);
    if (v_is_null(v)) return v;
    Value selector = object_iternext(t, c->selectors);
    int keep = v_is_null(selector) ? -1 : object_is_true(t, selector);
    v_drop(t, selector);
    if (keep > 0) return v;
    v_drop(t, v);
    if (keep < 0 || ((i & 1023) == 0 && safepoint(t) < 0)) return V_NULL;
  }
}

METHOD(compress_reduce) {
  UNUSED_ARGS;
  Compress *c = (Compress *)v_obj(self);
  return itertools_reduced(t, self, tuple_pack(t, 2, c->data, c->selectors), V_NULL, false);
}

ITERTOOLS_MEMORY(compress, 2)

static const NativeDef compress_methods[] = {REDUCE_DEF(compress_reduce), {0}};
static const TypeSpec spec_compress = {
    .name = "itertools.compress",
    .size = sizeof(Compress),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(compress)},
    .methods = compress_methods,
    .doc = "An iterator over the items of data whose selector is true.",
    .text_signature = "(data, selectors)",
};

// --- takewhile, dropwhile, filterfalse -----------------------------------------------------------------------------------------------------

typedef struct Tested {
  Object ob;
  Value function, iterator;  // constant
  a8 switched;               // takewhile: an item has failed; dropwhile: one has failed, so all follow
} Tested;

static inline Tested *tested_of(Value v) { return (Tested *)v_obj(v); }

static Value tested_make(Thread *t, Type *type, Type *base, const char *name, const Value *args, size_t nargs, Value kwnames) {
  if (itertools_positional(t, type, base, name, nargs, kwnames, 2, 2) < 0) return V_NULL;
  Value it = object_iter(t, args[1]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    return v;
  }
  tested_of(v)->function = v_own(t, args[0]);
  tested_of(v)->iterator = it;
  return v;
}

NEW(takewhile_new) { return tested_make(t, type, &type_itertools_takewhile, "takewhile", args, nargs, kwnames); }
NEW(dropwhile_new) { return tested_make(t, type, &type_itertools_dropwhile, "dropwhile", args, nargs, kwnames); }
NEW(filterfalse_new) { return tested_make(t, type, &type_itertools_filterfalse, "filterfalse", args, nargs, kwnames); }

// Is function(v) true? 1, 0, -1.
static int passes(Thread *t, Value function, Value v) {
  Value verdict = object_call1(t, function, v);
  int r = v_is_null(verdict) ? -1 : object_is_true(t, verdict);
  v_drop(t, verdict);
  return r;
}

static Value takewhile_next(Thread *t, Value self) {
  Tested *it = tested_of(self);
  if (a8_load_rlx(&it->switched)) return V_NULL;
  Value v = object_iternext(t, it->iterator);
  if (v_is_null(v)) return v;
  int r = passes(t, it->function, v);
  if (r > 0) return v;
  v_drop(t, v);
  if (r == 0) a8_store_rlx(&it->switched, 1);
  return V_NULL;
}

static Value dropwhile_next(Thread *t, Value self) {
  Tested *it = tested_of(self);
  for (int64_t i = 1;; i++) {
    Value v = object_iternext(t, it->iterator);
    if (v_is_null(v) || a8_load_rlx(&it->switched)) return v;
    int r = passes(t, it->function, v);
    if (r == 0) {
      a8_store_rlx(&it->switched, 1);
      return v;
    }
    v_drop(t, v);
    if (r < 0 || ((i & 1023) == 0 && safepoint(t) < 0)) return V_NULL;
  }
}

static Value filterfalse_next(Thread *t, Value self) {
  Tested *it = tested_of(self);
  bool by_truth = v_is_none(it->function) || v_is(it->function, v_from_obj(&type_bool));
  for (int64_t i = 1;; i++) {
    Value v = object_iternext(t, it->iterator);
    if (v_is_null(v)) return v;
    int r = by_truth ? object_is_true(t, v) : passes(t, it->function, v);
    if (r == 0) return v;
    v_drop(t, v);
    if (r < 0 || ((i & 1023) == 0 && safepoint(t) < 0)) return V_NULL;
  }
}

METHOD(tested_reduce) {
  UNUSED_ARGS;
  Tested *it = tested_of(self);
  return itertools_reduced(t, self, tuple_pack(t, 2, it->function, it->iterator), v_from_smi(a8_load_rlx(&it->switched)), true);
}

METHOD(filterfalse_reduce) {
  UNUSED_ARGS;
  return itertools_reduced(t, self, tuple_pack(t, 2, tested_of(self)->function, tested_of(self)->iterator), V_NULL, false);
}

METHOD(tested_setstate) {
  UNUSED_ARGS;
  int r = object_is_true(t, args[0]);
  if (r < 0) return V_NULL;
  a8_store_rlx(&tested_of(self)->switched, (uint8_t)r);
  return V_NONE;
}

ITERTOOLS_MEMORY(tested, 2)

static const NativeDef tested_methods[] = {REDUCE_DEF(tested_reduce), SETSTATE_DEF(tested_setstate), {0}};
static const NativeDef filterfalse_methods[] = {REDUCE_DEF(filterfalse_reduce), {0}};

#define TESTED_SPEC(NAME, METHODS, SIGNATURE, DOC)                                                                       \
  static const TypeSpec spec_##NAME = {                                                                                  \
      .name = "itertools." #NAME,                                                                                        \
      .size = sizeof(Tested),                                                                                            \
      .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,                                                                           \
      .slots = {.iter = container_self, .iternext = NAME##_next, .new = NAME##_new, .dealloc = tested_dealloc, .traverse = tested_traverse}, \
      .methods = METHODS,                                                                                                \
      .doc = DOC,                                                                                                        \
      .text_signature = SIGNATURE,                                                                                       \
  };
TESTED_SPEC(takewhile, tested_methods, "(predicate, iterable, /)", "An iterator over the items before the first for which predicate is false.")
TESTED_SPEC(dropwhile, tested_methods, "(predicate, iterable, /)", "An iterator over the items from the first for which predicate is false.")
TESTED_SPEC(filterfalse, filterfalse_methods, "(function, iterable, /)",
            "An iterator over the items for which function(item) is false; with None, over those that are false.")

bool itertools_select_init(Thread *t) {
  return type_ready(t, &type_itertools_chain, &spec_chain, 0) && type_ready(t, &type_itertools_islice, &spec_islice, 0) &&
         type_ready(t, &type_itertools_compress, &spec_compress, 0) && type_ready(t, &type_itertools_takewhile, &spec_takewhile, 0) &&
         type_ready(t, &type_itertools_dropwhile, &spec_dropwhile, 0) && type_ready(t, &type_itertools_filterfalse, &spec_filterfalse, 0);
}
