// `from __future__ import ...`: which features a module asks for, and where the last such line is.
#ifndef WEFT_FRONT_FUTURE_H
#define WEFT_FRONT_FUTURE_H

#include "front/ast.h"
#include "front/syntax_error.h"

typedef struct FutureFeatures {
  int flags;        // CO_FUTURE_*
  int lineno;       // of the last future statement; 0: none
} FutureFeatures;

// Reads the statements that may be future ones. False with *err set: an unknown feature, or a future statement behind other code on its line.
bool future_read(const AstMod *mod, FutureFeatures *out, FrontError *err);

#endif
