// Fuzz target: source bytes through tokenizer, parser, symbol table and compiler. What compiles must be found good by the checker of bytecode
// and come back equal from marshal.
//
// The first byte chooses what is asked for, the rest is the source. Bits 0-1: exec, eval, single, interactive lines; 2: by way of the tree; 3: type
// comments; 4: top-level await; 5: the source as str; 6-7: optimisation.
#include "code/code.h"
#include "code/marshal.h"
#include "front/compile_source.h"
#include "fuzz/target.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { INTERACTIVE = 3, BY_TREE = 4, TYPE_COMMENTS = 8, TOP_LEVEL_AWAIT = 16, AS_STR = 32 };

static Value compile_function, filename, mode_names[3];

// The exceptions that a source may be refused with.
static void expect_refusal(Thread *t) {
  fuzz_expect(t, &exc_SyntaxError, &exc_ValueError, &exc_OverflowError, &exc_RecursionError, &exc_MemoryError, NULL);
}

static Value call_compile(Thread *t, Value source, unsigned mode, int flags, int optimize) {
  const Value args[] = {source, filename, mode_names[mode], v_from_smi(flags), V_TRUE, v_from_smi(optimize)};
  return object_call(t, compile_function, args, sizeof args / sizeof *args, V_NULL);
}

// Whether a constant is a nan, or has one in it: folding makes them (1e999 % 3), and code that has one equals no other, in python3.11 either.
static bool holds_nan(Thread *t, Value v) {
  if (v_is_exact(v, SHAPE_CODE)) return holds_nan(t, v_code(v)->consts);
  bool found = false;
  if (v_is_exact(v, SHAPE_TUPLE)) {
    for (int64_t i = 0; !found && i < v_tuple(v)->length; i++) found = holds_nan(t, v_tuple(v)->items[i]);
  } else if (v_is_frozenset(v)) {
    Value item;
    for (int64_t pos = 0; !found && set_next(t, (Set *)v_obj(v), &pos, &item); v_drop(t, item)) found = holds_nan(t, item);
  } else {
    found = v_is(object_compare(t, v, v, CMP_EQ), V_FALSE);
  }
  return found;
}

static bool is_same_code(Thread *t, Value a, Value b) { return object_equal(t, a, b) == 1 || (holds_nan(t, a) && holds_nan(t, b)); }

static void check_compiled(Thread *t, Value code) {
  if (!v_is_exact(code, SHAPE_CODE)) fuzz_fail(t, "no code object");
  Value data = marshal_dumps(t, code);
  if (v_is_null(data)) {
    fuzz_expect(t, &exc_ValueError, NULL);    // nested too deeply
    return;
  }
  Value again = marshal_loads(t, v_bytes(data)->data, (size_t)v_bytes(data)->length);
  if (v_is_null(again)) fuzz_fail(t, "marshalled code cannot be read");
  fuzz_check_code(t, again, true);
  if (!is_same_code(t, code, again)) fuzz_fail(t, "marshalled code is not equal");
  v_drop(t, again);
  v_drop(t, data);
}

// The tree as objects, and compiled from there: refused or not as the source is, with the same code.
static void go_by_tree(Thread *t, Value source, unsigned mode, int flags, int optimize) {
  Value tree = call_compile(t, source, mode, flags | COMPILE_ONLY_AST, optimize);
  if (v_is_null(tree)) {
    expect_refusal(t);
    return;
  }
  Value code = call_compile(t, tree, mode, flags, optimize);
  v_drop(t, tree);
  bool refused = v_is_null(code), too_deep = refused && error_matches(t, &exc_RecursionError);
  if (refused) expect_refusal(t);
  if (too_deep) return;   // objects are read by a recursion that goes less deep than the parser's, as python3.11's
  Value direct = call_compile(t, source, mode, flags, optimize);
  if (v_is_null(direct)) expect_refusal(t);
  if (refused != v_is_null(direct)) fuzz_fail(t, refused ? "the tree is refused, the source is not" : "the source is refused, the tree is not");
  if (!refused && !is_same_code(t, code, direct)) fuzz_fail(t, "the tree gives other code than the source");
  v_drop(t, code);
  v_drop(t, direct);
}

static void compile_lines(Thread *t, const char *text, size_t size, bool at_end) {
  bool more;
  Value code = compile_interactive(t, text, size, filename, 0, at_end, &more);
  if (!v_is_null(code)) check_compiled(t, code);
  else if (!more || error_pending(t)) expect_refusal(t);
  v_drop(t, code);
}

bool target_start(Thread *t) {
  static const char *const names[] = {"exec", "eval", "single"};
  Value space = fuzz_python(t, "import ast, builtins, encodings\ncompile = builtins.compile\n");
  if (v_is_null(space)) return false;
  compile_function = fuzz_global(t, space, "compile");
  v_drop(t, space);
  filename = str_from_cstr(t, "<fuzz>");
  for (int i = 0; i < 3; i++) mode_names[i] = str_from_cstr(t, names[i]);
  return !v_is_null(filename);
}

void target_run(Thread *t, const uint8_t *data, size_t size) {
  if (size == 0) return;
  const char *text = (const char *)data + 1;
  unsigned choice = data[0], mode = choice & 3;
  size--;
  if (mode == INTERACTIVE) {
    compile_lines(t, text, size, choice & BY_TREE);
    return;
  }
  int flags = (choice & TYPE_COMMENTS ? COMPILE_TYPE_COMMENTS : 0) | (choice & TOP_LEVEL_AWAIT ? COMPILE_ALLOW_TOP_LEVEL_AWAIT : 0), optimize = (int)(choice >> 6) - 1;
  Value source = choice & AS_STR ? str_decode_replace(t, text, size) : bytes_from(t, text, size);
  if (v_is_null(source)) fuzz_fail(t, "no source");
  if (choice & BY_TREE) {
    go_by_tree(t, source, mode, flags, optimize);
  } else {
    Value code = call_compile(t, source, mode, flags, optimize);
    if (v_is_null(code)) expect_refusal(t);
    else check_compiled(t, code);
    v_drop(t, code);
  }
  v_drop(t, source);
}
