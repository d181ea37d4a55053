// What the files of posix share: arguments and errors (posix_arguments.c), stat results, the parts of the module.
#ifndef WEFT_MODULES_POSIX_INTERNAL_H
#define WEFT_MODULES_POSIX_INTERNAL_H

#include <errno.h>
#include <sys/stat.h>

#include "objects/module.h"
#include "objects/tuple.h"

#define POSIX(name) static Value posix_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define POSIX_UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// Runs `expression` detached; its value in `result`, errno kept.
#define DETACHED(result, expression)      \
  do {                                    \
    int saved_;                           \
    ALLOW_THREADS_BEGIN(t)                \
    result = (expression);                \
    saved_ = errno;                       \
    ALLOW_THREADS_END                     \
    errno = saved_;                       \
  } while (0)

// The same, again after each signal whose handlers did not raise. If one did, the result is negative with its exception pending, which
// posix_status and posix_count pass on.
#define RETRIED(result, expression) \
  do DETACHED(result, expression);  \
  while ((result) < 0 && errno == EINTR && safepoint(t) == 0)

// A path argument: name (bytes kept alive by `keep`) or, where allowed, a descriptor. 0, or -1 with CPython's TypeError/ValueError.
typedef struct PathArg {
  const char *name;
  int fd;
  Value keep, path;   // owned: the bytes that name points into; what __fspath__ gave
  Value object;       // borrowed: what OSError shall name
  bool is_bytes;
} PathArg;
int path_arg(Thread *t, Value v, const char *function, bool allow_fd, bool allow_none, PathArg *out);
int path_arg_named(Thread *t, Value v, const char *function, const char *parameter, bool allow_fd, bool allow_none, PathArg *out);
void path_release(Thread *t, PathArg *p);
Value path_error(Thread *t, const PathArg *p);                  // OSError of errno with the file name; releases nothing
Value posix_text(Thread *t, const char *s);                       // as os.fsdecode gives it; NULL: None
Value path_result(Thread *t, const PathArg *p, const char *s, size_t n);   // str, or bytes if the argument was bytes
int dir_fd_arg(Thread *t, Value v, int *fd);                    // absent/None: AT_FDCWD
int posix_int(Thread *t, Value v, int *out);                     // an argument as a C int; 0, -1
int posix_follow_arg(Thread *t, Value v);                       // follow_symlinks: 1 (absent, too), 0, -1
// A user or group id: an int, -1 meaning "as it is". 0, or -1 with CPython's TypeError or OverflowError (`kind`: "uid", "gid").
int posix_id(Thread *t, Value v, const char *kind, uint32_t *out);
int fd_arg(Thread *t, Value v, int *fd);                        // int or object with fileno(); ValueError for a negative one
Value posix_status(Thread *t, int r);                           // None; r < 0: V_NULL with the pending exception, or else OSError of errno
Value posix_count(Thread *t, int64_t n);                        // the number, else as posix_status
Value stat_new(Thread *t, const struct stat *st);
// What os.stat says of a path (or, where allowed, a descriptor); `function` for errors. Owned.
Value posix_do_stat(Thread *t, Value path, int dir_fd, bool follow, const char *function, bool allow_fd);
struct rusage;
void resource_usage_items(Thread *t, const struct rusage *u, Value items[16]);   // the fields of resource.struct_rusage, owned (resource.c)
// Adds a class of named tuples to the module and returns it; NULL: an exception.
Type *posix_add_structseq(Thread *t, Value m, const StructSeqDef *def, const char *name);

struct sched_param;
int posix_sched_param(Thread *t, Value v, struct sched_param *out);   // an os.sched_param; 0, -1

// os.posix_spawn's file actions.
enum { POSIX_SPAWN_OPEN, POSIX_SPAWN_CLOSE, POSIX_SPAWN_DUP2 };

// The parts of the module: tables of functions, ended by {0}, and what else they add to it (0, -1).
extern const NativeDef posix_file_functions[], posix_stat_functions[], posix_folder_functions[], posix_descriptor_functions[], posix_process_functions[],
    posix_terminal_functions[], posix_user_functions[], posix_io_functions[], posix_schedule_functions[], posix_xattr_functions[], posix_config_functions[],
    posix_exec_functions[], posix_wait_functions[];
int posix_stat_init(Thread *t, Value m);
int posix_folders_init(Thread *t, Value m);
int posix_terminal_init(Thread *t, Value m);
int posix_process_init(Thread *t, Value m);
int posix_config_init(Thread *t, Value m);
int posix_schedule_init(Thread *t, Value m);
int posix_wait_init(Thread *t, Value m);

#endif
