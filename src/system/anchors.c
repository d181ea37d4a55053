// Where inside a failing expression the operator or the subscript stands.
#include "system/anchors.h"

#include "front/arena.h"
#include "front/ast.h"
#include "front/parser.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f' || c == '\\' || c == '\n'; }

static bool in_binary_operator(const char *s, const AstExpr *e, int *left, int *right) {
  int from = e->u.BinOp.left->pos.end_col_offset, to = e->u.BinOp.right->pos.col_offset;
  for (int i = from; i < to; i++) {
    if (is_blank(s[i]) || s[i] == ')') continue;
    *left = i;
    *right = i + 1;
    if (i + 1 < to && !is_blank(s[i + 1])) ++*right;   // a two-character operator
    return true;
  }
  return false;
}

bool anchors_find(const char *segment, size_t n, int *left, int *right) {
  Arena *arena = arena_new();
  if (!arena) return false;
  FrontFlags flags = {.bits = FRONT_IGNORE_COOKIE};
  FrontError error = FRONT_ERROR_INIT;
  AstMod *mod = NULL;
  bool found = false;
  if (front_parse(segment, n, "<traceback>", FRONT_EXEC, flags, arena, &mod, &error) && mod->u.Module.body.size == 1 &&
      mod->u.Module.body.items[0]->kind == AST_Expr) {
    const AstExpr *e = mod->u.Module.body.items[0]->u.Expr.value;
    if (e->kind == AST_BinOp) {
      found = in_binary_operator(segment, e, left, right);
    } else if (e->kind == AST_Subscript) {
      *left = e->u.Subscript.value->pos.end_col_offset;
      *right = e->u.Subscript.slice->pos.end_col_offset + 1;
      found = true;
    }
  }
  front_error_clear(&error);
  arena_free(arena);
  return found;
}
