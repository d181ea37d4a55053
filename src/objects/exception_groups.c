// BaseExceptionGroup and ExceptionGroup (PEP 654): several unrelated exceptions raised together.
#include "objects/exception_groups.h"

#include <stddef.h>

#include "objects/dict.h"
#include "objects/exceptions.h"
#include "objects/generic_alias.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type *exc_ExceptionGroup;

static ExceptionGroupException *v_group(Value v) { return (ExceptionGroupException *)v_obj(v); }

// --- Making -------------------------------------------------------------------------------------------------------------------------

// The class that an instance of `type` over these exceptions gets, or NULL with TypeError.
static Type *choose_class(Thread *t, Type *type, const Tuple *excs) {
  bool nested_base = false;
  for (int64_t i = 0; i < excs->length && !nested_base; i++) nested_base = !type_is_subtype(v_type(excs->items[i]), &exc_Exception);
  if (type == &exc_BaseExceptionGroup) return nested_base ? type : exc_ExceptionGroup;
  if (!nested_base || !type_is_subtype(type, &exc_Exception)) return type;
  if (type == exc_ExceptionGroup) raise_type_error(t, "Cannot nest BaseExceptions in an ExceptionGroup");
  else raise_type_error(t, "Cannot nest BaseExceptions in '%.200N'", type);
  return NULL;
}

static bool is_sequence(Value v) {
  const Type *type = v_type(v);
  if (!type->slots.getitem || v_is_dict(v)) return false;
  return type->flags & TYPE_HEAP || (type->slots.length && !(type->flags & TYPE_MAPPING));
}

// Keywords are for __init__ to judge: a subclass may have one that takes some.
static Value group_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)kwnames;
  if (nargs != 2) return raise_type_error(t, "BaseExceptionGroup.__new__() takes exactly 2 arguments (%zu given)", nargs);
  if (!v_is_str(args[0])) return raise_type_error(t, "BaseExceptionGroup.__new__() argument 1 must be str, not %K", args[0]);
  if (!is_sequence(args[1])) return raise_type_error(t, "second argument (exceptions) must be a sequence");
  Value excs = object_to_tuple(t, args[1]);
  if (v_is_null(excs)) return V_NULL;
  const Tuple *items = v_tuple(excs);
  Value self = V_NULL;
  if (items->length == 0) {
    raise_value_error(t, "second argument (exceptions) must be a non-empty sequence");
    goto done;
  }
  for (int64_t i = 0; i < items->length; i++) {
    if (v_is_exception(items->items[i])) continue;
    raise_value_error(t, "Item %lld of second argument (exceptions) is not an exception", (long long)i);
    goto done;
  }
  type = choose_class(t, type, items);
  if (!type) goto done;
  self = exception_base_new(t, type, args, nargs, V_NULL);
  if (v_is_null(self)) goto done;
  v_group(self)->message = v_own(t, args[0]);
  v_group(self)->exceptions = v_own(t, excs);
done:
  v_drop(t, excs);
  return self;
}

static Value group_str(Thread *t, Value self) {
  int64_t n = v_tuple(v_group(self)->exceptions)->length;
  return str_from_format(t, "%S (%lld sub-exception%s)", v_group(self)->message, (long long)n, n > 1 ? "s" : "");
}

// --- Splitting ----------------------------------------------------------------------------------------------------------------------

typedef struct Matcher {
  enum { BY_CLASS, BY_PREDICATE, BY_LEAF } kind;
  Value what;  // classes, predicate, or a set of ids of leaves
} Matcher;

static int matches(Thread *t, const Matcher *m, Value exc) {
  switch (m->kind) {
    case BY_CLASS: return object_issubclass(t, v_from_obj(v_type(exc)), m->what);
    case BY_PREDICATE: {
      Value r = object_call1(t, m->what, exc);
      if (v_is_null(r)) return -1;
      int truth = object_is_true(t, r);
      v_drop(t, r);
      return truth;
    }
    default:
      if (v_is_exception_group(exc)) return 0;
      return set_contains(t, v_set_obj(m->what), v_from_smi((int64_t)((uintptr_t)v_obj(exc) >> 2)));
  }
}

static void copy_links(Thread *t, Value from, Value to) {
  Value tb = exception_get_traceback(t, from), context = exception_get_context(t, from), cause = exception_get_cause(t, from);
  exception_set_traceback(t, to, tb);
  exception_set_context(t, to, context);
  exception_set_cause(t, to, cause);
  a8_store_rlx(&v_exc(to)->suppress_context, 1);     // setting a cause, if only None, does that
  v_drop(t, tb);
  v_drop(t, context);
  v_drop(t, cause);
}

// group.derive(excs) with the links and notes of the original; None for an empty list.
static Value subset(Thread *t, Value group, Value excs) {
  if (list_length(v_list(excs)) == 0) return V_NONE;
  Value part = object_call_method1(t, group, N(derive), excs);
  if (v_is_null(part)) return V_NULL;
  if (!v_is_exception_group(part)) {
    v_drop(t, part);
    return raise_type_error(t, "derive must return an instance of BaseExceptionGroup");
  }
  copy_links(t, group, part);
  Value notes;
  int r = object_lookup_attr(t, group, N(__notes__), &notes);
  if (r > 0 && is_sequence(notes)) {
    Value copy = object_to_list(t, notes);
    if (v_is_null(copy) || object_setattr(t, part, N(__notes__), copy) < 0) r = -1;
    v_drop(t, copy);
  }
  v_drop(t, notes);
  if (r < 0) {
    v_drop(t, part);
    return V_NULL;
  }
  return part;
}

// rest may be NULL: not wanted.
static int split(Thread *t, Value exc, const Matcher *m, Value *match, Value *rest) {
  *match = V_NONE;
  if (rest) *rest = V_NONE;
  int r = matches(t, m, exc);
  if (r < 0) return -1;
  if (r) {
    *match = v_own(t, exc);
    return 0;
  }
  if (!v_is_exception_group(exc)) {
    if (rest) *rest = v_own(t, exc);
    return 0;
  }
  if (recursion_enter(t, " in exceptiongroup_split_recursive") < 0) return -1;
  Value matched = list_new(t, 0), others = list_new(t, 0);
  int result = v_is_null(matched) || v_is_null(others) ? -1 : 0;
  const Tuple *items = v_tuple(v_group(exc)->exceptions);
  for (int64_t i = 0; result == 0 && i < items->length; i++) {
    Value a, b = V_NONE;
    result = split(t, items->items[i], m, &a, rest ? &b : NULL);
    if (result < 0) break;
    if (!v_is_none(a)) result = list_append(t, v_list(matched), a);
    if (result == 0 && !v_is_none(b)) result = list_append(t, v_list(others), b);
    v_drop(t, a);
    v_drop(t, b);
  }
  recursion_leave(t);
  if (result == 0) {
    *match = subset(t, exc, matched);
    if (v_is_null(*match)) result = -1;
    else if (rest) {
      *rest = subset(t, exc, others);
      if (v_is_null(*rest)) {
        v_drop(t, *match);
        result = -1;
      }
    }
  }
  v_drop(t, matched);
  v_drop(t, others);
  return result;
}

int exception_group_split(Thread *t, Value exc, Value classes, Value *match, Value *rest) {
  Matcher m = {BY_CLASS, classes};
  return split(t, exc, &m, match, rest);
}

static int collect_leaves(Thread *t, Value exc, Set *ids) {
  if (!v_is_exception_group(exc)) return set_add(t, ids, v_from_smi((int64_t)((uintptr_t)v_obj(exc) >> 2)));
  if (recursion_enter(t, " in collect_exception_group_leaf_ids") < 0) return -1;
  const Tuple *items = v_tuple(v_group(exc)->exceptions);
  int r = 0;
  for (int64_t i = 0; r == 0 && i < items->length; i++) r = collect_leaves(t, items->items[i], ids);
  recursion_leave(t);
  return r;
}

Value exception_group_projection(Thread *t, Value orig, Value keep) {
  Value ids = set_new(t, V_NULL);
  if (v_is_null(ids)) return V_NULL;
  int r = 0;
  for (int64_t i = 0; r == 0 && i < list_length(v_list(keep)); i++) {
    Value exc = list_get(t, v_list(keep), i);
    r = collect_leaves(t, exc, v_set_obj(ids));
    v_drop(t, exc);
  }
  Value match = V_NULL;
  Matcher m = {BY_LEAF, ids};
  if (r == 0 && split(t, orig, &m, &match, NULL) < 0) match = V_NULL;
  v_drop(t, ids);
  return match;
}

static int matcher_from(Thread *t, Value condition, Matcher *m) {
  m->what = condition;
  if (v_is_exception_class(condition)) {
    m->kind = BY_CLASS;
    return 0;
  }
  if (v_is_tuple(condition)) {
    bool all = true;
    for (int64_t i = 0; i < v_tuple(condition)->length; i++) all = all && v_is_exception_class(v_tuple(condition)->items[i]);
    if (all) {
      m->kind = BY_CLASS;
      return 0;
    }
  } else if (v_is_exact(condition, SHAPE_FUNCTION)) {
    m->kind = BY_PREDICATE;
    return 0;
  }
  raise_type_error(t, "expected a function, exception type or tuple of exception types");
  return -1;
}

// --- Methods ------------------------------------------------------------------------------------------------------------------------

static Value group_derive(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "BaseExceptionGroup.derive", kwnames) < 0) return V_NULL;
  if (nargs != 1) return raise_type_error(t, "function takes exactly 1 argument (%zu given)", nargs);
  return object_call2(t, v_from_obj(&exc_BaseExceptionGroup), v_group(self)->message, args[0]);
}

static Value group_split(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "BaseExceptionGroup.split", kwnames) < 0 || native_check_positional(t, "split", nargs, 1, 1) < 0) return V_NULL;
  Matcher m;
  Value match, rest;
  if (matcher_from(t, args[0], &m) < 0 || split(t, self, &m, &match, &rest) < 0) return V_NULL;
  return tuple_from_stolen(t, (Value[]){match, rest}, 2);
}

static Value group_subgroup(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (native_no_keywords(t, "BaseExceptionGroup.subgroup", kwnames) < 0 || native_check_positional(t, "subgroup", nargs, 1, 1) < 0) return V_NULL;
  Matcher m;
  Value match;
  if (matcher_from(t, args[0], &m) < 0 || split(t, self, &m, &match, NULL) < 0) return V_NULL;
  return match;
}

static Value group_class_getitem(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  return generic_alias_new(t, self, args[0]);
}

static void group_clear(Thread *t, Object *o) {
  v_clear(t, &((ExceptionGroupException *)o)->message);
  v_clear(t, &((ExceptionGroupException *)o)->exceptions);
  exception_base_release(t, (BaseException *)o);
}

static void group_dealloc(Thread *t, Object *o) {
  group_clear(t, o);
  heap_free_object(t, o);
}

static void group_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((ExceptionGroupException *)o)->message, visit, arg);
  gc_visit_value(((ExceptionGroupException *)o)->exceptions, visit, arg);
  exception_base_traverse(o, visit, arg);
}

static const NativeDef group_methods[] = {
    {"__class_getitem__($type, item, /)", group_class_getitem, "See PEP 585", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {"derive($self, exceptions, /)", group_derive, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"split($self, condition, /)", group_split, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {"subgroup($self, condition, /)", group_subgroup, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {0},
};
static const MemberDef group_members[] = {
    {"message", MEMBER_VALUE, offsetof(ExceptionGroupException, message), true, "exception message"},
    {"exceptions", MEMBER_VALUE, offsetof(ExceptionGroupException, exceptions), true, "nested exceptions"},
    {0},
};

const TypeSpec spec_exc_BaseExceptionGroup = {
    .name = "BaseExceptionGroup",
    .base = &exc_BaseException,
    .size = sizeof(ExceptionGroupException),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_EXC,
    .ext_offset = offsetof(BaseException, ext),
    .slots = {.new = group_new, .init = exception_base_init, .str = group_str,
              .dealloc = group_dealloc, .traverse = group_traverse, .clear = group_clear},
    .methods = group_methods,
    .members = group_members,
    .doc = "Several exceptions that are raised together.",
};

bool exception_groups_init(Thread *t) {
  Value name = str_from_cstr(t, "ExceptionGroup");
  Value bases = tuple_pack(t, 2, v_from_obj(&exc_BaseExceptionGroup), v_from_obj(&exc_Exception));
  // As in CPython the module's name is not the interned str: pickles show it.
  Value dict = dict_new(t), module = str_from_cstr(t, "builtins"), cls = V_NULL;
  if (!v_is_null(name) && !v_is_null(bases) && !v_is_null(dict) && !v_is_null(module) && dict_set(t, v_dict(dict), N(__module__), module) == 0)
    cls = type_new_class(t, &type_type, name, bases, dict, NULL, V_NULL);
  v_drop(t, name);
  v_drop(t, bases);
  v_drop(t, dict);
  v_drop(t, module);
  if (v_is_null(cls)) return false;
  object_make_immortal(v_obj(cls));
  exc_ExceptionGroup = v_as_type(cls);
  return true;
}
