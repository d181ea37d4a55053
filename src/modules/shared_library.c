// Libraries of the system that one module alone needs, loaded when that module is imported.
#include "modules/shared_library.h"

#include <dlfcn.h>

#include "objects/error.h"

int library_load(Thread *t, const char *soname, const char *const *names, size_t count, void **pointers) {
  if (pointers[count - 1]) return 0;   // loaded before: other threads may be calling through them
  void *library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    raise_error(t, &exc_ImportError, "%s", dlerror());
    return -1;
  }
  for (size_t i = 0; i < count; i++) {
    pointers[i] = dlsym(library, names[i]);
    if (!pointers[i]) {
      raise_error(t, &exc_ImportError, "%s: no symbol %s", soname, names[i]);
      return -1;
    }
  }
  return 0;
}
