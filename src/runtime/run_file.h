// Running a file's text or compiled code as __main__.
#ifndef WEFT_RUNTIME_RUN_FILE_H
#define WEFT_RUNTIME_RUN_FILE_H

#include <stddef.h>

#include "objects/type.h"

// __main__'s namespace, owned: the program may remove the module. V_NULL when it is gone.
Value main_dict(Thread *t);
// All that can still be read from the descriptor, malloc'd, with a 0 behind it; NULL with errno.
char *read_descriptor(int fd, size_t *n);
// Compiles and runs a program's text in `globals`. flags: COMPILE_*. The result, owned.
Value run_text(Thread *t, const char *source, size_t n, Value filename, Value globals, int flags);
// Runs what a file holds (text, or compiled code) in __main__, which has __file__ and __cached__ meanwhile, and __loader__ of a file, or as it was
// of standard input ("<stdin>").
Value run_as_main(Thread *t, const char *data, size_t n, Value filename);
// PYTHONSTARTUP's file. Errors are printed.
void run_startup_file(Thread *t, const char *path);

#endif
