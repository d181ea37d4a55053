// opcode: the names and numbers of the stack form's opcodes for Python programs, in place of the library's opcode.py.
//
// dis, inspect and the tests read every name here. All of it is made of src/code/opcodes.def.
#include "code/opcode.h"

#include <stdio.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/module.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// A list of strs (stolen by the caller): V_NULL on failure.
static Value str_list(Thread *t, const char *const *texts, size_t n) {
  Value list = list_new(t, (int64_t)n);
  for (size_t i = 0; i < n && !v_is_null(list); i++) {
    Value s = str_from_cstr(t, texts[i]);
    if (v_is_null(s) || list_append_steal(t, v_list(list), s) < 0) v_clear(t, &list);
  }
  return list;
}

static int add_names(Thread *t, Value module) {
  Value names = list_new(t, 256), map = dict_new(t);
  bool fine = !v_is_null(names) && !v_is_null(map);
  for (int op = 0; op < 256 && fine; op++) {
    char unused[8];
    snprintf(unused, sizeof unused, "<%d>", op);
    Value name = str_from_cstr(t, opcode_names[op] ? opcode_names[op] : unused);
    fine = !v_is_null(name) && (!opcode_names[op] || dict_set(t, v_dict(map), name, v_from_smi(op)) == 0) &&
           list_append(t, v_list(names), name) == 0;
    v_drop(t, name);
  }
  if (!fine) {
    v_drop(t, names);
    v_drop(t, map);
    return -1;
  }
  return module_add(t, module, "opmap", map) < 0 ? (v_drop(t, names), -1) : module_add(t, module, "opname", names);
}

// The numbers of the opcodes that have the flag.
static int add_flag_list(Thread *t, Value module, const char *name, int flag) {
  Value list = list_new(t, 32);
  for (int op = 0; op < 256 && !v_is_null(list); op++)
    if (opcode_flags[op] & flag && list_append(t, v_list(list), v_from_smi(op)) < 0) v_clear(t, &list);
  return module_add(t, module, name, list);
}

static int add_compare_names(Thread *t, Value module) {
  Value names = tuple_new(t, 6);
  for (int i = 0; i < 6 && !v_is_null(names); i++) {
    Value s = str_from_cstr(t, opcode_compare_names[i]);
    v_tuple(names)->items[i] = s;
    if (v_is_null(s)) v_clear(t, &names);
  }
  return module_add(t, module, "cmp_op", names);
}

static int add_binary_names(Thread *t, Value module) {
  Value list = list_new(t, OPCODE_BINARY_COUNT);
  for (int i = 0; i < OPCODE_BINARY_COUNT && !v_is_null(list); i++) {
    Value name = str_from_cstr(t, opcode_binary_names[i][0]), sign = str_from_cstr(t, opcode_binary_names[i][1]);
    Value pair = v_is_null(name) || v_is_null(sign) ? V_NULL : tuple_pack(t, 2, name, sign);
    v_drop(t, name);
    v_drop(t, sign);
    if (v_is_null(pair) || list_append_steal(t, v_list(list), pair) < 0) v_clear(t, &list);
  }
  return module_add(t, module, "_nb_ops", list);
}

static int add_caches(Thread *t, Value module) {
  Value list = list_new(t, 256);
  for (int op = 0; op < 256 && !v_is_null(list); op++)
    if (list_append(t, v_list(list), v_from_smi(opcode_caches[op])) < 0) v_clear(t, &list);
  return module_add(t, module, "_inline_cache_entries", list);
}

// The value under key in the dict, made if it is not there. Owned.
static Value entry_of(Thread *t, Dict *dict, const char *key, Value (*make)(Thread *t)) {
  Value entry;
  int found = dict_get_cstr(t, dict, key, &entry);
  if (found) return found < 0 ? V_NULL : entry;
  entry = make(t);
  if (!v_is_null(entry) && dict_set_cstr(t, dict, key, entry) < 0) v_clear(t, &entry);
  return entry;
}

static Value empty_list(Thread *t) { return list_new(t, 0); }

static int add_specials(Thread *t, Value module) {
  Value families = dict_new(t), all = list_new(t, 128);
  bool fine = !v_is_null(families) && !v_is_null(all);
  for (int i = 0; i < opcode_special_count && fine; i++) {
    Value name = str_from_cstr(t, opcode_specials[i].name);
    Value family = entry_of(t, v_dict(families), opcode_names[opcode_specials[i].base], empty_list);
    fine = !v_is_null(name) && !v_is_null(family) && list_append(t, v_list(family), name) == 0 && list_append(t, v_list(all), name) == 0;
    v_drop(t, name);
    v_drop(t, family);
  }
  if (!fine) {
    v_drop(t, families);
    v_drop(t, all);
    return -1;
  }
  if (module_add(t, module, "_specializations", families) == 0) return module_add(t, module, "_specialized_instructions", all);
  v_drop(t, all);
  return -1;
}

static int add_cache_format(Thread *t, Value module) {
  Value formats = dict_new(t);
  for (int i = 0; i < opcode_cache_field_count && !v_is_null(formats); i++) {
    const OpcodeCacheField *f = &opcode_cache_fields[i];
    Value fields = entry_of(t, v_dict(formats), f->base, dict_new);
    bool fine = !v_is_null(fields) && dict_set_cstr(t, v_dict(fields), f->field, v_from_smi(f->units)) == 0;
    v_drop(t, fields);
    if (!fine) v_clear(t, &formats);
  }
  return module_add(t, module, "_cache_format", formats);
}

static int add_stack_effect(Thread *t, Value module) {
  extern const ModuleDef module__opcode;
  Value helper = module_from_def(t, &module__opcode), f = V_NULL;
  if (!v_is_null(helper)) {
    dict_get_cstr(t, v_dict(module_dict(helper)), "stack_effect", &f);
    v_drop(t, helper);
  }
  return module_add(t, module, "stack_effect", f);
}

static int exec(Thread *t, Value module) {
  static const char *const public_names[] = {"cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "opname",
                                             "opmap", "HAVE_ARGUMENT", "EXTENDED_ARG", "hasnargs", "stack_effect"};
  static const char *const stats[] = {"success", "failure", "hit", "deferred", "miss", "deopt"};
  static const struct { const char *name; int flag; } lists[] = {
      {"hasconst", OPCODE_CONST}, {"hasname", OPCODE_NAME}, {"hasjrel", OPCODE_JUMP}, {"hasjabs", 0}, {"haslocal", OPCODE_LOCAL},
      {"hascompare", OPCODE_COMPARE}, {"hasfree", OPCODE_FREE}, {"hasnargs", 0}};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    if (add_flag_list(t, module, lists[i].name, lists[i].flag) < 0) return -1;
  if (module_add(t, module, "__all__", str_list(t, public_names, sizeof public_names / sizeof *public_names)) < 0 ||
      module_add(t, module, "_specialization_stats", str_list(t, stats, sizeof stats / sizeof *stats)) < 0 ||
      module_add_int(t, module, "HAVE_ARGUMENT", OPCODE_HAVE_ARGUMENT) < 0 || module_add_int(t, module, "EXTENDED_ARG", OP_EXTENDED_ARG) < 0 ||
      add_stack_effect(t, module) < 0 || add_names(t, module) < 0 || add_compare_names(t, module) < 0 || add_binary_names(t, module) < 0)
    return -1;
  if (add_caches(t, module) < 0 || add_specials(t, module) < 0) return -1;
  return add_cache_format(t, module);
}

const ModuleDef module_opcode = {
    .name = "opcode",
    .doc = "Opcodes of weft's bytecode: potentially shared between dis and other modules that work on bytecode.",
    .exec = exec,
};
