// Running the parser and the compiler, and turning what they report into warnings and exceptions.
#include "front/compile_source.h"

#include <stdio.h>
#include <stdlib.h>

#include "code/code_flags.h"
#include "front/future.h"
#include "front/parser.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

int compile_default_optimize;

// ---- warnings ----------------------------------------------------------------------------------------------------------------------

FrontWarnResult compile_give_warning(void *context, FrontWarningKind kind, const char *message, int lineno) {
  CompileWarnContext *w = context;
  Thread *t = w->t;
  Type *category = kind == FRONT_SYNTAX_WARNING ? &exc_SyntaxWarning : &exc_DeprecationWarning;
  Value text = str_from_utf8_surrogatepass(t, message, strlen(message));
  if (v_is_null(text)) return FRONT_WARN_RAISED;
  int result = warn_explicit(t, category, text, w->filename, lineno);
  v_drop(t, text);
  if (result == 0) return FRONT_WARN_DONE;
  if (!error_matches(t, category)) return FRONT_WARN_RAISED;
  error_clear(t);
  return FRONT_WARN_IS_ERROR;
}

// ---- errors ------------------------------------------------------------------------------------------------------------------------

// Line `lineno` of a file, as text; V_NULL without an exception when it can't be had.
static Value read_program_line(Thread *t, Value filename, int lineno) {
  Value path = lineno > 0 ? str_encode_fs(t, filename) : V_NULL, line = V_NULL;
  if (v_is_null(path)) {
    error_clear(t);
    return V_NULL;
  }
  FILE *file = fopen(v_bytes(path)->data, "r");
  v_drop(t, path);
  if (!file) return V_NULL;
  char *buffer = NULL;
  size_t capacity = 0;
  ssize_t n = -1;
  ALLOW_THREADS_BEGIN(t);
  for (int i = 0; i < lineno && (i == 0 || n >= 0); i++) n = getline(&buffer, &capacity, file);
  fclose(file);
  ALLOW_THREADS_END;
  if (n >= 0) {
    if (n >= 2 && buffer[n - 2] == '\r' && buffer[n - 1] == '\n') buffer[--n - 1] = '\n';
    line = str_from_utf8(t, buffer, (size_t)n);
    if (v_is_null(line)) error_clear(t);
  }
  free(buffer);
  return line;
}

static Type *error_type(FrontErrorKind kind) {
  switch (kind) {
    case FRONT_INDENTATION_ERROR: return &exc_IndentationError;
    case FRONT_TAB_ERROR: return &exc_TabError;
    case FRONT_RECURSION_ERROR: return &exc_RecursionError;
    case FRONT_VALUE_ERROR: return &exc_ValueError;
    case FRONT_OVERFLOW_ERROR: return &exc_OverflowError;
    default: return &exc_SyntaxError;
  }
}

static Value error_text(Thread *t, const FrontError *err, Value filename, bool program_text) {
  if (err->text) return str_from_utf8_surrogatepass(t, err->text, strlen(err->text));
  Value line = program_text ? read_program_line(t, filename, err->lineno) : V_NULL;
  return v_is_null(line) ? V_NONE : line;
}

// (filename, lineno, offset, text[, end_lineno, end_offset])
static Value error_details(Thread *t, const FrontError *err, Value filename, bool program_text) {
  Value text = error_text(t, err, filename, program_text);
  if (v_is_null(text)) return V_NULL;
  Value details = tuple_pack(t, err->has_end ? 6 : 4, filename, v_from_smi(err->lineno), v_from_smi(err->offset), text, v_from_smi(err->end_lineno),
                             err->end_offset == FUTURE_NO_END_OFFSET ? V_NONE : v_from_smi(err->end_offset));
  v_drop(t, text);
  return details;
}

// As where the place is set upon a finished exception: the symbol table's errors.
static int make_bare(Thread *t, Value exc, Value message) {
  Value args = tuple_pack(t, 1, message);
  int result = v_is_null(args) ? -1 : object_setattr(t, exc, N(args), args);
  v_drop(t, args);
  return result;
}

static void raise_with_location(Thread *t, const FrontError *err, Value filename, bool program_text) {
  Value message = str_from_utf8_surrogatepass(t, err->message, strlen(err->message));
  Value details = v_is_null(message) ? V_NULL : error_details(t, err, filename, program_text);
  if (!v_is_null(details)) {
    Value args[] = {message, details}, exc = exception_new(t, error_type(err->kind), args, 2);
    if (!v_is_null(exc) && (!err->bare || make_bare(t, exc, message) == 0)) raise_object(t, exc);
    v_drop(t, exc);
  }
  v_drop(t, details);
  v_drop(t, message);
}

Value compile_raise(Thread *t, FrontError *err, Value filename, bool program_text) {
  if (err->kind == FRONT_RAISED) assert(error_pending(t));
  else if (err->kind == FRONT_MEMORY_ERROR || err->kind == FRONT_OK || !err->message) raise_no_memory(t);
  else if (err->has_location) raise_with_location(t, err, filename, program_text);
  else {
    Value message = str_from_utf8_surrogatepass(t, err->message, strlen(err->message));
    if (!v_is_null(message)) raise_value(t, error_type(err->kind), message);
    v_drop(t, message);
  }
  front_error_clear(err);
  return V_NULL;
}

// ---- parsing and compiling ---------------------------------------------------------------------------------------------------------

static uint32_t front_bits(int flags) {
  static const struct {
    int flag;
    uint32_t bit;
  } map[] = {{CO_FUTURE_ANNOTATIONS, FRONT_FUTURE_ANNOTATIONS},
             {CO_FUTURE_BARRY_AS_BDFL, FRONT_FUTURE_BARRY_AS_FLUFL},
             {COMPILE_DONT_IMPLY_DEDENT, FRONT_DONT_IMPLY_DEDENT},
             {COMPILE_TYPE_COMMENTS, FRONT_TYPE_COMMENTS},
             {COMPILE_ALLOW_INCOMPLETE_INPUT, FRONT_ALLOW_INCOMPLETE_INPUT},
             {COMPILE_IGNORE_COOKIE, FRONT_IGNORE_COOKIE},
             {COMPILE_FILE_INPUT, FRONT_FILE_INPUT}};
  uint32_t bits = 0;
  for (size_t i = 0; i < sizeof map / sizeof *map; i++)
    if (flags & map[i].flag) bits |= map[i].bit;
  return bits;
}

// more: what to set when the text is only the beginning of a statement; NULL where that cannot be.
static AstMod *parse(Thread *t, Arena *arena, const char *src, size_t len, Value filename, FrontMode mode, FrontFlags front_flags, bool *more) {
  CompileWarnContext warn_context = {t, filename};
  front_flags.max_int_digits = (int)int_max_str_digits;
  front_flags.warn = compile_give_warning;
  front_flags.warn_context = &warn_context;
  Value path = str_encode_fs(t, filename);
  if (v_is_null(path)) return NULL;
  FrontError err = FRONT_ERROR_INIT;
  FrontSource decoded = {0};
  AstMod *mod = NULL;
  if (!front_parse_source(src, len, v_bytes(path)->data, mode, front_flags, arena, &mod, &decoded, &err)) {
    mod = NULL;
    if (more && err.kind == FRONT_NEED_LINE) {
      *more = true;
      front_error_clear(&err);
    } else {
      compile_raise(t, &err, filename, false);
    }
  }
  v_drop(t, path);
  return mod;
}

AstMod *compile_parse(Thread *t, Arena *arena, const char *src, size_t len, Value filename, FrontMode mode, int flags, int feature_version) {
  return parse(t, arena, src, len, filename, mode, (FrontFlags){.bits = front_bits(flags), .feature_version = feature_version}, NULL);
}

Value compile_tree(Thread *t, Arena *arena, AstMod *mod, Value filename, int flags, int optimize) {
  CompileWarnContext warn_context = {t, filename};
  CompileOptions options = {.filename = filename,
                            .flags = flags,
                            .optimize = optimize < 0 ? compile_default_optimize : optimize,
                            .warn = compile_give_warning,
                            .warn_context = &warn_context};
  FrontError err = FRONT_ERROR_INIT;
  Value code = compile_ast(t, arena, mod, &options, &err);
  return v_is_null(code) ? compile_raise(t, &err, filename, true) : code;
}

Value compile_source(Thread *t, const char *src, size_t len, Value filename, int start, int flags, int optimize) {
  static const FrontMode modes[] = {[COMPILE_EXEC] = FRONT_EXEC, [COMPILE_EVAL] = FRONT_EVAL, [COMPILE_SINGLE] = FRONT_SINGLE};
  Arena *arena = arena_new();
  if (!arena) return raise_no_memory(t);
  AstMod *mod = compile_parse(t, arena, src, len, filename, modes[start], flags, 0);
  Value code = mod ? compile_tree(t, arena, mod, filename, flags, optimize) : V_NULL;
  arena_free(arena);
  return code;
}

Value compile_interactive(Thread *t, const char *src, size_t len, Value filename, int flags, bool at_end, bool *more) {
  *more = false;
  Arena *arena = arena_new();
  if (!arena) return raise_no_memory(t);
  FrontFlags front_flags = {.bits = front_bits(flags) | FRONT_IGNORE_COOKIE | FRONT_INTERACTIVE | (at_end ? 0 : FRONT_MORE_TO_COME)};
  AstMod *mod = parse(t, arena, src, len, filename, FRONT_SINGLE, front_flags, more);
  Value code = mod ? compile_tree(t, arena, mod, filename, flags, -1) : V_NULL;
  arena_free(arena);
  return code;
}
