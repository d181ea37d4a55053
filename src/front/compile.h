// AST to code object: the compiler proper.
#ifndef WEFT_FRONT_COMPILE_H
#define WEFT_FRONT_COMPILE_H

#include "front/ast.h"
#include "front/parser.h"
#include "objects/type.h"

// The flags argument of compile(), beside CO_FUTURE_*.
enum {
  PYCF_SOURCE_IS_UTF8 = 0x100, PYCF_DONT_IMPLY_DEDENT = 0x200, PYCF_ONLY_AST = 0x400, PYCF_IGNORE_COOKIE = 0x800,
  PYCF_TYPE_COMMENTS = 0x1000, PYCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000, PYCF_ALLOW_INCOMPLETE_INPUT = 0x4000,
  PYCF_FUTURES = 0x1FE0000,   // every CO_FUTURE_*: what code objects inherit
};

typedef struct CompileOptions {
  Value filename;             // str, borrowed
  int flags;                  // CO_FUTURE_*, PYCF_*
  int optimize;               // 0, 1, 2
  FrontWarnFn warn;           // ? NULL drops SyntaxWarnings
  void *warn_context;
} CompileOptions;

// Compiles a tree, which is changed on the way. The owned code object, or V_NULL with *err set: FRONT_RAISED when an exception is set, else
// an error whose source line (err->text) is left to the caller. Thread attached; runs Python only through warn and folded operators.
Value compile_ast(Thread *t, Arena *arena, AstMod *mod, const CompileOptions *options, FrontError *err);

#endif
