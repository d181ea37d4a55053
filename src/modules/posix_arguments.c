// posix: arguments (paths, descriptors, folders by descriptor), and errors and results made of what system calls answer.
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "modules/_warnings.h"
#include "modules/posix_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

// The bytes of a bytes object, or of another buffer that was given as a path against all advice.
static int path_bytes(Thread *t, Value v, const char *function, const char *parameter, PathArg *p) {
  p->keep = v_is_bytes(v) ? v_own(t, v) : bytes_from_object(t, v);
  if (v_is_null(p->keep)) return -1;
  p->name = v_bytes(p->keep)->data;
  p->is_bytes = true;
  if (strlen(p->name) == (size_t)v_bytes(p->keep)->length) return 0;
  v_clear(t, &p->keep);
  raise_value_error(t, "%s: embedded null character in %s", function, parameter);
  return -1;
}

// What the object's __fspath__ (stolen) gives.
static int path_object(Thread *t, Value v, Value fspath, const char *function, const char *parameter, PathArg *p) {
  Value path = object_call0(t, fspath);
  v_drop(t, fspath);
  if (v_is_null(path)) return -1;
  int r = -1;
  if (v_is_bytes(path)) r = path_bytes(t, path, function, parameter, p);
  else if (!v_is_str(path)) raise_type_error(t, "expected %T.__fspath__() to return str or bytes, not %T", v, path);
  else if ((p->name = fs_path_bytes(t, path, &p->keep))) r = 0;
  if (r == 0) p->object = p->path = path;
  else v_drop(t, path);
  return r;
}

int path_arg_named(Thread *t, Value v, const char *function, const char *parameter, bool allow_fd, bool allow_none, PathArg *p) {
  *p = (PathArg){.fd = -1, .keep = V_NULL, .path = V_NULL, .object = v};
  if (v_is_absent_or_none(v) && allow_none) {
    p->name = ".";
    p->object = V_NULL;
    return 0;
  }
  if (allow_fd && number_is_index(v)) {
    p->fd = number_as_int(t, v);
    return p->fd == -1 && error_pending(t) ? -1 : 0;
  }
  if (v_is_bytes(v)) return path_bytes(t, v, function, parameter, p);
  if (!v_is_str(v)) {
    Value f = V_NULL;
    int r = object_lookup_special(t, v, N(__fspath__), &f);
    if (r < 0) return -1;
    if (r) return path_object(t, v, f, function, parameter, p);
    const char *kinds = allow_fd && allow_none ? "string, bytes, os.PathLike, integer or None" : allow_fd ? "string, bytes, os.PathLike or integer"
                      : allow_none ? "string, bytes, os.PathLike or None" : "string, bytes or os.PathLike";
    if (r == 0 && buffer_is_supported(v))
      return warn(t, &exc_DeprecationWarning, 1, "%s: %s should be %s, not %T", function, parameter, kinds, v) < 0 ? -1 : path_bytes(t, v, function, parameter, p);
    if (r == 0) {
      raise_type_error(t, "%s: %s should be %s, not %T", function, parameter, kinds, v);
      return -1;
    }
  }
  p->name = fs_path_bytes(t, v, &p->keep);
  return p->name ? 0 : -1;
}

int path_arg(Thread *t, Value v, const char *function, bool allow_fd, bool allow_none, PathArg *p) {
  return path_arg_named(t, v, function, "path", allow_fd, allow_none, p);
}

void path_release(Thread *t, PathArg *p) {
  v_clear(t, &p->keep);
  v_clear(t, &p->path);
}
Value path_error(Thread *t, const PathArg *p) { return raise_errno(t, errno, p->object, V_NULL); }
Value posix_text(Thread *t, const char *s) { return s ? str_decode_fs(t, s, strlen(s)) : V_NONE; }
Value path_result(Thread *t, const PathArg *p, const char *s, size_t n) { return p->is_bytes ? bytes_from(t, s, n) : str_decode_fs(t, s, n); }

int dir_fd_arg(Thread *t, Value v, int *fd) {
  *fd = AT_FDCWD;
  if (v_is_absent_or_none(v)) return 0;
  if (!number_is_index(v)) {
    raise_type_error(t, "argument should be integer or None, not %T", v);
    return -1;
  }
  *fd = number_as_int(t, v);
  return *fd == -1 && error_pending(t) ? -1 : 0;
}

static int fd_given(Thread *t, Value number, int *fd) {
  *fd = number_as_int(t, number);
  if (*fd >= 0) return 0;
  if (!error_pending(t)) raise_value_error(t, "file descriptor cannot be a negative integer (%d)", *fd);
  return -1;
}

int fd_arg(Thread *t, Value v, int *fd) {
  if (v_is_int(v)) return fd_given(t, v, fd);
  Value method, r;
  int found = object_lookup_attr(t, v, N(fileno), &method);
  if (found <= 0) {
    if (!found) raise_type_error(t, "argument must be an int, or have a fileno() method.");
    return -1;
  }
  r = object_call0(t, method);
  v_drop(t, method);
  if (v_is_null(r)) return -1;
  if (!v_is_int(r)) raise_type_error(t, "fileno() returned a non-integer");
  found = v_is_int(r) ? fd_given(t, r, fd) : -1;
  v_drop(t, r);
  return found;
}

int posix_int(Thread *t, Value v, int *out) {
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

int posix_follow_arg(Thread *t, Value v) { return v_is_absent(v) ? 1 : object_is_true(t, v); }
Value posix_status(Thread *t, int r) { return r >= 0 ? V_NONE : error_pending(t) ? V_NULL : raise_errno(t, errno, V_NULL, V_NULL); }
Value posix_count(Thread *t, int64_t n) { return n < 0 ? posix_status(t, -1) : int_from_i64(t, n); }

Type *posix_add_structseq(Thread *t, Value m, const StructSeqDef *def, const char *name) {
  Type *type = structseq_new_type(t, def);
  return type && module_add(t, m, name, v_own_obj(t, type)) == 0 ? type : NULL;
}
