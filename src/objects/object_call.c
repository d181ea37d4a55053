// Calling any value, methods by name, and the guard against runaway recursion.
#include <assert.h>
#include <stdlib.h>

#include "objects/any_keywords.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"

// ---- calls -----------------------------------------------------------------------------------------------------------------------

bool object_is_callable(Value v) { return v_type(v)->slots.call != NULL; }

// The result of a call that has failed is no argument: whoever stored it would have an attribute that cannot be read.
static void check_arguments(const Value *args, size_t nargs) {
  for (size_t i = 0; i < nargs; i++) assert(!v_is_null(args[i]));
  (void)args;
}

Value object_call(Thread *t, Value f, const Value *args, size_t nargs, Value kwnames) {
  check_arguments(args, nargs);
  NativeFn call = v_type(f)->slots.call;
  if (unlikely(!call)) return raise_type_error(t, "'%.200T' object is not callable", f);
  if (thread_stack_low(t)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded while calling a Python object");
  return call(t, f, args, nargs, kwnames);
}

Value object_call0(Thread *t, Value f) { return object_call(t, f, NULL, 0, V_NULL); }
Value object_call1(Thread *t, Value f, Value a) { return object_call(t, f, &a, 1, V_NULL); }
Value object_call2(Thread *t, Value f, Value a, Value b) { return object_call(t, f, (Value[]){a, b}, 2, V_NULL); }
Value object_call3(Thread *t, Value f, Value a, Value b, Value c) { return object_call(t, f, (Value[]){a, b, c}, 3, V_NULL); }

aptr object_any_keywords_call;

// Lays the arguments of a dict out behind the positional ones; the names become a tuple, and may be no strings if `any` says so. Owned values
// in args[npos..].
static Value spread_keywords(Thread *t, Dict *kwargs, Value *args, int64_t room, bool any) {
  Value names = tuple_new(t, room);
  if (v_is_null(names)) return V_NULL;
  int64_t pos = 0, n = 0;
  Value key, value;
  bool bad = false;
  while (n < room && dict_next(t, kwargs, &pos, &key, &value)) {
    if (!any && !v_is_str(key)) bad = true;
    v_tuple(names)->items[n] = key;
    args[n++] = value;
  }
  if (!bad && n == room) return names;
  for (int64_t i = 0; i < n; i++) v_drop(t, args[i]);
  for (int64_t i = n; i < room; i++) v_tuple(names)->items[i] = V_NONE;
  v_drop(t, names);
  return bad ? raise_type_error(t, "keywords must be strings") : raise_error(t, &exc_RuntimeError, "keyword arguments changed during call");
}

Value object_call_ex(Thread *t, Value f, Value args_tuple, Value kwargs_dict) {
  if (unlikely(!v_type(f)->slots.call)) return raise_type_error(t, "'%.200T' object is not callable", f);   // before a look at the keywords
  const Tuple *positional = v_tuple(args_tuple);
  int64_t npos = positional->length, nkw = v_is_null(kwargs_dict) ? 0 : dict_length(v_dict(kwargs_dict));
  if (nkw == 0) return object_call(t, f, positional->items, (size_t)npos, V_NULL);
  Value small[12], *args = small, result = V_NULL;
  if (npos + nkw > 12) args = heap_alloc(t, (size_t)(npos + nkw) * sizeof(Value));
  if (!args) return raise_no_memory(t);
  memcpy(args, positional->items, (size_t)npos * sizeof(Value));
  Value names = spread_keywords(t, v_dict(kwargs_dict), args + npos, nkw, (void *)v_type(f)->slots.call == aptr_load_rlx(&object_any_keywords_call));
  if (!v_is_null(names)) {
    result = object_call(t, f, args, (size_t)npos, names);
    for (int64_t i = 0; i < nkw; i++) v_drop(t, args[npos + i]);
    v_drop(t, names);
  }
  if (args != small) heap_free(t, args);
  return result;
}

// ---- methods ---------------------------------------------------------------------------------------------------------------------

// A method of the class that nothing in the instance hides: 1 *f, as type_lookup_keep returns it, to be called with self in front; 0: go the
// general way; -1.
static int find_unbound(Thread *t, Value obj, Value name, Value *f) {
  Type *type = v_type(obj);
  if (type->slots.getattro != object_generic_getattr || !v_is_str_exact(name) || !str_is_interned(v_str(name))) return 0;
  AttrKind kind;
  *f = type_lookup_keep(t, type, name, &kind);
  if (kind != ATTR_FUNCTION && kind != ATTR_NATIVE) {
    v_drop(t, *f);
    return 0;
  }
  if (!v_is_ptr(obj) || !type->ext_offset) return 1;
  Value own;
  int r = instance_get_attr(t, v_obj(obj), name, &own);
  if (r == 0) {
    if (kind == ATTR_NATIVE || !v_is_kept(*f)) return 1;
    // It may have waited for a lock: what was kept uncounted has to be looked up again.
    *f = type_lookup_keep(t, type, name, &kind);
    if (kind == ATTR_FUNCTION || kind == ATTR_NATIVE) return 1;
  }
  if (r == 1) v_drop(t, own);
  v_drop(t, *f);
  return r < 0 ? -1 : 0;
}

Value object_call_method(Thread *t, Value name, const Value *args, size_t nargs, Value kwnames) {
  Value f;
  int r = find_unbound(t, args[0], name, &f);
  if (r < 0) return V_NULL;
  if (r == 0) {
    f = object_getattr(t, args[0], name);
    if (v_is_null(f)) return V_NULL;
    args++;
    nargs--;
  }
  if (!v_is_null(kwnames)) f = v_kept_own(t, f);   // binding them may run Python code before the frame holds the function
  Value result = object_call(t, f, args, nargs, kwnames);
  v_drop(t, f);
  return result;
}

Value object_call_method0(Thread *t, Value obj, Value name) { return object_call_method(t, name, &obj, 1, V_NULL); }
Value object_call_method1(Thread *t, Value obj, Value name, Value a) { return object_call_method(t, name, (Value[]){obj, a}, 2, V_NULL); }
Value object_call_method2(Thread *t, Value obj, Value name, Value a, Value b) {
  return object_call_method(t, name, (Value[]){obj, a, b}, 3, V_NULL);
}

Value object_builtin(Thread *t, Value name) {
  Value found = V_NULL;
  int r = v_is_null(native_builtins_dict) ? 0 : dict_get(t, v_dict(native_builtins_dict), name, &found);
  return r == 0 ? raise_value(t, &exc_AttributeError, name) : found;
}

// ---- recursion -------------------------------------------------------------------------------------------------------------------

int32_t object_recursion_limit = 1000;

int recursion_enter(Thread *t, const char *where) {
  if (likely(t->py_depth < object_recursion_limit && !thread_stack_low(t))) {
    t->py_depth++;
    return 0;
  }
  raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded%s", where);
  return -1;
}

// The objects whose repr this thread is computing. Nesting is shallow but for pathological cases, so a list will do.
static _Thread_local struct { uint64_t *words; size_t count, capacity; } in_repr;

int repr_enter(Thread *t, Value v) {
  uint64_t word = v.w & ~(uint64_t)1;
  for (size_t i = 0; i < in_repr.count; i++)
    if (in_repr.words[i] == word) return 1;
  if (in_repr.count == in_repr.capacity) {
    size_t capacity = in_repr.capacity ? 2 * in_repr.capacity : 8;
    uint64_t *grown = realloc(in_repr.words, capacity * sizeof *grown);
    if (!grown) {
      raise_no_memory(t);
      return -1;
    }
    in_repr.words = grown;
    in_repr.capacity = capacity;
  }
  in_repr.words[in_repr.count++] = word;
  return 0;
}

void repr_leave(Thread *t, Value v) {
  (void)t;
  uint64_t word = v.w & ~(uint64_t)1;
  for (size_t i = in_repr.count; i-- > 0;) {
    if (in_repr.words[i] != word) continue;
    memmove(&in_repr.words[i], &in_repr.words[i + 1], (in_repr.count - i - 1) * sizeof(uint64_t));
    in_repr.count--;
    break;
  }
  if (in_repr.count == 0) {   // a thread that ends leaves nothing behind
    free(in_repr.words);
    in_repr.words = NULL;
    in_repr.capacity = 0;
  }
}
