// The signals of decimal arithmetic as exceptions, and mappings from signals to truth: a context's flags and traps.
#include <string.h>

#include "modules/decimal_internal.h"
#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_decimal_signals;

// --- Signals and conditions --------------------------------------------------------------------------------------------------------------

// A class for each, made once; its bases are entries before it, or builtin types.
typedef struct Condition {
  const char *name;
  uint32_t bits;
  const char *bases[3];
  Type *builtin;       // the last base, if it is a builtin type
  Value cls;           // constant once made
} Condition;

static Condition root = {"DecimalException", 0, {0}, &exc_ArithmeticError, V_NULL};
// The signals in the order of flags and traps, then the finer conditions of InvalidOperation.
enum { SIGNALS = 9, FINER = 4 };
static Condition conditions[SIGNALS + FINER] = {
    {"InvalidOperation", SIG_INVALID, {"DecimalException"}, NULL, V_NULL},
    {"FloatOperation", SIG_FLOAT_OPERATION, {"DecimalException"}, &exc_TypeError, V_NULL},
    {"DivisionByZero", SIG_DIVISION_BY_ZERO, {"DecimalException"}, &exc_ZeroDivisionError, V_NULL},
    {"Overflow", SIG_OVERFLOW, {"Inexact", "Rounded"}, NULL, V_NULL},
    {"Underflow", SIG_UNDERFLOW, {"Inexact", "Rounded", "Subnormal"}, NULL, V_NULL},
    {"Subnormal", SIG_SUBNORMAL, {"DecimalException"}, NULL, V_NULL},
    {"Inexact", SIG_INEXACT, {"DecimalException"}, NULL, V_NULL},
    {"Rounded", SIG_ROUNDED, {"DecimalException"}, NULL, V_NULL},
    {"Clamped", SIG_CLAMPED, {"DecimalException"}, NULL, V_NULL},
    {"ConversionSyntax", SIG_CONVERSION_SYNTAX, {"InvalidOperation"}, NULL, V_NULL},
    {"DivisionImpossible", SIG_DIVISION_IMPOSSIBLE, {"InvalidOperation"}, NULL, V_NULL},
    {"DivisionUndefined", SIG_DIVISION_UNDEFINED, {"InvalidOperation"}, &exc_ZeroDivisionError, V_NULL},
    {"InvalidContext", SIG_INVALID_CONTEXT, {"InvalidOperation"}, NULL, V_NULL},
};
static Condition *condition_named(const char *name) {
  if (strcmp(name, root.name) == 0) return &root;
  for (int i = 0; i < SIGNALS + FINER; i++)
    if (strcmp(name, conditions[i].name) == 0) return &conditions[i];
  return NULL;
}

static int make_condition(Thread *t, Condition *c) {
  if (!v_is_null(c->cls)) return 0;
  Value bases[3];
  size_t n = 0;
  for (int i = 0; i < 3 && c->bases[i]; i++) {
    Condition *base = condition_named(c->bases[i]);
    if (make_condition(t, base) < 0) return -1;
    bases[n++] = base->cls;
  }
  if (c->builtin) bases[n++] = v_from_obj(c->builtin);
  Value name = str_from_cstr(t, c->name), tuple = tuple_from(t, bases, n), dict = dict_new(t), home = str_from_cstr(t, "decimal");
  if (!v_is_null(name) && !v_is_null(tuple) && !v_is_null(dict) && !v_is_null(home) && dict_set(t, v_dict(dict), N(__module__), home) == 0)
    c->cls = object_call3(t, v_from_obj(&type_type), name, tuple, dict);
  v_drop(t, name);
  v_drop(t, tuple);
  v_drop(t, dict);
  v_drop(t, home);
  return v_is_null(c->cls) ? -1 : 0;
}

static const char *const no_signal =
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, "
    "Rounded,\n   Clamped]";

// The bits of a signal's class; 0 with KeyError.
static uint32_t signal_bits(Thread *t, Value cls) {
  for (int i = 0; i < SIGNALS; i++)
    if (v_is(cls, conditions[i].cls)) return conditions[i].bits;
  raise_error(t, &exc_KeyError, "%s", no_signal);
  return 0;
}

// What is in `bits`, as a new list: of signals, or of the finer conditions as well.
static Value condition_list(Thread *t, uint32_t bits, bool finer) {
  Value list = list_new(t, SIGNALS);
  bool ok = !v_is_null(list);
  if (finer) {
    if (ok && bits & SIG_INVALID_OPERATION) ok = list_append(t, v_list(list), conditions[0].cls) == 0;
    for (int i = SIGNALS; ok && i < SIGNALS + FINER; i++)
      if (bits & conditions[i].bits) ok = list_append(t, v_list(list), conditions[i].cls) == 0;
  }
  for (int i = finer; ok && i < SIGNALS; i++)
    if (bits & conditions[i].bits) ok = list_append(t, v_list(list), conditions[i].cls) == 0;
  if (ok) return list;
  v_drop(t, list);
  return V_NULL;
}

Value signals_list(Thread *t, Value signals) { return condition_list(t, a32_load_rlx(&v_signals(signals)->bits), false); }

void signals_raise(Thread *t, uint32_t bits) {
  int i = 0;
  while (!(bits & conditions[i].bits)) i++;
  Value list = condition_list(t, bits, true);
  if (!v_is_null(list)) raise_value(t, v_as_type(conditions[i].cls), list);
  v_drop(t, list);
}

// --- Mappings of signals -----------------------------------------------------------------------------------------------------------------

static Type *signals_class;   // SignalDict: the mixin below and MutableMapping; constant once made

Value signals_new(Thread *t) {
  Value v = signals_class->slots.alloc(t, signals_class, 0);
  if (!v_is_null(v)) a32_store_rlx(&v_signals(v)->is_valid, 1);
  return v;
}

static bool v_is_signals(Value v) { return type_is_subtype(v_type(v), &type_decimal_signals); }

static bool check_valid(Thread *t, Value v) {
  if (a32_load_rlx(&v_signals(v)->is_valid)) return true;
  raise_value_error(t, "invalid signal dict");
  return false;
}

// The bits that a dict of all signals, or a list of some, stands for. 0, -1.
static int bits_of_dict(Thread *t, Value dict, uint32_t *out) {
  uint32_t bits = 0;
  if (dict_length(v_dict(dict)) != SIGNALS) return raise_error(t, &exc_KeyError, "invalid signal dict"), -1;
  Value key, value;
  for (int64_t pos = 0; dict_next(t, v_dict(dict), &pos, &key, &value);) {
    uint32_t bit = signal_bits(t, key);
    int truth = bit ? object_is_true(t, value) : -1;
    v_drop(t, key);
    v_drop(t, value);
    if (truth < 0) return -1;
    if (truth) bits |= bit;
  }
  *out = bits;
  return 0;
}

static int bits_of_list(Thread *t, Value list, uint32_t *out) {
  uint32_t bits = 0;
  for (int64_t i = 0;; i++) {
    Value item = list_get(t, v_list(list), i);
    if (v_is_null(item)) break;
    uint32_t bit = signal_bits(t, item);
    v_drop(t, item);
    if (!bit) return -1;
    bits |= bit;
  }
  *out = bits;
  return 0;
}

static int bits_of(Thread *t, Value v, bool lists, uint32_t *out) {
  if (lists && v_is_list(v)) return bits_of_list(t, v, out);
  if (v_has_flag(v, TYPE_DICT)) return bits_of_dict(t, v, out);
  if (!v_is_signals(v)) return raise_type_error(t, "argument must be a signal dict"), -1;
  if (!check_valid(t, v)) return -1;
  *out = a32_load_rlx(&v_signals(v)->bits);
  return 0;
}

static int signals_ignore(UNUSED_OK Thread *t, UNUSED_OK Value self, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  return 0;
}

static int64_t signals_length(Thread *t, Value self) { return check_valid(t, self) ? SIGNALS : -1; }

static Value signals_getitem(Thread *t, Value self, Value key) {
  if (!check_valid(t, self)) return V_NULL;
  uint32_t bit = signal_bits(t, key);
  return bit ? v_from_bool(a32_load_rlx(&v_signals(self)->bits) & bit) : V_NULL;
}

static int signals_setitem(Thread *t, Value self, Value key, Value value) {
  if (!check_valid(t, self)) return -1;
  if (v_is_null(value)) return raise_value_error(t, "signal keys cannot be deleted"), -1;
  uint32_t bit = signal_bits(t, key);
  int truth = bit ? object_is_true(t, value) : -1;
  if (truth < 0) return -1;
  if (truth) a32_fetch_or_acqrel(&v_signals(self)->bits, bit);
  else a32_fetch_and_acqrel(&v_signals(self)->bits, ~bit);
  return 0;
}

static Value signals_iter(Thread *t, Value self) {
  if (!check_valid(t, self)) return V_NULL;
  Value all[SIGNALS];
  for (int i = 0; i < SIGNALS; i++) all[i] = conditions[i].cls;
  Value tuple = tuple_from(t, all, SIGNALS), it = v_is_null(tuple) ? V_NULL : object_iter(t, tuple);
  v_drop(t, tuple);
  return it;
}

static Value signals_repr(Thread *t, Value self) {
  if (!check_valid(t, self)) return V_NULL;
  uint32_t bits = a32_load_rlx(&v_signals(self)->bits);
  StrBuilder b;
  strb_init(&b, t);
  bool ok = true;
  for (int i = 0; ok && i < SIGNALS; i++)
    ok = strb_cstr(&b, i ? ", <class 'decimal." : "{<class 'decimal.") && strb_cstr(&b, conditions[i].name) &&
         strb_cstr(&b, bits & conditions[i].bits ? "'>:True" : "'>:False");
  (void)(ok && strb_char(&b, '}'));
  return strb_finish(&b);
}

static Value signals_richcompare(Thread *t, Value a, Value b, int op) {
  if (!check_valid(t, a)) return V_NULL;
  if (op != CMP_EQ && op != CMP_NE) return V_NOT_IMPLEMENTED;
  uint32_t other;
  if (v_is_signals(b)) {
    if (!check_valid(t, b)) return V_NULL;
    other = a32_load_rlx(&v_signals(b)->bits);
  } else if (!v_has_flag(b, TYPE_DICT)) {
    return V_NOT_IMPLEMENTED;
  } else if (bits_of_dict(t, b, &other) < 0) {
    if (!error_matches(t, &exc_KeyError)) return V_NULL;
    error_clear(t);
    return V_NOT_IMPLEMENTED;
  }
  return v_from_bool((a32_load_rlx(&v_signals(a)->bits) == other) == (op == CMP_EQ));
}

static NATIVE(signals_copy) {
  if (!check_valid(t, self)) return V_NULL;
  uint32_t bits = a32_load_rlx(&v_signals(self)->bits);
  Value dict = dict_new(t);
  for (int i = 0; !v_is_null(dict) && i < SIGNALS; i++)
    if (dict_set(t, v_dict(dict), conditions[i].cls, v_from_bool(bits & conditions[i].bits)) < 0) {
      v_drop(t, dict);
      return V_NULL;
    }
  return dict;
}

static void plain_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }
static const NativeDef signals_methods[] = {
    {"copy($self, /)", signals_copy, "The same mapping as a dict.", NATIVE_NO_SIGNATURE},
    {0},
};
static const TypeSpec spec_signals = {
    .name = "decimal.SignalDictMixin",
    .size = sizeof(Signals),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE,
    .slots = {.new = module_empty_new, .init = signals_ignore, .repr = signals_repr, .hash = object_hash_not_implemented, .iter = signals_iter,
              .richcompare = signals_richcompare, .length = signals_length, .getitem = signals_getitem, .setitem = signals_setitem,
              .getattro = object_generic_getattr, .dealloc = plain_dealloc},
    .methods = signals_methods,
};

// class SignalDict(SignalDictMixin, MutableMapping)
static int make_signals_class(Thread *t) {
  if (signals_class) return 0;
  Value mapping = decimal_import(t, "collections.abc", "MutableMapping"), cls = V_NULL;
  Value name = str_from_cstr(t, "SignalDict"), bases = V_NULL, dict = dict_new(t);
  if (!v_is_null(mapping)) bases = tuple_pack(t, 2, v_from_obj(&type_decimal_signals), mapping);
  if (!v_is_null(bases) && !v_is_null(name) && !v_is_null(dict)) cls = object_call3(t, v_from_obj(&type_type), name, bases, dict);
  v_drop(t, mapping);
  v_drop(t, name);
  v_drop(t, bases);
  v_drop(t, dict);
  if (v_is_null(cls)) return -1;
  signals_class = v_as_type(cls);
  return 0;
}

// In the order of the bits, of which InvalidOperation has several and stands at the first that is set.
bool signals_put(StrBuilder *b, Value signals) {
  uint32_t left = a32_load_rlx(&v_signals(signals)->bits);
  bool first = true, ok = strb_char(b, '[');
  while (ok && left) {
    uint32_t bit = left & -left;
    int i = 0;
    while (!(conditions[i].bits & bit)) i++;
    ok = (first || strb_cstr(b, ", ")) && strb_cstr(b, conditions[i].name);
    first = false;
    left &= ~conditions[i].bits;
  }
  return ok && strb_char(b, ']');
}

int signals_assign(Thread *t, Value field, Value value, bool lists) {
  uint32_t bits;
  if (bits_of(t, value, lists, &bits) < 0) return -1;
  a32_store_rlx(&v_signals(field)->bits, bits);
  return 0;
}

// --- Start-up ----------------------------------------------------------------------------------------------------------------------------

int signals_init(Thread *t, Value module) {
  if (!(type_decimal_signals.flags & TYPE_READY) && !type_ready(t, &type_decimal_signals, &spec_signals, 0)) return -1;
  if (make_signals_class(t) < 0 || make_condition(t, &root) < 0 || module_add(t, module, root.name, v_own(t, root.cls)) < 0) return -1;
  for (int i = 0; i < SIGNALS + FINER; i++)
    if (make_condition(t, &conditions[i]) < 0 || module_add(t, module, conditions[i].name, v_own(t, conditions[i].cls)) < 0) return -1;
  return 0;
}
