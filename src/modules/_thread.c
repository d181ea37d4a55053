// _thread: starting threads, and the module's table. Locks are in thread_lock.c, thread-local data in thread_local.c.
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/thread_types.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/lifecycle_hooks.h"
#include "system/print_exception.h"
#include "system/sys_state.h"
#include "threading/stats.h"
#include "vm/vm.h"

#define FN(name) static Value thread_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// --- Starting -------------------------------------------------------------------------------------------------------------------------

static a64 running_count;   // threads started by this module that have not ended
static a64 stack_bytes;     // 0: the system's default

typedef struct Start {
  Thread *t;
  Value function, args, kwargs;   // owned by the new thread once it runs
} Start;

static void report_uncaught(Thread *t, Value function) {
  if (error_matches(t, &exc_SystemExit)) {
    error_clear(t);
    return;
  }
  error_write_unraisable(t, "in thread started by", function);
}

// Tells -X stats what the thread is called: threading starts a bound method of the Thread, which knows its name.
static void name_for_stats(Thread *t, Value function) {
  if (likely(!t->stats)) return;
  Value self = V_NULL, name = V_NULL;
  if (object_lookup_attr(t, function, N(__self__), &self) > 0 && object_lookup_attr(t, self, N(name), &name) > 0 && v_is_str(name)) {
    const char *text = str_utf8(t, name, NULL);
    if (text) stats_name_thread(t->ident, text);
  }
  error_clear(t);
  v_drop(t, name);
  v_drop(t, self);
}

static void *thread_main(void *arg) {
  Start start = *(Start *)arg;
  free(arg);
  Thread *t = start.t;
  thread_start(t);
  a64_fetch_add_rlx(&running_count, 1);
  name_for_stats(t, start.function);
  Value r = object_call_ex(t, start.function, start.args, start.kwargs);
  if (v_is_null(r)) report_uncaught(t, start.function);
  v_drop(t, r);
  name_for_stats(t, start.function);   // it may have been renamed
  a64_fetch_add_rlx(&running_count, (uint64_t)-1);
  v_drop(t, start.function);
  v_drop(t, start.args);
  v_drop(t, start.kwargs);
  thread_local_clear(t);
  thread_release_sentinel(t);
  thread_exit(t);   // runs vm_thread_exit when nothing more can die here
  // In the child of a fork by a thread other than the main one this may have been the last: the process ends with it, as with a last pthread,
  // although the ticker (threading/ticker.h) is left.
  static a32 ended;
  if (thread_count() == 0 && a32_cas_acqrel(&ended, 0, 1)) exit(0);
  return NULL;
}

// `start` may be gone when pthread_create has returned: the new thread frees it. What the thread needs to begin with is found here, where a
// failure has somebody to tell: threading.py's starter waits for the new thread's first words.
static int spawn(Thread *t, Start *start, uint64_t *ident) {
  pthread_attr_t attr;
  pthread_t id = 0;
  if (pthread_attr_init(&attr) != 0) return EAGAIN;
  size_t bytes = a64_load_rlx(&stack_bytes);
  if (bytes) pthread_attr_setstacksize(&attr, bytes);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  Thread *fresh = start->t = thread_new(t);
  bool ready = fresh && vm_thread_init(fresh) && heap_has_room();
  int err = ready ? pthread_create(&id, &attr, thread_main, start) : EAGAIN;
  if (err && fresh) {
    vm_thread_exit(fresh);
    thread_abandon(t, fresh);
  }
  *ident = (uint64_t)id;
  pthread_attr_destroy(&attr);
  return err;
}

FN(start_new_thread) {
  (void)self;
  if (native_no_keywords(t, "_thread.start_new_thread", kwnames) < 0 || native_check_positional(t, "start_new_thread", nargs, 2, 3) < 0) return V_NULL;
  if (!object_is_callable(args[0])) return raise_type_error(t, "first arg must be callable");
  if (!v_is_tuple(args[1])) return raise_type_error(t, "2nd arg must be a tuple");
  if (nargs == 3 && !v_is_dict(args[2])) return raise_type_error(t, "optional 3rd arg must be a dictionary");
  if (sys_audit_args(t, "_thread.start_new_thread", (Value[]){args[0], args[1], nargs == 3 ? args[2] : V_NONE}, 3) < 0) return V_NULL;
  Start *start = malloc(sizeof *start);
  if (!start) return raise_no_memory(t);
  *start = (Start){NULL, v_own(t, args[0]), v_own(t, args[1]), nargs == 3 ? v_own(t, args[2]) : V_NULL};
  Value function = start->function, positional = start->args, keywords = start->kwargs;
  uint64_t ident;
  int err = spawn(t, start, &ident);
  if (err) {
    v_drop(t, function);
    v_drop(t, positional);
    v_drop(t, keywords);
    free(start);
    return raise_error(t, &exc_RuntimeError, "can't start new thread");
  }
  return int_from_u64(t, ident);
}

static Value thread_exit_(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  UNUSED;
  Value exc = exception_new(t, &exc_SystemExit, NULL, 0);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

FN(get_ident) { UNUSED; return int_from_u64(t, t->ident); }
FN(get_native_id) { UNUSED; return int_from_i64(t, t->native_id); }
static Value thread_count_(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) { UNUSED; return int_from_u64(t, a64_load_rlx(&running_count)); }

FN(stack_size) {
  UNUSED;
  uint64_t old = a64_load_rlx(&stack_bytes);
  if (v_is_absent(args[0])) return int_from_u64(t, old);
  int64_t n = number_as_i64(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 0) return raise_value_error(t, "size must be 0 or a positive value");
  if (n != 0 && (n < 32768 || n < PTHREAD_STACK_MIN)) return raise_value_error(t, "size not valid: %lld bytes", (long long)n);
  a64_store_rlx(&stack_bytes, (uint64_t)n);
  return int_from_u64(t, old);
}

FN(interrupt_main) {
  UNUSED;
  int signum = v_is_absent(args[0]) ? SIGINT : number_as_int(t, args[0]);
  if (signum == -1 && error_pending(t)) return V_NULL;
  if (signum < 1 || signum > 64) return raise_value_error(t, "signal number out of range");
  if (thread_interrupt_hook) thread_interrupt_hook(t, signum);
  return V_NONE;
}
void (*thread_interrupt_hook)(Thread *t, int signum);

// --- The default threading.excepthook ---------------------------------------------------------------------------------------------------

static Type *hook_args_type;

static Value stderr_for(Thread *t, Value thread) {
  Value file = sys_get(t, N(stderr));
  if (!v_is_null(file) && !v_is_none(file)) return file;
  v_drop(t, file);
  if (v_is_none(thread)) return V_NONE;
  file = object_getattr(t, thread, N(_stderr));
  error_clear(t);
  return v_is_null(file) ? V_NONE : file;
}

FN(excepthook) {
  UNUSED;
  if (v_type(args[0]) != hook_args_type) return raise_type_error(t, "_thread.excepthook argument type must be ExceptHookArgs");
  const Value *a = v_tuple(args[0])->items;   // exc_type, exc_value, exc_traceback, thread
  if (v_is(a[0], v_from_obj(&exc_SystemExit))) return V_NONE;
  Value file = stderr_for(t, a[3]);
  if (v_is_none(file)) return V_NONE;
  Value name = v_is_none(a[3]) ? V_NULL : object_getattr(t, a[3], N(name));
  error_clear(t);
  Value head = !v_is_null(name) ? str_from_format(t, "Exception in thread %S:\n", name)
                                : str_from_format(t, "Exception in thread %llu:\n", (unsigned long long)t->ident);
  Value body = exception_text(t, a[1], a[2]), text = V_NULL, r = V_NULL;
  if (!v_is_null(head) && !v_is_null(body)) text = str_concat(t, head, body);
  if (!v_is_null(text)) r = object_call_method1(t, file, N(write), text);
  v_drop(t, name);
  v_drop(t, head);
  v_drop(t, body);
  v_drop(t, text);
  if (!v_is_null(r)) {
    v_drop(t, r);
    r = object_call_method0(t, file, N(flush));
  }
  v_drop(t, file);
  if (v_is_null(r)) return V_NULL;
  v_drop(t, r);
  return V_NONE;
}

// --- Shut-down ----------------------------------------------------------------------------------------------------------------------------

static void wait_for_threads(Thread *t) {
  Value modules = sys_modules(t), threading;
  if (v_is_null(modules)) {
    error_clear(t);
    return;
  }
  int found = dict_get_cstr(t, v_dict(modules), "threading", &threading);
  v_drop(t, modules);
  if (found <= 0 || v_is_none(threading)) {
    error_clear(t);
    return;
  }
  Value r = object_call_method0(t, threading, N(_shutdown));
  if (v_is_null(r)) error_write_unraisable(t, NULL, threading);
  v_drop(t, r);
  v_drop(t, threading);
}

static const NativeDef functions[] = {
    {"start_new_thread(function, args, kwargs={}, /)", thread_start_new_thread,
     "Calls the function in a new thread; returns the thread's number.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"start_new(function, args, kwargs={}, /)", thread_start_new_thread, "An obsolete synonym of start_new_thread().", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"exit()", thread_exit_, "Raise SystemExit, which ends the thread silently.", NATIVE_NO_SIGNATURE},
    {"exit_thread()", thread_exit_, "An obsolete synonym of exit().", NATIVE_NO_SIGNATURE},
    {"get_ident()", thread_get_ident, "A number, never 0, that no other running thread has.", NATIVE_NO_SIGNATURE},
    {"get_native_id()", thread_get_native_id, "Return the kernel's identifier of the current thread.", NATIVE_NO_SIGNATURE},
    {"_count()", thread_count_, "How many threads of Python run besides the main one.", NATIVE_NO_SIGNATURE},
    {"stack_size(size=0, /)", thread_stack_size, "How many bytes of stack new threads get; a size given is used from now on.", NATIVE_NO_SIGNATURE | NATIVE_VARARGS | NATIVE_PARSED},
    {"interrupt_main(signum=signal.SIGINT, /)", thread_interrupt_main,
     "Makes the main thread behave as if the signal had come.", NATIVE_NO_SIGNATURE},
    {"_excepthook(excepthookargs, /)", thread_excepthook, "Reports an exception that ended a thread.", NATIVE_NO_SIGNATURE},
    {"allocate_lock()", thread_allocate_lock, "A lock that no thread holds.", NATIVE_NO_SIGNATURE},
    {"allocate()", thread_allocate_lock, "An obsolete synonym of allocate_lock().", NATIVE_NO_SIGNATURE},
    {"_set_sentinel()", thread_set_sentinel, "A lock that is given back when this thread ends.", NATIVE_NO_SIGNATURE},
    {0},
};

static int thread_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"exc_type", "Exception type"}, {"exc_value", "Exception value"},
                                          {"exc_traceback", "Exception traceback"}, {"thread", "Thread"}, {NULL, NULL}};
  static const StructSeqDef def = {"_thread._ExceptHookArgs", "What threading.excepthook is called with.", fields, 4};
  hook_args_type = structseq_new_type(t, &def);
  if (!hook_args_type || !thread_types_init(t)) return -1;
  runtime_wait_threads_hook = wait_for_threads;
  if (module_add(t, m, "error", v_own_obj(t, &exc_RuntimeError)) < 0 || module_add(t, m, "_ExceptHookArgs", v_own_obj(t, hook_args_type)) < 0 ||
      module_add(t, m, "LockType", v_own_obj(t, &type_lock)) < 0 || module_add(t, m, "RLock", v_own_obj(t, &type_rlock)) < 0 ||
      module_add(t, m, "_local", v_own_obj(t, &type_thread_local)) < 0 ||
      module_add(t, m, "TIMEOUT_MAX", float_new(t, (double)(INT64_MAX / 1000000000))) < 0)
    return -1;
  return 0;
}

const ModuleDef module__thread = {
    .name = "_thread",
    .doc = "Threads and locks, on which the module threading builds.",
    .functions = functions,
    .exec = thread_exec,
};
