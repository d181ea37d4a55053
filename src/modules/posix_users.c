// posix: user and group ids, and priorities.
#include <grp.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

int posix_id(Thread *t, Value v, const char *kind, uint32_t *out) {
  Value number = number_index(t, v);
  if (v_is_null(number)) {
    if (error_matches(t, &exc_TypeError)) {
      error_clear(t);
      raise_type_error(t, "%s should be integer, not %T", kind, v);
    }
    return -1;
  }
  int64_t id;
  int fits = int_as_i64(number, &id), sign = int_sign(number);
  v_drop(t, number);
  if (fits && id >= -1 && id <= UINT32_MAX) {
    *out = (uint32_t)id;
    return 0;
  }
  raise_overflow(t, "%s is %s", kind, fits || sign < 0 ? "less than minimum" : "greater than maximum");   // CPython's words for what fits a long
  return -1;
}

#define SET_ONE(function, kind) \
  POSIX(function) { POSIX_UNUSED; uint32_t id; return posix_id(t, args[0], kind, &id) < 0 ? V_NULL : posix_status(t, function(id)); }
SET_ONE(setuid, "uid")
SET_ONE(seteuid, "uid")
SET_ONE(setgid, "gid")
SET_ONE(setegid, "gid")

#define SET_TWO(function, kind)                                                                    \
  POSIX(function) {                                                                                \
    POSIX_UNUSED;                                                                                  \
    uint32_t real, effective;                                                                      \
    if (posix_id(t, args[0], kind, &real) < 0 || posix_id(t, args[1], kind, &effective) < 0) return V_NULL; \
    return posix_status(t, function(real, effective));                                            \
  }
SET_TWO(setreuid, "uid")
SET_TWO(setregid, "gid")

#define SET_THREE(function, kind)                                                                  \
  POSIX(function) {                                                                                \
    POSIX_UNUSED;                                                                                  \
    uint32_t id[3];                                                                                \
    for (int i = 0; i < 3; i++)                                                                    \
      if (posix_id(t, args[i], kind, &id[i]) < 0) return V_NULL;                                     \
    return posix_status(t, function(id[0], id[1], id[2]));                                         \
  }
SET_THREE(setresuid, "uid")
SET_THREE(setresgid, "gid")

#define GET_THREE(function)                                                                        \
  POSIX(function) {                                                                                \
    POSIX_UNUSED;                                                                                  \
    uint32_t real, effective, saved;                                                               \
    if (function(&real, &effective, &saved) < 0) return posix_status(t, -1);                       \
    return tuple_from_stolen(t, (Value[]){v_from_smi(real), v_from_smi(effective), v_from_smi(saved)}, 3); \
  }
GET_THREE(getresuid)
GET_THREE(getresgid)

POSIX(setpgrp) { POSIX_UNUSED; return posix_status(t, setpgrp()); }

static Value group_list(Thread *t, const gid_t *groups, int n) {
  Value list = list_new(t, n);
  for (int i = 0; i < n && !v_is_null(list); i++)
    if (list_append(t, v_list(list), v_from_smi(groups[i])) < 0) v_clear(t, &list);
  return list;
}

POSIX(getgroups) {
  POSIX_UNUSED;
  int n = getgroups(0, NULL);
  gid_t *groups = n < 0 ? NULL : malloc(((size_t)n + 1) * sizeof *groups);
  if (n >= 0 && !groups) return raise_no_memory(t);
  n = n < 0 ? n : getgroups(n, groups);
  Value r = n < 0 ? posix_status(t, -1) : group_list(t, groups, n);
  free(groups);
  return r;
}

POSIX(getgrouplist) {
  POSIX_UNUSED;
  Value keep;
  uint32_t base;
  const char *user = fs_path_bytes(t, args[0], &keep);
  if (!user) return V_NULL;
  if (posix_id(t, args[1], "gid", &base) < 0) {
    v_drop(t, keep);
    return V_NULL;
  }
  Value r = V_NULL;
  int room = 32, n;
  gid_t *groups = NULL;
  do {
    n = room;
    free(groups);
    groups = malloc((size_t)room * sizeof *groups);
    room *= 2;
  } while (groups && getgrouplist(user, base, groups, &n) < 0 && room <= 1 << 20);
  r = groups ? group_list(t, groups, n) : raise_no_memory(t);
  free(groups);
  v_drop(t, keep);
  return r;
}

POSIX(setgroups) {
  POSIX_UNUSED;
  Value list = object_to_list(t, args[0]);
  if (v_is_null(list)) return error_matches(t, &exc_TypeError) ? (error_clear(t), raise_type_error(t, "setgroups argument must be a sequence")) : V_NULL;
  int64_t n = list_length(v_list(list));
  gid_t *groups = malloc(((size_t)n + 1) * sizeof *groups);
  int r = groups ? 0 : -1;
  for (int64_t i = 0; r == 0 && i < n; i++) {
    Value v = list_get(t, v_list(list), i);
    if (!v_is_int(v)) raise_type_error(t, "groups must be integers");
    r = error_pending(t) ? -1 : posix_id(t, v, "gid", &groups[i]);
    v_drop(t, v);
  }
  v_drop(t, list);
  if (!groups) raise_no_memory(t);
  Value result = r < 0 ? V_NULL : posix_status(t, setgroups((size_t)n, groups));
  free(groups);
  return result;
}

POSIX(initgroups) {
  POSIX_UNUSED;
  Value keep;
  uint32_t group;
  const char *user = fs_path_bytes(t, args[0], &keep);
  if (!user) return V_NULL;
  Value r = posix_id(t, args[1], "gid", &group) < 0 ? V_NULL : posix_status(t, initgroups(user, group));
  v_drop(t, keep);
  return r;
}

POSIX(setpriority) {
  POSIX_UNUSED;
  int which, who, priority;
  if (posix_int(t, args[0], &which) < 0 || posix_int(t, args[1], &who) < 0 || posix_int(t, args[2], &priority) < 0) return V_NULL;
  return posix_status(t, setpriority((unsigned)which, (id_t)who, priority));
}

const NativeDef posix_user_functions[] = {
    {"setuid($module, uid, /)", posix_setuid, "Sets the user id.", 0},
    {"seteuid($module, euid, /)", posix_seteuid, "Sets the effective user id.", 0},
    {"setgid($module, gid, /)", posix_setgid, "Sets the group id.", 0},
    {"setegid($module, egid, /)", posix_setegid, "Sets the effective group id.", 0},
    {"setreuid($module, ruid, euid, /)", posix_setreuid, "Sets the user who started this process and the one whose rights it has.", 0},
    {"setregid($module, rgid, egid, /)", posix_setregid, "Sets the group that started this process and the one whose rights it has.", 0},
    {"setresuid($module, ruid, euid, suid, /)", posix_setresuid, "Sets the real, effective and saved user ids.", 0},
    {"setresgid($module, rgid, egid, sgid, /)", posix_setresgid, "Sets the real, effective and saved group ids.", 0},
    {"getresuid($module, /)", posix_getresuid, "The real, effective and saved user ids.", 0},
    {"getresgid($module, /)", posix_getresgid, "The real, effective and saved group ids.", 0},
    {"setpgrp($module, /)", posix_setpgrp, "Makes this process the leader of a new process group.", 0},
    {"getgroups($module, /)", posix_getgroups, "The supplementary groups of this process.", 0},
    {"getgrouplist($module, user, group, /)", posix_getgrouplist, "The groups that a user belongs to, `group` among them.", 0},
    {"setgroups($module, groups, /)", posix_setgroups, "Sets the supplementary groups of this process.", 0},
    {"initgroups($module, username, gid, /)", posix_initgroups, "Sets the supplementary groups to those of a user.", 0},
    {"setpriority($module, /, which, who, priority)", posix_setpriority, "Sets the scheduling priority of processes.", 0},
    {0},
};
