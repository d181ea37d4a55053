// Warnings of the fast parser: held back, because a refused text is read again by the diagnosing parser, which gives them then.
#include "front/parser_internal.h"

#include <stdlib.h>
#include <string.h>

static FrontWarnResult warning_hold(void *context, FrontWarningKind kind, const char *message, int lineno) {
  Parser *p = context;
  if (p->warning_count == p->warning_capacity) {
    size_t capacity = p->warning_capacity ? p->warning_capacity * 2 : 8;
    ParserWarning *warnings = realloc(p->warnings, capacity * sizeof *warnings);
    if (!warnings) {
      p->no_memory = true;
      return FRONT_WARN_DONE;
    }
    p->warnings = warnings;
    p->warning_capacity = capacity;
  }
  const char *copy = arena_copy(p->arena, message, strlen(message));
  if (copy) p->warnings[p->warning_count++] = (ParserWarning){kind, lineno, copy};
  else p->no_memory = true;
  return FRONT_WARN_DONE;
}

void parser_warnings_hold(Parser *p) {
  if (!p->lexer.warn) return;
  p->lexer.warn = warning_hold;
  p->lexer.warn_context = p;
}

// For the second reading: the warnings that have been delivered already, then the one that is an error, then new ones.
typedef struct Replay {
  size_t delivered;
  bool past_error;
  FrontWarnFn warn;
  void *warn_context;
} Replay;

static FrontWarnResult warning_replay(void *context, FrontWarningKind kind, const char *message, int lineno) {
  Replay *replay = context;
  if (replay->past_error) return replay->warn(replay->warn_context, kind, message, lineno);
  if (replay->delivered-- > 0) return FRONT_WARN_DONE;
  replay->past_error = true;
  return FRONT_WARN_IS_ERROR;
}

bool parser_warnings_deliver(Parser *p, FrontWarnFn warn, void *warn_context) {
  for (size_t i = 0; warn && i < p->warning_count; i++) {
    const ParserWarning *w = &p->warnings[i];
    Replay replay = {.delivered = i, .warn = warn, .warn_context = warn_context};
    switch (warn(warn_context, w->kind, w->message, w->lineno)) {
      case FRONT_WARN_DONE: continue;
      case FRONT_WARN_RAISED: return front_error_set(p->err, FRONT_RAISED, "warning raised an exception");
      case FRONT_WARN_IS_ERROR:
        // Reading the text again leads to the place of the warning, and so of the error.
        parser_diagnose(p, warning_replay, &replay);
        return p->err->kind == FRONT_OK && !p->no_memory ? front_error_set(p->err, FRONT_SYNTAX_ERROR, "%s", w->message) : false;
    }
  }
  return true;
}
