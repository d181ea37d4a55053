// itertools: count, cycle and repeat, which need not end.
#include "modules/itertools.h"
#include "objects/int.h"

Type type_itertools_count, type_itertools_cycle, type_itertools_repeat;

// --- count --------------------------------------------------------------------------------------------------------------------------------

typedef struct Count {
  Object ob;
  Value now;    // the number to give next; under the lock, so that threads sharing a counter get different numbers
  Value step;   // constant
} Count;

static inline Count *count_of(Value v) { return (Count *)v_obj(v); }

static bool is_number(Value v) {
  const TypeSlots *s = &v_type(v)->slots;
  return s->index || s->int_ || s->float_ || v_is_exact(v, SHAPE_COMPLEX);
}

// A subclass of int that is only counted on from, by one, becomes a plain int.
static Value count_number(Thread *t, Value v, int64_t default_, bool plain) {
  if (v_is_absent(v)) return v_from_smi(default_);
  return plain && v_is_int(v) ? int_canonical(t, v) : v_own(t, v);
}

NEW(count_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "count(start=0, step=1)", args, nargs, kwnames, bound) < 0) return V_NULL;
  for (int i = 0; i < 2; i++) {
    if (!v_is_absent(bound[i]) && !is_number(bound[i])) return raise_type_error(t, "a number is required");
  }
  Value one = count_number(t, bound[1], 1, true);
  if (v_is_null(one)) return one;
  bool by_one = v_is(one, v_from_smi(1));
  v_drop(t, one);
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  count_of(v)->step = by_one ? v_from_smi(1) : v_own(t, bound[1]);
  count_of(v)->now = count_number(t, bound[0], 0, by_one);
  if (!v_is_null(count_of(v)->now)) return v;
  v_drop(t, v);
  return V_NULL;
}

static Value count_next(Thread *t, Value self) {
  Count *c = count_of(self);
  Value now;
  bool done = false;
  CRITICAL_BEGIN(t, c);
  now = v_own(t, c->now);
  if (likely(v_are_smi(now, c->step))) {
    int64_t next = v_smi(now) + v_smi(c->step);
    done = smi_fits(next);
    if (done) c->now = v_from_smi(next);
  }
  CRITICAL_END(t);
  if (likely(done)) return now;
  Value next = number_binary(t, now, c->step, OP_ADD);
  if (v_is_null(next)) {
    v_drop(t, now);
    return next;
  }
  locked_field_set(t, &c->ob, &c->now, next);
  return now;
}

static bool count_is_by_one(Count *c) { return v_is(c->step, v_from_smi(1)); }

static Value count_repr(Thread *t, Value self) {
  Count *c = count_of(self);
  Value now = locked_field(t, &c->ob, &c->now);
  Value text = count_is_by_one(c) ? str_from_format(t, "count(%R)", now) : str_from_format(t, "count(%R, %R)", now, c->step);
  v_drop(t, now);
  return text;
}

METHOD(count_reduce) {
  UNUSED_ARGS;
  Count *c = count_of(self);
  Value now = locked_field(t, &c->ob, &c->now);
  int64_t small;
  bool short_form = count_is_by_one(c) && v_is_int(now) && int_as_i64(now, &small) && small != INT64_MAX;
  Value call = short_form ? tuple_pack(t, 1, now) : tuple_pack(t, 2, now, c->step);
  v_drop(t, now);
  return itertools_reduced(t, self, call, V_NULL, false);
}

ITERTOOLS_MEMORY(count, 2)

static const NativeDef count_methods[] = {REDUCE_DEF(count_reduce), {0}};
static const TypeSpec spec_count = {
    .name = "itertools.count",
    .size = sizeof(Count),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(count), .repr = count_repr},
    .methods = count_methods,
    .doc = "An iterator over start, start+step, start+2*step and so on without end.",
    .text_signature = "(start=0, step=1)",
};

// --- cycle --------------------------------------------------------------------------------------------------------------------------------

typedef struct Cycle {
  Object ob;
  Value iterator;   // V_NULL once exhausted; under the lock
  Value saved;      // list of the items seen; replaced by __setstate__, under the lock
  a64 index;        // int64_t: next of saved, relaxed
  a8 no_saving;     // a state was set while items were being repeated
} Cycle;

static inline Cycle *cycle_of(Value v) { return (Cycle *)v_obj(v); }

NEW(cycle_new) {
  if (itertools_positional(t, type, &type_itertools_cycle, "cycle", nargs, kwnames, 1, 1) < 0) return V_NULL;
  Value it = object_iter(t, args[0]), saved = V_NULL, v = V_NULL;
  if (!v_is_null(it)) saved = list_new(t, 0);
  if (!v_is_null(saved)) v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    v_drop(t, saved);
    return v;
  }
  cycle_of(v)->iterator = it;
  cycle_of(v)->saved = saved;
  return v;
}

static Value cycle_next(Thread *t, Value self) {
  Cycle *c = cycle_of(self);
  Value it = locked_field(t, &c->ob, &c->iterator), saved = locked_field(t, &c->ob, &c->saved), v = V_NULL;
  if (v_is_null(saved)) {   // never, but gcc would warn of a read at address 0
    v_drop(t, it);
    return V_NULL;
  }
  bool ended = v_is_null(it);
  if (!ended) {
    v = object_iternext(t, it);
    v_drop(t, it);
    if (!v_is_null(v)) {
      if (!a8_load_rlx(&c->no_saving) && list_append(t, v_list(saved), v) < 0) {
        v_drop(t, v);
        v = V_NULL;
      }
    } else if (!error_pending(t)) {
      locked_field_set(t, &c->ob, &c->iterator, V_NULL);
      ended = true;
    }
  }
  if (ended && v_is_null(v) && list_length(v_list(saved)) > 0) {
    int64_t i = (int64_t)a64_load_rlx(&c->index);
    v = list_get(t, v_list(saved), i);
    if (v_is_null(v)) v = list_get(t, v_list(saved), i = 0);
    i++;
    a64_store_rlx(&c->index, (uint64_t)(i >= list_length(v_list(saved)) ? 0 : i));
  }
  v_drop(t, saved);
  return v;
}

METHOD(cycle_reduce) {
  UNUSED_ARGS;
  Cycle *c = cycle_of(self);
  Value it = locked_field(t, &c->ob, &c->iterator), saved = locked_field(t, &c->ob, &c->saved), result = V_NULL;
  Value repeating = v_from_bool(v_is_null(it) || a8_load_rlx(&c->no_saving));
  if (v_is_null(it)) {
    // A new round over what was saved, begun where this one is.
    it = object_iter(t, saved);
    int64_t i = (int64_t)a64_load_rlx(&c->index);
    if (!v_is_null(it) && i > 0) {
      Value name = str_from_cstr(t, "__setstate__"), r = v_is_null(name) ? V_NULL : object_call_method1(t, it, name, v_from_smi(i));
      v_drop(t, name);
      if (v_is_null(r)) {
        v_drop(t, it);
        it = V_NULL;
      }
      v_drop(t, r);
    }
  }
  if (!v_is_null(it)) result = itertools_reduced(t, self, tuple_pack(t, 1, it), tuple_pack(t, 2, saved, repeating), true);
  v_drop(t, it);
  v_drop(t, saved);
  return result;
}

METHOD(cycle_setstate) {
  UNUSED_ARGS;
  Cycle *c = cycle_of(self);
  if (itertools_check_state(t, args[0], 2, 2) < 0) return V_NULL;
  Value *state = v_tuple(args[0])->items;
  if (!v_is_list(state[0])) return raise_type_error(t, "argument 1 must be list, not %K", state[0]);
  int repeating = number_as_int(t, state[1]);
  if (repeating == -1 && error_pending(t)) return V_NULL;
  locked_field_set(t, &c->ob, &c->saved, v_own(t, state[0]));
  a8_store_rlx(&c->no_saving, repeating != 0);
  a64_store_rlx(&c->index, 0);
  return V_NONE;
}

ITERTOOLS_MEMORY(cycle, 2)

static const NativeDef cycle_methods[] = {REDUCE_DEF(cycle_reduce), SETSTATE_DEF(cycle_setstate), {0}};
static const TypeSpec spec_cycle = {
    .name = "itertools.cycle",
    .size = sizeof(Cycle),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(cycle)},
    .methods = cycle_methods,
    .doc = "An iterator over the items of an iterable; when it ends, over the same items again and again.",
    .text_signature = "(iterable, /)",
};

// --- repeat -------------------------------------------------------------------------------------------------------------------------------

typedef struct Repeat {
  Object ob;
  Value element;  // constant
  int64_t left;   // -1: without end; under the lock
} Repeat;

static inline Repeat *repeat_of(Value v) { return (Repeat *)v_obj(v); }

NEW(repeat_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "repeat(object, times=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  int64_t left = -1;
  if (!v_is_absent(bound[1])) {
    left = number_as_i64(t, bound[1]);
    if (left == -1 && error_pending(t)) return V_NULL;
    if (left < 0) left = 0;
  }
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  repeat_of(v)->element = v_own(t, bound[0]);
  repeat_of(v)->left = left;
  return v;
}

static int64_t repeat_left(Thread *t, Repeat *r) {
  int64_t left;
  CRITICAL_BEGIN(t, r);
  left = r->left;
  CRITICAL_END(t);
  return left;
}

static Value repeat_next(Thread *t, Value self) {
  Repeat *r = repeat_of(self);
  bool more;
  CRITICAL_BEGIN(t, r);
  more = r->left != 0;
  if (r->left > 0) r->left--;
  CRITICAL_END(t);
  return more ? v_own(t, r->element) : V_NULL;
}

static Value repeat_repr(Thread *t, Value self) {
  Repeat *r = repeat_of(self);
  int64_t left = repeat_left(t, r);
  if (left == -1) return str_from_format(t, "repeat(%R)", r->element);
  return str_from_format(t, "repeat(%R, %lld)", r->element, (long long)left);
}

METHOD(repeat_length_hint) {
  UNUSED_ARGS;
  int64_t left = repeat_left(t, repeat_of(self));
  return left == -1 ? raise_type_error(t, "len() of unsized object") : int_from_i64(t, left);
}

METHOD(repeat_reduce) {
  UNUSED_ARGS;
  Repeat *r = repeat_of(self);
  int64_t left = repeat_left(t, r);
  if (left == -1) return itertools_reduced(t, self, tuple_pack(t, 1, r->element), V_NULL, false);
  Value n = int_from_i64(t, left), call = v_is_null(n) ? n : tuple_pack(t, 2, r->element, n);
  v_drop(t, n);
  return itertools_reduced(t, self, call, V_NULL, false);
}

ITERTOOLS_MEMORY(repeat, 1)

static const NativeDef repeat_methods[] = {
    {"__length_hint__($self, /)", repeat_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    REDUCE_DEF(repeat_reduce),
    {0},
};
static const TypeSpec spec_repeat = {
    .name = "itertools.repeat",
    .size = sizeof(Repeat),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(repeat), .repr = repeat_repr},
    .methods = repeat_methods,
    .doc = "repeat(object [,times]) -> an iterator that gives the object that many times, or without end.",
};

bool itertools_endless_init(Thread *t) {
  return type_ready(t, &type_itertools_count, &spec_count, 0) && type_ready(t, &type_itertools_cycle, &spec_cycle, 0) &&
         type_ready(t, &type_itertools_repeat, &spec_repeat, 0);
}
