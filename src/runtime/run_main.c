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
#include "objects/error_state.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "runtime/lifecycle.h"
#include "runtime/outcome.h"
#include "runtime/repl.h"
#include "runtime/run_file.h"
#include "system/import.h"
#include "system/sys_state.h"

// -i, until the interactive loop begins.
static bool inspecting;

static Outcome failed(Thread *t) { return outcome_of_pending(t, inspecting); }

static Outcome out_of_memory(Thread *t) {
  raise_no_memory(t);
  return failed(t);
}

static Outcome finish_value(Thread *t, Value v) {
  if (v_is_null(v)) return failed(t);
  v_drop(t, v);
  return (Outcome){0};
}

static Outcome main_repl(Thread *t) {
  Value globals = main_dict(t);
  if (v_is_null(globals)) return failed(t);
  Outcome r = repl_run(t, globals);
  v_drop(t, globals);
  return r;
}

static bool stdin_is_interactive(void) { return isatty(0) || sys_config.interactive; }

// --- sys.path[0] ------------------------------------------------------------------------------------------------------------------------

static int insert_path(Thread *t, Value entry) {
  Value path = sys_get(t, N(path));
  if (v_is_null(path)) return error_pending(t) ? -1 : 0;
  int r = v_is_list(path) ? list_insert(t, v_list(path), 0, entry) : 0;
  v_drop(t, path);
  return r;
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

// The working folder for -m, "" for -c and standard input, else the script's folder. 0, or -1 with an exception.
static int insert_first_path(Thread *t) {
  const Config *c = &sys_config;
  char cwd[4096];
  if (c->safe_path) return 0;
  Value entry;
  if (c->command || (!c->module && !c->script)) entry = str_empty;
  else if (c->script) entry = script_directory(t, c->script);
  else if (getcwd(cwd, sizeof cwd)) entry = str_decode_fs(t, cwd, strlen(cwd));
  else return 0;
  int r = v_is_null(entry) ? -1 : insert_path(t, entry);
  v_drop(t, entry);
  return r;
}

// --- Kinds of program -------------------------------------------------------------------------------------------------------------------

static Outcome run_command(Thread *t) {
  const char *text = sys_config.command;
  Value argument = str_decode_fs(t, text, strlen(text)), r = V_NULL;
  if (v_is_null(argument) || insert_first_path(t) < 0 || sys_audit(t, "cpython.run_command", argument) < 0) return failed(t);
  if (!str_utf8(t, argument, NULL)) {
    fprintf(stderr, "Unable to decode the command from the command line:\n");
    return failed(t);
  }
  v_drop(t, argument);
  size_t n = strlen(text);
  char *source = malloc(n + 2);
  if (!source) return out_of_memory(t);
  Value filename = str_from_cstr(t, "<string>"), globals = v_is_null(filename) ? V_NULL : main_dict(t);
  if (!v_is_null(globals)) {
    memcpy(source, text, n);
    source[n] = '\n';
    source[n + 1] = '\0';
    r = run_text(t, source, n + 1, filename, globals, COMPILE_IGNORE_COOKIE);
  }
  v_drop(t, globals);
  v_drop(t, filename);
  free(source);
  return finish_value(t, r);
}

static Outcome run_module(Thread *t, const char *name, bool set_argv0) {
  if (set_argv0 && insert_first_path(t) < 0) return failed(t);
  Value runpy = import_module(t, "runpy"), f = V_NULL, r = V_NULL;
  if (v_is_null(runpy)) {
    fprintf(stderr, "Could not import runpy module\n");
    return failed(t);
  }
  f = object_getattr(t, runpy, N(_run_module_as_main));
  Value n = str_decode_fs(t, name, strlen(name));
  if (!v_is_null(f) && !v_is_null(n) && sys_audit(t, "cpython.run_module", n) == 0) r = object_call2(t, f, n, v_from_bool(set_argv0));
  v_drop(t, n);
  v_drop(t, f);
  v_drop(t, runpy);
  return finish_value(t, r);
}

// A folder or an archive with a __main__: put on sys.path and run as a package.
static Outcome run_container(Thread *t, const char *path) {
  Value entry = str_decode_fs(t, path, strlen(path));
  if (v_is_null(entry) || insert_path(t, entry) < 0) return failed(t);
  v_drop(t, entry);
  return run_module(t, "__main__", false);
}

// Where the first line ends: it is skipped, but counted.
static size_t skip_line(const char *data, size_t n) {
  const char *newline = memchr(data, '\n', n);
  return newline ? (size_t)(newline - data) : n;
}

static Outcome cannot_open(const char *script, int err) {
  fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", sys_config.orig_argv[0], script, err, strerror(err));
  return (Outcome){.status = 2};
}

// An archive ends with its directory's end record; anything may stand before the archive (a "#!" line).
static bool looks_like_zip(const char *data, size_t n) {
  enum { RECORD = 22, COMMENT_MAX = 65535 };
  if (n < RECORD) return false;
  size_t tail = n < RECORD + COMMENT_MAX ? n : RECORD + COMMENT_MAX;
  return memmem(data + n - tail, tail, "PK\5\6", 4) != NULL;
}

static Outcome run_file(Thread *t, const char *script) {
  struct stat st;
  int fd = open(script, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return cannot_open(script, errno);
  if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
    close(fd);
    return run_container(t, script);
  }
  size_t n;
  char *data = read_descriptor(fd, &n);
  int err = errno;
  close(fd);
  if (!data) return err == ENOMEM ? out_of_memory(t) : cannot_open(script, err);
  if (looks_like_zip(data, n)) {
    free(data);
    return run_container(t, script);
  }
  Value filename = str_decode_fs(t, script, strlen(script)), r = V_NULL;
  if (!v_is_null(filename) && insert_first_path(t) == 0 && sys_audit(t, "cpython.run_file", filename) == 0) {
    size_t skip = sys_config.skip_first_line ? skip_line(data, n) : 0;
    r = run_as_main(t, data + skip, n - skip, filename);
  }
  v_drop(t, filename);
  free(data);
  return finish_value(t, r);
}

static Outcome run_stdin(Thread *t) {
  if (insert_first_path(t) < 0 || sys_audit(t, "cpython.run_stdin", V_NULL) < 0) return failed(t);
  if (stdin_is_interactive()) {
    inspecting = false;
    repl_run_startup(t);
    repl_run_hook(t);
    return main_repl(t);
  }
  size_t n;
  char *data = read_descriptor(0, &n);
  if (!data && errno == ENOMEM) return out_of_memory(t);
  Value filename = str_from_cstr(t, "<stdin>");
  Value r = v_is_null(filename) ? V_NULL : run_as_main(t, data ? data : "", data ? n : 0, filename);   // what cannot be read is empty
  v_drop(t, filename);
  free(data);
  return finish_value(t, r);
}

static bool wants_inspection(void) {
  // The program may have set the variable.
  const char *v = sys_config.ignore_environment ? NULL : getenv("PYTHONINSPECT");
  return (inspecting || (v && *v)) && stdin_is_interactive();
}

int runtime_run_main(Thread *t) {
  const Config *c = &sys_config;
  bool has_program = c->command || c->module || c->script;
  inspecting = c->inspect;
  if (!c->quiet && (c->verbose || (!has_program && stdin_is_interactive()))) repl_print_banner(t);
  Outcome outcome = c->command ? run_command(t) : c->module ? run_module(t, c->module, true) : c->script ? run_file(t, c->script) : run_stdin(t);
  if (!outcome.wants_exit && wants_inspection()) {
    inspecting = false;
    repl_run_hook(t);
    outcome = main_repl(t);
  }
  int status = runtime_finish(t, outcome.status);
  if (outcome.interrupted) {
    // Die as a program without a handler would, so that the parent sees SIGINT.
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
  }
  return status;
}
