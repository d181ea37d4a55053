// Taking apart what is assigned to several targets.
#include "vm/slow_unpack.h"

#include "objects/error.h"
#include "objects/list.h"
#include "objects/tuple_inline.h"

static bool unpack_too_many(Thread *t, int64_t n) {
  raise_value_error(t, "too many values to unpack (expected %lld)", (long long)n);
  return false;
}

static bool unpack_too_few(Thread *t, int64_t n, int64_t got, bool at_least) {
  raise_value_error(t, "not enough values to unpack (expected %s%lld, got %lld)", at_least ? "at least " : "", (long long)n, (long long)got);
  return false;
}

static Value unpack_iterator(Thread *t, Value v) {
  Value it = object_iter(t, v);
  const Type *type = v_type(v);
  bool is_sequence = type->slots.seq_item || (type->flags & TYPE_HEAP && type->slots.getitem);
  if (v_is_null(it) && error_matches(t, &exc_TypeError) && !type->slots.iter && !is_sequence) {
    error_clear(t);
    raise_type_error(t, "cannot unpack non-iterable %T object", v);
  }
  return it;
}

// The first n items of an iterator into out, the first at out[total - 1] and so on downwards.
static bool unpack_items(Thread *t, Value it, int64_t n, Ref *out, int64_t total, int64_t expected, bool at_least) {
  for (int64_t i = 0; i < n; i++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (!error_pending(t)) unpack_too_few(t, expected, i, at_least);
      refs_clear(t, out + total - i, i);
      return false;
    }
    out[total - 1 - i] = ref_from(item);
  }
  return true;
}

bool slow_unpack(Thread *t, Value v, int64_t n, Ref *out) {
  for (int64_t i = 0; i < n; i++) out[i] = REF_UNBOUND;
  if (v_is_tuple_exact(v)) {
    Tuple *u = v_tuple(v);
    if (u->length != n) return u->length > n ? unpack_too_many(t, n) : unpack_too_few(t, n, u->length, false);
    for (int64_t i = 0; i < n; i++) out[n - 1 - i] = ref_from(v_keep(t, u->items[i]));
    return true;
  }
  if (v_is_list_exact(v)) {
    List *l = v_list(v);
    int64_t length = list_length(l);
    if (length != n) return length > n ? unpack_too_many(t, n) : unpack_too_few(t, n, length, false);
    int64_t i = 0;
    for (; i < n; i++) {
      Value item = list_get(t, l, i);
      if (v_is_null(item)) break;
      out[n - 1 - i] = ref_from(item);
    }
    if (i == n) return true;
    refs_clear(t, out + n - i, i);
    return unpack_too_few(t, n, i, false);
  }
  Value it = unpack_iterator(t, v);
  if (v_is_null(it)) return false;
  bool ok = unpack_items(t, it, n, out, n, n, false);
  if (ok) {
    Value more = object_iternext(t, it);
    if (!v_is_null(more) || error_pending(t)) {
      ok = false;
      if (!v_is_null(more)) unpack_too_many(t, n);
      v_drop(t, more);
      refs_clear(t, out, n);
    }
  }
  v_drop(t, it);
  return ok;
}

// The n items of v (borrowed) into out, as v_keep returns them, without a safepoint. False: v is no such thing or has not n items, or another
// thread changes it just now; then nothing is in out.
static inline bool items_keep(Thread *t, Value v, unsigned n, Value *out) {
  if (v_is_exact(v, SHAPE_TUPLE)) {
    if (unlikely(v_tuple(v)->length != n)) return false;
    for (unsigned i = 0; i < n; i++) out[i] = v_keep(t, v_tuple(v)->items[i]);
    return true;
  }
  if (!v_is_exact(v, SHAPE_LIST)) return false;
  List *l = v_list(v);
  object_share(t, &l->ob);
  if (unlikely(a64_load_acq(&l->length) != n)) return false;   // pairs with the release store in list_append_inline
  unsigned taken = 0;
  while (taken < n && likely(!v_is_null(out[taken] = list_try_keep(t, l, taken)))) taken++;
  if (likely(taken == n)) return true;
  while (taken) v_drop(t, out[--taken]);
  return false;
}

bool slow_unpack_few(Thread *t, Frame *f, unsigned slot, unsigned n, Value *items, Ref *sequence) {
  Value v = ref_value(f->fp[slot]);
  *sequence = REF_UNBOUND;
  if (v_is_exact(v, SHAPE_TUPLE) && v_tuple(v)->length == n && slot_is_alone(t, f, slot)) {   // its items move
    f->fp[slot] = REF_UNBOUND;
    for (unsigned i = 0; i < n; i++) items[i] = v_tuple(v)->items[i];
    tuple_free_emptied(t, v_tuple(v));
    return true;
  }
  if (likely(items_keep(t, v, n, items))) {
    *sequence = slot_take(f, slot);
    return true;
  }
  Ref taken[UNPACK_FEW];
  v = slot_value(t, f, slot);
  bool ok = slow_unpack(t, v, n, taken);
  v_drop(t, v);
  for (unsigned i = 0; ok && i < n; i++) items[i] = ref_value(taken[n - 1 - i]);
  return ok;
}

bool slow_unpack_ex(Thread *t, Value v, int64_t before, int64_t after, Ref *out) {
  int64_t total = before + 1 + after;
  for (int64_t i = 0; i < total; i++) out[i] = REF_UNBOUND;
  Value it = unpack_iterator(t, v);
  if (v_is_null(it)) return false;
  bool ok = unpack_items(t, it, before, out, total, before + after, true);
  if (!ok) {
    v_drop(t, it);
    return false;
  }
  Value rest = object_to_list(t, it);
  v_drop(t, it);
  if (!v_is_null(rest)) {
    int64_t n = list_length(v_list(rest));
    if (n >= after) {
      for (int64_t i = 0; i < after; i++) out[after - 1 - i] = ref_from(list_pop(t, v_list(rest), n - after));
      out[after] = ref_from(rest);
      return true;
    }
    unpack_too_few(t, before + after, before + n, true);
    v_drop(t, rest);
  }
  refs_clear(t, out + total - before, before);
  return false;
}
