// pwd: the system's user database.
//
// getpwnam_r and getpwuid_r may ask the network, so they run detached; getpwent has one cursor for the process, kept to one thread by a lock.
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

static Type *passwd_type;
static Mutex cursor_lock = MUTEX_INIT;

static Value id_value(uint32_t id) { return v_from_smi(id == UINT32_MAX ? -1 : (int64_t)id); }

static Value passwd_value(Thread *t, const struct passwd *p) {
  Value items[7] = {posix_text(t, p->pw_name),  posix_text(t, p->pw_passwd), id_value(p->pw_uid), id_value(p->pw_gid),
                    posix_text(t, p->pw_gecos), posix_text(t, p->pw_dir),    posix_text(t, p->pw_shell)};
  return structseq_new(t, passwd_type, items, 7);
}

// The entry of a name (or, if NULL, of an id) in a buffer that grows as needed; *found NULL: none. errno, or 0.
static int look_up(Thread *t, const char *name, uid_t uid, struct passwd *entry, char **buffer, struct passwd **found) {
  int err = ERANGE;
  *buffer = NULL;
  for (size_t size = 1024; err == ERANGE && size <= 1 << 20; size *= 2) {
    free(*buffer);
    *buffer = malloc(size);
    if (!*buffer) return ENOMEM;
    DETACHED(err, name ? getpwnam_r(name, entry, *buffer, size, found) : getpwuid_r(uid, entry, *buffer, size, found));
  }
  return err;
}

POSIX(getpwnam) {
  POSIX_UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "getpwnam() argument must be str, not %T", args[0]);
  Value keep;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  struct passwd entry, *found = NULL;
  char *buffer;
  int err = look_up(t, name, 0, &entry, &buffer, &found);
  Value r = err == ENOMEM ? raise_no_memory(t)
            : found       ? passwd_value(t, found)
                          : raise_error(t, &exc_KeyError, "getpwnam(): name not found: %R", args[0]);
  free(buffer);
  v_drop(t, keep);
  return r;
}

POSIX(getpwuid) {
  POSIX_UNUSED;
  uint32_t uid;
  if (posix_id(t, args[0], "uid", &uid) < 0) {
    if (!error_matches(t, &exc_OverflowError)) return V_NULL;
    error_clear(t);
    return raise_error(t, &exc_KeyError, "getpwuid(): uid not found");
  }
  struct passwd entry, *found = NULL;
  char *buffer;
  int err = look_up(t, NULL, uid, &entry, &buffer, &found);
  Value number = id_value(uid);
  Value r = err == ENOMEM ? raise_no_memory(t) : found ? passwd_value(t, found) : raise_error(t, &exc_KeyError, "getpwuid(): uid not found: %S", number);
  free(buffer);
  return r;
}

POSIX(getpwall) {
  POSIX_UNUSED;
  Value list = list_new(t, 0);
  if (v_is_null(list)) return list;
  mutex_lock(t, &cursor_lock);
  setpwent();
  for (struct passwd *p; (p = getpwent());)
    if (list_append_steal(t, v_list(list), passwd_value(t, p)) < 0) break;
  endpwent();
  mutex_unlock(&cursor_lock);
  if (!error_pending(t)) return list;
  v_drop(t, list);
  return V_NULL;
}

static const NativeDef functions[] = {
    {"getpwuid($module, uidobj, /)", posix_getpwuid, "The user with this id.", 0},
    {"getpwnam($module, name, /)", posix_getpwnam, "The user with this name.", 0},
    {"getpwall($module, /)", posix_getpwall, "All users, in the database's order.", 0},
    {0},
};

static int pwd_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"pw_name", "user name"}, {"pw_passwd", "password"}, {"pw_uid", "user id"}, {"pw_gid", "group id"},
                                          {"pw_gecos", "real name"}, {"pw_dir", "home directory"}, {"pw_shell", "shell program"}, {NULL, NULL}};
  static const StructSeqDef def = {"pwd.struct_passwd", "A user of the system.", fields, 7};
  passwd_type = structseq_new_type(t, &def);
  return passwd_type ? module_add(t, m, "struct_passwd", v_own_obj(t, passwd_type)) : -1;
}

const ModuleDef module_pwd = {.name = "pwd", .doc = "The system's user database.", .functions = functions, .exec = pwd_exec};
