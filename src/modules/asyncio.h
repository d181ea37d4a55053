// What the files of _asyncio share: futures and tasks, the running event loop of a thread, and names.
//
// Futures are not meant to be used by several threads, but nothing breaks if they are: the Values of a Future or Task change under the
// object's lock, are read by a counted copy (locked_field), and its state changes under the lock too; flags are single words. Code of the
// program (callbacks, loop methods) runs with no lock held, so whoever calls it looks again at what it needs.
#ifndef WEFT_MODULES_ASYNCIO_H
#define WEFT_MODULES_ASYNCIO_H

#include "objects/locked_field.h"
#include "objects/type.h"

typedef enum { FUTURE_PENDING, FUTURE_CANCELLED, FUTURE_FINISHED } FutureState;

typedef struct FutureCallback { Value callback, context; } FutureCallback;   // owned

typedef struct Future {
  Object ob;
  uint64_t ext;
  Value loop;                    // V_NULL: __init__ has not been called
  FutureCallback first;          // callback V_NULL: none. Most futures have one
  FutureCallback *more;          // those after that: heap block of more_capacity, more_count in use
  uint32_t more_count, more_capacity;
  Value exception, exception_tb, result, source_traceback, cancel_message;
  Value cancelled_error;         // what ended a task, to be raised once
  a8 state;                      // FutureState
  a8 log_traceback;              // nobody has looked at the exception yet
  a8 blocking;                   // it was awaited, not yielded
} Future;

typedef struct Task {
  Future future;
  Value waiter;                  // the future it waits for, or V_NULL
  Value coro, name, context;
  a8 must_cancel, log_destroy_pending;
  a32 cancel_requests;
} Task;

extern Type type_asyncio_future, type_asyncio_task;
bool asyncio_future_init_types(Thread *t);
bool asyncio_task_init_types(Thread *t);
static inline Future *v_future(Value v) { return (Future *)v_obj(v); }
static inline Task *v_task(Value v) { return (Task *)v_obj(v); }
static inline bool v_is_c_future(Value v) { return v_type(v) == &type_asyncio_future || v_type(v) == &type_asyncio_task; }   // no subclass
static inline FutureState future_state(const Future *f) { return (FutureState)a8_load_acq(&f->state); }
static inline Value future_get(Thread *t, Future *f, const Value *field) { return locked_field(t, &f->ob, field); }
static inline void future_put(Thread *t, Future *f, Value *field, Value stolen) { locked_field_set(t, &f->ob, field, stolen); }
static inline bool future_is_alive(Future *f) { return !v_is_null(v_load_rlx(&f->loop)); }
bool future_check_alive(Thread *t, Future *f);                 // false: RuntimeError "Future object is not initialized."

// What Future.__init__ does; loop V_ABSENT or None: the current one. 0, -1.
int future_set_up(Thread *t, Future *f, Value loop);
// The outcome. -1: InvalidStateError, or what a callback's call_soon raised.
int future_set_result(Thread *t, Future *f, Value result);
int future_set_exception(Thread *t, Future *f, Value exception);
int future_cancel(Thread *t, Future *f, Value message);        // 1 cancelled, 0 it was done, -1
// 0: *out is the result; 1: *out is the exception, with its traceback put back; -1: InvalidStateError, CancelledError.
int future_get_outcome(Thread *t, Future *f, Value *out);
int future_add_callback(Thread *t, Future *f, Value callback, Value context);
Value future_cancelled_error(Thread *t, Future *f);            // the exception that says so, owned
void future_finalize(Thread *t, Value self);
void future_report(Thread *t, Future *f, const char *who, const char *message, Value exception);  // to the loop's exception handler
void future_clear(Thread *t, Object *o);
void future_traverse(Object *o, GcVisit visit, void *arg);
// loop.call_soon(f[, arg], context=context). 0, -1.
int asyncio_call_soon(Thread *t, Value loop, Value f, Value arg /* V_NULL: none */, Value context);

// --- The running loop, and tasks (_asyncio.c) --------------------------------------------------------------------------------------------

Value asyncio_get_event_loop(Thread *t);                       // the running loop, else the policy's
int asyncio_register_task(Thread *t, Value task);
int asyncio_enter_task(Thread *t, Value loop, Value task);
int asyncio_leave_task(Thread *t, Value loop, Value task);

// --- Names and objects of other modules: set when the module is first executed, constant afterwards ---------------------------------------

#define ASYNCIO_NAMES(X)                                                                                                                       \
  X(call_soon) X(get_debug) X(call_exception_handler) X(add) X(discard) X(cancel) X(result) X(get_loop) X(_loop) X(add_done_callback)             \
  X(_asyncio_future_blocking) X(get_event_loop) X(exception) X(future) X(task) X(message) X(source_traceback) X(_is_coroutine)
#define ASYNCIO_NAME(x) asyncio_names.x
extern struct AsyncioNames {
#define X(name) Value name;
  ASYNCIO_NAMES(X)
#undef X
  Value context_keyword, msg_keyword;   // ("context",) and ("msg",)
} asyncio_names;

extern struct AsyncioObjects {
  Value get_event_loop_policy, future_repr, task_repr, task_get_stack, task_print_stack, iscoroutine, extract_stack;
  Value invalid_state_error, cancelled_error;
  Value all_tasks, current_tasks;       // a WeakSet, a dict
} asyncio_objects;

#endif
