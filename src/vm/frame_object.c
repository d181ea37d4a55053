// Frame objects: what sys._getframe, tracebacks and trace functions see of a frame.
#include <stddef.h>
#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/locked_field.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/stw.h"
#include "vm/frame.h"
#include "vm/generator.h"
#include "vm/generator_type.h"
#include "vm/trace.h"

Value frame_object(Thread *t, Frame *f) {
  if (f->object) return v_own_obj(t, f->object);
  FrameObject *o = (FrameObject *)heap_new_object(t, SHAPE_FRAME, sizeof *o);
  if (!o) return raise_no_memory(t);
  aptr_store_rlx(&o->frame, f);
  a8_store_rlx(&o->trace_lines, 1);
  f->object = o;
  return v_own_obj(t, o);
}

// --- Looking at records that may be another thread's ------------------------------------------------------------------------------------

bool frame_is_own(const Thread *t, const Frame *f) {
  if (f >= t->vm->frames && f < t->vm->frames_end) return true;
  const Frame *g = t->frame;
  while (g && g != f) g = g->previous;   // a generator's lies in the generator
  return g != NULL;
}

Frame *frame_look(Thread *t, FrameObject *o, bool *stopped) {
  *stopped = false;
  Frame *f = frame_object_record(o);
  if (frame_object_finished(o)) return &o->own;
  if (frame_is_own(t, f)) return f;
  stop_the_world(t);
  *stopped = true;
  return frame_object_record(o);
}

void frame_look_away(Thread *t, bool stopped) {
  if (stopped) start_the_world(t);
}

Value generator_frame_object(Thread *t, Generator *g) {
  GenState state;
  Value v = V_NONE;
  if (generator_look(t, g, &state)) {
    v = frame_object(t, &g->frame);
    generator_look_away(g);
  } else if (state == GEN_RUNNING && frame_is_own(t, &g->frame)) {
    v = frame_object(t, &g->frame);
  } else if (state == GEN_RUNNING) {
    stop_the_world(t);
    if (generator_state(g) != GEN_DONE) v = frame_object(t, &g->frame);
    start_the_world(t);
  }
  return v;
}

int frame_object_line(Thread *t, FrameObject *o) {
  bool stopped;
  Frame *f = frame_look(t, o, &stopped);
  int line = o->trace_line ? o->trace_line : frame_line(f);
  frame_look_away(t, stopped);
  return line;
}

static Value code_of(Thread *t, FrameObject *o) {
  bool stopped;
  Frame *f = frame_look(t, o, &stopped);
  Value code = v_own_obj(t, frame_code(f));
  frame_look_away(t, stopped);
  return code;
}

int frame_object_line_at(Thread *t, FrameObject *o, int lasti) {
  Value code = code_of(t, o);
  int line = code_position(v_code(code), lasti).line;
  v_drop(t, code);
  return line;
}

// --- Attributes -----------------------------------------------------------------------------------------------------------------------

static Value get_back(Thread *t, Value self, void *closure) {
  (void)closure;
  FrameObject *o = v_frame(self);
  bool stopped;
  Frame *f = frame_look(t, o, &stopped);
  Frame *previous = f != &o->own ? frame_visible(f->previous) : NULL;
  Value back = previous ? frame_object(t, previous) : f != &o->own || v_is_null(o->back) ? V_NONE : v_own(t, o->back);
  frame_look_away(t, stopped);
  return back;
}

static Value get_code(Thread *t, Value self, void *closure) {
  (void)closure;
  return code_of(t, v_frame(self));
}
static Value get_globals(Thread *t, Value self, void *closure) {
  (void)closure;
  bool stopped;
  Value v = v_own(t, frame_globals(frame_look(t, v_frame(self), &stopped)));
  frame_look_away(t, stopped);
  return v;
}
static Value get_builtins(Thread *t, Value self, void *closure) {
  (void)closure;
  bool stopped;
  Value v = v_own(t, frame_builtins(frame_look(t, v_frame(self), &stopped)));
  frame_look_away(t, stopped);
  return v;
}
static Value get_locals(Thread *t, Value self, void *closure) {
  (void)closure;
  return frame_object_locals(t, v_frame(self));
}
static Value get_lasti(Thread *t, Value self, void *closure) {
  (void)closure;
  bool stopped;
  int lasti = frame_lasti(frame_look(t, v_frame(self), &stopped));
  frame_look_away(t, stopped);
  return v_from_smi(lasti);
}
static Value get_lineno(Thread *t, Value self, void *closure) {
  (void)closure;
  int line = frame_object_line(t, v_frame(self));
  return line < 0 ? V_NONE : v_from_smi(line);
}

static Value get_trace(Thread *t, Value self, void *closure) {
  (void)closure;
  Value v = locked_field(t, v_obj(self), &v_frame(self)->trace);
  return v_is_null(v) ? V_NONE : v;
}
static int set_trace(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  bool none = v_is_null(value) || v_is_none(value);
  locked_field_set(t, v_obj(self), &v_frame(self)->trace, none ? V_NULL : v_own(t, value));
  if (!none && trace_is_on() && trace_wants(t)) trace_mark_frames(t);
  return 0;
}
static Value get_trace_opcodes(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(a8_load_rlx(&v_frame(self)->trace_opcodes));
}
static int set_trace_opcodes(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value) || !v_is_exact(value, SHAPE_BOOL)) {
    raise_type_error(t, "attribute value type must be bool");
    return -1;
  }
  a8_store_rlx(&v_frame(self)->trace_opcodes, v_is(value, V_TRUE));
  return 0;
}

// A finished frame gives up its locals.
static void drop_locals(Thread *t, FrameObject *o) {
  for (int i = 0; o->slots && i < o->own.exec->nlocals; i++) {
    Value v;
    CRITICAL_BEGIN(t, o);
    v = ref_take(t, &o->slots[i]);
    CRITICAL_END(t);
    v_drop(t, v);
  }
  locked_field_set(t, &o->ob, &o->trace, V_NULL);
}

static Value frame_clear_method(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  FrameObject *o = v_frame(self);
  bool stopped;
  Frame *f = frame_look(t, o, &stopped);
  bool finished = f == &o->own;
  Generator *g = !finished && f->is_generator ? frame_generator(f) : NULL;
  bool running = !finished && (!g || generator_state(g) == GEN_RUNNING);
  if (running || (g && !object_try_incref(t, &g->ob))) g = NULL;   // not counted: its own death is ending it
  frame_look_away(t, stopped);
  if (running) return raise_error(t, &exc_RuntimeError, "cannot clear an executing frame");
  if (finished) drop_locals(t, o);
  if (g) generator_finalize(t, v_from_obj(g));
  if (g) v_drop(t, v_from_obj(g));
  return V_NONE;
}

static Value frame_sizeof(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  bool stopped;
  int64_t slots = frame_look(t, v_frame(self), &stopped)->exec->frame_size;
  frame_look_away(t, stopped);
  return v_from_smi((int64_t)sizeof(FrameObject) + (int64_t)sizeof(Ref) * slots);
}

static Value frame_repr(Thread *t, Value self) {
  Value code = code_of(t, v_frame(self));
  int line = frame_object_line(t, v_frame(self));
  Value r = str_from_format(t, "<frame at %p, file %R, line %d, code %S>", (void *)v_obj(self), v_code(code)->filename, line, v_code(code)->name);
  v_drop(t, code);
  return r;
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
  if (frame_object_finished(o) && frame_object_record(o)) {
    v_clear(t, &o->own.locals);
    ref_clear(t, &o->own.function);
  }
  heap_free_object(t, object);
}

static void frame_traverse(Object *object, GcVisit visit, void *arg) {
  FrameObject *o = (FrameObject *)object;
  gc_visit_value(o->back, visit, arg);
  gc_visit_value(o->trace, visit, arg);
  if (!frame_object_finished(o) || !frame_object_record(o)) return;
  if (o->slots) for (int i = 0; i < o->own.exec->nlocals; i++) gc_visit_value(ref_value(o->slots[i]), visit, arg);
  gc_visit_value(o->own.locals, visit, arg);
  gc_visit_value(ref_value(o->own.function), visit, arg);
}

static void frame_clear_slot(Thread *t, Object *object) {
  FrameObject *o = (FrameObject *)object;
  v_clear(t, &o->trace);
  if (frame_object_finished(o) && o->slots) for (int i = 0; i < o->own.exec->nlocals; i++) ref_clear(t, &o->slots[i]);
}

static const NativeDef frame_methods[] = {
    {"clear($self, /)", frame_clear_method, "Drops the values of the frame's variables.", NATIVE_NO_SIGNATURE},
    {"__sizeof__($self, /)", frame_sizeof, "How many bytes of memory the frame takes.", NATIVE_NO_SIGNATURE},
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
    {0},
};
static const GetSetDef frame_computed[] = {{"f_trace_opcodes", get_trace_opcodes, set_trace_opcodes, NULL, NULL}, {0}};
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
    .computed_members = frame_computed,
    .members = frame_members,
};

bool frame_init(Thread *t) { return type_ready(t, &type_frame, &spec_frame, SHAPE_FRAME); }
