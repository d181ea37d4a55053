// Building dicts, sets, strs and functions from operands.
#include "vm/slow_build.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/call.h"

Value slow_build_map(Thread *t, Ref *items, int64_t n) {
  Value d = dict_new_sized(t, n);
  if (v_is_null(d)) return d;
  for (int64_t i = 0; i < n; i++) {
    if (dict_set(t, v_dict(d), ref_value(items[2 * i]), ref_value(items[2 * i + 1])) < 0) {
      v_drop(t, d);
      return V_NULL;
    }
  }
  refs_clear(t, items, 2 * n);
  return d;
}

// Few interned strs, no two of them the same: a dict of them needs no look-ups while it is made. A constant tuple that was found to be so says
// so in its header from then on.
static bool are_distinct_names(Tuple *keys) {
  enum { FEW = 8, DISTINCT_NAMES = 1 };
  if (likely(a32_load_rlx(&keys->ob.aux) == DISTINCT_NAMES)) return true;
  if (keys->length > FEW) return false;
  for (int64_t i = 0; i < keys->length; i++) {
    if (!v_is_str_exact(keys->items[i]) || !str_is_interned(v_str(keys->items[i]))) return false;
    for (int64_t k = 0; k < i; k++)
      if (v_is(keys->items[i], keys->items[k])) return false;
  }
  a32_store_rlx(&keys->ob.aux, DISTINCT_NAMES);
  return true;
}

Value slow_build_const_key_map(Thread *t, Ref *items, int64_t n) {
  if (n && are_distinct_names(v_tuple(ref_value(items[n])))) {
    for (int64_t i = 0; i < n; i++)
      if (!ref_is_owned(items[i])) items[i] = ref_from(v_own(t, ref_value(items[i])));
    Value named = dict_new_named(t, v_tuple(ref_value(items[n]))->items, (const Value *)items, n);
    for (int64_t i = 0; i < n; i++) items[i] = REF_UNBOUND;
    ref_clear(t, &items[n]);
    return named;
  }
  Value d = dict_new_sized(t, n);
  if (v_is_null(d)) return d;
  Tuple *keys = v_tuple(ref_value(items[n]));
  for (int64_t i = 0; i < n; i++) {
    if (dict_set(t, v_dict(d), keys->items[i], ref_value(items[i])) < 0) {
      v_drop(t, d);
      return V_NULL;
    }
  }
  refs_clear(t, items, n + 1);
  return d;
}

Value slow_build_set(Thread *t, Ref *items, int64_t n) {
  Value s = set_new(t, V_NULL);
  if (v_is_null(s)) return s;
  for (int64_t i = 0; i < n; i++) {
    if (set_add(t, v_set_obj(s), ref_value(items[i])) < 0) {
      v_drop(t, s);
      return V_NULL;
    }
  }
  refs_clear(t, items, n);
  return s;
}

Value slow_build_string(Thread *t, Ref *items, int64_t n) {
  Value v = str_join_array(t, V_NULL, (const Value *)items, (size_t)n);
  if (!v_is_null(v)) refs_clear(t, items, n);
  return v;
}

Value slow_format(Thread *t, Value v, Value spec, int conversion) {
  Value text = conversion == 1 ? object_str(t, v) : conversion == 2 ? object_repr(t, v) : conversion == 3 ? object_ascii(t, v) : v_own(t, v);
  if (v_is_null(text) || (v_is_str_exact(text) && v_is_null(spec))) return text;
  Value r = object_format(t, text, spec);
  v_drop(t, text);
  return r;
}

Value slow_make_function(Thread *t, Frame *f, Ref *operands, unsigned flags) {
  unsigned n = 0;
  Ref *defaults = flags & 1 ? &operands[n++] : NULL, *kwdefaults = flags & 2 ? &operands[n++] : NULL;
  Ref *annotations = flags & 4 ? &operands[n++] : NULL, *closure = flags & 8 ? &operands[n++] : NULL;
  Value v = function_new(t, ref_value(operands[n]), frame_globals(f));
  if (v_is_null(v)) return v;
  Function *fn = v_function(v);
  if (closure) fn->closure = ref_take(t, closure);
  if (annotations) fn->annotations = ref_take(t, annotations);
  if (kwdefaults) fn->kwdefaults = ref_take(t, kwdefaults);
  if (defaults) fn->defaults = ref_take(t, defaults);
  ref_clear(t, &operands[n]);
  return v;
}

bool slow_list_extend(Thread *t, Value list, Value iterable) {
  if (list_extend(t, v_list(list), iterable) == 0) return true;
  Type *type = v_type(iterable);
  if (error_matches(t, &exc_TypeError) && !type->slots.iter && !type->slots.seq_item && !(type->flags & TYPE_HEAP && type->slots.getitem)) {
    error_clear(t);
    raise_type_error(t, "Value after * must be an iterable, not %T", iterable);
  }
  return false;
}

bool slow_dict_update(Thread *t, Value dict, Value other) {
  if (dict_merge(t, v_dict(dict), other, 1) == 0) return true;
  if (error_matches(t, &exc_AttributeError)) {
    error_clear(t);
    raise_type_error(t, "'%T' object is not a mapping", other);
  }
  return false;
}

bool slow_dict_merge(Thread *t, Value dict, Value other, Value function) {
  if (dict_merge(t, v_dict(dict), other, 2) == 0) return true;
  call_explain_kwargs(t, function, other);
  return false;
}
