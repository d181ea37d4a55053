// posix: the kernel's scheduler: policies, parameters, CPU affinity.
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/tuple.h"
#include "objects/type.h"

static Type *param_type;

// sched_param(sched_priority): one value, where other structseqs take a sequence of them.
static Value param_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value priority;
  if (native_bind(t, &binder, "sched_param(sched_priority)", args, nargs, kwnames, &priority) < 0) return V_NULL;
  return structseq_new(t, type, (Value[]){v_own(t, priority)}, 1);
}

int posix_sched_param(Thread *t, Value v, struct sched_param *out) {
  if (v_type(v) != param_type) {
    raise_type_error(t, "must have a sched_param object");
    return -1;
  }
  int64_t priority = number_as_i64(t, v_tuple(v)->items[0]);
  if (priority == -1 && error_pending(t)) return -1;
  if (priority != (int)priority) {
    raise_overflow(t, "sched_priority out of range");
    return -1;
  }
  out->sched_priority = (int)priority;
  return 0;
}

#define PRIORITY(function)                                                                  \
  POSIX(function) {                                                                         \
    POSIX_UNUSED;                                                                           \
    int policy;                                                                             \
    if (posix_int(t, args[0], &policy) < 0) return V_NULL;                                  \
    int r = function(policy);                                                               \
    return r < 0 ? posix_status(t, -1) : v_from_smi(r);                                     \
  }
PRIORITY(sched_get_priority_max)
PRIORITY(sched_get_priority_min)
PRIORITY(sched_getscheduler)

POSIX(sched_getparam) {
  POSIX_UNUSED;
  int pid;
  struct sched_param param;
  if (posix_int(t, args[0], &pid) < 0) return V_NULL;
  if (sched_getparam(pid, &param) < 0) return posix_status(t, -1);
  return structseq_new(t, param_type, (Value[]){v_from_smi(param.sched_priority)}, 1);
}

POSIX(sched_setparam) {
  POSIX_UNUSED;
  int pid;
  struct sched_param param;
  if (posix_int(t, args[0], &pid) < 0 || posix_sched_param(t, args[1], &param) < 0) return V_NULL;
  return posix_status(t, sched_setparam(pid, &param));
}

POSIX(sched_setscheduler) {
  POSIX_UNUSED;
  int pid, policy;
  struct sched_param param;
  if (posix_int(t, args[0], &pid) < 0 || posix_int(t, args[1], &policy) < 0 || posix_sched_param(t, args[2], &param) < 0) return V_NULL;
  return posix_status(t, sched_setscheduler(pid, policy, &param));
}

POSIX(sched_rr_get_interval) {
  POSIX_UNUSED;
  int pid;
  struct timespec interval;
  if (posix_int(t, args[0], &pid) < 0) return V_NULL;
  if (sched_rr_get_interval(pid, &interval) < 0) return posix_status(t, -1);
  return float_new(t, (double)interval.tv_sec + 1e-9 * (double)interval.tv_nsec);
}

POSIX(sched_yield) {
  POSIX_UNUSED;
  int r;
  DETACHED(r, sched_yield());
  return posix_status(t, r);
}

// A mask that is large enough for the kernel's: *bytes long. NULL with an exception.
static cpu_set_t *kernel_mask(Thread *t, int pid, size_t *bytes) {
  for (int cpus = CPU_SETSIZE; cpus <= 1 << 20; cpus *= 2) {
    cpu_set_t *mask = CPU_ALLOC((size_t)cpus);
    *bytes = CPU_ALLOC_SIZE((size_t)cpus);
    if (!mask) {
      raise_no_memory(t);
      return NULL;
    }
    if (sched_getaffinity(pid, *bytes, mask) == 0) return mask;
    CPU_FREE(mask);
    if (errno != EINVAL) break;
  }
  posix_status(t, -1);
  return NULL;
}

POSIX(sched_getaffinity) {
  POSIX_UNUSED;
  int pid;
  size_t bytes;
  if (posix_int(t, args[0], &pid) < 0) return V_NULL;
  cpu_set_t *mask = kernel_mask(t, pid, &bytes);
  Value set = mask ? set_new(t, V_NULL) : V_NULL;
  for (size_t i = 0; i < bytes * 8 && !v_is_null(set); i++)
    if (CPU_ISSET_S(i, bytes, mask) && set_add(t, v_set_obj(set), v_from_smi((int64_t)i)) < 0) v_clear(t, &set);
  if (mask) CPU_FREE(mask);
  return set;
}

// Sets the CPU in the mask, which grows if need be. 0, or -1 with an exception.
static int add_cpu(Thread *t, Value v, cpu_set_t **mask, size_t *bytes) {
  if (!v_is_int(v)) {
    raise_type_error(t, "expected an iterator of ints, but iterator yielded %R", v_from_obj(v_type(v)));
    return -1;
  }
  int64_t cpu = number_as_i64(t, v);
  if (cpu == -1 && error_pending(t)) return -1;
  if (cpu < 0) {
    raise_value_error(t, "negative CPU number");
    return -1;
  }
  if (cpu > INT32_MAX - 1) {
    raise_overflow(t, "CPU number too large");
    return -1;
  }
  if ((size_t)cpu >= *bytes * 8) {
    size_t more = CPU_ALLOC_SIZE((size_t)cpu + 1);
    cpu_set_t *wider = realloc(*mask, more);
    if (!wider) {
      raise_no_memory(t);
      return -1;
    }
    memset((char *)wider + *bytes, 0, more - *bytes);
    *mask = wider;
    *bytes = more;
  }
  CPU_SET_S((size_t)cpu, *bytes, *mask);
  return 0;
}

POSIX(sched_setaffinity) {
  POSIX_UNUSED;
  int pid;
  if (posix_int(t, args[0], &pid) < 0) return V_NULL;
  Value iterator = object_iter(t, args[1]);
  if (v_is_null(iterator)) return V_NULL;
  size_t bytes = CPU_ALLOC_SIZE(CPU_SETSIZE);
  cpu_set_t *mask = calloc(1, bytes);
  if (!mask) raise_no_memory(t);
  while (!error_pending(t)) {
    Value v = object_iternext(t, iterator);
    if (v_is_null(v)) break;
    add_cpu(t, v, &mask, &bytes);
    v_drop(t, v);
  }
  v_drop(t, iterator);
  Value r = error_pending(t) ? V_NULL : posix_status(t, sched_setaffinity(pid, bytes, mask));
  free(mask);
  return r;
}

const NativeDef posix_schedule_functions[] = {
    {"sched_get_priority_max($module, /, policy)", posix_sched_get_priority_max, "The highest priority of a scheduling policy.", 0},
    {"sched_get_priority_min($module, /, policy)", posix_sched_get_priority_min, "The lowest priority of a scheduling policy.", 0},
    {"sched_getscheduler($module, pid, /)", posix_sched_getscheduler, "The scheduling policy of a process, 0: this one.", 0},
    {"sched_setscheduler($module, pid, policy, param, /)", posix_sched_setscheduler, "Sets the scheduling policy of a process and its parameters.", 0},
    {"sched_getparam($module, pid, /)", posix_sched_getparam, "The scheduling parameters of a process.", 0},
    {"sched_setparam($module, pid, param, /)", posix_sched_setparam, "Sets the scheduling parameters of a process.", 0},
    {"sched_rr_get_interval($module, pid, /)", posix_sched_rr_get_interval, "The time slice of the round-robin policy, in seconds.", 0},
    {"sched_yield($module, /)", posix_sched_yield, "Lets another process run.", 0},
    {"sched_getaffinity($module, pid, /)", posix_sched_getaffinity, "The set of CPUs that a process may run on.", 0},
    {"sched_setaffinity($module, pid, mask, /)", posix_sched_setaffinity, "Sets the CPUs that a process may run on, an iterable of ints.", 0},
    {0},
};

int posix_schedule_init(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"sched_priority", "The niceness to run with"}, {NULL, NULL}};
  static const StructSeqDef def = {"posix.sched_param", "The scheduling parameters of a process.", fields, 1};
  param_type = structseq_new_type(t, &def);
  if (!param_type) return -1;
  param_type->slots.new = param_new;
  return module_add(t, m, "sched_param", v_own_obj(t, param_type));
}
