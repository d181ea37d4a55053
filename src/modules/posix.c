// posix: the module's table and constants.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <linux/limits.h>
#include <linux/memfd.h>
#include <sys/resource.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

#define CONSTANTS(X)                                                                                                                          \
  X(F_OK) X(R_OK) X(W_OK) X(X_OK) X(O_RDONLY) X(O_WRONLY) X(O_RDWR) X(O_NDELAY) X(O_NONBLOCK) X(O_APPEND) X(O_DSYNC) X(O_RSYNC) X(O_SYNC)         \
  X(O_NOCTTY) X(O_CREAT) X(O_EXCL) X(O_TRUNC) X(O_LARGEFILE) X(O_PATH) X(O_TMPFILE) X(O_CLOEXEC) X(O_ACCMODE) X(O_ASYNC) X(O_DIRECT)              \
  X(O_DIRECTORY) X(O_NOFOLLOW) X(O_NOATIME) X(WNOHANG) X(WCONTINUED) X(WUNTRACED) X(WEXITED) X(WNOWAIT) X(WSTOPPED) X(P_PID) X(P_PGID) X(P_ALL)  \
  X(P_PIDFD)   \
  X(CLD_CONTINUED) X(CLD_DUMPED) X(CLD_EXITED) X(CLD_KILLED) X(CLD_STOPPED) X(CLD_TRAPPED) X(SEEK_DATA) X(SEEK_HOLE) X(PRIO_PROCESS)           \
  X(PRIO_PGRP) X(PRIO_USER) X(SCHED_OTHER) X(SCHED_BATCH) X(SCHED_IDLE) X(SCHED_FIFO) X(SCHED_RR) X(SCHED_RESET_ON_FORK) X(F_LOCK) X(F_TLOCK)   \
  X(F_ULOCK) X(F_TEST) X(O_FSYNC) X(ST_RDONLY) X(ST_NOSUID) X(ST_APPEND) X(ST_MANDLOCK) X(ST_NOATIME) X(ST_NODEV) X(ST_NODIRATIME)              \
  X(ST_NOEXEC) X(ST_RELATIME) X(ST_SYNCHRONOUS) X(ST_WRITE) X(EX_OK) X(EX_CANTCREAT) X(EX_CONFIG) X(EX_DATAERR) X(EX_IOERR) X(EX_NOHOST)        \
  X(EX_NOINPUT) X(EX_NOPERM) X(EX_NOUSER) X(EX_OSERR) X(EX_OSFILE) X(EX_PROTOCOL) X(EX_SOFTWARE) X(EX_TEMPFAIL) X(EX_UNAVAILABLE) X(EX_USAGE)   \
  X(EFD_CLOEXEC) X(EFD_NONBLOCK) X(EFD_SEMAPHORE) X(MFD_CLOEXEC) X(MFD_ALLOW_SEALING) X(MFD_HUGETLB) X(MFD_HUGE_SHIFT) X(MFD_HUGE_MASK)         \
  X(MFD_HUGE_64KB) X(MFD_HUGE_512KB) X(MFD_HUGE_1MB) X(MFD_HUGE_2MB) X(MFD_HUGE_8MB) X(MFD_HUGE_16MB) X(MFD_HUGE_32MB) X(MFD_HUGE_256MB)        \
  X(MFD_HUGE_512MB) X(MFD_HUGE_1GB) X(MFD_HUGE_2GB) X(MFD_HUGE_16GB) X(POSIX_FADV_NORMAL) X(POSIX_FADV_SEQUENTIAL) X(POSIX_FADV_RANDOM)         \
  X(POSIX_FADV_NOREUSE) X(POSIX_FADV_WILLNEED) X(POSIX_FADV_DONTNEED) X(RTLD_LAZY) X(RTLD_NOW) X(RTLD_GLOBAL) X(RTLD_LOCAL) X(RTLD_NODELETE)    \
  X(RTLD_NOLOAD) X(RTLD_DEEPBIND) X(RWF_APPEND) X(RWF_DSYNC) X(RWF_HIPRI) X(RWF_NOWAIT) X(RWF_SYNC) X(SPLICE_F_MOVE) X(SPLICE_F_NONBLOCK)       \
  X(SPLICE_F_MORE)                                         \
  X(POSIX_SPAWN_OPEN) X(POSIX_SPAWN_CLOSE) X(POSIX_SPAWN_DUP2) X(XATTR_CREATE) X(XATTR_REPLACE)

static int posix_exec(Thread *t, Value m) {
  static const struct { const char *name; int64_t value; } constants[] = {
#define ROW(name) {#name, name},
      CONSTANTS(ROW)
#undef ROW
      {"NGROUPS_MAX", 65536}, {"TMP_MAX", 238328}, {"GRND_NONBLOCK", 1}, {"GRND_RANDOM", 2}, {"XATTR_SIZE_MAX", 65536}};
  static const char *const have[] = {"HAVE_EVENTFD", "HAVE_FACCESSAT", "HAVE_FCHDIR", "HAVE_FCHMOD", "HAVE_FCHMODAT", "HAVE_FCHOWN", "HAVE_FCHOWNAT", "HAVE_FDOPENDIR", "HAVE_FEXECVE", "HAVE_FPATHCONF", "HAVE_FSTATAT",
      "HAVE_FSTATVFS", "HAVE_FTRUNCATE", "HAVE_FUTIMENS", "HAVE_FUTIMES", "HAVE_FUTIMESAT", "HAVE_LCHOWN", "HAVE_LINKAT", "HAVE_LSTAT", "HAVE_LUTIMES", "HAVE_MEMFD_CREATE", "HAVE_MKDIRAT", "HAVE_MKFIFOAT", "HAVE_MKNODAT", "HAVE_OPENAT", "HAVE_READLINKAT", "HAVE_RENAMEAT",
      "HAVE_SYMLINKAT", "HAVE_UNLINKAT", "HAVE_UTIMENSAT"};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  Value list = list_new(t, sizeof have / sizeof *have);
  for (size_t i = 0; i < sizeof have / sizeof *have; i++)
    if (v_is_null(list) || list_append_steal(t, v_list(list), str_from_cstr(t, have[i])) < 0) return -1;
  if (module_add(t, m, "_have_functions", list) < 0 || module_add(t, m, "error", v_own_obj(t, &exc_OSError)) < 0) return -1;
  static const NativeDef *const tables[] = {posix_stat_functions,    posix_folder_functions, posix_descriptor_functions, posix_process_functions,
                                            posix_terminal_functions, posix_user_functions,  posix_io_functions,         posix_schedule_functions,
                                            posix_xattr_functions,    posix_wait_functions,  posix_config_functions,     posix_exec_functions};
  static int (*const inits[])(Thread *t, Value m) = {posix_stat_init,   posix_folders_init, posix_terminal_init, posix_schedule_init,
                                                     posix_config_init, posix_wait_init,    posix_process_init};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    if (module_add_functions(t, m, tables[i]) < 0) return -1;
  for (size_t i = 0; i < sizeof inits / sizeof *inits; i++)
    if (inits[i](t, m) < 0) return -1;
  return 0;
}

const ModuleDef module_posix = {
    .name = "posix",
    .doc = "The system's calls, for the module os.",
    .functions = posix_file_functions,
    .exec = posix_exec,
};
