// _io: open() and the module's table.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/io_types.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_origin.h"
#include "system/sys_state.h"

typedef struct Mode { bool creating, reading, writing, appending, updating, text, binary; char raw[6]; } Mode;

static int parse_mode(Thread *t, Value mode, Mode *m) {
  const Str *s = v_str(mode);
  memset(m, 0, sizeof *m);
  int n = 0;
  for (int64_t i = 0; i < str_length(s); i++) {
    uint32_t c = str_char(s, i);
    bool *flag = c == 'x' ? &m->creating : c == 'r' ? &m->reading : c == 'w' ? &m->writing : c == 'a' ? &m->appending
               : c == '+' ? &m->updating : c == 't' ? &m->text : c == 'b' ? &m->binary : NULL;
    if (!flag || *flag) {
      raise_value_error(t, "invalid mode: '%U'", mode);
      return -1;
    }
    *flag = true;
    if (c != 't' && c != 'b' && n < 4) m->raw[n++] = (char)c;
  }
  if (m->text && m->binary) {
    raise_value_error(t, "can't have text and binary mode at once");
    return -1;
  }
  if (m->creating + m->reading + m->writing + m->appending > 1) {
    raise_value_error(t, "must have exactly one of create/read/write/append mode");
    return -1;
  }
  return 0;
}

static int check_binary(Thread *t, const Mode *m, const Value *a) {
  static const char *const names[] = {"an encoding", "an errors", "a newline"};
  for (int i = 0; m->binary && i < 3; i++) {
    if (v_is_absent_or_none(a[3 + i])) continue;
    raise_value_error(t, "binary mode doesn't take %s argument", names[i]);
    return -1;
  }
  return 0;
}

static Value construct(Thread *t, Type *type, Value raw, int64_t size) {
  return object_call2(t, v_from_obj(type), raw, int_from_i64(t, size));
}

// open(file, mode, buffering, encoding, errors, newline, closefd, opener)
Value io_open(Thread *t, Value self, const Value *a, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  Value path = V_NULL, mode_text = v_is_absent(a[1]) ? str_from_cstr(t, "r") : v_own(t, a[1]), raw = V_NULL, buffer = V_NULL, result = V_NULL;
  Mode m;
  if (v_is_null(mode_text)) return mode_text;
  if (!v_is_str(mode_text)) {
    raise_type_error(t, "open() argument 'mode' must be str, not %K", mode_text);
    goto done;
  }
  int64_t buffering = v_is_absent(a[2]) ? -1 : number_as_int(t, a[2]);
  if (buffering == -1 && error_pending(t)) goto done;
  if (io_text_argument(t, "open", "encoding", a[3], false) < 0 || io_text_argument(t, "open", "errors", a[4], false) < 0 || io_text_argument(t, "open", "newline", a[5], false) < 0)
    goto done;
  if (v_is_int(a[0])) path = v_own(t, a[0]);
  else if (v_is_str(a[0]) || v_is_bytes(a[0])) path = v_own(t, a[0]);
  else {
    Value f;
    int r = object_lookup_special(t, a[0], N(__fspath__), &f);
    if (r < 0) goto done;
    if (r == 0) {
      // Numbers by __index__ are descriptors; everything else is refused as os.fspath refuses it.
      path = number_is_index(a[0]) ? number_index(t, a[0]) : raise_type_error(t, "expected str, bytes or os.PathLike object, not %U", type_bare_name(v_type(a[0])));
    } else {
      v_drop(t, f);
      path = fs_path(t, a[0]);
    }
    if (v_is_null(path)) goto done;
  }
  if (parse_mode(t, mode_text, &m) < 0 || check_binary(t, &m, a) < 0) goto done;
  if (m.binary && buffering == 1 &&
      warn(t, &exc_RuntimeWarning, 1, "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used") < 0)
    goto done;
  Value raw_mode = str_from_cstr(t, m.raw);
  if (v_is_null(raw_mode)) goto done;
  raw = object_call(t, v_from_obj(&type_fileio), (Value[]){path, raw_mode, v_is_absent(a[6]) ? V_TRUE : a[6], v_is_absent(a[7]) ? V_NONE : a[7]}, 4, V_NULL);
  v_drop(t, raw_mode);
  if (v_is_null(raw)) goto done;
  bool line_buffering = buffering == 1 && !m.binary;
  int isatty = buffering < 0 ? io_flag(t, raw, "isatty") : 0;
  if (isatty < 0) goto fail;
  if (isatty) {
    buffering = -1;
    line_buffering = true;
  }
  if (buffering == 1) buffering = -1;
  if (buffering < 0) buffering = ((FileIo *)v_obj(raw))->block_size;
  if (buffering == 0) {
    if (!m.binary) {
      raise_value_error(t, "can't have unbuffered text I/O");
      goto fail;
    }
    result = v_own(t, raw);
    goto done;
  }
  Type *kind = m.updating ? &type_bufferedrandom : m.creating || m.writing || m.appending ? &type_bufferedwriter : m.reading ? &type_bufferedreader : NULL;
  if (!kind) {
    raise_value_error(t, "unknown mode: '%U'", mode_text);
    goto fail;
  }
  buffer = construct(t, kind, raw, buffering);
  if (v_is_null(buffer)) goto fail;
  if (m.binary) {
    result = v_own(t, buffer);
    goto done;
  }
  Value args[] = {buffer, v_is_absent(a[3]) ? V_NONE : a[3], v_is_absent(a[4]) ? V_NONE : a[4], v_is_absent(a[5]) ? V_NONE : a[5], v_from_bool(line_buffering)};
  result = object_call(t, v_from_obj(&type_textiowrapper), args, 5, V_NULL);
  if (v_is_null(result)) goto fail;
  if (object_setattr(t, result, N(mode), mode_text) < 0) {
    v_clear(t, &result);
    goto fail;
  }
  goto done;
fail: {
  // Nobody else knows the file yet: close it and keep the first error.
  Value error = error_fetch(t);
  Value closed = io_call0(t, v_is_null(buffer) ? raw : buffer, "close");
  error_clear(t);
  v_drop(t, closed);
  error_restore(t, error);
}
done:
  v_drop(t, buffer);
  v_drop(t, raw);
  v_drop(t, path);
  v_drop(t, mode_text);
  return result;
}

Value io_text_encoding(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  int level = v_is_absent(args[1]) ? 2 : number_as_int(t, args[1]);
  if (level == -1 && error_pending(t)) return V_NULL;
  if (!v_is_none(args[0])) return v_own(t, args[0]);
  if (sys_config.warn_default_encoding) {
    if (warn(t, &exc_EncodingWarning, level, "'encoding' argument not specified") < 0) return V_NULL;
  }
  return sys_config.utf8_mode ? str_intern_cstr(t, "utf-8") : N(locale);
}

static Value io_open_code(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)nargs, (void)kwnames;
  if (!v_is_str(args[0])) return raise_type_error(t, "open_code() argument 'path' must be str, not %K", args[0]);
  Value mode = N(rb);
  Value a[] = {args[0], mode, V_ABSENT, V_ABSENT, V_ABSENT, V_ABSENT, V_ABSENT, V_ABSENT};
  return io_open(t, self, a, 8, V_NULL);
}

static const NativeDef functions[] = {
    {"open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)", io_open,
     "Opens a file and returns the stream object for it.", 0},
    {"open_code(path)", io_open_code, "Opens a file whose content is going to be run as code.", 0},
    {"text_encoding(encoding, stacklevel=2, /)", io_text_encoding, "The encoding to use where the caller gave this one, or None.", 0},
    {0},
};

static int io_exec(Thread *t, Value m) {
  if (!io_base_init(t) || !fileio_init(t) || !bytesio_init(t) || !stringio_init(t) || !buffered_init(t) || !newlines_init(t) || !textio_init(t)) return -1;
  Value bases = tuple_pack(t, 2, v_from_obj(&exc_OSError), v_from_obj(&exc_ValueError)), dict = dict_new(t);
  Value name = str_from_cstr(t, "UnsupportedOperation"), module = str_from_cstr(t, "io"), cls = V_NULL;
  if (!v_is_null(bases) && !v_is_null(dict) && !v_is_null(name) && !v_is_null(module) && dict_set(t, v_dict(dict), N(__module__), module) == 0)
    cls = type_new_class(t, &type_type, name, bases, dict, NULL, V_NULL);
  v_drop(t, bases);
  v_drop(t, dict);
  v_drop(t, name);
  v_drop(t, module);
  if (v_is_null(cls)) return -1;
  object_make_immortal(v_obj(cls));
  io_unsupported_operation = v_as_type(cls);
  static Type *const types[] = {&type_iobase, &type_rawiobase, &type_bufferediobase, &type_textiobase, &type_fileio, &type_bytesio, &type_stringio,
                                &type_bufferedreader, &type_bufferedwriter, &type_bufferedrandom, &type_bufferedrwpair, &type_textiowrapper, &type_newlinedecoder};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (module_add_type(t, m, types[i]) < 0) return -1;
  return module_add(t, m, "UnsupportedOperation", v_steal_obj(v_obj(cls))) < 0 || module_add(t, m, "BlockingIOError", v_own_obj(t, &exc_BlockingIOError)) < 0 ||
                 module_add_int(t, m, "DEFAULT_BUFFER_SIZE", IO_BUFFER_SIZE) < 0
             ? -1
             : 0;
}

const ModuleDef module__io = {.name = "_io", .doc = "Streams: files, buffers in memory and text upon them.", .functions = functions, .exec = io_exec, .functions_module = "io"};
