// Adapters, which make values of a program fit for a database, and converters, which do the reverse.
#include "modules/sqlite.h"

#include "modules/module_help.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_sqlite_protocol;
Value sqlite_adapters, sqlite_converters;
a32 sqlite_plain_adapted;
static Value name_adapt, name_conform, name_upper;

// v.NAME(argument), where there is such a method: 1 with *out owned; 0: none, or None, or a TypeError, which is dropped; -1.
static int ask(Thread *t, Value v, Value name, Value argument, Value *out) {
  Value method;
  int found = object_lookup_attr(t, v, name, &method);
  if (found <= 0) return found;
  *out = object_call1(t, method, argument);
  v_drop(t, method);
  if (v_is_null(*out)) {
    if (!error_matches(t, &exc_TypeError)) return -1;
    error_clear(t);
    return 0;
  }
  if (!v_is_none(*out)) return 1;
  *out = V_NULL;
  return 0;
}

Value sqlite_adapt(Thread *t, Value v, Value protocol, Value alternative) {
  Value key = tuple_pack(t, 2, v_from_obj(v_type(v)), protocol), adapter, result = V_NULL;
  int found = v_is_null(key) ? -1 : dict_get(t, v_dict(sqlite_adapters), key, &adapter);
  v_drop(t, key);
  if (found < 0) return V_NULL;
  if (found) {
    result = object_call1(t, adapter, v);
    v_drop(t, adapter);
    return result;
  }
  found = ask(t, protocol, name_adapt, v, &result);
  if (found == 0) found = ask(t, v, name_conform, protocol, &result);
  if (found < 0) return V_NULL;
  if (found) return result;
  return v_is_absent(alternative) ? sqlite_raise(t, sqlite_errors.ProgrammingError, "can't adapt") : v_own(t, alternative);
}

static NATIVE(module_adapt) {
  return sqlite_adapt(t, args[0], v_is_absent(args[1]) ? v_from_obj(&type_sqlite_protocol) : args[1], args[2]);
}

static NATIVE(module_register_adapter) {
  static Type *const plain[] = {&type_int, &type_float, &type_str, &type_bytearray};
  for (int i = 0; i < 4; i++)
    if (v_is(args[0], v_from_obj(plain[i]))) a32_store_rlx(&sqlite_plain_adapted, 1);
  Value key = tuple_pack(t, 2, args[0], v_from_obj(&type_sqlite_protocol));
  int rc = v_is_null(key) ? -1 : dict_set(t, v_dict(sqlite_adapters), key, args[1]);
  v_drop(t, key);
  return rc < 0 ? V_NULL : V_NONE;
}

static NATIVE(module_register_converter) {
  if (!v_is_str(args[0])) return raise_type_error(t, "register_converter() argument 1 must be str, not %K", args[0]);
  Value key = object_call_method0(t, args[0], name_upper);
  int rc = v_is_null(key) ? -1 : dict_set(t, v_dict(sqlite_converters), key, args[1]);
  v_drop(t, key);
  return rc < 0 ? V_NULL : V_NONE;
}

const NativeDef sqlite_adapt_functions[] = {
    {"adapt($module, obj, proto=PrepareProtocolType, alt=<unrepresentable>, /)", module_adapt, "What an object is adapted to for a protocol.", 0},
    {"register_adapter($module, type, adapter, /)", module_register_adapter, "Let a function adapt the objects of a type to what a database can hold.", 0},
    {"register_converter($module, typename, converter, /)", module_register_converter,
     "Let a function make values of bytes that come from columns of a type.", 0},
    {0},
};

static int protocol_init(UNUSED_OK Thread *t, UNUSED_OK Value self, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  return 0;
}
static void protocol_dealloc(Thread *t, Object *o) { heap_free_object(t, o); }
static const TypeSpec spec_protocol = {
    .name = "sqlite3.PrepareProtocol",
    .size = sizeof(Object),
    .slots = {.new = module_empty_new, .init = protocol_init, .dealloc = protocol_dealloc},
    .doc = "What objects are adapted to before they go into a database (PEP 246).",
};

bool sqlite_adapt_init(Thread *t) {
  if (type_sqlite_protocol.flags & TYPE_READY) return true;
  name_adapt = str_intern_cstr(t, "__adapt__");
  name_conform = str_intern_cstr(t, "__conform__");
  name_upper = str_intern_cstr(t, "upper");
  sqlite_adapters = dict_new(t);
  sqlite_converters = dict_new(t);
  return !v_is_null(name_adapt) && !v_is_null(name_conform) && !v_is_null(name_upper) && !v_is_null(sqlite_adapters) && !v_is_null(sqlite_converters) &&
         type_ready(t, &type_sqlite_protocol, &spec_protocol, 0);
}
