// The module _sqlite3: databases on libsqlite3, which the package sqlite3 offers. Errors, constants, module functions; the rest is in sqlite_*.c.
#include "modules/sqlite.h"

#include <string.h>

#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

SqliteLibrary sqlite;
struct SqliteErrors sqlite_errors;
static const char *const sqlite_names[] = {SQLITE_FUNCTIONS(LIBRARY_NAME)};

// --- Constants -------------------------------------------------------------------------------------------------------------------------------

#define ERROR_CODES(X)                                                                                                                    \
  X(ABORT) X(ABORT_ROLLBACK) X(AUTH) X(AUTH_USER) X(BUSY) X(BUSY_RECOVERY) X(BUSY_SNAPSHOT) X(BUSY_TIMEOUT) X(CANTOPEN)                   \
  X(CANTOPEN_CONVPATH) X(CANTOPEN_DIRTYWAL) X(CANTOPEN_FULLPATH) X(CANTOPEN_ISDIR) X(CANTOPEN_NOTEMPDIR) X(CANTOPEN_SYMLINK)              \
  X(CONSTRAINT) X(CONSTRAINT_CHECK) X(CONSTRAINT_COMMITHOOK) X(CONSTRAINT_FOREIGNKEY) X(CONSTRAINT_FUNCTION) X(CONSTRAINT_NOTNULL)        \
  X(CONSTRAINT_PINNED) X(CONSTRAINT_PRIMARYKEY) X(CONSTRAINT_ROWID) X(CONSTRAINT_TRIGGER) X(CONSTRAINT_UNIQUE) X(CONSTRAINT_VTAB)         \
  X(CORRUPT) X(CORRUPT_INDEX) X(CORRUPT_SEQUENCE) X(CORRUPT_VTAB) X(DONE) X(EMPTY) X(ERROR) X(ERROR_MISSING_COLLSEQ) X(ERROR_RETRY)       \
  X(ERROR_SNAPSHOT) X(FORMAT) X(FULL) X(INTERNAL) X(INTERRUPT) X(IOERR) X(IOERR_ACCESS) X(IOERR_AUTH) X(IOERR_BEGIN_ATOMIC)               \
  X(IOERR_BLOCKED) X(IOERR_CHECKRESERVEDLOCK) X(IOERR_CLOSE) X(IOERR_COMMIT_ATOMIC) X(IOERR_CONVPATH) X(IOERR_CORRUPTFS)                  \
  X(IOERR_DATA) X(IOERR_DELETE) X(IOERR_DELETE_NOENT) X(IOERR_DIR_CLOSE) X(IOERR_DIR_FSYNC) X(IOERR_FSTAT) X(IOERR_FSYNC)                 \
  X(IOERR_GETTEMPPATH) X(IOERR_LOCK) X(IOERR_MMAP) X(IOERR_NOMEM) X(IOERR_RDLOCK) X(IOERR_READ) X(IOERR_ROLLBACK_ATOMIC)                  \
  X(IOERR_SEEK) X(IOERR_SHMLOCK) X(IOERR_SHMMAP) X(IOERR_SHMOPEN) X(IOERR_SHMSIZE) X(IOERR_SHORT_READ) X(IOERR_TRUNCATE)                  \
  X(IOERR_UNLOCK) X(IOERR_VNODE) X(IOERR_WRITE) X(LOCKED) X(LOCKED_SHAREDCACHE) X(LOCKED_VTAB) X(MISMATCH) X(MISUSE) X(NOLFS)             \
  X(NOMEM) X(NOTADB) X(NOTFOUND) X(NOTICE) X(NOTICE_RECOVER_ROLLBACK) X(NOTICE_RECOVER_WAL) X(OK) X(OK_LOAD_PERMANENTLY)                  \
  X(OK_SYMLINK) X(PERM) X(PROTOCOL) X(RANGE) X(READONLY) X(READONLY_CANTINIT) X(READONLY_CANTLOCK) X(READONLY_DBMOVED)                    \
  X(READONLY_DIRECTORY) X(READONLY_RECOVERY) X(READONLY_ROLLBACK) X(ROW) X(SCHEMA) X(TOOBIG) X(WARNING) X(WARNING_AUTOINDEX)
#define OTHER_CONSTANTS(X)                                                                                                                \
  X(ALTER_TABLE) X(ANALYZE) X(ATTACH) X(CREATE_INDEX) X(CREATE_TABLE) X(CREATE_TEMP_INDEX) X(CREATE_TEMP_TABLE)                           \
  X(CREATE_TEMP_TRIGGER) X(CREATE_TEMP_VIEW) X(CREATE_TRIGGER) X(CREATE_VIEW) X(CREATE_VTABLE) X(DELETE) X(DENY) X(DETACH)                \
  X(DROP_INDEX) X(DROP_TABLE) X(DROP_TEMP_INDEX) X(DROP_TEMP_TABLE) X(DROP_TEMP_TRIGGER) X(DROP_TEMP_VIEW) X(DROP_TRIGGER)                \
  X(DROP_VIEW) X(DROP_VTABLE) X(FUNCTION) X(IGNORE) X(INSERT) X(LIMIT_ATTACHED) X(LIMIT_COLUMN) X(LIMIT_COMPOUND_SELECT)                  \
  X(LIMIT_EXPR_DEPTH) X(LIMIT_FUNCTION_ARG) X(LIMIT_LENGTH) X(LIMIT_LIKE_PATTERN_LENGTH) X(LIMIT_SQL_LENGTH) X(LIMIT_TRIGGER_DEPTH)       \
  X(LIMIT_VARIABLE_NUMBER) X(LIMIT_VDBE_OP) X(LIMIT_WORKER_THREADS) X(PRAGMA) X(READ) X(RECURSIVE) X(REINDEX) X(SAVEPOINT) X(SELECT)      \
  X(TRANSACTION) X(UPDATE)
typedef struct Constant { const char *name; int value; } Constant;
#define CONSTANT(name) {"SQLITE_" #name, SQLITE_##name},
static const Constant error_codes[] = {ERROR_CODES(CONSTANT) {0}};
static const Constant other_constants[] = {OTHER_CONSTANTS(CONSTANT) {0}};

// --- Errors ----------------------------------------------------------------------------------------------------------------------------------

Value sqlite_raise(Thread *t, Value cls, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  raise_errorv(t, v_as_type(cls), format, ap);
  va_end(ap);
  return V_NULL;
}

static Value class_of(int code) {
  switch (code) {
    case SQLITE_INTERNAL: case SQLITE_NOTFOUND: return sqlite_errors.InternalError;
    case SQLITE_ERROR: case SQLITE_PERM: case SQLITE_ABORT: case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_READONLY: case SQLITE_INTERRUPT:
    case SQLITE_IOERR: case SQLITE_FULL: case SQLITE_CANTOPEN: case SQLITE_PROTOCOL: case SQLITE_EMPTY: case SQLITE_SCHEMA:
      return sqlite_errors.OperationalError;
    case SQLITE_TOOBIG: return sqlite_errors.DataError;
    case SQLITE_CONSTRAINT: case SQLITE_MISMATCH: return sqlite_errors.IntegrityError;
    case SQLITE_MISUSE: case SQLITE_RANGE: return sqlite_errors.InterfaceError;
    default: return sqlite_errors.DatabaseError;
  }
}

static const char *code_name(int code) {
  for (const Constant *c = error_codes; c->name; c++)
    if (c->value == code) return c->name;
  return "unknown";
}

static int set_named(Thread *t, Value object, const char *name, Value owned) {
  Value key = str_intern_cstr(t, name);
  int rc = v_is_null(key) || v_is_null(owned) ? -1 : object_setattr(t, object, key, owned);
  v_drop(t, owned);
  return rc;
}

Value sqlite_raise_last(Thread *t, sqlite3 *db) {
  int code = sqlite.sqlite3_errcode(db), extended = sqlite.sqlite3_extended_errcode(db);
  if (code == SQLITE_OK) return V_NULL;
  if (code == SQLITE_NOMEM) return raise_no_memory(t);
  Value message = str_from_cstr(t, sqlite.sqlite3_errmsg(db)), exc = v_is_null(message) ? V_NULL : object_call1(t, class_of(code), message);
  if (!v_is_null(exc) && set_named(t, exc, "sqlite_errorcode", v_from_smi(extended)) == 0 &&
      set_named(t, exc, "sqlite_errorname", str_from_cstr(t, code_name(extended))) == 0)
    raise_object(t, exc);
  v_drop(t, message);
  v_drop(t, exc);
  return V_NULL;
}

// --- Functions -------------------------------------------------------------------------------------------------------------------------------

static NATIVE(module_connect) {
  // The factory: the sixth positional argument, or a keyword's.
  Value factory = nargs > 5 ? args[5] : v_from_obj(&type_sqlite_connection);
  size_t named = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length;
  for (size_t i = 0; i < named; i++)
    if (str_equals_cstr(v_tuple(kwnames)->items[i], "factory")) factory = args[nargs + i];
  return object_call(t, factory, args, nargs, kwnames);
}

static NATIVE(module_complete_statement) {
  const char *text = module_text_argument(t, args[0], "complete_statement() argument 'statement'");
  return text ? v_from_bool(sqlite.sqlite3_complete(text)) : V_NULL;
}

static NATIVE(module_enable_callback_tracebacks) {
  int on = number_as_int(t, args[0]);
  if (on == -1 && error_pending(t)) return V_NULL;
  a32_store_rlx(&sqlite_callback_tracebacks, on != 0);
  return V_NONE;
}

static NATIVE(module_enable_shared_cache) {
  int on = number_as_int(t, args[0]);
  if (on == -1 && error_pending(t)) return V_NULL;
  return sqlite.sqlite3_enable_shared_cache(on) == SQLITE_OK ? V_NONE
                                                             : sqlite_raise(t, sqlite_errors.OperationalError, "Changing the shared_cache flag failed");
}

static const NativeDef functions[] = {
    {"connect($module, /, database, timeout=5.0, detect_types=0,\n        isolation_level='', check_same_thread=True,\n        factory=ConnectionType, "
     "cached_statements=128, uri=False)",
     module_connect, "Opens a database file, or ':memory:' for one that lives in memory.", NATIVE_RAW},
    {"complete_statement($module, /, statement)", module_complete_statement, "Whether a text ends like a whole SQL statement.", 0},
    {"enable_callback_tracebacks($module, enable, /)", module_enable_callback_tracebacks, "Whether exceptions out of callbacks are shown.", 0},
    {"enable_shared_cache($module, /, do_enable)", module_enable_shared_cache, "Whether connections of this process share their caches.", 0},
    {0},
};

// --- Start-up ----------------------------------------------------------------------------------------------------------------------------------

static int add_exceptions(Thread *t, Value m) {
#define EXCEPTION(name, base) \
  if (module_add_exception(t, m, &sqlite_errors.name, "sqlite3", #name, base, NULL) < 0) return -1;
  EXCEPTION(Error, &exc_Exception)
  EXCEPTION(Warning, &exc_Exception)
  EXCEPTION(InterfaceError, v_as_type(sqlite_errors.Error))
  EXCEPTION(DatabaseError, v_as_type(sqlite_errors.Error))
#define DATABASE_ERROR(name) EXCEPTION(name, v_as_type(sqlite_errors.DatabaseError))
  DATABASE_ERROR(InternalError) DATABASE_ERROR(OperationalError) DATABASE_ERROR(ProgrammingError) DATABASE_ERROR(IntegrityError)
  DATABASE_ERROR(DataError) DATABASE_ERROR(NotSupportedError)
  return 0;
}

static int add_constants(Thread *t, Value m) {
  for (const Constant *c = error_codes; c->name; c++)
    if (module_add_int(t, m, c->name, c->value) < 0) return -1;
  for (const Constant *c = other_constants; c->name; c++)
    if (module_add_int(t, m, c->name, c->value) < 0) return -1;
  // The DB-API's levels: whether threads may share modules (1), and connections (3).
  static const int levels[] = {0, 3, 1};
  return module_add_int(t, m, "PARSE_DECLTYPES", PARSE_DECLTYPES) < 0 || module_add_int(t, m, "PARSE_COLNAMES", PARSE_COLNAMES) < 0 ||
                 module_add_int(t, m, "threadsafety", levels[sqlite.sqlite3_threadsafe()]) < 0 || module_add_str(t, m, "version", "2.6.0") < 0 ||
                 module_add_str(t, m, "sqlite_version", sqlite.sqlite3_libversion()) < 0
             ? -1
             : 0;
}

static int sqlite_exec(Thread *t, Value m) {
  if (LIBRARY_LOAD(t, "libsqlite3.so.0", sqlite) < 0) return -1;
  if (sqlite.sqlite3_initialize() != SQLITE_OK) return raise_error(t, &exc_ImportError, "%s", sqlite.sqlite3_errstr(SQLITE_ERROR)), -1;
  if (!sqlite_adapt_init(t) || !sqlite_statement_init(t) || !sqlite_row_init(t) || !sqlite_blob_init(t) || !sqlite_cursor_init(t) || !sqlite_connection_init(t))
    return -1;
  static Type *const types[] = {&type_sqlite_blob, &type_sqlite_connection, &type_sqlite_cursor, &type_sqlite_protocol, &type_sqlite_row};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add_type(t, m, types[i]) < 0) return -1;
  if (add_exceptions(t, m) < 0 || add_constants(t, m) < 0 || module_add_functions(t, m, sqlite_adapt_functions) < 0) return -1;
  return module_add(t, m, "adapters", v_own(t, sqlite_adapters)) < 0 ? -1 : module_add(t, m, "converters", v_own(t, sqlite_converters));
}

const ModuleDef module__sqlite3 = {.name = "_sqlite3", .functions = functions, .exec = sqlite_exec};
