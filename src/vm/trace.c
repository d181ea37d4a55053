// Tracing and profiling: sys.settrace and sys.setprofile, and the events the eval loop reports to them.
#include "vm/trace.h"

#include "code/opcode.h"
#include "gc/heap.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/locked_field.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "threading/stw.h"
#include "vm/exec.h"
#include "vm/traceback.h"

a32 trace_threads;

// --- Switching on and off -----------------------------------------------------------------------------------------------------------------

static void forget_exec(Object *o, void *arg) {
  (void)arg;
  if (object_shape(o) == SHAPE_FUNCTION) aptr_store_rlx(&((Function *)o)->exec, NULL);
}

// When the first thread begins to trace, functions drop the translation they call directly.
static void count_thread(Thread *t, bool before, bool after) {
  if (before == after) return;
  if (!after) {
    a32_fetch_add_rlx(&trace_threads, (uint32_t)-1);
  } else if (a32_fetch_add_rlx(&trace_threads, 1) == 0) {
    stop_the_world(t);
    heap_walk(forget_exec, NULL);
    start_the_world(t);
  }
}

void trace_mark_frames(Thread *t) {
  for (Frame *f = t->frame; f && f->previous; f = f->previous) {
    if (f->kind == RET_STORE && !f->previous->traced) f->kind = RET_SWITCH;
  }
  breaker_set(t, BREAK_PENDING);   // the native call under way looks at its frame when it has returned
}

const Inst *trace_switch(Thread *t, Frame *f, const Inst *after) {
  if (f->traced || f->exec->traced || t->vm->tracing || !trace_wants(t)) return NULL;
  if (v_is_null(t->vm->profile) && (!f->object || v_is_null(v_load_rlx(&f->object->trace)))) return NULL;
  uint32_t unit = f->exec->origin[after - f->exec->insts];
  const Inst *ip = exec_enter_traced(t, f, after);
  if (!ip) return NULL;
  f->traced = true;
  if (f->object) f->object->last_unit = unit;
  return ip;
}

void trace_set(Thread *t, Value *field, Value function) {
  bool before = trace_wants(t);
  v_set(t, field, v_is_none(function) ? V_NULL : v_own(t, function));
  count_thread(t, before, trace_wants(t));
  if (trace_wants(t)) trace_mark_frames(t);
}

// --- Calling the functions ------------------------------------------------------------------------------------------------------------------

// callback(frame, event, arg): owned result, V_NULL with an exception.
static Value call_callback(Thread *t, FrameObject *o, Value callback, const char *event, Value arg) {
  Frame *f = frame_object_record(o);
  if (o->fast_as_locals) {      // a mapping that is written back below must not bring old values with it
    Value locals = frame_locals(t, f);
    if (v_is_null(locals)) return V_NULL;
    v_drop(t, locals);
  }
  Value args[3] = {v_from_obj(o), str_intern_cstr(t, event), v_is_null(arg) ? V_NONE : arg};
  Value r = v_is_null(args[1]) ? V_NULL : object_call(t, callback, args, 3, V_NULL);
  if (o->fast_as_locals) {
    frame_locals_to_fast(t, f, true);
    o->fast_as_locals = false;
  }
  if (v_is_null(r)) traceback_here(t, f);
  return r;
}

// Within the callback nothing is traced; f_lineno shows the line of the event.
static Value guarded(Thread *t, Frame *f, FrameObject *o, Value callback, const char *event, Value arg) {
  const char *outer = t->vm->trace_event;
  t->vm->tracing++;
  t->vm->trace_event = event;
  int line = f->exec->lines ? f->exec->lines[f->pc - f->exec->insts] : frame_line(f);
  o->trace_line = line > 0 ? line : 0;
  Value r = call_callback(t, o, callback, event, arg);
  o->trace_line = 0;
  t->vm->trace_event = outer;
  t->vm->tracing--;
  return r;
}

static int report_trace(Thread *t, Frame *f, bool is_call, const char *event, Value arg) {
  if (v_is_null(t->vm->trace) || t->vm->tracing) return 0;
  Value object = frame_object(t, f);
  if (v_is_null(object)) return -1;
  FrameObject *o = v_frame(object);
  Value callback = is_call ? v_own(t, t->vm->trace) : locked_field(t, &o->ob, &o->trace);
  int rc = 0;
  if (!v_is_null(callback)) {
    Value r = guarded(t, f, o, callback, event, arg);
    if (v_is_null(r)) {
      trace_set(t, &t->vm->trace, V_NONE);
      locked_field_set(t, &o->ob, &o->trace, V_NULL);
      rc = -1;
    } else if (v_is_none(r)) {
      v_drop(t, r);
    } else {
      locked_field_set(t, &o->ob, &o->trace, r);
    }
  }
  v_drop(t, callback);
  v_drop(t, object);
  return rc;
}

static int report_profile(Thread *t, Frame *f, const char *event, Value arg) {
  if (v_is_null(t->vm->profile) || t->vm->tracing) return 0;
  Value object = frame_object(t, f);
  if (v_is_null(object)) return -1;
  Value profile = v_own(t, t->vm->profile);
  Value r = guarded(t, f, v_frame(object), profile, event, arg);
  v_drop(t, profile);
  v_drop(t, object);
  if (v_is_null(r)) {
    trace_set(t, &t->vm->profile, V_NONE);
    return -1;
  }
  v_drop(t, r);
  return 0;
}

// --- Events -------------------------------------------------------------------------------------------------------------------------------

static int report_line(Thread *t, Frame *f, FrameObject *o, uint32_t unit, const Inst **ip) {
  const Exec *e = f->exec;
  int line = e->lines[*ip - e->insts];
  int last = o->last_unit <= e->first_traceable ? -1 : e->lines[exec_find_unit(e, o->last_unit)];
  const uint8_t *bytes = (const uint8_t *)v_bytes(e->code->code)->data;
  uint32_t previous = o->last_unit;
  o->last_unit = unit;
  o->jump_to = NULL;
  bool back = unit < previous && bytes[2 * unit] != OP_SEND;
  if (line != -1 && a8_load_rlx(&o->trace_lines) && (line != last || back) && report_trace(t, f, false, "line", V_NULL) < 0) return -1;
  if (a8_load_rlx(&o->trace_opcodes) && report_trace(t, f, false, "opcode", V_NULL) < 0) return -1;
  if (o->jump_to) {
    *ip = o->jump_to;
    o->jump_to = NULL;
    o->last_unit = e->origin[*ip - e->insts];
    (*ip)++;   // behind its own TRACE
  }
  return 0;
}

int trace_instruction(Thread *t, Frame *f, const Inst **ip) {
  const Exec *e = f->exec;
  uint32_t unit = e->origin[*ip - e->insts];
  if (unit < e->first_traceable || t->vm->tracing) return 0;
  if (v_bytes(e->code->code)->data[2 * unit] == (char)OP_RESUME) {
    if (f->object) f->object->last_unit = unit;
    if (report_trace(t, f, true, "call", V_NULL) < 0 || report_profile(t, f, "call", V_NULL) < 0) return -1;
    if (f->object) f->object->last_unit = unit;
    return 0;
  }
  if (v_is_null(t->vm->trace) || !f->object) return 0;
  Value object = v_own_obj(t, f->object);
  int rc = report_line(t, f, v_frame(object), unit, ip);
  v_drop(t, object);
  return rc;
}

int trace_return(Thread *t, Frame *f, Value result) {
  Value pending = v_is_null(result) ? error_fetch(t) : V_NULL;
  int rc = report_trace(t, f, false, "return", result);
  if (rc == 0) rc = report_profile(t, f, "return", result);
  if (v_is_null(pending)) return rc;
  if (rc < 0) v_drop(t, pending);
  else error_restore(t, pending);
  return rc;
}

void trace_drop_operands(Thread *t, Frame *f, const Inst *ip) {
  uint32_t first = f->exec->nlocals, end = f->exec->frame_size, slots[3], n = 0;
  switch (a16_load_rlx(&ip->op)) {
    case X_CALL: case X_CALL_METHOD: case X_CALL_NATIVE: case X_CALL_METHOD_NATIVE: case X_CALL_KW: case X_CALL_EX:
      // A call's window is what lies uppermost.
      break;
    case X_STORE_SUBSCR: slots[n++] = ip->a, slots[n++] = ip->b, slots[n++] = ip->c; break;
    case X_SUBSCR: case X_CONTAINS: slots[n++] = ip->b, slots[n++] = ip->c; break;
    case X_UNPACK: case X_UNPACK_2: case X_UNPACK_EX: slots[n++] = ip->a; break;
    default: return;
  }
  Value exc = error_fetch(t);
  for (uint32_t i = n ? end : ip->a; i < end; i++) ref_clear(t, &f->fp[i]);
  for (uint32_t i = 0; i < n; i++)
    if (slots[i] >= first && slots[i] < end) ref_clear(t, &f->fp[slots[i]]);
  error_restore(t, exc);
}

void trace_exception(Thread *t, Frame *f) {
  if (v_is_null(t->vm->trace) || t->vm->tracing) return;
  Value exc = error_fetch(t), tb = exception_get_traceback(t, exc);
  Value arg = tuple_pack(t, 3, v_from_obj(v_type(exc)), exc, tb);
  v_drop(t, tb);
  int rc = v_is_null(arg) ? -1 : report_trace(t, f, false, "exception", arg);
  v_drop(t, arg);
  if (rc < 0) v_drop(t, exc);
  else error_restore(t, exc);
}

void trace_iterator_end(Thread *t, Frame *f, Value iterator, Value result) {
  // Generators and C iterators that have no result just end; whatever has a send(), and Python's own iterators, raise.
  bool silent = v_is_null(iterator) || v_is_exact(iterator, SHAPE_GENERATOR) || (v_type(iterator)->slots.iternext && !(v_type(iterator)->flags & TYPE_HEAP));
  if (v_is_none(result) && silent) return;
  raise_stop_iteration(t, result);
  trace_exception(t, f);
  error_clear(t);
}

void trace_throw(Thread *t, Frame *f) {
  Value pending = error_fetch(t);
  int rc = report_trace(t, f, true, "call", V_NULL);
  if (rc == 0) rc = report_profile(t, f, "call", V_NULL);
  if (rc < 0) v_drop(t, pending);
  else error_restore(t, pending);
}

// What c_call reports: the builtin, or the method bound to its object.
static Value native_shown(Thread *t, Value callable, const Value *args, size_t nargs) {
  if (!v_is_exact(callable, SHAPE_METHOD_DESCRIPTOR) || nargs == 0) return v_own(t, callable);
  return v_type(callable)->slots.descr_get(t, callable, args[0], v_from_obj(v_type(args[0])));
}

Value trace_native_call(Thread *t, Frame *f, Value callable, const Value *args, size_t nargs, Value kwnames) {
  if (v_is_null(t->vm->profile) || t->vm->tracing) return object_call(t, callable, args, nargs, kwnames);
  Value shown = native_shown(t, callable, args, nargs);
  if (v_is_null(shown)) return V_NULL;
  Value r = V_NULL;
  if (report_profile(t, f, "c_call", shown) == 0) {
    r = object_call(t, callable, args, nargs, kwnames);
    if (v_is_null(r)) {
      Value exc = error_fetch(t);
      if (report_profile(t, f, "c_exception", shown) < 0) v_drop(t, exc);
      else error_restore(t, exc);
    } else if (report_profile(t, f, "c_return", shown) < 0) {
      v_clear(t, &r);
    }
  }
  v_drop(t, shown);
  return r;
}
