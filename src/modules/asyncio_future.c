// _asyncio.Future, and the iterator by which one is awaited.
#include "modules/asyncio.h"

#include <stddef.h>

#include "modules/contextvars.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/generic_alias.h"
#include "objects/instance.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

bool future_check_alive(Thread *t, Future *f) {
  if (likely(future_is_alive(f))) return true;
  raise_error(t, &exc_RuntimeError, "Future object is not initialized.");
  return false;
}

static Value none_if_null(Value owned) { return v_is_null(owned) ? V_NONE : owned; }

// --- Setting up ---------------------------------------------------------------------------------------------------------------------------

static void drop_callbacks(Thread *t, Future *f);

static void clear_fields(Thread *t, Future *f) {
  Value *fields[] = {&f->loop, &f->exception, &f->exception_tb, &f->result, &f->source_traceback, &f->cancel_message, &f->cancelled_error};
  drop_callbacks(t, f);
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (!v_is_null(v_load_rlx(fields[i]))) future_put(t, f, fields[i], V_NULL);
}

static int note_source(Thread *t, Future *f, Value loop) {
  Value debug = object_call_method0(t, loop, ASYNCIO_NAME(get_debug));
  int on = v_is_null(debug) ? -1 : object_is_true(t, debug);
  v_drop(t, debug);
  if (on <= 0) return on;
  Value stack = object_call0(t, asyncio_objects.extract_stack);
  if (v_is_null(stack)) return -1;
  future_put(t, f, &f->source_traceback, stack);
  return 0;
}

int future_set_up(Thread *t, Future *f, Value loop) {
  clear_fields(t, f);
  a8_store_rel(&f->state, FUTURE_PENDING);
  a8_store_rlx(&f->log_traceback, false);
  a8_store_rlx(&f->blocking, false);
  Value own = v_is_absent_or_none(loop) ? asyncio_get_event_loop(t) : v_own(t, loop);
  if (v_is_null(own)) return -1;
  future_put(t, f, &f->loop, v_own(t, own));
  int status = note_source(t, f, own);
  v_drop(t, own);
  return status;
}

static int init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value loop;
  if (native_bind(t, &binder, "Future(*, loop=None)", args, nargs, kwnames, &loop) < 0) return -1;
  return future_set_up(t, v_future(self), loop);
}

static Value new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  return type->slots.alloc(t, type, 0);
}

// --- Callbacks ----------------------------------------------------------------------------------------------------------------------------

int asyncio_call_soon(Thread *t, Value loop, Value f, Value arg, Value context) {
  Value args[4] = {loop, f, arg, context};
  size_t n = 3;
  if (v_is_null(arg)) args[2] = context, n = 2;
  Value handle = object_call_method(t, ASYNCIO_NAME(call_soon), args, n, asyncio_names.context_keyword);
  v_drop(t, handle);
  return v_is_null(handle) ? -1 : 0;
}

// All callbacks, taken off: they are the caller's.
typedef struct Callbacks { FutureCallback first, *more; uint32_t more_count; } Callbacks;
static Callbacks take_callbacks(Thread *t, Future *f) {
  Callbacks c;
  CRITICAL_BEGIN(t, f);
  c = (Callbacks){f->first, f->more, f->more_count};
  f->first = (FutureCallback){V_NULL, V_NULL};
  f->more = NULL;
  f->more_count = f->more_capacity = 0;
  CRITICAL_END(t);
  return c;
}

static void free_callbacks(Thread *t, FutureCallback *c, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    v_drop(t, c[i].callback);
    v_drop(t, c[i].context);
  }
  if (c) heap_free(t, c);
}

static void drop_taken(Thread *t, Callbacks *c) {
  v_drop(t, c->first.callback);
  v_drop(t, c->first.context);
  free_callbacks(t, c->more, c->more_count);
}

static void drop_callbacks(Thread *t, Future *f) {
  Callbacks c = take_callbacks(t, f);
  drop_taken(t, &c);
}

// Hands all callbacks to the loop; an error leaves the rest of them uncalled.
static int schedule_callbacks(Thread *t, Future *f) {
  Callbacks c = take_callbacks(t, f);
  if (v_is_null(c.first.callback) && !c.more) return 0;
  Value loop = future_get(t, f, &f->loop), self = v_from_obj(f);
  int status = v_is_null(c.first.callback) ? 0 : asyncio_call_soon(t, loop, c.first.callback, self, c.first.context);
  for (uint32_t i = 0; status == 0 && i < c.more_count; i++) status = asyncio_call_soon(t, loop, c.more[i].callback, self, c.more[i].context);
  v_drop(t, loop);
  Value pending = status < 0 ? error_fetch(t) : V_NULL;
  drop_taken(t, &c);
  if (!v_is_null(pending)) error_restore(t, pending);
  return status;
}

// The lock held. False: no memory.
static bool push_callback_locked(Thread *t, Future *f, Value callback, Value context) {
  FutureCallback *to = &f->first;
  if (!v_is_null(f->first.callback) || f->more_count) {
    if (f->more_count == f->more_capacity) {
      uint32_t capacity = f->more_capacity ? 2 * f->more_capacity : 4;
      FutureCallback *more = heap_realloc(t, f->more, capacity * sizeof *more);
      if (!more) return false;
      f->more = more;
      f->more_capacity = capacity;
    }
    to = &f->more[f->more_count++];
  }
  *to = (FutureCallback){v_own(t, callback), v_own(t, context)};
  return true;
}

// A pending future takes the callback. 1; 0: it is done; -1.
static int take_callback(Thread *t, Future *f, Value callback, Value context) {
  bool pending, ok = true;
  CRITICAL_BEGIN(t, f);
  pending = future_state(f) == FUTURE_PENDING;
  if (pending) ok = push_callback_locked(t, f, callback, context);
  CRITICAL_END(t);
  if (!ok) raise_no_memory(t);
  return ok ? pending : -1;
}

int future_add_callback(Thread *t, Future *f, Value callback, Value context) {
  int taken = future_state(f) == FUTURE_PENDING ? take_callback(t, f, callback, context) : 0;
  if (taken) return taken < 0 ? -1 : 0;
  Value loop = future_get(t, f, &f->loop);
  int status = asyncio_call_soon(t, loop, callback, v_from_obj(f), context);
  v_drop(t, loop);
  return status;
}

static NATIVE(future_add_done_callback) {
  Future *f = v_future(self);
  if (!future_is_alive(f)) return raise_error(t, &exc_RuntimeError, "uninitialized Future object");
  Value context = v_is_absent_or_none(args[1]) ? context_copy_current(t) : v_own(t, args[1]);
  int status = v_is_null(context) ? -1 : future_add_callback(t, f, args[0], context);
  v_drop(t, context);
  return status < 0 ? V_NULL : V_NONE;
}

// A copy of the callbacks as they are now, each owned; *n of them. NULL if there are none, or (*n = 1) for lack of memory.
static FutureCallback *copy_callbacks(Thread *t, Future *f, uint32_t *n) {
  FutureCallback *copy = NULL;
  CRITICAL_BEGIN(t, f);
  uint32_t has_first = !v_is_null(f->first.callback);
  *n = f->more_count + has_first;
  if (*n) copy = heap_alloc(t, *n * sizeof *copy);
  for (uint32_t i = 0; copy && i < *n; i++) {
    const FutureCallback *from = has_first && i == 0 ? &f->first : &f->more[i - has_first];
    copy[i] = (FutureCallback){v_own(t, from->callback), v_own(t, from->context)};
  }
  CRITICAL_END(t);
  if (*n && !copy) raise_no_memory(t);
  return copy;
}

static bool is_one_of(const FutureCallback *c, const FutureCallback *some, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (v_is(c->callback, some[i].callback) && v_is(c->context, some[i].context)) return true;
  return false;
}

// Takes those callbacks out again that are among the n given; they go to `gone`, which has room for all that were there when `n` was found.
static uint32_t remove_callbacks(Thread *t, Future *f, const FutureCallback *some, uint32_t n, FutureCallback *gone) {
  uint32_t removed = 0, kept = 0;
  CRITICAL_BEGIN(t, f);
  if (!v_is_null(f->first.callback) && is_one_of(&f->first, some, n)) {
    gone[removed++] = f->first;
    f->first = (FutureCallback){V_NULL, V_NULL};
  }
  for (uint32_t i = 0; i < f->more_count; i++) {
    if (removed < n && is_one_of(&f->more[i], some, n)) gone[removed++] = f->more[i];
    else f->more[kept++] = f->more[i];
  }
  f->more_count = kept;
  CRITICAL_END(t);
  return removed;
}

// Comparing may run Python code, which may change the future's callbacks: a copy is looked through, and what equals fn moved to its front.
static NATIVE(future_remove_done_callback) {
  Future *f = v_future(self);
  if (!future_check_alive(t, f)) return V_NULL;
  uint32_t n, equal = 0, removed = 0;
  FutureCallback *copy = copy_callbacks(t, f, &n);
  if (!copy) return n ? V_NULL : v_from_smi(0);
  int status = 0;
  for (uint32_t i = 0; status >= 0 && i < n; i++) {
    status = object_compare_bool(t, copy[i].callback, args[0], CMP_EQ);
    if (status > 0) {
      FutureCallback swap = copy[equal];
      copy[equal++] = copy[i];
      copy[i] = swap;
    }
  }
  FutureCallback *gone = status >= 0 && equal ? heap_alloc(t, equal * sizeof *gone) : NULL;
  if (gone) removed = remove_callbacks(t, f, copy, equal, gone);
  else if (status >= 0 && equal) status = (raise_no_memory(t), -1);
  Value pending = status < 0 ? error_fetch(t) : V_NULL;
  free_callbacks(t, gone, removed);
  free_callbacks(t, copy, n);
  if (!v_is_null(pending)) error_restore(t, pending);
  return status < 0 ? V_NULL : v_from_smi(removed);
}

// --- Outcome ------------------------------------------------------------------------------------------------------------------------------

// From PENDING to another state, with a value (stolen) put into a field. False: it was done, and nothing has changed.
static bool finish(Thread *t, Future *f, FutureState state, Value *field, Value stolen) {
  bool pending;
  Value old = stolen;
  CRITICAL_BEGIN(t, f);
  pending = future_state(f) == FUTURE_PENDING;
  if (pending) {
    old = *field;
    v_store_rel(field, stolen);
    a8_store_rel(&f->state, (uint8_t)state);
  }
  CRITICAL_END(t);
  v_drop(t, old);
  return pending;
}

static int raise_invalid_state(Thread *t, const char *message) {
  module_raise(t, asyncio_objects.invalid_state_error, "%s", message);
  return -1;
}

int future_set_result(Thread *t, Future *f, Value result) {
  if (!future_check_alive(t, f)) return -1;
  if (!finish(t, f, FUTURE_FINISHED, &f->result, v_own(t, result))) return raise_invalid_state(t, "invalid state");
  return schedule_callbacks(t, f);
}

static Value exception_instance(Thread *t, Value exception) {
  Value exc = v_is_exception_class(exception) ? object_call0(t, exception) : v_own(t, exception);
  if (v_is_null(exc)) return V_NULL;
  if (!v_is_exception(exc)) raise_type_error(t, "invalid exception object");
  else if (v_type(exc) == &exc_StopIteration) raise_type_error(t, "StopIteration interacts badly with generators and cannot be raised into a Future");
  else return exc;
  v_drop(t, exc);
  return V_NULL;
}

int future_set_exception(Thread *t, Future *f, Value exception) {
  if (!future_check_alive(t, f)) return -1;
  if (future_state(f) != FUTURE_PENDING) return raise_invalid_state(t, "invalid state");
  Value exc = exception_instance(t, exception);
  if (v_is_null(exc)) return -1;
  Value tb = exception_get_traceback(t, exc);
  if (!finish(t, f, FUTURE_FINISHED, &f->exception, exc)) {
    v_drop(t, tb);
    return raise_invalid_state(t, "invalid state");
  }
  future_put(t, f, &f->exception_tb, tb);
  int status = schedule_callbacks(t, f);
  if (status == 0) a8_store_rel(&f->log_traceback, true);
  return status;
}

int future_cancel(Thread *t, Future *f, Value message) {
  a8_store_rel(&f->log_traceback, false);
  if (!finish(t, f, FUTURE_CANCELLED, &f->cancel_message, v_is_null(message) ? V_NULL : v_own(t, message))) return 0;
  return schedule_callbacks(t, f) < 0 ? -1 : 1;
}

Value future_cancelled_error(Thread *t, Future *f) {
  Value exc;
  CRITICAL_BEGIN(t, f);
  exc = f->cancelled_error;
  f->cancelled_error = V_NULL;
  CRITICAL_END(t);
  if (!v_is_null(exc)) return exc;
  Value message = future_get(t, f, &f->cancel_message);
  exc = v_is_null(message) || v_is_none(message) ? object_call0(t, asyncio_objects.cancelled_error)
                                                 : object_call1(t, asyncio_objects.cancelled_error, message);
  v_drop(t, message);
  return exc;
}

static int raise_cancelled(Thread *t, Future *f) {
  Value exc = future_cancelled_error(t, f);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return -1;
}

int future_get_outcome(Thread *t, Future *f, Value *out) {
  FutureState state = future_state(f);
  *out = V_NULL;
  if (state == FUTURE_CANCELLED) return raise_cancelled(t, f);
  if (state != FUTURE_FINISHED) return raise_invalid_state(t, "Result is not set.");
  a8_store_rel(&f->log_traceback, false);
  Value exc = future_get(t, f, &f->exception);
  if (v_is_null(exc)) {
    *out = none_if_null(future_get(t, f, &f->result));
    return 0;
  }
  Value tb;
  CRITICAL_BEGIN(t, f);
  tb = f->exception_tb;
  f->exception_tb = V_NULL;
  CRITICAL_END(t);
  exception_set_traceback(t, exc, v_is_null(tb) ? V_NONE : tb);
  v_drop(t, tb);
  *out = exc;
  return 1;
}

// The result, or the exception raised.
static Value result_or_raise(Thread *t, Future *f) {
  Value v;
  int outcome = future_get_outcome(t, f, &v);
  if (outcome <= 0) return v;
  raise_object(t, v);
  v_drop(t, v);
  return V_NULL;
}

static NATIVE(future_result) {
  Future *f = v_future(self);
  if (future_is_alive(f)) return result_or_raise(t, f);
  raise_invalid_state(t, "Future object is not initialized.");
  return V_NULL;
}

static NATIVE(future_exception) {
  Future *f = v_future(self);
  if (!future_is_alive(f)) return raise_invalid_state(t, "Future object is not initialized."), V_NULL;
  if (future_state(f) == FUTURE_CANCELLED) return raise_cancelled(t, f), V_NULL;
  if (future_state(f) != FUTURE_FINISHED) return raise_invalid_state(t, "Exception is not set."), V_NULL;
  a8_store_rel(&f->log_traceback, false);
  return none_if_null(future_get(t, f, &f->exception));
}

static NATIVE(future_set_result_method) { return future_set_result(t, v_future(self), args[0]) < 0 ? V_NULL : V_NONE; }
static NATIVE(future_set_exception_method) { return future_set_exception(t, v_future(self), args[0]) < 0 ? V_NULL : V_NONE; }
static NATIVE(future_cancel_method) {
  if (!future_check_alive(t, v_future(self))) return V_NULL;
  int r = future_cancel(t, v_future(self), v_is_absent(args[0]) ? V_NONE : args[0]);
  return r < 0 ? V_NULL : v_from_bool(r);
}
static NATIVE(future_cancelled) { return v_from_bool(future_is_alive(v_future(self)) && future_state(v_future(self)) == FUTURE_CANCELLED); }
static NATIVE(future_done) { return v_from_bool(future_is_alive(v_future(self)) && future_state(v_future(self)) != FUTURE_PENDING); }
static NATIVE(future_get_loop) { return future_check_alive(t, v_future(self)) ? future_get(t, v_future(self), &v_future(self)->loop) : V_NULL; }
static NATIVE(future_make_cancelled_error) { return future_cancelled_error(t, v_future(self)); }

// --- Attributes ---------------------------------------------------------------------------------------------------------------------------

static int refuse_deletion(Thread *t) {
  raise_error(t, &exc_AttributeError, "cannot delete attribute");
  return -1;
}

static Value get_blocking(Thread *t, Value self, void *closure) {
  (void)t, (void)closure;
  return v_from_bool(future_is_alive(v_future(self)) && a8_load_acq(&v_future(self)->blocking));
}
static int set_blocking(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (!future_check_alive(t, v_future(self))) return -1;
  if (v_is_null(value)) return refuse_deletion(t);
  int on = object_is_true(t, value);
  if (on >= 0) a8_store_rel(&v_future(self)->blocking, (uint8_t)on);
  return on < 0 ? -1 : 0;
}

static Value get_log_traceback(Thread *t, Value self, void *closure) {
  (void)closure;
  return future_check_alive(t, v_future(self)) ? v_from_bool(a8_load_acq(&v_future(self)->log_traceback)) : V_NULL;
}
static int set_log_traceback(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value)) return refuse_deletion(t);
  int on = object_is_true(t, value);
  if (on > 0) raise_value_error(t, "_log_traceback can only be set to False");
  if (on) return -1;
  a8_store_rel(&v_future(self)->log_traceback, false);
  return 0;
}

// A field by its offset; None if there is nothing in it.
static Value get_field(Thread *t, Value self, void *closure) {
  Future *f = v_future(self);
  return none_if_null(future_get(t, f, (Value *)(void *)((char *)f + (uintptr_t)closure)));
}
static Value get_live_field(Thread *t, Value self, void *closure) { return future_check_alive(t, v_future(self)) ? get_field(t, self, closure) : V_NULL; }
static int set_cancel_message(Thread *t, Value self, Value value, void *closure) {
  (void)closure;
  if (v_is_null(value)) return refuse_deletion(t);
  future_put(t, v_future(self), &v_future(self)->cancel_message, v_own(t, value));
  return 0;
}

static Value get_state(Thread *t, Value self, void *closure) {
  (void)closure;
  static const char *const names[] = {"PENDING", "CANCELLED", "FINISHED"};
  return future_check_alive(t, v_future(self)) ? str_intern_cstr(t, names[future_state(v_future(self))]) : V_NULL;
}

static Value get_callbacks(Thread *t, Value self, void *closure) {
  (void)closure;
  Future *f = v_future(self);
  if (!future_check_alive(t, f)) return V_NULL;
  uint32_t n;
  FutureCallback *copy = copy_callbacks(t, f, &n);
  if (!copy) return n ? V_NULL : V_NONE;
  Value list = list_new(t, n);
  for (uint32_t i = 0; i < n && !v_is_null(list); i++)
    if (list_append_steal(t, v_list(list), tuple_pack(t, 2, copy[i].callback, copy[i].context)) < 0) v_clear(t, &list);
  free_callbacks(t, copy, n);
  return list;
}

static Value repr(Thread *t, Value self) {
  return future_check_alive(t, v_future(self)) ? object_call1(t, asyncio_objects.future_repr, self) : V_NULL;
}

// --- The end ------------------------------------------------------------------------------------------------------------------------------

static int add_entry(Thread *t, Value dict, Value key, Value value) { return v_is_null(value) ? 0 : dict_set(t, v_dict(dict), key, value); }

void future_report(Thread *t, Future *f, const char *who, const char *message, Value exception) {
  Value dict = dict_new(t), text = v_is_null(dict) ? V_NULL : str_from_cstr(t, message), handler = V_NULL, r = V_NULL, self = v_from_obj(f);
  Value stack = future_get(t, f, &f->source_traceback), loop = future_get(t, f, &f->loop);
  bool is_task = who[0] == 't';
  bool ok = !v_is_null(text) && (!is_task || add_entry(t, dict, ASYNCIO_NAME(task), self) == 0) && add_entry(t, dict, ASYNCIO_NAME(message), text) == 0 &&
            add_entry(t, dict, ASYNCIO_NAME(exception), exception) == 0 && (is_task || add_entry(t, dict, ASYNCIO_NAME(future), self) == 0) &&
            add_entry(t, dict, ASYNCIO_NAME(source_traceback), stack) == 0;
  if (ok) handler = object_getattr(t, loop, ASYNCIO_NAME(call_exception_handler));
  if (!v_is_null(handler)) {
    r = object_call1(t, handler, dict);
    if (v_is_null(r)) error_write_unraisable(t, NULL, handler);
  }
  error_clear(t);
  v_drop(t, r);
  v_drop(t, handler);
  v_drop(t, dict);
  v_drop(t, text);
  v_drop(t, stack);
  v_drop(t, loop);
}

void future_finalize(Thread *t, Value self) {
  Future *f = v_future(self);
  if (likely(!a8_load_acq(&f->log_traceback))) return;
  a8_store_rel(&f->log_traceback, false);
  const char *name = str_utf8(t, v_type(self)->name, NULL), *dot = name ? strrchr(name, '.') : NULL;
  Value pending = error_fetch(t), exc = future_get(t, f, &f->exception);
  Value message = name ? str_from_format(t, "%s exception was never retrieved", dot ? dot + 1 : name) : V_NULL;
  const char *text = v_is_null(message) ? NULL : str_utf8(t, message, NULL);
  if (text) future_report(t, f, "future", text, exc);
  error_clear(t);
  v_drop(t, exc);
  v_drop(t, message);
  if (!v_is_null(pending)) error_restore(t, pending);
}

void future_clear(Thread *t, Object *o) {
  clear_fields(t, (Future *)o);
  instance_clear_ext(t, o, &((Future *)o)->ext);
}
static void future_dealloc(Thread *t, Object *o) {
  future_clear(t, o);
  heap_free_object(t, o);
}
void future_traverse(Object *o, GcVisit visit, void *arg) {
  const Future *f = (const Future *)o;
  gc_visit_value(f->loop, visit, arg);
  gc_visit_value(f->first.callback, visit, arg);
  gc_visit_value(f->first.context, visit, arg);
  for (uint32_t i = 0; i < f->more_count; i++) {
    gc_visit_value(f->more[i].callback, visit, arg);
    gc_visit_value(f->more[i].context, visit, arg);
  }
  gc_visit_value(f->exception, visit, arg);
  gc_visit_value(f->exception_tb, visit, arg);
  gc_visit_value(f->result, visit, arg);
  gc_visit_value(f->source_traceback, visit, arg);
  gc_visit_value(f->cancel_message, visit, arg);
  gc_visit_value(f->cancelled_error, visit, arg);
  instance_traverse_ext(o, &f->ext, visit, arg);
}

// --- Awaiting -----------------------------------------------------------------------------------------------------------------------------

typedef struct FutureIter {
  Object ob;
  Value future;        // owned; V_NULL once it has been done; under the object's lock
} FutureIter;

static Type type_future_iter;
static Value *awaited(Value self) { return &((FutureIter *)v_obj(self))->future; }

static Value future_await(Thread *t, Value self) {
  if (!future_check_alive(t, v_future(self))) return V_NULL;
  Value it = type_future_iter.slots.alloc(t, &type_future_iter, 0);
  if (!v_is_null(it)) *awaited(it) = v_own(t, self);
  return it;
}

// The future itself, which tells a task to wait for it; when it is done, StopIteration(result), or its exception.
static Value iter_next(Thread *t, Value self) {
  Value future = locked_field(t, v_obj(self), awaited(self)), result = V_NULL;
  if (v_is_null(future)) return V_NULL;
  Future *f = v_future(future);
  if (future_state(f) == FUTURE_PENDING) {
    if (!a8_load_acq(&f->blocking)) {
      a8_store_rel(&f->blocking, true);
      return future;
    }
    raise_error(t, &exc_RuntimeError, "await wasn't used with future");
  } else {
    locked_field_set(t, v_obj(self), awaited(self), V_NULL);
    result = result_or_raise(t, f);
    if (!v_is_null(result) && !v_is_none(result)) raise_stop_iteration(t, result);
  }
  v_drop(t, future);
  v_drop(t, result);
  return V_NULL;
}

static NATIVE(iter_send) {
  Value v = iter_next(t, self);
  return v_is_null(v) && !error_pending(t) ? raise_stop_iteration(t, V_NONE) : v;
}

// The exception that throw()'s arguments make, owned.
static Value thrown_exception(Thread *t, Value type, Value value, Value tb) {
  if (!v_is_null(tb) && !v_is_exact(tb, SHAPE_TRACEBACK)) return raise_type_error(t, "throw() third argument must be a traceback");
  Value exc;
  if (v_is_exception_class(type)) {
    if (!v_is_null(value) && v_is_exception(value) && type_is_subtype(v_type(value), v_as_type(type))) exc = v_own(t, value);
    else if (v_is_null(value) || v_is_none(value)) exc = object_call0(t, type);
    else exc = v_is_tuple(value) ? object_call(t, type, v_tuple(value)->items, (size_t)v_tuple(value)->length, V_NULL) : object_call1(t, type, value);
  } else if (v_is_exception(type)) {
    if (!v_is_null(value) && !v_is_none(value)) return raise_type_error(t, "instance exception may not have a separate value");
    exc = v_own(t, type);
  } else {
    return raise_type_error(t, "exceptions must be classes deriving BaseException or instances of such a class");
  }
  if (!v_is_null(exc) && !v_is_null(tb)) exception_set_traceback(t, exc, tb);
  return exc;
}

static NATIVE(iter_throw) {
  Value tb = v_is_absent_or_none(args[2]) ? V_NULL : args[2];
  Value exc = thrown_exception(t, args[0], v_is_absent(args[1]) ? V_NULL : args[1], tb);
  if (v_is_null(exc)) return V_NULL;
  locked_field_set(t, v_obj(self), awaited(self), V_NULL);
  error_restore(t, exc);
  return V_NULL;
}

static NATIVE(iter_close) {
  locked_field_set(t, v_obj(self), awaited(self), V_NULL);
  return V_NONE;
}

static Value iter_self(Thread *t, Value self) { return v_own(t, self); }
static void iter_clear(Thread *t, Object *o) { locked_field_set(t, o, &((FutureIter *)o)->future, V_NULL); }
static void iter_dealloc(Thread *t, Object *o) {
  v_drop(t, ((FutureIter *)o)->future);
  heap_free_object(t, o);
}
static void iter_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((FutureIter *)o)->future, visit, arg); }

static const NativeDef iter_methods[] = {
    {"send(value, /)", iter_send, NULL, NATIVE_NO_SIGNATURE},
    {"throw(type, value=None, tb=None, /)", iter_throw, NULL, NATIVE_NO_SIGNATURE},
    {"close()", iter_close, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_future_iter = {
    .name = "_asyncio.FutureIter",
    .size = sizeof(FutureIter),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.iter = iter_self, .iternext = iter_next, .dealloc = iter_dealloc, .traverse = iter_traverse, .clear = iter_clear},
    .methods = iter_methods,
};

// --- The type -----------------------------------------------------------------------------------------------------------------------------

static const NativeDef methods[] = {
    {"result($self, /)", future_result, "What was set as the result; raises what was set as the exception, or says that it is not done.", 0},
    {"exception($self, /)", future_exception, "The exception that was set, or None.", 0},
    {"set_result($self, result, /)", future_set_result_method, "Ends the future with a result.", 0},
    {"set_exception($self, exception, /)", future_set_exception_method, "Ends the future with an exception, given as an object or a class.", 0},
    {"add_done_callback($self, fn, /, *, context=<unrepresentable>)", future_add_done_callback,
     "fn(future) is called soon after the future is done, at once if it is.", 0},
    {"remove_done_callback($self, fn, /)", future_remove_done_callback, "Takes a callback back, every time it was added; how often that was.", 0},
    {"cancel($self, /, msg=None)", future_cancel_method, "Ends the future as a cancelled one. False: it was done already.", 0},
    {"cancelled($self, /)", future_cancelled, "Whether it was cancelled.", 0},
    {"done($self, /)", future_done, "Whether it has a result or an exception, or was cancelled.", 0},
    {"get_loop($self, /)", future_get_loop, "The event loop that it belongs to.", 0},
    {"_make_cancelled_error($self, /)", future_make_cancelled_error, "A CancelledError with the message given to cancel(); a task's own is given once.", 0},
    CLASS_GETITEM_DEF,
    {0},
};
#define FIELD(name) (void *)offsetof(Future, name)
static const GetSetDef getset[] = {
    {"_state", get_state, NULL, NULL, NULL},
    {"_asyncio_future_blocking", get_blocking, set_blocking, NULL, NULL},
    {"_loop", get_field, NULL, NULL, FIELD(loop)},
    {"_callbacks", get_callbacks, NULL, NULL, NULL},
    {"_result", get_live_field, NULL, NULL, FIELD(result)},
    {"_exception", get_live_field, NULL, NULL, FIELD(exception)},
    {"_log_traceback", get_log_traceback, set_log_traceback, NULL, NULL},
    {"_source_traceback", get_field, NULL, NULL, FIELD(source_traceback)},
    {"_cancel_message", get_field, set_cancel_message, NULL, FIELD(cancel_message)},
    {0},
};

Type type_asyncio_future;
static const TypeSpec spec_future = {
    .name = "_asyncio.Future",
    .size = sizeof(Future),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(Future, ext),
    .slots = {.new = new, .init = init, .repr = repr, .iter = future_await, .await = future_await, .finalize = future_finalize,
              .dealloc = future_dealloc, .traverse = future_traverse, .clear = future_clear},
    .methods = methods,
    .getset = getset,
    .doc = "What will be known later: a result, an exception, or that it was cancelled. Not for use by several threads.",
    .text_signature = "(*, loop=<unrepresentable>)",
};

bool asyncio_future_init_types(Thread *t) {
  return type_ready(t, &type_asyncio_future, &spec_future, 0) && type_ready(t, &type_future_iter, &spec_future_iter, 0);
}
