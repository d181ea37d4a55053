// "..." % (a, b) with a literal format: rewritten to an f-string where the two mean the same.
#ifndef WEFT_FRONT_FOLD_FORMAT_H
#define WEFT_FRONT_FOLD_FORMAT_H

#include "front/const_pool.h"
#include "objects/str.h"

// Makes `e`, the % expression, a JoinedStr if the format has only %s, %r, %a and %% fields, one for each element; else leaves it alone.
// False with an exception set on failure.
bool fold_format(ConstPool *pool, AstExpr *e, const Str *format, AstExprSeq elts);

#endif
