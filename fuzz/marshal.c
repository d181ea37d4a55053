// Fuzz target: marshal.loads of any bytes. What gives a value is written again, in a version that the first byte chooses, and read again: an equal value.
#include <math.h>
#include <string.h>

#include "code/code.h"
#include "code/marshal.h"
#include "fuzz/target.h"
#include "objects/bytes.h"
#include "objects/complex.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { MOST_COMPARED = 20000, VERSIONS = 5 };

// Values that refer to others often, or to themselves, have no end: so many parts are compared.
typedef struct Comparison {
  Thread *t;
  int parts;
  bool exact;     // floats bit by bit; else they went through texts
} Comparison;

static bool same(Comparison *c, Value a, Value b);

static bool same_double(const Comparison *c, double a, double b) {
  return c->exact || !isnan(a) ? memcmp(&a, &b, sizeof a) == 0 : isnan(b);
}

static bool same_items(Comparison *c, const Value *a, const Value *b, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (!same(c, a[i], b[i])) return false;
  return true;
}

static bool same_list(Comparison *c, List *a, List *b) {
  bool equal = list_length(a) == list_length(b);
  for (int64_t i = 0; equal && i < list_length(a); i++) {
    Value x = list_get(c->t, a, i), y = list_get(c->t, b, i);
    equal = same(c, x, y);
    v_drop(c->t, x);
    v_drop(c->t, y);
  }
  return equal;
}

static bool same_dict(Comparison *c, Dict *a, Dict *b) {
  int64_t at_a = 0, at_b = 0;
  Value key_a, key_b, value_a, value_b;
  bool equal = dict_length(a) == dict_length(b);
  while (equal && dict_next(c->t, a, &at_a, &key_a, &value_a)) {
    equal = dict_next(c->t, b, &at_b, &key_b, &value_b);
    if (equal) {
      equal = same(c, key_a, key_b) && same(c, value_a, value_b);
      v_drop(c->t, key_b);
      v_drop(c->t, value_b);
    }
    v_drop(c->t, key_a);
    v_drop(c->t, value_a);
  }
  return equal;
}

// Items that are no containers and no NaNs must be in both; of others only the number is compared.
static bool same_set(Comparison *c, Set *a, Set *b) {
  int64_t at = 0;
  Value key;
  bool equal = set_length(a) == set_length(b);
  while (equal && set_next(c->t, a, &at, &key)) {
    if (v_is_str(key) || v_is_bytes(key) || v_is_int(key)) equal = set_contains(c->t, b, key) == 1;
    v_drop(c->t, key);
  }
  return equal;
}

static bool same_code(Comparison *c, const Code *a, const Code *b) {
  const Value parts_a[] = {a->code, a->consts, a->names, a->localsplusnames, a->localspluskinds, a->filename, a->name, a->qualname, a->linetable, a->exceptiontable};
  const Value parts_b[] = {b->code, b->consts, b->names, b->localsplusnames, b->localspluskinds, b->filename, b->name, b->qualname, b->linetable, b->exceptiontable};
  return a->argcount == b->argcount && a->posonlyargcount == b->posonlyargcount && a->kwonlyargcount == b->kwonlyargcount && a->stacksize == b->stacksize &&
         a->flags == b->flags && a->firstlineno == b->firstlineno && b->unverified && same_items(c, parts_a, parts_b, sizeof parts_a / sizeof *parts_a);
}

static bool same_scalar(const Comparison *c, Value a, Value b) {
  if (v_is_float_exact(a)) return same_double(c, float_value(a), float_value(b));
  if (v_is_exact(a, SHAPE_COMPLEX)) {
    const Complex *x = (const Complex *)v_obj(a), *y = (const Complex *)v_obj(b);
    return same_double(c, x->real, y->real) && same_double(c, x->imag, y->imag);
  }
  return v_is(a, b) || object_equal(c->t, a, b) == 1;
}

static bool same(Comparison *c, Value a, Value b) {
  if (c->parts++ > MOST_COMPARED || thread_stack_low(c->t)) return true;
  if (v_type(a) != v_type(b)) return false;
  if (v_is_tuple_exact(a)) return v_tuple(a)->length == v_tuple(b)->length && same_items(c, v_tuple(a)->items, v_tuple(b)->items, (size_t)v_tuple(a)->length);
  if (v_is_list_exact(a)) return same_list(c, v_list(a), v_list(b));
  if (v_is_exact(a, SHAPE_DICT)) return same_dict(c, v_dict(a), v_dict(b));
  if (v_is_exact(a, SHAPE_SET) || v_is_exact(a, SHAPE_FROZENSET)) return same_set(c, v_set_obj(a), v_set_obj(b));
  if (v_is_exact(a, SHAPE_CODE)) return same_code(c, v_code(a), v_code(b));
  return same_scalar(c, a, b);
}

// Values that contain themselves, or the same thing again and again, have no end in the versions that know no references.
static bool is_finite(Value v, int *left) {
  if ((*left)-- <= 0) return false;
  if (v_is_tuple_exact(v)) {
    for (int64_t i = 0; i < v_tuple(v)->length; i++)
      if (!is_finite(v_tuple(v)->items[i], left)) return false;
    return true;
  }
  return v_is_smi(v) || v_is_flo(v) || v_is_int(v) || v_is_str(v) || v_is_bytes(v) || v_is_float(v) || v_is_exact(v, SHAPE_COMPLEX) || v_is_none(v) || v_is(v, V_TRUE) || v_is(v, V_FALSE) ||
         v_is(v, V_ELLIPSIS);
}

static void write_and_read(Thread *t, Value v, int version) {
  int left = MOST_COMPARED;
  if (version < 3 && !is_finite(v, &left)) return;
  Value data = marshal_write(t, v, version);
  if (v_is_null(data)) {
    fuzz_expect(t, &exc_ValueError, NULL);    // nested too deeply
    return;
  }
  Value again = marshal_loads(t, v_bytes(data)->data, (size_t)v_bytes(data)->length);
  if (v_is_null(again)) {
    if (!error_matches(t, &exc_ValueError)) fuzz_fail(t, "what version %d has written cannot be read", version);
    error_clear(t);
  } else {
    Comparison c = {.t = t, .exact = version > 1};
    if (!same(&c, v, again)) fuzz_fail(t, "version %d gives another value", version);
  }
  v_drop(t, again);
  v_drop(t, data);
}

bool target_start(Thread *t) {
  (void)t;
  return true;
}

void target_run(Thread *t, const uint8_t *data, size_t size) {
  if (size == 0) return;
  Value v = marshal_loads(t, (const char *)data + 1, size - 1);
  if (v_is_null(v)) fuzz_expect(t, &exc_EOFError, &exc_ValueError, &exc_TypeError, &exc_SystemError, NULL);
  else write_and_read(t, v, data[0] % VERSIONS);
  v_drop(t, v);
}
