// Comprehensions called where they stand: no function object is made for a list, set or dict comprehension, or a generator expression, unless
// something asks for one.
//
// The stack form makes a function, evaluates the outermost iterable, and calls the function with it. The translator leaves the making out
// (ENTRY_COMPREHENSION) and turns the call into CALL_COMPREHENSION, whose frame borrows its caller's function for globals and builtins, and
// the cells of the names it shares. Where the value stack has to be in order in between (a block border, tracing that begins), the function
// is made after all, by MAKE_COMPREHENSION. A generator may outlive its maker, and keeps the maker's function then: only one that keeps
// nothing alive that could be missed (comprehension_may_keep).
#ifndef WEFT_VM_COMPREHENSION_H
#define WEFT_VM_COMPREHENSION_H

#include "vm/frame.h"

// The words behind the two instructions: the code, then the caller's slots of the cells, 16 bits each, the first lowest.
enum { COMPREHENSION_CELLS = 4 };
static inline unsigned comprehension_cell(uint64_t cells, unsigned i) { return (uint16_t)(cells >> 16 * i); }

// Whether a constant is the code of a comprehension over ncells cells that needs no function.
bool comprehension_fits(Value constant, unsigned ncells);
// Whether a generator may hold on to f, its maker's function: besides its module's names f holds what dies without being noticed, and counting
// f disturbs no other thread. weftt: what many threads call is DEFERRED, and a function made anew costs less than its count.
bool comprehension_may_keep(const Function *f);
// The function that frame f would have made of code, owned. V_NULL with an exception.
Value comprehension_function(Thread *t, const Frame *f, Value code, unsigned ncells, uint64_t cells);

#endif
