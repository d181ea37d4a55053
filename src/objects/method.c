// method: a function bound to its first argument.
#include <stddef.h>

#include "objects/error.h"
#include "objects/function.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

static Method *v_method(Value v) { return (Method *)v_obj(v); }

Value method_new(Thread *t, Value function, Value self) {
  Method *m = (Method *)heap_new_object(t, SHAPE_METHOD, sizeof *m);
  if (!m) return raise_no_memory(t);
  m->function = v_own(t, function);
  m->self = v_own(t, self);
  return v_from_obj(m);
}

static Value method_make(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  if (native_no_keywords(t, "method", kwnames) < 0 || native_check_positional(t, "method", nargs, 2, 2) < 0) return V_NULL;
  if (!object_is_callable(args[0])) return raise_type_error(t, "first argument must be callable");
  if (v_is_none(args[1])) return raise_type_error(t, "instance must not be None");
  return method_new(t, args[0], args[1]);
}

// Calls the function with self put before the arguments.
static Value method_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Method *m = v_method(self);
  size_t n = nargs + (v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length);
  Value small[9], *all = n < 9 ? small : heap_alloc(t, (n + 1) * sizeof *all);
  if (!all) return raise_no_memory(t);
  all[0] = m->self;
  for (size_t i = 0; i < n; i++) all[i + 1] = args[i];
  Value r = object_call(t, m->function, all, nargs + 1, kwnames);
  if (all != small) heap_free(t, all);
  return r;
}

// The method's own attributes first, then the function's.
static Value method_getattr(Thread *t, Value self, Value name) {
  Value found = type_lookup(t, &type_method, name);
  if (v_is_null(found)) {
    if (thread_stack_low(t)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded in methods of methods");
    return object_getattr(t, v_method(self)->function, name);
  }
  v_drop(t, found);
  return object_generic_getattr(t, self, name);
}

static Value method_repr(Thread *t, Value self) {
  Method *m = v_method(self);
  Value name;
  if (object_lookup_attr(t, m->function, N(__qualname__), &name) < 0) return V_NULL;
  if (v_is_null(name) && object_lookup_attr(t, m->function, N(__name__), &name) < 0) return V_NULL;
  if (!v_is_null(name) && !v_is_str(name)) v_clear(t, &name);
  Value r = v_is_null(name) ? str_from_format(t, "<bound method ? of %R>", m->self) : str_from_format(t, "<bound method %U of %R>", name, m->self);
  v_drop(t, name);
  return r;
}

static Value method_compare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_exact(a, SHAPE_METHOD) || !v_is_exact(b, SHAPE_METHOD)) return V_NOT_IMPLEMENTED;
  int eq = object_equal(t, v_method(a)->function, v_method(b)->function);
  if (eq < 0) return V_NULL;
  eq = eq && v_is(v_method(a)->self, v_method(b)->self);
  return v_from_bool(eq == (op == CMP_EQ));
}

static int64_t method_hash(Thread *t, Value self) {
  Method *m = v_method(self);
  uint64_t address = m->self.w & ~(uint64_t)(v_is_ptr(m->self) ? 1 : 0);
  int64_t y = object_hash(t, m->function);
  if (y == -1) return -1;
  int64_t h = (int64_t)(address >> 4 | address << 60) ^ y;
  return h == -1 ? -2 : h;
}

static Value method_doc(Thread *t, Value self, void *closure) {
  (void)closure;
  return object_getattr(t, v_method(self)->function, N(__doc__));
}

static Value method_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value name = object_getattr(t, v_method(self)->function, N(__name__)), getattr = V_NULL, pair = V_NULL, r = V_NULL;
  if (v_is_null(name)) return V_NULL;
  getattr = object_getitem(t, native_builtins_dict, N(getattr));
  if (!v_is_null(getattr)) pair = tuple_pack(t, 2, v_method(self)->self, name);
  if (!v_is_null(pair)) r = tuple_pack(t, 2, getattr, pair);
  v_drop(t, name);
  v_drop(t, getattr);
  v_drop(t, pair);
  return r;
}

static void method_clear(Thread *t, Object *o) {
  v_clear(t, &((Method *)o)->function);
  v_clear(t, &((Method *)o)->self);
}

static void method_dealloc(Thread *t, Object *o) {
  method_clear(t, o);
  heap_free_object(t, o);
}

static void method_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Method *)o)->function, visit, arg);
  gc_visit_value(((Method *)o)->self, visit, arg);
}

static const NativeDef method_methods[] = {
    {"__reduce__($self, /)", method_reduce, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const MemberDef method_members[] = {
    {"__func__", MEMBER_VALUE, offsetof(Method, function), true, "The function that is called."},
    {"__self__", MEMBER_VALUE, offsetof(Method, self), true, "What the function gets as its first argument."},
    {0},
};
static const GetSetDef method_getset[] = {{"__doc__", method_doc, NULL, NULL, NULL}, {0}};

Type type_method;
static const TypeSpec spec_method = {
    .name = "method",
    .size = sizeof(Method),
    .flags = TYPE_WEAKREF,
    .slots = {.new = method_make, .call = method_call, .getattro = method_getattr, .setattro = object_generic_setattr, .repr = method_repr,
              .richcompare = method_compare, .hash = method_hash,
              .dealloc = method_dealloc, .traverse = method_traverse, .clear = method_clear},
    .methods = method_methods,
    .getset = method_getset,
    .members = method_members,
    .doc = "A function together with the object it gets as its first argument.",
    .text_signature = NULL,
};

bool method_init(Thread *t) { return type_ready(t, &type_method, &spec_method, SHAPE_METHOD); }
