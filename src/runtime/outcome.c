// Reporting the exception that reached the top.
#include "runtime/outcome.h"

#include <stdio.h>

#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/print_exception.h"
#include "system/sys_state.h"

// sys.exit("why"): to sys.stderr, or to the process's own when that is gone.
static void print_reason(Thread *t, Value code) {
  Value err = sys_get(t, N(stderr)), text = object_str(t, code);
  error_clear(t);
  if (!v_is_null(err) && !v_is_none(err)) {
    Value newline = str_from_char(t, '\n');
    if (!v_is_null(text)) v_drop(t, object_call_method1(t, err, N(write), text));
    error_clear(t);
    v_drop(t, object_call_method1(t, err, N(write), newline));
    error_clear(t);
    v_drop(t, object_call_method0(t, err, N(flush)));
    error_clear(t);
  } else {
    const char *bytes = v_is_null(text) ? "" : str_utf8(t, text, NULL);
    fprintf(stderr, "%s\n", bytes ? bytes : "");
    error_clear(t);
  }
  v_drop(t, err);
  v_drop(t, text);
}

// SystemExit's code: an int is the status, None is 0, anything else is printed and means 1.
static int system_exit_status(Thread *t) {
  Value exc = error_fetch(t);
  Value code = object_getattr(t, exc, N(code));
  error_clear(t);
  int status = 1;
  if (v_is_null(code) || v_is_none(code)) {
    status = v_is_null(code) ? 1 : 0;
  } else if (v_is_int(code)) {
    int64_t n;
    status = int_as_i64(code, &n) ? (int)(n & 0xFF) : 255;
  } else {
    print_reason(t, code);
  }
  v_drop(t, code);
  v_drop(t, exc);
  return status;
}

static void remember_last(Thread *t) {
  Value exc = v_from_obj(t->exc), tb = exception_get_traceback(t, exc);
  Value keep = error_fetch(t);
  sys_set(t, N(last_type), v_from_obj(v_type(keep)));
  sys_set(t, N(last_value), keep);
  sys_set(t, N(last_traceback), tb);
  v_drop(t, tb);
  error_clear(t);
  error_restore(t, keep);
}

Outcome outcome_of_pending(Thread *t, bool inspecting) {
  Outcome outcome = {.status = 1};
  if (!inspecting && error_matches(t, &exc_SystemExit)) return (Outcome){.status = system_exit_status(t), .wants_exit = true};
  outcome.interrupted = error_matches(t, &exc_KeyboardInterrupt);
  remember_last(t);
  print_pending(t);
  if (error_pending(t)) {
    // The hook itself has raised SystemExit.
    outcome.status = system_exit_status(t);
    outcome.wants_exit = true;
  }
  return outcome;
}
