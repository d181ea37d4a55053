// resource: limits of a process and what it has used.
#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

static Type *rusage_type;

static double seconds(struct timeval tv) { return (double)tv.tv_sec + (double)tv.tv_usec * 1e-6; }

void resource_usage_items(Thread *t, const struct rusage *u, Value items[16]) {
  const long counts[] = {u->ru_maxrss, u->ru_ixrss,  u->ru_idrss,  u->ru_isrss,    u->ru_minflt, u->ru_majflt, u->ru_nswap,
                         u->ru_inblock, u->ru_oublock, u->ru_msgsnd, u->ru_msgrcv, u->ru_nsignals, u->ru_nvcsw,  u->ru_nivcsw};
  items[0] = float_new(t, seconds(u->ru_utime));
  items[1] = float_new(t, seconds(u->ru_stime));
  for (int i = 0; i < 14; i++) items[2 + i] = int_from_i64(t, counts[i]);
}

POSIX(getrusage) {
  POSIX_UNUSED;
  int who;
  struct rusage u;
  if (posix_int(t, args[0], &who) < 0) return V_NULL;
  if (getrusage(who, &u) < 0) return errno == EINVAL ? raise_value_error(t, "invalid who parameter") : posix_status(t, -1);
  Value items[16];
  resource_usage_items(t, &u, items);
  return structseq_new(t, rusage_type, items, 16);
}

static Value limits_value(Thread *t, const struct rlimit *r) {
  // RLIM_INFINITY shows as -1.
  return tuple_from_stolen(t, (Value[]){int_from_i64(t, (int64_t)r->rlim_cur), int_from_i64(t, (int64_t)r->rlim_max)}, 2);
}

// (soft, hard). 0, or -1 with an exception.
static int limits_arg(Thread *t, Value v, struct rlimit *out) {
  Value pair = object_to_tuple(t, v);
  if (v_is_null(pair)) return -1;
  int r = -1;
  if (v_tuple(pair)->length != 2) {
    raise_value_error(t, "expected a tuple of 2 integers");
  } else {
    int64_t soft = number_as_i64(t, v_tuple(pair)->items[0]), hard = error_pending(t) ? -1 : number_as_i64(t, v_tuple(pair)->items[1]);
    *out = (struct rlimit){(rlim_t)soft, (rlim_t)hard};
    r = error_pending(t) ? -1 : 0;
  }
  v_drop(t, pair);
  return r;
}

static int resource_arg(Thread *t, Value v, int *out) {
  if (posix_int(t, v, out) < 0) return -1;
  if (*out >= 0 && *out < (int)RLIM_NLIMITS) return 0;
  raise_value_error(t, "invalid resource specified");
  return -1;
}

static Value limit_error(Thread *t) {
  if (errno == EINVAL) return raise_value_error(t, "current limit exceeds maximum limit");
  if (errno == EPERM) return raise_value_error(t, "not allowed to raise maximum limit");
  return posix_status(t, -1);
}

POSIX(getrlimit) {
  POSIX_UNUSED;
  int resource;
  struct rlimit r;
  if (resource_arg(t, args[0], &resource) < 0) return V_NULL;
  return getrlimit((__rlimit_resource_t)resource, &r) < 0 ? posix_status(t, -1) : limits_value(t, &r);
}

POSIX(setrlimit) {
  POSIX_UNUSED;
  int resource;
  struct rlimit r;
  if (sys_audit_args(t, "resource.setrlimit", args, 2) < 0 || resource_arg(t, args[0], &resource) < 0 || limits_arg(t, args[1], &r) < 0) return V_NULL;
  return setrlimit((__rlimit_resource_t)resource, &r) < 0 ? limit_error(t) : V_NONE;
}

POSIX(prlimit) {
  POSIX_UNUSED;
  int pid, resource;
  struct rlimit old, wanted;
  if (posix_int(t, args[0], &pid) < 0 || resource_arg(t, args[1], &resource) < 0) return V_NULL;
  bool set = !v_is_absent_or_none(args[2]);
  if (set && limits_arg(t, args[2], &wanted) < 0) return V_NULL;
  if (prlimit(pid, (enum __rlimit_resource)resource, set ? &wanted : NULL, &old) < 0)
    return errno == EINVAL ? raise_value_error(t, "current limit exceeds maximum limit") : posix_status(t, -1);
  return limits_value(t, &old);
}

POSIX(getpagesize) { POSIX_UNUSED; return v_from_smi(sysconf(_SC_PAGESIZE)); }

static const NativeDef functions[] = {
    {"getrusage($module, who, /)", posix_getrusage, "What this process, its children or this thread have used.", 0},
    {"getrlimit($module, resource, /)", posix_getrlimit, "(soft limit, hard limit) of a resource.", 0},
    {"setrlimit($module, resource, limits, /)", posix_setrlimit, "Sets (soft limit, hard limit) of a resource.", 0},
    {"prlimit(pid, resource, limits=None, /)", posix_prlimit, "The limits of a process, which are then set if given.", NATIVE_NO_SIGNATURE},
    {"getpagesize($module, /)", posix_getpagesize, "Bytes in a page of memory.", 0},
    {0},
};

static int resource_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {
      {"ru_utime", "user time"}, {"ru_stime", "system time"}, {"ru_maxrss", "largest resident size"}, {"ru_ixrss", "shared memory"},
      {"ru_idrss", "unshared data"}, {"ru_isrss", "unshared stack"}, {"ru_minflt", "page faults without I/O"}, {"ru_majflt", "page faults with I/O"},
      {"ru_nswap", "swaps"}, {"ru_inblock", "blocks read"}, {"ru_oublock", "blocks written"}, {"ru_msgsnd", "messages sent"},
      {"ru_msgrcv", "messages received"}, {"ru_nsignals", "signals received"}, {"ru_nvcsw", "voluntary switches"}, {"ru_nivcsw", "forced switches"},
      {NULL, NULL}};
  static const StructSeqDef def = {"resource.struct_rusage", "What has been used of the system's resources.", fields, 16};
  static const struct { const char *name; int value; } constants[] = {
#define ROW(name) {#name, name},
      ROW(RLIMIT_AS) ROW(RLIMIT_CORE) ROW(RLIMIT_CPU) ROW(RLIMIT_DATA) ROW(RLIMIT_FSIZE) ROW(RLIMIT_MEMLOCK) ROW(RLIMIT_MSGQUEUE) ROW(RLIMIT_NICE)
      ROW(RLIMIT_NOFILE) ROW(RLIMIT_NPROC) ROW(RLIMIT_OFILE) ROW(RLIMIT_RSS) ROW(RLIMIT_RTPRIO) ROW(RLIMIT_RTTIME) ROW(RLIMIT_SIGPENDING)
      ROW(RLIMIT_STACK) ROW(RUSAGE_CHILDREN) ROW(RUSAGE_SELF) ROW(RUSAGE_THREAD)
#undef ROW
  };
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  rusage_type = structseq_new_type(t, &def);
  return !rusage_type || module_add(t, m, "struct_rusage", v_own_obj(t, rusage_type)) < 0 || module_add_int(t, m, "RLIM_INFINITY", -1) < 0 ||
                 module_add(t, m, "error", v_own_obj(t, &exc_OSError)) < 0
             ? -1
             : 0;
}

const ModuleDef module_resource = {.name = "resource", .doc = "Limits of a process, and what it has used.", .functions = functions, .exec = resource_exec};
