// What a fuzz target is: a part of weft that is given bytes of any kind, and what it must never do with them.
//
// A target is one file that defines target_start and target_run. harness.c starts the runtime and makes of it what libFuzzer calls; in builds
// without libFuzzer, replay.c feeds it files. A finding is whatever ends the process: a sanitizer's report, an assert, fuzz_fail, a time-out.
#ifndef WEFT_FUZZ_TARGET_H
#define WEFT_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

#include "objects/error.h"
#include "objects/type.h"

// Called once, the runtime running. False with an exception ends the process.
bool target_start(Thread *t);
// One input. Leaves no exception pending, and all is freed that it made.
void target_run(Thread *t, const uint8_t *data, size_t size);

// Ends the process, telling what is wrong and the pending exception.
_Noreturn void fuzz_fail(Thread *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
// The pending exception must be an instance of one of the types, of which NULL is the last; it is cleared.
void fuzz_expect(Thread *t, Type *first, ...) __attribute__((sentinel));
// Runs Python code and gives its namespace, owned; V_NULL with an exception.
Value fuzz_python(Thread *t, const char *source);
// The name's value in such a namespace, owned; a name that is not there is a failure.
Value fuzz_global(Thread *t, Value namespace_, const char *name);

// Code of unknown origin, and all code in its constants: what can be asked of it is asked, and it is translated, or refused with SystemError.
// compiled: it is the compiler's own and must not be refused.
void fuzz_check_code(Thread *t, Value code, bool compiled);

// A limit for what may run long: after so many safepoints TimeoutError is raised, once. fuzz_end_limit in any case.
void fuzz_begin_limit(Thread *t, int64_t safepoints);
void fuzz_end_limit(Thread *t);

#endif
