// Inline caches: what a site has learned stands in the word behind its instruction, and the instruction's op says how to read it.
#include "vm/specialise.h"

void specialise_init(void) {}
