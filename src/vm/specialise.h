// Inline caches: what a site has learned stands in the word behind its instruction, and the instruction's op says how to read it.
#ifndef WEFT_VM_SPECIALISE_H
#define WEFT_VM_SPECIALISE_H

#include "vm/translate.h"

// Registers the hooks that zero caches: when a class changes, and when the collector frees classes.
void specialise_init(void);

#endif
