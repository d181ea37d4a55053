// Unit tests of the parser: trees of small programs, the messages and places of errors, limits, warnings, encodings, memory running out.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "front/ast_dump.h"
#include "front/encoding.h"
#include "front/parser.h"

static bool parse(const char *source, FrontMode mode, FrontFlags flags, Arena *arena, AstMod **mod, FrontError *err) {
  return front_parse(source, strlen(source), "<test>", mode, flags, arena, mod, err);
}

// The tree without ranges must be written as `tree`.
static void expect_tree(FrontMode mode, const char *source, const char *tree) {
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod = NULL;
  char *text = NULL;
  size_t len = 0;
  FILE *out = open_memstream(&text, &len);
  if (!parse(source, mode, (FrontFlags){.bits = FRONT_IGNORE_COOKIE}, arena, &mod, &err)) fail_msg("%s: %s", source, err.message);
  ast_dump(mod, false, out);
  fclose(out);
  assert_string_equal(text, tree);
  free(text);
  arena_free(arena);
}

static void expect_error_in(FrontMode mode, uint32_t bits, const char *source, FrontErrorKind kind, const char *message, int lineno, int offset,
                            int end_lineno, int end_offset) {
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod;
  assert_false(parse(source, mode, (FrontFlags){.bits = bits}, arena, &mod, &err));
  assert_string_equal(err.message, message);
  assert_int_equal(err.kind, kind);
  assert_int_equal(err.lineno, lineno);
  assert_int_equal(err.offset, offset);
  assert_int_equal(err.end_lineno, end_lineno);
  assert_int_equal(err.end_offset, end_offset);
  front_error_clear(&err);
  arena_free(arena);
}

static void expect_error(const char *source, const char *message, int lineno, int offset, int end_lineno, int end_offset) {
  expect_error_in(FRONT_EXEC, FRONT_IGNORE_COOKIE, source, FRONT_SYNTAX_ERROR, message, lineno, offset, end_lineno, end_offset);
}

static void test_trees(void **state) {
  (void)state;
  expect_tree(FRONT_EVAL, "a + b * c",
              "Expression(body=BinOp(left=Name(id='a', ctx=Load()), op=Add(), right=BinOp(left=Name(id='b', ctx=Load()), "
              "op=Mult(), right=Name(id='c', ctx=Load()))))");
  expect_tree(FRONT_EVAL, "-a ** -b",
              "Expression(body=UnaryOp(op=USub(), operand=BinOp(left=Name(id='a', ctx=Load()), op=Pow(), "
              "right=UnaryOp(op=USub(), operand=Name(id='b', ctx=Load())))))");
  expect_tree(FRONT_EVAL, "not a is not b not in c",
              "Expression(body=UnaryOp(op=Not(), operand=Compare(left=Name(id='a', ctx=Load()), ops=[IsNot(), NotIn()], "
              "comparators=[Name(id='b', ctx=Load()), Name(id='c', ctx=Load())])))");
  expect_tree(FRONT_EVAL, "f(*a, k=1, **d)",
              "Expression(body=Call(func=Name(id='f', ctx=Load()), args=[Starred(value=Name(id='a', ctx=Load()), "
              "ctx=Load())], keywords=[keyword(arg='k', value=Constant(value=1)), keyword(value=Name(id='d', ctx=Load()))]))");
  expect_tree(FRONT_EXEC, "a, *b = c\n",
              "Module(body=[Assign(targets=[Tuple(elts=[Name(id='a', ctx=Store()), Starred(value=Name(id='b', ctx=Store()), "
              "ctx=Store())], ctx=Store())], value=Name(id='c', ctx=Load()))], type_ignores=[])");
  expect_tree(FRONT_SINGLE, "del x[0], y.z",
              "Interactive(body=[Delete(targets=[Subscript(value=Name(id='x', ctx=Load()), slice=Constant(value=0), "
              "ctx=Del()), Attribute(value=Name(id='y', ctx=Load()), attr='z', ctx=Del())])])");
  expect_tree(FRONT_FUNC_TYPE, "(int, *str) -> bool",
              "FunctionType(argtypes=[Name(id='int', ctx=Load()), Name(id='str', ctx=Load())], "
              "returns=Name(id='bool', ctx=Load()))");
}

static void test_constants(void **state) {
  (void)state;
  expect_tree(FRONT_EVAL, "0x_fF, 0o17, 0b11, 1_0, 007_0.5, 1e400, .5j, 123456789012345678901234567890",
              "Expression(body=Tuple(elts=[Constant(value=255), Constant(value=15), Constant(value=3), Constant(value=10), "
              "Constant(value=70.5), Constant(value=inf), Constant(value=0.5j), "
              "Constant(value=123456789012345678901234567890)], ctx=Load()))");
  expect_tree(FRONT_EVAL, "b'\\xff\\0' br'\\a'", "Expression(body=Constant(value=b'\\xff\\x00\\\\a'))");
  expect_tree(FRONT_EVAL, "u'a' 'b\\x41\\101\\N{BULLET}\\ud800'", "Expression(body=Constant(value='abAA\xe2\x80\xa2\\ud800', kind='u'))");
}

static void test_fstrings(void **state) {
  (void)state;
  expect_tree(FRONT_EVAL, "f'a{b!r:>{c}}{{' 'd' f'{e=}'",
              "Expression(body=JoinedStr(values=[Constant(value='a'), FormattedValue(value=Name(id='b', ctx=Load()), "
              "conversion=114, format_spec=JoinedStr(values=[Constant(value='>'), FormattedValue(value=Name(id='c', "
              "ctx=Load()), conversion=-1)])), Constant(value='{de='), FormattedValue(value=Name(id='e', ctx=Load()), "
              "conversion=114)]))");
  expect_error("f'{a b}'", "f-string: invalid syntax. Perhaps you forgot a comma?", 1, 2, 1, 5);
  expect_error("f'{}'", "f-string: empty expression not allowed", 1, 6, 1, 6);
  expect_error("f'{a'", "f-string: expecting '}'", 1, 6, 1, 6);
  expect_error("f'}'", "f-string: single '}' is not allowed", 1, 5, 1, 5);
  expect_error("f'{a!x}'", "f-string: invalid conversion character: expected 's', 'r', or 'a'", 1, 9, 1, 9);
}

static void test_match(void **state) {
  (void)state;
  expect_tree(FRONT_EXEC, "match x:\n case [1, *_] | A(b, c=-1+2j) as d if e: pass\n case {'k': None, **r}: pass\n",
              "Module(body=[Match(subject=Name(id='x', ctx=Load()), cases=[match_case(pattern=MatchAs(pattern=MatchOr("
              "patterns=[MatchSequence(patterns=[MatchValue(value=Constant(value=1)), MatchStar()]), MatchClass(cls=Name("
              "id='A', ctx=Load()), patterns=[MatchAs(name='b')], kwd_attrs=['c'], kwd_patterns=[MatchValue(value=BinOp("
              "left=UnaryOp(op=USub(), operand=Constant(value=1)), op=Add(), right=Constant(value=2j)))])]), name='d'), "
              "guard=Name(id='e', ctx=Load()), body=[Pass()]), match_case(pattern=MatchMapping(keys=[Constant(value='k')], "
              "patterns=[MatchSingleton(value=None)], rest='r'), body=[Pass()])])], type_ignores=[])");
  // `match` and `case` are names elsewhere
  expect_tree(FRONT_EXEC, "match = case[match](-1)\nmatch (x)\n",
              "Module(body=[Assign(targets=[Name(id='match', ctx=Store())], value=Call(func=Subscript(value=Name(id='case', "
              "ctx=Load()), slice=Name(id='match', ctx=Load()), ctx=Load()), args=[UnaryOp(op=USub(), operand=Constant("
              "value=1))], keywords=[])), Expr(value=Call(func=Name(id='match', ctx=Load()), args=[Name(id='x', ctx=Load())], "
              "keywords=[]))], type_ignores=[])");
}

static void test_errors(void **state) {
  (void)state;
  expect_error("(a, b c)\n", "invalid syntax. Perhaps you forgot a comma?", 1, 5, 1, 8);
  expect_error("if x = 1: pass\n", "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 4, 1, 9);
  expect_error("f() = 1\n", "cannot assign to function call here. Maybe you meant '==' instead of '='?", 1, 1, 1, 4);
  expect_error("(a, 1) = x\n", "cannot assign to literal", 1, 5, 1, 6);
  expect_error("print 1\n", "Missing parentheses in call to 'print'. Did you mean print(...)?", 1, 1, 1, 8);
  expect_error("if x\n", "expected ':'", 1, 5, 1, 5);
  expect_error("f(a=1, b)\n", "positional argument follows keyword argument", 1, 9, 1, 10);
  expect_error("f(x for x in y, 1)\n", "Generator expression must be parenthesized", 1, 3, 1, 15);
  expect_error("try: pass\n", "expected 'except' or 'finally' block", 1, 10, 1, -1);
  expect_error("x = (1,\n  2\n", "'(' was never closed", 1, 5, 1, 0);
  expect_error("\xc3\xa9 = (\xc3\xa9 \xc3\xa9)\n", "invalid syntax. Perhaps you forgot a comma?", 1, 6, 1, 9);
  expect_error("def f(a=1, b): pass\n", "non-default argument follows default argument", 1, 12, 1, 13);
  expect_error("{1: 2, 3}\n", "':' expected after dictionary key", 1, 8, 1, 0);
  expect_error("'\\N{no such}'\n",
               "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-10: unknown "
               "Unicode character name",
               1, 14, 1, 14);
  expect_error_in(FRONT_EXEC, FRONT_IGNORE_COOKIE, "if 1:\nx\n", FRONT_INDENTATION_ERROR, "expected an indented block after 'if' statement on line 1",
                  2, 1, 2, 2);
  expect_error_in(FRONT_EXEC, FRONT_IGNORE_COOKIE, "  x\n", FRONT_INDENTATION_ERROR, "unexpected indent", 1, 2, 1, -1);
  expect_error_in(FRONT_EXEC, FRONT_IGNORE_COOKIE, "if 1:\n\tx\n        y\n", FRONT_TAB_ERROR, "inconsistent use of tabs and spaces in indentation",
                  3, 1, 3, 0);
  expect_error_in(FRONT_SINGLE, FRONT_IGNORE_COOKIE, "x\ny", FRONT_SYNTAX_ERROR, "multiple statements found while compiling a single statement", 1, 2,
                  1, 2);
  expect_error_in(FRONT_SINGLE, FRONT_IGNORE_COOKIE | FRONT_ALLOW_INCOMPLETE_INPUT | FRONT_DONT_IMPLY_DEDENT, "if 1:", FRONT_SYNTAX_ERROR,
                  "incomplete input", 1, 5, 1, -1);
}

static void test_limits(void **state) {
  (void)state;
  size_t size = 200000;
  char *text = malloc(size + 3);
  memset(text, '-', size);
  strcpy(text + size, "1\n");
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod;
  assert_false(parse(text, FRONT_EXEC, (FrontFlags){.bits = FRONT_IGNORE_COOKIE}, arena, &mod, &err));
  assert_int_equal(err.kind, FRONT_MEMORY_ERROR);
  front_error_clear(&err);
  arena_free(arena);
  memset(text, '(', 201);
  text[201] = 0;
  expect_error(text, "too many nested parentheses", 1, 201, 1, 201);
  free(text);
  expect_error_in(FRONT_EXEC, FRONT_IGNORE_COOKIE, "x = 1 $\n", FRONT_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8);
}

static void test_null_byte(void **state) {
  (void)state;
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod;
  assert_false(front_parse("a\0b", 3, "<test>", FRONT_EXEC, (FrontFlags){0}, arena, &mod, &err));
  assert_int_equal(err.kind, FRONT_VALUE_ERROR);
  assert_string_equal(err.message, "source code string cannot contain null bytes");
  front_error_clear(&err);
  arena_free(arena);
}

typedef struct Warnings {
  int count;
  FrontWarnResult answer;
  char last[80];
  int lineno;
} Warnings;

static FrontWarnResult take_warning(void *context, FrontWarningKind kind, const char *message, int lineno) {
  Warnings *w = context;
  (void)kind;
  w->count++;
  w->lineno = lineno;
  snprintf(w->last, sizeof w->last, "%s", message);
  return w->answer;
}

static void test_warnings(void **state) {
  (void)state;
  Warnings w = {0};
  FrontFlags flags = {.bits = FRONT_IGNORE_COOKIE, .warn = take_warning, .warn_context = &w};
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod;
  assert_true(parse("x = 1\ny = '\\d\\e' + '\\777'\n", FRONT_EXEC, flags, arena, &mod, &err));
  assert_int_equal(w.count, 2);
  assert_string_equal(w.last, "invalid octal escape sequence '\\777'");
  assert_int_equal(w.lineno, 2);
  // A statement whose beginning is read twice warns once; a refused program warns in each of the two readings for its message.
  w.count = 0;
  assert_true(parse("with ('\\d') as x, y: pass\n", FRONT_EXEC, flags, arena, &mod, &err));
  assert_int_equal(w.count, 1);
  w.count = 0;
  assert_false(parse("with ('\\d') as x, y: pass\n1 1\n", FRONT_EXEC, flags, arena, &mod, &err));
  assert_int_equal(w.count, 2);
  front_error_clear(&err);
  w.answer = FRONT_WARN_IS_ERROR;
  assert_false(parse("f(1, '\\d')\n", FRONT_EXEC, flags, arena, &mod, &err));
  assert_int_equal(err.kind, FRONT_SYNTAX_ERROR);
  assert_string_equal(err.message, "invalid escape sequence '\\d'");
  assert_int_equal(err.offset, 6);
  assert_int_equal(err.end_offset, 10);
  front_error_clear(&err);
  w.answer = FRONT_WARN_RAISED;
  assert_false(parse("'\\d'\n", FRONT_EXEC, flags, arena, &mod, &err));
  assert_int_equal(err.kind, FRONT_RAISED);
  front_error_clear(&err);
  arena_free(arena);
}

static bool shout(const char *encoding, const char *bytes, size_t len, char **utf8, size_t *utf8_len, char **message) {
  if (strcmp(encoding, "shout") != 0) {
    *message = strdup("unknown encoding: other");
    return false;
  }
  *utf8 = malloc(len);
  for (size_t i = 0; i < len; i++) (*utf8)[i] = bytes[i] == 'q' ? 'Q' : bytes[i];
  *utf8_len = len;
  return true;
}

static void expect_encoded(const char *source, size_t len, const char *value) {
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod;
  if (!front_parse(source, len, "<test>", FRONT_EXEC, (FrontFlags){0}, arena, &mod, &err)) fail_msg("%s", err.message);
  assert_string_equal(mod->u.Module.body.items[0]->u.Expr.value->u.Constant.value.text, value);
  arena_free(arena);
}

static void test_encodings(void **state) {
  (void)state;
#define BYTES(TEXT) TEXT, sizeof TEXT - 1
  expect_encoded(BYTES("# -*- coding: latin-1 -*-\n'\xe9'\n"), "\xc3\xa9");
  expect_encoded(BYTES("#!/x\n# vim: set fileencoding=iso-8859-1 :\n'\xe9'\n"), "\xc3\xa9");
  expect_encoded(BYTES("\xef\xbb\xbf'\xc3\xa9'\r\n"), "\xc3\xa9");
  expect_encoded(BYTES("\n\n# coding: latin-1\n'\xc3\xa9'\n"), "\xc3\xa9");
  front_decode_hook = shout;
  expect_encoded(BYTES("# coding: shout\n'quiet'\n"), "Quiet");
  front_decode_hook = NULL;
  expect_error_in(FRONT_EXEC, 0, "# coding: shout\n", FRONT_SYNTAX_ERROR, "unknown encoding: shout", 0, -1, 0, 0);
  expect_error_in(FRONT_EXEC, 0, "\xef\xbb\xbf# coding: latin-1\n", FRONT_SYNTAX_ERROR, "encoding problem: iso-8859-1 with BOM", 0, -1, 0, 0);
  expect_error_in(FRONT_EXEC, 0, "# coding: ascii\n'\xe9'\n", FRONT_SYNTAX_ERROR,
                  "'ascii' codec can't decode byte 0xe9 in position 17: ordinal not in range(128)", 0, -1, 0, 0);
  expect_error_in(FRONT_EXEC, 0, "'\xff'\n", FRONT_SYNTAX_ERROR,
                  "(unicode error) 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte", 1, 4, 1, 4);
}

static void test_names_are_interned(void **state) {
  (void)state;
  FrontError err = FRONT_ERROR_INIT;
  Arena *arena = arena_new();
  AstMod *mod;
  // U+FB01, the ligature "fi", is normalised.
  assert_true(parse("\xef\xac\x81x = fix\n", FRONT_EXEC, (FrontFlags){.bits = FRONT_IGNORE_COOKIE}, arena, &mod, &err));
  AstStmt *stmt = mod->u.Module.body.items[0];
  assert_ptr_equal(stmt->u.Assign.targets.items[0]->u.Name.id, stmt->u.Assign.value->u.Name.id);
  arena_free(arena);
}

// Every allocation of the arena in turn fails: the parser reports it and leaks nothing.
static void test_memory_runs_out(void **state) {
  (void)state;
  static const char *const sources[] = {
      "@d\nasync def f(a, /, b=1, *c, d: int = 2, **e) -> x:\n  with (a as b, c): await d\n  return [x async for x in y if z]\n",
      "match x:\n  case {'a': [1, *_], **r} | A.B(1, x=2) as y if z: f'{a!r:>{b}} {c=}' 'd'\n",
      "x = {1: 2, **a, 'b': lambda *, k=1: (yield)}; y: int = a[1:2, ...]; \xef\xac\x81 = 0x1f + 1.5j\n",
      "def f(a, b:\n  pass\n",
      "x = f'{a b}' + [1, 2 3]\n",
  };
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    bool succeeded = false;
    for (unsigned n = 1; n < 200 && !succeeded; n++) {
      FrontError err = FRONT_ERROR_INIT;
      AstMod *mod = NULL;
      arena_fail_after(n);
      Arena *arena = arena_new();
      if (arena) {
        bool fine = parse(sources[i], FRONT_EXEC, (FrontFlags){.bits = FRONT_IGNORE_COOKIE}, arena, &mod, &err);
        assert_true(fine || err.kind == FRONT_MEMORY_ERROR || err.kind == FRONT_SYNTAX_ERROR);
        assert_true(fine ? err.kind == FRONT_OK : !arena_failed(arena) || err.kind != FRONT_OK);
        succeeded = fine || err.kind == FRONT_SYNTAX_ERROR;
      }
      arena_fail_after(0);
      front_error_clear(&err);
      arena_free(arena);
    }
    assert_true(succeeded);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_trees),           cmocka_unit_test(test_constants),
      cmocka_unit_test(test_fstrings),        cmocka_unit_test(test_match),
      cmocka_unit_test(test_errors),          cmocka_unit_test(test_limits),
      cmocka_unit_test(test_null_byte),       cmocka_unit_test(test_warnings),
      cmocka_unit_test(test_encodings),       cmocka_unit_test(test_names_are_interned),
      cmocka_unit_test(test_memory_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
