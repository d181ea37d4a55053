// Access to the sys module from C, audit events and paths.
#include "system/sys_state.h"

#include <string.h>

#include "objects/buffer.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/names.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/type_origin.h"
#include "system/audit.h"

Config sys_config = {.hash_randomization = 1, .int_max_str_digits = -1, .tracemalloc_frames = -1, .fold = true, .frozen_modules = true, .check_hash_based_pycs = "default"};
Value sys_dict;

Value sys_get(Thread *t, Value name) {
  Value v;
  if (v_is_null(sys_dict)) return V_NULL;
  return dict_get(t, v_dict(sys_dict), name, &v) > 0 ? v : V_NULL;
}

int sys_set(Thread *t, Value name, Value v) {
  if (!v_is_null(v)) return dict_set(t, v_dict(sys_dict), name, v);
  return dict_delete(t, v_dict(sys_dict), name) < 0 ? -1 : 0;
}

Value sys_modules(Thread *t) {
  Value v = sys_get(t, N(modules));
  if (!v_is_null(v) && v_is_dict(v)) return v;
  v_drop(t, v);
  return error_pending(t) ? V_NULL : raise_error(t, &exc_RuntimeError, "unable to get sys.modules");
}

// --- Audit events -------------------------------------------------------------------------------------------------------------------

Value audit_hooks;  // list, made by the first addaudithook; hooks are never removed

int sys_audit_args(Thread *t, const char *event, const Value *args, size_t nargs) {
  if (v_is_null(audit_hooks)) return 0;
  Value name = str_from_cstr(t, event), tuple = tuple_from(t, args, nargs);
  int r = v_is_null(name) || v_is_null(tuple) ? -1 : audit_call_hooks(t, name, tuple);
  v_drop(t, name);
  v_drop(t, tuple);
  return r;
}

int sys_audit(Thread *t, const char *event, Value arg) {
  if (likely(v_is_null(audit_hooks))) return 0;
  return sys_audit_args(t, event, &arg, v_is_null(arg) ? 0 : 1);
}

int audit_call_hooks(Thread *t, Value event, Value args) {
  for (int64_t i = 0; !v_is_null(audit_hooks) && i < list_length(v_list(audit_hooks)); i++) {
    Value hook = list_get(t, v_list(audit_hooks), i);
    if (v_is_null(hook)) break;
    Value r = object_call2(t, hook, event, args);
    v_drop(t, hook);
    if (v_is_null(r)) return -1;
    v_drop(t, r);
  }
  return 0;
}

// --- Paths --------------------------------------------------------------------------------------------------------------------------

Value fs_path_or_buffer(Thread *t, Value v) {
  if (v_is_str(v) || v_is_bytes(v) || !buffer_is_supported(v)) return fs_path(t, v);
  if (warn(t, &exc_DeprecationWarning, 1, "path should be string, bytes, or os.PathLike, not %.200T", v) < 0) return V_NULL;
  Value bytes = bytes_from_object(t, v), text = v_is_null(bytes) ? V_NULL : fs_path(t, bytes);
  v_drop(t, bytes);
  return text;
}

Value fs_path(Thread *t, Value v) {
  if (v_is_str(v)) return v_own(t, v);
  if (v_is_bytes(v)) return str_decode_fs(t, v_bytes(v)->data, (size_t)v_bytes(v)->length);
  Value f;
  int r = object_lookup_special(t, v, N(__fspath__), &f);
  if (r < 0) return V_NULL;
  if (r == 0) return raise_type_error(t, "expected str, bytes or os.PathLike object, not %U", type_bare_name(v_type(v)));
  Value path = object_call0(t, f);
  v_drop(t, f);
  if (v_is_null(path) || v_is_str(path)) return path;
  Value text = V_NULL;
  if (v_is_bytes(path)) text = str_decode_fs(t, v_bytes(path)->data, (size_t)v_bytes(path)->length);
  else raise_type_error(t, "expected %U.__fspath__() to return str or bytes, not %U", type_bare_name(v_type(v)), type_bare_name(v_type(path)));
  v_drop(t, path);
  return text;
}

const char *fs_path_bytes(Thread *t, Value v, Value *keep) {
  *keep = V_NULL;
  if (v_is_bytes(v)) {
    *keep = v_own(t, v);
  } else {
    Value text = fs_path(t, v);
    if (v_is_null(text)) return NULL;
    *keep = str_encode_fs(t, text);
    v_drop(t, text);
    if (v_is_null(*keep)) return NULL;
  }
  if (strlen(v_bytes(*keep)->data) != (size_t)v_bytes(*keep)->length) {
    v_clear(t, keep);
    raise_value_error(t, "embedded null byte");
    return NULL;
  }
  return v_bytes(*keep)->data;
}
