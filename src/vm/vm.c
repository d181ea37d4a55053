// The VM's face to the other layers: running code objects and class bodies, start-up, and the hooks it registers below.
#include "vm/vm.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "code/code_type.h"
#include "gc/collect.h"
#include "gc/deferred.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/iterated.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_new.h"
#include "vm/call.h"
#include "vm/exec.h"
#include "vm/async_generator.h"
#include "vm/generator_type.h"
#include "vm/specialise.h"
#include "vm/trace.h"
#include "vm/traceback.h"

Value vm_builtins_dict;

// --- Running code -----------------------------------------------------------------------------------------------------------------------

// Runs a function without arguments, its frame having `locals` as namespace (V_NULL: fast locals only).
static Value run_with_locals(Thread *t, Value function, Value locals) {
  if (thread_stack_low(t)) return raise_error(t, &exc_RecursionError, "maximum recursion depth exceeded while calling a Python object");
  Frame *f = call_push(t, v_function(function), ref_borrow(ref_from(function)), NULL, 0, V_NULL, RET_WORD(RET_ENTRY, 0, 0, 0));
  if (!f) return V_NULL;
  f->locals = v_own(t, locals);
  return vm_run(t, f, f->pc, false);
}

// exec and eval see the builtins of their caller where the globals name none.
static bool ensure_builtins(Thread *t, Value globals) {
  int has = dict_contains(t, v_dict(globals), N(__builtins__));
  if (has) return has > 0;
  Value builtins = vm_builtins(t);
  return dict_set(t, v_dict(globals), N(__builtins__), v_is_null(builtins) ? vm_builtins_dict : builtins) == 0;
}

Value vm_eval_closure(Thread *t, Value code, Value globals, Value locals, Value closure) {
  if (!ensure_builtins(t, globals)) return V_NULL;
  Value function = function_new(t, code, globals);
  if (v_is_null(function)) return V_NULL;
  v_set(t, &v_function(function)->qualname, v_own(t, v_code(code)->name));
  if (!v_is_null(closure)) v_function(function)->closure = v_own(t, closure);
  bool fast = v_code(code)->flags & CO_OPTIMIZED;   // a function's code: the namespace is what locals() adds to
  Value r = run_with_locals(t, function, fast && !v_is_dict(locals) ? V_NULL : locals);
  v_drop(t, function);
  return r;
}

Value vm_eval_code(Thread *t, Value code, Value globals, Value locals) { return vm_eval_closure(t, code, globals, locals, V_NULL); }

Value vm_run_class_body(Thread *t, Value function, Value namespace_) { return run_with_locals(t, function, namespace_); }

int vm_future_flags(Thread *t) {
  enum { FUTURE_MASK = 0x1FE0000 };
  return t->frame ? frame_code(t->frame)->flags & FUTURE_MASK : 0;
}

// --- The running frames -------------------------------------------------------------------------------------------------------------------

Value vm_globals(Thread *t) {
  Frame *f = frame_visible(t->frame);
  return f ? frame_globals(f) : V_NULL;
}
Value vm_builtins(Thread *t) {
  Frame *f = frame_visible(t->frame);
  return f ? frame_builtins(f) : V_NULL;
}

Value vm_locals(Thread *t) {
  Frame *f = frame_visible(t->frame);
  return f ? frame_locals(t, f) : raise_system_error(t, "frame does not exist");
}

Value vm_frame(Thread *t, int depth) {
  Frame *f = frame_visible(t->frame);
  for (; f && depth > 0; depth--) f = frame_visible(f->previous);
  if (!f) return raise_value_error(t, "call stack is not deep enough");
  return frame_object(t, f);
}

Value vm_frame_of(Thread *t, Thread *other) {
  Frame *f = frame_visible(other->frame);
  return f ? frame_object(t, f) : V_NULL;
}

Value vm_handled_exception(Thread *t) {
  if (!t->vm) return V_NULL;
  for (ExcItem *e = t->vm->exc; e; e = e->previous) {
    if (!v_is_null(e->value) && !v_is_none(e->value)) return e->value;
  }
  return V_NULL;
}

// --- Zero-argument super ----------------------------------------------------------------------------------------------------------------

// The first argument of a frame, owned; it may have moved into a cell.
static Value first_argument(Thread *t, Frame *f) {
  Value v = ref_value(f->fp[0]);
  if (v_is_unbound(v)) return V_NULL;
  if (v_bytes(frame_code(f)->localspluskinds)->data[0] & LOCAL_KIND_CELL && v_is_exact(v, SHAPE_CELL)) return cell_get(t, (Cell *)v_obj(v));
  return v_own(t, v);
}

static int super_error(Thread *t, const char *what) {
  raise_error(t, &exc_RuntimeError, "super(): %s", what);
  return -1;
}

static int super_frame(Thread *t, Value *type, Value *self) {
  Frame *f = t->frame;
  if (!f) return super_error(t, "no current frame");
  const Code *c = frame_code(f);
  if (c->argcount == 0) return super_error(t, "no arguments");
  int i = c->nlocalsplus - c->nfreevars;
  for (; i < c->nlocalsplus; i++) {
    if (str_equals_cstr(v_tuple(c->localsplusnames)->items[i], "__class__")) break;
  }
  Value object = first_argument(t, f);
  if (v_is_null(object)) return super_error(t, "arg[0] deleted");
  const char *problem = NULL;
  *type = V_NULL;
  if (i == c->nlocalsplus) problem = "__class__ cell not found";
  else if (!v_is_exact(ref_value(f->fp[i]), SHAPE_CELL)) problem = "bad __class__ cell";
  else *type = cell_get(t, (Cell *)v_obj(ref_value(f->fp[i])));
  if (!problem && v_is_null(*type)) problem = "empty __class__ cell";
  if (problem) {
    v_drop(t, object);
    return super_error(t, problem);
  }
  if (!v_is_type(*type)) {
    raise_error(t, &exc_RuntimeError, "super(): __class__ is not a type (%T)", *type);
    v_drop(t, *type);
    v_drop(t, object);
    return -1;
  }
  *self = object;
  return 0;
}

// --- The collector's view -----------------------------------------------------------------------------------------------------------------

static void visit(Value v, GcVisit fn, void *arg) {
  if (v_is_ptr(v) && v.w && !(v.w & 1)) fn(v_obj(v), true, arg);
}

typedef struct RootScan { GcVisit fn; void *arg; } RootScan;

// Borrowed slots need no visit: what supports them is counted and found elsewhere, or DEFERRED (scan_frames).
static void scan_thread(Thread *t, void *arg) {
  RootScan *s = arg;
  VmThread *vt = t->vm;
  if (!vt) return;
  for (Frame *f = t->frame; f; f = f->previous) {
    for (int i = 0, n = f->exec->frame_size; i < n; i++) visit(ref_value(f->fp[i]), s->fn, s->arg);
    visit(ref_value(f->function), s->fn, s->arg);
    visit(f->locals, s->fn, s->arg);
    if (f->object) s->fn(&f->object->ob, true, s->arg);
  }
  for (ExcItem *e = vt->exc; e; e = e->previous) visit(e->value, s->fn, s->arg);
  visit(vt->asyncgen_firstiter, s->fn, s->arg);
  visit(vt->asyncgen_finalizer, s->fn, s->arg);
  visit(vt->trace, s->fn, s->arg);
  visit(vt->profile, s->fn, s->arg);
}

static void scan_roots(GcVisit fn, void *arg) {
  RootScan s = {fn, arg};
  thread_each(scan_thread, &s);
}

// How many slots of its window a frame uses: at a call none above the arguments. What a function that has returned left there would keep
// objects that nothing refers to.
static int used_slots(const Frame *f) {
  int size = f->exec->frame_size;
  uint16_t op = f->pc ? a16_load_rlx(&f->pc->op) : 0;
  bool calls = op == X_CALL_KW || (op >= X_CALL && op <= X_CALL_LIST_APPEND), comprehension = op == X_CALL_COMPREHENSION;
  int end = calls || comprehension ? f->pc->a + 2 + (comprehension ? 0 : f->pc->b) : size;
  return end < size ? end : size;
}

static void add_frames(Thread *t, void *arg) {
  for (Frame *f = t->vm ? t->frame : NULL; f; f = f->previous) {
    for (int i = 0, n = used_slots(f); i < n; i++) frame_set_add(arg, f->fp[i].w);
    frame_set_add(arg, f->function.w);
  }
}

static void scan_frames(FrameSet *set) { thread_each(add_frames, set); }

// --- Per-thread settings ----------------------------------------------------------------------------------------------------------------

static Value or_none(Thread *t, Value v) { return v_is_null(v) ? V_NONE : v_own(t, v); }

void vm_set_asyncgen_hooks(Thread *t, Value firstiter, Value finalizer) {
  if (!v_is_null(firstiter)) v_set(t, &t->vm->asyncgen_firstiter, v_is_none(firstiter) ? V_NULL : v_own(t, firstiter));
  if (!v_is_null(finalizer)) v_set(t, &t->vm->asyncgen_finalizer, v_is_none(finalizer) ? V_NULL : v_own(t, finalizer));
}
Value vm_get_asyncgen_firstiter(Thread *t) { return or_none(t, t->vm->asyncgen_firstiter); }
Value vm_get_asyncgen_finalizer(Thread *t) { return or_none(t, t->vm->asyncgen_finalizer); }
int vm_coroutine_origin_depth(Thread *t) { return t->vm->coroutine_origin_depth; }
void vm_set_coroutine_origin_depth(Thread *t, int depth) { t->vm->coroutine_origin_depth = depth; }

void vm_set_trace(Thread *t, Value function) { trace_set(t, &t->vm->trace, function); }
void vm_set_profile(Thread *t, Value function) { trace_set(t, &t->vm->profile, function); }
Value vm_get_trace(Thread *t) { return or_none(t, t->vm->trace); }
Value vm_get_profile(Thread *t) { return or_none(t, t->vm->profile); }

// --- Start-up -----------------------------------------------------------------------------------------------------------------------------

int vm_recursion_limit(void) { return frame_limit(); }
void vm_set_recursion_limit(int limit) { frame_set_limit(limit); }
void vm_set_fold(bool on) { exec_fold = on; }
bool vm_thread_init(Thread *t) { return frame_thread_init(t); }
void vm_thread_exit(Thread *t) { frame_thread_exit(t); }

// The iterator of a comprehension: its first argument, and on the value stack below or above what is being made. Nobody but the thread that
// runs a frame takes references out of its slots.
static bool frame_iterates_argument(const Thread *t, const Object *iterator) {
  const Frame *f = t->frame;
  uint64_t word = (uintptr_t)iterator;
  if (!f || !f->exec || f->exec->nlocals == 0 || f->fp[0].w != word) return false;
  const Ref *stack = f->fp + f->exec->nlocals, *end = f->fp + f->exec->frame_size;
  return (stack < end && stack[0].w == word) || (stack + 1 < end && stack[1].w == word);
}

static Value default_builtins(Thread *t) {
  Value v = vm_builtins(t);
  return v_is_null(v) ? vm_builtins_dict : v;
}

bool vm_init(Thread *t) {
  function_call_slot = vm_call_function;
  function_builtins_hook = default_builtins;
  iterated_in_frame_hook = frame_iterates_argument;
  error_handled_hook = vm_handled_exception;
  super_frame_hook = super_frame;
  type_caller_globals_hook = vm_globals;
  code_dealloc_hook = exec_free_code;
  gc_register_roots(scan_roots);
  frame_set_register(scan_frames);
  thread_at_exit(vm_thread_exit);
  specialise_init();
  return function_init(t) && method_init(t) && cell_init(t) && frame_init(t) && traceback_init(t) && generator_init(t) && async_generator_init(t);
}
