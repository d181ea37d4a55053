// _posixshmem: named shared memory.
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "objects/error.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

#define FN(name) static Value shmem_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

// The name's text; NULL with an exception.
static const char *name_arg(Thread *t, Value v, const char *function) {
  if (v_is_str(v)) return str_utf8(t, v, NULL);
  raise_type_error(t, "%s() argument 'path' must be str, not %T", function, v);
  return NULL;
}

FN(shm_open) {
  UNUSED;
  const char *name = name_arg(t, args[0], "shm_open");
  int flags = name ? number_as_int(t, args[1]) : -1;
  int mode = error_pending(t) || v_is_absent(args[2]) ? 0777 : number_as_int(t, args[2]);
  if (error_pending(t)) return V_NULL;
  int fd, err;
  do {
    ALLOW_THREADS_BEGIN(t)
    fd = shm_open(name, flags, (mode_t)mode);
    err = errno;
    ALLOW_THREADS_END
  } while (fd < 0 && err == EINTR && safepoint(t) == 0);
  if (fd >= 0) return v_from_smi(fd);
  return error_pending(t) ? V_NULL : raise_errno(t, err, args[0], V_NULL);
}

FN(shm_unlink) {
  UNUSED;
  const char *name = name_arg(t, args[0], "shm_unlink");
  if (!name) return V_NULL;
  int r, err;
  do {
    ALLOW_THREADS_BEGIN(t)
    r = shm_unlink(name);
    err = errno;
    ALLOW_THREADS_END
  } while (r < 0 && err == EINTR && safepoint(t) == 0);
  if (r >= 0) return V_NONE;
  return error_pending(t) ? V_NULL : raise_errno(t, err, args[0], V_NULL);
}

static const NativeDef functions[] = {
    {"shm_open($module, /, path, flags, mode=511)", shmem_shm_open, "Opens shared memory by its name; the result is a file descriptor.", 0},
    {"shm_unlink($module, /, path)", shmem_shm_unlink, "Takes the name of the shared memory away.", 0},
    {0},
};

const ModuleDef module__posixshmem = {.name = "_posixshmem", .doc = "Shared memory with names, as POSIX has it.", .functions = functions};
