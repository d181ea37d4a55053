// Sets of signals, as Python gives and gets them: iterables of numbers.
#ifndef WEFT_MODULES_SIGNAL_MASK_H
#define WEFT_MODULES_SIGNAL_MASK_H

#include <signal.h>

#include "objects/type.h"

enum { SIGNAL_COUNT = 65 };   // NSIG: valid numbers are 1..64

// 0, or -1 with TypeError, ValueError or what the iterable raised.
int signal_mask_from(Thread *t, Value iterable, sigset_t *mask);
// An owned set of ints.
Value signal_mask_as_set(Thread *t, const sigset_t *mask);

#endif
