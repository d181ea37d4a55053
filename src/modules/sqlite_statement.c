// Prepared statements: compiling SQL, binding parameters, stepping.
#include "modules/sqlite.h"

#include <limits.h>
#include <string.h>

#include "objects/buffer.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_sqlite_statement;

// --- Compiling -----------------------------------------------------------------------------------------------------------------------------

// The text behind leading spaces and comments; NULL: there is nothing.
static const char *skip_blank(const char *s) {
  for (;;) {
    s += strspn(s, " \t\f\n\r");
    if (s[0] == '-' && s[1] == '-') {
      s = strchr(s, '\n');
      if (!s) return NULL;
    } else if (s[0] == '/' && s[1] == '*') {
      s = strstr(s + 2, "*/");
      if (!s) return NULL;
      s += 2;
    } else {
      return *s ? s : NULL;
    }
  }
}

static bool changes_rows(const char *sql) {
  static const char *const verbs[] = {"insert", "update", "delete", "replace"};
  const char *s = skip_blank(sql);
  for (int i = 0; s && i < 4; i++)
    if (strncasecmp(s, verbs[i], strlen(verbs[i])) == 0) return true;
  return false;
}

Value statement_new(Thread *t, Connection *c, Value sql) {
  size_t size;
  if (!v_is_str(sql)) return raise_type_error(t, "argument 1 must be str, not %K", sql);
  const char *text = str_utf8(t, sql, &size), *rest;
  if (!text) return V_NULL;
  if (size > (size_t)sqlite.sqlite3_limit(c->db, SQLITE_LIMIT_SQL_LENGTH, -1)) return sqlite_raise(t, sqlite_errors.DataError, "query string is too large");
  if (strlen(text) != size) return sqlite_raise(t, sqlite_errors.ProgrammingError, "the query contains a null character");
  sqlite3_stmt *st = NULL;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_prepare_v2(c->db, text, (int)size + 1, &st, &rest);
  ALLOW_THREADS_END
  Value v = V_NULL;
  if (rc != SQLITE_OK) {
    if (!error_pending(t)) sqlite_raise_last(t, c->db);
  } else if (skip_blank(rest)) {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "You can only execute one statement at a time.");
  } else {
    v = type_generic_alloc(t, &type_sqlite_statement, 0);
  }
  if (v_is_null(v)) {
    sqlite.sqlite3_finalize(st);
    return V_NULL;
  }
  v_statement(v)->connection = v_own_obj(t, c);
  v_statement(v)->st = st;
  v_statement(v)->is_dml = changes_rows(text);
  return v;
}

static void statement_dealloc(Thread *t, Object *o) {
  Statement *s = (Statement *)o;
  if (s->st) {
    ALLOW_THREADS_BEGIN(t)
    sqlite.sqlite3_finalize(s->st);
    ALLOW_THREADS_END
  }
  v_drop(t, s->connection);
  heap_free_object(t, o);
}
static void statement_traverse(Object *o, GcVisit visit, void *arg) { gc_visit_value(((Statement *)o)->connection, visit, arg); }

int statement_step(Thread *t, Statement *s) {
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_step(s->st);
  ALLOW_THREADS_END
  return rc;
}

void statement_reset(Statement *s) {
  if (s->in_use && s->st && sqlite.sqlite3_reset(s->st) == SQLITE_OK) s->in_use = false;
}

// --- Binding -------------------------------------------------------------------------------------------------------------------------------

// Values that need no adapter.
static bool is_plain(Value v) {
  if (a32_load_rlx(&sqlite_plain_adapted)) return v_is_none(v);
  return v_is_none(v) || v_is_int_exact(v) || v_is_float_exact(v) || v_is_str_exact(v) || v_type(v) == &type_bytearray;
}

static int bind_buffer(Thread *t, sqlite3_stmt *st, int position, Value v) {
  BufferView view;
  if (buffer_get(t, v, &view, BUFFER_SIMPLE) < 0) return -1;
  int rc = SQLITE_NOMEM;
  if (view.len > INT_MAX) raise_overflow(t, "BLOB longer than INT_MAX bytes");
  else rc = sqlite.sqlite3_bind_blob(st, position, view.len ? view.data : "", (int)view.len, SQLITE_TRANSIENT);
  buffer_release(t, &view);
  return rc;
}

static int bind_text(Thread *t, sqlite3_stmt *st, int position, Value v) {
  size_t size;
  const char *text = str_utf8(t, v, &size);
  if (!text) return -1;
  if (size > INT_MAX) return raise_overflow(t, "string longer than INT_MAX bytes"), -1;
  return sqlite.sqlite3_bind_text(st, position, text, (int)size, SQLITE_TRANSIENT);
}

// A result of libsqlite3, or anything with an exception pending.
static int bind_one(Thread *t, sqlite3_stmt *st, int position, Value v) {
  int64_t i;
  if (v_is_none(v)) return sqlite.sqlite3_bind_null(st, position);
  if (v_is_int(v)) {
    if (int_as_i64(v, &i)) return sqlite.sqlite3_bind_int64(st, position, i);
    raise_overflow(t, "Python int too large to convert to SQLite INTEGER");
    return -1;
  }
  if (v_is_float(v)) return sqlite.sqlite3_bind_double(st, position, float_value(v));
  if (v_is_str(v)) return bind_text(t, st, position, v);
  if (buffer_is_supported(v)) return bind_buffer(t, st, position, v);
  sqlite_raise(t, sqlite_errors.ProgrammingError, "Error binding parameter %d: type '%T' is not supported", position, v);
  return -1;
}

// Adapts and binds a value (stolen). 0, -1.
static int bind_adapted(Thread *t, Connection *c, sqlite3_stmt *st, int position, Value stolen) {
  Value v = stolen;
  if (!is_plain(stolen)) {
    v = sqlite_adapt(t, stolen, v_from_obj(&type_sqlite_protocol), stolen);
    v_drop(t, stolen);
    if (v_is_null(v)) return -1;
  }
  int rc = bind_one(t, st, position, v);
  v_drop(t, v);
  if (rc == SQLITE_OK && !error_pending(t)) return 0;
  if (!error_pending(t)) sqlite_raise_last(t, c->db);
  return -1;
}

static int bind_sequence(Thread *t, Connection *c, sqlite3_stmt *st, Value parameters, int wanted) {
  int64_t given = object_length(t, parameters);
  if (given < 0) return -1;
  if (given != wanted) {
    sqlite_raise(t, sqlite_errors.ProgrammingError,
                 "Incorrect number of bindings supplied. The current statement uses %d, and there are %zd supplied.", wanted, (size_t)given);
    return -1;
  }
  for (int i = 0; i < wanted; i++) {
    Value v = object_getitem(t, parameters, v_from_smi(i));
    if (v_is_null(v) || bind_adapted(t, c, st, i + 1, v) < 0) return -1;
  }
  return 0;
}

static int bind_mapping(Thread *t, Connection *c, sqlite3_stmt *st, Value parameters, int wanted) {
  for (int i = 1; i <= wanted; i++) {
    const char *name = sqlite.sqlite3_bind_parameter_name(st, i);
    if (!name) {
      sqlite_raise(t, sqlite_errors.ProgrammingError, "Binding %d has no name, but you supplied a dictionary (which has only names).", i);
      return -1;
    }
    Value key = str_from_cstr(t, name + 1), v = v_is_null(key) ? V_NULL : object_getitem(t, parameters, key);
    v_drop(t, key);
    if (v_is_null(v)) {
      if (error_pending(t) && error_matches(t, &exc_LookupError)) {
        error_clear(t);
        sqlite_raise(t, sqlite_errors.ProgrammingError, "You did not supply a value for binding parameter :%s.", name + 1);
      }
      return -1;
    }
    if (bind_adapted(t, c, st, i, v) < 0) return -1;
  }
  return 0;
}

// As CPython's PySequence_Check: what can be indexed and is no dict, but for builtin mappings.
static bool is_sequence(Value v) {
  const Type *type = v_type(v);
  return !v_has_flag(v, TYPE_DICT) && (type->slots.seq_item || (type->flags & TYPE_HEAP && type->slots.getitem));
}

int statement_bind(Thread *t, Connection *c, Statement *s, Value parameters) {
  int wanted = sqlite.sqlite3_bind_parameter_count(s->st);
  if (v_has_flag(parameters, TYPE_TUPLE) || v_is_list(parameters) || is_sequence(parameters)) return bind_sequence(t, c, s->st, parameters, wanted);
  if (v_type(parameters)->slots.getitem) return bind_mapping(t, c, s->st, parameters, wanted);
  sqlite_raise(t, sqlite_errors.ProgrammingError, "parameters are of unsupported type");
  return -1;
}

static const TypeSpec spec_statement = {
    .name = "sqlite3.Statement",
    .size = sizeof(Statement),
    .flags = TYPE_NO_INSTANTIATE,
    .slots = {.dealloc = statement_dealloc, .traverse = statement_traverse},
};
bool sqlite_statement_init(Thread *t) { return type_sqlite_statement.flags & TYPE_READY || type_ready(t, &type_sqlite_statement, &spec_statement, 0); }
