// The module _asyncio: the running event loop of each thread, and which tasks there are and run; futures and tasks in C.
//
// The running loop is an attribute of a threading.local, so it is let go of when the thread ends; a thread-local copy of the reference saves the
// look-up. A forked child has no running loop. The current tasks are in a dict that all threads share, one entry a loop.
#include "modules/asyncio.h"
#include "modules/module_help.h"
#include "modules/thread_types.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/text_native.h"
#include "objects/tuple.h"
#include "system/import.h"

struct AsyncioNames asyncio_names;
struct AsyncioObjects asyncio_objects;

// --- The running loop ---------------------------------------------------------------------------------------------------------------------

// loop is borrowed from the attribute; V_NULL: none. forks: thread_fork_count() when it was set.
static _Thread_local struct { Value loop; uint32_t forks; } running;
static Value running_owner, running_key;   // the threading.local, and its attribute's name

// Borrowed; V_NULL: none.
static Value running_loop(void) { return running.forks == thread_fork_count() ? running.loop : V_NULL; }

static int set_running_loop(Thread *t, Value loop) {
  running.loop = V_NULL;
  if (object_setattr(t, running_owner, running_key, loop) < 0) return -1;
  running.loop = v_is_none(loop) ? V_NULL : loop;
  running.forks = thread_fork_count();
  return 0;
}

Value asyncio_get_event_loop(Thread *t) {
  Value loop = running_loop();
  if (!v_is_null(loop)) return v_own(t, loop);
  Value policy = object_call0(t, asyncio_objects.get_event_loop_policy);
  loop = v_is_null(policy) ? V_NULL : object_call_method0(t, policy, ASYNCIO_NAME(get_event_loop));
  v_drop(t, policy);
  return loop;
}

static NATIVE(get_event_loop) { return asyncio_get_event_loop(t); }
static NATIVE(private_get_running_loop) {
  Value loop = running_loop();
  return v_is_null(loop) ? V_NONE : v_own(t, loop);
}
static NATIVE(get_running_loop) {
  Value loop = running_loop();
  return v_is_null(loop) ? raise_error(t, &exc_RuntimeError, "no running event loop") : v_own(t, loop);
}
static NATIVE(private_set_running_loop) { return set_running_loop(t, args[0]) < 0 ? V_NULL : V_NONE; }

// --- Tasks --------------------------------------------------------------------------------------------------------------------------------

int asyncio_register_task(Thread *t, Value task) {
  Value r = object_call_method1(t, asyncio_objects.all_tasks, ASYNCIO_NAME(add), task);
  v_drop(t, r);
  return v_is_null(r) ? -1 : 0;
}

int asyncio_enter_task(Thread *t, Value loop, Value task) {
  Value now;
  int r = dict_setdefault(t, v_dict(asyncio_objects.current_tasks), loop, task, &now);
  if (r > 0) raise_error(t, &exc_RuntimeError, "Cannot enter into task %R while another task %R is being executed.", task, now);
  if (r >= 0) v_drop(t, now);
  return r ? -1 : 0;
}

int asyncio_leave_task(Thread *t, Value loop, Value task) {
  Dict *current = v_dict(asyncio_objects.current_tasks);
  Value now;
  int r = dict_get(t, current, loop, &now);
  if (r < 0) return -1;
  bool same = r > 0 && v_is(now, task);
  if (!same) raise_error(t, &exc_RuntimeError, "Leaving task %R does not match the current task %R.", task, r ? now : V_NONE);
  v_drop(t, now);
  return !same || dict_delete(t, current, loop) < 0 ? -1 : 0;
}

static NATIVE(register_task) { return asyncio_register_task(t, args[0]) < 0 ? V_NULL : V_NONE; }
static NATIVE(unregister_task) {
  Value r = object_call_method1(t, asyncio_objects.all_tasks, ASYNCIO_NAME(discard), args[0]);
  v_drop(t, r);
  return v_is_null(r) ? V_NULL : V_NONE;
}
static NATIVE(enter_task) { return asyncio_enter_task(t, args[0], args[1]) < 0 ? V_NULL : V_NONE; }
static NATIVE(leave_task) { return asyncio_leave_task(t, args[0], args[1]) < 0 ? V_NULL : V_NONE; }

static const NativeDef functions[] = {
    {"get_event_loop($module, /)", get_event_loop, "The running event loop, or what the policy answers when none runs in this thread.", 0},
    {"_get_event_loop($module, /, stacklevel=3)", get_event_loop, NULL, 0},
    {"get_running_loop($module, /)", get_running_loop, "The event loop that runs in this thread; RuntimeError if there is none.", 0},
    {"_get_running_loop($module, /)", private_get_running_loop, "The event loop that runs in this thread, or None.", 0},
    {"_set_running_loop($module, loop, /)", private_set_running_loop, "Says which event loop runs in this thread; None: no longer any.", 0},
    {"_register_task($module, /, task)", register_task, "Adds to the tasks that there are.", 0},
    {"_unregister_task($module, /, task)", unregister_task, "Takes one from the tasks that there are.", 0},
    {"_enter_task($module, /, loop, task)", enter_task, "Makes the task the loop's current one; there must be none.", 0},
    {"_leave_task($module, /, loop, task)", leave_task, "The task, which must be the loop's current one, no longer is.", 0},
    {0},
};

// --- Start-up -----------------------------------------------------------------------------------------------------------------------------

static bool make_names(Thread *t) {
#define X(name) \
  asyncio_names.name = str_intern_cstr(t, #name); \
  if (v_is_null(asyncio_names.name)) return false;
  ASYNCIO_NAMES(X)
#undef X
  Value msg = str_intern_cstr(t, "msg"), context = str_intern_cstr(t, "context");
  running_key = str_intern_cstr(t, "loop");
  running_owner = object_call0(t, v_from_obj(&type_thread_local));
  if (v_is_null(msg) || v_is_null(context) || v_is_null(running_key) || v_is_null(running_owner)) return false;
  asyncio_names.context_keyword = tuple_pack(t, 1, context);
  asyncio_names.msg_keyword = tuple_pack(t, 1, msg);
  return !v_is_null(asyncio_names.context_keyword) && !v_is_null(asyncio_names.msg_keyword);
}

static bool fetch(Thread *t, const char *module_name, const char *name, Value *out) {
  Value module = import_module(t, module_name), key = v_is_null(module) ? V_NULL : str_intern_cstr(t, name);
  *out = v_is_null(key) ? V_NULL : object_getattr(t, module, key);
  v_drop(t, module);
  return !v_is_null(*out);
}

// Of asyncio itself. When _asyncio is imported before it, asyncio in turn imports _asyncio, which therefore has its types by then.
static bool fetch_objects(Thread *t) {
  struct AsyncioObjects *o = &asyncio_objects;
  return fetch(t, "asyncio.events", "get_event_loop_policy", &o->get_event_loop_policy) &&
         fetch(t, "asyncio.base_futures", "_future_repr", &o->future_repr) &&
         fetch(t, "asyncio.exceptions", "InvalidStateError", &o->invalid_state_error) &&
         fetch(t, "asyncio.exceptions", "CancelledError", &o->cancelled_error) && fetch(t, "asyncio.base_tasks", "_task_repr", &o->task_repr) &&
         fetch(t, "asyncio.base_tasks", "_task_get_stack", &o->task_get_stack) &&
         fetch(t, "asyncio.base_tasks", "_task_print_stack", &o->task_print_stack) && fetch(t, "asyncio.coroutines", "iscoroutine", &o->iscoroutine) &&
         fetch(t, "traceback", "extract_stack", &o->extract_stack);
}

static bool make_registers(Thread *t) {
  Value weak_set;
  if (!fetch(t, "weakref", "WeakSet", &weak_set)) return false;
  asyncio_objects.all_tasks = object_call0(t, weak_set);
  asyncio_objects.current_tasks = dict_new(t);
  v_drop(t, weak_set);
  return !v_is_null(asyncio_objects.all_tasks) && !v_is_null(asyncio_objects.current_tasks);
}

static bool make_types(Thread *t) {
  if (type_asyncio_task.flags & TYPE_READY) return true;
  return make_names(t) && make_registers(t) && asyncio_future_init_types(t) && asyncio_task_init_types(t);
}

static int asyncio_exec(Thread *t, Value m) {
  if (!make_types(t) || module_add_type(t, m, &type_asyncio_future) < 0 || module_add_type(t, m, &type_asyncio_task) < 0 ||
      module_add(t, m, "_all_tasks", v_own(t, asyncio_objects.all_tasks)) < 0 ||
      module_add(t, m, "_current_tasks", v_own(t, asyncio_objects.current_tasks)) < 0)
    return -1;
  return !v_is_null(asyncio_objects.extract_stack) || fetch_objects(t) ? 0 : -1;
}

const ModuleDef module__asyncio = {.name = "_asyncio", .doc = "Futures and tasks of asyncio in C.", .functions = functions, .exec = asyncio_exec};
