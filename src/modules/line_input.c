// One line typed at the terminal: the plain way, without editing beyond the terminal's own.
#include "modules/line_input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "objects/error.h"

char *(*line_input_editor)(Thread *t, const char *prompt);

static bool show_prompt(Thread *t, const char *prompt) {
  for (size_t n = strlen(prompt); n;) {
    ssize_t written;
    ALLOW_THREADS_BEGIN(t);
    written = write(STDERR_FILENO, prompt, n);
    ALLOW_THREADS_END;
    if (written < 0 && errno != EINTR) return true;   // nobody sees it, and that is no error
    if (written < 0) {
      if (safepoint(t) < 0) return false;
      continue;
    }
    prompt += written;
    n -= (size_t)written;
  }
  return true;
}

// A terminal hands out one line a read, a long one in pieces.
static char *read_line(Thread *t) {
  size_t used = 0, capacity = 1024;
  char *line = malloc(capacity);
  while (line) {
    ssize_t n;
    ALLOW_THREADS_BEGIN(t);
    n = read(STDIN_FILENO, line + used, capacity - used - 1);
    ALLOW_THREADS_END;
    if (n < 0 && errno == EINTR) {
      if (safepoint(t) == 0) continue;
      free(line);
      return NULL;
    }
    if (n < 0) {
      raise_errno(t, errno, V_NULL, V_NULL);
      free(line);
      return NULL;
    }
    used += (size_t)n;
    line[used] = 0;
    if (n == 0 || line[used - 1] == '\n') return line;
    if (used + 1 == capacity) {
      char *longer = realloc(line, capacity *= 2);
      if (!longer) free(line);
      line = longer;
    }
  }
  raise_no_memory(t);
  return NULL;
}

char *line_input_read(Thread *t, const char *prompt) {
  if (line_input_editor) return line_input_editor(t, prompt);
  return show_prompt(t, prompt) ? read_line(t) : NULL;
}
