// The interactive loop: statements from standard input, one at a time, prompted for.
#ifndef WEFT_RUNTIME_REPL_H
#define WEFT_RUNTIME_REPL_H

#include "runtime/outcome.h"

// The lines that greet an interactive user, on stderr.
void repl_print_banner(Thread *t);
// Runs what PYTHONSTARTUP names, in __main__; errors are printed.
void repl_run_startup(Thread *t);
// Calls sys.__interactivehook__, if there is one.
void repl_run_hook(Thread *t);
// Reads and runs statements in __main__'s namespace until the input ends or SystemExit is raised.
Outcome repl_run(Thread *t, Value globals /* borrowed dict */);

#endif
