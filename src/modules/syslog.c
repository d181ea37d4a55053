// syslog: messages for the system's log.
//
// The C library keeps a pointer to the ident, so the str it comes from is kept in `ident` for as long; that and `opened` change under
// `log_mutex`, which openlog, closelog and syslog hold (syslog may block on the log's socket: detached).
#include <string.h>
#include <syslog.h>

#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"
#include "threading/mutex.h"

#define FN(name) static Value syslog_##name(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames)
#define UNUSED (void)t, (void)self, (void)args, (void)nargs, (void)kwnames

static Mutex log_mutex = MUTEX_INIT;
static Value ident;    // owned or null
static bool opened;

static int int_arg(Thread *t, Value v, int default_, int *out) {
  *out = v_is_absent(v) ? default_ : number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

// The program's name, from sys.argv[0] without its folder; V_NULL without an exception if there is none.
static Value program_name(Thread *t) {
  Value name = str_intern_cstr(t, "argv");
  Value argv = v_is_null(name) ? V_NULL : sys_get(t, name), script = V_NULL;
  if (!v_is_null(argv) && v_is_list(argv)) script = list_get(t, v_list(argv), 0);
  v_drop(t, argv);
  if (v_is_null(script) || !v_is_str(script) || str_length(v_str(script)) == 0) {
    v_drop(t, script);
    error_clear(t);
    return V_NULL;
  }
  int64_t from = str_length(v_str(script));
  while (from > 0 && str_char(v_str(script), from - 1) != '/') from--;
  Value base = str_slice(t, script, from, str_length(v_str(script)));
  v_drop(t, script);
  return base;
}

// Takes the name (V_NULL: the program's). 0 or -1.
static int open_log(Thread *t, Value name, int option, int facility) {
  Value fresh = v_is_null(name) ? program_name(t) : v_own(t, name), old;
  const char *text = v_is_null(fresh) ? NULL : str_utf8(t, fresh, NULL);
  if (error_pending(t) || sys_audit_args(t, "syslog.openlog", (Value[]){v_is_null(fresh) ? V_NONE : fresh, v_from_smi(option), v_from_smi(facility)}, 3) < 0) {
    v_drop(t, fresh);
    return -1;
  }
  mutex_lock(t, &log_mutex);
  openlog(text, option, facility);
  old = ident;
  ident = fresh;
  opened = true;
  mutex_unlock(&log_mutex);
  v_drop(t, old);
  return 0;
}

FN(openlog) {
  UNUSED;
  int option, facility;
  if (!v_is_absent(args[0]) && !v_is_str(args[0])) return raise_type_error(t, "openlog() argument 1 must be str, not %T", args[0]);
  if (int_arg(t, args[1], 0, &option) < 0 || int_arg(t, args[2], LOG_USER, &facility) < 0) return V_NULL;
  return open_log(t, v_is_absent(args[0]) ? V_NULL : args[0], option, facility) < 0 ? V_NULL : V_NONE;
}

FN(syslog) {
  UNUSED;
  int priority = LOG_INFO;
  bool good = (nargs == 1 || (nargs == 2 && number_is_index(args[0]))) && v_is_str(args[nargs - 1]);
  if (!good) return raise_type_error(t, "[priority,] message string");
  if (nargs == 2 && int_arg(t, args[0], 0, &priority) < 0) return V_NULL;
  Value message = args[nargs - 1];
  const char *text = str_utf8(t, message, NULL);
  if (!text || sys_audit_args(t, "syslog.syslog", (Value[]){v_from_smi(priority), message}, 2) < 0) return V_NULL;
  mutex_lock(t, &log_mutex);
  bool first = !opened;
  mutex_unlock(&log_mutex);
  if (first && open_log(t, V_NULL, 0, LOG_USER) < 0) return V_NULL;
  mutex_lock(t, &log_mutex);
  ALLOW_THREADS_BEGIN(t)
  syslog(priority, "%s", text);
  ALLOW_THREADS_END
  mutex_unlock(&log_mutex);
  return V_NONE;
}

FN(closelog) {
  UNUSED;
  Value old = V_NULL;
  if (sys_audit(t, "syslog.closelog", V_NULL) < 0) return V_NULL;
  mutex_lock(t, &log_mutex);
  if (opened) {
    closelog();
    old = ident;
    ident = V_NULL;
    opened = false;
  }
  mutex_unlock(&log_mutex);
  v_drop(t, old);
  return V_NONE;
}

FN(setlogmask) {
  UNUSED;
  int mask;
  if (int_arg(t, args[0], 0, &mask) < 0 || sys_audit(t, "syslog.setlogmask", args[0]) < 0) return V_NULL;
  return v_from_smi(setlogmask(mask));
}

FN(log_mask) {
  UNUSED;
  int priority;
  return int_arg(t, args[0], 0, &priority) < 0 ? V_NULL : v_from_smi(LOG_MASK(priority & 31));
}

FN(log_upto) {
  UNUSED;
  int priority;
  return int_arg(t, args[0], 0, &priority) < 0 ? V_NULL : v_from_smi(LOG_UPTO(priority & 31));
}

static const NativeDef functions[] = {
    {"openlog($module, ident=None, logoption=0, facility=LOG_USER)", syslog_openlog, NULL, NATIVE_NO_SIGNATURE},
    {"closelog($module, /)", syslog_closelog, NULL, NATIVE_NO_SIGNATURE},
    {"syslog($module, priority, message, /)", syslog_syslog, NULL, NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"setlogmask($module, maskpri, /)", syslog_setlogmask, NULL, NATIVE_NO_SIGNATURE},
    {"LOG_MASK($module, pri, /)", syslog_log_mask, NULL, NATIVE_NO_SIGNATURE},
    {"LOG_UPTO($module, pri, /)", syslog_log_upto, NULL, NATIVE_NO_SIGNATURE},
    {0},
};

static int syslog_exec(Thread *t, Value m) {
#define C(name) {#name, name}
  static const struct { const char *name; int value; } constants[] = {
      C(LOG_EMERG), C(LOG_ALERT), C(LOG_CRIT), C(LOG_ERR), C(LOG_WARNING), C(LOG_NOTICE), C(LOG_INFO), C(LOG_DEBUG), C(LOG_PID), C(LOG_CONS),
      C(LOG_NDELAY), C(LOG_ODELAY), C(LOG_NOWAIT), C(LOG_PERROR), C(LOG_KERN), C(LOG_USER), C(LOG_MAIL), C(LOG_DAEMON), C(LOG_AUTH), C(LOG_LPR),
      C(LOG_LOCAL0), C(LOG_LOCAL1), C(LOG_LOCAL2), C(LOG_LOCAL3), C(LOG_LOCAL4), C(LOG_LOCAL5), C(LOG_LOCAL6), C(LOG_LOCAL7), C(LOG_SYSLOG),
      C(LOG_CRON), C(LOG_UUCP), C(LOG_NEWS), C(LOG_AUTHPRIV)};
#undef C
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  return 0;
}

const ModuleDef module_syslog = {.name = "syslog", .functions = functions, .exec = syslog_exec};
