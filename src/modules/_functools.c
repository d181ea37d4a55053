// The module _functools: partial, reduce and cmp_to_key; the wrapper of lru_cache is in functools_lru.c.
#include "modules/_functools.h"

#include "objects/module.h"
#include "objects/tuple_type.h"

Type type_partial, type_key_wrapper;

// --- partial --------------------------------------------------------------------------------------------------------------------------------

typedef struct Partial {
  Object ob;
  uint64_t ext;                       // __dict__
  Value function, args, keywords;     // tuple; dict. Replaced by __setstate__, under the lock
} Partial;

static inline Partial *partial_of(Value v) { return (Partial *)v_obj(v); }

// Owned copies of the three fields as they are at one moment.
static void partial_fields(Thread *t, Partial *p, Value out[3]) {
  CRITICAL_BEGIN(t, p);
  out[0] = v_own(t, p->function);
  out[1] = v_own(t, p->args);
  out[2] = v_own(t, p->keywords);
  CRITICAL_END(t);
}

static void drop_three(Thread *t, Value fields[3]) {
  for (int i = 0; i < 3; i++) v_drop(t, fields[i]);
}

static Value keywords_dict(Thread *t, const Value *values, Value kwnames, Value base) {
  Value d = v_is_null(base) ? dict_new(t) : dict_copy(t, v_dict(base));
  int64_t n = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  for (int64_t i = 0; !v_is_null(d) && i < n; i++) {
    if (dict_set(t, v_dict(d), v_tuple(kwnames)->items[i], values[i]) < 0) {
      v_drop(t, d);
      return V_NULL;
    }
  }
  return d;
}

METHOD(partial_call);

// A partial of a partial that has no attributes of its own takes over what is in it.
static bool may_be_flattened(Value f) {
  return v_is_ptr(f) && v_type(f)->slots.call == partial_call && a64_load_rlx((a64 *)(void *)&partial_of(f)->ext) == 0;
}

static Value partial_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (nargs == 0) return raise_type_error(t, "type 'partial' takes at least one argument");
  if (!object_is_callable(args[0])) return raise_type_error(t, "the first argument must be callable");
  Value inner[3] = {V_NULL, V_NULL, V_NULL}, given = tuple_from(t, args + 1, nargs - 1), all = V_NULL, keywords = V_NULL, v = V_NULL;
  bool flat = may_be_flattened(args[0]);
  if (flat) partial_fields(t, partial_of(args[0]), inner);
  if (!v_is_null(given)) all = flat ? tuple_concat(t, inner[1], given) : v_own(t, given);
  if (!v_is_null(all)) keywords = keywords_dict(t, args + nargs, kwnames, inner[2]);
  if (!v_is_null(keywords)) v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v)) {
    Partial *p = partial_of(v);
    p->function = flat ? v_own(t, inner[0]) : v_own(t, args[0]);
    p->args = all;
    p->keywords = keywords;
  } else {
    v_drop(t, all);
    v_drop(t, keywords);
  }
  v_drop(t, given);
  drop_three(t, inner);
  return v;
}

enum { PARTIAL_ROW = 16 };

// Calls with positionals alone, from an array on the stack if there are few.
static Value call_with_positionals(Thread *t, const Value fields[3], const Value *args, size_t nargs, Value kwnames) {
  Tuple *first = v_tuple(fields[1]);
  size_t n = (size_t)first->length, nkeywords = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length, all = n + nargs + nkeywords;
  Value few[PARTIAL_ROW], *row = few;
  if (all > PARTIAL_ROW && !(row = heap_alloc(t, all * sizeof(Value)))) return raise_no_memory(t);
  if (n) memcpy(row, first->items, n * sizeof(Value));
  if (nargs + nkeywords) memcpy(row + n, args, (nargs + nkeywords) * sizeof(Value));
  Value v = object_call(t, fields[0], row, n + nargs, kwnames);
  if (row != few) heap_free(t, row);
  return v;
}

METHOD(partial_call) {
  Value fields[3], result = V_NULL;
  partial_fields(t, partial_of(self), fields);
  if (dict_length(v_dict(fields[2])) == 0) {
    result = call_with_positionals(t, fields, args, nargs, kwnames);
  } else {
    Value keywords = keywords_dict(t, args + nargs, kwnames, fields[2]), given = v_is_null(keywords) ? V_NULL : tuple_from(t, args, nargs);
    Value all = v_is_null(given) ? V_NULL : tuple_concat(t, fields[1], given);
    if (!v_is_null(all)) result = object_call_ex(t, fields[0], all, keywords);
    v_drop(t, all);
    v_drop(t, given);
    v_drop(t, keywords);
  }
  drop_three(t, fields);
  return result;
}

static bool repr_pair(Thread *t, StrBuilder *b, Value key, Value value) {
  strb_ascii(b, ", ", 2);
  if (!v_is_null(key)) {
    Value name = object_str(t, key);
    bool ok = !v_is_null(name) && strb_str(b, name) && strb_char(b, '=');
    v_drop(t, name);
    if (!ok) return false;
  }
  Value text = object_repr(t, value);
  bool ok = !v_is_null(text) && strb_str(b, text);
  v_drop(t, text);
  return ok;
}

static bool repr_fields(Thread *t, StrBuilder *b, Value self, const Value fields[3]) {
  Value function = object_repr(t, fields[0]);
  const Type *type = v_type(self);
  bool ok = !v_is_null(function) && strb_str(b, type->spec ? type->name : type->qualname) && strb_char(b, '(') && strb_str(b, function);
  v_drop(t, function);
  for (int64_t i = 0; ok && i < v_tuple(fields[1])->length; i++) ok = repr_pair(t, b, V_NULL, v_tuple(fields[1])->items[i]);
  Value key, value;
  for (int64_t pos = 0; ok && dict_next(t, v_dict(fields[2]), &pos, &key, &value);) {
    ok = repr_pair(t, b, key, value);
    v_drop(t, key);
    v_drop(t, value);
  }
  return ok && strb_char(b, ')');
}

static Value partial_repr(Thread *t, Value self) {
  int inside = repr_enter(t, self);
  if (inside) return inside > 0 ? str_from_ascii(t, "...", 3) : V_NULL;
  Value fields[3];
  partial_fields(t, partial_of(self), fields);
  StrBuilder b;
  strb_init(&b, t);
  bool ok = repr_fields(t, &b, self, fields);
  drop_three(t, fields);
  repr_leave(t, self);
  if (ok) return strb_finish(&b);
  strb_discard(&b);
  return V_NULL;
}

METHOD(partial_reduce) {
  UNUSED_ARGS;
  Value fields[3], result = V_NULL;
  partial_fields(t, partial_of(self), fields);
  bool has_dict = a64_load_rlx((a64 *)(void *)&partial_of(self)->ext) != 0;
  Value dict = has_dict ? object_get_dict(t, self) : V_NONE, call = V_NULL, state = V_NULL;
  if (!v_is_null(dict)) call = tuple_pack(t, 1, fields[0]);
  if (!v_is_null(call)) state = tuple_pack(t, 4, fields[0], fields[1], fields[2], dict);
  if (!v_is_null(state)) result = tuple_pack(t, 3, v_from_obj(v_type(self)), call, state);
  v_drop(t, state);
  v_drop(t, call);
  v_drop(t, dict);
  drop_three(t, fields);
  return result;
}

METHOD(partial_setstate) {
  UNUSED_ARGS;
  Value *s = v_is_tuple(args[0]) && v_tuple(args[0])->length == 4 ? v_tuple(args[0])->items : NULL;
  if (!s || !object_is_callable(s[0]) || !v_is_tuple(s[1]) || !(v_is_none(s[2]) || v_is_dict(s[2]))) {
    return raise_type_error(t, "invalid partial state");
  }
  Value positional = v_is_tuple_exact(s[1]) ? v_own(t, s[1]) : tuple_from(t, v_tuple(s[1])->items, (size_t)v_tuple(s[1])->length);
  if (v_is_null(positional)) return positional;
  Value keywords = v_is_none(s[2]) ? dict_new(t) : v_is_dict_exact(s[2]) ? v_own(t, s[2]) : dict_copy(t, v_dict(s[2]));
  Value attributes = v_is_none(s[3]) ? dict_new(t) : v_own(t, s[3]);
  bool ok = !v_is_null(keywords) && !v_is_null(attributes) && object_setattr(t, self, N(__dict__), attributes) == 0;
  v_drop(t, attributes);
  if (!ok) {
    v_drop(t, positional);
    v_drop(t, keywords);
    return V_NULL;
  }
  Partial *p = partial_of(self);
  Value old[3], function = v_own(t, s[0]);
  CRITICAL_BEGIN(t, p);
  old[0] = p->function, old[1] = p->args, old[2] = p->keywords;
  p->function = function, p->args = positional, p->keywords = keywords;
  CRITICAL_END(t);
  drop_three(t, old);
  return V_NONE;
}

static void partial_clear(Thread *t, Object *o) {
  Partial *p = (Partial *)o;
  instance_clear_ext(t, o, &p->ext);
  v_clear(t, &p->function);
  v_clear(t, &p->args);
  v_clear(t, &p->keywords);
}

static void partial_dealloc(Thread *t, Object *o) {
  partial_clear(t, o);
  heap_free_object(t, o);
}

static void partial_traverse(Object *o, GcVisit visit, void *arg) {
  Partial *p = (Partial *)o;
  instance_traverse_ext(o, &p->ext, visit, arg);
  gc_visit_value(p->function, visit, arg);
  gc_visit_value(p->args, visit, arg);
  gc_visit_value(p->keywords, visit, arg);
}

static const NativeDef partial_methods[] = {
    {"__reduce__($self, /)", partial_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", partial_setstate, NULL, NATIVE_NO_SIGNATURE},
    CLASS_GETITEM_DEF,
    {0},
};
static const MemberDef partial_members[] = {
    {"func", MEMBER_VALUE, offsetof(Partial, function), true, "The function that is called."},
    {"args", MEMBER_VALUE, offsetof(Partial, args), true, "The positional arguments that each call starts with."},
    {"keywords", MEMBER_VALUE, offsetof(Partial, keywords), true, "The keyword arguments that each call gets."},
    {0},
};
static const GetSetDef partial_getset[] = {DICT_ATTRIBUTE, {0}};
// A partial in a class is no method: calling it binds nothing.
static const TypeSpec spec_partial = {
    .name = "functools.partial",
    .size = sizeof(Partial),
    .ext_offset = offsetof(Partial, ext),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_HAS_EXT | TYPE_WEAKREF,
    .slots = {.repr = partial_repr, .call = partial_call, .new = partial_new, .dealloc = partial_dealloc, .traverse = partial_traverse,
              .clear = partial_clear},
    .methods = partial_methods,
    .members = partial_members,
    .getset = partial_getset,
    .doc = "A callable that adds the given arguments to those of each call of func.",
};

// --- cmp_to_key -----------------------------------------------------------------------------------------------------------------------------

typedef struct KeyWrapper {
  Object ob;
  Value compare;
  Value object;   // V_NULL in K itself; under the lock
} KeyWrapper;

static inline KeyWrapper *key_of(Value v) { return (KeyWrapper *)v_obj(v); }

static Value key_make(Thread *t, Value compare, Value object) {
  Value v = type_key_wrapper.slots.alloc(t, &type_key_wrapper, 0);
  if (v_is_null(v)) return v;
  key_of(v)->compare = v_own(t, compare);
  key_of(v)->object = v_is_null(object) ? V_NULL : v_own(t, object);
  return v;
}

METHOD(key_call) {
  static aptr binder;
  Value object;
  if (native_bind(t, &binder, "K(obj)", args, nargs, kwnames, &object) < 0) return V_NULL;
  return key_make(t, key_of(self)->compare, object);
}

static Value key_richcompare(Thread *t, Value a, Value b, int op) {
  if (v_type(b) != &type_key_wrapper) return raise_type_error(t, "other argument must be K instance");
  Value x = locked_field(t, v_obj(a), &key_of(a)->object), y = locked_field(t, v_obj(b), &key_of(b)->object), result = V_NULL;
  if (v_is_null(x) || v_is_null(y)) {
    raise_error(t, &exc_AttributeError, "object");
  } else {
    Value order = object_call2(t, key_of(a)->compare, x, y);
    if (!v_is_null(order)) result = object_compare(t, order, v_from_smi(0), op);
    v_drop(t, order);
  }
  v_drop(t, x);
  v_drop(t, y);
  return result;
}

static void key_dealloc(Thread *t, Object *o) {
  v_drop(t, ((KeyWrapper *)o)->compare);
  v_drop(t, ((KeyWrapper *)o)->object);
  heap_free_object(t, o);
}

static void key_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((KeyWrapper *)o)->compare, visit, arg);
  gc_visit_value(((KeyWrapper *)o)->object, visit, arg);
}

static const MemberDef key_members[] = {
    {"obj", MEMBER_VALUE, offsetof(KeyWrapper, object), false, "Value wrapped by a key function."},
    {0},
};
static const TypeSpec spec_key_wrapper = {
    .name = "functools.KeyWrapper",
    .size = sizeof(KeyWrapper),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.hash = object_hash_not_implemented, .call = key_call, .richcompare = key_richcompare, .dealloc = key_dealloc,
              .traverse = key_traverse},
    .members = key_members,
};

METHOD(functools_cmp_to_key) {
  UNUSED_ARGS;
  return key_make(t, args[0], V_NULL);
}

// --- reduce ---------------------------------------------------------------------------------------------------------------------------------

METHOD(functools_reduce) {
  (void)self;
  if (native_no_keywords(t, "reduce", kwnames) < 0 || native_check_positional(t, "reduce", nargs, 2, 3) < 0) return V_NULL;
  Value it = object_iter(t, args[1]), result = nargs > 2 ? v_own(t, args[2]) : V_NULL;
  if (v_is_null(it)) {
    if (error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "reduce() arg 2 must support iteration");
    }
    v_drop(t, result);
    return V_NULL;
  }
  for (;;) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) break;
    if (v_is_null(result)) {
      result = item;
      continue;
    }
    Value next = object_call2(t, args[0], result, item);
    v_drop(t, item);
    v_drop(t, result);
    result = next;
    if (v_is_null(result)) break;
  }
  v_drop(t, it);
  if (error_pending(t)) {
    v_drop(t, result);
    return V_NULL;
  }
  return v_is_null(result) ? raise_type_error(t, "reduce() of empty iterable with no initial value") : result;
}

// --- The module -----------------------------------------------------------------------------------------------------------------------------

static const NativeDef functools_functions[] = {
    {"reduce($module, function, iterable, initial=None, /)", functools_reduce,
     "Joins the items to one value, from left to right: function(function(first, second), third) and so on.",
     NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"cmp_to_key($module, mycmp)", functools_cmp_to_key, "Makes a key function for sorting of a comparison function.", NATIVE_NO_SIGNATURE},
    {0},
};

static int functools_exec(Thread *t, Value module) {
  if (!type_ready(t, &type_partial, &spec_partial, 0) || !type_ready(t, &type_key_wrapper, &spec_key_wrapper, 0) || !lru_cache_init(t)) return -1;
  return module_add_type(t, module, &type_partial) < 0 || module_add_type(t, module, &type_lru_cache_wrapper) < 0 ? -1 : 0;
}

const ModuleDef module__functools = {
    .name = "_functools",
    .doc = "Partial application, reduction, caching of calls and sort keys.",
    .functions = functools_functions,
    .exec = functools_exec,
};
