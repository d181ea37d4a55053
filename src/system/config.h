// What the command line and the environment have asked for; written once at start-up, before any other thread, then constant.
#ifndef WEFT_SYSTEM_CONFIG_H
#define WEFT_SYSTEM_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Config {
  // sys.flags
  int debug, inspect, interactive, optimize, dont_write_bytecode, no_user_site, no_site, ignore_environment, verbose, bytes_warning, quiet,
      hash_randomization, isolated, dev_mode, utf8_mode, warn_default_encoding, safe_path;
  int64_t int_max_str_digits;   // -1: not given, the default of 4300 holds
  bool unbuffered, skip_first_line;
  const char *check_hash_based_pycs;
  // what to run: exactly one of these, or none for the REPL / standard input
  const char *command, *module, *script;
  int argc;
  char **argv;               // sys.argv: argv[0] is "-c", "-m", the script or ""
  int orig_argc;
  char **orig_argv;
  char **x_options, **warn_options;   // NULL-terminated
  // paths
  char *executable, *base_executable, *stdlib, *prefix;
  char *cache_dir;           // NULL: nowhere to write
  char *installed_cache;     // lib/weft/cache beside the program's bin; NULL: not there
  const char *pycache_prefix;
  int tracemalloc_frames;    // -1: not given; 0: do not trace
  bool faulthandler, import_time, fold, frozen_modules;
  uint64_t chaos_seed;
  const char *stats;         // NULL: off; "": text to stderr; "json:FILE"
  const char *hash_seed;
  const char *gil_policy;    // NULL: the default one; else gil_set_policy has found it good
} Config;

extern Config sys_config;

// Reads argv and the environment. Returns -1 to go on, or the exit status of a finished run (-V, -h, usage errors).
int config_read(int argc, char **argv);

// The name of the LC_CTYPE locale that the environment asks for; "C" if none.
const char *config_locale(void);

#endif
