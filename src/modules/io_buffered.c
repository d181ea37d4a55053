// BufferedReader, BufferedWriter and BufferedRandom: binary streams with a buffer over a raw one.
//
// A stream has a read buffer [rpos, rend) of bytes fetched but not yet given out, and a write buffer of bytes not yet passed on; a random one
// never has both. The raw stream's position is ahead of the reader by rend - rpos and behind the writer by wlen. All under the stream lock.
#include <stddef.h>
#include <string.h>

#include "gc/heap.h"
#include "modules/io_types.h"
#include "modules/module_help.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

#define METHOD(name) static Value name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

typedef struct Buffered {
  IoBase base;
  Value raw;                    // owned; null: not initialised or detached
  char *rbuf, *wbuf;            // size bytes each; NULL where the stream does not read or write
  int64_t size, rpos, rend, wlen;
  StreamLock lock;
  bool readable, writable, detached, finalizing;
} Buffered;

static Buffered *v_buffered(Value v) { return (Buffered *)v_obj(v); }

// --- The raw stream -----------------------------------------------------------------------------------------------------------------------

static bool raw_is_file(const Buffered *b) { return v_type(b->raw) == &type_fileio; }

// Caused by the pending exception.
static void raise_readinto_failed(Thread *t) {
  Value cause = error_fetch(t);
  raise_error(t, &exc_OSError, "raw readinto() failed");
  Value exc = error_fetch(t);
  if (!v_is_null(exc)) {
    exception_set_cause(t, exc, cause);
    exception_set_context(t, exc, cause);
    error_restore(t, exc);
  }
  v_drop(t, cause);
}

// Number of bytes, 0 at the end, -1 error, -2 would block.
static int64_t raw_read(Thread *t, Buffered *b, char *p, int64_t n) {
  if (raw_is_file(b)) {
    FileIo *f = (FileIo *)v_obj(b->raw);
    if (f->fd < 0) {
      raise_value_error(t, "I/O operation on closed file");
      return -1;
    }
    return fileio_read_into(t, f, p, n);
  }
  Value zeros = bytes_new(t, n);
  if (v_is_null(zeros)) return -1;
  memset(v_bytes(zeros)->data, 0, (size_t)n);
  Value target = bytearray_from(t, v_bytes(zeros)->data, (size_t)n);
  v_drop(t, zeros);
  Value r = v_is_null(target) ? V_NULL : io_call1(t, b->raw, "readinto", target);
  int64_t got = v_is_null(r) ? -1 : v_is_none(r) ? -2 : number_as_i64(t, r);
  if (got == -1 && !v_is_null(r) && error_pending(t)) {   // no number
    raise_readinto_failed(t);
  } else if (got > n || (got < 0 && !v_is_null(r) && !v_is_none(r) && !error_pending(t))) {
    raise_error(t, &exc_OSError, "raw readinto() returned invalid length %lld (should have been between 0 and %lld)", (long long)got, (long long)n);
    got = -1;
  }
  if (got > 0) memcpy(p, bytearray_data((ByteArray *)v_obj(target)), (size_t)got);
  v_drop(t, r);
  v_drop(t, target);
  return got;
}

static int64_t raw_write(Thread *t, Buffered *b, const char *p, int64_t n) {
  if (raw_is_file(b)) {
    FileIo *f = (FileIo *)v_obj(b->raw);
    if (f->fd < 0) {
      raise_value_error(t, "I/O operation on closed file");
      return -1;
    }
    return fileio_write_from(t, f, p, n);
  }
  Value data = bytes_from(t, p, (size_t)n);
  Value r = v_is_null(data) ? V_NULL : object_call_method1(t, b->raw, N(write), data);
  v_drop(t, data);
  int64_t done = v_is_null(r) ? -1 : v_is_none(r) ? -2 : number_as_i64(t, r);
  if (done > n || (done < 0 && !v_is_null(r) && !v_is_none(r) && !error_pending(t))) {
    raise_error(t, &exc_OSError, "raw write() returned invalid length %lld (should have been between 0 and %lld)", (long long)done, (long long)n);
    done = -1;
  }
  v_drop(t, r);
  return done;
}

static int64_t raw_seek(Thread *t, Buffered *b, int64_t offset, int whence) {
  Value r = object_call_method2(t, b->raw, N(seek), int_from_i64(t, offset), v_from_smi(whence));
  if (v_is_null(r)) return -1;
  int64_t at = number_as_i64(t, r);
  v_drop(t, r);
  if (at < 0 && !error_pending(t)) raise_error(t, &exc_OSError, "Raw stream returned invalid position %lld", (long long)at);
  return at;
}

// --- Entering -------------------------------------------------------------------------------------------------------------------------------

static int enter(Thread *t, Value self, const char *closed_message) {
  Buffered *b = v_buffered(self);
  if (v_is_null(b->raw)) {
    raise_value_error(t, b->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
    return -1;
  }
  if (stream_lock_is_mine(t, &b->lock)) {
    raise_error(t, &exc_RuntimeError, "reentrant call inside %R", self);
    return -1;
  }
  if (!io_is_reachable(t, self, &b->lock)) return -1;
  stream_lock(t, &b->lock);
  if (!closed_message) return 0;
  // Asked with the lock held: another thread may be closing the stream.
  int closed = raw_is_file(b) ? ((FileIo *)v_obj(b->raw))->fd < 0 : io_is_closed(t, b->raw);
  if (closed > 0) raise_value_error(t, "%s", closed_message);
  if (closed) stream_unlock(&b->lock);
  return closed ? -1 : 0;
}

static void leave(Value self) { stream_unlock(&v_buffered(self)->lock); }

StreamLock *io_buffered_lock(Value v) {
  if (v_type(v) != &type_bufferedwriter) return NULL;
  Buffered *b = v_buffered(v);
  return !v_is_null(b->raw) && raw_is_file(b) ? &b->lock : NULL;
}

// --- Flushing -------------------------------------------------------------------------------------------------------------------------------

static int would_block(Thread *t, int64_t written) {
  Value args[] = {v_from_smi(11), str_from_cstr(t, "write could not complete without blocking"), v_from_smi(written)};
  if (v_is_null(args[1])) return -1;
  Value exc = object_call(t, v_from_obj(&exc_BlockingIOError), args, 3, V_NULL);
  v_drop(t, args[1]);
  if (!v_is_null(exc)) raise_object(t, exc);
  v_drop(t, exc);
  return -1;
}

static int flush_writes(Thread *t, Buffered *b) {
  int64_t done = 0;
  while (done < b->wlen) {
    int64_t n = raw_write(t, b, b->wbuf + done, b->wlen - done);
    if (n < 0) {
      memmove(b->wbuf, b->wbuf + done, (size_t)(b->wlen - done));
      b->wlen -= done;
      return n == -2 ? would_block(t, 0) : -1;
    }
    done += n;
    if (n > 0 && done < b->wlen && safepoint(t) < 0) {
      memmove(b->wbuf, b->wbuf + done, (size_t)(b->wlen - done));
      b->wlen -= done;
      return -1;
    }
  }
  b->wlen = 0;
  return 0;
}

// Forgets what was read ahead and puts the raw stream back to where the user is.
static int rewind_reads(Thread *t, Buffered *b) {
  int64_t ahead = b->rend - b->rpos;
  b->rpos = b->rend = 0;
  return ahead && raw_seek(t, b, -ahead, 1) < 0 ? -1 : 0;
}

static int flush_all(Thread *t, Buffered *b) {
  if (b->writable && flush_writes(t, b) < 0) return -1;
  return b->readable && b->writable ? rewind_reads(t, b) : 0;
}

METHOD(buffered_flush) {
  UNUSED;
  if (enter(t, self, "flush of closed file") < 0) return V_NULL;
  int r = flush_all(t, v_buffered(self));
  leave(self);
  return r < 0 ? V_NULL : V_NONE;
}
METHOD(buffered_simple_flush) {
  UNUSED;
  Buffered *b = v_buffered(self);
  if (v_is_null(b->raw)) return raise_value_error(t, b->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
  return object_call_method0(t, b->raw, N(flush));
}

// --- Reading --------------------------------------------------------------------------------------------------------------------------------

// Refills the empty read buffer. As raw_read.
static int64_t fill(Thread *t, Buffered *b) {
  b->rpos = b->rend = 0;
  int64_t n = raw_read(t, b, b->rbuf, b->size);
  if (n > 0) b->rend = n;
  return n;
}

static Value take(Thread *t, Buffered *b, int64_t n) {
  Value r = bytes_from(t, b->rbuf + b->rpos, (size_t)n);
  if (!v_is_null(r)) b->rpos += n;
  return r;
}

static Value read_all(Thread *t, Buffered *b) {
  Value head = take(t, b, b->rend - b->rpos);
  if (v_is_null(head)) return V_NULL;
  Value readall, rest;
  int r = object_lookup_attr(t, b->raw, N(readall), &readall);
  if (r < 0) rest = V_NULL;
  else if (r > 0) {
    rest = object_call0(t, readall);
    v_drop(t, readall);
  } else {
    rest = bytes_from(t, NULL, 0);
    for (;;) {
      Value piece = v_is_null(rest) ? V_NULL : object_call_method0(t, b->raw, N(read));
      if (v_is_null(piece) || v_is_none(piece) || !v_is_bytes(piece) || v_bytes(piece)->length == 0) {
        if (v_is_null(piece)) v_clear(t, &rest);
        v_drop(t, piece);
        break;
      }
      Value joined = number_binary(t, rest, piece, OP_ADD);
      v_drop(t, rest);
      v_drop(t, piece);
      rest = joined;
    }
  }
  if (v_is_null(rest)) {
    v_drop(t, head);
    return V_NULL;
  }
  if (!v_is_none(rest) && !v_is_bytes(rest)) {
    v_drop(t, head);
    v_drop(t, rest);
    return raise_type_error(t, "readall() should return bytes");
  }
  if (v_is_none(rest)) {
    if (v_bytes(head)->length) return head;
    v_drop(t, head);
    return rest;
  }
  if (v_bytes(head)->length == 0) {
    v_drop(t, head);
    return rest;
  }
  Value all = number_binary(t, head, rest, OP_ADD);
  v_drop(t, head);
  v_drop(t, rest);
  return all;
}

static Value read_n(Thread *t, Buffered *b, int64_t n) {
  int64_t have = b->rend - b->rpos;
  if (n <= have) return take(t, b, n);
  Value r = bytes_new(t, n);
  if (v_is_null(r)) return V_NULL;
  char *p = v_bytes(r)->data;
  memcpy(p, b->rbuf + b->rpos, (size_t)have);
  b->rpos = b->rend = 0;
  while (have < n) {
    // Large remainders go straight to the result.
    int64_t got;
    if (n - have >= b->size) {
      got = raw_read(t, b, p + have, (n - have) / b->size * b->size);
      if (got > 0) have += got;
    } else {
      got = fill(t, b);
      if (got > 0) {
        int64_t part = got < n - have ? got : n - have;
        memcpy(p + have, b->rbuf, (size_t)part);
        b->rpos = part;
        have += part;
      }
    }
    if (got == -1) {
      v_drop(t, r);
      return V_NULL;
    }
    if (got == -2 && have == 0) {
      v_drop(t, r);
      return V_NONE;
    }
    if (got <= 0) break;
  }
  return bytes_shrink(t, r, have);
}

static int prepare_read(Thread *t, Buffered *b) { return b->writable && b->wlen ? flush_writes(t, b) : 0; }

METHOD(buffered_read) {
  (void)nargs, (void)kwnames;
  int64_t n;
  if (io_size(t, args[0], &n) < 0) return V_NULL;
  if (n < -1) return raise_value_error(t, "read length must be non-negative or -1");
  if (enter(t, self, "read of closed file") < 0) return V_NULL;
  Buffered *b = v_buffered(self);
  Value r = prepare_read(t, b) < 0 ? V_NULL : n < 0 ? read_all(t, b) : read_n(t, b, n);
  leave(self);
  return r;
}

METHOD(buffered_read1) {
  (void)nargs, (void)kwnames;
  int64_t n;
  if (io_plain_size(t, args[0], -1, &n) < 0 || enter(t, self, "read of closed file") < 0) return V_NULL;
  Buffered *b = v_buffered(self);
  if (n < 0) n = b->size;
  Value r = V_NULL;
  if (n == 0) {
    r = v_own(t, bytes_empty);
  } else if (prepare_read(t, b) == 0) {
    int64_t have = b->rend - b->rpos;
    if (have) {
      r = take(t, b, n < have ? n : have);
    } else {
      r = bytes_new(t, n);
      int64_t got = v_is_null(r) ? -1 : raw_read(t, b, v_bytes(r)->data, n);
      if (got == -1) v_clear(t, &r);
      else r = bytes_shrink(t, r, got < 0 ? 0 : got);
    }
  }
  leave(self);
  return r;
}

static Value read_into(Thread *t, Value self, Value target, bool once) {
  BufferView view;
  if (io_writable_buffer(t, target, once ? "readinto1" : "readinto", &view) < 0) return V_NULL;
  if (enter(t, self, "readinto of closed file") < 0) {
    buffer_release(t, &view);
    return V_NULL;
  }
  Buffered *b = v_buffered(self);
  char *p = view.data;
  int64_t done = 0, got = prepare_read(t, b) < 0 ? -1 : 1;
  while (got > 0 && done < view.len) {
    int64_t have = b->rend - b->rpos;
    if (have) {
      int64_t part = have < view.len - done ? have : view.len - done;
      memcpy(p + done, b->rbuf + b->rpos, (size_t)part);
      b->rpos += part;
      done += part;
    } else if (once && done && view.len - done <= b->size) {
      break;
    } else if (view.len - done > b->size) {
      got = raw_read(t, b, p + done, view.len - done);
      if (got > 0) done += got;
      if (once) break;
    } else {
      got = fill(t, b);
    }
  }
  leave(self);
  buffer_release(t, &view);
  if (got == -1) return V_NULL;
  return got == -2 && done == 0 ? V_NONE : v_from_smi(done);
}
METHOD(buffered_readinto) { (void)nargs, (void)kwnames; return read_into(t, self, args[0], false); }
METHOD(buffered_readinto1) { (void)nargs, (void)kwnames; return read_into(t, self, args[0], true); }

METHOD(buffered_peek) {
  (void)nargs, (void)kwnames;
  int64_t n;   // asked for, and without effect
  if (io_plain_size(t, args[0], 0, &n) < 0 || enter(t, self, "peek of closed file") < 0) return V_NULL;
  Buffered *b = v_buffered(self);
  int64_t got = prepare_read(t, b);
  if (got == 0 && b->rpos == b->rend) got = fill(t, b);
  Value r = got == -1 ? V_NULL : bytes_from(t, b->rbuf + b->rpos, (size_t)(b->rend - b->rpos));
  leave(self);
  return r;
}

// A line as bytes; limit < 0: none.
static Value read_line(Thread *t, Buffered *b, int64_t limit) {
  Value line = V_NULL;   // what stood in earlier buffers
  for (;;) {
    int64_t have = b->rend - b->rpos;
    int64_t known = v_is_null(line) ? 0 : v_bytes(line)->length;
    if (limit >= 0 && have > limit - known) have = limit - known;
    const char *newline = have ? memchr(b->rbuf + b->rpos, '\n', (size_t)have) : NULL;
    int64_t part = newline ? newline - (b->rbuf + b->rpos) + 1 : have;
    Value piece = take(t, b, part);
    if (v_is_null(piece)) break;
    if (v_is_null(line)) {
      line = piece;
    } else {
      Value joined = number_binary(t, line, piece, OP_ADD);
      v_drop(t, line);
      v_drop(t, piece);
      line = joined;
      if (v_is_null(line)) break;
    }
    if (newline || (limit >= 0 && v_bytes(line)->length >= limit)) return line;
    int64_t got = fill(t, b);
    if (got == -1) break;
    if (got <= 0) return line;
  }
  v_drop(t, line);
  return V_NULL;
}

METHOD(buffered_readline) {
  (void)nargs, (void)kwnames;
  int64_t limit;
  if (io_size(t, args[0], &limit) < 0 || enter(t, self, "readline of closed file") < 0) return V_NULL;
  Value r = prepare_read(t, v_buffered(self)) < 0 ? V_NULL : read_line(t, v_buffered(self), limit);
  leave(self);
  return r;
}

static Value buffered_next(Thread *t, Value self) {
  Value line;
  if (v_type(self) == &type_bufferedreader || v_type(self) == &type_bufferedrandom) {
    if (enter(t, self, "readline of closed file") < 0) return V_NULL;
    line = prepare_read(t, v_buffered(self)) < 0 ? V_NULL : read_line(t, v_buffered(self), -1);
    leave(self);
  } else {
    line = io_check_line(t, object_call_method0(t, self, N(readline)), false);
  }
  if (v_is_null(line) || v_bytes(line)->length != 0) return line;
  v_drop(t, line);
  return V_NULL;
}

// --- Writing --------------------------------------------------------------------------------------------------------------------------------

static int64_t write_bytes(Thread *t, Buffered *b, const char *p, int64_t n) {
  if (b->readable && rewind_reads(t, b) < 0) return -1;
  if (n <= b->size - b->wlen) {
    memcpy(b->wbuf + b->wlen, p, (size_t)n);
    b->wlen += n;
    return n;
  }
  if (flush_writes(t, b) < 0) {
    if (!error_matches(t, &exc_BlockingIOError)) return -1;
    // The raw stream is full: keep what fits and tell how much was taken.
    int64_t room = b->size - b->wlen, part = n < room ? n : room;
    memcpy(b->wbuf + b->wlen, p, (size_t)part);
    b->wlen += part;
    error_clear(t);
    return part == n ? n : would_block(t, part);
  }
  int64_t done = 0;
  while (n - done > b->size) {
    int64_t w = raw_write(t, b, p + done, n - done);
    if (w == -1) return -1;
    if (w == -2) {
      int64_t part = b->size;
      memcpy(b->wbuf, p + done, (size_t)part);
      b->wlen = part;
      return would_block(t, done + part);
    }
    done += w;
    if (safepoint(t) < 0) return -1;
  }
  memcpy(b->wbuf, p + done, (size_t)(n - done));
  b->wlen = n - done;
  return n;
}

METHOD(buffered_write) {
  (void)nargs, (void)kwnames;
  if (v_is_str(args[0])) return raise_type_error(t, "a bytes-like object is required, not 'str'");
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  int64_t n = -1;
  if (enter(t, self, "write to closed file") == 0) {
    n = write_bytes(t, v_buffered(self), view.data, view.len);
    leave(self);
  }
  buffer_release(t, &view);
  return n < 0 ? V_NULL : v_from_smi(n);
}

// --- Position -------------------------------------------------------------------------------------------------------------------------------

static Value position(Thread *t, Buffered *b) {
  int64_t at = raw_seek(t, b, 0, 1);
  return at < 0 ? V_NULL : int_from_i64(t, at - (b->rend - b->rpos) + b->wlen);
}

METHOD(buffered_tell) {
  UNUSED;
  if (enter(t, self, NULL) < 0) return V_NULL;
  Value r = position(t, v_buffered(self));
  leave(self);
  return r;
}

METHOD(buffered_seek) {
  (void)nargs, (void)kwnames;
  int whence = v_is_absent(args[1]) ? 0 : number_as_int(t, args[1]);
  if (whence == -1 && error_pending(t)) return V_NULL;
  if (whence < 0 || whence > 2) return raise_value_error(t, "whence value %d unsupported", whence);
  int64_t offset = number_as_i64(t, args[0]);
  if (offset == -1 && error_pending(t)) {
    if (!error_matches(t, &exc_OverflowError)) return V_NULL;
    error_clear(t);
    return raise_value_error(t, "cannot fit '%.200T' into an offset-sized integer", args[0]);
  }
  if (enter(t, self, "seek of closed file") < 0) return V_NULL;
  Buffered *b = v_buffered(self);
  Value r = V_NULL;
  int seekable = io_flag(t, b->raw, "seekable");
  if (seekable == 0) io_unsupported(t, "File or stream is not seekable.");
  if (seekable > 0 && (!b->writable || flush_writes(t, b) == 0)) {
    int64_t ahead = b->rend - b->rpos, at = 0;
    bool inside = false;
    if (whence != 2 && b->readable && ahead + b->rpos > 0) {
      // Within what is buffered no system call but the one for the position is needed.
      int64_t raw_at = raw_seek(t, b, 0, 1);
      if (raw_at < 0) goto done;
      int64_t here = raw_at - ahead, target = whence == 0 ? offset : here + offset;
      if (target >= here - b->rpos && target <= raw_at) {
        b->rpos += target - here;
        at = target;
        inside = true;
      }
    }
    if (!inside) {
      if (whence == 1) offset -= ahead;
      at = raw_seek(t, b, offset, whence);
      if (at >= 0) b->rpos = b->rend = 0;
    }
    r = at < 0 ? V_NULL : int_from_i64(t, at);
  }
done:
  leave(self);
  return r;
}

METHOD(buffered_truncate) {
  (void)nargs, (void)kwnames;
  Buffered *b = v_buffered(self);
  if (enter(t, self, "truncate of closed file") < 0) return V_NULL;
  Value r = V_NULL;
  if (!b->writable) {
    io_unsupported(t, "truncate");
  } else if (flush_all(t, b) == 0) {
    Value where = v_is_absent_or_none(args[0]) ? position(t, b) : v_own(t, args[0]);
    if (!v_is_null(where)) r = io_call1(t, b->raw, "truncate", where);
    v_drop(t, where);
  }
  leave(self);
  return r;
}

// --- The rest ---------------------------------------------------------------------------------------------------------------------------------

static Value raw_of(Thread *t, Value self) {
  Buffered *b = v_buffered(self);
  if (!v_is_null(b->raw)) return b->raw;
  return raise_value_error(t, b->detached ? "raw stream has been detached" : "I/O operation on uninitialized object");
}

METHOD(buffered_close) {
  UNUSED;
  Value raw = raw_of(t, self);
  if (v_is_null(raw)) return V_NULL;
  int closed = io_is_closed(t, raw);
  if (closed) return closed < 0 ? V_NULL : V_NONE;
  Buffered *b = v_buffered(self);
  if (b->finalizing) {
    Value warned = io_call1(t, raw, "_dealloc_warn", self);
    error_clear(t);
    v_drop(t, warned);
  }
  Value r = object_call_method0(t, self, N(flush));
  Value error = v_is_null(r) ? error_fetch(t) : V_NULL;
  v_drop(t, r);
  // Who writes meanwhile waits and finds the stream closed.
  bool mine = stream_lock_is_mine(t, &b->lock);
  if (!mine) stream_lock(t, &b->lock);
  r = io_call0(t, raw, "close");
  if (!mine) stream_unlock(&b->lock);
  if (!v_is_null(error)) {
    error_chain(t, error);
    v_drop(t, r);
    return V_NULL;
  }
  return r;
}

METHOD(buffered_detach) {
  UNUSED;
  if (v_is_null(raw_of(t, self))) return V_NULL;
  Value r = object_call_method0(t, self, N(flush));
  if (v_is_null(r)) return V_NULL;
  v_drop(t, r);
  Buffered *b = v_buffered(self);
  Value raw = b->raw;
  b->raw = V_NULL;
  b->detached = true;
  return raw;
}

#define FORWARD(method)                                                            \
  METHOD(buffered_##method) {                                                      \
    UNUSED;                                                                        \
    Value raw = raw_of(t, self);                                                   \
    return v_is_null(raw) ? V_NULL : io_call0(t, raw, #method);                    \
  }
FORWARD(seekable)
FORWARD(readable)
FORWARD(writable)
FORWARD(fileno)
FORWARD(isatty)

static Value forward_attribute(Thread *t, Value self, void *name) {
  Value raw = raw_of(t, self), key = str_intern_cstr(t, name);
  return v_is_null(raw) || v_is_null(key) ? V_NULL : object_getattr(t, raw, key);
}
static Value get_raw(Thread *t, Value self, void *c) {
  (void)c;
  Value raw = v_buffered(self)->raw;
  return v_is_null(raw) ? V_NONE : v_own(t, raw);
}

METHOD(buffered_dealloc_warn) {
  (void)nargs, (void)kwnames;
  Buffered *b = v_buffered(self);
  if (!v_is_null(b->raw)) {
    Value r = io_call1(t, b->raw, "_dealloc_warn", args[0]);
    error_clear(t);
    v_drop(t, r);
  }
  return V_NONE;
}

static Value buffered_repr(Thread *t, Value self) {
  Value name;
  int r = object_lookup_attr(t, self, N(name), &name);
  if (r < 0) {
    if (!error_matches(t, &exc_ValueError)) return V_NULL;
    error_clear(t);
    r = 0;
  }
  Value text = r == 0 ? str_from_format(t, "<_io.%U>", v_type(self)->qualname) : str_from_format(t, "<_io.%U name=%R>", v_type(self)->qualname, name);
  v_drop(t, name);
  return text;
}

static int init(Thread *t, Value self, Value raw, int64_t size, bool readable, bool writable) {
  if (size <= 0) {
    raise_value_error(t, "buffer size must be strictly positive");
    return -1;
  }
  Buffered *b = v_buffered(self);
  if (b->rbuf) heap_free(t, b->rbuf);
  if (b->wbuf) heap_free(t, b->wbuf);
  b->rbuf = readable ? heap_alloc(t, (size_t)size) : NULL;
  b->wbuf = writable ? heap_alloc(t, (size_t)size) : NULL;
  if ((readable && !b->rbuf) || (writable && !b->wbuf)) {
    raise_no_memory(t);
    return -1;
  }
  b->size = size;
  b->rpos = b->rend = b->wlen = 0;
  b->readable = readable;
  b->writable = writable;
  b->detached = false;
  v_set(t, &b->raw, v_own(t, raw));
  return 0;
}

// Asks raw.readable(), writable() or seekable().
int io_check_raw(Thread *t, Value raw, const char *method) {
  int r = io_flag(t, raw, method);
  if (r == 0) raise_error(t, io_unsupported_operation, "File or stream is not %s.", method);
  return r > 0 ? 0 : -1;
}

// __init__ may be called again; a stream for which it fails is not to be used, unless its arguments are of wrong types.
static int begin_init(Thread *t, Buffered *b, Value size_arg, int64_t *size) {
  *size = v_is_absent(size_arg) ? IO_BUFFER_SIZE : number_as_i64(t, size_arg);
  if (*size == -1 && error_pending(t)) return -1;
  b->detached = false;
  v_clear(t, &b->raw);
  return 0;
}

static int reader_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "BufferedReader(raw, buffer_size=DEFAULT_BUFFER_SIZE)", args, nargs, kwnames, a) < 0) return -1;
  int64_t size;
  if (begin_init(t, v_buffered(self), a[1], &size) < 0) return -1;
  if (io_check_raw(t, a[0], "readable") < 0) return -1;
  return init(t, self, a[0], size, true, false);
}
static int writer_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "BufferedWriter(raw, buffer_size=DEFAULT_BUFFER_SIZE)", args, nargs, kwnames, a) < 0) return -1;
  int64_t size;
  if (begin_init(t, v_buffered(self), a[1], &size) < 0) return -1;
  if (io_check_raw(t, a[0], "writable") < 0) return -1;
  return init(t, self, a[0], size, false, true);
}
static int random_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value a[2];
  if (native_bind(t, &binder, "BufferedRandom(raw, buffer_size=DEFAULT_BUFFER_SIZE)", args, nargs, kwnames, a) < 0) return -1;
  int64_t size;
  if (begin_init(t, v_buffered(self), a[1], &size) < 0) return -1;
  if (io_check_raw(t, a[0], "seekable") < 0 || io_check_raw(t, a[0], "readable") < 0 || io_check_raw(t, a[0], "writable") < 0) return -1;
  return init(t, self, a[0], size, true, true);
}

static void buffered_clear(Thread *t, Object *o) {
  v_clear(t, &((Buffered *)o)->raw);
  io_base_clear(t, o);
}
static void buffered_dealloc(Thread *t, Object *o) {
  Buffered *b = (Buffered *)o;
  buffered_clear(t, o);
  if (b->rbuf) heap_free(t, b->rbuf);
  if (b->wbuf) heap_free(t, b->wbuf);
  heap_free_object(t, o);
}
static void buffered_traverse(Object *o, GcVisit visit, void *arg) {
  gc_visit_value(((Buffered *)o)->raw, visit, arg);
  io_base_traverse(o, visit, arg);
}

#define COMMON_METHODS                                                                                       \
  {"detach($self, /)", buffered_detach, NULL, 0}, {"close($self, /)", buffered_close, NULL, 0},              \
  {"seekable($self, /)", buffered_seekable, NULL, 0}, {"fileno($self, /)", buffered_fileno, NULL, 0},        \
  {"isatty($self, /)", buffered_isatty, NULL, 0}, {"tell($self, /)", buffered_tell, NULL, 0},                \
  {"seek($self, target, whence=0, /)", buffered_seek, NULL, 0},                                              \
  {"truncate($self, pos=None, /)", buffered_truncate, NULL, 0},                                              \
  {"_dealloc_warn($self, source, /)", buffered_dealloc_warn, NULL, NATIVE_NO_SIGNATURE}
#define READ_METHODS                                                                                         \
  {"read($self, size=-1, /)", buffered_read, NULL, 0}, {"read1($self, size=-1, /)", buffered_read1, NULL, 0},\
  {"readinto($self, buffer, /)", buffered_readinto, NULL, 0}, {"readinto1($self, buffer, /)", buffered_readinto1, NULL, 0}, \
  {"peek($self, size=0, /)", buffered_peek, NULL, 0}, {"readline($self, size=-1, /)", buffered_readline, NULL, 0}, \
  {"readable($self, /)", buffered_readable, NULL, 0}
#define WRITE_METHODS                                                                                        \
  {"write($self, buffer, /)", buffered_write, NULL, 0}, {"flush($self, /)", buffered_flush, NULL, 0},        \
  {"writable($self, /)", buffered_writable, NULL, 0}

static const NativeDef reader_methods[] = {COMMON_METHODS, READ_METHODS, {"flush($self, /)", buffered_simple_flush, NULL, 0}, {0}};
static const NativeDef writer_methods[] = {COMMON_METHODS, WRITE_METHODS, {0}};
static const NativeDef random_methods[] = {COMMON_METHODS, READ_METHODS, WRITE_METHODS, {0}};
static const GetSetDef buffered_getset[] = {
    {"closed", forward_attribute, NULL, NULL, "closed"}, {"name", forward_attribute, NULL, NULL, "name"},
    {"mode", forward_attribute, NULL, NULL, "mode"}, {0}};
static const GetSetDef buffered_computed[] = {{"raw", get_raw, NULL, NULL, NULL}, {0}};
static const MemberDef buffered_members[] = {{"_finalizing", MEMBER_BOOL, offsetof(Buffered, finalizing), false, NULL}, {0}};

#define BUFFERED_FLAGS .size = sizeof(Buffered), .flags = TYPE_BASETYPE | TYPE_HAS_EXT | TYPE_WEAKREF | TYPE_HAS_FINALIZER, .ext_offset = offsetof(IoBase, ext)
#define BUFFERED_SLOTS .new = module_empty_new, .repr = buffered_repr, \
                       .dealloc = buffered_dealloc, .traverse = buffered_traverse, .clear = buffered_clear

Type type_bufferedreader, type_bufferedwriter, type_bufferedrandom;
static const TypeSpec spec_reader = {.name = "_io.BufferedReader", .base = &type_bufferediobase, BUFFERED_FLAGS, .slots = {.init = reader_init, .iternext = buffered_next, BUFFERED_SLOTS},
    .methods = reader_methods, .getset = buffered_getset, .computed_members = buffered_computed, .members = buffered_members, .doc = "Reads from a raw stream in large pieces.",
    .text_signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"};
static const TypeSpec spec_writer = {.name = "_io.BufferedWriter", .base = &type_bufferediobase, BUFFERED_FLAGS, .slots = {.init = writer_init, BUFFERED_SLOTS},
    .methods = writer_methods, .getset = buffered_getset, .computed_members = buffered_computed, .members = buffered_members,
    .doc = "Collects what is written before it goes to a raw stream.",
    .text_signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"};
static const TypeSpec spec_random = {.name = "_io.BufferedRandom", .base = &type_bufferediobase, BUFFERED_FLAGS, .slots = {.init = random_init, .iternext = buffered_next, BUFFERED_SLOTS},
    .methods = random_methods, .getset = buffered_getset, .computed_members = buffered_computed, .members = buffered_members,
    .doc = "Buffers reads and writes of one raw stream whose position can be moved.",
    .text_signature = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)"};

bool buffered_init(Thread *t) {
  return type_ready(t, &type_bufferedreader, &spec_reader, 0) && type_ready(t, &type_bufferedwriter, &spec_writer, 0) &&
         type_ready(t, &type_bufferedrandom, &spec_random, 0) && rwpair_init(t);
}
