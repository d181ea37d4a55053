// What the files of _sqlite3 share: libsqlite3, the objects, and what one needs of another.
//
// Locking: all work on a connection, its cursors, statements and blobs is done under the connection's lock, which a thread may take again from
// a callback. libsqlite3 itself is called detached where it may take long (sqlite_step and the like), so callbacks attach (sqlite_callback).
// interrupt() must not wait: `db` is replaced under guard, too, a lock that is never held for long. What a program sees as attributes is
// read and written as members are.
#ifndef WEFT_MODULES_SQLITE_H
#define WEFT_MODULES_SQLITE_H

#include <sqlite3.h>

#include "modules/owned_lock.h"
#include "modules/shared_library.h"
#include "objects/instance.h"
#include "objects/text_native.h"

#define SQLITE_FUNCTIONS(X)                                                                                                                \
  X(sqlite3_libversion) X(sqlite3_threadsafe) X(sqlite3_initialize) X(sqlite3_open_v2) X(sqlite3_close_v2) X(sqlite3_busy_timeout)         \
  X(sqlite3_errcode) X(sqlite3_extended_errcode) X(sqlite3_errmsg) X(sqlite3_errstr) X(sqlite3_prepare_v2) X(sqlite3_step)                \
  X(sqlite3_reset) X(sqlite3_finalize) X(sqlite3_clear_bindings) X(sqlite3_stmt_readonly) X(sqlite3_stmt_busy) X(sqlite3_column_count)     \
  X(sqlite3_column_name) X(sqlite3_column_decltype) X(sqlite3_column_type) X(sqlite3_column_int64) X(sqlite3_column_double)                \
  X(sqlite3_column_text) X(sqlite3_column_blob) X(sqlite3_column_bytes) X(sqlite3_data_count) X(sqlite3_bind_null) X(sqlite3_bind_int64)   \
  X(sqlite3_bind_double) X(sqlite3_bind_text) X(sqlite3_bind_blob) X(sqlite3_bind_parameter_count) X(sqlite3_bind_parameter_name)          \
  X(sqlite3_changes) X(sqlite3_total_changes) X(sqlite3_last_insert_rowid) X(sqlite3_get_autocommit) X(sqlite3_interrupt) X(sqlite3_limit) \
  X(sqlite3_complete) X(sqlite3_enable_shared_cache) X(sqlite3_create_function_v2) X(sqlite3_create_window_function)                      \
  X(sqlite3_create_collation_v2) X(sqlite3_set_authorizer) X(sqlite3_progress_handler) X(sqlite3_trace_v2) X(sqlite3_expanded_sql)         \
  X(sqlite3_sql) X(sqlite3_free) X(sqlite3_malloc64) X(sqlite3_user_data) X(sqlite3_aggregate_context) X(sqlite3_context_db_handle)        \
  X(sqlite3_result_null) X(sqlite3_result_int64) X(sqlite3_result_double) X(sqlite3_result_text) X(sqlite3_result_blob)                    \
  X(sqlite3_result_error) X(sqlite3_result_error_nomem) X(sqlite3_result_error_toobig) X(sqlite3_value_type) X(sqlite3_value_int64)        \
  X(sqlite3_value_double) X(sqlite3_value_text) X(sqlite3_value_blob) X(sqlite3_value_bytes) X(sqlite3_backup_init) X(sqlite3_backup_step) \
  X(sqlite3_backup_finish) X(sqlite3_backup_remaining) X(sqlite3_backup_pagecount) X(sqlite3_sleep) X(sqlite3_serialize)                   \
  X(sqlite3_deserialize) X(sqlite3_blob_open) X(sqlite3_blob_close) X(sqlite3_blob_bytes) X(sqlite3_blob_read) X(sqlite3_blob_write)       \
  X(sqlite3_enable_load_extension) X(sqlite3_load_extension) X(sqlite3_db_handle)
typedef struct SqliteLibrary { SQLITE_FUNCTIONS(LIBRARY_FIELD) } SqliteLibrary;
extern SqliteLibrary sqlite;   // constant once loaded

#define SQLITE_EXCEPTIONS(X) \
  X(Error) X(Warning) X(InterfaceError) X(DatabaseError) X(InternalError) X(OperationalError) X(ProgrammingError) X(IntegrityError) X(DataError) \
  X(NotSupportedError)
#define SQLITE_EXCEPTION_FIELD(name) Value name;
extern struct SqliteErrors { SQLITE_EXCEPTIONS(SQLITE_EXCEPTION_FIELD) } sqlite_errors;   // constant once made

enum { PARSE_DECLTYPES = 1, PARSE_COLNAMES = 2 };

typedef struct Callback Callback;   // sqlite_callbacks.c
typedef struct Blob Blob;

typedef struct Connection {
  Object ob;
  OwnedLock lock;
  // Under the lock:
  bool initialized;                // these two change under guard, too
  sqlite3 *db;                     // NULL: closed
  int detect_types;
  const char *begin;               // the statement that begins a transaction; NULL: autocommit
  bool check_same_thread;
  uint64_t thread_ident;
  Value statements;                // a cached form of the connection as a callable, owned
  Callback *authorizer, *progress, *trace;   // owned
  Blob *blobs;                     // open ones, not counted
  Mutex guard;
  Value row_factory, text_factory; // owned; instance_field_load and instance_field_store
} Connection;

typedef struct Statement {
  Object ob;
  Value connection;                // owned, constant
  sqlite3_stmt *st;                // NULL: no statement in the text
  bool in_use, is_dml;
} Statement;

typedef struct Cursor {
  Object ob;
  bool initialized, closed, locked;   // these and the next three under the connection's lock
  Value connection;                // owned; V_NULL before __init__
  Value statement;                 // owned; V_NULL: nothing to fetch
  Value converters;                // list of a converter or None for each column, owned; V_NULL: none are looked for
  // What programs read, in any thread:
  a32 arraysize;
  a64 rowcount;                    // signed
  Value description, lastrowid, row_factory;   // owned; instance_field_load and instance_field_store
} Cursor;

struct Blob {
  Object ob;
  Value connection;                // owned, constant
  sqlite3_blob *blob;              // NULL: closed. This and the rest under the connection's lock
  int64_t offset;
  Blob *next, *previous;           // of the connection's
};

extern Type type_sqlite_connection, type_sqlite_cursor, type_sqlite_statement, type_sqlite_row, type_sqlite_blob, type_sqlite_protocol;
static inline Connection *v_connection(Value v) { return (Connection *)v_obj(v); }
static inline Cursor *v_cursor(Value v) { return (Cursor *)v_obj(v); }
static inline Statement *v_statement(Value v) { return (Statement *)v_obj(v); }
static inline Blob *v_blob(Value v) { return (Blob *)v_obj(v); }
static inline bool sqlite_is_a(Value v, const Type *type) { return v_type(v) == type || type_is_subtype(v_type(v), type); }

// --- Errors (_sqlite3.c) -----------------------------------------------------------------------------------------------------------------
// Raises what the database's last error means. V_NULL.
Value sqlite_raise_last(Thread *t, sqlite3 *db);
Value sqlite_raise(Thread *t, Value cls, const char *format, ...);

// --- Connections --------------------------------------------------------------------------------------------------------------------------
// Takes the lock of a connection that may be used now, by this thread. False: ProgrammingError, and nothing is locked.
bool connection_enter(Thread *t, Connection *c);
static inline void connection_leave(Connection *c) { owned_lock_leave(&c->lock); }
bool connection_check_thread(Thread *t, Connection *c);          // false: ProgrammingError
// Begins a transaction if none is open. 0, -1.
int connection_begin(Thread *t, Connection *c);
Value connection_statement(Thread *t, Connection *c, Value sql);  // from the cache or new, owned
extern const NativeDef connection_callback_methods[];            // sqlite_callbacks.c: those that register functions
bool sqlite_connection_init(Thread *t);

// --- Statements ---------------------------------------------------------------------------------------------------------------------------
Value statement_new(Thread *t, Connection *c, Value sql);
int statement_bind(Thread *t, Connection *c, Statement *s, Value parameters);   // 0, -1
int statement_step(Thread *t, Statement *s);                     // SQLITE_ROW, SQLITE_DONE or an error of libsqlite3
void statement_reset(Statement *s);
bool sqlite_statement_init(Thread *t);

// --- Callbacks ----------------------------------------------------------------------------------------------------------------------------
void callback_free(Thread *t, Callback *callback);               // NULL: nothing
extern a32 sqlite_callback_tracebacks;                           // enable_callback_tracebacks()
NATIVE(connection_create_function);
NATIVE(connection_create_aggregate);
NATIVE(connection_create_window_function);
NATIVE(connection_create_collation);
NATIVE(connection_set_authorizer);
NATIVE(connection_set_progress_handler);
NATIVE(connection_set_trace_callback);

// --- Cursors, rows, blobs, adapters ---------------------------------------------------------------------------------------------------------
bool sqlite_cursor_init(Thread *t);
bool sqlite_row_init(Thread *t);
void blob_close(Blob *b);                                        // under the connection's lock
Value blob_open(Thread *t, Connection *c, const char *table, const char *column, int64_t row, bool readonly, const char *name);
bool sqlite_blob_init(Thread *t);
// adapt(v, protocol, alternative): V_ABSENT: there is none.
Value sqlite_adapt(Thread *t, Value v, Value protocol, Value alternative);
extern Value sqlite_adapters, sqlite_converters;                 // dicts; constant once made
extern a32 sqlite_plain_adapted;                                 // there may be adapters for int, float, str or bytearray
bool sqlite_adapt_init(Thread *t);
extern const NativeDef sqlite_adapt_functions[];

#endif
