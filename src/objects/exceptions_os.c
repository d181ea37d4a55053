// OSError: errno, file names, and the choice of the subclass that an errno stands for.
#include <errno.h>
#include <stddef.h>

#include "objects/exceptions.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

static Type *subclass_for(int err) {
  switch (err) {
    case EAGAIN: case EALREADY: case EINPROGRESS: return &exc_BlockingIOError;
    case EPIPE: case ESHUTDOWN: return &exc_BrokenPipeError;
    case ECHILD: return &exc_ChildProcessError;
    case ECONNABORTED: return &exc_ConnectionAbortedError;
    case ECONNREFUSED: return &exc_ConnectionRefusedError;
    case ECONNRESET: return &exc_ConnectionResetError;
    case EEXIST: return &exc_FileExistsError;
    case ENOENT: return &exc_FileNotFoundError;
    case EISDIR: return &exc_IsADirectoryError;
    case ENOTDIR: return &exc_NotADirectoryError;
    case EINTR: return &exc_InterruptedError;
    case EACCES: case EPERM: return &exc_PermissionError;
    case ESRCH: return &exc_ProcessLookupError;
    case ETIMEDOUT: return &exc_TimeoutError;
    default: return NULL;
  }
}

static bool uses_own_init(const Type *type) {
  // A subclass that defines __init__ but not __new__ gets its arguments parsed in __init__, as CPython does.
  return type->slots.init != exc_OSError.slots.init && type->slots.new == exc_OSError.slots.new;
}

static bool is_number(Value v) { return number_is_index(v) || type_is_subtype(v_type(v), &type_complex) || v_type(v)->slots.float_ || v_type(v)->slots.int_; }

static int fill(Thread *t, OSErrorException *e, const Value *args, size_t nargs) {
  size_t kept = nargs;
  if (nargs >= 2 && nargs <= 5) {
    e->errno_ = v_own(t, args[0]);
    e->strerror = v_own(t, args[1]);
    if (nargs >= 3 && !v_is_none(args[2])) {
      int64_t n;
      if (type_is_subtype(object_type(&e->base.ob), &exc_BlockingIOError) && is_number(args[2])) {
        n = number_as_i64(t, args[2]);
        if (n == -1 && error_pending(t)) {
          if (error_matches(t, &exc_OverflowError)) {
            error_clear(t);
            raise_value_error(t, "cannot fit '%.200T' into an index-sized integer", args[2]);
          }
          return -1;
        }
        e->written = n;
      } else {
        e->filename = v_own(t, args[2]);
        kept = 2;
        if (nargs == 5 && !v_is_none(args[4])) e->filename2 = v_own(t, args[4]);
      }
    }
  }
  Value tuple = tuple_from(t, args, kept);
  if (v_is_null(tuple)) return -1;
  v_set(t, &e->base.args, tuple);
  return 0;
}

static int no_keywords(Thread *t, const Type *type, Value kwnames) {
  if (v_is_null(kwnames) || v_tuple(kwnames)->length == 0) return 0;
  raise_type_error(t, "%N() takes no keyword arguments", type);
  return -1;
}

static Value os_error_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  bool own_init = uses_own_init(type);
  if (!own_init) {
    if (no_keywords(t, type, kwnames) < 0) return V_NULL;
    int64_t err;
    bool maps = type == &exc_OSError && nargs >= 2 && nargs <= 5 && v_is_int(args[0]);
    if (maps && !v_is_int_exact(args[0]) && object_hash(t, args[0]) == -1) return V_NULL;     // the class is looked up in a dict
    if (maps && int_as_i64(args[0], &err)) {
      Type *better = subclass_for((int)err);
      if (better) type = better;
    }
  }
  Value self = type->slots.alloc(t, type, 0);
  if (v_is_null(self)) return V_NULL;
  OSErrorException *e = (OSErrorException *)v_obj(self);
  e->written = -1;
  if (own_init) {
    e->base.args = v_own(t, tuple_empty);
  } else if (fill(t, e, args, nargs) < 0) {
    v_drop(t, self);
    return V_NULL;
  }
  return self;
}

static int os_error_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (!uses_own_init(v_type(self))) return 0;
  if (no_keywords(t, v_type(self), kwnames) < 0) return -1;
  return fill(t, (OSErrorException *)v_obj(self), args, nargs);
}

static Value os_error_str(Thread *t, Value self) {
  OSErrorException *e = (OSErrorException *)v_obj(self);
  Value err = v_is_null(e->errno_) ? V_NONE : e->errno_, text = v_is_null(e->strerror) ? V_NONE : e->strerror;
  if (!v_is_null(e->filename)) {
    if (!v_is_null(e->filename2)) return str_from_format(t, "[Errno %S] %S: %R -> %R", err, text, e->filename, e->filename2);
    return str_from_format(t, "[Errno %S] %S: %R", err, text, e->filename);
  }
  if (!v_is_null(e->errno_) && !v_is_null(e->strerror)) return str_from_format(t, "[Errno %S] %S", err, text);
  return exc_BaseException.slots.str(t, self);
}

static Value os_error_reduce(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  OSErrorException *e = (OSErrorException *)v_obj(self);
  Value a = v_own(t, e->base.args);
  if (v_tuple(a)->length == 2 && !v_is_null(e->filename)) {
    Value *items = v_tuple(a)->items;
    Value longer = v_is_null(e->filename2) ? tuple_pack(t, 3, items[0], items[1], e->filename)
                                           : tuple_pack(t, 5, items[0], items[1], e->filename, V_NONE, e->filename2);
    v_drop(t, a);
    if (v_is_null(longer)) return V_NULL;
    a = longer;
  }
  Value dict = e->base.ext ? object_get_dict(t, self) : V_NULL;
  Value r = v_is_null(dict) ? tuple_pack(t, 2, v_from_obj(v_type(self)), a) : tuple_pack(t, 3, v_from_obj(v_type(self)), a, dict);
  v_drop(t, dict);
  v_drop(t, a);
  return r;
}

static Value get_written(Thread *t, Value self, void *closure) {
  (void)closure;
  int64_t n = ((OSErrorException *)v_obj(self))->written;
  if (n == -1) return raise_error(t, &exc_AttributeError, "characters_written");
  return int_from_i64(t, n);
}

static int set_written(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  int64_t *written = &((OSErrorException *)v_obj(self))->written;
  if (v_is_null(value)) {
    if (*written == -1) {
      raise_error(t, &exc_AttributeError, "characters_written");
      return -1;
    }
    *written = -1;
    return 0;
  }
  int64_t n = number_as_i64(t, value);
  if (n == -1 && error_pending(t)) return -1;
  *written = n;
  return 0;
}

static void os_error_clear(Thread *t, Object *o) {
  OSErrorException *e = (OSErrorException *)o;
  v_clear(t, &e->errno_);
  v_clear(t, &e->strerror);
  v_clear(t, &e->filename);
  v_clear(t, &e->filename2);
  exception_base_release(t, &e->base);
}

static void os_error_dealloc(Thread *t, Object *o) {
  os_error_clear(t, o);
  heap_free_object(t, o);
}

static void os_error_traverse(Object *o, GcVisit visit, void *arg) {
  OSErrorException *e = (OSErrorException *)o;
  gc_visit_value(e->errno_, visit, arg);
  gc_visit_value(e->strerror, visit, arg);
  gc_visit_value(e->filename, visit, arg);
  gc_visit_value(e->filename2, visit, arg);
  exception_base_traverse(o, visit, arg);
}

static const MemberDef os_error_members[] = {
    {"errno", MEMBER_VALUE, offsetof(OSErrorException, errno_), false, "POSIX exception code"},
    {"strerror", MEMBER_VALUE, offsetof(OSErrorException, strerror), false, "exception strerror"},
    {"filename", MEMBER_VALUE, offsetof(OSErrorException, filename), false, "exception filename"},
    {"filename2", MEMBER_VALUE, offsetof(OSErrorException, filename2), false, "The other file's name"},
    {0},
};
static const GetSetDef os_error_getset[] = {{"characters_written", get_written, set_written, NULL, NULL}, {0}};
static const NativeDef os_error_methods[] = {{"__reduce__($self, /)", os_error_reduce, NULL, NATIVE_NO_SIGNATURE}, {0}};

const TypeSpec spec_exc_OSError = {
    .name = "OSError",
    .base = &exc_Exception,
    .size = sizeof(OSErrorException),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_EXC,
    .ext_offset = offsetof(BaseException, ext),
    .slots = {.new = os_error_new, .init = os_error_init, .str = os_error_str,
              .dealloc = os_error_dealloc, .traverse = os_error_traverse, .clear = os_error_clear},
    .methods = os_error_methods,
    .getset = os_error_getset,
    .members = os_error_members,
    .doc = "What errors reported by the system inherit from.",
};
