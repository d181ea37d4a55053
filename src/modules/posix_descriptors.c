// posix: file descriptors: opening, reading and writing, positions, copies, flags.
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "system/sys_state.h"

POSIX(open) {
  POSIX_UNUSED;
  PathArg p;
  int flags = number_as_int(t, args[1]), mode = v_is_absent(args[2]) ? 0777 : number_as_int(t, args[2]), dir_fd, fd;
  if (error_pending(t) || dir_fd_arg(t, args[3], &dir_fd) < 0 || path_arg(t, args[0], "open", false, false, &p) < 0) return V_NULL;
  if (sys_audit_args(t, "open", (Value[]){args[0], V_NONE, v_from_smi(flags)}, 3) < 0) {
    path_release(t, &p);
    return V_NULL;
  }
  RETRIED(fd, openat(dir_fd, p.name, flags | O_CLOEXEC, mode));
  Value r = fd < 0 ? (error_pending(t) ? V_NULL : path_error(t, &p)) : v_from_smi(fd);
  path_release(t, &p);
  return r;
}
POSIX(close) {
  POSIX_UNUSED;
  int fd, r;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(r, close(fd));
  return posix_status(t, r);
}
POSIX(closerange) {
  POSIX_UNUSED;
  int low, high;
  if (posix_int(t, args[0], &low) < 0 || posix_int(t, args[1], &high) < 0) return V_NULL;
  for (int fd = low; fd < high; fd++) close(fd);
  return V_NONE;
}
POSIX(read) {
  POSIX_UNUSED;
  int fd;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int64_t n = number_as_i64(t, args[1]);
  if (n < 0) {
    if (error_pending(t)) return V_NULL;
    errno = EINVAL;
    return posix_status(t, -1);
  }
  Value r = bytes_new(t, n);
  if (v_is_null(r)) return V_NULL;
  ssize_t got;
  RETRIED(got, read(fd, v_bytes(r)->data, (size_t)n));
  if (got >= 0) return bytes_shrink(t, r, got);
  v_drop(t, r);
  return posix_status(t, -1);
}
POSIX(write) {
  POSIX_UNUSED;
  int fd;
  BufferView view;
  if (posix_int(t, args[0], &fd) < 0 || buffer_get(t, args[1], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  ssize_t n;
  RETRIED(n, write(fd, view.data, (size_t)view.len));
  buffer_release(t, &view);
  return posix_count(t, n);
}
POSIX(pread) {
  POSIX_UNUSED;
  int fd;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int64_t n = number_as_i64(t, args[1]), at = error_pending(t) ? -1 : number_as_i64(t, args[2]);
  if (error_pending(t)) return V_NULL;
  if (n < 0) {
    errno = EINVAL;
    return posix_status(t, -1);
  }
  Value r = bytes_new(t, n);
  if (v_is_null(r)) return V_NULL;
  ssize_t got;
  RETRIED(got, pread(fd, v_bytes(r)->data, (size_t)n, at));
  if (got >= 0) return bytes_shrink(t, r, got);
  v_drop(t, r);
  return posix_status(t, -1);
}
POSIX(pwrite) {
  POSIX_UNUSED;
  int fd;
  int64_t at = number_as_i64(t, args[2]);
  BufferView view;
  if ((at == -1 && error_pending(t)) || posix_int(t, args[0], &fd) < 0 || buffer_get(t, args[1], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  ssize_t n;
  RETRIED(n, pwrite(fd, view.data, (size_t)view.len, at));
  buffer_release(t, &view);
  return posix_count(t, n);
}
POSIX(mkfifo) {
  POSIX_UNUSED;
  int mode = v_is_absent(args[1]) ? 0666 : number_as_int(t, args[1]);
  PathArg p;
  int dir_fd, r;
  if ((mode == -1 && error_pending(t)) || dir_fd_arg(t, args[2], &dir_fd) < 0 || path_arg(t, args[0], "mkfifo", false, false, &p) < 0) return V_NULL;
  DETACHED(r, mkfifoat(dir_fd, p.name, (mode_t)mode));
  path_release(t, &p);
  return posix_status(t, r);
}
POSIX(lseek) {
  POSIX_UNUSED;
  int fd, how;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int64_t at = number_as_i64(t, args[1]);
  if ((at == -1 && error_pending(t)) || posix_int(t, args[2], &how) < 0) return V_NULL;
  off_t r;
  DETACHED(r, lseek(fd, at, how));
  return r < 0 ? posix_status(t, -1) : int_from_i64(t, r);
}
POSIX(isatty) { POSIX_UNUSED; int fd; return posix_int(t, args[0], &fd) < 0 ? V_NULL : v_from_bool(isatty(fd)); }
POSIX(dup) {
  POSIX_UNUSED;
  int fd;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int r = fcntl(fd, F_DUPFD_CLOEXEC, 0);
  return r < 0 ? posix_status(t, -1) : v_from_smi(r);
}
POSIX(dup2) {
  POSIX_UNUSED;
  int fd, to, inheritable = v_is_absent(args[2]) ? 1 : object_is_true(t, args[2]);
  if (inheritable < 0 || posix_int(t, args[0], &fd) < 0 || posix_int(t, args[1], &to) < 0) return V_NULL;
  int r = inheritable || fd == to ? dup2(fd, to) : dup3(fd, to, O_CLOEXEC);
  return r < 0 ? posix_status(t, -1) : v_from_smi(r);
}
POSIX(pipe) {
  POSIX_UNUSED;
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) < 0) return posix_status(t, -1);
  return tuple_from_stolen(t, (Value[]){v_from_smi(fds[0]), v_from_smi(fds[1])}, 2);
}
POSIX(pipe2) {
  POSIX_UNUSED;
  int fds[2], flags;
  if (posix_int(t, args[0], &flags) < 0) return V_NULL;
  if (pipe2(fds, flags) < 0) return posix_status(t, -1);
  return tuple_from_stolen(t, (Value[]){v_from_smi(fds[0]), v_from_smi(fds[1])}, 2);
}
POSIX(fsync) { POSIX_UNUSED; int fd, r; if (fd_arg(t, args[0], &fd) < 0) return V_NULL; DETACHED(r, fsync(fd)); return posix_status(t, r); }
POSIX(ftruncate) {
  POSIX_UNUSED;
  int fd, r;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  int64_t n = number_as_i64(t, args[1]);
  if (n == -1 && error_pending(t)) return V_NULL;
  DETACHED(r, ftruncate(fd, n));
  return posix_status(t, r);
}
POSIX(truncate) {
  POSIX_UNUSED;
  PathArg p;
  int64_t n = number_as_i64(t, args[1]);
  if ((n == -1 && error_pending(t)) || path_arg(t, args[0], "truncate", true, false, &p) < 0) return V_NULL;
  int r;
  DETACHED(r, p.name ? truncate(p.name, n) : ftruncate(p.fd, n));
  Value v = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return v;
}
POSIX(get_inheritable) { POSIX_UNUSED; int fd; if (posix_int(t, args[0], &fd) < 0) return V_NULL; int f = fcntl(fd, F_GETFD); return f < 0 ? posix_status(t, -1) : v_from_bool(!(f & FD_CLOEXEC)); }
POSIX(set_inheritable) {
  POSIX_UNUSED;
  int fd, on;
  if (posix_int(t, args[0], &fd) < 0 || posix_int(t, args[1], &on) < 0) return V_NULL;
  int f = fcntl(fd, F_GETFD);
  return posix_status(t, f < 0 ? -1 : fcntl(fd, F_SETFD, on ? f & ~FD_CLOEXEC : f | FD_CLOEXEC));
}
POSIX(get_blocking) { POSIX_UNUSED; int fd; if (posix_int(t, args[0], &fd) < 0) return V_NULL; int f = fcntl(fd, F_GETFL); return f < 0 ? posix_status(t, -1) : v_from_bool(!(f & O_NONBLOCK)); }
POSIX(set_blocking) {
  POSIX_UNUSED;
  int fd, on;
  if (posix_int(t, args[0], &fd) < 0 || posix_int(t, args[1], &on) < 0) return V_NULL;
  int f = fcntl(fd, F_GETFL);
  return posix_status(t, f < 0 ? -1 : fcntl(fd, F_SETFL, on ? f & ~O_NONBLOCK : f | O_NONBLOCK));
}

const NativeDef posix_descriptor_functions[] = {
    {"open(path, flags, mode=511, *, dir_fd=None)", posix_open, "Opens a file and returns its descriptor.", 0},
    {"close(fd)", posix_close, "Closes the file descriptor.", 0},
    {"closerange(fd_low, fd_high, /)", posix_closerange, "Closes the file descriptors from fd_low up to, not including, fd_high.", 0},
    {"read(fd, length, /)", posix_read, "Reads up to length bytes.", 0},
    {"write(fd, data, /)", posix_write, "Writes the bytes and tells how many were taken.", 0},
    {"pread(fd, length, offset, /)", posix_pread, "Reads up to length bytes at offset; the position stays.", 0},
    {"pwrite(fd, buffer, offset, /)", posix_pwrite, "Writes the bytes at offset and tells how many were taken; the position stays.", 0},
    {"mkfifo(path, mode=438, *, dir_fd=None)", posix_mkfifo, "Makes a named pipe.", 0},
    {"lseek(fd, position, whence, /)", posix_lseek, "Moves the position in an open file; returns the new one.", 0},
    {"isatty(fd, /)", posix_isatty, "Whether a terminal is behind the file descriptor.", 0},
    {"dup(fd, /)", posix_dup, "A new file descriptor for the same open file.", 0},
    {"dup2(fd, fd2, inheritable=True)", posix_dup2, "Makes fd2 refer to the same open file as fd.", 0},
    {"pipe()", posix_pipe, "Create a pipe.", 0},
    {"pipe2(flags, /)", posix_pipe2, "A pipe whose two ends have these flags from the start.", 0},
    {"fsync(fd)", posix_fsync, "Waits until the file's data and attributes are on the disk.", 0},
    {"fdatasync(fd)", posix_fsync, "Waits until the file's data are on the disk.", 0},
    {"ftruncate(fd, length, /)", posix_ftruncate, "Makes an open file end at this length.", 0},
    {"truncate(path, length)", posix_truncate, "Makes a file end at this length.", 0},
    {"get_inheritable(fd, /)", posix_get_inheritable, "Whether programs run by this one get the file descriptor.", 0},
    {"set_inheritable(fd, inheritable, /)", posix_set_inheritable, "Says whether programs run by this one get the file descriptor.", 0},
    {"get_blocking(fd, /)", posix_get_blocking, "Whether reads and writes may wait.", 0},
    {"set_blocking(fd, blocking, /)", posix_set_blocking, "Says whether reads and writes may wait.", 0},
    {0},
};
