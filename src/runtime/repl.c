// The interactive loop.
//
// A statement is compiled from the lines typed so far, again with each further line, until the parser has what it needs: it asks for another
// line only where it would have to look at it, so a prompt appears exactly when a line is wanted. Lines are read from file descriptor 0 byte by
// byte: what a statement does not use is left for the program, whose input() reads the same descriptor.
#include "runtime/repl.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "code/code.h"
#include "front/compile_source.h"
#include "modules/line_input.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "runtime/run_file.h"
#include "system/sys_state.h"
#include "vm/vm.h"

// --- Lines ----------------------------------------------------------------------------------------------------------------------------

typedef struct Typed {
  char *text;         // malloc'd, the lines of the statement so far
  size_t used, capacity;
  bool at_end;        // the input is over
} Typed;

static int typed_add(Thread *t, Typed *typed, char c) {
  if (typed->used + 1 >= typed->capacity) {
    size_t capacity = typed->capacity ? typed->capacity * 2 : 256;
    char *text = realloc(typed->text, capacity);
    if (!text) {
      raise_no_memory(t);
      return -1;
    }
    typed->text = text;
    typed->capacity = capacity;
  }
  typed->text[typed->used++] = c;
  typed->text[typed->used] = '\0';
  return 0;
}

// The next byte; -1 at the end of the input, -2 with an exception.
static int read_byte(Thread *t) {
  for (;;) {
    unsigned char c;
    ssize_t got;
    int err;
    ALLOW_THREADS_BEGIN(t)
    got = read(0, &c, 1);
    err = errno;
    ALLOW_THREADS_END
    if (got == 1) return c;
    if (got == 0 || err != EINTR) return -1;
    if (safepoint(t) < 0) return -2;
  }
}

// Makes the line that begins at `from` UTF-8, if the user's terminal says that it is something else.
static int typed_recode(Thread *t, Typed *typed, size_t from) {
  Value stream = sys_get(t, N(stdin)), encoding = v_is_null(stream) ? V_NULL : object_getattr(t, stream, N(encoding));
  const char *name = !v_is_null(encoding) && v_is_str(encoding) ? str_utf8(t, encoding, NULL) : NULL;
  error_clear(t);
  int r = 0;
  if (name && strcasecmp(name, "utf-8") != 0) {
    Value line = str_decode(t, typed->text + from, typed->used - from, name, "strict");
    size_t n;
    const char *utf8 = v_is_null(line) ? NULL : str_utf8(t, line, &n);
    r = utf8 ? 0 : -1;
    typed->used = from;
    for (size_t i = 0; r == 0 && i < n; i++) r = typed_add(t, typed, utf8[i]);
    v_drop(t, line);
  }
  v_drop(t, encoding);
  v_drop(t, stream);
  return r;
}

// Adds a line of a pipe or a file. -1 with an exception.
static int add_piped_line(Thread *t, Typed *typed, const char *prompt) {
  fputs(prompt, stderr);
  fflush(stderr);
  int c;
  bool cut = false;
  while ((c = read_byte(t)) >= 0) {
    cut |= c == 0;
    if (!cut && typed_add(t, typed, (char)c) < 0) return -1;
    if (c == '\n') break;
  }
  return c == -2 ? -1 : 0;
}

// Adds a line typed at the terminal, through the line editor if readline is there. -1 with an exception.
static int add_typed_line(Thread *t, Typed *typed, const char *prompt) {
  char *line = line_input_read(t, prompt);
  if (!line) {
    if (error_matches(t, &exc_KeyboardInterrupt)) fputc('\n', stderr);
    return -1;
  }
  int r = 0;
  for (const char *p = line; *p && r == 0; p++) r = typed_add(t, typed, *p);
  free(line);
  return r;
}

// Adds a line. A 0 byte ends it, as the end of a C string; a line that begins with one is the end of the input. 0, or -1 with an exception.
static int typed_read_line(Thread *t, Typed *typed, Value prompt) {
  const char *text = v_is_null(prompt) ? "" : str_utf8(t, prompt, NULL);
  error_clear(t);
  size_t from = typed->used;
  bool terminal = isatty(0) && isatty(1);
  if ((terminal ? add_typed_line : add_piped_line)(t, typed, text ? text : "") < 0) return -1;
  size_t n = typed->used;
  if (n >= from + 2 && typed->text[n - 1] == '\n' && typed->text[n - 2] == '\r') {
    typed->text[n - 2] = '\n';
    typed->text[--typed->used] = '\0';
  }
  if (n > from) return typed_recode(t, typed, from);
  typed->at_end = true;
  fputc('\n', stderr);
  return 0;
}

// --- Prompts --------------------------------------------------------------------------------------------------------------------------

static void set_default_prompt(Thread *t, Value name, const char *text) {
  Value old = sys_get(t, name), v = v_is_null(old) ? str_from_cstr(t, text) : V_NULL;
  if (!v_is_null(v)) sys_set(t, name, v);
  v_drop(t, v);
  v_drop(t, old);
  error_clear(t);
}

// str(sys.ps1), owned; V_NULL, without an exception: none.
static Value prompt_text(Thread *t, Value name) {
  Value v = sys_get(t, name), text = v_is_null(v) ? V_NULL : object_str(t, v);
  error_clear(t);
  v_drop(t, v);
  return text;
}

static void flush_streams(Thread *t) {
  const Value names[] = {N(stderr), N(stdout)};
  Value pending = error_fetch(t);
  for (int i = 0; i < 2; i++) {
    Value stream = sys_get(t, names[i]);
    if (!v_is_null(stream)) v_drop(t, object_call_method0(t, stream, N(flush)));
    error_clear(t);
    v_drop(t, stream);
  }
  if (!v_is_null(pending)) error_restore(t, pending);
}

// --- The loop -------------------------------------------------------------------------------------------------------------------------

// Reads a statement and compiles it: its code, owned. V_NULL without an exception: the input is over.
static Value read_statement(Thread *t, Value filename, int flags) {
  Typed typed = {0};
  Value first = prompt_text(t, N(ps1)), further = prompt_text(t, N(ps2)), code = V_NULL;
  bool more = true;
  while (more) {
    if (typed_read_line(t, &typed, typed.used ? further : first) < 0 || (typed.at_end && typed.used == 0)) break;
    if (!typed.at_end && typed.text[typed.used - 1] != '\n') continue;   // the line may go on
    code = compile_interactive(t, typed.text, typed.used, filename, flags, typed.at_end, &more);
  }
  free(typed.text);
  v_drop(t, first);
  v_drop(t, further);
  return code;
}

static void run_code(Thread *t, Value code, Value globals) {
  if (sys_audit(t, "exec", code) == 0) v_drop(t, vm_eval_code(t, code, globals, globals));
  v_drop(t, code);
}

Outcome repl_run(Thread *t, Value globals) {
  Outcome outcome = {0};
  Value filename = str_from_cstr(t, "<stdin>");
  int flags = 0;
  set_default_prompt(t, N(ps1), ">>> ");
  set_default_prompt(t, N(ps2), "... ");
  while (!v_is_null(filename) && !outcome.wants_exit) {
    Value code = read_statement(t, filename, flags);
    if (v_is_null(code) && !error_pending(t)) break;
    if (!v_is_null(code)) {
      outcome.interrupted = false;
      flags |= v_code(code)->flags & COMPILE_FUTURE_MASK;   // `from __future__ import` holds for what follows
      run_code(t, code, globals);
    }
    if (error_pending(t)) outcome = outcome_of_pending(t, false);
    flush_streams(t);
  }
  if (!outcome.wants_exit) outcome.status = 0;
  v_drop(t, filename);
  return outcome;
}

// --- Before it ------------------------------------------------------------------------------------------------------------------------

void repl_print_banner(Thread *t) {
  Value version = sys_get(t, N(version));
  const char *text = !v_is_null(version) && v_is_str(version) ? str_utf8(t, version, NULL) : "";
  fprintf(stderr, "Python %s on linux\n", text);
  v_drop(t, version);
  if (!sys_config.no_site) fprintf(stderr, "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
}

void repl_run_startup(Thread *t) {
  const char *path = sys_config.ignore_environment ? NULL : getenv("PYTHONSTARTUP");
  if (path && *path) run_startup_file(t, path);
}

void repl_run_hook(Thread *t) {
  Value hook = sys_get(t, N(__interactivehook__)), r = V_NULL;
  if (v_is_null(hook)) return;
  if (sys_audit(t, "cpython.run_interactivehook", hook) == 0) r = object_call(t, hook, NULL, 0, V_NULL);
  v_drop(t, hook);
  if (v_is_null(r)) {
    fprintf(stderr, "Failed calling sys.__interactivehook__\n");
    outcome_of_pending(t, true);
  }
  v_drop(t, r);
}
