// The module _operator: Python's operators as functions, and itemgetter, attrgetter and methodcaller.
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED_ARGS (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- Operators ------------------------------------------------------------------------------------------------------------------------------

#define UNARY(NAME, CALL)               \
  METHOD(operator_##NAME) {             \
    UNUSED_ARGS;                        \
    return CALL;                        \
  }
#define BINARY(NAME, OP) UNARY(NAME, number_binary(t, args[0], args[1], OP))
#define INPLACE(NAME, OP) UNARY(NAME, number_binary(t, args[0], args[1], (OP) + OP_INPLACE))
#define COMPARE(NAME, OP) UNARY(NAME, object_compare(t, args[0], args[1], OP))

BINARY(add, OP_ADD)
BINARY(sub, OP_SUBTRACT)
BINARY(mul, OP_MULTIPLY)
BINARY(matmul, OP_MATMUL)
BINARY(floordiv, OP_FLOOR_DIVIDE)
BINARY(truediv, OP_TRUE_DIVIDE)
BINARY(mod, OP_REMAINDER)
BINARY(lshift, OP_LSHIFT)
BINARY(rshift, OP_RSHIFT)
BINARY(and_, OP_AND)
BINARY(or_, OP_OR)
BINARY(xor, OP_XOR)
BINARY(pow, OP_POWER)
INPLACE(iadd, OP_ADD)
INPLACE(isub, OP_SUBTRACT)
INPLACE(imul, OP_MULTIPLY)
INPLACE(imatmul, OP_MATMUL)
INPLACE(ifloordiv, OP_FLOOR_DIVIDE)
INPLACE(itruediv, OP_TRUE_DIVIDE)
INPLACE(imod, OP_REMAINDER)
INPLACE(ilshift, OP_LSHIFT)
INPLACE(irshift, OP_RSHIFT)
INPLACE(iand, OP_AND)
INPLACE(ior, OP_OR)
INPLACE(ixor, OP_XOR)
INPLACE(ipow, OP_POWER)
COMPARE(lt, CMP_LT)
COMPARE(le, CMP_LE)
COMPARE(eq, CMP_EQ)
COMPARE(ne, CMP_NE)
COMPARE(gt, CMP_GT)
COMPARE(ge, CMP_GE)
UNARY(neg, number_negative(t, args[0]))
UNARY(pos, number_positive(t, args[0]))
UNARY(abs, number_absolute(t, args[0]))
UNARY(invert, number_invert(t, args[0]))
UNARY(index, number_index(t, args[0]))
UNARY(is_, v_from_bool(v_is(args[0], args[1])))
UNARY(is_not, v_from_bool(!v_is(args[0], args[1])))
UNARY(getitem, object_getitem(t, args[0], args[1]))
UNARY(setitem, object_setitem(t, args[0], args[1], args[2]) < 0 ? V_NULL : V_NONE)
UNARY(delitem, object_setitem(t, args[0], args[1], V_NULL) < 0 ? V_NULL : V_NONE)

METHOD(operator_truth) {
  UNUSED_ARGS;
  int r = object_is_true(t, args[0]);
  return r < 0 ? V_NULL : v_from_bool(r);
}

METHOD(operator_not_) {
  UNUSED_ARGS;
  int r = object_is_true(t, args[0]);
  return r < 0 ? V_NULL : v_from_bool(!r);
}

METHOD(operator_contains) {
  UNUSED_ARGS;
  int r = object_contains(t, args[0], args[1]);
  return r < 0 ? V_NULL : v_from_bool(r);
}

// Sequences have both slots; that of a class is generic, so what its class says is asked.
static bool is_sequence(Value v) {
  const Type *type = v_type(v);
  return !(type->flags & TYPE_DICT) && (type->slots.seq_item || type->slots.concat);
}

METHOD(operator_concat) {
  UNUSED_ARGS;
  const TypeSlots *s = &v_type(args[0])->slots;
  if (s->concat) return s->concat(t, args[0], args[1]);
  if (is_sequence(args[0]) && is_sequence(args[1])) {
    Value v = number_binary(t, args[0], args[1], OP_ADD);
    if (!v_is_null(v) || !error_matches(t, &exc_TypeError) || s->add) return v;
    error_clear(t);
  }
  return raise_type_error(t, "'%T' object can't be concatenated", args[0]);
}

METHOD(operator_iconcat) {
  UNUSED_ARGS;
  const TypeSlots *s = &v_type(args[0])->slots;
  if (s->iconcat) return s->iconcat(t, args[0], args[1]);
  if (s->concat) return s->concat(t, args[0], args[1]);
  if (is_sequence(args[0]) && is_sequence(args[1])) {
    Value v = number_binary(t, args[0], args[1], OP_ADD + OP_INPLACE);
    if (!v_is_null(v) || !error_matches(t, &exc_TypeError) || s->add || s->iadd) return v;
    error_clear(t);
  }
  return raise_type_error(t, "'%T' object can't be concatenated", args[0]);
}

// How often (or, first, at which place) v occurs in an iterable. -1 none; -2 an exception.
static int64_t search(Thread *t, Value iterable, Value v, bool first) {
  Value it = object_iter(t, iterable);
  if (v_is_null(it)) {
    if (error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "argument of type '%T' is not iterable", iterable);
    }
    return -2;
  }
  int64_t result = first ? -1 : 0;
  for (int64_t i = 0;; i++) {
    Value item = object_iternext(t, it);
    if (v_is_null(item)) {
      if (error_pending(t)) result = -2;
      break;
    }
    int r = object_equal(t, item, v);
    v_drop(t, item);
    if (r < 0) result = -2;
    else if (r > 0) result = first ? i : result + 1;
    if (r < 0 || (r > 0 && first)) break;
  }
  v_drop(t, it);
  return result;
}

METHOD(operator_countOf) {
  UNUSED_ARGS;
  int64_t n = search(t, args[0], args[1], false);
  return n == -2 ? V_NULL : v_from_smi(n);
}

METHOD(operator_indexOf) {
  UNUSED_ARGS;
  int64_t i = search(t, args[0], args[1], true);
  if (i >= 0) return v_from_smi(i);
  return i == -1 ? raise_value_error(t, "sequence.index(x): x not in sequence") : V_NULL;
}

METHOD(operator_length_hint) {
  UNUSED_ARGS;
  int64_t default_ = 0;
  if (!v_is_absent(args[1])) {
    default_ = number_as_i64(t, args[1]);
    if (default_ == -1 && error_pending(t)) return V_NULL;
  }
  int64_t n = object_length_hint(t, args[0], default_);
  return n == -1 && error_pending(t) ? V_NULL : int_from_i64(t, n);
}

METHOD(operator_call) {
  (void)self;
  if (nargs == 0) return raise_type_error(t, "call expected at least 1 argument, got 0");
  return object_call(t, args[0], args + 1, nargs - 1, kwnames);
}

// --- _compare_digest ------------------------------------------------------------------------------------------------------------------------

METHOD(operator_compare_digest) { UNUSED_ARGS; return module_compare_digest(t, args[0], args[1]); }

// --- itemgetter -----------------------------------------------------------------------------------------------------------------------------

Type type_itemgetter, type_attrgetter, type_methodcaller;

typedef struct Getter {
  Object ob;
  Value items;   // tuple of subscripts; for attrgetter of names, or of tuples of names for dotted ones. Constant
} Getter;

static inline Getter *getter_of(Value v) { return (Getter *)v_obj(v); }

static Value one_or_all(Thread *t, Value obj, Tuple *items, Value (*get)(Thread *, Value, Value)) {
  if (items->length == 1) return get(t, obj, items->items[0]);
  Value result = tuple_new(t, items->length);
  for (int64_t i = 0; !v_is_null(result) && i < items->length; i++) {
    Value v = get(t, obj, items->items[i]);
    if (v_is_null(v)) {
      v_drop(t, result);
      return v;
    }
    v_tuple(result)->items[i] = v;
  }
  return result;
}

static Value getter_make(Thread *t, Type *type, Value stolen_items) {
  if (v_is_null(stolen_items)) return V_NULL;
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) v_drop(t, stolen_items);
  else getter_of(v)->items = stolen_items;
  return v;
}

static Value itemgetter_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "itemgetter", kwnames) < 0) return V_NULL;
  if (nargs == 0) return raise_type_error(t, "itemgetter expected 1 argument, got 0");
  return getter_make(t, type, tuple_from(t, args, nargs));
}

METHOD(itemgetter_call) {
  if (native_no_keywords(t, "itemgetter", kwnames) < 0 || native_check_positional(t, "itemgetter", nargs, 1, 1) < 0) return V_NULL;
  return one_or_all(t, args[0], v_tuple(getter_of(self)->items), object_getitem);
}

// Class name with its module, as these reprs show it.
static Value class_path(Thread *t, Value self) {
  Type *type = v_type(self);
  if (type->spec) return v_own(t, type->name);
  return v_own(t, type->qualname);
}

static bool put_repr(StrBuilder *b, Value v) {
  Value text = object_repr(b->t, v);
  bool ok = !v_is_null(text) && strb_str(b, text);
  v_drop(b->t, text);
  return ok;
}

// "name(...)", where put writes what stands between the brackets.
static Value call_repr(Thread *t, Value self, bool (*put)(StrBuilder *b, Value self)) {
  int inside = repr_enter(t, self);
  if (inside < 0) return V_NULL;
  Value name = class_path(t, self);
  if (inside > 0) {
    Value text = str_from_format(t, "%U(...)", name);
    v_drop(t, name);
    return text;
  }
  StrBuilder b;
  strb_init(&b, t);
  bool ok = strb_str(&b, name) && strb_char(&b, '(') && put(&b, self) && strb_char(&b, ')');
  v_drop(t, name);
  repr_leave(t, self);
  if (ok) return strb_finish(&b);
  strb_discard(&b);
  return V_NULL;
}

// The items as reprs; dotted names are put together again.
static bool put_items(StrBuilder *b, Value self) {
  Thread *t = b->t;
  Tuple *items = v_tuple(getter_of(self)->items);
  bool ok = true;
  for (int64_t i = 0; ok && i < items->length; i++) {
    Value item = items->items[i], whole;
    if (i > 0) strb_ascii(b, ", ", 2);
    if (v_type(self)->slots.call != itemgetter_call && v_is_tuple(item)) {
      Value dot = str_from_ascii(t, ".", 1);
      whole = v_is_null(dot) ? dot : str_join(t, dot, item);
      v_drop(t, dot);
    } else {
      whole = v_own(t, item);
    }
    ok = !v_is_null(whole) && put_repr(b, whole);
    v_drop(t, whole);
  }
  return ok;
}

static Value getter_repr(Thread *t, Value self) { return call_repr(t, self, put_items); }

METHOD(itemgetter_reduce) {
  UNUSED_ARGS;
  return tuple_pack(t, 2, v_from_obj(v_type(self)), getter_of(self)->items);
}

static void getter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Getter *)o)->items);
  heap_free_object(t, o);
}

static void getter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Getter *)o)->items, visit, arg); }

static const NativeDef itemgetter_methods[] = {
    {"__reduce__($self, /)", itemgetter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_itemgetter = {
    .name = "operator.itemgetter",
    .size = sizeof(Getter),
    .flags = TYPE_IMMUTABLE,
    .slots = {.repr = getter_repr, .call = itemgetter_call, .new = itemgetter_new, .dealloc = getter_dealloc, .traverse = getter_traverse},
    .methods = itemgetter_methods,
    .doc = "Calls with an object return its item for that key or index, or a tuple of several.",
};

// --- attrgetter -----------------------------------------------------------------------------------------------------------------------------

// An attribute name as it is looked up: an interned str, or a tuple of such if it has dots.
static Value attribute_path(Thread *t, Value name) {
  Str *s = v_str(name);
  int64_t dots = 0;
  for (int64_t i = 0; i < s->length; i++) dots += str_char(s, i) == '.';
  if (dots == 0) return str_intern(t, v_own(t, name));
  Value path = tuple_new(t, dots + 1);
  int64_t start = 0, part = 0;
  for (int64_t i = 0; !v_is_null(path) && i <= s->length; i++) {
    if (i < s->length && str_char(s, i) != '.') continue;
    Value piece = str_slice(t, name, start, i);
    if (!v_is_null(piece)) piece = str_intern(t, piece);
    if (v_is_null(piece)) {
      v_drop(t, path);
      return piece;
    }
    v_tuple(path)->items[part++] = piece;
    start = i + 1;
  }
  return path;
}

static Value attrgetter_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "attrgetter", kwnames) < 0) return V_NULL;
  if (nargs == 0) return raise_type_error(t, "attrgetter expected 1 argument, got 0");
  Value items = tuple_new(t, (int64_t)nargs);
  for (size_t i = 0; !v_is_null(items) && i < nargs; i++) {
    Value path = v_is_str(args[i]) ? attribute_path(t, args[i]) : raise_type_error(t, "attribute name must be a string");
    if (v_is_null(path)) {
      v_drop(t, items);
      return path;
    }
    v_tuple(items)->items[i] = path;
  }
  return getter_make(t, type, items);
}

static Value get_path(Thread *t, Value obj, Value path) {
  if (!v_is_tuple(path)) return object_getattr(t, obj, path);
  Value v = v_own(t, obj);
  for (int64_t i = 0; !v_is_null(v) && i < v_tuple(path)->length; i++) {
    Value next = object_getattr(t, v, v_tuple(path)->items[i]);
    v_drop(t, v);
    v = next;
  }
  return v;
}

METHOD(attrgetter_call) {
  if (native_no_keywords(t, "attrgetter", kwnames) < 0 || native_check_positional(t, "attrgetter", nargs, 1, 1) < 0) return V_NULL;
  return one_or_all(t, args[0], v_tuple(getter_of(self)->items), get_path);
}

METHOD(attrgetter_reduce) {
  UNUSED_ARGS;
  Tuple *items = v_tuple(getter_of(self)->items);
  Value names = tuple_new(t, items->length), dot = str_from_ascii(t, ".", 1), result = V_NULL;
  bool ok = !v_is_null(names) && !v_is_null(dot);
  for (int64_t i = 0; ok && i < items->length; i++) {
    Value name = v_is_tuple(items->items[i]) ? str_join(t, dot, items->items[i]) : v_own(t, items->items[i]);
    ok = !v_is_null(name);
    if (ok) v_tuple(names)->items[i] = name;
  }
  if (ok) result = tuple_pack(t, 2, v_from_obj(v_type(self)), names);
  v_drop(t, dot);
  v_drop(t, names);
  return result;
}

static const NativeDef attrgetter_methods[] = {
    {"__reduce__($self, /)", attrgetter_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_attrgetter = {
    .name = "operator.attrgetter",
    .size = sizeof(Getter),
    .flags = TYPE_IMMUTABLE,
    .slots = {.repr = getter_repr, .call = attrgetter_call, .new = attrgetter_new, .dealloc = getter_dealloc, .traverse = getter_traverse},
    .methods = attrgetter_methods,
    .doc = "Calls with an object return its attribute of that name, or a tuple of several; names may have dots.",
};

// --- methodcaller ---------------------------------------------------------------------------------------------------------------------------

typedef struct MethodCaller {
  Object ob;
  Value name;              // interned. All constant
  Value args;              // tuple: positionals, then the values of the keywords
  Value kwnames;           // tuple of their names, or V_NULL
} MethodCaller;

static inline MethodCaller *caller_of(Value v) { return (MethodCaller *)v_obj(v); }

static Value methodcaller_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (nargs == 0) return raise_type_error(t, "methodcaller needs at least one argument, the method name");
  if (!v_is_str(args[0])) return raise_type_error(t, "method name must be a string");
  size_t nkeywords = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  Value name = str_intern(t, v_own(t, args[0])), rest = V_NULL, v = V_NULL;
  if (!v_is_null(name)) rest = tuple_from(t, args + 1, nargs - 1 + nkeywords);
  if (!v_is_null(rest)) v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) {
    v_drop(t, name);
    v_drop(t, rest);
    return v;
  }
  caller_of(v)->name = name;
  caller_of(v)->args = rest;
  caller_of(v)->kwnames = nkeywords ? v_own(t, kwnames) : V_NULL;
  return v;
}

METHOD(methodcaller_call) {
  if (native_no_keywords(t, "methodcaller", kwnames) < 0 || native_check_positional(t, "methodcaller", nargs, 1, 1) < 0) return V_NULL;
  MethodCaller *c = caller_of(self);
  Tuple *rest = v_tuple(c->args);
  Value few[8], *row = few;
  size_t n = (size_t)rest->length, nkeywords = v_is_null(c->kwnames) ? 0 : (size_t)v_tuple(c->kwnames)->length;
  if (n + 1 > 8 && !(row = heap_alloc(t, (n + 1) * sizeof(Value)))) return raise_no_memory(t);
  row[0] = args[0];
  if (n) memcpy(row + 1, rest->items, n * sizeof(Value));
  Value v = object_call_method(t, c->name, row, n + 1 - nkeywords, c->kwnames);
  if (row != few) heap_free(t, row);
  return v;
}

static int64_t positional_count(MethodCaller *c) {
  return v_tuple(c->args)->length - (v_is_null(c->kwnames) ? 0 : v_tuple(c->kwnames)->length);
}

static bool put_method_call(StrBuilder *b, Value self) {
  MethodCaller *c = caller_of(self);
  bool ok = put_repr(b, c->name);
  int64_t npositional = positional_count(c);
  for (int64_t i = 0; ok && i < v_tuple(c->args)->length; i++) {
    strb_ascii(b, ", ", 2);
    if (i >= npositional) ok = strb_str(b, v_tuple(c->kwnames)->items[i - npositional]) && strb_char(b, '=');
    ok = ok && put_repr(b, v_tuple(c->args)->items[i]);
  }
  return ok;
}

static Value methodcaller_repr(Thread *t, Value self) { return call_repr(t, self, put_method_call); }

// Without keywords (type, (name, args...)); with them (partial(type, name, **keywords), args).
METHOD(methodcaller_reduce) {
  UNUSED_ARGS;
  MethodCaller *c = caller_of(self);
  int64_t n = positional_count(c);
  if (v_is_null(c->kwnames)) {
    Value call = tuple_new(t, n + 1);
    if (v_is_null(call)) return call;
    v_tuple(call)->items[0] = v_own(t, c->name);
    for (int64_t i = 0; i < n; i++) v_tuple(call)->items[i + 1] = v_own(t, v_tuple(c->args)->items[i]);
    Value result = tuple_pack(t, 2, v_from_obj(v_type(self)), call);
    v_drop(t, call);
    return result;
  }
  Value module_name = N(functools), partial = V_NULL, constructor = V_NULL, rest = V_NULL, result = V_NULL;
  Value functools = v_is_null(module_name) ? V_NULL : import_module_named(t, module_name);
  if (!v_is_null(functools)) partial = object_getattr(t, functools, N(partial));
  if (!v_is_null(partial)) {
    int64_t nkeywords = v_tuple(c->kwnames)->length;
    Value *row = heap_alloc(t, (size_t)(nkeywords + 2) * sizeof(Value));
    if (!row) {
      raise_no_memory(t);
    } else {
      row[0] = v_from_obj(v_type(self));
      row[1] = c->name;
      memcpy(row + 2, v_tuple(c->args)->items + n, (size_t)nkeywords * sizeof(Value));
      constructor = object_call(t, partial, row, 2, c->kwnames);
      heap_free(t, row);
    }
  }
  if (!v_is_null(constructor)) rest = tuple_from(t, v_tuple(c->args)->items, (size_t)n);
  if (!v_is_null(rest)) result = tuple_pack(t, 2, constructor, rest);
  v_drop(t, functools);
  v_drop(t, partial);
  v_drop(t, constructor);
  v_drop(t, rest);
  return result;
}

static void methodcaller_dealloc(Thread *t, Object *o) {
  MethodCaller *c = (MethodCaller *)o;
  v_drop(t, c->name);
  v_drop(t, c->args);
  v_drop(t, c->kwnames);
  heap_free_object(t, o);
}

static void methodcaller_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((MethodCaller *)o)->args, visit, arg); }

static const NativeDef methodcaller_methods[] = {
    {"__reduce__($self, /)", methodcaller_reduce, "What pickle and copy need to build this object again.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_methodcaller = {
    .name = "operator.methodcaller",
    .size = sizeof(MethodCaller),
    .flags = TYPE_IMMUTABLE,
    .slots = {.repr = methodcaller_repr, .call = methodcaller_call, .new = methodcaller_new, .dealloc = methodcaller_dealloc,
              .traverse = methodcaller_traverse},
    .methods = methodcaller_methods,
    .doc = "Calls with an object call its method of that name with the other arguments.",
};

// --- The module -----------------------------------------------------------------------------------------------------------------------------

#define ONE(NAME, DOC) {#NAME "($module, a, /)", operator_##NAME, DOC, 0}
#define TWO(NAME, DOC) {#NAME "($module, a, b, /)", operator_##NAME, DOC, 0}

static const NativeDef operator_functions[] = {
    {"truth($module, a, /)", operator_truth, "Whether a counts as true.", 0},
    {"contains($module, a, b, /)", operator_contains, "Whether b is in a.", 0},
    {"indexOf($module, a, b, /)", operator_indexOf, "Where b is found first in a.", 0},
    {"countOf($module, a, b, /)", operator_countOf, "How many items of a are b or equal to it.", 0},
    TWO(is_, "Same as a is b."),
    TWO(is_not, "Same as a is not b."),
    TWO(add, "Same as a + b."),
    TWO(sub, "Same as a - b."),
    TWO(mul, "Same as a * b."),
    TWO(matmul, "Same as a @ b."),
    TWO(floordiv, "Same as a // b."),
    TWO(truediv, "Same as a / b."),
    TWO(mod, "Same as a % b."),
    ONE(neg, "Same as -a."),
    ONE(pos, "Same as +a."),
    ONE(abs, "Same as abs(a)."),
    {"inv($module, a, /)", operator_invert, "Same as ~a.", 0},
    ONE(invert, "Same as ~a."),
    TWO(lshift, "Same as a << b."),
    TWO(rshift, "Same as a >> b."),
    ONE(not_, "Same as not a."),
    TWO(and_, "Same as a & b."),
    TWO(xor, "Same as a ^ b."),
    TWO(or_, "Same as a | b."),
    TWO(iadd, "Same as a += b."),
    TWO(isub, "Same as a -= b."),
    TWO(imul, "Same as a *= b."),
    TWO(imatmul, "Same as a @= b."),
    TWO(ifloordiv, "Same as a //= b."),
    TWO(itruediv, "Same as a /= b"),
    TWO(imod, "Same as a %= b."),
    TWO(ilshift, "Same as a <<= b."),
    TWO(irshift, "Same as a >>= b."),
    TWO(iand, "Same as a &= b."),
    TWO(ixor, "Same as a ^= b."),
    TWO(ior, "Same as a |= b."),
    TWO(concat, "The sequence a followed by the sequence b."),
    TWO(iconcat, "Extends the sequence a by the sequence b and returns it."),
    TWO(getitem, "Same as a[b]."),
    {"setitem($module, a, b, c, /)", operator_setitem, "Same as a[b] = c.", 0},
    TWO(delitem, "Same as del a[b]."),
    TWO(pow, "Same as a ** b."),
    TWO(ipow, "Same as a **= b."),
    TWO(eq, "Same as a == b."),
    TWO(ne, "Same as a != b."),
    TWO(lt, "Same as a < b."),
    TWO(le, "Same as a <= b."),
    TWO(gt, "Same as a > b."),
    TWO(ge, "Same as a >= b."),
    ONE(index, "The object a as an int."),
    {"length_hint($module, obj, default=0, /)", operator_length_hint,
     "Return an estimate of the number of items in obj.\n\nIt is for presizing containers, and may be over or under; without an estimate, default.", 0},
    {"_compare_digest($module, a, b, /)", operator_compare_digest,
     "Return 'a == b'.\n\nThe comparison takes the same time wherever the two differ, so that an attacker learns nothing from it.\nBoth are ASCII "
     "str, or both bytes-like.",
     0},
    {"call($module, obj, /, *args, **kwargs)", operator_call, "Calls obj with the other arguments.", NATIVE_RAW},
    {0},
};

static int operator_exec(Thread *t, Value module) {
  if (!type_ready(t, &type_itemgetter, &spec_itemgetter, 0) || !type_ready(t, &type_attrgetter, &spec_attrgetter, 0) ||
      !type_ready(t, &type_methodcaller, &spec_methodcaller, 0)) {
    return -1;
  }
  return module_add_type(t, module, &type_itemgetter) < 0 || module_add_type(t, module, &type_attrgetter) < 0 ||
                 module_add_type(t, module, &type_methodcaller) < 0
             ? -1
             : 0;
}

const ModuleDef module__operator = {
    .name = "_operator",
    .doc = "Operator interface: a function for each operator, so that it can be passed on.",
    .functions = operator_functions,
    .exec = operator_exec,
};
