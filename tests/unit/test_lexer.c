// Unit tests of the tokenizer: the tokens of small texts with their ranges, the indentation stack, and its errors.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "front/lexer.h"

// The tokens of a text as "NAME(x) = NUMBER(1) NEWLINE ..."; the error's message where one ends it.
static void lex(const char *text, char *out, size_t size) {
  FrontError err = FRONT_ERROR_INIT;
  Lexer lexer;
  Token t;
  size_t used = 0;
  lexer_init(&lexer, text, strlen(text), &err);
  out[0] = 0;
  do {
    lexer_next(&lexer, &t);
    const char *name = lexer_token_name(t.type);
    const char *space = used ? " " : "";
    if (t.type == TOK_NAME || t.type == TOK_NUMBER || t.type == TOK_STRING)
      used += snprintf(out + used, size - used, "%s%.*s", space, (int)t.len, t.start);
    else if (t.type == TOK_ERROR) used += snprintf(out + used, size - used, "%s!%s", space, err.message ? err.message : "");
    else used += snprintf(out + used, size - used, "%s%s", space, name);
    assert_true(used < size);
  } while (t.type != TOK_ENDMARKER && t.type != TOK_ERROR);
  front_error_clear(&err);
}

static void expect(const char *text, const char *tokens) {
  char out[1000];
  lex(text, out, sizeof out);
  assert_string_equal(out, tokens);
}

static LexerFailure failure_of(const char *text) {
  FrontError err = FRONT_ERROR_INIT;
  Lexer lexer;
  Token t;
  lexer_init(&lexer, text, strlen(text), &err);
  do {
    lexer_next(&lexer, &t);
  } while (t.type != TOK_ENDMARKER && t.type != TOK_ERROR);
  front_error_clear(&err);
  return lexer.failure;
}

static void test_words_and_operators(void **state) {
  (void)state;
  expect("x = 1\n", "x = 1 NEWLINE ENDMARKER");
  expect("a<=b<<=c//=d**=e->f:=g...h@=i!=j<>k\n", "a <= b <<= c //= d **= e -> f := g ... h @= i != j != k NEWLINE ENDMARKER");
  expect("if ifs in int is None nonlocal nonlocals\n", "if ifs in int is None nonlocal nonlocals NEWLINE ENDMARKER");
  expect("match case _ type print\n", "match case _ type print NEWLINE ENDMARKER");
  expect("", "ENDMARKER");
  expect("a.b..c\n", "a . b . . c NEWLINE ENDMARKER");
}

static void test_strings(void **state) {
  (void)state;
  expect("'a' \"b\" '''c\nd''' rb'e' Rb\"f\" u'g' f'{h}' ''\n", "'a' \"b\" '''c\nd''' rb'e' Rb\"f\" u'g' f'{h}' '' NEWLINE ENDMARKER");
  expect("ub'x'\n", "ub 'x' NEWLINE ENDMARKER");
  expect("'a\\'b\\\nc'\n", "'a\\'b\\\nc' NEWLINE ENDMARKER");
  expect("'abc", "!unterminated string literal (detected at line 1)");
  expect("'abc\n", "!unterminated string literal (detected at line 1)");
  expect("'''abc\nd\n", "!unterminated triple-quoted string literal (detected at line 2)");
  assert_int_equal(failure_of("'abc"), LEXER_STRING_EOF);
  assert_int_equal(failure_of("'abc\n"), LEXER_RAISED);
}

static void test_numbers(void **state) {
  (void)state;
  expect("0 00 0_0 1_000 0xFf 0o17 0b1_0 1.5 .5 1. 1e5 1E-5 1.e+5 1j 1.5J 0e0 09.5\n",
         "0 00 0_0 1_000 0xFf 0o17 0b1_0 1.5 .5 1. 1e5 1E-5 1.e+5 1j 1.5J 0e0 09.5 NEWLINE ENDMARKER");
  expect("1if x else y\n", "1 if x else y NEWLINE ENDMARKER");
  expect("1else\n", "1 else NEWLINE ENDMARKER");
  expect("1_\n", "!invalid decimal literal");
  expect("1__0\n", "!invalid decimal literal");
  expect("1abc\n", "!invalid decimal literal");
  expect("0x\n", "!invalid hexadecimal literal");
  expect("0xfg\n", "!invalid hexadecimal literal");
  expect("0o18\n", "!invalid digit '8' in octal literal");
  expect("0b12\n", "!invalid digit '2' in binary literal");
  expect("1e+\n", "!invalid decimal literal");
  expect("1jx\n", "!invalid imaginary literal");
  expect("0777\n", "!leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
}

static void test_indentation(void **state) {
  (void)state;
  expect("if x:\n  y\n  if z:\n     w\nv\n", "if x : NEWLINE INDENT y NEWLINE if z : NEWLINE INDENT w NEWLINE DEDENT DEDENT v NEWLINE ENDMARKER");
  expect("if x:\n  y\n\n  # comment\n     # another\n  z\n", "if x : NEWLINE INDENT y NEWLINE z NEWLINE DEDENT ENDMARKER");
  expect("x = (1,\n  2,\n\n 3)\n", "x = ( 1 , 2 , 3 ) NEWLINE ENDMARKER");
  expect("x = \\\n  1\n", "x = 1 NEWLINE ENDMARKER");
  expect("if x:\n  \\\n    y\n  z\n", "if x : NEWLINE INDENT y NEWLINE z NEWLINE DEDENT ENDMARKER");
  expect("if x:\n \fy\nz\n", "if x : NEWLINE y NEWLINE z NEWLINE ENDMARKER");
  assert_int_equal(failure_of("if x:\n   y\n z\n"), LEXER_DEDENT);
  assert_int_equal(failure_of("if x:\n\ty\n        z\n"), LEXER_TABSPACE);
  assert_int_equal(failure_of("x \\ y\n"), LEXER_CONTINUATION);
  assert_int_equal(failure_of("x \\\n"), LEXER_EOF);
  assert_int_equal(failure_of("x = (\n"), LEXER_EOF);
}

static void test_depth_limits(void **state) {
  (void)state;
  char text[20000];
  memset(text, '(', 201);
  strcpy(text + 201, "\n");
  assert_int_equal(failure_of(text), LEXER_RAISED);
  text[200] = '\n';
  text[201] = 0;
  assert_int_equal(failure_of(text), LEXER_EOF);
  char *p = text;
  for (int i = 0; i < 101; i++) p += sprintf(p, "%*sif x:\n", i, "");
  assert_int_equal(failure_of(text), LEXER_TOO_DEEP);
}

static void test_brackets(void **state) {
  (void)state;
  expect(")\n", "!unmatched ')'");
  expect("(]\n", "( !closing parenthesis ']' does not match opening parenthesis '('");
  expect("{\n)\n", "{ !closing parenthesis ')' does not match opening parenthesis '{' on line 1");
}

static void test_names(void **state) {
  (void)state;
  expect("\xc3\xa9t\xc3\xa9 = \xe5\x90\x8d\n", "\xc3\xa9t\xc3\xa9 = \xe5\x90\x8d NEWLINE ENDMARKER");
  expect("a\xe2\x82\xac = 1\n", "!invalid character '\xe2\x82\xac' (U+20AC)");
  expect("\xe2\x80\x8b\n", "!invalid non-printable character U+200B");
  expect("a \x01\n", "a !invalid non-printable character U+0001");
  expect("a ? $\n", "a OP OP NEWLINE ENDMARKER");
  assert_int_equal(failure_of("\xff = 1\n"), LEXER_DECODE);
}

static void test_positions(void **state) {
  (void)state;
  FrontError err = FRONT_ERROR_INIT;
  const char *text = "\xc3\xa9 = '''a\nb'''\n";
  Lexer lexer;
  Token t[6];
  lexer_init(&lexer, text, strlen(text), &err);
  for (int i = 0; i < 5; i++) lexer_next(&lexer, &t[i]);
  assert_int_equal(t[0].pos.col_offset, 0);
  assert_int_equal(t[0].pos.end_col_offset, 2);
  assert_int_equal(t[2].type, TOK_STRING);
  assert_int_equal(t[2].pos.lineno, 1);
  assert_int_equal(t[2].pos.col_offset, 5);
  assert_int_equal(t[2].pos.end_lineno, 2);
  assert_int_equal(t[2].pos.end_col_offset, 4);
  assert_int_equal(t[3].type, TOK_NEWLINE);
  assert_int_equal(t[3].pos.col_offset, 4);
  assert_int_equal(t[4].type, TOK_ENDMARKER);
  assert_int_equal(t[4].pos.col_offset, -1);
}

static FrontWarnResult count_warning(void *context, FrontWarningKind kind, const char *message, int lineno) {
  assert_int_equal(kind, FRONT_SYNTAX_WARNING);
  assert_string_equal(message, "invalid decimal literal");
  assert_int_equal(lineno, 2);
  ++*(int *)context;
  return FRONT_WARN_DONE;
}

static void test_number_warning(void **state) {
  (void)state;
  FrontError err = FRONT_ERROR_INIT;
  const char *text = "1 if x else 2\n1if x else 2\n";
  int warnings = 0;
  Lexer lexer;
  Token t;
  lexer_init(&lexer, text, strlen(text), &err);
  lexer.warn = count_warning;
  lexer.warn_context = &warnings;
  do {
    lexer_next(&lexer, &t);
  } while (t.type != TOK_ENDMARKER);
  assert_int_equal(warnings, 1);
}

static void test_type_comments(void **state) {
  (void)state;
  FrontError err = FRONT_ERROR_INIT;
  const char *text = "x = 1  #type:int\ny = 2 # type: ignore[a]\n";
  Lexer lexer;
  Token t[9];
  lexer_init(&lexer, text, strlen(text), &err);
  lexer.type_comments = true;
  for (int i = 0; i < 9; i++) lexer_next(&lexer, &t[i]);
  assert_int_equal(t[3].type, TOK_TYPE_COMMENT);
  assert_memory_equal(t[3].start, "int", t[3].len);
  assert_int_equal(t[8].type, TOK_TYPE_IGNORE);
  assert_memory_equal(t[8].start, "[a]", t[8].len);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words_and_operators),
      cmocka_unit_test(test_strings),
      cmocka_unit_test(test_numbers),
      cmocka_unit_test(test_indentation),
      cmocka_unit_test(test_depth_limits),
      cmocka_unit_test(test_brackets),
      cmocka_unit_test(test_names),
      cmocka_unit_test(test_positions),
      cmocka_unit_test(test_number_warning),
      cmocka_unit_test(test_type_comments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
