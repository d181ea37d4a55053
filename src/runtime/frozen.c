// The table of frozen modules and the code behind it.
#include "runtime/frozen.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "front/compile_source.h"
#include "objects/list.h"
#include "objects/str.h"
#include "runtime/import.h"
#include "runtime/sys_state.h"
#include "threading/atomic.h"

// As CPython lists them. The first ESSENTIAL ones are there even with frozen modules switched off.
enum { ESSENTIAL = 3 };
static const FrozenModule table[] = {
    {"_frozen_importlib", false, "importlib._bootstrap", NULL},
    {"_frozen_importlib_external", false, "importlib._bootstrap_external", NULL},
    {"zipimport", false, "zipimport", NULL},
    {"abc", false, "abc", NULL},
    {"codecs", false, "codecs", NULL},
    {"io", false, "io", NULL},
    {"_collections_abc", false, "_collections_abc", NULL},
    {"_sitebuiltins", false, "_sitebuiltins", NULL},
    {"genericpath", false, "genericpath", NULL},
    {"ntpath", false, "ntpath", NULL},
    {"posixpath", false, "posixpath", NULL},
    {"os.path", false, "posixpath", NULL},
    {"os", false, "os", NULL},
    {"site", false, "site", NULL},
    {"stat", false, "stat", NULL},
    {"importlib.util", false, "importlib.util", NULL},
    {"importlib.machinery", false, "importlib.machinery", NULL},
    {"runpy", false, "runpy", NULL},
    {"__hello__", false, "__hello__", NULL},
    {"__hello_alias__", false, "__hello__", NULL},
    {"__phello_alias__", true, "__hello__", NULL},
    {"__phello_alias__.spam", false, "__hello__", NULL},
    {"__phello__", true, "__phello__", NULL},
    {"__phello__.__init__", false, "<__phello__", NULL},
    {"__phello__.ham", true, "__phello__.ham", ""},
    {"__phello__.ham.__init__", false, "<__phello__.ham", ""},
    {"__phello__.ham.eggs", false, "__phello__.ham.eggs", ""},
    {"__phello__.spam", false, "__phello__.spam", NULL},
    {"__hello_only__", false, NULL, "initialized = True\nprint('Hello world!')\n"},
};
enum { COUNT = sizeof table / sizeof *table };

static a32 override;   // frozen_override's wish, any thread

void frozen_override(int wish) { a32_store_rlx(&override, (uint32_t)wish); }

static bool is_switched_on(void) {
  int wish = (int)a32_load_rlx(&override);
  return wish ? wish > 0 : sys_config.frozen_modules;
}

// The file that the module's code is made of. False: it has none.
static bool module_path(const FrozenModule *module, char *path, size_t size) {
  if (!module->origin) return false;
  const char *origin = module->origin;
  bool is_package_file = *origin == '<' || (module->is_package && strcmp(module->name, origin) == 0);
  if (*origin == '<') origin++;
  int stem = snprintf(path, size, "%s/", sys_config.stdlib);
  int n = snprintf(path + stem, size - (size_t)stem, "%s%s", origin, is_package_file ? "/__init__" : "");
  for (char *p = path + stem; *p; p++)
    if (*p == '.') *p = '/';
  return snprintf(path + stem + n, size - (size_t)(stem + n), ".py") == 3;
}

const FrozenModule *frozen_find(Value name) {
  size_t count = is_switched_on() ? COUNT : ESSENTIAL;
  for (size_t i = 0; i < count; i++) {
    if (!str_equals_cstr(name, table[i].name)) continue;
    char path[4096];
    bool there = table[i].source || (module_path(&table[i], path, sizeof path) && access(path, R_OK) == 0);
    return there ? &table[i] : NULL;
  }
  return NULL;
}

Value frozen_code(Thread *t, const FrozenModule *module) {
  const char *shown = module->origin ? module->origin + (*module->origin == '<') : "frozen_only";
  Value filename = str_from_format(t, "<frozen %s>", shown);
  if (v_is_null(filename)) return V_NULL;
  char path[4096];
  Value code = V_NULL;
  if (module->source) code = compile_source(t, module->source, strlen(module->source), filename, 0, 0, sys_config.optimize);
  else if (module_path(module, path, sizeof path)) code = import_load_code(t, path, filename);
  v_drop(t, filename);
  return code;
}

Value frozen_names(Thread *t) {
  Value names = list_new(t, COUNT);
  for (size_t i = 0; !v_is_null(names) && i < COUNT; i++) {
    Value name = str_from_cstr(t, table[i].name);
    if (v_is_null(name) || list_append(t, v_list(names), name) < 0) v_clear(t, &names);
    v_drop(t, name);
  }
  return names;
}
