// The VM as other parts see it: running code objects, calling Python functions, and looking at the frames of the running thread.
#ifndef WEFT_VM_VM_H
#define WEFT_VM_VM_H

#include "objects/type.h"

// Runs a code object as exec() does: globals a dict (or subclass), locals any mapping. Adds __builtins__ to globals when missing.
Value vm_eval_code(Thread *t, Value code, Value globals, Value locals);
// The same with a tuple of cells for the code's free variables (exec's closure argument; lengths checked by the caller).
Value vm_eval_closure(Thread *t, Value code, Value globals, Value locals, Value closure);
// builtins.__build_class__ (raw: func, name, *bases, metaclass=..., **kwds).
Value vm_build_class(Thread *t, const Value *args, size_t nargs, Value kwnames);
// Runs a class statement's body function with `namespace` as locals; returns the __class__ cell or None.
Value vm_run_class_body(Thread *t, Value function, Value namespace_);

// The innermost Python frame. globals/builtins borrowed, V_NULL when no frame runs. locals: owned (3.11's locals()).
Value vm_globals(Thread *t);
Value vm_builtins(Thread *t);
Value vm_locals(Thread *t);
int vm_future_flags(Thread *t);              // CO_FUTURE_* of the innermost frame's code, which compile() inherits
Value vm_frame(Thread *t, int depth);        // frame object, owned; ValueError "call stack is not deep enough"
Value vm_frame_of(Thread *t, Thread *other); // innermost frame of another (stopped) thread, or V_NULL
Value vm_handled_exception(Thread *t);       // sys.exception(): borrowed, V_NULL if none
int vm_recursion_limit(void);
void vm_set_recursion_limit(int limit);
// sys.settrace / setprofile for this thread; None clears.
void vm_set_trace(Thread *t, Value function);
void vm_set_profile(Thread *t, Value function);
Value vm_get_trace(Thread *t);
Value vm_get_profile(Thread *t);
// sys.set_asyncgen_hooks, sys.set_coroutine_origin_tracking_depth. The getters: owned, None when unset; null arguments change nothing.
void vm_set_asyncgen_hooks(Thread *t, Value firstiter, Value finalizer);
Value vm_get_asyncgen_firstiter(Thread *t);
Value vm_get_asyncgen_finalizer(Thread *t);
int vm_coroutine_origin_depth(Thread *t);
void vm_set_coroutine_origin_depth(Thread *t, int depth);

bool vm_init(Thread *t);                      // registers hooks: slots of functions, generators, roots, breaker actions
bool vm_thread_init(Thread *t);
void vm_thread_exit(Thread *t);
void vm_set_fold(bool on);                    // -X fold=0 turns folding off; before the first code runs
extern Value vm_builtins_dict;                // the builtins module's dict, set at start-up

#endif
