// Calling Python functions: binding arguments in the callee's window, and the way in from C.
#ifndef WEFT_VM_CALL_H
#define WEFT_VM_CALL_H

#include "vm/exec.h"
#include "vm/trace.h"

// Whether a call of a Python function with n positional arguments needs no binding; then pushing its frame runs no Python code.
static inline bool call_is_plain(Value function, size_t n) {
  Exec *e = aptr_load_acq(&v_function(function)->exec);
  return likely(e != NULL) && e->plain_argc == (int64_t)n;
}

// Lays out a call's arguments as the callee's locals. fp[0..npos) are positional, then one value per name in kwnames (V_NULL: none); room
// for max(frame_size, all of them) Refs must have been reserved. On success locals are complete, unbound ones UNBOUND. On failure (false,
// TypeError) all argument slots have been closed.
bool call_bind(Thread *t, Function *f, Exec *e, Ref *fp, size_t npos, Value kwnames);

// The translation a call of f runs, cached in f; NULL with an exception.
Exec *function_exec(Thread *t, Function *f);

// The frame of a function whose translation e takes just the n positional arguments, which it borrows, in the record f and the window above
// `caller`, there being room. `function` (owned or borrowed) passes to the frame.
static inline void call_begin_plain(Thread *t, Frame *caller, Frame *f, Ref *window, Exec *e, Ref function, const Value *args, size_t n, uint64_t ret) {
  for (size_t i = 0; i < n; i++) window[i] = ref_borrow(ref_from(args[i]));
  for (size_t i = n; i < e->nlocals; i++) window[i] = REF_UNBOUND;
  f->pc = e->insts;
  f->fp = window;
  f->exec = e;
  f->previous = caller;
  f->function = function;
  f->locals = V_NULL;
  f->object = NULL;
  f->ret = ret;
  f->traced = trace_frame_is_traced(t, e);
  t->py_depth++;
  t->frame = f;
}

// The window above `caller` where a frame of e can be begun at once, in the record caller + 1; NULL: room must be made, or the depth is
// exceeded (call_push_plain).
static inline Ref *call_ready_window(Thread *t, Frame *caller, Exec *e) {
  Ref *window = caller->fp + caller->exec->frame_size;
  bool room = !caller->is_generator && t->py_depth < vm_depth_limit && window + e->frame_size <= t->vm->limit;
  return likely(room) ? window : NULL;
}

// Makes room and begins it. False: exception, and function was not taken.
static inline bool call_push_plain(Thread *t, Exec *e, Ref function, const Value *args, size_t n, uint64_t ret) {
  Frame *caller = t->frame;
  Ref *window = frame_stack_top(t, caller);
  if (unlikely(t->py_depth >= vm_depth_limit)) return frame_depth_exceeded(t);
  if (unlikely(!stack_reserve(t, window + e->frame_size))) return false;
  call_begin_plain(t, caller, frame_next_record(t, caller), window, e, function, args, n, ret);
  return true;
}

// Enters a frame for f on top of t->frame: binds, counts the depth. `function` (owned or borrowed) passes to the frame. NULL: exception,
// and function was not taken. ret: RET_WORD.
Frame *call_push(Thread *t, Function *f, Ref function, const Value *args, size_t npos, Value kwnames, uint64_t ret);

// slots.call of type_function.
Value vm_call_function(Thread *t, Value function, const Value *args, size_t nargs, Value kwnames);

// Runs the frame (t->frame) until it returns or raises.
Value vm_run(Thread *t, Frame *frame, const Inst *start, bool throwing);

// "module.qualname()" of a callable, for messages; owned.
Value call_function_text(Thread *t, Value function);
// The messages of a failed f(**mapping), f(*iterable) in 3.11's words, replacing the pending exception where it is theirs.
void call_explain_kwargs(Thread *t, Value function, Value kwargs);
bool call_check_args_iterable(Thread *t, Value function, Value args);

#endif
