// Going through an iterable from C, one item after the other.
#ifndef WEFT_OBJECTS_ITERATE_H
#define WEFT_OBJECTS_ITERATE_H

#include "objects/type.h"

// What is done with an item (borrowed): 0 goes on; anything else ends the walk, an exception being pending where it is negative.
typedef int (*ItemFn)(Thread *t, Value item, void *arg);
// Calls fn for each item of an iterable. What it said in the end: 0, a positive number, or -1 with its exception or the iterable's.
int iterate(Thread *t, Value iterable, ItemFn fn, void *arg);

#endif
