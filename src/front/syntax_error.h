// What the front end reports instead of a result: one error, as plain data from which the caller makes the exception.
#ifndef WEFT_FRONT_SYNTAX_ERROR_H
#define WEFT_FRONT_SYNTAX_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "front/ast.h"

// Which exception class to raise.
typedef enum FrontErrorKind {
  FRONT_OK = 0,
  FRONT_SYNTAX_ERROR,
  FRONT_INDENTATION_ERROR,
  FRONT_TAB_ERROR,
  FRONT_MEMORY_ERROR,
  FRONT_RECURSION_ERROR,
  FRONT_VALUE_ERROR,
  FRONT_OVERFLOW_ERROR,
  FRONT_NEED_LINE,        // no error: the text so far (FRONT_MORE_TO_COME) is the beginning of a statement
  FRONT_RAISED            // a callback (warning, decoding) has already raised a runtime exception of its own: leave it
} FrontErrorKind;

// message and text are malloc'd and owned by the FrontError: front_error_clear frees them.
// When has_location, the other fields are the attributes of SyntaxError as they stand: lineno from 1, offset a 1-based
// *character* offset (0 and -1 occur as in CPython), end_lineno and end_offset likewise where has_end; text NULL means None.
// Without has_location the exception has the message alone (MemoryError has not even that).
typedef struct FrontError {
  FrontErrorKind kind;
  bool has_location;
  bool has_end;           // false: end_lineno and end_offset are None
  bool bare;              // the exception's args are the message alone, and only its attributes tell the place
  char *message;          // UTF-8; lone surrogates as three bytes
  char *text;             // ? the source line, with its newline if it has one
  int lineno;
  int offset;
  int end_lineno;
  int end_offset;
} FrontError;

#define FRONT_ERROR_INIT ((FrontError){ .kind = FRONT_OK })

void front_error_clear(FrontError *err);

// Sets kind and a printf-formatted message, without a location. Keeps an error that is already there (the first one counts).
// When even the message finds no memory, the kind becomes FRONT_MEMORY_ERROR. Always answers false, for `return front_error_set(...)`.
bool front_error_set(FrontError *err, FrontErrorKind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

bool front_error_vset(FrontError *err, FrontErrorKind kind, const char *format, va_list args);

// Gives an error its place, as the attributes of SyntaxError shall be, and its line (text NULL: None).
void front_error_place(FrontError *err, int lineno, int offset, int end_lineno, int end_offset, const char *text, size_t len);

// The source of a compilation as errors need it: the decoded UTF-8 text. `text` may be NULL: then errors carry no line.
typedef struct FrontSource {
  const char *text;
  size_t len;
} FrontSource;

// Sets an error with a range, given as the AST gives it (byte columns, 0-based): the first, a bare one, is what the symbol table uses, the second
// the compiler, e.g. front_error_set_at(err, FRONT_SYNTAX_ERROR, &source, stmt->pos, "'return' outside function").
// As in CPython, the offsets of these later stages are the byte columns plus one, and SyntaxError.text is the line only where
// the source is a file that can be read again: pass NULL (or a NULL text) for source to leave it None. Always answers false.
bool front_error_set_at(FrontError *err, FrontErrorKind kind, const FrontSource *source, AstPos pos, const char *format, ...)
  __attribute__((format(printf, 5, 6)));
bool front_error_vset_at(FrontError *err, FrontErrorKind kind, const FrontSource *source, AstPos pos, const char *format,
                         va_list args);

// The line `lineno` (from 1) of a text, its newline included: its length, with *line set; *line NULL when there is no such line.
size_t front_source_line(const FrontSource *source, int lineno, const char **line);

// "SyntaxError", "IndentationError"...
const char *front_error_kind_name(FrontErrorKind kind);

#endif
