// Constant folding on the AST, as Python 3.11 does it before anything else looks at the tree.
#ifndef WEFT_FRONT_OPTIMISE_H
#define WEFT_FRONT_OPTIMISE_H

#include "front/const_pool.h"
#include "front/front_depth.h"
#include "front/syntax_error.h"

typedef struct OptimiseOptions {
  int optimize;               // what __debug__ says: 0 makes it True
  bool future_annotations;    // annotations are left as they are written
} OptimiseOptions;

// Rewrites nodes in place; folded values live in the pool. False with *err set, FRONT_RAISED when an exception is set. Operations that
// fail (1 / 0) are left for run time.
bool optimise_ast(AstMod *mod, ConstPool *pool, OptimiseOptions options, FrontDepth *depth, FrontError *err);

// The statement list's docstring, or NULL.
const AstExpr *ast_docstring(AstStmtSeq body);

#endif
