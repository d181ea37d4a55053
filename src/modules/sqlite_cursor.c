// Cursor: running statements and fetching their rows.
#include "modules/sqlite.h"

#include <stddef.h>
#include <string.h>

#include "modules/module_help.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_sqlite_cursor;

// --- Life ------------------------------------------------------------------------------------------------------------------------------------

static void set_rowcount(Cursor *c, int64_t n) { a64_store_rlx(&c->rowcount, (uint64_t)n); }

static int cursor_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  Cursor *c = v_cursor(self);
  if (native_no_keywords(t, "Cursor", kwnames) < 0 || native_check_positional(t, "Cursor", nargs, 1, 1) < 0) return -1;
  if (!sqlite_is_a(args[0], &type_sqlite_connection)) return raise_type_error(t, "Cursor() argument 1 must be sqlite3.Connection, not %K", args[0]), -1;
  Connection *connection = v_connection(args[0]);
  owned_lock_enter(t, &connection->lock);
  if (c->locked) {
    owned_lock_leave(&connection->lock);
    return sqlite_raise(t, sqlite_errors.ProgrammingError, "Recursive use of cursors not allowed."), -1;
  }
  v_set(t, &c->connection, v_own(t, args[0]));
  v_clear(t, &c->statement);
  v_clear(t, &c->converters);
  c->closed = c->locked = false;
  a32_store_rlx(&c->arraysize, 1);
  set_rowcount(c, -1);
  owned_lock_leave(&connection->lock);
  instance_field_store(t, &c->ob, &c->description, V_NONE);
  instance_field_store(t, &c->ob, &c->lastrowid, V_NONE);
  instance_field_store(t, &c->ob, &c->row_factory, V_NONE);
  if (!connection_check_thread(t, connection)) return -1;
  c->initialized = true;
  return 0;
}

static void cursor_dealloc(Thread *t, Object *o) {
  Cursor *c = (Cursor *)o;
  if (!v_is_null(c->statement)) {
    Connection *connection = v_connection(c->connection);
    owned_lock_enter(t, &connection->lock);
    statement_reset(v_statement(c->statement));
    owned_lock_leave(&connection->lock);
  }
  Value fields[] = {c->statement, c->converters, c->description, c->lastrowid, c->row_factory, c->connection};
  for (int i = 0; i < 6; i++) v_drop(t, fields[i]);
  heap_free_object(t, o);
}
static void cursor_traverse(Object *o, GcVisit visit, void *arg) {
  Cursor *c = (Cursor *)o;
  Value fields[] = {c->statement, c->converters, c->description, c->lastrowid, c->row_factory, c->connection};
  for (int i = 0; i < 6; i++) gc_visit_value(fields[i], visit, arg);
}
static void cursor_clear(Thread *t, Object *o) {
  Cursor *c = (Cursor *)o;
  v_clear(t, &c->row_factory);
  v_clear(t, &c->converters);
}

// Locks the connection of a cursor that may be used. False: ProgrammingError.
static bool enter(Thread *t, Cursor *c) {
  const char *error = !c->initialized ? "Base Cursor.__init__ not called." : NULL;
  if (error) {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "%s", error);
    return false;
  }
  Connection *connection = v_connection(c->connection);
  owned_lock_enter(t, &connection->lock);
  if (c->closed) error = "Cannot operate on a closed cursor.";
  else if (c->locked) error = "Recursive use of cursors not allowed.";
  if (error) sqlite_raise(t, sqlite_errors.ProgrammingError, "%s", error);
  bool usable = !error && connection_enter(t, connection);
  if (usable) connection_leave(connection);   // taken twice
  else owned_lock_leave(&connection->lock);
  return usable;
}
static void leave(Cursor *c) { connection_leave(v_connection(c->connection)); }

static void drop_statement(Thread *t, Cursor *c) {
  if (v_is_null(c->statement)) return;
  statement_reset(v_statement(c->statement));
  v_clear(t, &c->statement);
}

// --- Converters --------------------------------------------------------------------------------------------------------------------------------

// The converter for a type's name of n bytes: 1 with *out owned, 0, -1.
static int find_converter(Thread *t, const char *name, size_t n, Value *out) {
  Value key = str_from_utf8(t, name, n), upper = str_intern_cstr(t, "upper"), large = V_NULL;
  if (!v_is_null(key) && !v_is_null(upper)) large = object_call_method0(t, key, upper);
  int found = v_is_null(large) ? -1 : dict_get(t, v_dict(sqlite_converters), large, out);
  v_drop(t, key);
  v_drop(t, large);
  return found;
}

// The converter of a column: what stands in brackets behind its name, or the first word of its declared type. Owned, None; V_NULL.
static Value column_converter(Thread *t, sqlite3_stmt *st, int column, int detect) {
  Value converter;
  int found = 0;
  if (detect & PARSE_COLNAMES) {
    const char *name = sqlite.sqlite3_column_name(st, column), *open = name ? strchr(name, '[') : NULL, *close = open ? strchr(open, ']') : NULL;
    if (close) found = find_converter(t, open + 1, (size_t)(close - open - 1), &converter);
  }
  if (found == 0 && detect & PARSE_DECLTYPES) {
    const char *type = sqlite.sqlite3_column_decltype(st, column);
    if (type) found = find_converter(t, type, strcspn(type, " ("), &converter);
  }
  return found < 0 ? V_NULL : found ? converter : V_NONE;
}

static int find_converters(Thread *t, Cursor *c, sqlite3_stmt *st) {
  int detect = v_connection(c->connection)->detect_types, n = sqlite.sqlite3_column_count(st);
  v_clear(t, &c->converters);
  if (!detect) return 0;
  Value list = list_new(t, n);
  for (int i = 0; !v_is_null(list) && i < n; i++)
    if (list_append_steal(t, v_list(list), column_converter(t, st, i, detect)) < 0) v_clear(t, &list);
  c->converters = list;
  return v_is_null(list) ? -1 : 0;
}

// --- Rows --------------------------------------------------------------------------------------------------------------------------------------

static Value not_utf8(Thread *t, sqlite3_stmt *st, int column, const char *text, int n) {
  error_clear(t);
  const char *name = sqlite.sqlite3_column_name(st, column);
  if (!name) return raise_no_memory(t);
  Value shown = str_decode_replace(t, text, (size_t)n);
  if (v_is_null(shown)) return V_NULL;
  sqlite_raise(t, sqlite_errors.OperationalError, "Could not decode to UTF-8 column '%s' with text '%U'", name, shown);
  v_drop(t, shown);
  return V_NULL;
}

static Value text_value(Thread *t, Connection *connection, sqlite3_stmt *st, int column) {
  const char *text = (const char *)sqlite.sqlite3_column_text(st, column);
  if (!text) return raise_no_memory(t);
  int n = sqlite.sqlite3_column_bytes(st, column);
  Value factory = instance_field_load(t, &connection->ob, &connection->text_factory), v;
  if (v_is_null(factory) || v_is(factory, v_from_obj(&type_str))) {
    v = str_from_utf8(t, text, (size_t)n);
    if (v_is_null(v) && error_matches(t, &exc_UnicodeDecodeError)) v = not_utf8(t, st, column, text, n);
  } else {
    v = bytes_from(t, text, (size_t)n);
    if (!v_is_null(v) && !v_is(factory, v_from_obj(&type_bytes))) {
      Value made = object_call1(t, factory, v);
      v_drop(t, v);
      v = made;
    }
  }
  v_drop(t, factory);
  return v;
}

static Value column_value(Thread *t, Connection *connection, sqlite3_stmt *st, int column) {
  switch (sqlite.sqlite3_column_type(st, column)) {
    case SQLITE_NULL: return V_NONE;
    case SQLITE_INTEGER: return int_from_i64(t, sqlite.sqlite3_column_int64(st, column));
    case SQLITE_FLOAT: return float_new(t, sqlite.sqlite3_column_double(st, column));
    case SQLITE_TEXT: return text_value(t, connection, st, column);
    default: {
      const void *data = sqlite.sqlite3_column_blob(st, column);
      return bytes_from(t, data ? data : "", (size_t)sqlite.sqlite3_column_bytes(st, column));
    }
  }
}

static Value converted_value(Thread *t, sqlite3_stmt *st, int column, Value converter) {
  const void *data = sqlite.sqlite3_column_blob(st, column);
  if (!data) return V_NONE;
  Value bytes = bytes_from(t, data, (size_t)sqlite.sqlite3_column_bytes(st, column)), v = v_is_null(bytes) ? V_NULL : object_call1(t, converter, bytes);
  v_drop(t, bytes);
  return v;
}

static Value fetch_row(Thread *t, Cursor *c, Statement *s) {
  Connection *connection = v_connection(c->connection);
  int n = sqlite.sqlite3_data_count(s->st);
  Value row = tuple_new(t, n), converters = v_is_null(c->converters) ? V_NULL : v_own(t, c->converters);
  for (int i = 0; !v_is_null(row) && i < n; i++) {
    Value converter = v_is_null(converters) ? V_NULL : list_get(t, v_list(converters), i);
    bool plain = v_is_null(converter) || v_is_none(converter);
    Value v = plain ? column_value(t, connection, s->st, i) : converted_value(t, s->st, i, converter);
    v_drop(t, converter);
    if (v_is_null(v)) v_clear(t, &row);
    else v_tuple(row)->items[i] = v;
  }
  v_drop(t, converters);
  return row;
}

// The row that the statement stands at, and a step to the next. V_NULL without an exception: there is none. The lock is held.
static Value next_row(Thread *t, Cursor *c) {
  if (v_is_null(c->statement)) return V_NULL;
  Value statement = v_own(t, c->statement);
  Statement *s = v_statement(statement);
  Value row = V_NULL;
  if (sqlite.sqlite3_data_count(s->st) == 0) {
    drop_statement(t, c);
  } else {
    c->locked = true;   // converters and factories of texts are Python code
    row = fetch_row(t, c, s);
    c->locked = false;
    if (!v_is_null(row)) {
      int rc = statement_step(t, s);
      if (rc == SQLITE_DONE) {
        if (s->is_dml) set_rowcount(c, sqlite.sqlite3_changes(v_connection(c->connection)->db));
        drop_statement(t, c);
      } else if (rc != SQLITE_ROW) {
        sqlite_raise_last(t, v_connection(c->connection)->db);
        drop_statement(t, c);
        v_clear(t, &row);
      }
    }
  }
  v_drop(t, statement);
  return row;
}

static Value cursor_iternext(Thread *t, Value self) {
  Cursor *c = v_cursor(self);
  if (!enter(t, c)) return V_NULL;
  Value row = next_row(t, c);
  leave(c);
  if (v_is_null(row)) return V_NULL;
  Value factory = instance_field_load(t, &c->ob, &c->row_factory);
  if (!v_is_null(factory) && !v_is_none(factory)) {
    Value made = object_call2(t, factory, self, row);
    v_drop(t, row);
    row = made;
  }
  v_drop(t, factory);
  return row;
}

// --- Running -----------------------------------------------------------------------------------------------------------------------------------

// The name of a column as description shows it: without a converter's name behind it.
static Value shown_name(Thread *t, const char *name, int detect) {
  if (!name) return V_NONE;
  size_t n = strlen(name);
  if (detect & PARSE_COLNAMES) {
    const char *open = strchr(name, '[');
    if (open) {
      n = (size_t)(open - name);
      if (n > 0 && name[n - 1] == ' ') n--;
    }
  }
  return str_from_utf8(t, name, n);
}

static Value describe(Thread *t, Cursor *c, sqlite3_stmt *st) {
  int n = sqlite.sqlite3_column_count(st), detect = v_connection(c->connection)->detect_types;
  Value all = tuple_new(t, n);
  for (int i = 0; !v_is_null(all) && i < n; i++) {
    Value one = tuple_from_stolen(t, (Value[]){shown_name(t, sqlite.sqlite3_column_name(st, i), detect), V_NONE, V_NONE, V_NONE, V_NONE, V_NONE, V_NONE}, 7);
    if (v_is_null(one)) v_clear(t, &all);
    else v_tuple(all)->items[i] = one;
  }
  return all;
}

// Runs the cursor's statement with a set of parameters. 0, -1.
static int run_once(Thread *t, Cursor *c, Statement *s, Value parameters) {
  Connection *connection = v_connection(c->connection);
  s->in_use = true;
  if (statement_bind(t, connection, s, parameters) < 0) return -1;
  int rc = statement_step(t, s);
  if (rc != SQLITE_DONE && rc != SQLITE_ROW) {
    if (error_pending(t)) error_clear(t);
    sqlite3 *db = connection->db;
    // The database's error must be read before the reset forgets it, and raised afterwards.
    sqlite_raise_last(t, db);
    statement_reset(s);
    return error_pending(t) ? -1 : 0;
  }
  if (find_converters(t, c, s->st) < 0) return -1;
  if (v_is_none(c->description) && sqlite.sqlite3_column_count(s->st) > 0) {
    Value description = describe(t, c, s->st);
    if (v_is_null(description)) return -1;
    instance_field_store(t, &c->ob, &c->description, description);
  }
  if (rc != SQLITE_DONE) return 0;
  if (s->is_dml) set_rowcount(c, (int64_t)a64_load_rlx(&c->rowcount) + sqlite.sqlite3_changes(connection->db));
  statement_reset(s);
  return 0;
}

// A statement for the text that no other cursor is using.
static Value take_statement(Thread *t, Connection *connection, Value sql) {
  Value s = connection_statement(t, connection, sql);
  if (v_is_null(s) || !v_statement(s)->in_use) return s;
  v_drop(t, s);
  return statement_new(t, connection, sql);
}

static int run_all(Thread *t, Cursor *c, Value sql, Value sets, bool multiple) {
  Connection *connection = v_connection(c->connection);
  instance_field_store(t, &c->ob, &c->description, V_NONE);
  drop_statement(t, c);
  Value statement = take_statement(t, connection, sql);
  if (v_is_null(statement)) return -1;
  v_set(t, &c->statement, statement);
  Statement *s = v_statement(statement);
  if (multiple && s->st && sqlite.sqlite3_stmt_readonly(s->st)) {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "executemany() can only execute DML statements.");
    return -1;
  }
  set_rowcount(c, s->is_dml ? 0 : -1);
  if (!s->st) return 0;
  if (s->is_dml && connection_begin(t, connection) < 0) return -1;
  for (;;) {
    Value parameters = object_iternext(t, sets);
    if (v_is_null(parameters)) break;
    int rc = run_once(t, c, s, parameters);
    v_drop(t, parameters);
    if (rc < 0) return -1;
  }
  if (error_pending(t)) return -1;
  if (!multiple) instance_field_store(t, &c->ob, &c->lastrowid, int_from_i64(t, sqlite.sqlite3_last_insert_rowid(connection->db)));
  return 0;
}

static Value execute(Thread *t, Value self, Value sql, Value sets, bool multiple) {
  Cursor *c = v_cursor(self);
  if (!enter(t, c)) return V_NULL;
  c->locked = true;
  int rc = run_all(t, c, sql, sets, multiple);
  c->locked = false;
  if (rc < 0) {
    set_rowcount(c, -1);
    drop_statement(t, c);
  } else if (!v_is_null(c->statement) && !(v_statement(c->statement)->st && sqlite.sqlite3_stmt_busy(v_statement(c->statement)->st))) {
    drop_statement(t, c);
  }
  leave(c);
  return rc < 0 ? V_NULL : v_own(t, self);
}

static Value check_sql(Thread *t, const char *method, Value sql) {
  return v_is_str(sql) ? V_NONE : raise_type_error(t, "%s() argument 1 must be str, not %K", method, sql);
}

static NATIVE(cursor_execute) {
  if (v_is_null(check_sql(t, "execute", args[0]))) return V_NULL;
  Value one = tuple_pack(t, 1, v_is_absent(args[1]) ? tuple_empty : args[1]), sets = v_is_null(one) ? V_NULL : object_iter(t, one);
  Value result = v_is_null(sets) ? V_NULL : execute(t, self, args[0], sets, false);
  v_drop(t, one);
  v_drop(t, sets);
  return result;
}

static NATIVE(cursor_executemany) {
  if (v_is_null(check_sql(t, "executemany", args[0]))) return V_NULL;
  Value sets = object_iter(t, args[1]), result = v_is_null(sets) ? V_NULL : execute(t, self, args[0], sets, true);
  v_drop(t, sets);
  return result;
}

// Steps through one statement of a script. 0, -1.
static int run_script_step(Thread *t, Connection *connection, const char **script) {
  sqlite3_stmt *st = NULL;
  int rc;
  ALLOW_THREADS_BEGIN(t)
  rc = sqlite.sqlite3_prepare_v2(connection->db, *script, -1, &st, script);
  if (rc == SQLITE_OK && st) {
    do rc = sqlite.sqlite3_step(st);
    while (rc == SQLITE_ROW);
  } else if (rc == SQLITE_OK) {
    rc = SQLITE_DONE;
  }
  if (rc == SQLITE_DONE) rc = sqlite.sqlite3_finalize(st);
  ALLOW_THREADS_END
  if (rc == SQLITE_OK) return 0;
  sqlite_raise_last(t, connection->db);
  ALLOW_THREADS_BEGIN(t)
  sqlite.sqlite3_finalize(st);
  ALLOW_THREADS_END
  return -1;
}

static NATIVE(cursor_executescript) {
  Cursor *c = v_cursor(self);
  const char *script = module_text_argument(t, args[0], "executescript() argument");
  if (!script || !enter(t, c)) return V_NULL;
  Connection *connection = v_connection(c->connection);
  int rc = 0;
  if (strlen(script) > (size_t)sqlite.sqlite3_limit(connection->db, SQLITE_LIMIT_SQL_LENGTH, -1)) {
    sqlite_raise(t, sqlite_errors.DataError, "query string is too large");
    rc = -1;
  }
  if (rc == 0 && !sqlite.sqlite3_get_autocommit(connection->db)) {
    const char *commit = "COMMIT";
    rc = run_script_step(t, connection, &commit);
  }
  while (rc == 0 && *script) rc = run_script_step(t, connection, &script);
  leave(c);
  return rc < 0 ? V_NULL : v_own(t, self);
}

// --- Fetching and the rest -------------------------------------------------------------------------------------------------------------------------

static NATIVE(cursor_fetchone) {
  Value row = cursor_iternext(t, self);
  return v_is_null(row) && !error_pending(t) ? V_NONE : row;
}

// At most so many rows, all if `most` is negative.
static Value fetch(Thread *t, Value self, int64_t most) {
  Value list = list_new(t, 0);
  for (int64_t i = 0; !v_is_null(list) && i != most; i++) {
    Value row = cursor_iternext(t, self);
    if (v_is_null(row)) {
      if (error_pending(t)) v_clear(t, &list);
      break;
    }
    if (list_append_steal(t, v_list(list), row) < 0) v_clear(t, &list);
  }
  return list;
}

static NATIVE(cursor_fetchmany) {
  int most = v_is_absent(args[0]) ? (int)a32_load_rlx(&v_cursor(self)->arraysize) : number_as_int(t, args[0]);
  if (most == -1 && error_pending(t)) return V_NULL;
  // None asked for: all, as CPython counts down from there.
  return fetch(t, self, most == 0 ? -1 : most);
}
static NATIVE(cursor_fetchall) { return fetch(t, self, -1); }

static NATIVE(cursor_nothing) { return V_NONE; }

static NATIVE(cursor_close) {
  Cursor *c = v_cursor(self);
  if (v_is_null(c->connection)) return sqlite_raise(t, sqlite_errors.ProgrammingError, "Base Cursor.__init__ not called.");
  Connection *connection = v_connection(c->connection);
  if (c->locked && aptr_load_rlx(&connection->lock.owner) == t) return sqlite_raise(t, sqlite_errors.ProgrammingError, "Recursive use of cursors not allowed.");
  if (!connection_enter(t, connection)) return V_NULL;
  drop_statement(t, c);
  c->closed = true;
  connection_leave(connection);
  return V_NONE;
}

static Value cursor_iter(Thread *t, Value self) { return v_own(t, self); }

static const NativeDef cursor_methods[] = {
    {"close($self, /)", cursor_close, "Ends the use of the cursor.", 0},
    {"executemany($self, sql, seq_of_parameters, /)", cursor_executemany, "Runs a statement for each set of parameters.", 0},
    {"executescript($self, sql_script, /)", cursor_executescript, "Runs several statements, after committing what is open.", 0},
    {"execute($self, sql, parameters=(), /)", cursor_execute, "Runs a statement.", 0},
    {"fetchall($self, /)", cursor_fetchall, "The rows that are left.", 0},
    {"fetchmany($self, /, size=1)", cursor_fetchmany, "The next rows, as many as asked for, or `arraysize`.", 0},
    {"fetchone($self, /)", cursor_fetchone, "The next row; None if there is none.", 0},
    {"setinputsizes($self, sizes, /)", cursor_nothing, "Does nothing; the DB-API wants it.", 0},
    {"setoutputsize($self, size, column=None, /)", cursor_nothing, "Does nothing; the DB-API wants it.", 0},
    {0},
};
static const MemberDef cursor_members[] = {
    {"connection", MEMBER_VALUE, offsetof(Cursor, connection), true, NULL},
    {"description", MEMBER_VALUE, offsetof(Cursor, description), true, NULL},
    {"arraysize", MEMBER_I32, offsetof(Cursor, arraysize), false, NULL},
    {"lastrowid", MEMBER_VALUE, offsetof(Cursor, lastrowid), true, NULL},
    {"rowcount", MEMBER_I64, offsetof(Cursor, rowcount), true, NULL},
    {"row_factory", MEMBER_VALUE, offsetof(Cursor, row_factory), false, NULL},
    {0},
};
static const TypeSpec spec_cursor = {
    .name = "sqlite3.Cursor",
    .size = sizeof(Cursor),
    .flags = TYPE_BASETYPE | TYPE_WEAKREF,
    .slots = {.new = module_empty_new, .init = cursor_init, .iter = cursor_iter, .iternext = cursor_iternext, .dealloc = cursor_dealloc,
              .traverse = cursor_traverse, .clear = cursor_clear},
    .methods = cursor_methods,
    .members = cursor_members,
    .doc = "Runs statements and fetches their rows.",
};
bool sqlite_cursor_init(Thread *t) { return type_sqlite_cursor.flags & TYPE_READY || type_ready(t, &type_sqlite_cursor, &spec_cursor, 0); }
