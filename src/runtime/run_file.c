// Files as programs.
#include "runtime/run_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "code/code.h"
#include "code/marshal.h"
#include "front/compile_source.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "runtime/outcome.h"
#include "system/bytecode_cache.h"
#include "system/sys_state.h"
#include "vm/vm.h"

Value main_dict(Thread *t) {
  Value modules = sys_modules(t), m = V_NULL;
  if (!v_is_null(modules) && dict_get(t, v_dict(modules), N(__main__), &m) == 0) raise_system_error(t, "no __main__ module");
  v_drop(t, modules);
  Value d = v_is_null(m) ? V_NULL : v_own(t, module_dict(m));
  v_drop(t, m);
  return d;
}

char *read_descriptor(int fd, size_t *n) {
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

static Value run_code(Thread *t, Value code, Value globals) {
  return sys_audit(t, "exec", code) == 0 ? vm_eval_code(t, code, globals, globals) : V_NULL;
}

Value run_text(Thread *t, const char *source, size_t n, Value filename, Value globals, int flags) {
  Value code = compile_source(t, source, n, filename, 0, flags, sys_config.optimize);
  Value r = v_is_null(code) ? V_NULL : run_code(t, code, globals);
  v_drop(t, code);
  return r;
}

static Value run_compiled(Thread *t, const char *data, size_t n, Value globals) {
  if (!bytecode_is_ours(data, n)) return raise_error(t, &exc_RuntimeError, "Bad magic number in .pyc file");
  Value code = marshal_loads(t, data + BYTECODE_HEADER, n - BYTECODE_HEADER);
  if (v_is_null(code)) return V_NULL;
  Value r = v_is_exact(code, SHAPE_CODE) ? run_code(t, code, globals) : raise_error(t, &exc_RuntimeError, "Bad code object in .pyc file");
  v_drop(t, code);
  return r;
}

// __main__'s loader, as importlib would set it.
static int set_loader(Thread *t, Dict *globals, Value filename, const char *class_name) {
  Value external = V_NULL, modules = sys_modules(t), loader = V_NULL;
  if (!v_is_null(modules) && dict_get_cstr(t, v_dict(modules), "_frozen_importlib_external", &external) > 0) {
    Value key = str_intern_cstr(t, class_name), cls = v_is_null(key) ? V_NULL : object_getattr(t, external, key);
    if (!v_is_null(cls)) loader = object_call2(t, cls, N(__main__), filename);
    v_drop(t, cls);
  }
  v_drop(t, external);
  v_drop(t, modules);
  int r = v_is_null(loader) ? -1 : dict_set(t, globals, N(__loader__), loader);
  v_drop(t, loader);
  return r;
}

static bool ends_in(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

Value run_as_main(Thread *t, const char *data, size_t n, Value filename) {
  Value globals = main_dict(t), r = V_NULL;
  if (v_is_null(globals)) return V_NULL;
  const char *name = str_utf8(t, filename, NULL);
  error_clear(t);
  Dict *d = v_dict(globals);
  bool set_file = dict_contains(t, d, N(__file__)) == 0;
  if (set_file && (dict_set(t, d, N(__file__), filename) < 0 || dict_set(t, d, N(__cached__), V_NONE) < 0)) {
    v_drop(t, globals);
    return V_NULL;
  }
  bool compiled = (name && ends_in(name, ".pyc")) || bytecode_is_ours(data, n);
  bool is_stdin = name && strcmp(name, "<stdin>") == 0;
  if (is_stdin || set_loader(t, d, filename, compiled ? "SourcelessFileLoader" : "SourceFileLoader") == 0)
    r = compiled ? run_compiled(t, data, n, globals) : run_text(t, data, n, filename, globals, COMPILE_FILE_INPUT);
  if (set_file) {
    Value pending = error_fetch(t);
    if (dict_delete(t, d, N(__file__)) < 0) error_clear(t);
    if (dict_delete(t, d, N(__cached__)) < 0) error_clear(t);
    if (!v_is_null(pending)) error_restore(t, pending);
  }
  v_drop(t, globals);
  return r;
}

void run_startup_file(Thread *t, const char *path) {
  Value filename = str_decode_fs(t, path, strlen(path)), r = V_NULL;
  int fd = v_is_null(filename) || sys_audit(t, "cpython.run_startup", filename) < 0 ? -2 : open(path, O_RDONLY | O_CLOEXEC);
  size_t n;
  char *data = fd < 0 ? NULL : read_descriptor(fd, &n);
  int err = errno;
  if (fd >= 0) close(fd);
  if (data) r = run_as_main(t, data, n, filename);
  else if (fd != -2) {
    fprintf(stderr, "Could not open PYTHONSTARTUP\n");
    raise_errno(t, err, filename, V_NULL);
  }
  if (v_is_null(r)) outcome_of_pending(t, true);
  v_drop(t, r);
  v_drop(t, filename);
  free(data);
}
