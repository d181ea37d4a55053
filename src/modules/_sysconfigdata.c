// _sysconfigdata_*: what the library's sysconfig reads about the build. The library's own file of that name describes CPython.
#include <stdio.h>

#include "modules/sys_info.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/str.h"
#include "system/sys_state.h"
#include "threading/mode.h"

static const struct { const char *name, *value; } words[] = {
    {"ABIFLAGS", MODE_IS_GIL ? "" : "t"}, {"AR", "ar"}, {"CC", "cc"}, {"CCSHARED", "-fPIC"}, {"CXX", "c++"}, {"EXE", ""}, {"LDVERSION", MODE_IS_GIL ? "3.11" : "3.11t"},
    {"EXT_SUFFIX", ".weft-311-" WEFT_MULTIARCH ".so"}, {"LIBC", ""}, {"LIBM", "-lm"}, {"MACHDEP", "linux"}, {"MULTIARCH", WEFT_MULTIARCH},
    {"MULTIARCH_CPPFLAGS", "-DMULTIARCH=\\\"" WEFT_MULTIARCH "\\\""}, {"PLATLIBDIR", "lib"}, {"SHLIB_SUFFIX", ".so"}, {"SOABI", "weft-311-" WEFT_MULTIARCH},
    {"TZPATH", "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo"}, {"VERSION", "3.11"}, {"WHEEL_PKG_DIR", "/usr/share/python-wheels/"},
    {"OPT", "-O2 -Wall"}, {"CFLAGS", "-O2 -Wall"}, {"LDFLAGS", ""}, {"LDSHARED", "cc -shared"}, {"CONFIG_ARGS", ""}, {"LIBRARY", ""}, {"LDLIBRARY", ""},
};

static const struct { const char *name; int value; } numbers[] = {
    {"Py_DEBUG", 0}, {"Py_ENABLE_SHARED", 0}, {"Py_GIL_DISABLED", !MODE_IS_GIL}, {"Py_TRACE_REFS", 0}, {"WITH_DOC_STRINGS", 1}, {"WITH_PYMALLOC", 0},
    {"WITH_DTRACE", 0}, {"ENABLE_IPV6", 1}, {"HAVE_FORK", 1}, {"HAVE_GETADDRINFO", 1}, {"HAVE_LIBREADLINE", 0}, {"HAVE_LARGEFILE_SUPPORT", 1},
    {"SIZEOF_INT", sizeof(int)}, {"SIZEOF_LONG", sizeof(long)}, {"SIZEOF_LONG_LONG", sizeof(long long)}, {"SIZEOF_SIZE_T", sizeof(size_t)},
    {"SIZEOF_VOID_P", sizeof(void *)}, {"SIZEOF_DOUBLE", sizeof(double)}, {"SIZEOF_FLOAT", sizeof(float)}, {"SIZEOF_SHORT", sizeof(short)},
};

// Folders, below the prefix.
static const struct { const char *name, *folder; } folders[] = {
    {"prefix", ""}, {"exec_prefix", ""}, {"BINDIR", "/bin"}, {"LIBDIR", "/lib"}, {"LIBDEST", "/lib/python3.11"}, {"BINLIBDEST", "/lib/python3.11"},
    {"DESTSHARED", "/lib/python3.11/lib-dynload"}, {"INCLUDEDIR", "/include"}, {"INCLUDEPY", "/include/python3.11"}, {"MANDIR", "/share/man"},
};

static int set_words(Thread *t, Dict *d) {
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    Value v = str_from_cstr(t, words[i].value);
    int r = v_is_null(v) ? -1 : dict_set_cstr(t, d, words[i].name, v);
    v_drop(t, v);
    if (r < 0) return -1;
  }
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
    Value v = str_from_format(t, "%s%s", sys_config.prefix, folders[i].folder);
    int r = v_is_null(v) ? -1 : dict_set_cstr(t, d, folders[i].name, v);
    v_drop(t, v);
    if (r < 0) return -1;
  }
  return 0;
}

static int sysconfigdata_exec(Thread *t, Value m) {
  Value vars = dict_new(t);
  if (v_is_null(vars)) return -1;
  int r = set_words(t, v_dict(vars));
  for (size_t i = 0; r == 0 && i < sizeof numbers / sizeof *numbers; i++) r = dict_set_cstr(t, v_dict(vars), numbers[i].name, v_from_smi(numbers[i].value));
  if (r == 0) return module_add(t, m, "build_time_vars", vars);
  v_drop(t, vars);
  return -1;
}

const ModuleDef module__sysconfigdata = {
    .name = MODE_IS_GIL ? "_sysconfigdata__" WEFT_MULTIARCH : "_sysconfigdata_t_" WEFT_MULTIARCH,  // as sysconfig asks for it: with sys.abiflags
    .doc = "What sysconfig.get_config_vars() tells about this build.",
    .exec = sysconfigdata_exec,
};
