// Operators: what the eval loop does not do itself, for operands other than small numbers.
#include "vm/slow_operators.h"

#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/slice_bounds.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/slow_append.h"

// A number that float arithmetic takes as it is: an exact float, or an int that a double represents exactly.
static bool plain_double(Value v, double *d) {
  const int64_t limit = (int64_t)1 << 53;
  if (v_is_flo(v)) {
    *d = v_flo(v);
    return true;
  }
  if (v_is_smi(v)) {
    *d = (double)v_smi(v);
    return v_smi(v) <= limit && v_smi(v) >= -limit;
  }
  if (!v_is_exact(v, SHAPE_FLOAT)) return false;
  *d = float_value(v);
  return true;
}

// Float arithmetic on mixed operands; false: not for it.
static bool mixed_arithmetic(Thread *t, Value x, Value y, int number, Value *r) {
  double a, b;
  if (v_are_smi(x, y) || !plain_double(x, &a) || !plain_double(y, &b)) return false;
  switch (number) {
    case OP_ADD: *r = float_new(t, a + b); return true;
    case OP_SUBTRACT: *r = float_new(t, a - b); return true;
    case OP_MULTIPLY: *r = float_new(t, a * b); return true;
    case OP_TRUE_DIVIDE:
      if (b == 0.0) return false;
      *r = float_new(t, a / b);
      return true;
    default: return false;
  }
}

bool slow_concat(Thread *t, Frame *f, const Inst *ip, Value x, Value y) {
  unsigned op = a16_load_rlx(&ip->op), x_slot = op >= X_ADD_KS ? 0xFFFF : ip->b, y_slot = op >= X_ADD_SK && op < X_ADD_KS ? 0xFFFF : ip->c;
  if (ip->a == x_slot && slow_append_in_place(t, &f->fp[ip->a], y)) {
    if (y_slot != 0xFFFF) slot_drop(t, f, y_slot);
    return true;
  }
  Value r = str_concat(t, x, y);
  if (unlikely(v_is_null(r))) return false;
  slot_finish2(t, f, ip->a, x_slot, y_slot, r);
  return true;
}

int slow_binary(Thread *t, Frame *f, const Inst *ip) {
  BinaryOperands o = operands_of_binary(f, ip);
  Value r;
  if (dunder_possible(o.x) || dunder_possible(o.y)) {
    DunderResult d = dunder_possible(o.x) ? dunder_binary(t, o.x, o.y, o.number) : dunder_reflected(t, o.x, o.y, o.number);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  if (!mixed_arithmetic(t, o.x, o.y, o.number % OP_INPLACE, &r)) r = number_binary(t, o.x, o.y, o.number);
  if (v_is_null(r)) return false;
  slot_finish2(t, f, ip->a, o.x_slot, o.y_slot, r);
  return true;
}

int slow_unary(Thread *t, Frame *f, const Inst *ip) {
  Value x = ref_value(f->fp[ip->b]), r;
  unsigned op = a16_load_rlx(&ip->op);
  if (dunder_possible(x)) {
    DunderResult d = op == X_NOT ? dunder_truth(t, x) : dunder_unary(t, x, op);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  switch (op) {
    case X_NEGATIVE: r = number_negative(t, x); break;
    case X_POSITIVE: r = number_positive(t, x); break;
    case X_INVERT: r = number_invert(t, x); break;
    default: {
      int truth = object_is_true(t, x);
      r = truth < 0 ? V_NULL : v_from_bool(!truth);
    }
  }
  if (v_is_null(r)) return false;
  slot_finish2(t, f, ip->a, ip->b, 0xFFFF, r);
  return true;
}

static Value compare(Thread *t, Value x, Value y, int cmp) {
  if ((cmp == CMP_EQ || cmp == CMP_NE) && v_is_str_exact(x) && v_is_str_exact(y))
    return v_from_bool((v_is(x, y) || str_equal(v_str(x), v_str(y))) == (cmp == CMP_EQ));
  return object_compare(t, x, y, cmp);
}

int slow_compare(Thread *t, Frame *f, const Inst *ip) {
  unsigned op = (unsigned)(a16_load_rlx(&ip->op) - X_LT_SS), c = op < 6 ? ip->c : 0xFFFF;
  Value x = ref_value(f->fp[ip->b]), y = op < 6 ? ref_value(f->fp[ip->c]) : VALUE(ip[(int16_t)ip->c].word);
  if (dunder_possible(x)) {
    DunderResult d = dunder_compare(t, x, y, (int)(op % 6));
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  Value r = compare(t, x, y, (int)(op % 6));
  if (v_is_null(r)) return false;
  slot_finish2(t, f, ip->a, ip->b, c, r);
  return true;
}

int slow_compare_jump(Thread *t, Frame *f, const Inst *ip) {
  unsigned op = (unsigned)(a16_load_rlx(&ip->op) - X_JT_LT_SS), form = op / 12;   // 0 slots, 1 constant, 2 immediate
  Value x = ref_value(f->fp[ip->a]);
  Value y = form == 0 ? ref_value(f->fp[ip->b]) : form == 1 ? VALUE(ip[(int16_t)ip->b].word) : v_from_smi((int16_t)ip->b);
  if (dunder_possible(x)) {
    DunderResult d = dunder_compare(t, x, y, (int)(op % 6));
    if (d != DUNDER_NONE) return pushed_or(d, -1);
  }
  Value r = compare(t, x, y, (int)(op % 6));
  if (v_is_null(r)) return -1;
  slot_drop(t, f, ip->a);
  if (form == 0) slot_drop(t, f, ip->b);
  if (v_is(r, V_TRUE)) return 1;
  if (v_is(r, V_FALSE)) return 0;
  int truth = object_is_true(t, r);
  v_drop(t, r);
  return truth;
}

int slow_truth_kept(Thread *t, Value v) {
  if (dunder_possible(v)) {
    DunderResult d = dunder_truth(t, v);
    if (d != DUNDER_NONE) return pushed_or(d, -1);
  }
  return object_is_true(t, v);
}

int slow_truth(Thread *t, Frame *f, unsigned slot) {
  int truth = slow_truth_kept(t, ref_value(f->fp[slot]));
  if (truth == 0 || truth == 1) slot_drop(t, f, slot);
  return truth;
}

int slow_contains(Thread *t, Frame *f, const Inst *ip) {
  Value container = ref_value(f->fp[ip->c]), item = ref_value(f->fp[ip->b]);
  if (dunder_possible(container)) {
    DunderResult d = dunder_contains(t, container, item);
    if (d != DUNDER_NONE) return pushed_or(d, -1);
  }
  int in = object_contains(t, container, item);
  if (in < 0) return -1;
  slot_drop(t, f, ip->b);
  slot_drop(t, f, ip->c);
  return in;
}

int slow_subscript(Thread *t, Frame *f, const Inst *ip, Value key, unsigned key_slot) {
  Value container = ref_value(f->fp[ip->b]);
  if (dunder_possible(container)) {
    DunderResult d = dunder_subscript(t, f, ip, container, key, key_slot);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  Value v = object_getitem(t, container, key);
  if (v_is_null(v)) return false;
  slot_finish2(t, f, ip->a, ip->b, key_slot, v);
  return true;
}

static bool slice_bound_plain(Value v, int64_t none, int64_t *out) {
  *out = v_is_smi(v) ? v_smi(v) : none;
  return v_is_smi(v) || v_is_none(v);
}

Value slow_slice(Thread *t, Value container, Value start, Value stop) {
  int64_t i, j;
  if (!v_is_ptr(container) || !slice_bound_plain(start, 0, &i) || !slice_bound_plain(stop, INT64_MAX, &j)) return V_ABSENT;
  switch (object_shape(v_obj(container))) {
    // Bounds from the end have to be worked out under the list's lock.
    case SHAPE_LIST: return (i | j) < 0 ? list_slice_stepped(t, v_list(container), i, j, 1) : list_slice(t, v_list(container), i, j);
    case SHAPE_STR: return slice_adjust(str_length(v_str(container)), &i, &j, 1) ? str_slice(t, container, i, j) : str_empty;
    case SHAPE_TUPLE: return slice_adjust(v_tuple(container)->length, &i, &j, 1) ? tuple_slice(t, container, i, j) : tuple_empty;
    default: return V_ABSENT;
  }
}

int slow_store_subscript(Thread *t, Frame *f, const Inst *ip) {
  Value container = ref_value(f->fp[ip->a]), key = ref_value(f->fp[ip->b]), value = ref_value(f->fp[ip->c]);
  if (dunder_possible(container)) {
    DunderResult d = dunder_store_subscript(t, container, key, value);
    if (d != DUNDER_NONE) return pushed_or(d, 0);
  }
  bool done = false;
  if (v_is_list_exact(container) && v_is_smi(key)) {
    done = list_set(t, v_list(container), v_smi(key), value) == 0;
  }
  if (!done && object_setitem(t, container, key, value) < 0) return false;
  slot_drop(t, f, ip->c);
  slot_drop(t, f, ip->a);
  slot_drop(t, f, ip->b);
  return true;
}
