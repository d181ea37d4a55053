// The translator: what folds into operands, what must not, and where pending values are carried out.
#include "object_layer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "code/code.h"
#include "code/opcode.h"
#include "code/code_type.h"
#include "front/compile_source.h"
#include "objects/module.h"
#include "vm/exec.h"
#include "vm/vm.h"

static Thread *vm_layer(void) {
  static bool ready;
  Thread *t = object_layer();
  if (!ready) {
    ready = true;
    assert_true(code_init(t) && module_init(t) && vm_init(t) && vm_thread_init(t));
  }
  return t;
}

// The code of the first function in `source`.
static Code *function_code(const char *source) {
  Thread *t = vm_layer();
  Value code = compile_source(t, source, strlen(source), str_from_cstr(t, "<test>"), COMPILE_EXEC, COMPILE_IGNORE_COOKIE, -1);
  assert_false(v_is_null(code));
  Tuple *consts = v_tuple(v_code(code)->consts);
  for (int64_t i = 0; i < consts->length; i++) {
    if (v_is_exact(consts->items[i], SHAPE_CODE)) return v_code(v_own(t, consts->items[i]));
  }
  fail_msg("no function in the source");
  return NULL;
}

// The names of its instructions, separated by blanks, without the final TRAP.
static const char *ops(const char *source) {
  static char text[4096];
  Exec *e = exec_get(vm_layer(), function_code(source));
  assert_non_null(e);
  text[0] = '\0';
  for (uint32_t i = 0; i < e->count; i += exec_op_words[a16_load_rlx(&e->insts[i].op)]) {
    unsigned op = a16_load_rlx(&e->insts[i].op);
    if (op == X_TRAP) continue;
    if (text[0]) strcat(text, " ");
    strcat(text, exec_op_names[op]);
  }
  return text;
}

static void folds_locals_and_constants(void **state) {
  (void)state;
  assert_string_equal(ops("def f(a, b): return a + b\n"), "ADD_SS RETURN");
  assert_string_equal(ops("def f(a): return a + 1\n"), "ADD_SI RETURN");
  assert_string_equal(ops("def f(a): return a * 1.5\n"), "MULTIPLY_SK RETURN");
  assert_string_equal(ops("def f(a): return 2 ** a\n"), "POWER_KS RETURN");
  assert_string_equal(ops("def f(a, b): a += b\n"), "IADD_SS RETURN_K");
  assert_string_equal(ops("def f(a): return a\n"), "RETURN");
  assert_string_equal(ops("def f(a): b = a; return b\n"), "MOVE_O RETURN");
}

static void fuses_comparison_and_jump(void **state) {
  (void)state;
  assert_string_equal(ops("def f(a):\n if a < 2: return a\n"), "JF_LT_SI RETURN RETURN_K");
  assert_string_equal(ops("def f(a, b):\n if a is b: return a\n"), "J_IS_NOT RETURN RETURN_K");
  assert_string_equal(ops("def f(a):\n while a > 0: a -= 1\n"), "JF_GT_SI ISUBTRACT_SI JT_GT_SI RETURN_K RETURN_K");
}

static void loops_test_at_the_bottom(void **state) {
  (void)state;
  assert_string_equal(ops("def f(s, a):\n for x in s: a += x\n"), "GET_ITER FOR_ITER IADD_SS FOR_ITER RETURN_K");
  assert_string_equal(ops("def f(s, d):\n for k, v in s: d[k] = v\n"), "GET_ITER FOR_ITER_2 UNPACK_2 STORE_SUBSCR FOR_ITER_2 RETURN_K");
}

static void arguments_are_built_in_the_window(void **state) {
  (void)state;
  assert_string_equal(ops("def f(g, a, b, c): return g(a, b, c)\n"), "MOVE_B2 MOVE_B2 CALL RETURN");
  assert_string_equal(ops("def f(o, a): return o.m(a)\n"), "LOAD_METHOD MOVE_B CALL_METHOD RETURN");
  assert_string_equal(ops("def f(g, a): return g(a + 1)\n"), "ADD_SI MOVE_B CALL RETURN");
}

// Each of these once gave a wrong answer in a draft.
static void hazards_carry_out_what_is_pending(void **state) {
  (void)state;
  assert_string_equal(ops("def f(a): return a + (a := 5)\n"), "MOVE_O LOADK ADD_SI RETURN");
  assert_string_equal(ops("def f(g, x, y): return g(x, (x := y))\n"), "MOVE_O MOVE_O MOVE_B MOVE_B CALL RETURN");
  assert_non_null(strstr(ops("def f(a, c): return a + (c or 1)\n"), "MOVE_O"));
  assert_non_null(strstr(ops("def f(a): return a + (yield)\n"), "MOVE_O"));
}

static void loads_that_may_fail_stay_checked(void **state) {
  (void)state;
  assert_string_equal(ops("def f(c):\n if c: x = 1\n return x\n"), "JUMP_FALSE LOADK CHECK_LOCAL RETURN");
  assert_string_equal(ops("def f():\n x = 1\n del x\n return x\n"), "LOADK DELETE_LOCAL CHECK_LOCAL RETURN");
  // In a handler only what was bound before the protected code is sure.
  assert_non_null(strstr(ops("def f(g):\n try: x = g()\n except E: return x\n"), "CHECK_LOCAL"));
  assert_null(strstr(ops("def f(g):\n x = 1\n try: g()\n except E: return x\n"), "CHECK_LOCAL"));
}

static void without_folding_each_instruction_stands_for_itself(void **state) {
  (void)state;
  exec_fold = false;
  assert_string_equal(ops("def f(a, b): return a + b\n"), "RESUME MOVE_CHECKED MOVE_CHECKED ADD_SS RETURN");
  assert_string_equal(ops("def f(a):\n if a < 2: return a\n"), "RESUME MOVE_CHECKED LOADK LT_SS JUMP_FALSE MOVE_CHECKED RETURN LOADK RETURN");
  exec_fold = true;
}

// Jumps too far for 16 bits: the code is translated again without them.
static void long_code_uses_wide_jumps(void **state) {
  (void)state;
  enum { LINES = 12000 };
  char *source = malloc(LINES * 24 + 200);
  strcpy(source, "def f(a, o):\n while a < 2:\n");
  char *p = source + strlen(source);
  for (int i = 0; i < LINES; i++) p += sprintf(p, "  o.x = o.y\n");
  sprintf(p, "  a += 1\n return a\n");
  Exec *e = exec_get(vm_layer(), function_code(source));
  assert_non_null(e);
  assert_true(e->wide);
  free(source);
}

// Bytes that are no program must be refused, not trusted.
static void bad_bytecode_is_refused(void **state) {
  (void)state;
  Thread *t = vm_layer();
  Code *good = function_code("def f(a):\n for x in a: pass\n");
  Bytes *bytes = v_bytes(good->code);
  for (int64_t i = 0; i + 1 < bytes->length; i += 2) {
    for (int op = 0; op < 256; op += 7) {
      char *data = malloc((size_t)bytes->length);
      memcpy(data, bytes->data, (size_t)bytes->length);
      data[i] = (char)op;
      Code *bad = malloc(sizeof *bad);
      memcpy(bad, good, sizeof *bad);
      bad->code = bytes_from(t, data, (size_t)bytes->length);
      aptr_store_rlx(&bad->exec, NULL);
      Exec *e = exec_get(t, bad);
      assert_true((e != NULL) != error_pending(t));
      error_clear(t);
      exec_free_code(t, bad);
      v_drop(t, bad->code);
      free(bad);
      free(data);
    }
  }
}

// Whether a copy of a code object, of unknown origin and with other bytecode (NULL: the same), may be run.
static bool passes_unverified(Thread *t, const Code *good, const char *data) {
  Code *copy = malloc(sizeof *copy);
  memcpy(copy, good, sizeof *copy);
  copy->unverified = true;
  aptr_store_rlx(&copy->exec, NULL);
  Bytes *bytes = v_bytes(good->code);
  copy->code = data ? bytes_from(t, data, (size_t)bytes->length) : v_own(t, good->code);
  bool passes = exec_get(t, copy) != NULL;
  exec_free_code(t, copy);
  v_drop(t, copy->code);
  free(copy);
  return passes;
}

// Code out of a file must not rely on values that its own instructions do not put there.
static void unverified_bytecode_is_checked_to_the_end(void **state) {
  (void)state;
  Thread *t = vm_layer();
  static const char *const sources[] = {
      "def f(a, *b, c=1, **d):\n try:\n  with a as x, b: return x\n finally: del a\n",
      "def f(a):\n def g(): return a, __class__\n yield from g(x=1, *a, **a)\n",
      "async def f(a):\n async with a as b:\n  async for c in b: await c\n  return [x async for x in c if x < 1 < 2]\n",
      "def f(a):\n match a:\n  case {'k': v, **r}: return v\n  case C(p, q=1) | [p, *_]: return p\n class D(a, metaclass=b): x: int = 1\n",
      "def f(a):\n try: raise a from None\n except* (A, B) as e: a(k=e, l=2)\n else: return f'{a!r:>{a}}' if a else {1: a, **a}\n",
  };
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    Code *good = function_code(sources[i]);
    assert_true(passes_unverified(t, good, NULL));
    assert_false(error_pending(t));
  }
  // The names of keyword arguments must be a tuple of strings, taken by the call behind them.
  Code *good = function_code("def f(g): return g(1, k=2)\n");
  Bytes *bytes = v_bytes(good->code);
  char data[256];
  assert_true(bytes->length <= (int64_t)sizeof data);
  int64_t names = 0;
  while (names < bytes->length && (uint8_t)bytes->data[names] != OP_KW_NAMES) names += 2;
  assert_true(names < bytes->length);
  memcpy(data, bytes->data, (size_t)bytes->length);
  data[names + 1] = (char)(data[names + 1] == 1 ? 2 : 1);   // 1 or 2: no tuple
  assert_false(passes_unverified(t, good, data));
  error_clear(t);
  data[names] = OP_NOP;                                      // and without it the call is an ordinary one
  assert_true(passes_unverified(t, good, data));
  // A cell must be one.
  good = function_code("def f(a): return a\n");
  bytes = v_bytes(good->code);
  memcpy(data, bytes->data, (size_t)bytes->length);
  for (int64_t i = 0; i < bytes->length; i += 2)
    if ((uint8_t)data[i] == OP_LOAD_FAST) data[i] = (char)OP_LOAD_DEREF;
  assert_false(passes_unverified(t, good, data));
  error_clear(t);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(folds_locals_and_constants),
      cmocka_unit_test(fuses_comparison_and_jump),
      cmocka_unit_test(loops_test_at_the_bottom),
      cmocka_unit_test(arguments_are_built_in_the_window),
      cmocka_unit_test(hazards_carry_out_what_is_pending),
      cmocka_unit_test(loads_that_may_fail_stay_checked),
      cmocka_unit_test(without_folding_each_instruction_stands_for_itself),
      cmocka_unit_test(long_code_uses_wide_jumps),
      cmocka_unit_test(bad_bytecode_is_refused),
      cmocka_unit_test(unverified_bytecode_is_checked_to_the_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
