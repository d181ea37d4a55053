// The table of frozen modules and the code behind it.
#include "system/frozen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "code/code.h"
#include "front/compile_source.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/str.h"
#include "system/bytecode_cache.h"
#include "system/sys_state.h"
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

static Value read_file(Thread *t, const char *path, struct stat *st) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, st) < 0) {
    int err = errno;
    if (fd >= 0) close(fd);
    Value name = str_decode_fs(t, path, strlen(path));
    raise_errno(t, err, name, V_NULL);
    v_drop(t, name);
    return V_NULL;
  }
  Value b = bytes_new(t, st->st_size);
  int64_t got = 0;
  while (!v_is_null(b) && got < st->st_size) {
    ssize_t n = read(fd, v_bytes(b)->data + got, (size_t)(st->st_size - got));
    if (n <= 0) break;
    got += n;
  }
  close(fd);
  return v_is_null(b) ? b : bytes_shrink(t, b, got);
}

// The code of a library file, from our cache or compiled (and then cached). filename: its co_filename.
static Value load_code(Thread *t, const char *path, Value filename) {
  Value code = bytecode_cache_load(t, path);
  if (!v_is_null(code)) {
    // It may have been written by an importer that shows the file's own name.
    if (!str_equal(v_str(v_code(code)->filename), v_str(filename))) code_set_filename(t, code, filename);
    return code;
  }
  error_clear(t);
  struct stat st;
  Value source = read_file(t, path, &st);
  if (v_is_null(source)) return V_NULL;
  code = compile_source(t, v_bytes(source)->data, (size_t)v_bytes(source)->length, filename, 0, 0, sys_config.optimize);
  v_drop(t, source);
  if (!v_is_null(code)) bytecode_cache_store(t, path, &st, code);
  return code;
}

Value frozen_code(Thread *t, const FrozenModule *module) {
  const char *shown = module->origin ? module->origin + (*module->origin == '<') : "frozen_only";
  Value filename = str_from_format(t, "<frozen %s>", shown);
  if (v_is_null(filename)) return V_NULL;
  char path[4096];
  Value code = V_NULL;
  if (module->source) code = compile_source(t, module->source, strlen(module->source), filename, 0, 0, sys_config.optimize);
  else if (module_path(module, path, sizeof path)) code = load_code(t, path, filename);
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
