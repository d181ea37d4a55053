// Tracing and profiling.
#include "vm/trace.h"

#include "objects/error.h"
#include "vm/vm.h"

a32 trace_threads;
int vm_set_trace(Thread *t, Value function) { v_set(t, &t->vm->trace, v_is_none(function) ? V_NULL : v_own(t, function)); return 0; }
int vm_set_profile(Thread *t, Value function) { v_set(t, &t->vm->profile, v_is_none(function) ? V_NULL : v_own(t, function)); return 0; }
Value vm_get_trace(Thread *t) { return v_is_null(t->vm->trace) ? V_NONE : v_own(t, t->vm->trace); }
Value vm_get_profile(Thread *t) { return v_is_null(t->vm->profile) ? V_NONE : v_own(t, t->vm->profile); }
int trace_call(Thread *t, Frame *f) { (void)t, (void)f; return 0; }
int trace_return(Thread *t, Frame *f, Value result) { (void)t, (void)f, (void)result; return 0; }
void trace_exception(Thread *t, Frame *f) { (void)t, (void)f; }
int trace_instruction(Thread *t, Frame *f, const Inst **ip) { (void)t, (void)f, (void)ip; return 0; }
int trace_native(Thread *t, Frame *f, const char *event, Value callable) { (void)t, (void)f, (void)event, (void)callable; return 0; }
int trace_set_lineno(Thread *t, Value frame, Value value, void *closure) { (void)frame, (void)value, (void)closure; raise_value_error(t, "f_lineno can only be set by a trace function"); return -1; }
