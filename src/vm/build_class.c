// class statements: __build_class__, from the choice of the metaclass to the check of the __class__ cell.
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"
#include "vm/vm.h"

// bases with what is not a class replaced by its __mro_entries__: owned; the same tuple when nothing changed.
static Value resolve_bases(Thread *t, Value bases) {
  Tuple *in = v_tuple(bases);
  Value out = V_NULL;
  for (int64_t i = 0; i < in->length; i++) {
    Value base = in->items[i], entries = V_NULL, replaced;
    int found = v_is_type(base) ? 0 : object_lookup_attr(t, base, N(__mro_entries__), &entries);
    if (found < 0) goto fail;
    if (found == 0) {
      if (!v_is_null(out) && list_append(t, v_list(out), base) < 0) goto fail;
      continue;
    }
    replaced = object_call1(t, entries, bases);
    v_drop(t, entries);
    if (v_is_null(replaced)) goto fail;
    if (!v_is_tuple(replaced)) {
      raise_type_error(t, "__mro_entries__ must return a tuple");
      v_drop(t, replaced);
      goto fail;
    }
    if (v_is_null(out)) out = list_from(t, in->items, (size_t)i);
    int rc = v_is_null(out) ? -1 : list_extend(t, v_list(out), replaced);
    v_drop(t, replaced);
    if (rc < 0) goto fail;
  }
  if (v_is_null(out)) return v_own(t, bases);
  Value tuple = list_to_tuple(t, v_list(out));
  v_drop(t, out);
  return tuple;
fail:
  v_drop(t, out);
  return V_NULL;
}

// The keywords of the statement as a dict without `metaclass`, which goes to *meta (owned, V_NULL if not given). False: error.
static bool take_keywords(Thread *t, const Value *values, Value kwnames, Value *kwds, Value *meta) {
  *meta = V_NULL;
  *kwds = dict_new(t);
  if (v_is_null(*kwds)) return false;
  for (int64_t i = 0; !v_is_null(kwnames) && i < v_tuple(kwnames)->length; i++) {
    if (dict_set(t, v_dict(*kwds), v_tuple(kwnames)->items[i], values[i]) < 0) return false;
  }
  return dict_pop(t, v_dict(*kwds), N(metaclass), meta) >= 0;
}

static bool choose_metaclass(Thread *t, Value bases, Value *meta) {
  Tuple *b = v_tuple(bases);
  if (v_is_null(*meta)) *meta = v_own_obj(t, b->length ? v_type(b->items[0]) : &type_type);
  if (!v_is_type(*meta)) return true;
  Type *winner = type_calculate_metaclass(t, v_as_type(*meta), bases);
  if (!winner) return false;
  v_set(t, meta, v_own_obj(t, winner));
  return true;
}

static Value call_with(Thread *t, Value f, Value a, Value b, Value c, Value kwds) {
  Value args = v_is_null(c) ? tuple_pack(t, 2, a, b) : tuple_pack(t, 3, a, b, c);
  if (v_is_null(args)) return V_NULL;
  Value r = object_call_ex(t, f, args, kwds);
  v_drop(t, args);
  return r;
}

// The namespace the body runs in, owned.
static Value prepare(Thread *t, Value meta, Value name, Value bases, Value kwds) {
  Value fn;
  int found = object_lookup_attr(t, meta, N(__prepare__), &fn);
  if (found < 0) return V_NULL;
  if (!found) return dict_new(t);
  Value ns = call_with(t, fn, name, bases, V_NULL, kwds);
  v_drop(t, fn);
  if (v_is_null(ns) || v_is_dict(ns) || (v_type(ns)->slots.getitem && !v_is_list(ns) && !v_is_tuple(ns) && !v_is_str(ns))) return ns;
  if (v_is_type(meta)) raise_type_error(t, "%N.__prepare__() must return a mapping, not %T", v_as_type(meta), ns);
  else raise_type_error(t, "<metaclass>.__prepare__() must return a mapping, not %T", ns);
  v_drop(t, ns);
  return V_NULL;
}

static bool check_class_cell(Thread *t, Value cell, Value cls, Value name) {
  if (!v_is_type(cls) || !v_is_exact(cell, SHAPE_CELL)) return true;
  Value in_cell = cell_get(t, (Cell *)v_obj(cell));
  bool ok = !v_is_null(in_cell) && v_is(in_cell, cls);
  if (v_is_null(in_cell))
    raise_error(t, &exc_RuntimeError, "__class__ not set defining %R as %R. Was __classcell__ propagated to type.__new__?", name, cls);
  else if (!ok) raise_type_error(t, "__class__ set to %R defining %R as %R", in_cell, name, cls);
  v_drop(t, in_cell);
  return ok;
}

static Value make_class(Thread *t, Value function, Value name, Value bases, Value orig_bases, Value meta, Value kwds) {
  Value ns = prepare(t, meta, name, bases, kwds);
  if (v_is_null(ns)) return V_NULL;
  Value cls = V_NULL, cell = vm_run_class_body(t, function, ns);
  if (!v_is_null(cell)) {
    bool changed = !v_is(bases, orig_bases);
    if (!changed || object_setitem(t, ns, N(__orig_bases__), orig_bases) == 0) cls = call_with(t, meta, name, bases, ns, kwds);
    if (!v_is_null(cls) && !check_class_cell(t, cell, cls, name)) v_clear(t, &cls);
  }
  v_drop(t, cell);
  v_drop(t, ns);
  return cls;
}

Value vm_build_class(Thread *t, const Value *args, size_t nargs, Value kwnames) {
  if (nargs < 2) return raise_type_error(t, "__build_class__: not enough arguments");
  if (!v_is_exact(args[0], SHAPE_FUNCTION)) return raise_type_error(t, "__build_class__: func must be a function");
  if (!v_is_str(args[1])) return raise_type_error(t, "__build_class__: name is not a string");
  Value orig_bases = tuple_from(t, args + 2, nargs - 2), bases = V_NULL, kwds = V_NULL, meta = V_NULL, cls = V_NULL;
  if (!v_is_null(orig_bases)) bases = resolve_bases(t, orig_bases);
  if (!v_is_null(bases) && take_keywords(t, args + nargs, kwnames, &kwds, &meta) && choose_metaclass(t, bases, &meta))
    cls = make_class(t, args[0], args[1], bases, orig_bases, meta, kwds);
  v_drop(t, orig_bases);
  v_drop(t, bases);
  v_drop(t, kwds);
  v_drop(t, meta);
  return cls;
}
