// The abstract syntax tree: Python 3.11's ASDL as plain C structs that live in an arena.
#ifndef WEFT_FRONT_AST_H
#define WEFT_FRONT_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "front/arena.h"

// How to read this file
//
// Node kinds, fields and their order are those of Python.asdl (3.11). Each sum type of the ASDL is one struct: a `kind`, a
// source range `pos` where the ASDL has attributes, and a union `u` with one member per constructor, named as in the ASDL:
//
//     AstExpr *e;
//     if (e->kind == AST_BinOp) visit(e->u.BinOp.left);
//
// Product types (arg, keyword, alias...) are plain structs. A `?` field is a pointer that may be NULL; no other pointer is
// NULL, but for the two places where the ASDL itself has None inside a list (Dict.keys at `**d`, arguments.kw_defaults).
// Sequences are {size, items} by value; items may be NULL when size is 0.
//
// Everything is owned by the arena; there are no Python objects and no counts. Nodes may be changed in place (the optimiser
// does) as long as one thread owns the arena.

// lineno counts from 1; columns are 0-based byte offsets into the line's UTF-8 text; the end is exclusive.
typedef struct AstPos {
  int32_t lineno;
  int32_t col_offset;
  int32_t end_lineno;
  int32_t end_col_offset;
} AstPos;

typedef struct AstMod AstMod;
typedef struct AstStmt AstStmt;
typedef struct AstExpr AstExpr;
typedef struct AstPattern AstPattern;
typedef struct AstComprehension AstComprehension;
typedef struct AstExceptHandler AstExceptHandler;
typedef struct AstArguments AstArguments;
typedef struct AstArg AstArg;
typedef struct AstKeyword AstKeyword;
typedef struct AstAlias AstAlias;
typedef struct AstWithItem AstWithItem;
typedef struct AstMatchCase AstMatchCase;
typedef struct AstTypeIgnore AstTypeIgnore;

#define AST_SEQ(TYPE, NAME) typedef struct NAME { uint32_t size; TYPE *items; } NAME
AST_SEQ(AstStmt *, AstStmtSeq);
AST_SEQ(AstExpr *, AstExprSeq);
AST_SEQ(AstPattern *, AstPatternSeq);
AST_SEQ(AstComprehension *, AstComprehensionSeq);
AST_SEQ(AstExceptHandler *, AstExceptHandlerSeq);
AST_SEQ(AstArg *, AstArgSeq);
AST_SEQ(AstKeyword *, AstKeywordSeq);
AST_SEQ(AstAlias *, AstAliasSeq);
AST_SEQ(AstWithItem *, AstWithItemSeq);
AST_SEQ(AstMatchCase *, AstMatchCaseSeq);
AST_SEQ(AstTypeIgnore *, AstTypeIgnoreSeq);
AST_SEQ(AstName *, AstNameSeq);
#undef AST_SEQ

// Any of the sequences above, for code that grows them without caring about the element.
typedef struct AstAnySeq { uint32_t size; void **items; } AstAnySeq;

// ---- constants ------------------------------------------------------------------------------------------------------------------

typedef enum AstConstKind {
  AST_CONST_NONE,
  AST_CONST_TRUE,
  AST_CONST_FALSE,
  AST_CONST_ELLIPSIS,
  AST_CONST_INT,      // text/len: digits with their base prefix in lower case ("0x", "0o", "0b"), underscores removed, no sign
  AST_CONST_FLOAT,    // number
  AST_CONST_COMPLEX,  // number is the imaginary part, the real one is 0
  AST_CONST_STR,      // text/len: UTF-8, where a surrogate from "\ud800" is three bytes as well (and a pair of them six: they
                      // stay two characters); may hold 0 bytes
  AST_CONST_BYTES,    // text/len: the bytes
  AST_CONST_EXTERNAL  // external: the parser never makes it; for a constant that is an object of the runtime (a folded
                      // value, or ast objects given to compile()); whoever stores it keeps it alive
} AstConstKind;

typedef struct AstConst {
  AstConstKind kind;
  bool ascii;         // STR and BYTES: all bytes below 0x80
  union {
    struct {
      const char *text;   // has a 0 byte behind its len bytes
      size_t len;
    };
    double number;
    void *external;
  };
} AstConst;

// ---- small enumerations ---------------------------------------------------------------------------------------------------------

typedef enum AstExprContext { AST_Load = 1, AST_Store, AST_Del } AstExprContext;

typedef enum AstBoolOp { AST_And = 1, AST_Or } AstBoolOp;

typedef enum AstOperator {
  AST_Add = 1, AST_Sub, AST_Mult, AST_MatMult, AST_Div, AST_Mod, AST_Pow, AST_LShift, AST_RShift,
  AST_BitOr, AST_BitXor, AST_BitAnd, AST_FloorDiv
} AstOperator;

typedef enum AstUnaryOp { AST_Invert = 1, AST_Not, AST_UAdd, AST_USub } AstUnaryOp;

typedef enum AstCmpOp {
  AST_Eq = 1, AST_NotEq, AST_Lt, AST_LtE, AST_Gt, AST_GtE, AST_Is, AST_IsNot, AST_In, AST_NotIn
} AstCmpOp;

typedef struct AstCmpOpSeq { uint32_t size; AstCmpOp *items; } AstCmpOpSeq;

// ---- mod ------------------------------------------------------------------------------------------------------------------------

typedef enum AstModKind { AST_Module = 1, AST_Interactive, AST_Expression, AST_FunctionType } AstModKind;

struct AstMod {
  AstModKind kind;
  union {
    struct { AstStmtSeq body; AstTypeIgnoreSeq type_ignores; } Module;
    struct { AstStmtSeq body; } Interactive;
    struct { AstExpr *body; } Expression;
    struct { AstExprSeq argtypes; AstExpr *returns; } FunctionType;
  } u;
};

// ---- stmt -----------------------------------------------------------------------------------------------------------------------

typedef enum AstStmtKind {
  AST_FunctionDef = 1, AST_AsyncFunctionDef, AST_ClassDef, AST_Return, AST_Delete, AST_Assign, AST_AugAssign, AST_AnnAssign,
  AST_For, AST_AsyncFor, AST_While, AST_If, AST_With, AST_AsyncWith, AST_Match, AST_Raise, AST_Try, AST_TryStar, AST_Assert,
  AST_Import, AST_ImportFrom, AST_Global, AST_Nonlocal, AST_Expr, AST_Pass, AST_Break, AST_Continue
} AstStmtKind;

// FunctionDef and AsyncFunctionDef, For and AsyncFor, With and AsyncWith, Try and TryStar share their layout: code for one
// may read the other through either member. type_comment is NULL unless the parser was asked for type comments.
struct AstStmt {
  AstStmtKind kind;
  AstPos pos;
  union {
    struct AstFunctionDef {
      AstName *name;
      AstArguments *args;
      AstStmtSeq body;
      AstExprSeq decorator_list;
      AstExpr *returns;           // ?
      const char *type_comment;   // ?
    } FunctionDef, AsyncFunctionDef;
    struct {
      AstName *name;
      AstExprSeq bases;
      AstKeywordSeq keywords;
      AstStmtSeq body;
      AstExprSeq decorator_list;
    } ClassDef;
    struct { AstExpr *value; /* ? */ } Return;
    struct { AstExprSeq targets; } Delete;
    struct { AstExprSeq targets; AstExpr *value; const char *type_comment; /* ? */ } Assign;
    struct { AstExpr *target; AstOperator op; AstExpr *value; } AugAssign;
    struct { AstExpr *target; AstExpr *annotation; AstExpr *value; /* ? */ int simple; } AnnAssign;
    struct AstFor {
      AstExpr *target;
      AstExpr *iter;
      AstStmtSeq body;
      AstStmtSeq orelse;
      const char *type_comment;   // ?
    } For, AsyncFor;
    struct { AstExpr *test; AstStmtSeq body; AstStmtSeq orelse; } While;
    struct { AstExpr *test; AstStmtSeq body; AstStmtSeq orelse; } If;
    struct AstWith {
      AstWithItemSeq items;
      AstStmtSeq body;
      const char *type_comment;   // ?
    } With, AsyncWith;
    struct { AstExpr *subject; AstMatchCaseSeq cases; } Match;
    struct { AstExpr *exc; /* ? */ AstExpr *cause; /* ? */ } Raise;
    struct AstTry {
      AstStmtSeq body;
      AstExceptHandlerSeq handlers;
      AstStmtSeq orelse;
      AstStmtSeq finalbody;
    } Try, TryStar;
    struct { AstExpr *test; AstExpr *msg; /* ? */ } Assert;
    struct { AstAliasSeq names; } Import;
    struct { AstName *module; /* ? */ AstAliasSeq names; int level; } ImportFrom;
    struct { AstNameSeq names; } Global;
    struct { AstNameSeq names; } Nonlocal;
    struct { AstExpr *value; } Expr;
  } u;
};

// ---- expr -----------------------------------------------------------------------------------------------------------------------

typedef enum AstExprKind {
  AST_BoolOp = 1, AST_NamedExpr, AST_BinOp, AST_UnaryOp, AST_Lambda, AST_IfExp, AST_Dict, AST_Set, AST_ListComp, AST_SetComp,
  AST_DictComp, AST_GeneratorExp, AST_Await, AST_Yield, AST_YieldFrom, AST_Compare, AST_Call, AST_FormattedValue,
  AST_JoinedStr, AST_Constant, AST_Attribute, AST_Subscript, AST_Starred, AST_Name, AST_List, AST_Tuple, AST_Slice
} AstExprKind;

// ListComp, SetComp and GeneratorExp share their layout.
struct AstExpr {
  AstExprKind kind;
  AstPos pos;
  union {
    struct { AstBoolOp op; AstExprSeq values; } BoolOp;
    struct { AstExpr *target; AstExpr *value; } NamedExpr;
    struct { AstExpr *left; AstOperator op; AstExpr *right; } BinOp;
    struct { AstUnaryOp op; AstExpr *operand; } UnaryOp;
    struct { AstArguments *args; AstExpr *body; } Lambda;
    struct { AstExpr *test; AstExpr *body; AstExpr *orelse; } IfExp;
    struct { AstExprSeq keys; /* NULL items at `**d` */ AstExprSeq values; } Dict;
    struct { AstExprSeq elts; } Set;
    struct AstComp { AstExpr *elt; AstComprehensionSeq generators; } ListComp, SetComp, GeneratorExp;
    struct { AstExpr *key; AstExpr *value; AstComprehensionSeq generators; } DictComp;
    struct { AstExpr *value; } Await;
    struct { AstExpr *value; /* ? */ } Yield;
    struct { AstExpr *value; } YieldFrom;
    struct { AstExpr *left; AstCmpOpSeq ops; AstExprSeq comparators; } Compare;
    struct { AstExpr *func; AstExprSeq args; AstKeywordSeq keywords; } Call;
    struct { AstExpr *value; int conversion; /* 's', 'r', 'a' or -1 */ AstExpr *format_spec; /* ? */ } FormattedValue;
    struct { AstExprSeq values; } JoinedStr;
    struct { AstConst value; bool u_kind; /* written with a u prefix: kind='u' */ } Constant;
    struct { AstExpr *value; AstName *attr; AstExprContext ctx; } Attribute;
    struct { AstExpr *value; AstExpr *slice; AstExprContext ctx; } Subscript;
    struct { AstExpr *value; AstExprContext ctx; } Starred;
    struct { AstName *id; AstExprContext ctx; } Name;
    struct { AstExprSeq elts; AstExprContext ctx; } List, Tuple;
    struct { AstExpr *lower; /* ? */ AstExpr *upper; /* ? */ AstExpr *step; /* ? */ } Slice;
  } u;
};

// ---- products -------------------------------------------------------------------------------------------------------------------

struct AstComprehension {
  AstExpr *target;
  AstExpr *iter;
  AstExprSeq ifs;
  int is_async;
};

// The ASDL's only constructor is ExceptHandler.
struct AstExceptHandler {
  AstPos pos;
  AstExpr *type;      // ?
  AstName *name;      // ?
  AstStmtSeq body;
};

struct AstArguments {
  AstArgSeq posonlyargs;
  AstArgSeq args;
  AstArg *vararg;             // ?
  AstArgSeq kwonlyargs;
  AstExprSeq kw_defaults;     // one per kwonlyargs; NULL items where there is no default
  AstArg *kwarg;              // ?
  AstExprSeq defaults;        // of the last defaults.size positional parameters
};

struct AstArg {
  AstPos pos;
  AstName *arg;
  AstExpr *annotation;        // ?
  const char *type_comment;   // ?
};

struct AstKeyword {
  AstPos pos;
  AstName *arg;       // ? NULL at `**kwargs`
  AstExpr *value;
};

struct AstAlias {
  AstPos pos;
  AstName *name;      // dotted names are one AstName, "a.b.c"; "*" for a star import
  AstName *asname;    // ?
};

struct AstWithItem {
  AstExpr *context_expr;
  AstExpr *optional_vars;     // ?
};

struct AstMatchCase {
  AstPattern *pattern;
  AstExpr *guard;     // ?
  AstStmtSeq body;
};

// The ASDL's only constructor is TypeIgnore.
struct AstTypeIgnore {
  int32_t lineno;
  const char *tag;
};

// ---- pattern --------------------------------------------------------------------------------------------------------------------

typedef enum AstPatternKind {
  AST_MatchValue = 1, AST_MatchSingleton, AST_MatchSequence, AST_MatchMapping, AST_MatchClass, AST_MatchStar, AST_MatchAs,
  AST_MatchOr
} AstPatternKind;

struct AstPattern {
  AstPatternKind kind;
  AstPos pos;
  union {
    struct { AstExpr *value; } MatchValue;
    struct { AstConst value; /* NONE, TRUE or FALSE */ } MatchSingleton;
    struct { AstPatternSeq patterns; } MatchSequence;
    struct { AstExprSeq keys; AstPatternSeq patterns; AstName *rest; /* ? */ } MatchMapping;
    struct { AstExpr *cls; AstPatternSeq patterns; AstNameSeq kwd_attrs; AstPatternSeq kwd_patterns; } MatchClass;
    struct { AstName *name; /* ? */ } MatchStar;
    struct { AstPattern *pattern; /* ? */ AstName *name; /* ? */ } MatchAs;
    struct { AstPatternSeq patterns; } MatchOr;
  } u;
};

// ---- making nodes ---------------------------------------------------------------------------------------------------------------

// Each answers a zeroed node with kind and pos set, the caller fills u; NULL when memory is out.
AstMod *ast_mod_new(Arena *arena, AstModKind kind);
AstStmt *ast_stmt_new(Arena *arena, AstStmtKind kind, AstPos pos);
AstExpr *ast_expr_new(Arena *arena, AstExprKind kind, AstPos pos);
AstPattern *ast_pattern_new(Arena *arena, AstPatternKind kind, AstPos pos);

// Gives a sequence (cast to AstAnySeq *; they all have that layout) room for `size` NULL items. False when memory is out.
bool ast_seq_new(Arena *arena, AstAnySeq *seq, size_t size);

// The arena's name for an identifier as written in source: NFKC-normalised when it is not ASCII. NULL when memory is out.
AstName *front_name_intern(Arena *arena, const char *utf8, size_t len);

// The names that messages use: the class of a node as in ast ("BinOp"), and the operator as in source ("+", "not in").
const char *ast_expr_kind_name(AstExprKind kind);
const char *ast_stmt_kind_name(AstStmtKind kind);
const char *ast_pattern_kind_name(AstPatternKind kind);
const char *ast_operator_name(AstOperator op);      // "Add"...
const char *ast_unaryop_name(AstUnaryOp op);
const char *ast_cmpop_name(AstCmpOp op);
const char *ast_boolop_name(AstBoolOp op);
const char *ast_context_name(AstExprContext ctx);

// What CPython calls an expression in "cannot assign to X", "cannot delete X" ("function call", "literal", "attribute"...).
const char *ast_expr_describe(const AstExpr *expr);

#endif
