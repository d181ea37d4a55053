// Writing plain instances: those of a class statement that leaves pickling to object. What object.__reduce_ex__ would say of one is known
// then, so it is not asked: the class, no arguments, and the attributes, without a dict being made of them.
//
// Whether an instance is plain depends on its shape and its class's version only; the last answer is kept. dumps() alone does this: the memo
// of a Pickler, which a program can look at, would lack the dicts.
#include "modules/pickle.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"

enum { MOST_ATTRIBUTES = 32 };

static bool inherits_from_object(Thread *t, Type *type, Value name) {
  Value its = type_lookup(t, type, name), plain = type_lookup(t, &type_object, name);
  bool same = its.w != 0 && v_is(its, plain);
  v_drop(t, its);
  v_drop(t, plain);
  return same;
}

static bool lacks(Thread *t, Type *type, Value name) {
  Value its = type_lookup(t, type, name);
  v_drop(t, its);
  return v_is_null(its);
}

// copyreg has found no __slots__ in the class and its bases. Not asked yet: false, and asked by who writes the instance.
static bool has_no_slots(Thread *t, Type *type) {
  Value names = V_NULL;
  if (dict_get(t, v_dict(type->dict), N(__slotnames__), &names) < 0) error_clear(t);
  bool none = !v_is_null(names) && (v_is_none(names) || (v_is_list(names) && list_length(v_list(names)) == 0));
  v_drop(t, names);
  return none;
}

static bool is_plain_class(Thread *t, Type *type) {
  const Type *base = type;
  while (base->flags & TYPE_HEAP && base->base) base = base->base;
  return type->flags & TYPE_HEAP && !(type->flags & TYPE_FOREIGN_MRO) && base == &type_object && type->slots.getattro == object_generic_getattr &&
         inherits_from_object(t, type, N(__reduce_ex__)) && inherits_from_object(t, type, N(__reduce__)) &&
         inherits_from_object(t, type, N(__getstate__)) && inherits_from_object(t, type, N(__class__)) && lacks(t, type, N(__getnewargs__)) &&
         lacks(t, type, N(__getnewargs_ex__)) && has_no_slots(t, type);
}

static bool is_plain_shape(uint32_t shape) {
  const ShapeLayout *l = shape_layout(shape);
  return l && l->count <= MOST_ATTRIBUTES && shape_find_slot(shape, N(__reduce_ex__)) < 0 && shape_find_slot(shape, N(__reduce__)) < 0 &&
         shape_find_slot(shape, N(__getstate__)) < 0;
}

static bool is_plain(Saver *s, Type *type, uint32_t shape) {
  uint64_t version = a64_load_acq(&type->version);
  if (likely(shape == s->plain_shape && version == s->plain_version)) return true;
  if (!is_plain_shape(shape) || !is_plain_class(s->t, type)) return false;
  s->plain_shape = shape;
  s->plain_version = version;
  return true;
}

static void drop_all(Thread *t, const Value *values, int32_t n) {
  for (int32_t i = 0; i < n; i++) v_drop(t, values[i]);
}

// The values of all slots, owned. False: another thread is changing the object's attributes.
static bool take_values(Thread *t, Object *o, uint32_t shape, int32_t n, Value *values) {
  for (int32_t i = 0; i < n; i++) {
    Value v = instance_load_slot(t, o, shape, i);
    if (v_is_null(v)) {
      drop_all(t, values, i);
      return false;
    }
    values[i] = v_kept_own(t, v);
  }
  if (object_shape(o) == shape) return true;
  drop_all(t, values, n);
  return false;
}

// The names stay alive with the shape, and that with the class, which the caller's instance has.
static int save_attributes(Saver *s, uint32_t shape, int32_t n, const Value *values) {
  if (pickle_put_op(s, PK_EMPTY_DICT) < 0 || pickle_put_memoized(s, s->memo.count++) < 0 || (n > 1 && pickle_put_op(s, PK_MARK) < 0)) return -1;
  for (int32_t i = 0; i < n; i++)
    if (pickle_save(s, shape_slot_name(shape, i)) < 0 || pickle_save(s, values[i]) < 0) return -1;
  return pickle_put_op(s, n > 1 ? PK_SETITEMS : PK_SETITEM) < 0 ? -1 : pickle_put_op(s, PK_BUILD);
}

// As deep as a dict: two calls in CPython.
static int save_state(Saver *s, uint32_t shape, int32_t n, const Value *values) {
  static const char place[] = " while pickling an object";
  if (pickle_boundary(s) < 0 || recursion_enter(s->t, place) < 0) return -1;
  int status = recursion_enter(s->t, place);
  if (status == 0) {
    status = save_attributes(s, shape, n, values);
    recursion_leave(s->t);
  }
  recursion_leave(s->t);
  return status;
}

static int save_made(Saver *s, Value v, Type *type) {
  if (pickle_save(s, v_from_obj(type)) < 0 || pickle_boundary(s) < 0) return -1;
  return pickle_put(s, (char[]){PK_EMPTY_TUPLE, (char)PK_NEWOBJ}, 2) < 0 ? -1 : pickle_remember_made(s, v);
}

int pickle_save_instance(Saver *s, Value v) {
  Type *type = v_type(v);
  uint32_t shape = object_shape(v_obj(v));
  Value values[MOST_ATTRIBUTES];
  if (!v_is_null(s->self) || s->proto < 2 || !(type->flags & TYPE_HEAP) || !is_plain(s, type, shape)) return 0;
  int32_t n = shape_layout(shape)->count;
  if (!take_values(s->t, v_obj(v), shape, n, values)) return 0;
  int status = save_made(s, v, type);
  if (status == 0 && n > 0) status = save_state(s, shape, n, values);
  drop_all(s->t, values, n);
  return status < 0 ? -1 : 1;
}
