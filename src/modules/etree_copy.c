// Copies of elements, shallow and deep, and their states for pickle.
//
// A deep copy walks the tree with a list of its own, not the C stack: trees may be deeper than that. It leaves to copy.deepcopy what is no
// plain element.
#include "modules/etree.h"

#include "objects/dict.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/str.h"
#include "objects/tuple.h"

// An element's fields at one moment, owned.
typedef struct Fields {
  Value tag, text, tail;
  Value attrib;             // V_NULL: none
  uint32_t pieces;          // flags ELEMENT_*_PIECES
  bool attrib_is_private;   // nothing but the element refers to it
} Fields;

static Fields fields_of(Thread *t, Element *e) {
  Fields f;
  CRITICAL_BEGIN(t, e);
  f.attrib_is_private = !v_is_null(e->attrib) && object_is_unique(t, v_obj(e->attrib));
  f.tag = v_own(t, e->tag), f.text = v_own(t, e->text), f.tail = v_own(t, e->tail), f.attrib = v_own(t, e->attrib);
  f.pieces = a32_load_rlx(&e->ob.aux);
  CRITICAL_END(t);
  return f;
}
static void fields_drop(Thread *t, Fields *f) {
  v_drop(t, f->tag);
  v_drop(t, f->text);
  v_drop(t, f->tail);
  v_drop(t, f->attrib);
}

// All children, owned, in a list.
static Value children_list(Thread *t, Element *e) {
  ListArray *array;
  int64_t n;
  CRITICAL_BEGIN(t, e);
  n = e->length;
  array = list_array_new(t, n);
  for (int64_t i = 0; array && i < n; i++) array->items[i] = v_own(t, e->children[i]);
  CRITICAL_END(t);
  return array ? list_from_array(t, array, n) : raise_no_memory(t);
}

// Pieces that wait to be joined are a list that may grow: each element has its own.
static Value copy_text(Thread *t, Value text, bool pieces) { return pieces ? list_slice(t, v_list(text), 0, INT64_MAX) : v_own(t, text); }

// Fills a fresh element that nobody else knows.
static int fill_texts(Element *e, Value text, Value tail, uint32_t pieces) {
  e->text = v_is_null(text) ? V_NONE : text;
  e->tail = v_is_null(tail) ? V_NONE : tail;
  a32_store_rlx(&e->ob.aux, pieces);
  return v_is_null(text) || v_is_null(tail) ? -1 : 0;
}

NATIVE(element_copy) {
  Fields f = fields_of(t, v_element(self));
  Value children = children_list(t, v_element(self)), v = v_is_null(children) ? V_NULL : element_new(t, f.tag, f.attrib);
  if (!v_is_null(v)) {
    int rc = fill_texts(v_element(v), copy_text(t, f.text, f.pieces & ELEMENT_TEXT_PIECES), copy_text(t, f.tail, f.pieces & ELEMENT_TAIL_PIECES), f.pieces);
    for (int64_t i = 0; rc == 0 && i < list_length(v_list(children)); i++) {
      Value child = list_get(t, v_list(children), i);
      rc = element_append(t, v_element(v), child);
      v_drop(t, child);
    }
    if (rc < 0) v_clear(t, &v);
  }
  v_drop(t, children);
  fields_drop(t, &f);
  return v;
}

// --- Deep copies -------------------------------------------------------------------------------------------------------------------------------

static bool is_plain(Value v) { return v_is_none(v) || v_is_str_exact(v); }

static Value deep_value(Thread *t, Value v, Value memo) { return is_plain(v) ? v_own(t, v) : etree_deepcopy(t, v, memo); }

// A dict of strs that nobody else knows needs no entry in the memo.
static bool is_simple_dict(Thread *t, Value v) {
  if (!v_is_dict_exact(v)) return false;
  bool simple = true;
  Value key, value;
  for (int64_t pos = 0; simple && dict_next(t, v_dict(v), &pos, &key, &value);) {
    simple = v_is_str_exact(key) && v_is_str_exact(value);
    v_drop(t, key);
    v_drop(t, value);
  }
  return simple;
}

static Value deep_attributes(Thread *t, const Fields *f, Value memo) {
  return f->attrib_is_private && is_simple_dict(t, f->attrib) ? dict_copy(t, v_dict(f->attrib)) : etree_deepcopy(t, f->attrib, memo);
}

// A copy of the element without its children.
static Value deep_shell(Thread *t, Element *e, Value memo) {
  Fields f = fields_of(t, e);
  Value tag = deep_value(t, f.tag, memo), attrib = V_NULL, v = V_NULL;
  if (!v_is_null(tag) && !v_is_null(f.attrib)) attrib = deep_attributes(t, &f, memo);
  if (!error_pending(t)) v = element_new(t, tag, attrib);
  if (!v_is_null(v)) {
    Value text = deep_value(t, f.text, memo), tail = v_is_null(text) ? V_NULL : deep_value(t, f.tail, memo);
    if (fill_texts(v_element(v), text, tail, f.pieces) < 0) v_clear(t, &v);
  }
  v_drop(t, tag);
  v_drop(t, attrib);
  fields_drop(t, &f);
  return v;
}

static Value memo_key(Thread *t, Value v) { return int_from_u64(t, (uint64_t)(uintptr_t)v_obj(v)); }

// What the memo has for v: 1, 0, -1.
static int memo_get(Thread *t, Value memo, Value v, Value *out) {
  Value key = memo_key(t, v);
  int found = v_is_null(key) ? -1 : dict_get(t, v_dict(memo), key, out);
  v_drop(t, key);
  return found;
}
static int memo_set(Thread *t, Value memo, Value v, Value copy) {
  Value key = memo_key(t, v);
  int rc = v_is_null(key) ? -1 : dict_set(t, v_dict(memo), key, copy);
  v_drop(t, key);
  return rc;
}

// The elements under way, outermost first: for each three values, its original, its copy, and the number of the child that comes next.
// `alive` keeps every original until the end, for the memo knows them by their addresses.
typedef struct DeepCopy { Value memo, alive, way; } DeepCopy;

// Begins with an element: its shell is the result, and its children are to come.
static Value deep_enter(Thread *t, DeepCopy *d, Value element) {
  Value copy = deep_shell(t, v_element(element), d->memo);
  if (v_is_null(copy)) return V_NULL;
  if (memo_set(t, d->memo, element, copy) < 0 || list_append(t, v_list(d->alive), element) < 0 || list_append(t, v_list(d->way), element) < 0 ||
      list_append(t, v_list(d->way), copy) < 0 || list_append(t, v_list(d->way), v_from_smi(0)) < 0)
    v_clear(t, &copy);
  return copy;
}

static Value deep_child(Thread *t, DeepCopy *d, Value child) {
  Value known = V_NULL;
  if (!v_is_element_exact(child)) return etree_deepcopy(t, child, d->memo);
  int found = memo_get(t, d->memo, child, &known);
  return found == 0 ? deep_enter(t, d, child) : known;
}

// One child of the innermost element, or the end of that. 0, -1.
static int deep_step(Thread *t, DeepCopy *d) {
  List *way = v_list(d->way);
  int64_t n = list_length(way);
  Value original = list_get(t, way, n - 3), copy = list_get(t, way, n - 2), next = list_get(t, way, n - 1);
  Value child = element_child(t, v_element(original), v_smi(next));
  int rc;
  if (v_is_null(child)) {
    rc = list_set_slice(t, way, n - 3, n, V_NULL);
  } else {
    rc = list_set(t, way, n - 1, v_from_smi(v_smi(next) + 1));
    Value done = deep_child(t, d, child);
    rc = v_is_null(done) || rc < 0 ? -1 : element_append(t, v_element(copy), done);
    v_drop(t, done);
  }
  v_drop(t, child);
  v_drop(t, original);
  v_drop(t, copy);
  return rc;
}

NATIVE(element_deepcopy) {
  if (!v_is_dict(args[0])) return raise_type_error(t, "__deepcopy__() argument must be dict, not %K", args[0]);
  DeepCopy d = {.memo = args[0], .alive = list_new(t, 0), .way = list_new(t, 0)};
  Value copy = v_is_null(d.alive) || v_is_null(d.way) ? V_NULL : deep_enter(t, &d, self);
  for (uint32_t n = 1; !v_is_null(copy) && list_length(v_list(d.way)) > 0; n++)
    if (deep_step(t, &d) < 0 || (n % 1024 == 0 && safepoint(t) < 0)) v_clear(t, &copy);
  v_drop(t, d.way);
  v_drop(t, d.alive);
  return copy;
}

// --- States ---------------------------------------------------------------------------------------------------------------------------------------

NATIVE(element_getstate) {
  const struct EtreeNames *names = &etree_names;
  Fields f = fields_of(t, v_element(self));
  Value children = children_list(t, v_element(self)), attrib = v_is_null(f.attrib) ? dict_new(t) : v_own(t, f.attrib), state = dict_new(t);
  Value text = copy_text(t, f.text, f.pieces & ELEMENT_TEXT_PIECES), tail = copy_text(t, f.tail, f.pieces & ELEMENT_TAIL_PIECES);
  if (v_is_null(children) || v_is_null(attrib) || v_is_null(text) || v_is_null(tail) ||
      (!v_is_null(state) && (dict_set(t, v_dict(state), names->tag, f.tag) < 0 || dict_set(t, v_dict(state), names->_children, children) < 0 ||
                             dict_set(t, v_dict(state), names->attrib, attrib) < 0 || dict_set(t, v_dict(state), names->text, text) < 0 ||
                             dict_set(t, v_dict(state), names->tail, tail) < 0)))
    v_clear(t, &state);
  v_drop(t, text);
  v_drop(t, tail);
  v_drop(t, attrib);
  v_drop(t, children);
  fields_drop(t, &f);
  return state;
}

// What a state says of the fields, borrowed from a tuple that holds it; V_NULL: nothing.
typedef struct State { Value tag, attrib, text, tail, children; } State;
enum { STATE_KEYS = 5 };

static Value *state_field(State *s, Value name) {
  const struct { Value name; Value *field; } fields[] = {{etree_names.tag, &s->tag},
                                                         {etree_names.attrib, &s->attrib},
                                                         {etree_names.text, &s->text},
                                                         {etree_names.tail, &s->tail},
                                                         {etree_names._children, &s->children}};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
    if (str_equal(v_str(name), v_str(fields[i].name))) return fields[i].field;
  return NULL;
}

static int state_read(Thread *t, Value items, State *s) {
  for (int64_t i = 0; i < list_length(v_list(items)); i++) {
    Value pair = list_get(t, v_list(items), i), name = v_tuple(pair)->items[0];
    Value *field = v_is_str(name) ? state_field(s, name) : NULL;
    if (field) *field = v_tuple(pair)->items[1];
    else if (v_is_str(name)) raise_type_error(t, "'%U' is an invalid keyword argument for this function", name);
    else raise_type_error(t, "keywords must be strings");
    v_drop(t, pair);   // the list keeps it
    if (!field) return -1;
  }
  return 0;
}

static int state_check(Thread *t, const State *s) {
  if (v_is_null(s->tag)) return raise_type_error(t, "tag may not be NULL"), -1;
  if (!v_is_null(s->children) && !v_has_flag(s->children, TYPE_LIST)) return raise_type_error(t, "'_children' is not a list"), -1;
  // A dict is all that the methods can deal with; None stands for none.
  if (!v_is_null(s->attrib) && !v_is_none(s->attrib) && !v_is_dict(s->attrib)) return raise_type_error(t, "attrib must be dict, not %.200T", s->attrib), -1;
  return 0;
}

// The children of a state as a fresh array of owned values, up to the first that is no element; false: there is one, or no memory.
static bool state_children(Thread *t, Value list, Value **out, int64_t *count) {
  int64_t n = list_length(v_list(list));
  Value *children = n ? heap_alloc(t, (size_t)n * sizeof(Value)) : NULL;
  bool good = n <= (int64_t)ELEMENT_MAX_CHILDREN && (n == 0 || children);
  if (!good) raise_no_memory(t);
  *count = 0;
  for (int64_t i = 0; good && i < n; i++) {
    Value child = list_get(t, v_list(list), i);
    if (v_is_null(child)) break;   // another thread has made it shorter
    good = v_is_element(child) || element_refuse(t, child) == 0;
    if (good) children[(*count)++] = child;
    else v_drop(t, child);
  }
  *out = children;
  return good;
}

// A list as text is one of pieces.
static Value state_text(Thread *t, Value v, uint32_t flag, uint32_t *pieces) {
  if (v_is_null(v)) return V_NONE;
  if (!v_is_list_exact(v)) return v_own(t, v);
  *pieces |= flag;
  return list_slice(t, v_list(v), 0, INT64_MAX);
}

static void set_texts(Thread *t, Element *e, const State *s) {
  uint32_t pieces = 0;
  Value tag = v_own(t, s->tag), text = state_text(t, s->text, ELEMENT_TEXT_PIECES, &pieces), tail = state_text(t, s->tail, ELEMENT_TAIL_PIECES, &pieces);
  if (v_is_null(text) || v_is_null(tail)) {
    v_drop(t, tag);
    v_drop(t, text);
    v_drop(t, tail);
    return;
  }
  Value old[3];
  CRITICAL_BEGIN(t, e);
  old[0] = e->tag, old[1] = e->text, old[2] = e->tail;
  e->tag = tag, e->text = text, e->tail = tail;
  a32_store_rlx(&e->ob.aux, pieces);
  CRITICAL_END(t);
  for (int i = 0; i < 3; i++) v_drop(t, old[i]);
}

// A state with children has no more attributes than it says, while attributes alone leave the children as they are. If one of the children
// is no element, those in front of it are taken.
static int set_contents(Thread *t, Element *e, const State *s) {
  Value *children = NULL, *old = NULL, attrib = V_NULL, old_attrib;
  int64_t n = 0, old_n = 0;
  bool has_children = !v_is_null(s->children), good = !has_children || state_children(t, s->children, &children, &n);
  if (good && !v_is_null(s->attrib) && !v_is_none(s->attrib)) attrib = v_own(t, s->attrib);
  CRITICAL_BEGIN(t, e);
  old_attrib = e->attrib;
  e->attrib = attrib;
  if (has_children) {
    old = e->children, old_n = e->length;
    e->children = children, e->length = e->capacity = (uint32_t)n;
  }
  CRITICAL_END(t);
  v_drop(t, old_attrib);
  for (int64_t i = 0; i < old_n; i++) v_drop(t, old[i]);
  if (old) heap_free(t, old);
  return good ? 0 : -1;
}

NATIVE(element_setstate) {
  if (!v_is_dict_exact(args[0])) return raise_type_error(t, "Don't know how to unpickle \"%.200R\" as an Element", args[0]);
  State s = {V_NULL, V_NULL, V_NULL, V_NULL, V_NULL};
  Value items = dict_items_list(t, v_dict(args[0]));
  if (!v_is_null(items) && list_length(v_list(items)) > STATE_KEYS) {
    raise_type_error(t, "function takes at most %d keyword arguments (%lld given)", STATE_KEYS, (long long)list_length(v_list(items)));
    v_clear(t, &items);
  }
  bool good = !v_is_null(items) && state_read(t, items, &s) == 0 && state_check(t, &s) == 0;
  if (good) set_texts(t, v_element(self), &s);
  if (good && !error_pending(t) && (!v_is_null(s.children) || !v_is_null(s.attrib))) set_contents(t, v_element(self), &s);
  v_drop(t, items);
  return error_pending(t) ? V_NULL : V_NONE;
}
