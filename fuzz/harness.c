// What all fuzz targets share: the runtime's start, and the checks behind each input.
//
// Now and then, chosen by the input's own bytes so that it happens again with the same input, an input is run several times over and garbage
// collected after each: objects that grow more numerous every time are a leak. WEFT_FUZZ_LEAKS=1: with every input.
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "code/code.h"
#include "front/compile_source.h"
#include "fuzz/target.h"
#include "gc/collect.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/lifecycle.h"
#include "runtime/run_file.h"
#include "system/config.h"
#include "system/print_exception.h"
#include "vm/exec.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { COLLECT_EVERY = 2000, LEAK_CHECK_ONE_IN = 512, LEAK_ROUNDS = 5 };

static Thread *thread;
static bool check_every_input;
static uint64_t inputs;
static int64_t safepoints_left;   // of the limit; < 0: none, or it has been reached

// --- Failing ----------------------------------------------------------------------------------------------------------------------------

void fuzz_fail(Thread *t, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  fprintf(stderr, "FINDING: ");
  vfprintf(stderr, format, ap);
  fprintf(stderr, "\n");
  va_end(ap);
  if (error_pending(t)) print_pending(t);
  fflush(NULL);
  abort();
}

void fuzz_expect(Thread *t, Type *first, ...) {
  va_list ap;
  va_start(ap, first);
  bool expected = false;
  if (!error_pending(t)) fuzz_fail(t, "a failure without an exception");
  for (Type *type = first; type; type = va_arg(ap, Type *)) expected |= error_matches(t, type);
  va_end(ap);
  if (!expected) fuzz_fail(t, "an exception of a type that should not come out");
  error_clear(t);
}

// --- Python code ------------------------------------------------------------------------------------------------------------------------

Value fuzz_python(Thread *t, const char *source) {
  Value filename = str_from_cstr(t, "<fuzz>"), globals = v_is_null(filename) ? V_NULL : dict_new(t);
  Value r = v_is_null(globals) ? V_NULL : run_text(t, source, strlen(source), filename, globals, COMPILE_IGNORE_COOKIE);
  if (v_is_null(r)) v_clear(t, &globals);
  v_drop(t, r);
  v_drop(t, filename);
  return globals;
}

Value fuzz_global(Thread *t, Value namespace_, const char *name) {
  Value v;
  if (dict_get_cstr(t, v_dict(namespace_), name, &v) <= 0) fuzz_fail(t, "no %s", name);
  return v;
}

static void check_handlers(const Code *c) {
  int target, depth;
  bool push_lasti;
  for (int64_t offset = 0; offset < v_bytes(c->code)->length; offset += 2) code_find_handler(c, (int)offset, &target, &depth, &push_lasti);
}

void fuzz_check_code(Thread *t, Value code, bool compiled) {
  Code *c = v_code(code);
  if (!exec_get(t, c)) {
    if (compiled) fuzz_fail(t, "the compiler's own code is refused");
    fuzz_expect(t, &exc_SystemError, NULL);
  }
  check_handlers(c);
  for (int64_t i = 0; i < v_tuple(c->consts)->length; i++) {
    Value item = v_tuple(c->consts)->items[i];
    if (v_is_exact(item, SHAPE_CODE)) fuzz_check_code(t, item, compiled);
  }
}

// --- Limits -----------------------------------------------------------------------------------------------------------------------------

static int count_safepoint(Thread *t) {
  if (safepoints_left < 0) return 0;
  if (safepoints_left-- > 0) {
    breaker_set(t, BREAK_PENDING);   // come again
    return 0;
  }
  raise_error(t, &exc_TimeoutError, "the fuzzer's limit");
  return -1;
}

void fuzz_begin_limit(Thread *t, int64_t safepoints) {
  safepoints_left = safepoints;
  breaker_set(t, BREAK_PENDING);
}

void fuzz_end_limit(Thread *t) {
  safepoints_left = -1;
  if (safepoint(t) < 0) fuzz_fail(t, "an exception at a safepoint");
}

// --- Inputs -----------------------------------------------------------------------------------------------------------------------------

static void run(const uint8_t *data, size_t size) {
  Thread *t = thread;
  int depth = t->py_depth;
  target_run(t, data, size);
  if (error_pending(t)) fuzz_fail(t, "an exception is left pending");
  if (t->frame || t->critical || t->py_depth != depth) fuzz_fail(t, "a frame or a critical section is left open");
  if (safepoint(t) < 0) fuzz_fail(t, "an exception at a safepoint");
}

static uint64_t hash_of(const uint8_t *data, size_t size) {
  uint64_t h = 0xcbf29ce484222325;
  for (size_t i = 0; i < size; i++) h = (h ^ data[i]) * 0x100000001b3;
  return h ^ h >> 32;
}

static void check_leaks(const uint8_t *data, size_t size) {
  uint64_t before = UINT64_MAX;
  for (int i = 0; i < LEAK_ROUNDS; i++) {
    run(data, size);
    gc_collect(thread, 2);
    gc_collect(thread, 2);
    uint64_t now = heap_live_objects();
    if (now <= before) {
      if (i) return;     // the first round may have filled caches
    }
    before = now;
  }
  fuzz_fail(thread, "objects leak: %lu are alive, and more each time", (unsigned long)before);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  run(data, size);
  if (check_every_input || hash_of(data, size) % LEAK_CHECK_ONE_IN == 0) check_leaks(data, size);
  if (++inputs % COLLECT_EVERY == 0) gc_collect(thread, 2);
  return 0;
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  static char *arguments[] = {NULL, "-I", "-S", "-B", "-W", "ignore", "-c", "pass", NULL};
  arguments[0] = (*argv)[0];
  setenv("PYTHONHASHSEED", "0", 1);
  check_every_input = getenv("WEFT_FUZZ_LEAKS") != NULL;
  if (config_read(sizeof arguments / sizeof *arguments - 1, arguments) >= 0) exit(2);
  thread = runtime_start();
  if (!thread) exit(2);
  signal(SIGINT, SIG_DFL);    // libFuzzer's, or the shell's
  safepoints_left = -1;
  breaker_register(BREAK_PENDING, count_safepoint);
  if (!target_start(thread)) fuzz_fail(thread, "the target does not start");
  return 0;
}
