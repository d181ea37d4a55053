// Connection: opening and closing databases, transactions, backups, and what else concerns a database as a whole.
#include <limits.h>
#include <stddef.h>
#include <string.h>

#include "modules/module_help.h"
#include "modules/sqlite.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/sys_state.h"

Type type_sqlite_connection;

// --- May it be used? -------------------------------------------------------------------------------------------------------------------------

bool connection_check_thread(Thread *t, Connection *c) {
  if (!c->check_same_thread || !c->initialized || t->ident == c->thread_ident) return true;
  sqlite_raise(t, sqlite_errors.ProgrammingError,
               "SQLite objects created in a thread can only be used in that same thread. The object was created in thread id %lu and this is thread id %lu.",
               (unsigned long)c->thread_ident, (unsigned long)t->ident);
  return false;
}

bool connection_enter(Thread *t, Connection *c) {
  owned_lock_enter(t, &c->lock);
  if (!connection_check_thread(t, c)) {
  } else if (!c->initialized) {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "Base Connection.__init__ not called.");
  } else if (!c->db) {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "Cannot operate on a closed database.");
  } else {
    return true;
  }
  owned_lock_leave(&c->lock);
  return false;
}

// --- Opening and closing ---------------------------------------------------------------------------------------------------------------------

static void set_database(Thread *t, Connection *c, sqlite3 *db) {
  mutex_lock(t, &c->guard);
  c->db = db;
  if (db) c->initialized = true;
  mutex_unlock(&c->guard);
}

static void free_callbacks(Thread *t, Connection *c) {
  Callback *all[] = {c->authorizer, c->progress, c->trace};
  c->authorizer = c->progress = c->trace = NULL;
  for (int i = 0; i < 3; i++) callback_free(t, all[i]);
}

// Under the lock.
static void close_database(Thread *t, Connection *c) {
  sqlite3 *db = c->db;
  while (c->blobs) blob_close(c->blobs);
  v_clear(t, &c->statements);
  if (db) {
    set_database(t, c, NULL);
    if (c->trace) sqlite.sqlite3_trace_v2(db, 0, NULL, NULL);
    if (c->progress) sqlite.sqlite3_progress_handler(db, 0, NULL, NULL);
    if (c->authorizer) sqlite.sqlite3_set_authorizer(db, NULL, NULL);
    ALLOW_THREADS_BEGIN(t)
    sqlite.sqlite3_close_v2(db);
    ALLOW_THREADS_END
  }
  free_callbacks(t, c);
}

static const char *const begins[] = {"BEGIN ", "BEGIN DEFERRED", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"};

// What an isolation level stands for: a statement, NULL for None. 0, -1.
static int begin_of(Thread *t, Value level, const char **out) {
  *out = NULL;
  if (v_is_none(level)) return 0;
  if (!v_is_str(level)) return raise_type_error(t, "isolation_level must be str or None"), -1;
  const char *text = module_c_text(t, level);
  if (!text) return -1;
  for (int i = 0; i < 4; i++)
    if (strcasecmp(text, begins[i] + 6) == 0) return *out = begins[i], 0;
  raise_value_error(t, "isolation_level string must be '', 'DEFERRED', 'IMMEDIATE', or 'EXCLUSIVE'");
  return -1;
}

// functools.lru_cache(maxsize=size)(connection), or the connection itself where nothing is to be kept.
static Value statement_cache(Thread *t, Value self, int size) {
  Value module = import_module(t, "functools"), name = str_intern_cstr(t, "lru_cache"), cache = V_NULL;
  Value make = v_is_null(module) || v_is_null(name) ? V_NULL : object_getattr(t, module, name);
  Value decorate = v_is_null(make) ? V_NULL : object_call1(t, make, v_from_smi(size));
  if (!v_is_null(decorate)) cache = object_call1(t, decorate, self);
  v_drop(t, module);
  v_drop(t, make);
  v_drop(t, decorate);
  return cache;
}

// The arguments of Connection(), taken apart.
typedef struct Options {
  const char *path, *begin;
  double timeout;
  int detect_types, cached;
  bool check_same_thread, uri;
} Options;

static int read_options(Thread *t, const Value *bound, Value *keep, Options *o) {
  *o = (Options){.timeout = 5.0, .cached = 128, .check_same_thread = true, .begin = begins[0]};
  int flag;
  if (!v_is_absent(bound[1]) && (o->timeout = number_as_double(t, bound[1])) == -1.0 && error_pending(t)) return -1;
  if (!v_is_absent(bound[2]) && (o->detect_types = number_as_int(t, bound[2])) == -1 && error_pending(t)) return -1;
  if (!v_is_absent(bound[3]) && begin_of(t, bound[3], &o->begin) < 0) return -1;
  if (!v_is_absent(bound[4])) {
    if ((flag = object_is_true(t, bound[4])) < 0) return -1;
    o->check_same_thread = flag;
  }
  if (!v_is_absent(bound[6]) && (o->cached = number_as_int(t, bound[6])) == -1 && error_pending(t)) return -1;
  if (!v_is_absent(bound[7])) {
    if ((flag = object_is_true(t, bound[7])) < 0) return -1;
    o->uri = flag;
  }
  o->path = fs_path_bytes(t, bound[0], keep);
  return o->path ? 0 : -1;
}

static int open_database(Thread *t, Value self, const Options *o) {
  Connection *c = v_connection(self);
  sqlite3 *db = NULL;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_open_v2(o->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | (o->uri ? SQLITE_OPEN_URI : 0), NULL);
  if (rc == SQLITE_OK) sqlite.sqlite3_busy_timeout(db, (int)(o->timeout * 1000));
  ALLOW_THREADS_END
  if (rc != SQLITE_OK) {
    if (db) sqlite_raise_last(t, db);
    else raise_no_memory(t);
    sqlite.sqlite3_close_v2(db);
    return -1;
  }
  set_database(t, c, db);
  c->detect_types = o->detect_types;
  c->begin = o->begin;
  c->check_same_thread = o->check_same_thread;
  c->thread_ident = t->ident;
  v_set(t, &c->statements, statement_cache(t, self, o->cached));
  return v_is_null(c->statements) ? -1 : 0;
}

static int connection_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Connection *c = v_connection(self);
  Value bound[8], keep = V_NULL;
  Options options;
  if (native_bind(t, &binder,
                  "Connection(database, timeout=5.0, detect_types=0, isolation_level='', check_same_thread=True, factory=ConnectionType, "
                  "cached_statements=128, uri=False)",
                  args, nargs, kwnames, bound) < 0)
    return -1;
  if (sys_audit(t, "sqlite3.connect", bound[0]) < 0 || read_options(t, bound, &keep, &options) < 0) return -1;
  owned_lock_enter(t, &c->lock);
  int rc;
  if (c->initialized) {
    close_database(t, c);
    mutex_lock(t, &c->guard);
    c->initialized = false;
    mutex_unlock(&c->guard);
  }
  instance_field_store(t, &c->ob, &c->row_factory, V_NONE);
  instance_field_store(t, &c->ob, &c->text_factory, v_own(t, v_from_obj(&type_str)));
  rc = open_database(t, self, &options);
  owned_lock_leave(&c->lock);
  v_drop(t, keep);
  return rc < 0 ? -1 : sys_audit(t, "sqlite3.connect/handle", self);
}

static void connection_dealloc(Thread *t, Object *o) {
  Connection *c = (Connection *)o;
  close_database(t, c);
  v_drop(t, c->row_factory);
  v_drop(t, c->text_factory);
  heap_free_object(t, o);
}
static void connection_traverse(Object *o, GcVisit visit, void *arg) {
  Connection *c = (Connection *)o;
  gc_visit_value(c->statements, visit, arg);
  gc_visit_value(c->row_factory, visit, arg);
  gc_visit_value(c->text_factory, visit, arg);
}
static void connection_clear(Thread *t, Object *o) {
  Connection *c = (Connection *)o;
  v_clear(t, &c->statements);
  v_clear(t, &c->row_factory);
  v_clear(t, &c->text_factory);
}

static NATIVE(connection_close) {
  Connection *c = v_connection(self);
  owned_lock_enter(t, &c->lock);
  bool fine = connection_check_thread(t, c);
  if (fine && !c->initialized) {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "Base Connection.__init__ not called.");
    fine = false;
  }
  if (fine) close_database(t, c);
  owned_lock_leave(&c->lock);
  return fine ? V_NONE : V_NULL;
}

// --- Statements and cursors --------------------------------------------------------------------------------------------------------------------

// connection(sql): a statement. What the cache calls.
static Value connection_call(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Connection *c = v_connection(self);
  if (!connection_enter(t, c)) return V_NULL;
  Value s = V_NULL;
  if (native_no_keywords(t, "Connection", kwnames) == 0) {
    if (nargs == 1) s = statement_new(t, c, args[0]);
    else raise_type_error(t, "function takes exactly 1 argument (%zu given)", nargs);
  }
  connection_leave(c);
  return s;
}

Value connection_statement(Thread *t, Connection *c, Value sql) {
  Value cache = v_own(t, c->statements), s = v_is_null(cache) ? V_NULL : object_call1(t, cache, sql);
  v_drop(t, cache);
  return s;
}

static NATIVE(connection_cursor) {
  Connection *c = v_connection(self);
  if (!connection_enter(t, c)) return V_NULL;
  connection_leave(c);
  Value cursor = object_call1(t, v_is_absent(args[0]) ? v_from_obj(&type_sqlite_cursor) : args[0], self);
  if (v_is_null(cursor)) return V_NULL;
  if (!sqlite_is_a(cursor, &type_sqlite_cursor)) {
    raise_type_error(t, "factory must return a cursor, not %.100T", cursor);
    v_drop(t, cursor);
    return V_NULL;
  }
  Value factory = instance_field_load(t, &c->ob, &c->row_factory);
  if (!v_is_none(factory) && !v_is_null(factory)) instance_field_store(t, v_obj(cursor), &v_cursor(cursor)->row_factory, factory);
  else v_drop(t, factory);
  return cursor;
}

// connection.cursor().METHOD(arguments...)
static Value through_cursor(Thread *t, Value self, const char *method, const Value *args, size_t nargs) {
  Value name = str_intern_cstr(t, "cursor"), verb = str_intern_cstr(t, method), result = V_NULL;
  Value cursor = v_is_null(name) || v_is_null(verb) ? V_NULL : object_call_method0(t, self, name);
  Value f = v_is_null(cursor) ? V_NULL : object_getattr(t, cursor, verb);
  if (!v_is_null(f)) result = object_call(t, f, args, nargs, V_NULL);
  v_drop(t, f);
  v_drop(t, cursor);
  return result;
}
static NATIVE(connection_execute) { return through_cursor(t, self, "execute", args, v_is_absent(args[1]) ? 1 : 2); }
static NATIVE(connection_executemany) { return through_cursor(t, self, "executemany", args, 2); }
static NATIVE(connection_executescript) { return through_cursor(t, self, "executescript", args, 1); }

// --- Transactions ------------------------------------------------------------------------------------------------------------------------------

// Runs a statement that gives no rows, under the lock. 0, -1.
static int run_simple(Thread *t, Connection *c, const char *sql) {
  sqlite3_stmt *st;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_prepare_v2(c->db, sql, -1, &st, NULL);
  if (rc == SQLITE_OK) {
    sqlite.sqlite3_step(st);
    rc = sqlite.sqlite3_finalize(st);
  }
  ALLOW_THREADS_END
  if (rc != SQLITE_OK) sqlite_raise_last(t, c->db);
  return rc == SQLITE_OK ? 0 : -1;
}

int connection_begin(Thread *t, Connection *c) {
  return !c->begin || !sqlite.sqlite3_get_autocommit(c->db) ? 0 : run_simple(t, c, c->begin);
}

static Value end_transaction(Thread *t, Value self, const char *sql) {
  Connection *c = v_connection(self);
  if (!connection_enter(t, c)) return V_NULL;
  int rc = sqlite.sqlite3_get_autocommit(c->db) ? 0 : run_simple(t, c, sql);
  connection_leave(c);
  return rc < 0 ? V_NULL : V_NONE;
}
static NATIVE(connection_commit) { return end_transaction(t, self, "COMMIT"); }
static NATIVE(connection_rollback) { return end_transaction(t, self, "ROLLBACK"); }

static NATIVE(connection_manager_enter) {
  if (!connection_enter(t, v_connection(self))) return V_NULL;
  connection_leave(v_connection(self));
  return v_own(t, self);
}

static NATIVE(connection_manager_exit) {
  bool success = v_is_none(args[0]) && v_is_none(args[1]) && v_is_none(args[2]);
  Value result = end_transaction(t, self, success ? "COMMIT" : "ROLLBACK");
  if (!v_is_null(result)) return V_FALSE;
  if (!success) return V_NULL;
  // A commit that failed is undone; its error goes on, with the rollback's, if there is one, in its train.
  Value error = error_fetch(t);
  if (v_is_null(end_transaction(t, self, "ROLLBACK"))) error_chain(t, error);
  else error_restore(t, error);
  return V_NULL;
}

// --- Backup, serialisation, blobs ------------------------------------------------------------------------------------------------------------

typedef struct BackupOptions {
  Connection *target;
  int pages, sleep_ms;
  Value progress;
  const char *name;
} BackupOptions;

static int report_progress(Thread *t, Value progress, int rc, sqlite3_backup *backup) {
  if (v_is_none(progress)) return 0;
  Value result = object_call3(t, progress, v_from_smi(rc), v_from_smi(sqlite.sqlite3_backup_remaining(backup)),
                              v_from_smi(sqlite.sqlite3_backup_pagecount(backup)));
  v_drop(t, result);
  return v_is_null(result) ? -1 : 0;
}

// Both connections locked.
static Value run_backup(Thread *t, Connection *c, const BackupOptions *o) {
  sqlite3_backup *backup;
  ALLOW_THREADS_BEGIN(t)
  backup = sqlite.sqlite3_backup_init(o->target->db, "main", c->db, o->name);
  ALLOW_THREADS_END
  if (!backup) return sqlite_raise_last(t, o->target->db);
  int rc;
  do {
    ALLOW_THREADS_BEGIN(t)
    rc = sqlite.sqlite3_backup_step(backup, o->pages);
    ALLOW_THREADS_END
    if (report_progress(t, o->progress, rc, backup) < 0) {
      sqlite.sqlite3_backup_finish(backup);
      return V_NULL;
    }
    if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) {
      ALLOW_THREADS_BEGIN(t)
      sqlite.sqlite3_sleep(o->sleep_ms);
      ALLOW_THREADS_END
      if (breaker_is_set(t) && breaker_handle(t) < 0) {
        sqlite.sqlite3_backup_finish(backup);
        return V_NULL;
      }
    }
  } while (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED);
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_backup_finish(backup);
  ALLOW_THREADS_END
  return rc == SQLITE_OK ? V_NONE : sqlite_raise_last(t, o->target->db);
}

static NATIVE(connection_backup) {
  Connection *c = v_connection(self);
  if (!sqlite_is_a(args[0], &type_sqlite_connection)) return raise_type_error(t, "backup() argument 'target' must be sqlite3.Connection, not %K", args[0]);
  BackupOptions o = {.target = v_connection(args[0]), .pages = -1, .sleep_ms = 250, .progress = v_is_absent(args[2]) ? V_NONE : args[2], .name = "main"};
  if (!v_is_absent(args[1]) && (o.pages = number_as_int(t, args[1])) == -1 && error_pending(t)) return V_NULL;
  if (!v_is_absent(args[3]) && !(o.name = module_text_argument(t, args[3], "backup() argument 'name'"))) return V_NULL;
  if (!v_is_absent(args[4])) {
    double seconds = number_as_double(t, args[4]);
    if (seconds == -1.0 && error_pending(t)) return V_NULL;
    o.sleep_ms = (int)(seconds * 1000.0);
  }
  if (o.target == c) return raise_value_error(t, "target cannot be the same connection instance");
  // In the order of their addresses, so that two backups in opposite directions do not wait for each other.
  Connection *first = c < o.target ? c : o.target, *second = c < o.target ? o.target : c;
  if (!connection_enter(t, first)) return V_NULL;
  Value result = V_NULL;
  if (connection_enter(t, second)) {
    if (!v_is_none(o.progress) && !object_is_callable(o.progress)) {
      raise_type_error(t, "progress argument must be a callable");
    } else {
      if (o.pages == 0) o.pages = -1;
      result = run_backup(t, c, &o);
    }
    connection_leave(second);
  }
  connection_leave(first);
  return result;
}

static NATIVE(connection_serialize) {
  Connection *c = v_connection(self);
  const char *name = v_is_absent(args[0]) ? "main" : module_text_argument(t, args[0], "serialize() argument 'name'");
  if (!name || !connection_enter(t, c)) return V_NULL;
  sqlite3_int64 size;
  unsigned char *data;
  bool owned = false;
  data = sqlite.sqlite3_serialize(c->db, name, &size, SQLITE_SERIALIZE_NOCOPY);
  if (!data) {
    ALLOW_THREADS_BEGIN(t)
    data = sqlite.sqlite3_serialize(c->db, name, &size, 0);
    ALLOW_THREADS_END
    owned = true;
  }
  Value result = data ? bytes_from(t, data, (size_t)size) : sqlite_raise(t, sqlite_errors.OperationalError, "unable to serialize '%s'", name);
  if (owned) sqlite.sqlite3_free(data);
  connection_leave(c);
  return result;
}

static NATIVE(connection_deserialize) {
  Connection *c = v_connection(self);
  BufferView view = {0};
  size_t size;
  const char *text = NULL, *name = v_is_absent(args[1]) ? "main" : module_text_argument(t, args[1], "deserialize() argument 'name'");
  if (!name) return V_NULL;
  if (v_is_str(args[0])) {
    if (!(text = str_utf8(t, args[0], &size))) return V_NULL;
  } else if (buffer_get(t, args[0], &view, BUFFER_SIMPLE) < 0) {
    return V_NULL;
  } else {
    size = (size_t)view.len;
  }
  Value result = V_NULL;
  if (connection_enter(t, c)) {
    // The copy becomes the database's, whatever comes of it.
    unsigned char *copy = sqlite.sqlite3_malloc64(size ? size : 1);
    if (!copy) {
      raise_no_memory(t);
    } else {
      memcpy(copy, text ? text : view.data, size);
      int rc;
      ALLOW_THREADS_BEGIN(t)
      rc = sqlite.sqlite3_deserialize(c->db, name, copy, (sqlite3_int64)size, (sqlite3_int64)size,
                                      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
      ALLOW_THREADS_END
      result = rc == SQLITE_OK ? V_NONE : sqlite_raise_last(t, c->db);
    }
    connection_leave(c);
  }
  if (!text) buffer_release(t, &view);
  return result;
}

static NATIVE(connection_blobopen) {
  Connection *c = v_connection(self);
  const char *table = module_text_argument(t, args[0], "blobopen() argument 1"), *column = NULL, *name = "main";
  if (!table || !(column = module_text_argument(t, args[1], "blobopen() argument 2"))) return V_NULL;
  int64_t row;
  if (!v_is_int(args[2]) && !number_is_index(args[2])) return raise_type_error(t, "'%T' object cannot be interpreted as an integer", args[2]);
  if (!int_as_i64(args[2], &row)) return raise_overflow(t, "Python int too large to convert to SQLite INTEGER");
  int readonly = v_is_absent(args[3]) ? 0 : object_is_true(t, args[3]);
  if (readonly < 0 || (!v_is_absent(args[4]) && !(name = module_text_argument(t, args[4], "blobopen() argument 'name'"))) || !connection_enter(t, c)) return V_NULL;
  Value blob = blob_open(t, c, table, column, row, readonly, name);
  connection_leave(c);
  return blob;
}

// --- The rest ------------------------------------------------------------------------------------------------------------------------------------

static NATIVE(connection_interrupt) {
  Connection *c = v_connection(self);
  mutex_lock(t, &c->guard);
  bool open = c->db, initialized = c->initialized;
  if (open) sqlite.sqlite3_interrupt(c->db);
  mutex_unlock(&c->guard);
  if (open) return V_NONE;
  return sqlite_raise(t, sqlite_errors.ProgrammingError, initialized ? "Cannot operate on a closed database." : "Base Connection.__init__ not called.");
}

static NATIVE(connection_iterdump) {
  if (!connection_enter(t, v_connection(self))) return V_NULL;
  connection_leave(v_connection(self));
  Value module = import_module(t, "sqlite3.dump"), name = str_intern_cstr(t, "_iterdump");
  Value f = v_is_null(module) || v_is_null(name) ? V_NULL : object_getattr(t, module, name), result = v_is_null(f) ? V_NULL : object_call1(t, f, self);
  v_drop(t, module);
  v_drop(t, f);
  return result;
}

// A category of limits that libsqlite3 knows. 0, -1.
static int limit(Thread *t, Connection *c, Value category, int value, int *out) {
  int which = number_as_int(t, category);
  if ((which == -1 && error_pending(t)) || !connection_enter(t, c)) return -1;
  *out = sqlite.sqlite3_limit(c->db, which, value);
  connection_leave(c);
  if (*out < 0) sqlite_raise(t, sqlite_errors.ProgrammingError, "'category' is out of bounds");
  return *out < 0 ? -1 : 0;
}
static NATIVE(connection_setlimit) {
  int before, value = number_as_int(t, args[1]);
  return (value == -1 && error_pending(t)) || limit(t, v_connection(self), args[0], value, &before) < 0 ? V_NULL : v_from_smi(before);
}
static NATIVE(connection_getlimit) {
  int now;
  return limit(t, v_connection(self), args[0], -1, &now) < 0 ? V_NULL : v_from_smi(now);
}

static NATIVE(connection_enable_load_extension) {
  Connection *c = v_connection(self);
  int on = object_is_true(t, args[0]);
  if (on < 0 || sys_audit_args(t, "sqlite3.enable_load_extension", (Value[]){self, v_from_bool(on)}, 2) < 0 || !connection_enter(t, c)) return V_NULL;
  int rc = sqlite.sqlite3_enable_load_extension(c->db, on);
  connection_leave(c);
  return rc == SQLITE_OK ? V_NONE : sqlite_raise(t, sqlite_errors.OperationalError, "Error enabling load extension");
}

static NATIVE(connection_load_extension) {
  Connection *c = v_connection(self);
  const char *name = module_text_argument(t, args[0], "load_extension() argument");
  if (!name || sys_audit_args(t, "sqlite3.load_extension", (Value[]){self, args[0]}, 2) < 0 || !connection_enter(t, c)) return V_NULL;
  char *message = NULL;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_load_extension(c->db, name, NULL, &message);
  ALLOW_THREADS_END
  connection_leave(c);
  if (rc == SQLITE_OK) return V_NONE;
  sqlite_raise(t, sqlite_errors.OperationalError, "%s", message ? message : "unknown error");
  sqlite.sqlite3_free(message);
  return V_NULL;
}

static Value isolation_level_get(Thread *t, Value self, UNUSED_OK void *closure) {
  Connection *c = v_connection(self);
  if (!connection_enter(t, c)) return V_NULL;
  const char *begin = c->begin;
  connection_leave(c);
  return begin ? str_from_cstr(t, begin + 6) : V_NONE;
}

static int isolation_level_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  Connection *c = v_connection(self);
  const char *begin;
  if (v_is_null(value)) return raise_error(t, &exc_AttributeError, "cannot delete attribute"), -1;
  if (v_is_none(value)) {
    // A transaction that is open cannot be left to itself.
    if (v_is_null(connection_commit(t, self, NULL, 0, V_NULL))) return -1;
    begin = NULL;
  } else if (begin_of(t, value, &begin) < 0) {
    return -1;
  }
  owned_lock_enter(t, &c->lock);
  c->begin = begin;
  owned_lock_leave(&c->lock);
  return 0;
}

static Value total_changes_get(Thread *t, Value self, UNUSED_OK void *closure) {
  Connection *c = v_connection(self);
  if (!connection_enter(t, c)) return V_NULL;
  int n = sqlite.sqlite3_total_changes(c->db);
  connection_leave(c);
  return v_from_smi(n);
}

static Value in_transaction_get(Thread *t, Value self, UNUSED_OK void *closure) {
  Connection *c = v_connection(self);
  if (!connection_enter(t, c)) return V_NULL;
  bool open = !sqlite.sqlite3_get_autocommit(c->db);
  connection_leave(c);
  return v_from_bool(open);
}

static Value exception_get(Thread *t, UNUSED_OK Value self, void *closure) { return v_own(t, *(const Value *)closure); }

static const NativeDef connection_methods[] = {
    {"backup($self, /, target, *, pages=-1, progress=None, name='main',\n       sleep=0.25)", connection_backup,
     "Copies the database into another one, so many pages at a time.", 0},
    {"close($self, /)", connection_close, "Ends the connection. What is not committed is lost.", 0},
    {"commit($self, /)", connection_commit, "Ends an open transaction and keeps what it changed.", 0},
    {"create_aggregate($self, /, name, n_arg, aggregate_class)", connection_create_aggregate, "An SQL aggregate out of a class with step() and finalize().", 0},
    {"create_collation($self, name, callback, /)", connection_create_collation, "An order of texts; None takes it away.", 0},
    {"create_function($self, /, name, narg, func, *, deterministic=False)", connection_create_function, "An SQL function out of a Python function.", 0},
    {"create_window_function($self, name, num_params, aggregate_class, /)", connection_create_window_function,
     "An SQL window function out of a class with step(), inverse(), value() and finalize().", 0},
    {"cursor($self, /, factory=<unrepresentable>)", connection_cursor, "A new cursor.", 0},
    {"enable_load_extension($self, enable, /)", connection_enable_load_extension, "Whether extensions can be loaded.", 0},
    {"__enter__($self, /)", connection_manager_enter, "The connection itself: at the end of the with statement a transaction is committed, or undone after an exception.", 0},
    {"__exit__($self, type, value, traceback, /)", connection_manager_exit, "Commits, or undoes after an exception.", 0},
    {"executemany($self, sql, parameters, /)", connection_executemany, "Runs a statement for each set of parameters, with a new cursor.", 0},
    {"executescript($self, sql_script, /)", connection_executescript, "Runs several statements, with a new cursor.", 0},
    {"execute($self, sql, parameters=<unrepresentable>, /)", connection_execute, "Runs a statement, with a new cursor.", 0},
    {"interrupt($self, /)", connection_interrupt, "Makes what the database is doing in other threads fail.", 0},
    {"iterdump($self, /)", connection_iterdump, "The database as SQL statements.", 0},
    {"load_extension($self, name, /)", connection_load_extension, "Loads an extension from a shared library.", 0},
    {"rollback($self, /)", connection_rollback, "Ends an open transaction and undoes what it changed.", 0},
    {"set_authorizer($self, /, authorizer_callback)", connection_set_authorizer, "A function that is asked whether a statement may do what it says.", 0},
    {"set_progress_handler($self, /, progress_handler, n)", connection_set_progress_handler, "A function that is called every so many instructions.", 0},
    {"set_trace_callback($self, /, trace_callback)", connection_set_trace_callback, "A function that is shown each statement that is run.", 0},
    {"setlimit($self, category, limit, /)", connection_setlimit, "Sets a limit; what it was before.", 0},
    {"getlimit($self, category, /)", connection_getlimit, "What a limit is.", 0},
    {"serialize($self, /, *, name='main')", connection_serialize, "The database as bytes.", 0},
    {"deserialize($self, data, /, *, name='main')", connection_deserialize, "Puts bytes that serialize() gave in the place of the database.", 0},
    {"blobopen($self, table, column, row, /, *, readonly=False, name='main')", connection_blobopen, "A value of a table, to be read and written in pieces.", 0},
    {0},
};
#define EXCEPTION_ATTRIBUTE(name) {#name, exception_get, NULL, NULL, &sqlite_errors.name},
static const GetSetDef connection_computed[] = {
    SQLITE_EXCEPTIONS(EXCEPTION_ATTRIBUTE)
    {0},
};
static const GetSetDef connection_getset[] = {
    {"isolation_level", isolation_level_get, isolation_level_set, NULL, NULL},
    {"total_changes", total_changes_get, NULL, NULL, NULL},
    {"in_transaction", in_transaction_get, NULL, NULL, NULL},
    {0},
};
static const MemberDef connection_members[] = {
    {"row_factory", MEMBER_VALUE, offsetof(Connection, row_factory), false, NULL},
    {"text_factory", MEMBER_VALUE, offsetof(Connection, text_factory), false, NULL},
    {0},
};
static const TypeSpec spec_connection = {
    .name = "sqlite3.Connection",
    .size = sizeof(Connection),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,
    .slots = {.new = module_empty_new, .init = connection_init, .call = connection_call, .dealloc = connection_dealloc, .traverse = connection_traverse,
              .clear = connection_clear},
    .methods = connection_methods,
    .getset = connection_getset,
    .computed_members = connection_computed,
    .members = connection_members,
    .doc = "A connection to a database.",
};
bool sqlite_connection_init(Thread *t) {
  return type_sqlite_connection.flags & TYPE_READY || type_ready(t, &type_sqlite_connection, &spec_connection, 0);
}
