// How classes are written inside generic aliases and unions.
#include "objects/type_repr.h"

#include "objects/names.h"
#include "objects/object.h"

static int append_repr(Thread *t, StrBuilder *b, Value v) {
  Value text = object_repr(t, v);
  if (v_is_null(text)) return -1;
  strb_str(b, text);
  v_drop(t, text);
  return 0;
}

// 1 both exist, 0, -1.
static int has_both(Thread *t, Value v, Value a, Value b, Value *first, Value *second) {
  int r = object_lookup_attr(t, v, a, first);
  if (r <= 0) return r;
  r = object_lookup_attr(t, v, b, second);
  if (r <= 0) v_drop(t, *first);
  return r;
}

int type_repr_append(Thread *t, StrBuilder *b, Value v) {
  if (v_is(v, V_ELLIPSIS)) return strb_cstr(b, "..."), 0;
  Value first, second;
  int r = has_both(t, v, N(__origin__), N(__args__), &first, &second);
  if (r < 0) return -1;
  if (r > 0) {   // an alias itself
    v_drop(t, first);
    v_drop(t, second);
    return append_repr(t, b, v);
  }
  r = has_both(t, v, N(__qualname__), N(__module__), &first, &second);
  if (r < 0) return -1;
  if (r == 0) return append_repr(t, b, v);
  if (v_is_none(second)) {
    r = append_repr(t, b, v);
  } else {
    Value module = object_str(t, second), name = object_str(t, first);
    r = v_is_null(module) || v_is_null(name) ? -1 : 0;
    if (r == 0) {
      if (!str_equals_cstr(module, "builtins")) {
        strb_str(b, module);
        strb_char(b, '.');
      }
      strb_str(b, name);
    }
    v_drop(t, module);
    v_drop(t, name);
  }
  v_drop(t, first);
  v_drop(t, second);
  return r;
}
