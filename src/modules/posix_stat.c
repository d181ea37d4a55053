// posix: what is known of files and file systems without opening them.
#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/object.h"

static Type *stat_result_type, *statvfs_type;

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

Value posix_do_stat(Thread *t, Value path, int dir_fd, bool follow, const char *function, bool allow_fd) {
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
  int dir_fd, follow = posix_follow_arg(t, args[2]);
  if (follow < 0 || dir_fd_arg(t, args[1], &dir_fd) < 0) return V_NULL;
  return posix_do_stat(t, args[0], dir_fd, follow, "stat", true);
}
POSIX(lstat) {
  POSIX_UNUSED;
  int dir_fd;
  return dir_fd_arg(t, args[1], &dir_fd) < 0 ? V_NULL : posix_do_stat(t, args[0], dir_fd, false, "lstat", false);
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
  int effective = v_is_absent(args[3]) ? 0 : object_is_true(t, args[3]), follow = posix_follow_arg(t, args[4]);
  if (error_pending(t) || dir_fd_arg(t, args[2], &dir_fd) < 0 || path_arg(t, args[0], "access", false, false, &p) < 0) return V_NULL;
  DETACHED(r, faccessat(dir_fd, p.name, mode, (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW)));
  path_release(t, &p);
  return v_from_bool(r == 0);
}

const NativeDef posix_stat_functions[] = {
    {"stat(path, *, dir_fd=None, follow_symlinks=True)", posix_stat, "The attributes of a file.", 0},
    {"lstat(path, *, dir_fd=None)", posix_lstat, "The attributes of a file, or of the symlink itself.", 0},
    {"fstat(fd)", posix_fstat, "The attributes of an open file.", 0},
    {"statvfs(path)", posix_statvfs, "Facts about the file system on which path lies.", 0},
    {"fstatvfs(fd, /)", posix_statvfs, "A statvfs_result for the file system of an open file.", 0},
    {"access(path, mode, *, dir_fd=None, effective_ids=False, follow_symlinks=True)", posix_access, "Whether the real user may use the file in this way.", 0},
    {0},
};

int posix_stat_init(Thread *t, Value m) {
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
  stat_result_type = posix_add_structseq(t, m, &stat_def, "stat_result");
  statvfs_type = posix_add_structseq(t, m, &vfs_def, "statvfs_result");
  return stat_result_type && statvfs_type ? 0 : -1;
}
