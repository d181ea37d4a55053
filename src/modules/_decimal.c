// The module _decimal: correctly rounded decimal floating-point arithmetic, on GMP.
//
// Its parts, from the ground: decimal_number (what numbers are and how they are rounded), the operations (decimal_arithmetic,
// decimal_rounding, decimal_logical, decimal_elementary); above them, with objects, decimal_apply (calling an operation), decimal_signals and
// decimal_context, decimal_text and decimal_format, decimal_convert, and the types' methods (decimal_type, decimal_context_methods).
#include "modules/decimal_internal.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/tuple.h"

// collections.namedtuple("DecimalTuple", "sign digits exponent", module="decimal")
static int make_tuple_class(Thread *t) {
  Value make = decimal_import(t, "collections", "namedtuple");
  if (v_is_null(make)) return -1;
  Value arguments[3] = {str_from_cstr(t, "DecimalTuple"), str_from_cstr(t, "sign digits exponent"), str_from_cstr(t, "decimal")};
  Value keyword = str_intern_cstr(t, "module"), names = v_is_null(keyword) ? V_NULL : tuple_pack(t, 1, keyword);
  if (!v_is_null(arguments[0]) && !v_is_null(arguments[1]) && !v_is_null(arguments[2]) && !v_is_null(names))
    decimal_tuple_class = object_call(t, make, arguments, 2, names);
  for (int i = 0; i < 3; i++) v_drop(t, arguments[i]);
  v_drop(t, names);
  v_drop(t, make);
  return v_is_null(decimal_tuple_class) ? -1 : 0;
}

// numbers.Number.register(Decimal), and the class that Fractions are instances of.
static int join_numbers(Thread *t) {
  Value number = decimal_import(t, "numbers", "Number"), name = str_intern_cstr(t, "register"), done = V_NULL;
  if (!v_is_null(number) && !v_is_null(name)) done = object_call_method1(t, number, name, v_from_obj(&type_decimal));
  decimal_names[0] = str_intern_cstr(t, "numerator");
  if (!v_is_null(decimal_names[0])) decimal_names[1] = str_intern_cstr(t, "denominator");
  if (!v_is_null(done) && !v_is_null(decimal_names[1])) decimal_rational = decimal_import(t, "numbers", "Rational");
  v_drop(t, number);
  v_drop(t, done);
  return v_is_null(decimal_rational) ? -1 : 0;
}

// The module calls itself "decimal", as do its types: so its functions can be pickled.
static int rename_module(Thread *t, Value m) {
  Value name = str_intern_cstr(t, "decimal");
  if (v_is_null(name)) return -1;
  v_set(t, &v_module(m)->name, v_own(t, name));
  return module_add(t, m, "__name__", name);
}

static int decimal_exec(Thread *t, Value m) {
  if (rename_module(t, m) < 0) return -1;
  if (!num_elementary_init()) return raise_no_memory(t), -1;
  if (decimal_type_init(t, m) < 0 || decimal_context_init(t, m) < 0) return -1;
  if (v_is_null(decimal_tuple_class) && make_tuple_class(t) < 0) return -1;
  if (v_is_null(decimal_rational) && join_numbers(t) < 0) return -1;
  return module_add(t, m, "DecimalTuple", v_own(t, decimal_tuple_class)) < 0 || module_add_int(t, m, "MAX_PREC", NUM_MAX_PREC) < 0 ||
                 module_add_int(t, m, "MAX_EMAX", NUM_MAX_EMAX) < 0 || module_add_int(t, m, "MIN_EMIN", NUM_MIN_EMIN) < 0 ||
                 module_add(t, m, "MIN_ETINY", int_from_i64(t, NUM_MIN_ETINY)) < 0 || module_add(t, m, "HAVE_THREADS", V_TRUE) < 0 ||
                 module_add(t, m, "HAVE_CONTEXTVAR", V_TRUE) < 0 || module_add_str(t, m, "__version__", "1.70") < 0 ||
                 module_add_str(t, m, "__libmpdec_version__", "2.5.1") < 0
             ? -1
             : 0;
}

const ModuleDef module__decimal = {
    .name = "_decimal",
    .doc = "Decimal floating-point arithmetic, correctly rounded.",
    .exec = decimal_exec,
};
