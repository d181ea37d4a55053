// A line of a source file, for tracebacks.
#include "system/source_line.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "objects/bytes.h"
#include "objects/error_state.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "system/sys_state.h"

static FILE *open_path(Thread *t, Value path) {
  Value keep;
  const char *p = fs_path_bytes(t, path, &keep);
  FILE *f = p ? fopen(p, "re") : NULL;
  v_drop(t, keep);
  error_clear(t);
  return f;
}

// A moved library is found again by the file's base name.
static FILE *search_path(Thread *t, Value filename) {
  const Str *s = v_str(filename);
  int64_t at = str_length(s);
  while (at > 0 && str_char(s, at - 1) != '/') at--;
  Value tail = str_slice(t, filename, at, str_length(s)), dirs = sys_get(t, N(path));
  FILE *f = NULL;
  for (int64_t i = 0; !v_is_null(dirs) && v_is_list(dirs) && !f && i < list_length(v_list(dirs)); i++) {
    Value dir = list_get(t, v_list(dirs), i);
    if (!v_is_null(dir) && v_is_str(dir)) {
      Value path = str_length(v_str(dir)) ? str_from_format(t, "%U/%U", dir, tail) : v_own(t, tail);
      if (!v_is_null(path)) f = open_path(t, path);
      v_drop(t, path);
    }
    v_drop(t, dir);
  }
  v_drop(t, dirs);
  v_drop(t, tail);
  error_clear(t);
  return f;
}

static a32 ended;
void source_lines_end(void) { a32_store_rel(&ended, 1); }

Value source_line(Thread *t, Value filename, int lineno) {
  if (a32_load_acq(&ended) || !v_is_str(filename) || lineno < 1 || str_length(v_str(filename)) == 0) return V_NULL;
  if (str_char(v_str(filename), 0) == '<' && str_char(v_str(filename), str_length(v_str(filename)) - 1) == '>') return V_NULL;
  FILE *f = open_path(t, filename);
  if (!f) f = search_path(t, filename);
  if (!f) return V_NULL;
  char *line = NULL;
  size_t capacity = 0;
  ssize_t n = -1;
  for (int i = 0; i < lineno && (n = getline(&line, &capacity, f)) >= 0; i++) {
  }
  Value r = V_NULL;
  if (n >= 0) {
    while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
    size_t skip = lineno == 1 && n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    r = str_from_utf8(t, line + skip, (size_t)n - skip);
    if (v_is_null(r)) {
      // A file in a declared encoding other than UTF-8: Latin-1 keeps the columns right.
      error_clear(t);
      r = str_from_latin1(t, line + skip, (size_t)n - skip);
    }
  }
  free(line);
  fclose(f);
  error_clear(t);
  return r;
}
