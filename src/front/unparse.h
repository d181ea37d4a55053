// Expressions back to source text: what annotations become under `from __future__ import annotations`.
#ifndef WEFT_FRONT_UNPARSE_H
#define WEFT_FRONT_UNPARSE_H

#include "front/ast.h"
#include "objects/type.h"

// The text as Python 3.11 writes it: a str, or V_NULL with an exception set.
Value unparse_expr(Thread *t, const AstExpr *e);

#endif
