// The grammar of Python 3.11 with its rules for invalid programs, as data: what parser_diagnose.c walks to find a message.
#ifndef WEFT_FRONT_PARSER_GRAMMAR_H
#define WEFT_FRONT_PARSER_GRAMMAR_H

#include <stdbool.h>
#include <stdint.h>

#include "front/parser_internal.h"

// A rule is a row of codes: alternatives in order of trial, each ended by what to make of it, and a closing 0. Because the first message
// found is the one reported, the order of the alternatives is that of CPython's parser, and so are the places of the invalid
// rules among them.
//
//     code                meaning
//     0x0100 + type       a token
//     0x0200 + rule       a rule
//     a modifier          applies to the item behind it (G_SEP: to the separator and the item behind it)
//     0x8000 + n          end of an alternative; the result is item n
//     0x9000 + kind       the result is a node of that kind, with the items as children
//     0xa000 + function   a specialised message: parser_invalid.c looks at the items and may raise it
//
// Items are counted from 0; looked-at (G_IF, G_UNLESS) and G_CUT do not count.
typedef uint16_t GrammarCode;

enum {
  G_END = 0,
  G_OPT = 1,          // may be missing: its value is then NULL
  G_MANY,             // none or more: a list
  G_SOME,             // one or more: a list
  G_SEP,              // one or more, separated: a list of the items without the separators
  G_IF,               // must follow, is not consumed
  G_UNLESS,           // must not follow
  G_MUST,             // a token that must follow: "expected ':'" otherwise, at once
  G_CUT,              // no later alternative is tried when this one fails from here on
  G_WORD_MATCH, G_WORD_CASE, G_WORD_UNDERSCORE,   // soft keywords
  G_ANY_SOFT_KEYWORD,
  G_INVALID,          // first in an alternative: only in the second pass
  G_SINCE,            // a version check: the next code is the minor version, the one behind it a G_SINCE_*
  G_TOKEN = 0x0100,
  G_RULE = 0x0200,
  G_PICK = 0x8000,
  G_NODE = 0x9000,
  G_CALL = 0xa000
};

// Kinds of nodes besides those of expressions (AstExprKind).
enum {
  NODE_TOKEN = 64,
  NODE_LIST,
  NODE_GROUP,         // anything else that only its range and children matter of
  NODE_KEYWORD,       // name=value in a call
  NODE_UNPACKED,      // **value in a call
  NODE_ARGS
};

// A parse tree as far as messages need one.
typedef struct DiagNode {
  uint32_t kind;
  uint32_t count;
  AstPos pos;
  int token;                  // NODE_TOKEN: its index in the window
  struct DiagNode **items;
} DiagNode;

#define GRAMMAR_RULES(X) \
  X(file) X(interactive) X(eval) X(func_type) X(fstring) X(statement) X(statement_newline) X(simple_stmts) X(simple_stmt) \
  X(compound_stmt) X(assignment) X(ann_target) X(ann_value) X(assign_target) X(augassign) X(annotated_rhs) X(return_stmt) \
  X(raise_stmt) X(raise_from) X(global_stmt) X(nonlocal_stmt) X(del_stmt) X(del_end) X(assert_stmt) X(assert_msg) \
  X(import_stmt) X(import_name) X(import_from) X(dot) X(import_from_targets) X(import_from_as_names) X(import_from_as_name) \
  X(as_name) X(dotted_as_names) X(dotted_as_name) X(dotted_name) X(block) X(statements) X(decorators) X(decorator) \
  X(class_def) X(class_def_raw) X(class_arguments) X(function_def) X(function_def_raw) X(return_annotation) X(params) \
  X(parameters) X(slash_no_default) X(slash_with_default) X(star_etc) X(kwds) X(param_no_default) \
  X(param_no_default_star_annotation) X(param_with_default) X(param_maybe_default) X(param) X(param_star_annotation) \
  X(annotation) X(star_annotation) X(default_value) X(if_stmt) X(elif_stmt) X(else_block) X(while_stmt) X(for_stmt) \
  X(with_stmt) X(with_item) X(with_item_end) X(try_stmt) X(except_block) X(except_star_block) X(finally_block) X(match_stmt) \
  X(subject_expr) X(case_block) X(guard) X(patterns) X(pattern) X(as_pattern) X(or_pattern) X(closed_pattern) \
  X(literal_pattern) X(literal_expr) X(plus_minus) X(complex_number) X(signed_number) X(signed_real_number) X(real_number) \
  X(imaginary_number) X(capture_pattern) X(pattern_capture_target) X(not_a_capture) X(wildcard_pattern) X(value_pattern) \
  X(attr) X(name_or_attr) X(group_pattern) X(sequence_pattern) X(open_sequence_pattern) X(maybe_sequence_pattern) \
  X(maybe_star_pattern) X(star_pattern) X(mapping_pattern) X(items_pattern) X(key_value_pattern) X(mapping_key) \
  X(double_star_pattern) X(class_pattern) X(positional_patterns) X(keyword_patterns) X(keyword_pattern) X(expressions) \
  X(comma_expression) X(expression) X(yield_expr) X(star_expressions) X(comma_star_expression) X(star_expression) \
  X(star_named_expressions) X(star_named_expression) X(assignment_expression) X(named_expression) X(disjunction) \
  X(or_conjunction) X(conjunction) X(and_inversion) X(inversion) X(comparison) X(compare_pair) X(notequal) X(bitwise_or) \
  X(bitwise_xor) X(bitwise_and) X(shift_expr) X(sum) X(term) X(factor) X(power) X(await_primary) X(primary) X(slices) \
  X(slice) X(slice_step) X(slice_or_starred) X(atom) X(parenthesised) X(bracketed) X(braced) X(group) X(group_inner) \
  X(lambdef) X(lambda_params) X(lambda_parameters) X(lambda_slash_no_default) X(lambda_slash_with_default) \
  X(lambda_star_etc) X(lambda_kwds) X(lambda_param_no_default) X(lambda_param_with_default) X(lambda_param_maybe_default) \
  X(lambda_param) X(strings) X(list) X(tuple) X(tuple_inner) X(set) X(dict) X(double_starred_kvpairs) \
  X(double_starred_kvpair) X(kvpair) X(for_if_clauses) X(for_if_clause) X(comprehension_if) X(listcomp) X(setcomp) X(genexp) \
  X(genexp_element) X(dictcomp) X(arguments) X(args) X(positional_argument) X(argument_value) X(comma_kwargs) X(kwargs) \
  X(kwarg_or_starred) X(kwarg_or_double_starred) X(starred_expression) X(star_targets) X(comma_star_target) \
  X(star_targets_list_seq) X(star_targets_tuple_seq) X(star_target) X(unstarred_target) X(target_with_star_atom) \
  X(star_atom) X(single_target) X(single_subscript_attribute_target) X(t_primary) X(t_lookahead) X(del_targets) \
  X(del_target) X(del_t_atom) X(type_expressions) X(func_type_comment) X(newline_indent) X(expression_without_invalid) \
  X(invalid_arguments) X(more_args) X(one_genexp) X(invalid_kwarg) X(constant_keyword) X(name_equal) \
  X(invalid_legacy_expression) X(invalid_expression) X(name_string_or_soft) X(else_or_colon) X(invalid_named_expression) \
  X(equal_or_walrus) X(not_assignable_display) X(invalid_assignment) X(invalid_ann_assign_target) X(invalid_del_stmt) \
  X(invalid_block) X(invalid_comprehension) X(open_bracket) X(open_list_or_brace) X(invalid_dict_comprehension) \
  X(invalid_parameters) X(slash_params) X(comma_or_param) X(invalid_default) X(paren_or_comma) X(invalid_star_etc) \
  X(bare_star_end) X(comma_bad_end) X(paren_or_doublestar) X(invalid_kwds) X(any_star_or_slash) X(invalid_parameters_helper) \
  X(invalid_lambda_parameters) X(lambda_slash_params) X(comma_or_lambda_param) X(invalid_lambda_parameters_helper) \
  X(invalid_lambda_star_etc) X(lambda_bare_star_end) X(lambda_comma_bad_end) X(colon_or_doublestar) X(invalid_lambda_kwds) \
  X(invalid_double_type_comments) X(invalid_with_item) X(invalid_for_target) X(invalid_group) X(invalid_import_from_targets) \
  X(invalid_with_stmt) X(with_expression) X(with_expressions) X(as_star_target) X(invalid_with_stmt_indent) \
  X(invalid_try_stmt) X(except_or_finally) X(except_type) X(invalid_except_stmt) X(newline_or_colon) X(invalid_finally_stmt) \
  X(invalid_except_stmt_indent) X(invalid_except_star_stmt_indent) X(invalid_match_stmt) X(invalid_case_block) \
  X(invalid_as_pattern) X(invalid_class_pattern) X(invalid_class_argument_pattern) X(positional_comma) X(invalid_if_stmt) \
  X(invalid_elif_stmt) X(invalid_else_stmt) X(invalid_while_stmt) X(invalid_for_stmt) X(invalid_def_raw) \
  X(invalid_class_def_raw) X(invalid_double_starred_kvpairs) X(invalid_kvpair) X(brace_or_comma) X(compound_def) \
  X(compound_class) X(compound_with) X(compound_for) X(import_start)

typedef enum GrammarRule {
#define X(NAME) RULE_##NAME,
  GRAMMAR_RULES(X)
#undef X
  RULE_COUNT
} GrammarRule;

// How a rule's result may be remembered.
enum {
  RULE_MEMO = 1,          // CPython remembers it, whatever the pass says of invalid rules at the time
  RULE_LEFT = 2,          // left-recursive: grown from a seed
  RULE_KEEP = 4,          // we remember it, for each pass on its own: it is tried repeatedly at a place and may be long
  RULE_NO_INVALID = 8     // invalid rules are off below it
};

extern const GrammarCode *const grammar_rules[RULE_COUNT];
extern const uint8_t grammar_flags[RULE_COUNT];

// Messages: one function per specialised error of the grammar.
#define GRAMMAR_MESSAGES(X) \
  X(iterable_after_unpacking) X(genexp_range_0_1) X(genexp_range_2_3) X(maybe_equal_name) X(nonparen_genexp) \
  X(argument_order) X(assign_constant) X(kwarg_expression) X(legacy_print) X(forgot_comma) X(expected_else) X(walrus_target) \
  X(maybe_equal) X(maybe_equal_expr) X(ann_target) X(ann_tuple) X(ann_illegal) X(assign_target) X(assign_yield) \
  X(augassign_target) X(del_target) X(block_indent) X(comprehension_unpacking) X(comprehension_target_list) \
  X(comprehension_target_comma) X(dict_unpacking) X(nondefault_param) X(paren_params) X(paren_lambda) X(slash_first) \
  X(slash_twice) X(slash_after_star) X(slash_star_comma) X(default_value) X(bare_star) X(bare_star_here) \
  X(bare_star_comment) X(vararg_default) X(star_twice) X(kwarg_default) X(after_kwarg) X(two_type_comments) X(with_target) \
  X(for_target) X(starred_group) X(double_starred_group) X(import_comma) X(expected_colon) X(indent_with) X(indent_try) \
  X(try_alone) X(mixed_except_star) X(mixed_except) X(except_types) X(except_star_types) X(indent_finally) X(indent_except) \
  X(indent_except_star) X(indent_match) X(indent_case) X(wildcard_target) X(pattern_target) \
  X(positional_after_keyword_pattern) X(indent_if) X(indent_elif) X(indent_else) X(indent_while) X(indent_for) X(indent_def) \
  X(indent_class) X(dict_star_value) X(dict_no_value) X(dict_no_colon) X(real_number) X(imaginary_number) X(notequal) \
  X(strings) X(number)

typedef enum GrammarMessage {
#define X(NAME) MESSAGE_##NAME,
  GRAMMAR_MESSAGES(X)
#undef X
  MESSAGE_COUNT
} GrammarMessage;

// What a version check speaks of.
enum {
  G_SINCE_ANNOTATION, G_SINCE_ANNOTATIONS, G_SINCE_MATMULT, G_SINCE_ASYNC_DEF, G_SINCE_POSONLY, G_SINCE_ASYNC_FOR,
  G_SINCE_PAREN_WITH, G_SINCE_ASYNC_WITH, G_SINCE_GROUPS, G_SINCE_MATCH, G_SINCE_WALRUS, G_SINCE_AWAIT, G_SINCE_ASYNC_COMP
};
extern const char *const grammar_features[];

// The items of the alternative that matched, the range it spans, and the parser. Answers the alternative's result; NULL: the alternative says
// no, which ends its rule.
typedef struct DiagMatch {
  Parser *p;
  DiagNode **item;
  AstPos pos;
} DiagMatch;
typedef DiagNode *(*GrammarMessageFn)(const DiagMatch *m);
extern const GrammarMessageFn grammar_messages[MESSAGE_COUNT];

// A node in the parser's arena; NULL when memory is out.
DiagNode *diag_node(Parser *p, int kind, AstPos pos);

#endif
