// What compiling a tree is told.
#ifndef WEFT_FRONT_COMPILE_OPTIONS_H
#define WEFT_FRONT_COMPILE_OPTIONS_H

#include "front/parse_options.h"
#include "objects/type.h"

// The flags argument of compile(), beside CO_FUTURE_*.
enum {
  COMPILE_SOURCE_IS_UTF8 = 0x100, COMPILE_DONT_IMPLY_DEDENT = 0x200, COMPILE_ONLY_AST = 0x400, COMPILE_IGNORE_COOKIE = 0x800,
  COMPILE_TYPE_COMMENTS = 0x1000, COMPILE_ALLOW_TOP_LEVEL_AWAIT = 0x2000, COMPILE_ALLOW_INCOMPLETE_INPUT = 0x4000,
  COMPILE_FILE_INPUT = 0x10000,     // ours: the source is a program's file, so text that is not UTF-8 must declare its encoding
  COMPILE_FUTURE_MASK = 0x1FE0000,  // every CO_FUTURE_*: what code objects inherit
};

typedef struct CompileOptions {
  Value filename;             // str, borrowed
  int flags;                  // CO_FUTURE_*, COMPILE_*
  int optimize;               // 0, 1, 2
  FrontWarnFn warn;           // ? NULL drops SyntaxWarnings
  void *warn_context;
} CompileOptions;

#endif
