// Tracing and profiling: sys.settrace and sys.setprofile, and the events the eval loop reports to them.
//
// While any thread traces, functions do not cache their translation (Function.exec), so every call goes through function_exec, which gives
// a traced thread the unfolded form. Untraced code pays nothing.
#ifndef WEFT_VM_TRACE_H
#define WEFT_VM_TRACE_H

#include "vm/frame.h"

extern a32 trace_threads;   // threads that have a trace or profile function
static inline bool trace_is_on(void) { return unlikely(a32_load_rlx(&trace_threads) != 0); }
static inline bool trace_wants(const Thread *t) { return !v_is_null(t->vm->trace) || !v_is_null(t->vm->profile); }

// Whether a frame that begins or goes on with this translation reports events.
static inline bool trace_frame_is_traced(const Thread *t, const Exec *e) {
  return unlikely(e->traced) && t->vm->tracing == 0 && trace_wants(t);
}

// Sets t->vm->trace or ->profile (None clears) with what follows for the frames and functions that are there already. May stop the world.
void trace_set(Thread *t, Value *field, Value function);

// A frame that was running when tracing began goes on in the traced form once what it called has returned, if the trace function has
// been given to it (f_trace) or there is a profiler. `after`: the call that has just been done. NULL: it goes on as it is.
const Inst *trace_switch(Thread *t, Frame *f, const Inst *after);
// Marks the thread's frames so.
void trace_mark_frames(Thread *t);

// Before an instruction of the traced form: call events at RESUME, line and opcode events elsewhere. *ip moves when the trace function set
// f_lineno. -1: the trace function raised.
int trace_instruction(Thread *t, Frame *f, const Inst **ip);
// The frame returns or yields `result`; V_NULL: it ends by the pending exception, which is kept unless the trace function raises.
int trace_return(Thread *t, Frame *f, Value result);
// Before the exception event: what the instruction that has raised took from the stack goes, so that the events of a generator among it come first.
void trace_drop_operands(Thread *t, Frame *f, const Inst *ip);
void trace_exception(Thread *t, Frame *f);
// An iterator that the frame stepped has ended with `result`: an exception event where CPython sees a StopIteration.
void trace_iterator_end(Thread *t, Frame *f, Value iterator, Value result);
// A generator that goes on by raising the pending exception: its call event. The exception is kept unless the trace function raises.
void trace_throw(Thread *t, Frame *f);
// A native called by a profiled frame: as native_call for builtins and methods, with c_call, c_return and c_exception around it.
Value trace_native_call(Thread *t, Frame *f, Value callable, const Value *args, size_t nargs, Value kwnames);
// Setter of f_lineno: moves the frame of a running trace function to another line.
int trace_set_lineno(Thread *t, Value frame, Value value, void *closure);

#endif
