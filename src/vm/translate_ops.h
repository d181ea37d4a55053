// What the translator makes of each instruction of the stack form.
//
// The families have files of their own: operators (translate_operators.c), jumps and loops (translate_jumps.c), names, attributes and calls
// (translate_calls.c); translate_ops.c has the rest and leads to all of them. An instruction may carry out the one behind it too; it marks
// that one as folded. Each function keeps the depth of the abstract stack as the stack form has it.
#ifndef WEFT_VM_TRANSLATE_OPS_H
#define WEFT_VM_TRANSLATE_OPS_H

#include "vm/translator.h"

// Instruction i. What cannot be translated sets form.failed with SystemError.
void translate_op(Translator *T, uint32_t i);

// --- translate_operators.c ----------------------------------------------------------------------------------------------------------

void translate_unary(Translator *T, ExecOp op);
// a = b op c on two operands whose slots the instruction itself takes care of.
void translate_two_operands(Translator *T, ExecOp op);
void translate_binary(Translator *T, int number);              // BINARY_OP
void translate_compare(Translator *T, uint32_t i, int cmp);    // a jump right behind it becomes part of it, as of the next
void translate_identity(Translator *T, uint32_t i, bool invert);
void translate_subscript(Translator *T);
void translate_store_subscript(Translator *T);

// --- translate_jumps.c --------------------------------------------------------------------------------------------------------------

void translate_jump(Translator *T, const Decoded *d, ExecOp op);
void translate_jump_on(Translator *T, ExecOp op, const Decoded *d);       // takes the item it looks at
void translate_jump_or_pop(Translator *T, ExecOp op, const Decoded *d);
void translate_loop_head(Translator *T, uint32_t i);                      // FOR_ITER
void translate_send(Translator *T, const Decoded *d);
void translate_return(Translator *T);
void translate_yield(Translator *T, uint32_t i);

// --- translate_calls.c --------------------------------------------------------------------------------------------------------------

void translate_call(Translator *T, int32_t nargs);
void translate_call_ex(Translator *T, bool has_kwargs);
void translate_load_attr(Translator *T, int32_t name);
void translate_load_method(Translator *T, int32_t name);
void translate_store_attr(Translator *T, int32_t name);
void translate_load_global(Translator *T, uint32_t i);                    // LOAD_GLOBAL i, perhaps of a call super()
// Whether instruction i is the first of those that make a comprehension's function, which then is pending.
bool translate_comprehension(Translator *T, uint32_t i);

#endif
