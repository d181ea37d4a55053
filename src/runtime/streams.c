// The three standard streams, made of the io module's classes.
#include "runtime/streams.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/sys_state.h"
#include "vm/vm.h"

static bool fd_is_open(int fd) {
  struct stat st;
  return fstat(fd, &st) == 0;
}

static Value make_wrapper(Thread *t, Value wrapper, Value buffer, const char *encoding, const char *errors, bool writing, bool line_buffering,
                          bool write_through) {
  Value kwnames = tuple_pack(t, 5, N(encoding), N(errors), N(newline), N(line_buffering), N(write_through)), r = V_NULL;
  Value a[] = {buffer, str_from_cstr(t, encoding), str_from_cstr(t, errors), writing ? str_from_char(t, '\n') : V_NONE,
               v_from_bool(line_buffering), v_from_bool(write_through)};
  if (!v_is_null(kwnames) && !v_is_null(a[1]) && !v_is_null(a[2]) && !v_is_null(a[3])) r = object_call(t, wrapper, a, 1, kwnames);
  for (int i = 1; i < 4; i++) v_drop(t, a[i]);
  v_drop(t, kwnames);
  return r;
}

// PYTHONIOENCODING=encoding:errors; either part may be missing.
static void environment_encoding(char *encoding, char *errors, size_t size) {
  const char *v = sys_config.ignore_environment ? NULL : getenv("PYTHONIOENCODING");
  if (!v || !*v) return;
  size_t n = strcspn(v, ":");
  if (n && n < size) {
    memcpy(encoding, v, n);
    encoding[n] = '\0';
  }
  if (v[n] == ':' && v[n + 1] && strlen(v + n + 1) < size) strcpy(errors, v + n + 1);
  else if (n && !v[n]) strcpy(errors, "strict");
}

// The C locale and what it is coerced to (PEP 538) say nothing about the bytes of the outside world.
static bool locale_is_c(void) {
  const char *v = config_locale();
  return strcmp(v, "C") == 0 || strcmp(v, "POSIX") == 0 || strcmp(v, "C.UTF-8") == 0 || strcmp(v, "C.utf8") == 0 || strcmp(v, "UTF-8") == 0;
}

static Value make_stream(Thread *t, Value io, int fd, const char *name, bool writing, const char *encoding, const char *errors) {
  if (!fd_is_open(fd)) return V_NONE;
  Value open = object_getattr(t, io, N(open)), raw = V_NULL, buffer = V_NULL, text = V_NULL;
  if (v_is_null(open)) return V_NULL;
  bool unbuffered = sys_config.unbuffered && writing;
  Value args[] = {v_from_smi(fd), writing ? N(wb) : N(rb), v_from_smi(unbuffered ? 0 : -1), V_NONE, V_NONE, V_NONE, V_FALSE};
  buffer = object_call(t, open, args, 7, V_NULL);
  v_drop(t, open);
  if (v_is_null(buffer)) return V_NULL;
  raw = unbuffered ? v_own(t, buffer) : object_getattr(t, buffer, N(raw));
  Value display = str_from_cstr(t, name);
  if (v_is_null(raw) || v_is_null(display) || object_setattr(t, raw, N(name), display) < 0) goto done;
  Value isatty = object_call_method0(t, raw, N(isatty));
  if (v_is_null(isatty)) goto done;
  bool interactive = v_is(isatty, V_TRUE) || sys_config.interactive;
  Value wrapper = object_getattr(t, io, N(TextIOWrapper));
  if (!v_is_null(wrapper)) {
    bool line_buffering = writing && !unbuffered && (interactive || fd == 2);
    text = make_wrapper(t, wrapper, buffer, encoding, errors, writing, line_buffering, unbuffered);
  }
  v_drop(t, wrapper);
  if (!v_is_null(text) && object_setattr(t, text, N(mode), writing ? N(w) : N(r)) < 0) v_clear(t, &text);
done:
  v_drop(t, display);
  v_drop(t, raw);
  v_drop(t, buffer);
  return text;
}

static int install(Thread *t, Value io, int fd, Value name, Value dunder, const char *encoding, const char *errors) {
  static const char *const shown[] = {"<stdin>", "<stdout>", "<stderr>"};
  Value stream = make_stream(t, io, fd, shown[fd], fd != 0, encoding, errors);
  if (v_is_null(stream)) return -1;
  int r = sys_set(t, name, stream);
  if (r == 0) r = sys_set(t, dunder, stream);
  v_drop(t, stream);
  return r;
}

bool streams_init(Thread *t) {
  struct stat st;
  if (fstat(0, &st) == 0 && S_ISDIR(st.st_mode)) {
    static const char message[] = "Fatal Python error: init_sys_streams: <stdin> is a directory, cannot continue\n"
                                  "Python runtime state: core initialized\n";
    if (write(2, message, sizeof message - 1) < 0) return false;
    exit(1);
  }
  Value io = import_module(t, "io");
  if (v_is_null(io)) return false;
  Value open = object_getattr(t, io, N(open));
  if (v_is_null(open) || dict_set_cstr(t, v_dict(vm_builtins_dict), "open", open) < 0) return false;
  v_drop(t, open);
  char encoding[64] = "utf-8", errors[64] = "";
  environment_encoding(encoding, errors, sizeof encoding);
  // The C locale can't say what bytes mean: keep them.
  const char *std_errors = *errors ? errors : locale_is_c() ? "surrogateescape" : "strict";
  bool ok = install(t, io, 0, N(stdin), N(__stdin__), encoding, std_errors) == 0 &&
            install(t, io, 1, N(stdout), N(__stdout__), encoding, std_errors) == 0 &&
            install(t, io, 2, N(stderr), N(__stderr__), encoding, "backslashreplace") == 0;
  v_drop(t, io);
  return ok;
}

static bool flush(Thread *t, Value name, bool report) {
  Value stream = sys_get(t, name);
  error_clear(t);
  if (v_is_null(stream) || v_is_none(stream)) return true;
  Value closed;
  int r = object_lookup_attr(t, stream, N(closed), &closed);
  if (r > 0) {
    r = object_is_true(t, closed);
    v_drop(t, closed);
  }
  error_clear(t);
  bool ok = true;
  if (r == 0 || r < 0) {
    Value done = object_call_method0(t, stream, N(flush));
    if (v_is_null(done)) {
      ok = false;
      if (report) error_write_unraisable(t, NULL, stream);
      error_clear(t);
    }
    v_drop(t, done);
  }
  v_drop(t, stream);
  return ok;
}

bool streams_flush(Thread *t, bool report) {
  bool out = flush(t, N(stdout), report), err = flush(t, N(stderr), false);
  return out && err;
}

static void hold(Thread *t, Value name, IoHold *h) {
  Value stream = sys_get(t, name);
  error_clear(t);
  io_hold(t, v_is_null(stream) ? V_NONE : stream, h);
  v_drop(t, stream);
}

StreamsHeld streams_hold(Thread *t) {
  StreamsHeld h;
  hold(t, N(stdout), &h.out);
  hold(t, N(stderr), &h.err);
  return h;
}

void streams_release(Thread *t, StreamsHeld *h) {
  io_release(t, &h->err);
  io_release(t, &h->out);
}
