// Where CPython 3.11 keeps a class, told by the module that a builtin type names as its own.
#include "objects/type_origin.h"

#include <stdlib.h>
#include <string.h>

#include "objects/str.h"

// What the types name as their modules that CPython 3.11 still makes of static structs, sorted.
static const char *const static_modules[] = {
    "_asyncio", "_collections", "_contextvars", "_ctypes", "_curses", "_elementtree", "_io", "_pickle", "_socket", "builtins", "collections", "contextvars", "datetime", "decimal",
    "itertools", "pickle", "sys", "types", "weakref", "xml.etree.ElementTree", "zoneinfo",
};

static int compare_name(const void *name, const void *entry) { return strcmp(name, *(const char *const *)entry); }

bool type_is_cpython_heap(const Type *type) {
  if (type->flags & TYPE_HEAP) return true;
  Str *module = v_str(type->module_hint);
  char name[32];
  int64_t n = str_length(module);
  if (n >= (int64_t)sizeof name || str_kind(module) != 1) return true;
  memcpy(name, module->data, (size_t)n);
  name[n] = 0;
  return !bsearch(name, static_modules, sizeof static_modules / sizeof *static_modules, sizeof *static_modules, compare_name);
}

bool type_names_its_module(const Type *type) {
  return type_is_cpython_heap(type) || str_equals_cstr(type->name, "decimal.Decimal") || str_equals_cstr(type->name, "decimal.Context");
}

bool type_is_bare_struct(const Type *type) {
  static const char *const names[] = {"_io._IOBase", "_io._RawIOBase", "_io._BufferedIOBase", "_io._TextIOBase"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (str_equals_cstr(type->name, names[i])) return true;
  return false;
}
