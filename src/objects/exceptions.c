// The exception types: BaseException, the simple families, and the table that readies them all.
#include "objects/exceptions.h"

#include <stddef.h>

#include "gc/collect.h"
#include "objects/dict.h"
#include "objects/dict_attribute.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/locked_field.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/qsbr.h"

// --- BaseException ----------------------------------------------------------------------------------------------------------------

static Value take_field(Thread *t, Value self, const Value *field) {
  Value v = locked_field(t, v_obj(self), field);
  return v_is_null(v) ? V_NONE : v;
}

static void put_field(Thread *t, Value self, Value *field, Value stolen) { locked_field_set(t, v_obj(self), field, stolen); }

Value exception_base_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)kwnames;
  return exception_alloc(t, type, args, nargs);
}

int exception_base_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length > 0) {
    raise_type_error(t, "%.200T() takes no keyword arguments", self);
    return -1;
  }
  Value tuple = tuple_from(t, args, nargs);
  if (v_is_null(tuple)) return -1;
  put_field(t, self, &v_exc(self)->args, tuple);
  return 0;
}

void exception_base_release(Thread *t, BaseException *e) {
  v_clear(t, &e->args);
  v_clear(t, &e->traceback);
  v_clear(t, &e->cause);
  v_clear(t, &e->context);
  instance_clear_ext(t, &e->ob, &e->ext);
}

// Deep chains of contexts are flattened by object_died's dying list.
void exception_base_dealloc(Thread *t, Object *o) {
  exception_base_release(t, (BaseException *)o);
  heap_free_object(t, o);
}

void exception_base_traverse(Object *o, GcVisit visit, void *arg) {
  BaseException *e = (BaseException *)o;
  instance_traverse_ext(o, &e->ext, visit, arg);
  gc_visit_value(e->args, visit, arg);
  gc_visit_value(e->traceback, visit, arg);
  gc_visit_value(e->cause, visit, arg);
  gc_visit_value(e->context, visit, arg);
}

void exception_base_clear(Thread *t, Object *o) { exception_base_release(t, (BaseException *)o); }

static Value base_str(Thread *t, Value self) {
  Value args = take_field(t, self, &v_exc(self)->args);
  Tuple *a = v_tuple(args);
  Value r = a->length == 0 ? v_own(t, str_empty) : a->length == 1 ? object_str(t, a->items[0]) : object_str(t, args);
  v_drop(t, args);
  return r;
}

static Value base_repr(Thread *t, Value self) {
  Value args = take_field(t, self, &v_exc(self)->args);
  const Type *type = v_type(self);
  Value name = type->flags & TYPE_HEAP ? type->name : type->qualname, r;   // a module's builtin exception goes without the module
  if (v_tuple(args)->length == 1) r = str_from_format(t, "%U(%R)", name, v_tuple(args)->items[0]);
  else r = str_from_format(t, "%U%R", name, args);
  v_drop(t, args);
  return r;
}

static Value base_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value a = take_field(t, self, &v_exc(self)->args);
  Value dict = v_exc(self)->ext ? object_get_dict(t, self) : V_NULL, r;
  if (v_is_null(dict) && error_pending(t)) r = V_NULL;
  else if (!v_is_null(dict) && dict_length(v_dict(dict)) > 0) r = tuple_pack(t, 3, v_from_obj(v_type(self)), a, dict);
  else r = tuple_pack(t, 2, v_from_obj(v_type(self)), a);
  v_drop(t, dict);
  v_drop(t, a);
  return r;
}

static Value base_setstate(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (v_is_none(args[0])) return V_NONE;
  if (!v_is_dict(args[0])) return raise_type_error(t, "state is not a dictionary");
  int64_t pos = 0;
  Value key, value;
  while (dict_next(t, v_dict(args[0]), &pos, &key, &value)) {
    int r = object_setattr(t, self, key, value);
    v_drop(t, key);
    v_drop(t, value);
    if (r < 0) return V_NULL;
  }
  return V_NONE;
}

static int traceback_check(Thread *t, Value tb) {
  if (v_is_none(tb) || v_is_exact(tb, SHAPE_TRACEBACK)) return 0;
  raise_type_error(t, "__traceback__ must be a traceback or None");
  return -1;
}

static Value base_with_traceback(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (traceback_check(t, args[0]) < 0) return V_NULL;
  exception_set_traceback(t, self, args[0]);
  return v_own(t, self);
}

static Value base_add_note(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "note must be a str, not '%T'", args[0]);
  Value notes;
  int r = object_lookup_attr(t, self, N(__notes__), &notes);
  if (r < 0) return V_NULL;
  if (r == 0) {
    notes = list_new(t, 1);
    if (v_is_null(notes)) return V_NULL;
    if (object_setattr(t, self, N(__notes__), notes) < 0) {
      v_drop(t, notes);
      return V_NULL;
    }
  }
  Value result = V_NONE;
  if (!v_is_list(notes)) result = raise_type_error(t, "Cannot add note: __notes__ is not a list");
  else if (list_append(t, v_list(notes), args[0]) < 0) result = V_NULL;
  v_drop(t, notes);
  return result;
}

static Value get_args(Thread *t, Value self, void *closure) {
  (void)closure;
  return take_field(t, self, &v_exc(self)->args);
}

static int set_args(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value)) {
    raise_type_error(t, "args may not be deleted");
    return -1;
  }
  Value tuple = object_to_tuple(t, value);
  if (v_is_null(tuple)) return -1;
  put_field(t, self, &v_exc(self)->args, tuple);
  return 0;
}

static Value get_traceback(Thread *t, Value self, void *closure) {
  (void)closure;
  return exception_get_traceback(t, self);
}

static int set_traceback(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value)) {
    raise_type_error(t, "__traceback__ may not be deleted");
    return -1;
  }
  if (traceback_check(t, value) < 0) return -1;
  exception_set_traceback(t, self, value);
  return 0;
}

static Value get_context(Thread *t, Value self, void *closure) {
  (void)closure;
  return take_field(t, self, &v_exc(self)->context);
}

static Value get_cause(Thread *t, Value self, void *closure) {
  (void)closure;
  return take_field(t, self, &v_exc(self)->cause);
}

static int check_link(Thread *t, Value value, const char *what) {
  if (v_is_null(value)) {
    raise_type_error(t, "__%s__ may not be deleted", what);
    return -1;
  }
  if (!v_is_none(value) && !v_is_exception(value)) {
    raise_type_error(t, "exception %s must be None or derive from BaseException", what);
    return -1;
  }
  return 0;
}

static int set_context(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (check_link(t, value, "context") < 0) return -1;
  put_field(t, self, &v_exc(self)->context, v_is_none(value) ? V_NULL : v_own(t, value));
  return 0;
}

static int set_cause(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (check_link(t, value, "cause") < 0) return -1;
  exception_set_cause(t, self, value);
  return 0;
}

static const NativeDef base_methods[] = {
    {"__reduce__($self, /)", base_reduce, NULL, NATIVE_NO_SIGNATURE},
    {"__setstate__($self, state, /)", base_setstate, NULL, NATIVE_NO_SIGNATURE},
    {"with_traceback($self, tb, /)", base_with_traceback, "Sets __traceback__ to tb and returns self.", NATIVE_NO_SIGNATURE},
    {"add_note($self, note, /)", base_add_note, "Adds a note, shown below the message in tracebacks.", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef base_getset[] = {
    DICT_ATTRIBUTE,
    {"args", get_args, set_args, NULL, NULL},
    {"__traceback__", get_traceback, set_traceback, NULL, NULL},
    {"__context__", get_context, set_context, NULL, NULL},
    {"__cause__", get_cause, set_cause, NULL, NULL},
    {0},
};
static const MemberDef base_members[] = {
    {"__suppress_context__", MEMBER_BOOL, offsetof(BaseException, suppress_context), false, NULL},
    {0},
};

#define EXC_FLAGS (TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_EXC)
#define EXC_SLOTS(release_family)                                                                                         \
  .dealloc = release_family##_dealloc, .traverse = release_family##_traverse, .clear = release_family##_clear

static const TypeSpec spec_exc_BaseException = {
    .name = "BaseException",
    .size = sizeof(BaseException),
    .flags = EXC_FLAGS,
    .ext_offset = offsetof(BaseException, ext),
    .slots = {.new = exception_base_new, .init = exception_base_init, .str = base_str, .repr = base_repr,
              .getattro = object_generic_getattr, .setattro = object_generic_setattr, EXC_SLOTS(exception_base)},
    .methods = base_methods,
    .getset = base_getset,
    .members = base_members,
    .doc = "What all exceptions inherit from",
    .text_signature = NULL,
};

// --- Families that add a few values after the common part ---------------------------------------------------------------------------

// The values between the common part and the end of the family's struct.
static void release_tail(Thread *t, Object *o, size_t end) {
  for (size_t at = sizeof(BaseException); at < end; at += sizeof(Value)) v_clear(t, (Value *)(void *)((char *)o + at));
}
static void traverse_tail(Object *o, size_t end, GcVisit visit, void *arg) {
  for (size_t at = sizeof(BaseException); at < end; at += sizeof(Value)) gc_visit_value(*(Value *)(void *)((char *)o + at), visit, arg);
}
#define VALUE_FAMILY(family, Struct)                                                      \
  static void family##_clear(Thread *t, Object *o) {                                      \
    release_tail(t, o, sizeof(Struct));                                                   \
    exception_base_release(t, (BaseException *)o);                                        \
  }                                                                                       \
  static void family##_dealloc(Thread *t, Object *o) {                                    \
    family##_clear(t, o);                                                                 \
    heap_free_object(t, o);                                                               \
  }                                                                                       \
  static void family##_traverse(Object *o, GcVisit visit, void *arg) {                    \
    traverse_tail(o, sizeof(Struct), visit, arg);                                         \
    exception_base_traverse(o, visit, arg);                                               \
  }
VALUE_FAMILY(stop_iteration, StopIterationException)
VALUE_FAMILY(system_exit, SystemExitException)
VALUE_FAMILY(import_error, ImportErrorException)
VALUE_FAMILY(attribute_error, AttributeErrorException)
VALUE_FAMILY(name_error, NameErrorException)

static int stop_iteration_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (exception_base_init(t, self, args, nargs, kwnames) < 0) return -1;
  put_field(t, self, &((StopIterationException *)v_obj(self))->value, nargs > 0 ? v_own(t, args[0]) : V_NONE);
  return 0;
}

static int system_exit_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (exception_base_init(t, self, args, nargs, kwnames) < 0) return -1;
  Value *code = &((SystemExitException *)v_obj(self))->code;
  if (nargs == 1) put_field(t, self, code, v_own(t, args[0]));
  else if (nargs > 1) put_field(t, self, code, v_own(t, v_exc(self)->args));
  return 0;
}

// Takes keyword arguments that set fields, two at most; the others become V_NULL. The positional ones are the exception's args.
static int init_with_fields(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames, const char *family, const char *const *names,
                            Value *const *fields, size_t n) {
  if (exception_base_init(t, self, args, nargs, V_NULL) < 0) return -1;
  int64_t nkw = v_is_null(kwnames) ? 0 : v_tuple(kwnames)->length;
  if (nkw > (int64_t)n) {
    raise_type_error(t, "%s() takes at most %zu keyword argument%s (%lld given)", family, n, n == 1 ? "" : "s", (long long)nkw);
    return -1;
  }
  Value given[2] = {V_NULL, V_NULL};
  for (int64_t i = 0; i < nkw; i++) {
    Value name = v_tuple(kwnames)->items[i];
    size_t k = 0;
    while (k < n && !str_equals_cstr(name, names[k])) k++;
    if (k == n) {
      raise_type_error(t, "'%U' is an invalid keyword argument for %s()", name, family);
      return -1;
    }
    given[k] = args[nargs + (size_t)i];
  }
  for (size_t k = 0; k < n; k++) put_field(t, self, fields[k], v_is_null(given[k]) ? V_NULL : v_own(t, given[k]));
  return 0;
}

static int import_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static const char *const names[] = {"name", "path"};
  ImportErrorException *e = (ImportErrorException *)v_obj(self);
  Value *fields[] = {&e->name, &e->path};
  if (init_with_fields(t, self, args, nargs, kwnames, "ImportError", names, fields, 2) < 0) return -1;
  put_field(t, self, &e->msg, nargs == 1 ? v_own(t, args[0]) : V_NULL);
  return 0;
}

static Value import_error_str(Thread *t, Value self) {
  ImportErrorException *e = (ImportErrorException *)v_obj(self);
  if (v_is_ptr(e->msg) && e->msg.w && v_is_str_exact(e->msg)) return take_field(t, self, &e->msg);
  return base_str(t, self);
}

static Value import_error_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  ImportErrorException *e = (ImportErrorException *)v_obj(self);
  Value state = object_get_dict(t, self);
  if (v_is_null(state) && error_pending(t)) return V_NULL;
  if (!v_is_null(e->name) || !v_is_null(e->path)) {
    Value copy = v_is_null(state) ? dict_new(t) : dict_copy(t, v_dict(state));
    v_drop(t, state);
    if (v_is_null(copy)) return V_NULL;
    state = copy;
    if ((!v_is_null(e->name) && dict_set(t, v_dict(state), N(name), e->name) < 0) ||
        (!v_is_null(e->path) && dict_set(t, v_dict(state), N(path), e->path) < 0)) {
      v_drop(t, state);
      return V_NULL;
    }
  }
  Value a = take_field(t, self, &e->base.args), r;
  bool has_state = !v_is_null(state) && dict_length(v_dict(state)) > 0;
  r = has_state ? tuple_pack(t, 3, v_from_obj(v_type(self)), a, state) : tuple_pack(t, 2, v_from_obj(v_type(self)), a);
  v_drop(t, a);
  v_drop(t, state);
  return r;
}

static int attribute_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static const char *const names[] = {"name", "obj"};
  AttributeErrorException *e = (AttributeErrorException *)v_obj(self);
  Value *fields[] = {&e->name, &e->obj};
  return init_with_fields(t, self, args, nargs, kwnames, "AttributeError", names, fields, 2);
}

static int name_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static const char *const names[] = {"name"};
  Value *fields[] = {&((NameErrorException *)v_obj(self))->name};
  return init_with_fields(t, self, args, nargs, kwnames, "NameError", names, fields, 1);
}

static Value key_error_str(Thread *t, Value self) {
  Value args = take_field(t, self, &v_exc(self)->args);
  Value r = v_tuple(args)->length == 1 ? object_repr(t, v_tuple(args)->items[0]) : base_str(t, self);
  v_drop(t, args);
  return r;
}

static const MemberDef stop_iteration_members[] = {
    {"value", MEMBER_VALUE, offsetof(StopIterationException, value), false, "What the generator returned"}, {0}};
static const MemberDef system_exit_members[] = {
    {"code", MEMBER_VALUE, offsetof(SystemExitException, code), false, "exception code"}, {0}};
static const MemberDef import_error_members[] = {
    {"msg", MEMBER_VALUE, offsetof(ImportErrorException, msg), false, "exception message"},
    {"name", MEMBER_VALUE, offsetof(ImportErrorException, name), false, "module name"},
    {"path", MEMBER_VALUE, offsetof(ImportErrorException, path), false, "module path"},
    {0}};
static const NativeDef import_error_methods[] = {{"__reduce__($self, /)", import_error_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};
static const MemberDef attribute_error_members[] = {
    {"name", MEMBER_VALUE, offsetof(AttributeErrorException, name), false, "attribute name"},
    {"obj", MEMBER_VALUE, offsetof(AttributeErrorException, obj), false, "object"},
    {0}};
static const MemberDef name_error_members[] = {
    {"name", MEMBER_VALUE, offsetof(NameErrorException, name), false, "name"}, {0}};

// --- The table ----------------------------------------------------------------------------------------------------------------------

typedef struct ExcKind {
  Type *type;
  const TypeSpec *spec;  // NULL: made from the row
  const char *name;
  Type *base;
} ExcKind;

#define COMMON .flags = EXC_FLAGS, .ext_offset = offsetof(BaseException, ext)
static const TypeSpec spec_stop_iteration = {.name = "StopIteration", .base = &exc_Exception, .size = sizeof(StopIterationException), COMMON,
    .slots = {.init = stop_iteration_init, EXC_SLOTS(stop_iteration)}, .members = stop_iteration_members,
    .doc = "An iterator has no more items."};
static const TypeSpec spec_system_exit = {.name = "SystemExit", .base = &exc_BaseException, .size = sizeof(SystemExitException), COMMON,
    .slots = {.init = system_exit_init, EXC_SLOTS(system_exit)}, .members = system_exit_members,
    .doc = "Asks for the end of the program."};
static const TypeSpec spec_import_error = {.name = "ImportError", .base = &exc_Exception, .size = sizeof(ImportErrorException), COMMON,
    .slots = {.init = import_error_init, .str = import_error_str, EXC_SLOTS(import_error)},
    .members = import_error_members, .methods = import_error_methods, .doc = "A module, or a name in it, cannot be imported."};
static const TypeSpec spec_attribute_error = {.name = "AttributeError", .base = &exc_Exception, .size = sizeof(AttributeErrorException), COMMON,
    .slots = {.init = attribute_error_init, EXC_SLOTS(attribute_error)}, .members = attribute_error_members,
    .doc = "Attribute not found."};
static const TypeSpec spec_name_error = {.name = "NameError", .base = &exc_Exception, .size = sizeof(NameErrorException), COMMON,
    .slots = {.init = name_error_init, EXC_SLOTS(name_error)}, .members = name_error_members,
    .doc = "No variable has this name."};
static const TypeSpec spec_key_error = {.name = "KeyError", .base = &exc_LookupError, .size = sizeof(BaseException), COMMON,
    .slots = {.init = exception_base_init, .str = key_error_str, EXC_SLOTS(exception_base)},
    .doc = "There is no such key."};

// --- MemoryError --------------------------------------------------------------------------------------------------------------------

// Raising MemoryError must not need memory. Some spares are made at start-up; one that is raised and dies goes back among them rather than
// to the heap, emptied, so that it keeps nothing alive. When all are in flight one immortal MemoryError serves everybody, with whatever
// traceback it has.
enum { SPARE_COUNT = 16 };
static Mutex spare_lock;   // leaf; guards the rest
static Object *spares[SPARE_COUNT];
static int spare_count;

static Value last_resort;  // set by memory_errors_init, then constant

// By hand: the type's own alloc would raise for want of memory, and so come back here.
static Object *memory_error_allocate(Thread *t) {
  Object *o = heap_new_object(t, exc_MemoryError.shape, exc_MemoryError.size);
  if (o) ((BaseException *)o)->args = tuple_empty;
  return o;
}

static bool keep_spare(Object *o) {
  raw_mutex_lock(&spare_lock);
  bool room = spare_count < SPARE_COUNT;
  if (room) spares[spare_count++] = o;
  raw_mutex_unlock(&spare_lock);
  return room;
}

static Object *take_spare(void) {
  raw_mutex_lock(&spare_lock);
  Object *o = spare_count ? spares[--spare_count] : NULL;
  raw_mutex_unlock(&spare_lock);
  return o;
}

// What counting can free dies with the MemoryError, whose traceback holds the frames. Deaths that are put off, grace periods and cycles may
// still hold the rest, and the next allocation may come before their turn.
static void memory_error_dealloc(Thread *t, Object *o) {
  exception_base_release(t, (BaseException *)o);
  if (!error_pending(t) && heap_was_exhausted()) {   // else another MemoryError has taken this one's place
    object_free_put_off(t);
    qsbr_report(t);
    if (gc_is_enabled()) gc_collect(t, 2);
  }
  if (object_shape(o) == exc_MemoryError.shape) {
    ((BaseException *)o)->args = tuple_empty;
    a8_store_rlx(&((BaseException *)o)->suppress_context, false);
    object_header_init(t, o, exc_MemoryError.shape, GC_TRACKED);   // born again: the one reference is the spares'
    if (keep_spare(o)) return;
    heap_untrack(o);
  }
  heap_free_object(t, o);
}

// error_no_memory_hook.
static Value memory_error_make(Thread *t) {
  Object *o = memory_error_allocate(t);
  if (!o) o = take_spare();
  return o ? v_steal_obj(o) : last_resort;
}

static const TypeSpec spec_memory_error = {.name = "MemoryError", .base = &exc_Exception, .size = sizeof(BaseException), COMMON,
    .slots = {.new = exception_base_new, .init = exception_base_init, .dealloc = memory_error_dealloc,
              .traverse = exception_base_traverse, .clear = exception_base_clear},
    .doc = "Out of memory."};

static bool memory_errors_init(Thread *t) {
  for (int i = 0; i < SPARE_COUNT; i++) {
    Object *o = memory_error_allocate(t);
    if (!o || !keep_spare(o)) return false;
  }
  Object *o = memory_error_allocate(t);
  if (!o) return false;
  object_make_immortal(o);
  last_resort = v_from_obj(o);
  error_no_memory_hook = memory_error_make;
  return true;
}

// --- All of them ----------------------------------------------------------------------------------------------------------------------

static const struct { Type *type; const TypeSpec *spec; } special_specs[] = {
    {&exc_StopIteration, &spec_stop_iteration}, {&exc_SystemExit, &spec_system_exit}, {&exc_ImportError, &spec_import_error},
    {&exc_AttributeError, &spec_attribute_error}, {&exc_MemoryError, &spec_memory_error}, {&exc_NameError, &spec_name_error}, {&exc_KeyError, &spec_key_error},
    {&exc_OSError, &spec_exc_OSError}, {&exc_SyntaxError, &spec_exc_SyntaxError}, {&exc_BaseExceptionGroup, &spec_exc_BaseExceptionGroup},
    {&exc_UnicodeDecodeError, &spec_exc_UnicodeDecodeError}, {&exc_UnicodeEncodeError, &spec_exc_UnicodeEncodeError},
    {&exc_UnicodeTranslateError, &spec_exc_UnicodeTranslateError},
};

static const struct { const Type *type; const char *doc; } docs[] = {
#define EXC_DOC(name, text) {&exc_##name, text},
#include "objects/exception_docs.def"
#undef EXC_DOC
};

static const char *doc_of(const Type *type) {
  for (size_t i = 0; i < sizeof docs / sizeof *docs; i++)
    if (docs[i].type == type) return docs[i].doc;
  return NULL;
}

static const TypeSpec *special_spec(const Type *type) {
  for (size_t i = 0; i < sizeof special_specs / sizeof *special_specs; i++)
    if (special_specs[i].type == type) return special_specs[i].spec;
  return NULL;
}

bool exceptions_init(Thread *t) {
  if (!type_ready(t, &exc_BaseException, &spec_exc_BaseException, 0)) return false;
  static const ExcKind kinds[] = {
#define EXC_ROW(name, base) {&exc_##name, NULL, #name, &exc_##base},
      EXCEPTION_TYPES(EXC_ROW)
#undef EXC_ROW
  };
  static TypeSpec made[sizeof kinds / sizeof *kinds];
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    const TypeSpec *spec = special_spec(kinds[i].type);
    if (!spec) {
      bool own_new = kinds[i].base->size == exc_BaseException.size;     // a __new__ in the class's own dict: only where nothing was added to the fields
      made[i] = (TypeSpec){.name = kinds[i].name, .doc = doc_of(kinds[i].type), .base = kinds[i].base, .size = kinds[i].base->size, COMMON,
                           .slots = {.new = own_new ? kinds[i].base->slots.new : NULL, .init = kinds[i].base->slots.init,
                                     .dealloc = kinds[i].base->slots.dealloc, .traverse = kinds[i].base->slots.traverse,
                                     .clear = kinds[i].base->slots.clear}};
      spec = &made[i];
    }
    if (!type_ready(t, kinds[i].type, spec, 0)) return false;
  }
  return memory_errors_init(t) && exception_groups_init(t);
}
