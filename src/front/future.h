// `from __future__ import ...`: which features a module asks for, and where the last such line is.
#ifndef WEFT_FRONT_FUTURE_H
#define WEFT_FRONT_FUTURE_H

#include <limits.h>

#include "front/ast.h"
#include "front/syntax_error.h"

typedef struct FutureFeatures {
  int flags;        // CO_FUTURE_*
  int lineno;       // of the last future statement; 0: none
} FutureFeatures;

// end_offset of the errors below: None, unlike elsewhere.
enum { FUTURE_NO_END_OFFSET = INT_MIN };

// Reads the statements that may be future ones. False with *err set: an unknown feature, or a future statement behind other code on its line.
bool future_read(const AstMod *mod, FutureFeatures *out, FrontError *err);

#endif
