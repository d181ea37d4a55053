// _posixsubprocess: fork_exec, which starts a program in a child process for subprocess.
//
// The child makes only async-signal-safe calls between fork and exec, on data prepared before: other threads may have held any lock, and after
// vfork it even shares our memory and stack. Only a preexec_fn runs Python code there, after an ordinary fork with its hooks. What goes wrong
// in the child is written to the error pipe as "OSError:errno in hex:phase", which subprocess reads.
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "modules/process_hooks.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

// What the child does, in plain C.
typedef struct Plan {
  char **argv, **programs, **env;      // malloc'd, NULL-terminated; env NULL: inherited
  Value cwd_keep;
  const char *cwd;
  int *keep;                           // descriptors that stay open, ascending, without the error pipe's
  int64_t keep_count;
  int p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write;
  bool close_fds, restore_signals, new_session;
  int process_group, umask;
  bool set_gid, set_groups, set_uid;
  gid_t gid, *groups;
  size_t group_count;
  uid_t uid;
  const sigset_t *signal_mask;         // after vfork: all signals are blocked, and this is what the program shall have
} Plan;

// --- In the child -------------------------------------------------------------------------------------------------------------------
// Async-signal-safe from here on, but for preexec_fn.

static void close_quietly(int fd) {
  if (fd >= 0) close(fd);
}

static void close_range_from(int first, int last) {
  if (syscall(SYS_close_range, (unsigned)first, (unsigned)last, 0) == 0) return;
  long limit = sysconf(_SC_OPEN_MAX);
  if (last >= limit) last = (int)limit - 1;
  for (int fd = first; fd <= last; fd++) close(fd);
}

// Closes all from 3 on that are not kept; `keep` and the error pipe are merged on the way.
static void close_others(const Plan *p) {
  int first = 3;
  bool pipe_done = false;
  for (int64_t i = 0; i <= p->keep_count; i++) {
    int next = i < p->keep_count ? p->keep[i] : INT32_MAX;
    if (!pipe_done && p->errpipe_write <= next) {
      pipe_done = true;
      if (p->errpipe_write >= first) {
        if (p->errpipe_write > first) close_range_from(first, p->errpipe_write - 1);
        first = p->errpipe_write + 1;
      }
    }
    if (next < first) continue;
    if (next > first) close_range_from(first, next - 1);
    if (next == INT32_MAX) break;
    first = next + 1;
  }
}

static int set_inheritable(int fd) {
  int flags = fcntl(fd, F_GETFD);
  return flags < 0 ? -1 : fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC);
}

// Puts the pipes' ends at 0, 1 and 2. dup2 clears close-on-exec, but does nothing when a descriptor already stands where it should.
static int place_streams(Plan *p) {
  if (p->c2pwrite == 0 && (p->c2pwrite = fcntl(0, F_DUPFD_CLOEXEC, 3)) < 0) return -1;   // else they would be overwritten
  while (p->errwrite == 0 || p->errwrite == 1)
    if ((p->errwrite = fcntl(p->errwrite, F_DUPFD_CLOEXEC, 3)) < 0) return -1;
  const int from[] = {p->p2cread, p->c2pwrite, p->errwrite};
  for (int to = 0; to < 3; to++) {
    if (from[to] == to) {
      if (set_inheritable(to) < 0) return -1;
    } else if (from[to] >= 0 && dup2(from[to], to) < 0) {
      return -1;
    }
  }
  return 0;
}

static void restore_default_signals(void) {
  static const int ignored_by_python[] = {SIGPIPE, SIGXFSZ};
  for (size_t i = 0; i < sizeof ignored_by_python / sizeof *ignored_by_python; i++) signal(ignored_by_python[i], SIG_DFL);
}

// Handlers of ours must not run in a child that shares our memory: they go before signals may come.
static void release_signals(const sigset_t *mask) {
  for (int number = 1; number < NSIG; number++) {
    struct sigaction action;
    if (number == SIGKILL || number == SIGSTOP || sigaction(number, NULL, &action) < 0) continue;
    if (action.sa_handler == SIG_IGN || action.sa_handler == SIG_DFL) continue;
    action = (struct sigaction){.sa_handler = SIG_DFL};
    sigaction(number, &action, NULL);
  }
  sigprocmask(SIG_SETMASK, mask, NULL);
}

// "" or the phase that failed, errno set. Returns only on failure.
static const char *prepare(Plan *p) {
  close_quietly(p->p2cwrite);
  close_quietly(p->c2pread);
  close_quietly(p->errread);
  close_quietly(p->errpipe_read);
  for (int64_t i = 0; i < p->keep_count; i++)   // these survive exec
    if (p->keep[i] != p->errpipe_write && set_inheritable(p->keep[i]) < 0) return "";
  if (place_streams(p) < 0) return "";
  if (p->cwd && chdir(p->cwd) < 0) return "noexec";
  if (p->umask >= 0) umask((mode_t)p->umask);
  if (p->restore_signals) restore_default_signals();
  if (p->signal_mask) release_signals(p->signal_mask);
  if (p->new_session) setsid();
  if (p->process_group >= 0 && setpgid(0, p->process_group) < 0) return "";
  if (p->set_groups && syscall(SYS_setgroups, p->group_count, p->groups) < 0) return "";
  if (p->set_gid && syscall(SYS_setregid, p->gid, p->gid) < 0) return "";
  if (p->set_uid && syscall(SYS_setreuid, p->uid, p->uid) < 0) return "";
  return NULL;
}

static void execute(const Plan *p) {
  if (p->close_fds) close_others(p);
  int first_error = 0;
  for (char **program = p->programs; *program; program++) {
    execve(*program, p->argv, p->env ? p->env : environ);
    if (errno != ENOENT && errno != ENOTDIR && first_error == 0) first_error = errno;
  }
  if (first_error) errno = first_error;
}

static void write_all(int fd, const char *s, size_t n) {
  while (n) {
    ssize_t written = write(fd, s, n);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    s += written;
    n -= (size_t)written;
  }
}

// "OSError:<errno in hex>:<phase>".
static void report(int fd, int err, const char *phase) {
  char hex[16];
  size_t at = sizeof hex;
  for (unsigned e = (unsigned)err; e || at == sizeof hex; e >>= 4) hex[--at] = "0123456789ABCDEF"[e & 15];
  write_all(fd, "OSError:", 8);
  write_all(fd, hex + at, sizeof hex - at);
  write_all(fd, ":", 1);
  write_all(fd, phase, strlen(phase));
}

// t: for preexec_fn, which is V_NULL where there is none.
__attribute__((noreturn)) static void child(Plan *p, Thread *t, Value preexec) {
  const char *phase = prepare(p);
  if (!phase && !v_is_null(preexec)) {
    Value r = object_call0(t, preexec);
    if (v_is_null(r)) {
      static const char failed[] = "SubprocessError:0:Exception occurred in preexec_fn.";
      write_all(p->errpipe_write, failed, sizeof failed - 1);
      _exit(255);
    }
  }
  if (!phase) {
    execute(p);
    phase = "";
  }
  report(p->errpipe_write, errno, phase);
  _exit(255);
}

// --- In the parent ------------------------------------------------------------------------------------------------------------------

// After vfork the child borrows this very stack: kept out of fork_exec's frame.
__attribute__((noinline)) static pid_t start_vfork(Plan *p) {
  pid_t pid = vfork();
  if (pid == 0) child(p, NULL, V_NULL);
  return pid;
}

// Without preexec_fn nothing of ours runs in the child, so the other threads may go on meanwhile. Their signals wait: a handler must not run
// in a child that shares our memory.
static pid_t start_plain(Plan *p, bool allow_vfork) {
  // Changing ids for one thread in a shared memory is not vfork's business (glibc's set*id tells all threads).
  if (allow_vfork && !p->set_uid && !p->set_gid && !p->set_groups) {
    sigset_t all, old;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &old);
    p->signal_mask = &old;
    pid_t pid = start_vfork(p);
    int err = errno;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = err;
    return pid;
  }
  pid_t pid = fork();
  if (pid == 0) child(p, NULL, V_NULL);
  return pid;
}

static void free_strings(char **strings) {
  for (char **s = strings; s && *s; s++) free(*s);
  free(strings);
}

// A sequence of paths as C strings. NULL with an exception.
static char **take_strings(Thread *t, Value sequence) {
  Value list = object_to_list(t, sequence);
  if (v_is_null(list)) return NULL;
  int64_t n = list_length(v_list(list));
  char **out = calloc((size_t)n + 1, sizeof *out);
  if (!out) raise_no_memory(t);
  for (int64_t i = 0; out && i < n && !error_pending(t); i++) {
    Value item = list_get(t, v_list(list), i), keep;
    const char *s = v_is_null(item) ? "" : fs_path_bytes(t, item, &keep);
    if (s && !(out[i] = strdup(s))) raise_no_memory(t);
    if (s && !v_is_null(item)) v_drop(t, keep);
    v_drop(t, item);
  }
  v_drop(t, list);
  if (!error_pending(t)) return out;
  free_strings(out);
  return NULL;
}

// An ascending tuple of descriptors.
static int take_descriptors(Thread *t, Value v, Plan *p) {
  int64_t n = v_tuple(v)->length;
  p->keep = malloc(((size_t)n + 1) * sizeof *p->keep);
  if (!p->keep) {
    raise_no_memory(t);
    return -1;
  }
  for (int64_t i = 0, last = -1; i < n; i++) {
    Value item = v_tuple(v)->items[i];
    int64_t fd = v_is_int(item) && int_as_i64(item, &fd) ? fd : -1;
    if (fd < 0 || fd > INT32_MAX || fd <= last) {
      raise_value_error(t, "bad value(s) in fds_to_keep");
      return -1;
    }
    p->keep[i] = (int)(last = fd);
  }
  p->keep_count = n;
  return 0;
}

// None: nothing to set. 0, or -1 with an exception.
static int take_id(Thread *t, Value v, const char *kind, bool *set, uint32_t *id) {
  *set = !v_is_none(v);
  return *set ? posix_id(t, v, kind, id) : 0;
}

// Any number that is no group is a ValueError here.
static int group_id(Thread *t, Value v, uint32_t *id) {
  if (posix_id(t, v, "gid", id) == 0) return 0;
  error_clear(t);
  raise_value_error(t, "invalid group id");
  return -1;
}

static int take_groups(Thread *t, Value v, Plan *p) {
  if (v_is_none(v)) return 0;
  if (!v_is_list(v)) {
    raise_type_error(t, "setgroups argument must be a sequence");
    return -1;
  }
  Value list = object_to_list(t, v);
  if (v_is_null(list)) return -1;
  int64_t n = list_length(v_list(list));
  p->groups = malloc(((size_t)n + 1) * sizeof *p->groups);
  int r = p->groups ? 0 : -1;
  if (r < 0) raise_no_memory(t);
  for (int64_t i = 0; r == 0 && i < n; i++) {
    Value item = list_get(t, v_list(list), i);
    if (!v_is_int(item)) raise_type_error(t, "groups must be integers");
    r = error_pending(t) ? -1 : group_id(t, item, &p->groups[i]);
    v_drop(t, item);
  }
  v_drop(t, list);
  p->set_groups = true;
  p->group_count = (size_t)n;
  return r;
}

static int take_flag(Thread *t, Value v, bool *out) {
  int r = object_is_true(t, v);
  *out = r > 0;
  return r < 0 ? -1 : 0;
}

enum {
  ARGS, PROGRAMS, CLOSE_FDS, KEEP, CWD, ENV, P2CREAD, P2CWRITE, C2PREAD, C2PWRITE, ERRREAD, ERRWRITE, ERRPIPE_READ, ERRPIPE_WRITE,
  RESTORE_SIGNALS, NEW_SESSION, PROCESS_GROUP, GID, GROUPS, UID, UMASK, PREEXEC, ALLOW_VFORK
};

// Fills the plan from fork_exec's arguments; *preexec: V_NULL if None. 0, or -1 with an exception; plan_release in both cases.
static int plan_make(Thread *t, const Value *args, Plan *p) {
  int *const ends[] = {&p->p2cread, &p->p2cwrite, &p->c2pread, &p->c2pwrite, &p->errread, &p->errwrite, &p->errpipe_read, &p->errpipe_write};
  for (int i = 0; i < 8; i++)
    if (posix_int(t, args[P2CREAD + i], ends[i]) < 0) return -1;
  if (take_flag(t, args[CLOSE_FDS], &p->close_fds) < 0 || take_flag(t, args[RESTORE_SIGNALS], &p->restore_signals) < 0 ||
      take_flag(t, args[NEW_SESSION], &p->new_session) < 0 || posix_int(t, args[PROCESS_GROUP], &p->process_group) < 0 ||
      posix_int(t, args[UMASK], &p->umask) < 0)
    return -1;
  if (p->close_fds && p->errpipe_write < 3) {
    raise_value_error(t, "errpipe_write must be >= 3");
    return -1;
  }
  if (!v_is_tuple(args[KEEP])) {
    raise_type_error(t, "fork_exec() argument 4 must be tuple, not %T", args[KEEP]);
    return -1;
  }
  if (take_descriptors(t, args[KEEP], p) < 0) return -1;
  if (!v_is_none(args[CWD]) && !(p->cwd = fs_path_bytes(t, args[CWD], &p->cwd_keep))) return -1;
  if (!(p->programs = take_strings(t, args[PROGRAMS])) || !(p->argv = take_strings(t, args[ARGS]))) return -1;
  if (!v_is_none(args[ENV]) && !(p->env = take_strings(t, args[ENV]))) return -1;
  return take_groups(t, args[GROUPS], p) < 0 || take_id(t, args[GID], "gid", &p->set_gid, &p->gid) < 0 || take_id(t, args[UID], "uid", &p->set_uid, &p->uid) < 0 ? -1 : 0;
}

static void plan_release(Thread *t, Plan *p) {
  free_strings(p->argv);
  free_strings(p->programs);
  free_strings(p->env);
  free(p->keep);
  free(p->groups);
  v_drop(t, p->cwd_keep);
}

static Value fork_exec(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Plan p = {.process_group = -1, .umask = -1, .cwd_keep = V_NULL};
  Value preexec = v_is_none(args[PREEXEC]) ? V_NULL : args[PREEXEC], result = V_NULL;
  bool allow_vfork;
  if (plan_make(t, args, &p) == 0 && take_flag(t, args[ALLOW_VFORK], &allow_vfork) == 0) {
    pid_t pid = v_is_null(preexec) ? start_plain(&p, allow_vfork) : process_fork(t);
    if (pid == 0) child(&p, t, preexec);
    result = pid < 0 ? posix_status(t, -1) : v_from_smi(pid);
  }
  plan_release(t, &p);
  return result;
}

static const NativeDef functions[] = {
    {"fork_exec(args, executable_list, close_fds, pass_fds, cwd, env, p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, "
     "errpipe_write, restore_signals, call_setsid, pgid_to_set, gid, extra_groups, uid, child_umask, preexec_fn, allow_vfork, /)",
     fork_exec, "Starts the first program of a list that can be executed, in a child; its process id.", NATIVE_NO_SIGNATURE},
    {0},
};

const ModuleDef module__posixsubprocess = {.name = "_posixsubprocess", .doc = "Starting programs for subprocess.", .functions = functions};
