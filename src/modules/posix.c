// posix: the module's table and constants.
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

#define CONSTANTS(X)                                                                                                                          \
  X(F_OK) X(R_OK) X(W_OK) X(X_OK) X(O_RDONLY) X(O_WRONLY) X(O_RDWR) X(O_NDELAY) X(O_NONBLOCK) X(O_APPEND) X(O_DSYNC) X(O_RSYNC) X(O_SYNC)         \
  X(O_NOCTTY) X(O_CREAT) X(O_EXCL) X(O_TRUNC) X(O_LARGEFILE) X(O_PATH) X(O_TMPFILE) X(O_CLOEXEC) X(O_ACCMODE) X(O_ASYNC) X(O_DIRECT)              \
  X(O_DIRECTORY) X(O_NOFOLLOW) X(O_NOATIME) X(WNOHANG) X(WCONTINUED) X(WUNTRACED) X(WEXITED) X(WNOWAIT) X(WSTOPPED) X(P_PID) X(P_PGID) X(P_ALL)  \
  X(SEEK_DATA) X(SEEK_HOLE) X(PRIO_PROCESS) X(PRIO_PGRP) X(PRIO_USER) X(ST_RDONLY) X(ST_NOSUID) X(EX_OK) X(SCHED_OTHER) X(SCHED_BATCH)           \
  X(SCHED_IDLE) X(SCHED_FIFO) X(SCHED_RR) X(F_LOCK) X(F_TLOCK) X(F_ULOCK) X(F_TEST)
#define EX_OK 0

int posix_int(Thread *t, Value v, int *out) {
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

static int posix_exec(Thread *t, Value m) {
  static const struct { const char *name; int value; } constants[] = {
#define ROW(name) {#name, name},
      CONSTANTS(ROW)
#undef ROW
      {"NGROUPS_MAX", 65536}, {"TMP_MAX", 238328}, {"GRND_NONBLOCK", 1}, {"GRND_RANDOM", 2}};
  static const char *const have[] = {"HAVE_FACCESSAT", "HAVE_FCHDIR", "HAVE_FCHMOD", "HAVE_FCHMODAT", "HAVE_FCHOWN", "HAVE_FCHOWNAT", "HAVE_FDOPENDIR", "HAVE_FSTATAT",
      "HAVE_FSTATVFS", "HAVE_FTRUNCATE", "HAVE_FUTIMENS", "HAVE_LINKAT", "HAVE_LSTAT", "HAVE_MKDIRAT", "HAVE_OPENAT", "HAVE_READLINKAT", "HAVE_RENAMEAT",
      "HAVE_SYMLINKAT", "HAVE_UNLINKAT", "HAVE_UTIMENSAT"};
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  Value list = list_new(t, sizeof have / sizeof *have);
  for (size_t i = 0; i < sizeof have / sizeof *have; i++)
    if (v_is_null(list) || list_append_steal(t, v_list(list), str_from_cstr(t, have[i])) < 0) return -1;
  if (module_add(t, m, "_have_functions", list) < 0 || module_add(t, m, "error", v_own_obj(t, &exc_OSError)) < 0) return -1;
  for (const NativeDef *f = posix_process_functions; f->signature; f++) {
    char name[64];
    size_t n = 0;
    while (f->signature[n] != '(') name[n] = f->signature[n], n++;
    name[n] = '\0';
    Value module_name = str_intern_cstr(t, "posix");
    if (module_add(t, m, name, native_new(t, f, m, module_name)) < 0) return -1;
  }
  return posix_files_init(t, m) < 0 ? -1 : posix_process_init(t, m);
}

const ModuleDef module_posix = {
    .name = "posix",
    .doc = "This module provides access to operating system functionality that is\nstandardized by the C Standard and the POSIX standard (a thinly disguised Unix interface).",
    .functions = posix_file_functions,
    .exec = posix_exec,
};
