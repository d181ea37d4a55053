// _signal: signals, timers and masks.
//
// A signal's C handler does three things, all async-signal-safe: it marks the signal as arrived, writes its number to the wakeup descriptor,
// and sets BREAK_SIGNAL in the main thread's breaker. At its next safepoint the main thread runs the Python handlers. Whoever blocks in the
// main thread gets EINTR and passes a safepoint before it goes on waiting.
//
// `arrived` is stored (release) before the breaker's acq_rel or; the action's breaker bit is cleared by an acq_rel and before it looks at
// `arrived`: so no arrival is lost, whichever thread the system chose for the handler. `handlers` is written by the main thread only;
// handlers_lock lets other threads read it.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "modules/deadline.h"
#include "modules/module_help.h"
#include "modules/signal_mask.h"
#include "modules/thread_types.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/lifecycle_hooks.h"
#include "system/sys_state.h"
#include "threading/mutex.h"
#include "vm/vm.h"

#define FN(name) static Value signal_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames


static a8 arrived[SIGNAL_COUNT];
static aptr main_thread;          // Thread *: who runs handlers
static a32 wakeup_fd = {(unsigned)-1};
static a8 wakeup_warns = {1};
static a32 wakeup_errno;          // of a failed write, to be reported by the main thread
static Mutex handlers_lock = MUTEX_INIT;
static Value handlers[SIGNAL_COUNT];   // SIG_DFL, SIG_IGN, a callable, or None: installed by somebody else. Owned
static Value default_handler;     // default_int_handler, owned
static Type *siginfo_type;
static Value itimer_error;

// --- Arrival ------------------------------------------------------------------------------------------------------------------------------

static void write_wakeup(int fd, int signum) {
  unsigned char byte = (unsigned char)signum;
  ssize_t n;
  do n = write(fd, &byte, 1); while (n < 0 && errno == EINTR);
  if (n < 0 && (a8_load_rlx(&wakeup_warns) || (errno != EWOULDBLOCK && errno != EAGAIN))) a32_store_rel(&wakeup_errno, (unsigned)errno);
}

// Async-signal-safe.
static void trip(int signum) {
  a8_store_rel(&arrived[signum], 1);
  int fd = (int)a32_load_rlx(&wakeup_fd);
  if (fd != -1) write_wakeup(fd, signum);
  Thread *t = aptr_load_acq(&main_thread);
  if (t) a32_fetch_or_acqrel(&t->breaker, BREAK_SIGNAL);
}

static void on_signal(int signum) {
  int saved = errno;
  trip(signum);
  errno = saved;
}

static Value handler_of(Thread *t, int signum) {
  raw_mutex_lock(&handlers_lock);
  Value v = v_own(t, handlers[signum]);
  raw_mutex_unlock(&handlers_lock);
  return v;
}

static bool is_action(Value v, long number) {
  int64_t n;
  return v_is_int(v) && int_as_i64(v, &n) && n == number;
}
static bool is_callable_handler(Value v) { return !v_is_none(v) && !is_action(v, 0) && !is_action(v, 1); }

static int call_handler(Thread *t, int signum) {
  Value handler = handler_of(t, signum);
  if (!is_callable_handler(handler)) {
    // It was replaced between the arrival and now.
    v_drop(t, handler);
    raise_error(t, &exc_OSError, "Signal %i ignored due to race condition", signum);
    error_write_unraisable(t, NULL, V_NULL);
    return 0;
  }
  Value frame = vm_frame(t, 0);
  if (v_is_null(frame)) {
    error_clear(t);
    frame = V_NONE;
  }
  Value r = object_call2(t, handler, v_from_smi(signum), frame);
  v_drop(t, frame);
  v_drop(t, handler);
  if (v_is_null(r)) return -1;
  v_drop(t, r);
  return 0;
}

// The breaker's action, in the main thread only.
static int run_handlers(Thread *t) {
  if (t != aptr_load_acq(&main_thread)) return 0;
  int err = (int)a32_exchange_acqrel(&wakeup_errno, 0);
  if (err) {
    raise_errno(t, err, V_NULL, V_NULL);
    error_write_unraisable(t, "when trying to write to the signal wakeup fd", V_NULL);
  }
  for (int signum = 1; signum < SIGNAL_COUNT; signum++) {
    if (!a8_load_acq(&arrived[signum]) || !a8_exchange_acqrel(&arrived[signum], 0)) continue;
    if (call_handler(t, signum) < 0) {
      breaker_set(t, BREAK_SIGNAL);   // others may have arrived too
      return -1;
    }
  }
  return 0;
}

// The child's main thread is the one that forked; what had arrived in the parent is the parent's.
static void forked(Thread *t) {
  aptr_store_rel(&main_thread, t);
  handlers_lock = (Mutex)MUTEX_INIT;
  for (int i = 0; i < SIGNAL_COUNT; i++) a8_store_rlx(&arrived[i], 0);
}

// _thread.interrupt_main: as if the signal had arrived, unless nobody here handles it.
static void simulate(Thread *t, int signum) {
  Value handler = handler_of(t, signum);
  if (is_callable_handler(handler)) trip(signum);
  v_drop(t, handler);
}

// --- Arguments ------------------------------------------------------------------------------------------------------------------------------

static bool is_main(Thread *t) { return t == aptr_load_acq(&main_thread); }

// -1 and an exception.
static int as_int(Thread *t, Value v) { return number_as_int(t, v); }

static int as_signum(Thread *t, Value v) {
  int n = as_int(t, v);
  if (n == -1 && error_pending(t)) return -1;
  if (n >= 1 && n < SIGNAL_COUNT) return n;
  raise_value_error(t, "signal number out of range");
  return -1;
}

static Value raise_itimer_error(Thread *t, int err) {
  Value args[2] = {v_from_smi(err), str_from_cstr(t, strerror(err))};
  Value exc = v_is_null(args[1]) ? V_NULL : object_call(t, itimer_error, args, 2, V_NULL);
  v_drop(t, args[1]);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

static Value os_error(Thread *t, int err) { return raise_errno(t, err, V_NULL, V_NULL); }
// None, once the handlers of what has arrived meanwhile have run.
static Value none_after_handlers(Thread *t) { return safepoint(t) < 0 ? V_NULL : V_NONE; }

// --- Handlers -------------------------------------------------------------------------------------------------------------------------------

static int install(int signum, void (*action)(int)) {
  struct sigaction sa = {.sa_handler = action, .sa_flags = SA_ONSTACK};
  sigemptyset(&sa.sa_mask);
  return sigaction(signum, &sa, NULL);
}

FN(default_int_handler) {
  UNUSED;
  Value exc = exception_new(t, &exc_KeyboardInterrupt, NULL, 0);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return V_NULL;
}

FN(signal) {
  UNUSED;
  int signum = as_int(t, args[0]);
  if (signum == -1 && error_pending(t)) return V_NULL;
  if (!is_main(t)) return raise_value_error(t, "signal only works in main thread of the main interpreter");
  if (signum < 1 || signum >= SIGNAL_COUNT) return raise_value_error(t, "signal number out of range");
  void (*action)(int) = is_action(args[1], 1) ? SIG_IGN : is_action(args[1], 0) ? SIG_DFL : on_signal;
  if (action == on_signal && !object_is_callable(args[1]))
    return raise_type_error(t, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
  if (safepoint(t) < 0) return V_NULL;
  if (install(signum, action) < 0) return os_error(t, errno);
  Value fresh = v_own(t, args[1]), old;
  raw_mutex_lock(&handlers_lock);
  old = handlers[signum];
  handlers[signum] = fresh;
  raw_mutex_unlock(&handlers_lock);
  return old;
}

FN(getsignal) {
  UNUSED;
  int signum = as_signum(t, args[0]);
  return signum < 0 ? V_NULL : handler_of(t, signum);
}

FN(raise_signal) {
  UNUSED;
  int signum = as_int(t, args[0]), err = 0;
  if (signum == -1 && error_pending(t)) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  if (raise(signum) != 0) err = errno;
  ALLOW_THREADS_END
  return err ? os_error(t, err) : none_after_handlers(t);
}

FN(siginterrupt) {
  UNUSED;
  int signum = as_signum(t, args[0]);
  if (signum < 0) return V_NULL;
  int flag = as_int(t, args[1]);
  if (flag == -1 && error_pending(t)) return V_NULL;
  struct sigaction sa;
  if (sigaction(signum, NULL, &sa) < 0) return os_error(t, errno);
  if (flag) sa.sa_flags &= ~SA_RESTART;
  else sa.sa_flags |= SA_RESTART;
  return sigaction(signum, &sa, NULL) < 0 ? os_error(t, errno) : V_NONE;
}

FN(set_wakeup_fd) {
  UNUSED;
  int fd = as_int(t, args[0]);
  if (fd == -1 && error_pending(t)) return V_NULL;
  int warns = v_is_absent(args[1]) ? 1 : object_is_true(t, args[1]);
  if (warns < 0) return V_NULL;
  if (!is_main(t)) return raise_value_error(t, "set_wakeup_fd only works in main thread of the main interpreter");
  if (fd != -1) {
    struct stat st;
    if (fstat(fd, &st) < 0) return os_error(t, errno);
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0) return os_error(t, errno);
    if (!(flags & O_NONBLOCK)) return raise_value_error(t, "the fd %i must be in non-blocking mode", fd);
  }
  a8_store_rlx(&wakeup_warns, (uint8_t)warns);
  return int_from_i64(t, (int)a32_exchange_acqrel(&wakeup_fd, (unsigned)fd));
}

FN(strsignal) {
  UNUSED;
  int signum = as_signum(t, args[0]);
  if (signum < 0) return V_NULL;
  errno = 0;
  const char *text = strsignal(signum);
  return errno || !text || strstr(text, "Unknown signal") ? V_NONE : str_decode_fs(t, text, strlen(text));
}

FN(valid_signals) {
  UNUSED;
  sigset_t mask;
  return sigfillset(&mask) < 0 ? os_error(t, errno) : signal_mask_as_set(t, &mask);
}

// --- Timers -------------------------------------------------------------------------------------------------------------------------------

FN(alarm) {
  UNUSED;
  int seconds = as_int(t, args[0]);
  if (seconds == -1 && error_pending(t)) return V_NULL;
  return int_from_i64(t, alarm((unsigned)seconds));
}

FN(pause) {
  UNUSED;
  ALLOW_THREADS_BEGIN(t)
  pause();
  ALLOW_THREADS_END
  return none_after_handlers(t);
}

static struct timeval ns_to_timeval(int64_t ns) {
  int64_t us = ns / 1000 + (ns % 1000 > 0);
  struct timeval tv = {us / 1000000, us % 1000000};
  if (tv.tv_usec < 0) {
    tv.tv_usec += 1000000;
    tv.tv_sec--;
  }
  return tv;
}

static Value from_itimer(Thread *t, const struct itimerval *it) {
  return tuple_from_stolen(t, (Value[]){float_new(t, (double)it->it_value.tv_sec + (double)it->it_value.tv_usec / 1e6),
                                        float_new(t, (double)it->it_interval.tv_sec + (double)it->it_interval.tv_usec / 1e6)}, 2);
}

FN(setitimer) {
  UNUSED;
  int which = as_int(t, args[0]);
  if (which == -1 && error_pending(t)) return V_NULL;
  int64_t first, interval = 0;
  if (module_seconds_as_ns(t, args[1], &first) < 0 || (!v_is_absent(args[2]) && module_seconds_as_ns(t, args[2], &interval) < 0)) return V_NULL;
  struct itimerval fresh = {ns_to_timeval(interval), ns_to_timeval(first)}, old;
  return setitimer(which, &fresh, &old) < 0 ? raise_itimer_error(t, errno) : from_itimer(t, &old);
}

FN(getitimer) {
  UNUSED;
  int which = as_int(t, args[0]);
  if (which == -1 && error_pending(t)) return V_NULL;
  struct itimerval now;
  return getitimer(which, &now) < 0 ? raise_itimer_error(t, errno) : from_itimer(t, &now);
}

// --- Masks and waiting --------------------------------------------------------------------------------------------------------------------

FN(pthread_kill) {
  UNUSED;
  if (!v_is_int(args[0])) return raise_type_error(t, "pthread_kill() argument 1 must be int, not %K", args[0]);
  uint64_t ident;
  if (!int_as_u64(args[0], &ident)) return raise_overflow(t, "Python int too large to convert to C long");
  int signum = as_int(t, args[1]);
  if (signum == -1 && error_pending(t)) return V_NULL;
  if (sys_audit_args(t, "signal.pthread_kill", args, 2) < 0) return V_NULL;
  Thread *target = thread_by_ident(ident);
  int err = target ? pthread_kill(target->pthread, signum) : ESRCH;   // the C library trusts its argument, we do not
  return err ? os_error(t, err) : none_after_handlers(t);
}

FN(pthread_sigmask) {
  UNUSED;
  int how = as_int(t, args[0]);
  sigset_t mask, old;
  if ((how == -1 && error_pending(t)) || signal_mask_from(t, args[1], &mask) < 0) return V_NULL;
  int err = pthread_sigmask(how, &mask, &old);
  if (err) return os_error(t, err);
  if (safepoint(t) < 0) return V_NULL;   // what was blocked may have arrived at once
  return signal_mask_as_set(t, &old);
}

FN(sigpending) {
  UNUSED;
  sigset_t mask;
  return sigpending(&mask) < 0 ? os_error(t, errno) : signal_mask_as_set(t, &mask);
}

FN(sigwait) {
  UNUSED;
  sigset_t mask;
  int signum, err;
  if (signal_mask_from(t, args[0], &mask) < 0) return V_NULL;
  ALLOW_THREADS_BEGIN(t)
  err = sigwait(&mask, &signum);
  ALLOW_THREADS_END
  return err ? os_error(t, err) : v_from_smi(signum);
}

static Value from_siginfo(Thread *t, const siginfo_t *si) {
  Value items[7] = {v_from_smi(si->si_signo), v_from_smi(si->si_code), v_from_smi(si->si_errno), int_from_i64(t, si->si_pid),
                    int_from_u64(t, si->si_uid), v_from_smi(si->si_status), int_from_i64(t, si->si_band)};
  return structseq_new(t, siginfo_type, items, 7);
}

// Waits for one of `mask` until the deadline (deadline.h). None after it.
static Value wait_for(Thread *t, const sigset_t *mask, int64_t deadline) {
  for (;;) {
    siginfo_t si;
    int r, err;
    int64_t left = deadline_left(deadline);
    struct timespec ts = {left / NS_PER_SECOND, left % NS_PER_SECOND};
    ALLOW_THREADS_BEGIN(t)
    r = left < 0 ? sigwaitinfo(mask, &si) : sigtimedwait(mask, &si, &ts);
    err = errno;
    ALLOW_THREADS_END
    if (r >= 0) return from_siginfo(t, &si);
    if (err == EAGAIN && left >= 0) return V_NONE;
    if (err != EINTR) return os_error(t, err);
    if (safepoint(t) < 0) return V_NULL;
  }
}

FN(sigwaitinfo) {
  UNUSED;
  sigset_t mask;
  return signal_mask_from(t, args[0], &mask) < 0 ? V_NULL : wait_for(t, &mask, DEADLINE_NEVER);
}

FN(sigtimedwait) {
  UNUSED;
  sigset_t mask;
  int64_t ns;
  if (signal_mask_from(t, args[0], &mask) < 0 || module_seconds_as_ns(t, args[1], &ns) < 0) return V_NULL;
  if (ns < 0) return raise_value_error(t, "timeout must be non-negative");
  return wait_for(t, &mask, deadline_in(ns));
}

FN(pidfd_send_signal) {
  UNUSED;
  int fd = as_int(t, args[0]);
  if (fd == -1 && error_pending(t)) return V_NULL;
  int signum = as_int(t, args[1]);
  if (signum == -1 && error_pending(t)) return V_NULL;
  int64_t flags = v_is_absent(args[3]) ? 0 : number_as_i64(t, args[3]);
  if (flags == -1 && error_pending(t)) return V_NULL;
  if (!v_is_absent_or_none(args[2])) return raise_type_error(t, "siginfo must be None");
  return syscall(SYS_pidfd_send_signal, fd, signum, NULL, (unsigned)flags) < 0 ? os_error(t, errno) : V_NONE;
}

static const NativeDef functions[] = {
    {"default_int_handler($module, signalnum, frame, /)", signal_default_int_handler,
     "What SIGINT does unless told otherwise: raises KeyboardInterrupt.", 0},
    {"signal($module, signalnum, handler, /)", signal_signal,
     "Says what happens at a signal: a function, SIG_IGN or SIG_DFL. Returns what did before.", 0},
    {"getsignal($module, signalnum, /)", signal_getsignal, "Return the current action for the given signal; None: it was not installed from Python.", 0},
    {"raise_signal($module, signalnum, /)", signal_raise_signal, "Signals this very process.", 0},
    {"strsignal($module, signalnum, /)", signal_strsignal, "The system's words for the signal, or None.", 0},
    {"siginterrupt($module, signalnum, flag, /)", signal_siginterrupt, "Change system call restart behaviour: True interrupts, False restarts.", 0},
    {"set_wakeup_fd(fd, /, *, warn_on_full_buffer=True)", signal_set_wakeup_fd,
     "Names the file descriptor that gets a byte for each signal; returns the one before.", NATIVE_NO_SIGNATURE},
    {"valid_signals($module, /)", signal_valid_signals, "All signal numbers that can be used here.", 0},
    {"alarm($module, seconds, /)", signal_alarm, "Has SIGALRM sent once these seconds are over; 0 cancels.", 0},
    {"setitimer($module, which, seconds, interval=0.0, /)", signal_setitimer, "Starts a timer that sends a signal, once or at an interval.", 0},
    {"getitimer($module, which, /)", signal_getitimer, "The time left and the interval of a timer.", 0},
    {"pause($module, /)", signal_pause, "Sleeps until a signal has been handled.", 0},
    {"pthread_kill($module, thread_id, signalnum, /)", signal_pthread_kill, "Signals one thread of this process.", 0},
    {"pthread_sigmask($module, how, mask, /)", signal_pthread_sigmask, "Changes which signals this thread blocks; returns those it did before.", 0},
    {"sigpending($module, /)", signal_sigpending, "The signals that have come but are blocked.", 0},
    {"sigwait($module, sigset, /)", signal_sigwait, "Wait for a signal; its number is returned.", 0},
    {"sigwaitinfo($module, sigset, /)", signal_sigwaitinfo, "Takes one of the signals, waiting for it if need be, and tells about it.", 0},
    {"sigtimedwait($module, sigset, timeout, /)", signal_sigtimedwait, "Waits for one of the signals, but only for so many seconds.", 0},
    {"pidfd_send_signal($module, pidfd, signalnum, siginfo=None, flags=0, /)", signal_pidfd_send_signal, "Signals the process behind a pid file descriptor.", 0},
    {0},
};

static const struct { const char *name; int number; } constants[] = {
    {"NSIG", SIGNAL_COUNT}, {"SIG_DFL", 0}, {"SIG_IGN", 1}, {"SIG_BLOCK", SIG_BLOCK}, {"SIG_UNBLOCK", SIG_UNBLOCK}, {"SIG_SETMASK", SIG_SETMASK},
    {"SIGHUP", SIGHUP}, {"SIGINT", SIGINT}, {"SIGQUIT", SIGQUIT}, {"SIGILL", SIGILL}, {"SIGTRAP", SIGTRAP}, {"SIGIOT", SIGIOT}, {"SIGABRT", SIGABRT},
    {"SIGFPE", SIGFPE}, {"SIGKILL", SIGKILL}, {"SIGBUS", SIGBUS}, {"SIGSEGV", SIGSEGV}, {"SIGSYS", SIGSYS}, {"SIGPIPE", SIGPIPE}, {"SIGALRM", SIGALRM},
    {"SIGTERM", SIGTERM}, {"SIGUSR1", SIGUSR1}, {"SIGUSR2", SIGUSR2}, {"SIGCLD", SIGCHLD}, {"SIGCHLD", SIGCHLD}, {"SIGPWR", SIGPWR}, {"SIGIO", SIGIO},
    {"SIGURG", SIGURG}, {"SIGWINCH", SIGWINCH}, {"SIGPOLL", SIGPOLL}, {"SIGSTOP", SIGSTOP}, {"SIGTSTP", SIGTSTP}, {"SIGCONT", SIGCONT},
    {"SIGTTIN", SIGTTIN}, {"SIGTTOU", SIGTTOU}, {"SIGVTALRM", SIGVTALRM}, {"SIGPROF", SIGPROF}, {"SIGXCPU", SIGXCPU}, {"SIGXFSZ", SIGXFSZ},
    {"SIGSTKFLT", SIGSTKFLT}, {"ITIMER_REAL", ITIMER_REAL}, {"ITIMER_VIRTUAL", ITIMER_VIRTUAL}, {"ITIMER_PROF", ITIMER_PROF},
};

// --- Start ----------------------------------------------------------------------------------------------------------------------------------

// What is installed already; broken pipes and file size limits become errors of write().
static int adopt_handlers(Thread *t, Value m) {
  struct sigaction sa;
  install(SIGPIPE, SIG_IGN);
  install(SIGXFSZ, SIG_IGN);
  for (int i = 1; i < SIGNAL_COUNT; i++)
    handlers[i] = sigaction(i, NULL, &sa) < 0 ? V_NONE : sa.sa_handler == SIG_DFL ? v_from_smi(0) : sa.sa_handler == SIG_IGN ? v_from_smi(1) : V_NONE;
  if (dict_get_cstr(t, v_dict(module_dict(m)), "default_int_handler", &default_handler) <= 0) return -1;
  if (is_action(handlers[SIGINT], 0)) {
    handlers[SIGINT] = v_own(t, default_handler);
    install(SIGINT, on_signal);
  }
  return 0;
}

static int signal_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"si_signo", "signal number"}, {"si_code", "signal code"},
                                          {"si_errno", "The error number that comes with the signal"},
                                          {"si_pid", "sending process ID"}, {"si_uid", "Real user id of the process that sent it"},
                                          {"si_status", "exit value or signal"},
                                          {"si_band", "What SIGPOLL tells about the event."}, {NULL, NULL}};
  static const StructSeqDef def = {"signal.struct_siginfo", "What sigwaitinfo and sigtimedwait tell about a signal: a tuple with names.", fields, 7};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].number) < 0) return -1;
  siginfo_type = structseq_new_type(t, &def);
  itimer_error = module_new_exception(t, "signal", "itimer_error", &exc_OSError, NULL);
  if (!siginfo_type || v_is_null(itimer_error) || module_add(t, m, "struct_siginfo", v_own_obj(t, siginfo_type)) < 0 ||
      module_add(t, m, "ItimerError", v_own(t, itimer_error)) < 0 || module_add_int(t, m, "SIGRTMIN", SIGRTMIN) < 0 ||
      module_add_int(t, m, "SIGRTMAX", SIGRTMAX) < 0 || adopt_handlers(t, m) < 0)
    return -1;
  Thread *main = t;
  for (uint32_t slot = 1; !main->is_main && slot <= thread_slot_high(); slot++) {
    Thread *other = thread_by_slot(slot);
    if (other && other->is_main) main = other;
  }
  aptr_store_rel(&main_thread, main);
  thread_interrupt_hook = simulate;
  breaker_register(BREAK_SIGNAL, run_handlers);
  thread_at_fork(forked);
  return 0;
}

// Start-up's call: the module's execution does it all.
static int start(Thread *t) {
  Value m = import_module(t, "_signal");
  v_drop(t, m);
  return v_is_null(m) ? -1 : 0;
}
__attribute__((constructor)) static void register_start(void) { runtime_signals_hook = start; }

const ModuleDef module__signal = {
    .name = "_signal",
    .doc = "Handlers for signals, timers and the set of blocked signals.",
    .functions = functions,
    .exec = signal_exec,
};
