// UnionType: int | str.
#include "objects/union.h"

#include "objects/error_state.h"
#include "objects/generic_params.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_repr.h"

Type type_UnionType;

typedef struct Union { Object ob; Value args; } Union;   // tuple; None stands there as NoneType

static inline Value args_of(Value self) { return ((Union *)v_obj(self))->args; }
Value union_args(Value v) { return args_of(v); }
static inline bool v_is_union(Value v) { return v_is_exact(v, SHAPE_UNION); }
static inline bool v_is_alias(Value v) { return type_is_subtype(v_type(v), &type_GenericAlias); }

// ---- making ----------------------------------------------------------------------------------------------------------------------

// 1: v (or, for aliases, its equal) is in the list already; 0; -1.
static int is_listed(Thread *t, List *list, Value v) {
  for (int64_t i = 0; i < list_length(list); i++) {
    Value item = list_get(t, list, i);
    int same = v_is_alias(v) && v_is_alias(item) ? object_equal(t, v, item) : v_is(v, item);
    v_drop(t, item);
    if (same) return same;
  }
  return 0;
}

static int add_member(Thread *t, List *list, Value v) {
  if (v_is_none(v)) v = v_from_obj(&type_NoneType);
  if (v_is_union(v)) {
    const Tuple *inner = v_tuple(args_of(v));
    for (int64_t i = 0; i < inner->length; i++)
      if (add_member(t, list, inner->items[i]) < 0) return -1;
    return 0;
  }
  int there = is_listed(t, list, v);
  return there < 0 ? -1 : there ? 0 : list_append(t, list, v);
}

Value union_from(Thread *t, Value args) {
  Value list = list_new(t, 0), members = V_NULL;
  if (v_is_null(list)) return V_NULL;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < v_tuple(args)->length; i++) r = add_member(t, v_list(list), v_tuple(args)->items[i]);
  if (r == 0) members = list_to_tuple(t, v_list(list));
  v_drop(t, list);
  if (v_is_null(members)) return V_NULL;
  if (v_tuple(members)->length == 1) {
    Value only = v_own(t, v_tuple(members)->items[0]);
    v_drop(t, members);
    return only;
  }
  Union *u = (Union *)heap_new_object(t, SHAPE_UNION, sizeof *u);
  if (!u) {
    v_drop(t, members);
    return raise_no_memory(t);
  }
  u->args = members;
  return v_steal_obj(u);
}

static bool may_join(Value v) { return v_is_none(v) || v_is_type(v) || v_is_alias(v) || v_is_union(v); }

Value union_or_operator(Thread *t, Value a, Value b) {
  if (!may_join(a) || !may_join(b)) return V_NOT_IMPLEMENTED;
  Value pair = tuple_pack(t, 2, a, b);
  if (v_is_null(pair)) return V_NULL;
  Value result = union_from(t, pair);
  v_drop(t, pair);
  return result;
}

static void union_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Union *)o)->args);
  heap_free_object(t, o);
}

static void union_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Union *)o)->args, visit, arg); }

// ---- behaviour -------------------------------------------------------------------------------------------------------------------

static Value union_repr(Thread *t, Value self) {
  const Tuple *args = v_tuple(args_of(self));
  StrBuilder b;
  strb_init(&b, t);
  for (int64_t i = 0; i < args->length; i++) {
    if (i) strb_cstr(&b, " | ");
    if (v_is(args->items[i], v_from_obj(&type_NoneType))) strb_cstr(&b, "None");
    else if (type_repr_append(t, &b, args->items[i]) < 0) {
      strb_discard(&b);
      return V_NULL;
    }
  }
  return strb_finish(&b);
}

static int64_t union_hash(Thread *t, Value self) {
  Value set = frozenset_new(t, args_of(self));
  if (v_is_null(set)) return -1;
  int64_t h = object_hash(t, set);
  v_drop(t, set);
  return h;
}

static Value union_compare(Thread *t, Value a, Value b, int op) {
  if ((op != CMP_EQ && op != CMP_NE) || !v_is_union(b)) return V_NOT_IMPLEMENTED;
  Value x = set_new(t, args_of(a)), y = v_is_null(x) ? V_NULL : set_new(t, args_of(b));
  Value r = v_is_null(y) ? V_NULL : object_compare(t, x, y, op);
  v_drop(t, x);
  v_drop(t, y);
  return r;
}

// __module__ is the type's: 'types'.
static Value union_getattro(Thread *t, Value self, Value name) {
  if (v_is(name, N(__module__))) return object_getattr(t, v_from_obj(&type_UnionType), name);
  return object_generic_getattr(t, self, name);
}

static Value union_getitem(Thread *t, Value self, Value item) {
  Value parameters = generic_parameters(t, args_of(self));
  if (v_is_null(parameters)) return V_NULL;
  Value args = generic_substitute(t, self, args_of(self), parameters, item);
  v_drop(t, parameters);
  if (v_is_null(args)) return V_NULL;
  const Tuple *members = v_tuple(args);
  Value result = v_own(t, members->items[0]);
  for (int64_t i = 1; !v_is_null(result) && i < members->length; i++) {
    Value next = number_binary(t, result, members->items[i], OP_OR);
    v_drop(t, result);
    result = next;
  }
  v_drop(t, args);
  return result;
}

static Value get_parameters(Thread *t, Value self, void *closure) {
  (void)closure;
  return generic_parameters(t, args_of(self));
}

static const MemberDef union_members[] = {{"__args__", MEMBER_VALUE, offsetof(Union, args), true, NULL}, {0}};
static const GetSetDef union_getset[] = {{"__parameters__", get_parameters, NULL, "The type variables in the union.", NULL}, {0}};

const TypeSpec spec_UnionType = {
    .name = "types.UnionType",
    .size = sizeof(Union),
    .slots = {.repr = union_repr, .hash = union_hash, .richcompare = union_compare, .getattro = union_getattro, .or_ = union_or_operator,
              .getitem = union_getitem, .dealloc = union_dealloc, .traverse = union_traverse},
    .getset = union_getset,
    .members = union_members,
    .doc = "What E1 | E2 makes of two types.",
};

bool union_init(Thread *t) { return type_ready(t, &type_UnionType, &spec_UnionType, SHAPE_UNION); }
