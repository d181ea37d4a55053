// posix: extended attributes of files.
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#include "modules/posix_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"

enum { XATTR_SIZE_MAX_TRIED = 1 << 17 };   // the kernel allows 64 KiB

// The file, and whether a symbolic link is followed. 0, or -1 with an exception.
static int target(Thread *t, const char *function, Value path, Value follow, bool allow_none, PathArg *p, bool *followed) {
  int f = v_is_absent(follow) ? 1 : object_is_true(t, follow);
  if (f < 0 || path_arg(t, path, function, true, allow_none, p) < 0) return -1;
  *followed = f;
  if (f || p->name) return 0;
  raise_value_error(t, "%s: cannot use fd and follow_symlinks together", function);
  return -1;
}

// Asks for the size, then for the contents, until both fit: owned bytes, or V_NULL with an exception.
static Value grow_and_read(Thread *t, const PathArg *p, const char *name, bool follow) {
  for (size_t size = 128; size <= XATTR_SIZE_MAX_TRIED; size *= 4) {
    Value r = bytes_new(t, (int64_t)size);
    if (v_is_null(r)) return V_NULL;
    char *data = v_bytes(r)->data;
    ssize_t n;
    if (name) DETACHED(n, !p->name ? fgetxattr(p->fd, name, data, size) : follow ? getxattr(p->name, name, data, size) : lgetxattr(p->name, name, data, size));
    else DETACHED(n, !p->name ? flistxattr(p->fd, data, size) : follow ? listxattr(p->name, data, size) : llistxattr(p->name, data, size));
    if (n >= 0) return bytes_shrink(t, r, n);
    int err = errno;
    v_drop(t, r);
    errno = err;
    if (err != ERANGE) break;
  }
  return path_error(t, p);
}

POSIX(getxattr) {
  POSIX_UNUSED;
  PathArg p, name;
  bool follow;
  if (target(t, "getxattr", args[0], args[2], false, &p, &follow) < 0) return V_NULL;
  Value r = V_NULL;
  if (path_arg_named(t, args[1], "getxattr", "attribute", false, false, &name) == 0) {
    r = grow_and_read(t, &p, name.name, follow);
    path_release(t, &name);
  }
  path_release(t, &p);
  return r;
}

POSIX(setxattr) {
  POSIX_UNUSED;
  PathArg p, name;
  bool follow;
  int flags = 0;
  if ((!v_is_absent(args[3]) && posix_int(t, args[3], &flags) < 0) || target(t, "setxattr", args[0], args[4], false, &p, &follow) < 0) return V_NULL;
  Value r = V_NULL;
  BufferView view;
  if (path_arg_named(t, args[1], "setxattr", "attribute", false, false, &name) == 0) {
    if (buffer_get(t, args[2], &view, BUFFER_SIMPLE) == 0) {
      int status;
      DETACHED(status, !p.name ? fsetxattr(p.fd, name.name, view.data, (size_t)view.len, flags)
                       : follow ? setxattr(p.name, name.name, view.data, (size_t)view.len, flags)
                                : lsetxattr(p.name, name.name, view.data, (size_t)view.len, flags));
      r = status < 0 ? path_error(t, &p) : V_NONE;
      buffer_release(t, &view);
    }
    path_release(t, &name);
  }
  path_release(t, &p);
  return r;
}

POSIX(removexattr) {
  POSIX_UNUSED;
  PathArg p, name;
  bool follow;
  if (target(t, "removexattr", args[0], args[2], false, &p, &follow) < 0) return V_NULL;
  Value r = V_NULL;
  if (path_arg_named(t, args[1], "removexattr", "attribute", false, false, &name) == 0) {
    int status;
    DETACHED(status, !p.name ? fremovexattr(p.fd, name.name) : follow ? removexattr(p.name, name.name) : lremovexattr(p.name, name.name));
    r = status < 0 ? path_error(t, &p) : V_NONE;
    path_release(t, &name);
  }
  path_release(t, &p);
  return r;
}

POSIX(listxattr) {
  POSIX_UNUSED;
  PathArg p;
  bool follow;
  if (target(t, "listxattr", args[0], args[1], true, &p, &follow) < 0) return V_NULL;
  Value names = grow_and_read(t, &p, NULL, follow);
  path_release(t, &p);
  Value list = v_is_null(names) ? V_NULL : list_new(t, 4);
  if (!v_is_null(list)) {
    const char *s = v_bytes(names)->data, *end = s + v_bytes(names)->length;
    for (; s < end && !v_is_null(list); s += strlen(s) + 1)
      if (list_append_steal(t, v_list(list), str_decode_fs(t, s, strlen(s))) < 0) v_clear(t, &list);
  }
  v_drop(t, names);
  return list;
}

const NativeDef posix_xattr_functions[] = {
    {"getxattr($module, /, path, attribute, *, follow_symlinks=True)", posix_getxattr, "The value of an extended attribute.", 0},
    {"setxattr($module, /, path, attribute, value, flags=0, *, follow_symlinks=True)", posix_setxattr, "Sets an extended attribute.", 0},
    {"removexattr($module, /, path, attribute, *, follow_symlinks=True)", posix_removexattr, "Removes an extended attribute.", 0},
    {"listxattr($module, /, path=None, *, follow_symlinks=True)", posix_listxattr, "The names of a file's extended attributes.", 0},
    {0},
};
