// _asyncio.Task: a coroutine that the event loop drives, one step at a time.
//
// While a task is pending, either it waits for a future (`waiter`), one of whose callbacks is the task's wake-up, or a step is scheduled.
#include "modules/asyncio.h"

#include <stdarg.h>
#include <stddef.h>

#include "modules/contextvars.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"
#include "vm/generator.h"

static Type type_step;
static const NativeDef wakeup_def;
static a64 names_given;

static Value task_get(Thread *t, Task *task, const Value *field) { return future_get(t, &task->future, field); }
static void task_put(Thread *t, Task *task, Value *field, Value stolen) { future_put(t, &task->future, field, stolen); }

// --- Scheduling ---------------------------------------------------------------------------------------------------------------------------

// A callable that makes a step: given to the loop.
typedef struct Step { Object ob; Value task, exception; } Step;   // owned, constant until cleared; exception V_NULL: send None

static int schedule_step(Thread *t, Task *task, Value exception) {
  Value step = type_step.slots.alloc(t, &type_step, 0);
  if (v_is_null(step)) return -1;
  ((Step *)v_obj(step))->task = v_own_obj(t, task);
  ((Step *)v_obj(step))->exception = v_is_null(exception) ? V_NULL : v_own(t, exception);
  Value loop = task_get(t, task, &task->future.loop), context = task_get(t, task, &task->context);
  int status = asyncio_call_soon(t, loop, step, V_NULL, context);
  v_drop(t, step);
  v_drop(t, loop);
  v_drop(t, context);
  return status;
}

// The next step raises RuntimeError(format...) in the coroutine.
static int schedule_error(Thread *t, Task *task, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  Value message = str_from_formatv(t, format, ap);
  va_end(ap);
  Value exc = v_is_null(message) ? V_NULL : exception_new(t, &exc_RuntimeError, &message, 1);
  int status = v_is_null(exc) ? -1 : schedule_step(t, task, exc);
  v_drop(t, message);
  v_drop(t, exc);
  return status;
}

// --- Setting up ---------------------------------------------------------------------------------------------------------------------------

static int is_coroutine(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_COROUTINE)) return 1;
  Value r = object_call1(t, asyncio_objects.iscoroutine, v);
  int yes = v_is_null(r) ? -1 : object_is_true(t, r);
  v_drop(t, r);
  return yes;
}

// "Task-1" and so on.
static Value next_name(Thread *t) {
  static const char prefix[] = "Task-";
  char text[32], *p = text + sizeof text;
  uint64_t n = a64_fetch_add_rlx(&names_given, 1) + 1;
  for (; n > 0; n /= 10) *--p = (char)('0' + n % 10);
  p -= sizeof prefix - 1;
  memcpy(p, prefix, sizeof prefix - 1);
  return str_from_ascii(t, p, (size_t)(text + sizeof text - p));
}

static Value name_from(Thread *t, Value given) {
  if (v_is_absent_or_none(given)) return next_name(t);
  return v_is_str_exact(given) ? v_own(t, given) : object_str(t, given);
}

static int set_up(Thread *t, Value self, const Value in[4]) {
  Task *task = v_task(self);
  if (future_set_up(t, &task->future, in[1]) < 0) return -1;
  int coroutine = is_coroutine(t, in[0]);
  if (coroutine <= 0) {
    a8_store_rel(&task->log_destroy_pending, false);
    if (coroutine == 0) raise_type_error(t, "a coroutine was expected, got %R", in[0]);
    return -1;
  }
  Value context = v_is_absent_or_none(in[3]) ? context_copy_current(t) : v_own(t, in[3]);
  if (v_is_null(context)) return -1;
  task_put(t, task, &task->context, context);
  task_put(t, task, &task->waiter, V_NULL);
  a8_store_rel(&task->must_cancel, false);
  a8_store_rel(&task->log_destroy_pending, true);
  a32_store_rel(&task->cancel_requests, 0);
  task_put(t, task, &task->coro, v_own(t, in[0]));
  Value name = name_from(t, in[2]);
  if (v_is_null(name)) return -1;
  task_put(t, task, &task->name, name);
  return schedule_step(t, task, V_NULL) < 0 ? -1 : asyncio_register_task(t, self);
}

static int init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[4];
  if (native_bind(t, &binder, "Task(coro, *, loop=None, name=None, context=None)", args, nargs, kwnames, in) < 0) return -1;
  return set_up(t, self, in);
}

static Value new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

// --- A step: what the coroutine awaits ----------------------------------------------------------------------------------------------------

static int cancel_generic(Thread *t, Value waiter, Value message) {
  Value args[2] = {waiter, v_is_null(message) ? V_NONE : message};
  Value r = object_call_method(t, ASYNCIO_NAME(cancel), args, 1, asyncio_names.msg_keyword);
  int done = v_is_null(r) ? -1 : object_is_true(t, r);
  v_drop(t, r);
  return done;
}

// Now the task waits. A cancellation that is due goes to the waiter, unless that refuses it.
static int wait_for(Thread *t, Task *task, Value waiter) {
  task_put(t, task, &task->waiter, v_own(t, waiter));
  if (!a8_load_acq(&task->must_cancel)) return 0;
  Value message = task_get(t, task, &task->future.cancel_message);
  int cancelled = cancel_generic(t, waiter, message);
  v_drop(t, message);
  if (cancelled > 0) a8_store_rel(&task->must_cancel, false);
  return cancelled < 0 ? -1 : 0;
}

static Value new_wakeup(Thread *t, Task *task) {
  static NativeBinding binding = NATIVE_BINDING_INIT;
  return native_new_sharing(t, &wakeup_def, &binding, v_from_obj(task));
}

static int raise_soon_different_loop(Thread *t, Task *task, Value awaited) {
  return schedule_error(t, task, "Task %R got Future %R attached to a different loop", v_from_obj(task), awaited);
}
static int raise_soon_yielded(Thread *t, Task *task, Value awaited) {
  return schedule_error(t, task, "yield was used instead of yield from in task %R with %R", v_from_obj(task), awaited);
}

static int await_c_future(Thread *t, Task *task, Value awaited) {
  Future *f = v_future(awaited);
  if (!v_is(v_load_acq(&f->loop), v_load_acq(&task->future.loop))) return raise_soon_different_loop(t, task, awaited);
  if (!a8_load_acq(&f->blocking)) return raise_soon_yielded(t, task, awaited);
  a8_store_rel(&f->blocking, false);
  Value wakeup = new_wakeup(t, task), context = task_get(t, task, &task->context);
  int status = v_is_null(wakeup) ? -1 : future_add_callback(t, f, wakeup, context);
  v_drop(t, wakeup);
  v_drop(t, context);
  return status < 0 ? -1 : wait_for(t, task, awaited);
}

// future.get_loop(), or future._loop of what is older than that.
static Value loop_of(Thread *t, Value future) {
  Value method;
  int r = object_lookup_attr(t, future, ASYNCIO_NAME(get_loop), &method);
  if (r < 0) return V_NULL;
  if (r == 0) return object_getattr(t, future, ASYNCIO_NAME(_loop));
  Value loop = object_call0(t, method);
  v_drop(t, method);
  return loop;
}

// Anything that has _asyncio_future_blocking. blocking: its value.
static int await_foreign_future(Thread *t, Task *task, Value awaited, int blocking) {
  Value loop = loop_of(t, awaited);
  if (v_is_null(loop)) return -1;
  bool same = v_is(loop, v_load_acq(&task->future.loop));
  v_drop(t, loop);
  if (!same) return raise_soon_different_loop(t, task, awaited);
  if (!blocking) return raise_soon_yielded(t, task, awaited);
  if (object_setattr(t, awaited, ASYNCIO_NAME(_asyncio_future_blocking), V_FALSE) < 0) return -1;
  Value args[3] = {awaited, new_wakeup(t, task), task_get(t, task, &task->context)};
  Value r = v_is_null(args[1]) ? V_NULL : object_call_method(t, ASYNCIO_NAME(add_done_callback), args, 2, asyncio_names.context_keyword);
  v_drop(t, args[1]);
  v_drop(t, args[2]);
  v_drop(t, r);
  return v_is_null(r) ? -1 : wait_for(t, task, awaited);
}

static int await_other(Thread *t, Task *task, Value awaited) {
  Value flag;
  int r = object_lookup_attr(t, awaited, ASYNCIO_NAME(_asyncio_future_blocking), &flag);
  if (r < 0) return -1;
  if (r > 0 && !v_is_none(flag)) {
    int blocking = object_is_true(t, flag);
    v_drop(t, flag);
    return blocking < 0 ? -1 : await_foreign_future(t, task, awaited, blocking);
  }
  v_drop(t, flag);
  if (v_is_exact(awaited, SHAPE_GENERATOR))
    return schedule_error(t, task, "yield was used instead of yield from for generator in task %R with %R", v_from_obj(task), awaited);
  return schedule_error(t, task, "Task got bad yield: %R", awaited);
}

static int handle_yielded(Thread *t, Task *task, Value awaited) {
  if (v_is_none(awaited)) return schedule_step(t, task, V_NULL);
  if (v_is(awaited, v_from_obj(task))) return schedule_error(t, task, "Task cannot await on itself: %R", awaited);
  return v_is_c_future(awaited) ? await_c_future(t, task, awaited) : await_other(t, task, awaited);
}

// --- A step: running the coroutine --------------------------------------------------------------------------------------------------------

static int handle_return(Thread *t, Task *task, Value result) {
  if (!a8_load_acq(&task->must_cancel)) return future_set_result(t, &task->future, result);
  a8_store_rel(&task->must_cancel, false);
  Value message = task_get(t, task, &task->future.cancel_message);
  int status = future_cancel(t, &task->future, message);
  v_drop(t, message);
  return status < 0 ? -1 : 0;
}

// The pending exception has left the coroutine. What should end the program goes on.
static int handle_exception(Thread *t, Task *task) {
  bool cancelled = error_matches(t, v_as_type(asyncio_objects.cancelled_error));
  bool fatal = error_matches(t, &exc_KeyboardInterrupt) || error_matches(t, &exc_SystemExit);
  Value exc = error_fetch(t);
  if (cancelled) {
    task_put(t, task, &task->future.cancelled_error, exc);
    return future_cancel(t, &task->future, V_NULL) < 0 ? -1 : 0;
  }
  int status = future_set_exception(t, &task->future, exc);
  if (status == 0 && fatal) {
    error_restore(t, exc);
    return -1;
  }
  v_drop(t, exc);
  return status;
}

static GenResult resume(Thread *t, Value coro, Value exception, Value *out) {
  if (v_is_null(exception)) return iterator_send(t, coro, V_NONE, out);
  *out = object_call_method1(t, coro, N(throw), exception);
  if (!v_is_null(*out)) return GEN_YIELDED;
  return take_stop_iteration(t, out) ? GEN_RETURNED : GEN_RAISED;
}

// What the step throws into the coroutine, owned: `given`, but a CancelledError if the task is to be cancelled. 0, -1.
static int choose_exception(Thread *t, Task *task, Value given, Value *out) {
  *out = v_is_null(given) ? V_NULL : v_own(t, given);
  if (!a8_load_acq(&task->must_cancel)) return 0;
  int is_cancelled = v_is_null(given) ? 0 : object_isinstance(t, given, asyncio_objects.cancelled_error);
  if (is_cancelled == 0) {
    v_drop(t, *out);
    *out = future_cancelled_error(t, &task->future);
    if (v_is_null(*out)) is_cancelled = -1;
  }
  a8_store_rel(&task->must_cancel, false);
  return is_cancelled < 0 ? -1 : 0;
}

static int step_body(Thread *t, Task *task, Value given) {
  Value exception, out;
  if (future_state(&task->future) != FUTURE_PENDING) {
    raise_error(t, v_as_type(asyncio_objects.invalid_state_error), "_step(): already done: %R %R", v_from_obj(task), v_is_null(given) ? V_NONE : given);
    return -1;
  }
  if (choose_exception(t, task, given, &exception) < 0) {
    v_drop(t, exception);
    return -1;
  }
  task_put(t, task, &task->waiter, V_NULL);
  Value coro = task_get(t, task, &task->coro);
  if (v_is_null(coro)) {
    v_drop(t, exception);
    raise_error(t, &exc_RuntimeError, "uninitialized Task object");
    return -1;
  }
  GenResult how = resume(t, coro, exception, &out);
  v_drop(t, exception);
  v_drop(t, coro);
  if (how == GEN_RAISED) return handle_exception(t, task);
  int status = how == GEN_RETURNED ? handle_return(t, task, out) : handle_yielded(t, task, out);
  v_drop(t, out);
  return status;
}

static Value step(Thread *t, Task *task, Value exception) {
  Value loop = task_get(t, task, &task->future.loop), self = v_own_obj(t, task);
  int status = asyncio_enter_task(t, loop, self);
  if (status == 0) {
    status = step_body(t, task, exception);
    Value pending = error_fetch(t);
    if (asyncio_leave_task(t, loop, self) < 0) {
      status = -1;
      if (!v_is_null(pending)) error_chain(t, pending);
    } else if (!v_is_null(pending)) {
      error_restore(t, pending);
    }
  }
  v_drop(t, loop);
  v_drop(t, self);
  return status < 0 ? V_NULL : V_NONE;
}

// The callback of what the task waited for.
static NATIVE(task_wakeup) {
  Task *task = v_task(self);
  Value out, r;
  int outcome = -1;
  if (v_is_c_future(args[0])) {
    outcome = future_get_outcome(t, v_future(args[0]), &out);
  } else {
    out = object_call_method0(t, args[0], ASYNCIO_NAME(result));
    outcome = v_is_null(out) ? -1 : 0;
  }
  if (outcome < 0) out = error_fetch(t);
  r = step(t, task, outcome == 0 ? V_NULL : out);
  v_drop(t, out);
  return r;
}
static const NativeDef wakeup_def = {"task_wakeup(future, /)", task_wakeup, NULL, NATIVE_NO_SIGNATURE};

// --- The callable that makes a step -------------------------------------------------------------------------------------------------------

static Value step_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)args;
  if (!v_is_null(kwnames) && v_tuple(kwnames)->length) return raise_type_error(t, "function takes no keyword arguments");
  if (nargs) return raise_type_error(t, "function takes no positional arguments");
  const Step *s = (const Step *)v_obj(self);
  return v_is_null(s->task) ? V_NONE : step(t, v_task(s->task), s->exception);
}

static Value step_get_self(Thread *t, Value self, void *closure) {
  (void)closure;
  Value task = ((Step *)v_obj(self))->task;
  return v_is_null(task) ? V_NONE : v_own(t, task);
}
static void step_clear(Thread *t, Object *o) {
  v_clear(t, &((Step *)o)->task);
  v_clear(t, &((Step *)o)->exception);
}
static void step_dealloc(Thread *t, Object *o) {
  step_clear(t, o);
  heap_free_object(t, o);
}
static void step_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Step *)o)->task, visit, arg);
  gc_visit_value(((Step *)o)->exception, visit, arg);
}
static const GetSetDef step_getset[] = {{"__self__", step_get_self, NULL, NULL, NULL}, {0}};
static const TypeSpec spec_step = {
    .name = "TaskStepMethWrapper",
    .size = sizeof(Step),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.call = step_call, .dealloc = step_dealloc, .traverse = step_traverse, .clear = step_clear},
    .getset = step_getset,
};

// --- Methods ------------------------------------------------------------------------------------------------------------------------------

static NATIVE(task_cancel) {
  Task *task = v_task(self);
  Value message = v_is_absent(args[0]) ? V_NONE : args[0];
  a8_store_rel(&task->future.log_traceback, false);
  if (future_state(&task->future) != FUTURE_PENDING) return V_FALSE;
  a32_fetch_add_acqrel(&task->cancel_requests, 1);
  Value waiter = task_get(t, task, &task->waiter);
  if (!v_is_null(waiter)) {
    int cancelled = cancel_generic(t, waiter, message);
    v_drop(t, waiter);
    if (cancelled) return cancelled < 0 ? V_NULL : V_TRUE;
  }
  a8_store_rel(&task->must_cancel, true);
  task_put(t, task, &task->future.cancel_message, v_own(t, message));
  return V_TRUE;
}

static NATIVE(task_cancelling) { return v_from_smi((int32_t)a32_load_acq(&v_task(self)->cancel_requests)); }
static NATIVE(task_uncancel) {
  a32 *requests = &v_task(self)->cancel_requests;
  uint32_t n = a32_load_acq(requests);
  while (n > 0 && !a32_cas_acqrel(requests, n, n - 1)) n = a32_load_acq(requests);
  return v_from_smi((int32_t)(n ? n - 1 : 0));
}

static NATIVE(task_get_stack) { return object_call2(t, asyncio_objects.task_get_stack, self, v_is_absent(args[0]) ? V_NONE : args[0]); }
static NATIVE(task_print_stack) {
  return object_call3(t, asyncio_objects.task_print_stack, self, v_is_absent(args[0]) ? V_NONE : args[0], v_is_absent(args[1]) ? V_NONE : args[1]);
}
static NATIVE(task_set_result) { return raise_error(t, &exc_RuntimeError, "Task does not support set_result operation"); }
static NATIVE(task_set_exception) { return raise_error(t, &exc_RuntimeError, "Task does not support set_exception operation"); }

static Value get_or_none(Thread *t, Task *task, const Value *field) {
  Value v = task_get(t, task, field);
  return v_is_null(v) ? V_NONE : v;
}
static NATIVE(task_get_coro) { return get_or_none(t, v_task(self), &v_task(self)->coro); }
static NATIVE(task_get_name) { return get_or_none(t, v_task(self), &v_task(self)->name); }
static NATIVE(task_set_name) {
  Value name = v_is_str_exact(args[0]) ? v_own(t, args[0]) : object_str(t, args[0]);
  if (v_is_null(name)) return V_NULL;
  task_put(t, v_task(self), &v_task(self)->name, name);
  return V_NONE;
}

static Value get_field(Thread *t, Value self, void *closure) {
  Task *task = v_task(self);
  return get_or_none(t, task, (Value *)(void *)((char *)task + (uintptr_t)closure));
}
static Value get_must_cancel(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(a8_load_acq(&v_task(self)->must_cancel));
}
static Value get_log_destroy_pending(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(a8_load_acq(&v_task(self)->log_destroy_pending));
}
static int set_log_destroy_pending(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value)) return (int)(raise_error(t, &exc_AttributeError, "cannot delete attribute"), -1);
  int on = object_is_true(t, value);
  if (on >= 0) a8_store_rel(&v_task(self)->log_destroy_pending, (uint8_t)on);
  return on < 0 ? -1 : 0;
}

static Value repr(Thread *t, Value self) { return object_call1(t, asyncio_objects.task_repr, self); }

static void finalize(Thread *t, Value self) {
  Task *task = v_task(self);
  if (future_state(&task->future) == FUTURE_PENDING && a8_load_acq(&task->log_destroy_pending)) {
    Value pending = error_fetch(t);
    if (future_is_alive(&task->future)) future_report(t, &task->future, "task", "Task was destroyed but it is pending!", V_NULL);
    if (!v_is_null(pending)) error_restore(t, pending);
  }
  future_finalize(t, self);
}

static void task_clear(Thread *t, Object *o) {
  Task *task = (Task *)o;
  Value *fields[] = {&task->waiter, &task->coro, &task->name, &task->context};
  future_clear(t, o);
  for (int i = 0; i < 4; i++) task_put(t, task, fields[i], V_NULL);
}
static void task_dealloc(Thread *t, Object *o) {
  task_clear(t, o);
  heap_free_object(t, o);
}
static void task_traverse(Object *o, GcVisit visit, void *arg) {
  const Task *task = (const Task *)o;
  future_traverse(o, visit, arg);
  gc_visit_value(task->waiter, visit, arg);
  gc_visit_value(task->coro, visit, arg);
  gc_visit_value(task->name, visit, arg);
  gc_visit_value(task->context, visit, arg);
}

static const NativeDef methods[] = {
    {"set_result($self, result, /)", task_set_result, "A task gets its result from its coroutine: RuntimeError.", 0},
    {"set_exception($self, exception, /)", task_set_exception, "A task gets its exception from its coroutine: RuntimeError.", 0},
    {"cancel($self, /, msg=None)", task_cancel,
     "Has a CancelledError raised in the coroutine, where it can be caught; counts such requests. False: the task is done.", 0},
    {"cancelling($self, /)", task_cancelling, "How many requests to cancel the task stand.", 0},
    {"uncancel($self, /)", task_uncancel, "Takes one request to cancel back; how many are left.", 0},
    {"get_stack($self, /, *, limit=None)", task_get_stack, "The frames of the coroutine where it stands, or of its exception's traceback.", 0},
    {"print_stack($self, /, *, limit=None, file=None)", task_print_stack, "Writes what get_stack() tells as a traceback is written.", 0},
    {"get_name($self, /)", task_get_name, "The name.", 0},
    {"set_name($self, value, /)", task_set_name, "Changes the name.", 0},
    {"get_coro($self, /)", task_get_coro, "The coroutine.", 0},
    CLASS_GETITEM_DEF,
    {0},
};
static const GetSetDef getset[] = {
    {"_log_destroy_pending", get_log_destroy_pending, set_log_destroy_pending, NULL, NULL},
    {"_must_cancel", get_must_cancel, NULL, NULL, NULL},
    {"_coro", get_field, NULL, NULL, (void *)offsetof(Task, coro)},
    {"_fut_waiter", get_field, NULL, NULL, (void *)offsetof(Task, waiter)},
    {0},
};

Type type_asyncio_task;
static const TypeSpec spec_task = {
    .name = "_asyncio.Task",
    .base = &type_asyncio_future,
    .size = sizeof(Task),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(Task, future.ext),
    .slots = {.new = new, .init = init, .repr = repr, .finalize = finalize, .dealloc = task_dealloc, .traverse = task_traverse, .clear = task_clear},
    .methods = methods,
    .getset = getset,
    .doc = "A coroutine that runs beside others in an event loop; a future of its result.",
    .text_signature = "(coro, *, loop=<unrepresentable>, name=None, context=None)",
};

bool asyncio_task_init_types(Thread *t) { return type_ready(t, &type_asyncio_task, &spec_task, 0) && type_ready(t, &type_step, &spec_step, 0); }
