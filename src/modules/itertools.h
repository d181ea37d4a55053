// What the files of the itertools module share.
//
// Every iterator's struct begins with its owned Values, so that one pair of functions frees and walks them all. Fields that change are read
// and replaced under the object's lock (locked_field, locked_field_set); user code is called with owned copies, never inside it.
#ifndef WEFT_MODULES_ITERTOOLS_H
#define WEFT_MODULES_ITERTOOLS_H

#include "objects/containers.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/locked_field.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define NEW(name) static Value name(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)args, (void)nargs, (void)kwnames

#define REDUCE_DEF(fn) {"__reduce__($self, /)", fn, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE}
#define SETSTATE_DEF(fn) {"__setstate__($self, state, /)", fn, "Puts back the state that __reduce__ gave.", NATIVE_NO_SIGNATURE}

static inline Value *itertools_fields(Object *o) { return (Value *)(void *)((char *)o + sizeof(Object)); }

// dealloc and traverse of a struct whose first n members after the header are owned Values (NULL allowed).
#define ITERTOOLS_MEMORY(NAME, n)                                                         \
  static void NAME##_dealloc(Thread *t, Object *o) {                                      \
    for (int i = 0; i < (n); i++) v_drop(t, itertools_fields(o)[i]);                      \
    heap_free_object(t, o);                                                               \
  }                                                                                       \
  static void NAME##_traverse(Object *o, GcVisit visit, void *arg) {                      \
    for (int i = 0; i < (n); i++) gc_visit_value(itertools_fields(o)[i], visit, arg);     \
  }

// The slots that all of them have.
#define ITERTOOLS_SLOTS(NAME) \
  .iter = container_self, .iternext = NAME##_next, .new = NAME##_new, .dealloc = NAME##_dealloc, .traverse = NAME##_traverse

// A subclass with an __init__ of its own may take keywords that the constructor does not know.
static inline bool itertools_is_strict(Type *type, Type *base) { return type == base || type->slots.init == base->slots.init; }
// Refuses keywords, then counts positionals. 0, -1.
static inline int itertools_positional(Thread *t, Type *type, Type *base, const char *name, size_t nargs, Value kwnames, size_t min, size_t max) {
  if (itertools_is_strict(type, base) && native_no_keywords(t, name, kwnames) < 0) return -1;
  return native_check_positional(t, name, nargs, min, max);
}

// (type(self), call, state), all stolen; state V_NULL: without. V_NULL arguments other than a meant state are errors passed on.
Value itertools_reduced(Thread *t, Value self, Value call, Value state, bool with_state);
// A state that must be a tuple of n items: 0, or -1 with TypeError.
int itertools_check_state(Thread *t, Value state, int64_t min, int64_t max);

extern Type type_itertools_accumulate, type_itertools_chain, type_itertools_combinations, type_itertools_combinations_with_replacement,
    type_itertools_compress, type_itertools_count, type_itertools_cycle, type_itertools_dropwhile, type_itertools_filterfalse,
    type_itertools_groupby, type_itertools_grouper, type_itertools_islice, type_itertools_pairwise, type_itertools_permutations,
    type_itertools_product, type_itertools_repeat, type_itertools_starmap, type_itertools_takewhile, type_itertools_tee,
    type_itertools_tee_dataobject, type_itertools_zip_longest;

bool itertools_endless_init(Thread *t);   // count, cycle, repeat
bool itertools_select_init(Thread *t);    // chain, compress, dropwhile, filterfalse, islice, takewhile
bool itertools_compute_init(Thread *t);   // accumulate, pairwise, starmap, zip_longest
bool itertools_combine_init(Thread *t);   // product, permutations, combinations, combinations_with_replacement
bool itertools_group_init(Thread *t);     // groupby, _grouper, tee's types
Value itertools_tee(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames);  // the function tee (raw)

#endif
