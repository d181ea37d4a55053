// The rules of the grammar, in the order of the language reference; those for invalid programs follow. See parser_grammar.h for the codes.
#include "front/parser_grammar.h"

#define T(TYPE) (G_TOKEN + TOK_##TYPE)
#define K(WORD) (G_TOKEN + TOK_KW_##WORD)
#define R(RULE) (G_RULE + RULE_##RULE)
#define PICK(N) (G_PICK + (N))
#define NODE(KIND) (G_NODE + AST_##KIND)
#define GROUP (G_NODE + NODE_GROUP)
#define LIST (G_NODE + NODE_LIST)
#define AS(KIND) (G_NODE + NODE_##KIND)
#define CALL(MESSAGE) (G_CALL + MESSAGE_##MESSAGE)
#define SINCE(VERSION, FEATURE) G_SINCE, VERSION, G_SINCE_##FEATURE
#define OPT G_OPT
#define MANY G_MANY
#define SOME G_SOME
#define COMMAS G_SEP, T(COMMA)
#define IF G_IF
#define UNLESS G_UNLESS
#define MUST G_MUST
#define CUT G_CUT
#define INVALID G_INVALID

#define RULE(NAME) static const GrammarCode rule_##NAME[] =

// ---- modules and statements -----------------------------------------------------------------------------------------------------

RULE(file) { OPT, R(statements), T(ENDMARKER), GROUP, G_END };
RULE(interactive) { R(statement_newline), PICK(0), G_END };
RULE(eval) { R(expressions), MANY, T(NEWLINE), T(ENDMARKER), GROUP, G_END };
RULE(func_type) {
  T(LPAR), OPT, R(type_expressions), T(RPAR), T(RARROW), R(expression), MANY, T(NEWLINE), T(ENDMARKER), GROUP, G_END
};
RULE(fstring) { R(star_expressions), PICK(0), G_END };
RULE(statements) { SOME, R(statement), PICK(0), G_END };
RULE(statement) { R(compound_stmt), PICK(0), R(simple_stmts), PICK(0), G_END };
RULE(statement_newline) { R(compound_stmt), T(NEWLINE), PICK(0), R(simple_stmts), PICK(0), T(NEWLINE), PICK(0), G_END };
RULE(simple_stmts) {
  R(simple_stmt), UNLESS, T(SEMI), T(NEWLINE), PICK(0),
  G_SEP, T(SEMI), R(simple_stmt), OPT, T(SEMI), T(NEWLINE), PICK(0), G_END
};
RULE(simple_stmt) {
  R(assignment), PICK(0),
  R(star_expressions), PICK(0),
  IF, K(RETURN), R(return_stmt), PICK(0),
  IF, R(import_start), R(import_stmt), PICK(0),
  IF, K(RAISE), R(raise_stmt), PICK(0),
  K(PASS), PICK(0),
  IF, K(DEL), R(del_stmt), PICK(0),
  IF, K(YIELD), R(yield_expr), PICK(0),
  IF, K(ASSERT), R(assert_stmt), PICK(0),
  K(BREAK), PICK(0),
  K(CONTINUE), PICK(0),
  IF, K(GLOBAL), R(global_stmt), PICK(0),
  IF, K(NONLOCAL), R(nonlocal_stmt), PICK(0), G_END
};
RULE(import_start) { K(IMPORT), PICK(0), K(FROM), PICK(0), G_END };
RULE(compound_def) { K(DEF), PICK(0), T(AT), PICK(0), K(ASYNC), PICK(0), G_END };
RULE(compound_class) { K(CLASS), PICK(0), T(AT), PICK(0), G_END };
RULE(compound_with) { K(WITH), PICK(0), K(ASYNC), PICK(0), G_END };
RULE(compound_for) { K(FOR), PICK(0), K(ASYNC), PICK(0), G_END };
RULE(compound_stmt) {
  IF, R(compound_def), R(function_def), PICK(0),
  IF, K(IF), R(if_stmt), PICK(0),
  IF, R(compound_class), R(class_def), PICK(0),
  IF, R(compound_with), R(with_stmt), PICK(0),
  IF, R(compound_for), R(for_stmt), PICK(0),
  IF, K(TRY), R(try_stmt), PICK(0),
  IF, K(WHILE), R(while_stmt), PICK(0),
  R(match_stmt), PICK(0), G_END
};

// ---- simple statements ----------------------------------------------------------------------------------------------------------

RULE(assignment) {
  T(NAME), T(COLON), R(expression), OPT, R(ann_value), SINCE(6, ANNOTATION), GROUP,
  R(ann_target), T(COLON), R(expression), OPT, R(ann_value), SINCE(6, ANNOTATIONS), GROUP,
  SOME, R(assign_target), R(annotated_rhs), UNLESS, T(EQUAL), OPT, T(TYPE_COMMENT), GROUP,
  R(single_target), R(augassign), CUT, R(annotated_rhs), GROUP,
  INVALID, R(invalid_assignment), PICK(0), G_END
};
RULE(ann_target) { T(LPAR), R(single_target), T(RPAR), PICK(1), R(single_subscript_attribute_target), PICK(0), G_END };
RULE(ann_value) { T(EQUAL), R(annotated_rhs), PICK(1), G_END };
RULE(assign_target) { R(star_targets), T(EQUAL), PICK(0), G_END };
RULE(annotated_rhs) { R(yield_expr), PICK(0), R(star_expressions), PICK(0), G_END };
RULE(augassign) {
  T(PLUSEQUAL), PICK(0), T(MINEQUAL), PICK(0), T(STAREQUAL), PICK(0), T(ATEQUAL), SINCE(5, MATMULT), PICK(0),
  T(SLASHEQUAL), PICK(0), T(PERCENTEQUAL), PICK(0), T(AMPEREQUAL), PICK(0), T(VBAREQUAL), PICK(0), T(CIRCUMFLEXEQUAL), PICK(0),
  T(LEFTSHIFTEQUAL), PICK(0), T(RIGHTSHIFTEQUAL), PICK(0), T(DOUBLESTAREQUAL), PICK(0), T(DOUBLESLASHEQUAL), PICK(0), G_END
};
RULE(return_stmt) { K(RETURN), OPT, R(star_expressions), GROUP, G_END };
RULE(raise_stmt) { K(RAISE), R(expression), OPT, R(raise_from), GROUP, K(RAISE), GROUP, G_END };
RULE(raise_from) { K(FROM), R(expression), PICK(1), G_END };
RULE(global_stmt) { K(GLOBAL), COMMAS, T(NAME), GROUP, G_END };
RULE(nonlocal_stmt) { K(NONLOCAL), COMMAS, T(NAME), GROUP, G_END };
RULE(del_stmt) { K(DEL), R(del_targets), IF, R(del_end), GROUP, INVALID, R(invalid_del_stmt), PICK(0), G_END };
RULE(del_end) { T(SEMI), PICK(0), T(NEWLINE), PICK(0), G_END };
RULE(assert_stmt) { K(ASSERT), R(expression), OPT, R(assert_msg), GROUP, G_END };
RULE(assert_msg) { T(COMMA), R(expression), PICK(1), G_END };
RULE(import_stmt) { R(import_name), PICK(0), R(import_from), PICK(0), G_END };
RULE(import_name) { K(IMPORT), R(dotted_as_names), GROUP, G_END };
RULE(import_from) {
  K(FROM), MANY, R(dot), R(dotted_name), K(IMPORT), R(import_from_targets), GROUP,
  K(FROM), SOME, R(dot), K(IMPORT), R(import_from_targets), GROUP, G_END
};
RULE(dot) { T(DOT), PICK(0), T(ELLIPSIS), PICK(0), G_END };
RULE(import_from_targets) {
  T(LPAR), R(import_from_as_names), OPT, T(COMMA), T(RPAR), GROUP,
  R(import_from_as_names), UNLESS, T(COMMA), PICK(0),
  T(STAR), PICK(0),
  INVALID, R(invalid_import_from_targets), PICK(0), G_END
};
RULE(import_from_as_names) { COMMAS, R(import_from_as_name), PICK(0), G_END };
RULE(import_from_as_name) { T(NAME), OPT, R(as_name), GROUP, G_END };
RULE(as_name) { K(AS), T(NAME), PICK(1), G_END };
RULE(dotted_as_names) { COMMAS, R(dotted_as_name), PICK(0), G_END };
RULE(dotted_as_name) { R(dotted_name), OPT, R(as_name), GROUP, G_END };
RULE(dotted_name) { R(dotted_name), T(DOT), T(NAME), GROUP, T(NAME), PICK(0), G_END };

// ---- blocks, classes, functions -------------------------------------------------------------------------------------------------

RULE(block) {
  T(NEWLINE), T(INDENT), R(statements), T(DEDENT), PICK(2),
  R(simple_stmts), PICK(0),
  INVALID, R(invalid_block), PICK(0), G_END
};
RULE(decorators) { SOME, R(decorator), PICK(0), G_END };
RULE(decorator) { T(AT), R(named_expression), T(NEWLINE), PICK(1), G_END };
RULE(class_def) { R(decorators), R(class_def_raw), PICK(1), R(class_def_raw), PICK(0), G_END };
RULE(class_def_raw) {
  INVALID, R(invalid_class_def_raw), PICK(0),
  K(CLASS), T(NAME), OPT, R(class_arguments), T(COLON), R(block), GROUP, G_END
};
RULE(class_arguments) { T(LPAR), OPT, R(arguments), T(RPAR), GROUP, G_END };
RULE(function_def) { R(decorators), R(function_def_raw), PICK(1), R(function_def_raw), PICK(0), G_END };
RULE(function_def_raw) {
  INVALID, R(invalid_def_raw), PICK(0),
  K(DEF), T(NAME), MUST, T(LPAR), OPT, R(params), T(RPAR), OPT, R(return_annotation), MUST, T(COLON),
    OPT, R(func_type_comment), R(block), GROUP,
  K(ASYNC), K(DEF), T(NAME), MUST, T(LPAR), OPT, R(params), T(RPAR), OPT, R(return_annotation), MUST, T(COLON),
    OPT, R(func_type_comment), R(block), SINCE(5, ASYNC_DEF), GROUP, G_END
};
RULE(return_annotation) { T(RARROW), R(expression), PICK(1), G_END };

RULE(params) { INVALID, R(invalid_parameters), PICK(0), R(parameters), PICK(0), G_END };
RULE(parameters) {
  R(slash_no_default), MANY, R(param_no_default), MANY, R(param_with_default), OPT, R(star_etc), SINCE(8, POSONLY), GROUP,
  R(slash_with_default), MANY, R(param_with_default), OPT, R(star_etc), SINCE(8, POSONLY), GROUP,
  SOME, R(param_no_default), MANY, R(param_with_default), OPT, R(star_etc), GROUP,
  SOME, R(param_with_default), OPT, R(star_etc), GROUP,
  R(star_etc), GROUP, G_END
};
RULE(slash_no_default) {
  SOME, R(param_no_default), T(SLASH), T(COMMA), GROUP,
  SOME, R(param_no_default), T(SLASH), IF, T(RPAR), GROUP, G_END
};
RULE(slash_with_default) {
  MANY, R(param_no_default), SOME, R(param_with_default), T(SLASH), T(COMMA), GROUP,
  MANY, R(param_no_default), SOME, R(param_with_default), T(SLASH), IF, T(RPAR), GROUP, G_END
};
RULE(star_etc) {
  INVALID, R(invalid_star_etc), PICK(0),
  T(STAR), R(param_no_default), MANY, R(param_maybe_default), OPT, R(kwds), GROUP,
  T(STAR), R(param_no_default_star_annotation), MANY, R(param_maybe_default), OPT, R(kwds), GROUP,
  T(STAR), T(COMMA), SOME, R(param_maybe_default), OPT, R(kwds), GROUP,
  R(kwds), PICK(0), G_END
};
RULE(kwds) { INVALID, R(invalid_kwds), PICK(0), T(DOUBLESTAR), R(param_no_default), PICK(1), G_END };
RULE(param_no_default) {
  R(param), T(COMMA), OPT, T(TYPE_COMMENT), PICK(0),
  R(param), OPT, T(TYPE_COMMENT), IF, T(RPAR), PICK(0), G_END
};
RULE(param_no_default_star_annotation) {
  R(param_star_annotation), T(COMMA), OPT, T(TYPE_COMMENT), PICK(0),
  R(param_star_annotation), OPT, T(TYPE_COMMENT), IF, T(RPAR), PICK(0), G_END
};
RULE(param_with_default) {
  R(param), R(default_value), T(COMMA), OPT, T(TYPE_COMMENT), GROUP,
  R(param), R(default_value), OPT, T(TYPE_COMMENT), IF, T(RPAR), GROUP, G_END
};
RULE(param_maybe_default) {
  R(param), OPT, R(default_value), T(COMMA), OPT, T(TYPE_COMMENT), GROUP,
  R(param), OPT, R(default_value), OPT, T(TYPE_COMMENT), IF, T(RPAR), GROUP, G_END
};
RULE(param) { T(NAME), OPT, R(annotation), GROUP, G_END };
RULE(param_star_annotation) { T(NAME), R(star_annotation), GROUP, G_END };
RULE(annotation) { T(COLON), R(expression), PICK(1), G_END };
RULE(star_annotation) { T(COLON), R(star_expression), PICK(1), G_END };
RULE(default_value) { T(EQUAL), R(expression), PICK(1), INVALID, R(invalid_default), PICK(0), G_END };
RULE(func_type_comment) {
  T(NEWLINE), T(TYPE_COMMENT), IF, R(newline_indent), PICK(1),
  INVALID, R(invalid_double_type_comments), PICK(0),
  T(TYPE_COMMENT), PICK(0), G_END
};
RULE(newline_indent) { T(NEWLINE), T(INDENT), PICK(0), G_END };

// ---- compound statements --------------------------------------------------------------------------------------------------------

RULE(if_stmt) {
  INVALID, R(invalid_if_stmt), PICK(0),
  K(IF), R(named_expression), T(COLON), R(block), R(elif_stmt), GROUP,
  K(IF), R(named_expression), T(COLON), R(block), OPT, R(else_block), GROUP, G_END
};
RULE(elif_stmt) {
  INVALID, R(invalid_elif_stmt), PICK(0),
  K(ELIF), R(named_expression), T(COLON), R(block), R(elif_stmt), GROUP,
  K(ELIF), R(named_expression), T(COLON), R(block), OPT, R(else_block), GROUP, G_END
};
RULE(else_block) { INVALID, R(invalid_else_stmt), PICK(0), K(ELSE), MUST, T(COLON), R(block), PICK(2), G_END };
RULE(while_stmt) {
  INVALID, R(invalid_while_stmt), PICK(0),
  K(WHILE), R(named_expression), T(COLON), R(block), OPT, R(else_block), GROUP, G_END
};
RULE(for_stmt) {
  INVALID, R(invalid_for_stmt), PICK(0),
  K(FOR), R(star_targets), K(IN), CUT, R(star_expressions), T(COLON), OPT, T(TYPE_COMMENT), R(block), OPT, R(else_block), GROUP,
  K(ASYNC), K(FOR), R(star_targets), K(IN), CUT, R(star_expressions), T(COLON), OPT, T(TYPE_COMMENT), R(block),
    OPT, R(else_block), SINCE(5, ASYNC_FOR), GROUP,
  INVALID, R(invalid_for_target), PICK(0), G_END
};
RULE(with_stmt) {
  INVALID, R(invalid_with_stmt_indent), PICK(0),
  K(WITH), T(LPAR), COMMAS, R(with_item), OPT, T(COMMA), T(RPAR), T(COLON), R(block), SINCE(9, PAREN_WITH), GROUP,
  K(WITH), COMMAS, R(with_item), T(COLON), OPT, T(TYPE_COMMENT), R(block), GROUP,
  K(ASYNC), K(WITH), T(LPAR), COMMAS, R(with_item), OPT, T(COMMA), T(RPAR), T(COLON), R(block), SINCE(5, ASYNC_WITH), GROUP,
  K(ASYNC), K(WITH), COMMAS, R(with_item), T(COLON), OPT, T(TYPE_COMMENT), R(block), SINCE(5, ASYNC_WITH), GROUP,
  INVALID, R(invalid_with_stmt), PICK(0), G_END
};
RULE(with_item) {
  R(expression), K(AS), R(star_target), IF, R(with_item_end), GROUP,
  INVALID, R(invalid_with_item), PICK(0),
  R(expression), PICK(0), G_END
};
RULE(with_item_end) { T(COMMA), PICK(0), T(RPAR), PICK(0), T(COLON), PICK(0), G_END };
RULE(try_stmt) {
  INVALID, R(invalid_try_stmt), PICK(0),
  K(TRY), MUST, T(COLON), R(block), R(finally_block), GROUP,
  K(TRY), MUST, T(COLON), R(block), SOME, R(except_block), OPT, R(else_block), OPT, R(finally_block), GROUP,
  K(TRY), MUST, T(COLON), R(block), SOME, R(except_star_block), OPT, R(else_block), OPT, R(finally_block), SINCE(11, GROUPS), GROUP,
  G_END
};
RULE(except_block) {
  INVALID, R(invalid_except_stmt_indent), PICK(0),
  K(EXCEPT), R(expression), OPT, R(as_name), T(COLON), R(block), GROUP,
  K(EXCEPT), T(COLON), R(block), GROUP,
  INVALID, R(invalid_except_stmt), PICK(0), G_END
};
RULE(except_star_block) {
  INVALID, R(invalid_except_star_stmt_indent), PICK(0),
  K(EXCEPT), T(STAR), R(expression), OPT, R(as_name), T(COLON), R(block), GROUP,
  INVALID, R(invalid_except_stmt), PICK(0), G_END
};
RULE(finally_block) { INVALID, R(invalid_finally_stmt), PICK(0), K(FINALLY), MUST, T(COLON), R(block), PICK(2), G_END };

// ---- match ----------------------------------------------------------------------------------------------------------------------

RULE(match_stmt) {
  G_WORD_MATCH, R(subject_expr), T(COLON), T(NEWLINE), T(INDENT), SOME, R(case_block), T(DEDENT), SINCE(10, MATCH), GROUP,
  INVALID, R(invalid_match_stmt), PICK(0), G_END
};
RULE(subject_expr) {
  R(star_named_expression), T(COMMA), OPT, R(star_named_expressions), NODE(Tuple),
  R(named_expression), PICK(0), G_END
};
RULE(case_block) {
  INVALID, R(invalid_case_block), PICK(0),
  G_WORD_CASE, R(patterns), OPT, R(guard), T(COLON), R(block), GROUP, G_END
};
RULE(guard) { K(IF), R(named_expression), PICK(1), G_END };
RULE(patterns) { R(open_sequence_pattern), PICK(0), R(pattern), PICK(0), G_END };
RULE(pattern) { R(as_pattern), PICK(0), R(or_pattern), PICK(0), G_END };
RULE(as_pattern) {
  R(or_pattern), K(AS), R(pattern_capture_target), GROUP,
  INVALID, R(invalid_as_pattern), PICK(0), G_END
};
RULE(or_pattern) { G_SEP, T(VBAR), R(closed_pattern), GROUP, G_END };
RULE(closed_pattern) {
  R(literal_pattern), PICK(0), R(capture_pattern), PICK(0), R(wildcard_pattern), PICK(0), R(value_pattern), PICK(0),
  R(group_pattern), PICK(0), R(sequence_pattern), PICK(0), R(mapping_pattern), PICK(0), R(class_pattern), PICK(0), G_END
};
RULE(literal_pattern) {
  R(signed_number), UNLESS, R(plus_minus), PICK(0), R(complex_number), PICK(0), R(strings), PICK(0),
  K(NONE), PICK(0), K(TRUE), PICK(0), K(FALSE), PICK(0), G_END
};
RULE(literal_expr) {
  R(signed_number), UNLESS, R(plus_minus), PICK(0), R(complex_number), PICK(0), R(strings), PICK(0),
  K(NONE), PICK(0), K(TRUE), PICK(0), K(FALSE), PICK(0), G_END
};
RULE(plus_minus) { T(PLUS), PICK(0), T(MINUS), PICK(0), G_END };
RULE(complex_number) {
  R(signed_real_number), T(PLUS), R(imaginary_number), GROUP,
  R(signed_real_number), T(MINUS), R(imaginary_number), GROUP, G_END
};
RULE(signed_number) { T(NUMBER), CALL(number), T(MINUS), T(NUMBER), GROUP, G_END };
RULE(signed_real_number) { R(real_number), PICK(0), T(MINUS), R(real_number), GROUP, G_END };
RULE(real_number) { T(NUMBER), CALL(real_number), G_END };
RULE(imaginary_number) { T(NUMBER), CALL(imaginary_number), G_END };
RULE(capture_pattern) { R(pattern_capture_target), PICK(0), G_END };
RULE(pattern_capture_target) { UNLESS, G_WORD_UNDERSCORE, T(NAME), UNLESS, R(not_a_capture), PICK(0), G_END };
RULE(not_a_capture) { T(DOT), PICK(0), T(LPAR), PICK(0), T(EQUAL), PICK(0), G_END };
RULE(wildcard_pattern) { G_WORD_UNDERSCORE, PICK(0), G_END };
RULE(value_pattern) { R(attr), UNLESS, R(not_a_capture), PICK(0), G_END };
RULE(attr) { R(name_or_attr), T(DOT), T(NAME), GROUP, G_END };
RULE(name_or_attr) { R(attr), PICK(0), T(NAME), PICK(0), G_END };
RULE(group_pattern) { T(LPAR), R(pattern), T(RPAR), PICK(1), G_END };
RULE(sequence_pattern) {
  T(LSQB), OPT, R(maybe_sequence_pattern), T(RSQB), GROUP,
  T(LPAR), OPT, R(open_sequence_pattern), T(RPAR), GROUP, G_END
};
RULE(open_sequence_pattern) { R(maybe_star_pattern), T(COMMA), OPT, R(maybe_sequence_pattern), GROUP, G_END };
RULE(maybe_sequence_pattern) { COMMAS, R(maybe_star_pattern), OPT, T(COMMA), PICK(0), G_END };
RULE(maybe_star_pattern) { R(star_pattern), PICK(0), R(pattern), PICK(0), G_END };
RULE(star_pattern) { T(STAR), R(pattern_capture_target), GROUP, T(STAR), R(wildcard_pattern), GROUP, G_END };
RULE(mapping_pattern) {
  T(LBRACE), T(RBRACE), GROUP,
  T(LBRACE), R(double_star_pattern), OPT, T(COMMA), T(RBRACE), GROUP,
  T(LBRACE), R(items_pattern), T(COMMA), R(double_star_pattern), OPT, T(COMMA), T(RBRACE), GROUP,
  T(LBRACE), R(items_pattern), OPT, T(COMMA), T(RBRACE), GROUP, G_END
};
RULE(items_pattern) { COMMAS, R(key_value_pattern), PICK(0), G_END };
RULE(key_value_pattern) { R(mapping_key), T(COLON), R(pattern), GROUP, G_END };
RULE(mapping_key) { R(literal_expr), PICK(0), R(attr), PICK(0), G_END };
RULE(double_star_pattern) { T(DOUBLESTAR), R(pattern_capture_target), GROUP, G_END };
RULE(class_pattern) {
  R(name_or_attr), T(LPAR), T(RPAR), GROUP,
  R(name_or_attr), T(LPAR), R(positional_patterns), OPT, T(COMMA), T(RPAR), GROUP,
  R(name_or_attr), T(LPAR), R(keyword_patterns), OPT, T(COMMA), T(RPAR), GROUP,
  R(name_or_attr), T(LPAR), R(positional_patterns), T(COMMA), R(keyword_patterns), OPT, T(COMMA), T(RPAR), GROUP,
  INVALID, R(invalid_class_pattern), PICK(0), G_END
};
RULE(positional_patterns) { COMMAS, R(pattern), PICK(0), G_END };
RULE(keyword_patterns) { COMMAS, R(keyword_pattern), PICK(0), G_END };
RULE(keyword_pattern) { T(NAME), T(EQUAL), R(pattern), GROUP, G_END };

// ---- expressions ----------------------------------------------------------------------------------------------------------------

RULE(expressions) {
  R(expression), SOME, R(comma_expression), OPT, T(COMMA), NODE(Tuple),
  R(expression), T(COMMA), NODE(Tuple),
  R(expression), PICK(0), G_END
};
RULE(comma_expression) { T(COMMA), R(expression), PICK(1), G_END };
RULE(expression) {
  INVALID, R(invalid_expression), PICK(0),
  INVALID, R(invalid_legacy_expression), PICK(0),
  R(disjunction), K(IF), R(disjunction), K(ELSE), R(expression), NODE(IfExp),
  R(disjunction), PICK(0),
  R(lambdef), PICK(0), G_END
};
RULE(yield_expr) {
  K(YIELD), K(FROM), R(expression), NODE(YieldFrom),
  K(YIELD), OPT, R(star_expressions), NODE(Yield), G_END
};
RULE(star_expressions) {
  R(star_expression), SOME, R(comma_star_expression), OPT, T(COMMA), NODE(Tuple),
  R(star_expression), T(COMMA), NODE(Tuple),
  R(star_expression), PICK(0), G_END
};
RULE(comma_star_expression) { T(COMMA), R(star_expression), PICK(1), G_END };
RULE(star_expression) { T(STAR), R(bitwise_or), NODE(Starred), R(expression), PICK(0), G_END };
RULE(star_named_expressions) { COMMAS, R(star_named_expression), OPT, T(COMMA), PICK(0), G_END };
RULE(star_named_expression) { T(STAR), R(bitwise_or), NODE(Starred), R(named_expression), PICK(0), G_END };
RULE(assignment_expression) { T(NAME), T(COLONEQUAL), CUT, R(expression), SINCE(8, WALRUS), NODE(NamedExpr), G_END };
RULE(named_expression) {
  R(assignment_expression), PICK(0),
  INVALID, R(invalid_named_expression), PICK(0),
  R(expression), UNLESS, T(COLONEQUAL), PICK(0), G_END
};
RULE(disjunction) { R(conjunction), SOME, R(or_conjunction), NODE(BoolOp), R(conjunction), PICK(0), G_END };
RULE(or_conjunction) { K(OR), R(conjunction), PICK(1), G_END };
RULE(conjunction) { R(inversion), SOME, R(and_inversion), NODE(BoolOp), R(inversion), PICK(0), G_END };
RULE(and_inversion) { K(AND), R(inversion), PICK(1), G_END };
RULE(inversion) { K(NOT), R(inversion), NODE(UnaryOp), R(comparison), PICK(0), G_END };
RULE(comparison) { R(bitwise_or), SOME, R(compare_pair), NODE(Compare), R(bitwise_or), PICK(0), G_END };
RULE(compare_pair) {
  T(EQEQUAL), R(bitwise_or), GROUP, R(notequal), R(bitwise_or), GROUP, T(LESSEQUAL), R(bitwise_or), GROUP,
  T(LESS), R(bitwise_or), GROUP, T(GREATEREQUAL), R(bitwise_or), GROUP, T(GREATER), R(bitwise_or), GROUP,
  K(NOT), K(IN), R(bitwise_or), GROUP, K(IN), R(bitwise_or), GROUP, K(IS), K(NOT), R(bitwise_or), GROUP,
  K(IS), R(bitwise_or), GROUP, G_END
};
RULE(notequal) { T(NOTEQUAL), CALL(notequal), G_END };
RULE(bitwise_or) { R(bitwise_or), T(VBAR), R(bitwise_xor), NODE(BinOp), R(bitwise_xor), PICK(0), G_END };
RULE(bitwise_xor) { R(bitwise_xor), T(CIRCUMFLEX), R(bitwise_and), NODE(BinOp), R(bitwise_and), PICK(0), G_END };
RULE(bitwise_and) { R(bitwise_and), T(AMPER), R(shift_expr), NODE(BinOp), R(shift_expr), PICK(0), G_END };
RULE(shift_expr) {
  R(shift_expr), T(LEFTSHIFT), R(sum), NODE(BinOp), R(shift_expr), T(RIGHTSHIFT), R(sum), NODE(BinOp), R(sum), PICK(0), G_END
};
RULE(sum) { R(sum), T(PLUS), R(term), NODE(BinOp), R(sum), T(MINUS), R(term), NODE(BinOp), R(term), PICK(0), G_END };
RULE(term) {
  R(term), T(STAR), R(factor), NODE(BinOp), R(term), T(SLASH), R(factor), NODE(BinOp),
  R(term), T(DOUBLESLASH), R(factor), NODE(BinOp), R(term), T(PERCENT), R(factor), NODE(BinOp),
  R(term), T(AT), R(factor), SINCE(5, MATMULT), NODE(BinOp), R(factor), PICK(0), G_END
};
RULE(factor) {
  T(PLUS), R(factor), NODE(UnaryOp), T(MINUS), R(factor), NODE(UnaryOp), T(TILDE), R(factor), NODE(UnaryOp),
  R(power), PICK(0), G_END
};
RULE(power) { R(await_primary), T(DOUBLESTAR), R(factor), NODE(BinOp), R(await_primary), PICK(0), G_END };
RULE(await_primary) { K(AWAIT), R(primary), SINCE(5, AWAIT), NODE(Await), R(primary), PICK(0), G_END };
RULE(primary) {
  R(primary), T(DOT), T(NAME), NODE(Attribute),
  R(primary), R(genexp), NODE(Call),
  R(primary), T(LPAR), OPT, R(arguments), T(RPAR), NODE(Call),
  R(primary), T(LSQB), R(slices), T(RSQB), NODE(Subscript),
  R(atom), PICK(0), G_END
};
RULE(slices) {
  R(slice), UNLESS, T(COMMA), PICK(0),
  COMMAS, R(slice_or_starred), OPT, T(COMMA), NODE(Tuple), G_END
};
RULE(slice_or_starred) { R(slice), PICK(0), R(starred_expression), PICK(0), G_END };
RULE(slice) {
  OPT, R(expression), T(COLON), OPT, R(expression), OPT, R(slice_step), NODE(Slice),
  R(named_expression), PICK(0), G_END
};
RULE(slice_step) { T(COLON), OPT, R(expression), GROUP, G_END };
RULE(atom) {
  T(NAME), NODE(Name),
  K(TRUE), NODE(Constant), K(FALSE), NODE(Constant), K(NONE), NODE(Constant),
  IF, T(STRING), R(strings), PICK(0),
  T(NUMBER), CALL(number),
  IF, T(LPAR), R(parenthesised), PICK(0),
  IF, T(LSQB), R(bracketed), PICK(0),
  IF, T(LBRACE), R(braced), PICK(0),
  T(ELLIPSIS), NODE(Constant), G_END
};
RULE(parenthesised) { R(tuple), PICK(0), R(group), PICK(0), R(genexp), PICK(0), G_END };
RULE(bracketed) { R(list), PICK(0), R(listcomp), PICK(0), G_END };
RULE(braced) { R(dict), PICK(0), R(set), PICK(0), R(dictcomp), PICK(0), R(setcomp), PICK(0), G_END };
RULE(group) { T(LPAR), R(group_inner), T(RPAR), PICK(1), INVALID, R(invalid_group), PICK(0), G_END };
RULE(group_inner) { R(yield_expr), PICK(0), R(named_expression), PICK(0), G_END };
RULE(strings) { SOME, T(STRING), CALL(strings), G_END };
RULE(list) { T(LSQB), OPT, R(star_named_expressions), T(RSQB), NODE(List), G_END };
RULE(tuple) { T(LPAR), OPT, R(tuple_inner), T(RPAR), NODE(Tuple), G_END };
RULE(tuple_inner) { R(star_named_expression), T(COMMA), OPT, R(star_named_expressions), LIST, G_END };
RULE(set) { T(LBRACE), R(star_named_expressions), T(RBRACE), NODE(Set), G_END };
// The second alternative is tried in both passes, as in CPython: it is no invalid rule alone, but one between braces.
RULE(dict) {
  T(LBRACE), OPT, R(double_starred_kvpairs), T(RBRACE), NODE(Dict),
  T(LBRACE), R(invalid_double_starred_kvpairs), T(RBRACE), PICK(0), G_END
};
RULE(double_starred_kvpairs) { COMMAS, R(double_starred_kvpair), OPT, T(COMMA), PICK(0), G_END };
RULE(double_starred_kvpair) { T(DOUBLESTAR), R(bitwise_or), GROUP, R(kvpair), PICK(0), G_END };
RULE(kvpair) { R(expression), T(COLON), R(expression), GROUP, G_END };

// ---- lambda ---------------------------------------------------------------------------------------------------------------------

RULE(lambdef) { K(LAMBDA), OPT, R(lambda_params), T(COLON), R(expression), NODE(Lambda), G_END };
RULE(lambda_params) { INVALID, R(invalid_lambda_parameters), PICK(0), R(lambda_parameters), PICK(0), G_END };
RULE(lambda_parameters) {
  R(lambda_slash_no_default), MANY, R(lambda_param_no_default), MANY, R(lambda_param_with_default), OPT, R(lambda_star_etc),
    SINCE(8, POSONLY), GROUP,
  R(lambda_slash_with_default), MANY, R(lambda_param_with_default), OPT, R(lambda_star_etc), SINCE(8, POSONLY), GROUP,
  SOME, R(lambda_param_no_default), MANY, R(lambda_param_with_default), OPT, R(lambda_star_etc), GROUP,
  SOME, R(lambda_param_with_default), OPT, R(lambda_star_etc), GROUP,
  R(lambda_star_etc), GROUP, G_END
};
RULE(lambda_slash_no_default) {
  SOME, R(lambda_param_no_default), T(SLASH), T(COMMA), GROUP,
  SOME, R(lambda_param_no_default), T(SLASH), IF, T(COLON), GROUP, G_END
};
RULE(lambda_slash_with_default) {
  MANY, R(lambda_param_no_default), SOME, R(lambda_param_with_default), T(SLASH), T(COMMA), GROUP,
  MANY, R(lambda_param_no_default), SOME, R(lambda_param_with_default), T(SLASH), IF, T(COLON), GROUP, G_END
};
RULE(lambda_star_etc) {
  INVALID, R(invalid_lambda_star_etc), PICK(0),
  T(STAR), R(lambda_param_no_default), MANY, R(lambda_param_maybe_default), OPT, R(lambda_kwds), GROUP,
  T(STAR), T(COMMA), SOME, R(lambda_param_maybe_default), OPT, R(lambda_kwds), GROUP,
  R(lambda_kwds), PICK(0), G_END
};
RULE(lambda_kwds) { INVALID, R(invalid_lambda_kwds), PICK(0), T(DOUBLESTAR), R(lambda_param_no_default), PICK(1), G_END };
RULE(lambda_param_no_default) { R(lambda_param), T(COMMA), PICK(0), R(lambda_param), IF, T(COLON), PICK(0), G_END };
RULE(lambda_param_with_default) {
  R(lambda_param), R(default_value), T(COMMA), GROUP, R(lambda_param), R(default_value), IF, T(COLON), GROUP, G_END
};
RULE(lambda_param_maybe_default) {
  R(lambda_param), OPT, R(default_value), T(COMMA), GROUP, R(lambda_param), OPT, R(default_value), IF, T(COLON), GROUP, G_END
};
RULE(lambda_param) { T(NAME), GROUP, G_END };

// ---- comprehensions and calls ---------------------------------------------------------------------------------------------------

RULE(for_if_clauses) { SOME, R(for_if_clause), PICK(0), G_END };
// Messages read item 3 counted from the back: the iterable and the list of conditions are the last two items.
RULE(for_if_clause) {
  K(ASYNC), K(FOR), R(star_targets), K(IN), CUT, R(disjunction), MANY, R(comprehension_if), SINCE(6, ASYNC_COMP), GROUP,
  K(FOR), R(star_targets), K(IN), CUT, R(disjunction), MANY, R(comprehension_if), GROUP,
  INVALID, R(invalid_for_target), PICK(0), G_END
};
RULE(comprehension_if) { K(IF), R(disjunction), PICK(1), G_END };
RULE(listcomp) {
  T(LSQB), R(named_expression), R(for_if_clauses), T(RSQB), NODE(ListComp),
  INVALID, R(invalid_comprehension), PICK(0), G_END
};
RULE(setcomp) {
  T(LBRACE), R(named_expression), R(for_if_clauses), T(RBRACE), NODE(SetComp),
  INVALID, R(invalid_comprehension), PICK(0), G_END
};
RULE(genexp) {
  T(LPAR), R(genexp_element), R(for_if_clauses), T(RPAR), NODE(GeneratorExp),
  INVALID, R(invalid_comprehension), PICK(0), G_END
};
RULE(genexp_element) { R(assignment_expression), PICK(0), R(expression), UNLESS, T(COLONEQUAL), PICK(0), G_END };
RULE(dictcomp) {
  T(LBRACE), R(kvpair), R(for_if_clauses), T(RBRACE), NODE(DictComp),
  INVALID, R(invalid_dict_comprehension), PICK(0), G_END
};
RULE(arguments) { R(args), OPT, T(COMMA), IF, T(RPAR), PICK(0), INVALID, R(invalid_arguments), PICK(0), G_END };
RULE(args) { COMMAS, R(positional_argument), OPT, R(comma_kwargs), AS(ARGS), R(kwargs), AS(ARGS), G_END };
RULE(positional_argument) { R(starred_expression), PICK(0), R(argument_value), UNLESS, T(EQUAL), PICK(0), G_END };
RULE(argument_value) { R(assignment_expression), PICK(0), R(expression), UNLESS, T(COLONEQUAL), PICK(0), G_END };
RULE(comma_kwargs) { T(COMMA), R(kwargs), PICK(1), G_END };
RULE(kwargs) {
  COMMAS, R(kwarg_or_starred), T(COMMA), COMMAS, R(kwarg_or_double_starred), LIST,
  COMMAS, R(kwarg_or_starred), LIST,
  COMMAS, R(kwarg_or_double_starred), LIST, G_END
};
RULE(starred_expression) { T(STAR), R(expression), NODE(Starred), G_END };
RULE(kwarg_or_starred) {
  INVALID, R(invalid_kwarg), PICK(0),
  T(NAME), T(EQUAL), R(expression), AS(KEYWORD),
  R(starred_expression), PICK(0), G_END
};
RULE(kwarg_or_double_starred) {
  INVALID, R(invalid_kwarg), PICK(0),
  T(NAME), T(EQUAL), R(expression), AS(KEYWORD),
  T(DOUBLESTAR), R(expression), AS(UNPACKED), G_END
};

// ---- targets --------------------------------------------------------------------------------------------------------------------

RULE(star_targets) {
  R(star_target), UNLESS, T(COMMA), PICK(0),
  R(star_target), MANY, R(comma_star_target), OPT, T(COMMA), NODE(Tuple), G_END
};
RULE(comma_star_target) { T(COMMA), R(star_target), PICK(1), G_END };
RULE(star_targets_list_seq) { COMMAS, R(star_target), OPT, T(COMMA), PICK(0), G_END };
RULE(star_targets_tuple_seq) {
  R(star_target), SOME, R(comma_star_target), OPT, T(COMMA), LIST,
  R(star_target), T(COMMA), LIST, G_END
};
RULE(star_target) { T(STAR), R(unstarred_target), NODE(Starred), R(target_with_star_atom), PICK(0), G_END };
RULE(unstarred_target) { UNLESS, T(STAR), R(star_target), PICK(0), G_END };
RULE(target_with_star_atom) {
  R(t_primary), T(DOT), T(NAME), UNLESS, R(t_lookahead), NODE(Attribute),
  R(t_primary), T(LSQB), R(slices), T(RSQB), UNLESS, R(t_lookahead), NODE(Subscript),
  R(star_atom), PICK(0), G_END
};
RULE(star_atom) {
  T(NAME), NODE(Name),
  T(LPAR), R(target_with_star_atom), T(RPAR), PICK(1),
  T(LPAR), OPT, R(star_targets_tuple_seq), T(RPAR), NODE(Tuple),
  T(LSQB), OPT, R(star_targets_list_seq), T(RSQB), NODE(List), G_END
};
RULE(single_target) {
  R(single_subscript_attribute_target), PICK(0), T(NAME), NODE(Name), T(LPAR), R(single_target), T(RPAR), PICK(1), G_END
};
RULE(single_subscript_attribute_target) {
  R(t_primary), T(DOT), T(NAME), UNLESS, R(t_lookahead), NODE(Attribute),
  R(t_primary), T(LSQB), R(slices), T(RSQB), UNLESS, R(t_lookahead), NODE(Subscript), G_END
};
RULE(t_primary) {
  R(t_primary), T(DOT), T(NAME), IF, R(t_lookahead), NODE(Attribute),
  R(t_primary), T(LSQB), R(slices), T(RSQB), IF, R(t_lookahead), NODE(Subscript),
  R(t_primary), R(genexp), IF, R(t_lookahead), NODE(Call),
  R(t_primary), T(LPAR), OPT, R(arguments), T(RPAR), IF, R(t_lookahead), NODE(Call),
  R(atom), IF, R(t_lookahead), PICK(0), G_END
};
RULE(t_lookahead) { T(LPAR), PICK(0), T(LSQB), PICK(0), T(DOT), PICK(0), G_END };
RULE(del_targets) { COMMAS, R(del_target), OPT, T(COMMA), PICK(0), G_END };
RULE(del_target) {
  R(t_primary), T(DOT), T(NAME), UNLESS, R(t_lookahead), NODE(Attribute),
  R(t_primary), T(LSQB), R(slices), T(RSQB), UNLESS, R(t_lookahead), NODE(Subscript),
  R(del_t_atom), PICK(0), G_END
};
RULE(del_t_atom) {
  T(NAME), NODE(Name),
  T(LPAR), R(del_target), T(RPAR), PICK(1),
  T(LPAR), OPT, R(del_targets), T(RPAR), NODE(Tuple),
  T(LSQB), OPT, R(del_targets), T(RSQB), NODE(List), G_END
};
RULE(type_expressions) {
  COMMAS, R(expression), T(COMMA), T(STAR), R(expression), T(COMMA), T(DOUBLESTAR), R(expression), GROUP,
  COMMAS, R(expression), T(COMMA), T(STAR), R(expression), GROUP,
  COMMAS, R(expression), T(COMMA), T(DOUBLESTAR), R(expression), GROUP,
  T(STAR), R(expression), T(COMMA), T(DOUBLESTAR), R(expression), GROUP,
  T(STAR), R(expression), GROUP,
  T(DOUBLESTAR), R(expression), GROUP,
  COMMAS, R(expression), GROUP, G_END
};

// ---- invalid calls and expressions ----------------------------------------------------------------------------------------------

RULE(invalid_arguments) {
  R(args), T(COMMA), T(STAR), CALL(iterable_after_unpacking),
  R(expression), R(for_if_clauses), T(COMMA), OPT, R(more_args), CALL(genexp_range_0_1),
  T(NAME), T(EQUAL), R(expression), R(for_if_clauses), CALL(maybe_equal_name),
  R(args), R(for_if_clauses), CALL(nonparen_genexp),
  R(args), T(COMMA), R(expression), R(for_if_clauses), CALL(genexp_range_2_3),
  R(args), T(COMMA), R(args), CALL(argument_order), G_END
};
RULE(more_args) { R(args), PICK(0), R(one_genexp), PICK(0), G_END };
RULE(one_genexp) { R(expression), R(for_if_clauses), GROUP, G_END };
RULE(invalid_kwarg) {
  R(constant_keyword), T(EQUAL), CALL(assign_constant),
  T(NAME), T(EQUAL), R(expression), R(for_if_clauses), CALL(maybe_equal_name),
  UNLESS, R(name_equal), R(expression), T(EQUAL), CALL(kwarg_expression), G_END
};
RULE(constant_keyword) { K(TRUE), PICK(0), K(FALSE), PICK(0), K(NONE), PICK(0), G_END };
RULE(name_equal) { T(NAME), T(EQUAL), PICK(0), G_END };
RULE(expression_without_invalid) {
  R(disjunction), K(IF), R(disjunction), K(ELSE), R(expression), NODE(IfExp),
  R(disjunction), PICK(0),
  R(lambdef), PICK(0), G_END
};
RULE(invalid_legacy_expression) { T(NAME), UNLESS, T(LPAR), R(star_expressions), CALL(legacy_print), G_END };
RULE(invalid_expression) {
  UNLESS, R(name_string_or_soft), R(disjunction), R(expression_without_invalid), CALL(forgot_comma),
  R(disjunction), K(IF), R(disjunction), UNLESS, R(else_or_colon), CALL(expected_else), G_END
};
RULE(name_string_or_soft) { T(NAME), T(STRING), PICK(0), G_ANY_SOFT_KEYWORD, PICK(0), G_END };
RULE(else_or_colon) { K(ELSE), PICK(0), T(COLON), PICK(0), G_END };
RULE(invalid_named_expression) {
  R(expression), T(COLONEQUAL), R(expression), CALL(walrus_target),
  T(NAME), T(EQUAL), R(bitwise_or), UNLESS, R(equal_or_walrus), CALL(maybe_equal),
  UNLESS, R(not_assignable_display), R(bitwise_or), T(EQUAL), R(bitwise_or), UNLESS, R(equal_or_walrus), CALL(maybe_equal_expr), G_END
};
RULE(equal_or_walrus) { T(EQUAL), PICK(0), T(COLONEQUAL), PICK(0), G_END };
RULE(not_assignable_display) {
  R(list), PICK(0), R(tuple), PICK(0), R(genexp), PICK(0), K(TRUE), PICK(0), K(NONE), PICK(0), K(FALSE), PICK(0), G_END
};

// ---- invalid simple statements --------------------------------------------------------------------------------------------------

RULE(invalid_assignment) {
  R(invalid_ann_assign_target), T(COLON), R(expression), CALL(ann_target),
  R(star_named_expression), T(COMMA), MANY, R(star_named_expressions), T(COLON), R(expression), CALL(ann_tuple),
  R(expression), T(COLON), R(expression), CALL(ann_illegal),
  MANY, R(assign_target), R(star_expressions), T(EQUAL), CALL(assign_target),
  MANY, R(assign_target), R(yield_expr), T(EQUAL), CALL(assign_yield),
  R(star_expressions), R(augassign), R(annotated_rhs), CALL(augassign_target), G_END
};
RULE(invalid_ann_assign_target) {
  R(list), PICK(0), R(tuple), PICK(0), T(LPAR), R(invalid_ann_assign_target), T(RPAR), PICK(1), G_END
};
RULE(invalid_del_stmt) { K(DEL), R(star_expressions), CALL(del_target), G_END };
RULE(invalid_block) { T(NEWLINE), UNLESS, T(INDENT), CALL(block_indent), G_END };
RULE(invalid_import_from_targets) { R(import_from_as_names), T(COMMA), T(NEWLINE), CALL(import_comma), G_END };

// ---- invalid displays -----------------------------------------------------------------------------------------------------------

RULE(invalid_comprehension) {
  R(open_bracket), R(starred_expression), R(for_if_clauses), CALL(comprehension_unpacking),
  R(open_list_or_brace), R(star_named_expression), T(COMMA), R(star_named_expressions), R(for_if_clauses),
    CALL(comprehension_target_list),
  R(open_list_or_brace), R(star_named_expression), T(COMMA), R(for_if_clauses), CALL(comprehension_target_comma), G_END
};
RULE(open_bracket) { T(LSQB), PICK(0), T(LPAR), PICK(0), T(LBRACE), PICK(0), G_END };
RULE(open_list_or_brace) { T(LSQB), PICK(0), T(LBRACE), PICK(0), G_END };
RULE(invalid_dict_comprehension) {
  T(LBRACE), T(DOUBLESTAR), R(bitwise_or), R(for_if_clauses), T(RBRACE), CALL(dict_unpacking), G_END
};
RULE(invalid_group) {
  T(LPAR), R(starred_expression), T(RPAR), CALL(starred_group),
  T(LPAR), T(DOUBLESTAR), R(expression), T(RPAR), CALL(double_starred_group), G_END
};
RULE(invalid_double_starred_kvpairs) {
  COMMAS, R(double_starred_kvpair), T(COMMA), R(invalid_kvpair), GROUP,
  R(expression), T(COLON), T(STAR), R(bitwise_or), CALL(dict_star_value),
  R(expression), T(COLON), IF, R(brace_or_comma), CALL(dict_no_value), G_END
};
RULE(invalid_kvpair) {
  R(expression), UNLESS, T(COLON), CALL(dict_no_colon),
  R(expression), T(COLON), T(STAR), R(bitwise_or), CALL(dict_star_value),
  R(expression), T(COLON), IF, R(brace_or_comma), CALL(dict_no_value), G_END
};
RULE(brace_or_comma) { T(RBRACE), PICK(0), T(COMMA), PICK(0), G_END };

// ---- invalid parameters ---------------------------------------------------------------------------------------------------------

RULE(invalid_parameters) {
  MANY, R(param_no_default), R(invalid_parameters_helper), R(param_no_default), CALL(nondefault_param),
  MANY, R(param_no_default), T(LPAR), SOME, R(param_no_default), OPT, T(COMMA), T(RPAR), CALL(paren_params),
  T(SLASH), T(COMMA), CALL(slash_first),
  R(slash_params), MANY, R(param_maybe_default), T(SLASH), CALL(slash_twice),
  OPT, R(slash_params), MANY, R(param_maybe_default), T(STAR), R(comma_or_param), MANY, R(param_maybe_default), T(SLASH),
    CALL(slash_after_star),
  SOME, R(param_maybe_default), T(SLASH), T(STAR), CALL(slash_star_comma), G_END
};
RULE(slash_params) { R(slash_no_default), PICK(0), R(slash_with_default), PICK(0), G_END };
RULE(comma_or_param) { T(COMMA), PICK(0), R(param_no_default), PICK(0), G_END };
RULE(invalid_parameters_helper) { R(slash_with_default), PICK(0), SOME, R(param_with_default), PICK(0), G_END };
RULE(invalid_default) { T(EQUAL), IF, R(paren_or_comma), CALL(default_value), G_END };
RULE(paren_or_comma) { T(RPAR), PICK(0), T(COMMA), PICK(0), G_END };
RULE(invalid_star_etc) {
  T(STAR), R(bare_star_end), CALL(bare_star),
  T(STAR), T(COMMA), T(TYPE_COMMENT), CALL(bare_star_comment),
  T(STAR), R(param), T(EQUAL), CALL(vararg_default),
  T(STAR), R(comma_or_param), MANY, R(param_maybe_default), T(STAR), R(comma_or_param), CALL(star_twice), G_END
};
RULE(bare_star_end) { T(RPAR), PICK(0), R(comma_bad_end), PICK(0), G_END };
RULE(comma_bad_end) { T(COMMA), R(paren_or_doublestar), PICK(0), G_END };
RULE(paren_or_doublestar) { T(RPAR), PICK(0), T(DOUBLESTAR), PICK(0), G_END };
RULE(invalid_kwds) {
  T(DOUBLESTAR), R(param), T(EQUAL), CALL(kwarg_default),
  T(DOUBLESTAR), R(param), T(COMMA), R(param), CALL(after_kwarg),
  T(DOUBLESTAR), R(param), T(COMMA), R(any_star_or_slash), CALL(after_kwarg), G_END
};
RULE(any_star_or_slash) { T(STAR), PICK(0), T(DOUBLESTAR), PICK(0), T(SLASH), PICK(0), G_END };
RULE(invalid_lambda_parameters) {
  MANY, R(lambda_param_no_default), R(invalid_lambda_parameters_helper), R(lambda_param_no_default), CALL(nondefault_param),
  MANY, R(lambda_param_no_default), T(LPAR), COMMAS, R(lambda_param), OPT, T(COMMA), T(RPAR), CALL(paren_lambda),
  T(SLASH), T(COMMA), CALL(slash_first),
  R(lambda_slash_params), MANY, R(lambda_param_maybe_default), T(SLASH), CALL(slash_twice),
  OPT, R(lambda_slash_params), MANY, R(lambda_param_maybe_default), T(STAR), R(comma_or_lambda_param),
    MANY, R(lambda_param_maybe_default), T(SLASH), CALL(slash_after_star),
  SOME, R(lambda_param_maybe_default), T(SLASH), T(STAR), CALL(slash_star_comma), G_END
};
RULE(lambda_slash_params) { R(lambda_slash_no_default), PICK(0), R(lambda_slash_with_default), PICK(0), G_END };
RULE(comma_or_lambda_param) { T(COMMA), PICK(0), R(lambda_param_no_default), PICK(0), G_END };
RULE(invalid_lambda_parameters_helper) {
  R(lambda_slash_with_default), PICK(0), SOME, R(lambda_param_with_default), PICK(0), G_END
};
RULE(invalid_lambda_star_etc) {
  T(STAR), R(lambda_bare_star_end), CALL(bare_star_here),
  T(STAR), R(lambda_param), T(EQUAL), CALL(vararg_default),
  T(STAR), R(comma_or_lambda_param), MANY, R(lambda_param_maybe_default), T(STAR), R(comma_or_lambda_param), CALL(star_twice), G_END
};
RULE(lambda_bare_star_end) { T(COLON), PICK(0), R(lambda_comma_bad_end), PICK(0), G_END };
RULE(lambda_comma_bad_end) { T(COMMA), R(colon_or_doublestar), PICK(0), G_END };
RULE(colon_or_doublestar) { T(COLON), PICK(0), T(DOUBLESTAR), PICK(0), G_END };
RULE(invalid_lambda_kwds) {
  T(DOUBLESTAR), R(lambda_param), T(EQUAL), CALL(kwarg_default),
  T(DOUBLESTAR), R(lambda_param), T(COMMA), R(lambda_param), CALL(after_kwarg),
  T(DOUBLESTAR), R(lambda_param), T(COMMA), R(any_star_or_slash), CALL(after_kwarg), G_END
};
RULE(invalid_double_type_comments) {
  T(TYPE_COMMENT), T(NEWLINE), T(TYPE_COMMENT), T(NEWLINE), T(INDENT), CALL(two_type_comments), G_END
};

// ---- invalid compound statements ------------------------------------------------------------------------------------------------

RULE(invalid_with_item) { R(expression), K(AS), R(expression), IF, R(with_item_end), CALL(with_target), G_END };
RULE(invalid_for_target) { OPT, K(ASYNC), K(FOR), R(star_expressions), CALL(for_target), G_END };
RULE(invalid_with_stmt) {
  OPT, K(ASYNC), K(WITH), COMMAS, R(with_expression), T(NEWLINE), CALL(expected_colon),
  OPT, K(ASYNC), K(WITH), T(LPAR), COMMAS, R(with_expressions), OPT, T(COMMA), T(RPAR), T(NEWLINE), CALL(expected_colon), G_END
};
RULE(with_expression) { R(expression), OPT, R(as_star_target), GROUP, G_END };
RULE(with_expressions) { R(expressions), OPT, R(as_star_target), GROUP, G_END };
RULE(as_star_target) { K(AS), R(star_target), PICK(1), G_END };
RULE(invalid_with_stmt_indent) {
  OPT, K(ASYNC), K(WITH), COMMAS, R(with_expression), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_with),
  OPT, K(ASYNC), K(WITH), T(LPAR), COMMAS, R(with_expressions), OPT, T(COMMA), T(RPAR), T(COLON), T(NEWLINE), UNLESS, T(INDENT),
    CALL(indent_with), G_END
};
RULE(invalid_try_stmt) {
  K(TRY), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_try),
  K(TRY), T(COLON), R(block), UNLESS, R(except_or_finally), CALL(try_alone),
  K(TRY), T(COLON), MANY, R(block), SOME, R(except_block), K(EXCEPT), T(STAR), R(expression), OPT, R(as_name), T(COLON),
    CALL(mixed_except_star),
  K(TRY), T(COLON), MANY, R(block), SOME, R(except_star_block), K(EXCEPT), OPT, R(except_type), T(COLON), CALL(mixed_except), G_END
};
RULE(except_or_finally) { K(EXCEPT), PICK(0), K(FINALLY), PICK(0), G_END };
RULE(except_type) { R(expression), OPT, R(as_name), GROUP, G_END };
RULE(invalid_except_stmt) {
  K(EXCEPT), OPT, T(STAR), R(expression), T(COMMA), R(expressions), OPT, R(as_name), T(COLON), CALL(except_types),
  K(EXCEPT), OPT, T(STAR), R(expression), OPT, R(as_name), T(NEWLINE), CALL(expected_colon),
  K(EXCEPT), T(NEWLINE), CALL(expected_colon),
  K(EXCEPT), T(STAR), R(newline_or_colon), CALL(except_star_types), G_END
};
RULE(newline_or_colon) { T(NEWLINE), PICK(0), T(COLON), PICK(0), G_END };
RULE(invalid_finally_stmt) { K(FINALLY), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_finally), G_END };
RULE(invalid_except_stmt_indent) {
  K(EXCEPT), R(expression), OPT, R(as_name), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_except),
  K(EXCEPT), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_except), G_END
};
RULE(invalid_except_star_stmt_indent) {
  K(EXCEPT), T(STAR), R(expression), OPT, R(as_name), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_except_star), G_END
};
RULE(invalid_match_stmt) {
  G_WORD_MATCH, R(subject_expr), T(NEWLINE), CALL(expected_colon),
  G_WORD_MATCH, R(subject_expr), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_match), G_END
};
RULE(invalid_case_block) {
  G_WORD_CASE, R(patterns), OPT, R(guard), T(NEWLINE), CALL(expected_colon),
  G_WORD_CASE, R(patterns), OPT, R(guard), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_case), G_END
};
RULE(invalid_as_pattern) {
  R(or_pattern), K(AS), G_WORD_UNDERSCORE, CALL(wildcard_target),
  R(or_pattern), K(AS), UNLESS, T(NAME), R(expression), CALL(pattern_target), G_END
};
RULE(invalid_class_pattern) {
  R(name_or_attr), T(LPAR), R(invalid_class_argument_pattern), CALL(positional_after_keyword_pattern), G_END
};
RULE(invalid_class_argument_pattern) {
  OPT, R(positional_comma), R(keyword_patterns), T(COMMA), R(positional_patterns), PICK(3), G_END
};
RULE(positional_comma) { R(positional_patterns), T(COMMA), PICK(0), G_END };
RULE(invalid_if_stmt) {
  K(IF), R(named_expression), T(NEWLINE), CALL(expected_colon),
  K(IF), R(named_expression), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_if), G_END
};
RULE(invalid_elif_stmt) {
  K(ELIF), R(named_expression), T(NEWLINE), CALL(expected_colon),
  K(ELIF), R(named_expression), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_elif), G_END
};
RULE(invalid_else_stmt) { K(ELSE), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_else), G_END };
RULE(invalid_while_stmt) {
  K(WHILE), R(named_expression), T(NEWLINE), CALL(expected_colon),
  K(WHILE), R(named_expression), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_while), G_END
};
RULE(invalid_for_stmt) {
  OPT, K(ASYNC), K(FOR), R(star_targets), K(IN), R(star_expressions), T(NEWLINE), CALL(expected_colon),
  OPT, K(ASYNC), K(FOR), R(star_targets), K(IN), R(star_expressions), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_for), G_END
};
RULE(invalid_def_raw) {
  OPT, K(ASYNC), K(DEF), T(NAME), T(LPAR), OPT, R(params), T(RPAR), OPT, R(return_annotation), T(COLON), T(NEWLINE),
    UNLESS, T(INDENT), CALL(indent_def), G_END
};
RULE(invalid_class_def_raw) {
  K(CLASS), T(NAME), OPT, R(class_arguments), T(NEWLINE), CALL(expected_colon),
  K(CLASS), T(NAME), OPT, R(class_arguments), T(COLON), T(NEWLINE), UNLESS, T(INDENT), CALL(indent_class), G_END
};

// ---- tables ---------------------------------------------------------------------------------------------------------------------

const GrammarCode *const grammar_rules[RULE_COUNT] = {
#define X(NAME) [RULE_##NAME] = rule_##NAME,
    GRAMMAR_RULES(X)
#undef X
};

const uint8_t grammar_flags[RULE_COUNT] = {
    [RULE_simple_stmt] = RULE_MEMO,
    [RULE_block] = RULE_MEMO,
    [RULE_closed_pattern] = RULE_MEMO,
    [RULE_star_pattern] = RULE_MEMO,
    [RULE_expression] = RULE_MEMO,
    [RULE_star_expression] = RULE_MEMO,
    [RULE_disjunction] = RULE_MEMO,
    [RULE_conjunction] = RULE_MEMO,
    [RULE_inversion] = RULE_MEMO,
    [RULE_factor] = RULE_MEMO,
    [RULE_await_primary] = RULE_MEMO,
    [RULE_strings] = RULE_MEMO,
    [RULE_arguments] = RULE_MEMO,
    [RULE_star_target] = RULE_MEMO,
    [RULE_target_with_star_atom] = RULE_MEMO,
    [RULE_del_target] = RULE_MEMO,
    [RULE_invalid_named_expression] = RULE_MEMO,
    [RULE_dotted_name] = RULE_LEFT,
    [RULE_attr] = RULE_LEFT,
    [RULE_bitwise_or] = RULE_LEFT,
    [RULE_bitwise_xor] = RULE_LEFT,
    [RULE_bitwise_and] = RULE_LEFT,
    [RULE_shift_expr] = RULE_LEFT,
    [RULE_sum] = RULE_LEFT,
    [RULE_term] = RULE_LEFT,
    [RULE_primary] = RULE_LEFT,
    [RULE_t_primary] = RULE_LEFT,
    // Without these, nested brackets would be read again and again by each alternative that begins with one.
    [RULE_atom] = RULE_KEEP,
    [RULE_tuple] = RULE_KEEP,
    [RULE_group] = RULE_KEEP,
    [RULE_genexp] = RULE_KEEP,
    [RULE_list] = RULE_KEEP,
    [RULE_listcomp] = RULE_KEEP,
    [RULE_dict] = RULE_KEEP,
    [RULE_set] = RULE_KEEP,
    [RULE_dictcomp] = RULE_KEEP,
    [RULE_setcomp] = RULE_KEEP,
    [RULE_slices] = RULE_KEEP,
    [RULE_slice] = RULE_KEEP,
    [RULE_args] = RULE_KEEP,
    [RULE_kwargs] = RULE_KEEP,
    [RULE_kvpair] = RULE_KEEP,
    [RULE_named_expression] = RULE_KEEP,
    [RULE_star_named_expression] = RULE_KEEP,
    [RULE_star_named_expressions] = RULE_KEEP,
    [RULE_for_if_clauses] = RULE_KEEP,
    [RULE_star_expressions] = RULE_KEEP,
    [RULE_star_targets] = RULE_KEEP,
    [RULE_star_atom] = RULE_KEEP,
    [RULE_single_target] = RULE_KEEP,
    [RULE_del_targets] = RULE_KEEP,
    [RULE_del_t_atom] = RULE_KEEP,
    [RULE_lambdef] = RULE_KEEP,
    [RULE_lambda_params] = RULE_KEEP,
    [RULE_lambda_parameters] = RULE_KEEP,
    [RULE_params] = RULE_KEEP,
    [RULE_parameters] = RULE_KEEP,
    [RULE_param] = RULE_KEEP,
    [RULE_default_value] = RULE_KEEP,
    [RULE_starred_expression] = RULE_KEEP,
    [RULE_yield_expr] = RULE_KEEP,
    [RULE_subject_expr] = RULE_KEEP,
    [RULE_or_pattern] = RULE_KEEP,
    [RULE_pattern] = RULE_KEEP,
    [RULE_maybe_star_pattern] = RULE_KEEP,
    [RULE_maybe_sequence_pattern] = RULE_KEEP,
    [RULE_open_sequence_pattern] = RULE_KEEP,
    [RULE_positional_patterns] = RULE_KEEP,
    [RULE_keyword_patterns] = RULE_KEEP,
    [RULE_items_pattern] = RULE_KEEP,
    [RULE_with_item] = RULE_KEEP,
    [RULE_invalid_expression] = RULE_KEEP,
    [RULE_invalid_ann_assign_target] = RULE_KEEP,
    [RULE_statement] = RULE_KEEP,
    [RULE_expression_without_invalid] = RULE_NO_INVALID,
};

const char *const grammar_features[] = {
    [G_SINCE_ANNOTATION] = "Variable annotation syntax is",
    [G_SINCE_ANNOTATIONS] = "Variable annotations syntax is",
    [G_SINCE_MATMULT] = "The '@' operator is",
    [G_SINCE_ASYNC_DEF] = "Async functions are",
    [G_SINCE_POSONLY] = "Positional-only parameters are",
    [G_SINCE_ASYNC_FOR] = "Async for loops are",
    [G_SINCE_PAREN_WITH] = "Parenthesized context managers are",
    [G_SINCE_ASYNC_WITH] = "Async with statements are",
    [G_SINCE_GROUPS] = "Exception groups are",
    [G_SINCE_MATCH] = "Pattern matching is",
    [G_SINCE_WALRUS] = "Assignment expressions are",
    [G_SINCE_AWAIT] = "Await expressions are",
    [G_SINCE_ASYNC_COMP] = "Async comprehensions are",
};
