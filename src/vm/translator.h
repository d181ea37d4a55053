// The translator's state while it makes the execution form of one code object, and the vocabulary its passes are written in: making
// words, and the abstract stack.
//
// An item of the value stack is either in its slot (TEMP, BORROW) or pending: its load has been passed over, and an instruction may yet name
// the local or the constant as its operand. What makes an instruction asks for operands (tr_operand), takes items off, pushes the result
// and says where its destination stands (tr_produced), so that a store right behind it may write there.
// Memory that cannot be had sets form.failed, and the exception; index 0 is answered then, so who changes a word just made looks first. The
// instruction at hand is the last.
#ifndef WEFT_VM_TRANSLATOR_H
#define WEFT_VM_TRANSLATOR_H

#include "objects/tuple.h"
#include "vm/exec_ops.h"
#include "vm/frame.h"
#include "vm/stackform.h"
#include "vm/surely_bound.h"

typedef enum { ENTRY_TEMP, ENTRY_BORROW, ENTRY_LOCAL, ENTRY_CONST, ENTRY_NULL, ENTRY_COMPREHENSION } EntryKind;
// An item of the abstract stack. TEMP: in its slot. BORROW: in its slot, borrowed from local `index`. The others are pending; COMPREHENSION: the
// function that MAKE_FUNCTION `index` makes, which vm/comprehension.h is about.
typedef struct Entry { EntryKind kind; int32_t index; } Entry;

typedef enum { FIX_C, FIX_BC, FIX_WORD, FIX_BODY } FixKind;   // BODY: c, to what follows a FOR_ITER and its store
typedef struct Fixup { uint32_t at; FixKind kind; uint32_t target; } Fixup;
typedef struct ConstUse { uint32_t at; uint32_t index; uint8_t field; } ConstUse;   // field: 1 b, 2 c, 3 bc

// The state right behind a word, for moving a frame to the traced form.
typedef struct Probe {
  uint32_t at;              // the word; UINT32_MAX: not asked for
  bool found;
  Entry *stack;             // owned
  int32_t depth;
  uint32_t next;            // index of the instruction to go on with
} Probe;

enum { OPERAND_LIMIT = 32000 };   // slots, and words that a 16-bit offset may span

typedef struct Translator {
  StackForm form;
  bool fold;
  bool trace;               // put a TRACE before each instruction
  bool wide;                // too many words for 16-bit offsets: no fused jumps, no constant operands
  SurelyBound bound;
  Inst *out;
  uint32_t *origin;
  uint32_t count, capacity;
  uint32_t unit;            // being translated
  Entry *stack;
  int32_t depth;
  Fixup *fixups;
  uint32_t nfixups, fixup_capacity;
  ConstUse *uses;
  uint32_t nuses, use_capacity;
  int32_t *pool_index;      // per constant: place in the pool or -1
  uint32_t *pool;
  uint32_t npool;
  int32_t producer;         // word whose destination is the top temporary and may be a local instead; -1
  uint8_t producer_field;
  uint32_t producer_end;    // valid only while nothing was made after it
  Probe probe;
  int32_t kwnames;          // constant index of the coming call's keyword names; -1
  uint32_t next;            // index of the instruction that goes on behind the one just translated
} Translator;

// --- Words --------------------------------------------------------------------------------------------------------------------------

// Makes an instruction and zeroed words for its data; its index.
uint32_t tr_emit(Translator *T, ExecOp op, uint32_t a, uint32_t b, uint32_t c);
void tr_emit_bc(Translator *T, ExecOp op, uint32_t a, int32_t bc);
// Notes that the word at `at` is to lead to instruction `target` of the stack form.
void tr_fixup(Translator *T, uint32_t at, FixKind kind, uint32_t target);
// Notes that a field of the word at `at` is to point to constant `index`.
void tr_use_const(Translator *T, uint32_t at, int32_t index, uint8_t field);
// Makes the load of a constant into a slot.
void tr_load_const(Translator *T, uint32_t slot, int32_t index);
// The code of the comprehension that MAKE_FUNCTION `index` makes a function of, and the slots of its cells as vm/comprehension.h packs them;
// *n: how many.
Value tr_comprehension(const Translator *T, uint32_t index, uint64_t *cells, uint32_t *n);
// Makes an instruction with these words behind it, the number of cells in b.
uint32_t tr_emit_comprehension(Translator *T, ExecOp op, uint32_t a, uint32_t index, uint32_t c);
// Enters fixups and the places of constants, all being made. False (no exception): an offset is too long for its field.
bool tr_patch(Translator *T);

static inline Value tr_const_value(const Translator *T, int32_t index) { return v_tuple(T->form.code->consts)->items[index]; }   // borrowed

// --- The abstract stack -------------------------------------------------------------------------------------------------------------

// The slot of a position of the stack.
static inline uint32_t tr_home(const Translator *T, int32_t position) { return T->form.nlocals + (uint32_t)position; }
static inline void tr_push(Translator *T, EntryKind kind, int32_t index) { T->stack[T->depth++] = (Entry){kind, index}; }
static inline void tr_push_temp(Translator *T) { tr_push(T, ENTRY_TEMP, 0); }
static inline Entry tr_pop(Translator *T) { return T->stack[--T->depth]; }
static inline bool tr_in_slot(Entry e) { return e.kind == ENTRY_TEMP || e.kind == ENTRY_BORROW; }

// Pushes a pending item; with folding off it is carried out at once.
void tr_push_pending(Translator *T, EntryKind kind, int32_t index);
// Puts the value of a position, of all from `first` on, or of all into its slot, owned.
void tr_materialise(Translator *T, int32_t position);
void tr_materialise_from(Translator *T, int32_t first);
static inline void tr_materialise_all(Translator *T) { tr_materialise_from(T, 0); }
// Before local `index` changes: carries out what refers to it.
void tr_settle_local(Translator *T, int32_t index);
// The slot an operand is read from. Constants are put into their slot first.
uint32_t tr_operand(Translator *T, int32_t position);
// An item that an instruction may name as a constant.
static inline bool tr_const_operand(const Translator *T, Entry e) { return e.kind == ENTRY_CONST && !T->wide; }

// The instruction just made at `at` has the destination `field`, a temporary that may become a local instead.
static inline void tr_produced(Translator *T, uint32_t at, uint8_t field) {
  T->producer = (int32_t)at;
  T->producer_field = field;
  T->producer_end = T->count;
}

#endif
