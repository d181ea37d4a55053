// Frame objects: what sys._getframe, tracebacks and trace functions see of a frame.
#include <stddef.h>
#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/frame.h"
#include "vm/generator.h"
#include "vm/trace.h"

Value frame_object(Thread *t, Frame *f) {
  if (f->object) return v_own_obj(t, f->object);
  FrameObject *o = (FrameObject *)heap_new_object(t, SHAPE_FRAME, sizeof *o);
  if (!o) return raise_no_memory(t);
  o->frame = f;
  o->trace_lines = true;
  f->object = o;
  return v_own_obj(t, o);
}

int frame_object_line(FrameObject *o) {
  if (o->trace_line) return o->trace_line;
  return o->frame ? frame_line(o->frame) : -1;
}

// --- Attributes -----------------------------------------------------------------------------------------------------------------------

static Frame *live(Value self) { return v_frame(self)->frame; }

static Value get_back(Thread *t, Value self, void *closure) {
  (void)closure;
  FrameObject *o = v_frame(self);
  if (o->finished) return v_is_null(o->back) ? V_NONE : v_own(t, o->back);
  Frame *f = o->frame->previous;
  return f ? frame_object(t, f) : V_NONE;
}

static Value get_code(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own_obj(t, frame_code(live(self)));
}
static Value get_globals(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, frame_globals(live(self)));
}
static Value get_builtins(Thread *t, Value self, void *closure) {
  (void)closure;
  return v_own(t, frame_builtins(live(self)));
}
static Value get_locals(Thread *t, Value self, void *closure) {
  (void)closure;
  v_frame(self)->fast_as_locals = true;
  return frame_locals(t, live(self));
}
static Value get_lasti(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_smi(frame_lasti(live(self)));
}
static Value get_lineno(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  int line = frame_object_line(v_frame(self));
  return line < 0 ? V_NONE : v_from_smi(line);
}

static Value get_trace(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = v_frame(self)->trace;
  return v_is_null(v) ? V_NONE : v_own(t, v);
}
static int set_trace(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  bool none = v_is_null(value) || v_is_none(value);
  v_set(t, &v_frame(self)->trace, none ? V_NULL : v_own(t, value));
  if (!none && trace_is_on() && trace_wants(t)) trace_mark_frames(t);
  return 0;
}
static Value get_trace_opcodes(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(v_frame(self)->trace_opcodes);
}
static int set_trace_opcodes(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value) || !v_is_exact(value, SHAPE_BOOL)) {
    raise_type_error(t, "attribute value type must be bool");
    return -1;
  }
  v_frame(self)->trace_opcodes = v_is(value, V_TRUE);
  return 0;
}

static Value frame_clear_method(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  FrameObject *o = v_frame(self);
  if (!o->finished) {
    Frame *f = o->frame;
    if (!f->is_generator) return raise_error(t, &exc_RuntimeError, "cannot clear an executing frame");
    Generator *g = frame_generator(f);
    if (a32_load_rlx(&g->state) == GEN_RUNNING) return raise_error(t, &exc_RuntimeError, "cannot clear an executing frame");
    generator_finalize(t, v_from_obj(g));
    return V_NONE;
  }
  if (o->slots) for (int i = 0; i < o->own.exec->nlocals; i++) ref_clear(t, &o->slots[i]);
  v_clear(t, &o->trace);
  return V_NONE;
}

static Value frame_sizeof(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)t, (void)args, (void)nargs, (void)kwnames;
  return v_from_smi((int64_t)sizeof(FrameObject) + (int64_t)sizeof(Ref) * live(self)->exec->frame_size);
}

static Value frame_repr(Thread *t, Value self) {
  Code *c = frame_code(live(self));
  return str_from_format(t, "<frame at %p, file %R, line %d, code %S>", (void *)v_obj(self), c->filename, frame_object_line(v_frame(self)), c->name);
}

// --- The type -------------------------------------------------------------------------------------------------------------------------

static void frame_dealloc(Thread *t, Object *object) {
  FrameObject *o = (FrameObject *)object;
  Ref *slots = o->slots;
  o->slots = NULL;
  v_clear(t, &o->back);
  v_clear(t, &o->trace);
  if (slots) {
    for (int i = 0; i < o->own.exec->nlocals; i++) ref_close(t, slots[i]);
    heap_free(t, slots);
  }
  if (o->finished && o->frame) {
    v_clear(t, &o->own.locals);
    ref_clear(t, &o->own.function);
  }
  heap_free_object(t, object);
}

static void frame_traverse(Object *object, GcVisit visit, void *arg) {
  FrameObject *o = (FrameObject *)object;
  gc_visit_value(o->back, visit, arg);
  gc_visit_value(o->trace, visit, arg);
  if (!o->finished || !o->frame) return;
  if (o->slots) for (int i = 0; i < o->own.exec->nlocals; i++) gc_visit_value(ref_value(o->slots[i]), visit, arg);
  gc_visit_value(o->own.locals, visit, arg);
  gc_visit_value(ref_value(o->own.function), visit, arg);
}

static void frame_clear_slot(Thread *t, Object *object) {
  FrameObject *o = (FrameObject *)object;
  v_clear(t, &o->trace);
  if (o->finished && o->slots) for (int i = 0; i < o->own.exec->nlocals; i++) ref_clear(t, &o->slots[i]);
}

static const NativeDef frame_methods[] = {
    {"clear($self, /)", frame_clear_method, "F.clear(): clear most references held by the frame", NATIVE_NO_SIGNATURE},
    {"__sizeof__($self, /)", frame_sizeof, "F.__sizeof__() -> size of F in memory, in bytes", NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef frame_getset[] = {
    {"f_back", get_back, NULL, NULL, NULL},
    {"f_code", get_code, NULL, NULL, NULL},
    {"f_globals", get_globals, NULL, NULL, NULL},
    {"f_builtins", get_builtins, NULL, NULL, NULL},
    {"f_locals", get_locals, NULL, NULL, NULL},
    {"f_lasti", get_lasti, NULL, NULL, NULL},
    {"f_lineno", get_lineno, trace_set_lineno, NULL, NULL},
    {"f_trace", get_trace, set_trace, NULL, NULL},
    {"f_trace_opcodes", get_trace_opcodes, set_trace_opcodes, NULL, NULL},
    {0},
};
static const MemberDef frame_members[] = {
    {"f_trace_lines", MEMBER_BOOL, offsetof(FrameObject, trace_lines), false, NULL},
    {0},
};

Type type_frame;
static const TypeSpec spec_frame = {
    .name = "frame",
    .size = sizeof(FrameObject),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.repr = frame_repr, .getattro = object_generic_getattr, .setattro = object_generic_setattr,
              .dealloc = frame_dealloc, .traverse = frame_traverse, .clear = frame_clear_slot},
    .methods = frame_methods,
    .getset = frame_getset,
    .members = frame_members,
};

bool frame_init(Thread *t) { return type_ready(t, &type_frame, &spec_frame, SHAPE_FRAME); }
