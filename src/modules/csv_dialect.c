// _csv.Dialect: how fields are delimited, quoted and escaped.
#include <stddef.h>

#include "gc/heap.h"
#include "modules/csv.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { DELIMITER, DOUBLEQUOTE, ESCAPECHAR, LINETERMINATOR, QUOTECHAR, QUOTING, SKIPINITIALSPACE, STRICT, OPTION_COUNT };
static const char *const option_names[OPTION_COUNT] = {"delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting",
                                                       "skipinitialspace", "strict"};

// --- Options ----------------------------------------------------------------------------------------------------------------------

static int set_char(Thread *t, const char *name, Value v, bool or_none, uint32_t default_, uint32_t *out) {
  *out = default_;
  if (v_is_absent(v)) return 0;
  *out = CSV_NO_CHAR;
  if (or_none && v_is_none(v)) return 0;
  if (!v_is_str(v)) {
    raise_type_error(t, "\"%s\" must be string%s, not %.200T", name, or_none ? " or None" : "", v);
    return -1;
  }
  if (str_length(v_str(v)) != 1) {
    raise_type_error(t, "\"%s\" must be a 1-character string", name);
    return -1;
  }
  *out = str_char(v_str(v), 0);
  return 0;
}

static int set_bool(Thread *t, Value v, bool default_, bool *out) {
  *out = default_;
  if (v_is_absent(v)) return 0;
  int truth = object_is_true(t, v);
  *out = truth > 0;
  return truth < 0 ? -1 : 0;
}

static int set_quoting(Thread *t, Value v, int *out) {
  *out = CSV_QUOTE_MINIMAL;
  if (v_is_absent(v)) return 0;
  if (!v_is_int_exact(v)) {
    raise_type_error(t, "\"quoting\" must be an integer");
    return -1;
  }
  *out = number_as_int(t, v);
  return *out == -1 && error_pending(t) ? -1 : 0;
}

static int set_lineterminator(Thread *t, Value v, Value *out) {
  if (v_is_absent(v)) *out = str_from_cstr(t, "\r\n");
  else if (v_is_str(v)) *out = v_own(t, v);
  else if (!v_is_none(v)) raise_type_error(t, "\"lineterminator\" must be a string");
  return error_pending(t) ? -1 : 0;
}

static int fill(Thread *t, Dialect *d, const Value *o) {
  if (set_char(t, "delimiter", o[DELIMITER], false, ',', &d->delimiter) < 0 || set_bool(t, o[DOUBLEQUOTE], true, &d->doublequote) < 0 ||
      set_char(t, "escapechar", o[ESCAPECHAR], true, CSV_NO_CHAR, &d->escapechar) < 0 || set_lineterminator(t, o[LINETERMINATOR], &d->lineterminator) < 0 ||
      set_char(t, "quotechar", o[QUOTECHAR], true, '"', &d->quotechar) < 0 || set_quoting(t, o[QUOTING], &d->quoting) < 0 ||
      set_bool(t, o[SKIPINITIALSPACE], false, &d->skipinitialspace) < 0 || set_bool(t, o[STRICT], false, &d->strict) < 0)
    return -1;
  if (d->quoting < CSV_QUOTE_MINIMAL || d->quoting > CSV_QUOTE_NONE) return raise_type_error(t, "bad \"quoting\" value"), -1;
  if (!v_is_absent(o[QUOTECHAR]) && v_is_none(o[QUOTECHAR]) && v_is_absent(o[QUOTING])) d->quoting = CSV_QUOTE_NONE;
  if (d->quoting != CSV_QUOTE_NONE && d->quotechar == CSV_NO_CHAR) return raise_type_error(t, "quotechar must be set if quoting enabled"), -1;
  if (v_is_null(d->lineterminator)) return raise_type_error(t, "lineterminator must be set"), -1;
  return 0;
}

// --- Making -----------------------------------------------------------------------------------------------------------------------

// The options that were not given, from the attributes of another dialect; owned ones are noted in `taken`.
static void take_attributes(Thread *t, Value dialect, Value *options, Value *taken) {
  for (int i = 0; i < OPTION_COUNT; i++) {
    taken[i] = V_NULL;
    if (!v_is_absent(options[i])) continue;
    Value name = str_intern_cstr(t, option_names[i]);
    taken[i] = v_is_null(name) ? V_NULL : object_getattr(t, dialect, name);
    error_clear(t);   // an attribute that cannot be had leaves the default
    if (!v_is_null(taken[i])) options[i] = taken[i];
  }
}

static Value make(Thread *t, Type *type, Value dialect, Value *options) {
  Value taken[OPTION_COUNT] = {V_NULL};
  if (!v_is_null(dialect)) take_attributes(t, dialect, options, taken);
  Value v = type->slots.alloc(t, type, 0);
  if (!v_is_null(v) && fill(t, v_dialect(v), options) < 0) v_clear(t, &v);
  for (int i = 0; i < OPTION_COUNT; i++) v_drop(t, taken[i]);
  return v;
}

static Value dialect_new(Thread *t, Type *type, const Value *args, size_t nargs, Value kwnames) {
  static aptr binder;
  Value in[1 + OPTION_COUNT], *options = in + 1, dialect = V_NULL;
  if (native_bind(t, &binder,
                  "(dialect=None, delimiter=None, doublequote=None, escapechar=None, lineterminator=None, quotechar=None, quoting=None, "
                  "skipinitialspace=None, strict=None)",
                  args, nargs, kwnames, in) < 0)
    return V_NULL;
  if (!v_is_absent(in[0]) && v_is_str(in[0])) {
    int found = dict_get(t, v_dict(csv_dialects), in[0], &dialect);
    if (found < 0) return V_NULL;
    if (!found) return module_raise(t, csv_error, "unknown dialect");
  } else if (!v_is_absent(in[0])) {
    dialect = v_own(t, in[0]);
  }
  bool changed = false;
  for (int i = 0; i < OPTION_COUNT; i++) changed = changed || !v_is_absent(options[i]);
  if (!changed && !v_is_null(dialect) && type_is_subtype(v_type(dialect), &type_csv_dialect)) return dialect;
  Value v = make(t, type, dialect, options);
  v_drop(t, dialect);
  return v;
}

Value csv_dialect_call(Thread *t, Value dialect, const Value *keyword_values, Value kwnames) {
  size_t n = v_is_null(kwnames) ? 0 : (size_t)v_tuple(kwnames)->length, first = v_is_null(dialect) ? 0 : 1;
  Value *args = heap_alloc(t, (n + 1) * sizeof *args);
  if (!args) return raise_no_memory(t);
  args[0] = dialect;
  for (size_t i = 0; i < n; i++) args[first + i] = keyword_values[i];
  Value v = object_call(t, v_from_obj(&type_csv_dialect), args, first, kwnames);
  heap_free(t, args);
  return v;
}

static void dialect_dealloc(Thread *t, Object *o) {
  v_drop(t, ((Dialect *)o)->lineterminator);
  heap_free_object(t, o);
}

// --- Attributes -------------------------------------------------------------------------------------------------------------------

static Value char_or_none(Thread *t, uint32_t c) { return c == CSV_NO_CHAR ? V_NONE : str_from_char(t, c); }
static Value get_delimiter(Thread *t, Value self, UNUSED_OK void *closure) { return char_or_none(t, v_dialect(self)->delimiter); }
static Value get_escapechar(Thread *t, Value self, UNUSED_OK void *closure) { return char_or_none(t, v_dialect(self)->escapechar); }
static Value get_quotechar(Thread *t, Value self, UNUSED_OK void *closure) { return char_or_none(t, v_dialect(self)->quotechar); }
static Value get_lineterminator(Thread *t, Value self, UNUSED_OK void *closure) { return v_own(t, v_dialect(self)->lineterminator); }
static Value get_quoting(UNUSED_OK Thread *t, Value self, UNUSED_OK void *closure) { return v_from_smi(v_dialect(self)->quoting); }

static NATIVE(dialect_reduce) { return raise_type_error(t, "cannot pickle '%.100U' instances", v_type(self)->qualname); }

static const NativeDef dialect_methods[] = {
    {"__reduce__($self, /, *args)", dialect_reduce, "A dialect cannot be pickled.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {"__reduce_ex__($self, /, *args)", dialect_reduce, "A dialect cannot be pickled.", NATIVE_RAW | NATIVE_NO_SIGNATURE},
    {0},
};
static const GetSetDef dialect_getset[] = {
    {"delimiter", get_delimiter, NULL, NULL, NULL},
    {"escapechar", get_escapechar, NULL, NULL, NULL},
    {"lineterminator", get_lineterminator, NULL, NULL, NULL},
    {"quotechar", get_quotechar, NULL, NULL, NULL},
    {"quoting", get_quoting, NULL, NULL, NULL},
    {0},
};
static const MemberDef dialect_members[] = {
    {"skipinitialspace", MEMBER_BOOL, offsetof(Dialect, skipinitialspace), true, NULL},
    {"doublequote", MEMBER_BOOL, offsetof(Dialect, doublequote), true, NULL},
    {"strict", MEMBER_BOOL, offsetof(Dialect, strict), true, NULL},
    {0},
};
Type type_csv_dialect;
static const TypeSpec spec_dialect = {
    .name = "_csv.Dialect",
    .size = sizeof(Dialect),
    .flags = TYPE_BASETYPE,
    .slots = {.new = dialect_new, .dealloc = dialect_dealloc},
    .methods = dialect_methods,
    .getset = dialect_getset,
    .members = dialect_members,
    .doc = "CSV dialect\n\nHow the fields of a record are delimited, quoted and escaped.",
};

bool csv_dialect_init(Thread *t) { return type_ready(t, &type_csv_dialect, &spec_dialect, 0); }
