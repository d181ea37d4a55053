// What the front end asks of the runtime.
#include "runtime/front_hooks.h"

#include <stdlib.h>
#include <string.h>

#include "front/compile.h"
#include "front/compile_source.h"
#include "front/encoding.h"
#include "front/parser.h"
#include "objects/codecs.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/unicode.h"
#include "system/config.h"
#include "threading/thread.h"
#include "vm/vm.h"

// The text of the pending exception, malloc'd; clears it. NULL: no memory.
static char *take_message(Thread *t) {
  Value exc = error_fetch(t), text = object_str(t, exc);
  const char *s = v_is_null(text) ? NULL : str_utf8(t, text, NULL);
  char *copy = strdup(s ? s : "decoding error");
  error_clear(t);
  v_drop(t, text);
  v_drop(t, exc);
  return copy;
}

// Through the codec registry, as for any text file. Runs Python code (the codec's).
static bool decode_source(const char *encoding, const char *bytes, size_t n, char **utf8, size_t *utf8_n, char **message) {
  Thread *t = thread_current();
  *message = NULL;
  Value text = str_decode(t, bytes, n, encoding, "strict");
  const char *s = v_is_null(text) ? NULL : str_utf8(t, text, utf8_n);
  if (s) {
    *utf8 = malloc(*utf8_n + 1);
    if (*utf8) memcpy(*utf8, s, *utf8_n + 1);
    else raise_no_memory(t);
  } else if (error_matches(t, &exc_LookupError) || error_matches(t, &exc_UnicodeError)) {
    *message = take_message(t);
  }
  v_drop(t, text);
  return s && *utf8;
}

void front_hooks_install(void) {
  compile_recursion_limit = vm_recursion_limit;
  compile_default_optimize = sys_config.optimize;
  front_decode_hook = decode_source;
  front_character_name_hook = unicode_by_name;
}
