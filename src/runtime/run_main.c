// Running what the command line asked for, and turning the outcome into an exit status.
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "front/compile_source.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/import.h"
#include "runtime/lifecycle.h"
#include "runtime/print_exception.h"
#include "runtime/sys_state.h"
#include "vm/vm.h"

// --- Exit status ----------------------------------------------------------------------------------------------------------------------

// SystemExit's code: an int is the status, None is 0, anything else is printed and means 1.
static int system_exit_status(Thread *t) {
  Value exc = error_fetch(t);
  Value code = object_getattr(t, exc, str_intern_cstr(t, "code"));
  error_clear(t);
  int status = 1;
  if (v_is_null(code) || v_is_none(code)) {
    status = v_is_null(code) ? 1 : 0;
  } else if (v_is_int(code)) {
    int64_t n;
    status = int_as_i64(code, &n) ? (int)(n & 0xFF) : 255;
  } else {
    Value err = sys_get(t, "stderr"), text = object_str(t, code);
    error_clear(t);
    Value newline = str_from_char(t, '\n');
    if (!v_is_null(text) && !v_is_null(err) && !v_is_none(err)) {
      v_drop(t, object_call_method1(t, err, N(write), text));
      error_clear(t);
      v_drop(t, object_call_method1(t, err, N(write), newline));
      error_clear(t);
      v_drop(t, object_call_method0(t, err, N(flush)));
      error_clear(t);
    }
    v_drop(t, err);
    v_drop(t, text);
  }
  v_drop(t, code);
  v_drop(t, exc);
  return status;
}

static void remember_last(Thread *t) {
  Value exc = v_from_obj(t->exc), tb = exception_get_traceback(t, exc);
  Value keep = error_fetch(t);
  sys_set(t, "last_type", v_from_obj(v_type(keep)));
  sys_set(t, "last_value", keep);
  sys_set(t, "last_traceback", tb);
  v_drop(t, tb);
  error_clear(t);
  error_restore(t, keep);
}

static bool interrupted;

static int pending_status(Thread *t) {
  if (error_matches(t, &exc_SystemExit)) return system_exit_status(t);
  if (error_matches(t, &exc_KeyboardInterrupt)) interrupted = true;
  remember_last(t);
  print_pending(t);
  return error_pending(t) ? system_exit_status(t) : 1;
}

static int finish_value(Thread *t, Value v) {
  if (v_is_null(v)) return pending_status(t);
  v_drop(t, v);
  return 0;
}

// --- Kinds of program -------------------------------------------------------------------------------------------------------------------

static Value main_dict(Thread *t) {
  Value modules = sys_modules(t), m = V_NULL;
  if (!v_is_null(modules)) dict_get(t, v_dict(modules), N(__main__), &m);
  v_drop(t, modules);
  Value d = v_is_null(m) ? V_NULL : module_dict(m);
  v_drop(t, m);
  return d;   // borrowed: sys.modules holds the module
}

static int insert_path(Thread *t, Value entry) {
  Value path = sys_get(t, "path");
  int r = v_is_null(path) || !v_is_list(path) ? 0 : list_insert(t, v_list(path), 0, entry);
  v_drop(t, path);
  return r;
}

static int run_source(Thread *t, const char *source, size_t n, Value filename, int flags) {
  Value globals = main_dict(t);
  if (v_is_null(globals)) return pending_status(t);
  Value code = compile_source(t, source, n, filename, 0, flags, sys_config.optimize);
  Value r = V_NULL;
  if (!v_is_null(code) && sys_audit(t, "exec", code) == 0) r = vm_eval_code(t, code, globals, globals);
  v_drop(t, code);
  return finish_value(t, r);
}

static int run_command(Thread *t) {
  const char *text = sys_config.command;
  if (!sys_config.safe_path && insert_path(t, str_empty) < 0) return pending_status(t);
  Value argument = str_decode_fs(t, text, strlen(text));
  if (v_is_null(argument) || sys_audit(t, "cpython.run_command", argument) < 0) return pending_status(t);
  v_drop(t, argument);
  size_t n = strlen(text);
  char *source = malloc(n + 2);
  if (!source) return 1;
  memcpy(source, text, n);
  source[n] = '\n';
  source[n + 1] = '\0';
  Value filename = str_from_cstr(t, "<string>");
  int status = run_source(t, source, n + 1, filename, COMPILE_IGNORE_COOKIE);
  v_drop(t, filename);
  free(source);
  return status;
}

static int run_module(Thread *t, const char *name, bool set_argv0) {
  Value runpy = import_module(t, "runpy"), f = V_NULL, r = V_NULL;
  if (v_is_null(runpy)) {
    fprintf(stderr, "Could not import runpy module\n");
    return pending_status(t);
  }
  f = object_getattr(t, runpy, str_intern_cstr(t, "_run_module_as_main"));
  Value n = str_decode_fs(t, name, strlen(name));
  if (!v_is_null(f) && !v_is_null(n) && sys_audit(t, "cpython.run_module", n) == 0) r = object_call2(t, f, n, v_from_bool(set_argv0));
  v_drop(t, n);
  v_drop(t, f);
  v_drop(t, runpy);
  return finish_value(t, r);
}

// A file's directory as it enters sys.path: symbolic links of the script itself resolved.
static Value script_directory(Thread *t, const char *script) {
  char resolved[8300], target[4096];
  ssize_t n = readlink(script, target, sizeof target - 1);
  snprintf(resolved, sizeof resolved, "%.4096s", script);
  if (n > 0) {
    target[n] = '\0';
    const char *slash = strrchr(script, '/');
    if (target[0] == '/' || !slash) snprintf(resolved, sizeof resolved, "%s", target);
    else snprintf(resolved, sizeof resolved, "%.*s/%s", (int)(slash - script < 4096 ? slash - script : 4096), script, target);
  }
  char *full = realpath(resolved, NULL);
  if (full) {
    snprintf(resolved, sizeof resolved, "%s", full);
    free(full);
  }
  char *slash = strrchr(resolved, '/');
  size_t length = slash ? (slash == resolved ? 1 : (size_t)(slash - resolved)) : 0;
  return str_decode_fs(t, resolved, length);
}

// A folder or an archive with a __main__: put on sys.path and run as a package.
static int run_container(Thread *t, const char *path) {
  Value entry = str_decode_fs(t, path, strlen(path));
  if (v_is_null(entry) || insert_path(t, entry) < 0) return pending_status(t);
  v_drop(t, entry);
  return run_module(t, "__main__", false);
}

static char *read_all(int fd, size_t *n) {
  size_t capacity = 1 << 16;
  char *data = malloc(capacity);
  *n = 0;
  while (data) {
    ssize_t got = read(fd, data + *n, capacity - *n - 1);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      free(data);
      return NULL;
    }
    if (got == 0) break;
    *n += (size_t)got;
    if (capacity - *n < 2) {
      char *bigger = realloc(data, capacity *= 2);
      if (!bigger) free(data);
      data = bigger;
    }
  }
  if (data) data[*n] = '\0';
  return data;
}

static size_t skip_line(const char *data, size_t n) {
  const char *newline = memchr(data, '\n', n);
  return newline ? (size_t)(newline - data) : n;
}

static int cannot_open(const char *script, int err) {
  char full[4096] = "";
  if (script[0] != '/' && getcwd(full, sizeof full - 2)) strcat(full, "/");
  fprintf(stderr, "%s: can't open file '%s%s': [Errno %d] %s\n", sys_config.orig_argv[0], full, script, err, strerror(err));
  return 2;
}

static bool looks_like_zip(const char *data, size_t n) { return n > 4 && memcmp(data, "PK\3\4", 4) == 0; }

static int run_file(Thread *t, const char *script) {
  struct stat st;
  int fd = open(script, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return cannot_open(script, errno);
  if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
    close(fd);
    char main_file[4200];
    static const char *const names[] = {"__main__.py", "__main__.pyc"};
    for (int i = 0; i < 2; i++) {
      snprintf(main_file, sizeof main_file, "%s/%s", script, names[i]);
      if (access(main_file, F_OK) == 0) return run_container(t, script);
    }
    fprintf(stderr, "%s: can't find '__main__' module in '%s'\n", sys_config.orig_argv[0], script);
    return 1;
  }
  size_t n;
  char *data = read_all(fd, &n);
  int err = errno;
  close(fd);
  if (!data) return cannot_open(script, err);
  if (looks_like_zip(data, n)) {
    free(data);
    return run_container(t, script);
  }
  Value filename = str_decode_fs(t, script, strlen(script)), globals = main_dict(t), loader = V_NULL;
  Value dir = sys_config.safe_path ? V_NULL : script_directory(t, script);
  if ((!v_is_null(dir) && insert_path(t, dir) < 0) || v_is_null(filename)) return pending_status(t);
  v_drop(t, dir);
  // __main__'s loader and file, as importlib would set them.
  Value external, modules = sys_modules(t);
  if (!v_is_null(modules) && dict_get_cstr(t, v_dict(modules), "_frozen_importlib_external", &external) > 0) {
    Value cls = object_getattr(t, external, str_intern_cstr(t, "SourceFileLoader"));
    if (!v_is_null(cls)) loader = object_call2(t, cls, N(__main__), filename);
    v_drop(t, cls);
    v_drop(t, external);
  }
  v_drop(t, modules);
  if (v_is_null(loader) || dict_set(t, v_dict(globals), N(__loader__), loader) < 0 || dict_set(t, v_dict(globals), N(__file__), filename) < 0 ||
      dict_set(t, v_dict(globals), N(__cached__), V_NONE) < 0 || sys_audit(t, "cpython.run_file", filename) < 0)
    return pending_status(t);
  v_drop(t, loader);
  size_t skip = sys_config.skip_first_line ? skip_line(data, n) : 0;
  int status = run_source(t, data + skip, n - skip, filename, COMPILE_FILE_INPUT);
  v_drop(t, filename);
  free(data);
  return status;
}

static int run_stdin(Thread *t) {
  if (!sys_config.safe_path && insert_path(t, str_empty) < 0) return pending_status(t);
  if (sys_audit(t, "cpython.run_stdin", V_NULL) < 0) return pending_status(t);
  size_t n;
  char *data = read_all(0, &n);
  if (!data) return 1;
  Value filename = str_from_cstr(t, "<stdin>"), globals = main_dict(t);
  if (v_is_null(filename) || v_is_null(globals) || dict_set(t, v_dict(globals), N(__file__), filename) < 0) return pending_status(t);
  int status = run_source(t, data, n, filename, COMPILE_FILE_INPUT);
  v_drop(t, filename);
  free(data);
  return status;
}

int runtime_run_main(Thread *t) {
  const Config *c = &sys_config;
  int status = c->command ? run_command(t) : c->module ? run_module(t, c->module, true) : c->script ? run_file(t, c->script) : run_stdin(t);
  status = runtime_finish(t, status);
  if (interrupted) {
    // Die as a program without a handler would, so that the parent sees SIGINT.
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
  }
  return status;
}
