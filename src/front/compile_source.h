// Source text to code object, errors as exceptions: what compile(), exec(), eval(), import and the command line call.
#ifndef WEFT_FRONT_COMPILE_SOURCE_H
#define WEFT_FRONT_COMPILE_SOURCE_H

#include "front/compile.h"

enum { COMPILE_EXEC, COMPILE_EVAL, COMPILE_SINGLE };   // `start`

// Parses and compiles src[0..len), which is in the encoding that its BOM or cookie says (flags & COMPILE_IGNORE_COOKIE: UTF-8). filename: str,
// borrowed. flags: CO_FUTURE_* and COMPILE_* as compile() takes them. optimize: 0, 1, 2, or -1 for compile_default_optimize. The owned code
// object, or V_NULL with SyntaxError (every attribute set), MemoryError, RecursionError, ValueError or what a warning filter raised.
Value compile_source(Thread *t, const char *src, size_t len, Value filename, int start, int flags, int optimize);

// Compiles the statement that begins the lines typed so far, src[0..len). at_end: no more will come. *more: the statement goes on behind them;
// then V_NULL without an exception, else as compile_source.
Value compile_interactive(Thread *t, const char *src, size_t len, Value filename, int flags, bool at_end, bool *more);

// Compiles a tree that the caller built (compile(ast_object)): changes it. As above.
Value compile_tree(Thread *t, Arena *arena, AstMod *mod, Value filename, int flags, int optimize);

// Parses only (compile(..., PyCF_ONLY_AST)): the tree in `arena`, or NULL with the exception set. mode adds FRONT_FUNC_TYPE; feature_version
// as in FrontFlags.
AstMod *compile_parse(Thread *t, Arena *arena, const char *src, size_t len, Value filename, FrontMode mode, int flags, int feature_version);

// Raises what a FrontError says. program_text: look the source line up in the file when the error has none, as CPython does for errors
// behind the parser. Always answers V_NULL; clears *err.
Value compile_raise(Thread *t, FrontError *err, Value filename, bool program_text);

// The FrontWarnFn that gives a warning through the warnings module; its context is a CompileWarnContext.
typedef struct CompileWarnContext { Thread *t; Value filename; } CompileWarnContext;
FrontWarnResult compile_give_warning(void *context, FrontWarningKind kind, const char *message, int lineno);

extern int compile_default_optimize;   // -O, -OO: set by start-up

#endif
