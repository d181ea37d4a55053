// Finding children by tag; paths are ElementPath's.
#include "modules/etree.h"

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"

// Whether characters of a path, outside of braces, make it more than a tag. `at`: character i.
static bool has_path_characters(int64_t n, uint32_t (*at)(Value v, int64_t i), Value v) {
  bool outside = true;
  if (n >= 3 && at(v, 0) == '{' && (at(v, 1) == '}' || (at(v, 1) == '*' && at(v, 2) == '}'))) return true;   // {}tag, {*}tag
  for (int64_t i = 0; i < n; i++) {
    uint32_t c = at(v, i);
    if (c == '{') outside = false;
    else if (c == '}') outside = true;
    else if (outside && (c == '/' || c == '*' || c == '[' || c == '@' || c == '.')) return true;
  }
  return false;
}
static uint32_t str_at(Value v, int64_t i) { return str_char(v_str(v), i); }
static uint32_t bytes_at(Value v, int64_t i) { return (uint8_t)v_bytes(v)->data[i]; }

// What is neither str nor bytes may be a path for all that is known.
static bool is_path(Value v) {
  if (v_is_str(v)) return has_path_characters(v_str(v)->length, str_at, v);
  if (v_has_flag(v, TYPE_BYTES)) return has_path_characters(v_bytes(v)->length, bytes_at, v);
  return true;
}

static Value or_none(Value v) { return v_is_absent(v) ? V_NONE : v; }

// The next child from *i on that has the tag: owned; V_NULL: none, or an exception.
static Value next_child(Thread *t, Element *e, Value tag, int64_t *i) {
  for (;;) {
    if ((*i & 1023) == 1023 && safepoint(t) < 0) return V_NULL;
    Value child = element_child(t, e, (*i)++);
    if (v_is_null(child)) return V_NULL;
    Value own = element_tag(t, v_element(child));
    int same = object_equal(t, own, tag);
    v_drop(t, own);
    if (same > 0) return child;
    v_drop(t, child);
    if (same < 0) return V_NULL;
  }
}

NATIVE(element_find) {
  Value namespaces = or_none(args[1]);
  if (is_path(args[0]) || !v_is_none(namespaces)) return etree_call_path(t, etree_names.find, (Value[]){self, args[0], namespaces}, 3);
  int64_t i = 0;
  Value child = next_child(t, v_element(self), args[0], &i);
  return v_is_null(child) && !error_pending(t) ? V_NONE : child;
}

NATIVE(element_findtext) {
  Value default_ = or_none(args[1]), namespaces = or_none(args[2]);
  if (is_path(args[0]) || !v_is_none(namespaces)) return etree_call_path(t, etree_names.findtext, (Value[]){self, args[0], default_, namespaces}, 4);
  int64_t i = 0;
  Value child = next_child(t, v_element(self), args[0], &i);
  if (v_is_null(child)) return error_pending(t) ? V_NULL : v_own(t, default_);
  Value text = element_text(t, v_element(child));
  v_drop(t, child);
  return !v_is_null(text) && v_is_none(text) ? str_empty : text;
}

NATIVE(element_findall) {
  Value namespaces = or_none(args[1]);
  if (is_path(args[0]) || !v_is_none(namespaces)) return etree_call_path(t, etree_names.findall, (Value[]){self, args[0], namespaces}, 3);
  Value list = list_new(t, 0);
  for (int64_t i = 0; !v_is_null(list);) {
    Value child = next_child(t, v_element(self), args[0], &i);
    if (v_is_null(child) && !error_pending(t)) break;
    if (list_append_steal(t, v_list(list), child) < 0) v_clear(t, &list);
  }
  return list;
}

NATIVE(element_iterfind) { return etree_call_path(t, etree_names.iterfind, (Value[]){self, args[0], or_none(args[1])}, 3); }
