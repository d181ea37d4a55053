// AST to code object: the compiler proper.
#ifndef WEFT_FRONT_COMPILE_H
#define WEFT_FRONT_COMPILE_H

#include "front/ast.h"
#include "front/compile_options.h"
#include "front/front_depth.h"
#include "front/syntax_error.h"
#include "objects/type.h"

// sys.getrecursionlimit(), which bounds how deep a tree may nest: runtime/ registers it; NULL: 1000.
extern int (*compile_recursion_limit)(void);
// How deep a pass over a tree may go on this thread now.
FrontDepth compile_depth(Thread *t);

// Compiles a tree, which is changed on the way. The owned code object, or V_NULL with *err set: FRONT_RAISED when an exception is set, else
// an error whose source line (err->text) is left to the caller. Thread attached; runs Python only through warn and folded operators.
Value compile_ast(Thread *t, Arena *arena, AstMod *mod, const CompileOptions *options, FrontError *err);

#endif
