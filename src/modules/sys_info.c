// The constant part of sys: versions, limits, flags, paths.
#include "modules/sys_info.h"

#include <float.h>
#include <gnu/libc-version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/namespace.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/sys_state.h"

#define HEX_VERSION 0x030b02f0   // the language level that the library expects: 3.11.2 final

static Value text(Thread *t, const char *s) { return str_from_cstr(t, s); }

// A structseq instance made of C ints.
static Value int_sequence(Thread *t, const StructSeqDef *def, const int64_t *values, size_t n) {
  Type *type = structseq_new_type(t, def);
  if (!type) return V_NULL;
  Value items[24];
  for (size_t i = 0; i < n; i++) items[i] = int_from_i64(t, values[i]);
  return structseq_new(t, type, items, n);
}

static Value value_sequence(Thread *t, const StructSeqDef *def, const Value *stolen, size_t n) {
  Type *type = structseq_new_type(t, def);
  return type ? structseq_new(t, type, stolen, n) : V_NULL;
}

// For the types that Python code may not call: sys.flags, sys.version_info.
static Value only_sequence(Thread *t, const StructSeqDef *def, const Value *stolen, size_t n) {
  Value v = value_sequence(t, def, stolen, n);
  if (v_is_null(v)) return v;
  Type *type = v_type(v);
  type->flags |= TYPE_NO_INSTANTIATE;
  type->slots.new = NULL;
  if (dict_delete(t, v_dict(type->dict), N(__new__)) < 0) v_clear(t, &v);   // what is found then is tuple's, which refuses
  return v;
}

static Value make_version_info(Thread *t) {
  static const StructSeqField fields[] = {{"major", "Major release number"}, {"minor", "Minor release number"}, {"micro", "Patch release number"},
                                          {"releaselevel", "Stage of the release: alpha, beta, candidate or final"},
                                          {"serial", "Number within the stage"}, {NULL, NULL}};
  static const StructSeqDef def = {"sys.version_info", "The version of the language: a tuple with names.", fields, 5};
  return only_sequence(t, &def, (Value[]){v_from_smi(3), v_from_smi(11), v_from_smi(2), text(t, "final"), v_from_smi(0)}, 5);
}

static Value make_flags(Thread *t) {
  static const StructSeqField fields[] = {
      {"debug", "-d"}, {"inspect", "-i"}, {"interactive", "-i"}, {"optimize", "-O or -OO"}, {"dont_write_bytecode", "-B"},
      {"no_user_site", "-s"}, {"no_site", "-S"}, {"ignore_environment", "-E"}, {"verbose", "-v"}, {"bytes_warning", "-b"},
      {"quiet", "-q"}, {"hash_randomization", "-R"}, {"isolated", "-I"}, {"dev_mode", "-X dev"}, {"utf8_mode", "-X utf8"},
      {"warn_default_encoding", "-X warn_default_encoding"}, {"safe_path", "-P"}, {"int_max_str_digits", "-X int_max_str_digits"}, {NULL, NULL}};
  static const StructSeqDef def = {"sys.flags", "The options of the command line and the environment: a tuple with names.", fields, 18};
  const Config *c = &sys_config;
  const int64_t numbers[] = {c->debug, c->inspect, c->interactive, c->optimize, c->dont_write_bytecode, c->no_user_site, c->no_site,
                             c->ignore_environment, c->verbose, c->bytes_warning, c->quiet, c->hash_randomization, c->isolated, c->dev_mode,
                             c->utf8_mode, c->warn_default_encoding, c->safe_path, c->int_max_str_digits};
  Value items[18];
  for (int i = 0; i < 18; i++) items[i] = i == 13 || i == 16 ? v_from_bool(numbers[i]) : v_from_smi(numbers[i]);
  return only_sequence(t, &def, items, 18);
}

static Value make_float_info(Thread *t) {
  static const StructSeqField fields[] = {
      {"max", "largest finite float"}, {"max_exp", "One below this: exponent of the largest power of the radix that a float can hold"},
      {"max_10_exp", "The power of ten with this exponent is the largest that a float can hold"},
      {"min", "smallest positive normalized float"},
      {"min_exp", "One below this: exponent of the smallest power of the radix that keeps full precision"},
      {"min_10_exp", "The power of ten with this exponent is the smallest that keeps full precision"}, {"dig", "decimal digits that survive"},
      {"mant_dig", "mantissa digits"},
      {"epsilon", "How far the next float above 1 is from 1"}, {"radix", "radix of the exponent"}, {"rounds", "rounding mode"}, {NULL, NULL}};
  static const StructSeqDef def = {"sys.float_info", "Facts about floats on this machine: a tuple with names.", fields, 11};
  return value_sequence(t, &def, (Value[]){float_new(t, DBL_MAX), v_from_smi(DBL_MAX_EXP), v_from_smi(DBL_MAX_10_EXP), float_new(t, DBL_MIN),
                                           v_from_smi(DBL_MIN_EXP), v_from_smi(DBL_MIN_10_EXP), v_from_smi(DBL_DIG), v_from_smi(DBL_MANT_DIG),
                                           float_new(t, DBL_EPSILON), v_from_smi(FLT_RADIX), v_from_smi(1)}, 11);
}

static Value make_int_info(Thread *t) {
  static const StructSeqField fields[] = {{"bits_per_digit", "How many bits one digit holds"}, {"sizeof_digit", "How many bytes one digit takes"},
                                          {"default_max_str_digits", "How many decimal digits an int may have in text unless told otherwise"},
                                          {"str_digits_check_threshold",
                                           "The smallest limit of digits, other than none, that can be set"}, {NULL, NULL}};
  static const StructSeqDef def = {"sys.int_info", "How ints are stored: a tuple with names.", fields, 4};
  return int_sequence(t, &def, (int64_t[]){64, 8, 4300, 640}, 4);
}

static Value make_hash_info(Thread *t) {
  static const StructSeqField fields[] = {{"width", "How many bits a hash has"}, {"modulus", "Hashes of numbers are computed modulo this prime"},
                                          {"inf", "The hash of infinity"}, {"nan", "The hash of a NaN in former versions"},
                                          {"imag", "What the imaginary part is multiplied by"}, {"algorithm", "How strings and bytes are hashed"},
                                          {"hash_bits", "How many bits the hashing of strings makes"},
                                          {"seed_bits", "How many bits seed the hashing of strings"},
                                          {"cutoff", "Strings shorter than this are hashed in another way"}, {NULL, NULL}};
  static const StructSeqDef def = {"sys.hash_info", "How hashes of numbers are computed: a tuple with names.", fields, 9};
  return value_sequence(t, &def, (Value[]){v_from_smi(64), int_from_i64(t, ((int64_t)1 << 61) - 1), v_from_smi(314159), v_from_smi(0), v_from_smi(1000003),
                                           text(t, "siphash13"), v_from_smi(64), v_from_smi(128), v_from_smi(0)}, 9);
}

static Value make_thread_info(Thread *t) {
  static const StructSeqField fields[] = {{"name", "Whose threads they are"}, {"lock", "What locks are made of"},
                                          {"version", "The thread library and its version"}, {NULL, NULL}};
  static const StructSeqDef def = {"sys.thread_info", "How threads are implemented: a tuple with names.", fields, 3};
  return value_sequence(t, &def, (Value[]){text(t, "pthread"), text(t, "semaphore"), str_from_format(t, "NPTL %s", gnu_get_libc_version())}, 3);
}

static Value make_implementation(Thread *t, Value version_info) {
  Value dict = dict_new(t);
  if (v_is_null(dict)) return V_NULL;
  Value r = V_NULL;
  if (dict_set_steal(t, v_dict(dict), N(name), text(t, "weft")) == 0 &&
      dict_set_steal(t, v_dict(dict), N(cache_tag), text(t, "weft-311")) == 0 &&
      dict_set_cstr(t, v_dict(dict), "version", version_info) == 0 && dict_set_cstr(t, v_dict(dict), "hexversion", v_from_smi(HEX_VERSION)) == 0 &&
      dict_set_steal(t, v_dict(dict), N(_multiarch), text(t, WEFT_MULTIARCH)) == 0 &&
      dict_set_cstr(t, v_dict(dict), "supports_isolated_interpreters", V_FALSE) == 0)
    r = namespace_new(t, dict);
  v_drop(t, dict);
  return r;
}

static Value stdlib_names(Thread *t) {
  static const char *const names[] = {
#define STDLIB_NAME(name) #name,
#include "modules/stdlib_names.def"
#undef STDLIB_NAME
  };
  Value list = list_new(t, sizeof names / sizeof *names);
  for (size_t i = 0; !v_is_null(list) && i < sizeof names / sizeof *names; i++)
    if (list_append_steal(t, v_list(list), text(t, names[i])) < 0) v_clear(t, &list);
  if (v_is_null(list)) return V_NULL;
  Value r = frozenset_new(t, list);
  v_drop(t, list);
  return r;
}

static int add_paths(Thread *t, Value m) {
  const Config *c = &sys_config;
  static const char *const prefixes[] = {"prefix", "exec_prefix", "base_prefix", "base_exec_prefix"};
  for (int i = 0; i < 4; i++)
    if (module_add_str(t, m, prefixes[i], c->prefix) < 0) return -1;
  if (module_add(t, m, "executable", str_decode_fs(t, c->executable, strlen(c->executable))) < 0 ||
      module_add(t, m, "_base_executable", str_decode_fs(t, c->base_executable, strlen(c->base_executable))) < 0 ||
      module_add(t, m, "_stdlib_dir", str_decode_fs(t, c->stdlib, strlen(c->stdlib))) < 0 || module_add(t, m, "_home", V_NONE) < 0)
    return -1;
  Value path = list_new(t, 8);
  if (v_is_null(path) ||
      list_append_steal(t, v_list(path), str_from_format(t, "%s/lib/python311.zip", c->prefix)) < 0 ||
      list_append_steal(t, v_list(path), str_decode_fs(t, c->stdlib, strlen(c->stdlib))) < 0)
    return -1;
  const char *more = c->ignore_environment ? NULL : getenv("PYTHONPATH");
  for (int64_t at = 0; more && *more; at++) {
    size_t n = strcspn(more, ":");
    Value entry = str_decode_fs(t, more, n);
    if (v_is_null(entry) || list_insert(t, v_list(path), at, entry) < 0) return -1;
    v_drop(t, entry);
    more += n + (more[n] == ':');
  }
  return module_add(t, m, "path", path);
}

int sys_info_add(Thread *t, Value m) {
  Value version_info = make_version_info(t);
  if (v_is_null(version_info)) return -1;
  char version[128];
  snprintf(version, sizeof version, "3.11.2 (weft 0.1, %s, %s) [GCC %d.%d.%d]", __DATE__, __TIME__, __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
  bool ok = module_add(t, m, "implementation", make_implementation(t, version_info)) == 0 && module_add(t, m, "version_info", version_info) == 0 &&
            module_add_str(t, m, "version", version) == 0 && module_add_int(t, m, "hexversion", HEX_VERSION) == 0 &&
            module_add_int(t, m, "api_version", 1013) == 0 && module_add(t, m, "flags", make_flags(t)) == 0 &&
            module_add(t, m, "float_info", make_float_info(t)) == 0 && module_add(t, m, "int_info", make_int_info(t)) == 0 &&
            module_add(t, m, "hash_info", make_hash_info(t)) == 0 && module_add(t, m, "thread_info", make_thread_info(t)) == 0 &&
            module_add_str(t, m, "float_repr_style", "short") == 0 && module_add_str(t, m, "platform", "linux") == 0 &&
            module_add_str(t, m, "platlibdir", "lib") == 0 && module_add_str(t, m, "abiflags", MODE_IS_GIL ? "" : "t") == 0 &&
            module_add_str(t, m, "byteorder", "little") == 0 && module_add_int(t, m, "maxunicode", 0x10FFFF) == 0 &&
            module_add(t, m, "maxsize", int_from_i64(t, INT64_MAX)) == 0 && module_add_str(t, m, "copyright", "Copyright (c) 2026 weft authors. MIT licence.") == 0 &&
            module_add(t, m, "_git", tuple_from_stolen(t, (Value[]){text(t, "weft"), text(t, ""), text(t, "")}, 3)) == 0 &&
            module_add_str(t, m, "_framework", "") == 0 && module_add(t, m, "stdlib_module_names", stdlib_names(t)) == 0;
  return ok ? add_paths(t, m) : -1;
}
