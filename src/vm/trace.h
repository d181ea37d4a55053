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

// Events of a frame that runs traced. -1: the trace function raised.
int trace_call(Thread *t, Frame *f);
int trace_return(Thread *t, Frame *f, Value result /* V_NULL: leaves by an exception */);
void trace_exception(Thread *t, Frame *f);
// Before an instruction: line and opcode events. *ip moves when the trace function set f_lineno.
int trace_instruction(Thread *t, Frame *f, const Inst **ip);
// Around a native called from traced code (c_call, c_return, c_exception of profilers).
int trace_native(Thread *t, Frame *f, const char *event, Value callable);
// Setter of f_lineno: moves the frame of a running trace function to another line.
int trace_set_lineno(Thread *t, Value frame, Value value, void *closure);

#endif
