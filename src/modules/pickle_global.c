// Globals of pickles: from an object to the module and name it is found under, and back; the names that Python 2 had for them.
#include "modules/pickle.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "system/import.h"
#include "system/sys_state.h"

// --- Dotted names -------------------------------------------------------------------------------------------------------------------------

// The part of a dotted name that begins at `start`, owned; *next is where the following one begins, behind the end if there is none.
static Value name_part(Thread *t, Value name, int64_t start, int64_t *next) {
  const Str *text = v_str(name);
  int64_t end = start;
  while (end < text->length && str_char(text, end) != '.') end++;
  *next = end + 1;
  return start == 0 && end == text->length ? v_own(t, name) : str_slice(t, name, start, end);
}

int pickle_check_dotted(Thread *t, Value root, Value name) {
  if (!v_is_str(name)) {
    raise_type_error(t, "must be str, not %.100T", name);
    return -1;
  }
  for (int64_t start = 0; start <= v_str(name)->length;) {
    Value part = name_part(t, name, start, &start);
    if (v_is_null(part)) return -1;
    bool local = str_equals_cstr(part, "<locals>");
    v_drop(t, part);
    if (!local) continue;
    if (v_is_null(root)) raise_error(t, &exc_AttributeError, "Can't pickle local object %R", name);
    else raise_error(t, &exc_AttributeError, "Can't pickle local attribute %R on %R", name, root);
    return -1;
  }
  return 0;
}

int pickle_find_dotted(Thread *t, Value root, Value name, Value *out, Value *parent) {
  Value at = v_own(t, root), above = V_NULL;
  int r = 1;
  for (int64_t start = 0; r > 0 && start <= v_str(name)->length;) {
    Value part = name_part(t, name, start, &start), found = V_NULL;
    r = v_is_null(part) ? -1 : object_lookup_attr(t, at, part, &found);
    v_drop(t, part);
    v_drop(t, above);
    above = at;
    at = found;
  }
  if (parent && r > 0) *parent = above;
  else v_drop(t, above);
  *out = at;
  return r;
}

// --- Modules ------------------------------------------------------------------------------------------------------------------------------

Value pickle_import(Thread *t, Value name) {
  if (!v_is_str(name)) return raise_type_error(t, "module name must be a string");
  return str_length(v_str(name)) ? import_module_named(t, name) : raise_value_error(t, "Empty module name");
}

// Whether the module has the object under that name. 1, 0, -1.
static int module_has(Thread *t, Value module_name, Value module, Value global, Value name) {
  Value found = V_NULL;
  if (v_is_none(module) || (v_is_str(module_name) && str_equals_cstr(module_name, "__main__"))) return 0;
  int r = pickle_find_dotted(t, module, name, &found, NULL);
  bool same = r > 0 && v_is(found, global);
  v_drop(t, found);
  return r < 0 ? -1 : same;
}

static Value search_modules(Thread *t, Value global, Value name) {
  Value modules = sys_modules(t);
  Value names = v_is_null(modules) ? V_NULL : object_to_list(t, modules), result = V_NULL;
  int has = 0;
  for (int64_t i = 0; !v_is_null(names) && has == 0 && i < list_length(v_list(names)); i++) {
    Value module_name = list_get(t, v_list(names), i), module = v_is_null(module_name) ? V_NULL : object_getitem(t, modules, module_name);
    if (v_is_null(module)) error_clear(t);   // it has left meanwhile
    else has = module_has(t, module_name, module, global, name);
    if (has > 0) result = v_own(t, module_name);
    v_drop(t, module_name);
    v_drop(t, module);
  }
  if (!v_is_null(names) && has == 0) result = N(__main__);
  v_drop(t, names);
  v_drop(t, modules);
  return result;
}

Value pickle_module_of(Thread *t, Value global, Value name) {
  Value module_name;
  int r = object_lookup_attr(t, global, N(__module__), &module_name);
  if (r < 0) return V_NULL;
  if (r > 0 && v_is_exact(global, SHAPE_BUILTIN) && v_is(module_name, N(builtins))) return v_own(t, pickle_tables.builtins_name);
  if (r > 0 && !v_is_none(module_name)) return module_name;
  return search_modules(t, global, name);
}

// --- Python 2 -----------------------------------------------------------------------------------------------------------------------------

// What a table of _compat_pickle has for a pair of names. 1: both replaced (owned); 0; -1.
static int map_pair(Thread *t, Value table, const char *table_name, Value *module, Value *name) {
  Value key = tuple_pack(t, 2, *module, *name), item = V_NULL;
  int r = v_is_null(key) ? -1 : dict_get(t, v_dict(table), key, &item);
  v_drop(t, key);
  if (r <= 0) return r;
  if (!v_is_tuple(item) || v_tuple(item)->length != 2) {
    raise_error(t, &exc_RuntimeError, "_compat_pickle.%s values should be 2-tuples, not %.200T", table_name, item);
    r = -1;
  } else if (!v_is_str(v_tuple(item)->items[0]) || !v_is_str(v_tuple(item)->items[1])) {
    raise_error(t, &exc_RuntimeError, "_compat_pickle.%s values should be pairs of str, not (%.200T, %.200T)", table_name, v_tuple(item)->items[0],
                v_tuple(item)->items[1]);
    r = -1;
  } else {
    v_set(t, module, v_own(t, v_tuple(item)->items[0]));
    v_set(t, name, v_own(t, v_tuple(item)->items[1]));
  }
  v_drop(t, item);
  return r;
}

static int map_module(Thread *t, Value table, const char *table_name, Value *module) {
  Value item;
  int r = dict_get(t, v_dict(table), *module, &item);
  if (r <= 0) return r;
  if (v_is_str(item)) {
    v_set(t, module, item);
    return 1;
  }
  raise_error(t, &exc_RuntimeError, "_compat_pickle.%s values should be strings, not %.200T", table_name, item);
  v_drop(t, item);
  return -1;
}

int pickle_old_names(Thread *t, Value *module, Value *name) {
  int r = map_pair(t, pickle_tables.name_mapping_3to2, "REVERSE_NAME_MAPPING", module, name);
  if (r == 0) r = map_module(t, pickle_tables.import_mapping_3to2, "REVERSE_IMPORT_MAPPING", module);
  return r < 0 ? -1 : 0;
}

static int new_names(Thread *t, Value *module, Value *name) {
  int r = map_pair(t, pickle_tables.name_mapping_2to3, "NAME_MAPPING", module, name);
  if (r == 0) r = map_module(t, pickle_tables.import_mapping_2to3, "IMPORT_MAPPING", module);
  return r < 0 ? -1 : 0;
}

// --- Finding ------------------------------------------------------------------------------------------------------------------------------

static Value find_in_module(Thread *t, Value module, Value name, bool dotted) {
  Value found = V_NULL;
  int r = dotted ? pickle_check_dotted(t, module, name) : 0;
  if (r == 0) r = dotted ? pickle_find_dotted(t, module, name, &found, NULL) : object_lookup_attr(t, module, name, &found);
  return r == 0 ? raise_error(t, &exc_AttributeError, "Can't get attribute %R on %R", name, module) : found;
}

Value pickle_find_class(Thread *t, int proto, bool fix_imports, Value module_name, Value name) {
  if (sys_audit_args(t, "pickle.find_class", (Value[]){module_name, name}, 2) < 0) return V_NULL;
  Value old_or_new = v_own(t, module_name), own_name = v_own(t, name), module = V_NULL, found = V_NULL;
  if (proto >= 3 || !fix_imports || new_names(t, &old_or_new, &own_name) == 0) module = pickle_import(t, old_or_new);
  if (!v_is_null(module)) found = find_in_module(t, module, own_name, proto >= 4);
  v_drop(t, module);
  v_drop(t, old_or_new);
  v_drop(t, own_name);
  return found;
}
