// fcntl: control of descriptors, and file locks.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>

#include "modules/posix_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

enum { STRUCT_MAX = 1024 };   // the largest argument that is copied; longer ones are only accepted by ioctl on a writable buffer

// An argument that is text or bytes, copied: its length, or -1 with an exception; -2: it is neither.
static int64_t copy_struct(Thread *t, Value v, const char *function, char *out) {
  Value bytes = V_NULL;
  if (v_is_str(v)) {
    bytes = str_encode_fs(t, v);
    if (v_is_null(bytes)) return -1;
    v = bytes;
  } else if (!buffer_is_supported(v)) {
    return -2;
  }
  BufferView view;
  int64_t n = -1;
  if (buffer_get(t, v, &view, BUFFER_SIMPLE) == 0) {
    n = view.len;
    if (n <= STRUCT_MAX) {
      memcpy(out, view.data, (size_t)n);
      out[n] = '\0';
    } else {
      raise_value_error(t, "%s string arg too long", function);
      n = -1;
    }
    buffer_release(t, &view);
  }
  v_drop(t, bytes);
  return n;
}

POSIX(fcntl) {
  POSIX_UNUSED;
  int fd, command, r;
  char data[STRUCT_MAX + 1];
  if (fd_arg(t, args[0], &fd) < 0 || posix_int(t, args[1], &command) < 0) return V_NULL;
  if (sys_audit_args(t, "fcntl.fcntl", (Value[]){v_from_smi(fd), args[1], v_is_absent(args[2]) ? V_NONE : args[2]}, 3) < 0) return V_NULL;
  int64_t n = v_is_absent(args[2]) ? -2 : copy_struct(t, args[2], "fcntl", data);
  if (n == -1) return V_NULL;
  if (n >= 0) {
    RETRIED(r, fcntl(fd, command, data));
    return r < 0 ? posix_count(t, r) : bytes_from(t, data, (size_t)n);
  }
  int64_t number = v_is_absent(args[2]) ? 0 : number_as_i64_clip(t, args[2]);
  if (number == -1 && error_pending(t)) return V_NULL;
  RETRIED(r, fcntl(fd, command, (int)number));
  return posix_count(t, r);
}

// A writable buffer is handed over itself: what the call writes there is seen in it.
static Value ioctl_in_place(Thread *t, int fd, unsigned long request, BufferView *view) {
  int r;
  char data[STRUCT_MAX + 1];
  bool small = view->len <= STRUCT_MAX;   // a copy with a zero behind it, as a string wants
  if (small) {
    memcpy(data, view->data, (size_t)view->len);
    data[view->len] = '\0';
  }
  DETACHED(r, ioctl(fd, request, small ? data : view->data));
  int err = errno;
  if (small) memcpy(view->data, data, (size_t)view->len);
  buffer_release(t, view);
  errno = err;
  return posix_count(t, r);
}

POSIX(ioctl) {
  POSIX_UNUSED;
  int fd, r;
  if (fd_arg(t, args[0], &fd) < 0) return V_NULL;
  int64_t code = number_as_i64(t, args[1]);
  if (code == -1 && error_pending(t)) return V_NULL;
  unsigned long request = (unsigned)code;
  int mutate = v_is_absent(args[3]) ? 1 : object_is_true(t, args[3]);
  if (mutate < 0 || sys_audit_args(t, "fcntl.ioctl", (Value[]){v_from_smi(fd), args[1], v_is_absent(args[2]) ? V_NONE : args[2]}, 3) < 0) return V_NULL;
  if (!v_is_absent(args[2]) && mutate && !v_is_str(args[2]) && buffer_is_supported(args[2])) {
    BufferView view;
    if (buffer_get(t, args[2], &view, BUFFER_WRITABLE) == 0) return ioctl_in_place(t, fd, request, &view);
    error_clear(t);
  }
  char data[STRUCT_MAX + 1];
  int64_t n = v_is_absent(args[2]) ? -2 : copy_struct(t, args[2], "ioctl", data);
  if (n == -1) return V_NULL;
  if (n >= 0) {
    DETACHED(r, ioctl(fd, request, data));
    return r < 0 ? posix_count(t, r) : bytes_from(t, data, (size_t)n);
  }
  int64_t number = v_is_absent(args[2]) ? 0 : number_as_i64(t, args[2]);
  if (number == -1 && error_pending(t)) return V_NULL;
  DETACHED(r, ioctl(fd, request, (int)number));
  return posix_count(t, r);
}

POSIX(flock) {
  POSIX_UNUSED;
  int fd, operation, r;
  if (fd_arg(t, args[0], &fd) < 0 || posix_int(t, args[1], &operation) < 0) return V_NULL;
  if (sys_audit_args(t, "fcntl.flock", (Value[]){v_from_smi(fd), args[1]}, 2) < 0) return V_NULL;
  RETRIED(r, flock(fd, operation));
  return posix_status(t, r);
}

POSIX(lockf) {
  POSIX_UNUSED;
  int fd, operation, whence = 0, r;
  if (fd_arg(t, args[0], &fd) < 0 || posix_int(t, args[1], &operation) < 0 || (!v_is_absent(args[4]) && posix_int(t, args[4], &whence) < 0)) return V_NULL;
  Value length = v_is_absent(args[2]) ? v_from_smi(0) : args[2], start = v_is_absent(args[3]) ? v_from_smi(0) : args[3];
  if (sys_audit_args(t, "fcntl.lockf", (Value[]){v_from_smi(fd), args[1], length, start, v_from_smi(whence)}, 5) < 0) return V_NULL;
  struct flock lock = {.l_whence = (short)whence};
  if (operation == LOCK_UN) lock.l_type = F_UNLCK;
  else if (operation & LOCK_SH) lock.l_type = F_RDLCK;
  else if (operation & LOCK_EX) lock.l_type = F_WRLCK;
  else return raise_value_error(t, "unrecognized lockf argument");
  lock.l_start = number_as_i64(t, start);
  if (!error_pending(t)) lock.l_len = number_as_i64(t, length);
  if (error_pending(t)) return V_NULL;
  RETRIED(r, fcntl(fd, operation & LOCK_NB ? F_SETLK : F_SETLKW, &lock));
  return posix_status(t, r);
}

static const NativeDef functions[] = {
    {"fcntl($module, fd, cmd, arg=0, /)", posix_fcntl, "The system call: an int comes back for an int, bytes for bytes.", 0},
    {"ioctl($module, fd, request, arg=0, mutate_flag=True, /)", posix_ioctl, "The system call; a writable buffer is changed in place.", 0},
    {"flock($module, fd, operation, /)", posix_flock, "Locks or unlocks an open file.", 0},
    {"lockf($module, fd, cmd, len=0, start=0, whence=0, /)", posix_lockf, "Locks or unlocks a range of an open file.", 0},
    {0},
};

#define CONSTANTS(X)                                                                                                                          \
  X(LOCK_SH) X(LOCK_EX) X(LOCK_NB) X(LOCK_UN) X(LOCK_MAND) X(LOCK_READ) X(LOCK_WRITE) X(LOCK_RW) X(F_DUPFD) X(F_DUPFD_CLOEXEC) X(F_GETFD)       \
  X(F_SETFD) X(F_GETFL) X(F_SETFL) X(F_GETLK) X(F_SETLK) X(F_SETLKW) X(F_OFD_GETLK) X(F_OFD_SETLK) X(F_OFD_SETLKW) X(F_GETOWN) X(F_SETOWN)      \
  X(F_GETSIG) X(F_SETSIG) X(F_RDLCK) X(F_WRLCK) X(F_UNLCK) X(F_EXLCK) X(F_SHLCK) X(F_SETLEASE) X(F_GETLEASE) X(F_NOTIFY) X(F_ADD_SEALS)         \
  X(F_GET_SEALS) X(F_SEAL_SEAL) X(F_SEAL_SHRINK) X(F_SEAL_GROW) X(F_SEAL_WRITE) X(F_SETPIPE_SZ) X(F_GETPIPE_SZ) X(FD_CLOEXEC) X(FASYNC)         \
  X(DN_ACCESS) X(DN_MODIFY) X(DN_CREATE) X(DN_DELETE) X(DN_RENAME) X(DN_ATTRIB) X(DN_MULTISHOT)

static int fcntl_exec(Thread *t, Value m) {
  static const struct { const char *name; int64_t value; } constants[] = {
#define ROW(name) {#name, name},
      CONSTANTS(ROW)
#undef ROW
      // Offsets have 64 bits anyway: the names of the calls for such are those of the others.
      {"F_GETLK64", F_GETLK}, {"F_SETLK64", F_SETLK}, {"F_SETLKW64", F_SETLKW}};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  return 0;
}

const ModuleDef module_fcntl = {.name = "fcntl", .doc = "Control of descriptors, and file locks.", .functions = functions, .exec = fcntl_exec};
