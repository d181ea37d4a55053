// posix: descriptors beyond read and write: scattered buffers, copies inside the kernel, locks, event counters, memory files.
#include <fcntl.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

#include "modules/posix_internal.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "system/sys_state.h"

// A count or an offset. 0, or -1 with an exception.
static int i64_arg(Thread *t, Value v, int64_t *out) {
  *out = number_as_i64(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

// --- Several buffers at once --------------------------------------------------------------------------------------------------------

typedef struct Vector { int64_t n; BufferView *views; struct iovec *parts; } Vector;

static void vector_release(Thread *t, Vector *v) {
  for (int64_t i = 0; i < v->n; i++) buffer_release(t, &v->views[i]);
  free(v->views);
  free(v->parts);
}

// The buffers of a sequence. 0, or -1 with an exception and nothing held.
static int vector_take(Thread *t, Value sequence, const char *function, int flags, Vector *out) {
  *out = (Vector){0, NULL, NULL};
  if (!v_type(sequence)->slots.getitem || v_is_dict(sequence)) {
    raise_type_error(t, "%s() arg 2 must be a sequence", function);
    return -1;
  }
  Value list = object_to_list(t, sequence);
  if (v_is_null(list)) return -1;
  int64_t n = list_length(v_list(list));
  out->views = malloc(((size_t)n + 1) * sizeof *out->views);
  out->parts = malloc(((size_t)n + 1) * sizeof *out->parts);
  if (!out->views || !out->parts) raise_no_memory(t);
  while (!error_pending(t) && out->n < n) {
    Value item = list_get(t, v_list(list), out->n);
    if (buffer_get(t, item, &out->views[out->n], flags) == 0) {
      out->parts[out->n] = (struct iovec){out->views[out->n].data, (size_t)out->views[out->n].len};
      out->n++;
    }
    v_drop(t, item);
  }
  v_drop(t, list);
  if (!error_pending(t)) return 0;
  vector_release(t, out);
  return -1;
}

// args: fd, buffers and, with `at` (the calls with a p), an offset and flags.
static Value vector_call(Thread *t, const Value *args, const char *function, bool reading, bool at) {
  int fd, flags = 0;
  int64_t offset = 0;
  Vector v;
  if (posix_int(t, args[0], &fd) < 0) return V_NULL;
  if (at && (i64_arg(t, args[2], &offset) < 0 || (!v_is_absent(args[3]) && posix_int(t, args[3], &flags) < 0))) return V_NULL;
  if (vector_take(t, args[1], function, reading ? BUFFER_WRITABLE : BUFFER_SIMPLE, &v) < 0) return V_NULL;
  ssize_t n;
  if (at) RETRIED(n, reading ? preadv2(fd, v.parts, (int)v.n, offset, flags) : pwritev2(fd, v.parts, (int)v.n, offset, flags));
  else RETRIED(n, reading ? readv(fd, v.parts, (int)v.n) : writev(fd, v.parts, (int)v.n));
  Value r = posix_count(t, n);
  vector_release(t, &v);
  return r;
}
POSIX(readv) { POSIX_UNUSED; return vector_call(t, args, "readv", true, false); }
POSIX(writev) { POSIX_UNUSED; return vector_call(t, args, "writev", false, false); }
POSIX(preadv) { POSIX_UNUSED; return vector_call(t, args, "preadv", true, true); }
POSIX(pwritev) { POSIX_UNUSED; return vector_call(t, args, "pwritev", false, true); }

// --- Copies inside the kernel -------------------------------------------------------------------------------------------------------

// An optional offset: NULL in *p when None. 0, or -1 with an exception.
static int offset_arg(Thread *t, Value v, int64_t *offset, int64_t **p) {
  *p = NULL;
  if (v_is_absent_or_none(v)) return 0;
  *p = offset;
  return i64_arg(t, v, offset);
}

POSIX(sendfile) {
  POSIX_UNUSED;
  int out, in;
  int64_t offset, *at, count;
  if (posix_int(t, args[0], &out) < 0 || posix_int(t, args[1], &in) < 0 || offset_arg(t, args[2], &offset, &at) < 0 || i64_arg(t, args[3], &count) < 0)
    return V_NULL;
  ssize_t n;
  RETRIED(n, sendfile(out, in, at, (size_t)count));
  return posix_count(t, n);
}

// splice and copy_file_range: src, dst, count, offset_src, offset_dst.
static Value copy_between(Thread *t, const Value *args, bool through_pipe, unsigned flags) {
  int from, to;
  int64_t count, from_offset, to_offset, *from_at, *to_at;
  if (posix_int(t, args[0], &from) < 0 || posix_int(t, args[1], &to) < 0 || i64_arg(t, args[2], &count) < 0) return V_NULL;
  if (count < 0) return raise_value_error(t, "negative value for 'count' not allowed");
  if (offset_arg(t, args[3], &from_offset, &from_at) < 0 || offset_arg(t, args[4], &to_offset, &to_at) < 0) return V_NULL;
  ssize_t n;
  RETRIED(n, through_pipe ? splice(from, from_at, to, to_at, (size_t)count, flags) : copy_file_range(from, from_at, to, to_at, (size_t)count, flags));
  return posix_count(t, n);
}
POSIX(copy_file_range) { POSIX_UNUSED; return copy_between(t, args, false, 0); }
POSIX(splice) {
  POSIX_UNUSED;
  int flags = 0;
  return !v_is_absent(args[5]) && posix_int(t, args[5], &flags) < 0 ? V_NULL : copy_between(t, args, true, (unsigned)flags);
}

// --- Space, advice, locks -----------------------------------------------------------------------------------------------------------

// These give their error as a result.
static Value errno_status(Thread *t, int err) { return error_pending(t) ? V_NULL : err ? raise_errno(t, err, V_NULL, V_NULL) : V_NONE; }

POSIX(posix_fallocate) {
  POSIX_UNUSED;
  int fd, err;
  int64_t offset, length;
  if (posix_int(t, args[0], &fd) < 0 || i64_arg(t, args[1], &offset) < 0 || i64_arg(t, args[2], &length) < 0) return V_NULL;
  do DETACHED(err, posix_fallocate(fd, offset, length));
  while (err == EINTR && safepoint(t) == 0);
  return errno_status(t, err);
}

POSIX(posix_fadvise) {
  POSIX_UNUSED;
  int fd, advice, err;
  int64_t offset, length;
  if (posix_int(t, args[0], &fd) < 0 || i64_arg(t, args[1], &offset) < 0 || i64_arg(t, args[2], &length) < 0 || posix_int(t, args[3], &advice) < 0)
    return V_NULL;
  do DETACHED(err, posix_fadvise(fd, offset, length, advice));
  while (err == EINTR && safepoint(t) == 0);
  return errno_status(t, err);
}

POSIX(lockf) {
  POSIX_UNUSED;
  int fd, command, r;
  int64_t length;
  if (posix_int(t, args[0], &fd) < 0 || posix_int(t, args[1], &command) < 0 || i64_arg(t, args[2], &length) < 0) return V_NULL;
  RETRIED(r, lockf(fd, command, length));
  return posix_status(t, r);
}

POSIX(sync) {
  POSIX_UNUSED;
  ALLOW_THREADS_BEGIN(t);
  sync();
  ALLOW_THREADS_END;
  return V_NONE;
}

// --- Descriptors that are no files --------------------------------------------------------------------------------------------------

POSIX(eventfd) {
  POSIX_UNUSED;
  int64_t first;
  int flags = EFD_CLOEXEC;
  if (i64_arg(t, args[0], &first) < 0 || (!v_is_absent(args[1]) && posix_int(t, args[1], &flags) < 0)) return V_NULL;
  if (first < 0) return raise_value_error(t, "value must be positive");
  if (first > UINT32_MAX) return raise_overflow(t, "Python int too large to convert to C unsigned int");
  int fd = eventfd((unsigned)first, flags);
  return fd < 0 ? posix_status(t, -1) : v_from_smi(fd);
}

POSIX(eventfd_read) {
  POSIX_UNUSED;
  int fd, r;
  eventfd_t value;
  if (fd_arg(t, args[0], &fd) < 0) return V_NULL;
  DETACHED(r, eventfd_read(fd, &value));
  return r < 0 ? posix_status(t, -1) : int_from_u64(t, value);
}

POSIX(eventfd_write) {
  POSIX_UNUSED;
  int fd, r;
  uint64_t value;
  if (fd_arg(t, args[0], &fd) < 0) return V_NULL;
  if (!v_is_int(args[1])) return raise_type_error(t, "an integer is required");
  if (int_sign(args[1]) < 0) return raise_value_error(t, "value must be positive");
  if (!int_as_u64(args[1], &value)) return raise_overflow(t, "int too big to convert");
  DETACHED(r, eventfd_write(fd, value));
  return posix_status(t, r);
}

POSIX(memfd_create) {
  POSIX_UNUSED;
  Value keep;
  int flags = MFD_CLOEXEC, fd;
  const char *name = fs_path_bytes(t, args[0], &keep);
  if (!name) return V_NULL;
  if (!v_is_absent(args[1]) && posix_int(t, args[1], &flags) < 0) {
    v_drop(t, keep);
    return V_NULL;
  }
  DETACHED(fd, memfd_create(name, (unsigned)flags));
  v_drop(t, keep);
  return fd < 0 ? posix_status(t, -1) : v_from_smi(fd);
}

POSIX(getrandom) {
  POSIX_UNUSED;
  int64_t size;
  int flags = 0;
  if (i64_arg(t, args[0], &size) < 0 || (!v_is_absent(args[1]) && posix_int(t, args[1], &flags) < 0)) return V_NULL;
  if (size < 0) {
    errno = EINVAL;
    return posix_status(t, -1);
  }
  Value r = bytes_new(t, size);
  if (v_is_null(r)) return V_NULL;
  ssize_t n;
  RETRIED(n, getrandom(v_bytes(r)->data, (size_t)size, (unsigned)flags));
  if (n >= 0) return bytes_shrink(t, r, n);
  v_drop(t, r);
  return posix_count(t, n);
}

// --- Devices, owners, roots ---------------------------------------------------------------------------------------------------------

static int device_arg(Thread *t, Value v, dev_t *out) {
  uint64_t device;
  Value number = number_index(t, v);
  if (v_is_null(number)) return -1;
  int fits = int_as_u64(number, &device);
  if (!fits) raise_overflow(t, int_sign(number) < 0 ? "can't convert negative int to unsigned" : "int too big to convert");
  v_drop(t, number);
  *out = device;
  return fits ? 0 : -1;
}
POSIX(major) { POSIX_UNUSED; dev_t device; return device_arg(t, args[0], &device) < 0 ? V_NULL : v_from_smi(major(device)); }
POSIX(minor) { POSIX_UNUSED; dev_t device; return device_arg(t, args[0], &device) < 0 ? V_NULL : v_from_smi(minor(device)); }
POSIX(makedev) {
  POSIX_UNUSED;
  int high, low;
  return posix_int(t, args[0], &high) < 0 || posix_int(t, args[1], &low) < 0 ? V_NULL : int_from_u64(t, makedev((unsigned)high, (unsigned)low));
}

POSIX(mknod) {
  POSIX_UNUSED;
  PathArg p;
  int mode = 0600, dir, r;
  dev_t device = 0;
  if ((!v_is_absent(args[1]) && posix_int(t, args[1], &mode) < 0) || (!v_is_absent(args[2]) && device_arg(t, args[2], &device) < 0) ||
      dir_fd_arg(t, args[3], &dir) < 0 || path_arg(t, args[0], "mknod", false, false, &p) < 0)
    return V_NULL;
  RETRIED(r, mknodat(dir, p.name, (mode_t)mode, device));
  path_release(t, &p);
  return posix_status(t, r);
}

POSIX(fchown) {
  POSIX_UNUSED;
  uint32_t user, group;
  int fd, r;
  if (posix_int(t, args[0], &fd) < 0 || posix_id(t, args[1], "uid", &user) < 0 || posix_id(t, args[2], "gid", &group) < 0) return V_NULL;
  RETRIED(r, fchown(fd, user, group));
  return posix_status(t, r);
}

POSIX(lchown) {
  POSIX_UNUSED;
  PathArg p;
  uint32_t user, group;
  int r;
  if (posix_id(t, args[1], "uid", &user) < 0 || posix_id(t, args[2], "gid", &group) < 0 || path_arg(t, args[0], "lchown", false, false, &p) < 0) return V_NULL;
  DETACHED(r, lchown(p.name, user, group));
  Value result = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return result;
}

POSIX(chroot) {
  POSIX_UNUSED;
  PathArg p;
  int r;
  if (path_arg(t, args[0], "chroot", false, false, &p) < 0) return V_NULL;
  DETACHED(r, chroot(p.name));
  Value result = r < 0 ? path_error(t, &p) : V_NONE;
  path_release(t, &p);
  return result;
}

const NativeDef posix_io_functions[] = {
    {"readv($module, fd, buffers, /)", posix_readv, "Reads into a sequence of writable buffers, one after the other; the number of bytes.", 0},
    {"writev($module, fd, buffers, /)", posix_writev, "Writes a sequence of buffers, one after the other; the number of bytes.", 0},
    {"preadv($module, fd, buffers, offset, flags=0, /)", posix_preadv, "readv at an offset of the file.", 0},
    {"pwritev($module, fd, buffers, offset, flags=0, /)", posix_pwritev, "writev at an offset of the file.", 0},
    {"sendfile($module, /, out_fd, in_fd, offset, count)", posix_sendfile, "Copies bytes of a file to another descriptor; the number of bytes.", 0},
    {"copy_file_range($module, /, src, dst, count, offset_src=None, offset_dst=None)", posix_copy_file_range,
     "Copies bytes from file to file inside the kernel; the number of bytes.", 0},
    {"splice($module, /, src, dst, count, offset_src=None, offset_dst=None, flags=0)", posix_splice,
     "Moves bytes between two descriptors of which one is a pipe; the number of bytes.", 0},
    {"posix_fallocate($module, fd, offset, length, /)", posix_posix_fallocate, "Makes sure that a file has disk space for a range.", 0},
    {"posix_fadvise($module, fd, offset, length, advice, /)", posix_posix_fadvise, "Tells the kernel how a range of a file will be used.", 0},
    {"lockf($module, fd, command, length, /)", posix_lockf, "Applies, tests or removes a lock on a part of an open file.", 0},
    {"sync($module, /)", posix_sync, "Has everything that is cached written to disk.", 0},
    {"eventfd($module, /, initval, flags=EFD_CLOEXEC)", posix_eventfd, "A new event counter; its descriptor.", 0},
    {"eventfd_read($module, /, fd)", posix_eventfd_read, "Reads and resets an event counter.", 0},
    {"eventfd_write($module, /, fd, value)", posix_eventfd_write, "Adds to an event counter.", 0},
    {"memfd_create($module, /, name, flags=MFD_CLOEXEC)", posix_memfd_create, "A new file that lives in memory; its descriptor.", 0},
    {"getrandom($module, /, size, flags=0)", posix_getrandom, "Up to `size` random bytes from the kernel.", 0},
    {"major($module, device, /)", posix_major, "The major number of a raw device number.", 0},
    {"minor($module, device, /)", posix_minor, "The minor number of a raw device number.", 0},
    {"makedev($module, major, minor, /)", posix_makedev, "The raw device number of a major and a minor one.", 0},
    {"mknod($module, /, path, mode=384, device=0, *, dir_fd=None)", posix_mknod, "Makes a file, device or named pipe.", 0},
    {"fchown($module, /, fd, uid, gid)", posix_fchown, "Changes the owner and group of an open file.", 0},
    {"lchown($module, /, path, uid, gid)", posix_lchown, "Changes the owner and group of a file, of a symbolic link itself.", 0},
    {"chroot($module, /, path)", posix_chroot, "Makes a folder the root of the process.", 0},
    {0},
};
