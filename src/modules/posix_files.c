// posix: files and folders.
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "gc/heap.h"
#include "modules/_warnings.h"
#include "modules/posix_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/sys_state.h"

// --- Arguments ------------------------------------------------------------------------------------------------------------------------------

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

static int follow_arg(Thread *t, Value v) { return v_is_absent(v) ? 1 : object_is_true(t, v); }
Value posix_status(Thread *t, int r) { return r >= 0 ? V_NONE : error_pending(t) ? V_NULL : raise_errno(t, errno, V_NULL, V_NULL); }
Value posix_count(Thread *t, int64_t n) { return n < 0 ? posix_status(t, -1) : int_from_i64(t, n); }

// --- stat -------------------------------------------------------------------------------------------------------------------------------------

static Type *stat_result_type, *statvfs_type, *terminal_size_type;

Value stat_new(Thread *t, const struct stat *st) {
  const struct timespec *times[3] = {&st->st_atim, &st->st_mtim, &st->st_ctim};
  Value items[19] = {int_from_u64(t, st->st_mode), int_from_u64(t, st->st_ino), int_from_u64(t, st->st_dev), int_from_u64(t, st->st_nlink),
                     int_from_u64(t, st->st_uid), int_from_u64(t, st->st_gid), int_from_i64(t, st->st_size)};
  for (int i = 0; i < 3; i++) {
    items[7 + i] = int_from_i64(t, times[i]->tv_sec);
    items[10 + i] = float_new(t, (double)times[i]->tv_sec + 1e-9 * (double)times[i]->tv_nsec);
    items[13 + i] = int_from_i64(t, (int64_t)times[i]->tv_sec * 1000000000 + times[i]->tv_nsec);
  }
  items[16] = int_from_i64(t, st->st_blksize);
  items[17] = int_from_i64(t, st->st_blocks);
  items[18] = int_from_u64(t, st->st_rdev);
  return structseq_new(t, stat_result_type, items, 19);
}

static Value do_stat(Thread *t, Value path, int dir_fd, bool follow, const char *function, bool allow_fd) {
  PathArg p;
  if (path_arg(t, path, function, allow_fd, false, &p) < 0) return V_NULL;
  struct stat st;
  int r;
  if (p.fd != -1 || !p.name) DETACHED(r, fstat(p.fd, &st));
  else DETACHED(r, fstatat(dir_fd, p.name, &st, follow ? 0 : AT_SYMLINK_NOFOLLOW));
  Value result = r < 0 ? path_error(t, &p) : stat_new(t, &st);
  path_release(t, &p);
  return result;
}
POSIX(stat) {
  POSIX_UNUSED;
  int dir_fd, follow = follow_arg(t, args[2]);
  if (follow < 0 || dir_fd_arg(t, args[1], &dir_fd) < 0) return V_NULL;
  return do_stat(t, args[0], dir_fd, follow, "stat", true);
}
POSIX(lstat) {
  POSIX_UNUSED;
  int dir_fd;
  return dir_fd_arg(t, args[1], &dir_fd) < 0 ? V_NULL : do_stat(t, args[0], dir_fd, false, "lstat", false);
}
POSIX(fstat) {
  POSIX_UNUSED;
  struct stat st;
  int fd, r;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(r, fstat(fd, &st));
  return r < 0 ? posix_status(t, -1) : stat_new(t, &st);
}
POSIX(statvfs) {
  POSIX_UNUSED;
  PathArg p;
  if (path_arg(t, args[0], "statvfs", true, false, &p) < 0) return V_NULL;
  struct statvfs v;
  int r;
  DETACHED(r, p.name ? statvfs(p.name, &v) : fstatvfs(p.fd, &v));
  Value result = V_NULL;
  if (r < 0) path_error(t, &p);
  else {
    Value items[11] = {int_from_u64(t, v.f_bsize), int_from_u64(t, v.f_frsize), int_from_u64(t, v.f_blocks), int_from_u64(t, v.f_bfree),
                       int_from_u64(t, v.f_bavail), int_from_u64(t, v.f_files), int_from_u64(t, v.f_ffree), int_from_u64(t, v.f_favail),
                       int_from_u64(t, v.f_flag), int_from_u64(t, v.f_namemax), int_from_u64(t, v.f_fsid)};
    result = structseq_new(t, statvfs_type, items, 11);
  }
  path_release(t, &p);
  return result;
}
POSIX(access) {
  POSIX_UNUSED;
  PathArg p;
  int mode = number_as_int(t, args[1]), dir_fd, r;
  int effective = v_is_absent(args[3]) ? 0 : object_is_true(t, args[3]), follow = follow_arg(t, args[4]);
  if (error_pending(t) || dir_fd_arg(t, args[2], &dir_fd) < 0 || path_arg(t, args[0], "access", false, false, &p) < 0) return V_NULL;
  DETACHED(r, faccessat(dir_fd, p.name, mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)));
  path_release(t, &p);
  return v_from_bool(r == 0);
}

// --- Names ------------------------------------------------------------------------------------------------------------------------------------

// One path and a dir_fd, for calls of the form f(dir_fd, name, extra).
static Value on_path(Thread *t, Value path, Value dir, const char *function, int (*call)(int, const char *, int), int extra) {
  PathArg p;
  int dir_fd, r;
  if (dir_fd_arg(t, dir, &dir_fd) < 0 || path_arg(t, path, function, false, false, &p) < 0) return V_NULL;
  DETACHED(r, call(dir_fd, p.name, extra));
  Value result = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return result;
}
static int call_mkdir(int dir, const char *name, int mode) { return mkdirat(dir, name, (mode_t)mode); }

POSIX(mkdir) {
  POSIX_UNUSED;
  int mode = v_is_absent(args[1]) ? 0777 : number_as_int(t, args[1]);
  if (mode == -1 && error_pending(t)) return V_NULL;
  if (sys_audit_args(t, "os.mkdir", (Value[]){args[0], v_from_smi(mode), v_from_smi(-1)}, 3) < 0) return V_NULL;
  return on_path(t, args[0], args[2], "mkdir", call_mkdir, mode);
}
POSIX(unlink) { POSIX_UNUSED; return sys_audit_args(t, "os.remove", (Value[]){args[0], v_from_smi(-1)}, 2) < 0 ? V_NULL : on_path(t, args[0], args[1], "unlink", unlinkat, 0); }
POSIX(remove) { POSIX_UNUSED; return sys_audit_args(t, "os.remove", (Value[]){args[0], v_from_smi(-1)}, 2) < 0 ? V_NULL : on_path(t, args[0], args[1], "remove", unlinkat, 0); }
POSIX(rmdir) { POSIX_UNUSED; return sys_audit_args(t, "os.rmdir", (Value[]){args[0], v_from_smi(-1)}, 2) < 0 ? V_NULL : on_path(t, args[0], args[1], "rmdir", unlinkat, AT_REMOVEDIR); }
static int call_chmod(int dir, const char *name, int mode) { return fchmodat(dir, name, (mode_t)mode, 0); }
POSIX(chmod) {
  POSIX_UNUSED;
  PathArg p;
  int mode = number_as_int(t, args[1]), dir_fd, r;
  if ((mode == -1 && error_pending(t)) || dir_fd_arg(t, args[2], &dir_fd) < 0 || path_arg(t, args[0], "chmod", true, false, &p) < 0) return V_NULL;
  DETACHED(r, p.name ? call_chmod(dir_fd, p.name, mode) : fchmod(p.fd, (mode_t)mode));
  Value result = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return result;
}
POSIX(fchmod) {
  POSIX_UNUSED;
  int fd = number_as_int(t, args[0]), mode = number_as_int(t, args[1]);
  return error_pending(t) ? V_NULL : posix_status(t, fchmod(fd, (mode_t)mode));
}
POSIX(chown) {
  POSIX_UNUSED;
  PathArg p;
  uint32_t uid, gid;
  int dir_fd, follow, r;
  if (posix_id(t, args[1], "uid", &uid) < 0 || posix_id(t, args[2], "gid", &gid) < 0) return V_NULL;
  follow = follow_arg(t, args[4]);
  if (error_pending(t) || dir_fd_arg(t, args[3], &dir_fd) < 0 || path_arg(t, args[0], "chown", true, false, &p) < 0) return V_NULL;
  DETACHED(r, p.name ? fchownat(dir_fd, p.name, uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW) : fchown(p.fd, uid, gid));
  Value result = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return result;
}

// Two paths with their dir_fds.
static Value on_paths(Thread *t, const Value *args, Value dir1, Value dir2, const char *function, int (*call)(int, const char *, int, const char *)) {
  PathArg a, b;
  int fd1, fd2, r;
  if (dir_fd_arg(t, dir1, &fd1) < 0 || dir_fd_arg(t, dir2, &fd2) < 0 || path_arg_named(t, args[0], function, "src", false, false, &a) < 0) return V_NULL;
  if (path_arg_named(t, args[1], function, "dst", false, false, &b) < 0) {
    path_release(t, &a);
    return V_NULL;
  }
  DETACHED(r, call(fd1, a.name, fd2, b.name));
  Value result = r < 0 ? raise_errno(t, errno, a.object, b.object) : V_NONE;
  path_release(t, &a);
  path_release(t, &b);
  return result;
}
static int call_link(int a, const char *from, int b, const char *to) { return linkat(a, from, b, to, AT_SYMLINK_FOLLOW); }
static int call_link_nofollow(int a, const char *from, int b, const char *to) { return linkat(a, from, b, to, 0); }
static int call_symlink(int a, const char *from, int b, const char *to) { (void)a; return symlinkat(from, b, to); }
POSIX(rename) { POSIX_UNUSED; return on_paths(t, args, args[2], args[3], "rename", renameat); }
POSIX(replace) { POSIX_UNUSED; return on_paths(t, args, args[2], args[3], "replace", renameat); }
POSIX(link) {
  POSIX_UNUSED;
  int follow = follow_arg(t, args[4]);
  return follow < 0 ? V_NULL : on_paths(t, args, args[2], args[3], "link", follow ? call_link : call_link_nofollow);
}
POSIX(symlink) { POSIX_UNUSED; return on_paths(t, args, V_NONE, args[3], "symlink", call_symlink); }

POSIX(readlink) {
  POSIX_UNUSED;
  PathArg p;
  int dir_fd;
  char buffer[4097];
  ssize_t n;
  if (dir_fd_arg(t, args[1], &dir_fd) < 0 || path_arg(t, args[0], "readlink", false, false, &p) < 0) return V_NULL;
  DETACHED(n, readlinkat(dir_fd, p.name, buffer, sizeof buffer - 1));
  Value r = n < 0 ? path_error(t, &p) : path_result(t, &p, buffer, (size_t)n);
  path_release(t, &p);
  return r;
}

POSIX(utime) {
  POSIX_UNUSED;
  PathArg p;
  int dir_fd, follow = follow_arg(t, args[4]), r;
  struct timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};
  bool has_times = !v_is_absent_or_none(args[1]), has_ns = !v_is_absent(args[2]);
  if (has_times && has_ns) return raise_value_error(t, "utime: you may specify either 'times' or 'ns' but not both");
  if (has_times || has_ns) {
    Value pair = has_ns ? args[2] : args[1];
    if (!v_is_tuple(pair) || v_tuple(pair)->length != 2)
      return raise_type_error(t, "utime: '%s' must be %s", has_ns ? "ns" : "times", has_ns ? "a tuple of two ints" : "either a tuple of two ints or None");
    for (int i = 0; i < 2; i++) {
      Value v = v_tuple(pair)->items[i];
      if (has_ns) {
        int64_t ns = number_as_i64(t, v);
        if (ns == -1 && error_pending(t)) return V_NULL;
        int64_t s = ns / 1000000000 - (ns % 1000000000 < 0);
        times[i] = (struct timespec){s, ns - s * 1000000000};
      } else {
        double d = number_as_double(t, v);
        if (d == -1.0 && error_pending(t)) return V_NULL;
        int64_t s = (int64_t)d - (d < (double)(int64_t)d);
        times[i] = (struct timespec){s, (long)((d - (double)s) * 1e9)};
      }
    }
  }
  if (follow < 0 || dir_fd_arg(t, args[3], &dir_fd) < 0 || path_arg(t, args[0], "utime", true, false, &p) < 0) return V_NULL;
  DETACHED(r, p.name ? utimensat(dir_fd, p.name, times, follow ? 0 : AT_SYMLINK_NOFOLLOW) : futimens(p.fd, times));
  Value result = posix_status(t, r);   // without the file name, as CPython
  path_release(t, &p);
  return result;
}

POSIX(fchdir) {
  POSIX_UNUSED;
  int fd, r;
  if (fd_arg(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(r, fchdir(fd));
  return posix_status(t, r);
}
POSIX(chdir) {
  POSIX_UNUSED;
  PathArg p;
  int r;
  if (path_arg(t, args[0], "chdir", true, false, &p) < 0) return V_NULL;
  DETACHED(r, p.name ? chdir(p.name) : fchdir(p.fd));
  Value result = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return result;
}
static Value cwd(Thread *t, bool bytes) {
  char *s = getcwd(NULL, 0);
  if (!s) return posix_status(t, -1);
  Value r = bytes ? bytes_from(t, s, strlen(s)) : str_decode_fs(t, s, strlen(s));
  free(s);
  return r;
}
POSIX(getcwd) { POSIX_UNUSED; return cwd(t, false); }
POSIX(getcwdb) { POSIX_UNUSED; return cwd(t, true); }
POSIX(umask) {
  POSIX_UNUSED;
  int mask = number_as_int(t, args[0]);
  return mask == -1 && error_pending(t) ? V_NULL : v_from_smi(umask((mode_t)mask));
}

// --- Folders ------------------------------------------------------------------------------------------------------------------------------------

static bool is_dot(const char *s) { return s[0] == '.' && (s[1] == '\0' || (s[1] == '.' && s[2] == '\0')); }

static DIR *open_folder(Thread *t, const PathArg *p) {
  DIR *d;
  int fd = p->name ? -1 : fcntl(p->fd, F_DUPFD_CLOEXEC, 0);
  DETACHED(d, p->name ? opendir(p->name) : fd < 0 ? NULL : fdopendir(fd));
  if (!d && fd >= 0) close(fd);
  if (d && fd >= 0) rewinddir(d);
  return d;
}

POSIX(listdir) {
  POSIX_UNUSED;
  if (sys_audit(t, "os.listdir", v_is_absent(args[0]) ? V_NONE : args[0]) < 0) return V_NULL;
  PathArg p;
  if (path_arg(t, args[0], "listdir", true, true, &p) < 0) return V_NULL;
  DIR *d = open_folder(t, &p);
  Value list = V_NULL;
  if (!d) {
    path_error(t, &p);
  } else {
    list = list_new(t, 0);
    for (struct dirent *e; !v_is_null(list) && (errno = 0, e = readdir(d)) != NULL;) {
      if (is_dot(e->d_name)) continue;
      Value name = path_result(t, &p, e->d_name, strlen(e->d_name));
      if (v_is_null(name) || list_append_steal(t, v_list(list), name) < 0) v_clear(t, &list);
    }
    closedir(d);
  }
  path_release(t, &p);
  return list;
}

// scandir's iterator: entries are read one by one; the stream belongs to one iterator under its stream lock-like critical use by one thread.
typedef struct ScandirIterator { Object ob; DIR *dir; Value path; bool is_bytes; int fd; a8 busy; } ScandirIterator;
typedef struct DirEntry { Object ob; Value name, path, stat, lstat; unsigned char type; int dir_fd; uint64_t inode; } DirEntry;
static Type type_scandir, type_direntry;

static Value entry_new(Thread *t, ScandirIterator *it, const struct dirent *e) {
  Value v = type_generic_alloc(t, &type_direntry, 0);
  if (v_is_null(v)) return V_NULL;
  DirEntry *d = (DirEntry *)v_obj(v);
  size_t n = strlen(e->d_name);
  d->type = e->d_type;
  d->inode = e->d_ino;
  d->dir_fd = it->fd;
  d->name = it->is_bytes ? bytes_from(t, e->d_name, n) : str_decode_fs(t, e->d_name, n);
  if (it->fd >= 0 || v_is_null(d->name)) {
    d->path = v_own(t, d->name);
  } else {
    const Bytes *base = v_bytes(it->path);
    bool slash = base->length > 0 && base->data[base->length - 1] == '/';
    char *joined = malloc((size_t)base->length + n + 2);
    if (joined) {
      int length = sprintf(joined, "%s%s%s", base->data, slash || base->length == 0 ? "" : "/", e->d_name);
      d->path = it->is_bytes ? bytes_from(t, joined, (size_t)length) : str_decode_fs(t, joined, (size_t)length);
      free(joined);
    } else {
      raise_no_memory(t);
    }
  }
  if (v_is_null(d->name) || v_is_null(d->path)) v_clear(t, &v);
  return v;
}

static void scandir_close_dir(ScandirIterator *it) {
  if (it->dir) closedir(it->dir);
  it->dir = NULL;
}

static Value scandir_next(Thread *t, Value self) {
  ScandirIterator *it = (ScandirIterator *)v_obj(self);
  if (!a8_cas_acq(&it->busy, 0, 1)) return raise_value_error(t, "scandir iterator already executing");
  Value r = V_NULL;
  while (it->dir) {
    errno = 0;
    struct dirent *e = readdir(it->dir);
    if (!e) {
      if (errno) posix_status(t, -1);
      scandir_close_dir(it);
      break;
    }
    if (is_dot(e->d_name)) continue;
    r = entry_new(t, it, e);
    break;
  }
  a8_store_rel(&it->busy, 0);
  return r;
}
POSIX(scandir_close) { POSIX_UNUSED; scandir_close_dir((ScandirIterator *)v_obj(self)); return V_NONE; }
POSIX(scandir_enter) { POSIX_UNUSED; return v_own(t, self); }
static Value scandir_iter(Thread *t, Value self) { return v_own(t, self); }
static void scandir_finalize(Thread *t, Value self) {
  ScandirIterator *it = (ScandirIterator *)v_obj(self);
  if (!it->dir) return;
  Object *pending = t->exc;
  t->exc = NULL;
  warnings_unclosed(t, self, "unclosed scandir iterator %R", self);
  t->exc = pending;
  scandir_close_dir(it);
}
static void scandir_dealloc(Thread *t, Object *o) {
  scandir_close_dir((ScandirIterator *)o);
  v_drop(t, ((ScandirIterator *)o)->path);
  heap_free_object(t, o);
}
static const NativeDef scandir_methods[] = {
    {"close($self, /)", posix_scandir_close, NULL, NATIVE_NO_SIGNATURE}, {"__enter__($self, /)", posix_scandir_enter, NULL, NATIVE_NO_SIGNATURE},
    {"__exit__($self, /, *args)", posix_scandir_close, NULL, NATIVE_NO_SIGNATURE}, {0}};
static const TypeSpec spec_scandir = {.name = "posix.ScandirIterator", .size = sizeof(ScandirIterator), .flags = TYPE_NO_INSTANTIATE | TYPE_HAS_FINALIZER,
    .slots = {.iter = scandir_iter, .iternext = scandir_next, .finalize = scandir_finalize, .dealloc = scandir_dealloc}, .methods = scandir_methods};

POSIX(scandir) {
  POSIX_UNUSED;
  if (sys_audit(t, "os.scandir", v_is_absent(args[0]) ? V_NONE : args[0]) < 0) return V_NULL;
  PathArg p;
  if (path_arg(t, args[0], "scandir", true, true, &p) < 0) return V_NULL;
  DIR *d = open_folder(t, &p);
  Value r = V_NULL;
  if (!d) {
    path_error(t, &p);
  } else {
    r = type_generic_alloc(t, &type_scandir, 0);
    if (v_is_null(r)) {
      closedir(d);
    } else {
      ScandirIterator *it = (ScandirIterator *)v_obj(r);
      it->dir = d;
      it->is_bytes = p.is_bytes;
      it->fd = p.name ? -1 : p.fd;
      it->path = bytes_from(t, p.name ? p.name : "", p.name ? strlen(p.name) : 0);
    }
  }
  path_release(t, &p);
  return r;
}

static DirEntry *v_entry(Value v) { return (DirEntry *)v_obj(v); }
static Value entry_stat(Thread *t, DirEntry *e, bool follow) {
  Value *slot = follow ? &e->stat : &e->lstat;
  if (!v_is_null(*slot)) return v_own(t, *slot);
  Value r = do_stat(t, e->path, e->dir_fd >= 0 ? e->dir_fd : AT_FDCWD, follow, "stat", false);
  if (!v_is_null(r)) v_set(t, slot, v_own(t, r));
  return r;
}
// Whether the entry is of a kind (S_IFDIR...), from the folder's own record where that says enough.
static Value entry_is(Thread *t, Value self, Value follow_value, mode_t kind, unsigned char record) {
  DirEntry *e = v_entry(self);
  int follow = follow_arg(t, follow_value);
  if (follow < 0) return V_NULL;
  bool known = e->type != DT_UNKNOWN && !(follow && e->type == DT_LNK);
  if (known) return v_from_bool(e->type == record);
  Value st = entry_stat(t, e, follow);
  if (v_is_null(st)) {
    if (!error_matches(t, &exc_FileNotFoundError)) return V_NULL;
    error_clear(t);
    return V_FALSE;
  }
  int64_t mode;
  int_as_i64(v_tuple(st)->items[0], &mode);
  v_drop(t, st);
  return v_from_bool((mode & S_IFMT) == kind);
}
POSIX(entry_is_dir) { POSIX_UNUSED; return entry_is(t, self, args[0], S_IFDIR, DT_DIR); }
POSIX(entry_is_file) { POSIX_UNUSED; return entry_is(t, self, args[0], S_IFREG, DT_REG); }
POSIX(entry_is_symlink) { POSIX_UNUSED; return entry_is(t, self, V_FALSE, S_IFLNK, DT_LNK); }
POSIX(entry_stat_) {
  POSIX_UNUSED;
  int follow = follow_arg(t, args[0]);
  return follow < 0 ? V_NULL : entry_stat(t, v_entry(self), follow);
}
POSIX(entry_inode) { POSIX_UNUSED; return int_from_u64(t, v_entry(self)->inode); }
POSIX(entry_fspath) { POSIX_UNUSED; return v_own(t, v_entry(self)->path); }
POSIX(entry_class_getitem) { POSIX_UNUSED; return generic_alias_new(t, self, args[0]); }
static Value entry_repr(Thread *t, Value self) { return str_from_format(t, "<DirEntry %R>", v_entry(self)->name); }
static void entry_dealloc(Thread *t, Object *o) {
  DirEntry *e = (DirEntry *)o;
  v_drop(t, e->name);
  v_drop(t, e->path);
  v_drop(t, e->stat);
  v_drop(t, e->lstat);
  heap_free_object(t, o);
}
static const NativeDef entry_methods[] = {
    {"is_dir($self, /, *, follow_symlinks=True)", posix_entry_is_dir, "Whether it is a folder.", 0},
    {"is_file($self, /, *, follow_symlinks=True)", posix_entry_is_file, "Whether it is an ordinary file.", 0},
    {"is_symlink($self, /)", posix_entry_is_symlink, "Whether it is a symbolic link.", 0},
    {"stat($self, /, *, follow_symlinks=True)", posix_entry_stat_, "What os.stat() says of it; asked once.", 0},
    {"inode($self, /)", posix_entry_inode, "The number of its inode.", 0},
    {"__fspath__($self, /)", posix_entry_fspath, "Its path.", 0},
    {"__class_getitem__($type, item, /)", posix_entry_class_getitem, "See PEP 585", NATIVE_CLASS | NATIVE_NO_SIGNATURE},
    {0}};
static const MemberDef entry_members[] = {
    {"name", MEMBER_VALUE, offsetof(DirEntry, name), true, "The name within its folder."},
    {"path", MEMBER_VALUE, offsetof(DirEntry, path), true, "The name with the folder's path, as scandir() was given it."},
    {0}};
static const TypeSpec spec_direntry = {.name = "posix.DirEntry", .size = sizeof(DirEntry), .flags = TYPE_NO_INSTANTIATE,
    .slots = {.repr = entry_repr, .dealloc = entry_dealloc}, .methods = entry_methods, .members = entry_members};

// --- Descriptors --------------------------------------------------------------------------------------------------------------------------------

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
POSIX(get_terminal_size) {
  POSIX_UNUSED;
  int fd = 1;
  struct winsize size;
  if (!v_is_absent(args[0]) && posix_int(t, args[0], &fd) < 0) return V_NULL;
  if (ioctl(fd, TIOCGWINSZ, &size) < 0) return posix_status(t, -1);
  return structseq_new(t, terminal_size_type, (Value[]){v_from_smi(size.ws_col), v_from_smi(size.ws_row)}, 2);
}
POSIX(fspath) {
  POSIX_UNUSED;
  if (v_is_str(args[0]) || v_is_bytes(args[0])) return v_own(t, args[0]);
  Value f;
  int r = object_lookup_special(t, args[0], N(__fspath__), &f);
  if (r <= 0) return r < 0 ? V_NULL : raise_type_error(t, "expected str, bytes or os.PathLike object, not %T", args[0]);
  Value v = object_call0(t, f);
  v_drop(t, f);
  if (v_is_null(v) || v_is_str(v) || v_is_bytes(v)) return v;
  raise_type_error(t, "expected %T.__fspath__() to return str or bytes, not %T", args[0], v);
  v_drop(t, v);
  return V_NULL;
}

// normpath as posixpath defines it: collapses "//", "." and "..", keeping one or exactly two leading slashes.
static size_t normalise(const uint32_t *s, size_t n, uint32_t *out) {
  size_t slashes = n && s[0] == '/' ? (n > 1 && s[1] == '/' && !(n > 2 && s[2] == '/') ? 2 : 1) : 0, w = slashes, floor = slashes;
  for (size_t i = 0; i < slashes; i++) out[i] = '/';
  for (size_t i = 0; i < n;) {
    while (i < n && s[i] == '/') i++;
    size_t start = i;
    while (i < n && s[i] != '/') i++;
    size_t length = i - start;
    if (length == 0 || (length == 1 && s[start] == '.')) continue;
    bool up = length == 2 && s[start] == '.' && s[start + 1] == '.';
    if (up && w > floor) {
      while (w > floor && out[w - 1] != '/') w--;
      if (w > floor) w--;
      continue;
    }
    if (up && slashes) continue;
    if (w > slashes) out[w++] = '/';
    memcpy(out + w, s + start, length * sizeof *out);
    w += length;
    if (up) floor = w;   // nothing before a leading ".." can be taken back
  }
  if (w == 0) out[w++] = '.';
  return w;
}
POSIX(path_normpath) {
  POSIX_UNUSED;
  if (!v_is_str(args[0])) return raise_type_error(t, "_path_normpath() argument 'path' must be str, not %K", args[0]);
  // By characters: a path with surrogates that no file name can have is as good as any other here.
  const Str *path = v_str(args[0]);
  size_t n = (size_t)path->length;
  uint32_t *characters = malloc((2 * n + 2) * sizeof *characters), *out = characters + n;
  if (!characters) return raise_no_memory(t);
  for (size_t i = 0; i < n; i++) characters[i] = str_char(path, (int64_t)i);
  Value r = str_from_ucs4(t, out, (int64_t)normalise(characters, n, out));
  free(characters);
  return r;
}

const NativeDef posix_file_functions[] = {
    {"stat(path, *, dir_fd=None, follow_symlinks=True)", posix_stat, "The attributes of a file.", 0},
    {"lstat(path, *, dir_fd=None)", posix_lstat, "The attributes of a file, or of the symlink itself.", 0},
    {"fstat(fd)", posix_fstat, "The attributes of an open file.", 0},
    {"statvfs(path)", posix_statvfs, "Facts about the file system on which path lies.", 0},
    {"fstatvfs(fd, /)", posix_statvfs, "A statvfs_result for the file system of an open file.", 0},
    {"access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", posix_access, "Whether the real user may use the file in this way.", 0},
    {"mkdir(path, mode=511, *, dir_fd=None)", posix_mkdir, "Create a directory.", 0},
    {"unlink(path, *, dir_fd=None)", posix_unlink, "Removes a name of a file.", 0},
    {"remove(path, *, dir_fd=None)", posix_remove, "Removes a file.", 0},
    {"rmdir(path, *, dir_fd=None)", posix_rmdir, "Remove a directory.", 0},
    {"chmod(path, mode, *, dir_fd=None, follow_symlinks=True)", posix_chmod, "Changes the permission bits of a file.", 0},
    {"fchmod(fd, mode)", posix_fchmod, "Changes the permission bits of an open file.", 0},
    {"chown(path, uid, gid, *, dir_fd=None, follow_symlinks=True)", posix_chown, "Changes the owner and the group of a file.", 0},
    {"rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", posix_rename, "Moves a file or folder to the name dst.", 0},
    {"replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)", posix_replace, "Moves a file or folder to the name dst, which may be in use.", 0},
    {"link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)", posix_link, "Gives a file one more name.", 0},
    {"symlink(src, dst, target_is_directory=False, *, dir_fd=None)", posix_symlink, "Makes dst a symlink that holds src.", 0},
    {"readlink(path, *, dir_fd=None)", posix_readlink, "The path that a symlink holds.", 0},
    {"utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True)", posix_utime, "Sets when the file was last read and changed.", NATIVE_NO_SIGNATURE},
    {"chdir(path)", posix_chdir, "Makes path the current folder.", 0},
    {"fchdir(fd)", posix_fchdir, "Makes an open folder the current one.", 0},
    {"getcwd()", posix_getcwd, "The path of the current folder.", 0},
    {"getcwdb()", posix_getcwdb, "The path of the current folder, as bytes.", 0},
    {"umask(mask, /)", posix_umask, "Sets which permissions new files never get; returns the old mask.", 0},
    {"listdir(path=None)", posix_listdir, "The names in a folder, in no special order.", 0},
    {"scandir(path=None)", posix_scandir, "An iterator over the entries of a folder, with what is known of each.", 0},
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
    {"get_terminal_size(fd=None, /)", posix_get_terminal_size, "How many columns and lines the terminal has.", 0},
    {"fspath(path)", posix_fspath, "The path as str or bytes; objects are asked by __fspath__.", 0},
    {"_path_normpath(path)", posix_path_normpath, "Drops empty parts, \".\" and \"..\" from a path.", 0},
    {0},
};

static Type *make_structseq(Thread *t, Value m, const StructSeqDef *def, const char *name) {
  Type *type = structseq_new_type(t, def);
  return type && module_add(t, m, name, v_own_obj(t, type)) == 0 ? type : NULL;
}

int posix_files_init(Thread *t, Value m) {
  static const StructSeqField stat_fields[] = {{"st_mode", "protection bits"}, {"st_ino", "inode"}, {"st_dev", "device"}, {"st_nlink", "number of hard links"},
      {"st_uid", "user ID of owner"}, {"st_gid", "group ID of owner"}, {"st_size", "total size, in bytes"},
      {"", "when it was last read, in whole seconds"},
      {"", "when it was last written, in whole seconds"}, {"", "when its attributes last changed, in whole seconds"},
      {"st_atime", "When it was last read"},
      {"st_mtime", "When it was last written"},
      {"st_ctime", "When its attributes last changed"}, {"st_atime_ns", "When it was last read, in nanoseconds"},
      {"st_mtime_ns", "When it was last written, in nanoseconds"},
      {"st_ctime_ns", "When its attributes last changed, in nanoseconds"}, {"st_blksize", "Size of blocks that suits reading and writing"},
      {"st_blocks", "How many blocks of 512 bytes it takes"},
      {"st_rdev", "Device that this device file stands for"}, {NULL, NULL}};
  static const StructSeqDef stat_def = {"os.stat_result", "The attributes of a file: a tuple with names.", stat_fields, 10};
  static const StructSeqField vfs_fields[] = {{"f_bsize", NULL}, {"f_frsize", NULL}, {"f_blocks", NULL}, {"f_bfree", NULL}, {"f_bavail", NULL}, {"f_files", NULL},
      {"f_ffree", NULL}, {"f_favail", NULL}, {"f_flag", NULL}, {"f_namemax", NULL}, {"f_fsid", NULL}, {NULL, NULL}};
  static const StructSeqDef vfs_def = {"os.statvfs_result", "Facts about a file system: a tuple with names.", vfs_fields, 10};
  static const StructSeqField size_fields[] = {{"columns", "Columns on the screen"}, {"lines", "Lines on the screen"}, {NULL, NULL}};
  static const StructSeqDef size_def = {"os.terminal_size", "Columns and lines of a terminal", size_fields, 2};
  stat_result_type = make_structseq(t, m, &stat_def, "stat_result");
  statvfs_type = make_structseq(t, m, &vfs_def, "statvfs_result");
  terminal_size_type = make_structseq(t, m, &size_def, "terminal_size");
  if (!stat_result_type || !statvfs_type || !terminal_size_type || !type_ready(t, &type_scandir, &spec_scandir, 0) || !type_ready(t, &type_direntry, &spec_direntry, 0)) return -1;
  return module_add_type(t, m, &type_direntry);
}
