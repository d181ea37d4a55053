// GenericAlias: list[int] and the like, with substitution of type variables.
#include "objects/generic_alias.h"

#include "objects/error.h"
#include "objects/generic_params.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_repr.h"
#include "objects/union.h"
#include "threading/critical.h"

Type type_GenericAlias, type_generic_alias_iterator;

static inline GenericAlias *v_alias(Value v) { return (GenericAlias *)v_obj(v); }
static inline bool v_is_alias(Value v) { return type_is_subtype(v_type(v), &type_GenericAlias); }

// ---- making ----------------------------------------------------------------------------------------------------------------------

static Value alias_alloc(Thread *t, Type *type, Value origin, Value args) {
  Value tuple = v_is_tuple(args) ? v_own(t, args) : tuple_pack(t, 1, args);
  if (v_is_null(tuple)) return V_NULL;
  Value self = type_generic_alloc(t, type, 0);
  if (v_is_null(self)) {
    v_drop(t, tuple);
    return V_NULL;
  }
  v_alias(self)->origin = v_own(t, origin);
  v_alias(self)->args = tuple;
  return self;
}

Value generic_alias_new(Thread *t, Value origin, Value args) { return alias_alloc(t, &type_GenericAlias, origin, args); }

Value generic_alias_class_getitem(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  return generic_alias_new(t, self, args[0]);
}

static Value alias_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "GenericAlias", kwnames) < 0 || native_check_positional(t, "GenericAlias", nargs, 2, 2) < 0) return V_NULL;
  return alias_alloc(t, type, args[0], args[1]);
}

static void alias_dealloc(Thread *t, Object *o) {
  GenericAlias *a = (GenericAlias *)o;
  v_drop(t, a->origin);
  v_drop(t, a->args);
  v_drop(t, a->parameters);
  heap_free_object(t, o);
}

static void alias_traverse(Object *o, GcVisit visit, void *arg) {
  const GenericAlias *a = (const GenericAlias *)o;
  gc_visit_value(a->origin, visit, arg);
  gc_visit_value(a->args, visit, arg);
  gc_visit_value(a->parameters, visit, arg);
}

// ---- parameters ------------------------------------------------------------------------------------------------------------------

static Value alias_parameters(Thread *t, Value self) {
  GenericAlias *a = v_alias(self);
  Value known = v_load_acq(&a->parameters);
  if (!v_is_null(known)) return v_own(t, known);   // set once
  Value made = generic_parameters(t, a->args);
  if (v_is_null(made)) return V_NULL;
  Value kept = v_own(t, made), superfluous = V_NULL;
  CRITICAL_BEGIN(t, v_obj(self));
  if (v_is_null(a->parameters)) v_store_rel(&a->parameters, kept);
  else superfluous = kept;
  CRITICAL_END(t);
  v_drop(t, superfluous);
  return made;
}

static Value alias_getitem(Thread *t, Value self, Value item) {
  const GenericAlias *a = v_alias(self);
  Value parameters = alias_parameters(t, self);
  if (v_is_null(parameters)) return V_NULL;
  Value args = generic_substitute(t, self, a->args, parameters, item);
  v_drop(t, parameters);
  if (v_is_null(args)) return V_NULL;
  Value result = generic_alias_new(t, a->origin, args);
  v_drop(t, args);
  if (!v_is_null(result)) v_alias(result)->starred = a->starred;
  return result;
}

// ---- behaviour -------------------------------------------------------------------------------------------------------------------

static Value alias_repr(Thread *t, Value self) {
  const GenericAlias *a = v_alias(self);
  StrBuilder b;
  strb_init(&b, t);
  if (a->starred) strb_char(&b, '*');
  bool ok = type_repr_append(t, &b, a->origin) == 0 && strb_char(&b, '[');
  for (int64_t i = 0; ok && i < v_tuple(a->args)->length; i++) {
    if (i) strb_cstr(&b, ", ");
    ok = type_repr_append(t, &b, v_tuple(a->args)->items[i]) == 0;
  }
  if (v_tuple(a->args)->length == 0) strb_cstr(&b, "()");
  strb_char(&b, ']');
  if (ok) return strb_finish(&b);
  strb_discard(&b);
  return V_NULL;
}

static int64_t alias_hash(Thread *t, Value self) {
  int64_t a = object_hash(t, v_alias(self)->origin);
  if (a == -1) return -1;
  int64_t b = object_hash(t, v_alias(self)->args);
  if (b == -1) return -1;
  return (a ^ b) == -1 ? -2 : a ^ b;
}

static Value alias_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Value obj = object_call(t, v_alias(self)->origin, args, nargs, kwnames);
  if (v_is_null(obj)) return V_NULL;
  if (object_setattr(t, obj, N(__orig_class__), self) < 0) {
    if (!error_matches(t, &exc_AttributeError) && !error_matches(t, &exc_TypeError)) {
      v_drop(t, obj);
      return V_NULL;
    }
    error_clear(t);
  }
  return obj;
}

static const char *const own_attributes[] = {
    "__class__", "__origin__", "__args__", "__unpacked__", "__parameters__", "__typing_unpacked_tuple_args__", "__mro_entries__",
    "__reduce_ex__", "__reduce__", "__copy__", "__deepcopy__", NULL,
};

// All but a few attributes are those of the origin.
static Value alias_getattro(Thread *t, Value self, Value name) {
  for (int i = 0; own_attributes[i]; i++)
    if (str_equals_cstr(name, own_attributes[i])) return object_generic_getattr(t, self, name);
  if (thread_stack_low(t)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded in aliases of aliases");
  return object_getattr(t, v_alias(self)->origin, name);
}

static Value alias_compare(Thread *t, Value a, Value b, int op) {
  if (!v_is_alias(a) || !v_is_alias(b) || (op != CMP_EQ && op != CMP_NE)) return V_NOT_IMPLEMENTED;
  const GenericAlias *x = v_alias(a), *y = v_alias(b);
  int equal = x->starred == y->starred;
  if (equal == 1) equal = object_equal(t, x->origin, y->origin);
  if (equal == 1) equal = object_equal(t, x->args, y->args);
  return equal < 0 ? V_NULL : v_from_bool(equal == (op == CMP_EQ));
}

#define METHOD(fn) static Value fn(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)

METHOD(alias_mro_entries) {
  (void)args, (void)nargs, (void)kwnames;
  return tuple_pack(t, 1, v_alias(self)->origin);
}

METHOD(alias_instancecheck) {
  (void)self, (void)args, (void)nargs, (void)kwnames;
  return raise_type_error(t, "isinstance() argument 2 cannot be a parameterized generic");
}

METHOD(alias_subclasscheck) {
  (void)self, (void)args, (void)nargs, (void)kwnames;
  return raise_type_error(t, "issubclass() argument 2 cannot be a parameterized generic");
}

// A starred alias is made anew as what iterating over the plain one gives.
static Value reduce_starred(Thread *t, const GenericAlias *a) {
  Value next = N(next), maker = object_builtin(t, next), plain = V_NULL, it = V_NULL, args = V_NULL, result = V_NULL;
  if (!v_is_null(maker)) plain = generic_alias_new(t, a->origin, a->args);
  if (!v_is_null(plain)) it = object_iter(t, plain);
  if (!v_is_null(it)) args = tuple_pack(t, 1, it);
  if (!v_is_null(args)) result = tuple_pack(t, 2, maker, args);
  v_drop(t, maker);
  v_drop(t, plain);
  v_drop(t, it);
  v_drop(t, args);
  return result;
}

METHOD(alias_reduce) {
  (void)args, (void)nargs, (void)kwnames;
  const GenericAlias *a = v_alias(self);
  if (a->starred) return reduce_starred(t, a);
  Value pair = tuple_pack(t, 2, a->origin, a->args);
  Value result = v_is_null(pair) ? V_NULL : tuple_pack(t, 2, v_from_obj(v_type(self)), pair);
  v_drop(t, pair);
  return result;
}

METHOD(alias_dir) {
  (void)args, (void)nargs, (void)kwnames;
  Value list = object_dir(t, v_alias(self)->origin);
  for (int i = 0; !v_is_null(list) && own_attributes[i]; i++) {
    Value name = str_intern_cstr(t, own_attributes[i]);
    int there = v_is_null(name) ? -1 : object_contains(t, list, name);
    if (there == 0) there = list_append(t, v_list(list), name);
    if (there < 0) v_clear(t, &list);
  }
  return list;
}

static Value get_parameters(Thread *t, Value self, void *closure) {
  (void)closure;
  return alias_parameters(t, self);
}

static Value get_unpacked_args(Thread *t, Value self, void *closure) {
  (void)closure;
  const GenericAlias *a = v_alias(self);
  return a->starred && v_is(a->origin, v_from_obj(&type_tuple)) ? v_own(t, a->args) : V_NONE;
}

// ---- iteration: *list[int] -------------------------------------------------------------------------------------------------------

typedef struct AliasIterator { Object ob; Value alias; } AliasIterator;   // V_NULL: exhausted

static Value alias_iter(Thread *t, Value self) {
  AliasIterator *it = (AliasIterator *)heap_new_object(t, SHAPE_GENERICALIAS_ITERATOR, sizeof *it);
  if (!it) return raise_no_memory(t);
  it->alias = v_own(t, self);
  return v_steal_obj(it);
}

static Value alias_iterator_next(Thread *t, Value self) {
  Value alias = v_exchange_slot(&((AliasIterator *)v_obj(self))->alias, V_NULL);
  if (v_is_null(alias)) return V_NULL;
  Value starred = generic_alias_new(t, v_alias(alias)->origin, v_alias(alias)->args);
  v_drop(t, alias);
  if (!v_is_null(starred)) v_alias(starred)->starred = true;
  return starred;
}

static Value alias_iterator_iter(Thread *t, Value self) { return v_own(t, self); }

METHOD(alias_iterator_reduce) {
  (void)args, (void)nargs, (void)kwnames;
  Value iter = object_builtin(t, N(iter)), inner = V_NULL, result = V_NULL;
  if (v_is_null(iter)) return V_NULL;
  Value alias = ((AliasIterator *)v_obj(self))->alias;
  inner = tuple_pack(t, 1, v_is_null(alias) ? tuple_empty : alias);
  if (!v_is_null(inner)) result = tuple_pack(t, 2, iter, inner);
  v_drop(t, inner);
  v_drop(t, iter);
  return result;
}

static void alias_iterator_dealloc(Thread *t, Object *o) {
  v_drop(t, ((AliasIterator *)o)->alias);
  heap_free_object(t, o);
}

static void alias_iterator_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((AliasIterator *)o)->alias, visit, arg); }

static const NativeDef alias_iterator_methods[] = {
    {"__reduce__($self, /)", alias_iterator_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

const TypeSpec spec_generic_alias_iterator = {
    .name = "generic_alias_iterator",
    .size = sizeof(AliasIterator),
    .slots = {.iter = alias_iterator_iter, .iternext = alias_iterator_next, .dealloc = alias_iterator_dealloc,
              .traverse = alias_iterator_traverse},
    .methods = alias_iterator_methods,
};

// ---- the type --------------------------------------------------------------------------------------------------------------------

static const NativeDef alias_methods[] = {
    {"__mro_entries__($self, bases, /)", alias_mro_entries, NULL, NATIVE_NO_SIGNATURE},
    {"__instancecheck__($self, instance, /)", alias_instancecheck, NULL, NATIVE_NO_SIGNATURE},
    {"__subclasscheck__($self, subclass, /)", alias_subclasscheck, NULL, NATIVE_NO_SIGNATURE},
    {"__reduce__($self, /)", alias_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"__dir__($self, /)", alias_dir, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef alias_members[] = {
    {"__origin__", MEMBER_VALUE, offsetof(GenericAlias, origin), true, NULL},
    {"__args__", MEMBER_VALUE, offsetof(GenericAlias, args), true, NULL},
    {"__unpacked__", MEMBER_BOOL, offsetof(GenericAlias, starred), true, NULL},
    {0},
};
static const GetSetDef alias_getset[] = {
    {"__parameters__", get_parameters, NULL, "The type variables in the alias.", NULL},
    {"__typing_unpacked_tuple_args__", get_unpacked_args, NULL, NULL, NULL},
    {0},
};

const TypeSpec spec_GenericAlias = {
    .name = "types.GenericAlias",
    .size = sizeof(GenericAlias),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,
    .slots = {.repr = alias_repr, .hash = alias_hash, .call = alias_call, .getattro = alias_getattro, .richcompare = alias_compare,
              .iter = alias_iter, .new = alias_new, .or_ = union_or_operator, .getitem = alias_getitem, .dealloc = alias_dealloc,
              .traverse = alias_traverse},
    .methods = alias_methods,
    .getset = alias_getset,
    .members = alias_members,
    .doc = "A class with type arguments, such as list[int].",
};

bool generic_alias_init(Thread *t) {
  return type_ready(t, &type_GenericAlias, &spec_GenericAlias, SHAPE_GENERICALIAS) &&
         type_ready(t, &type_generic_alias_iterator, &spec_generic_alias_iterator, SHAPE_GENERICALIAS_ITERATOR);
}
