// Slot wrappers: the dunders of builtin types (wrapper_descriptor) and what they are when bound (method-wrapper).
#include "objects/descriptor.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"
#include "objects/type_slots.h"

Type type_wrapper_descriptor, type_method_wrapper;

typedef struct MethodWrapper {
  Object ob;
  Value descriptor;        // WrapperDescriptor
  Value self;
} MethodWrapper;

static inline MethodWrapper *v_method_wrapper(Value v) { return (MethodWrapper *)v_obj(v); }

// ---- calling ---------------------------------------------------------------------------------------------------------------------

static bool check_count(Thread *t, size_t nargs, size_t expected) {
  if (likely(nargs == expected)) return true;
  raise_type_error(t, "expected %zu argument%s, got %zu", expected, expected == 1 ? "" : "s", nargs);
  return false;
}

// As check_count, in the words of the slots that CPython unpacks by a function that wants a name, and gives none.
static bool check_unpacked(Thread *t, size_t nargs, size_t expected) {
  if (likely(nargs == expected)) return true;
  raise_type_error(t, " expected %zu argument%s, got %zu", expected, expected == 1 ? "" : "s", nargs);
  return false;
}

static bool check_one_or_two(Thread *t, size_t nargs) {
  if (nargs == 1 || nargs == 2) return true;
  if (nargs < 1) raise_type_error(t, " expected at least 1 argument, got 0");
  else raise_type_error(t, " expected at most 2 arguments, got %zu", nargs);
  return false;
}

static Value none_or_error(int result) { return result < 0 ? V_NULL : V_NONE; }

// object.__setattr__(some_class, ...) would step over type.__setattr__: a C-level override between the class that defines the slot in use
// and the one whose wrapper is called must not be skipped.
static bool may_apply_setattr(Thread *t, Value self, void *fn, const char *what) {
  Type *type = v_type(self);
  Value mro = type->mro;
  if (v_is_null(mro)) return true;
  Type *definer = type;
  const Tuple *classes = v_tuple(mro);
  for (int64_t i = classes->length - 1; i >= 0; i--) {
    Type *class = v_as_type(classes->items[i]);
    if (class->slots.setattro != slot_generic_setattro && class->slots.setattro == type->slots.setattro) {
      definer = class;
      break;
    }
  }
  for (Type *class = definer; class; class = class->base) {
    if ((void *)class->slots.setattro == fn) return true;
    if (class->slots.setattro != slot_generic_setattro) {
      raise_type_error(t, "can't apply this %s to %N object", what, type);
      return false;
    }
  }
  return true;
}

static Value attribute_name(Thread *t, Value name) {
  if (v_is_str(name)) return name_canonical(t, name);
  return raise_type_error(t, "attribute name must be string, not '%.200T'", name);
}

static Value wrap_getattr(Thread *t, void *fn, Value self, Value arg) {
  Value name = attribute_name(t, arg);
  if (v_is_null(name)) return V_NULL;
  Value r = ((Value (*)(Thread *, Value, Value))fn)(t, self, name);
  v_drop(t, name);
  return r;
}

static Value wrap_setattr(Thread *t, void *fn, Value self, Value arg, Value value) {
  if (!may_apply_setattr(t, self, fn, v_is_null(value) ? "__delattr__" : "__setattr__")) return V_NULL;
  Value name = attribute_name(t, arg);
  if (v_is_null(name)) return V_NULL;
  int r = ((int (*)(Thread *, Value, Value, Value))fn)(t, self, name, value);
  v_drop(t, name);
  return none_or_error(r);
}

static Value wrap_next(Thread *t, void *fn, Value self) {
  Value r = ((UnaryFn)fn)(t, self);
  if (v_is_null(r) && !error_pending(t)) raise_stop_iteration(t, V_NONE);
  return r;
}

static Value wrap_descr_get(Thread *t, void *fn, Value self, const Value *args, size_t nargs) {
  Value obj = v_is_none(args[0]) ? V_NULL : args[0];
  Value type = nargs < 2 || v_is_none(args[1]) ? V_NULL : args[1];
  if (v_is_null(obj) && v_is_null(type)) return raise_type_error(t, "__get__(None, None) is invalid");
  return ((Value (*)(Thread *, Value, Value, Value))fn)(t, self, obj, type);
}

// -1 with an exception pending: no count.
static int64_t count_of(Thread *t, Value arg) {
  Value index = number_index(t, arg);
  if (v_is_null(index)) return -1;
  int64_t n;
  if (!int_as_i64(index, &n)) n = (raise_overflow(t, "cannot fit '%.200T' into an index-sized integer", arg), -1);
  v_drop(t, index);
  return n;
}

static Value wrap_item(Thread *t, void *fn, Value self, Value arg) {
  int64_t i = count_of(t, arg);
  if (i == -1 && error_pending(t)) return V_NULL;
  if (i < 0 && v_type(self)->slots.length) {
    int64_t n = v_type(self)->slots.length(t, self);
    if (n < 0) return V_NULL;
    i += n;
  }
  return ((Value (*)(Thread *, Value, int64_t))fn)(t, self, i);
}

static Value wrap_repeat(Thread *t, void *fn, Value self, Value arg) {
  int64_t n = count_of(t, arg);
  if (n == -1 && error_pending(t)) return V_NULL;
  return ((Value (*)(Thread *, Value, int64_t))fn)(t, self, n);
}

static bool is_by_index(const Type *type) {
  while (type && !(type->flags & TYPE_BY_INDEX)) type = type->base;
  return type != NULL;
}

// The key as such a type's wrapper takes it: an integer, counted from the beginning; one too small to be any remains so. V_NULL: error.
static Value index_key(Thread *t, Value self, Value key) {
  Value number = number_index(t, key);
  if (v_is_null(number)) return V_NULL;
  int64_t i;
  bool fits = int_as_i64(number, &i);
  v_drop(t, number);
  if (!fits) return raise_error(t, &exc_OverflowError, "cannot fit '%.200T' into an index-sized integer", key);
  if (i >= 0) return int_from_i64(t, i);
  int64_t n = v_type(self)->slots.length(t, self);
  if (n < 0) return V_NULL;
  return int_from_i64(t, i + n < 0 ? INT64_MIN : i + n);
}

// self[key] = value, del self[key] (value V_NULL) by name. 0, -1.
static int wrap_setitem(Thread *t, void *fn, Value self, Value key, Value value) {
  int (*set)(Thread *, Value, Value, Value) = (int (*)(Thread *, Value, Value, Value))fn;
  if (!is_by_index(v_type(self))) return set(t, self, key, value);
  Value index = index_key(t, self, key);
  int r = v_is_null(index) ? -1 : set(t, self, index, value);
  v_drop(t, index);
  return r;
}

static Value wrap_binary(Thread *t, const SlotEntry *e, void *fn, Value self, Value arg) {
  if (!v_is(*e->name, N(__getitem__)) || !is_by_index(v_type(self))) return ((BinaryFn)fn)(t, self, arg);
  Value index = index_key(t, self, arg);
  Value r = v_is_null(index) ? V_NULL : ((BinaryFn)fn)(t, self, index);
  v_drop(t, index);
  return r;
}

Value slot_wrapper_call(Thread *t, const SlotEntry *e, void *fn, Value self, const Value *args, size_t nargs, Value kwnames) {
  typedef Value (*CompareFn)(Thread *, Value, Value, int);
  typedef int (*SetFn)(Thread *, Value, Value, Value);
  if (e->wrap == WRAP_CALL) return ((NativeFn)fn)(t, self, args, nargs, kwnames);
  if (e->wrap == WRAP_INIT)
    return none_or_error(((int (*)(Thread *, Value, const Value *, size_t, Value))fn)(t, self, args, nargs, kwnames));
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length > 0) return raise_type_error(t, "wrapper %U() takes no keyword arguments", *e->name);
  switch (e->wrap) {
    case WRAP_UNARY: return check_count(t, nargs, 0) ? ((UnaryFn)fn)(t, self) : V_NULL;
    case WRAP_NEXT: return check_count(t, nargs, 0) ? wrap_next(t, fn, self) : V_NULL;
    case WRAP_BINARY: return check_count(t, nargs, 1) ? wrap_binary(t, e, fn, self, args[0]) : V_NULL;
    case WRAP_BINARY_REFLECTED: return check_count(t, nargs, 1) ? ((BinaryFn)fn)(t, args[0], self) : V_NULL;
    case WRAP_TERNARY:
      return check_one_or_two(t, nargs) ? ((TernaryFn)fn)(t, self, args[0], nargs == 2 ? args[1] : V_NONE) : V_NULL;
    case WRAP_TERNARY_REFLECTED:
      return check_one_or_two(t, nargs) ? ((TernaryFn)fn)(t, args[0], self, nargs == 2 ? args[1] : V_NONE) : V_NULL;
    case WRAP_BOOL: {
      if (!check_count(t, nargs, 0)) return V_NULL;
      int r = ((int (*)(Thread *, Value))fn)(t, self);
      return r < 0 ? V_NULL : v_from_bool(r);
    }
    case WRAP_LENGTH: case WRAP_HASH: {
      if (!check_count(t, nargs, 0)) return V_NULL;
      int64_t r = ((int64_t (*)(Thread *, Value))fn)(t, self);
      return r == -1 && error_pending(t) ? V_NULL : int_from_i64(t, r);
    }
    case WRAP_GETATTR: return check_count(t, nargs, 1) ? wrap_getattr(t, fn, self, args[0]) : V_NULL;
    case WRAP_SETATTR: return check_unpacked(t, nargs, 2) ? wrap_setattr(t, fn, self, args[0], args[1]) : V_NULL;
    case WRAP_DELATTR: return check_count(t, nargs, 1) ? wrap_setattr(t, fn, self, args[0], V_NULL) : V_NULL;
    case WRAP_LT: case WRAP_LE: case WRAP_EQ: case WRAP_NE: case WRAP_GT: case WRAP_GE: {
      static const int ops[] = {CMP_LT, CMP_LE, CMP_EQ, CMP_NE, CMP_GT, CMP_GE};
      return check_count(t, nargs, 1) ? ((CompareFn)fn)(t, self, args[0], ops[e->wrap - WRAP_LT]) : V_NULL;
    }
    case WRAP_DESCR_GET: return check_one_or_two(t, nargs) ? wrap_descr_get(t, fn, self, args, nargs) : V_NULL;
    case WRAP_SETITEM: return check_unpacked(t, nargs, 2) ? none_or_error(wrap_setitem(t, fn, self, args[0], args[1])) : V_NULL;
    case WRAP_DELITEM: return check_count(t, nargs, 1) ? none_or_error(wrap_setitem(t, fn, self, args[0], V_NULL)) : V_NULL;
    case WRAP_DESCR_SET:
      return check_unpacked(t, nargs, 2) ? none_or_error(((SetFn)fn)(t, self, args[0], args[1])) : V_NULL;
    case WRAP_DESCR_DELETE:
      return check_count(t, nargs, 1) ? none_or_error(((SetFn)fn)(t, self, args[0], V_NULL)) : V_NULL;
    case WRAP_CONTAINS: {
      if (!check_count(t, nargs, 1)) return V_NULL;
      int r = ((int (*)(Thread *, Value, Value))fn)(t, self, args[0]);
      return r < 0 ? V_NULL : v_from_bool(r);
    }
    case WRAP_REPEAT: return check_unpacked(t, nargs, 1) ? wrap_repeat(t, fn, self, args[0]) : V_NULL;
    case WRAP_SEQ_ITEM: return check_count(t, nargs, 1) ? wrap_item(t, fn, self, args[0]) : V_NULL;
    case WRAP_FINALIZE:
      if (!check_count(t, nargs, 0)) return V_NULL;
      ((void (*)(Thread *, Value))fn)(t, self);
      return V_NONE;
    default: return raise_system_error(t, "slot without a wrapper");
  }
}

// ---- wrapper_descriptor ----------------------------------------------------------------------------------------------------------

Value wrapper_descriptor_new(Thread *t, Type *type, const SlotEntry *entry, void *wrapped) {
  WrapperDescriptor *w = (WrapperDescriptor *)heap_new_object(t, SHAPE_WRAPPER_DESCRIPTOR, sizeof *w);
  if (!w) return raise_no_memory(t);
  w->type = type;
  w->entry = entry;
  w->wrapped = wrapped;
  object_make_immortal(&w->ob);   // of a static type
  return v_steal_obj(w);
}

static void wrapper_descriptor_traverse(Object *o, GcVisit visit, void *arg) { visit(&((WrapperDescriptor *)o)->type->ob, false, arg); }

static Value wrapper_descriptor_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  const WrapperDescriptor *w = v_wrapper_descriptor(self);
  if (nargs < 1) return raise_type_error(t, "descriptor '%U' of '%.100N' object needs an argument", *w->entry->name, w->type);
  if (!type_is_subtype(v_type(args[0]), w->type))
    return raise_type_error(t, "descriptor '%U' requires a '%.100N' object but received a '%.100T'", *w->entry->name, w->type, args[0]);
  return slot_wrapper_call(t, w->entry, w->wrapped, args[0], args + 1, nargs - 1, kwnames);
}

static Value wrapper_descriptor_get(Thread *t, Value self, Value obj, Value type) {
  (void)type;
  const WrapperDescriptor *w = v_wrapper_descriptor(self);
  if (v_is_null(obj)) return v_own(t, self);
  if (descriptor_check(t, *w->entry->name, w->type, obj) < 0) return V_NULL;
  MethodWrapper *m = (MethodWrapper *)heap_new_object(t, SHAPE_METHOD_WRAPPER, sizeof *m);
  if (!m) return raise_no_memory(t);
  m->descriptor = v_own(t, self);
  m->self = v_own(t, obj);
  return v_steal_obj(m);
}

static Value wrapper_descriptor_repr(Thread *t, Value self) {
  const WrapperDescriptor *w = v_wrapper_descriptor(self);
  return str_from_format(t, "<slot wrapper '%U' of '%N' objects>", *w->entry->name, w->type);
}

static Value entry_doc(Thread *t, const SlotEntry *e) { return e->doc ? str_from_cstr(t, e->doc) : V_NONE; }
static Value entry_signature(Thread *t, const SlotEntry *e) { return e->signature ? str_from_cstr(t, e->signature) : V_NONE; }
static Value wrapper_qualname(Thread *t, const WrapperDescriptor *w) {
  return str_from_format(t, "%U.%U", w->type->qualname, *w->entry->name);
}

#define DESCRIPTOR_GETTER(fn, expression)                      \
  static Value fn(Thread *t, Value self, void *closure) {      \
    (void)closure;                                             \
    const WrapperDescriptor *w = v_wrapper_descriptor(self);   \
    return expression;                                         \
  }
DESCRIPTOR_GETTER(descriptor_doc, entry_doc(t, w->entry))
DESCRIPTOR_GETTER(descriptor_name, v_own(t, *w->entry->name))
DESCRIPTOR_GETTER(descriptor_objclass, v_own_obj(t, w->type))
DESCRIPTOR_GETTER(descriptor_qualname, wrapper_qualname(t, w))
DESCRIPTOR_GETTER(descriptor_signature, entry_signature(t, w->entry))

static Value wrapper_descriptor_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  const WrapperDescriptor *w = v_wrapper_descriptor(self);
  return descriptor_reduce(t, w->type, *w->entry->name);
}

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }

static const NativeDef wrapper_descriptor_methods[] = {
    {"__reduce__($self, /)", wrapper_descriptor_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef wrapper_descriptor_getset[] = {
    {"__doc__", descriptor_doc, NULL, NULL, NULL},
    {"__qualname__", descriptor_qualname, NULL, NULL, NULL},
    {"__text_signature__", descriptor_signature, NULL, NULL, NULL},
    {0},
};
static const GetSetDef wrapper_descriptor_computed[] = {{"__objclass__", descriptor_objclass, NULL, NULL, NULL}, {"__name__", descriptor_name, NULL, NULL, NULL}, {0}};

const TypeSpec spec_wrapper_descriptor = {
    .name = "wrapper_descriptor",
    .size = sizeof(WrapperDescriptor),
    .flags = TYPE_METHOD_DESCRIPTOR,
    .slots = {.repr = wrapper_descriptor_repr, .call = wrapper_descriptor_call, .descr_get = wrapper_descriptor_get,
              .dealloc = plain_dealloc, .traverse = wrapper_descriptor_traverse},
    .methods = wrapper_descriptor_methods,
    .getset = wrapper_descriptor_getset,
    .computed_members = wrapper_descriptor_computed,
};

// ---- method-wrapper --------------------------------------------------------------------------------------------------------------

static inline const WrapperDescriptor *described(Value self) { return v_wrapper_descriptor(v_method_wrapper(self)->descriptor); }

static void method_wrapper_dealloc(Thread *t, Object *o) {
  MethodWrapper *m = (MethodWrapper *)o;
  v_drop(t, m->descriptor);
  v_drop(t, m->self);
  heap_free_object(t, o);
}

static void method_wrapper_traverse(Object *o, GcVisit visit, void *arg) {
  MethodWrapper *m = (MethodWrapper *)o;
  gc_visit_value(m->descriptor, visit, arg);
  gc_visit_value(m->self, visit, arg);
}

static Value method_wrapper_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  const WrapperDescriptor *w = described(self);
  return slot_wrapper_call(t, w->entry, w->wrapped, v_method_wrapper(self)->self, args, nargs, kwnames);
}

static Value method_wrapper_repr(Thread *t, Value self) {
  Value obj = v_method_wrapper(self)->self;
  return str_from_format(t, "<method-wrapper '%U' of %T object at %p>", *described(self)->entry->name, obj,
                         (void *)(uintptr_t)(v_is_ptr(obj) ? obj.w & ~(uint64_t)1 : obj.w));
}

static Value method_wrapper_compare(Thread *t, Value a, Value b, int op) {
  (void)t;
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_exact(a, SHAPE_METHOD_WRAPPER) || !v_is_exact(b, SHAPE_METHOD_WRAPPER))
    return V_NOT_IMPLEMENTED;
  bool equal = described(a) == described(b) && v_is(v_method_wrapper(a)->self, v_method_wrapper(b)->self);
  return v_from_bool(equal == (op == CMP_EQ));
}

static int64_t method_wrapper_hash(Thread *t, Value self) {
  (void)t;
  uint64_t h = v_method_wrapper(self)->self.w >> 4 ^ (uint64_t)(uintptr_t)described(self) >> 4;
  return (int64_t)h == -1 ? -2 : (int64_t)h;
}

#define WRAPPER_GETTER(fn, expression)                      \
  static Value fn(Thread *t, Value self, void *closure) {   \
    (void)closure;                                          \
    const WrapperDescriptor *w = described(self);           \
    return expression;                                      \
  }
WRAPPER_GETTER(method_wrapper_doc, entry_doc(t, w->entry))
WRAPPER_GETTER(method_wrapper_name, v_own(t, *w->entry->name))
WRAPPER_GETTER(method_wrapper_objclass, v_own_obj(t, w->type))
WRAPPER_GETTER(method_wrapper_qualname, wrapper_qualname(t, w))
WRAPPER_GETTER(method_wrapper_signature, entry_signature(t, w->entry))

static Value method_wrapper_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value getattr = object_builtin(t, N(getattr));
  if (v_is_null(getattr)) return V_NULL;
  Value inner = tuple_pack(t, 2, v_method_wrapper(self)->self, *described(self)->entry->name);
  Value result = v_is_null(inner) ? V_NULL : tuple_pack(t, 2, getattr, inner);
  v_drop(t, inner);
  v_drop(t, getattr);
  return result;
}

static const NativeDef method_wrapper_methods[] = {
    {"__reduce__($self, /)", method_wrapper_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef method_wrapper_members[] = {
    {"__self__", MEMBER_VALUE, offsetof(MethodWrapper, self), true, NULL},
    {0},
};
static const GetSetDef method_wrapper_getset[] = {
    {"__objclass__", method_wrapper_objclass, NULL, NULL, NULL},
    {"__name__", method_wrapper_name, NULL, NULL, NULL},
    {"__qualname__", method_wrapper_qualname, NULL, NULL, NULL},
    {"__doc__", method_wrapper_doc, NULL, NULL, NULL},
    {"__text_signature__", method_wrapper_signature, NULL, NULL, NULL},
    {0},
};

const TypeSpec spec_method_wrapper = {
    .name = "method-wrapper",
    .size = sizeof(MethodWrapper),
    .slots = {.repr = method_wrapper_repr, .call = method_wrapper_call, .hash = method_wrapper_hash, .richcompare = method_wrapper_compare,
              .dealloc = method_wrapper_dealloc, .traverse = method_wrapper_traverse},
    .methods = method_wrapper_methods,
    .getset = method_wrapper_getset,
    .members = method_wrapper_members,
};

bool slot_wrapper_init(Thread *t) {
  return type_ready(t, &type_wrapper_descriptor, &spec_wrapper_descriptor, SHAPE_WRAPPER_DESCRIPTOR) &&
         type_ready(t, &type_method_wrapper, &spec_method_wrapper, SHAPE_METHOD_WRAPPER);
}
