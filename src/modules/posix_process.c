// posix: processes, users, the environment.
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "modules/process_hooks.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_lookup.h"
#include "system/sys_state.h"
#include "threading/mutex.h"
#include "threading/stw.h"

#define GETTER(name, call) POSIX(name) { POSIX_UNUSED; return int_from_i64(t, (int64_t)call()); }
GETTER(getpid, getpid)
GETTER(getppid, getppid)
GETTER(getuid, getuid)
GETTER(geteuid, geteuid)
GETTER(getgid, getgid)
GETTER(getegid, getegid)
GETTER(getpgrp, getpgrp)
static Value group_of(Thread *t, Value arg, pid_t (*call)(pid_t)) {
  int pid;
  if (posix_int(t, arg, &pid) < 0) return V_NULL;
  pid_t group = call(pid);
  return group < 0 ? posix_status(t, -1) : v_from_smi(group);
}
POSIX(getsid) { POSIX_UNUSED; return group_of(t, args[0], getsid); }
POSIX(getpgid) { POSIX_UNUSED; return group_of(t, args[0], getpgid); }
POSIX(setsid) { POSIX_UNUSED; return posix_status(t, setsid() < 0 ? -1 : 0); }
POSIX(setpgid) {
  POSIX_UNUSED;
  int pid, group;
  return posix_int(t, args[0], &pid) < 0 || posix_int(t, args[1], &group) < 0 ? V_NULL : posix_status(t, setpgid(pid, group));
}

POSIX(kill) {
  POSIX_UNUSED;
  int pid, sig;
  if (posix_int(t, args[0], &pid) < 0 || posix_int(t, args[1], &sig) < 0) return V_NULL;
  if (sys_audit_args(t, "os.kill", args, 2) < 0) return V_NULL;
  if (kill(pid, sig) < 0) return posix_status(t, -1);
  // A signal to ourselves runs its handler before the next line.
  return safepoint(t) < 0 ? V_NULL : V_NONE;
}
POSIX(killpg) {
  POSIX_UNUSED;
  int group, sig;
  return posix_int(t, args[0], &group) < 0 || posix_int(t, args[1], &sig) < 0 ? V_NULL : posix_status(t, killpg(group, sig));
}
POSIX(abort) { POSIX_UNUSED; abort(); }
POSIX(_exit) {
  POSIX_UNUSED;
  int status;
  if (posix_int(t, args[0], &status) < 0) return V_NULL;
  _exit(status);
}

// --- fork, exec, wait -----------------------------------------------------------------------------------------------------------------------

static Value before_fork, after_parent, after_child;   // lists of callables, made by register_at_fork; under their own locks

static void run_hooks(Thread *t, Value list, bool reverse) {
  for (int64_t n = v_is_null(list) ? 0 : list_length(v_list(list)), i = 0; i < n; i++) {
    Value f = list_get(t, v_list(list), reverse ? n - 1 - i : i);
    Value r = v_is_null(f) ? V_NULL : object_call0(t, f);
    if (v_is_null(r)) error_write_unraisable(t, NULL, f);
    v_drop(t, r);
    v_drop(t, f);
  }
}

int process_fork(Thread *t) {
  run_hooks(t, before_fork, true);
  mutex_lock(t, &type_mutex);   // no class is left half changed; with the world stopped nobody holds a raw mutex or an object's lock
  thread_before_fork(t);
  int pid = fork(), err = errno;
  if (pid == 0) thread_after_fork(t);
  else thread_after_fork_parent(t);
  mutex_unlock(&type_mutex);
  run_hooks(t, pid == 0 ? after_child : after_parent, false);
  errno = err;
  return pid;
}

POSIX(fork) {
  POSIX_UNUSED;
  if (sys_audit(t, "os.fork", V_NULL) < 0) return V_NULL;
  int pid = process_fork(t);
  return pid < 0 ? posix_status(t, -1) : v_from_smi(pid);
}

static int add_hook(Thread *t, Value *list, Value f, const char *name) {
  if (v_is_absent(f)) return 0;
  if (!object_is_callable(f)) {
    raise_type_error(t, "'%s' must be callable, not %T", name, f);
    return -1;
  }
  stop_the_world(t);
  if (v_is_null(*list)) *list = list_new(t, 4);
  start_the_world(t);
  return v_is_null(*list) ? -1 : list_append(t, v_list(*list), f);
}
POSIX(register_at_fork) {
  POSIX_UNUSED;
  if (v_is_absent(args[0]) && v_is_absent(args[1]) && v_is_absent(args[2])) return raise_type_error(t, "At least one argument is required.");
  if (add_hook(t, &before_fork, args[0], "before") < 0 || add_hook(t, &after_child, args[1], "after_in_child") < 0 ||
      add_hook(t, &after_parent, args[2], "after_in_parent") < 0)
    return V_NULL;
  return V_NONE;
}

POSIX(waitpid) {
  POSIX_UNUSED;
  int pid, options, status = 0, r;
  if (posix_int(t, args[0], &pid) < 0 || posix_int(t, args[1], &options) < 0) return V_NULL;
  RETRIED(r, waitpid(pid, &status, options));
  return r < 0 ? posix_status(t, r) : tuple_from_stolen(t, (Value[]){v_from_smi(r), v_from_smi(status)}, 2);
}
POSIX(wait) {
  POSIX_UNUSED;
  Value a[] = {v_from_smi(-1), v_from_smi(0)};
  return posix_waitpid(t, self, a, 2, V_NULL);
}
#define STATUS(name, expression) \
  POSIX(name) { POSIX_UNUSED; int status; if (posix_int(t, args[0], &status) < 0) return V_NULL; return expression; }
STATUS(WIFEXITED, v_from_bool(WIFEXITED(status)))
STATUS(WIFSIGNALED, v_from_bool(WIFSIGNALED(status)))
STATUS(WIFSTOPPED, v_from_bool(WIFSTOPPED(status)))
STATUS(WIFCONTINUED, v_from_bool(WIFCONTINUED(status)))
STATUS(WCOREDUMP, v_from_bool(WCOREDUMP(status)))
STATUS(WEXITSTATUS, v_from_smi(WEXITSTATUS(status)))
STATUS(WTERMSIG, v_from_smi(WTERMSIG(status)))
STATUS(WSTOPSIG, v_from_smi(WSTOPSIG(status)))
STATUS(waitstatus_to_exitcode, WIFEXITED(status) ? v_from_smi(WEXITSTATUS(status)) : WIFSIGNALED(status) ? v_from_smi(-WTERMSIG(status))
       : raise_value_error(t, "invalid wait status: %d", status))

POSIX(system) {
  POSIX_UNUSED;
  Value keep;
  const char *command = fs_path_bytes(t, args[0], &keep);
  if (!command) return V_NULL;
  int r;
  ALLOW_THREADS_BEGIN(t)
  r = system(command);
  ALLOW_THREADS_END
  v_drop(t, keep);
  return v_from_smi(r);
}

// --- Environment ----------------------------------------------------------------------------------------------------------------------------

extern char **environ;
static Mutex environment_lock = MUTEX_INIT;   // putenv is not thread-safe

POSIX(putenv) {
  POSIX_UNUSED;
  Value keep1, keep2 = V_NULL;
  const char *name = fs_path_bytes(t, args[0], &keep1), *value = name ? fs_path_bytes(t, args[1], &keep2) : NULL;
  int r = 0;
  if (value && strchr(name, '=')) raise_value_error(t, "illegal environment variable name");
  else if (value) {
    raw_mutex_lock(&environment_lock);
    r = setenv(name, value, 1);
    raw_mutex_unlock(&environment_lock);
  }
  v_drop(t, keep1);
  v_drop(t, keep2);
  return error_pending(t) ? V_NULL : posix_status(t, r);
}
POSIX(unsetenv) {
  POSIX_UNUSED;
  Value keep;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  raw_mutex_lock(&environment_lock);
  int r = unsetenv(name);
  raw_mutex_unlock(&environment_lock);
  v_drop(t, keep);
  return posix_status(t, r);
}
static Value environment_dict(Thread *t) {
  Value d = dict_new(t);
  for (char **e = environ; e && *e && !v_is_null(d); e++) {
    const char *eq = strchr(*e, '=');
    if (!eq) continue;
    Value key = bytes_from(t, *e, (size_t)(eq - *e)), value = bytes_from(t, eq + 1, strlen(eq + 1)), old;
    if (v_is_null(key) || v_is_null(value) || dict_setdefault(t, v_dict(d), key, value, &old) < 0) v_clear(t, &d);
    else v_drop(t, old);
    v_drop(t, key);
    v_drop(t, value);
  }
  return d;
}

// --- System ---------------------------------------------------------------------------------------------------------------------------------

POSIX(strerror) {
  POSIX_UNUSED;
  int err;
  char buffer[256];
  if (posix_int(t, args[0], &err) < 0) return V_NULL;
  return str_from_cstr(t, strerror_r(err, buffer, sizeof buffer));
}
POSIX(urandom) {
  POSIX_UNUSED;
  int64_t n = number_as_i64(t, args[0]);
  if (n == -1 && error_pending(t)) return V_NULL;
  if (n < 0) return raise_value_error(t, "negative argument not allowed");
  Value r = bytes_new(t, n);
  for (int64_t at = 0; !v_is_null(r) && at < n;) {
    ssize_t got = getrandom(v_bytes(r)->data + at, (size_t)(n - at), 0);
    if (got < 0 && errno != EINTR) {
      v_drop(t, r);
      return posix_status(t, -1);
    }
    if (got > 0) at += got;
  }
  return r;
}
POSIX(cpu_count) { POSIX_UNUSED; long n = sysconf(_SC_NPROCESSORS_ONLN); return n < 1 ? V_NONE : int_from_i64(t, n); }
POSIX(getloadavg) {
  POSIX_UNUSED;
  double load[3];
  if (getloadavg(load, 3) != 3) return raise_error(t, &exc_OSError, "Load averages are unobtainable");
  return tuple_from_stolen(t, (Value[]){float_new(t, load[0]), float_new(t, load[1]), float_new(t, load[2])}, 3);
}
static Type *times_type, *uname_type;
POSIX(times) {
  POSIX_UNUSED;
  struct tms tms;
  clock_t elapsed = times(&tms);
  double ticks = (double)sysconf(_SC_CLK_TCK);
  Value items[5] = {float_new(t, (double)tms.tms_utime / ticks), float_new(t, (double)tms.tms_stime / ticks), float_new(t, (double)tms.tms_cutime / ticks),
                    float_new(t, (double)tms.tms_cstime / ticks), float_new(t, (double)elapsed / ticks)};
  return structseq_new(t, times_type, items, 5);
}
POSIX(uname) {
  POSIX_UNUSED;
  struct utsname u;
  if (uname(&u) < 0) return posix_status(t, -1);
  const char *parts[5] = {u.sysname, u.nodename, u.release, u.version, u.machine};
  Value items[5];
  for (int i = 0; i < 5; i++) items[i] = str_decode_fs(t, parts[i], strlen(parts[i]));
  return structseq_new(t, uname_type, items, 5);
}
POSIX(device_encoding) { POSIX_UNUSED; int fd; return posix_int(t, args[0], &fd) < 0 ? V_NULL : isatty(fd) ? str_from_cstr(t, "UTF-8") : V_NONE; }
POSIX(getlogin) {
  POSIX_UNUSED;
  char name[256];
  int err = getlogin_r(name, sizeof name);
  return err ? raise_errno(t, err, V_NULL, V_NULL) : str_decode_fs(t, name, strlen(name));
}
POSIX(getpriority) {
  POSIX_UNUSED;
  int which, who;
  if (posix_int(t, args[0], &which) < 0 || posix_int(t, args[1], &who) < 0) return V_NULL;
  errno = 0;
  int r = getpriority((unsigned)which, (id_t)who);
  return errno ? posix_status(t, -1) : v_from_smi(r);
}
POSIX(nice) {
  POSIX_UNUSED;
  int by;
  if (posix_int(t, args[0], &by) < 0) return V_NULL;
  errno = 0;
  int r = nice(by);
  return errno ? posix_status(t, -1) : v_from_smi(r);
}

const NativeDef posix_process_functions[] = {
    {"getpid()", posix_getpid, "The number of this process.", 0}, {"getppid()", posix_getppid, "The number of the process that started this one.", 0},
    {"getuid()", posix_getuid, "The user who started this process.", 0},
    {"geteuid()", posix_geteuid, "The user with whose rights this process runs.", 0},
    {"getgid()", posix_getgid, "The group that started this process.", 0},
    {"getegid()", posix_getegid, "The group with whose rights this process runs.", 0},
    {"getpgrp()", posix_getpgrp, "The process group of this process.", 0}, {"getsid(pid, /)", posix_getsid, "The session of a process.", 0},
    {"getpgid(pid)", posix_getpgid, "The process group of a process.", 0}, {"setsid()", posix_setsid, "Starts a session that this process leads.", 0},
    {"setpgid(pid, pgrp, /)", posix_setpgid, "Puts a process into a process group.", 0},
    {"kill(pid, signal, /)", posix_kill, "Sends a signal to a process.", 0},
    {"killpg(pgid, signal, /)", posix_killpg, "Sends a signal to all processes of a group.", 0},
    {"abort()", posix_abort, "Ends the process at once, by SIGABRT.", 0},
    {"_exit(status)", posix__exit, "Ends the process at once, with this status and no clean-up.", 0},
    {"fork()", posix_fork, "Makes a copy of this process; returns 0 in it and its number here.", 0},
    {"register_at_fork(*, before=None, after_in_child=None, after_in_parent=None)", posix_register_at_fork, "Names functions to be called around a fork.", 0},
    {"waitpid(pid, options, /)", posix_waitpid, "Waits for a child process; returns its number and status.", 0},
    {"wait()", posix_wait, "Waits until any child process ends; returns its number and status.", 0},
    {"WIFEXITED(status)", posix_WIFEXITED, "Whether the process ended by itself.", 0},
    {"WIFSIGNALED(status)", posix_WIFSIGNALED, "Whether a signal ended the process.", 0},
    {"WIFSTOPPED(status)", posix_WIFSTOPPED, "Whether the process was stopped.", 0},
    {"WIFCONTINUED(status)", posix_WIFCONTINUED, "Whether the process was let go on.", 0},
    {"WCOREDUMP(status, /)", posix_WCOREDUMP, "Whether the process left a core file behind.", 0},
    {"WEXITSTATUS(status)", posix_WEXITSTATUS, "The code that the process ended with.", 0},
    {"WTERMSIG(status)", posix_WTERMSIG, "The signal that ended the process.", 0},
    {"WSTOPSIG(status)", posix_WSTOPSIG, "The signal that stopped the process.", 0},
    {"waitstatus_to_exitcode(status)", posix_waitstatus_to_exitcode, "Turns what wait returned into an exit code, negative for a signal.", 0},
    {"system(command)", posix_system, "Has the shell run the command; returns its wait status.", 0},
    {"putenv(name, value, /)", posix_putenv, "Gives a variable of the environment a value.", 0},
    {"unsetenv(name, /)", posix_unsetenv, "Takes a variable out of the environment.", 0},
    {"strerror(code, /)", posix_strerror, "The system's words for an error number.", 0},
    {"urandom(size, /)", posix_urandom, "That many random bytes, good enough for secrets.", 0},
    {"cpu_count()", posix_cpu_count, "How many processors the machine has, or None.", 0},
    {"getloadavg()", posix_getloadavg, "How many processes wanted to run, on average of 1, 5 and 15 minutes.", 0},
    {"times()", posix_times, "The processor time of this process and its children, and the time of day.", 0},
    {"uname()", posix_uname, "Name, release and kind of the system that runs here.", 0},
    {"device_encoding(fd)", posix_device_encoding, "The encoding of the terminal behind a file descriptor, or None.", 0},
    {"getlogin()", posix_getlogin, "The name the user logged in with.", 0},
    {"getpriority(which, who)", posix_getpriority, "The niceness of some processes.", 0},
    {"nice(increment, /)", posix_nice, "Adds to the niceness of this process; returns the new one.", 0},
    {0},
};

int posix_process_init(Thread *t, Value m) {
  static const StructSeqField times_fields[] = {{"user", "user time"}, {"system", "system time"},
                                                {"children_user", "Time the children spent in their own code"},
      {"children_system", "Time the system spent for the children"}, {"elapsed", "Time on the clock, from some fixed moment"}, {NULL, NULL}};
  static const StructSeqDef times_def = {"posix.times_result", "Times of a process: a tuple with names.", times_fields, 5};
  static const StructSeqField uname_fields[] = {{"sysname", "Name of the system"}, {"nodename", "Name of the machine in the network"},
                                                {"release", "Release of the system"},
      {"version", "Version of the system"}, {"machine", "hardware identifier"}, {NULL, NULL}};
  static const StructSeqDef uname_def = {"posix.uname_result", "What uname tells: a tuple with names.", uname_fields, 5};
  times_type = structseq_new_type(t, &times_def);
  uname_type = structseq_new_type(t, &uname_def);
  if (!times_type || !uname_type || module_add(t, m, "times_result", v_own_obj(t, times_type)) < 0 || module_add(t, m, "uname_result", v_own_obj(t, uname_type)) < 0) return -1;
  return module_add(t, m, "environ", environment_dict(t));
}
