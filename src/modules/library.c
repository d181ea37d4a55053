// Opens system libraries at run time and looks their functions up.
#include "modules/library.h"

#include <dlfcn.h>

#include "objects/error.h"
#include "threading/mutex.h"

static Mutex opening = MUTEX_INIT;   // orders imports that fill the same struct

static const char *fill(const char *file, const char *const *names, size_t count, void **functions) {
  if (functions[count - 1]) return NULL;
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  if (!library) return dlerror();
  for (size_t i = 0; i < count; i++) {
    functions[i] = dlsym(library, names[i]);
    if (!functions[i]) {
      const char *why = dlerror();
      functions[count - 1] = NULL;   // not filled
      return why;
    }
  }
  return NULL;
}

int library_open(Thread *t, const char *file, const char *const *names, size_t count, void *functions) {
  mutex_lock(t, &opening);
  const char *why = fill(file, names, count, functions);
  mutex_unlock(&opening);
  if (!why) return 0;
  raise_error(t, &exc_ImportError, "%s", why);
  return -1;
}
