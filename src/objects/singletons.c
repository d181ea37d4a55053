// None, NotImplemented and Ellipsis: one immortal object each.
#include "objects/singletons.h"

#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Object none_object = OBJECT_IMMORTAL_INIT(SHAPE_NONE);
Object ellipsis_object = OBJECT_IMMORTAL_INIT(SHAPE_ELLIPSIS);
Object not_implemented_object = OBJECT_IMMORTAL_INIT(SHAPE_NOTIMPLEMENTED);
Type type_NoneType, type_ellipsis, type_NotImplementedType;

static Value singleton_new(Thread *t, Type *type, size_t nargs, Value kwnames, Value singleton) {
  if (nargs || (!v_is_null(kwnames) && v_tuple(kwnames)->length)) return raise_type_error(t, "%N takes no arguments", type);
  return singleton;
}

static Value none_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  return singleton_new(t, type, nargs, kwnames, V_NONE);
}
static Value ellipsis_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  if (nargs || (!v_is_null(kwnames) && v_tuple(kwnames)->length)) return raise_type_error(t, "EllipsisType takes no arguments");
  (void)type;
  return V_ELLIPSIS;
}
static Value not_implemented_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  return singleton_new(t, type, nargs, kwnames, V_NOT_IMPLEMENTED);
}

static Value none_repr(Thread *t, Value self) { return (void)self, str_intern_cstr(t, "None"); }
static Value ellipsis_repr(Thread *t, Value self) { return (void)self, str_intern_cstr(t, "Ellipsis"); }
static Value not_implemented_repr(Thread *t, Value self) { return (void)self, str_intern_cstr(t, "NotImplemented"); }

// None's hash is the same in every run, so that sets of it iterate alike. Its last byte is that of Debian's python3.11, where it comes from
// an address: sets of up to 64 items with None among them then have that order, too.
static int64_t none_hash(Thread *t, Value self) {
  (void)t, (void)self;
  return 0xFCA864CC;
}
static int none_bool(Thread *t, Value self) { return (void)t, (void)self, 0; }

static int not_implemented_bool(Thread *t, Value self) {
  (void)self;
  return warn(t, &exc_DeprecationWarning, 1, "NotImplemented should not be used in a boolean context") < 0 ? -1 : 1;
}

static Value ellipsis_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)args, (void)nargs, (void)kwnames;
  return str_intern_cstr(t, "Ellipsis");
}
static Value not_implemented_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)args, (void)nargs, (void)kwnames;
  return str_intern_cstr(t, "NotImplemented");
}

static const NativeDef ellipsis_methods[] = {{"__reduce__($self, /)", ellipsis_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};
static const NativeDef not_implemented_methods[] = {{"__reduce__($self, /)", not_implemented_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};

const TypeSpec spec_NoneType = {
    .name = "NoneType", .size = sizeof(Object),
    .slots = {.repr = none_repr, .hash = none_hash, .bool_ = none_bool, .new = none_new},
};
const TypeSpec spec_ellipsis = {
    .name = "ellipsis", .size = sizeof(Object),
    .slots = {.repr = ellipsis_repr, .new = ellipsis_new}, .methods = ellipsis_methods,
};
const TypeSpec spec_NotImplementedType = {
    .name = "NotImplementedType", .size = sizeof(Object),
    .slots = {.repr = not_implemented_repr, .bool_ = not_implemented_bool, .new = not_implemented_new}, .methods = not_implemented_methods,
};

bool singletons_init(Thread *t) {
  return type_ready(t, &type_NoneType, &spec_NoneType, SHAPE_NONE) && type_ready(t, &type_ellipsis, &spec_ellipsis, SHAPE_ELLIPSIS) &&
         type_ready(t, &type_NotImplementedType, &spec_NotImplementedType, SHAPE_NOTIMPLEMENTED);
}
