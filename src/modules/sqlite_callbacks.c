// Python functions that libsqlite3 calls: SQL functions, aggregates, window functions, collations, authorizer, progress and trace.
//
// A callback comes on the thread that called libsqlite3, detached or not; it attaches for its time. What it raises becomes an error of the
// statement; the exception itself is dropped, or shown as unraisable if enable_callback_tracebacks() says so.
#include <limits.h>
#include <string.h>

#include "modules/callback_visit.h"
#include "modules/module_help.h"
#include "modules/sqlite.h"
#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

a32 sqlite_callback_tracebacks;

// What libsqlite3 is given beside a function. Constant once made.
struct Callback {
  Value callable;   // owned
};

// --- Being called --------------------------------------------------------------------------------------------------------------------------

static Callback *callback_new(Thread *t, Value callable) {
  Callback *callback = heap_alloc(t, sizeof *callback);
  if (!callback) raise_no_memory(t);
  else callback->callable = v_own(t, callable);
  return callback;
}

void callback_free(Thread *t, Callback *callback) {
  if (!callback) return;
  v_drop(t, callback->callable);
  heap_free(t, callback);
}

// For libsqlite3 to call when it needs a function no more.
static void destroy(void *data) {
  CallbackVisit v = callback_visit_begin();
  callback_free(v.t, data);
  callback_visit_end(v);
}

static void show_or_clear(Thread *t, Value callable) {
  if (!error_pending(t)) return;
  if (a32_load_rlx(&sqlite_callback_tracebacks)) error_write_unraisable(t, NULL, callable);
  else error_clear(t);
}

// The pending exception becomes the error of a function.
static void fail(Thread *t, sqlite3_context *context, const char *message) {
  const Callback *callback = sqlite.sqlite3_user_data(context);
  if (error_matches(t, &exc_MemoryError)) sqlite.sqlite3_result_error_nomem(context);
  else if (error_matches(t, &exc_OverflowError)) sqlite.sqlite3_result_error_toobig(context);
  else sqlite.sqlite3_result_error(context, message, -1);
  show_or_clear(t, callback->callable);
}

// --- Values --------------------------------------------------------------------------------------------------------------------------------

static Value value_of(Thread *t, sqlite3_value *v) {
  switch (sqlite.sqlite3_value_type(v)) {
    case SQLITE_INTEGER: return int_from_i64(t, sqlite.sqlite3_value_int64(v));
    case SQLITE_FLOAT: return float_new(t, sqlite.sqlite3_value_double(v));
    case SQLITE_TEXT: {
      const char *text = (const char *)sqlite.sqlite3_value_text(v);
      return text ? str_from_utf8(t, text, (size_t)sqlite.sqlite3_value_bytes(v)) : raise_no_memory(t);
    }
    case SQLITE_BLOB: {
      int n = sqlite.sqlite3_value_bytes(v);
      return bytes_from(t, sqlite.sqlite3_value_blob(v), (size_t)n);
    }
    default: return V_NONE;
  }
}

enum { MOST_ARGUMENTS = 1000 };

// Arguments as values in an array to be freed by free_arguments; NULL with an exception.
static Value *arguments_of(Thread *t, int n, sqlite3_value **values, Value first /* V_NULL: none */) {
  Value *out = heap_calloc(t, (size_t)(n + 2) * sizeof *out);
  if (!out) {
    raise_no_memory(t);
    return NULL;
  }
  out[0] = v_is_null(first) ? V_NULL : v_own(t, first);
  for (int i = 0; i < n; i++) {
    out[i + 1] = value_of(t, values[i]);
    if (!v_is_null(out[i + 1])) continue;
    for (int j = 0; j <= i; j++) v_drop(t, out[j]);
    heap_free(t, out);
    return NULL;
  }
  return out;
}
static void free_arguments(Thread *t, Value *arguments, int n) {
  for (int i = 0; i <= n; i++) v_drop(t, arguments[i]);
  heap_free(t, arguments);
}

static int give_buffer(Thread *t, sqlite3_context *context, Value v) {
  BufferView view;
  if (buffer_get(t, v, &view, BUFFER_SIMPLE) < 0) return -1;
  int rc = 0;
  if (view.len > INT_MAX) {
    raise_overflow(t, "BLOB longer than INT_MAX bytes");
    rc = -1;
  } else {
    sqlite.sqlite3_result_blob(context, view.len ? view.data : "", (int)view.len, SQLITE_TRANSIENT);
  }
  buffer_release(t, &view);
  return rc;
}

// Hands a function's result to libsqlite3. 0, -1 with an exception.
static int give(Thread *t, sqlite3_context *context, Value v) {
  int64_t i;
  if (v_is_none(v)) {
    sqlite.sqlite3_result_null(context);
  } else if (v_is_int(v)) {
    if (!int_as_i64(v, &i)) return raise_overflow(t, "Python int too large to convert to SQLite INTEGER"), -1;
    sqlite.sqlite3_result_int64(context, i);
  } else if (v_is_float(v)) {
    sqlite.sqlite3_result_double(context, float_value(v));
  } else if (v_is_str(v)) {
    size_t size;
    const char *text = str_utf8(t, v, &size);
    if (!text) return -1;
    if (size > INT_MAX) return raise_overflow(t, "string is longer than INT_MAX bytes"), -1;
    sqlite.sqlite3_result_text(context, text, (int)size, SQLITE_TRANSIENT);
  } else if (buffer_is_supported(v)) {
    return give_buffer(t, context, v);
  } else {
    sqlite_raise(t, sqlite_errors.ProgrammingError, "User-defined functions cannot return '%T' values to SQLite", v);
    return -1;
  }
  return 0;
}

// --- Functions -----------------------------------------------------------------------------------------------------------------------------

static void on_function(sqlite3_context *context, int n, sqlite3_value **values) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  const Callback *callback = sqlite.sqlite3_user_data(context);
  Value result = V_NULL, *arguments = arguments_of(t, n, values, V_NULL);
  if (arguments) {
    result = object_call(t, callback->callable, arguments + 1, (size_t)n, V_NULL);
    free_arguments(t, arguments, n);
  }
  if (v_is_null(result) || give(t, context, result) < 0) fail(t, context, "user-defined function raised exception");
  v_drop(t, result);
  callback_visit_end(visit);
}

// --- Aggregates: an object for each run, in the memory that libsqlite3 keeps for it ----------------------------------------------------------

// obj.NAME(arguments...), arguments[0] being room for obj. `missing`: the error's text if there is no such method, `failed` if it fails.
static void call_step(Thread *t, sqlite3_context *context, Value object, const char *method, int n, sqlite3_value **values, const char *missing,
                      const char *failed) {
  Value name = str_intern_cstr(t, method), f = V_NULL, result = V_NULL;
  if (!v_is_null(name)) f = object_getattr(t, object, name);
  if (v_is_null(f)) {
    fail(t, context, missing);
    return;
  }
  Value *arguments = arguments_of(t, n, values, V_NULL);
  if (arguments) {
    result = object_call(t, f, arguments + 1, (size_t)n, V_NULL);
    free_arguments(t, arguments, n);
  }
  if (v_is_null(result)) fail(t, context, failed);
  v_drop(t, result);
  v_drop(t, f);
}

static void on_step(sqlite3_context *context, int n, sqlite3_value **values) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  Value *object = sqlite.sqlite3_aggregate_context(context, sizeof *object);
  if (!object) {
    raise_no_memory(t);
    fail(t, context, "");
  } else {
    if (v_is_null(*object)) {
      const Callback *callback = sqlite.sqlite3_user_data(context);
      *object = object_call0(t, callback->callable);
    }
    if (v_is_null(*object)) fail(t, context, "user-defined aggregate's '__init__' method raised error");
    else call_step(t, context, *object, "step", n, values, "user-defined aggregate's 'step' method not defined", "user-defined aggregate's 'step' method raised error");
  }
  callback_visit_end(visit);
}

static void on_inverse(sqlite3_context *context, int n, sqlite3_value **values) {
  CallbackVisit visit = callback_visit_begin();
  Value *object = sqlite.sqlite3_aggregate_context(context, 0);
  if (object && !v_is_null(*object))
    call_step(visit.t, context, *object, "inverse", n, values, "user-defined aggregate's 'inverse' method not defined",
              "user-defined aggregate's 'inverse' method raised error");
  callback_visit_end(visit);
}

// obj.NAME() as the result.
static void give_method(Thread *t, sqlite3_context *context, Value object, const char *method, const char *missing, const char *failed,
                        const char *unfit) {
  Value name = str_intern_cstr(t, method), result = V_NULL, f = V_NULL;
  if (!v_is_null(name)) f = object_getattr(t, object, name);
  if (v_is_null(f)) {
    fail(t, context, missing);
    return;
  }
  result = object_call0(t, f);
  v_drop(t, f);
  if (v_is_null(result)) fail(t, context, failed);
  else if (give(t, context, result) < 0) fail(t, context, unfit);
  v_drop(t, result);
}

static void on_value(sqlite3_context *context) {
  CallbackVisit visit = callback_visit_begin();
  Value *object = sqlite.sqlite3_aggregate_context(context, 0);
  if (object && !v_is_null(*object))
    give_method(visit.t, context, *object, "value", "user-defined aggregate's 'value' method not defined", "user-defined aggregate's 'value' method raised error",
                "unable to set result from user-defined aggregate's 'value' method");
  callback_visit_end(visit);
}

static void on_final(sqlite3_context *context) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  // Without a step there is no object; after an exception in the midst of a row there may be one that is finished all the same.
  Value *object = sqlite.sqlite3_aggregate_context(context, 0);
  if (object && !v_is_null(*object)) {
    Value pending = error_fetch(t);
    give_method(t, context, *object, "finalize", "user-defined aggregate's 'finalize' method not defined",
                "user-defined aggregate's 'finalize' method raised error", "user-defined aggregate's 'finalize' method raised error");
    if (!v_is_null(pending)) error_restore(t, pending);
    v_clear(t, object);
  }
  callback_visit_end(visit);
}

// --- Collations, authorizer, progress, trace --------------------------------------------------------------------------------------------------

static int on_collation(void *data, int n1, const void *s1, int n2, const void *s2) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  const Callback *callback = data;
  int order = 0;
  if (!error_pending(t)) {
    Value a = str_from_utf8(t, s1, (size_t)n1), b = v_is_null(a) ? V_NULL : str_from_utf8(t, s2, (size_t)n2), result = V_NULL;
    if (!v_is_null(b)) result = object_call2(t, callback->callable, a, b);
    int64_t i = v_is_null(result) ? 0 : number_as_i64(t, result);
    if (error_pending(t)) show_or_clear(t, callback->callable);
    else order = i > 0 ? 1 : i < 0 ? -1 : 0;
    v_drop(t, a);
    v_drop(t, b);
    v_drop(t, result);
  }
  callback_visit_end(visit);
  return order;
}

static Value text_or_none(Thread *t, const char *s) { return s ? str_from_utf8(t, s, strlen(s)) : V_NONE; }

static int on_authorize(void *data, int action, const char *s1, const char *s2, const char *s3, const char *s4) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  const Callback *callback = data;
  Value values[5] = {v_from_smi(action), text_or_none(t, s1), text_or_none(t, s2), text_or_none(t, s3), text_or_none(t, s4)}, result = V_NULL;
  bool complete = true;
  for (int i = 0; i < 5; i++) complete = complete && !v_is_null(values[i]);
  if (complete) result = object_call(t, callback->callable, values, 5, V_NULL);
  int answer = SQLITE_DENY;
  if (!v_is_null(result) && v_is_int(result)) answer = number_as_int(t, result);
  if (error_pending(t)) {
    show_or_clear(t, callback->callable);
    answer = SQLITE_DENY;
  }
  for (int i = 0; i < 5; i++) v_drop(t, values[i]);
  v_drop(t, result);
  callback_visit_end(visit);
  return answer;
}

static int on_progress(void *data) {
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  const Callback *callback = data;
  Value result = object_call0(t, callback->callable);
  int stop = v_is_null(result) ? -1 : object_is_true(t, result);
  if (stop < 0) show_or_clear(t, callback->callable);
  v_drop(t, result);
  callback_visit_end(visit);
  return stop != 0;
}

static int on_trace(unsigned kind, void *data, void *statement, void *sql) {
  if (kind != SQLITE_TRACE_STMT) return 0;
  CallbackVisit visit = callback_visit_begin();
  Thread *t = visit.t;
  const Callback *callback = data;
  const char *text = sql;
  char *expanded = text[0] == '-' && text[1] == '-' ? NULL : sqlite.sqlite3_expanded_sql(statement);   // comments come from triggers
  Value shown = V_NULL;
  if (!expanded && !(text[0] == '-' && text[1] == '-')) {
    sqlite_raise(t, sqlite_errors.DataError, "Expanded SQL string exceeds the maximum string length");
    show_or_clear(t, callback->callable);
    text = sqlite.sqlite3_sql(statement);
  }
  shown = str_from_cstr(t, expanded ? expanded : text);
  sqlite.sqlite3_free(expanded);
  Value result = v_is_null(shown) ? V_NULL : object_call1(t, callback->callable, shown);
  if (v_is_null(result)) show_or_clear(t, callback->callable);
  v_drop(t, shown);
  v_drop(t, result);
  callback_visit_end(visit);
  return 0;
}

// --- Registering ---------------------------------------------------------------------------------------------------------------------------

static Value operational_error(Thread *t, const char *message) { return sqlite_raise(t, sqlite_errors.OperationalError, "%s", message); }

// Registers a function or aggregate; libsqlite3 owns the callback, also on failure.
static int register_function(Thread *t, Connection *c, const char *name, int n, int flags, Value callable, bool aggregate) {
  Callback *callback = callback_new(t, callable);
  if (!callback) return SQLITE_NOMEM;
  return sqlite.sqlite3_create_function_v2(c->db, name, n, SQLITE_UTF8 | flags, callback, aggregate ? NULL : on_function, aggregate ? on_step : NULL,
                                           aggregate ? on_final : NULL, destroy);
}

static Value create(Thread *t, Value self, const Value *args, int flags, bool aggregate, const char *what, const char *error) {
  Connection *c = v_connection(self);
  const char *name = module_text_argument(t, args[0], what);
  if (!name) return V_NULL;
  int n = number_as_int(t, args[1]);
  if ((n == -1 && error_pending(t)) || !connection_enter(t, c)) return V_NULL;
  int rc = register_function(t, c, name, n, flags, args[2], aggregate);
  connection_leave(c);
  if (error_pending(t)) return V_NULL;
  return rc == SQLITE_OK ? V_NONE : operational_error(t, error);
}

NATIVE(connection_create_function) {
  int deterministic = v_is_absent(args[3]) ? 0 : object_is_true(t, args[3]);
  if (deterministic < 0) return V_NULL;
  return create(t, self, args, deterministic ? SQLITE_DETERMINISTIC : 0, false, "create_function() argument 'name'", "Error creating function");
}

NATIVE(connection_create_aggregate) { return create(t, self, args, 0, true, "create_aggregate() argument 'name'", "Error creating aggregate"); }

NATIVE(connection_create_window_function) {
  Connection *c = v_connection(self);
  const char *name = module_text_argument(t, args[0], "create_window_function() argument 1");
  if (!name) return V_NULL;
  int n = number_as_int(t, args[1]), rc;
  if ((n == -1 && error_pending(t)) || !connection_enter(t, c)) return V_NULL;
  if (v_is_none(args[2])) {
    rc = sqlite.sqlite3_create_window_function(c->db, name, n, SQLITE_UTF8, NULL, NULL, NULL, NULL, NULL, NULL);
  } else {
    Callback *callback = callback_new(t, args[2]);
    rc = callback ? sqlite.sqlite3_create_window_function(c->db, name, n, SQLITE_UTF8, callback, on_step, on_final, on_value, on_inverse, destroy) : SQLITE_NOMEM;
  }
  // The error is OperationalError or, for a misuse, another: what the database says.
  Value result = error_pending(t) ? V_NULL : rc == SQLITE_OK ? V_NONE : sqlite_raise(t, sqlite_errors.ProgrammingError, "%s", sqlite.sqlite3_errmsg(c->db));
  connection_leave(c);
  return result;
}

NATIVE(connection_create_collation) {
  Connection *c = v_connection(self);
  const char *name = module_text_argument(t, args[0], "create_collation() argument 1");
  if (!name) return V_NULL;
  if (!connection_enter(t, c)) return V_NULL;
  Callback *callback = NULL;
  Value result = V_NULL;
  if (!v_is_none(args[1]) && !object_is_callable(args[1])) {
    raise_type_error(t, "parameter must be callable");
  } else if (v_is_none(args[1]) || (callback = callback_new(t, args[1]))) {
    int rc = sqlite.sqlite3_create_collation_v2(c->db, name, SQLITE_UTF8, callback, callback ? on_collation : NULL, callback ? destroy : NULL);
    // Unlike functions, a collation that could not be made is not destroyed.
    if (rc != SQLITE_OK) callback_free(t, callback);
    result = rc == SQLITE_OK ? V_NONE : sqlite_raise_last(t, c->db);
  }
  connection_leave(c);
  return result;
}

// Hands a callback to libsqlite3, or with NULL takes the one back that it has; n: what goes with it. An error code of libsqlite3's.
typedef int (*Install)(Connection *c, Callback *callback, int n);

// Puts the callable, None: nothing, in the place of what *slot holds, which goes once libsqlite3 has the new one.
static Value replace_callback(Thread *t, Connection *c, Callback **slot, Value callable, Install install, int n) {
  if (!connection_enter(t, c)) return V_NULL;
  Callback *fresh = v_is_none(callable) ? NULL : callback_new(t, callable);
  Value result = V_NULL;
  if (fresh || v_is_none(callable)) {
    int rc = install(c, fresh, n);
    Callback *unused = rc == SQLITE_OK ? *slot : fresh;
    if (rc == SQLITE_OK) *slot = fresh;
    callback_free(t, unused);
    result = rc == SQLITE_OK ? V_NONE : operational_error(t, "Error setting authorizer callback");   // the others cannot fail
  }
  connection_leave(c);
  return result;
}

static int install_authorizer(Connection *c, Callback *callback, int n) {
  (void)n;
  return sqlite.sqlite3_set_authorizer(c->db, callback ? on_authorize : NULL, callback);
}

static int install_progress(Connection *c, Callback *callback, int n) {
  sqlite.sqlite3_progress_handler(c->db, callback ? n : 0, callback ? on_progress : NULL, callback);
  return SQLITE_OK;
}

static int install_trace(Connection *c, Callback *callback, int n) {
  (void)n;
  sqlite.sqlite3_trace_v2(c->db, callback ? SQLITE_TRACE_STMT : 0, callback ? on_trace : NULL, callback);
  return SQLITE_OK;
}

NATIVE(connection_set_authorizer) {
  Connection *c = v_connection(self);
  return replace_callback(t, c, &c->authorizer, args[0], install_authorizer, 0);
}

NATIVE(connection_set_progress_handler) {
  Connection *c = v_connection(self);
  int n = number_as_int(t, args[1]);
  return n == -1 && error_pending(t) ? V_NULL : replace_callback(t, c, &c->progress, args[0], install_progress, n);
}

NATIVE(connection_set_trace_callback) {
  Connection *c = v_connection(self);
  return replace_callback(t, c, &c->trace, args[0], install_trace, 0);
}
