// The VM as other parts see it: running code objects, calling Python functions, and looking at the frames of the running thread.
#ifndef WEFT_VM_VM_H
#define WEFT_VM_VM_H

#include "objects/type.h"

// Runs a code object as exec() does: globals a dict (or subclass), locals any mapping. Adds __builtins__ to globals when missing.
Value vm_eval_code(Thread *t, Value code, Value globals, Value locals);
// Calls a Python function object (slots.call of type_function).
Value vm_call_function(Thread *t, Value function, const Value *args, size_t nargs, Value kwnames);
// Body function of __build_class__: runs function's code with `namespace` as locals; returns the __class__ cell or None.
Value vm_run_class_body(Thread *t, Value function, Value namespace_);

// exec() with a closure: a tuple of as many cells as the code has free variables.
Value vm_eval_closure(Thread *t, Value code, Value globals, Value locals, Value closure);
// builtins.__build_class__, raw: args[0] the body function, args[1] the name, then bases and keywords.
Value vm_build_class(Thread *t, const Value *args, size_t nargs, Value kwnames);
// The awaitable of anext(iterator, default).
Value vm_anext_awaitable(Thread *t, Value awaitable, Value default_);
// CO_FUTURE_* flags of the innermost frame's code: what compile(), eval() and exec() inherit.
int vm_future_flags(Thread *t);

// The innermost Python frame. globals/builtins borrowed, V_NULL when no frame runs. locals: owned (3.11's locals()).
Value vm_globals(Thread *t);
Value vm_builtins(Thread *t);
Value vm_locals(Thread *t);
Value vm_frame(Thread *t, int depth);        // frame object, owned; ValueError "call stack is not deep enough"
Value vm_frame_of(Thread *t, Thread *other); // innermost frame of another (stopped) thread, or V_NULL
Value vm_handled_exception(Thread *t);       // sys.exception(): borrowed, V_NULL if none
int vm_recursion_limit(void);
void vm_set_recursion_limit(int limit);
// sys.settrace / setprofile for this thread; None clears.
int vm_set_trace(Thread *t, Value function);
int vm_set_profile(Thread *t, Value function);
Value vm_get_trace(Thread *t);
Value vm_get_profile(Thread *t);

bool vm_init(Thread *t);                      // registers hooks: slots of functions, generators, roots, breaker actions
bool vm_thread_init(Thread *t);
void vm_thread_exit(Thread *t);
extern bool vm_fold;                          // -X fold=0 turns folding off; set before the first code runs
extern Value vm_builtins_dict;                // the builtins module's dict, set at start-up

#endif
