// Blob: one value of a table, read and written in pieces.
#include "modules/sqlite.h"

#include <stdio.h>

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/object.h"
#include "objects/slice.h"
#include "objects/str.h"

Type type_sqlite_blob;

// --- Opening and closing ---------------------------------------------------------------------------------------------------------------------

void blob_close(Blob *b) {
  if (!b->blob) return;
  sqlite.sqlite3_blob_close(b->blob);
  b->blob = NULL;
  if (b->next) b->next->previous = b->previous;
  if (b->previous) b->previous->next = b->next;
  else v_connection(b->connection)->blobs = b->next;
}

Value blob_open(Thread *t, Connection *c, const char *table, const char *column, int64_t row, bool readonly, const char *name) {
  sqlite3_blob *blob;
  int rc;
  Value v = type_generic_alloc(t, &type_sqlite_blob, 0);
  if (v_is_null(v)) return V_NULL;
  v_blob(v)->connection = v_own_obj(t, c);
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_blob_open(c->db, name, table, column, row, !readonly, &blob);
  ALLOW_THREADS_END
  if (rc == SQLITE_MISUSE) sqlite_raise(t, sqlite_errors.InterfaceError, "%s", sqlite.sqlite3_errstr(rc));
  else if (rc != SQLITE_OK) sqlite_raise_last(t, c->db);
  if (rc != SQLITE_OK) {
    v_drop(t, v);
    return V_NULL;
  }
  Blob *b = v_blob(v);
  b->blob = blob;
  b->next = c->blobs;
  if (c->blobs) c->blobs->previous = b;
  c->blobs = b;
  return v;
}

static void blob_dealloc(Thread *t, Object *o) {
  Blob *b = (Blob *)o;
  if (!v_is_null(b->connection)) {
    Connection *c = v_connection(b->connection);
    owned_lock_enter(t, &c->lock);
    blob_close(b);
    owned_lock_leave(&c->lock);
  }
  v_drop(t, b->connection);
  heap_free_object(t, o);
}
static void blob_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Blob *)o)->connection, visit, arg); }

// Locks the connection of a blob that is open. False: ProgrammingError.
static bool enter(Thread *t, Blob *b) {
  Connection *c = v_connection(b->connection);
  if (!connection_enter(t, c)) return false;
  if (b->blob) return true;
  connection_leave(c);
  sqlite_raise(t, sqlite_errors.ProgrammingError, "Cannot operate on a closed blob.");
  return false;
}
static void leave(Blob *b) { connection_leave(v_connection(b->connection)); }

// --- Reading and writing, under the lock -----------------------------------------------------------------------------------------------------

static Value raise_blob(Thread *t, Blob *b, int rc) {
  Connection *c = v_connection(b->connection);
  return rc == SQLITE_ABORT ? sqlite_raise(t, sqlite_errors.OperationalError, "Cannot operate on an expired blob handle") : sqlite_raise_last(t, c->db);
}

static Value read_at(Thread *t, Blob *b, int64_t offset, int64_t n) {
  Value data = bytes_new(t, n);
  if (v_is_null(data) || n == 0) return data;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_blob_read(b->blob, v_bytes(data)->data, (int)n, (int)offset);
  ALLOW_THREADS_END
  if (rc == SQLITE_OK) return data;
  v_drop(t, data);
  return raise_blob(t, b, rc);
}

static int write_at(Thread *t, Blob *b, int64_t offset, const void *data, int64_t n) {
  if (n > sqlite.sqlite3_blob_bytes(b->blob) - offset) return raise_value_error(t, "data longer than blob length"), -1;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_blob_write(b->blob, data, (int)n, (int)offset);
  ALLOW_THREADS_END
  return rc == SQLITE_OK ? 0 : (raise_blob(t, b, rc), -1);
}

static NATIVE(blob_method_close) {
  Blob *b = v_blob(self);
  Connection *c = v_connection(b->connection);
  if (!connection_enter(t, c)) return V_NULL;
  blob_close(b);
  connection_leave(c);
  return V_NONE;
}

static NATIVE(blob_read) {
  Blob *b = v_blob(self);
  int length = v_is_absent(args[0]) ? -1 : number_as_int(t, args[0]);
  if (length == -1 && error_pending(t)) return V_NULL;
  if (!enter(t, b)) return V_NULL;
  int64_t left = sqlite.sqlite3_blob_bytes(b->blob) - b->offset, n = length < 0 || length > left ? left : length;
  Value data = read_at(t, b, b->offset, n);
  if (!v_is_null(data)) b->offset += n;
  leave(b);
  return data;
}

static NATIVE(blob_write) {
  Blob *b = v_blob(self);
  BufferView view;
  if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) return V_NULL;
  Value result = V_NULL;
  if (enter(t, b)) {
    if (write_at(t, b, b->offset, view.data, view.len) == 0) {
      b->offset += view.len;
      result = V_NONE;
    }
    leave(b);
  }
  buffer_release(t, &view);
  return result;
}

static NATIVE(blob_seek) {
  Blob *b = v_blob(self);
  int offset = number_as_int(t, args[0]), origin = v_is_absent(args[1]) ? SEEK_SET : number_as_int(t, args[1]);
  if (error_pending(t) || !enter(t, b)) return V_NULL;
  int64_t size = sqlite.sqlite3_blob_bytes(b->blob), place = offset + (origin == SEEK_CUR ? b->offset : origin == SEEK_END ? size : 0);
  Value result = V_NULL;
  if (origin != SEEK_SET && origin != SEEK_CUR && origin != SEEK_END)
    raise_value_error(t, "'origin' should be os.SEEK_SET, os.SEEK_CUR, or os.SEEK_END");
  else if (place > INT32_MAX && offset > 0 && origin != SEEK_SET) raise_overflow(t, "seek offset results in overflow");
  else if (place < 0 || place > size) raise_value_error(t, "offset out of blob range");
  else result = V_NONE, b->offset = place;
  leave(b);
  return result;
}

static NATIVE(blob_tell) {
  Blob *b = v_blob(self);
  if (!enter(t, b)) return V_NULL;
  int64_t offset = b->offset;
  leave(b);
  return int_from_i64(t, offset);
}

static NATIVE(blob_enter) {
  if (!enter(t, v_blob(self))) return V_NULL;
  leave(v_blob(self));
  return v_own(t, self);
}
static NATIVE(blob_exit) {
  if (!enter(t, v_blob(self))) return V_NULL;
  blob_close(v_blob(self));
  leave(v_blob(self));
  return V_FALSE;
}

// --- As a sequence of bytes --------------------------------------------------------------------------------------------------------------------

static int64_t blob_length(Thread *t, Value self) {
  Blob *b = v_blob(self);
  if (!enter(t, b)) return -1;
  int64_t n = sqlite.sqlite3_blob_bytes(b->blob);
  leave(b);
  return n;
}

// The place of an index. 0, -1.
static int index_of(Thread *t, Blob *b, Value key, int64_t *place) {
  int64_t i = number_as_i64(t, key), size = sqlite.sqlite3_blob_bytes(b->blob);
  if (i == -1 && error_pending(t)) {
    if (error_matches(t, &exc_OverflowError)) {
      error_clear(t);
      raise_error(t, &exc_IndexError, "cannot fit '%T' into an index-sized integer", key);
    }
    return -1;
  }
  if (i < 0) i += size;
  if (i < 0 || i >= size) return raise_error(t, &exc_IndexError, "Blob index out of range"), -1;
  *place = i;
  return 0;
}

static Value get_slice(Thread *t, Blob *b, Value key) {
  int64_t start, stop, step, n = 0;
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return V_NULL;
  n = slice_adjust(sqlite.sqlite3_blob_bytes(b->blob), &start, &stop, step);
  if (n == 0) return bytes_new(t, 0);
  if (step == 1) return read_at(t, b, start, n);
  int64_t low = step > 0 ? start : start + (n - 1) * step, high = step > 0 ? start + (n - 1) * step : start;
  Value all = read_at(t, b, low, high - low + 1), picked = v_is_null(all) ? V_NULL : bytes_new(t, n);
  for (int64_t i = 0; !v_is_null(picked) && i < n; i++) v_bytes(picked)->data[i] = v_bytes(all)->data[start + i * step - low];
  v_drop(t, all);
  return picked;
}

static Value blob_getitem(Thread *t, Value self, Value key) {
  Blob *b = v_blob(self);
  int64_t place;
  if (!enter(t, b)) return V_NULL;
  Value result = V_NULL;
  if (v_type(key) == &type_slice) {
    result = get_slice(t, b, key);
  } else if (!number_is_index(key)) {
    raise_type_error(t, "Blob indices must be integers");
  } else if (index_of(t, b, key, &place) == 0) {
    Value one = read_at(t, b, place, 1);
    if (!v_is_null(one)) result = v_from_smi((uint8_t)v_bytes(one)->data[0]);
    v_drop(t, one);
  }
  leave(b);
  return result;
}

static int set_slice(Thread *t, Blob *b, Value key, Value value) {
  int64_t start, stop, step, n;
  BufferView view;
  if (slice_unpack(t, key, &start, &stop, &step) < 0) return -1;
  n = slice_adjust(sqlite.sqlite3_blob_bytes(b->blob), &start, &stop, step);
  if (n == 0) return 0;
  if (buffer_get(t, value, &view, BUFFER_SIMPLE) < 0) return -1;
  int rc = -1;
  if (view.len != n) {
    raise_error(t, &exc_IndexError, "Blob slice assignment is wrong size");
  } else if (step == 1) {
    rc = write_at(t, b, start, view.data, n);
  } else {
    int64_t low = step > 0 ? start : start + (n - 1) * step, high = step > 0 ? start + (n - 1) * step : start;
    Value all = read_at(t, b, low, high - low + 1);
    for (int64_t i = 0; !v_is_null(all) && i < n; i++) v_bytes(all)->data[start + i * step - low] = ((const char *)view.data)[i];
    rc = v_is_null(all) ? -1 : write_at(t, b, low, v_bytes(all)->data, high - low + 1);
    v_drop(t, all);
  }
  buffer_release(t, &view);
  return rc;
}

static int set_byte(Thread *t, Blob *b, Value key, Value value) {
  int64_t place, byte;
  if (index_of(t, b, key, &place) < 0) return -1;
  if (!v_is_int(value)) return raise_type_error(t, "'%T' object cannot be interpreted as an integer", value), -1;
  if (!int_as_i64(value, &byte) || byte < 0 || byte > 255) return raise_value_error(t, "byte must be in range(0, 256)"), -1;
  char c = (char)byte;
  return write_at(t, b, place, &c, 1);
}

static int blob_setitem(Thread *t, Value self, Value key, Value value) {
  Blob *b = v_blob(self);
  bool is_slice = v_type(key) == &type_slice;
  int rc = -1;
  if (!enter(t, b)) return -1;
  if (!is_slice && !number_is_index(key)) raise_type_error(t, "Blob indices must be integers");
  else if (v_is_null(value)) raise_type_error(t, is_slice ? "Blob doesn't support slice deletion" : "Blob doesn't support item deletion");
  else rc = is_slice ? set_slice(t, b, key, value) : set_byte(t, b, key, value);
  leave(b);
  return rc;
}

static const NativeDef blob_methods[] = {
    {"close($self, /)", blob_method_close, "Ends the use of the blob.", 0},
    {"__enter__($self, /)", blob_enter, "The blob itself, if it is open.", 0},
    {"__exit__($self, type, val, tb, /)", blob_exit, "Closes the blob.", 0},
    {"read($self, length=-1, /)", blob_read, "Bytes from the present place on, to the end if the length is negative.", 0},
    {"seek($self, offset, origin=0, /)", blob_seek, "Goes to a place, counted from the beginning, the present place or the end as `origin` says.", 0},
    {"tell($self, /)", blob_tell, "The present place.", 0},
    {"write($self, data, /)", blob_write, "Writes bytes at the present place; the blob does not grow.", 0},
    {0},
};
static const TypeSpec spec_blob = {
    .name = "sqlite3.Blob",
    .size = sizeof(Blob),
    .flags = TYPE_NO_INSTANTIATE | TYPE_WEAKREF,
    .slots = {.length = blob_length, .getitem = blob_getitem, .setitem = blob_setitem, .dealloc = blob_dealloc, .traverse = blob_traverse},
    .methods = blob_methods,
};
bool sqlite_blob_init(Thread *t) { return type_sqlite_blob.flags & TYPE_READY || type_ready(t, &type_sqlite_blob, &spec_blob, 0); }
