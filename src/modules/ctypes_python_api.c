// _ctypes: CPython functions for ctypes.pythonapi, whose calls come on an attached thread.
//
// A PyObject * is what ctypes.py_object makes of an object: its address, or the word of an int or float that is no object in memory.
#include "modules/ctypes_python_api.h"

#include <dlfcn.h>
#include <string.h>

#include "objects/object.h"
#include "vm/async_exc.h"

static int set_async_exc(unsigned long ident, void *exc) { return async_exc_send(thread_current(), ident, VALUE((uint64_t)(uintptr_t)exc)); }

static void count(void *object) {
  if (object) v_own(thread_current(), VALUE((uint64_t)(uintptr_t)object));
}

static void uncount(void *object) { v_drop(thread_current(), VALUE((uint64_t)(uintptr_t)object)); }

static const struct { const char *name; void *code; } functions[] = {
    {"PyThreadState_SetAsyncExc", (void *)set_async_exc}, {"Py_DecRef", (void *)uncount}, {"Py_IncRef", (void *)count}};

void *ctypes_python_api(void *library, const char *name) {
  void *self = dlopen(NULL, RTLD_LAZY);
  if (self) dlclose(self);
  for (size_t i = 0; self && self == library && i < sizeof functions / sizeof *functions; i++)
    if (strcmp(functions[i].name, name) == 0) return functions[i].code;
  return NULL;
}
