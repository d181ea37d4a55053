// input(): a line from the terminal, through the line editor where there is one, or from whatever sys.stdin is.
#include "modules/builtins.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "modules/line_input.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

static Value required_stream(Thread *t, Value name) {
  Value v = sys_get(t, name);
  if (v_is_null(v) && error_pending(t)) return V_NULL;
  if (v_is_null(v) || v_is_none(v)) return raise_error(t, &exc_RuntimeError, "input(): lost sys.%U", name);
  return v;
}

static void flush_quietly(Thread *t, Value stream) {
  Value flushed = object_call_method0(t, stream, N(flush));
  if (v_is_null(flushed)) error_clear(t);
  v_drop(t, flushed);
}

// Whether a stream is the process's descriptor fd, and a terminal. 0, 1; errors are nobody's business.
static bool stream_is_terminal(Thread *t, Value stream, int fd) {
  Value number = object_call_method0(t, stream, N(fileno));
  bool is_it = v_is_smi(number) && v_smi(number) == fd && isatty(fd);
  if (v_is_null(number)) error_clear(t);
  v_drop(t, number);
  return is_it;
}

// s encoded and decoded as a stream has it: text as UTF-8 in the line editor, in the terminal's encoding at the ends.
static Value stream_text(Thread *t, Value stream, Value (*convert)(Thread *t, Value v, const char *encoding, const char *errors),
                         Value v) {
  Value encoding = object_getattr(t, stream, N(encoding)), errors = v_is_null(encoding) ? V_NULL : object_getattr(t, stream, N(errors));
  const char *e = v_is_null(errors) ? NULL : str_utf8(t, encoding, NULL), *how = e ? str_utf8(t, errors, NULL) : NULL;
  Value r = how ? convert(t, v, e, how) : V_NULL;
  v_drop(t, encoding);
  v_drop(t, errors);
  return r;
}

// A line from the terminal: through the line editor where there is one. The prompt is its business, for it has to draw it anew.
static Value input_typed(Thread *t, Value in, Value out, Value prompt) {
  Value text = v_is_absent(prompt) ? v_own(t, str_empty) : object_str(t, prompt);
  Value shown = v_is_null(text) ? V_NULL : stream_text(t, out, str_encode, text);
  v_drop(t, text);
  if (v_is_null(shown)) return V_NULL;
  char *line = line_input_read(t, v_bytes(shown)->data);   // the prompt as far as a NUL in it, as 3.11 does
  v_drop(t, shown);
  if (!line) return V_NULL;
  size_t n = strlen(line);
  Value r;
  if (n == 0) {
    Value end = object_call0(t, v_from_obj(&exc_EOFError));   // without a text
    r = v_is_null(end) ? V_NULL : raise_object(t, end);
    v_drop(t, end);
  } else {
    Value bytes = bytes_from(t, line, line[n - 1] == '\n' ? n - 1 : n);
    r = v_is_null(bytes) ? V_NULL : stream_text(t, in, codec_decode_text, bytes);
    v_drop(t, bytes);
  }
  free(line);
  return r;
}

// A line from any other stream; the prompt goes through sys.stdout.
static Value input_read(Thread *t, Value in, Value out, Value prompt) {
  if (!v_is_absent(prompt)) {
    Value text = object_str(t, prompt);
    Value written = v_is_null(text) ? V_NULL : object_call_method1(t, out, N(write), text);
    v_drop(t, text);
    if (v_is_null(written)) return V_NULL;
    v_drop(t, written);
  }
  flush_quietly(t, out);
  Value line = object_call_method0(t, in, N(readline));
  if (v_is_null(line)) return V_NULL;
  if (!v_is_str(line)) {
    v_drop(t, line);
    return raise_type_error(t, "object.readline() returned non-string");
  }
  int64_t n = str_length(v_str(line));
  if (n && str_char(v_str(line), n - 1) != '\n') return line;
  Value r = n ? str_slice(t, line, 0, n - 1) : raise_error(t, &exc_EOFError, "EOF when reading a line");
  v_drop(t, line);
  return r;
}

Value builtins_input(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  (void)self, (void)nargs, (void)kwnames;
  if (sys_audit(t, "builtins.input", v_is_absent(args[0]) ? V_NONE : args[0]) < 0) return V_NULL;
  Value in = required_stream(t, N(stdin));
  if (v_is_null(in)) return V_NULL;
  Value out = required_stream(t, N(stdout)), err = v_is_null(out) ? V_NULL : required_stream(t, N(stderr));
  Value line = V_NULL;
  if (!v_is_null(err)) {
    flush_quietly(t, err);
    if (stream_is_terminal(t, in, STDIN_FILENO) && stream_is_terminal(t, out, STDOUT_FILENO)) {
      flush_quietly(t, out);
      line = input_typed(t, in, out, args[0]);
    } else {
      line = input_read(t, in, out, args[0]);
    }
  }
  v_drop(t, in);
  v_drop(t, out);
  v_drop(t, err);
  return line;
}
