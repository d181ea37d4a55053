// The stack form of a code object taken apart: its instructions, where they lead, and the depth of the value stack before each. What the
// translator works on.
//
// Bytecode of any origin is checked as far as the translator relies on it. Code that is marked unverified, because it came out of a file,
// is checked to the end (stackform_verify.c): that running it stays within its code, its tables and its value stack.
#ifndef WEFT_VM_STACKFORM_H
#define WEFT_VM_STACKFORM_H

#include "code/code.h"
#include "code/exctable.h"

typedef struct Decoded {
  uint8_t op;
  bool border;        // reached by a jump, a handler or from a loop's bottom: every slot holds its value here
  bool leader;        // starts a block of the definite-assignment pass
  bool folded;        // for the translator: carried out by an instruction before it
  int32_t arg;
  uint32_t unit;      // of the opcode itself, behind its EXTENDED_ARGs
  int32_t depth;      // of the value stack before it; -1: not reachable
  int32_t target;     // index of the jump's target; -1: none
  uint32_t start;     // for the translator: first word made for it
} Decoded;

typedef struct StackForm {
  Thread *t;
  Code *code;
  bool failed;                 // an exception is set
  const uint8_t *bytes;
  uint32_t nunits, nlocals, ndecoded, nranges;
  Decoded *decoded;            // owned, as the others
  int32_t *index_of_unit;      // nunits + 1; -1: no instruction starts there
  ExceptionEntry *ranges;
} StackForm;

// Takes code apart. False with SystemError or MemoryError. stackform_free in both cases.
bool stackform_read(StackForm *s, Thread *t, Code *code);
void stackform_free(StackForm *s);
// The exception range that covers a unit, or NULL.
const ExceptionEntry *stackform_range(const StackForm *s, uint32_t unit);
// How many items an instruction looks at: the depth before it is no less.
int64_t stackform_inputs(const Decoded *d);
// Set the exception and `failed`; false.
bool stackform_out_of_memory(StackForm *s);
bool stackform_bad(StackForm *s, const char *what);

// The rest of the checks, for unverified code.
bool stackform_verify(StackForm *s);

#endif
