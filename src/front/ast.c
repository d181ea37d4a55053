// Making AST nodes, and the words that messages and dumps use for them.
#include "front/ast.h"

#include <stdlib.h>
#include <string.h>
#include <uninorm.h>

AstMod *ast_mod_new(Arena *arena, AstModKind kind) {
  AstMod *mod = arena_alloc(arena, sizeof *mod);
  if (mod) mod->kind = kind;
  return mod;
}

#define PLACED_NODE(Type, name) \
    Type *ast_##name##_new(Arena *arena, Type##Kind kind, AstPos pos) \
    { \
        Type *made = arena_alloc(arena, sizeof *made); \
        if (made) { \
            made->kind = kind; \
            made->pos = pos; \
        } \
        return made; \
    }
PLACED_NODE(AstStmt, stmt)
PLACED_NODE(AstExpr, expr)
PLACED_NODE(AstPattern, pattern)

bool ast_seq_new(Arena *arena, AstAnySeq *seq, size_t size) {
  if (size > UINT32_MAX) return false;
  seq->items = size ? arena_alloc(arena, size * sizeof *seq->items) : NULL;
  if (size && !seq->items) return false;
  seq->size = (uint32_t)size;
  return true;
}

AstName *front_name_intern(Arena *arena, const char *utf8, size_t len) {
  bool ascii = true;
  for (size_t i = 0; i < len && ascii; i++) ascii = (unsigned char)utf8[i] < 0x80;
  if (ascii) return arena_intern(arena, utf8, len);
  size_t normal_len;
  uint8_t *normal = u8_normalize(UNINORM_NFKC, (const uint8_t *)utf8, len, NULL, &normal_len);
  if (!normal) return NULL;
  AstName *name = arena_intern(arena, (const char *)normal, normal_len);
  free(normal);
  return name;
}

#define NAME_OF(TABLE, INDEX) \
    ((size_t)(INDEX) < sizeof(TABLE) / sizeof *(TABLE) && (TABLE)[INDEX] ? (TABLE)[INDEX] : "?")

const char *ast_expr_kind_name(AstExprKind kind) {
  static const char *const names[] = {
      NULL,        "BoolOp",       "NamedExpr", "BinOp", "UnaryOp",   "Lambda",  "IfExp", "Dict",           "Set",       "ListComp", "SetComp",
      "DictComp",  "GeneratorExp", "Await",     "Yield", "YieldFrom", "Compare", "Call",  "FormattedValue", "JoinedStr", "Constant", "Attribute",
      "Subscript", "Starred",      "Name",      "List",  "Tuple",     "Slice",
  };
  return NAME_OF(names, kind);
}

const char *ast_stmt_kind_name(AstStmtKind kind) {
  static const char *const names[] = {
      NULL,         "FunctionDef", "AsyncFunctionDef",
      "ClassDef",   "Return",      "Delete",
      "Assign",     "AugAssign",   "AnnAssign",
      "For",        "AsyncFor",    "While",
      "If",         "With",        "AsyncWith",
      "Match",      "Raise",       "Try",
      "TryStar",    "Assert",      "Import",
      "ImportFrom", "Global",      "Nonlocal",
      "Expr",       "Pass",        "Break",
      "Continue",
  };
  return NAME_OF(names, kind);
}

const char *ast_pattern_kind_name(AstPatternKind kind) {
  static const char *const names[] = {
      NULL, "MatchValue", "MatchSingleton", "MatchSequence", "MatchMapping", "MatchClass", "MatchStar", "MatchAs", "MatchOr",
  };
  return NAME_OF(names, kind);
}

const char *ast_operator_name(AstOperator op) {
  static const char *const names[] = {
      NULL, "Add", "Sub", "Mult", "MatMult", "Div", "Mod", "Pow", "LShift", "RShift", "BitOr", "BitXor", "BitAnd", "FloorDiv",
  };
  return NAME_OF(names, op);
}

const char *ast_unaryop_name(AstUnaryOp op) {
  static const char *const names[] = {NULL, "Invert", "Not", "UAdd", "USub"};
  return NAME_OF(names, op);
}

const char *ast_cmpop_name(AstCmpOp op) {
  static const char *const names[] = {NULL, "Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"};
  return NAME_OF(names, op);
}

const char *ast_boolop_name(AstBoolOp op) {
  static const char *const names[] = {NULL, "And", "Or"};
  return NAME_OF(names, op);
}

const char *ast_context_name(AstExprContext ctx) {
  static const char *const names[] = {NULL, "Load", "Store", "Del"};
  return NAME_OF(names, ctx);
}

const char *ast_expr_describe(const AstExpr *expr) {
  static const char *const words[] = {
      [AST_BoolOp] = "expression",
      [AST_BinOp] = "expression",
      [AST_UnaryOp] = "expression",
      [AST_NamedExpr] = "named expression",
      [AST_Lambda] = "lambda",
      [AST_IfExp] = "conditional expression",
      [AST_Dict] = "dict literal",
      [AST_Set] = "set display",
      [AST_ListComp] = "list comprehension",
      [AST_SetComp] = "set comprehension",
      [AST_DictComp] = "dict comprehension",
      [AST_GeneratorExp] = "generator expression",
      [AST_Await] = "await expression",
      [AST_Yield] = "yield expression",
      [AST_YieldFrom] = "yield expression",
      [AST_Compare] = "comparison",
      [AST_Call] = "function call",
      [AST_FormattedValue] = "f-string expression",
      [AST_JoinedStr] = "f-string expression",
      [AST_Attribute] = "attribute",
      [AST_Subscript] = "subscript",
      [AST_Starred] = "starred",
      [AST_Name] = "name",
      [AST_List] = "list",
      [AST_Tuple] = "tuple",
      [AST_Slice] = "slice",
  };
  if (expr->kind == AST_Constant) {
    switch (expr->u.Constant.value.kind) {
      case AST_CONST_NONE: return "None";
      case AST_CONST_TRUE: return "True";
      case AST_CONST_FALSE: return "False";
      case AST_CONST_ELLIPSIS: return "ellipsis";
      default: return "literal";
    }
  }
  return NAME_OF(words, expr->kind);
}
