// faulthandler: Python tracebacks of all threads when the process crashes, hangs, or is asked to by a signal.
//
// The handlers run where no lock may be taken and nothing allocated. They look at the frames of other threads while those run: what they print
// of a thread in the middle of a call may be out of date, which is the price of an answer from a process that is stuck. dump_traceback(), which
// is called by healthy programs, stops the world instead. Settings are written by one thread at a time under `settings_mutex` and read by the
// handlers as atomic words.
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/deadline.h"
#include "modules/module_help.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"
#include "threading/mutex.h"
#include "threading/stw.h"
#include "vm/stack_dump.h"

#define FN(name) static Value fault_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static Mutex settings_mutex = MUTEX_INIT;

// --- Printing -----------------------------------------------------------------------------------------------------------------------------

static void dump_one(int fd, Thread *t) {
  stack_dump_text(fd, "Stack (most recent call first):\n");
  stack_dump_frames(fd, t);
}

// --- Arguments ----------------------------------------------------------------------------------------------------------------------------

// The descriptor to write to: an int, a file, or sys.stderr. 0 or -1.
static int file_arg(Thread *t, Value v, int *fd) {
  if (v_is_int(v)) {
    *fd = number_as_int(t, v);
    if (*fd == -1 && error_pending(t)) return -1;
    return *fd >= 0 ? 0 : (raise_value_error(t, "file is not a valid file descripter"), -1);
  }
  Value file = v_is_absent_or_none(v) ? sys_get(t, N(stderr)) : v_own(t, v);
  if (v_is_null(file)) return raise_error(t, &exc_RuntimeError, "unable to get sys.stderr"), -1;
  if (v_is_none(file)) return raise_error(t, &exc_RuntimeError, "sys.stderr is None"), -1;
  Value number = object_call_method0(t, file, N(fileno));
  int rc = v_is_null(number) ? -1 : 0;
  if (rc == 0) {
    *fd = v_is_int(number) ? number_as_int(t, number) : -1;
    if (*fd < 0) {
      error_clear(t);
      raise_error(t, &exc_RuntimeError, "file.fileno() is not a valid file descriptor");
      rc = -1;
    }
  }
  v_drop(t, number);
  if (rc == 0) {
    v_drop(t, object_call_method0(t, file, N(flush)));
    error_clear(t);
  }
  v_drop(t, file);
  return rc;
}

static int flag_arg(Thread *t, Value v, bool default_) { return v_is_absent(v) ? default_ : object_is_true(t, v); }

// --- dump_traceback -------------------------------------------------------------------------------------------------------------------------

FN(dump_traceback) {
  UNUSED;
  int fd, all = flag_arg(t, args[1], true);
  if (all < 0 || file_arg(t, args[0], &fd) < 0) return V_NULL;
  stop_the_world(t);
  if (all) stack_dump_all(fd, t, false);
  else dump_one(fd, t);
  start_the_world(t);
  return V_NONE;
}

// --- Fatal signals ----------------------------------------------------------------------------------------------------------------------------

static struct { int signum; const char *name; struct sigaction previous; } fatal[] = {
    {SIGBUS, "Bus error", {}}, {SIGILL, "Illegal instruction", {}}, {SIGFPE, "Floating point exception", {}}, {SIGABRT, "Aborted", {}},
    {SIGSEGV, "Segmentation fault", {}}};
enum { FATAL_COUNT = sizeof fatal / sizeof *fatal };
static a32 fatal_enabled, fatal_fd, fatal_all;

static void fatal_restore(void) {
  if (!a32_cas_acqrel(&fatal_enabled, 1, 0)) return;
  for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal[i].signum, &fatal[i].previous, NULL);
}

static void on_fatal(int signum) {
  int fd = (int)a32_load_acq(&fatal_fd), saved = errno;
  bool all = a32_load_acq(&fatal_all);
  fatal_restore();   // a crash in here ends the process
  const char *name = "Unknown signal";
  for (int i = 0; i < FATAL_COUNT; i++)
    if (fatal[i].signum == signum) name = fatal[i].name;
  stack_dump_text(fd, "Fatal Python error: ");
  stack_dump_text(fd, name);
  stack_dump_text(fd, "\n\n");
  Thread *t = thread_current();
  if (all) stack_dump_all(fd, t, false);
  else if (t) dump_one(fd, t);
  errno = saved;
  raise(signum);
}

// A stack of its own, so that a stack overflow can be told of. Of the thread that enables; it lives for ever.
static void make_signal_stack(void) {
  static a32 made;
  if (!a32_cas_acqrel(&made, 0, 1)) return;
  stack_t stack = {.ss_size = 64 * 1024, .ss_sp = malloc(64 * 1024)};
  if (stack.ss_sp) sigaltstack(&stack, NULL);
}

FN(enable) {
  UNUSED;
  int fd, all = flag_arg(t, args[1], true), err = 0;
  if (all < 0 || file_arg(t, args[0], &fd) < 0) return V_NULL;
  mutex_lock(t, &settings_mutex);
  a32_store_rel(&fatal_fd, (uint32_t)fd);
  a32_store_rel(&fatal_all, (uint32_t)all);
  if (a32_cas_acqrel(&fatal_enabled, 0, 1)) {
    make_signal_stack();
    for (int i = 0; i < FATAL_COUNT && !err; i++) {
      struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_NODEFER | SA_ONSTACK};
      if (sigaction(fatal[i].signum, &action, &fatal[i].previous) < 0) err = errno;
    }
  }
  mutex_unlock(&settings_mutex);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

FN(disable) {
  UNUSED;
  mutex_lock(t, &settings_mutex);
  bool was = a32_load_acq(&fatal_enabled);
  fatal_restore();
  mutex_unlock(&settings_mutex);
  return v_from_bool(was);
}

FN(is_enabled) { UNUSED; return v_from_bool(a32_load_acq(&fatal_enabled)); }

// --- Signals of the user's choice ------------------------------------------------------------------------------------------------------------------

typedef struct UserSignal {
  a32 enabled, fd, all, chain;
  struct sigaction previous;
} UserSignal;
static UserSignal user_signals[65];

static int install_user(int signum, bool chain, struct sigaction *previous);

static void on_user(int signum) {
  UserSignal *u = &user_signals[signum];
  if (!a32_load_acq(&u->enabled)) return;
  int saved = errno;
  Thread *t = thread_current();
  int fd = (int)a32_load_acq(&u->fd);
  if (a32_load_acq(&u->all)) stack_dump_all(fd, t, false);
  else if (t) dump_one(fd, t);
  if (a32_load_acq(&u->chain)) {
    sigaction(signum, &u->previous, NULL);
    errno = saved;
    raise(signum);
    saved = errno;
    install_user(signum, true, NULL);
  }
  errno = saved;
}

static int install_user(int signum, bool chain, struct sigaction *previous) {
  struct sigaction action = {.sa_handler = on_user, .sa_flags = SA_RESTART | SA_ONSTACK | (chain ? SA_NODEFER : 0)};
  return sigaction(signum, &action, previous);
}

static int signal_arg(Thread *t, Value v, int *signum) {
  *signum = number_as_int(t, v);
  if (*signum == -1 && error_pending(t)) return -1;
  for (int i = 0; i < FATAL_COUNT; i++)
    if (fatal[i].signum == *signum) return raise_error(t, &exc_RuntimeError, "signal %d cannot be registered, use enable() instead", *signum), -1;
  return *signum >= 1 && *signum <= 64 ? 0 : (raise_value_error(t, "signal number out of range"), -1);
}

FN(register) {
  UNUSED;
  int signum, fd, all = flag_arg(t, args[2], true), chain = all < 0 ? -1 : flag_arg(t, args[3], false), err = 0;
  if (chain < 0 || signal_arg(t, args[0], &signum) < 0 || file_arg(t, args[1], &fd) < 0) return V_NULL;
  UserSignal *u = &user_signals[signum];
  mutex_lock(t, &settings_mutex);
  a32_store_rel(&u->fd, (uint32_t)fd);
  a32_store_rel(&u->all, (uint32_t)all);
  a32_store_rel(&u->chain, (uint32_t)chain);
  if (!a32_load_acq(&u->enabled)) {
    if (install_user(signum, chain, &u->previous) < 0) err = errno;
    else a32_store_rel(&u->enabled, 1);
  }
  mutex_unlock(&settings_mutex);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE;
}

FN(unregister) {
  UNUSED;
  int signum;
  if (signal_arg(t, args[0], &signum) < 0) return V_NULL;
  UserSignal *u = &user_signals[signum];
  mutex_lock(t, &settings_mutex);
  bool was = a32_cas_acqrel(&u->enabled, 1, 0);
  if (was) sigaction(signum, &u->previous, NULL);
  mutex_unlock(&settings_mutex);
  return v_from_bool(was);
}

// --- dump_traceback_later -------------------------------------------------------------------------------------------------------------------------

// The watchdog: a plain thread that waits on a condition until the time is up or it is called off. All under watchdog_lock.
static pthread_mutex_t watchdog_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t watchdog_wake;
static pthread_once_t watchdog_once = PTHREAD_ONCE_INIT;
static uint64_t watchdog_round;    // which call of dump_traceback_later is in force: another one calls the watchdog off

typedef struct Watchdog {
  uint64_t round;
  int64_t timeout_ns;
  int fd;
  bool repeat, exit;
  char header[64];
} Watchdog;

static void watchdog_init(void) {
  pthread_condattr_t attr;
  pthread_condattr_init(&attr);
  pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
  pthread_cond_init(&watchdog_wake, &attr);
}

// Waits; false: called off.
static bool watchdog_wait(const Watchdog *w) {
  int64_t when = deadline_in(w->timeout_ns);
  struct timespec limit = {when / NS_PER_SECOND, when % NS_PER_SECOND};
  int r = 0;
  pthread_mutex_lock(&watchdog_lock);
  while (watchdog_round == w->round && r != ETIMEDOUT) r = pthread_cond_timedwait(&watchdog_wake, &watchdog_lock, &limit);
  bool due = watchdog_round == w->round;
  pthread_mutex_unlock(&watchdog_lock);
  return due;
}

static void *watchdog_main(void *arg) {
  Watchdog w = *(Watchdog *)arg;
  free(arg);
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, NULL);   // signals are for the program's threads
  do {
    if (!watchdog_wait(&w)) return NULL;
    stack_dump_text(w.fd, w.header);
    stack_dump_all(w.fd, NULL, false);
    if (w.exit) _exit(1);
  } while (w.repeat);
  return NULL;
}

static void watchdog_call_off(void) {
  pthread_once(&watchdog_once, watchdog_init);
  pthread_mutex_lock(&watchdog_lock);
  watchdog_round++;
  pthread_cond_broadcast(&watchdog_wake);
  pthread_mutex_unlock(&watchdog_lock);
}

static void write_header(Watchdog *w) {
  int64_t us = w->timeout_ns / 1000, seconds = us / 1000000;
  int n = snprintf(w->header, sizeof w->header, "Timeout (%lld:%02d:%02d", (long long)(seconds / 3600), (int)(seconds / 60 % 60), (int)(seconds % 60));
  if (us % 1000000) n += snprintf(w->header + n, sizeof w->header - (size_t)n, ".%06d", (int)(us % 1000000));
  snprintf(w->header + n, sizeof w->header - (size_t)n, ")!\n");
}

FN(dump_traceback_later) {
  UNUSED;
  Watchdog w = {0};
  int repeat = flag_arg(t, args[1], false), leave = repeat < 0 ? -1 : flag_arg(t, args[3], false);
  if (leave < 0 || module_seconds_as_ns(t, args[0], &w.timeout_ns) < 0) return V_NULL;
  if (w.timeout_ns <= 0) return raise_value_error(t, "timeout must be greater than 0");
  if (file_arg(t, args[2], &w.fd) < 0) return V_NULL;
  w.repeat = repeat;
  w.exit = leave;
  write_header(&w);
  watchdog_call_off();
  Watchdog *shared = malloc(sizeof *shared);
  if (!shared) return raise_no_memory(t);
  w.round = watchdog_round;
  *shared = w;
  pthread_t id;
  pthread_attr_t attr;
  pthread_attr_init(&attr);
  pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
  int err = pthread_create(&id, &attr, watchdog_main, shared);
  pthread_attr_destroy(&attr);
  if (!err) return V_NONE;
  free(shared);
  return raise_error(t, &exc_RuntimeError, "unable to start watchdog thread");
}

FN(cancel_dump_traceback_later) {
  UNUSED;
  watchdog_call_off();
  return V_NONE;
}

// --- Crashes for tests ------------------------------------------------------------------------------------------------------------------------------

FN(sigsegv) { UNUSED; raise(SIGSEGV); return V_NONE; }
FN(sigfpe) { UNUSED; raise(SIGFPE); return V_NONE; }
FN(sigabrt) { UNUSED; abort(); }

static const NativeDef functions[] = {
    {"enable($module, file=sys.stderr, all_threads=True)", fault_enable, "Has fatal signals write the stack to the file.", NATIVE_NO_SIGNATURE},
    {"disable($module)", fault_disable, "Stops showing tracebacks for fatal signals.", NATIVE_NO_SIGNATURE},
    {"is_enabled($module)", fault_is_enabled, "Whether fatal signals write the stack.", NATIVE_NO_SIGNATURE},
    {"dump_traceback($module, file=sys.stderr, all_threads=True)", fault_dump_traceback,
     "Writes the stack of this thread, or of all threads, to the file.", NATIVE_NO_SIGNATURE},
    {"dump_traceback_later($module, timeout, repeat=False, file=sys.stderr, exit=False)", fault_dump_traceback_later,
     "Writes the stacks of all threads after a time, once or again and again.", NATIVE_NO_SIGNATURE},
    {"cancel_dump_traceback_later($module)", fault_cancel_dump_traceback_later,
     "Calls off what dump_traceback_later planned.", NATIVE_NO_SIGNATURE},
    {"register($module, signum, file=sys.stderr, all_threads=True, chain=False)", fault_register,
     "Has a signal write the stack to the file.", NATIVE_NO_SIGNATURE},
    {"unregister($module, signum, /)", fault_unregister,
     "Takes back what register did for the signal.", NATIVE_NO_SIGNATURE},
    {"_sigsegv($module, release_gil=False, /)", fault_sigsegv, "raise SIGSEGV", NATIVE_NO_SIGNATURE},
    {"_sigfpe($module)", fault_sigfpe, "raise SIGFPE", NATIVE_NO_SIGNATURE},
    {"_sigabrt($module)", fault_sigabrt, "raise SIGABRT", NATIVE_NO_SIGNATURE},
    {0},
};

const ModuleDef module_faulthandler = {.name = "faulthandler", .doc = "faulthandler module.", .functions = functions};
