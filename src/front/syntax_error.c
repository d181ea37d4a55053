// Building and freeing the front end's error record.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "front/syntax_error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void front_error_clear(FrontError *err) {
  free(err->message);
  free(err->text);
  *err = FRONT_ERROR_INIT;
}

bool front_error_vset(FrontError *err, FrontErrorKind kind, const char *format, va_list args) {
  if (err->kind != FRONT_OK) return false;
  err->kind = kind;
  if (vasprintf(&err->message, format, args) < 0) {
    err->message = NULL;
    err->kind = FRONT_MEMORY_ERROR;
  }
  return false;
}

bool front_error_set(FrontError *err, FrontErrorKind kind, const char *format, ...) {
  va_list args;
  va_start(args, format);
  front_error_vset(err, kind, format, args);
  va_end(args);
  return false;
}

void front_error_place(FrontError *err, int lineno, int offset, int end_lineno, int end_offset, const char *text, size_t len) {
  err->has_location = true;
  err->has_end = true;
  err->lineno = lineno;
  err->offset = offset;
  err->end_lineno = end_lineno;
  err->end_offset = end_offset;
  free(err->text);
  err->text = text ? strndup(text, len) : NULL;
  if (text && !err->text) err->kind = FRONT_MEMORY_ERROR;
}

size_t front_source_line(const FrontSource *source, int lineno, const char **line) {
  *line = NULL;
  if (!source || !source->text || lineno < 1) return 0;
  const char *p = source->text, *end = source->text + source->len;
  for (int i = 1; i < lineno; i++) {
    p = memchr(p, '\n', end - p);
    if (!p) return 0;
    p++;
  }
  const char *newline = memchr(p, '\n', end - p);
  *line = p;
  return (newline ? newline + 1 : end) - p;
}

bool front_error_vset_at(FrontError *err, FrontErrorKind kind, const FrontSource *source, AstPos pos, const char *format, va_list args) {
  if (err->kind != FRONT_OK) return false;
  front_error_vset(err, kind, format, args);
  if (err->kind != kind) return false;
  const char *line;
  size_t len = front_source_line(source, pos.lineno, &line);
  front_error_place(err, pos.lineno, pos.col_offset + 1, pos.end_lineno, pos.end_col_offset + 1, line, len);
  return false;
}

bool front_error_set_at(FrontError *err, FrontErrorKind kind, const FrontSource *source, AstPos pos, const char *format, ...) {
  va_list args;
  va_start(args, format);
  bool first = err->kind == FRONT_OK;
  front_error_vset_at(err, kind, source, pos, format, args);
  va_end(args);
  if (first) err->bare = true;
  return false;
}

const char *front_error_kind_name(FrontErrorKind kind) {
  switch (kind) {
    case FRONT_OK: return "no error";
    case FRONT_SYNTAX_ERROR: return "SyntaxError";
    case FRONT_INDENTATION_ERROR: return "IndentationError";
    case FRONT_TAB_ERROR: return "TabError";
    case FRONT_MEMORY_ERROR: return "MemoryError";
    case FRONT_RECURSION_ERROR: return "RecursionError";
    case FRONT_VALUE_ERROR: return "ValueError";
    case FRONT_OVERFLOW_ERROR: return "OverflowError";
    case FRONT_NEED_LINE: return "the statement goes on";
    case FRONT_RAISED: return "raised by a callback";
  }
  return "?";
}
