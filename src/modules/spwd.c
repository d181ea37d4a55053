// spwd: the system's database of shadow passwords, which root may read.
//
// getspnam_r may ask the network, so it runs detached; getspent has one cursor for the process, kept to one thread by a lock.
#include <errno.h>
#include <shadow.h>
#include <stdlib.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

static Type *spwd_type;
static Mutex cursor_lock = MUTEX_INIT;

enum { FIELDS = 11, FIELDS_SHOWN = 9 };   // behind those shown, the first two under their older names

static Value spwd_value(Thread *t, const struct spwd *p) {
  Value items[FIELDS] = {posix_text(t, p->sp_namp),    posix_text(t, p->sp_pwdp),  v_from_smi(p->sp_lstchg),          v_from_smi(p->sp_min),
                         v_from_smi(p->sp_max),        v_from_smi(p->sp_warn),     v_from_smi(p->sp_inact),           v_from_smi(p->sp_expire),
                         v_from_smi((long)p->sp_flag), posix_text(t, p->sp_namp),  posix_text(t, p->sp_pwdp)};
  return structseq_new(t, spwd_type, items, FIELDS);
}

// The entry of a name in a buffer that grows as needed; *found NULL: none. errno, or 0.
static int look_up(Thread *t, const char *name, struct spwd *entry, char **buffer, struct spwd **found) {
  int err = ERANGE;
  for (size_t size = 1024; err == ERANGE && size <= 1 << 20; size *= 2) {
    free(*buffer);
    *buffer = malloc(size);
    if (!*buffer) return ENOMEM;
    DETACHED(err, getspnam_r(name, entry, *buffer, size, found));
  }
  return err;
}

POSIX(getspnam) {
  POSIX_UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "getspnam() argument must be str, not %K", args[0]);
  Value keep, r;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  struct spwd entry, *found = NULL;
  char *buffer = NULL;
  int err = look_up(t, name, &entry, &buffer, &found);
  if (found) r = spwd_value(t, found);
  else if (err == ENOMEM) r = raise_no_memory(t);
  else r = err && err != ENOENT ? raise_errno(t, err, V_NULL, V_NULL) : raise_error(t, &exc_KeyError, "getspnam(): name not found");
  free(buffer);
  v_drop(t, keep);
  return r;
}

POSIX(getspall) {
  POSIX_UNUSED;
  Value list = list_new(t, 0);
  if (v_is_null(list)) return list;
  mutex_lock(t, &cursor_lock);
  setspent();
  for (struct spwd *p; (p = getspent());)
    if (list_append_steal(t, v_list(list), spwd_value(t, p)) < 0) break;
  endspent();
  mutex_unlock(&cursor_lock);
  if (!error_pending(t)) return list;
  v_drop(t, list);
  return V_NULL;
}

static const NativeDef functions[] = {
    {"getspnam($module, arg, /)", posix_getspnam, "The entry of the user with this name.", 0},
    {"getspall($module, /)", posix_getspall, "All entries, in the database's order.", 0},
    {0},
};

static int spwd_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {
      {"sp_namp", "user name"},       {"sp_pwdp", "hashed password"},         {"sp_lstchg", "day of the last change"}, {"sp_min", "least days between changes"},
      {"sp_max", "most days"},        {"sp_warn", "days of warning before"},  {"sp_inact", "days of grace after"},     {"sp_expire", "day on which the account ends"},
      {"sp_flag", "not in use"},      {"sp_nam", "user name"},                {"sp_pwd", "hashed password"},           {NULL, NULL}};
  static const StructSeqDef def = {"spwd.struct_spwd", "A user's entry among the shadow passwords.", fields, FIELDS_SHOWN};
  if (warn(t, &exc_DeprecationWarning, 7, "'spwd' is deprecated and slated for removal in Python 3.13") < 0) return -1;
  spwd_type = structseq_new_type(t, &def);
  return spwd_type ? module_add(t, m, "struct_spwd", v_own_obj(t, spwd_type)) : -1;
}

const ModuleDef module_spwd = {.name = "spwd", .functions = functions, .exec = spwd_exec};
