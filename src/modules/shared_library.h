// Libraries of the system that one module alone needs, loaded when that module is imported.
//
// Linking them into the program would cost every start-up the dynamic linker's time for them (libcrypto alone as much as all the rest of a
// start). The headers still give the types:
//
//   #define FOO_SYMBOLS(X) X(foo_open) X(foo_level)               // functions and variables
//   static struct { FOO_SYMBOLS(LIBRARY_FIELD) } foo;             // foo.foo_open(...), *foo.foo_level
//   static const char *const foo_names[] = {FOO_SYMBOLS(LIBRARY_NAME)};
//   ... in the module's exec:  if (LIBRARY_LOAD(t, "libfoo.so.1", foo) < 0) return -1;
#ifndef WEFT_MODULES_SHARED_LIBRARY_H
#define WEFT_MODULES_SHARED_LIBRARY_H

#include "threading/thread.h"

#define LIBRARY_FIELD(name) typeof(name) *name;
#define LIBRARY_NAME(name) #name,
#define LIBRARY_LOAD(t, soname, library) \
  library_load((t), (soname), library##_names, sizeof library##_names / sizeof *library##_names, (void **)(void *)&(library))

// Fills pointers[i] with the address of names[i]. 0, or -1 with ImportError. A second call changes nothing; the library stays for good. The
// caller holds the import lock of its module, as every module's exec does.
int library_load(Thread *t, const char *soname, const char *const *names, size_t count, void **pointers);

#endif
