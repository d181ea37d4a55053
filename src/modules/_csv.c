// The module _csv: the registry of dialects and the module's functions. Readers, writers and dialects have files of their own.
#include "modules/csv.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"

Value csv_error, csv_dialects;
a64 csv_field_limit = {128 * 1024};

static NATIVE(csv_list_dialects) { return dict_keys_list(t, v_dict(csv_dialects)); }

static NATIVE(csv_register_dialect) {
  if (native_check_positional(t, "", nargs, 1, 2) < 0) return V_NULL;
  if (!v_is_str(args[0])) return raise_type_error(t, "dialect name must be a string");
  Value dialect = csv_dialect_call(t, nargs > 1 ? args[1] : V_NULL, args + nargs, kwnames);
  if (v_is_null(dialect)) return V_NULL;
  int status = dict_set(t, v_dict(csv_dialects), args[0], dialect);
  v_drop(t, dialect);
  return status < 0 ? V_NULL : V_NONE;
}

static NATIVE(csv_unregister_dialect) {
  Value old;
  int found = dict_pop(t, v_dict(csv_dialects), args[0], &old);
  if (found < 0) return V_NULL;
  if (!found) return module_raise(t, csv_error, "unknown dialect");
  v_drop(t, old);
  return V_NONE;
}

static NATIVE(csv_get_dialect) {
  Value dialect;
  int found = dict_get(t, v_dict(csv_dialects), args[0], &dialect);
  return found == 0 ? module_raise(t, csv_error, "unknown dialect") : dialect;
}

static NATIVE(csv_field_size_limit) {
  int64_t old = (int64_t)a64_load_rlx(&csv_field_limit), limit;
  if (!v_is_absent(args[0])) {
    if (!v_is_int_exact(args[0])) return raise_type_error(t, "limit must be an integer");
    if (!int_as_i64(args[0], &limit)) return raise_overflow(t, "Python int too large to convert to C long");
    a64_store_rlx(&csv_field_limit, (uint64_t)limit);
  }
  return int_from_i64(t, old);
}

static const NativeDef functions[] = {
    {"reader(iterable, dialect='excel', **kwargs)", csv_reader,
     "An iterator of records over lines of text. Keyword arguments change single options of the dialect.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"writer(fileobj, dialect='excel', **kwargs)", csv_writer,
     "A writer of records to a file. Keyword arguments change single options of the dialect.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"list_dialects($module, /)", csv_list_dialects, "The names of all registered dialects.", 0},
    {"register_dialect(name, dialect, **kwargs)", csv_register_dialect, "Give a dialect a name.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"unregister_dialect($module, /, name)", csv_unregister_dialect, "Forget the dialect of that name.", 0},
    {"get_dialect($module, /, name)", csv_get_dialect, "The dialect of that name.", 0},
    {"field_size_limit($module, /, new_limit=<unrepresentable>)", csv_field_size_limit,
     "The most characters that a field may have. Sets a new limit if one is given; returns the old.", 0},
    {0},
};

static const struct { const char *name; int value; } constants[] = {
    {"QUOTE_MINIMAL", CSV_QUOTE_MINIMAL}, {"QUOTE_ALL", CSV_QUOTE_ALL}, {"QUOTE_NONNUMERIC", CSV_QUOTE_NONNUMERIC}, {"QUOTE_NONE", CSV_QUOTE_NONE},
};

static int csv_exec(Thread *t, Value m) {
  if (!csv_dialect_init(t) || !csv_reader_init(t) || !csv_writer_init(t)) return -1;
  if (v_is_null(csv_dialects)) csv_dialects = dict_new(t);
  if (v_is_null(csv_dialects) || module_add(t, m, "_dialects", v_own(t, csv_dialects)) < 0) return -1;
  if (module_add_exception(t, m, &csv_error, "_csv", "Error", &exc_Exception, NULL) < 0) return -1;
  for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
    if (module_add_int(t, m, constants[i].name, constants[i].value) < 0) return -1;
  if (module_add_str(t, m, "__version__", "1.0") < 0 || module_add_type(t, m, &type_csv_dialect) < 0) return -1;
  return module_add(t, m, "Reader", v_own_obj(t, &type_csv_reader)) < 0 ? -1 : module_add(t, m, "Writer", v_own_obj(t, &type_csv_writer));
}

const ModuleDef module__csv = {
    .name = "_csv",
    .doc = "CSV parsing and writing: what the module csv is made of.",
    .functions = functions,
    .exec = csv_exec,
};
