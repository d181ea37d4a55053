// isinstance() and issubclass(), with and without the classes' own hooks.
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "objects/union.h"

// cls.__bases__ if it is a tuple, as classes of other makes have: 1 *out owned, 0, -1.
static int abstract_bases(Thread *t, Value cls, Value *out) {
  int r = object_lookup_attr(t, cls, N(__bases__), out);
  if (r > 0 && !v_is_tuple(*out)) {
    v_drop(t, *out);
    r = 0;
  }
  return r;
}

static int abstract_issubclass(Thread *t, Value derived, Value cls) {
  if (v_is(derived, cls)) return 1;
  Value bases;
  int r = abstract_bases(t, derived, &bases);
  if (r <= 0) return r;
  if (recursion_enter(t, " in __issubclass__") < 0) r = -1;
  else {
    r = 0;
    for (int64_t i = 0; r == 0 && i < v_tuple(bases)->length; i++) r = abstract_issubclass(t, v_tuple(bases)->items[i], cls);
    recursion_leave(t);
  }
  v_drop(t, bases);
  return r;
}

// 1: usable as a class; else -1 with the message.
static int check_class(Thread *t, Value cls, const char *message) {
  Value bases;
  int r = abstract_bases(t, cls, &bases);
  if (r > 0) v_drop(t, bases);
  if (r == 0) raise_type_error(t, "%s", message);
  return r > 0 ? 1 : -1;
}

int object_real_isinstance(Thread *t, Value v, Value cls) {
  Value claimed;
  int r;
  if (v_is_type(cls)) {
    if (type_is_subtype(v_type(v), v_as_type(cls))) return 1;
    r = object_lookup_attr(t, v, N(__class__), &claimed);
    if (r <= 0) return r;
    r = v_is_type(claimed) && !v_is(claimed, v_from_obj(v_type(v))) && type_is_subtype(v_as_type(claimed), v_as_type(cls));
    v_drop(t, claimed);
    return r;
  }
  if (check_class(t, cls, "isinstance() arg 2 must be a type, a tuple of types, or a union") < 0) return -1;
  r = object_lookup_attr(t, v, N(__class__), &claimed);
  if (r <= 0) return r;
  r = abstract_issubclass(t, claimed, cls);
  v_drop(t, claimed);
  return r;
}

int object_real_issubclass(Thread *t, Value derived, Value cls) {
  if (v_is_type(derived) && v_is_type(cls)) return type_is_subtype(v_as_type(derived), v_as_type(cls));
  if (check_class(t, derived, "issubclass() arg 1 must be a class") < 0) return -1;
  if (check_class(t, cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union") < 0) return -1;
  return abstract_issubclass(t, derived, cls);
}

typedef int (*ClassTest)(Thread *t, Value a, Value cls);

static int any_of(Thread *t, Value a, Value classes, ClassTest test, const char *where) {
  if (recursion_enter(t, where) < 0) return -1;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(classes)->length; i++) r = test(t, a, v_tuple(classes)->items[i]);
  recursion_leave(t);
  return r;
}

// Asks cls's own hook if it has one, else does the plain test.
static int ask_hook(Thread *t, Value a, Value cls, Value dunder, ClassTest plain, const char *where) {
  Value hook;
  int r = object_lookup_special(t, cls, dunder, &hook);
  if (r < 0) return -1;
  if (r == 0) return plain(t, a, cls);
  r = -1;
  if (recursion_enter(t, where) == 0) {
    Value answer = object_call1(t, hook, a);
    recursion_leave(t);
    if (!v_is_null(answer)) r = object_is_true(t, answer);
    v_drop(t, answer);
  }
  v_drop(t, hook);
  return r;
}

int object_isinstance(Thread *t, Value v, Value cls) {
  static const char where[] = " in __instancecheck__";
  if (v_is(v_from_obj(v_type(v)), cls)) return 1;
  if (v_is_ptr(cls) && object_type(v_obj(cls)) == &type_type) return object_real_isinstance(t, v, cls);
  if (v_is_exact(cls, SHAPE_UNION)) cls = union_args(cls);
  if (v_is_tuple(cls)) return any_of(t, v, cls, object_isinstance, where);
  return ask_hook(t, v, cls, N(__instancecheck__), object_real_isinstance, where);
}

int object_issubclass(Thread *t, Value derived, Value cls) {
  static const char where[] = " in __subclasscheck__";
  if (v_is_ptr(cls) && object_type(v_obj(cls)) == &type_type) {
    if (v_is(derived, cls)) return 1;
    return object_real_issubclass(t, derived, cls);
  }
  if (v_is_exact(cls, SHAPE_UNION)) cls = union_args(cls);
  if (v_is_tuple(cls)) return any_of(t, derived, cls, object_issubclass, where);
  return ask_hook(t, derived, cls, N(__subclasscheck__), object_real_issubclass, where);
}
