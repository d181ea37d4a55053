// Code objects: the stack form of a function's bytecode (3.11 opcodes in 16-bit units), its constants, names and tables.
//
// Immutable, but for `exec`, the translated execution form that vm/ publishes by CAS and owns the layout of.
#ifndef WEFT_CODE_CODE_H
#define WEFT_CODE_CODE_H

#include "code/code_flags.h"
#include "objects/type.h"

enum { LOCAL_KIND_LOCAL = 0x20, LOCAL_KIND_CELL = 0x40, LOCAL_KIND_FREE = 0x80 };  // co_localspluskinds, one byte each; may be combined

typedef struct Code {
  Object ob;
  int32_t argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno;
  int32_t nlocalsplus, nlocals, ncellvars, nfreevars;
  Value code;                // bytes: co_code, 2 bytes a unit, CACHE units included as 3.11 lays them out
  Value consts, names;       // tuples
  Value localsplusnames;     // tuple of str: locals (arguments first), then cells that are not arguments, then frees
  Value localspluskinds;     // bytes
  Value filename, name, qualname;
  Value linetable;           // bytes, PEP 626/657 location table in 3.11's format
  Value exceptiontable;      // bytes, 3.11's varint format
  aptr exec;                 // vm's translation; NULL until first run
  aptr traced_exec;          // vm's unfolded translation, for tracing
  Value extra;               // vm's or tools' own; owned or V_NULL
  bool unverified;           // of unknown origin: must pass stackform_verify before it is run. Set before anybody else sees the code
} Code;

static inline Code *v_code(Value v) { return (Code *)v_obj(v); }

typedef struct CodeFields {  // borrowed
  int32_t argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno;
  Value code, consts, names, localsplusnames, localspluskinds, filename, name, qualname, linetable, exceptiontable;
} CodeFields;
// Validates and makes a code object; interns names and identifier-like constants (as 3.11). V_NULL + ValueError/SystemError.
Value code_new(Thread *t, const CodeFields *fields);
// Position of the instruction at byte offset `offset`; lines/columns -1 where unknown.
typedef struct CodePosition { int line, end_line, column, end_column; } CodePosition;
CodePosition code_position(const Code *code, int offset);
// Exception handler for byte offset: true with *target (byte offset), *depth, *push_lasti.
bool code_find_handler(const Code *code, int offset, int *target, int *depth, bool *push_lasti);
// New tuples of the names of one kind (LOCAL_KIND_*): co_varnames, co_cellvars, co_freevars.
Value code_names_of_kind(Thread *t, const Code *code, int kind);
// Gives code that was moved its new file name, the code in its constants included. For code that nothing else has seen yet.
void code_set_filename(Thread *t, Value code, Value filename);
extern bool code_debug_ranges;  // false (-X no_debug_ranges): new code objects keep lines but no columns

#endif
