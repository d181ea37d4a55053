// Element: its type, its fields and attributes.
#include "modules/etree.h"

#include <string.h>

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

Type type_element;

// --- Making ----------------------------------------------------------------------------------------------------------------------------------

static Value element_alloc(Thread *t, Type *type) {
  Value v = type->slots.alloc(t, type, 0);
  if (v_is_null(v)) return v;
  Element *e = v_element(v);
  e->tag = e->text = e->tail = V_NONE;
  return v;
}

static Value element_type_new(Thread *t, Type *type, UNUSED_OK const Value *args, UNUSED_OK size_t nargs, UNUSED_OK Value kwnames) {
  return element_alloc(t, type);
}

Value element_new(Thread *t, Value tag, Value attrib) {
  Value v = element_alloc(t, &type_element);
  if (v_is_null(v)) return v;
  v_element(v)->tag = v_own(t, tag);
  if (!v_is_null(attrib) && dict_length(v_dict(attrib)) > 0) v_element(v)->attrib = v_own(t, attrib);
  return v;
}

// The dict of keywords of a call: the `attrib` among them, if `special`, is what the others are added to. Owned.
static Value keyword_attributes(Thread *t, const Value *values, Value kwnames, bool special) {
  Value first = V_NULL;
  int64_t n = v_tuple(kwnames)->length;
  for (int64_t i = 0; special && i < n; i++)
    if (str_equals_cstr(v_tuple(kwnames)->items[i], "attrib")) first = values[i];
  if (!v_is_null(first) && !v_is_dict(first)) return raise_type_error(t, "attrib must be dict, not %.100T", first);
  Value dict = v_is_null(first) ? dict_new(t) : dict_copy(t, v_dict(first));
  for (int64_t i = 0; !v_is_null(dict) && i < n; i++) {
    Value name = v_tuple(kwnames)->items[i];
    if (special && str_equals_cstr(name, "attrib")) continue;
    if (dict_set(t, v_dict(dict), name, values[i]) < 0) v_clear(t, &dict);
  }
  return dict;
}

// The attributes that a call of Element or SubElement gives, as a new dict; V_NULL without an exception: none. `given`: the dict argument.
static Value call_attributes(Thread *t, Value given, const Value *values, Value kwnames) {
  bool has_keywords = !v_is_null(kwnames) && v_tuple(kwnames)->length > 0;
  if (v_is_null(given)) return has_keywords ? keyword_attributes(t, values, kwnames, true) : V_NULL;
  Value dict = dict_copy(t, v_dict(given));
  if (v_is_null(dict) || !has_keywords) return dict;
  Value more = keyword_attributes(t, values, kwnames, false);
  if (v_is_null(more) || dict_merge(t, v_dict(dict), more, 1) < 0) v_clear(t, &dict);
  v_drop(t, more);
  return dict;
}

// Positional arguments are counted as PyArg_ParseTuple does. 0, -1.
static int check_count(Thread *t, const char *name, size_t nargs, size_t min, size_t max) {
  if (nargs >= min && nargs <= max) return 0;
  size_t bound = nargs < min ? min : max;
  raise_type_error(t, "%s() takes at %s %zu argument%s (%zu given)", name, nargs < min ? "least" : "most", bound, bound == 1 ? "" : "s", nargs);
  return -1;
}
static int check_dict(Thread *t, const char *name, int number, Value v) {
  if (v_is_dict(v)) return 0;
  return raise_type_error(t, "%s() argument %d must be dict, not %K", name, number, v), -1;
}

// Frees an array of children that nobody sees any more.
static void children_free(Thread *t, Value *children, uint32_t n) {
  for (uint32_t i = 0; i < n; i++) v_drop(t, children[i]);
  if (children) heap_free(t, children);
}

// Attributes given (stolen) replace those that were there, and the children.
static void element_restart(Thread *t, Element *e, Value tag, Value attrib) {
  Value old[4], *children = NULL, mine = v_own(t, tag);
  uint32_t n = 0;
  CRITICAL_BEGIN(t, e);
  old[0] = e->tag, old[1] = e->text, old[2] = e->tail, old[3] = V_NULL;
  e->tag = mine;
  e->text = e->tail = V_NONE;
  a32_store_rlx(&e->ob.aux, 0);
  if (!v_is_null(attrib)) {
    old[3] = e->attrib;
    e->attrib = attrib;
    children = e->children, n = e->length;
    e->children = NULL;
    e->length = e->capacity = 0;
  }
  CRITICAL_END(t);
  for (int i = 0; i < 4; i++) v_drop(t, old[i]);
  children_free(t, children, n);
}

static int element_init(Thread *t, Value self, const Value *args, size_t nargs, Value kwnames) {
  if (check_count(t, "Element", nargs, 1, 2) < 0 || (nargs > 1 && check_dict(t, "Element", 2, args[1]) < 0)) return -1;
  Value attrib = call_attributes(t, nargs > 1 ? args[1] : V_NULL, args + nargs, kwnames);
  if (v_is_null(attrib) && error_pending(t)) return -1;
  if (!v_is_null(attrib) && dict_length(v_dict(attrib)) == 0) v_clear(t, &attrib);
  element_restart(t, v_element(self), args[0], attrib);
  return 0;
}

NATIVE(element_sub_element) {
  if (check_count(t, "SubElement", nargs, 2, 3) < 0) return V_NULL;
  if (!v_is_element(args[0])) return raise_type_error(t, "SubElement() argument 1 must be xml.etree.ElementTree.Element, not %K", args[0]);
  if (nargs > 2 && check_dict(t, "SubElement", 3, args[2]) < 0) return V_NULL;
  Value attrib = call_attributes(t, nargs > 2 ? args[2] : V_NULL, args + nargs, kwnames);
  if (v_is_null(attrib) && error_pending(t)) return V_NULL;
  Value child = element_new(t, args[1], attrib);
  v_drop(t, attrib);
  if (!v_is_null(child) && element_append(t, v_element(args[0]), child) < 0) v_clear(t, &child);
  return child;
}

static void element_dealloc(Thread *t, Object *o) {
  Element *e = (Element *)o;
  v_drop(t, e->tag);
  v_drop(t, e->text);
  v_drop(t, e->tail);
  v_drop(t, e->attrib);
  children_free(t, e->children, e->length);
  heap_free_object(t, o);
}

static void element_traverse(Object *o, GcVisit visit, void *arg) {
  Element *e = (Element *)o;
  gc_visit_value(e->tag, visit, arg);
  gc_visit_value(e->text, visit, arg);
  gc_visit_value(e->tail, visit, arg);
  gc_visit_value(e->attrib, visit, arg);
  for (uint32_t i = 0; i < e->length; i++) gc_visit_value(e->children[i], visit, arg);
}

// Without attributes, children and text; the tag as well if `tag`.
static void element_empty(Thread *t, Element *e, bool tag) {
  Value old[4], *children;
  uint32_t n;
  CRITICAL_BEGIN(t, e);
  old[0] = e->text, old[1] = e->tail, old[2] = e->attrib, old[3] = tag ? e->tag : V_NULL;
  if (tag) e->tag = V_NONE;
  e->text = e->tail = V_NONE;
  e->attrib = V_NULL;
  children = e->children, n = e->length;
  e->children = NULL;
  e->length = e->capacity = 0;
  a32_store_rlx(&e->ob.aux, 0);
  CRITICAL_END(t);
  for (int i = 0; i < 4; i++) v_drop(t, old[i]);
  children_free(t, children, n);
}
static void element_clear_slot(Thread *t, Object *o) { element_empty(t, (Element *)o, true); }
static NATIVE(element_clear) {
  element_empty(t, v_element(self), false);
  return V_NONE;
}

int element_append(Thread *t, Element *e, Value child) {
  int rc;
  if (!v_is_element(child)) return element_refuse(t, child);
  Value mine = v_own(t, child);
  CRITICAL_BEGIN(t, e);
  rc = element_reserve_locked(t, e, 1);
  if (rc == 0) e->children[e->length++] = mine;
  CRITICAL_END(t);
  if (rc == 0) return 0;
  v_drop(t, mine);
  return raise_no_memory(t), -1;
}

Value element_child(Thread *t, Element *e, int64_t i) {
  Value v = V_NULL;
  CRITICAL_BEGIN(t, e);
  if (i >= 0 && i < e->length) v = v_own(t, e->children[i]);
  CRITICAL_END(t);
  return v;
}

int64_t element_length(Thread *t, Element *e) {
  int64_t n;
  CRITICAL_BEGIN(t, e);
  n = e->length;
  CRITICAL_END(t);
  return n;
}

int element_refuse(Thread *t, Value v) { return raise_type_error(t, "expected an Element, not \"%.200T\"", v), -1; }

Value element_sequence(Thread *t, Value v) {
  Value list = object_to_list(t, v);
  if (!v_is_null(list)) return list;
  error_clear(t);
  return raise_type_error(t, "expected sequence, not \"%.200T\"", v);
}

// --- Text ----------------------------------------------------------------------------------------------------------------------------------------

static Value *text_field(Element *e, bool is_tail) { return is_tail ? &e->tail : &e->text; }
static uint32_t pieces_flag(bool is_tail) { return is_tail ? ELEMENT_TAIL_PIECES : ELEMENT_TEXT_PIECES; }
static bool has_pieces_locked(Element *e, bool is_tail) { return a32_load_rlx(&e->ob.aux) & pieces_flag(is_tail); }
static void set_pieces_locked(Element *e, bool is_tail, bool on) {
  uint32_t flags = a32_load_rlx(&e->ob.aux) & ~pieces_flag(is_tail);
  a32_store_rlx(&e->ob.aux, on ? flags | pieces_flag(is_tail) : flags);
}

// Pieces are joined when the text is asked for.
static Value joined_text(Thread *t, Element *e, bool is_tail, Value pieces) {
  Value text = str_join(t, str_empty, pieces), victim = V_NULL;
  if (!v_is_null(text)) {
    Value mine = v_own(t, text);
    CRITICAL_BEGIN(t, e);
    victim = mine;
    if (has_pieces_locked(e, is_tail) && v_is(*text_field(e, is_tail), pieces)) {
      victim = *text_field(e, is_tail);
      *text_field(e, is_tail) = mine;
      set_pieces_locked(e, is_tail, false);
    }
    CRITICAL_END(t);
  }
  v_drop(t, victim);
  v_drop(t, pieces);
  return text;
}

static Value text_read(Thread *t, Element *e, bool is_tail) {
  Value v;
  bool pieces;
  CRITICAL_BEGIN(t, e);
  v = v_own(t, *text_field(e, is_tail));
  pieces = has_pieces_locked(e, is_tail);
  CRITICAL_END(t);
  return likely(!pieces) ? v : joined_text(t, e, is_tail, v);
}
Value element_text(Thread *t, Element *e) { return text_read(t, e, false); }
Value element_tail(Thread *t, Element *e) { return text_read(t, e, true); }

static void text_write(Thread *t, Element *e, bool is_tail, Value value) {
  Value mine = v_own(t, value), old;
  CRITICAL_BEGIN(t, e);
  old = *text_field(e, is_tail);
  *text_field(e, is_tail) = mine;
  set_pieces_locked(e, is_tail, false);
  CRITICAL_END(t);
  v_drop(t, old);
}

int element_add_text(Thread *t, Element *e, bool is_tail, Value data) {
  Value waiting = V_NULL;
  bool taken;
  CRITICAL_BEGIN(t, e);
  Value *field = text_field(e, is_tail);
  taken = v_is_none(*field);
  if (taken) {
    *field = data;
    set_pieces_locked(e, is_tail, v_is_list_exact(data));
  } else if (has_pieces_locked(e, is_tail)) {
    waiting = v_own(t, *field);
  }
  CRITICAL_END(t);
  if (taken || v_is_null(waiting)) return taken;
  int rc = list_set_slice(t, v_list(waiting), INT64_MAX, INT64_MAX, data);
  v_drop(t, waiting);
  if (rc < 0) return -1;
  v_drop(t, data);
  return 1;
}

// --- Attributes of the object ------------------------------------------------------------------------------------------------------------------------

static int check_not_deleted(Thread *t, Value value) {
  return v_is_null(value) ? raise_error(t, &exc_AttributeError, "can't delete element attribute"), -1 : 0;
}

static Value tag_get(Thread *t, Value self, UNUSED_OK void *closure) { return element_tag(t, v_element(self)); }
static int tag_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  if (check_not_deleted(t, value) < 0) return -1;
  locked_field_set(t, v_obj(self), &v_element(self)->tag, v_own(t, value));
  return 0;
}

// The closure of text and tail: not null for the latter.
static Value text_get(Thread *t, Value self, void *closure) { return text_read(t, v_element(self), closure); }
static int text_set(Thread *t, Value self, Value value, void *closure) {
  if (check_not_deleted(t, value) < 0) return -1;
  text_write(t, v_element(self), closure, value);
  return 0;
}

// The dict of attributes, owned, made if there is none.
static Value attributes(Thread *t, Element *e) {
  Value v = locked_field(t, &e->ob, &e->attrib);
  if (!v_is_null(v)) return v;
  Value fresh = dict_new(t);
  if (v_is_null(fresh)) return V_NULL;
  CRITICAL_BEGIN(t, e);
  if (v_is_null(e->attrib)) e->attrib = v_own(t, fresh);
  v = v_own(t, e->attrib);
  CRITICAL_END(t);
  v_drop(t, fresh);
  return v;
}

static Value attrib_get(Thread *t, Value self, UNUSED_OK void *closure) { return attributes(t, v_element(self)); }
static int attrib_set(Thread *t, Value self, Value value, UNUSED_OK void *closure) {
  if (check_not_deleted(t, value) < 0) return -1;
  if (!v_is_dict(value)) return raise_type_error(t, "attrib must be dict, not %.200T", value), -1;
  locked_field_set(t, v_obj(self), &v_element(self)->attrib, v_own(t, value));
  return 0;
}

static NATIVE(element_get) {
  Value dict = locked_field(t, v_obj(self), &v_element(self)->attrib), v = V_NULL;
  int found = v_is_null(dict) ? 0 : dict_get(t, v_dict(dict), args[0], &v);
  v_drop(t, dict);
  if (found) return v;
  return v_is_absent(args[1]) ? V_NONE : v_own(t, args[1]);
}

static NATIVE(element_set) {
  Value dict = attributes(t, v_element(self));
  int rc = v_is_null(dict) ? -1 : dict_set(t, v_dict(dict), args[0], args[1]);
  v_drop(t, dict);
  return rc < 0 ? V_NULL : V_NONE;
}

static Value attribute_list(Thread *t, Value self, Value (*list)(Thread *t, Dict *d)) {
  Value dict = locked_field(t, v_obj(self), &v_element(self)->attrib);
  Value v = v_is_null(dict) ? list_new(t, 0) : list(t, v_dict(dict));
  v_drop(t, dict);
  return v;
}
static NATIVE(element_keys) { return attribute_list(t, self, dict_keys_list); }
static NATIVE(element_items) { return attribute_list(t, self, dict_items_list); }

static NATIVE(element_make_element) {
  if (!v_is_dict(args[1])) return raise_type_error(t, "makeelement() argument 2 must be dict, not %K", args[1]);
  Value attrib = dict_copy(t, v_dict(args[1])), v = v_is_null(attrib) ? V_NULL : element_new(t, args[0], attrib);
  v_drop(t, attrib);
  return v;
}

static NATIVE(element_sizeof) {
  int64_t size = v_type(self)->size;
  CRITICAL_BEGIN(t, v_element(self));
  size += v_element(self)->capacity * (int64_t)sizeof(Value);
  CRITICAL_END(t);
  return v_from_smi(size);
}

// The name of a type without its module.
static Value short_type_name(Thread *t, Type *type) {
  const Str *name = v_str(type->name);
  int64_t start = name->length;
  while (start > 0 && str_char(name, start - 1) != '.') start--;
  return str_slice(t, type->name, start, name->length);
}

static Value element_repr(Thread *t, Value self) {
  int inside = repr_enter(t, self);
  if (inside > 0) return raise_error(t, &exc_RuntimeError, "reentrant call inside %N.__repr__", v_type(self));
  if (inside < 0) return V_NULL;
  Value tag = element_tag(t, v_element(self)), name = short_type_name(t, v_type(self));
  Value text = v_is_null(name) ? V_NULL : str_from_format(t, "<%U %R at %p>", name, tag, (void *)v_obj(self));
  v_drop(t, tag);
  v_drop(t, name);
  repr_leave(t, self);
  return text;
}

static int64_t element_length_slot(Thread *t, Value self) { return element_length(t, v_element(self)); }

static Value element_seq_item(Thread *t, Value self, int64_t i) {
  Value v = element_child(t, v_element(self), i);
  return v_is_null(v) ? raise_error(t, &exc_IndexError, "child index out of range") : v;
}

// --- The type --------------------------------------------------------------------------------------------------------------------------------------------

static const NativeDef element_methods[] = {
    {"clear($self, /)", element_clear, NULL, 0},
    {"get($self, /, key, default=None)", element_get, NULL, 0},
    {"set($self, key, value, /)", element_set, NULL, 0},
    {"find($self, /, path, namespaces=None)", element_find, NULL, 0},
    {"findtext($self, /, path, default=None, namespaces=None)", element_findtext, NULL, 0},
    {"findall($self, /, path, namespaces=None)", element_findall, NULL, 0},
    {"append($self, subelement, /)", element_append_method, NULL, 0},
    {"extend($self, elements, /)", element_extend, NULL, 0},
    {"insert($self, index, subelement, /)", element_insert, NULL, 0},
    {"remove($self, subelement, /)", element_remove, NULL, 0},
    {"iter($self, /, tag=None)", element_iter, NULL, 0},
    {"itertext($self, /)", element_itertext, NULL, 0},
    {"iterfind($self, /, path, namespaces=None)", element_iterfind, NULL, 0},
    {"items($self, /)", element_items, NULL, 0},
    {"keys($self, /)", element_keys, NULL, 0},
    {"makeelement($self, tag, attrib, /)", element_make_element, NULL, 0},
    {"__copy__($self, /)", element_copy, NULL, 0},
    {"__deepcopy__($self, memo, /)", element_deepcopy, NULL, 0},
    {"__sizeof__($self, /)", element_sizeof, NULL, 0},
    {"__getstate__($self, /)", element_getstate, NULL, 0},
    {"__setstate__($self, state, /)", element_setstate, NULL, 0},
    {0},
};

static const GetSetDef element_getset[] = {
    {"tag", tag_get, tag_set, "What kind of element it is: a str, or a function for comments and their like.", NULL},
    {"text", text_get, text_set, "The text in front of the first child, or None.", NULL},
    {"tail", text_get, text_set, "The text behind the end tag, or None.", (void *)&type_element},
    {"attrib", attrib_get, attrib_set, "The attributes, as a dict.", NULL},
    {0},
};

static const TypeSpec spec_element = {
    .name = "xml.etree.ElementTree.Element",
    .size = sizeof(Element),
    .flags = TYPE_BASETYPE | TYPE_IMMUTABLE | TYPE_WEAKREF,
    .slots = {.new = element_type_new, .init = element_init, .repr = element_repr, .getattro = object_generic_getattr, .length = element_length_slot,
              .getitem = element_getitem, .setitem = element_setitem, .seq_item = element_seq_item, .dealloc = element_dealloc,
              .traverse = element_traverse, .clear = element_clear_slot},
    .methods = element_methods,
    .getset = element_getset,
};

bool element_types_init(Thread *t) {
  return (type_element.flags & TYPE_READY || type_ready(t, &type_element, &spec_element, 0)) && element_iterator_init(t);
}
