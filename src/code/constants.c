// Comparing and hashing constants by type and value.
#include "code/constants.h"

#include "code/code.h"
#include "objects/bytes.h"
#include "objects/complex.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

static uint64_t mix(uint64_t h, uint64_t v) {
  h = (h ^ v) * 0x9E3779B97F4A7C15u;
  return h ^ h >> 29;
}

static uint64_t double_bits(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}

static bool doubles_same(double a, double b) { return a == a && double_bits(a) == double_bits(b); }

static bool tuples_same(Thread *t, const Tuple *a, const Tuple *b) {
  if (a->length != b->length) return false;
  for (int64_t i = 0; i < a->length; i++)
    if (!const_same(t, a->items[i], b->items[i])) return false;
  return true;
}

static bool set_has_same(Thread *t, Set *s, Value v) {
  int64_t pos = 0;
  Value key;
  while (set_next(t, s, &pos, &key)) {
    bool same = const_same(t, key, v);
    v_drop(t, key);
    if (same) return true;
  }
  return false;
}

static bool sets_same(Thread *t, Set *a, Set *b) {
  if (set_length(a) != set_length(b)) return false;
  int64_t pos = 0;
  Value key;
  while (set_next(t, a, &pos, &key)) {
    bool same = set_has_same(t, b, key);
    v_drop(t, key);
    if (!same) return false;
  }
  return true;
}

// Everything but stack size, file name and qualified name agrees (what == answers).
static bool codes_same(Thread *t, const Code *a, const Code *b) {
  return a->argcount == b->argcount && a->posonlyargcount == b->posonlyargcount && a->kwonlyargcount == b->kwonlyargcount &&
         a->flags == b->flags && a->firstlineno == b->firstlineno && const_same(t, a->name, b->name) && const_same(t, a->code, b->code) &&
         const_same(t, a->consts, b->consts) && const_same(t, a->names, b->names) &&
         const_same(t, a->localsplusnames, b->localsplusnames) && const_same(t, a->linetable, b->linetable) &&
         const_same(t, a->exceptiontable, b->exceptiontable);
}

bool const_same(Thread *t, Value a, Value b) {
  if (v_is(a, b)) return true;
  if (!v_is_ptr(a) || !v_is_ptr(b) || object_shape(v_obj(a)) != object_shape(v_obj(b))) return false;
  switch (object_shape(v_obj(a))) {
    case SHAPE_INT: return int_compare(a, b) == 0;
    case SHAPE_FLOAT: return doubles_same(float_value(a), float_value(b));
    case SHAPE_COMPLEX: {
      const Complex *x = (const Complex *)v_obj(a), *y = (const Complex *)v_obj(b);
      return doubles_same(x->real, y->real) && doubles_same(x->imag, y->imag);
    }
    case SHAPE_STR: return str_equal(v_str(a), v_str(b));
    case SHAPE_BYTES: return v_bytes(a)->length == v_bytes(b)->length && !memcmp(v_bytes(a)->data, v_bytes(b)->data, (size_t)v_bytes(a)->length);
    case SHAPE_TUPLE: return tuples_same(t, v_tuple(a), v_tuple(b));
    case SHAPE_FROZENSET: return sets_same(t, v_set_obj(a), v_set_obj(b));
    case SHAPE_CODE: return codes_same(t, v_code(a), v_code(b));
    default: return false;
  }
}

uint64_t const_hash(Thread *t, Value v) {
  if (!v_is_ptr(v)) return mix(1, v.w);
  uint32_t shape = object_shape(v_obj(v));
  uint64_t h = shape;
  switch (shape) {
    case SHAPE_INT: return mix(h, (uint64_t)int_hash(v));
    case SHAPE_FLOAT: return mix(h, double_bits(float_value(v)));
    case SHAPE_COMPLEX: {
      const Complex *x = (const Complex *)v_obj(v);
      return mix(mix(h, double_bits(x->real)), double_bits(x->imag));
    }
    case SHAPE_STR: return mix(h, (uint64_t)str_hash(v_str(v)));
    case SHAPE_BYTES: return mix(h, (uint64_t)hash_bytes(v_bytes(v)->data, (size_t)v_bytes(v)->length));
    case SHAPE_TUPLE:
      for (int64_t i = 0; i < v_tuple(v)->length; i++) h = mix(h, const_hash(t, v_tuple(v)->items[i]));
      return h;
    case SHAPE_FROZENSET: {
      uint64_t sum = 0;
      int64_t pos = 0;
      Value key;
      while (set_next(t, v_set_obj(v), &pos, &key)) {
        sum += const_hash(t, key);
        v_drop(t, key);
      }
      return mix(h, sum);
    }
    case SHAPE_CODE: return mix(mix(h, (uint64_t)v_code(v)->firstlineno), const_hash(t, v_code(v)->name));
    default: return mix(h, (uint64_t)(uintptr_t)v_obj(v));
  }
}
