// The table of ast classes, in the order of Python.asdl.
#include "modules/ast_schema.h"

#include "front/ast.h"

#define PART(STRUCT, FIELD, KIND, COUNT) {#FIELD, ASDL_##KIND, ASDL_##COUNT, offsetof(STRUCT, FIELD)}
#define OF_SUM(STRUCT, CLASS, FIELD, KIND, COUNT) {#FIELD, ASDL_##KIND, ASDL_##COUNT, offsetof(STRUCT, u.CLASS.FIELD)}
#define MOD(CLASS, FIELD, KIND, COUNT) OF_SUM(AstMod, CLASS, FIELD, KIND, COUNT)
#define STMT(CLASS, FIELD, KIND, COUNT) OF_SUM(AstStmt, CLASS, FIELD, KIND, COUNT)
#define EXPR(CLASS, FIELD, KIND, COUNT) OF_SUM(AstExpr, CLASS, FIELD, KIND, COUNT)
#define PATTERN(CLASS, FIELD, KIND, COUNT) OF_SUM(AstPattern, CLASS, FIELD, KIND, COUNT)

const AsdlClass asdl_classes[ASDL_CLASS_COUNT] = {
    // mod
    {"Module", {MOD(Module, body, stmt, MANY), MOD(Module, type_ignores, type_ignore, MANY)}},
    {"Interactive", {MOD(Interactive, body, stmt, MANY)}},
    {"Expression", {MOD(Expression, body, expr, ONE)}},
    {"FunctionType", {MOD(FunctionType, argtypes, expr, MANY), MOD(FunctionType, returns, expr, ONE)}},
    // stmt
    {"FunctionDef", {STMT(FunctionDef, name, identifier, ONE), STMT(FunctionDef, args, arguments, ONE), STMT(FunctionDef, body, stmt, MANY),
      STMT(FunctionDef, decorator_list, expr, MANY), STMT(FunctionDef, returns, expr, OPTIONAL), STMT(FunctionDef, type_comment, string, OPTIONAL)}},
    {"AsyncFunctionDef", {STMT(AsyncFunctionDef, name, identifier, ONE), STMT(AsyncFunctionDef, args, arguments, ONE),
      STMT(AsyncFunctionDef, body, stmt, MANY), STMT(AsyncFunctionDef, decorator_list, expr, MANY), STMT(AsyncFunctionDef, returns, expr, OPTIONAL),
      STMT(AsyncFunctionDef, type_comment, string, OPTIONAL)}},
    {"ClassDef", {STMT(ClassDef, name, identifier, ONE), STMT(ClassDef, bases, expr, MANY), STMT(ClassDef, keywords, keyword, MANY),
      STMT(ClassDef, body, stmt, MANY), STMT(ClassDef, decorator_list, expr, MANY)}},
    {"Return", {STMT(Return, value, expr, OPTIONAL)}},
    {"Delete", {STMT(Delete, targets, expr, MANY)}},
    {"Assign", {STMT(Assign, targets, expr, MANY), STMT(Assign, value, expr, ONE), STMT(Assign, type_comment, string, OPTIONAL)}},
    {"AugAssign", {STMT(AugAssign, target, expr, ONE), STMT(AugAssign, op, operator, ONE), STMT(AugAssign, value, expr, ONE)}},
    {"AnnAssign", {STMT(AnnAssign, target, expr, ONE), STMT(AnnAssign, annotation, expr, ONE), STMT(AnnAssign, value, expr, OPTIONAL),
      STMT(AnnAssign, simple, int, ONE)}},
    {"For", {STMT(For, target, expr, ONE), STMT(For, iter, expr, ONE), STMT(For, body, stmt, MANY), STMT(For, orelse, stmt, MANY),
      STMT(For, type_comment, string, OPTIONAL)}},
    {"AsyncFor", {STMT(AsyncFor, target, expr, ONE), STMT(AsyncFor, iter, expr, ONE), STMT(AsyncFor, body, stmt, MANY),
      STMT(AsyncFor, orelse, stmt, MANY), STMT(AsyncFor, type_comment, string, OPTIONAL)}},
    {"While", {STMT(While, test, expr, ONE), STMT(While, body, stmt, MANY), STMT(While, orelse, stmt, MANY)}},
    {"If", {STMT(If, test, expr, ONE), STMT(If, body, stmt, MANY), STMT(If, orelse, stmt, MANY)}},
    {"With", {STMT(With, items, withitem, MANY), STMT(With, body, stmt, MANY), STMT(With, type_comment, string, OPTIONAL)}},
    {"AsyncWith", {STMT(AsyncWith, items, withitem, MANY), STMT(AsyncWith, body, stmt, MANY), STMT(AsyncWith, type_comment, string, OPTIONAL)}},
    {"Match", {STMT(Match, subject, expr, ONE), STMT(Match, cases, match_case, MANY)}},
    {"Raise", {STMT(Raise, exc, expr, OPTIONAL), STMT(Raise, cause, expr, OPTIONAL)}},
    {"Try", {STMT(Try, body, stmt, MANY), STMT(Try, handlers, excepthandler, MANY), STMT(Try, orelse, stmt, MANY), STMT(Try, finalbody, stmt, MANY)}},
    {"TryStar", {STMT(TryStar, body, stmt, MANY), STMT(TryStar, handlers, excepthandler, MANY), STMT(TryStar, orelse, stmt, MANY),
      STMT(TryStar, finalbody, stmt, MANY)}},
    {"Assert", {STMT(Assert, test, expr, ONE), STMT(Assert, msg, expr, OPTIONAL)}},
    {"Import", {STMT(Import, names, alias, MANY)}},
    {"ImportFrom", {STMT(ImportFrom, module, identifier, OPTIONAL), STMT(ImportFrom, names, alias, MANY), STMT(ImportFrom, level, int, OPTIONAL)}},
    {"Global", {STMT(Global, names, identifier, MANY)}},
    {"Nonlocal", {STMT(Nonlocal, names, identifier, MANY)}},
    {"Expr", {STMT(Expr, value, expr, ONE)}},
    {"Pass", {}},
    {"Break", {}},
    {"Continue", {}},
    // expr
    {"BoolOp", {EXPR(BoolOp, op, boolop, ONE), EXPR(BoolOp, values, expr, MANY)}},
    {"NamedExpr", {EXPR(NamedExpr, target, expr, ONE), EXPR(NamedExpr, value, expr, ONE)}},
    {"BinOp", {EXPR(BinOp, left, expr, ONE), EXPR(BinOp, op, operator, ONE), EXPR(BinOp, right, expr, ONE)}},
    {"UnaryOp", {EXPR(UnaryOp, op, unaryop, ONE), EXPR(UnaryOp, operand, expr, ONE)}},
    {"Lambda", {EXPR(Lambda, args, arguments, ONE), EXPR(Lambda, body, expr, ONE)}},
    {"IfExp", {EXPR(IfExp, test, expr, ONE), EXPR(IfExp, body, expr, ONE), EXPR(IfExp, orelse, expr, ONE)}},
    {"Dict", {EXPR(Dict, keys, expr, MANY), EXPR(Dict, values, expr, MANY)}},
    {"Set", {EXPR(Set, elts, expr, MANY)}},
    {"ListComp", {EXPR(ListComp, elt, expr, ONE), EXPR(ListComp, generators, comprehension, MANY)}},
    {"SetComp", {EXPR(SetComp, elt, expr, ONE), EXPR(SetComp, generators, comprehension, MANY)}},
    {"DictComp", {EXPR(DictComp, key, expr, ONE), EXPR(DictComp, value, expr, ONE), EXPR(DictComp, generators, comprehension, MANY)}},
    {"GeneratorExp", {EXPR(GeneratorExp, elt, expr, ONE), EXPR(GeneratorExp, generators, comprehension, MANY)}},
    {"Await", {EXPR(Await, value, expr, ONE)}},
    {"Yield", {EXPR(Yield, value, expr, OPTIONAL)}},
    {"YieldFrom", {EXPR(YieldFrom, value, expr, ONE)}},
    {"Compare", {EXPR(Compare, left, expr, ONE), EXPR(Compare, ops, cmpop, MANY), EXPR(Compare, comparators, expr, MANY)}},
    {"Call", {EXPR(Call, func, expr, ONE), EXPR(Call, args, expr, MANY), EXPR(Call, keywords, keyword, MANY)}},
    {"FormattedValue", {EXPR(FormattedValue, value, expr, ONE), EXPR(FormattedValue, conversion, int, ONE),
      EXPR(FormattedValue, format_spec, expr, OPTIONAL)}},
    {"JoinedStr", {EXPR(JoinedStr, values, expr, MANY)}},
    {"Constant", {EXPR(Constant, value, constant, ONE), {"kind", ASDL_u_kind, ASDL_OPTIONAL, offsetof(AstExpr, u.Constant.u_kind)}}},
    {"Attribute", {EXPR(Attribute, value, expr, ONE), EXPR(Attribute, attr, identifier, ONE), EXPR(Attribute, ctx, expr_context, ONE)}},
    {"Subscript", {EXPR(Subscript, value, expr, ONE), EXPR(Subscript, slice, expr, ONE), EXPR(Subscript, ctx, expr_context, ONE)}},
    {"Starred", {EXPR(Starred, value, expr, ONE), EXPR(Starred, ctx, expr_context, ONE)}},
    {"Name", {EXPR(Name, id, identifier, ONE), EXPR(Name, ctx, expr_context, ONE)}},
    {"List", {EXPR(List, elts, expr, MANY), EXPR(List, ctx, expr_context, ONE)}},
    {"Tuple", {EXPR(Tuple, elts, expr, MANY), EXPR(Tuple, ctx, expr_context, ONE)}},
    {"Slice", {EXPR(Slice, lower, expr, OPTIONAL), EXPR(Slice, upper, expr, OPTIONAL), EXPR(Slice, step, expr, OPTIONAL)}},
    // expr_context
    {"Load", {}},
    {"Store", {}},
    {"Del", {}},
    // boolop
    {"And", {}},
    {"Or", {}},
    // operator
    {"Add", {}},
    {"Sub", {}},
    {"Mult", {}},
    {"MatMult", {}},
    {"Div", {}},
    {"Mod", {}},
    {"Pow", {}},
    {"LShift", {}},
    {"RShift", {}},
    {"BitOr", {}},
    {"BitXor", {}},
    {"BitAnd", {}},
    {"FloorDiv", {}},
    // unaryop
    {"Invert", {}},
    {"Not", {}},
    {"UAdd", {}},
    {"USub", {}},
    // cmpop
    {"Eq", {}},
    {"NotEq", {}},
    {"Lt", {}},
    {"LtE", {}},
    {"Gt", {}},
    {"GtE", {}},
    {"Is", {}},
    {"IsNot", {}},
    {"In", {}},
    {"NotIn", {}},
    // comprehension
    {"comprehension", {PART(AstComprehension, target, expr, ONE), PART(AstComprehension, iter, expr, ONE), PART(AstComprehension, ifs, expr, MANY),
      PART(AstComprehension, is_async, int, ONE)}},
    // excepthandler
    {"ExceptHandler", {PART(AstExceptHandler, type, expr, OPTIONAL), PART(AstExceptHandler, name, identifier, OPTIONAL),
      PART(AstExceptHandler, body, stmt, MANY)}},
    // arguments
    {"arguments", {PART(AstArguments, posonlyargs, arg, MANY), PART(AstArguments, args, arg, MANY), PART(AstArguments, vararg, arg, OPTIONAL),
      PART(AstArguments, kwonlyargs, arg, MANY), PART(AstArguments, kw_defaults, expr, MANY), PART(AstArguments, kwarg, arg, OPTIONAL),
      PART(AstArguments, defaults, expr, MANY)}},
    // arg
    {"arg", {PART(AstArg, arg, identifier, ONE), PART(AstArg, annotation, expr, OPTIONAL), PART(AstArg, type_comment, string, OPTIONAL)}},
    // keyword
    {"keyword", {PART(AstKeyword, arg, identifier, OPTIONAL), PART(AstKeyword, value, expr, ONE)}},
    // alias
    {"alias", {PART(AstAlias, name, identifier, ONE), PART(AstAlias, asname, identifier, OPTIONAL)}},
    // withitem
    {"withitem", {PART(AstWithItem, context_expr, expr, ONE), PART(AstWithItem, optional_vars, expr, OPTIONAL)}},
    // match_case
    {"match_case", {PART(AstMatchCase, pattern, pattern, ONE), PART(AstMatchCase, guard, expr, OPTIONAL), PART(AstMatchCase, body, stmt, MANY)}},
    // pattern
    {"MatchValue", {PATTERN(MatchValue, value, expr, ONE)}},
    {"MatchSingleton", {PATTERN(MatchSingleton, value, constant, ONE)}},
    {"MatchSequence", {PATTERN(MatchSequence, patterns, pattern, MANY)}},
    {"MatchMapping", {PATTERN(MatchMapping, keys, expr, MANY), PATTERN(MatchMapping, patterns, pattern, MANY),
      PATTERN(MatchMapping, rest, identifier, OPTIONAL)}},
    {"MatchClass", {PATTERN(MatchClass, cls, expr, ONE), PATTERN(MatchClass, patterns, pattern, MANY),
      PATTERN(MatchClass, kwd_attrs, identifier, MANY), PATTERN(MatchClass, kwd_patterns, pattern, MANY)}},
    {"MatchStar", {PATTERN(MatchStar, name, identifier, OPTIONAL)}},
    {"MatchAs", {PATTERN(MatchAs, pattern, pattern, OPTIONAL), PATTERN(MatchAs, name, identifier, OPTIONAL)}},
    {"MatchOr", {PATTERN(MatchOr, patterns, pattern, MANY)}},
    // type_ignore
    {"TypeIgnore", {PART(AstTypeIgnore, lineno, int, ONE), PART(AstTypeIgnore, tag, string, ONE)}},
};

const char *const asdl_position_names[4] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};

const AsdlGroup asdl_groups[ASDL_KINDS] = {
    [ASDL_mod] = {"mod", ASDL_SUM, sizeof(AstMod), -1, 0, 4},
    [ASDL_stmt] = {"stmt", ASDL_SUM, sizeof(AstStmt), offsetof(AstStmt, pos), 4, 27},
    [ASDL_expr] = {"expr", ASDL_SUM, sizeof(AstExpr), offsetof(AstExpr, pos), 31, 27},
    [ASDL_expr_context] = {"expr_context", ASDL_ENUM, sizeof(AstExprContext), -1, 58, 3},
    [ASDL_boolop] = {"boolop", ASDL_ENUM, sizeof(AstBoolOp), -1, 61, 2},
    [ASDL_operator] = {"operator", ASDL_ENUM, sizeof(AstOperator), -1, 63, 13},
    [ASDL_unaryop] = {"unaryop", ASDL_ENUM, sizeof(AstUnaryOp), -1, 76, 4},
    [ASDL_cmpop] = {"cmpop", ASDL_ENUM, sizeof(AstCmpOp), -1, 80, 10},
    [ASDL_comprehension] = {"comprehension", ASDL_PRODUCT, sizeof(AstComprehension), -1, 90, 1},
    [ASDL_excepthandler] = {"excepthandler", ASDL_SINGLE, sizeof(AstExceptHandler), offsetof(AstExceptHandler, pos), 91, 1},
    [ASDL_arguments] = {"arguments", ASDL_PRODUCT, sizeof(AstArguments), -1, 92, 1},
    [ASDL_arg] = {"arg", ASDL_PRODUCT, sizeof(AstArg), offsetof(AstArg, pos), 93, 1},
    [ASDL_keyword] = {"keyword", ASDL_PRODUCT, sizeof(AstKeyword), offsetof(AstKeyword, pos), 94, 1},
    [ASDL_alias] = {"alias", ASDL_PRODUCT, sizeof(AstAlias), offsetof(AstAlias, pos), 95, 1},
    [ASDL_withitem] = {"withitem", ASDL_PRODUCT, sizeof(AstWithItem), -1, 96, 1},
    [ASDL_match_case] = {"match_case", ASDL_PRODUCT, sizeof(AstMatchCase), -1, 97, 1},
    [ASDL_pattern] = {"pattern", ASDL_SUM, sizeof(AstPattern), offsetof(AstPattern, pos), 98, 8},
    [ASDL_type_ignore] = {"type_ignore", ASDL_SINGLE, sizeof(AstTypeIgnore), -1, 106, 1},
};
