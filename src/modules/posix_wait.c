// posix: waiting for children, beyond waitpid.
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"

static Type *waitid_result_type;

POSIX(waitid) {
  POSIX_UNUSED;
  int type, id, options, r;
  if (posix_int(t, args[0], &type) < 0 || posix_int(t, args[1], &id) < 0 || posix_int(t, args[2], &options) < 0) return V_NULL;
  siginfo_t info = {0};
  RETRIED(r, waitid((idtype_t)type, (id_t)id, &info, options));
  if (r < 0) return posix_status(t, r);
  if (info.si_pid == 0) return V_NONE;
  Value items[5] = {v_from_smi(info.si_pid), v_from_smi(info.si_uid), v_from_smi(info.si_signo), v_from_smi(info.si_status), v_from_smi(info.si_code)};
  return structseq_new(t, waitid_result_type, items, 5);
}

// resource.struct_rusage of u; resource is imported, as CPython does.
static Value usage_new(Thread *t, const struct rusage *u) {
  Value module = import_module(t, "resource");
  Value type = v_is_null(module) ? V_NULL : object_getattr(t, module, N(struct_rusage));
  v_drop(t, module);
  if (v_is_null(type)) return V_NULL;
  Value items[16];
  resource_usage_items(t, u, items);
  Value tuple = tuple_from_stolen(t, items, 16);
  Value r = v_is_null(tuple) ? V_NULL : object_call1(t, type, tuple);
  v_drop(t, tuple);
  v_drop(t, type);
  return r;
}

static Value wait_with_usage(Thread *t, int pid, int options) {
  int status = 0, r;
  struct rusage usage = {0};
  RETRIED(r, wait4(pid, &status, options, &usage));
  if (r < 0) return posix_status(t, r);
  Value u = usage_new(t, &usage);
  return v_is_null(u) ? V_NULL : tuple_from_stolen(t, (Value[]){v_from_smi(r), v_from_smi(status), u}, 3);
}
POSIX(wait3) {
  POSIX_UNUSED;
  int options;
  return posix_int(t, args[0], &options) < 0 ? V_NULL : wait_with_usage(t, -1, options);
}
POSIX(wait4) {
  POSIX_UNUSED;
  int pid, options;
  return posix_int(t, args[0], &pid) < 0 || posix_int(t, args[1], &options) < 0 ? V_NULL : wait_with_usage(t, pid, options);
}

POSIX(pidfd_open) {
  POSIX_UNUSED;
  int pid, flags = 0;
  if (posix_int(t, args[0], &pid) < 0 || (!v_is_absent(args[1]) && posix_int(t, args[1], &flags) < 0)) return V_NULL;
  int fd = (int)syscall(SYS_pidfd_open, pid, flags);
  return fd < 0 ? posix_status(t, -1) : v_from_smi(fd);
}

const NativeDef posix_wait_functions[] = {
    {"waitid($module, idtype, id, options, /)", posix_waitid, "Waits for a child as the arguments say: a waitid_result, or None.", 0},
    {"wait3($module, /, options)", posix_wait3, "Waits for any child: (pid, status, resource usage).", 0},
    {"wait4($module, /, pid, options)", posix_wait4, "Waits for a child: (pid, status, resource usage).", 0},
    {"pidfd_open($module, /, pid, flags=0)", posix_pidfd_open, "A descriptor that refers to a process.", 0},
    {0},
};

int posix_wait_init(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"si_pid", NULL}, {"si_uid", NULL}, {"si_signo", NULL}, {"si_status", NULL}, {"si_code", NULL}, {NULL, NULL}};
  static const StructSeqDef def = {"posix.waitid_result", "What waitid tells of a child.", fields, 5};
  waitid_result_type = structseq_new_type(t, &def);
  return waitid_result_type ? module_add(t, m, "waitid_result", v_own_obj(t, waitid_result_type)) : -1;
}
