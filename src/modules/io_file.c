// FileIO: a stream over a file descriptor, without a buffer.
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gc/heap.h"
#include "modules/_warnings.h"
#include "modules/io_types.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static FileIo *v_file(Value v) { return (FileIo *)v_obj(v); }

// --- Opening --------------------------------------------------------------------------------------------------------------------------

static int bad_mode(Thread *t) {
  raise_value_error(t, "Must have exactly one of create/read/write/append mode and at most one plus");
  return -1;
}

static int parse_mode(Thread *t, FileIo *f, const char *mode, int *flags) {
  bool main = false, plus = false;
  f->created = f->readable = f->writable = f->appending = false;
  *flags = O_CLOEXEC;
  for (const char *m = mode; *m; m++) {
    switch (*m) {
      case 'x': if (main) return bad_mode(t); main = f->created = f->writable = true; *flags |= O_EXCL | O_CREAT; break;
      case 'r': if (main) return bad_mode(t); main = f->readable = true; break;
      case 'w': if (main) return bad_mode(t); main = f->writable = true; *flags |= O_CREAT | O_TRUNC; break;
      case 'a': if (main) return bad_mode(t); main = f->writable = f->appending = true; *flags |= O_APPEND | O_CREAT; break;
      case 'b': break;
      case '+': if (plus) return bad_mode(t); plus = f->readable = f->writable = true; break;
      default:
        raise_value_error(t, "invalid mode: %.200s", mode);
        return -1;
    }
  }
  if (!main) return bad_mode(t);
  *flags |= f->readable && f->writable ? O_RDWR : f->readable ? O_RDONLY : O_WRONLY;
  return 0;
}

static int close_descriptor(Thread *t, FileIo *f) {
  int fd = f->fd, err = 0;
  f->fd = -1;
  if (fd < 0) return 0;
  ALLOW_THREADS_BEGIN(t)
  if (close(fd) < 0) err = errno;
  ALLOW_THREADS_END
  if (err) raise_errno(t, err, V_NULL, V_NULL);
  return err ? -1 : 0;
}

static int open_path(Thread *t, FileIo *f, Value name, int flags) {
  Value keep;
  const char *path = fs_path_bytes(t, name, &keep);
  if (!path) return -1;
  int fd, err = 0;
  do {
    ALLOW_THREADS_BEGIN(t)
    fd = open(path, flags, 0666);
    err = errno;
    ALLOW_THREADS_END
  } while (fd < 0 && err == EINTR && safepoint(t) == 0);
  v_drop(t, keep);
  if (fd < 0) {
    if (!error_pending(t)) raise_errno(t, err, name, V_NULL);
    return -1;
  }
  f->fd = fd;
  return 0;
}

static int open_with(Thread *t, FileIo *f, Value opener, Value name, int flags) {
  Value r = object_call2(t, opener, name, v_from_smi(flags));
  if (v_is_null(r)) return -1;
  if (!v_is_int(r)) {
    v_drop(t, r);
    raise_type_error(t, "expected integer from opener");
    return -1;
  }
  int fd = number_as_int(t, r);
  v_drop(t, r);
  if (fd < 0) {
    if (!error_pending(t)) raise_value_error(t, "opener returned %d", fd);
    return -1;
  }
  f->fd = fd;
  if (fcntl(fd, F_SETFD, fcntl(fd, F_GETFD) | FD_CLOEXEC) == 0) return 0;
  f->fd = -1;   // it is not ours to close
  raise_errno(t, errno, V_NULL, V_NULL);
  return -1;
}

static int fileio_type_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[4];
  if (native_bind(t, &binder, "FileIO(file, mode='r', closefd=True, opener=None)", args, nargs, kwnames, a) < 0) return -1;
  FileIo *f = v_file(self);
  if (f->fd >= 0 && f->closefd && close_descriptor(t, f) < 0) return -1;
  f->fd = -1;
  f->base.closed = false;
  f->seekable = -1;
  f->block_size = IO_BUFFER_SIZE;
  int closefd = v_is_absent(a[2]) ? 1 : object_is_true(t, a[2]), flags;
  if (closefd < 0) return -1;
  f->closefd = closefd;
  const char *mode = v_is_absent(a[1]) ? "r" : v_is_str(a[1]) ? str_utf8(t, a[1], NULL) : NULL;
  if (!mode) {
    if (!error_pending(t)) raise_type_error(t, "FileIO() argument 'mode' must be str, not %K", a[1]);
    return -1;
  }
  bool is_fd = number_is_index(a[0]);
  int fd = is_fd ? number_as_int(t, a[0]) : -1;
  if (fd == -1 && error_pending(t)) {
    error_clear(t);
    is_fd = false;   // and so it is looked at as a path
  } else if (is_fd && fd < 0) {
    raise_value_error(t, "negative file descriptor");
    return -1;
  }
  if (parse_mode(t, f, mode, &flags) < 0) return -1;
  if (sys_audit_args(t, "open", (Value[]){a[0], v_is_absent(a[1]) ? V_NONE : a[1], v_from_smi(flags)}, 3) < 0) return -1;
  bool opened = !is_fd;
  if (is_fd) {
    f->fd = fd;
  } else if (!closefd) {
    raise_value_error(t, "Cannot use closefd=False with file name");
    return -1;
  } else if ((v_is_absent_or_none(a[3]) ? open_path(t, f, a[0], flags) : open_with(t, f, a[3], a[0], flags)) < 0) {
    return -1;
  }
  struct stat st;
  int err = fstat(f->fd, &st) < 0 ? errno : S_ISDIR(st.st_mode) ? EISDIR : 0;
  if (err && (err == EBADF || err == EISDIR)) {
    if (opened) close_descriptor(t, f);
    f->fd = -1;
    raise_errno(t, err, err == EBADF ? V_NULL : a[0], V_NULL);
    return -1;
  }
  if (!err && st.st_blksize > 1) f->block_size = (int32_t)st.st_blksize;
  if (object_setattr(t, self, N(name), a[0]) < 0) {
    if (is_fd) f->fd = -1;   // stays the caller's
    return -1;
  }
  if (f->appending) lseek(f->fd, 0, SEEK_END);
  return 0;
}

// --- Reading and writing ----------------------------------------------------------------------------------------------------------------

// After a system call has failed: 0 it was a signal, try again; -1 an exception; -2 it would block.
static int call_failed(Thread *t, int err) {
  if (err == EINTR) return safepoint(t) < 0 ? -1 : 0;
  if (err == EAGAIN) return -2;
  raise_errno(t, err, V_NULL, V_NULL);
  return -1;
}

int64_t fileio_read_into(Thread *t, FileIo *f, char *p, int64_t n) {
  for (;;) {
    ssize_t got;
    int err;
    ALLOW_THREADS_BEGIN(t)
    got = read(f->fd, p, (size_t)n);
    err = errno;
    ALLOW_THREADS_END
    if (got >= 0) return got;
    int failed = call_failed(t, err);
    if (failed) return failed;
  }
}

int64_t fileio_write_from(Thread *t, FileIo *f, const char *p, int64_t n) {
  if (n > 0x7ffff000) n = 0x7ffff000;
  for (;;) {
    ssize_t done;
    int err;
    ALLOW_THREADS_BEGIN(t)
    done = write(f->fd, p, (size_t)n);
    err = errno;
    ALLOW_THREADS_END
    if (done >= 0) return done;
    int failed = call_failed(t, err);
    if (failed) return failed;
  }
}

static Value closed_error(Thread *t) { return raise_value_error(t, "I/O operation on closed file"); }

static int check(Thread *t, FileIo *f, bool reading, bool writing) {
  if (f->fd < 0) closed_error(t);
  else if (reading && !f->readable) io_unsupported(t, "File not open for reading");
  else if (writing && !f->writable) io_unsupported(t, "File not open for writing");
  else return 0;
  return -1;
}

static Value count_or_none(int64_t n) { return n == -1 ? V_NULL : n == -2 ? V_NONE : v_from_smi(n); }

METHOD(file_readinto) {
  (void)nargs, (void)kwnames;
  FileIo *f = v_file(self);
  if (check(t, f, true, false) < 0) return V_NULL;
  BufferView view;
  if (io_writable_buffer(t, args[0], "readinto", &view) < 0) return V_NULL;
  int64_t n = fileio_read_into(t, f, view.data, view.len);
  buffer_release(t, &view);
  return count_or_none(n);
}

METHOD(file_readall) {
  UNUSED;
  FileIo *f = v_file(self);
  if (f->fd < 0) return closed_error(t);
  struct stat st;
  int64_t size = IO_BUFFER_SIZE, total = 0;
  off_t at = lseek(f->fd, 0, SEEK_CUR);
  if (fstat(f->fd, &st) == 0 && at >= 0 && st.st_size > at) size = st.st_size - at + 1;
  Value r = bytes_new(t, size);
  while (!v_is_null(r)) {
    if (total == size) {
      size += size < 65536 ? 65536 : size;
      Value bigger = bytes_new(t, size);
      if (!v_is_null(bigger)) memcpy(v_bytes(bigger)->data, v_bytes(r)->data, (size_t)total);
      v_drop(t, r);
      r = bigger;
      continue;
    }
    int64_t n = fileio_read_into(t, f, v_bytes(r)->data + total, size - total);
    if (n == -1) {
      v_drop(t, r);
      return V_NULL;
    }
    if (n == -2 && total == 0) {
      v_drop(t, r);
      return V_NONE;
    }
    if (n <= 0) break;
    total += n;
  }
  return v_is_null(r) ? r : bytes_shrink(t, r, total);
}

METHOD(file_read) {
  (void)nargs, (void)kwnames;
  FileIo *f = v_file(self);
  int64_t n;
  if (check(t, f, true, false) < 0 || io_size(t, args[0], &n) < 0) return V_NULL;
  if (n < 0) return file_readall(t, self, NULL, 0, V_NULL);
  Value r = bytes_new(t, n);
  if (v_is_null(r)) return V_NULL;
  int64_t got = fileio_read_into(t, f, v_bytes(r)->data, n);
  if (got >= 0) return bytes_shrink(t, r, got);
  v_drop(t, r);
  return got == -2 ? V_NONE : V_NULL;
}

METHOD(file_write) {
  (void)nargs, (void)kwnames;
  FileIo *f = v_file(self);
  if (check(t, f, false, true) < 0) return V_NULL;
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  int64_t n = fileio_write_from(t, f, view.data, view.len);
  buffer_release(t, &view);
  return count_or_none(n);
}

// --- Position -----------------------------------------------------------------------------------------------------------------------------

static Value seek_to(Thread *t, FileIo *f, int64_t offset, int whence) {
  off_t at;
  ALLOW_THREADS_BEGIN(t)
  at = lseek(f->fd, offset, whence);
  ALLOW_THREADS_END
  if (f->seekable < 0) f->seekable = at >= 0;
  return at < 0 ? raise_errno(t, errno, V_NULL, V_NULL) : int_from_i64(t, at);
}

METHOD(file_seek) {
  (void)nargs, (void)kwnames;
  FileIo *f = v_file(self);
  if (check(t, f, false, false) < 0) return V_NULL;
  if (v_is_float(args[0])) return raise_type_error(t, "'float' object cannot be interpreted as an integer");
  int64_t offset = number_as_i64(t, args[0]);
  if (offset == -1 && error_pending(t)) {
    if (!error_matches(t, &exc_OverflowError)) return V_NULL;
    error_clear(t);
    return raise_overflow(t, "Python int too large to convert to C long");
  }
  int whence = v_is_absent(args[1]) ? 0 : number_as_int(t, args[1]);
  if (whence == -1 && error_pending(t)) return V_NULL;
  return seek_to(t, f, offset, whence);
}

METHOD(file_tell) { UNUSED; return check(t, v_file(self), false, false) < 0 ? V_NULL : seek_to(t, v_file(self), 0, SEEK_CUR); }

METHOD(file_truncate) {
  (void)nargs, (void)kwnames;
  FileIo *f = v_file(self);
  if (check(t, f, false, true) < 0) return V_NULL;
  Value where = v_is_absent_or_none(args[0]) ? seek_to(t, f, 0, SEEK_CUR) : v_own(t, args[0]);
  if (v_is_null(where)) return V_NULL;
  int64_t size = number_as_i64(t, where);
  if (size == -1 && error_pending(t)) {
    v_drop(t, where);
    return V_NULL;
  }
  int r;
  ALLOW_THREADS_BEGIN(t)
  r = ftruncate(f->fd, size);
  ALLOW_THREADS_END
  if (r == 0) return where;
  v_drop(t, where);
  return raise_errno(t, errno, V_NULL, V_NULL);
}

// --- The rest -------------------------------------------------------------------------------------------------------------------------------

METHOD(file_close) {
  UNUSED;
  FileIo *f = v_file(self);
  Value r = object_call_method1(t, v_from_obj(&type_rawiobase), N(close), self);
  if (!f->closefd) {
    f->fd = -1;
    return r;
  }
  Value error = v_is_null(r) ? error_fetch(t) : V_NULL;
  if (f->finalizing && f->fd >= 0) warnings_unclosed(t, self, "unclosed file %R", self);
  if (close_descriptor(t, f) < 0) v_clear(t, &r);
  if (!v_is_null(error)) error_chain(t, error);
  return error_pending(t) ? V_NULL : r;
}

METHOD(file_seekable) {
  UNUSED;
  FileIo *f = v_file(self);
  if (check(t, f, false, false) < 0) return V_NULL;
  if (f->seekable < 0) f->seekable = lseek(f->fd, 0, SEEK_CUR) >= 0;
  return v_from_bool(f->seekable);
}
METHOD(file_readable) { UNUSED; return check(t, v_file(self), false, false) < 0 ? V_NULL : v_from_bool(v_file(self)->readable); }
METHOD(file_writable) { UNUSED; return check(t, v_file(self), false, false) < 0 ? V_NULL : v_from_bool(v_file(self)->writable); }
METHOD(file_fileno) { UNUSED; return check(t, v_file(self), false, false) < 0 ? V_NULL : v_from_smi(v_file(self)->fd); }
METHOD(file_isatty) { UNUSED; return check(t, v_file(self), false, false) < 0 ? V_NULL : v_from_bool(isatty(v_file(self)->fd)); }
METHOD(file_dealloc_warn) {
  UNUSED;
  FileIo *f = v_file(self);
  if (f->fd >= 0 && f->closefd) warnings_unclosed(t, args[0], "unclosed file %R", self);
  return V_NONE;
}

static const char *mode_name(const FileIo *f) {
  if (f->created) return f->readable ? "xb+" : "xb";
  if (f->appending) return f->readable ? "ab+" : "ab";
  return f->readable ? (f->writable ? "rb+" : "rb") : "wb";
}

static Value file_repr(Thread *t, Value self) {
  FileIo *f = v_file(self);
  if (f->fd < 0) return str_from_cstr(t, "<_io.FileIO [closed]>");
  Value name;
  int r = object_lookup_attr(t, self, N(name), &name);
  if (r < 0) return V_NULL;
  const char *closefd = f->closefd ? "True" : "False";
  if (r == 0) return str_from_format(t, "<_io.FileIO fd=%d mode='%s' closefd=%s>", f->fd, mode_name(f), closefd);
  Value text = str_from_format(t, "<_io.FileIO name=%R mode='%s' closefd=%s>", name, mode_name(f), closefd);
  v_drop(t, name);
  return text;
}

static Value file_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  (void)args, (void)nargs, (void)kwnames;
  Value self = type->slots.alloc(t, type, 0);
  if (!v_is_null(self)) {
    v_file(self)->fd = -1;
    v_file(self)->seekable = -1;
    v_file(self)->closefd = true;
  }
  return self;
}

static Value get_closed(Thread *t, Value self, void *c) { (void)t, (void)c; return v_from_bool(v_file(self)->fd < 0); }
static Value get_closefd(Thread *t, Value self, void *c) { (void)t, (void)c; return v_from_bool(v_file(self)->closefd); }
static Value get_mode(Thread *t, Value self, void *c) { (void)c; return str_from_cstr(t, mode_name(v_file(self))); }

static const NativeDef file_methods[] = {
    {"read($self, size=-1, /)", file_read, "Up to size bytes, by one read.", 0},
    {"readall($self, /)", file_readall, "All bytes that are left.", 0},
    {"readinto($self, buffer, /)", file_readinto, "Reads into the buffer and tells how many bytes came.", 0},
    {"write($self, b, /)", file_write, "Writes the bytes of b and tells how many it took.", 0},
    {"seek($self, pos, whence=0, /)", file_seek, "Goes to another position in the file.", 0},
    {"tell($self, /)", file_tell, "The position in the file.", 0},
    {"truncate($self, size=None, /)", file_truncate, "Makes the file end at size, by default at the position.", 0},
    {"close($self, /)", file_close, "Close the file.", 0},
    {"seekable($self, /)", file_seekable, "Whether the position can be moved.", 0},
    {"readable($self, /)", file_readable, "Whether one can read.", 0},
    {"writable($self, /)", file_writable, "Whether one can write.", 0},
    {"fileno($self, /)", file_fileno, "The number of the file descriptor.", 0},
    {"isatty($self, /)", file_isatty, "Whether a terminal is behind it.", 0},
    {"_dealloc_warn($self, source, /)", file_dealloc_warn, NULL, NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef file_getset[] = {
    {"closed", get_closed, NULL, "Whether it has been closed.", NULL},
    {"closefd", get_closefd, NULL, "Whether closing this also closes the file descriptor.", NULL},
    {"mode", get_mode, NULL, "The mode in which it was opened.", NULL},
    {0},
};
static const MemberDef file_members[] = {
    {"_blksize", MEMBER_I32, offsetof(FileIo, block_size), false, NULL},
    {"_finalizing", MEMBER_BOOL, offsetof(FileIo, finalizing), false, NULL},
    {0},
};

Type type_fileio;
static const TypeSpec spec_fileio = {
    .name = "_io.FileIO",
    .base = &type_rawiobase,
    .size = sizeof(FileIo),
    .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER,
    .ext_offset = offsetof(IoBase, ext),
    .slots = {.new = file_new, .init = fileio_type_init, .repr = file_repr,
              .dealloc = io_base_dealloc, .traverse = io_base_traverse, .clear = io_base_clear},
    .methods = file_methods,
    .getset = file_getset,
    .members = file_members,
    .doc = "Open a file.",
    .text_signature = "(file, mode='r', closefd=True, opener=None)",
};

bool fileio_init(Thread *t) { return type_ready(t, &type_fileio, &spec_fileio, 0); }
