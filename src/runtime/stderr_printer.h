// What sys.stderr is until the io module has come up: enough for print() and for the import system's messages (-v).
#ifndef WEFT_RUNTIME_STDERR_PRINTER_H
#define WEFT_RUNTIME_STDERR_PRINTER_H

#include "threading/thread.h"

bool stderr_printer_init(Thread *t);   // sets sys.stderr and sys.__stderr__; false with an exception

#endif
