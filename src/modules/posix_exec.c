// posix: starting other programs, in place of this one or beside it.
#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "modules/signal_mask.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

// --- Arguments and environment ----------------------------------------------------------------------------------------------------------

static void strings_free(char **strings) {
  for (char **s = strings; s && *s; s++) free(*s);
  free(strings);
}

static char *copied(Thread *t, Value v) {
  Value keep;
  const char *s = fs_path_bytes(t, v, &keep);
  char *copy = s ? strdup(s) : NULL;
  if (s && !copy) raise_no_memory(t);
  v_drop(t, keep);
  return copy;
}

// What a program gets as argv: a malloc'd array of malloc'd strings, ended by NULL; NULL with an exception. caller: how messages begin, "execv() arg 2".
static char **arguments(Thread *t, Value argv, const char *caller) {
  bool is_list = v_is_list(argv);
  if (!is_list && !v_is_tuple(argv)) {
    raise_type_error(t, "%s must be a tuple or list", caller);
    return NULL;
  }
  Value items = object_to_list(t, argv);   // a list may change meanwhile
  if (v_is_null(items)) return NULL;
  int64_t n = list_length(v_list(items));
  char **out = n ? calloc((size_t)n + 1, sizeof *out) : NULL;
  if (!n) raise_value_error(t, "%s must not be empty", caller);
  else if (!out) raise_no_memory(t);
  for (int64_t i = 0; out && i < n; i++) {
    Value item = list_get(t, v_list(items), i);
    out[i] = copied(t, item);
    v_drop(t, item);
    if (!out[i]) break;
  }
  v_drop(t, items);
  if (!error_pending(t) && !out[0][0]) raise_value_error(t, "%s first element cannot be empty", caller);
  if (!error_pending(t)) return out;
  strings_free(out);
  return NULL;
}

static char *variable(Thread *t, Value key, Value value) {
  char *name = copied(t, key), *text = name ? copied(t, value) : NULL, *both = NULL;
  if (text && (!*name || strchr(name + 1, '='))) raise_value_error(t, "illegal environment variable name");
  else if (text && asprintf(&both, "%s=%s", name, text) < 0) {
    both = NULL;
    raise_no_memory(t);
  }
  free(name);
  free(text);
  return both;
}

// env's keys and values as lists, owned. False: an exception is set.
static bool pairs(Thread *t, Value env, Value *keys, Value *values) {
  Value k = object_call_method0(t, env, str_intern_cstr(t, "keys")), v = v_is_null(k) ? V_NULL : object_call_method0(t, env, str_intern_cstr(t, "values"));
  *keys = v_is_null(v) ? V_NULL : object_to_list(t, k);
  *values = v_is_null(*keys) ? V_NULL : object_to_list(t, v);
  v_drop(t, k);
  v_drop(t, v);
  return !v_is_null(*values);
}

// The mapping as an array of "NAME=VALUE"; as `arguments` otherwise.
static char **environment(Thread *t, Value env, const char *caller) {
  if (!v_type(env)->slots.getitem) {
    raise_type_error(t, "%s: environment must be a mapping object", caller);
    return NULL;
  }
  int64_t size = object_length(t, env);
  if (size < 0) return NULL;
  Value keys = V_NULL, values = V_NULL;
  char **out = NULL;
  if (pairs(t, env, &keys, &values)) {
    int64_t n = list_length(v_list(keys)), m = list_length(v_list(values));
    n = n < m ? n : m;
    out = calloc((size_t)n + 1, sizeof *out);
    if (!out) raise_no_memory(t);
    for (int64_t i = 0; out && i < n; i++) {
      Value key = list_get(t, v_list(keys), i), value = list_get(t, v_list(values), i);
      out[i] = variable(t, key, value);
      v_drop(t, key);
      v_drop(t, value);
      if (!out[i]) break;
    }
  }
  v_drop(t, keys);
  v_drop(t, values);
  if (!error_pending(t)) return out;
  strings_free(out);
  return NULL;
}

// --- exec ---------------------------------------------------------------------------------------------------------------------------------

POSIX(execv) {
  POSIX_UNUSED;
  PathArg p;
  if (path_arg(t, args[0], "execv", false, false, &p) < 0) return V_NULL;
  char **argv = arguments(t, args[1], "execv() arg 2");
  Value r = V_NULL;
  if (argv && sys_audit_args(t, "os.exec", (Value[]){args[0], args[1], V_NONE}, 3) == 0) {
    execv(p.name, argv);
    r = posix_status(t, -1);
  }
  strings_free(argv);
  path_release(t, &p);
  return r;
}

POSIX(execve) {
  POSIX_UNUSED;
  PathArg p;
  if (path_arg(t, args[0], "execve", true, false, &p) < 0) return V_NULL;
  char **argv = NULL, **env = NULL;
  Value r = V_NULL;
  if (!v_is_list(args[1]) && !v_is_tuple(args[1])) raise_type_error(t, "execve: argv must be a tuple or list");
  else if (!v_type(args[2])->slots.getitem) raise_type_error(t, "execve: environment must be a mapping object");
  else if ((argv = arguments(t, args[1], "execve: argv")) != NULL) env = environment(t, args[2], "execve");
  if (env && sys_audit_args(t, "os.exec", args, 3) == 0) {
    if (p.name) execve(p.name, argv, env);
    else fexecve(p.fd, argv, env);
    r = path_error(t, &p);
  }
  strings_free(argv);
  strings_free(env);
  path_release(t, &p);
  return r;
}

// --- posix_spawn --------------------------------------------------------------------------------------------------------------------------

static bool check_size(Thread *t, const Tuple *action, int64_t n, const char *name) {
  if (action->length == n) return true;
  raise_type_error(t, "A %s file_action tuple must have %lld elements", name, (long long)n);
  return false;
}

// An item that is a C int, the way CPython's tuple parser reads one.
static bool action_int(Thread *t, const Tuple *action, int64_t i, int *out) {
  Value index = number_index(t, action->items[i]);
  if (v_is_null(index)) return false;
  int64_t n;
  bool fits = int_as_i64(index, &n);
  v_drop(t, index);
  if (!fits) raise_overflow(t, "Python int too large to convert to C long");
  else if (n > INT_MAX || n < INT_MIN) raise_overflow(t, n > 0 ? "signed integer is greater than maximum" : "signed integer is less than minimum");
  *out = (int)n;
  return !error_pending(t);
}

static bool finish_action(Thread *t, int err) {
  if (err) raise_errno(t, err, V_NULL, V_NULL);
  return err == 0;
}

// *held: what keeps the path alive until the program has been started.
static bool add_open(Thread *t, const Tuple *action, posix_spawn_file_actions_t *actions, Value held) {
  int fd, flags;
  Value keep;
  if (!check_size(t, action, 5, "open") || !action_int(t, action, 1, &fd)) return false;
  const char *path = fs_path_bytes(t, action->items[2], &keep);
  if (!path) return false;
  bool ok = list_append(t, v_list(held), keep) == 0 && action_int(t, action, 3, &flags);
  v_drop(t, keep);
  if (!ok) return false;
  int64_t mode = number_as_i64(t, action->items[4]);
  if (mode == -1 && error_pending(t)) return false;
  return finish_action(t, posix_spawn_file_actions_addopen(actions, fd, path, flags, (mode_t)mode));
}

static bool add_action(Thread *t, Value item, posix_spawn_file_actions_t *actions, Value held) {
  if (!v_is_tuple(item) || v_tuple(item)->length == 0) {
    raise_type_error(t, "Each file_actions element must be a non-empty tuple");
    return false;
  }
  const Tuple *action = v_tuple(item);
  int kind, fd, to;
  if (!action_int(t, action, 0, &kind)) return false;
  switch (kind) {
    case POSIX_SPAWN_OPEN: return add_open(t, action, actions, held);
    case POSIX_SPAWN_CLOSE:
      return check_size(t, action, 2, "close") && action_int(t, action, 1, &fd) && finish_action(t, posix_spawn_file_actions_addclose(actions, fd));
    case POSIX_SPAWN_DUP2:
      return check_size(t, action, 3, "dup2") && action_int(t, action, 1, &fd) && action_int(t, action, 2, &to) &&
             finish_action(t, posix_spawn_file_actions_adddup2(actions, fd, to));
    default: raise_type_error(t, "Unknown file_actions identifier"); return false;
  }
}

static bool add_actions(Thread *t, Value sequence, posix_spawn_file_actions_t *actions, Value held) {
  if (v_is_absent_or_none(sequence)) return true;
  if (!v_is_list(sequence) && !v_is_tuple(sequence) && !v_type(sequence)->slots.iter && !v_type(sequence)->slots.getitem) {
    raise_type_error(t, "file_actions must be a sequence or None");
    return false;
  }
  Value items = object_to_list(t, sequence);
  if (v_is_null(items)) return false;
  bool ok = true;
  for (int64_t i = 0; ok && i < list_length(v_list(items)); i++) {
    Value item = list_get(t, v_list(items), i);
    ok = add_action(t, item, actions, held);
    v_drop(t, item);
  }
  v_drop(t, items);
  return ok;
}

static bool set_scheduler(Thread *t, Value scheduler, posix_spawnattr_t *attributes, int *flags) {
  struct sched_param param;
  int policy = 0;
  if (!v_is_tuple(scheduler)) {
    raise_system_error(t, "new style getargs format but argument is not a tuple");
    return false;
  }
  const Tuple *pair = v_tuple(scheduler);
  if (pair->length != 2) {
    raise_type_error(t, "A scheduler tuple must have two elements");
    return false;
  }
  if (posix_sched_param(t, pair->items[1], &param) < 0) return false;
  if (!v_is_none(pair->items[0])) {
    if (posix_int(t, pair->items[0], &policy) < 0 || !finish_action(t, posix_spawnattr_setschedpolicy(attributes, policy))) return false;
    *flags |= POSIX_SPAWN_SETSCHEDULER;
  }
  *flags |= POSIX_SPAWN_SETSCHEDPARAM;
  return finish_action(t, posix_spawnattr_setschedparam(attributes, &param));
}

// The arguments behind file_actions: setpgroup, resetids, setsid, setsigmask, setsigdef, scheduler; absent where not given.
static bool set_attributes(Thread *t, const Value *args, posix_spawnattr_t *attributes) {
  int flags = 0, reset = 0, session = 0;
  sigset_t mask;
  if (!v_is_absent(args[1]) && posix_int(t, args[1], &reset) < 0) return false;
  if (!v_is_absent(args[2]) && posix_int(t, args[2], &session) < 0) return false;
  if (!v_is_absent(args[0])) {
    int64_t group = number_as_i64(t, args[0]);
    if ((group == -1 && error_pending(t)) || !finish_action(t, posix_spawnattr_setpgroup(attributes, (pid_t)group))) return false;
    flags |= POSIX_SPAWN_SETPGROUP;
  }
  if (reset) flags |= POSIX_SPAWN_RESETIDS;
  if (session) flags |= POSIX_SPAWN_SETSID;
  if (!v_is_absent(args[3])) {
    if (signal_mask_from(t, args[3], &mask) < 0 || !finish_action(t, posix_spawnattr_setsigmask(attributes, &mask))) return false;
    flags |= POSIX_SPAWN_SETSIGMASK;
  }
  if (!v_is_absent(args[4])) {
    if (signal_mask_from(t, args[4], &mask) < 0 || !finish_action(t, posix_spawnattr_setsigdefault(attributes, &mask))) return false;
    flags |= POSIX_SPAWN_SETSIGDEF;
  }
  if (!v_is_absent(args[5]) && !set_scheduler(t, args[5], attributes, &flags)) return false;
  return finish_action(t, posix_spawnattr_setflags(attributes, (short)flags));
}

typedef int (*SpawnFn)(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *, char *const[], char *const[]);

static Value spawn(Thread *t, const Value *args, const char *function, SpawnFn call) {
  char caller[32];
  snprintf(caller, sizeof caller, "%s: argv", function);
  PathArg p;
  if (path_arg(t, args[0], function, false, false, &p) < 0) return V_NULL;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  Value held = list_new(t, 0), r = V_NULL;
  char **argv = NULL, **env = NULL;
  if (v_is_list(args[1]) || v_is_tuple(args[1])) {
    if (object_length(t, args[1]) > 0 && !v_type(args[2])->slots.getitem) raise_type_error(t, "%s: environment must be a mapping object", function);
  }
  if (!error_pending(t) && !v_is_null(held) && (argv = arguments(t, args[1], caller)) != NULL) env = environment(t, args[2], function);
  if (env && add_actions(t, args[3], &actions, held) && set_attributes(t, args + 4, &attributes) && sys_audit_args(t, "os.posix_spawn", args, 3) == 0) {
    pid_t pid;
    int err;
    ALLOW_THREADS_BEGIN(t)
    err = call(&pid, p.name, &actions, &attributes, argv, env);
    ALLOW_THREADS_END
    r = err ? raise_errno(t, err, args[0], V_NULL) : v_from_smi(pid);
  }
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  v_drop(t, held);
  strings_free(argv);
  strings_free(env);
  path_release(t, &p);
  return r;
}

POSIX(posix_spawn) { POSIX_UNUSED; return spawn(t, args, "posix_spawn", posix_spawn); }
POSIX(posix_spawnp) { POSIX_UNUSED; return spawn(t, args, "posix_spawnp", posix_spawnp); }

#define SPAWN_ARGUMENTS "(path, argv, env, /, *, file_actions=(), setpgroup=0, resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None)"
const NativeDef posix_exec_functions[] = {
    {"execv(path, argv, /)", posix_execv, "Runs another program in place of this one.", 0},
    {"execve(path, argv, env)", posix_execve, "Runs another program in place of this one.", 0},
    {"posix_spawn" SPAWN_ARGUMENTS, posix_posix_spawn, "Starts a program as a new process.", NATIVE_NO_SIGNATURE},
    {"posix_spawnp" SPAWN_ARGUMENTS, posix_posix_spawnp, "Starts a program found by way of PATH as a new process.", NATIVE_NO_SIGNATURE},
    {0},
};
