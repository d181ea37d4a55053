// Traceback objects: where an exception went through.
#include "vm/traceback.h"

#include <stddef.h>

#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/str.h"
#include "threading/stw.h"

static Traceback *v_traceback(Value v) { return (Traceback *)v_obj(v); }

static Value traceback_make(Thread *t, Value next, Value frame, int lasti, int lineno) {
  Traceback *tb = (Traceback *)heap_new_object(t, SHAPE_TRACEBACK, sizeof *tb);
  if (!tb) return raise_no_memory(t);
  tb->next = v_own(t, next);
  tb->frame = v_own(t, frame);
  tb->lasti = lasti;
  tb->lineno = lineno;
  return v_from_obj(tb);
}

void traceback_here(Thread *t, Frame *f) {
  Value exc = error_fetch(t), frame = frame_object(t, f), tb = V_NULL;
  if (!v_is_null(frame)) {
    Value next = exception_get_traceback(t, exc);
    tb = traceback_make(t, v_is_none(next) ? V_NULL : next, frame, frame_lasti(f), -1);
    v_drop(t, next);
  }
  v_drop(t, frame);
  if (!v_is_null(tb)) {
    exception_set_traceback(t, exc, tb);
    v_drop(t, tb);
  }
  // Without memory for the entry MemoryError takes the exception's place; one that is on its way already goes on as it is.
  if (v_is_null(tb) && !type_is_subtype(v_type(exc), &exc_MemoryError)) error_chain(t, exc);
  else error_restore(t, exc);
}

static int traceback_line(Thread *t, Traceback *tb) {
  if (tb->lineno >= 0) return tb->lineno;
  return frame_object_line_at(t, v_frame(tb->frame), tb->lasti);
}

static Value traceback_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)type;
  static aptr binder;
  Value a[4];
  if (native_bind(t, &binder, "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)", args, nargs, kwnames, a) < 0) return V_NULL;
  if (!v_is_exact(a[1], SHAPE_FRAME)) return raise_type_error(t, "TracebackType() argument 'tb_frame' must be frame, not %K", a[1]);
  int lasti = number_as_int(t, a[2]);
  if (lasti == -1 && error_pending(t)) return V_NULL;
  int lineno = number_as_int(t, a[3]);
  if (lineno == -1 && error_pending(t)) return V_NULL;
  if (!v_is_none(a[0]) && !v_is_exact(a[0], SHAPE_TRACEBACK)) return raise_type_error(t, "expected traceback object or None, got '%T'", a[0]);
  return traceback_make(t, v_is_none(a[0]) ? V_NULL : a[0], a[1], lasti, lineno);
}

static Value get_next(Thread *t, Value self, void *closure) {
  (void)closure;
  Value next = v_traceback(self)->next;
  return v_is_null(next) ? V_NONE : v_own(t, next);
}

static int set_next(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value)) {
    raise_type_error(t, "can't delete tb_next attribute");
    return -1;
  }
  if (!v_is_none(value) && !v_is_exact(value, SHAPE_TRACEBACK)) {
    raise_type_error(t, "expected traceback object, got '%T'", value);
    return -1;
  }
  Value next = v_is_none(value) ? V_NULL : v_own(t, value);
  stop_the_world(t);
  bool loop = false;
  for (Value v = next; !v_is_null(v) && !loop; v = v_traceback(v)->next) loop = v_is(v, self);
  if (!loop) {
    Value old = v_traceback(self)->next;
    v_traceback(self)->next = next;
    next = old;
  }
  start_the_world(t);
  v_drop(t, next);
  if (!loop) return 0;
  raise_value_error(t, "traceback loop detected");
  return -1;
}

static Value get_lineno(Thread *t, Value self, void *closure) {
  (void)closure;
  int line = traceback_line(t, v_traceback(self));
  return v_from_smi(line);    // -1: an instruction that stands for no line
}

static Value traceback_dir(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)args, (void)nargs, (void)kwnames;
  Value names[4] = {N(tb_frame), N(tb_next), N(tb_lasti), N(tb_lineno)};
  return list_from(t, names, 4);
}

static void traceback_clear(Thread *t, Object *o) {
  v_clear(t, &((Traceback *)o)->next);
  v_clear(t, &((Traceback *)o)->frame);
}

static void traceback_dealloc(Thread *t, Object *o) {
  traceback_clear(t, o);
  heap_free_object(t, o);
}

static void traceback_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Traceback *)o)->next, visit, arg);
  gc_visit_value(((Traceback *)o)->frame, visit, arg);
}

static const NativeDef traceback_methods[] = {
    {"__dir__($self, /)", traceback_dir, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef traceback_getset[] = {
    {"tb_next", get_next, set_next, NULL, NULL},
    {0},
};
static const GetSetDef traceback_computed[] = {{"tb_lineno", get_lineno, NULL, NULL, NULL}, {0}};
static const MemberDef traceback_members[] = {
    {"tb_frame", MEMBER_VALUE, offsetof(Traceback, frame), true, NULL},
    {"tb_lasti", MEMBER_I32, offsetof(Traceback, lasti), true, NULL},
    {0},
};

Type type_traceback;
static const TypeSpec spec_traceback = {
    .name = "traceback",
    .size = sizeof(Traceback),
    .slots = {.new = traceback_new, .dealloc = traceback_dealloc, .traverse = traceback_traverse, .clear = traceback_clear},
    .methods = traceback_methods,
    .getset = traceback_getset,
    .computed_members = traceback_computed,
    .members = traceback_members,
    .doc = "A step of a traceback: a frame, where in it, and the next step.",
    .text_signature = "(tb_next, tb_frame, tb_lasti, tb_lineno)",
};

bool traceback_init(Thread *t) { return type_ready(t, &type_traceback, &spec_traceback, SHAPE_TRACEBACK); }
