// itertools: groupby, and tee with the chain of blocks through which its iterators share what they have read.
#include "modules/itertools.h"
#include "objects/names.h"

Type type_itertools_groupby, type_itertools_grouper, type_itertools_tee, type_itertools_tee_dataobject;

// --- groupby ------------------------------------------------------------------------------------------------------------------------------

typedef struct GroupBy {
  Object ob;
  Value iterator, function;   // constant; function None: items are their own keys
  Value target;               // key of the present group. The three under the lock; V_NULL: none
  Value key, value;           // of the item read last and not yet given
  aptr grouper;               // the grouper that may still give items; only compared
} GroupBy;

typedef struct Grouper {
  Object ob;
  Value parent, target;       // constant
} Grouper;

static inline GroupBy *groupby_of(Value v) { return (GroupBy *)v_obj(v); }
static inline Grouper *grouper_of(Value v) { return (Grouper *)v_obj(v); }

NEW(groupby_new) {
  static aptr binder;
  Value bound[2];
  if (native_bind(t, &binder, "groupby(iterable, key=None)", args, nargs, kwnames, bound) < 0) return V_NULL;
  Value it = object_iter(t, bound[0]);
  if (v_is_null(it)) return it;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, it);
    return v;
  }
  groupby_of(v)->iterator = it;
  groupby_of(v)->function = v_is_absent(bound[1]) ? V_NONE : v_own(t, bound[1]);
  return v;
}

// Reads one item and its key. -1: the end, or an exception.
static int groupby_read(Thread *t, GroupBy *g) {
  Value value = object_iternext(t, g->iterator);
  if (v_is_null(value)) return -1;
  Value key = v_is_none(g->function) ? v_own(t, value) : object_call1(t, g->function, value);
  if (v_is_null(key)) {
    v_drop(t, value);
    return -1;
  }
  locked_field_set(t, &g->ob, &g->value, value);
  locked_field_set(t, &g->ob, &g->key, key);
  return 0;
}

static Value grouper_make(Thread *t, Type *type, Value parent, Value target) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  grouper_of(v)->parent = v_own(t, parent);
  grouper_of(v)->target = v_own(t, target);
  aptr_store_rlx(&groupby_of(parent)->grouper, v_obj(v));
  return v;
}

static Value groupby_next(Thread *t, Value self) {
  GroupBy *g = groupby_of(self);
  aptr_store_rlx(&g->grouper, NULL);
  for (;;) {  // what is left of the present group is passed over
    Value key = locked_field(t, &g->ob, &g->key), target = locked_field(t, &g->ob, &g->target);
    int same = v_is_null(key) ? 1 : v_is_null(target) ? 0 : object_equal(t, target, key);
    v_drop(t, target);
    if (same == 0) {
      Value result = V_NULL, grouper = grouper_make(t, &type_itertools_grouper, self, key);
      locked_field_set(t, &g->ob, &g->target, v_own(t, key));
      if (!v_is_null(grouper)) result = tuple_pack(t, 2, key, grouper);
      v_drop(t, grouper);
      v_drop(t, key);
      return result;
    }
    v_drop(t, key);
    if (same < 0 || groupby_read(t, g) < 0) return V_NULL;
  }
}

METHOD(groupby_reduce) {
  UNUSED_ARGS;
  GroupBy *g = groupby_of(self);
  Value key = locked_field(t, &g->ob, &g->key), value = locked_field(t, &g->ob, &g->value), target = locked_field(t, &g->ob, &g->target);
  bool pending = !v_is_null(key) && !v_is_null(value) && !v_is_null(target);
  Value state = pending ? tuple_pack(t, 3, key, value, target) : V_NULL;
  v_drop(t, key);
  v_drop(t, value);
  v_drop(t, target);
  return itertools_reduced(t, self, tuple_pack(t, 2, g->iterator, g->function), state, pending);
}

METHOD(groupby_setstate) {
  UNUSED_ARGS;
  GroupBy *g = groupby_of(self);
  if (itertools_check_state(t, args[0], 3, 3) < 0) return V_NULL;
  Value *state = v_tuple(args[0])->items;
  locked_field_set(t, &g->ob, &g->key, v_own(t, state[0]));
  locked_field_set(t, &g->ob, &g->value, v_own(t, state[1]));
  locked_field_set(t, &g->ob, &g->target, v_own(t, state[2]));
  return V_NONE;
}

ITERTOOLS_MEMORY(groupby, 5)

static const NativeDef groupby_methods[] = {REDUCE_DEF(groupby_reduce), SETSTATE_DEF(groupby_setstate), {0}};
static const TypeSpec spec_groupby = {
    .name = "itertools.groupby",
    .size = sizeof(GroupBy),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(groupby)},
    .methods = groupby_methods,
    .doc = "An iterator over (key, group) pairs: runs of items with equal keys, each group being an iterator over its items.\n\nThe groups share the "
           "underlying iterator, so a group is lost when the next one is asked for.",
    .text_signature = "(iterable, key=None)",
};

NEW(grouper_new) {
  if (itertools_positional(t, type, &type_itertools_grouper, "_grouper", nargs, kwnames, 2, 2) < 0) return V_NULL;
  if (!type_is_subtype(v_type(args[0]), &type_itertools_groupby)) {
    return raise_type_error(t, "_grouper() argument 1 must be itertools.groupby, not %K", args[0]);
  }
  return grouper_make(t, type, args[0], args[1]);
}

// Takes the item that was read and not given; V_NULL: none.
static Value take_value(Thread *t, GroupBy *g) {
  Value value, key;
  CRITICAL_BEGIN(t, g);
  value = g->value;
  key = g->key;
  g->value = g->key = V_NULL;
  CRITICAL_END(t);
  v_drop(t, key);
  return value;
}

static Value grouper_next(Thread *t, Value self) {
  Grouper *r = grouper_of(self);
  GroupBy *g = groupby_of(r->parent);
  if (aptr_load_rlx(&g->grouper) != r) return V_NULL;
  Value key = locked_field(t, &g->ob, &g->key), value = locked_field(t, &g->ob, &g->value);
  bool missing = v_is_null(value) || v_is_null(key);
  v_drop(t, value);
  if (missing) {
    v_drop(t, key);
    if (groupby_read(t, g) < 0) return V_NULL;
    key = locked_field(t, &g->ob, &g->key);
    if (v_is_null(key)) return key;
  }
  int same = object_equal(t, r->target, key);
  v_drop(t, key);
  return same > 0 ? take_value(t, g) : V_NULL;
}

METHOD(grouper_reduce) {
  UNUSED_ARGS;
  Grouper *r = grouper_of(self);
  if (aptr_load_rlx(&groupby_of(r->parent)->grouper) == r) return itertools_reduced(t, self, tuple_pack(t, 2, r->parent, r->target), V_NULL, false);
  Value f = object_builtin(t, N(iter)), call = V_NULL, result = V_NULL;
  if (!v_is_null(f)) call = tuple_pack(t, 1, tuple_empty);
  if (!v_is_null(call)) result = tuple_pack(t, 2, f, call);
  v_drop(t, f);
  v_drop(t, call);
  return result;
}

ITERTOOLS_MEMORY(grouper, 2)

static const NativeDef grouper_methods[] = {REDUCE_DEF(grouper_reduce), {0}};
static const TypeSpec spec_grouper = {
    .name = "itertools._grouper",
    .size = sizeof(Grouper),
    .flags = TYPE_IMMUTABLE,
    .slots = {ITERTOOLS_SLOTS(grouper)},
    .methods = grouper_methods,
};

// --- tee ----------------------------------------------------------------------------------------------------------------------------------

enum { TEE_BLOCK = 57 };

// A block of items read from the common iterator. Its iterators hold the block they stand in, so that what all have passed is freed.
typedef struct TeeBlock {
  Object ob;
  Value iterator;   // constant
  Value next;       // the block after this one; V_NULL: not made yet. This and what follows under the lock
  int count;        // items read
  bool running;     // the iterator is being asked for one
  Value items[TEE_BLOCK];
} TeeBlock;

typedef struct Tee {
  Object ob;
  Value block;      // under the lock
  int64_t index;    // next item of the block; under the lock
} Tee;

static inline TeeBlock *block_of(Value v) { return (TeeBlock *)v_obj(v); }
static inline Tee *tee_of(Value v) { return (Tee *)v_obj(v); }

static Value block_make(Thread *t, Value iterator) {
  Value v = type_itertools_tee_dataobject.slots.alloc(t, &type_itertools_tee_dataobject, 0);
  if (!v_is_null(v)) block_of(v)->iterator = v_own(t, iterator);
  return v;
}

// The block after this one, owned.
static Value block_next(Thread *t, TeeBlock *b) {
  Value next = locked_field(t, &b->ob, &b->next), fresh;
  if (!v_is_null(next)) return next;
  fresh = block_make(t, b->iterator);
  if (v_is_null(fresh)) return fresh;
  CRITICAL_BEGIN(t, b);
  if (v_is_null(b->next)) b->next = v_own(t, fresh);
  next = v_own(t, b->next);
  CRITICAL_END(t);
  v_drop(t, fresh);
  return next;
}

// Item i of a block, which may have to be read first. V_NULL: the end, or an exception.
static Value block_item(Thread *t, TeeBlock *b, int64_t i) {
  Value v = V_NULL;
  bool read = false, busy = false;
  CRITICAL_BEGIN(t, b);
  if (i < b->count) v = v_own(t, b->items[i]);
  else if (b->running) busy = true;
  else read = b->running = true;
  CRITICAL_END(t);
  if (busy) return raise_error(t, &exc_RuntimeError, "cannot re-enter the tee iterator");
  if (!read) return v;
  v = object_iternext(t, b->iterator);
  CRITICAL_BEGIN(t, b);
  b->running = false;
  if (!v_is_null(v)) b->items[b->count++] = v_own(t, v);
  CRITICAL_END(t);
  return v;
}

static Value tee_make(Thread *t, Type *type, Value stolen_block, int64_t index) {
  Value v = v_is_null(stolen_block) ? V_NULL : type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, stolen_block);
    return v;
  }
  tee_of(v)->block = stolen_block;
  tee_of(v)->index = index;
  return v;
}

static void tee_position(Thread *t, Tee *e, Value *block, int64_t *index) {
  CRITICAL_BEGIN(t, e);
  *block = v_own(t, e->block);
  *index = e->index;
  CRITICAL_END(t);
}

static Value tee_copy(Thread *t, Value self) {
  Value block;
  int64_t index;
  tee_position(t, tee_of(self), &block, &index);
  return tee_make(t, v_type(self), block, index);
}

static Value tee_from_iterable(Thread *t, Type *type, Value iterable) {
  Value it = object_iter(t, iterable), v;
  if (v_is_null(it)) return it;
  v = v_type(it) == &type_itertools_tee ? tee_copy(t, it) : tee_make(t, type, block_make(t, it), 0);
  v_drop(t, it);
  return v;
}

NEW(tee_new) {
  if (native_no_keywords(t, "_tee", kwnames) < 0 || native_check_positional(t, "_tee", nargs, 1, 1) < 0) return V_NULL;
  return tee_from_iterable(t, type, args[0]);
}

static Value tee_next(Thread *t, Value self) {
  Tee *e = tee_of(self);
  Value block, v;
  int64_t index;
  tee_position(t, e, &block, &index);
  if (index >= TEE_BLOCK) {
    Value next = block_next(t, block_of(block));
    v_drop(t, block);
    if (v_is_null(next)) return next;
    block = next;
    index = 0;
  }
  v = block_item(t, block_of(block), index);
  if (v_is_null(v)) {
    v_drop(t, block);
    return v;
  }
  Value old;
  CRITICAL_BEGIN(t, e);
  old = e->block;
  e->block = block;
  e->index = index + 1;
  CRITICAL_END(t);
  v_drop(t, old);
  return v;
}

METHOD(tee_copy_method) {
  UNUSED_ARGS;
  return tee_copy(t, self);
}

METHOD(tee_reduce) {
  UNUSED_ARGS;
  Value block, state;
  int64_t index;
  tee_position(t, tee_of(self), &block, &index);
  state = tuple_pack(t, 2, block, v_from_smi(index));
  v_drop(t, block);
  return itertools_reduced(t, self, tuple_pack(t, 1, tuple_empty), state, true);
}

METHOD(tee_setstate) {
  UNUSED_ARGS;
  Tee *e = tee_of(self);
  if (itertools_check_state(t, args[0], 2, 2) < 0) return V_NULL;
  Value *state = v_tuple(args[0])->items, old;
  if (v_type(state[0]) != &type_itertools_tee_dataobject) return raise_type_error(t, "argument 1 must be itertools._tee_dataobject, not %K", state[0]);
  int64_t index = number_as_int(t, state[1]);
  if (index == -1 && error_pending(t)) return V_NULL;
  if (index < 0 || index > TEE_BLOCK) return raise_value_error(t, "Index out of range");
  Value block = v_own(t, state[0]);
  CRITICAL_BEGIN(t, e);
  old = e->block;
  e->block = block;
  e->index = index;
  CRITICAL_END(t);
  v_drop(t, old);
  return V_NONE;
}

ITERTOOLS_MEMORY(tee, 1)

static const NativeDef tee_methods[] = {
    {"__copy__($self, /)", tee_copy_method, "Another iterator at the same place.", NATIVE_NO_SIGNATURE},
    REDUCE_DEF(tee_reduce),
    SETSTATE_DEF(tee_setstate),
    {0},
};
static const TypeSpec spec_tee = {
    .name = "itertools._tee",
    .size = sizeof(Tee),
    .flags = TYPE_IMMUTABLE | TYPE_WEAKREF,
    .slots = {ITERTOOLS_SLOTS(tee)},
    .methods = tee_methods,
    .doc = "An iterator that can be copied, for it keeps what others still need.",
    .text_signature = "(iterable, /)",
};

NEW(block_new) {
  (void)type;
  if (native_no_keywords(t, "_tee_dataobject", kwnames) < 0 || native_check_positional(t, "_tee_dataobject", nargs, 3, 3) < 0) return V_NULL;
  if (!v_is_list(args[1])) return raise_type_error(t, "teedataobject() argument 2 must be list, not %K", args[1]);
  int64_t n = list_length(v_list(args[1]));
  bool has_next = !v_is_none(args[2]);
  if (n > TEE_BLOCK || (has_next && (n < TEE_BLOCK || v_type(args[2]) != &type_itertools_tee_dataobject))) {
    return raise_value_error(t, "Invalid arguments");
  }
  Value v = block_make(t, args[0]);
  if (v_is_null(v)) return v;
  TeeBlock *b = block_of(v);
  while (b->count < n) {
    Value item = list_get(t, v_list(args[1]), b->count);
    if (v_is_null(item)) break;
    b->items[b->count++] = item;
  }
  if (has_next) b->next = v_own(t, args[2]);
  return v;
}

METHOD(block_reduce) {
  UNUSED_ARGS;
  TeeBlock *b = block_of(self);
  Value copies[TEE_BLOCK], next, items, call;
  int n;
  CRITICAL_BEGIN(t, b);
  n = b->count;
  for (int i = 0; i < n; i++) copies[i] = v_own(t, b->items[i]);
  next = v_is_null(b->next) ? V_NONE : v_own(t, b->next);
  CRITICAL_END(t);
  items = list_from_stolen(t, copies, (size_t)n);
  call = v_is_null(items) ? items : tuple_pack(t, 3, b->iterator, items, next);
  v_drop(t, items);
  v_drop(t, next);
  return itertools_reduced(t, self, call, V_NULL, false);
}

static void block_dealloc(Thread *t, Object *o) {
  TeeBlock *b = (TeeBlock *)o;
  v_drop(t, b->iterator);
  for (int i = 0; i < b->count; i++) v_drop(t, b->items[i]);
  v_drop(t, b->next);  // long chains are flattened by the dying list
  heap_free_object(t, o);
}

static void block_traverse(Object *o, GcVisit visit, void *arg) {
  TeeBlock *b = (TeeBlock *)o;
  gc_visit_value(b->iterator, visit, arg);
  for (int i = 0; i < b->count; i++) gc_visit_value(b->items[i], visit, arg);
  gc_visit_value(b->next, visit, arg);
}

static const NativeDef block_methods[] = {REDUCE_DEF(block_reduce), {0}};
static const TypeSpec spec_tee_dataobject = {
    .name = "itertools._tee_dataobject",
    .size = sizeof(TeeBlock),
    .flags = TYPE_IMMUTABLE,
    .slots = {.new = block_new, .dealloc = block_dealloc, .traverse = block_traverse},
    .methods = block_methods,
    .doc = "teedataobject(iterable, values, next, /)\n--\n\nItems that the copies of one iterator share.",
};

// One iterator and n - 1 copies of it; what can be copied is not wrapped.
static Value tee_copies(Thread *t, Value iterable, int64_t n) {
  Value result = tuple_new(t, n);
  if (v_is_null(result) || n == 0) return result;
  Value name = N(__copy__), it = v_is_null(name) ? V_NULL : object_iter(t, iterable), copier = V_NULL;
  bool ok = !v_is_null(it);
  if (ok) {
    int r = object_lookup_attr(t, it, name, &copier);
    if (r == 0) {
      Value wrapped = tee_from_iterable(t, &type_itertools_tee, it);
      v_drop(t, it);
      it = wrapped;
      if (!v_is_null(it)) copier = object_getattr(t, it, name);
    }
    ok = r >= 0 && !v_is_null(copier);
  }
  v_tuple(result)->items[0] = it;
  for (int64_t i = 1; ok && i < n; i++) {
    Value copy = object_call0(t, copier);
    ok = !v_is_null(copy);
    if (ok) v_tuple(result)->items[i] = copy;
  }
  v_drop(t, copier);
  v_drop(t, name);
  if (ok) return result;
  v_drop(t, result);
  return V_NULL;
}

Value itertools_tee(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self;
  if (native_no_keywords(t, "itertools.tee", kwnames) < 0 || native_check_positional(t, "tee", nargs, 1, 2) < 0) return V_NULL;
  int64_t n = 2;
  if (nargs > 1) {
    n = number_as_i64(t, args[1]);
    if (n == -1 && error_pending(t)) return V_NULL;
  }
  if (n < 0) return raise_value_error(t, "n must be >= 0");
  return tee_copies(t, args[0], n);
}

bool itertools_group_init(Thread *t) {
  return type_ready(t, &type_itertools_groupby, &spec_groupby, 0) && type_ready(t, &type_itertools_grouper, &spec_grouper, 0) &&
         type_ready(t, &type_itertools_tee, &spec_tee, 0) && type_ready(t, &type_itertools_tee_dataobject, &spec_tee_dataobject, 0);
}
