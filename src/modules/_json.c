// The module _json: what the json package does in C.
#include "modules/json.h"
#include "objects/error.h"
#include "objects/module.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/text_native.h"
#include "objects/tuple.h"

static NATIVE(json_scanstring) {
  if (native_no_keywords(t, "_json.scanstring", kwnames) < 0) return V_NULL;
  if (nargs < 2) return raise_type_error(t, "scanstring() takes at least 2 arguments (%zu given)", nargs);
  if (nargs > 3) return raise_type_error(t, "scanstring() takes at most 3 arguments (%zu given)", nargs);
  int64_t end = number_as_i64(t, args[1]), next = -1;
  if (end == -1 && error_pending(t)) return V_NULL;
  int strict = nargs < 3 ? 1 : number_as_int(t, args[2]);
  if (strict == -1 && error_pending(t)) return V_NULL;
  if (!v_is_str(args[0])) return raise_type_error(t, "first argument must be a string, not %.80T", args[0]);
  if (end < 0 || end > v_str(args[0])->length) return raise_value_error(t, "end is out of bounds");
  Value v = json_scan_string(t, args[0], end, strict, &next);
  return v_is_null(v) ? V_NULL : tuple_from_stolen(t, (Value[]){v, v_from_smi(next)}, 2);
}

static Value quote(Thread *t, Value v, bool ascii) {
  if (!v_is_str(v)) return raise_type_error(t, "first argument must be a string, not %.80T", v);
  StrBuilder b;
  strb_init(&b, t);
  json_put_quoted(&b, v_str(v), ascii);
  return strb_finish(&b);
}
NATIVE(json_encode_basestring_ascii) { return quote(t, args[0], true); }
NATIVE(json_encode_basestring) { return quote(t, args[0], false); }

static const NativeDef functions[] = {
    {"encode_basestring_ascii(string, /)", json_encode_basestring_ascii,
     "The string as JSON text, with escapes for all that is not ASCII.", NATIVE_NO_SIGNATURE},
    {"encode_basestring(string, /)", json_encode_basestring, "A JSON representation of a string.", NATIVE_NO_SIGNATURE},
    {"scanstring(string, end, strict=True, /)", json_scanstring,
     "(str, index): the JSON string literal whose opening quote stands before `end`, and where it ends.", NATIVE_RAW | NATIVE_NO_SIGNATURE | NATIVE_VARARGS},
    {0},
};

static int json_exec(Thread *t, Value m) {
  if (!json_scanner_init(t) || !json_encoder_init(t)) return -1;
  return module_add(t, m, "make_scanner", v_own_obj(t, &type_json_scanner)) < 0 ? -1 : module_add(t, m, "make_encoder", v_own_obj(t, &type_json_encoder));
}

const ModuleDef module__json = {.name = "_json", .doc = "json speedups", .functions = functions, .exec = json_exec};
