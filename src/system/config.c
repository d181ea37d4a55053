// The command line and the PYTHON* environment variables.
#include "system/config.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system/usage.h"
#include "threading/gil.h"
#include "threading/mode.h"

#define DEFAULT_STDLIB "/usr/lib/python3.11"

enum { LIST_MAX = 256 };
static char *x_options[LIST_MAX + 1], *warn_options[LIST_MAX + 1];
static int x_count, warn_count;
static bool x_pycache_prefix, always_random;   // given on the command line, which wins over the environment

static const char *env(const char *name) {
  if (sys_config.ignore_environment) return NULL;
  const char *v = getenv(name);
  return v && *v ? v : NULL;
}

// --- Usage ----------------------------------------------------------------------------------------------------------------------------

static int usage_error(const char *program) {
  fprintf(stderr, "usage: %s [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `python -h' for more information.\n", program);
  return 2;
}

// --- Options ----------------------------------------------------------------------------------------------------------------------------

// What CPython's messages call the two phases in which options are read.
static const char preconfig[] = "preinitializing", config[] = "preinitialized";

static int fatal(const char *state, const char *message) {
  fprintf(stderr, "Fatal Python error: %s\nPython runtime state: %s\n\n", message, state);
  return 1;
}

// -X gil and PYTHON_GIL: 0 or 1, which must be what the build is, or (-X) the name of a policy.
static int apply_gil(const char *value, bool may_be_policy) {
  if (may_be_policy && strcmp(value, "0") != 0 && strcmp(value, "1") != 0 && gil_set_policy(value)) {
    sys_config.gil_policy = value;
    return -1;
  }
  if (strcmp(value, "0") != 0 && strcmp(value, "1") != 0)
    return fatal(config, may_be_policy ? "config_read_gil: -X gil must be \"0\", \"1\" or a policy: interval, ticks:N, fifo, io-first"
                                       : "config_read_gil: PYTHON_GIL must be \"0\" or \"1\"");
  if ((*value == '1') == MODE_IS_GIL) return -1;
  return fatal(config, MODE_IS_GIL ? "config_read_gil: Disabling the GIL is not supported by this build; run the free-threaded build, weftt"
                                   : "config_read_gil: Enabling the GIL is not supported by this build; run the GIL build, weft");
}

static bool x_value(const char *option, const char *name, const char **value) {
  size_t n = strlen(name);
  if (strncmp(option, name, n) != 0 || (option[n] && option[n] != '=')) return false;
  *value = option[n] ? option + n + 1 : NULL;
  return true;
}

static bool frame_count(const char *text, int *frames) {
  char *end;
  errno = 0;
  long n = strtol(text, &end, 10);
  if (end == text || *end || errno || n < 0 || n > 65535) return false;
  *frames = (int)n;
  return true;
}

// An -X option that changes the runtime. -1: fine (unknown ones only show in sys._xoptions), else an exit status.
static int apply_x(const char *option) {
  Config *c = &sys_config;
  const char *v;
  if (x_value(option, "gil", &v)) {
    return apply_gil(v ? v : "", true);
  } else if (x_value(option, "fold", &v)) {
    c->fold = !(v && strcmp(v, "0") == 0);
  } else if (x_value(option, "stats", &v)) {
    c->stats = v ? v : "";
  } else if (x_value(option, "chaos", &v)) {
    char *end;
    errno = 0;
    c->chaos_seed = v ? strtoull(v, &end, 10) : 0;
    if (!v || *end || errno || c->chaos_seed == 0) return fatal(config, "-X chaos: the seed must be a positive integer");
  } else if (x_value(option, "frozen_modules", &v)) {
    if (v && *v && strcmp(v, "on") != 0 && strcmp(v, "off") != 0)
      return fatal(config, "bad value for option -X frozen_modules (expected \"on\" or \"off\")");
    c->frozen_modules = !v || strcmp(v, "off") != 0;
  } else if (x_value(option, "dev", &v)) {
    c->dev_mode = 1;
  } else if (x_value(option, "utf8", &v)) {
    c->utf8_mode = !(v && strcmp(v, "0") == 0);
    if (v && strcmp(v, "0") != 0 && strcmp(v, "1") != 0) return fatal(preconfig, "preconfig_init_utf8_mode: invalid -X utf8 option value");
  } else if (x_value(option, "faulthandler", &v)) {
    c->faulthandler = true;
  } else if (x_value(option, "tracemalloc", &v)) {
    c->tracemalloc_frames = 1;
    if (v && !frame_count(v, &c->tracemalloc_frames)) return fatal(config, "config_init_tracemalloc: -X tracemalloc=NFRAME: invalid number of frames");
  } else if (x_value(option, "importtime", &v)) {
    c->import_time = true;
  } else if (x_value(option, "warn_default_encoding", &v)) {
    c->warn_default_encoding = 1;
  } else if (x_value(option, "pycache_prefix", &v)) {
    c->pycache_prefix = v && *v ? v : NULL;
    x_pycache_prefix = true;
  } else if (x_value(option, "int_max_str_digits", &v)) {
    char *end;
    long n = v ? strtol(v, &end, 10) : -1;
    if (!v || *end || (n != 0 && n < 640)) return fatal(config, "config_init_int_max_str_digits: -X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
    c->int_max_str_digits = n;
  }
  return -1;
}

static int add_x(char *option) {
  if (x_count < LIST_MAX) x_options[x_count++] = option;
  return apply_x(option);
}

static int help(const char *program) {
  usage_print(stdout, program);
  return 0;
}

// One short option with its argument (NULL if none was given). -1: go on.
static int short_option(char letter, char *arg, const char *program, int *versions) {
  Config *c = &sys_config;
  switch (letter) {
    case 'b': c->bytes_warning++; break;
    case 'B': c->dont_write_bytecode++; break;
    case 'd': c->debug++; break;
    case 'E': c->ignore_environment++; break;
    case 'i': c->inspect++; c->interactive++; break;
    case 'I': c->isolated++; c->ignore_environment++; c->no_user_site++; c->safe_path = 1; break;
    case 'O': c->optimize++; break;
    case 'P': c->safe_path = 1; break;
    case 'q': c->quiet++; break;
    case 'R': always_random = true; break;
    case 's': c->no_user_site++; break;
    case 'S': c->no_site++; break;
    case 't': break;
    case 'u': c->unbuffered = true; break;
    case 'v': c->verbose++; break;
    case 'V': ++*versions; break;
    case 'x': c->skip_first_line = true; break;
    case 'h': case '?': return help(program);
    case 'W': if (warn_count < LIST_MAX) warn_options[warn_count++] = arg; break;
    case 'X': return add_x(arg);
    default:
      fprintf(stderr, "Unknown option: -%c\n", letter);
      return usage_error(program);
  }
  return -1;
}

static int long_option(const char *name, int argc, char **argv, int *at, int *versions) {
  if (strcmp(name, "help") == 0) return help(argv[0]);
  if (strcmp(name, "help-xoptions") == 0) { usage_print_xoptions(stdout); return 0; }
  if (strcmp(name, "help-env") == 0) { usage_print_environment(stdout); return 0; }
  if (strcmp(name, "help-all") == 0) {
    usage_print(stdout, argv[0]);
    usage_print_environment(stdout);
    usage_print_xoptions(stdout);
    return 0;
  }
  if (strcmp(name, "version") == 0) { ++*versions; return -1; }
  if (strcmp(name, "check-hash-based-pycs") == 0) {
    if (*at + 1 >= argc) {
      fprintf(stderr, "Argument expected for the --check-hash-based-pycs options\n");
      return usage_error(argv[0]);
    }
    sys_config.check_hash_based_pycs = argv[++*at];
    const char *v = argv[*at];
    if (strcmp(v, "always") != 0 && strcmp(v, "never") != 0 && strcmp(v, "default") != 0) {
      fprintf(stderr, "--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n");
      return usage_error(argv[0]);
    }
    return -1;
  }
  fprintf(stderr, "unknown option --%s\n", name);
  return usage_error(argv[0]);
}

// Reads options up to the first argument that is none. Returns -1 or an exit status; *next: index of the first argument.
static int read_options(int argc, char **argv, int *next, int *versions) {
  int at = 1;
  for (; at < argc; at++) {
    char *a = argv[at];
    if (a[0] != '-' || a[1] == '\0') break;
    if (a[1] == '-') {
      if (a[2] == '\0') { at++; break; }
      int status = long_option(a + 2, argc, argv, &at, versions);
      if (status >= 0) return status;
      continue;
    }
    for (char *p = a + 1; *p; p++) {
      char letter = *p, *arg = NULL;
      if (strchr("cmWX", letter)) {
        arg = p[1] ? p + 1 : at + 1 < argc ? argv[++at] : NULL;
        if (!arg) {
          fprintf(stderr, "Argument expected for the -%c option\n", letter);
          return usage_error(argv[0]);
        }
        if (letter == 'c' || letter == 'm') {
          *(letter == 'c' ? &sys_config.command : &sys_config.module) = arg;
          *next = at + 1;
          return -1;
        }
      }
      int status = short_option(letter, arg, argv[0], versions);
      if (status >= 0) return status;
      if (arg) break;
    }
  }
  *next = at;
  return -1;
}

// --- Environment ---------------------------------------------------------------------------------------------------------------------------

static void env_number(const char *name, int *field) {
  const char *v = env(name);
  if (!v) return;
  char *end;
  long n = strtol(v, &end, 10);
  int value = *end || n < 0 ? 1 : (int)n;
  if (value > *field) *field = value;
}

// Copies a string for good. There is nothing to be done without the little memory that start-up's settings take.
static char *keep(const char *text) {
  char *copy = strdup(text);
  if (!copy) exit(fatal(config, "config_read: memory allocation failed"));
  return copy;
}

static void split_into(const char *text, const char *separators, char **list, int *count) {
  for (char *save = NULL, *p = strtok_r(keep(text), separators, &save); p && *count < LIST_MAX; p = strtok_r(NULL, separators, &save))
    list[(*count)++] = p;
}

static int read_environment(void) {
  Config *c = &sys_config;
  env_number("PYTHONDEBUG", &c->debug);
  env_number("PYTHONOPTIMIZE", &c->optimize);
  env_number("PYTHONVERBOSE", &c->verbose);
  int no_bytecode = 0;
  env_number("PYTHONDONTWRITEBYTECODE", &no_bytecode);
  if (no_bytecode) c->dont_write_bytecode = 1;
  env_number("PYTHONNOUSERSITE", &c->no_user_site);
  if (env("PYTHONINSPECT")) c->inspect = 1;
  if (env("PYTHONUNBUFFERED")) c->unbuffered = true;
  if (env("PYTHONSAFEPATH")) c->safe_path = 1;
  if (env("PYTHONDEVMODE")) c->dev_mode = 1;
  if (env("PYTHONFAULTHANDLER")) c->faulthandler = true;
  if (env("PYTHONWARNDEFAULTENCODING")) c->warn_default_encoding = 1;
  if (!x_pycache_prefix) c->pycache_prefix = env("PYTHONPYCACHEPREFIX");
  const char *v = env("PYTHONUTF8");
  if (v && strcmp(v, "1") == 0) c->utf8_mode = 1;
  else if (v && strcmp(v, "0") != 0) return fatal(preconfig, "preconfig_init_utf8_mode: invalid PYTHONUTF8 environment variable value");
  v = env("PYTHON_GIL");
  if (v) {
    int status = apply_gil(v, false);
    if (status >= 0) return status;
  }
  v = env("PYTHONINTMAXSTRDIGITS");
  if (v) {
    char *end;
    long n = strtol(v, &end, 10);
    if (*end || (n != 0 && n < 640)) return fatal(config, "config_init_int_max_str_digits: PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.");
    if (c->int_max_str_digits < 0) c->int_max_str_digits = n;
  }
  v = env("PYTHONTRACEMALLOC");
  if (v && *v && c->tracemalloc_frames < 0 && !frame_count(v, &c->tracemalloc_frames))
    return fatal(config, "config_init_tracemalloc: PYTHONTRACEMALLOC: invalid number of frames");
  c->hash_seed = always_random ? NULL : env("PYTHONHASHSEED");
  if (c->hash_seed && strcmp(c->hash_seed, "random") != 0) {
    char *end;
    errno = 0;
    unsigned long seed = strtoul(c->hash_seed, &end, 10);
    if (*end || errno || seed > 4294967295UL)
      return fatal(config, "config_init_hash_seed: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    if (seed == 0) c->hash_randomization = 0;
  }
  return -1;
}

// PYTHONWARNINGS and -b, -X dev come before the -W options, as in CPython: later ones win.
static void merge_warnings(void) {
  char *given[LIST_MAX];
  int n = warn_count;
  memcpy(given, warn_options, (size_t)n * sizeof *given);
  warn_count = 0;
  if (sys_config.dev_mode) warn_options[warn_count++] = "default";
  const char *v = env("PYTHONWARNINGS");
  if (v) split_into(v, ",", warn_options, &warn_count);
  for (int i = 0; i < n && warn_count < LIST_MAX; i++) warn_options[warn_count++] = given[i];
  if (sys_config.bytes_warning && warn_count < LIST_MAX) warn_options[warn_count++] = sys_config.bytes_warning > 1 ? "error::BytesWarning" : "default::BytesWarning";
}

// --- Paths -----------------------------------------------------------------------------------------------------------------------------------

// The path behind the working folder, not tidied: what tracebacks and __file__ show.
static char *absolute_path(char *path) {
  char cwd[PATH_MAX], *full;
  if (path[0] == '/' || !getcwd(cwd, sizeof cwd) || asprintf(&full, "%s/%s", strcmp(cwd, "/") == 0 ? "" : cwd, path) < 0) return path;
  return full;
}

static bool is_program(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, X_OK) == 0;
}

// Looks a command up in PATH; NULL: not there.
static char *search_path(const char *name) {
  const char *list = getenv("PATH");
  while (list && *list) {
    size_t n = strcspn(list, ":");
    char path[PATH_MAX];
    if (n && snprintf(path, sizeof path, "%.*s/%s", (int)n, list, name) < (int)sizeof path && is_program(path)) return absolute_path(keep(path));
    list += n + (list[n] == ':');
  }
  return NULL;
}

// As it was called, links not followed: a link in a virtual environment is what tells of the environment.
static char *find_executable(const char *argv0) {
  if (argv0 && strchr(argv0, '/')) return absolute_path(keep(argv0));
  char *found = argv0 && *argv0 ? search_path(argv0) : NULL;
  if (found) return found;
  char path[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
  if (n <= 0) return keep("");
  path[n] = '\0';
  return keep(path);
}

// The value of a key in a pyvenv.cfg, kept; NULL: no such file or key.
static char *environment_setting(const char *folder, const char *key) {
  char path[PATH_MAX], line[PATH_MAX], *value = NULL;
  if (snprintf(path, sizeof path, "%s/pyvenv.cfg", folder) >= (int)sizeof path) return NULL;
  FILE *f = fopen(path, "re");
  while (f && !value && fgets(line, sizeof line, f)) {
    char *equals = strchr(line, '=');
    if (!equals) continue;
    *equals = '\0';
    char *name = line + strspn(line, " \t"), *text = equals + 1 + strspn(equals + 1, " \t");
    name[strcspn(name, " \t")] = '\0';
    text[strcspn(text, "\r\n")] = '\0';
    if (strcasecmp(name, key) == 0) value = keep(text);
  }
  if (f) fclose(f);
  return value;
}

// The program that a virtual environment (PEP 405) was made from; outside of one, the executable itself.
static char *find_base_executable(const char *executable) {
  char folder[PATH_MAX], path[PATH_MAX];
  if (strlen(executable) >= sizeof folder || !strchr(executable, '/')) return keep(executable);
  strcpy(folder, executable);
  char *name = strrchr(folder, '/');
  *name++ = '\0';
  char *home = environment_setting(folder, "home");
  if (!home && strrchr(folder, '/')) {
    *strrchr(folder, '/') = '\0';
    home = environment_setting(folder, "home");
  }
  if (!home) return keep(executable);
  if (snprintf(path, sizeof path, "%s/%s", home, name) < (int)sizeof path && is_program(path)) return keep(path);
  return realpath(executable, path) ? keep(path) : keep(executable);
}

static char *find_cache_dir(void) {
  char path[PATH_MAX];
  const char *v = getenv("WEFT_CACHE_DIR");
  if (v && *v) return keep(v);
  v = getenv("XDG_CACHE_HOME");
  if (v && *v == '/') {
    snprintf(path, sizeof path, "%s/weft", v);
    return keep(path);
  }
  v = getenv("HOME");
  if (!v || *v != '/') return NULL;
  snprintf(path, sizeof path, "%s/.cache/weft", v);
  return keep(path);
}

// From where the program really lies, links followed, so that an installed tree may be moved.
static char *find_installed_cache(void) {
  static const char beside[] = "/lib/weft/cache";
  char path[PATH_MAX];
  ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof beside);
  if (n <= 0) return NULL;
  path[n] = '\0';
  for (int level = 0; level < 2; level++) {
    char *slash = strrchr(path, '/');
    if (!slash) return NULL;
    *slash = '\0';
  }
  strcat(path, beside);
  return access(path, X_OK) == 0 ? keep(path) : NULL;
}

static int find_library(void) {
  Config *c = &sys_config;
  const char *v = getenv("WEFT_STDLIB");
  c->stdlib = keep(v && *v ? v : DEFAULT_STDLIB);
  char marker[PATH_MAX];
  snprintf(marker, sizeof marker, "%s/os.py", c->stdlib);
  if (access(marker, R_OK) < 0) {
    fprintf(stderr, "weft: no Python 3.11 standard library in %s (install libpython3.11-stdlib, or set WEFT_STDLIB)\n", c->stdlib);
    return 1;
  }
  // The prefix is what stands before lib/python3.11.
  c->prefix = keep(c->stdlib);
  char *lib = strstr(c->prefix, "/lib/python3.11");
  if (lib && lib != c->prefix) *lib = '\0';
  return -1;
}

static int read_weft_x(void) {
  const char *v = getenv("WEFT_X");
  if (!v) return -1;
  for (char *save = NULL, *p = strtok_r(keep(v), ",", &save); p; p = strtok_r(NULL, ",", &save)) {
    int status = apply_x(p);
    if (status >= 0) return status;
  }
  return -1;
}

const char *config_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (int i = 0; i < 3; i++) {
    const char *v = getenv(names[i]);
    if (v && *v) return v;
  }
  return "C";
}

// PEP 538: a program in the C locale is told, and tells its children, that text is UTF-8.
static void coerce_locale(void) {
  const char *locale = config_locale(), *all = getenv("LC_ALL"), *wish = sys_config.ignore_environment ? NULL : getenv("PYTHONCOERCECLOCALE");
  bool is_c = strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
  if (is_c && !(all && *all) && !(wish && strcmp(wish, "0") == 0)) setenv("LC_CTYPE", "C.UTF-8", 1);
}

int config_read(int argc, char **argv) {
  Config *c = &sys_config;
  int next = 1, versions = 0, status = read_weft_x();
  if (status < 0) status = read_options(argc, argv, &next, &versions);
  if (status < 0 && versions) {
    printf("Python 3.11.2 (weft 0.1, %s)\n", MODE_IS_GIL ? "GIL" : "free-threaded");
    return 0;
  }
  if (status < 0) status = read_environment();
  if (status >= 0) return status;
  merge_warnings();
  coerce_locale();
  c->x_options = x_options;
  c->warn_options = warn_options;
  c->orig_argc = argc;
  c->orig_argv = argv;
  c->executable = find_executable(argv[0]);
  c->base_executable = find_base_executable(c->executable);
  c->cache_dir = find_cache_dir();
  c->installed_cache = find_installed_cache();
  // sys.argv: "-c" or "-m" (replaced later), else the script, else "".
  static char dash_c[] = "-c", dash_m[] = "-m", empty[] = "";
  char **rest = calloc((size_t)(argc - next) + 2, sizeof *rest);
  if (!rest) return fatal(config, "config_read: memory allocation failed");
  int n = 0;
  if (c->command) rest[n++] = dash_c;
  else if (c->module) rest[n++] = dash_m;
  else if (next < argc) {
    if (strcmp(argv[next], "-") != 0) c->script = absolute_path(argv[next]);
    rest[n++] = argv[next++];
  } else {
    rest[n++] = empty;
  }
  while (next < argc) rest[n++] = argv[next++];
  c->argc = n;
  c->argv = rest;
  return find_library();
}
