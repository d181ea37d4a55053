// grp: the system's group database. Locking as in pwd.c.
#include <errno.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

static Type *group_type;
static Mutex cursor_lock = MUTEX_INIT;

static Value group_value(Thread *t, const struct group *g) {
  Value members = list_new(t, 0);
  for (char **m = g->gr_mem; !v_is_null(members) && *m; m++)
    if (list_append_steal(t, v_list(members), posix_text(t, *m)) < 0) v_clear(t, &members);
  if (v_is_null(members)) return members;
  Value items[4] = {posix_text(t, g->gr_name), posix_text(t, g->gr_passwd), v_from_smi(g->gr_gid == UINT32_MAX ? -1 : (int64_t)g->gr_gid), members};
  return structseq_new(t, group_type, items, 4);
}

// The entry of a name (or, if NULL, of an id) in a buffer that grows as needed; *found NULL: none. errno, or 0.
static int look_up(Thread *t, const char *name, gid_t gid, struct group *entry, char **buffer, struct group **found) {
  int err = ERANGE;
  *buffer = NULL;
  for (size_t size = 1024; err == ERANGE && size <= 1 << 22; size *= 2) {
    free(*buffer);
    *buffer = malloc(size);
    if (!*buffer) return ENOMEM;
    DETACHED(err, name ? getgrnam_r(name, entry, *buffer, size, found) : getgrgid_r(gid, entry, *buffer, size, found));
  }
  return err;
}

POSIX(getgrnam) {
  POSIX_UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "getgrnam() argument 'name' must be str, not %T", args[0]);
  Value keep;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  struct group entry, *found = NULL;
  char *buffer;
  int err = look_up(t, name, 0, &entry, &buffer, &found);
  Value r = err == ENOMEM ? raise_no_memory(t)
            : found       ? group_value(t, found)
                          : raise_error(t, &exc_KeyError, "getgrnam(): name not found: %R", args[0]);
  free(buffer);
  v_drop(t, keep);
  return r;
}

POSIX(getgrgid) {
  POSIX_UNUSED;
  uint32_t gid;
  if (posix_id(t, args[0], "gid", &gid) < 0) {
    if (!error_matches(t, &exc_OverflowError)) return V_NULL;
    error_clear(t);
    return raise_error(t, &exc_KeyError, "getgrgid(): gid not found: %S", args[0]);
  }
  struct group entry, *found = NULL;
  char *buffer;
  int err = look_up(t, NULL, gid, &entry, &buffer, &found);
  Value r = err == ENOMEM ? raise_no_memory(t) : found ? group_value(t, found) : raise_error(t, &exc_KeyError, "getgrgid(): gid not found: %S", args[0]);
  free(buffer);
  return r;
}

POSIX(getgrall) {
  POSIX_UNUSED;
  Value list = list_new(t, 0);
  if (v_is_null(list)) return list;
  mutex_lock(t, &cursor_lock);
  setgrent();
  for (struct group *g; (g = getgrent());)
    if (list_append_steal(t, v_list(list), group_value(t, g)) < 0) break;
  endgrent();
  mutex_unlock(&cursor_lock);
  if (!error_pending(t)) return list;
  v_drop(t, list);
  return V_NULL;
}

static const NativeDef functions[] = {
    {"getgrgid($module, /, id)", posix_getgrgid, "The group with this id.", 0},
    {"getgrnam($module, /, name)", posix_getgrnam, "The group with this name.", 0},
    {"getgrall($module, /)", posix_getgrall, "All groups, in the database's order.", 0},
    {0},
};

static int grp_exec(Thread *t, Value m) {
  static const StructSeqField fields[] = {{"gr_name", "group name"}, {"gr_passwd", "password"}, {"gr_gid", "group id"},
                                          {"gr_mem", "names of its members"}, {NULL, NULL}};
  static const StructSeqDef def = {"grp.struct_group", "A group of the system.", fields, 4};
  group_type = structseq_new_type(t, &def);
  return group_type ? module_add(t, m, "struct_group", v_own_obj(t, group_type)) : -1;
}

const ModuleDef module_grp = {.name = "grp", .doc = "The system's group database.", .functions = functions, .exec = grp_exec};
