// System libraries that only some modules need: opened when such a module is first imported, so that start-up does not pay for them.
//
// A module lists the functions it calls once and gets a struct of pointers to them, typed by the library's own header:
//
//   #define Z_FUNCTIONS(X) X(deflate) X(inflate)
//   static struct { Z_FUNCTIONS(LIBRARY_FUNCTION) } z;
//   static const char *const z_names[] = {Z_FUNCTIONS(LIBRARY_NAME)};
//   ...
//   if (library_open(t, "libz.so.1", z_names, LIBRARY_COUNT(z_names), &z) < 0) return -1;      // in the module's exec
//   ... z.deflate(...)
#ifndef WEFT_MODULES_LIBRARY_H
#define WEFT_MODULES_LIBRARY_H

#include "threading/thread.h"

#define LIBRARY_FUNCTION(name) __typeof__(&name) name;
#define LIBRARY_NAME(name) #name,
#define LIBRARY_COUNT(names) (sizeof(names) / sizeof(names)[0])

// Fills functions[0..count), pointers all. 0, or -1 with ImportError. The library stays open for the process's life; a struct that is filled
// already is left alone, so that a second import does not disturb threads that call through it.
int library_open(Thread *t, const char *file, const char *const *names, size_t count, void *functions);

#endif
