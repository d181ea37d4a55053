// posix: names of files, their attributes, links, the current folder, paths as text.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/type_origin.h"
#include "system/sys_state.h"

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
  follow = posix_follow_arg(t, args[4]);
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
  int follow = posix_follow_arg(t, args[4]);
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
  int dir_fd, follow = posix_follow_arg(t, args[4]), r;
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

// --- Paths as text --------------------------------------------------------------------------------------------------------------------------

POSIX(fspath) {
  POSIX_UNUSED;
  if (v_is_str(args[0]) || v_is_bytes(args[0])) return v_own(t, args[0]);
  Value f;
  int r = object_lookup_special(t, args[0], N(__fspath__), &f);
  if (r <= 0) return r < 0 ? V_NULL : raise_type_error(t, "expected str, bytes or os.PathLike object, not %U", type_bare_name(v_type(args[0])));
  Value v = object_call0(t, f);
  v_drop(t, f);
  if (v_is_null(v) || v_is_str(v) || v_is_bytes(v)) return v;
  raise_type_error(t, "expected %U.__fspath__() to return str or bytes, not %U", type_bare_name(v_type(args[0])), type_bare_name(v_type(v)));
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
    {"fspath(path)", posix_fspath, "The path as str or bytes; objects are asked by __fspath__.", 0},
    {"_path_normpath(path)", posix_path_normpath, "Drops empty parts, \".\" and \"..\" from a path.", 0},
    {0},
};
