// The iterators over a dict's keys, values and items, in both directions.
#include "objects/dict_iter.h"

#include "objects/containers.h"
#include "objects/dict_table.h"
#include "objects/error.h"
#include "objects/iterated.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"

Type type_dict_keyiterator, type_dict_valueiterator, type_dict_itemiterator;
Type type_dict_reversekeyiterator, type_dict_reversevalueiterator, type_dict_reverseitemiterator;

static inline DictIterator *iter_of(Value v) { return (DictIterator *)v_obj(v); }

static bool shape_is_reverse(uint32_t shape) { return shape >= SHAPE_DICT_REVERSEKEYITERATOR && shape <= SHAPE_DICT_REVERSEITEMITERATOR; }

Value dict_iterator_new(Thread *t, uint32_t shape, Value dict) {
  DictIterator *it = (DictIterator *)heap_new_object(t, shape, sizeof(DictIterator));
  if (!it) return raise_no_memory(t);
  Dict *d = v_dict(dict);
  object_share(t, &d->ob);
  it->dict = v_own(t, dict);
  it->reverse = shape_is_reverse(shape);
  uint64_t used = (uint64_t)dict_length(d);
  a64_store_rlx(&it->used, used);
  a64_store_rlx(&it->left, used);
  if (it->reverse) a64_store_rlx(&it->position, (uint64_t)dict_table_count((DictTable *)aptr_load_acq(&d->table)));
  return v_from_obj(it);
}

Value dict_iter(Thread *t, Value dict) { return dict_iterator_new(t, SHAPE_DICT_KEYITERATOR, dict); }

static void finish(Thread *t, DictIterator *it) {
  a64_store_rlx(&it->position, DICT_ITER_DONE);
  iterated_release(t, &it->ob, &it->dict);
}

// Walks down to the next live entry below *position.
static bool walk_back(Thread *t, Dict *d, int64_t *position, Value *key, Value *value) {
  int64_t ix = *position;
  while (ix-- > 0) {
    int64_t next = ix;
    Value k, v;
    // A forward step from ix gives this entry, or a later one if it is dead.
    if (!dict_walk(t, d, &next, &k, &v, NULL)) continue;
    if (next == ix + 1) {
      *position = ix;
      if (key) *key = k;
      else v_drop(t, k);
      if (value) *value = v;
      else v_drop(t, v);
      return true;
    }
    v_drop(t, k);
    v_drop(t, v);
  }
  return false;
}

// A step forward where nothing moves meanwhile: 1; 0 no more entries; -1 something did: the general way has to look.
static inline int walk_undisturbed(Thread *t, Dict *d, DictTable *table, int64_t *position, Value *key, Value *value) {
  int64_t count = dict_table_count(table);
  for (int64_t ix = *position; ix < count; ix++) {
    const Value *slot = dict_table_value(table, ix);
    Value v = value ? v_load_ref(t, &d->table, table, slot) : v_load_acq(slot);
    if (unlikely(v_is_absent(v))) continue;
    if (unlikely(v_is_null(v))) return -1;
    if (key) {
      Value k = v_load_ref(t, &d->table, table, dict_table_key(table, ix));
      if (unlikely(v_is_null(k) || v_is_absent(k))) {
        if (value) v_drop(t, v);
        return -1;
      }
      *key = k;
    }
    if (value) *value = v;
    *position = ix + 1;
    return 1;
  }
  return 0;
}

// A step that may have to wait for the dict's lock: 1 or 0.
static int walk_held(Thread *t, DictIterator *it, int64_t *position, Value *key, Value *value) {
  Value dict = iterated_own(t, &it->dict);
  if (v_is_null(dict)) return 0;
  bool found = it->reverse ? walk_back(t, v_dict(dict), position, key, value) : dict_walk(t, v_dict(dict), position, key, value, NULL);
  v_drop(t, dict);
  return found;
}

// A thread that does not own the dict says that it uses it.
static void share(Thread *t, DictIterator *it) {
  Value dict = iterated_own(t, &it->dict);
  if (!v_is_null(dict)) object_share(t, v_obj(dict));
  v_drop(t, dict);
}

int dict_iterator_step(Thread *t, DictIterator *it, Value *key, Value *value) {
  int64_t position = (int64_t)a64_load_rlx(&it->position);
  if (unlikely((uint64_t)position == DICT_ITER_DONE)) return 0;
  Value dict = iterated(&it->dict);
  if (unlikely(v_is_null(dict))) return 0;
  if (unlikely(!object_is_shared_for(t, v_obj(dict)))) {
    share(t, it);
    return dict_iterator_step(t, it, key, value);
  }
  Dict *d = v_dict(dict);
  DictTable *table = (DictTable *)aptr_load_acq(&d->table);
  if (unlikely(a64_load_rlx(&it->used) != (uint64_t)dict_table_used(table))) {
    raise_error(t, &exc_RuntimeError, "dictionary changed size during iteration");
    a64_store_rlx(&it->used, (uint64_t)-1);  // and it stays so
    return -1;
  }
  int found = it->reverse ? -1 : walk_undisturbed(t, d, table, &position, key, value);
  if (unlikely(found < 0)) found = walk_held(t, it, &position, key, value);
  if (unlikely(!found)) {
    finish(t, it);
    return 0;
  }
  uint64_t left = a64_load_rlx(&it->left);
  if (unlikely(left == 0)) {
    if (key) v_drop(t, *key);
    if (value) v_drop(t, *value);
    if (!it->reverse) raise_error(t, &exc_RuntimeError, "dictionary keys changed during iteration");
    finish(t, it);
    return it->reverse ? 0 : -1;
  }
  a64_store_rlx(&it->position, (uint64_t)position);
  a64_store_rlx(&it->left, left - 1);
  return 1;
}

static Value next_key(Thread *t, Value self) {
  Value v;
  return dict_iterator_step(t, iter_of(self), &v, NULL) > 0 ? v : V_NULL;
}

static Value next_value(Thread *t, Value self) {
  Value v;
  return dict_iterator_step(t, iter_of(self), NULL, &v) > 0 ? v : V_NULL;
}

static Value next_item(Thread *t, Value self) {
  Value pair[2];
  return dict_iterator_step(t, iter_of(self), &pair[0], &pair[1]) > 0 ? tuple_from_stolen(t, pair, 2) : V_NULL;
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------

static Value iter_length_hint(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)t, (void)args, (void)nargs, (void)kwnames;
  DictIterator *it = iter_of(self);
  Value dict = iterated(&it->dict);
  if (v_is_null(dict) || a64_load_rlx(&it->used) != (uint64_t)dict_length(v_dict(dict))) return v_from_smi(0);
  return v_from_smi((int64_t)a64_load_rlx(&it->left));
}

// iter of a list of what is left; the iterator itself does not move.
static Value iter_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  DictIterator *it = iter_of(self);
  Value maker = object_builtin(t, N(iter));
  if (v_is_null(maker)) return V_NULL;
  Value dict = iterated_own(t, &it->dict);
  if (v_is_null(dict)) return container_iterator_reduced(t, maker, V_NONE);
  Value copy = dict_iterator_new(t, object_shape(&it->ob), dict);
  v_drop(t, dict);
  if (!v_is_null(copy)) {
    a64_store_rlx(&iter_of(copy)->used, a64_load_rlx(&it->used));
    a64_store_rlx(&iter_of(copy)->position, a64_load_rlx(&it->position));
    a64_store_rlx(&iter_of(copy)->left, a64_load_rlx(&it->left));
  }
  return container_iterator_reduced(t, maker, copy);
}

static const NativeDef iter_methods[] = {
    {"__length_hint__($self, /)", iter_length_hint, "A guess at how many items are to come.", NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", iter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};

// --- The types ----------------------------------------------------------------------------------------------------------------------

static void iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((DictIterator *)o)->dict);
  heap_free_object(t, o);
}

static void iter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((DictIterator *)o)->dict, visit, arg); }

// dict_reversekeyiterator and its siblings can be called in CPython; dict_keyiterator can't. Both ways no constructor is needed.
#define ITERATOR_SPEC(NAME, NEXT)                                                                              \
  static const TypeSpec spec_##NAME = {                                                                        \
      .name = #NAME,                                                                                           \
      .size = sizeof(DictIterator),                                                                            \
      .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,                                                           \
      .slots = {.iter = container_self, .iternext = NEXT, .dealloc = iter_dealloc, .traverse = iter_traverse}, \
      .methods = iter_methods,                                                                                 \
  };
ITERATOR_SPEC(dict_keyiterator, next_key)
ITERATOR_SPEC(dict_valueiterator, next_value)
ITERATOR_SPEC(dict_itemiterator, next_item)
ITERATOR_SPEC(dict_reversekeyiterator, next_key)
ITERATOR_SPEC(dict_reversevalueiterator, next_value)
ITERATOR_SPEC(dict_reverseitemiterator, next_item)

bool dict_iter_init(Thread *t) {
  return type_ready(t, &type_dict_keyiterator, &spec_dict_keyiterator, SHAPE_DICT_KEYITERATOR) &&
         type_ready(t, &type_dict_valueiterator, &spec_dict_valueiterator, SHAPE_DICT_VALUEITERATOR) &&
         type_ready(t, &type_dict_itemiterator, &spec_dict_itemiterator, SHAPE_DICT_ITEMITERATOR) &&
         type_ready(t, &type_dict_reversekeyiterator, &spec_dict_reversekeyiterator, SHAPE_DICT_REVERSEKEYITERATOR) &&
         type_ready(t, &type_dict_reversevalueiterator, &spec_dict_reversevalueiterator, SHAPE_DICT_REVERSEVALUEITERATOR) &&
         type_ready(t, &type_dict_reverseitemiterator, &spec_dict_reverseitemiterator, SHAPE_DICT_REVERSEITEMITERATOR);
}
