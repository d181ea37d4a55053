// iter and itertext: the elements of a tree, or its texts, in the order of the document.
#include "modules/etree.h"

#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/error.h"
#include "objects/object.h"
#include "objects/str.h"

Type type_element_iterator;

// The elements that the walk is within, and which child of each comes next. Under the iterator's lock, which is not held while a child is
// fetched: a step that finds the place changed then begins again.
typedef struct Place { Value element; int64_t next; } Place;
typedef struct ElementIterator {
  Object ob;
  Value root;             // where the walk will begin; V_NULL: it has begun
  Place *places;          // outermost first
  int64_t depth, capacity;
  Value tag;              // constant: what is sought, None for all
  bool texts;             // constant
} ElementIterator;
static ElementIterator *v_iterator(Value v) { return (ElementIterator *)v_obj(v); }

static Value iterator_new(Thread *t, Value root, Value tag, bool texts) {
  Value v = type_generic_alloc(t, &type_element_iterator, 0);
  if (v_is_null(v)) return v;
  v_iterator(v)->root = v_own(t, root);
  v_iterator(v)->tag = v_own(t, tag);
  v_iterator(v)->texts = texts;
  return v;
}

static bool is_star(Value v) {
  if (v_is_str(v)) return v_str(v)->length == 1 && str_char(v_str(v), 0) == '*';
  return v_has_flag(v, TYPE_BYTES) && v_bytes(v)->length == 1 && v_bytes(v)->data[0] == '*';
}

NATIVE(element_iter) { return iterator_new(t, self, v_is_absent(args[0]) || is_star(args[0]) ? V_NONE : args[0], false); }
NATIVE(element_itertext) { return iterator_new(t, self, V_NONE, true); }

static void iterator_dealloc(Thread *t, Object *o) {
  ElementIterator *it = (ElementIterator *)o;
  for (int64_t i = 0; i < it->depth; i++) v_drop(t, it->places[i].element);
  if (it->places) heap_free(t, it->places);
  v_drop(t, it->root);
  v_drop(t, it->tag);
  heap_free_object(t, o);
}

static void iterator_traverse(Object *o, GcVisit visit, void *arg) {
  ElementIterator *it = (ElementIterator *)o;
  for (int64_t i = 0; i < it->depth; i++) gc_visit_value(it->places[i].element, visit, arg);
  gc_visit_value(it->root, visit, arg);
  gc_visit_value(it->tag, visit, arg);
}

// --- Steps -----------------------------------------------------------------------------------------------------------------------------------

static int push_locked(Thread *t, ElementIterator *it, Value owned) {
  if (it->depth == it->capacity) {
    int64_t capacity = it->capacity ? it->capacity * 2 : 8;
    Place *places = heap_realloc(t, it->places, (size_t)capacity * sizeof(Place));
    if (!places) return -1;
    it->places = places;
    it->capacity = capacity;
  }
  it->places[it->depth++] = (Place){owned, 0};
  return 0;
}

typedef enum Step { STEP_FAILED, STEP_END, STEP_INTO, STEP_OUT, STEP_AGAIN } Step;

// Where the walk stands: the innermost element (owned) and the number of its next child. STEP_INTO: it is the root, just entered.
static Step stand(Thread *t, ElementIterator *it, Place *place) {
  Step step = STEP_AGAIN;
  *place = (Place){V_NULL, 0};
  CRITICAL_BEGIN(t, it);
  if (it->depth) {
    *place = it->places[it->depth - 1];
    place->element = v_own(t, place->element);
  } else if (v_is_null(it->root)) {
    step = STEP_END;
  } else {
    place->element = v_own(t, it->root);
    step = push_locked(t, it, it->root) < 0 ? STEP_FAILED : STEP_INTO;
    if (step == STEP_INTO) it->root = V_NULL;
  }
  CRITICAL_END(t);
  return step;
}

// Goes on from there: into the child, or out if there is none. STEP_AGAIN: another thread was quicker.
static Step go_on(Thread *t, ElementIterator *it, const Place *from, Value child) {
  Step step = STEP_AGAIN;
  Value victim = V_NULL, mine = v_is_null(child) ? V_NULL : v_own(t, child);
  CRITICAL_BEGIN(t, it);
  Place *place = it->depth ? &it->places[it->depth - 1] : NULL;
  if (!place || !v_is(place->element, from->element) || place->next != from->next) {
    victim = mine;
  } else if (v_is_null(child)) {
    victim = place->element;
    it->depth--;
    if (it->depth) step = STEP_OUT;
  } else {
    place->next++;
    step = push_locked(t, it, mine) < 0 ? STEP_FAILED : STEP_INTO;
    if (step == STEP_FAILED) victim = mine;
  }
  CRITICAL_END(t);
  v_drop(t, victim);
  return step;
}

// One step of the walk: *element is what was entered, or left (the root's end is none); owned.
static Step iterator_step(Thread *t, ElementIterator *it, Value *element) {
  Step step;
  do {
    Place place;
    step = stand(t, it, &place);
    *element = place.element;
    if (step == STEP_AGAIN) {
      Value child = element_child(t, v_element(place.element), place.next);
      step = go_on(t, it, &place, child);
      *element = step == STEP_OUT ? place.element : child;
      v_drop(t, step == STEP_OUT ? child : place.element);
    }
    if (step == STEP_AGAIN || step == STEP_FAILED) v_drop(t, *element);
  } while (step == STEP_AGAIN);
  if (step == STEP_FAILED) raise_no_memory(t);
  return step;
}

// The text that a step leads to, if there is any: V_NULL otherwise, or with an exception.
static Value step_text(Thread *t, Element *e, Step step) {
  Value text = step == STEP_INTO ? element_text(t, e) : element_tail(t, e);
  if (v_is_null(text) || v_is_none(text)) return V_NULL;
  if (object_is_true(t, text) > 0) return text;
  v_drop(t, text);
  return V_NULL;
}

static bool has_tag(Thread *t, Element *e, Value sought) {
  if (v_is_none(sought)) return true;
  Value tag = element_tag(t, e);
  int same = object_equal(t, tag, sought);
  v_drop(t, tag);
  return same > 0;
}

static Value iterator_next(Thread *t, Value self) {
  ElementIterator *it = v_iterator(self);
  for (uint32_t n = 1;; n++) {
    Value element, found = V_NULL;
    Step step = iterator_step(t, it, &element);
    if (step == STEP_END || step == STEP_FAILED) return V_NULL;
    if (it->texts) found = step_text(t, v_element(element), step);
    else if (step == STEP_INTO && has_tag(t, v_element(element), it->tag)) found = v_own(t, element);
    v_drop(t, element);
    if (!v_is_null(found) || error_pending(t)) return found;
    if (n % 1024 == 0 && safepoint(t) < 0) return V_NULL;
  }
}

static const TypeSpec spec_iterator = {
    .name = "_elementtree._element_iterator",
    .size = sizeof(ElementIterator),
    .flags = TYPE_IMMUTABLE | TYPE_NO_INSTANTIATE,
    .slots = {.iter = container_self, .iternext = iterator_next, .dealloc = iterator_dealloc, .traverse = iterator_traverse},
};

bool element_iterator_init(Thread *t) {
  return type_element_iterator.flags & TYPE_READY || type_ready(t, &type_element_iterator, &spec_iterator, 0);
}
